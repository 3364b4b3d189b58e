"""Names of several words whose first is in no list of given names: whose mentions together tell a person.

"Oyin Adesanwo" may be a person or a firm; "Ms Adesanwo", "Adesanwo said", ", 44," or "a schoolteacher" settle
it. Pure. Every mention of the whole name, of the surname alone and of the first word alone has its votes;
what stays open is left to `entity_kinds`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from summarizer.extraction.by_rules.document import Document, Sentence
from summarizer.extraction.by_rules.entity_kinds import is_everyday_body, next_is_named
from summarizer.extraction.by_rules.entity_names import is_single, surname
from summarizer.extraction.by_rules.names import FOREIGN_ARTICLES, Name
from summarizer.extraction.by_rules.noun_phrases import head_noun, phrase_before
from summarizer.extraction.by_rules.verbs import attribution_verbs
from summarizer.extraction.by_rules.vocabulary import (
    ORGANIZATION_DESCRIPTIONS,
    TITLE_HEADS,
    is_person_noun,
    word_set,
    words,
)
from summarizer.text.words import CLITIC_S, FINITE, is_common_word

_BEFORE_THINGS: Final = word_set("names", "people", "before_things")
_KIN: Final = word_set("names", "context", "kin")
_PERSONAL_VERBS: Final = word_set("names", "context", "personal_verbs")
_PERSONAL_POSSESSIONS: Final = word_set("names", "context", "personal_possessions")
_COMPANY_AFTER: Final = word_set("names", "context", "company_after")
_PERSONAL: Final = words("he she his her him himself herself")
_IMPERSONAL: Final = words("it its itself")
_BODIES: Final = ORGANIZATION_DESCRIPTIONS - TITLE_HEADS
#: What a person's name may have no part in: "Bernhard & Cie".
_NO_PERSON_MARKS: Final = frozenset(("&", "and", "of", "for"))
#: A name longer than this is no person's.
_MAX_WORDS: Final = 4
#: So much must the signs of a person outweigh those of a body.
_MIN_SCORE: Final = 2
#: So much tells the founder from the firm that bears his name.
_MIN_FOUNDER_SCORE: Final = 4
#: With a given name that is in the list, so much must tell a body.
_MAX_BODY_SCORE: Final = -4


def with_people(document: Document, names: Sequence[Name]) -> list[Name]:
    """The names, those of unknown kind made persons where what is around them tells it.

    Names of things are left out: "the ferry Maren Skog".
    """
    things = {name.text for name in names if _is_thing(document.sentences[name.sentence], name)}
    names = [name for name in names if name.text not in things]
    open_names = [n for n in names if _is_open(n)]
    if not open_names:
        return names
    weighed = _People(document, names).scores(open_names)
    bodies = _opening_bodies({n.text for n in open_names}, names)
    settled = []
    for name in names:
        score = weighed.get(name.text) if _is_open(name) else None
        settled.append(name if score is None else _settled(name, score, name.text in bodies))
    return settled


def _is_thing(sentence: Sentence, name: Name) -> bool:
    """Whether the noun right before a name says that it's a ship's, a film's or a drug's."""
    before = name.first - 1
    return (
        name.kind in ("unknown", "person")
        and name.role is None
        and before >= 0
        and sentence.tokens.lowers[before] in _BEFORE_THINGS
        and sentence.tokens.tags[before] != "VBD"
    )


def _is_open(name: Name) -> bool:
    """Whether only the words of a name, if anything, tell its kind."""
    told = name.role or name.courtesy or name.kind not in ("unknown", "person")
    return not told and not is_single(name.text)


def _settled(name: Name, score: int, opens_body: bool) -> Name:
    """The name with the kind that its score tells; `opens_body`: a longer name of a body begins with it."""
    if opens_body:
        return name._replace(kind="person" if score >= _MIN_FOUNDER_SCORE else "organization")
    if name.kind == "unknown" and score >= _MIN_SCORE:
        return name._replace(kind="person")
    if name.kind == "person" and score <= _MAX_BODY_SCORE:
        return name._replace(
            kind="organization"
        )  # "The hospice, Little Harbour House": Little is a given name
    return name


def _opening_bodies(texts: set[str], names: Sequence[Name]) -> set[str]:
    """Those of `texts` with which a body's name begins: "Golden Crane" of "Golden Crane Technology Inc"."""
    found: set[str] = set()
    for name in names:
        if name.kind == "organization":
            space = name.text.find(" ")
            while space >= 0:
                if name.text[:space] in texts:
                    found.add(name.text[:space])
                space = name.text.find(" ", space + 1)
    return found


class _People:
    """Weighs the mentions of one document's names."""

    def __init__(self, document: Document, names: Sequence[Name]) -> None:
        self.document = document
        self._by_sentence: dict[int, list[Name]] = defaultdict(list)
        self._singles: dict[str, list[Name]] = defaultdict(list)
        for name in names:
            self._by_sentence[name.sentence].append(name)
            if is_single(name.text) and name.kind in ("unknown", "person", "place"):
                self._singles[name.text.lower()].append(name)

    def scores(self, open_names: Sequence[Name]) -> dict[str, int]:
        """How surely these texts are persons' names; below zero for bodies'."""
        mentions: dict[str, list[Name]] = defaultdict(list)
        for name in open_names:
            mentions[name.text].append(name)
        return {text: self._score(text, own) for text, own in mentions.items()}

    def _score(self, text: str, mentions: Sequence[Name]) -> int:
        parts = text.split()
        if len(parts) > _MAX_WORDS or not _NO_PERSON_MARKS.isdisjoint(text.lower().split()):
            return 0
        last_name = surname(text)
        tails = self._singles.get(last_name.lower(), ())
        heads = self._singles.get(parts[0].lower(), ())
        score = sum(self._weigh(name) for name in mentions)
        score += sum(self._weigh_surname(name) for name in tails)
        if mentions[0].kind == "unknown":
            score -= sum(3 for name in heads if name.kind != "person")
        elif is_everyday_body(parts[-1].lower()):
            score -= 3 + 2 * sum(not name.courtesy for name in heads)  # "Brisa Solar … Brisa said"
        everyday = sum(is_common_word(part.lower()) for part in parts)
        if parts[0] in FOREIGN_ARTICLES:
            score -= 4
        return score - (2 * everyday if everyday == len(parts) and mentions[0].kind == "unknown" else 0)

    def _weigh(self, name: Name) -> int:
        """Signs around the whole name: above zero for a person, below for a body."""
        sentence = self.document.sentences[name.sentence]
        if name.first and sentence.tokens.lowers[name.first - 1] in ("at", "in"):
            return -2  # "Noor Rahimi at Handelsbank Nord said she": what follows is of another
        return (
            self._weigh_words(sentence, name)
            + _weigh_apposition_after(sentence, name.last)
            + _weigh_apposition_before(sentence, name.first)
            + self._weigh_pronouns(sentence, name)
        )

    def _weigh_surname(self, name: Name) -> int:
        """Signs around the last word alone; that it stands alone is one itself."""
        sentence = self.document.sentences[name.sentence]
        if name.courtesy:
            return 6
        alone = 0 if is_common_word(name.text.lower()) else 2
        return (
            alone
            + self._weigh_words(sentence, name)
            + _weigh_apposition_after(sentence, name.last)
            + max(0, self._weigh_pronouns(sentence, name))
        )

    def _weigh_words(self, sentence: Sentence, name: Name) -> int:
        """Signs in the words right around a mention."""
        tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
        after = name.last
        score = 0
        before = lowers[name.first - 1] if name.first else ""
        if before == "the" or before in _BODIES:
            score -= 4
        elif is_person_noun(before) and tags[name.first - 1] == "NN":
            score += 2
        if after >= len(lowers):
            return score
        if lowers[after] in _COMPANY_AFTER:
            score -= 3
        if lowers[after] in CLITIC_S and not _PERSONAL_POSSESSIONS.isdisjoint(lowers[after + 1 : after + 3]):
            score += 3
        speech = tags[after] in FINITE and lowers[after] in attribution_verbs()
        if speech or before in ("said", "says", "told"):
            score += 1
        verb = after
        while verb < len(lowers) - 1 and (
            tags[verb] == "RB" or lowers[verb] in ("was", "were", "has", "had", "is", "be", "been")
        ):
            verb += 1
        if lowers[verb] in _PERSONAL_VERBS:
            score += 2
        return score

    def _weigh_pronouns(self, sentence: Sentence, name: Name) -> int:
        """Weight of "he" or "its" after the name, with nobody else named between them."""
        others = [n.first for n in self._by_sentence[sentence.index] if n.first > name.first]
        lowers = sentence.tokens.lowers
        if name.first and lowers[name.first - 1] in ("told", "tells"):
            return 0  # "sources told X that he": somebody else
        stop = min(others, default=len(lowers))
        for k in range(name.last, stop):
            if lowers[k] in _PERSONAL:
                return 3
            if lowers[k] in _IMPERSONAL:
                return -3 if name.first <= 1 else -1
        return self._weigh_next(sentence) if stop == len(lowers) and name.first <= 1 else 0

    def _weigh_next(self, sentence: Sentence) -> int:
        """What the next sentence of the paragraph begins with: "She", "It"."""
        following = sentence.index + 1
        if following >= len(self.document.sentences):
            return 0
        opening = self.document.sentences[following].tokens.lowers[:1]
        if opening and opening[0] in _PERSONAL:
            return 2
        return -1 if opening and opening[0] in _IMPERSONAL else 0


def _weigh_apposition_after(sentence: Sentence, last: int) -> int:
    """Signs in ", 44," ", who", ", a schoolteacher at the village" or ", a law firm"."""
    written, lowers = sentence.tokens.words, sentence.tokens.lowers
    if lowers[last : last + 1] != [","] or last + 2 >= len(lowers):
        return 0
    first = last + 1
    if lowers[first] in ("who", "aged", "whose"):
        return 4
    if lowers[first] == "of":
        closing = sentence.next_word(",", first, len(lowers))
        return 3 if closing is not None and lowers[closing + 1] in attribution_verbs() else 0
    if written[first].isdigit() and lowers[first + 1] in (",", "who"):
        return 5
    if (
        lowers[first] not in ("a", "an", "the", "its", "their", "his", "her")
        and lowers[first] not in TITLE_HEADS
    ):
        return 0
    end = next(
        (k for k in range(first, len(lowers)) if lowers[k] in (",", ";", ".", "who", "which")), len(lowers)
    )
    if sentence.has_finite(first, end):
        return 0  # "In a note signed by Halima Yerdi, the forum said"
    if next_is_named(sentence.tokens, last, end):
        return 0  # "the port of Sarvo, the harbour master, Ilse Brandt, said"
    if any(written[k][0].isupper() and lowers[k - 1] in TITLE_HEADS for k in range(first + 1, end)):
        return 0  # "sank off Sarvo, the commander Ilse Brandt said": the role of the next name
    return _weigh_head(lowers[head_noun(sentence, first, end)])


def _weigh_apposition_before(sentence: Sentence, first: int) -> int:
    """Signs in "Its vice president of marketing, NAME," and "The law firm, NAME,"."""
    lowers = sentence.tokens.lowers
    if first < 2 or lowers[first - 1] != ",":
        return 0
    opening = phrase_before(sentence, first - 1)
    return _weigh_head(lowers[head_noun(sentence, opening, first - 1)])


def _weigh_head(noun: str) -> int:
    if noun in _BODIES:
        return -5
    return 4 if is_person_noun(noun) or noun in _KIN or noun.removesuffix("s") in _KIN else 0
