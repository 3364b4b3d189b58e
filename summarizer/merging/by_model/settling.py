"""Have a model settle the doubtful pairs of a story and write its sentences; check what comes back.

One call a story, and one more for sentences that said too much. Of the reply only what can be checked is
taken: verdicts on questions that were asked, sentences whose citations are there and which a checker lets
pass. Each sentence that fails twice is replaced by the deterministic one on the same items. Without a
usable reply the deterministic digest stands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from summarizer.errors import ModelError, StoreProblem
from summarizer.llm.model import Ask, Model, ReplySchema, Usage
from summarizer.llm.strict_schema import strict_schema
from summarizer.merging.by_model.doubts import Doubt, doubtful_pairs, head_of, numbers_agree
from summarizer.merging.by_model.reply import (
    DigestSentence,
    MergeReply,
    PairItem,
    SentencesReply,
    VerdictItem,
)
from summarizer.merging.by_model.showing import show_articles, show_claims, show_figures, show_questions
from summarizer.merging.claims import read_claims
from summarizer.merging.merge import merge
from summarizer.merging.pool import Pool, pool_briefs
from summarizer.merging.verdicts import Verdicts
from summarizer.prompts import Rendered, fence_key
from summarizer.records.brief import Brief, Sentence
from summarizer.records.digest import Coverage, Digest

#: Fewer good sentences than this are no summary; then the deterministic one stands as a whole.
MIN_SENTENCES = 2
MAX_SENTENCES = 7

#: What is wrong with a sentence about a digest, or None.
Checker = Callable[[Digest, Sentence], str | None]
AnyItem = TypeVar("AnyItem", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Settled:
    """A digest after the model's help. `why_not` says why it is the deterministic one, if it is."""

    digest: Digest
    asked: int
    settled: int
    usage: Usage
    why_not: ModelError | StoreProblem | None = None


@cache
def merge_reply() -> ReplySchema:
    """The schema of a reply to the merge prompt."""
    return ReplySchema.of("MergeReply", strict_schema(MergeReply))


async def merge_by_model(
    briefs: Sequence[Brief], coverage: Coverage, model: Model, check: Checker, repeat: int = 0
) -> Settled:
    """The digest of briefs of one story, with doubtful pairs settled and sentences written by a model.

    Never fails for the model's sake: what it can't do is done by the deterministic merge.
    """
    plain = merge(briefs, coverage)
    pool = pool_briefs(briefs)
    doubts = doubtful_pairs(plain, pool, model.prompts.asks_per_cluster)
    story = "+".join(article.id for article in plain.articles)
    articles, claims, figures = show_articles(plain), show_claims(plain), show_figures(plain)
    questions = show_questions(doubts, plain, pool)
    prompt = model.prompts.merge_prompt().render(
        {
            "fence": fence_key(articles, claims, figures, questions),
            "articles": articles,
            "claims": claims,
            "figures": figures,
            "questions": questions,
        }
    )
    try:
        reply = await model.ask(_ask(story, prompt, merge_reply(), repeat))
    except (ModelError, StoreProblem) as error:
        return Settled(plain, len(doubts), 0, Usage(), error)
    answers = {item.id: item for item in _items(reply.document.get("verdicts"), VerdictItem)}
    found = _verdicts(doubts, answers)
    _add_pairs(found, _items(reply.document.get("pairs"), PairItem), plain, pool)
    claim_verdicts, figure_verdicts = found["claim"].verdicts, found["figure"].verdicts
    digest = merge(briefs, coverage, claim_verdicts, figure_verdicts)
    moved = _moved(plain, digest)
    written = [
        sentence
        for item in _items(reply.document.get("summary"), DigestSentence)
        if (sentence := _sentence(item, moved)) is not None
    ]
    summary, usage = await _checked(written[:MAX_SENTENCES], digest, story, model, check, repeat)
    usage = Usage(
        input=usage.input + reply.usage.input,
        output=usage.output + reply.usage.output,
        cached=usage.cached + reply.usage.cached,
        reasoning=usage.reasoning + reply.usage.reasoning,
        estimated=usage.estimated or reply.usage.estimated,
    )
    settled = sum(1 for doubt in doubts if doubt.id in answers)
    return Settled(digest.model_copy(update={"summary": summary}), len(doubts), settled, usage)


@dataclass(slots=True)
class _Found:
    """Pairs of members by verdict, while they are being gathered."""

    same: set[tuple[str, str]] = field(default_factory=set)
    opposite: set[tuple[str, str]] = field(default_factory=set)
    different: set[tuple[str, str]] = field(default_factory=set)

    @property
    def verdicts(self) -> Verdicts:
        return Verdicts(frozenset(self.same), frozenset(self.opposite), frozenset(self.different))


def _verdicts(doubts: Sequence[Doubt], answers: dict[str, VerdictItem]) -> dict[str, _Found]:
    """What the answers change: a pair that is together and same, or apart and different, stays as it is."""
    found = {"claim": _Found(), "figure": _Found()}
    for doubt in doubts:
        answer = answers.get(doubt.id)
        if answer is None or (doubt.part == "figure" and answer.verdict == "opposite"):
            continue
        pair, sets = (doubt.a, doubt.b), found[doubt.part]
        if doubt.together and answer.verdict != "same":
            sets.different.add(pair)
        if answer.verdict == "same" and not doubt.together:
            sets.same.add(pair)
        if answer.verdict == "opposite":  # one that left its cluster comes back turned round
            sets.opposite.add(pair)
    return found


def _add_pairs(found: dict[str, _Found], pairs: Sequence[PairItem], digest: Digest, pool: Pool) -> None:
    """Add what the model found by itself, where the ids are there and the numbers allow it."""
    by_member = {member: cluster for cluster in digest.actors for member in cluster.members}
    texts = read_claims(pool, by_member)
    propositions = {item.member: text for item, text in zip(pool.claims, texts, strict=True)}
    heads = {cluster.id: head_of(cluster) for cluster in digest.claims}
    firsts = {series.id: series.points[0].member for series in digest.figures}
    for pair in pairs:
        if pair.a == pair.b or pair.verdict == "different":
            continue
        if pair.a in heads and pair.b in heads:
            a, b = heads[pair.a], heads[pair.b]
            if numbers_agree(propositions[a], propositions[b]):
                (found["claim"].same if pair.verdict == "same" else found["claim"].opposite).add((a, b))
        elif pair.a in firsts and pair.b in firsts and pair.verdict == "same":
            found["figure"].same.add((firsts[pair.a], firsts[pair.b]))


def _moved(before: Digest, after: Digest) -> dict[str, str]:
    """Where each cluster's and series' first member is now: what the model cited, under its new id."""
    now = {member: cluster.id for cluster in after.claims for member in cluster.members}
    now |= {member: series.id for series in after.figures for member in series.members}
    moved = {cluster.id: now[cluster.members[0]] for cluster in before.claims}
    moved |= {series.id: now[series.members[0]] for series in before.figures}
    return moved


def _sentence(item: DigestSentence, moved: dict[str, str]) -> Sentence | None:
    """A sentence under the digest's ids; None when it has no text or cites what isn't there."""
    cites = [cite.strip() for cite in item.cites]
    if not item.text.strip() or not cites or any(cite not in moved for cite in cites):
        return None
    return Sentence(
        text=" ".join(item.text.split()), cites=tuple(dict.fromkeys(moved[cite] for cite in cites))
    )


async def _checked(
    written: Sequence[Sentence], digest: Digest, story: str, model: Model, check: Checker, repeat: int
) -> tuple[tuple[Sentence, ...], Usage]:
    """The sentences that hold; those that don't are asked for once more, and else replaced."""
    faults = [check(digest, sentence) for sentence in written]
    bad = [position for position, fault in enumerate(faults) if fault is not None]
    usage = Usage()
    again: list[Sentence] = []
    if bad:
        again, usage = await _asked_again(
            [(written[position], faults[position] or "") for position in bad], digest, story, model, repeat
        )
    corrected = dict(zip(bad, again, strict=False)) if len(again) == len(bad) else {}
    kept: list[Sentence] = []
    for position, sentence in enumerate(written):
        best = sentence if faults[position] is None else corrected.get(position)
        if best is not None and (faults[position] is None or check(digest, best) is None):
            kept.append(best)
            continue
        told = {cite for one in kept for cite in one.cites}
        stand_in = next(
            (
                one
                for one in digest.summary
                if set(one.cites) & set(sentence.cites) and not set(one.cites) <= told
            ),
            None,
        )
        if stand_in is not None:
            kept.append(stand_in)
    enough = len({sentence.text for sentence in kept}) >= min(MIN_SENTENCES, len(digest.summary))
    return (tuple(dict.fromkeys(kept)) if enough else digest.summary), usage


async def _asked_again(
    refused: Sequence[tuple[Sentence, str]], digest: Digest, story: str, model: Model, repeat: int
) -> tuple[list[Sentence], Usage]:
    cited = {cite for sentence, _ in refused for cite in sentence.cites}
    claims, figures = show_claims(digest, sorted(cited)), show_figures(digest, sorted(cited))
    sentences = "\n".join(
        f"- {sentence.text} (cites {', '.join(sentence.cites)}): {' '.join(reason.split())}"
        for sentence, reason in refused
    )
    prompt = model.prompts.sentences_prompt().render(
        {
            "fence": fence_key(claims, figures, sentences),
            "claims": claims,
            "figures": figures,
            "sentences": sentences,
        }
    )
    schema = ReplySchema.of("SentencesReply", strict_schema(SentencesReply))
    try:
        reply = await model.ask(_ask(story, prompt, schema, repeat))
    except (ModelError, StoreProblem):
        return [], Usage()
    ids = {one.id: one.id for one in digest.claims} | {one.id: one.id for one in digest.figures}
    found = [_sentence(item, ids) for item in _items(reply.document.get("summary"), DigestSentence)]
    return [sentence for sentence in found if sentence is not None], reply.usage


def _ask(story: str, prompt: Rendered, reply: ReplySchema, repeat: int) -> Ask:
    text = prompt.messages[-1].content
    return Ask("merge", story, hashlib.sha256(text.encode()).hexdigest(), prompt, reply, repeat)


def _items(found: Any, kind: type[AnyItem]) -> list[AnyItem]:
    """The items of a list that have the agreed shape; the others are passed over."""
    items: list[AnyItem] = []
    for raw in found if isinstance(found, list) else ():
        try:
            items.append(kind.model_validate(raw))
        except ValidationError:
            continue
    return items
