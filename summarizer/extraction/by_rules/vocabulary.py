"""The rules engine's word lists, read once from the data files in `lexicons/`.

A list is a string of words, or of phrases separated by `|`; line breaks count as separators. A list that
several rules share has its name here; one that a single module uses is read there with `word_set`. All
words are lower case but for names (`KNOWN_ORGANIZATIONS`, `OUTLETS`). Verbs and hedges are more than lists:
see `verbs` and `hedges`.
"""

from __future__ import annotations

from typing import Any, Final

from summarizer.text.lexicon import load_lexicon


def lexicon(name: str) -> dict[str, Any]:
    """Tables of `lexicons/<name>.toml`; read-only."""
    return load_lexicon("summarizer.extraction.by_rules", f"lexicons/{name}.toml")


def words(text: str) -> frozenset[str]:
    """The words of `text`: for the small closed sets that stand beside the one rule that uses them."""
    return frozenset(text.split())


def word_set(name: str, table: str, key: str) -> frozenset[str]:
    """The words of list `key` in a table of `lexicons/<name>.toml`."""
    return words(lexicon(name)[table][key])


def phrases(value: str) -> tuple[str, ...]:
    """The phrases of a list, in its order."""
    return tuple(
        phrase.strip() for line in value.splitlines() for phrase in line.split("|") if phrase.strip()
    )


def phrase_set(name: str, table: str, key: str) -> frozenset[str]:
    """The phrases of list `key` in a table of `lexicons/<name>.toml`."""
    return frozenset(phrases(lexicon(name)[table][key]))


#: Nouns that decide that a noun phrase is somebody's office or function.
TITLE_HEADS = word_set("people", "titles", "heads")
TITLE_HEADS |= {f"ex-{head}" for head in TITLE_HEADS}
#: Words that may stand before a title's head.
TITLE_MODIFIERS: Final = word_set("people", "titles", "modifiers")
#: Mr, Dr, Sir …
COURTESY_TITLES: Final = word_set("people", "titles", "courtesy")
#: Plural nouns for people who speak or act without a name.
GROUP_NOUNS: Final = word_set("people", "groups", "nouns")
#: Singular nouns for one unnamed person (or a small body) that speaks.
PERSON_NOUNS: Final = word_set("people", "groups", "singular")
#: Letters after a name: KC, MP.
POSTNOMINALS: Final = word_set("names", "people", "postnominals")

#: Nouns that tell a capitalised run is an organization.
ORGANIZATION_HEADS: Final = word_set("organizations", "heads", "words")
#: Organization nouns whose name goes on after "of", "for", "on".
OF_HEADS: Final = word_set("organizations", "heads", "of_heads")
#: Inc, Ltd, AG …
CORPORATE_SUFFIXES: Final = word_set("organizations", "heads", "suffixes")
#: Common nouns that, definite, point back to an organization.
ORGANIZATION_DESCRIPTIONS: Final = word_set("organizations", "heads", "descriptions")
#: Names that are organizations without saying so.
KNOWN_ORGANIZATIONS: Final = phrase_set("organizations", "known", "names")
#: News outlets and agencies.
OUTLETS: Final = phrase_set("organizations", "known", "outlets")
_OUTLET_HEADS: Final = word_set("organizations", "known", "outlet_heads")

#: Nouns for written or measured products that "show" and "say" things.
PRODUCTS: Final = word_set("attribution", "show", "subjects")
#: Nouns whose referent can say something: people, groups, bodies, written products.
SPEAKING_NOUNS: Final = (
    TITLE_HEADS | GROUP_NOUNS | PERSON_NOUNS | ORGANIZATION_HEADS | ORGANIZATION_DESCRIPTIONS | PRODUCTS
)

#: Days, months, feasts and their like: capitalised, and no names.
CALENDAR: Final = word_set("names", "capitals", "calendar")


#: Endings of singular nouns for people, and the nouns that end so and are things.
_PERSON_ENDINGS: Final = ("er", "or", "ist", "ian", "man", "woman", "eer", "ee", "aire", "lete")
_MORE_PEOPLE: Final = word_set("names", "context", "people")
_THINGS: Final = word_set("names", "context", "things")


def is_person_noun(noun: str) -> bool:
    """Whether a singular noun in lower case is for a person: "schoolteacher", "witness", not "river"."""
    known = noun in TITLE_HEADS or noun in PERSON_NOUNS or noun in _MORE_PEOPLE
    return known or (noun.endswith(_PERSON_ENDINGS) and len(noun) > 4 and noun not in _THINGS)


def is_plural_acronym(word: str) -> bool:
    """Whether the word is "MPs" or "CEOs": people, not a name."""
    return len(word) > 2 and word[-1] == "s" and word[:-1].isupper()


def is_outlet(name: str) -> bool:
    """Whether a name is that of a paper, a broadcaster or an agency: a known one, or one that says so."""
    bare = name.removeprefix("The ").removeprefix("the ")
    if bare in OUTLETS:
        return True
    first, *others = bare.lower().split() or [""]
    return bool(others) and (others[-1] in _OUTLET_HEADS or first in ("daily", "radio"))
