"""A claim's text in plain order: who, then what he does; without asides that only say who he is.

Pure. "Among the dead is Ana Ruiz, the mayor of Vado" says what "Ana Ruiz is among the dead" says, and "this
was a deliberate attack on the port by the navy" that the navy attacked it. An aside is dropped only where a
name tells whom or what it is about, and a verb or the end of the claim follows: a list is none. What stands
here is for comparing claims; no reader sees it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from summarizer.merging.claim_words import claim_lexicon

_NAME = r"[A-Z][\w'’.-]*(?: (?:(?:of|the|de|al|el|del|von|van) )?[A-Z][\w'’.-]*){0,5}"
_BE = r"(?:is|are|was|were)"
_VERB = (
    r"(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|do"
    r"|(?:not |never )?[a-z]{2,}(?:ed|es)|left|took|gave|made|said|sold|bought|broke|fled|shot|led|lost"
    r"|met|paid|ran|sent|won|went|came|knew|held|told|fell|hid|saw|got|began|sought|wants?|plans?|denies)\b"
)
#: ", the mayor of Vado, was …", ", who visited the wounded, called …", ", alias Hook, …"
_ASIDE = re.compile(
    rf"^((?:The |the )?(?:[A-Za-z][\w'’-]* ){{0,4}}?{_NAME}), "
    rf"(?:the|an?|its|his|her|their|who|which|whose|alias|known as|also known|head|chief|boss|leader"
    rf"|owner|maker|founder|one of)\b"
    rf"[^,;:]{{1,90}}, (?={_VERB})"
)
#: "The country's largest lender, Vado Bank, asked …"
_DESCRIBED = re.compile(
    rf"^(?:The|An?|Its|His|Her|Their|{_NAME}['’]s?) (?:[\w'’-]+ ){{0,6}}[a-z][\w-]*, ({_NAME}), (?={_VERB})"
)
#: "… the market in Vado, a town 12 km from the border"
_TRAILING = re.compile(rf"(?<=[a-z] )({_NAME}), (?:an?|the|its|his|her) [a-z][^,;:]{{2,90}}$")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|said|says|did|does|fired|and|or|but|[a-z]{3,}ed)\b"
)
_AMONG = re.compile(rf"^Among ([^,;:]{{3,60}}?) ({_BE}) (.{{3,}})$")
_LAST_ASIDE = re.compile(
    rf"^({_NAME}), (?:the|an?|its|his|her|who|alias|head|chief|boss|leader)\b(?:(?!, and\b)[^;:])*$"
)
#: "the mayor's wife, Ana Ruiz"
_LAST_NAME = re.compile(rf"^[^,;:]* [a-z][\w-]*, ({_NAME})$")
_DEED = re.compile(
    rf"^(?:This|That|It) {_BE} (?:clearly |in fact )?(?:an? |the )?(?:[a-z]+ )?"
    r"(?:attack|(?:air |drone |missile )strike|raid|assault|ambush|offensive) "
    r"(?:on|against) (.{3,80}?) (?:carried out |staged |launched |committed )?by (.{3,60}?)\.?$"
)


#: "shortly after 9 a.m.": no clause begins there, the deed comes after it.
_CLOCK = re.compile(
    r" (?:(?:shortly|just|soon|right) )?(?:after|before|until|since|around|at|by)"
    r" \d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\b\.?"
    r"(?: local time)?",
    re.I,
)


#: "a tunnel about 40 metres long"; of "the tunnel is 40 metres long" it is what is claimed.
_MEASURE = re.compile(
    r"(\w+) (?:(?:about|some|nearly|around) )?\d+(?:\.\d+)?[- ]"
    r"(?:met(?:er|re)s?|km|kilomet(?:er|re)s?|feet|foot|miles?|m)[- ](?:long|wide|deep|high)\b"
)


def _without_measure(found: re.Match[str]) -> str:
    return found[0] if re.fullmatch(_BE + "|be|been|being|only|not", found[1]) else found[1]


def in_plain_order(text: str) -> str:
    """The text with its subject first, and without asides about named ones."""
    if text.startswith("Among "):
        text = _from_among(text)
    elif text.startswith(("This ", "That ", "It ")) and " by " in text:
        text = _DEED.sub(lambda found: f"{_capital(found[2])} attacked {found[1]}", text)
    if "a.m." in text or "p.m." in text or " am " in text or " pm " in text:
        text = _CLOCK.sub("", text)
    if " long" in text or " deep" in text or " wide" in text or " high" in text:
        text = _MEASURE.sub(_without_measure, text)
    if "," not in text:
        return text
    text = _ASIDE.sub(r"\1 ", text)
    text = _DESCRIBED.sub(r"\1 ", text)
    found = _TRAILING.search(text)
    if found is not None and not _FINITE.search(text[found.end(1) :]):
        text = text[: found.end(1)]
    return text


@cache
def _relatives() -> frozenset[str]:
    return frozenset(claim_lexicon()["slots"]["relatives"].split())


@cache
def _related() -> re.Pattern[str]:
    words = "|".join(sorted(_relatives()))
    return re.compile(
        rf"(?:['’]s?|\b(?:his|her|their|its)) (?:[a-z-]+ ){{0,2}}?({words})\b|\b({words}) of\b", re.I
    )


def relatives_in(subject: str, words: Sequence[str]) -> frozenset[str]:
    """Of "Otto's wife" the wife: the claim is about her. `words` are those of `subject`, in lower case."""
    if _relatives().isdisjoint(words):
        return frozenset()
    return frozenset((one or other).lower() for one, other in _related().findall(subject))


def _from_among(text: str) -> str:
    found = _AMONG.match(text)
    if found is None:
        return text
    whom, be, who = found[1], found[2], found[3].rstrip(".")
    who = _LAST_ASIDE.sub(r"\1", _LAST_NAME.sub(r"\1", who))
    return f"{_capital(who)} {be} among {whom}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def _keyed_phrases() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """What a text must hold, in lower case; the phrase; the word for it."""
    return tuple(
        (key, re.compile(pattern, 0 if "[A-Z]" in pattern else re.I), word)
        for key, pattern, word in claim_lexicon()["keyed_phrases"]
    )


def in_usual_words(text: str) -> str:
    """The text with the phrases of the lexicon that stand for one word turned into it."""
    lower = text.lower()
    for key, pattern, word in _keyed_phrases():
        if key in lower:
            text = pattern.sub(word, text)
    return text
