"""What kind of actor a name is when only its surroundings tell; None for places and noise.

Pure. Every mention votes by the words around it; a vote's weight says how sure the sign is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from summarizer.extraction.by_rules.document import Document, Sentence
from summarizer.extraction.by_rules.entity_names import is_single
from summarizer.extraction.by_rules.names import FOREIGN_ARTICLES, Name
from summarizer.extraction.by_rules.places import is_place
from summarizer.extraction.by_rules.verbs import attribution_verbs
from summarizer.extraction.by_rules.vocabulary import (
    ORGANIZATION_DESCRIPTIONS,
    TITLE_HEADS,
    word_set,
    words,
)
from summarizer.records.brief import ActorKind
from summarizer.text.words import CLITIC_S, FINITE, Tokens, first_names, is_common_word

_LOCATIVE: Final = word_set("names", "context", "locative")
_COMPANY_AFTER: Final = word_set("names", "context", "company_after")
_COMPANY_POSSESSIONS: Final = word_set("names", "context", "company_possessions")
_STATE_POSSESSIONS: Final = word_set("names", "context", "state_possessions")
_SETTLEMENTS: Final = words("town city village port hamlet suburb district province region island")
_STATE_OFFICES: Final = frozenset(
    ("president", "minister", "king", "leader", "ministry", "police", "economy")
)
_PERSONAL: Final = frozenset(("he", "she"))
_ITSELF: Final = frozenset(("it", "its"))
_NAME_PREFIXES: Final = words("Mc Mac De Di Da Du La Le Lo Van Von Fitz O San St El Al Ben D L")
#: What places are: "the port of Algeciras".
PLACE_NOUNS: Final = words(
    "port town city village island district province region state suburb capital coast valley county "
    "municipality commune hamlet settlement parish resort neighbourhood neighborhood"
)
_DISEASES: Final = words("virus disease fever outbreak syndrome variant strain")
_SPREADING: Final = words("outbreak outbreaks case cases strain spread epidemic")
#: Places are listed at most so: "in Mzimba, Karonga and Rumphi".
_MAX_LISTED: Final = 8
_EVERYDAY_SURNAMES: Final = word_set("names", "people", "everyday_surnames")
_KIN: Final = word_set("names", "context", "kin")
#: An apposition after a name is read this far: "Gloria Tan, an antitrust lawyer".
_APPOSITION_WORDS: Final = 8
#: A word of everyday language needs this score to be an actor's name.
_MIN_COMMON_SCORE: Final = 3
#: "Tarvia's army" is enough to make a country, or its adjective beside somebody who speaks for it.
_MIN_COUNTRY_SCORE: Final = 3
#: A place's name needs this score to be an organization's: a club, a company.
_MIN_PLACE_SCORE: Final = 3


def kind_by_context(
    document: Document, text: str, mentions: Sequence[Name], has_adjective: bool = False
) -> ActorKind | None:
    """Kind of the name `text` by what stands around its mentions.

    `has_adjective`: another word of the article is its adjective, as a country's or a city's is.
    """
    single = is_single(text)
    votes: Counter[str] = Counter()
    lived_in = with_article = False
    acts = 0  # any subject or object: an organization, unless the text also stands in a place
    for name in mentions:
        sentence = document.sentences[name.sentence]
        acts += _vote(votes, sentence, name, single, is_place(text))
        before = sentence.tokens.lowers[name.first - 1] if name.first else ""
        lived_in = lived_in or (before == "in" and is_located(sentence, name))
        with_article = with_article or before == "the"
    if has_adjective:
        votes["country"] += 2
    if single and votes["country"] >= _MIN_COUNTRY_SCORE and not is_place(text):
        return "country"
    if single and _is_camel(text):
        votes["person"], votes["organization"] = 0, votes["organization"] + votes["person"]
    if with_article and not single:
        votes["person"] = 0  # "the Lady Maren" is a ship
    if is_place(text):
        acting = votes["organization"] + votes["person"]
        return "organization" if acting >= _MIN_PLACE_SCORE and acting > votes["place"] else None
    if mentions[0].kind != "place" and (_has_plural_noun(text) or _is_everyday(text)):
        votes["organization"] += _MIN_COMMON_SCORE
    if not votes["place"] or votes["organization"]:
        votes["organization"] += acts
    return _winner(votes, text, single, lived_in) if +votes else None


def _has_plural_noun(text: str) -> bool:
    """Whether a name ends in an everyday plural, as those of firms do: "Bayline Ports"; not "Tiger Woods"."""
    parts = text.split()
    last = parts[-1].lower()
    return (
        len(parts) > 1
        and parts[0] not in first_names()
        and last.endswith("s")
        and not last.endswith("ss")
        and is_common_word(last)
        and is_common_word(last.removesuffix("s"))
    )


def _is_camel(text: str) -> bool:
    """Whether a name has a capital inside, as firms have: "WaterBridge"; not "McDonald", "DeSantis"."""
    inner = next((k for k in range(1, len(text)) if text[k].isupper()), 0)
    return inner > 0 and text[inner - 1].islower() and text[:inner] not in _NAME_PREFIXES


def _is_everyday(text: str) -> bool:
    """Whether a longer name has an everyday word that is nobody's name: "Time Warner", "Nordic Copper"."""
    first, *others = text.split()
    if others and first in FOREIGN_ARTICLES and others[0] != "Pen":
        return first not in first_names() or len(others) == 1  # "Le Peloton", not "Le Van Thanh"
    if not others or first in first_names():
        return False
    return is_common_word(first.lower()) or is_everyday_body(others[-1].lower())


def is_everyday_body(last: str) -> bool:
    """Whether a name's last word, in lower case, is an everyday one that is no surname."""
    return is_common_word(last) and last not in _EVERYDAY_SURNAMES


def _winner(votes: Counter[str], text: str, single: bool, lived_in: bool) -> ActorKind | None:
    """What most votes say. What acts and has things "in" it is a country; "stolen from X" is no such sign."""
    best, score = max(votes.items(), key=lambda item: (item[1], item[0]))
    if single and best == "place" and votes["organization"] >= 2:
        return "country" if lived_in else "organization"
    if best == "place":
        return None
    if single and best == "organization" and votes["place"] >= 2 and lived_in:
        return "country"
    if is_common_word(text.lower()) and score < _MIN_COMMON_SCORE:
        return None
    return "person" if best == "person" else "organization"


def _vote(votes: Counter[str], sentence: Sentence, name: Name, single: bool, place: bool) -> int:
    """Add a mention's votes; returns how often it is subject or object without more."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    before = lowers[name.first - 1] if name.first else ""
    before_tag = tags[name.first - 1] if name.first else "."
    after, following = [*lowers[name.last : name.last + 2], ".", "."][:2]
    after_tag = tags[name.last] if name.last < len(tags) else "."
    listed = before in ("and", "or") and _listed_place(sentence, name.first - 1)
    of_place = before == "of" and name.first > 1 and lowers[name.first - 2] in PLACE_NOUNS
    if (before in _LOCATIVE and after not in CLITIC_S) or (before == "of" and place) or listed or of_place:
        votes["place"] += 2
    elif before == "of" and name.first > 1 and lowers[name.first - 2] in _SETTLEMENTS:
        votes["place"] += 3
    if after in _COMPANY_AFTER or before in ORGANIZATION_DESCRIPTIONS:
        votes["organization"] += 3
    if after in CLITIC_S and (following in TITLE_HEADS or following in _COMPANY_POSSESSIONS):
        votes["organization"] += 2
    if after in CLITIC_S and following in _STATE_POSSESSIONS:
        votes["country"] += 3
    elif after in CLITIC_S and following in _STATE_OFFICES:
        # "Zambara's President Joseph Banda"
        votes["country"] += 2 if sentence.tokens.words[name.last + 1][0].isupper() else 1
    elif after in _STATE_OFFICES:
        votes["country"] += 1
    if before in _KIN:
        votes["person"] += 3
    elsewhere = before in _LOCATIVE or listed or (before == "of" and single)  # "police in Tarsk said"
    speaks = after_tag in FINITE and after in attribution_verbs() and not elsewhere
    if speaks and not _ITSELF.isdisjoint(lowers[name.last + 1 : name.last + 5]):
        votes["organization"] += 3  # "Aldera Semiconductor said on Tuesday it would"
    elif speaks:
        if not _PERSONAL.isdisjoint(lowers[name.last + 1 : name.last + 6]):
            votes["person"] += 2  # "Neto said he was happy"
        part = before == "the" and name.first > 1 and lowers[name.first - 2] in ("of", "for")
        body = single or before in ("at", "of", "with") or (before == "the" and not part)
        votes["organization" if body else "person"] += 2
        if (
            single
            and "i" in lowers
            and any(q and w == "i" for q, w in zip(sentence.quoted, lowers, strict=True))
        ):
            votes["person"] += 3  # “I will stay,” Weber said
    if after == ",":
        _vote_by_apposition(votes, sentence, name.last + 1, single)
    if before == "," and after == "," and name.first >= 2 and lowers[name.first - 2] in TITLE_HEADS:
        votes["person"] += 3
    if before in ("said", "says"):
        votes["person"] += 2
    is_subject = after_tag in FINITE and not speaks and not elsewhere
    is_object = single and before_tag in ("VB", "VBD", "VBZ", "VBG")
    return is_subject + is_object


def _listed_place(sentence: Sentence, link: int) -> bool:
    """Whether the names before an "and" at `link` stand in a place: "at San Antonio | and Valparaíso"."""
    written, lowers = sentence.tokens.words, sentence.tokens.lowers
    i = link - 1
    while i > max(0, link - _MAX_LISTED) and (written[i][0].isupper() or lowers[i] == ","):
        i -= 1
    return i < link - 1 and lowers[i] in _LOCATIVE - {"to"}


def is_disease(sentence: Sentence, name: Name) -> bool:
    """Whether the words around a name make it an illness: "the Marburg virus", "an outbreak of Marburg"."""
    lowers = sentence.tokens.lowers
    if lowers[name.last : name.last + 1] and lowers[name.last] in _DISEASES:
        return True
    return name.first > 1 and lowers[name.first - 1] == "of" and lowers[name.first - 2] in _SPREADING


def _vote_by_apposition(votes: Counter[str], sentence: Sentence, first: int, single: bool) -> None:
    """Votes of what follows a name and its comma: "who", an age, a title, a kind of body."""
    written, lowers = sentence.tokens.words, sentence.tokens.lowers
    upto = lowers[first : first + _APPOSITION_WORDS]
    if not upto:
        return
    if upto[0] == "who":
        votes["person"] += 3
    if written[first].isdigit() and upto[1:2] == [","]:
        votes["person"] += 4
    clause = upto[: upto.index(",")] if "," in upto else upto
    closed = first + len(clause)
    if _names_another(written, lowers, first, closed) or next_is_named(sentence.tokens, first - 1, closed):
        return  # "sank off Sarvo, commander Ilse Brandt said"
    if upto[0] not in ("and", "which") and any(w in TITLE_HEADS for w in clause):
        votes["person"] += 1 if single else 2
    if upto[0] in ("a", "an", "the") and any(w in ORGANIZATION_DESCRIPTIONS for w in upto[:5]):
        votes["organization"] += 2


def _names_another(written: Sequence[str], lowers: Sequence[str], first: int, last: int) -> bool:
    """Whether a title that follows a comma is that of the name behind it."""
    for k in range(first, last - 1):
        if lowers[k] in TITLE_HEADS:
            return written[k][0].islower() and written[k + 1][0].isupper()
    return False


def next_is_named(tokens: Tokens, opens: int, closes: int) -> bool:
    """Whether the role between two commas is that of the name behind it, which speaks.

    "from the port of Sarvo, the city's prosecutor, Ilse Brandt, said": no role of Sarvo's.
    """
    lowers, end = tokens.lowers, closes + 1
    if lowers[closes : closes + 1] != [","]:
        return False
    while end < len(lowers) and tokens.words[end][0].isupper():
        end += 1
    named = end - closes > 2 or (end - closes == 2 and tokens.tags[opens - 2] == "IN")
    speaks = end + 1 < len(lowers) and lowers[end] == "," and lowers[end + 1] in attribution_verbs()
    return named and speaks


def is_located(sentence: Sentence, name: Name) -> bool:
    """Whether a preposition of place stands before a name: "in Tarsk", not "in Kesko's case"."""
    lowers = sentence.tokens.lowers
    owns = name.last < len(lowers) and lowers[name.last] in CLITIC_S
    return name.first > 0 and lowers[name.first - 1] in _LOCATIVE - {"from", "to"} and not owns


def seat_acts(sentence: Sentence, name: Name) -> bool:
    """Whether a seat of government ("Moscow") stands for its state here rather than for the place."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    if name.text == "Kremlin":
        return True
    before = lowers[name.first - 1] if name.first else ""
    if before in _LOCATIVE or (before == "," and name.first >= 2 and lowers[name.first - 2] in _LOCATIVE):
        return False
    if before in ("between", "against", "by"):
        return True
    if name.last >= len(lowers):
        return False
    after, after_tag = lowers[name.last], tags[name.last]
    return (
        after_tag in FINITE or after_tag == "RB" or after in CLITIC_S or after in ("and", "to", "officials")
    )
