"""Small pieces of English: dates, lists of names, claims inside sentences.

Pure. Nothing here decides anything; numbers and bounds are never rewritten, only quoted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from summarizer.text.families import american
from summarizer.text.lexicon import load_lexicon
from summarizer.text.numbers import parse_quantity
from summarizer.text.words import is_common_word, tokenize

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


#: "Magnitude 6.2", "6.2 magnitude": the sentence around it says what is measured.
_MAGNITUDE = re.compile(r"^(?:an?\s)?magnitude\s(?:of\s)?|[\s-]magnitude$", re.IGNORECASE)


@cache
def phrase_lexicon() -> dict[str, Any]:
    """The word lists that sentences are built with (read-only)."""
    return load_lexicon("summarizer.merging", "lexicons/phrasing.toml")


def say_date(iso: str) -> str:
    """An ISO date, month, year or interval in words: "19 January 2022", "10–20 February 2022"."""
    first, _, last = iso.partition("/")
    if not last or first == last:
        return _say_day(first)
    if first[:7] == last[:7] and len(first) == len(last) == 10:
        return f"{int(first[8:])}–{_say_day(last)}"
    if first[:4] == last[:4] and len(first) == len(last) == 10:
        return f"{int(first[8:])} {_MONTHS[int(first[5:7]) - 1]}–{_say_day(last)}"
    return f"{_say_day(first)} to {_say_day(last)}"


def _say_day(iso: str) -> str:
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", iso)
    if match is None or int(match.group(2) or 1) not in range(1, 13):
        return iso
    year, month, day = match.groups()
    words = [str(int(day))] if day else []
    if month:
        words.append(_MONTHS[int(month) - 1])
    return " ".join([*words, year])


def join_names(names: Sequence[str], conjunction: str = "and") -> str:
    """ "A", "A and B", "A, B and C"."""
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"


def is_fragment(text: str) -> bool:
    """Whether a claim's text is a part of a sentence: "is a prelude to an invasion"."""
    first = re.match(r"\w+", text)
    return first is None or first.group().lower() in _words("fragments")


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(phrase_lexicon()[key].split())


#: "…, four days": what is left of "…, four days after he ruled one out".
_CUT_SPAN = re.compile(
    r", (?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+) (?:hour|day|week|month|year)s?$"
)


@lru_cache(maxsize=8192)
def as_clause(sentence: str) -> str:
    """A sentence as it stands after "that": no full stop, and no capital that only begins the sentence."""
    text = " ".join(sentence.split()).rstrip(".").rstrip()
    text = _CUT_SPAN.sub("", text)
    joint = re.match(r"([A-Za-z]+)(?:,\s+|\s+(?=[a-z]))(?=\S)", text)
    if joint is not None and joint.group(1).lower() in _words("joints"):
        text = text[joint.end() :]
    first = re.match(r"[^\W\d_][\w'’-]*", text)
    if first is None:
        return text
    word = first.group()
    if (word[1:] and not word[1:].islower()) or text[first.end() : first.end() + 1] == ".":
        return text
    lower = word.lower()
    if word == "A" or lower in _words("openers") or (is_common_word(lower) and not _is_name(text)):
        return text[0].lower() + text[1:]
    return text


def _is_name(text: str) -> bool:
    """Whether a sentence begins with a name of two words or a possessive of one ("Will Smith", "Mark's")."""
    second = re.match(r"\S+\s+([^\W\d_])", text)
    return bool(second and second.group(1).isupper()) or bool(re.match(r"\w+(?:['’]s\b| of [A-Z])", text))


def as_sentence(clause: str) -> str:
    """A clause with a capital at its beginning and a full stop at its end."""
    text = clause.strip()
    if text and text[-1] not in '.!?”"':
        text += "."
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=8192)
def named(name: str) -> str:
    """A name as it stands inside a sentence: "the White House", "Russia", "police", "a source"."""
    words = name.split()
    if not words or words[0].lower() in ("the", "a", "an"):
        return name[:1].lower() + name[1:] if words and words[0] in ("The", "A", "An") else name
    lower = words[0].lower()
    plain = words[0][0].isupper() and words[0][1:].islower() and is_common_word(american(lower))
    plain = plain and lower not in _words("capitals")
    if plain and _rest_is_plain(words):
        words[0] = words[0].lower()
    text = " ".join(words)
    lexicon = phrase_lexicon()
    heads = lexicon["article"]["heads"].split()
    last = words[-1].lower()
    if text[0].islower():
        if words[0] in lexicon["unnamed"]["singular"].split():
            return f"a {text}"
        return f"the {text}" if last in heads and not _PREPOSITION.intersection(words) else text
    if words[0] == "United" or name in lexicon["article"]["names"].replace("\n", "").split("|"):
        return f"the {text}"
    heading = lower in heads or lower in ("bank", "university")
    begins = len(words) > 2 and heading and words[1] == "of"
    if begins or (len(words) > 1 and last in heads and not re.search(r"['’]s?\b", text)):
        return f"the {text}"
    return text


_PREPOSITION = frozenset(("in", "of", "at", "from", "with", "on", "for", "to", "close", "who"))


def _rest_is_plain(words: Sequence[str]) -> bool:
    """A name that is only a description: "Police", "Observers from the Union", not "Bank of Norland"."""
    return len(words) == 1 or (words[1].islower() and words[1] != "of")


def is_plural(name: str) -> bool:
    """Whether a name for a group takes a plural verb: "US officials", not "a source"."""
    words = name.lower().split()
    if words[:1] in (["a"], ["an"], ["one"]):
        return False
    last = re.split(r"\s(?:in|of|at|from|with|on|for|close|familiar|who)\s", name.lower())[0].split()[-1:]
    return any(
        (word.endswith("s") and not word.endswith(("ss", "us", "is")))
        or word in phrase_lexicon()["plural"]["words"].split()
        for word in last
    )


@lru_cache(maxsize=8192)
def with_article(name: str) -> str:
    """A description of one person or group with "a": "a Western diplomat", "an engineer at a rival"."""
    text = named(name)
    head = re.split(r"\s(?:in|of|at|from|with|on|for|close|familiar|who)\s", text)[0].split()
    described = bool(head) and head[-1].islower() and is_common_word(american(head[-1]))
    if not described or is_plural(text) or not head[0][0].isalpha() or _is_determined(head):
        return text
    lower = text.lower()
    vowel = lower[0] in "aeiou" and not lower.startswith(
        ("eu", "uni", "us ", "un ", "u.s", "u.n", "uk ", "one")
    )
    return f"{'an' if vowel else 'a'} {text}"


def _is_determined(head: Sequence[str]) -> bool:
    """Whether a noun phrase needs no article: "the mayor", "his lawyer", "Ecuador's interior minister"."""
    if head[0].lower() in ("the", "a", "an", "his", "her", "its", "their", "our", "my", "your", "one", "no"):
        return True
    return any(word.replace("’", "'").endswith(("'s", "s'")) for word in head[:-1])


@lru_cache(maxsize=8192)
def as_object(phrase: str) -> tuple[str, bool]:
    """A measured thing with the article it needs, and whether it is plural: ("the chance of rain", False)."""
    text = as_clause(phrase)
    tokens = tokenize(text, 0, len(text))
    end = next(
        (
            i
            for i in range(len(tokens))
            if tokens.tags[i] in ("IN", "TO", ",", "VBN", "VBD", "VBG", "WDT", "WP") and i
        ),
        len(tokens),
    )
    if not end:
        return text, False
    plural = tokens.tags[end - 1] in ("NNS", "NNPS")
    determined = tokens.tags[0] in ("DT", "PRP$", "CD", "NNP", "NNPS") or "POS" in tokens.tags[:end]
    return (text if plural or determined else f"the {text}"), plural


#: White space but for the spaces that stand inside numbers ("12\u00a0000").
_BREAKS = re.compile(r"[^\S\u00a0\u2009\u202f]+")
_SHORT_SCALE = re.compile(r"\d\s?[A-Za-z]{1,2}$")


@lru_cache(maxsize=8192)
def number_words(quote: str, unit: str) -> str:
    """A figure's quote without the noun that is counted: "up to 175,000" of "up to 175,000 servicemen".

    The whole quote where its number is in words, its bound after it ("2,000-plus troops"), or its scale a
    letter that could be a unit ("6.5m customers").
    """
    words = _BREAKS.sub(" ", quote).strip()
    if re.match(r"[A-Z][a-z]+\s", words) and is_common_word(words.split()[0].lower()):
        words = words[0].lower() + words[1:]
    if unit == "1":
        words = _MAGNITUDE.sub("", words)
    stated = parse_quantity(words) if unit == "count" else None
    if stated is None or not words[stated.number_start].isdigit():
        return words
    number = words[stated.start : stated.number_end]
    bound_follows = stated.start == stated.number_start and stated.bound not in ("exact", "between")
    return words if bound_follows or _SHORT_SCALE.search(number) else number


#: "it remained unclear why", "it is not yet known whether".
_OPENS_QUESTION = re.compile(
    r"it (?:is|was|remains|remained|has been|seems|seemed) (?:(?:still|yet|not|immediately|so far|also) )*"
    r"(?:clear|unclear|known|unknown|certain|uncertain|an open question) "
    r"(?=(?:that|whether|if|why|how|what|who|when|where|which|whose)\b)"
)
_UNKNOWN_THING = re.compile(
    r"(the .+) (is|are|was|were|remains|remain|remained) (?:(?:yet|now|still|not|publicly|immediately) )*"
    r"(?:known|unknown|clear|unclear)"
)


def as_question(text: str) -> str:
    """ "whether …"; of "it is known how many …" the "how many …"."""
    clause = as_clause(text)
    opening = _OPENS_QUESTION.match(clause)
    if opening is not None:
        rest = clause[opening.end() :]
        return f"whether{rest[4:]}" if rest.startswith("that ") else rest
    thing = _UNKNOWN_THING.fullmatch(clause)
    if thing is not None:
        return f"what {thing.group(1)} {thing.group(2)}"
    first = re.match(r"(?:if|whether)\s+", clause, re.I)
    if first is not None:
        return f"whether {clause[first.end() :]}"
    if re.match(r"(?:how|what|when|where|who|why|which)\b", clause, re.I):
        return clause[0].lower() + clause[1:]
    return f"whether {clause}"
