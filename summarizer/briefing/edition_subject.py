"""The inbox line of an edition: subject, preheader, and the bottom line that opens the body.

Pure. The subject has the biggest change first, in some forty characters, then the date; when the edition is
no ordinary one its state leads. A change is told by the headline of the article that bears it, where that
headline says the same and is no surer than the claim; else by the claim with its hedge or denial first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from summarizer.briefing.edition_changes import StoryChange
from summarizer.briefing.edition_state import Verdict
from summarizer.briefing.edition_weight import Weighed, is_vague
from summarizer.records.article import ArticleHeader
from summarizer.records.delta import ChangeKind
from summarizer.rendering import wording
from summarizer.rendering.news_line import best_first, lowered, newest, shared_part
from summarizer.rendering.view_digest import claim_lead

#: What an inbox on a phone shows of a subject; a change that is a little longer is left whole.
_SUBJECT, _WHOLE = 46, 52
#: Bounds of the preheader: shorter, and the inbox shows the mail's first words; longer, and it is cut.
_PREHEADER_MIN, _PREHEADER_MAX = 40, 90
#: A headline that says less of the change tells another one.
_SAME_NEWS = 0.4
#: A headline with one of these says whose word it is, or that it isn't certain.
_HEDGED = re.compile(
    r"\b(?:may|might|could|would|say|says|said|den(?:y|ies|ied)|claims?|claimed|alleg\w+|reported(?:ly)?|"
    r"likely|possibl[ey]|fears?|warns?|expects?|plans?|according|suspected|unclear|rejects?|accus\w+)\b|[:?‘“\"]",
    re.IGNORECASE,
)
#: Words that can't end a headline, and a number parted from what it counts: "4.5…" could be 4.5 million.
_DANGLING = re.compile(
    r"(?:\s+(?:a|an|the|of|to|in|on|at|by|for|from|with|as|than|and|or|but|that|over|after|before|its|his|her|"
    r"their|is|are|was|were|be|been|has|have|had|into|about|more|up|says?|said|will|would|could|may|might|not|"
    r"who|which|if|when|while|even|just|within|amid|near|since|\S+['’]s|\S*[0-9]\S*))+$",
    re.IGNORECASE,
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_KINDS: Mapping[ChangeKind, tuple[str, str]] = {
    "withdrawn": ("withdrawal", "withdrawals"),
    "revised": ("revision", "revisions"),
    "denied": ("denial", "denials"),
    "firmer": ("firmer", "firmer"),
    "softer": ("softer", "softer"),
}


@dataclass(frozen=True, slots=True)
class TitledChange:
    """A change that could lead: its story, and what it weighs."""

    told: StoryChange
    weighed: Weighed


@dataclass(frozen=True, slots=True)
class Reached:
    """What was looked at: for states in which the coverage is the news."""

    sources: int
    items: int
    articles: int
    failed: int
    previous: date | None


def short_day(day: date) -> str:
    """ "19 Jan"."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def subject_of(verdict: Verdict, day: date, leads: Sequence[TitledChange], *, correction: bool) -> str:
    """The subject; `leads` are the changes that could lead, the biggest first."""
    states = [name for name, holds in _states(verdict, correction) if holds]
    prefix = f"{', '.join(states)}: " if states else ""
    if verdict.state == "failed":
        news = "no briefing could be made"
    else:
        news = _biggest(leads) or f"{'n' if prefix else 'N'}o new reporting"
    return f"{prefix}{news} · {short_day(day)}"


def _states(verdict: Verdict, correction: bool) -> Sequence[tuple[str, bool]]:
    return (
        ("CORRECTION", correction),
        ("DEGRADED", verdict.state == "degraded"),
        ("FAILED", verdict.state == "failed"),
    )


def preheader_of(verdict: Verdict, changes: Sequence[StoryChange], reached: Reached, why: str) -> str:
    """What adds to the subject: how much changed, and how much was read; 40 to 90 characters."""
    coverage = [
        wording.count(reached.articles, "article"),
        f"{reached.failed} failed",
        f"{wording.count(reached.sources, 'source')} checked",
    ]
    if verdict.state == "failed":
        return _fitted([f"No news is known, which is not “no news”: {why}"], [])
    told = [one for one in changes if one.standing != "unchanged"]
    if not told:
        since = f" since {short_day(reached.previous)}" if reached.previous else ""
        checked = f"{wording.count(reached.items, 'item')} checked, nothing new{since}"
        return _fitted([checked, *coverage], [])
    return _fitted(_counted(told), coverage)


def _counted(told: Sequence[StoryChange]) -> list[str]:
    """ "2 changed (1 revision, 1 new denial)", "1 new story"."""
    new = sum(one.standing == "new" for one in told)
    parts = []
    if len(told) > new:
        kinds = Counter(
            change.kind for one in told if one.standing == "changed" for change in one.delta.changes
        )
        counted = [
            f"{kinds[kind]} {words[kinds[kind] != 1]}" for kind, words in _KINDS.items() if kinds[kind]
        ]
        changed = wording.count(len(told) - new, "story changed", "stories changed")
        parts.append(f"{changed} ({', '.join(counted)})" if counted else changed)
    return [*parts, *([wording.count(new, "new story", "new stories")] if new else [])]


def _fitted(first: Sequence[str], last: Sequence[str]) -> str:
    """As many parts as fit: of the last ones two at least, of the first ones one."""
    first, last = list(first), list(last)
    while len(", ".join((*first, *last))) > _PREHEADER_MAX and (len(last) > 2 or len(first) > 1):
        (last if len(last) > 2 else first).pop()
    line = ", ".join((*first, *last))
    if len(line) > _PREHEADER_MAX:
        line = f"{line[: line.rfind(' ', 0, _PREHEADER_MAX - 1)].rstrip(',;: ')}…"
    if len(line) < _PREHEADER_MIN:
        line += ", every line with its source"
    return line


def _biggest(leads: Sequence[TitledChange]) -> str | None:
    """The first change that can be told whole; else the first one, cut."""
    phrases = [phrase for lead in leads[:1] for phrase in _phrases(lead)]
    whole = next((phrase for phrase in phrases if len(phrase) <= _WHOLE), None)
    if whole is not None or not phrases:
        return whole
    return _cut(max(phrases, key=lambda phrase: len(_beginning(phrase)) / len(phrase)))


def _beginning(phrase: str) -> str:
    """As much of it as fits, ending where a headline can end."""
    kept = phrase[: max(phrase.rfind(" ", 0, _SUBJECT), 0)] or phrase[: _SUBJECT - 1]
    while (shorter := _DANGLING.sub("", kept).rstrip(",;:–- ")) != kept:
        kept = shorter
    return kept


def _cut(phrase: str) -> str:
    """A headline cut at a word that can end it; one that loses its hedge or source so is called a claim."""
    kept = _beginning(phrase)
    tail = phrase[len(kept) :]
    claim = "Claim: " if _HEDGED.search(tail) and not _HEDGED.search(kept) else ""
    return f"{claim}{kept}…"


def _phrases(lead: TitledChange) -> Iterator[str]:
    """Ways to tell a change in a few words, the best first; never empty."""
    change = lead.weighed.change
    headers = {header.id: header for header in lead.told.story.digest.articles}
    headlines = [
        wording.shown(title)
        for quote in best_first(change, headers)
        if (title := _title(headers.get(quote.article))) is not None
        and shared_part(title, quote.evidence.quote) >= _SAME_NEWS
    ]
    hedged = _lead_of(lead)
    yield from (title for title in headlines if not hedged or _HEDGED.search(title))
    if change.part == "figure":
        yield from _figure_phrases(lead)
    elif not is_vague(change):
        claim = wording.shown(change.text).rstrip(".")
        speaker = _speaker(lead)
        if speaker:
            yield f"{hedged}{speaker}: {claim}"
        yield f"{hedged or ('Claim: ' if speaker else '')}{claim}"
    yield wording.shown(lead.told.story.title)


def _figure_phrases(lead: TitledChange) -> Iterator[str]:
    change = lead.weighed.change
    what = wording.shown(change.text)
    if is_vague(change):
        return
    after, before = _sides(lead)
    while after and before and after[-1] == before[-1] and len(after) > 1 and len(before) > 1:
        after.pop()
        before.pop()
    now = wording.shown(" ".join(after))
    hedged = _lead_of(lead)
    if before:
        yield f"{hedged}{what[:1].upper()}{what[1:]}: {now}, was {lowered(wording.shown(' '.join(before)))}"
    yield f"{hedged}{what[:1].upper()}{what[1:]}: {now}"


def _sides(lead: TitledChange) -> tuple[list[str], list[str]]:
    """The words of the newest figure now, and of the newest one before; [] where there is none."""
    change, delta = lead.weighed.change, lead.told.delta
    now = newest(change.new_quotes, {header.id: header for header in delta.new.articles})
    before = newest(change.old_quotes, {header.id: header for header in delta.old.articles})
    return now.evidence.quote.split() if now else [], before.evidence.quote.split() if before else []


def _speaker(lead: TitledChange) -> str:
    """Whose word it is, where no article says it in its own voice; else ""."""
    digest = lead.told.story.digest
    names = {actor.id: wording.shown(actor.name) for actor in digest.actors}
    for cluster in digest.claims:
        if cluster.id in lead.weighed.change.new and all(voice.speakers for voice in cluster.voices):
            return names.get(cluster.voices[0].speakers[0], "")
    return ""


def _lead_of(lead: TitledChange) -> str:
    """ "Denied: ", "Possible: ", or "" for what somebody says plainly."""
    digest = lead.told.story.digest
    ids = lead.weighed.change.new
    for cluster in digest.claims:
        if cluster.id in ids:
            return claim_lead(cluster)
    for series in digest.figures:
        if series.id in ids:
            return {"actual": "", "planned": "Planned: ", "possible": "Possible: "}[series.status]
    return ""


def _title(header: ArticleHeader | None) -> str | None:
    return header.title if header and header.title and header.title.strip() else None
