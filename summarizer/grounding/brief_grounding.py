"""Turn an engine's draft into a brief: everything in it tied to the text, everything else refused by name.

Pure. The same gate for rules and models; nothing in a draft is trusted. Order: actors (names), figures
(numbers), claims (evidence, cues, names, numbers), then the summary, whose sentences may cite only what came
through. An item that rests on a refused actor goes with it, and a sentence that cites a refused item too; the
reason says so. Quotes are placed by `locate`; what is stored is always the article's own text.

Ids are given anew in the order of the text (a1…, f1…, c1…), so the same content gives the same brief
whatever the draft's ids were; `rejected` keeps the draft's ids and goes by part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar, cast

from summarizer.grounding.actors import ground_actors
from summarizer.grounding.article_view import ArticleView
from summarizer.grounding.claims import ground_claims
from summarizer.grounding.figures import ground_figures
from summarizer.grounding.refusals import Refusals
from summarizer.grounding.summaries import SummaryChecker
from summarizer.records.article import Article
from summarizer.records.brief import Actor, Brief, Claim, Figure, Provenance, Sentence
from summarizer.records.draft import DraftBrief

Item = TypeVar("Item", bound=Actor | Figure | Claim)


def ground(article: Article, draft: DraftBrief, provenance: Provenance) -> Brief:
    """The brief that `draft` makes of `article`; what the text doesn't bear out is in `rejected`.

    Never raises for what a draft may hold: a draft of nothing but inventions gives an empty brief.
    """
    view = ArticleView(article.text, article.published.date)
    refusals = Refusals()
    found = ground_actors(view, draft.actors, refusals)
    figures = ground_figures(view, draft.figures, found, refusals)
    claims = ground_claims(view, draft.claims, found, refusals)

    actors, actor_ids = _numbered("a", enumerate(found.actors), {})
    by_draft = {draft_id: actor_ids[position] for draft_id, position in found.index.items()}
    numbered_figures, figure_ids = _numbered("f", figures, by_draft)
    numbered_claims, claim_ids = _numbered("c", claims, by_draft)
    brief = Brief(
        article=article.header, summary=(), actors=actors, figures=numbered_figures, claims=numbered_claims,
        rejected=(), provenance=provenance,
    )  # fmt: skip
    checker = SummaryChecker(brief, view)
    summary = _ground_summary(checker, draft.summary, {**figure_ids, **claim_ids}, refusals)
    return brief.model_copy(update={"summary": summary, "rejected": tuple(refusals.items)})


def _numbered(
    letter: str, items: Iterable[tuple[object, Item]], actors: Mapping[str, str]
) -> tuple[tuple[Item, ...], dict[object, str]]:
    """Items in text order under new ids, and the map from what they were called before."""
    ordered = sorted(items, key=lambda item: (item[1].evidence[0].start, item[1].evidence[0].end))
    numbered: list[Item] = []
    ids: dict[object, str] = {}
    for number, (called, item) in enumerate(ordered, start=1):
        ids[called] = f"{letter}{number}"
        changed = _references(item, actors)
        if item.id != ids[called]:
            changed["id"] = ids[called]
        # A copy is of the same kind, which mypy knows of no union.
        numbered.append(cast("Item", item.model_copy(update=changed)) if changed else item)
    return tuple(numbered), ids


def _references(item: Actor | Figure | Claim, actors: Mapping[str, str]) -> dict[str, object]:
    """The fields of an item that name actors, with their final ids, where these are others."""
    changed: dict[str, object] = {}
    if isinstance(item, Actor):
        return changed
    if item.via is not None and actors[item.via] != item.via:
        changed["via"] = actors[item.via]
    if isinstance(item, Figure):
        if item.source is not None and actors[item.source] != item.source:
            changed["source"] = actors[item.source]
    elif item.speakers:
        speakers = tuple(dict.fromkeys([actors[speaker] for speaker in item.speakers]))
        if speakers != item.speakers:
            changed["speakers"] = speakers
    return changed


def _ground_summary(
    checker: SummaryChecker, sentences: Sequence[Sentence], ids: Mapping[object, str], refusals: Refusals
) -> tuple[Sentence, ...]:
    kept: list[Sentence] = []
    for number, sentence in enumerate(sentences, start=1):
        notes = refusals.of("summary", f"s{number}")
        missing = [cite for cite in sentence.cites if cite not in ids]
        if missing:
            reason = f"it cites what is not in the brief: {', '.join(missing)}"
            notes.add("cites", "unknown_item", reason, sentence.text)
            continue
        cites = tuple(dict.fromkeys(ids[cite] for cite in sentence.cites))
        fault = checker.fault(sentence.text, cites)
        if fault is not None:
            notes.add("text", fault.code, fault.reason, sentence.text)
            continue
        kept.append(Sentence(text=sentence.text.strip(), cites=cites))
    return tuple(kept)
