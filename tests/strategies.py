"""Hypothesis strategies for news text: articles in awkward typography, quotes and tampered quotes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from hypothesis import strategies as st

from summarizer.grounding.locate import stands_apart
from summarizer.records.article import Article, Published

#: One number, bound, negation, hedge or name at least in each; several fields of news.
SENTENCES = (
    "More than 4,600 similar claims are pending against Dellacroix nationwide.",
    "The ministry said about 70 thousand troops are not stationed near the border.",
    "Up to 175,000 soldiers could be involved, according to officials in Washington.",
    "Halvern expects sales to grow between 4% and 6% this year, Karin Lindqvist said.",
    "At least 12 people were killed and 41 others may have been injured in Marlow County.",
    "“We have not decided whether to appeal,” said Anita Broussard, the firm's counsel.",
    "The Kremlin denies that it plans to invade Ukraine.",
    "Profit fell to 1.42 billion crowns from 1.78 billion crowns a year earlier.",
    "The probe will probably reach Europa in 2031, the European Space Agency said.",
    "Nearly half of the 27 members never signed the treaty, Stoltenberg told reporters.",
    "Regulators in France cannot rule out a fine of as much as $1.3 billion.",
    "The storm moved within 200 kilometers of Manila but no deaths were reported.",
    "Orbisline might cut roughly 640 jobs, two people familiar with the plan said.",
    "Temperatures could exceed 40 degrees in Seville on Friday, forecasters warned.",
    "The vaccine is 94 percent effective, and Moderna should know more by May.",
    "Judge Luis Barrientos isn't likely to rule before Tuesday.",
    "Some 260 km (160 mi) of track were rebuilt by Deutsche Bahn without delays.",
    "Zelenskyy hasn't said how many of the 130,000 recruits would be trained in Kyiv.",
    "Around three million barrels a day must still be shipped through Hormuz.",
    "Dr. Renee Castellano said the outbreak is unlikely to spread beyond 14 days.",
)

_NUMBERS = ("9", "13", "512", "3,000", "8.25")
_BOUNDS = (
    "more than", "at least", "up to", "about", "nearly", "some", "roughly", "within", "as much as",
    "around", "between", "fewer than", "at most",
)  # fmt: skip
_MODALS = (
    "could", "may", "might", "will", "must", "should", "would", "probably", "likely", "unlikely", "expects",
)  # fmt: skip
_NAMES = (
    "Dellacroix", "Washington", "Karin Lindqvist", "Halvern", "Anita Broussard", "Kremlin", "Ukraine",
    "Europa", "Stoltenberg", "France", "Manila", "Orbisline", "Seville", "Moderna", "Luis Barrientos",
    "Deutsche Bahn", "Zelenskyy", "Kyiv", "Hormuz", "Renee Castellano", "Marlow County",
    "European Space Agency",
)  # fmt: skip
_OTHER_NAMES = ("Petrov", "Angela Moss", "Norland", "Acme Corp", "Lagos", "Xu Wei")
_UNITS = {"crowns": "dollars", "kilometers": "miles", "percent": "basis points", "km": "mi",
          "barrels": "tonnes", "$": "€", "%": " points", "days": "weeks", "degrees": "knots"}  # fmt: skip
_NEGATIONS = {
    "are not": "are", "have not": "have", "never ": "", "cannot": "can", "no deaths": "deaths",
    "isn't": "is", "hasn't": "has", "denies that": "says that", "without": "with", "will": "will not",
    "could": "could not",
    "said": "did not say", "were": "were not", "is": "is not", "unlikely": "likely",
}  # fmt: skip

#: Between sentences and inside them, as pages have it.
_SPACES = (" ", "  ", "\n", "\n\n", "\u00a0", " \u200b", "\u2009")
_DISGUISES = {
    " ": ("\u00a0", "\u202f", " \u200e", "  "),
    "'": ("’", "ʼ"),
    "-": ("‑", "–"),
    "fi": ("ﬁ",),
    "ff": ("ﬀ",),
    "e": ("e\u00ad", "é", "e\u0323"),
    "o": ("o\u200d", "ö"),
    "S": ("S", "🙂S", "\u202bS\u202c"),
}


@dataclass(frozen=True)
class Tampered:
    """A quote of `text` that was changed, and the kind of change."""

    text: str
    quote: str
    kind: str


@st.composite
def articles(draw: st.DrawFn, disguise: bool = True) -> str:
    """A text (NFC) of one to six sentences, some of them repeated, in awkward typography."""
    chosen = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
    text = chosen[0]
    for sentence in chosen[1:]:
        text += draw(st.sampled_from(_SPACES)) + sentence
    if disguise:
        for _ in range(draw(st.integers(0, 6))):
            plain = draw(st.sampled_from(sorted(_DISGUISES)))
            places = [match.start() for match in re.finditer(re.escape(plain), text)]
            if places:
                at = draw(st.sampled_from(places))
                text = text[:at] + draw(st.sampled_from(_DISGUISES[plain])) + text[at + len(plain) :]
    return unicodedata.normalize("NFC", text)


@st.composite
def verbatim_quotes(draw: st.DrawFn, text: str) -> tuple[int, int]:
    """A span of `text` that starts and ends where words and numbers do, with something visible in it."""
    starts = [match.start() for match in re.finditer(r"\S+", text)]
    ends = [match.end() for match in re.finditer(r"\S+", text)]
    start = draw(st.sampled_from(starts))
    end = draw(st.sampled_from([end for end in ends if end > start][:30]))
    # Also without the punctuation around it.
    while draw(st.booleans()) and end - start > 1 and text[end - 1] in ".,”'’\"":
        end -= 1
    while draw(st.booleans()) and end - start > 1 and text[start] in "“'‘\"($":
        start += 1
    return (start, end) if stands_apart(text, start, end) else (starts[0], ends[-1])


def _edits(sentence: str, kind: str) -> list[tuple[int, int, str]]:
    """Places and replacements that tamper with a sentence in one way."""
    edits: list[tuple[int, int, str]] = []

    def swap(words: str, others: list[str]) -> None:
        for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", sentence, re.IGNORECASE):
            edits.extend((match.start(), match.end(), other) for other in others if other != match.group())

    if kind == "number":
        for match in re.finditer(r"\d+(?:[.,]\d+)*", sentence):
            digits = match.group()
            changed = [
                digits[:i] + str((int(char) + 1) % 10) + digits[i + 1 :]
                for i, char in enumerate(digits)
                if char.isdigit()
            ]
            edits.extend((*match.span(), other) for other in (*changed, *_NUMBERS) if other != digits)
    elif kind == "bound":
        for bound in _BOUNDS:
            swap(bound, [other for other in _BOUNDS if other != bound])
    elif kind == "modal":
        for modal in _MODALS:
            swap(modal, [other for other in _MODALS if other != modal])
    elif kind == "name":
        for name in _NAMES:
            swap(name, list(_OTHER_NAMES))
    elif kind == "unit":
        for unit, other in _UNITS.items():
            pattern = rf"{re.escape(unit)}(?!\w)" if unit.isalpha() else re.escape(unit)
            edits.extend((*match.span(), other) for match in re.finditer(pattern, sentence))
    elif kind == "negation":
        for words, other in _NEGATIONS.items():
            pattern = rf"(?<!\w){re.escape(words)}" + ("" if words.endswith(" ") else r"(?![^\W\d_])")
            edits.extend((*match.span(), other) for match in re.finditer(pattern, sentence))
    return edits


@st.composite
def tampered_quotes(draw: st.DrawFn, kind: str) -> Tampered:
    """An article and a quote of it with one meaning-bearing change of the given kind."""
    text = draw(articles(disguise=False))
    choices = [
        (sentence, edit) for sentence in SENTENCES if sentence in text for edit in _edits(sentence, kind)
    ]
    if not choices:
        extra = draw(st.sampled_from([one for one in SENTENCES if _edits(one, kind)]))
        text = f"{text}\n{extra}"
        choices = [(extra, edit) for edit in _edits(extra, kind)]
    sentence, (start, end, other) = draw(st.sampled_from(choices))
    # Any run of words around the change, three words at least on one side of it.
    words = [match.span() for match in re.finditer(r"\S+", sentence)]
    before = [span for span in words if span[1] <= start]
    after = [span for span in words if span[0] >= end]
    first = draw(st.integers(0, len(before)))
    last = draw(st.integers(0, len(after)))
    if first + last < 3:
        first, last = len(before), len(after)
    begin = before[-first][0] if first else min(start, next((s for s, e in words if e > start), start))
    finish = after[last - 1][1] if last else max(end, next((e for s, e in words if e >= end), end))
    return Tampered(text, sentence[begin:start] + other + sentence[end:finish], kind)


def article_of(text: str) -> Article:
    """An article of this text, of 19 January 2022."""
    published = Published(date="2022-01-19", basis="stated")
    return Article(
        id="story", title=None, outlet=None, origin=None, published=published, language="en", source="-",
        text=text,
    )  # fmt: skip
