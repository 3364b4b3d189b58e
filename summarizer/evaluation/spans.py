"""Where an item's evidence stands, and how much two stretches of text share.

Pure. Spans are half-open character ranges into the article's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from summarizer.records.brief import Evidence


def place(evidence: Evidence, text: str) -> tuple[int, int]:
    """The span that an item means, for pairing only.

    A wrong offset or an altered quote is grounding's business and may not cost the item its partner: a quote
    that stands elsewhere in the text is taken at its occurrence nearest to the stated start, and a quote
    that stands nowhere at its stated offsets.
    """
    if text[evidence.start : evidence.end] == evidence.quote:
        return evidence.start, evidence.end
    before = text.rfind(evidence.quote, 0, evidence.start + len(evidence.quote))
    after = text.find(evidence.quote, evidence.start)
    found = [start for start in (before, after) if start >= 0]
    if found:
        start = min(found, key=lambda at: (abs(at - evidence.start), at))
        return start, start + len(evidence.quote)
    start = min(evidence.start, len(text))
    return start, max(start, min(evidence.end, len(text)))


def places(spans: Iterable[Evidence], text: str) -> tuple[tuple[int, int], ...]:
    """`place` of each."""
    return tuple(place(span, text) for span in spans)


def shared(a: tuple[int, int], b: tuple[int, int]) -> int:
    """Characters that two spans have in common."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def dice(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Share of common characters in both spans."""
    total = a[1] - a[0] + b[1] - b[0]
    return 2 * shared(a, b) / total if total else 0.0


def containment(a: tuple[int, int], b: tuple[int, int], max_chars: int) -> float:
    """Share of the shorter span that lies in the longer one; 0 if the longer exceeds `max_chars`.

    Without the cap, a whole paragraph given as evidence would match everything in it.
    """
    shorter, longer = sorted((a[1] - a[0], b[1] - b[0]))
    if not shorter or longer > max_chars:
        return 0.0
    return shared(a, b) / shorter


def covered(span: tuple[int, int], by: Sequence[tuple[int, int]]) -> float:
    """Share of `span` that lies inside any single one of `by`."""
    length = span[1] - span[0]
    return max((shared(span, other) / length for other in by), default=0.0) if length else 0.0
