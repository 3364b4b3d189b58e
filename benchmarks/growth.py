"""Growth with the size of a pile: synthetic briefs into stories and digests, on one core.

`make bench` measures 1,000, 3,000 and 10,000 briefs; `python benchmarks/growth.py 30000` goes
further. The briefs are invented: stories of one to a dozen articles, each story with names of its own and
words that it shares with others, seven actors, six figures and fifteen claims an article, many told by
other articles too. Real news is messier; what is measured here is growth, not quality.
"""

from __future__ import annotations

import math
import random
import resource
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from time import process_time

from summarizer import merge_briefs
from summarizer.records.article import ArticleHeader, Published
from summarizer.records.brief import Actor, Brief, Claim, Evidence, Figure, Provenance
from summarizer.records.digest import Coverage
from summarizer.stories.grouping import group_reports
from summarizer.stories.ranking import collect
from summarizer.stories.reports import report_of_brief
from summarizer.text.words import word_tags

SIZES = (1_000, 3_000, 10_000)
_CLAIMS, _FIGURES, _ACTORS = 15, 6, 7
_ONSETS = (*"bdfghklmnprstvwz", "br", "kl", "st", "tr")
_SYLLABLES = [onset + vowel for onset in _ONSETS for vowel in "aeiou"]
_MADE_BY = Provenance(engine="rules", version="0", document_schema="brief/1")


@dataclass(frozen=True, slots=True)
class Measured:
    """CPU seconds of a size, and what came of it."""

    briefs: int
    grouping_s: float
    merging_s: float
    stories: int
    pairs_f1: float

    @property
    def total_s(self) -> float:
        """Everything but making the briefs."""
        return self.grouping_s + self.merging_s


def measure(size: int, seed: int = 0) -> Measured:
    """Group and merge `size` synthetic briefs."""
    briefs, truth = synthetic_briefs(size, seed)
    started = process_time()
    groups = group_reports([report_of_brief(brief) for brief in briefs])
    grouped = process_time()
    by_id = {brief.article.id: brief for brief in briefs}
    digests = [
        merge_briefs([by_id[one] for one in group.articles], Coverage(read=len(group.articles)))
        for group in groups
    ]
    collect(groups, digests, {brief.article.id: brief.article for brief in briefs}, Coverage(read=size))
    ended = process_time()
    found = [
        [truth[one] for one in (*group.articles, *(copy for copy, _ in group.reprints))] for group in groups
    ]
    return Measured(size, grouped - started, ended - grouped, len(groups), _pairs_f1(found))


def exponent(runs: Sequence[Measured]) -> float:
    """Slope of log time over log size, by least squares; 1 is linear."""
    xs = [math.log(run.briefs) for run in runs]
    ys = [math.log(run.total_s) for run in runs]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def peak_gb() -> float:
    """The most memory that this process has had, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e9 if sys.platform == "darwin" else 1e6)


def synthetic_briefs(size: int, seed: int) -> tuple[list[Brief], dict[str, int]]:
    """Briefs, and the story of each by article id. About forty stories a day begin."""
    rng = random.Random(seed)
    nouns = sorted(
        word
        for word, tags in word_tags().items()
        if tags[0] == "NN" and 4 < len(word) < 10 and word.isalpha()
    )
    verbs = sorted(
        word for word, tags in word_tags().items() if tags[0] == "VB" and 4 < len(word) < 9 and word.isalpha()
    )
    briefs: list[Brief] = []
    truth: dict[str, int] = {}
    story = 0
    while len(briefs) < size:
        told = _Story(rng, nouns, verbs, date(2025, 1, 1) + timedelta(days=story // 40))
        for _ in range(min(size - len(briefs), rng.choice((1, 1, 1, 2, 2, 3, 4, 5, 6, 8, 12)))):
            brief = told.article(rng, f"a{len(briefs)}")
            truth[brief.article.id] = story
            briefs.append(brief)
        story += 1
    rng.shuffle(briefs)
    return briefs, truth


class _Story:
    """What a story's articles choose from."""

    def __init__(self, rng: random.Random, nouns: Sequence[str], verbs: Sequence[str], begins: date) -> None:
        self._begins = begins
        self._nouns = nouns
        self._people = [f"{_name(rng)} {_name(rng)}" for _ in range(8)]
        self._bodies = [f"{_name(rng)} {rng.choice(nouns).title()}" for _ in range(4)]
        self._place = _name(rng)
        self._facts = [
            f"{rng.choice(self._bodies)} will {rng.choice(verbs)} the {rng.choice(nouns)} "
            f"and the {rng.choice(nouns)} in {self._place}."
            for _ in range(25)
        ]
        self._counted = [f"{rng.choice(nouns)}s in {self._place}" for _ in range(8)]

    def article(self, rng: random.Random, name: str) -> Brief:
        """One article's brief, without validation: it is right by construction."""
        end = 0

        def span(quote: str) -> Evidence:
            nonlocal end
            start, end = end, end + len(quote) + 1
            return Evidence.model_construct(quote=quote, start=start, end=start + len(quote))

        people = rng.sample(self._people, _ACTORS - 3)
        bodies = rng.sample(self._bodies, 3)
        actors = [
            Actor.model_construct(
                id=f"a{number}", name=who, kind="person" if number <= len(people) else "organization",
                role=None, aliases=(), evidence=(span(who),),
            )
            for number, who in enumerate((*people, *bodies), 1)
        ]  # fmt: skip
        claims = []
        for number, fact in enumerate(rng.sample(self._facts, _CLAIMS), 1):
            speaker = rng.randint(0, _ACTORS)
            who = actors[speaker - 1].name if speaker else ""
            quote = f"{who} said {fact[:-1]}" if who else fact[:-1]
            claims.append(
                Claim.model_construct(
                    id=f"c{number}", text=fact, speakers=(f"a{speaker}",) if speaker else (), via=None,
                    sourcing="named" if speaker else "article",
                    polarity="denied" if rng.random() < 0.08 else "affirmed",
                    certainty="possible" if rng.random() < 0.2 else "certain", cues=(), when=None,
                    evidence=(span(f"{quote} {rng.choice(self._nouns)}"),),
                )
            )  # fmt: skip
        figures = []
        for number in range(1, _FIGURES + 1):
            counted, value = rng.choice(self._counted), rng.randint(2, 9_000)
            figures.append(
                Figure.model_construct(
                    id=f"f{number}", evidence=(span(f"{value} {counted}"),), also=(), value=value,
                    value_high=None, unit="count", counted=counted, bound="exact", status="actual",
                    as_of=None, place=None, source=None, via=None,
                )
            )  # fmt: skip
        day = self._begins + timedelta(days=rng.randint(0, 6))
        dated = rng.random() < 0.9
        header = ArticleHeader(
            id=name,
            title=f"{bodies[0]} and the {rng.choice(self._nouns)} of {self._place}",
            outlet=f"Paper {rng.randint(1, 40)}",
            origin=None,
            published=Published(
                date=day.isoformat() if dated else None, basis="stated" if dated else "unknown"
            ),
            language="en",
        )
        return Brief.model_construct(
            article=header, summary=(), actors=tuple(actors), figures=tuple(figures), claims=tuple(claims),
            rejected=(), provenance=_MADE_BY,
        )  # fmt: skip


def _name(rng: random.Random) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(3)).title()


def _pairs_f1(found: Sequence[Sequence[int]]) -> float:
    """Pairwise F1 of groups, each told by the true stories of its members."""
    sizes: dict[int, int] = {}
    right = guessed = 0
    for group in found:
        guessed += math.comb(len(group), 2)
        for story in set(group):
            count = group.count(story)
            right += math.comb(count, 2)
            sizes[story] = sizes.get(story, 0) + count
    true = sum(math.comb(size, 2) for size in sizes.values())
    return 2 * right / (guessed + true) if guessed + true else 1.0


def main(sizes: Sequence[int]) -> int:
    """Measure and print."""
    runs = []
    for size in sizes:
        run = measure(size)
        runs.append(run)
        sys.stdout.write(
            f"{run.briefs:>7} briefs: grouping {run.grouping_s:.1f} s, merging {run.merging_s:.1f} s, "
            f"{run.stories} stories, pairwise F1 {run.pairs_f1:.3f}, {peak_gb():.2f} GB\n"
        )
        sys.stdout.flush()
    if len(runs) > 1:
        sys.stdout.write(f"exponent {exponent(runs):.2f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main([int(one) for one in sys.argv[1:]] or SIZES))
