"""The brief: what one article says, each item tied to a span of its text (contract, sections 2 to 6)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from summarizer.records.article import ArticleHeader
from summarizer.records.base import Record

ActorKind = Literal["person", "organization", "country", "group"]
Bound = Literal["exact", "about", "at_least", "at_most", "between"]
Status = Literal["actual", "planned", "possible"]
Sourcing = Literal["named", "unnamed", "document", "article"]
Polarity = Literal["affirmed", "denied"]
Certainty = Literal["certain", "probable", "possible", "unknown"]

#: From surest to least sure; an ordinal scale.
CERTAINTIES: tuple[Certainty, ...] = ("certain", "probable", "possible", "unknown")

RejectionCode = Literal[
    "quote_not_found",  # nothing in the article resembles the quote
    "quote_altered",  # the nearest text differs in wording that matters little
    "number_differs",
    "unit_differs",
    "bound_differs",
    "negation_differs",
    "modal_differs",
    "name_differs",
    "quote_ambiguous",  # stands in several places and no hint settles which
    "quote_blank",
    "value_not_in_evidence",
    "bound_not_in_evidence",
    "unit_not_in_evidence",
    "name_not_in_evidence",
    "cue_not_in_evidence",
    "unknown_actor",  # a speaker, source or via that is no actor of the brief
    "unknown_item",  # a summary sentence cites what isn't there
    "number_not_in_cited",  # a summary sentence states a number that it doesn't cite
    "name_not_in_cited",
    "hedge_lost",  # a sentence surer than what it cites
    "duplicate",
    "invalid",  # breaks the schema or the contract's own consistency rules
]


class Evidence(Record):
    """A verbatim span: `text[start:end] == quote`, always."""

    quote: str = Field(min_length=1)
    start: int = Field(ge=0)
    end: int = Field(gt=0)


class FigureMention(Evidence):
    """Another span that gives the same figure; `bound` only where it differs from the figure's."""

    bound: Bound | None = None


class Actor(Record):
    """A participant of the story: one who acts, speaks, or is acted upon."""

    id: str = Field(pattern=r"^a[1-9][0-9]*$", examples=["a1"])
    name: str = Field(description="The fullest proper name in this article.", min_length=1)
    kind: ActorKind
    role: str | None = Field(description="Office or function as the article states it, or null.")
    aliases: tuple[str, ...] = Field(description="Every other form in this article.")
    evidence: tuple[Evidence, ...] = Field(
        description="One span or more; the first is the mention that gives the name.", min_length=1
    )


class Figure(Record):
    """A quantity that the article states about the story."""

    id: str = Field(pattern=r"^f[1-9][0-9]*$", examples=["f1"])
    evidence: tuple[Evidence, ...] = Field(
        description="The shortest span that holds bound, number and unit.", min_length=1
    )
    also: tuple[FigureMention, ...] = Field(default=(), description="Further spans of the same figure.")
    value: int | float = Field(description="Normalised: '106 thousand' is 106000.")
    value_high: int | float | None = Field(description="Upper end of a range, else null.")
    unit: str = Field(description="count, percent, ratio, an ISO 4217 code or a UCUM code.", min_length=1)
    counted: str = Field(description="The thing counted or measured, a short noun phrase.")
    bound: Bound
    status: Status
    as_of: str | None = Field(description="ISO date or interval the figure is about, or null.")
    place: str | None
    source: str | None = Field(description="Id of the actor it is attributed to; null: the article.")
    via: str | None = Field(description="Id of the actor who relays the source, or null.")


class Claim(Record):
    """One proposition that the article reports or asserts, in canonical affirmative form."""

    id: str = Field(pattern=r"^c[1-9][0-9]*$", examples=["c1"])
    text: str = Field(min_length=1)
    speakers: tuple[str, ...] = Field(description="Ids of the actors who commit to it; []: the article.")
    via: str | None
    sourcing: Sourcing
    polarity: Polarity
    certainty: Certainty
    cues: tuple[str, ...] = Field(description="Words in the evidence that carry hedge or denial, verbatim.")
    when: str | None = Field(description="ISO date or interval of what is claimed, or null.")
    evidence: tuple[Evidence, ...] = Field(min_length=1, max_length=1)


class Sentence(Record):
    """A sentence of a summary with the ids of the items that carry it."""

    text: str = Field(min_length=1)
    cites: tuple[str, ...] = Field(min_length=1)


class Rejected(Record):
    """An item that was refused: counted and shown, never silently dropped."""

    part: Literal["actor", "figure", "claim", "summary"]
    draft_id: str = Field(description="The id that the item had in the draft.")
    field: str = Field(description="The field that failed, for example evidence or value.")
    code: RejectionCode
    reason: str
    quote: str | None = Field(description="The quote or text that was refused.")
    nearest: str | None = Field(description="The passage of the article that comes nearest, or null.")


class Tokens(Record):
    """Token counts of all calls that made a document; zeros for the rules engine."""

    input: int = 0
    output: int = 0
    cached: int = 0
    reasoning: int = 0


class Provenance(Record):
    """What made a document."""

    engine: Literal["rules", "model", "merge"]
    version: str = Field(description="Version of this package.")
    model: str | None = None
    prompt: str | None = Field(default=None, description="Prompt name and version.")
    document_schema: str = Field(description="Name of the schema that the document follows.")
    text_sha256: str | None = Field(default=None, description="SHA-256 of the article text, hexadecimal.")
    tokens: Tokens = Tokens()


class Brief(Record):
    """What one article says."""

    schema_: Literal["brief/1"] = Field(default="brief/1", alias="schema")
    article: ArticleHeader
    summary: tuple[Sentence, ...]
    actors: tuple[Actor, ...]
    figures: tuple[Figure, ...]
    claims: tuple[Claim, ...]
    rejected: tuple[Rejected, ...]
    provenance: Provenance
