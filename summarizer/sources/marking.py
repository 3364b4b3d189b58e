"""Articles that are read and named, and the marking of their lines, by one process or several.

Reading, names and duplicates depend on the order of the inputs and stay with the process that loads; marks
depend on one text alone, and take most of the time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from summarizer.records.article import Article
from summarizer.sources.articles import build_article
from summarizer.sources.found import FoundArticle
from summarizer.sources.marked_before import article_marked, marks_of

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")
#: Below this many inputs, starting processes costs more than it saves: 0.1 s against 0.8 ms an article.
MIN_FOR_PROCESSES = 200
#: Articles handed to a process at once, so that passing them costs little beside marking them.
ARTICLES_A_BATCH = 16
#: Batches in hand for each process: one under way, the others ready.
BATCHES_A_PROCESS = 4


class Unmarked(NamedTuple):
    """An article but for what its text has to be looked through for. `found` says what its file says."""

    found: FoundArticle
    text: str
    language: str
    name: str
    source: str

    def article(self) -> Article:
        """With its lines, headline, date and origin."""
        return build_article(self.found, self.text, self.language, self.name, self.source)

    def with_marks(self, marks: str) -> Article:
        """The same, where another process has worked them out."""
        return article_marked(marks, self.name, self.source, self.text)


def marked(
    outcomes: Iterable[Unmarked | T], jobs: int, keep: Callable[[Unmarked, Article], None]
) -> Iterator[Article | T]:
    """The outcomes in order, each `Unmarked` as its article, which `keep` sees; `jobs` above 1 is processes.

    Outcomes are taken as they are needed: only a few batches a process are in hand.
    """
    waiting = iter(outcomes)
    first = list(islice(waiting, MIN_FOR_PROCESSES)) if jobs > 1 else []
    if len(first) < MIN_FOR_PROCESSES:
        batches: Iterator[tuple[list[Unmarked | T], list[str] | None]] = (
            ([one], None) for one in chain(first, waiting)
        )
    else:
        batches = _by_processes(chain(first, waiting), jobs)
    for batch, marks in batches:
        given = iter(marks or ())
        for outcome in batch:
            if isinstance(outcome, Unmarked):
                article = outcome.article() if marks is None else outcome.with_marks(next(given))
                keep(outcome, article)
                yield article
            else:
                yield outcome


def _by_processes(
    outcomes: Iterator[Unmarked | T], jobs: int
) -> Iterator[tuple[list[Unmarked | T], list[str]]]:
    """Outcomes some at a time, with the marks of those that are unmarked. No process starts before one is."""
    from concurrent.futures import ProcessPoolExecutor

    under_way: deque[tuple[list[Unmarked | T], Future[list[str]] | None]] = deque()
    with ProcessPoolExecutor(jobs) as pool:
        try:
            while batch := list(islice(outcomes, ARTICLES_A_BATCH)):
                unmarked = [one for one in batch if isinstance(one, Unmarked)]
                under_way.append((batch, pool.submit(_marks, unmarked) if unmarked else None))
                if len(under_way) > jobs * BATCHES_A_PROCESS:
                    yield _arrived(*under_way.popleft())
            while under_way:
                yield _arrived(*under_way.popleft())
        finally:  # nobody wants the rest any more, or something went wrong
            for _, marks in under_way:
                if marks is not None:
                    marks.cancel()


def _arrived(
    batch: list[Unmarked | T], marks: Future[list[str]] | None
) -> tuple[list[Unmarked | T], list[str]]:
    return batch, [] if marks is None else marks.result()


def _marks(unmarked: Sequence[Unmarked]) -> list[str]:
    """In another process: what travels back is a third of an article."""
    return [marks_of(one.article()) for one in unmarked]
