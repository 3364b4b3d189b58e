"""Runs of capitalised words: where a name may begin in a sentence and where it ends.

Pure. A run may hold titles and adjectives besides the name ("US Secretary of State Antony Blinken"); it is
cut in `names`. Knows what joins two capitalised words into one name: "of", "and", initials, particles.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.document import Document, Sentence
from summarizer.extraction.by_rules.places import country_adjective, country_form
from summarizer.extraction.by_rules.vocabulary import (
    CALENDAR,
    CORPORATE_SUFFIXES,
    GROUP_NOUNS,
    KNOWN_ORGANIZATIONS,
    OF_HEADS,
    ORGANIZATION_HEADS,
    TITLE_HEADS,
    TITLE_MODIFIERS,
    is_person_noun,
    is_plural_acronym,
    lexicon,
    word_set,
)
from summarizer.text.words import CLITIC_S, first_names, is_common_word

#: Bodies that many states have: without its country the name is nobody's.
GENERIC_BODIES: Final = word_set("names", "organizations", "generic")
#: What joins an organization's name with its field: "Department of Health".
JOINERS: Final = frozenset(("of", "for", "on", "against", "&"))
_NEVER: Final = word_set("names", "capitals", "never")
_NO_NAMES: Final = _NEVER | CALENDAR | word_set("names", "capitals", "stop")
_FUNCTION_WORDS: Final = word_set("names", "capitals", "function_words")
_MODIFIER_TAILS: Final = tuple(lexicon("names")["capitals"]["modifier_tails"].split())
_OPENS_BODY: Final = word_set("names", "people", "opens_body")
_NO_QUALIFIERS: Final = word_set("names", "people", "no_qualifiers")
_KIN: Final = word_set("names", "context", "kin")
_COURTESY: Final = frozenset(("mr", "mrs", "ms", "dr"))
_DOTTED: Final = word_set("names", "capitals", "dotted")
_PARTICLES: Final = word_set("names", "people", "particles")
#: Of these, the ones that are no English words: they need no known given name before them.
_SURE_PARTICLES: Final = frozenset(
    ("de", "von", "der", "del", "della", "di", "da", "dos", "du", "bin", "ibn", "van", "es")
)
_OPENING_QUOTES: Final = frozenset("“\"‘'")
_CLOSING_QUOTES: Final = frozenset("”\"’'")
_OWNED: Final = frozenset(("office", "guild", "forum", "conference", "affairs", "rights"))
_AND_HEADS: Final = word_set("names", "organizations", "and_heads")
#: Plural nouns for people that a sentence may begin with.
_PEOPLE_ENDINGS: Final = ("ists", "isers", "izers")
_ARABIC_ARTICLES: Final = ("al-", "el-")
_MARKS_BEFORE_NAMES: Final = CLITIC_S | {",", "(", "-", "–", "/", "&", "."}
#: In Title Case at least so many longer words, and this share of them, are capitalised.
_MIN_TITLE_WORDS: Final = 4
_TITLE_CASE_SHARE: Final = 0.8


def is_title_case(sentence: Sentence) -> bool:
    """Whether a headline is in Title Case or capitals, so that its capitals tell nothing."""
    fewest = _TITLE_CASE_SHARE * _MIN_TITLE_WORDS
    if len(sentence.capitals) < fewest:
        return False
    words = sentence.tokens.words
    capitals = len([i for i in sentence.capitals if len(words[i]) > 3])
    if capitals < fewest:
        return False
    letters = len([w for w in words if len(w) > 3 and w[0].isalpha()])
    return letters >= _MIN_TITLE_WORDS and capitals >= _TITLE_CASE_SHARE * letters


def capitalised_inside(document: Document) -> set[str]:
    """Words that stand capitalised where no rule of spelling asks for it."""
    seen: set[str] = set()
    for sentence in document.sentences:
        if sentence.role != "body" or is_title_case(sentence):
            continue
        written = sentence.tokens.words
        seen.update(written[i] for i in sentence.capitals if i and written[i - 1][0].isalnum())
    return seen


def has_arabic_names(document: Document) -> bool:
    """Whether a name may begin with an article in small letters: "al-Shabaab"."""
    return any(article in document.text for article in _ARABIC_ARTICLES)


def name_starts(sentence: Sentence, arabic: bool) -> list[int]:
    """The words that have a name's capital: at their start or, with `arabic`, after an Arabic article."""
    if not arabic:
        return sentence.capitals
    articled = [i for i, word in enumerate(sentence.tokens.words) if word.startswith(_ARABIC_ARTICLES)]
    return sorted([*sentence.capitals, *articled])


def begins_name(sentence: Sentence, i: int, inside: set[str]) -> bool:
    """Whether a name may begin at word `i`; `inside`: words that stand capitalised inside sentences."""
    written, lowers = sentence.tokens.words, sentence.tokens.lowers
    word, lower = written[i], lowers[i]
    if not word[0].isupper():
        return word.startswith(_ARABIC_ARTICLES) and len(word) > 4 and word[3].isupper()
    if lower in _COURTESY and _courtesy_opens(sentence, i):
        return True
    if lower in _NO_NAMES or lower.endswith(_MODIFIER_TAILS):
        return False
    if not word.isalpha() and any(map(str.isdigit, word)):
        return False
    if is_plural_acronym(word):
        return False
    previous = written[i - 1] if i else ""
    if lower in _FUNCTION_WORDS and not previous[:1].isupper():
        return False
    if len(word) == 1:
        return i + 2 < len(written) and written[i + 1] == "." and written[i + 2][0].isupper()
    if previous[:1].isalnum():
        return True
    if previous in _MARKS_BEFORE_NAMES:
        return previous != "." or not is_common_word(lower) or word in inside
    return _begins_name_at_start(sentence, i, inside)


def _courtesy_opens(sentence: Sentence, i: int) -> bool:
    """Whether "Mr" or "Mr." at `i` stands before a name."""
    written, lowers = sentence.tokens.words, sentence.tokens.lowers
    name = i + 2 if written[i + 1 : i + 2] == ["."] else i + 1
    return name < len(written) and written[name][0].isupper() and lowers[name] not in _NO_NAMES


def _begins_name_at_start(sentence: Sentence, i: int, inside: set[str]) -> bool:
    """At a start (of the sentence, of a quotation, after a colon) the capital says little."""
    written, lowers = sentence.tokens.words, sentence.tokens.lowers
    word, lower = written[i], lowers[i]
    if lower in GROUP_NOUNS or lower.endswith(_PEOPLE_ENDINGS):
        return False
    if word in inside or not is_common_word(lower) or word.isupper():
        return True
    following = written[i + 1] if i + 1 < len(written) else "."
    if following[0].isupper() and lowers[i + 1] not in _NEVER and lowers[i + 1] not in CALENDAR:
        return (
            f"{word} {following}" in KNOWN_ORGANIZATIONS
            or _opens_everyday_name(sentence, i)
            or word in first_names()
            or lower in TITLE_HEADS
            or lower in ORGANIZATION_HEADS
            or lower in TITLE_MODIFIERS
            or country_adjective(word) is not None
        )
    if word in KNOWN_ORGANIZATIONS and (following in CLITIC_S or _is_past_or_modal(sentence, i + 1)):
        return True  # "Labour said"
    if lower in OF_HEADS and following in ("of", "for"):
        return True
    return country_form(word) is not None or country_adjective(word) is not None


def _opens_everyday_name(sentence: Sentence, i: int) -> bool:
    """Whether an everyday noun at a start opens a name: "Time Warner said", not "Goalkeeper Emma Voss"."""
    lower, following = sentence.tokens.lowers[i], sentence.tokens.words[i + 1]
    tag = sentence.tokens.tags[i]
    body = tag == "JJ" and lower not in _NO_QUALIFIERS and _closes_body(sentence, i + 1)
    return (
        (body or tag in ("NN", "NNP") or lower in _OPENS_BODY)
        and not is_person_noun(lower)
        and lower not in _KIN
        and not is_plural_acronym(following)
        and country_form(following) is None
    )


def _closes_body(sentence: Sentence, i: int) -> bool:
    """Whether word `i` closes a firm's name: "Orbital | Foods said"."""
    body = sentence.tokens.lowers[i] in ORGANIZATION_HEADS or sentence.tokens.words[i] in KNOWN_ORGANIZATIONS
    return body and i + 1 not in sentence.capitals


def _is_past_or_modal(sentence: Sentence, i: int) -> bool:
    tokens = sentence.tokens
    return i < len(tokens) and (tokens.tags[i] in ("VBD", "MD") or tokens.lowers[i] in ("has", "is", "says"))


def run_end(sentence: Sentence, first: int) -> int:
    """End of the run of capitalised words that begins at `first`."""
    lowers, written = sentence.tokens.lowers, sentence.tokens.words
    has_head = lowers[first] in OF_HEADS
    and_head = lowers[first] in _AND_HEADS
    i = first + 1
    while i < len(lowers):
        if _continues_name(sentence, i):
            has_head = has_head or lowers[i] in OF_HEADS
            and_head = and_head or lowers[i] in _AND_HEADS
            i += 1
            continue
        after = _after_joiner(sentence, i) if has_head else None
        if after is not None and lowers[i] == "of" and country_form(written[after - 1]) is not None:
            return after  # "Ministry of Defense of Ukraine | Reznikov"
        if after is None:
            after = _after_link(sentence, i, first, and_head)
        if after is None:
            return i
        i = after
    return i


def _continues_name(sentence: Sentence, i: int) -> bool:
    """Whether word `i` goes on with a name by itself: a capital, or the dot of an initial or of "Sen."."""
    written, lowers = sentence.tokens.words, sentence.tokens.lowers
    word, lower = written[i], lowers[i]
    following = written[i + 1] if i + 1 < len(written) else "."
    if word == ".":
        return (len(written[i - 1]) == 1 and following[0].isupper()) or lowers[i - 1] in _DOTTED
    if word.startswith(_ARABIC_ARTICLES):
        return len(word) > 4 and word[3].isupper()  # "Salem al-Harbi"
    if not word[0].isupper() or lower in CALENDAR or is_plural_acronym(word):
        return False
    if lower in _NEVER and lower not in _COURTESY:
        return False
    return len(word) > 1 or following == "." or following[0].isupper()


def _after_joiner(sentence: Sentence, i: int) -> int | None:
    """Word after "of Health", "for the Environment", once the name has a head that takes them."""
    written, lowers = sentence.tokens.words, sentence.tokens.lowers
    if lowers[i] not in JOINERS or i + 1 >= len(lowers):
        return None
    field = i + 2 if lowers[i + 1] == "the" and i + 2 < len(lowers) else i + 1
    if (
        written[field][0].isupper()
        and lowers[field] not in CALENDAR
        and (lowers[i - 1] in OF_HEADS or lowers[i] == "&" or lowers[i - 2 : i] == ["of", "state"])
    ):
        return field + 1
    return None


def _after_link(sentence: Sentence, i: int, first: int, and_head: bool) -> int | None:
    """Word at which the name goes on after a clitic, "and", "&" or a particle at `i`; None if it ends."""
    written, lowers = sentence.tokens.words, sentence.tokens.lowers
    lower = lowers[i]
    if lower in _PARTICLES and (lower in _SURE_PARTICLES or written[i - 1] in first_names()):
        after = i + 1
        while after < len(written) - 1 and lowers[after] in _PARTICLES:
            after += 1  # "Willem van der Steen"
        return after + 1 if after < len(written) and written[after][0].isupper() else None
    nickname = _after_nickname(sentence, i) if lower in _OPENING_QUOTES else None
    if nickname is not None:
        return nickname
    if i + 1 >= len(written) or not written[i + 1][0].isupper():
        return None
    if (lower in CLITIC_S or lower in ("'", "’")) and _owns_body(sentence, i):
        return i + 2
    if lower == "and" and _joins_field(sentence, i):
        return i + 3
    goes_on = lower == "and" and and_head and i >= first + 2 and _goes_on_after_and(sentence, i)
    return i + 1 if goes_on or lower == "&" else None


def _after_nickname(sentence: Sentence, i: int) -> int | None:
    """Word after the surname in "Rosa “Chit” Abad"; None where the mark at `i` opens something else."""
    written = sentence.tokens.words
    for close in (i + 2, i + 3):
        if close + 1 < len(written) and written[close] in _CLOSING_QUOTES:
            inside = all(word[0].isupper() for word in written[i + 1 : close])
            return close + 2 if inside and written[close + 1][0].isupper() else None
    return None


def _owns_body(sentence: Sentence, i: int) -> bool:
    """Whether 's stands inside the name: Information Commissioner's Office, Seamen's League."""
    written, lowers = sentence.tokens.words, sentence.tokens.lowers
    body = lowers[i + 1] in ORGANIZATION_HEADS or lowers[i + 1] in _OWNED
    common = is_common_word(lowers[i - 1]) and country_form(written[i - 1]) is None
    return body and (lowers[i - 1] in TITLE_HEADS or common)


def _joins_field(sentence: Sentence, i: int) -> bool:
    """Whether "and" stands before the last two words of a body's name: Security and Defense Council."""
    written, lowers = sentence.tokens.words, sentence.tokens.lowers
    if i + 2 >= len(written) or not written[i + 2][0].isupper():
        return False
    generic = lowers[i + 2] in GENERIC_BODIES
    common = [is_common_word(lowers[i - 1]) and lowers[i - 1] not in ORGANIZATION_HEADS]
    common.append(is_common_word(lowers[i + 1]))
    body = lowers[i + 2] in ORGANIZATION_HEADS or lowers[i + 2] in CORPORATE_SUFFIXES
    return (
        (generic or (body and all(common)))
        and any(common)
        and written[i - 1] not in KNOWN_ORGANIZATIONS
        and country_form(written[i - 1]) is None
    )


def _goes_on_after_and(sentence: Sentence, i: int) -> bool:
    """As in Department of Health and Human Services, not in Ministry of Finance and Bank of England."""
    lowers = sentence.tokens.lowers
    after = sentence.tokens.words[i + 1]
    return (
        country_form(after) is None
        and after not in KNOWN_ORGANIZATIONS
        and after not in first_names()
        and is_common_word(lowers[i + 1])
        and lowers[i + 2 : i + 3] not in (["of"], ["for"])
    )
