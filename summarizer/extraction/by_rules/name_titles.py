"""Titles around people's names: "US Secretary of State Antony Blinken", "chief executive Rowena Tait".

Pure. Positions are word indices of the sentence. Finds where a title stands; that what follows it is a
person is decided in `names`.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.frames import TIMES
from summarizer.extraction.by_rules.name_runs import JOINERS
from summarizer.extraction.by_rules.places import country_form
from summarizer.extraction.by_rules.vocabulary import (
    CALENDAR,
    COURTESY_TITLES,
    ORGANIZATION_HEADS,
    TITLE_HEADS,
    TITLE_MODIFIERS,
    word_set,
)
from summarizer.text.words import CLITIC_S, first_names, is_common_word

#: Offices that are named by their field: "Minister for Works".
_OFFICES_OF_FIELDS: Final = frozenset(("minister", "secretary", "undersecretary", "commissioner"))
_OFFICE_PARTS: Final = word_set("names", "people", "office_parts")
_PARTS_OF_OFFICES: Final = TITLE_HEADS | TITLE_MODIFIERS | _OFFICE_PARTS
#: "Minister of Labour": an office has a head, "of" and its field.
_MIN_OFFICE_OF_FIELD: Final = 3
#: Titles that ships, pubs and statues bear, and what stands before their names.
_NAMES_OF_SHIPS: Final = word_set("names", "people", "names_of_ships")
_BEFORE_SHIPS: Final = word_set("names", "people", "before_ships")
#: Adjectives that open a sentence before a title without being part of it.
_NO_QUALIFIERS: Final = word_set("names", "people", "no_qualifiers")
#: What keeps a role from being held now, or for good.
_TIME_OF_OFFICE: Final = frozenset(
    ("former", "acting", "interim", "outgoing", "incoming", "deputy", "ex", "retired")
)
#: A given name and more words than this are no person's name.
MAX_PERSON_WORDS: Final = 4
#: "US Pentagon Press Secretary": capitalised words that may qualify a title.
_MAX_QUALIFIERS: Final = 4


def is_office(lowers: list[str]) -> bool:
    """Whether the words are an office and no name: "the Secretary of State"."""
    if _PARTS_OF_OFFICES.issuperset(lowers):
        return True
    if len(lowers) < _MIN_OFFICE_OF_FIELD:
        return False
    # "Minister of Labour and Employment", "Minister for the Environment"
    joined = next((k for k in range(1, len(lowers) - 1) if lowers[k] in ("of", "for")), None)
    return (
        joined is not None
        and lowers[joined - 1] in _OFFICES_OF_FIELDS
        and all(is_common_word(w) for w in lowers[joined:])
    )


def is_ship(sentence: Sentence, first: int) -> bool:
    """Whether a name opens with a title and is a thing's: "the Lady Maren", "the ferry Lady Maren"."""
    lowers = sentence.tokens.lowers
    return lowers[first] in _NAMES_OF_SHIPS and first > 0 and lowers[first - 1] in _BEFORE_SHIPS


def name_after_title(sentence: Sentence, first: int, last: int) -> int | None:
    """Where the person's name starts after a capitalised title in `first:last`, or None."""
    written, lowers = sentence.tokens.words, sentence.tokens.lowers
    head = _last_title(sentence, first, last)
    if head is None:
        return None
    begin = head + 1
    while begin < last and written[begin] == ".":
        begin += 1
    if begin < last and lowers[begin] in ("of", "for"):
        begin = _after_office(sentence, begin, last)
    if begin >= last:
        return None
    ends_as_body = lowers[last - 1] in ORGANIZATION_HEADS
    if last - begin > 1:
        return None if ends_as_body and written[begin] not in first_names() else begin
    no_person = ends_as_body or country_form(written[begin]) is not None
    return None if no_person and lowers[head] not in COURTESY_TITLES else begin


def _last_title(sentence: Sentence, first: int, last: int) -> int | None:
    lowers = sentence.tokens.lowers
    head: int | None = None
    for i in range(first, last - 1):
        lower = lowers[i]
        after_joiner = i > first and lowers[i - 1] in JOINERS
        if (lower in TITLE_HEADS or lower in COURTESY_TITLES) and not after_joiner:
            if lower == "general" and i == first and lowers[last - 1] in ORGANIZATION_HEADS:
                return None  # "General Motors Company"
            head = i
        elif head is not None and lower == "of":
            break
    return head


def _after_office(sentence: Sentence, of: int, last: int) -> int:
    """After "of State": the words of the office go on until what is left looks like a person."""
    written, lowers = sentence.tokens.words, sentence.tokens.lowers
    for rest in range(of + 1, last):
        unlisted = rest > of + 1 and last - rest >= 2 and not is_common_word(lowers[rest])
        if unlisted and written[rest - 1][0].isupper() and is_common_word(lowers[rest - 1]):
            return rest  # "of State for Cooperation Devendra Pratap Rathore"
        given = written[rest] in first_names() and last - rest >= 2 and lowers[rest] not in ORGANIZATION_HEADS
        if given or (last - rest == 2 and rest > of + 1):
            return rest
    return last


def lower_title_start(sentence: Sentence, first: int) -> int:
    """First word of a lower-case title that ends right before word `first`, or `first`."""
    written, lowers, tags = sentence.tokens.words, sentence.tokens.lowers, sentence.tokens.tags
    i = first
    abbreviated = i > 0 and written[i - 1].isupper() and len(written[i - 1]) > 1  # "CEO"
    if not i or lowers[i - 1] not in TITLE_HEADS or not (written[i - 1][0].islower() or abbreviated):
        return first
    i -= 1
    while (
        i
        and written[i - 1][0].islower()
        and (
            lowers[i - 1] in TITLE_MODIFIERS
            or lowers[i - 1] in TITLE_HEADS
            or (lowers[i - 1] == "of" and i >= 2 and lowers[i - 2] in TITLE_HEADS)
            or (tags[i - 1] in ("JJ", "NN") and lowers[i - 1] not in ("a", "the"))
        )
    ):
        i -= 1
    return with_qualifier(sentence, i)


def with_qualifier(sentence: Sentence, i: int) -> int:
    """Start of a title at `i` with what qualifies it: "US", "Ukraine's", "Pentagon", "former German"."""
    begin = _with_owner(sentence, i)
    lowers = sentence.tokens.lowers
    while begin and lowers[begin - 1] in _TIME_OF_OFFICE:
        begin -= 1
    return begin


def _with_owner(sentence: Sentence, i: int) -> int:
    """Start of a title at `i` with the capitalised words that say whose it is."""
    written, lowers = sentence.tokens.words, sentence.tokens.lowers
    if i >= 2 and lowers[i - 1] in CLITIC_S and written[i - 2][0].isupper():
        return i - 2
    stop = max(i - _MAX_QUALIFIERS, 0)
    while (
        i > stop
        and written[i - 1][0].isupper()
        and lowers[i - 1] not in CALENDAR
        and (i > 1 or not is_common_word(lowers[i - 1]) or _qualifies_at_start(sentence))
    ):
        i -= 1
    return i


def _qualifies_at_start(sentence: Sentence) -> bool:
    """Whether a sentence's first word, for all its capital, is part of a title: "Union leader", "Chief …"."""
    tokens = sentence.tokens
    fits = tokens.tags[0] in ("NN", "JJ", "NNP") or tokens.lowers[0] in TITLE_MODIFIERS
    return fits and tokens.lowers[0] not in TIMES | _NO_QUALIFIERS


def given_after_office(sentence: Sentence, first: int, last: int) -> tuple[int, int] | None:
    """Words "of" and given name in "mayor of Ostrany Lenka Sykorova", or None."""
    written, lowers = sentence.tokens.words, sentence.tokens.lowers
    of = first - 2 if first > 1 and lowers[first - 1] == "the" else first - 1
    if of < 1 or lowers[of] != "of" or lowers[of - 1] not in TITLE_HEADS:
        return None
    for k in range(first + 1, last - 1):
        if written[k] in first_names() and last - k <= MAX_PERSON_WORDS:
            person = lowers[last - 1] not in ORGANIZATION_HEADS and not is_common_word(lowers[last - 1])
            return (of, k) if person else None
    return None
