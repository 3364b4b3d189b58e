"""Descriptions of actors anywhere in a sentence: an alias of somebody known, or an actor that acts.

"the company" is taken as a form of the company; "the electoral commission rejected …" makes an actor.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from summarizer.extraction.by_rules.descriptions import Descriptions
from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.places import country_adjective
from summarizer.extraction.by_rules.signals import signals
from summarizer.extraction.by_rules.unnamed import office_end
from summarizer.extraction.by_rules.vocabulary import (
    GROUP_NOUNS,
    ORGANIZATION_DESCRIPTIONS,
    PERSON_NOUNS,
    TITLE_HEADS,
    word_set,
)

#: A phrase begins with an article, or bare with a plural.
_OPENS_PHRASE: Final = signals(GROUP_NOUNS | {"the", "this", "both", "a", "an"})
_HEADS: Final = signals(GROUP_NOUNS | PERSON_NOUNS | TITLE_HEADS | ORGANIZATION_DESCRIPTIONS)
_ACTING_BODIES: Final = word_set("descriptions", "organizations", "acting")
_ACTING_ALONE: Final = word_set("descriptions", "organizations", "acting_alone")
_ACTING_GROUPS: Final = GROUP_NOUNS & word_set("descriptions", "groups", "acting")
_ACTING_QUALIFIED: Final = word_set("descriptions", "groups", "acting_qualified")
_PHRASE_TAGS: Final = frozenset(("NN", "NNS", "JJ", "VBN", "VBG", "CD", "NNP", "JJR", "JJS"))
#: "the maker of Pip's Pretzels" need not be the company that was spoken of.
_RELATIONAL: Final = frozenset(("maker", "owner", "operator", "parent"))
#: Longer phrases than this are no descriptions.
_MAX_PHRASE_WORDS: Final = 7
#: A description this near a sentence's start is its topic.
_MAX_TOPIC_POSITION: Final = 2


class _Phrase(NamedTuple):
    """Words `first:stop`; `determiners` says how many of them are articles before the noun."""

    first: int
    head: int
    stop: int
    definite: bool
    determiners: int


def read_descriptions(descriptions: Descriptions, sentence: Sentence) -> None:
    """Record the descriptions in a sentence that mean somebody known or that act."""
    for phrase in _phrases(descriptions, sentence):
        if not (phrase.definite and _is_alias(descriptions, sentence, phrase)) and _acts(sentence, phrase):
            _add_actor(descriptions, sentence, phrase)


def _phrases(descriptions: Descriptions, sentence: Sentence) -> Iterator[_Phrase]:
    """Noun phrases with a human or institutional head that is no name: definite, indefinite, bare plural."""
    heads = sentence.places(_HEADS)
    if not heads:
        return
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    at = descriptions.table.at
    done = 0
    for i in sentence.places(_OPENS_PHRASE):
        if i > heads[-1]:
            return
        if i < done:
            continue
        first = i
        definite = lowers[i] in ("the", "this", "both")
        determined = definite or (tags[i] == "DT" and lowers[i] in ("a", "an"))
        bare_plural = lowers[i] in GROUP_NOUNS and (i == 0 or tags[i - 1] not in ("NN", "NNP", "POS"))
        if not determined and not bare_plural:
            continue
        stop = _phrase_end(descriptions, sentence, first, first if bare_plural else first + 1)
        done = stop
        head = stop - 1
        if head < first or lowers[head] not in _HEADS or (sentence.index, head) in at:
            continue
        if head == first and not bare_plural:
            continue
        named = (
            stop < len(lowers) and (sentence.index, stop) in at and sentence.tokens.words[stop][0].isupper()
        )
        if named and determined:
            continue  # "the firm Haldane Royce"
        if determined and lowers[stop : stop + 1] == [","] and _names_it(descriptions, sentence, stop + 1):
            continue  # "The bus company, Modern Coast Express, said"
        if lowers[head] in _RELATIONAL and lowers[stop : stop + 1] == ["of"]:
            continue
        yield _Phrase(first, head, stop, definite, 1 if definite or lowers[first] in ("a", "an") else 0)


def _names_it(descriptions: Descriptions, sentence: Sentence, first: int) -> bool:
    """Whether a body's name in apposition begins at `first` and ends at a comma."""
    written, lowers = sentence.tokens.words, sentence.tokens.lowers
    end = first
    while end < len(written) and (written[end][0].isupper() or lowers[end] in ("of", "and", "&")):
        end += 1
    index = descriptions.table.at.get((sentence.index, first))
    body = index is None or descriptions.table.entities[index].is_body
    return end > first and body and lowers[end : end + 1] == [","]


def _phrase_end(descriptions: Descriptions, sentence: Sentence, first: int, k: int) -> int:
    """End of the noun phrase that goes on at `k`: before a name, unless that is a country's adjective."""
    tags, lowers, words = sentence.tokens.tags, sentence.tokens.lowers, sentence.tokens.words
    at, index = descriptions.table.at, sentence.index
    last = min(len(words), first + _MAX_PHRASE_WORDS)
    while k < last and (tags[k] in _PHRASE_TAGS or lowers[k] in GROUP_NOUNS):
        if words[k][0].isupper() and (index, k) in at and country_adjective(words[k]) is None:
            break
        k += 1
    return k


def _is_alias(descriptions: Descriptions, sentence: Sentence, phrase: _Phrase) -> bool:
    """Whether a definite description means somebody known, who then gets the mention."""
    tokens = sentence.tokens
    if descriptions.government(sentence, phrase.first, phrase.head) is not None:
        return True
    stop = phrase.stop
    if tokens.lowers[phrase.head] in ("secretary", "minister") and tokens.lowers[stop : stop + 1] in (
        ["of"],
        ["for"],
    ):
        stop = office_end(sentence, phrase.head)
    index = descriptions.resolve(sentence, phrase.first, phrase.head, stop)
    if index is None:
        return False
    entity = descriptions.table.entities[index]
    if entity.kind is None or not entity.mentions:
        return False
    stop = _role_end(sentence, phrase, stop, entity.role)
    descriptions.table.mention(index, sentence.index, phrase.first + 1, stop)
    if phrase.first <= _MAX_TOPIC_POSITION and entity.mentions[-1].acting:
        descriptions.discourse.note(index)
    return True


def _role_end(sentence: Sentence, phrase: _Phrase, stop: int, role: str | None) -> int:
    """End of a description that goes on as the role does: "the head of the riders' association"."""
    role_words = (role or "").lower().split()
    noun = sentence.tokens.lowers[phrase.head]
    if noun not in role_words or sentence.tokens.lowers[stop : stop + 1] == [","]:
        return stop
    following = " ".join(role_words[role_words.index(noun) + 1 :])
    text = ""
    for end in range(stop, len(sentence)):
        word = sentence.tokens.lowers[end]
        text += word if word[0] in "'’" or not text else " " + word
        if text == following:
            return end + 1
        if not following.startswith(text):
            break
    return stop


def _acts(sentence: Sentence, phrase: _Phrase) -> bool:
    """Whether the phrase is the subject of a verb other than "is"."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    after = phrase.stop
    while after < len(tags) and tags[after] == "RB":
        after += 1
    return (
        after < len(tags)
        and tags[after] in ("VBZ", "VBD", "VBP", "MD")
        and lowers[after] not in ("is", "was", "are", "were")
    )


def _add_actor(descriptions: Descriptions, sentence: Sentence, phrase: _Phrase) -> None:
    noun = sentence.tokens.lowers[phrase.head]
    modifiers = phrase.head - phrase.first - phrase.determiners
    if not phrase.definite and noun in GROUP_NOUNS and modifiers == 0:
        # bare "officials" after "health officials"
        known = descriptions.unnamed.qualified(noun)
        if len(known) == 1:
            descriptions.table.mention(known[0], sentence.index, phrase.first, phrase.stop)
            return
    body = noun in _ACTING_BODIES and (modifiers >= 1 or noun in _ACTING_ALONE)
    group = noun in _ACTING_GROUPS and (modifiers >= 1 or noun not in _ACTING_QUALIFIED)
    if body or group:
        descriptions.unnamed.add(sentence, phrase.first, phrase.head, phrase.stop)
