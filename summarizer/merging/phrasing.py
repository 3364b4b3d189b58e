"""Small pieces of English: dates, lists of names, claims inside sentences.

Pure. Nothing here decides anything; numbers and bounds are never rewritten, only quoted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from summarizer.text.words import is_common_word

_MONTHS = (
    "January February March April May June July August September October November December".split()
)  # fmt: skip


def say_date(iso: str) -> str:
    """An ISO date, month, year or interval in words: "19 January 2022", "December 2021", "10–20 February 2022"."""
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


@lru_cache(maxsize=8192)
def as_clause(sentence: str) -> str:
    """A sentence as it stands after "that": no full stop, and no capital that only begins the sentence."""
    text = sentence.strip().rstrip(".").rstrip()
    first = re.match(r"[^\W\d_][\w'’-]*", text)
    if first is None:
        return text
    word = first.group()
    rest = word[1:]
    plain = rest.islower() or not rest
    if plain and (
        word == "A" or word.lower() in _OPENERS or (is_common_word(word.lower()) and not _is_name(text))
    ):
        return text[0].lower() + text[1:]
    return text


_OPENERS = frozenset(
    """the a an this that these those there it its his her their some all any no many more most few several at about up
    over under in on by with from for after before during two three four five six seven eight nine ten what how whether
    who why when where almost nearly around as each both such other another every""".split()
)


def _is_name(text: str) -> bool:
    """Whether a sentence begins with a name of two words or a possessive of one ("Will Smith", "Mark's")."""
    second = re.match(r"\S+\s+([^\W\d_])", text)
    return bool(second and second.group(1).isupper()) or bool(re.match(r"\w+['’]s\b", text))


def as_sentence(clause: str) -> str:
    """A clause with a capital at its beginning and a full stop at its end."""
    text = clause.strip()
    if not text:
        return text
    if text[-1] not in ".!?":
        text += "."
    return text[0].upper() + text[1:]


def article_before(name: str) -> str:
    """ "the " before names that take it ("White House", "United States", "Pentagon"), else nothing."""
    if re.match(r"(?:the|an?)\s", name, re.I) or not name[:1].isupper():
        return ""
    words = name.split()
    last = words[-1].lower()
    if words[0] in ("United", "European") or name in _WITH_ARTICLE:
        return "the "
    if len(words) > 1 and last in _THE_HEADS and not re.search(r"['’]s\b", name):
        return "the "
    return ""


_WITH_ARTICLE = frozenset(
    """Pentagon|Kremlin|West|Netherlands|Philippines|Bahamas|Gambia|Maldives|Treasury|Vatican|Taliban|Fed|FBI|CIA|FDA|CDC|SEC|FTC|EU|UN
    |IMF|WHO|U.S.|US|UK|U.K.|Financial Times|Guardian|Times|Associated Press|Democratic Republic of Congo|Czech Republic|Union""".replace(
        "\n    ", ""
    ).split("|")
)
_THE_HEADS = frozenset(
    """house ministry department council agency administration post times journal union committee commission court office bureau
    survey organization organisation association federation league authority institute forces army navy police party treaty bank
    program programme service group allies nations states tribunal senate congress parliament cabinet embassy""".split()
)


def named(name: str) -> str:
    """A name as it stands inside a sentence."""
    return f"{article_before(name)}{name}"
