"""Find capitalised names in the sentences and say what each is: person, organization, country, place.

Pure. Finds mentions only; which mentions are one actor is decided in `entities`. Titles before a name
("US Secretary of State Antony Blinken", "chief executive Rowena Tait") belong to the mention's role.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final, Literal, NamedTuple

from summarizer.extraction.by_rules.document import Document, Sentence
from summarizer.extraction.by_rules.name_runs import (
    GENERIC_BODIES,
    JOINERS,
    begins_name,
    capitalised_inside,
    has_arabic_names,
    is_title_case,
    name_starts,
    run_end,
)
from summarizer.extraction.by_rules.name_titles import (
    MAX_PERSON_WORDS,
    given_after_office,
    is_office,
    is_ship,
    lower_title_start,
    name_after_title,
    with_qualifier,
)
from summarizer.extraction.by_rules.places import country_adjective, country_form, is_place
from summarizer.extraction.by_rules.vocabulary import (
    CORPORATE_SUFFIXES,
    COURTESY_TITLES,
    KNOWN_ORGANIZATIONS,
    OF_HEADS,
    ORGANIZATION_HEADS,
    POSTNOMINALS,
    TITLE_HEADS,
    TITLE_MODIFIERS,
    word_set,
)
from summarizer.text.words import CLITIC_S, first_names, is_common_word

NameKind = Literal["person", "organization", "country", "place", "unknown"]

#: "West Antarctica", "Northern Ossetia": a part of the world, unless its last word says that it's a body.
_DIRECTIONS: Final = frozenset(
    ("north", "south", "east", "west", "northern", "southern", "eastern", "western", "central")
)
_BEFORE_BODIES: Final = word_set("descriptions", "organizations", "before_names")
#: "La Nación", "El Farol": papers, parties and bars.
FOREIGN_ARTICLES: Final = word_set("names", "people", "foreign_articles")
_OPENS_FOREIGN_BODY: Final = word_set("names", "people", "opens_foreign_body")
_OPENS_EVENT: Final = word_set("names", "people", "opens_event")
_ENDS_EVENT: Final = word_set("names", "people", "ends_event")
#: A single word in capitals of this length is an organization's acronym.
_ACRONYM_LENGTHS: Final = range(2, 7)


class Name(NamedTuple):
    """One mention. Words `first:last` (exclusive) of the sentence are the name.

    `role` is the title's text, which begins at word `title_first`; `courtesy` a title that is no role
    ("mr"). `adjective`: a country's adjective by itself ("Russian"), which names no actor.
    """

    sentence: int
    first: int
    last: int
    title_first: int
    start: int
    end: int
    text: str
    role: str | None
    kind: NameKind
    adjective: bool = False
    courtesy: str | None = None


class _Title:
    """Words `first:last` that are somebody's role (none where empty), and a courtesy title that is none."""

    __slots__ = ("courtesy", "first", "last")

    def __init__(self, first: int, last: int, courtesy: str | None = None) -> None:
        self.first = first
        self.last = last
        self.courtesy = courtesy


def find_names(document: Document) -> list[Name]:
    """All names in text order. Title Case headlines give none."""
    finder = _NameFinder(document)
    return [
        name
        for sentence in document.sentences
        if sentence.role != "headline" or not is_title_case(sentence)
        for name in finder.in_sentence(sentence)
    ]


class _NameFinder:
    """Finds the names of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.inside = capitalised_inside(document)
        self.arabic = has_arabic_names(document)

    def in_sentence(self, sentence: Sentence) -> list[Name]:
        found: list[Name] = []
        done = 0
        for i in name_starts(sentence, self.arabic):
            if i >= done and begins_name(sentence, i, self.inside):
                done = run_end(sentence, i)
                found.extend(self._split_run(sentence, i, done))
        return found

    def _split_run(self, sentence: Sentence, first: int, last: int) -> list[Name]:
        """Cut a capitalised run into adjective, title and name."""
        written = sentence.tokens.words
        while last > first and not written[last - 1][0].isalnum():
            last -= 1
        while last - first > 2 and written[last - 1] in POSTNOMINALS:
            last -= 1
        whole = self.document.words(sentence, first, last)
        if whole in KNOWN_ORGANIZATIONS or country_form(whole) is not None:
            return [self._name(sentence, first, last)]
        if is_office(sentence.tokens.lowers[first:last]) or is_ship(sentence, first):
            return []  # "the Secretary of State": a description, not a name
        if last - first == 1:
            return self._plain(sentence, first, last)
        if sentence.tokens.lowers[first] in _BEFORE_BODIES and _is_start(sentence, first):
            return [self._name(sentence, first + 1, last, kind="organization")]  # "Chipmaker Aldera"
        if self._is_event(sentence, first, last):
            return []
        person = name_after_title(sentence, first, last)
        if person is not None:
            return self._titled(sentence, first, person, last)
        return self._plain(sentence, first, last)

    def _is_event(self, sentence: Sentence, first: int, last: int) -> bool:
        """Whether a name of several words is a storm's, an operation's, a law's or a contest's: no actors."""
        lowers = sentence.tokens.lowers
        ends = lowers[last - 1] in _ENDS_EVENT and sentence.tokens.words[first] not in first_names()
        return lowers[first] in _OPENS_EVENT or ends

    def _titled(self, sentence: Sentence, first: int, person: int, last: int) -> list[Name]:
        """The names in a run whose title ends before `person`: that person, and who stands in the title."""
        lowers = sentence.tokens.lowers
        rank = first
        while (
            rank < person
            and lowers[rank] not in TITLE_HEADS
            and lowers[rank] not in TITLE_MODIFIERS
            and lowers[rank] not in COURTESY_TITLES
        ):
            rank += 1
        # A leading organization or country belongs to the title but is a mention of its own.
        names = self._plain(sentence, first, rank)
        title_words = [w for w in lowers[first:person] if w != "."]
        if all(w in COURTESY_TITLES for w in title_words):
            title = _Title(lower_title_start(sentence, first), first, courtesy=title_words[0])
        else:
            title = _Title(with_qualifier(sentence, first), person)
        return [*names, self._person(sentence, person, last, title)]

    def _plain(self, sentence: Sentence, first: int, last: int) -> list[Name]:
        """A run without a capitalised title: perhaps adjective + name, perhaps after a lower-case title."""
        if first >= last:
            return []
        if self._opens_with_adjective(sentence, first, last):
            return [self._name(sentence, first, first + 1), *self._plain(sentence, first + 1, last)]
        given = given_after_office(sentence, first, last)
        if given is not None:
            begin = lower_title_start(sentence, given[0])
            title = _Title(begin, given[1])
            return [self._name(sentence, first, given[1]), self._person(sentence, given[1], last, title)]
        kind = self._kind(sentence, first, last)
        title_first = lower_title_start(sentence, first)
        if title_first == first:
            if kind == "organization" and self._needs_country(sentence, first, last):
                return [self._name(sentence, first - 2, last, kind="organization")]
            return [self._name(sentence, first, last, kind)]
        counterpart = sentence.tokens.lowers[first - 1] == "counterpart"
        if kind in ("unknown", "person") or (kind == "place" and not counterpart):
            title = _Title(title_first, title_first if counterpart else first)
            return [self._person(sentence, first, last, title)]
        return [self._name(sentence, first, last, kind)]

    def _opens_with_adjective(self, sentence: Sentence, first: int, last: int) -> bool:
        """As in "Russian Vladimir Putin", "British India"."""
        written = sentence.tokens.words
        if last - first < 2 or country_adjective(written[first]) is None:
            return False
        person = written[first + 1] in first_names() and last - first >= 3
        return person or self._kind(sentence, first + 1, last) == "country"

    def _needs_country(self, sentence: Sentence, first: int, last: int) -> bool:
        """As in "Ukraine's Defense Ministry": without its country the name is nobody's."""
        written, lowers = sentence.tokens.words, sentence.tokens.lowers
        return (
            first >= 2
            and lowers[first - 1] in CLITIC_S
            and country_form(written[first - 2]) is not None
            and lowers[last - 1] in GENERIC_BODIES
        )

    def _kind(self, sentence: Sentence, first: int, last: int) -> NameKind:
        """What the words of a name tell of its kind."""
        written, lowers = sentence.tokens.words[first:last], sentence.tokens.lowers[first:last]
        whole = self.document.words(sentence, first, last)
        if whole in KNOWN_ORGANIZATIONS:
            return "organization"
        if lowers[:2] in (["republic", "of"], ["kingdom", "of"]) and len(written) > 2:
            return "country"
        if country_form(whole) is not None:
            return "country"
        if len(written) == 1:
            return _kind_of_word(written[0], lowers[0], is_place(whole))
        if (
            lowers[-1] in ORGANIZATION_HEADS
            or lowers[-1] in CORPORATE_SUFFIXES
            or any(a in OF_HEADS and b in JOINERS for a, b in pairwise(lowers))
            or "&" in lowers
            or written[0] in _OPENS_FOREIGN_BODY
        ):
            return "organization"
        place = is_place(whole) or (len(written) == 2 and lowers[0] in _DIRECTIONS)
        initials_apart = sum(w != "." for w in written)
        given = written[0] in first_names() and written[0] not in FOREIGN_ARTICLES
        person = given and 2 <= initials_apart <= MAX_PERSON_WORDS and not place
        if person and not (first and sentence.tokens.lowers[first - 1] == "the"):
            return "person"
        if place:
            return "place"
        return "organization" if any(w in ORGANIZATION_HEADS for w in lowers) else "unknown"

    # -- records ------------------------------------------------------------------------------

    def _person(self, sentence: Sentence, first: int, last: int, title: _Title) -> Name:
        return self._record(sentence, first, last, "person", title)

    def _name(self, sentence: Sentence, first: int, last: int, kind: NameKind | None = None) -> Name:
        """A name without a title."""
        kind = kind or self._kind(sentence, first, last)
        return self._record(sentence, first, last, kind, _Title(first, first))

    def _record(self, sentence: Sentence, first: int, last: int, kind: NameKind, title: _Title) -> Name:
        text = self.document.words(sentence, first, last)
        one_word = kind in ("unknown", "place") and last - first == 1
        has_role = title.first < title.last
        role = self.document.words(sentence, title.first, title.last) if has_role else None
        start, end = sentence.tokens.starts[first], sentence.tokens.ends[last - 1]
        adjective = one_word and country_adjective(text) is not None
        where = (sentence.index, first, last, title.first, start, end)
        return Name(*where, text, role, kind, adjective, title.courtesy)


def _is_start(sentence: Sentence, i: int) -> bool:
    """Whether a word is capitalised for its place: it opens the sentence or a quotation."""
    return not i or not sentence.tokens.words[i - 1][0].isalnum()


def _kind_of_word(word: str, lower: str, place: bool) -> NameKind:
    """Kind of a name of one word that is in no list of names."""
    if lower in ORGANIZATION_HEADS and (word.isupper() or is_common_word(lower)):
        return "unknown"
    if lower in CORPORATE_SUFFIXES:
        return "organization"
    if place:
        return "place"
    acronym = word.isupper() and word.isalpha() and len(word) in _ACRONYM_LENGTHS
    return "organization" if acronym else "unknown"
