"""Which name takes a pronoun's place in a claim's text: the speaker's mostly, in reported speech.

A claim is to stand alone. Where somebody nearer may be meant, or nobody can be told, the pronoun stays.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.antecedents import Antecedents
from summarizer.extraction.by_rules.claim_records import Voice
from summarizer.extraction.by_rules.clauses import Piece
from summarizer.extraction.by_rules.coreference import Coreference
from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.entities import Entity
from summarizer.extraction.by_rules.names import FOREIGN_ARTICLES
from summarizer.extraction.by_rules.vocabulary import words
from summarizer.text.word_lexicon import possible_tags
from summarizer.text.words import NOT

#: "it is likely that", "it would be wrong": no actor.
_AFTER_DUMMY_IT: Final = words("is was ’s 's remains would comes came")
_OPEN_ENDS: Final = words("excluded ruled verified confirmed proven proved known said determined established")
_OWN_STATES: Final = words(
    "ready willing unwilling able unable prepared confident aware unaware committed open concerned pleased "
    "satisfied disappointed innocent responsible sure insolvent bankrupt independent neutral"
)
_AFTER_DUMMY_WOULD: Final = words("be take have seem appear mean help make")
_IN_STATES: Final = (["talks"], ["contact"], ["discussions"], ["negotiations"], ["control"])
_OPENS_ASIDE: Final = frozenset((",", "“", '"'))
_DUMMY_COMPLEMENTS: Final = frozenset(("JJ", "RB", "VBN", "DT", "IN", "JJS", "VB"))
_OFFICES: Final = words(
    "general colonel commander admiral prosecutor commissioner chair chairman chairwoman chairperson "
    "president minister director head chief governor mayor ambassador envoy secretary negotiator spokesman "
    "ceo boss spokeswoman spokesperson captain coach manager judge leader "
    "administrator premier chancellor"
)
#: A paper's name may begin so, and look like a person's.
_ARTICLES: Final = FOREIGN_ARTICLES | {"Le"}
_MAX_JOINT: Final = 3
_PLANS: Final = words("would will planned plan wanted want hoped hope intend intended")
_VERBS: Final = frozenset(("VB", "VBD", "VBP", "VBZ", "VBG", "VBN"))
_OWNERS: Final = {"his": "he", "her": "she", "its": "it", "their": "they"}
_DETERMINERS: Final = words("the a an some several many most other another one its his her their our")


class PronounNames:
    """The names for the pronouns of one document."""

    def __init__(self, coreference: Coreference) -> None:
        self.coreference = coreference
        self.antecedents = Antecedents(coreference.table)

    def name_for(
        self, pronoun: str, position: int, sentence: Sentence, piece: Piece, voice: Voice
    ) -> str | None:
        """The name that the pronoun at a word of a piece stands for, or None to leave it."""
        if self._may_be_nearer(pronoun, position, sentence, piece, voice):
            return None
        return self._name_for(pronoun, position, sentence, piece, voice)

    def _body_of(self, speaker: Entity) -> str | None:
        """The company or state that a person's role names: whom "we" means, said by its head."""
        if speaker.kind != "person":
            return None
        told = " ".join(role for role in (speaker.role, *speaker.roles) if role)
        bodies = (e for e in self.coreference.table.entities if e.is_body and not e.unnamed)
        return next((e.name for e in bodies if any(form in told for form in (e.name, *e.forms))), None)

    def _is_owner(self, pronoun: str, sentence: Sentence, voice: Voice) -> bool:
        """Whether the pronoun means whose the speaker is: "His lawyer, Eva Prat, said he would"."""
        lead = sentence.tokens.lowers[voice.attribution[0]] if voice.attribution is not None else ""
        return _OWNERS.get(lead) == pronoun

    def _spoken_of(self, pronoun: str, sentence: Sentence, voice: Voice) -> int | None:
        """The only other one of the sentence before whom a quoted pronoun can mean."""
        discourse, entities = self.coreference.discourse, self.coreference.table.entities
        near = {
            index
            for _, index in discourse.named_in(sentence.index - 1)
            if index not in voice.speakers and index != voice.via and entities[index].may_be(pronoun)
        }
        return near.pop() if len(near) == 1 else None

    def _plans(self, position: int, sentence: Sentence, piece: Piece, voice: Voice) -> bool:
        """Whether a group says what it will do: "Two senators said they would reintroduce the bill"."""
        lowers = sentence.tokens.lowers
        if position != piece.first or voice.attribution is None or voice.attribution[1] != position:
            return False
        if not voice.speakers or len(voice.speakers) > _MAX_JOINT:
            return False
        entities = self.coreference.table.entities
        several = len(voice.speakers) > 1 or entities[voice.speakers[0]].kind == "group"
        return several and not _PLANS.isdisjoint(lowers[position + 1 : position + 2])

    def _body_spoken_for(self, voice: Voice, known: int | None) -> int | None:
        """`known`, if no office tells that the speaker heads another body: "the council's president"."""
        entities = self.coreference.table.entities
        roles = [entities[i].role or "" for i in voice.speakers]
        owned = any("'s " in role or "’s " in role or " of " in role for role in roles)
        heads = known is not None and any(entities[known].name in role for role in roles)
        return known if heads or not owned else None

    def _may_be_nearer(
        self, pronoun: str, position: int, sentence: Sentence, piece: Piece, voice: Voice
    ) -> bool:
        """Whether the piece names another who may be meant before a pronoun: "that Lind would sell her"."""
        at, entities = self.coreference.table.at, self.coreference.table.entities
        for k in range(piece.first, position):
            index = at.get((sentence.index, k))
            if index is not None and index not in voice.speakers and entities[index].may_be(pronoun):
                return True
        return False

    def _name_for(
        self, pronoun: str, position: int, sentence: Sentence, piece: Piece, voice: Voice
    ) -> str | None:
        """The name that a pronoun stands for, or None to leave it."""
        entities = self.coreference.table.entities
        quoted = sentence.quoted[position]
        if pronoun in ("we", "i"):
            if len(voice.speakers) != 1 or not quoted:
                return None
            speaker = entities[voice.speakers[0]]
            body = self._body_of(speaker) if pronoun == "we" else None
            if pronoun == "we" and body is None and _holds_office(speaker):
                return None  # he speaks for a body that the article doesn't name here
            return body or (None if speaker.unnamed else speaker.name)
        if pronoun == "it" and (quoted or _is_dummy_it(sentence, position)):
            return None
        antecedent = self.coreference.discourse.pronoun(pronoun, sentence, position)
        if quoted and antecedent in voice.speakers:
            antecedent = self._spoken_of(pronoun, sentence, voice)  # nobody calls himself "he"
        if position and sentence.tokens.lowers[position - 1 : position + 1] == ["of", "it"]:
            return None  # "a third of it could be lost"
        if not quoted and pronoun == "it" and self.antecedents.thing_before(sentence, position):
            return None
        owner = not quoted and self._is_owner(pronoun, sentence, voice)
        opens = voice.attribution is not None and position == voice.attribution[0]
        if owner and sentence.tokens.lowers[position] != pronoun and not opens:
            return None  # "His lawyer said his client": there is no telling whose
        if owner and antecedent in voice.speakers and voice.attribution is not None:
            antecedent = self.coreference.discourse.pronoun(pronoun, sentence, voice.attribution[0])
        if not quoted and pronoun != "they" and not owner:
            # in reported speech the pronoun mostly means the speaker
            said_after = voice.attribution is not None and voice.attribution[0] > position
            for index in voice.speakers:
                if not entities[index].may_be(pronoun):
                    continue
                object_ = pronoun == "it" and sentence.tokens.tags[position - 1] in _VERBS
                if said_after and (object_ or entities[index].unnamed or antecedent not in (None, index)):
                    return None  # "She was killed, a neighbour said."
                return _with_article(entities[index].name)
        if pronoun == "it":
            if any(entities[i].kind == "person" for i in voice.speakers):
                antecedent = self._body_spoken_for(voice, antecedent)
            antecedent = self.antecedents.body(sentence, piece.first, position, antecedent)
        elif pronoun != "they" and self.antecedents.other_person(
            sentence, position, antecedent, self.coreference.discourse.speakers
        ):
            return None
        elif pronoun != "they" and voice.speakers and not quoted and antecedent not in voice.speakers:
            discourse = self.coreference.discourse
            near = (*discourse.named_in(sentence.index - 1), *discourse.named_in(sentence.index))
            if all(index != antecedent for _, index in near):
                return None  # another says it of somebody who was named too far back
        if pronoun == "they" and not quoted and self._plans(position, sentence, piece, voice):
            return _with_article(" and ".join(entities[index].name for index in voice.speakers))
        if antecedent is None:
            return None
        entity = entities[antecedent]
        if entity.kind == "person" and entity.name.split(" ", 1)[0] in _ARTICLES:
            return None  # "Police told Le Matin he had been hit": a paper, for all that it looks like
        return _with_article(entity.name) if not entity.unnamed and entity.kind is not None else None


def _holds_office(speaker: Entity) -> bool:
    """Whether a person's role is an office that speaks for many: a general, a prosecutor, a chair."""
    return speaker.kind == "person" and any(
        word in _OFFICES for role in (speaker.role or "", *speaker.roles) for word in role.lower().split()
    )


def _with_article(name: str) -> str:
    """A name as it stands inside a sentence: "the factory", "Norrvik", "two officials"."""
    first = name.split(" ", 1)[0]
    bare = first[:1].islower() and first not in _DETERMINERS and "CD" not in possible_tags(first)
    return f"the {name}" if bare else name


def _is_dummy_it(sentence: Sentence, position: int) -> bool:
    tokens = sentence.tokens
    if position + 2 >= len(sentence) or tokens.lowers[position + 1] not in _AFTER_DUMMY_IT:
        return False
    state = position + 2 + (tokens.lowers[position + 2] in NOT)
    if tokens.lowers[state : state + 1] == ["in"] and tokens.lowers[state + 1 : state + 2] in _IN_STATES:
        return False  # "said it was not in talks"
    if tokens.lowers[position + 2] in _OPENS_ASIDE:
        return True  # "It was, she said, a matter of days", "it was “far too early”"
    if "be" in tokens.lowers[position + 1 : position + 4] and any(
        word in _OPEN_ENDS for word in tokens.lowers[position + 2 : position + 6]
    ):
        return True  # "it cannot be excluded"
    if tokens.lowers[position + 2] in _OWN_STATES:
        return False  # "said it was ready to talk"
    if tokens.lowers[position + 1] == "would":
        return tokens.lowers[position + 2] in _AFTER_DUMMY_WOULD
    return tokens.tags[position + 2] in _DUMMY_COMPLEMENTS
