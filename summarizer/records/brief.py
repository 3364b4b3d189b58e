"""The brief: what one article says, each item tied to a span of its text (contract, sections 2 to 6)."""

from __future__ import annotations

import sys
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from summarizer.records.article import ArticleHeader
from summarizer.records.base import IsoDate, Record, Text

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


def _within_floats(value: object) -> object:
    """Refuse whole numbers that no float can hold: whoever compares or plots them would crash."""
    if isinstance(value, int) and abs(value) > sys.float_info.max:
        raise ValueError("the number is too large")
    return value


#: A number of a figure: never an infinity, never "not a number".
Number = Annotated[int | float, BeforeValidator(_within_floats), Field(allow_inf_nan=False)]

# The rules of the contract that JSON Schema can say too; the validators below say them in code.
_RANGE_RULE: JsonDict = {
    "if": {"properties": {"bound": {"const": "between"}}},
    "then": {"properties": {"value_high": {"type": "number", "description": "bound is between"}}},
    "else": {"properties": {"value_high": {"type": "null", "description": "bound is not between"}}},
}
_SOURCING_RULE: JsonDict = {
    "if": {"properties": {"sourcing": {"const": "article"}}},
    "then": {"properties": {"speakers": {"maxItems": 0, "description": "sourcing is article"}}},
    "else": {"properties": {"speakers": {"minItems": 1, "description": "sourcing is not article"}}},
}


class Evidence(Record):
    """A verbatim span: `text[start:end] == quote`, always."""

    quote: Text = Field(description="The words of the article, exactly as they stand there.")
    start: int = Field(ge=0, description="Offset of the first character, in Unicode code points.")
    end: int = Field(gt=0, description="Offset after the last character.")

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.end <= self.start:
            raise ValueError("end must be greater than start")
        return self


class FigureMention(Evidence):
    """Another span that gives the same figure; `bound` only where it differs from the figure's."""

    bound: Bound | None = Field(default=None, description="Its own bound, or null: as the figure's.")


class Actor(Record):
    """A participant of the story: one who acts, speaks, or is acted upon."""

    id: str = Field(pattern=r"^a[1-9][0-9]*$", description="Unique in the brief.", examples=["a1"])
    name: Text = Field(
        description="The fullest proper name in this article.",
        examples=["Antony Blinken", "German Foreign Ministry", "Ukrainian officials"],
    )
    kind: ActorKind = Field(
        description="country: a state as an agent. group: unnamed people who speak or act."
    )
    role: Text | None = Field(
        description="Office or function as the article states it, or null.",
        examples=["US Secretary of State"],
    )
    aliases: tuple[Text, ...] = Field(
        description="Every other form in this article.", examples=[["Blinken", "the Secretary of State"]]
    )
    evidence: tuple[Evidence, ...] = Field(
        description="One span or more; the first is the mention that gives the name.", min_length=1
    )


class Figure(Record):
    """A quantity that the article states about the story."""

    model_config = ConfigDict(json_schema_extra=_RANGE_RULE)

    id: str = Field(pattern=r"^f[1-9][0-9]*$", description="Unique in the brief.", examples=["f1"])
    evidence: tuple[Evidence, ...] = Field(
        description="The shortest span that holds bound, number and unit.", min_length=1
    )
    also: tuple[FigureMention, ...] = Field(default=(), description="Further spans of the same figure.")
    value: Number = Field(description="Normalised: '106 thousand' is 106000. No sign.", examples=[106000])
    value_high: Number | None = Field(description="Upper end of a range (bound is between), else null.")
    unit: Text = Field(
        description="count, percent, ratio, an ISO 4217 code or a UCUM code.",
        examples=["count", "percent", "ratio", "USD", "km"],
    )
    counted: Text = Field(
        description="The thing counted or measured, a short noun phrase.",
        examples=["Russian troops near the border"],
    )
    bound: Bound = Field(
        description="about: nearly, some, roughly. at_least: more than, over. at_most: up to, as many as."
    )
    status: Status = Field(
        description="actual: is or was so. planned: somebody's stated plan. possible: a forecast or scenario."
    )
    as_of: IsoDate | None = Field(description="ISO date or interval the figure is about, or null.")
    place: Text | None = Field(description="Where, as the article says it, or null.", examples=["Belarus"])
    source: str | None = Field(description="Id of the actor it is attributed to; null: the article.")
    via: str | None = Field(description="Id of the actor who relays the source, or null.")

    @model_validator(mode="after")
    def _range_has_two_ends(self) -> Self:
        if (self.value_high is None) == (self.bound == "between"):
            raise ValueError("value_high is a number if and only if bound is between")
        if self.value_high is not None and self.value_high < self.value:
            raise ValueError("value_high must not be below value")
        return self


class Claim(Record):
    """One proposition that the article reports or asserts, in canonical affirmative form."""

    model_config = ConfigDict(json_schema_extra=_SOURCING_RULE)

    id: str = Field(pattern=r"^c[1-9][0-9]*$", description="Unique in the brief.", examples=["c1"])
    text: Text = Field(
        description="One self-contained sentence: names instead of pronouns, no 'said', no hedge words.",
        examples=["Russia plans to invade Ukraine."],
    )
    speakers: tuple[str, ...] = Field(
        description="Ids of the actors who commit to it; []: the article's own voice.", examples=[["a1"], []]
    )
    via: str | None = Field(description="Id of the actor who relays the speaker, or null.")
    sourcing: Sourcing = Field(
        description="named, unnamed ('US officials'), document (a report, a map, a written statement), "
        "or article (own voice, no speakers)."
    )
    polarity: Polarity = Field(description="denied: the speaker says that the proposition is not so.")
    certainty: Certainty = Field(
        description="The speaker's commitment. certain: plain statements. probable: likely, expects. "
        "possible: may, could. unknown: it is unclear whether."
    )
    cues: tuple[Text, ...] = Field(
        description="Words in the evidence that carry hedge or denial, verbatim.", examples=[["could"], []]
    )
    when: IsoDate | None = Field(description="ISO date or interval of what is claimed, or null.")
    evidence: tuple[Evidence, ...] = Field(
        description="One span: the shortest run of whole clauses that supports the claim.",
        min_length=1,
        max_length=1,
    )

    @model_validator(mode="after")
    def _own_voice_has_no_speaker(self) -> Self:
        if (self.sourcing == "article") == bool(self.speakers):
            raise ValueError("sourcing is article if and only if there are no speakers")
        return self


class Sentence(Record):
    """A sentence of a summary with the ids of the items that carry it."""

    text: Text = Field(description="Keeps the hedges, bounds and denials of what it cites.")
    cites: tuple[str, ...] = Field(
        description="Ids of the claims and figures (in a digest: clusters and series) that carry it.",
        min_length=1,
        examples=[["c1", "f2"]],
    )


class Rejected(Record):
    """An item that was refused: counted and shown, never silently dropped."""

    part: Literal["actor", "figure", "claim", "summary"] = Field(description="What kind of item it was.")
    draft_id: str = Field(description="The id that the item had in the draft.")
    field: str = Field(description="The field that failed, for example evidence or value.")
    code: RejectionCode = Field(description="Why, from a closed list.")
    reason: str = Field(description="Why, in words.")
    quote: str | None = Field(description="The quote or text that was refused.")
    nearest: str | None = Field(description="The passage of the article that comes nearest, or null.")


class Tokens(Record):
    """Token counts of all calls that made a document; zeros for the rules engine."""

    input: int = Field(default=0, ge=0, description="Tokens sent.")
    output: int = Field(default=0, ge=0, description="Tokens received, reasoning included.")
    cached: int = Field(default=0, ge=0, description="Part of input that the server had in its cache.")
    reasoning: int = Field(default=0, ge=0, description="Part of output that was reasoning.")


class Provenance(Record):
    """What made a document."""

    engine: Literal["rules", "model", "merge"] = Field(description="What kind of engine.")
    version: str = Field(description="Version of this package.")
    model: str | None = Field(default=None, description="Model name, or null for rules.")
    prompt: str | None = Field(default=None, description="Prompt name and version.")
    document_schema: str = Field(
        description="Name of the schema that the document follows.", examples=["brief/1"]
    )
    text_sha256: str | None = Field(default=None, description="SHA-256 of the article text, hexadecimal.")
    tokens: Tokens = Field(default=Tokens(), description="Token counts of all calls.")


class Brief(Record):
    """What one article says."""

    schema_: Literal["brief/1"] = Field(
        default="brief/1", alias="schema", description="Name and version of this document's schema."
    )
    article: ArticleHeader = Field(description="Which article it is about.")
    summary: tuple[Sentence, ...] = Field(description="Two to four sentences, each with its sources.")
    actors: tuple[Actor, ...] = Field(description="Who acts, speaks, or is acted upon.")
    figures: tuple[Figure, ...] = Field(description="Quantities about the story.")
    claims: tuple[Claim, ...] = Field(description="What is reported or asserted, by whom, how surely.")
    rejected: tuple[Rejected, ...] = Field(description="Items that were refused, and why.")
    provenance: Provenance = Field(description="What made this document.")
