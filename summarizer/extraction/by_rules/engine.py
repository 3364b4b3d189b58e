"""The embedded rules engine: an article in, a draft brief out.

::

    Article -> document (sentences, words, quotations)
            -> entities (names -> actors) -> claims (frames, clauses, stance) -> figures
            -> summary -> DraftBrief

Pure, deterministic, English only. Everything that it proposes is a verbatim stretch of the text with its
offset as a hint; grounding checks it like any model's reply.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.claim_dates import when
from summarizer.extraction.by_rules.claim_records import FoundClaim
from summarizer.extraction.by_rules.claims import read_claims
from summarizer.extraction.by_rules.document import Document, read_document
from summarizer.extraction.by_rules.entities import Entity, EntityTable
from summarizer.extraction.by_rules.entity_building import read_entities
from summarizer.extraction.by_rules.figures import ActorMention, Attribution, find_figures
from summarizer.extraction.by_rules.summary import summarize
from summarizer.extraction.by_rules.vocabulary import is_outlet
from summarizer.records.article import Article
from summarizer.records.draft import DraftActor, DraftBrief, DraftClaim, Quote

#: No actor needs more spans than this to be found again.
MAX_ACTOR_SPANS: Final = 3


def extract_by_rules(article: Article) -> DraftBrief:
    """Draft of everything that the rules find in `article`."""
    document = read_document(article)
    table = read_entities(document)
    found = read_claims(document, table)
    used = _used_entities(table, found)
    ids = {index: f"a{number}" for number, index in enumerate(used, 1)}
    actors = tuple(_actor(ids[index], table.entities[index]) for index in used)
    claims = tuple(_claim(f"c{number}", claim, ids, document) for number, claim in enumerate(found, 1))
    figures = find_figures(document, _attributions(found, ids), _actor_mentions(table, ids))
    return DraftBrief(
        summary=summarize(document, claims, figures), actors=actors, figures=figures, claims=claims
    )


def _actor_mentions(table: EntityTable, ids: dict[int, str]) -> list[ActorMention]:
    """Where the actors of the brief are named, for plans and forecasts told without a speech verb."""
    return [
        ActorMention(mention.start, mention.end, ids[index])
        for index in ids
        for mention in table.entities[index].mentions
    ]


def _attributions(found: list[FoundClaim], ids: dict[int, str]) -> list[Attribution]:
    """The claims as the figures see them: a stretch of text and who stands behind it."""
    return [
        Attribution(
            claim.content_start,
            claim.content_end,
            # "denies five counts of fraud": the number of counts is not the denier's
            () if claim.voice.kind == "deny" else tuple(ids[i] for i in claim.voice.speakers if i in ids),
            ids.get(claim.voice.via) if claim.voice.via is not None else None,
            claim.certainty,
            claim.commissive,
        )
        for claim in found
    ]


def _used_entities(table: EntityTable, claims: list[FoundClaim]) -> list[int]:
    """Entities that act, speak or are acted upon, in text order."""
    named = {
        i
        for claim in claims
        for i in (*claim.voice.speakers, *([claim.voice.via] if claim.voice.via is not None else []))
    }
    chosen: list[int] = []
    for index, entity in enumerate(table.entities):
        if entity.kind is None or not entity.mentions:
            continue
        keep = index in named or entity.unnamed
        if entity.kind == "person" and not entity.unnamed:
            keep = True
        elif entity.kind == "organization" and not entity.place_like:
            keep = keep or (entity.acts and not is_outlet(entity.name))
        elif entity.kind == "country":
            keep = keep or entity.acts
        if keep:
            chosen.append(index)
    return sorted(chosen, key=lambda i: (min(m.start for m in table.entities[i].mentions), i))


def _actor(identifier: str, entity: Entity) -> DraftActor:
    naming = next((m for m in entity.mentions if m.text == entity.name), entity.mentions[0])
    others = [m for m in entity.mentions if m is not naming][: MAX_ACTOR_SPANS - 1]
    return DraftActor(
        id=identifier,
        name=naming.text,
        kind=entity.kind or "organization",
        role=entity.role,
        aliases=tuple(form for form in entity.forms if form != naming.text),
        evidence=tuple(Quote(quote=m.text, start=m.start) for m in (naming, *others)),
    )


def _claim(identifier: str, claim: FoundClaim, ids: dict[int, str], document: Document) -> DraftClaim:
    voice = claim.voice
    speakers = tuple(ids[i] for i in voice.speakers if i in ids)
    return DraftClaim(
        id=identifier,
        text=claim.text,
        speakers=speakers,
        via=ids.get(voice.via) if voice.via is not None and speakers else None,
        sourcing=voice.sourcing if speakers else "article",
        polarity=claim.polarity,
        certainty=claim.certainty,
        cues=claim.cues,
        when=when(document, claim),
        evidence=(Quote(quote=document.text[claim.start : claim.end], start=claim.start),),
    )
