"""The rules engine's word lists, read once from the data files in `lexicons/`.

Inflections are generated here, so that the files list base forms only.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from summarizer.records.brief import Certainty, Polarity
from summarizer.text.lexicon import load_lexicon


def _lexicon(name: str) -> dict[str, Any]:
    return load_lexicon("summarizer.extraction.by_rules", f"lexicons/{name}.toml")


def _split(value: str) -> list[str]:
    return value.split()


def _phrases(value: str) -> list[str]:
    return [phrase.strip() for line in value.splitlines() for phrase in line.split("|") if phrase.strip()]


@dataclass(frozen=True, slots=True)
class VerbClass:
    """What an attribution verb says by itself. `particle` must follow the verb ("rule" + "out")."""

    name: str
    certainty: Certainty
    polarity: Polarity
    base: str
    particle: str | None
    form: str  # base, s, ed, en, ing


def _inflect(base: str) -> dict[str, str]:
    """Regular forms of a verb: base, s, ed, ing."""
    if base.endswith("e"):
        return {"s": base + "s", "ed": base + "d", "ing": base[:-1] + "ing"}
    if base.endswith("y") and base[-2] not in "aeiou":
        return {"s": base[:-1] + "ies", "ed": base[:-1] + "ied", "ing": base + "ing"}
    if base.endswith(("s", "sh", "ch", "x", "z")):
        return {"s": base + "es", "ed": base + "ed", "ing": base + "ing"}
    return {"s": base + "s", "ed": base + "ed", "ing": base + "ing"}


@lru_cache(maxsize=1)
def attribution_verbs() -> dict[str, tuple[VerbClass, ...]]:
    """Every inflected form (lower case) -> its classes."""
    table: dict[str, list[VerbClass]] = {}
    lexicon = _lexicon("attribution")
    irregular: dict[str, list[list[str]]] = {}
    for entry in _split(lexicon["irregular"]["forms"]):
        base, _, forms = entry.partition(":")
        irregular.setdefault(base, []).append(forms.split(","))
    for name, section in lexicon.items():
        if "verbs" not in section:
            continue
        for item in _split(section["verbs"]):
            base, _, particle = item.partition("_")
            certainty = section["certainty"]
            polarity = section.get("polarity", "affirmed")
            forms: set[tuple[str, str]] = {(base, "base")}
            if base in irregular:
                for s, ed, en, ing in irregular[base]:
                    forms |= {(s, "s"), (ed, "ed"), (en, "ed"), (ing, "ing")}
            else:
                regular = _inflect(base)
                forms |= {(regular[key], key) for key in ("s", "ed", "ing")}
            for word, form in sorted(forms):
                table.setdefault(word, []).append(
                    VerbClass(name, certainty, polarity, base, particle or None, form)
                )
    # "ruled out" before "ruled": a class with its particle is the more specific one
    return {word: tuple(sorted(classes, key=lambda c: c.particle is None)) for word, classes in table.items()}


@lru_cache(maxsize=1)
def products() -> frozenset[str]:
    """Nouns for written or measured products that "show" and "say" things."""
    return frozenset(_split(_lexicon("attribution")["show"]["subjects"]))


@dataclass(frozen=True, slots=True)
class Hedge:
    """A hedge as a tuple of lower-case words, with the certainty that it leaves."""

    words: tuple[str, ...]
    certainty: Certainty


@lru_cache(maxsize=1)
def hedges() -> dict[str, tuple[Hedge, ...]]:
    """Hedges by their first word, longest first."""
    table: dict[str, list[Hedge]] = {}
    for certainty in ("probable", "possible", "unknown"):
        section = _lexicon("hedges")[certainty]
        entries = [(word,) for word in _split(section["words"])]
        entries += [tuple(_words(phrase)) for phrase in _phrases(section["phrases"])]
        for words in entries:
            table.setdefault(words[0], []).append(Hedge(words, certainty))  # type: ignore[arg-type]
    return {first: tuple(sorted(found, key=lambda h: -len(h.words))) for first, found in table.items()}


def _words(phrase: str) -> list[str]:
    """A phrase cut as the tokenizer cuts it: don't -> do n't."""
    words: list[str] = []
    for word in phrase.split():
        if word.endswith("n't") and len(word) > 3:
            words += [word[:-3], "n't"]
        elif word.endswith("'s"):
            words += [word[:-2], "'s"]
        elif word == "cannot":
            words.append("cannot")
        else:
            words.append(word)
    return words


@lru_cache(maxsize=1)
def negations() -> frozenset[str]:
    """Words that turn a clause round."""
    return frozenset(_split(_lexicon("hedges")["negation"]["words"]))


@lru_cache(maxsize=1)
def negative_verbs() -> frozenset[str]:
    """Verbs that say something is not so: failed to."""
    return frozenset(_split(_lexicon("hedges")["negation"]["verbs"]))


@lru_cache(maxsize=1)
def title_heads() -> frozenset[str]:
    """Nouns that decide that a noun phrase is somebody's office or function."""
    return frozenset(_split(_lexicon("people")["titles"]["heads"]))


@lru_cache(maxsize=1)
def title_modifiers() -> frozenset[str]:
    """Words that may stand before a title's head."""
    return frozenset(_split(_lexicon("people")["titles"]["modifiers"]))


@lru_cache(maxsize=1)
def courtesy_titles() -> frozenset[str]:
    """Mr, Dr, Sir …"""
    return frozenset(_split(_lexicon("people")["titles"]["courtesy"]))


@lru_cache(maxsize=1)
def group_nouns() -> frozenset[str]:
    """Plural nouns for people who speak or act without a name."""
    return frozenset(_split(_lexicon("people")["groups"]["nouns"]))


@lru_cache(maxsize=1)
def person_nouns() -> frozenset[str]:
    """Singular nouns for one unnamed person (or a small body) that speaks."""
    return frozenset(_split(_lexicon("people")["groups"]["singular"]))


@lru_cache(maxsize=1)
def organization_heads() -> frozenset[str]:
    """Nouns that tell a capitalised run is an organization."""
    return frozenset(_split(_lexicon("organizations")["heads"]["words"]))


@lru_cache(maxsize=1)
def of_heads() -> frozenset[str]:
    """Organization nouns whose name goes on after "of", "for", "on"."""
    return frozenset(_split(_lexicon("organizations")["heads"]["of_heads"]))


@lru_cache(maxsize=1)
def corporate_suffixes() -> frozenset[str]:
    """Inc, Ltd, AG … in lower case."""
    return frozenset(_split(_lexicon("organizations")["heads"]["suffixes"]))


@lru_cache(maxsize=1)
def organization_descriptions() -> frozenset[str]:
    """Common nouns that, definite, point back to an organization."""
    return frozenset(_split(_lexicon("organizations")["heads"]["descriptions"]))


@lru_cache(maxsize=1)
def known_organizations() -> frozenset[str]:
    """Names that are organizations without saying so."""
    return frozenset(_phrases(_lexicon("organizations")["known"]["names"]))


@lru_cache(maxsize=1)
def outlets() -> frozenset[str]:
    """News outlets and agencies."""
    return frozenset(_phrases(_lexicon("organizations")["known"]["outlets"]))


@lru_cache(maxsize=1)
def speaking_nouns() -> frozenset[str]:
    """Nouns whose referent can say something: people, groups, bodies, written products."""
    return (
        title_heads()
        | group_nouns()
        | person_nouns()
        | organization_heads()
        | organization_descriptions()
        | products()
    )
