"""What changed between two digests of one story.

Clusters are matched by what they say and who says it, never by their ids, which each digest gives anew.
A change of wording alone is no change.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from summarizer.records.article import ArticleHeader
from summarizer.records.base import Record, Text
from summarizer.records.brief import Evidence

ChangeKind = Literal["denied", "withdrawn", "revised", "firmer", "softer", "new", "not_repeated"]

#: In the order in which readers are told.
CHANGE_KINDS: tuple[ChangeKind, ...] = (
    "denied",
    "withdrawn",
    "revised",
    "firmer",
    "softer",
    "new",
    "not_repeated",
)


class DeltaQuote(Record):
    """A quote that bears out a change, in its article."""

    member: str = Field(description="The claim or figure, as <article id>/<item id>.")
    article: str = Field(description="Id of its article.")
    evidence: Evidence = Field(description="Where it stands.")


class Change(Record):
    """One claim or figure series that isn't told as before."""

    part: Literal["claim", "figure"] = Field(description="What changed.")
    kind: ChangeKind = Field(
        description="denied: somebody denies it who didn't. withdrawn: somebody who said it now says the "
        "opposite. revised: another number or date. firmer, softer: surer or less sure, exact or vague, "
        "fact or forecast, more origins. new: nobody said it before. not_repeated: nobody says it now, which "
        "is no denial."
    )
    text: Text = Field(description="The proposition, or what is measured.")
    who: tuple[Text, ...] = Field(description="Whose words changed; []: the articles' own.")
    before: Text | None = Field(description="What was told before, or null.")
    after: Text | None = Field(description="What is told now, or null.")
    reason: Text = Field(description="What changed, in words.")
    old: tuple[str, ...] = Field(description="Claim cluster or series ids in the old digest.")
    new: tuple[str, ...] = Field(description="The same in the new digest.")
    old_quotes: tuple[DeltaQuote, ...] = Field(description="What it rests on in the old digest.")
    new_quotes: tuple[DeltaQuote, ...] = Field(description="What it rests on in the new digest.")


class DeltaSide(Record):
    """One of the two digests; no article where there was no digest of the story."""

    articles: tuple[ArticleHeader, ...] = Field(description="The articles that it was made from.")


class Delta(Record):
    """What is new, changed or gone in a story since an earlier digest of it."""

    schema_: Literal["delta/1"] = Field(
        default="delta/1", alias="schema", description="Name and version of this document's schema."
    )
    story: str | None = Field(default=None, description="Id of the story in a collection, or null.")
    title: str | None = Field(default=None, description="The story's title in a collection, or null.")
    old: DeltaSide = Field(description="The earlier digest.")
    new: DeltaSide = Field(description="The later digest.")
    changes: tuple[Change, ...] = Field(description="By kind, as listed there; then by prominence.")
    unchanged: int = Field(ge=0, description="Claims and series of the new digest that are told as before.")

    @property
    def has_news(self) -> bool:
        """Whether anything but silence changed."""
        return any(change.kind != "not_repeated" for change in self.changes)
