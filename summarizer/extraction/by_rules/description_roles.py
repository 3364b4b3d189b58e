"""Whether somebody with a role is who a description means: "the Secretary of State", "the top diplomat".

Pure. Compares words only; who was mentioned, and where, is left to `descriptions`.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.entity_names import without_clitic
from summarizer.extraction.by_rules.places import country_of, metonym
from summarizer.extraction.by_rules.vocabulary import words

_DEFENSE: Final = frozenset(("pentagon", "defense", "defence"))
#: A longer description ("the former deputy head of operations") need not match word by word.
_MAX_EXACT_WORDS: Final = 3
_OFFICES_OF_STATES: Final = words("president premier chancellor leader king queen emir minister")
_BELOW: Final = (
    "shadow",
    "former",
    "ex",
    "deputy",
    "vice",
    "assistant",
    "junior",
    "opposition",
    "undersecretary",
)
_ENDS_ROLE_HEAD: Final = words("of for at in to on with from who and")


def role_fits(role: str, content: list[str], tail: list[str], noun: str, country: str | None) -> bool:
    """Whether somebody with this role can be "the <content>", with the words of `tail` after it."""
    role_words = without_clitic(role).split()
    if country is not None:
        theirs = next((c for w in role_words if (c := country_of(w) or metonym(w))), None)
        if theirs is not None and theirs != country:
            return False
        if theirs is None and len(role_words) == 1 and noun not in _OFFICES_OF_STATES:
            return False  # "the U.S. attorney" is not the defendant's attorney
    lowered = {w.lower() for w in role_words}
    if noun in _head_of_role(role) and all(w in lowered or len(content) > _MAX_EXACT_WORDS for w in content):
        return True
    if noun == "judge" and "justice" in lowered:
        return True
    minister = "minister" in lowered or "secretary" in lowered
    if noun == "diplomat" and ("top" in content or "chief" in content):
        return minister and ("foreign" in lowered or "state" in lowered)
    of_defense = "pentagon" in tail or not _DEFENSE.isdisjoint(content)
    defense_minister = minister and ("defense" in lowered or "defence" in lowered)
    if noun in ("head", "chief", "boss") and of_defense and defense_minister:
        return True
    if noun in ("boss", "chief", "head", "executive") and tail[:1] != ["of"]:
        return "executive" in lowered or "ceo" in lowered
    return False


def is_below(role: str, described: list[str]) -> bool:
    """Whether a role is only near the office described: a shadow minister is not the minister."""
    return any(word in role.lower().split() and word not in described for word in _BELOW)


def _head_of_role(role: str) -> list[str]:
    """The words that say what somebody is, not whose or of what: "lawyer" of "the suspect's lawyer"."""
    lowers = role.lower().replace("’s ", "'s ").rpartition("'s ")[2].split()
    stop = next((k for k, lower in enumerate(lowers) if k and lower in _ENDS_ROLE_HEAD), len(lowers))
    return lowers[:stop]
