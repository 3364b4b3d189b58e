"""What scoring leaves behind: verdicts on items, counts of an article, the run file, recorded answers.

Counts come first: every score is a function of counts that can be summed over articles.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from summarizer.records.base import Record
from summarizer.records.brief import Tokens

Part = Literal["actors", "figures", "claims"]
Verdict = Literal["right", "wrong_slot", "missed", "okay_missed", "spurious", "split"]
DigestMode = Literal["oracle", "end_to_end", "model_merge"]

#: Verdicts under which a gold item or a prediction found its partner.
MATCHED: tuple[Verdict, ...] = ("right", "wrong_slot")

Counts = dict[str, float]
Parameters = dict[str, str | int | float | bool | None]


class SlotCheck(Record):
    """One field of a matched pair: what the label says, what was predicted, whether that is right."""

    slot: str = Field(description="Name of the field, or of what is compared: speaker, cues, evidence.")
    gold: str = Field(description="What the label says.")
    predicted: str = Field(description="What was predicted; actors under their gold ids, `?name` if unknown.")
    right: bool = Field(description="Whether the two count as the same.")


class ItemVerdict(Record):
    """What became of one gold item, one prediction, or a matched pair of them."""

    part: Part = Field(description="What kind of item it is.")
    verdict: Verdict = Field(
        description="right; wrong_slot: matched, a field is wrong; missed: a vital gold item without "
        "prediction; okay_missed: an okay one, no error; spurious: a prediction without gold; split: one "
        "that lies inside the evidence of a gold claim that another matched."
    )
    gold: str | None = Field(description="Id of the gold item, or null for a prediction without partner.")
    predicted: str | None = Field(description="Id of the prediction, or null for a missed gold item.")
    nugget: Literal["vital", "okay"] | None = Field(description="Of the gold item, or null.")
    label: str = Field(description="The item in a few words: the gold side where there is one.")
    quote: str = Field(description="Evidence of the gold item, else of the prediction.")
    start: int = Field(description="Offset of the quote in the article's text.")
    end: int = Field(description="Offset after it.")
    similarity: float | None = Field(default=None, description="What the pairing maximised, 0 to 1.")
    explanation: str = Field(description="Why it was matched, or not.")
    slots: tuple[SlotCheck, ...] = Field(default=(), description="Every field that was compared.")


class Usage(Record):
    """What answers cost. Seconds are those of the engine, not of scoring."""

    calls: int = Field(default=0, ge=0, description="Model calls, retries not counted.")
    retries: int = Field(default=0, ge=0, description="Calls that had to be made again.")
    tokens: Tokens = Field(default=Tokens(), description="Token counts of all calls.")
    seconds: float = Field(default=0.0, ge=0, description="Time until the answer was there.")
    money: float = Field(default=0.0, ge=0, description="Price of the calls in US dollars.")


class ArticleScore(Record):
    """Counts of one article (and one repeat) with the verdicts they were counted from."""

    article: str = Field(description="Id of the article.")
    repeat: int = Field(default=0, ge=0, description="Which of the repeated answers, from 0.")
    failed: str | None = Field(
        default=None, description="Why there was no answer (scored as an empty brief), or null."
    )
    unrecorded: str | None = Field(
        default=None, description="Which part of a recorded answer had no recording any more, or null."
    )
    counts: Counts = Field(description="What every metric is computed from.")
    items: tuple[ItemVerdict, ...] = Field(description="A verdict on every gold item and prediction.")
    usage: Usage = Field(default=Usage(), description="What the answer cost when it was made.")
    replayed: bool = Field(default=False, description="Whether the answer was a recorded one.")


class DigestScore(Record):
    """Counts of the digest of a story."""

    mode: DigestMode = Field(
        description="oracle: merged from the gold briefs. end_to_end: from what was extracted. model_merge: "
        "the same with the model's help."
    )
    repeat: int = Field(default=0, ge=0, description="Which of the repeated answers it was merged from.")
    counts: Counts = Field(description="What every metric is computed from; empty where it failed.")
    failed: str | None = Field(default=None, description="Why there is no such digest, or null.")


class Reference(Record):
    """Scores of something that isn't the engine, to read the engine's scores by."""

    name: str = Field(description="empty brief, lead sentences, rules engine, second annotator …")
    kind: Literal["floor", "ceiling"] = Field(
        description="floor: a good engine is above. ceiling: none can well be."
    )
    articles: tuple[str, ...] = Field(description="Articles that it was scored on.")
    counts: Counts = Field(description="What every metric is computed from.")


class Signature(Record):
    """Everything that a score depends on, in short: scores compare only where these agree."""

    gold: str = Field(description="Hash of the labels and articles.")
    scorer: str = Field(description="Hash of the scorer's code.")
    engine: str = Field(description="rules or model.")
    model: str = Field(description="Model name, or the fingerprint of the rules' code and word lists.")
    prompt: str = Field(description="Prompt with version and hash, or 'none'.")
    document_schema: str = Field(description="Hash of the schema that answers follow.")
    version: str = Field(description="Version of this package.")

    def line(self) -> str:
        """As it is printed beside every score."""
        parts = self.to_dict()
        parts["schema"] = parts.pop("document_schema")
        return "|".join(f"{name}:{value}" for name, value in parts.items())


class Score(Record):
    """One metric of a run."""

    metric: str = Field(description="Name of the metric.")
    value: float | None = Field(description="From counts summed over articles; null: nothing to score.")
    mean: float | None = Field(description="Mean over the articles where there is something to score.")
    n: int = Field(description="Items that stand behind it.")
    low: float | None = Field(default=None, description="2.5th percentile over resampled articles, or null.")
    high: float | None = Field(default=None, description="97.5th percentile, or null.")
    lower_is_better: bool = Field(default=False, description="Whether a smaller value is the better one.")


class Run(Record):
    """The result of `summarizer eval run`."""

    schema_: Literal["eval-run/1"] = Field(
        default="eval-run/1", alias="schema", description="Name and version of this document's schema."
    )
    created: str = Field(description="When the run was made, ISO 8601 in UTC.")
    data: str = Field(description="The data set as it was given.")
    signature: Signature = Field(description="What the scores depend on.")
    parameters: Parameters = Field(default={}, description="Sampling options of a model, else empty.")
    repeats: int = Field(ge=1, description="Answers per article.")
    expected: int = Field(ge=0, description="Answers that were asked for.")
    scored: int = Field(ge=0, description="Answers that came; the others count as empty briefs.")
    scores: tuple[Score, ...] = Field(description="All metrics over all articles and repeats.")
    articles: tuple[ArticleScore, ...] = Field(description="Per article and repeat.")
    digests: tuple[DigestScore, ...] = Field(description="Per mode and repeat; empty without story labels.")
    references: tuple[Reference, ...] = Field(description="Floors and ceilings.")
    digest_floors: tuple[Reference, ...] = Field(
        default=(), description="Trivial clusterings of the story's figures: all singletons, one heap."
    )

    @property
    def failed(self) -> tuple[ArticleScore, ...]:
        """Answers that didn't come."""
        return tuple(score for score in self.articles if score.failed is not None)
