"""Attribution verbs and what each says by itself: how sure, affirmed or denied.

The lists are in `lexicons/attribution.toml` in base forms; inflected forms are made here. A class of verbs
("say", "deny", "think" …) is what the rules reason with; one form may belong to several.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from summarizer.extraction.by_rules.signals import signals
from summarizer.extraction.by_rules.vocabulary import lexicon
from summarizer.records.brief import Certainty, Polarity
from summarizer.text.words import word_tags


@dataclass(frozen=True, slots=True)
class VerbClass:
    """What an attribution verb says by itself. `particle` must follow the verb ("rule" + "out").

    `form` is base, s, ed (past and participle alike) or ing; a noun's is noun.
    """

    name: str
    certainty: Certainty
    polarity: Polarity
    base: str
    particle: str | None
    form: str


@cache
def attribution_verbs() -> dict[str, tuple[VerbClass, ...]]:
    """Every inflected form (lower case) -> its classes, those with a particle first: they say more."""
    irregular = _irregular_forms()
    table: dict[str, list[VerbClass]] = {}
    for name, section in lexicon("attribution").items():
        for item in section.get("verbs", "").split():
            base, _, particle = item.partition("_")
            forms = irregular.get(base) or _regular_forms(base)
            for word, form in sorted({(base, "base"), *forms}):
                table.setdefault(word, []).append(
                    VerbClass(
                        name=name,
                        certainty=section["certainty"],
                        polarity=section.get("polarity", "affirmed"),
                        base=base,
                        particle=particle or None,
                        form=form,
                    )
                )
    return {word: tuple(sorted(classes, key=lambda c: c.particle is None)) for word, classes in table.items()}


@cache
def _irregular_pasts() -> dict[str, str]:
    pairs = (entry.split(":") for entry in lexicon("claims")["pasts"]["irregular"].split())
    return dict(pairs)


def base_of_participle(form: str) -> str | None:
    """The base of a form in -ing; None for one that no list knows."""
    stem = form.removesuffix("ing")
    undoubled = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem
    candidates = (f"{stem}e", stem, undoubled) if len(stem) > 1 else ()
    known = (word for word in candidates if {"VB", "VBP"} & set(word_tags().get(word, ())))
    return next(known, None)


def past_of(base: str) -> str | None:
    """The simple past of a verb in lower case; None for one that no list knows."""
    if base in _irregular_pasts():
        return _irregular_pasts()[base]
    doubled = f"{base}{base[-1:]}ed"
    regular = next((word for word, form in _regular_forms(base) if form == "ed"), None) if base else None
    known = (word for word in (regular, doubled) if word and {"VBD", "VBN"} & set(word_tags().get(word, ())))
    return next(known, None)


def _irregular_forms() -> dict[str, set[tuple[str, str]]]:
    """Base -> (word, form) pairs; a verb with two spellings ("signaled", "signalled") has both."""
    table: dict[str, set[tuple[str, str]]] = {}
    for entry in lexicon("attribution")["irregular"]["forms"].split():
        base, _, forms = entry.partition(":")
        table.setdefault(base, set()).update(zip(forms.split(","), ("s", "ed", "ed", "ing"), strict=True))
    return table


def _regular_forms(base: str) -> set[tuple[str, str]]:
    if base.endswith("e"):
        return {(base + "s", "s"), (base + "d", "ed"), (base[:-1] + "ing", "ing")}
    if base.endswith("y") and base[-2] not in "aeiou":
        return {(base[:-1] + "ies", "s"), (base[:-1] + "ied", "ed"), (base + "ing", "ing")}
    third = base + ("es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return {(third, "s"), (base + "ed", "ed"), (base + "ing", "ing")}


#: A form of any verb that attributes.
SPEECH: Final = signals(attribution_verbs())
