"""Which pairs of articles may be of one story: found by blocking, so no large pile is compared whole.

Pure. An article is compared with those that share one of its heaviest terms and are near in time, at most a
fixed number for each term: the work grows as n log n (Bayardo, Ma & Srikant, "Scaling up all pairs similarity
search", 2007, for looking only at the heaviest terms).
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from summarizer.stories.terms import cosine
from summarizer.stories.vectors import TermVectors

#: Nearest articles in time that a term leads to. A story of more articles than this still hangs together,
#: since each is compared with its neighbours and the groups are measured whole afterwards.
_PER_TERM = 48
#: A candidate must come to this on the blocking terms alone.
_WORTH_MEASURING = 0.05
#: Articles further apart are never compared; up to there a pair must be the more alike, the further apart it
#: is (a follow-up in court six weeks later is the same story, a second flood is not).
WINDOW_DAYS = 60
_LOSS_AT_WINDOW = 0.5
#: Two articles of one kind (two verdicts, two drug trials) share words, but no name. Of the 861 pairs of
#: practice articles, all on different events, five reach 0.16 and two of these share less of names than this;
#: of the 91 pairs of one story in the invented pile of 40, none does.
_NAMES_SHARED = 0.03
#: Without common names they must be as alike as this: a text all in lower case has none.
_NAMELESS = 0.35
#: From this on, a pair may be of one story. From 0.12 to 0.20 the pile of 40 falls into its six stories
#: without a fault; at 0.16 four pairs of practice articles are joined, at 0.18 two (two firms of one name;
#: two articles on Yemen), and at 0.20 random samples of 12 of the pile lose 5 points of pairwise F1 (0.92).
ALIKE = 0.18


@dataclass(frozen=True, slots=True)
class Days:
    """Days that an article may have appeared on, as ordinals: one, or those of a month or year."""

    first: int
    last: int

    def gap(self, other: Days) -> int:
        """Days between; 0 when they may be the same."""
        return max(0, self.first - other.last, other.first - self.last)


def days_of(published: str | None) -> Days | None:
    """The days of an article's date (a day, a month or a year); None for none, and for a bad one."""
    if published is None:
        return None
    year, _, rest = published.partition("-")
    month, _, day = rest.partition("-")
    try:
        if day:
            ordinal = date(int(year), int(month), int(day)).toordinal()
            return Days(ordinal, ordinal)
        if month:
            following = date(int(year) + int(month) // 12, int(month) % 12 + 1, 1)
            return Days(date(int(year), int(month), 1).toordinal(), following.toordinal() - 1)
        return Days(date(int(year), 1, 1).toordinal(), date(int(year), 12, 31).toordinal())
    except ValueError:
        return None


def closeness(a: Days | None, b: Days | None) -> float:
    """What likeness counts for at this distance in time; 0 beyond the window, 1 where a date is unknown."""
    if a is None or b is None:
        return 1.0
    gap = a.gap(b)
    return 0.0 if gap > WINDOW_DAYS else 1.0 - _LOSS_AT_WINDOW * gap / WINDOW_DAYS


def _likeness(vectors: TermVectors, i: int, j: int) -> float:
    """How alike two articles are; 0 where they share words of a field but hardly a name."""
    a, b = vectors[i], vectors[j]
    whole = cosine(a, b)
    if ALIKE <= whole < _NAMELESS:
        shared = sum(weight * b[term] for term, weight in a.items() if term in b and vectors.is_name(term))
        return whole if shared >= _NAMES_SHARED else 0.0
    return whole


def alike_pairs(vectors: TermVectors, days: Sequence[Days | None]) -> dict[tuple[int, int], float]:
    """Pairs (i < j) that may be of one story, with their likeness, time counted in."""
    order = sorted(range(len(vectors)), key=lambda i: (0, one.first, i) if (one := days[i]) else (1, 0, i))
    postings: dict[int, _Posting] = defaultdict(_Posting)
    found: dict[tuple[int, int], float] = {}
    for i in order:
        shared: dict[int, float] = defaultdict(float)
        for term, weight in vectors.heaviest(i):
            posting = postings[term]
            for j, other in posting.nearest():
                shared[j] += weight * other
            posting.add(i, weight)
        for j in sorted(j for j, alike in shared.items() if alike >= _WORTH_MEASURING):
            near = closeness(days[i], days[j])
            if near:
                score = round(_likeness(vectors, i, j) * near, 6)
                if score >= ALIKE:
                    found[min(i, j), max(i, j)] = score
    return found


@dataclass(slots=True)
class _Posting:
    """Articles that have a term among their heaviest, and its weight there; as far as later ones look."""

    _articles: array[int] = field(default_factory=lambda: array("I"))
    _weights: array[float] = field(default_factory=lambda: array("d"))

    def nearest(self) -> Iterable[tuple[int, float]]:
        return zip(self._articles[-_PER_TERM:], self._weights[-_PER_TERM:], strict=True)

    def add(self, article: int, weight: float) -> None:
        self._articles.append(article)
        self._weights.append(weight)
        if len(self._articles) > 2 * _PER_TERM:
            del self._articles[:-_PER_TERM], self._weights[:-_PER_TERM]
