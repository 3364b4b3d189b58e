"""What independent origin stands behind a voice, and what a cluster of voices amounts to.

Pure. Corroboration counts origins, not articles. Each speaker is one, however often he says it and whoever
relays him; a document's is its maker. What unnamed people told an outlet is that outlet's report, in its
own article and in all that relay it. An article's own voice is an origin of its own, unless the article
says that it relays another outlet, articles of one outlet, one publisher or the same words say it, or its
words name the document that they are from. One sentence is never two origins, an outlet and the sources of
its report are one, and "authorities" beside a named public body of the same articles' story aren't known to
be anybody else; who speaks for others is their mouth (`mouths`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from summarizer.merging.actor_facts import organization_key
from summarizer.merging.claim_words import claim_lexicon, origin_words
from summarizer.merging.mouths import mouths
from summarizer.merging.pool import ClaimItem
from summarizer.records.digest import ActorCluster, ClaimState, Voice
from summarizer.text.folding import comparison_key
from summarizer.text.publishers import publisher_families

#: From this length on, equal sentences of two articles are one text that both carry.
_SAME_WORDS = 60
#: Key of a poll or survey whose maker isn't named.
_UNNAMED = "document:"
#: Key of the report of an outlet that isn't known.
_NO_REPORT = "report:"


class Origins:
    """Origin keys for the claims of one story."""

    def __init__(self, clusters: Sequence[ActorCluster], by_member: Mapping[str, ActorCluster]) -> None:
        self._by_member = by_member
        self._outlets: dict[str, str] = {}
        for cluster in clusters:
            if cluster.kind == "organization":
                for name in (cluster.name, *cluster.aliases):
                    self._outlets.setdefault(organization_key(name), f"actor:{cluster.id}")
        self._texts: dict[str, str] = {}
        self._mouths = mouths(clusters)

    def of(self, items: Sequence[ClaimItem]) -> list[str]:
        """The keys of what stands behind the claims of one cluster; several speakers are joined by "+"."""
        reports = self._shared_reports(items)
        keys = _as_one_report([self._key(item, reports) for item in items])
        bare = [self._is_bare_authority(item) for item in items]
        bodies = (key for item, key in zip(items, keys, strict=True) if self._is_public_body(item))
        public = next(bodies, None) if any(bare) else None
        for i, item in enumerate(items):
            if not item.speakers:
                said = (j for j, other in enumerate(items) if other.speakers and _one_statement(item, other))
                keys[i] = next((keys[j] for j in said), keys[i])
            elif public is not None and bare[i]:
                keys[i] = public
        maker = next(
            (
                key
                for item, key in zip(items, keys, strict=True)
                if key != _UNNAMED and (item.claim.sourcing == "document" or key.startswith(_UNNAMED))
            ),
            _UNNAMED,
        )
        return [maker if key == _UNNAMED else key for key in keys]

    def _shared_reports(self, items: Sequence[ClaimItem]) -> set[str]:
        """Reports that are relayed or told of, or that unnamed people of several articles speak in."""
        reports = {self._report(item) for item in items if item.via is not None}
        reports.update(f"report:{self._by_member[one].id}" for item in items for one in item.speakers)
        first: dict[str, str] = {}
        for item in items:
            if item.via is None and any(self._is_unnamed(speaker) for speaker in item.speakers):
                report = self._report(item)
                if report != _NO_REPORT and first.setdefault(report, item.article.id) != item.article.id:
                    reports.add(report)
        return reports

    def _is_unnamed(self, speaker: str) -> bool:
        """Whether a speaker is a group that nobody knows from another article."""
        cluster = self._by_member[speaker]
        return cluster.kind == "group" and len(cluster.members) == 1 and cluster.id not in self._mouths

    def _is_public_body(self, item: ClaimItem) -> bool:
        """Whether one speaks who has a name and a public office: a ministry, a police force, its chief."""
        clusters = [self._by_member[speaker] for speaker in item.speakers]
        if len(clusters) != 1 or clusters[0].kind not in ("organization", "person"):
            return False
        named = f"{clusters[0].name} {clusters[0].role or ''}".lower()
        return not origin_words("public").isdisjoint(re.findall(r"[a-z]+", named))

    def _is_bare_authority(self, item: ClaimItem) -> bool:
        clusters = [self._by_member[speaker] for speaker in item.speakers]
        return (
            len(clusters) == 1
            and clusters[0].kind == "group"
            and (re.sub(r"^(?:the|local) ", "", clusters[0].name.lower()) in origin_words("bare"))
        )

    def _key(self, item: ClaimItem, relayed: set[str]) -> str:
        if not item.speakers:
            return self._own_voice(item)
        keys = set()
        for speaker in item.speakers:
            cluster = self._by_member[speaker]
            key = f"actor:{self._mouths.get(cluster.id, cluster.id)}"
            if self._is_unnamed(speaker):
                report = self._report(item)
                if item.via is not None or report in relayed:
                    key = report
            keys.add(key)
        return "+".join(sorted(keys))

    def _report(self, item: ClaimItem) -> str:
        """Key of the report in which unnamed people speak: the relay's, else the article's own."""
        if item.via is not None:
            return f"report:{self._by_member[item.via].id}"
        return f"report:{self._outlet(item).removeprefix('actor:')}"

    def _outlet(self, item: ClaimItem) -> str:
        """The outlet whose report an article is; empty when it isn't known."""
        name = item.article.origin or item.article.outlet
        if not name:
            return ""
        key = organization_key(name)
        key = _families().get(key, key)
        return self._outlets.get(key, f"outlet:{key}")

    def _own_voice(self, item: ClaimItem) -> str:
        document = self._document(item)
        if document is not None:
            return document
        outlet = self._outlet(item)
        if outlet:
            return outlet
        words = comparison_key(item.claim.evidence[0].quote)
        if len(words) >= _SAME_WORDS:
            return f"article:{self._texts.setdefault(words, item.article.id)}"
        return f"article:{item.article.id}"

    def _document(self, item: ClaimItem) -> str | None:
        """Whose poll, survey or register it is that the article's own words are from, if they say so."""
        found = _document().search(" ".join(item.claim.evidence[0].quote.split()))
        if found is None:
            return None
        for maker in filter(None, found.groups()):
            key = self._outlets.get(organization_key(maker))
            if key is not None:
                return key
            if maker[0].isupper():
                return f"{_UNNAMED}{organization_key(maker)}"
        return _UNNAMED  # nobody's by name: two such are not known to be two


def _as_one_report(keys: Sequence[str]) -> list[str]:
    """An outlet that says so and the unnamed people of its report are one origin: the report."""
    reports = {key for key in keys if key.startswith("report:")}
    return [report if (report := f"report:{key.removeprefix('actor:')}") in reports else key for key in keys]


def _one_statement(a: ClaimItem, b: ClaimItem) -> bool:
    """Whether two claims of one article stand on overlapping words and don't contradict each other."""
    if a.claim.polarity != b.claim.polarity:
        return False
    one, other = a.claim.evidence[0], b.claim.evidence[0]
    return a.article.id == b.article.id and one.start < other.end and other.start < one.end


@cache
def _document() -> re.Pattern[str]:
    return re.compile(claim_lexicon()["origins"]["document"])


@cache
def _families() -> dict[str, str]:
    """Outlet key -> key of the publisher that several outlets belong to."""
    return {
        organization_key(outlet): organization_key(owner)
        for owner, outlets in publisher_families().items()
        for outlet in outlets
    }


def count_origins(voices: Iterable[Voice]) -> int:
    """Distinct origins behind voices; a joint statement counts each of its speakers."""
    return len({key for voice in voices for key in voice.origin.split("+")})


def state_of_claim(affirming: Sequence[Voice], denying: Sequence[Voice]) -> ClaimState:
    """What the voices amount to."""
    if affirming and denying:
        return "disputed"
    return "corroborated" if count_origins(affirming) > 1 else "single_source"
