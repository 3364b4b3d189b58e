"""The draft of a brief from a language model: show the article, ask, read; and once more for what was
refused.

One call an article as a rule. More are made when the reply can't be read (asked again once), when the article
and its reply don't fit the model (asked in parts), and when grounding refused items (one small call). A model
that is refused its answer by a filter, or declines, is not asked again.

Grounding is another stage: the caller grounds the draft, hands back what was refused, and grounds again.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from summarizer.errors import ContextOverflow, ReplyTruncated, ReplyUnreadable
from summarizer.extraction.by_model.numbering import Numbered, number_sentences
from summarizer.extraction.by_model.reading import (
    InvalidItem,
    NoBriefError,
    ReadReply,
    read_brief_reply,
    read_repaired_sentences,
)
from summarizer.extraction.by_model.repairing import (
    actors_line,
    items_lines,
    patched,
    patched_summary,
    refused_items,
    sentences_for,
)
from summarizer.extraction.by_model.reply import BriefReply, RepairReply
from summarizer.extraction.by_model.splitting import (
    MIN_PART_CHARS,
    OVERLAP_CHARS,
    SentenceNumbers,
    join_drafts,
    split_numbers,
)
from summarizer.llm.model import CHARS_PER_TOKEN, Ask, Model, Reply, ReplySchema, Usage, estimate_tokens
from summarizer.llm.strict_schema import strict_schema
from summarizer.prompts import NEWEST_PROMPTS, PromptSet, Rendered, fence_key
from summarizer.records.article import Article
from summarizer.records.brief import Rejected
from summarizer.records.draft import DraftBrief

#: Tokens of a reply for a token of article, on the high side: what a part must leave room for.
REPLY_PER_ARTICLE = 3.0


@dataclass(frozen=True, slots=True)
class ModelDraft:
    """A draft, the items that broke the reply's schema, and what the calls took.

    `usage` sums all calls, saved ones too: it is what the draft costs, whoever paid. `calls` counts the
    replies it rests on.
    """

    draft: DraftBrief
    invalid: tuple[InvalidItem, ...]
    usage: Usage
    calls: int

    def with_reply(self, reply: Reply) -> ModelDraft:
        """The same draft with another call added."""
        return replace(self, usage=_sum((self.usage, reply.usage)), calls=self.calls + 1)


@cache
def extract_reply() -> ReplySchema:
    """The schema that a draft's reply follows."""
    return ReplySchema.of("BriefReply", strict_schema(BriefReply))


@cache
def repair_reply() -> ReplySchema:
    """The schema that a repair's reply follows."""
    return ReplySchema.of("RepairReply", strict_schema(RepairReply))


def extract_ask(article: Article, prompts: PromptSet = NEWEST_PROMPTS, repeat: int = 0) -> Ask:
    """The question about a whole article; what a dry run prices and a cache looks up."""
    numbered = number_sentences(article)
    return _part_ask(article, numbered, _all_numbers(numbered), prompts, repeat)


async def draft_by_model(article: Article, model: Model, repeat: int = 0) -> ModelDraft:
    """Ask for the items of an article.

    Raises:
        ModelError: no usable reply; the article gives no brief.
    """
    numbered = number_sentences(article)
    numbers = _all_numbers(numbered)
    limit = _max_part_chars(article, model)
    parts = (numbers,) if limit is None else split_numbers(numbered, numbers, limit)
    return await _drafted_parts(article, numbered, parts, model, repeat)


async def repair_by_model(
    article: Article, made: ModelDraft, rejected: Sequence[Rejected], model: Model, repeat: int = 0
) -> ModelDraft:
    """Ask once for the items that were refused or invalid; the same draft when none is worth it.

    An answer that can't be read changes nothing: the refused items stay refused.
    """
    refused = refused_items(made.draft, rejected, made.invalid)
    if not refused:
        return made
    numbered = number_sentences(article)
    sentences = numbered.show(sentences_for(refused, numbered))
    actors, items, facts = actors_line(made.draft.actors), items_lines(refused), _facts(article)
    prompt = model.prompts.repair_prompt().render(
        {
            "fence": fence_key(facts, sentences, actors, items),
            "facts": facts,
            "sentences": sentences,
            "actors": actors,
            "items": items,
        }
    )
    try:
        reply = await model.ask(_ask("repair", article, prompt, repair_reply(), repeat))
        answer = read_brief_reply(reply.document, numbered, made.draft.actors)
    except (ReplyUnreadable, ReplyTruncated, ContextOverflow, NoBriefError):
        return made
    draft = patched(made.draft, refused, answer.draft)
    draft = patched_summary(draft, refused, read_repaired_sentences(reply.document))
    fixed = {item.id for part in (draft.actors, draft.figures, draft.claims) for item in part}
    still = tuple(item for item in made.invalid if item.id not in fixed)
    return replace(made, draft=draft, invalid=still).with_reply(reply)


async def _drafted_parts(
    article: Article, numbered: Numbered, parts: Sequence[SentenceNumbers], model: Model, repeat: int
) -> ModelDraft:
    made = await asyncio.gather(*(_drafted(article, numbered, numbers, model, repeat) for numbers in parts))
    return ModelDraft(
        draft=join_drafts([one.draft for one in made]),
        invalid=tuple(item for one in made for item in one.invalid),
        usage=_sum([one.usage for one in made]),
        calls=sum(one.calls for one in made),
    )


async def _drafted(
    article: Article, numbered: Numbered, numbers: SentenceNumbers, model: Model, repeat: int
) -> ModelDraft:
    """One part; a part whose reply breaks off or that is too long is halved."""
    ask = _part_ask(article, numbered, numbers, model.prompts, repeat)
    try:
        read, usage, calls = await _asked(ask, numbered, model)
    except (ReplyTruncated, ContextOverflow):
        chars = _chars(numbered, numbers)
        halves = split_numbers(numbered, numbers, max(chars // 2 + OVERLAP_CHARS, MIN_PART_CHARS))
        if len(halves) < 2 or any(_chars(numbered, half) > 0.9 * chars for half in halves):
            raise  # it can't be cut smaller
        return await _drafted_parts(article, numbered, halves, model, repeat)
    return ModelDraft(read.draft, read.invalid, usage, calls)


async def _asked(ask: Ask, numbered: Numbered, model: Model) -> tuple[ReadReply, Usage, int]:
    """The items of a reply; a reply that can't be read is asked for once more."""
    usages: list[Usage] = []
    while True:
        try:
            reply = await model.ask(ask)
            usages.append(reply.usage)
            return read_brief_reply(reply.document, numbered), _sum(usages), len(usages)
        except (ReplyUnreadable, NoBriefError) as error:
            if ask.again:
                if isinstance(error, ReplyUnreadable):
                    raise
                way_out = "Try a larger model."
                raise ReplyUnreadable(model.name, ask.about, f"sent no brief: {error}", way_out) from error
            ask = ask.once_more()


def _part_ask(
    article: Article, numbered: Numbered, numbers: SentenceNumbers, prompts: PromptSet, repeat: int
) -> Ask:
    facts = _facts(article)
    if len(numbers) < len(numbered.spans):
        facts += (
            f"\npart of a longer article: sentences {numbers[0]} to {numbers[-1]} of {len(numbered.spans)}"
        )
    sentences = numbered.show(numbers)
    prompt = prompts.extract_prompt().render(
        {"fence": fence_key(facts, sentences), "facts": facts, "sentences": sentences}
    )
    return _ask("extract", article, prompt, extract_reply(), repeat)


def _ask(purpose: str, article: Article, prompt: Rendered, reply: ReplySchema, repeat: int) -> Ask:
    return Ask(
        purpose="repair" if purpose == "repair" else "extract",
        article=article.id,
        text_sha256=hashlib.sha256(article.text.encode()).hexdigest(),
        prompt=prompt,
        reply=reply,
        repeat=repeat,
    )


def _facts(article: Article) -> str:
    """What is known of the article beside its text, one fact a line."""
    published = article.published
    facts = [f"published: {published.date} ({published.basis})" if published.date else "published: unknown"]
    for name, value in (("outlet", article.outlet), ("relays", article.origin)):
        if value:
            facts.append(f"{name}: {' '.join(value.split())}")
    return "\n".join(facts)


def _max_part_chars(article: Article, model: Model) -> int | None:
    """Characters of article that fit the model's context with prompt and reply; None when it isn't known.

    Raises:
        ContextOverflow: not even a small part would.
    """
    if model.context_tokens is None:
        return None
    system = model.prompts.extract_prompt().section("system")
    fixed = estimate_tokens(len(system) + len(extract_reply().canonical) + 400)
    chars = int((model.context_tokens - fixed) / (1 + REPLY_PER_ARTICLE) * CHARS_PER_TOKEN)
    if chars < MIN_PART_CHARS:
        raise ContextOverflow(
            model.name,
            f"{article.id} (extract)",
            f"has a context of {model.context_tokens} tokens, and the prompt alone takes {fixed}",
            "Use a model with a larger context, or raise the server's.",
        )
    return chars


def _all_numbers(numbered: Numbered) -> SentenceNumbers:
    return tuple(range(1, len(numbered.spans) + 1))


def _chars(numbered: Numbered, numbers: SentenceNumbers) -> int:
    spans = (numbered.spans[number - 1] for number in numbers)
    return sum(end - start + 1 for start, end in spans)


def _sum(usages: Sequence[Usage]) -> Usage:
    return Usage(
        input=sum(usage.input for usage in usages),
        output=sum(usage.output for usage in usages),
        cached=sum(usage.cached for usage in usages),
        reasoning=sum(usage.reasoning for usage in usages),
        estimated=any(usage.estimated for usage in usages),
    )
