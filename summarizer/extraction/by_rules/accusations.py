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
            return None
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
        of_deed = next((k for k in near if lowers[k] == "of" and tags[k + 1 : k + 2] == ["VBG"]), None)
        if of_deed is not None:
            return of_deed  # "its neighbour, the Republic of Lasko, | of breaking the truce"
        links = ("for", "of") if frame.verb_class.base == "accuse" else ("for",)
        return next((k for k in near if lowers[k] in links), None)

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
