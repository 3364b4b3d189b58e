"""The date of what is claimed (contract, section 5: `when`). Pure.

The first date of the claim's own words that can be settled, but none that only tells more of a thing in it:
when the plane that crashed was built, since when a family has owned what it sells.
"""

from __future__ import annotations

import re
from typing import Final

from summarizer.extraction.by_rules.claim_records import FoundClaim
from summarizer.extraction.by_rules.document import Document
from summarizer.text.dates import DateExpression, find_dates, resolve, tense_direction

#: Before a date that says when a thing was made, or begins to be something.
_OF_A_THING: Final = re.compile(
    r"(?<!\bwas\s)(?<!\bwere\s)(?<!\bbeen\s)(?<!\bis\s)(?<!\bare\s)\b(?:built|founded|born|established|launched|created"
    r"|opened|formed|completed|made|signed|dated|published|manufactured|commissioned|sold|introduced|elected|appointed)"
    r"\s(?:(?:in|on|since|until|before)\s)?(?:the\s)?(?:early\s|late\s|mid-)?$",
    re.IGNORECASE,
)
_SUBJECTLESS: Final = re.compile(r"(?:^|[,;:(–—]|\b(?:who|which|that))\s*(?:also\s|later\s)?$")
_RELATIVE: Final = re.compile(r",\s(?:which|who|whose|whom|where)\s[^,;]*$")
#: A main verb after the insertion.
_GOES_ON: Final = re.compile(r"[^,;]*,\s\S")
_NEXT: Final = re.compile(r"next\b", re.IGNORECASE)


def when(document: Document, claim: FoundClaim) -> str | None:
    """ISO date or interval of what is claimed; None where its words give none."""
    sentence = document.sentences[claim.sentence]
    published = document.article.published.date
    for expression in find_dates(document.text, claim.content_start, claim.content_end):
        if _tells_of_a_thing(document.text, claim.content_start, claim.content_end, expression):
            continue
        if expression.iso is not None:
            return expression.iso
        if published is None:
            continue
        direction = tense_direction(document.text, sentence.start, sentence.end, expression)
        resolved = resolve(expression, published, direction)
        if resolved is not None:
            return resolved
    return None


def _tells_of_a_thing(text: str, start: int, end: int, expression: DateExpression) -> bool:
    """Whether a date stands with a participle behind a noun, in an inserted clause, or as "next month's"."""
    before = text[start : expression.start]
    if _NEXT.match(text, expression.start) and text[expression.end : expression.end + 2] in ("'s", "’s"):
        return True
    made = _OF_A_THING.search(before)
    if (
        made is not None
        and made.start() > 0
        and (made.group()[:5].lower() == "dated" or _is_reduced(before[: made.start()]))
    ):
        return True
    relative = _RELATIVE.search(before)
    return (
        relative is not None
        and bool(before[: relative.start()].strip())
        and bool(_GOES_ON.match(text, expression.end, end))
    )


def _is_reduced(before: str) -> bool:
    """Whether the participle has no subject of its own: ", built in 1981" or "a pigment not sold until"."""
    return bool(_SUBJECTLESS.search(before)) or before.rstrip().endswith((" not", " first", " only"))
