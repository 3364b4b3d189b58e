"""Run an engine over a data set and score it.

::

    DataSet -> drafts (concurrent) -> grounding -> score_article per article and repeat
            -> merge -> score_digest (oracle, end to end, and with the engine's own help)
            -> floors and ceilings -> Run

I/O only through the engine it is given. An article that can't be answered counts as an empty brief and is
named; it never leaves the denominator.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

from summarizer.errors import MissingExtra
from summarizer.evaluation.answers import (
    SHORT,
    Drafted,
    Drafter,
    Progress,
    RulesDrafter,
    counting,
    scorer_fingerprint,
    text_sha256,
)
from summarizer.evaluation.article import score_article
from summarizer.evaluation.dataset import DataSet, LabelledArticle
from summarizer.evaluation.digest import baseline_counts, score_digest
from summarizer.evaluation.floors import LEAD_SENTENCES, sentence_brief
from summarizer.evaluation.metrics import sum_counts
from summarizer.evaluation.partners import matched_items, same_items
from summarizer.evaluation.perfect import brief_of, empty_brief
from summarizer.evaluation.scorecard import brief_scores
from summarizer.records.brief import Brief, Provenance
from summarizer.records.digest import Digest
from summarizer.records.run import ArticleScore, DigestScore, Reference, Run, Signature
from summarizer.version import __version__

#: Whoever gets the answers of a drafter, in the order of the questions.
Asker = Callable[[Drafter, Sequence[tuple[LabelledArticle, int]], Progress], Sequence[Drafted]]


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How to run: answers per article, answers asked for at once, and the time to put on the run.

    `asker` asks elsewhere; `workers` are threads of this process.
    """

    created: str
    repeats: int = 1
    workers: int = 1
    asker: Asker | None = None


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A run, and the briefs it was scored from (by article and repeat) for whoever wants to see them."""

    run: Run
    briefs: dict[tuple[str, int], Brief]


def run_evaluation(data: DataSet, drafter: Drafter, options: RunOptions, progress: Progress) -> Evaluated:
    """Ask the engine for every article and repeat, score everything.

    Raises:
        MissingExtra: scipy isn't installed.
    """
    require_scorer()
    asked = [(entry, repeat) for repeat in range(options.repeats) for entry in data.articles]
    ask = options.asker or partial(_ask, workers=options.workers)
    drafts = ask(drafter, asked, progress)
    scores: list[ArticleScore] = []
    briefs: dict[tuple[str, int], Brief] = {}
    for (entry, repeat), drafted in zip(asked, drafts, strict=True):
        brief, failed = ground_draft(entry, drafted, drafter)
        briefs[entry.article.id, repeat] = brief
        score = score_article(
            brief, entry.gold, entry.article.text, repeat=repeat, failed=failed, repairs=drafted.repairs
        )
        told = {"usage": drafted.usage, "replayed": drafted.replayed, "unrecorded": drafted.unrecorded}
        scores.append(score.model_copy(update=told))
    scores.sort(key=lambda score: (score.article, score.repeat))
    run = Run(
        created=options.created,
        data=str(data.folder),
        signature=signature(data, drafter),
        parameters=drafter.parameters,
        repeats=options.repeats,
        expected=len(asked),
        scored=sum(score.failed is None for score in scores),
        scores=brief_scores(scores),
        articles=tuple(scores),
        digests=_digest_scores(data, drafter, briefs, scores, options.repeats),
        references=tuple(_references(data, drafter)),
        digest_floors=_digest_floors(data),
    )
    return Evaluated(run, briefs)


def require_scorer() -> None:
    """Check that the optional dependency of scoring is there.

    Raises:
        MissingExtra: it isn't.
    """
    from importlib.util import find_spec

    if find_spec("scipy") is None:
        raise MissingExtra("Scoring", "scipy", "eval")


def ground_draft(entry: LabelledArticle, drafted: Drafted, drafter: Drafter) -> tuple[Brief, str | None]:
    """The brief that a draft grounds to, or an empty one with the reason."""
    if drafted.brief is not None:
        return drafted.brief, drafted.failed
    if drafted.draft is None:
        return empty_brief(entry.gold), drafted.failed or "no answer"
    from summarizer.grounding.brief_grounding import ground

    provenance = Provenance(
        engine="rules" if drafter.engine == "rules" else "model",
        version=__version__,
        model=None if drafter.engine == "rules" else drafter.model,
        prompt=None if drafter.engine == "rules" else drafter.prompt,
        document_schema="brief/1",
        text_sha256=text_sha256(entry.article.text),
        tokens=drafted.usage.tokens,
    )
    return ground(entry.article, drafted.draft, provenance), None


def signature(data: DataSet, drafter: Drafter) -> Signature:
    """What the scores of this engine on this data depend on."""
    from summarizer.schemas import load_schema

    gold = hashlib.sha256()
    for entry in data.articles:
        gold.update(entry.article.text.encode("utf-8") + entry.gold.to_json().encode("utf-8"))
    if data.digest is not None:
        gold.update(data.digest.to_json().encode("utf-8"))
    schema = json.dumps(load_schema("brief/1"), sort_keys=True).encode("utf-8")
    return Signature(
        gold=gold.hexdigest()[:SHORT],
        scorer=scorer_fingerprint(),
        engine=drafter.engine,
        model=drafter.model,
        prompt=drafter.prompt,
        document_schema=hashlib.sha256(schema).hexdigest()[:SHORT],
        version=__version__,
    )


def _ask(
    drafter: Drafter, asked: Sequence[tuple[LabelledArticle, int]], progress: Progress, workers: int
) -> list[Drafted]:
    """All answers in the order of `asked`, up to `workers` at once."""
    note = counting(progress, len(asked))
    if workers <= 1:
        drafts = []
        for entry, repeat in asked:
            drafts.append(drafter.draft(entry.article, repeat))
            note(entry.article.id)
        return drafts
    with ThreadPoolExecutor(max_workers=workers) as pool:
        futures: list[Future[Drafted]] = []
        for entry, repeat in asked:
            future = pool.submit(drafter.draft, entry.article, repeat)
            future.add_done_callback(lambda _, entry=entry: note(entry.article.id))  # type: ignore[misc]
            futures.append(future)
        return [future.result() for future in futures]


def _digest_scores(
    data: DataSet,
    drafter: Drafter,
    briefs: dict[tuple[str, int], Brief],
    scores: Sequence[ArticleScore],
    repeats: int,
) -> tuple[DigestScore, ...]:
    """The story's digest, merged from the labels and from each repeat's briefs.

    A merge with the engine's help is asked about the briefs of all articles or about none: a story without
    one of its articles would be another question.
    """
    if data.digest is None:
        return ()
    gold = data.gold
    perfect = [brief_of(labels) for labels in gold.values()]
    found = [
        DigestScore(
            mode="oracle",
            counts=score_digest(_merged(perfect), data.digest, gold, same_items(gold)),
        )
    ]
    for repeat in range(repeats):
        partners = matched_items(score for score in scores if score.repeat == repeat)
        made = [briefs[name, repeat] for name in gold]
        counts = score_digest(_merged(made), data.digest, gold, partners)
        found.append(DigestScore(mode="end_to_end", repeat=repeat, counts=counts))
        if any(score.failed for score in scores if score.repeat == repeat):
            continue
        helped = drafter.merge(made, repeat)
        if helped is not None:
            found.append(
                DigestScore(
                    mode="model_merge",
                    repeat=repeat,
                    counts=score_digest(helped.digest, data.digest, gold, partners) if helped.digest else {},
                    failed=helped.failed,
                )
            )
    return tuple(found)


def _merged(briefs: Sequence[Brief]) -> Digest:
    from summarizer.pipeline import merge_briefs

    return merge_briefs(briefs)


def _digest_floors(data: DataSet) -> tuple[Reference, ...]:
    if data.digest is None:
        return ()
    counts = baseline_counts(data.digest, same_items(data.gold))
    names = tuple(data.gold)
    return tuple(
        Reference(name=name, kind="floor", articles=names, counts=one) for name, one in counts.items()
    )


def _references(data: DataSet, drafter: Drafter) -> list[Reference]:
    """Floors, and the second annotator's labels scored as an answer against the first's."""
    floors: list[tuple[str, Callable[[LabelledArticle], Brief]]] = [
        ("empty brief", lambda entry: empty_brief(entry.gold)),
        ("lead sentences", lambda entry: sentence_brief(entry.article, entry.gold, LEAD_SENTENCES)),
        ("every sentence", lambda entry: sentence_brief(entry.article, entry.gold)),
    ]
    if drafter.engine != "rules":
        rules = RulesDrafter()
        floors.append(
            ("rules engine", lambda entry: ground_draft(entry, rules.draft(entry.article, 0), rules)[0])
        )
    found = [_reference(name, "floor", data.articles, brief) for name, brief in floors]
    twice = [
        replace(entry, gold=data.first[entry.article.id])
        for entry in data.articles
        if entry.article.id in data.first and entry.article.id in data.second
    ]
    if twice:
        found.append(
            _reference(
                "second annotator",
                "ceiling",
                twice,
                lambda entry: brief_of(data.second[entry.article.id]),
            )
        )
    return found


def _reference(
    name: str,
    kind: str,
    entries: Sequence[LabelledArticle],
    brief: Callable[[LabelledArticle], Brief],
) -> Reference:
    scores = [score_article(brief(entry), entry.gold, entry.article.text) for entry in entries]
    return Reference(
        name=name,
        kind="ceiling" if kind == "ceiling" else "floor",
        articles=tuple(score.article for score in scores),
        counts=sum_counts(score.counts for score in scores),
    )
