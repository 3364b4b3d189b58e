"""From an article to a digest: failures travel as values, and how it is run changes nothing."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest
from command import ARTICLES, RATES, STRIKE

from summarizer.errors import NoInput, UnknownEngine, UnsupportedLanguage
from summarizer.pipeline import (
    ARTICLES_A_BATCH,
    BATCHES_A_PROCESS,
    Failed,
    Result,
    RulesEngine,
    brief_article,
    brief_articles,
    digest_articles,
    engine_called,
    extract_brief,
    jobs_for,
    merge_briefs,
)
from summarizer.records.article import Article
from summarizer.records.brief import Brief
from summarizer.records.draft import DraftBrief, DraftClaim, Quote
from summarizer.schemas import validate_document
from summarizer.sources import article_from_text, load_articles

GERMAN = (
    "Die Hafenarbeiter wollen am Montag streiken, sagte die Gewerkschaft am Freitag in Hamburg. "
    "Der Betreiber bestritt, dass er Stellen streichen will, und die Gespräche sollen weitergehen."
)


class ScriptedEngine:
    """An engine that answers what it was told to, as a model might."""

    name = "scripted/1"
    kind = "model"

    def __init__(self, *quotes: str) -> None:
        self.quotes = quotes

    def extract(self, article: Article) -> DraftBrief:
        """One claim for every quote."""
        return DraftBrief(
            claims=tuple(
                DraftClaim(
                    id=f"c{number}",
                    text=quote,
                    sourcing="article",
                    polarity="affirmed",
                    certainty="certain",
                    evidence=(Quote(quote=quote),),
                )
                for number, quote in enumerate(self.quotes, 1)
            )
        )


def test_every_item_of_a_brief_stands_in_the_article() -> None:
    """The promise of the whole project."""
    article = article_from_text(STRIKE)
    brief = extract_brief(article)
    spans = [span for item in (*brief.actors, *brief.figures, *brief.claims) for span in item.evidence]
    assert spans
    assert all(article.text[span.start : span.end] == span.quote for span in spans)
    validate_document(brief.to_dict(), "brief")


def test_an_invented_quote_of_any_engine_is_refused_and_reported() -> None:
    """An engine's word is never taken for the article's."""
    article = article_from_text(STRIKE)
    brief = extract_brief(article, ScriptedEngine("Dock workers in Marrow Bay will strike for ten years."))
    assert brief.claims == ()
    assert len(brief.rejected) == 1
    assert brief.provenance.engine == "model"


def test_another_language_fails_as_a_value() -> None:
    """One German article in the pile must not cost the others, nor be read as English."""
    article = article_from_text(GERMAN)
    failed = brief_article(article, RulesEngine())
    assert isinstance(failed, Failed)
    assert isinstance(failed.error, UnsupportedLanguage)
    assert failed.record.kind == "language"
    with pytest.raises(UnsupportedLanguage, match="English only"):
        extract_brief(article)


def test_failed_articles_are_counted_in_the_digest() -> None:
    """A reader must see what the digest does not know."""
    loaded = load_articles([ARTICLES / "blinken-arrives-in-kiev.txt", "no-such-file.txt"])
    made = digest_articles(loaded, RulesEngine())
    assert made.digest is not None
    assert [one.source for one in made.digest.coverage.failed] == ["no-such-file.txt"]
    assert made.digest.coverage.read == 1
    validate_document(made.digest.to_dict(), "digest")


def test_no_brief_gives_no_digest() -> None:
    """An outage must never look like a quiet day."""
    made = digest_articles(load_articles(["no-such-file.txt"]), RulesEngine())
    assert made.digest is None
    assert len(made.failed) == 1
    with pytest.raises(NoInput):
        merge_briefs([])


def test_several_processes_give_the_same_briefs_in_the_same_order() -> None:
    """How many processors a machine has must not change the news."""
    articles = [
        *load_articles([ARTICLES]).articles,
        article_from_text(STRIKE, article_id="strike"),
        article_from_text(GERMAN, article_id="german"),
    ]
    one = list(brief_articles(articles, RulesEngine(), jobs=1))
    two = list(brief_articles(articles, RulesEngine(), jobs=2))
    assert [_comparable(result) for result in one] == [_comparable(result) for result in two]
    assert isinstance(two[-1], Failed)


def test_a_long_run_holds_only_what_is_under_way() -> None:
    """A million articles must fit the memory of one machine: they are taken as results are wanted."""
    taken = 0

    def endless() -> Iterator[Article]:
        nonlocal taken
        while True:
            taken += 1
            yield article_from_text(STRIKE, article_id=f"strike-{taken}")

    results = brief_articles(endless(), RulesEngine(), jobs=2)
    first = [next(results) for _ in range(20)]
    results.close()
    assert [one.article.id for one in first] == [f"strike-{number}" for number in range(1, 21)]
    assert taken <= 20 + (2 * BATCHES_A_PROCESS + 1) * ARTICLES_A_BATCH


def _comparable(result: Result) -> str:
    return result.to_json() if isinstance(result, Brief) else f"{result.article.id}: {result.error}"


def test_errors_survive_the_way_between_processes() -> None:
    """Otherwise one unreadable article would break the pool and with it the day."""
    error = UnsupportedLanguage("a.txt", "it is German", "Leave it out.")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.source) == (UnsupportedLanguage, str(error), "a.txt")


def test_progress_sees_every_result_pass() -> None:
    """A watcher may count, never change."""
    seen: list[Result] = []

    def watch(results: Iterator[Result]) -> Iterator[Result]:
        for result in results:
            seen.append(result)
            yield result

    made = digest_articles(load_articles([ARTICLES]), RulesEngine(), watch=watch)
    assert tuple(seen) == made.briefs


def test_input_order_never_matters() -> None:
    """The digest of the same articles is the same digest."""
    articles = [article_from_text(STRIKE, article_id="a"), article_from_text(RATES, article_id="b")]
    briefs = [extract_brief(article) for article in articles]
    assert merge_briefs(briefs).to_json() == merge_briefs(briefs[::-1]).to_json()


@pytest.mark.parametrize(("model", "reason"), [("openai/x", "language models"), ("ruels", "no such engine")])
def test_an_unknown_engine_is_named(model: str, reason: str) -> None:
    """A typo must not silently fall back to another engine."""
    with pytest.raises(UnknownEngine, match=reason):
        engine_called(model)
    assert engine_called("rules").kind == "rules"


def test_processes_are_started_only_where_they_pay() -> None:
    """Five articles are read before a second process is up."""
    assert jobs_for(5, 8) == 1
    assert jobs_for(1000, 8) == 8
    assert jobs_for(1000, 1) == 1
