"""Structured summaries of news in which every item is tied to a verbatim span.

::

    from summarizer import extract_brief, load_articles, merge_briefs

    loaded = load_articles(["news/"])
    briefs = [extract_brief(article) for article in loaded.articles]
    digest = merge_briefs(briefs, loaded.coverage)

`run_with_model` makes briefs by a language model instead (see `docs/models.md`).
`extract_brief` takes an engine of your own (see `Engine`) as its second argument. Names are loaded on first
use, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from summarizer.version import __version__

if TYPE_CHECKING:
    from summarizer.errors import SourceError, SummarizerError, UsageProblem
    from summarizer.model_run import digest_with_model, run_with_model
    from summarizer.model_terms import ModelOptions, ModelRun
    from summarizer.pipeline import Engine, RulesEngine, extract_brief, merge_briefs
    from summarizer.records.article import Article
    from summarizer.records.brief import Actor, Brief, Claim, Evidence, Figure
    from summarizer.records.digest import (
        ActorCluster,
        ClaimCluster,
        Digest,
        FigureSeries,
        OpenQuestion,
        TimelineEvent,
    )
    from summarizer.records.draft import DraftBrief
    from summarizer.schemas import load_schema, validate_document
    from summarizer.sources import LoadOptions, LoadResult, article_from_text, load_articles

__all__ = [
    "Actor",
    "ActorCluster",
    "Article",
    "Brief",
    "Claim",
    "ClaimCluster",
    "Digest",
    "DraftBrief",
    "Engine",
    "Evidence",
    "Figure",
    "FigureSeries",
    "LoadOptions",
    "LoadResult",
    "ModelOptions",
    "ModelRun",
    "OpenQuestion",
    "RulesEngine",
    "SourceError",
    "SummarizerError",
    "TimelineEvent",
    "UsageProblem",
    "__version__",
    "article_from_text",
    "digest_with_model",
    "extract_brief",
    "load_articles",
    "load_schema",
    "merge_briefs",
    "run_with_model",
    "validate_document",
]

_HOMES = {
    "summarizer.errors": ("SourceError", "SummarizerError", "UsageProblem"),
    "summarizer.model_run": ("digest_with_model", "run_with_model"),
    "summarizer.model_terms": ("ModelOptions", "ModelRun"),
    "summarizer.pipeline": ("Engine", "RulesEngine", "extract_brief", "merge_briefs"),
    "summarizer.records.article": ("Article",),
    "summarizer.records.brief": ("Actor", "Brief", "Claim", "Evidence", "Figure"),
    "summarizer.records.digest": (
        "ActorCluster",
        "ClaimCluster",
        "Digest",
        "FigureSeries",
        "OpenQuestion",
        "TimelineEvent",
    ),
    "summarizer.records.draft": ("DraftBrief",),
    "summarizer.schemas": ("load_schema", "validate_document"),
    "summarizer.sources": ("LoadOptions", "LoadResult", "article_from_text", "load_articles"),
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    for home, names in _HOMES.items():
        if name in names:
            from importlib import import_module

            value = getattr(import_module(home), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
