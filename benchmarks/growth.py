"""Briefs into stories and digests, and articles into stories, by size: what grows, and how fast.

`make bench` measures up to 30,000 briefs and 100,000 articles, each size in a process of its own;
`python benchmarks/growth.py merge 3000` (or `stories`, `reprints`) measures one. The briefs are invented:
stories of one to a dozen articles, each story with names of its own and words that it shares with others,
seven actors, six figures and fifteen claims an article, many told by other articles too. Real news is
messier; what is measured here is growth, not quality.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from time import process_time

from measuring import HERE, Row, exponent, python, run

from summarizer import LoadResult
from summarizer.cli.main import collect_rarely
from summarizer.records.article import Article, ArticleHeader, Published
from summarizer.records.brief import Actor, Brief, Claim, Evidence, Figure, Provenance
from summarizer.records.digest import Digest
from summarizer.store.spool import Arranged, spooled
from summarizer.stories.grouping import group_reports
from summarizer.stories.reports import Report
from summarizer.stories.reprints import find_reprints
from summarizer.story_digests import StoryBriefs, digest_pile, merge_stories
from summarizer.text.words import word_tags

MERGE_SIZES = (1_000, 3_000, 10_000, 30_000)
PILE_SIZES = (10_000, 100_000)
#: The goals are for ten thousand briefs.
_GOAL_SIZE = 10_000
#: Of a pile, the share of articles that other papers print again, cut or with another end.
_REPRINTED = 0.1
_CLAIMS, _FIGURES, _ACTORS = 15, 6, 7
_ONSETS = (*"bdfghklmnprstvwz", "br", "kl", "st", "tr")
_SYLLABLES = [onset + vowel for onset in _ONSETS for vowel in "aeiou"]
_MADE_BY = Provenance(engine="rules", version="0", document_schema="brief/1")


@dataclass(frozen=True, slots=True)
class Measured:
    """CPU seconds of a size, and what came of it: stories or reprints, and how right they are.

    `total_s` is everything but making the input.
    """

    size: int
    total_s: float
    grouping_s: float
    found: int
    f1: float


def merge(size: int, seed: int = 0) -> Measured:
    """What `digest` does with `size` articles, but for reading: the briefs come one by one and are let go.

    As there, articles, briefs and stories lie in temporary files; reading a story back to write it isn't
    counted.
    """
    pile = synthetic_pile(size, seed)
    taking_out_s = grouped = 0.0

    def results() -> Iterator[Brief]:
        nonlocal taking_out_s
        for place in range(size):
            before = process_time()
            brief = pile.briefs[place]
            taking_out_s += process_time() - before
            yield brief

    def merged(stories: Iterable[StoryBriefs]) -> Iterator[Digest]:
        nonlocal grouped
        grouped = process_time()
        return merge_stories(stories)

    started = process_time()
    made = digest_pile(LoadResult(pile.articles), results(), merged).stories
    ended = process_time()
    assert made is not None
    found = [
        [pile.truth[one] for one in (*story.articles, *(copy.article.id for copy in story.reprints))]
        for story in made.all_stories
    ]
    grouping_s = grouped - started - taking_out_s
    return Measured(size, ended - started - taking_out_s, grouping_s, len(found), _pairs_f1(found))


def stories(size: int, seed: int = 0) -> Measured:
    """Group `size` articles of fifteen sentences, about a kilobyte each."""
    reports, truth = synthetic_reports(size, seed)
    started = process_time()
    groups = group_reports(reports)
    seconds = process_time() - started
    found = [
        [truth[one] for one in (*group.articles, *(copy for copy, _ in group.reprints))] for group in groups
    ]
    return Measured(size, seconds, seconds, len(groups), _pairs_f1(found))


def reprints(size: int, seed: int = 0) -> Measured:
    """Find the reprints among `size` articles; a tenth are others cut at their end, with other headlines."""
    rng = random.Random(seed)
    reports, _ = synthetic_reports(size - round(size * _REPRINTED), seed)
    truth: set[tuple[int, int]] = set()
    for number in range(size - len(reports)):
        whole = rng.randrange(len(reports) - number)
        lines = reports[whole].body.split("\n")
        cut = "\n".join(lines[: rng.randint(len(lines) // 2, len(lines) - 1)])
        truth.add((len(reports), whole))
        reports.append(
            replace(reports[whole], id=f"copy{number}", title="As printed", body=cut, sha256=f"{number:064x}")
        )
    started = process_time()
    found = find_reprints(reports)
    seconds = process_time() - started
    right = len({copy for copy, _ in truth} & set(found))
    f1 = 2 * right / (len(found) + len(truth))
    return Measured(size, seconds, seconds, len(found), f1)


@dataclass(frozen=True, slots=True)
class Pile:
    """Articles with their briefs, on disk and in one order, and the story of each by article id."""

    articles: Sequence[Article]
    briefs: Sequence[Brief]
    truth: dict[str, int]


def synthetic_pile(size: int, seed: int) -> Pile:
    """About forty stories a day begin."""
    rng = random.Random(seed)
    articles, briefs = spooled(Article), spooled(Brief)
    truth: dict[str, int] = {}
    for story, told in _stories_of(rng, size):
        brief = told.brief(rng, f"a{len(briefs)}")
        truth[brief.article.id] = story
        briefs.append(brief)
        articles.append(_article_of(brief))
    order = list(range(size))
    rng.shuffle(order)
    return Pile(Arranged(articles, order), Arranged(briefs, order), truth)


def _article_of(brief: Brief) -> Article:
    """The article that consists of a brief's quotes."""
    items = (*brief.actors, *brief.claims, *brief.figures)
    spans = sorted((one for item in items for one in item.evidence), key=lambda one: one.start)
    header = {name: getattr(brief.article, name) for name in ArticleHeader.model_fields}
    return Article(**header, source=f"{brief.article.id}.txt", text="\n".join(one.quote for one in spans))


def synthetic_reports(size: int, seed: int) -> tuple[list[Report], dict[str, int]]:
    """The same as the story stage sees articles, without the memory that briefs take."""
    rng = random.Random(seed)
    reports: list[Report] = []
    truth: dict[str, int] = {}
    for story, told in _stories_of(rng, size):
        reports.append(told.report(rng, f"a{len(reports)}"))
        truth[reports[-1].id] = story
    rng.shuffle(reports)
    return reports, truth


def _stories_of(rng: random.Random, size: int) -> Iterator[tuple[int, _Story]]:
    """A story and its number for each of `size` articles."""
    nouns = _words("NN", 10)
    verbs = _words("VB", 9)
    made = story = 0
    while made < size:
        told = _Story(rng, nouns, verbs, date(2025, 1, 1) + timedelta(days=story // 40))
        for _ in range(min(size - made, rng.choice((1, 1, 1, 2, 2, 3, 4, 5, 6, 8, 12)))):
            yield story, told
            made += 1
        story += 1


def _words(tag: str, below: int) -> list[str]:
    tagged = word_tags().items()
    return sorted(
        word for word, tags in tagged if tags[0] == tag and 4 < len(word) < below and word.isalpha()
    )


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

    def report(self, rng: random.Random, name: str) -> Report:
        """One article's sentences, for the story stage."""
        said = [f"{rng.choice(self._people)} said {fact[:-1]}." for fact in rng.sample(self._facts, _CLAIMS)]
        day = self._begins + timedelta(days=rng.randint(0, 6))
        return Report(
            id=name,
            title=f"{rng.choice(self._bodies)} and the {rng.choice(self._nouns)} of {self._place}",
            body="\n".join(said),
            published=day.isoformat() if rng.random() < 0.9 else None,
            outlet=f"Paper {rng.randint(1, 40)}",
            sha256=f"{rng.getrandbits(256):064x}",
        )

    def brief(self, rng: random.Random, name: str) -> Brief:
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


def merge_rows() -> list[Row]:
    """Piles of briefs into stories and digests."""
    runs = {size: _in_process("merge", size) for size in MERGE_SIZES}
    rows = []
    for size, (one, peak_mb) in runs.items():
        goal = size == _GOAL_SIZE
        rows += [
            Row(
                f"merge.s_{size}",
                f"{size:,} briefs into stories and digests",
                one.total_s,
                "s",
                "< 60" if goal else "",
            ),
            Row(f"merge.gb_{size}", "  most memory", peak_mb / 1000, "GB", "< 1.5" if goal else ""),
        ]
    seconds = [one.total_s for one, _ in runs.values()]
    rows.append(Row("merge.exponent", "  exponent of growth", exponent(MERGE_SIZES, seconds), "", "<= 1.1"))
    share = runs[_GOAL_SIZE][0].grouping_s / runs[_GOAL_SIZE][0].total_s
    rows.append(Row("merge.grouping_share", f"  share of grouping, {_GOAL_SIZE:,} briefs", 100 * share, "%"))
    return rows


def pile_rows() -> list[Row]:
    """Story clustering and reprints, by themselves."""
    rows = []
    for kind, what in (
        ("stories", "articles into stories"),
        ("reprints", "articles looked through for reprints"),
    ):
        runs = [(_in_process(kind, size)) for size in PILE_SIZES]
        for one, peak_mb in runs:
            rows += [
                Row(f"{kind}.s_{one.size}", f"{one.size:,} {what}", one.total_s, "s"),
                Row(f"{kind}.f1_{one.size}", "  F1 on invented data", one.f1, ""),
                Row(f"{kind}.gb_{one.size}", "  most memory, input included", peak_mb / 1000, "GB"),
            ]
        grown = exponent(PILE_SIZES, [one.total_s for one, _ in runs])
        rows.append(Row(f"{kind}.exponent", "  exponent of growth", grown, ""))
    return rows


def _in_process(kind: str, size: int) -> tuple[Measured, float]:
    """What a size takes in a process of its own, and the most memory that this has had in MB."""
    sys.stderr.write(f"  {kind} {size:,} …\n")
    ended = run(python(str(HERE / "growth.py"), kind, str(size)))
    if ended.code:
        raise SystemExit(f"growth.py {kind} {size} ended with {ended.code}")
    return Measured(**json.loads(ended.out)), ended.peak_mb or math.nan


KINDS = {"merge": merge, "stories": stories, "reprints": reprints}

if __name__ == "__main__":
    collect_rarely()  # as the command does
    print(json.dumps(asdict(KINDS[sys.argv[1]](int(sys.argv[2])))))  # noqa: T201
