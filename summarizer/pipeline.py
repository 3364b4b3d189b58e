"""START HERE: what happens to an article, in which file, and what can go wrong.

::

    PATH…       files, folders, patterns, "-"
      │  sources.load_articles      can't be read: SourceError              → FailedArticle
      ▼
    Article     the text as it was loaded; its lines are marked by role, never cut
      │  Engine.extract             can't be understood: SummarizerError    → Failed
      ▼
    DraftBrief  what the engine proposes, with quotes; nothing in it is trusted
      │  grounding.ground           a quote that the text doesn't bear      → Brief.rejected
      ▼
    Brief       every item is tied to a span: text[start:end] == quote
      │  merging.merge
      ▼
    Digest      actors, figure series, claim clusters, timeline and open questions of all briefs
      │  rendering
      ▼
    terminal, Markdown, HTML page, JSON

One bad article never costs the others: expected errors travel as values, are counted in the digest's
coverage and set the exit code. Anything else is a bug and crashes loudly.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, TypeAlias

from summarizer.errors import NoInput, SummarizerError, UnknownEngine, UnsupportedLanguage
from summarizer.records.article import Article
from summarizer.records.brief import Brief, Provenance
from summarizer.records.digest import Coverage, Digest, FailedArticle
from summarizer.records.draft import DraftBrief
from summarizer.records.packed import pack_record, unpack_record
from summarizer.version import __version__

if TYPE_CHECKING:
    from summarizer.sources import LoadResult

#: Below this many articles, starting a second process costs more than it saves.
MIN_ARTICLES_FOR_PROCESSES = 60
#: Articles handed to a process at once, so that passing them costs little beside reading them.
ARTICLES_A_BATCH = 8
#: Batches in hand for each process: one under way, the others ready for when results are taken slowly.
BATCHES_A_PROCESS = 4


class Engine(Protocol):
    """What reads an article: the rules, or a language model. Picklable, to work in several processes."""

    @property
    def name(self) -> str:
        """What `--model` calls it."""

    @property
    def kind(self) -> Literal["rules", "model"]:
        """What the provenance of its briefs says."""

    def extract(self, article: Article) -> DraftBrief:
        """All that it finds in `article`. Raises a SummarizerError when it can't read it."""


@dataclass(frozen=True, slots=True)
class RulesEngine:
    """The embedded engine: no key, no network, no download. It reads English."""

    name: str = "rules"
    kind: Literal["rules", "model"] = "rules"

    def extract(self, article: Article) -> DraftBrief:
        """See `extraction.by_rules.engine`. Raises UnsupportedLanguage for a text that isn't English."""
        from summarizer.extraction.by_rules.engine import extract_by_rules

        if article.language != "en":
            reason = f"its language is {article.language!r}, and the rules engine reads English only"
            raise UnsupportedLanguage(article.source, reason, "Leave it out of the run.")
        return extract_by_rules(article)


@dataclass(frozen=True, slots=True)
class Failed:
    """An article that gave no brief, and why."""

    article: Article
    error: SummarizerError

    @property
    def record(self) -> FailedArticle:
        """What a digest's coverage says of it."""
        kind = getattr(self.error, "kind", type(self.error).__name__)
        reason = getattr(self.error, "reason", str(self.error))
        return FailedArticle(source=self.article.source, kind=kind, reason=reason)


Result: TypeAlias = Brief | Failed


class PackedBrief(NamedTuple):
    """A brief as another process sends it: whoever puts it on a shelf needn't unpack it."""

    article_id: str
    packed: bytes

    def brief(self) -> Brief:
        """The brief itself."""
        return unpack_record(Brief, self.packed, "a brief from another process")


#: A result as it comes from one process or several.
Passed: TypeAlias = Result | PackedBrief


@dataclass(frozen=True, slots=True)
class DigestRun:
    """A digest and the briefs it was made from. No `digest` means that no article gave a brief.

    `failed` counts the inputs that couldn't be read, too.
    """

    digest: Digest | None
    briefs: tuple[Brief, ...]
    failed: tuple[FailedArticle, ...]


def engine_called(model: str) -> Engine:
    """The engine that `--model` names.

    Raises:
        UnknownEngine: this version has none of that name.
    """
    if model == RulesEngine().name:
        return RulesEngine()
    reason = "language models are asked by `run_with_model`" if "/" in model else "no such engine"
    raise UnknownEngine(
        f"--model {model}: {reason}. Use --model rules, which is the default, or a language model: "
        "openai/NAME, azure/DEPLOYMENT, ollama/NAME, or any name with --base-url."
    )


def extract_brief(article: Article, engine: Engine | None = None) -> Brief:
    """Extract and ground: the brief of one article, by the rules engine unless another is given.

    Raises:
        SummarizerError: the engine can't read this article.
    """
    from summarizer.grounding.brief_grounding import ground

    engine = engine or RulesEngine()
    provenance = Provenance(engine=engine.kind, version=__version__, document_schema="brief/1")
    return ground(article, engine.extract(article), provenance)


def brief_article(article: Article, engine: Engine) -> Result:
    """`extract_brief` with failures as values."""
    try:
        return extract_brief(article, engine)
    except SummarizerError as error:
        return Failed(article, error)


def brief_articles(
    articles: Iterable[Article], engine: Engine, jobs: int = 1
) -> Generator[Result, None, None]:
    """`brief_article` of each, in order, as they get ready; `jobs` above 1 is that many processes.

    Articles are taken as they are needed and results given as they are wanted: only a few batches a process
    are in hand, however many articles there are.
    """
    passed = passed_briefs(articles, engine, jobs)
    try:
        for one in passed:
            yield one.brief() if isinstance(one, PackedBrief) else one
    finally:
        passed.close()


def passed_briefs(
    articles: Iterable[Article],
    engine: Engine,
    jobs: int = 1,
    pack: Callable[[Brief], bytes] = pack_record,
) -> Generator[Passed, None, None]:
    """`brief_articles`, for those who put briefs on a shelf: from other processes they come packed.

    There they are packed by `pack`, a function of a module that leaves what `unpack_record` reads.
    """
    if jobs <= 1:
        yield from (brief_article(article, engine) for article in articles)
        return
    from concurrent.futures import Future, ProcessPoolExecutor

    waiting = iter(articles)
    under_way: deque[Future[list[PackedBrief | Failed]]] = deque()
    with ProcessPoolExecutor(jobs) as pool:
        try:
            while batch := list(islice(waiting, ARTICLES_A_BATCH)):
                under_way.append(pool.submit(_brief_batch, batch, engine, pack))
                if len(under_way) > jobs * BATCHES_A_PROCESS:
                    yield from under_way.popleft().result()
            while under_way:
                yield from under_way.popleft().result()
        finally:  # nobody wants the rest any more, or something went wrong
            for future in under_way:
                future.cancel()


def _brief_batch(
    articles: Sequence[Article], engine: Engine, pack: Callable[[Brief], bytes]
) -> list[PackedBrief | Failed]:
    """In another process. Briefs travel packed: pickled, they take far more time at either end."""
    results = (brief_article(article, engine) for article in articles)
    return [PackedBrief(one.article.id, pack(one)) if isinstance(one, Brief) else one for one in results]


def merge_briefs(briefs: Sequence[Brief], coverage: Coverage | None = None) -> Digest:
    """What the briefs say together. `coverage` tells what else was read; without it, they are all.

    Raises:
        NoInput: there is no brief.
    """
    from summarizer.merging import merge

    if not briefs:
        raise NoInput("There is no brief to make a digest of.")
    return merge(briefs, coverage or Coverage(read=len(briefs)))


def digest_articles(
    loaded: LoadResult,
    engine: Engine,
    jobs: int = 1,
    watch: Callable[[Iterator[Result]], Iterable[Result]] = iter,
) -> DigestRun:
    """The whole way, from articles to their digest. `watch` sees the results pass, to show progress."""
    return digest_results(loaded, tuple(watch(brief_articles(loaded.articles, engine, jobs))))


def digest_results(
    loaded: LoadResult,
    results: Sequence[Result],
    merge: Callable[[Sequence[Brief], Coverage], Digest] = merge_briefs,
) -> DigestRun:
    """The digest of results that are there, by whatever engine; `merge` makes it of briefs and coverage."""
    briefs = tuple(one for one in results if isinstance(one, Brief))
    failed = (*loaded.failed, *(one.record for one in results if isinstance(one, Failed)))
    coverage = loaded.coverage.model_copy(update={"failed": failed})
    return DigestRun(merge(briefs, coverage) if briefs else None, briefs, failed)


def jobs_for(articles: int, cores: int) -> int:
    """How many processes are worth starting."""
    return 1 if articles < MIN_ARTICLES_FOR_PROCESSES else max(1, cores)
