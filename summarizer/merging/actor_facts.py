"""What an actor's own entry says of who it is: a state, a person, an office, an organization.

Pure. Reads one actor at a time; which actors are one is decided in `actors`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from summarizer.merging.offices import Body, Office, actor_lexicon, body, office, split_states
from summarizer.merging.person_names import PersonName, person_name
from summarizer.merging.pool import ActorItem
from summarizer.text.countries import countries
from summarizer.text.folding import comparison_key
from summarizer.text.romanisation import plain
from summarizer.text.words import is_common_word

#: Initials say little below this length: "AP" only by the lexicon.
_MIN_INITIALS = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """What an actor's own entry says of who it is. At most one of the first four is there."""

    state: str | None
    person: PersonName | None
    title: Office | None  # a person known by an office alone
    bodies: tuple[Body, ...]  # of the name first, then of the aliases that are names
    forms: tuple[str, ...]  # comparable organization names, the same order
    role: Office | None


def read_facts(item: ActorItem) -> Facts:
    """The facts of one actor of one article."""
    actor = item.actor
    role = office(actor.role) if actor.role else None
    if actor.kind == "person":
        person = person_name(actor.name)
        title = None if person else office(actor.name)
        return Facts(None, person, title, (), (), role)
    if actor.kind == "group" and not _is_named_group(actor.name):
        return Facts(None, None, None, (), (), role)
    state = state_of_name(actor.name)
    if state is None and actor.kind == "country":
        state = next((code for alias in actor.aliases if (code := state_of_name(alias))), None)
    if state is not None:
        return Facts(state, None, None, (), (), role)
    names = [actor.name, *(alias for alias in actor.aliases if is_proper(alias))]
    if not is_proper(actor.name) and not body(actor.name).is_ministry:
        names = names[1:]
    return Facts(None, None, None, tuple(map(body, names)), tuple(map(organization_key, names)), role)


@lru_cache(maxsize=8192)
def state_of_name(name: str) -> str | None:
    """ISO code of the state that a name is for: its name, its government, or a metonym ("the Kremlin")."""
    table = countries()
    country = table.by_name(name) or table.by_metonym(name)
    if country is not None:
        return country.alpha2
    parts = split_states(name)
    words = [word for word in parts.words if word not in ("the", "of")]
    government = actor_lexicon()["governments"]["words"].split()
    if len(parts.countries) == 1 and words and all(word in government for word in words):
        return parts.countries[0]
    return None


@lru_cache(maxsize=8192)
def organization_key(name: str) -> str:
    """A name without article, legal form and kind of medium: "the Interfax news agency" is "interfax"."""
    lexicon = actor_lexicon()["organizations"]
    words = re.findall(r"[^\W_](?:[^\W_]|[.&'’-](?=[^\W_]))*", plain(comparison_key(name)))
    words = [word.replace(".", "").removesuffix("'s").removesuffix("’s") for word in words]
    words = [word for word in words if word not in ("the", "a", "an", "of", "and", "for")] or words
    suffixes = {*lexicon["suffixes"].split(), *lexicon["descriptors"].split()}
    while len(words) > 1 and words[-1] in suffixes:
        words = words[:-1]
    return " ".join(words)


def is_proper(name: str) -> bool:
    """Whether a form is a name, not a description ("the company", "the Agency", "soldiers")."""
    words = [word for word in re.findall(r"[\w.&'’-]+", name) if word.lower() not in ("the", "a", "an")]
    if not words or not any(word[0].isupper() or word[0].isdigit() for word in words):
        return False
    if len(words) == 1:
        return words[0].isupper() or not is_common_word(words[0].lower())
    return name.split()[0].lower() not in ("a", "an", "one", "its", "his", "her", "their", "our")


def _is_named_group(name: str) -> bool:
    """Whether a group has a name of its own: "the Harcastle family", "Hamas"; not "Ukrainian officials"."""
    lexicon = actor_lexicon()["groups"]
    words = [word for word in re.findall(r"[^\W_][\w'’-]*", name) if word.lower() not in ("the", "of")]
    if not words or re.match(r"(?:a|an|one|some|several|many|its|his|her|their|our)\b", name.lower()):
        return False
    own = [
        word
        for word in words
        if word[0].isupper()
        and plain(word).removesuffix("'s") not in lexicon["loose"].split()
        and not split_states(word).countries
        and not is_common_word(word.lower())
    ]
    return bool(own) and (len(own) == len(words) or words[-1].lower() in lexicon["named_heads"].split())


def initials_of(name: str) -> list[str]:
    """What the capitals of a name spell, all of them and, for a long name, all but the last."""
    words = [
        word for word in re.findall(r"[^\W_][\w.'’]*", name) if word[0].isupper() and word.lower() != "the"
    ]
    letters = "".join(word.replace(".", "") if "." in word[1:] else word[0] for word in words).lower()
    return [spelled for spelled in (letters, letters[:-1]) if len(spelled) >= _MIN_INITIALS]
