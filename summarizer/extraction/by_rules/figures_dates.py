"""As of when a figure holds (contract, section 4): a date of its clause, else the article's present. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.extraction.by_rules.document import Sentence
from summarizer.text.dates import DateExpression, resolve, tense_direction
from summarizer.text.lexicon import load_lexicon

_SPEECH = frozenset(
    load_lexicon("summarizer.extraction.by_rules", "lexicons/figure_status.toml")["speech_with_date"]
)
_PRESENT = frozenset(("VBZ", "VBP"))
_PAST = frozenset(("VBD",))
#: When a thing was made is not when a figure about it holds.
_MADE = frozenset(
    ("built", "founded", "born", "established", "launched", "created", "opened", "formed", "completed")
)
#: A date further from the number than this belongs to something else.
_NEAR = 70


def as_of(
    text: str,
    sentence: Sentence,
    span: tuple[int, int],
    first: int,
    last: int,
    dates: Sequence[DateExpression],
    published: str | None,
    actual: bool,
) -> str | None:
    """ISO date, month, year or interval of the figure at `span` (words `[first, last)`), or None when open.

    A date that says when somebody spoke is not the figure's, nor is one to come an actual figure's. A
    present-tense statement holds on the article's day, where that is known.
    """
    near: list[tuple[int, DateExpression]] = []
    for item in dates:
        gap = item.start - span[1] if item.start >= span[1] else span[0] - item.end
        if 0 <= gap <= _NEAR and not _of_speech(text, sentence, item):
            near.append((gap, item))
    for _, item in sorted(near, key=lambda pair: pair[0]):
        if published is None:
            return item.iso
        direction = tense_direction(text, sentence.start, sentence.end, item)
        if direction is None:
            direction = "past" if actual else "future"
        found = resolve(item, published, direction)
        if actual and found is not None and found[: len(published)] > published[: len(found)]:
            continue  # "employs 430 people and will shut by September": what is so has no date to come
        return found
    if published is not None and actual and _present(sentence, first, last):
        return published
    return None


def _of_speech(text: str, sentence: Sentence, item: DateExpression) -> bool:
    before = text[max(sentence.start, item.start - 24) : item.start].lower().split()
    if len(before) > 1 and before[-1] in ("in", "on") and before[-2].strip("(,") in _MADE:
        return True  # "the ship, built in 1987, went down 12 km from": no figure's date
    words = [word.strip(',."”’') for word in before[-3:]]
    return any(word in _SPEECH for word in words) and not any(
        word.endswith("ed") and word not in _SPEECH for word in words[-1:]
    )


def _present(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the verb nearest to the number, left before right, is in the present."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    if sentence.role == "headline":
        return False
    for i in range(first - 1, max(-1, first - 14), -1):
        if tags[i] in _PAST or tags[i] == "MD":
            return False
        if tags[i] in _PRESENT and lowers[i] not in _SPEECH:
            return True
    for i in range(last, min(len(tags), last + 10)):
        if tags[i] in _PAST or tags[i] == "MD":
            return False
        if tags[i] in _PRESENT and lowers[i] not in _SPEECH:
            return True
    return False
