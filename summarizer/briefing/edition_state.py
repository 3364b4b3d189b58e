"""Which of the four honest states an edition has, and what that rests on, in words.

Pure. An outage is never "no news", and a day on which everything was sorted out is not a quiet one:

    failed     the run broke off, or nothing at all could be read
    degraded   some sources, items or articles failed; or there were new items, and every one was left out,
               or lost without a reason
    quiet      all was checked, and nothing is new
    news       all was checked, and something is new
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.records.edition import EditionProblem, EditionSource, EditionState
from summarizer.rendering import wording

#: Reasons to leave an item out that every day has; others may be a filter that rejects everything.
ORDINARY = frozenset(("too old", "sent before", "duplicate"))
#: So many reasons are named; the footer has them all.
_NAMED = 2


@dataclass(frozen=True, slots=True)
class Facts:
    """What the ledger and the collection know of a run. `failure`: why it broke off, or None."""

    sources: Sequence[EditionSource]
    problems: Sequence[EditionProblem]
    excluded: Sequence[EditionProblem]
    articles: int
    has_news: bool
    duplicates: int = 0
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The state, and why; `why` is "" where all is well."""

    state: EditionState
    why: str


def decide(facts: Facts) -> Verdict:
    """The state of an edition made from these facts."""
    if facts.failure is not None:
        return Verdict("failed", wording.shown(facts.failure))
    dead = [one for one in facts.sources if one.state == "failed"]
    troubles = _troubles(facts, dead)
    if dead and len(dead) == len(facts.sources) and not facts.articles:
        return Verdict("failed", f"{_all_of(len(dead), 'source')} failed: {_reasons(dead)}")
    if facts.problems and not facts.articles:
        return Verdict("failed", f"nothing of what was found could be read: {'; '.join(troubles)}")
    if troubles:
        return Verdict("degraded", "; ".join(troubles))
    return Verdict("news" if facts.has_news else "quiet", "")


def _troubles(facts: Facts, dead: Sequence[EditionSource]) -> list[str]:
    troubles = []
    if dead:
        told = f"{len(dead)} of {wording.count(len(facts.sources), 'source')} failed"
        troubles.append(f"{told} ({_some([wording.shown(one.name) for one in dead])})")
    if facts.problems:
        failed = sum(one.items for one in facts.problems)
        troubles.append(f"{wording.count(failed, 'article')} failed ({_kinds(facts.problems)})")
    odd = [one for one in facts.excluded if one.kind not in ORDINARY]
    if odd and not facts.articles:
        troubles.append(f"every new item was left out ({_kinds(odd)})")
    new = sum(one.new for one in facts.sources)
    if new and not (facts.articles or facts.problems or facts.excluded or facts.duplicates):
        troubles.append(f"{wording.count(new, 'new item')} gave no article, and no reason is known")
    return troubles


def _kinds(problems: Sequence[EditionProblem]) -> str:
    """ "too large: 2, robots.txt: 1"."""
    kinds: Counter[str] = Counter()
    for one in problems:
        kinds[wording.shown(one.kind)] += one.items
    return _some([f"{kind}: {number}" for kind, number in kinds.most_common()])


def _reasons(dead: Sequence[EditionSource]) -> str:
    reasons = dict.fromkeys(wording.shown(one.reason or "no reason given") for one in dead)
    return _some(list(reasons))


def _all_of(number: int, what: str) -> str:
    return f"the only {what}" if number == 1 else f"all {number} {what}s"


def _some(parts: Sequence[str]) -> str:
    left = len(parts) - _NAMED
    return ", ".join(parts) if left <= 0 else f"{', '.join(parts[:_NAMED])} and {left} more"
