"""Mentions of one quantity by one source become one figure (contract, section 4: `also`). Pure.

Joined: the headline's and a caption's number with the body's, a paraphrase with the quotation, a definite
back reference ("the nine plaintiffs") with its first mention. Equal numbers of different things stay apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple, TypeVar

from summarizer.extraction.by_rules.document import Sentence
from summarizer.records.brief import Status
from summarizer.text.countries import countries
from summarizer.text.lexicon import load_lexicon, text_lexicon
from summarizer.text.numbers import Quantity

_ANAPHORIC: Final = frozenset(text_lexicon("masks.toml")["anaphoric"]["heads"])
_NOUNS: Final = load_lexicon("summarizer.extraction.by_rules", "lexicons/figure_nouns.toml")
_SYNONYMS: Final[dict[str, str]] = {
    noun: group for group, nouns in _NOUNS["synonyms"].items() for noun in nouns
}
_LIGHT: Final = frozenset(_NOUNS["words"]["light"])
T = TypeVar("T")
#: Smaller counts come up again by chance ("two men … two men"), so they need a sign that they are the same.
SURE_COUNT: Final = 10


#: Of very many equal numbers (a table) only so many first and last ones are compared, to stay linear.
NEAR: Final = 16


class Mention(NamedTuple):
    """One place where the text states a quantity, with all that was read around it."""

    item: Quantity
    sentence: Sentence
    unit: str
    noun: str
    counted: str
    status: Status
    as_of: str | None
    place: str | None
    source: str | None
    via: str | None
    quoted: bool

    @property
    def weak(self) -> bool:
        """Headline, caption or a repeated line: it says again what the body says."""
        return self.sentence.role != "body" or self.sentence.repeated


def merge_mentions(mentions: Iterable[Mention]) -> list[list[Mention]]:
    """Groups of mentions, one a figure, the mention that gives the figure first; in text order.

    A back reference without anything to refer to is dropped when it is of a kind that only refers ("the two
    leaders").
    """
    groups: list[list[Mention]] = []
    by_value: dict[tuple[float, float | None, str], list[list[Mention]]] = {}
    for mention in mentions:
        key = (mention.item.value, mention.item.value_high, mention.unit)
        groups_of_value = by_value.get(key, [])
        candidates = groups_of_value if len(groups_of_value) <= NEAR else _ends(groups_of_value)
        known = next((g for g in candidates if any(_same(other, mention) for other in _ends(g))), None)
        if known is not None:
            known.append(mention)
        elif not _only_refers(mention):
            group = [mention]
            groups.append(group)
            by_value.setdefault(key, []).append(group)
    for group in groups:
        group.sort(key=_rank)
    groups.sort(key=lambda group: group[0].item.start)
    return groups


def _ends(items: list[T]) -> list[T]:
    return items if len(items) <= NEAR else items[: NEAR // 2] + items[-NEAR // 2 :]


def _rank(mention: Mention) -> tuple[int, int]:
    """The source's own words before a paraphrase, attributed before not, body before caption and headline."""
    body = not mention.weak
    if mention.quoted and mention.source and body and mention.item.kind != "bare":
        return 0, mention.item.start
    if mention.source and body:
        return 1, mention.item.start
    if body:
        return 2, mention.item.start
    return (3 if mention.sentence.role == "caption" else 4), mention.item.start


def _only_refers(mention: Mention) -> bool:
    if not mention.item.definite:
        return False
    return (
        mention.noun in _ANAPHORIC
        or (not mention.noun and mention.item.value <= SURE_COUNT)
        or mention.item.value <= 3
    )


def _same(a: Mention, b: Mention) -> bool:
    """Whether two mentions with one value and unit give the same quantity by the same source."""
    counts = a.item.kind in ("count", "bare")
    if a.sentence is b.sentence and not b.item.definite:
        return False
    again = a.weak or b.weak
    refers = b.item.definite and counts
    sources_agree = a.source == b.source or refers or (again and (a.source is None or b.source is None))
    if not sources_agree or not (a.status == b.status or again or refers or _restated(a, b)):
        return False
    if a.item.kind in ("duration", "measure", "percent", "ratio"):
        return again and a.sentence.line != b.sentence.line
    if not counts:
        return again or bool(_content(a.counted) & _content(b.counted))
    peculiar = _peculiar(a.item.value)
    if not (_nouns_agree(a, b) or (refers and peculiar)) or _nations_differ(a.counted, b.counted):
        return False
    sure = a.item.value >= SURE_COUNT and bool(a.noun or b.noun)
    return again or refers or sure or peculiar


def _restated(a: Mention, b: Mention) -> bool:
    """One number, once hedged and once not: the same when it is a peculiar one or described alike."""
    if _peculiar(a.item.value) and "planned" not in (a.status, b.status):
        return True
    return len(_content(a.counted) & _content(b.counted)) > 1


def _peculiar(value: float) -> bool:
    """Whether a count is unlikely to come up twice by chance: 41, 6.5 million, but not 100,000."""
    return value >= SURE_COUNT and value % 10 ** (len(str(int(value))) - 1) != 0


def _nouns_agree(a: Mention, b: Mention) -> bool:
    if not a.noun or not b.noun:
        return True
    return _stem(a.noun) == _stem(b.noun)


def _stem(noun: str) -> str:
    noun = noun.lower()
    return _SYNONYMS.get(noun) or (noun[:-1] if noun.endswith("s") else noun)


def _nations_differ(a: str, b: str) -> bool:
    """Russian troops are never Ukrainian troops."""
    nations_a, nations_b = _nations(a), _nations(b)
    return bool(nations_a and nations_b and not nations_a & nations_b)


def _nations(phrase: str) -> frozenset[str]:
    found = set()
    for word in re.findall(r"[A-Z][\w.-]*", phrase):
        country = countries().by_adjective(word)
        if country is not None:
            found.add(country.alpha2)
    return frozenset(found)


def _content(phrase: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w{3,}", phrase.lower()) if word not in _LIGHT)
