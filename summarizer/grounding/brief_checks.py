"""Check a finished brief against the text it is about: what `validate` runs and every test may run.

Pure. The same checks as grounding, on a brief that anybody may have written or changed since. Finds what is
wrong and where; decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.grounding.actors import gives_name, names_actor, states_role
from summarizer.grounding.article_view import ArticleView
from summarizer.grounding.claims import find_cue, number_not_carried
from summarizer.grounding.figure_checks import Disagreement, Measure, read_figure
from summarizer.grounding.summaries import SummaryChecker
from summarizer.records.brief import Actor, Brief, Claim, Evidence, Figure, FigureMention, RejectionCode


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `path` is a JSON path into the document."""

    path: str
    code: RejectionCode
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


def check_brief(brief: Brief, text: str) -> tuple[Problem, ...]:
    """Everything in `brief` that `text` doesn't bear out, in document order; empty if all is well."""
    view = ArticleView(text, brief.article.published.date)
    known = {actor.id for actor in brief.actors}
    items: Sequence[Actor | Figure | Claim] = (*brief.actors, *brief.figures, *brief.claims)
    problems = list(_repeated_ids(brief))
    problems.extend(_check_summary(brief, view))
    paths = [
        f"$.{part}[{i}]" for part in ("actors", "figures", "claims") for i in range(len(getattr(brief, part)))
    ]
    for path, item in zip(paths, items, strict=True):
        misplaced = list(_misplaced(item, path, text))
        problems.extend(misplaced)
        if isinstance(item, Actor):
            problems.extend(_check_actor(view, item, path))
            continue
        problems.extend(_unknown_actors(item, path, known))
        if not misplaced:
            check = (
                _check_figure(view, item, path)
                if isinstance(item, Figure)
                else _check_claim(view, item, path)
            )
            problems.extend(check)
    return tuple(problems)


def misplaced_spans(evidence: Sequence[Evidence], path: str, text: str) -> Iterator[Problem]:
    """Spans whose quote is not what stands there."""
    for i, span in enumerate(evidence):
        written = text[span.start : span.end]
        if written != span.quote:
            message = f"the text at [{span.start}, {span.end}) is “{written}”, not “{span.quote}”"
            yield Problem(f"{path}[{i}]", "quote_not_found", message)


def _misplaced(item: Actor | Figure | Claim, path: str, text: str) -> Iterator[Problem]:
    yield from misplaced_spans(item.evidence, f"{path}.evidence", text)
    if isinstance(item, Figure):
        yield from misplaced_spans(item.also, f"{path}.also", text)


def _repeated_ids(brief: Brief) -> Iterator[Problem]:
    seen: set[str] = set()
    for part in ("actors", "figures", "claims"):
        for i, item in enumerate(getattr(brief, part)):
            if item.id in seen:
                yield Problem(f"$.{part}[{i}].id", "duplicate", f"{item.id} is used twice")
            seen.add(item.id)


def _unknown_actors(item: Figure | Claim, path: str, known: set[str]) -> Iterator[Problem]:
    named: list[tuple[str, str | None]] = [("via", item.via)]
    if isinstance(item, Claim):
        named.extend((f"speakers[{i}]", speaker) for i, speaker in enumerate(item.speakers))
    else:
        named.append(("source", item.source))
    for field, actor in named:
        if actor is not None and actor not in known:
            yield Problem(f"{path}.{field}", "unknown_actor", f"{actor} is no actor of the brief")


def _check_actor(view: ArticleView, actor: Actor, path: str) -> Iterator[Problem]:
    code: RejectionCode = "name_not_in_evidence"
    if not names_actor(view, actor.name, actor.kind):
        yield Problem(f"{path}.name", code, f"“{actor.name}” is not in the article")
    elif not gives_name(actor.evidence[0].quote, actor.name):
        message = f"“{actor.evidence[0].quote}” doesn't give the name “{actor.name}”"
        yield Problem(f"{path}.evidence[0]", code, message)
    if actor.role is not None and not states_role(view, actor.role):
        yield Problem(f"{path}.role", code, f"“{actor.role}” is not in the article")
    for i, alias in enumerate(actor.aliases):
        if not view.words.holds_phrase(alias):
            yield Problem(f"{path}.aliases[{i}]", code, f"“{alias}” is not in the article")


def _check_figure(view: ArticleView, figure: Figure, path: str) -> Iterator[Problem]:
    spans: list[tuple[str, Evidence]] = [(f"evidence[{i}]", span) for i, span in enumerate(figure.evidence)]
    spans.extend((f"also[{i}]", span) for i, span in enumerate(figure.also))
    for field, span in spans:
        own = span.bound if isinstance(span, FigureMention) else None
        measure = Measure(figure.value, figure.value_high, figure.unit, own or figure.bound)
        read = read_figure(view, span.start, span.end, measure)
        if isinstance(read, Disagreement):
            yield Problem(f"{path}.{field}", read.code, read.reason)
    for field, words in (("counted", figure.counted), ("place", figure.place or "")):
        unknown = view.words.unknown_name(words)
        if unknown is not None:
            yield Problem(f"{path}.{field}", "name_not_in_evidence", f"“{unknown}” is not in the article")


def _check_claim(view: ArticleView, claim: Claim, path: str) -> Iterator[Problem]:
    span = claim.evidence[0]
    name = view.words.unknown_name(claim.text)
    if name is not None:
        yield Problem(f"{path}.text", "name_not_in_evidence", f"“{name}” is not in the article")
    number = number_not_carried(view, claim, span.start, span.end)
    if number is not None:
        yield Problem(f"{path}.text", number.code, number.reason)
    for i, cue in enumerate(claim.cues):
        if find_cue(span.quote, cue) is None:
            yield Problem(f"{path}.cues[{i}]", "cue_not_in_evidence", f"“{cue}” is not in “{span.quote}”")


def _check_summary(brief: Brief, view: ArticleView) -> Iterator[Problem]:
    checker = SummaryChecker(brief, view)
    for i, sentence in enumerate(brief.summary):
        missing = checker.missing(sentence.cites)
        if missing:
            message = f"{', '.join(missing)} is no claim or figure of the brief"
            yield Problem(f"$.summary[{i}].cites", "unknown_item", message)
            continue
        fault = checker.fault(sentence.text, sentence.cites)
        if fault is not None:
            yield Problem(f"$.summary[{i}].text", fault.code, fault.reason)
