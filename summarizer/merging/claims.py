"""Put the claims of all articles into clusters, one proposition each (contract, section 7).

Pure. Which claims are one is decided in `likeness`, who stands behind them in `origins`; here voices get
their polarity relative to the cluster's text, and the cluster its state.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from summarizer.merging.answers import Answers
from summarizer.merging.claim_words import NameTable
from summarizer.merging.denials import attach_denials
from summarizer.merging.intervals import days_of
from summarizer.merging.kin import Kin
from summarizer.merging.likeness import Likeness, group_propositions
from summarizer.merging.offices import office, split_states
from summarizer.merging.origins import Origins, count_origins, state_of_claim
from summarizer.merging.phrasing import is_fragment
from summarizer.merging.pool import ClaimItem, Pool
from summarizer.merging.propositions import Proposition, read_proposition
from summarizer.merging.verdicts import NONE, Verdicts, regroup
from summarizer.records.brief import Polarity
from summarizer.records.digest import ActorCluster, ClaimCluster, Voice


def cluster_claims(
    pool: Pool,
    actors: Sequence[ActorCluster],
    by_member: Mapping[str, ActorCluster],
    verdicts: Verdicts = NONE,
) -> tuple[ClaimCluster, ...]:
    """Clusters in order of prominence, ids C1… ; every claim is in exactly one.

    `verdicts` have the last word on which claims are one proposition.
    """
    propositions = read_claims(pool, by_member)
    kin = Kin(actors)
    likeness = Likeness(propositions, _office_states(actors), kin.of)
    voices = [(item.article.id, item.speakers, item.claim.polarity) for item in pool.claims]
    origins = Origins(actors, by_member)
    groups = group_propositions(propositions, voices, likeness)
    speakers = [frozenset(f"@{by_member[one].id}" for one in item.speakers) for item in pool.claims]
    groups, attached = attach_denials(groups, pool.claims, propositions, likeness, kin, speakers)
    if verdicts:
        groups, turned = regroup(groups, [item.member for item in pool.claims], verdicts)
        propositions = [
            replace(one, negated=not one.negated) if i in turned else one
            for i, one in enumerate(propositions)
        ]
    answers = Answers(pool.claims, propositions, actors, by_member, likeness.weight)
    clusters = []
    for group in groups:
        items, of_group = [pool.claims[i] for i in group], [propositions[i] for i in group]
        own = [at for at, i in enumerate(group) if i not in attached] or list(range(len(group)))
        chosen = own[_representative([items[at] for at in own], [of_group[at] for at in own])]
        cluster = _cluster(items, of_group, chosen, origins, by_member)
        given = answers.to(group, group[chosen], cluster.voices)
        clusters.append(cluster.model_copy(update={"answers": given}) if given else cluster)
    ranked = sorted(clusters, key=_prominence)
    return tuple(one.model_copy(update={"id": f"C{number}"}) for number, one in enumerate(ranked, start=1))


def read_claims(pool: Pool, by_member: Mapping[str, ActorCluster]) -> list[Proposition]:
    """Propositions, with each article's names resolved to clusters; bare surnames only by its own actors."""
    shared: dict[str, set[str]] = {}
    own: dict[str, dict[str, str]] = {}
    for item in pool.actors:
        cluster = by_member[item.member]
        if cluster.kind not in ("person", "organization"):
            continue
        for form in (item.actor.name, *item.actor.aliases):
            if any(char.isupper() for char in form) and not split_states(form).countries:
                own.setdefault(item.article.id, {})[form] = cluster.id
                if cluster.kind == "organization" or " " in form:
                    shared.setdefault(form, set()).add(cluster.id)
    unambiguous = {form: min(clusters) for form, clusters in shared.items() if len(clusters) == 1}
    tables: dict[str, NameTable] = {}
    known: dict[tuple[tuple[str, str], ...], NameTable] = {}
    for brief in pool.briefs:
        names = {**unambiguous, **own.get(brief.article.id, {})}
        key = tuple(sorted(names.items()))  # articles of one story mostly name the same
        if key not in known:
            known[key] = NameTable(names)
        tables[brief.article.id] = known[key]
    read: dict[tuple[str, NameTable, str | None], Proposition] = {}
    propositions = []
    for one in pool.claims:
        told = one.claim.text, tables[one.article.id], one.claim.when
        if told not in read:  # articles of one story often tell the same in the same words
            read[told] = read_proposition(*told)
        propositions.append(read[told])
    return propositions


def _office_states(actors: Sequence[ActorCluster]) -> dict[str, str]:
    """Name token of an office-holder -> token of the state: what Putin does, Russia may be said to do."""
    found: dict[str, str] = {}
    for cluster in actors:
        role = office(cluster.role) if cluster.kind == "person" and cluster.role else None
        if role is not None and role.country is not None and role.rank is not None:
            found[f"@{cluster.id}"] = f"@{role.country}"
    return found


def _cluster(
    items: Sequence[ClaimItem],
    propositions: Sequence[Proposition],
    chosen: int,
    origins: Origins,
    by_member: Mapping[str, ActorCluster],
) -> ClaimCluster:
    voices = tuple(
        _voice(item, one.negated != propositions[chosen].negated, origin, by_member)
        for item, one, origin in zip(items, propositions, origins.of(items), strict=True)
    )
    committed = [voice for voice in voices if voice.certainty != "unknown"]
    affirming = [voice for voice in committed if voice.polarity == "affirmed"]
    denying = [voice for voice in committed if voice.polarity == "denied"]
    return ClaimCluster(
        id="C1",
        text=items[chosen].claim.text,
        voices=voices,
        affirm=_speakers(affirming),
        deny=_speakers(denying),
        origins=count_origins(affirming),
        state=state_of_claim(affirming, denying),
    )


def _representative(items: Sequence[ClaimItem], propositions: Sequence[Proposition]) -> int:
    """Position of the text that stands for the cluster: affirmative, in its usual words, plain and short."""
    if len(items) == 1:
        return 0
    texts = Counter(item.claim.text for item in items)
    words = Counter(one.concepts for one in propositions)
    common = Counter(concept for one in propositions for concept in one.concepts)

    def order(i: int) -> tuple[bool, bool, bool, int, float, int, int, int, str, str]:
        one = propositions[i]
        typical = sum(common[concept] for concept in one.concepts) / (len(one.concepts) or 1)
        return (
            one.negated,
            is_fragment(items[i].claim.text)
            or one.slots.is_gerund
            or items[i].claim.text.startswith(("Any ", "Anyone ", "Anything ")),  # what is denied
            not one.leads,
            -words[one.concepts],
            -round(typical, 1),
            -texts[items[i].claim.text],
            -_day(items[i]),
            len(items[i].claim.text),
            items[i].claim.text,
            items[i].member,
        )

    return min(range(len(items)), key=order)


def _day(item: ClaimItem) -> int:
    days = days_of(item.article.published.date)
    return days.first if days is not None else 0


def _voice(item: ClaimItem, turned: bool, origin: str, by_member: Mapping[str, ActorCluster]) -> Voice:
    claim = item.claim
    polarity: Polarity = claim.polarity
    if turned:
        polarity = "affirmed" if polarity == "denied" else "denied"
    return Voice(
        member=item.member,
        article=item.article.id,
        speakers=tuple(dict.fromkeys(by_member[speaker].id for speaker in item.speakers)),
        via=by_member[item.via].id if item.via else None,
        sourcing=claim.sourcing,
        polarity=polarity,
        certainty=claim.certainty,
        cues=claim.cues,
        when=claim.when,
        text=claim.text,
        evidence=claim.evidence,
        origin=origin,
    )


def _speakers(voices: Sequence[Voice]) -> tuple[str, ...]:
    speakers = {speaker for voice in voices for speaker in voice.speakers}
    return tuple(sorted(speakers, key=lambda cluster: int(cluster[1:])))


def _prominence(cluster: ClaimCluster) -> tuple[int, int, int, str, str]:
    """Most articles first, then disputed ones, then most voices."""
    articles = {voice.article for voice in cluster.voices}
    return (
        -len(articles),
        -(cluster.state == "disputed"),
        -len(cluster.voices),
        cluster.text,
        cluster.voices[0].member,
    )
