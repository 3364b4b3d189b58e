"""What somebody is accused of, told as the claim that it is: "accused X of hiding it" as "X is hiding it".

Whose pronoun is meant is asked of `name_of`; the rest is pure.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from summarizer.extraction.by_rules.document import Document, Sentence
from summarizer.extraction.by_rules.entities import EntityTable
from summarizer.extraction.by_rules.frames import TIMES, Frame
from summarizer.extraction.by_rules.vocabulary import words

#: `name_of(pronoun, sentence, word)`: the name that it stands for, "" if nobody's.
NameOf: TypeAlias = Callable[[str, Sentence, int], str]
_OBJECT_PRONOUNS: Final = words("him her it them")
_MARKS: Final = frozenset((",", ";", "–", "—"))
#: "the army of neighbouring Sudan": no deed.
_NEIGHBOURING: Final = words(
    "neighbouring neighboring warring leading existing remaining following surrounding"
)
#: "called the company a week ago".
_UNITS: Final = words("week weeks month months year years day days hour hours minute minutes few ago")
_NAMING: Final = frozenset(("call", "describe", "label", "brand"))
_OPENS_OBJECT: Final = words("the his her its their this these those")
_OPENING_MARKS: Final = frozenset("“\"‘'")
_ENDS_BLAMED: Final = frozenset((",", ";", "–", "—", "and", "but", "."))
_QUOTES: Final = "“”\"'‘’"
#: "of" and "for" are looked for within so many words.
_MAX_OBJECT_WORDS: Final = 12


class Accusations:
    """Reads the accusations of one document."""

    def __init__(self, document: Document, table: EntityTable, name_of: NameOf) -> None:
        self.document = document
        self.table = table
        self.name_of = name_of

    def charge(self, sentence: Sentence, frame: Frame) -> str | None:
        """The claim in an accusation, or None.

        "accused Russia of preparing an attack" -> "Russia is preparing an attack."; "blamed X for Y" ->
        "X is responsible for Y."
        """
        tokens = sentence.tokens
        first, last = frame.content
        link = self._link_of_charge(sentence, frame)
        if link is None or link + 2 > last:
            return self._blamed(sentence, frame) if link is None else None
        stop = sentence.next_of(_MARKS, link + 2, last) or last
        target = self._target(sentence, first, link)
        deed = self.document.words(sentence, link + 1, stop).replace("“", "").replace("”", "").strip("'‘’\"")
        if not target or not deed:
            return None
        plural = tokens.tags[link - 1] in ("NNS", "NNPS")
        participle = tokens.tags[link + 1] == "VBG"
        if participle and deed.lower().startswith("having "):
            return f"{target} {'have' if plural else 'has'} {deed.split(' ', 1)[1]}."
        verb = "are" if plural else "is"
        if participle or (tokens.lowers[link + 1].endswith("ing") and link + 2 < stop):
            return f"{target} {verb} {deed}."
        return f"{target} {verb} responsible for {deed}."

    def _link_of_charge(self, sentence: Sentence, frame: Frame) -> int | None:
        """The "of" or "for" between the accused and the deed."""
        tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
        first, last = frame.content
        near = range(first + 1, min(last, first + _MAX_OBJECT_WORDS))
        deeds = (k for k in near if lowers[k] == "of" and tags[k + 1 : k + 2] == ["VBG"])
        of_deed = next((k for k in deeds if lowers[k + 1] not in _NEIGHBOURING), None)
        if of_deed is not None:
            return of_deed  # "its neighbour, the Republic of Lasko, | of breaking the truce"
        links = ("for", "of") if frame.verb_class.base == "accuse" else ("for",)
        return next((k for k in near if lowers[k] in links and lowers[k + 1] not in _NEIGHBOURING), None)

    def _blamed(self, sentence: Sentence, frame: Frame) -> str | None:
        """The claim in "blaming the army", which says for what elsewhere."""
        if (frame.verb_class.base, frame.verb_class.form) != ("blame", "ing"):
            return None
        first, last = frame.content
        stop = sentence.next_of(_ENDS_BLAMED, first + 1, last) or last
        target = self._target(sentence, first, stop)
        plural = sentence.tokens.tags[stop - 1] in ("NNS", "NNPS")
        return f"{target} {'are' if plural else 'is'} responsible." if target else None

    def verdict(self, sentence: Sentence, frame: Frame) -> str | None:
        """The claim in "called the raid a crime", "described the vote as “a farce”", or None."""
        lowers, (first, last) = sentence.tokens.lowers, frame.content
        if frame.verb_class.base not in _NAMING or lowers[first] not in _OPENS_OBJECT:
            return None
        near = range(first + 2, min(last - 1, first + _MAX_OBJECT_WORDS))
        begin = next((k for k in near if lowers[k] in ("a", "an") or lowers[k] in _OPENING_MARKS), None)
        if begin is None or sentence.has_finite(first, begin):
            return None
        end = begin - (lowers[begin - 1] == "as")
        if (end == begin) == (frame.verb_class.base == "describe") or not _UNITS.isdisjoint(
            lowers[begin:last]
        ):
            return None
        stop = sentence.next_of(_ENDS_BLAMED, begin + 1, last) or last
        told = self.document.words(sentence, begin, stop).replace("“", "").replace("”", "").strip("'‘’\" .")
        verb = "are" if sentence.tokens.tags[end - 1] in ("NNS", "NNPS") else "is"
        return f"{capitalised(self.document.words(sentence, first, end))} {verb} {told}."

    def _target(self, sentence: Sentence, first: int, link: int) -> str:
        """The accused, by their full name where they are a person."""
        lowers = sentence.tokens.lowers
        if link - first == 1 and lowers[first] in _OBJECT_PRONOUNS:
            return self.name_of(lowers[first], sentence, first)
        while link - 1 > first and (lowers[link - 1] in TIMES or lowers[link - 1] in ("on", "last")):
            link -= 1  # "accused Serbia on Monday of"
        index = self.table.at.get((sentence.index, link - 1))
        if index is not None and self.table.entities[index].kind == "person":
            return capitalised(self.table.entities[index].name)
        return capitalised(self.document.words(sentence, first, link).strip(_QUOTES))


def capitalised(text: str) -> str:
    """With a capital at its start."""
    return text[:1].upper() + text[1:]
