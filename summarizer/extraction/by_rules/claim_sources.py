"""Who stands behind a document, an outlet, a spokesman: sources that are no plain subject of "said".

Follows one document as it is read: who wrote last (`writers`) is whom "the report" means next.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.claim_documents import belongs_to_attribution, product_head
from summarizer.extraction.by_rules.coreference import Coreference
from summarizer.extraction.by_rules.document import Document, Sentence
from summarizer.extraction.by_rules.entities import Entity
from summarizer.extraction.by_rules.frames import Frame
from summarizer.extraction.by_rules.places import country_adjective
from summarizer.extraction.by_rules.signals import signals
from summarizer.extraction.by_rules.vocabulary import is_outlet, word_set, words
from summarizer.text.words import CLITIC_S, FINITE

_DOCUMENTS: Final = signals(word_set("claims", "sources", "documents"))
_LEGAL: Final = word_set("claims", "sources", "legal")
_FILINGS: Final = word_set("claims", "sources", "filings")
_RESEARCH: Final = word_set("claims", "sources", "research")
_RESEARCHERS: Final = word_set("claims", "sources", "researchers")
_CHARGING: Final = word_set("claims", "sources", "charging")
_PROSECUTING: Final = word_set("claims", "sources", "prosecuting")
_PLEADERS: Final = word_set("claims", "sources", "pleaders")
_SPOKESPEOPLE: Final = word_set("claims", "sources", "spokespeople")
_DEFINITE: Final = words("the this that its their his her it")
_CITING: Final = signals(("citing", "quoting"))
#: One of these stands before an outlet that relays.
_TELLING: Final = signals(("told", "speaking", "interview"))
#: These don't tell that whoever spoke last wrote them.
_OF_OTHERS: Final = words("document documents letter letters draft drafts notice sheet accounts text")
#: "a draft seen by the Courier": by its reader, not by its maker.
_READ: Final = words("seen obtained reviewed viewed read leaked")
_OUTLET_NOUNS: Final = words("station newspaper broadcaster daily channel magazine website network")
_MAX_STATION: Final = 6
_ENDS_CITED: Final = words(", . that who which ;")
#: "in a statement issued on Monday": how far around the attribution the medium may stand.
_DOCUMENT_WORDS_BEFORE: Final = 8
_DOCUMENT_WORDS_AFTER: Final = 7
#: "in a joint written statement": the preposition stands at most so far before.
_MAX_PREPOSITION_DISTANCE: Final = 4
_CITING_WORDS_AFTER: Final = 8
_OUTLET_WORDS_AFTER: Final = 9
#: Around "spokesman" its body is looked for so far to both sides.
_BODY_WORDS_BEFORE: Final = 4
_BODY_WORDS_AFTER: Final = 6


class ClaimSources:
    """Finds the sources of one document's claims."""

    def __init__(self, document: Document, coreference: Coreference) -> None:
        self.document = document
        self.coreference = coreference
        self.table = coreference.table
        self.writers: tuple[int, ...] = ()
        self._researchers: tuple[int, ...] | None = None

    # -- documents ----------------------------------------------------------------------------

    def makers(self, sentence: Sentence, first: int, last: int) -> tuple[int, ...] | None:
        """Maker of the report, map or study that is the subject; () when it isn't told; None: no product."""
        head = product_head(sentence, first, last)
        if head is None:
            return None
        tokens = sentence.tokens
        lower = tokens.lowers[head]
        if lower == "sheet" and tokens.lowers[head - 1] == "charge":
            lower = "charges"
        if lower == "intelligence" and head > first and country_adjective(tokens.words[head - 1]):
            return (self._service(sentence, head - 1, head + 1),)
        return self._named_maker(sentence, first, head, last) or self._maker_by_kind(
            lower, tokens.lowers[first]
        )

    def _named_maker(self, sentence: Sentence, first: int, head: int, last: int) -> tuple[int, ...]:
        """As in "a report issued by the government", "Ukraine's assessment", "the ministry's report"."""
        lowers = sentence.tokens.lowers
        for k in range(head + 1, last - 1):
            if lowers[k - 1 : k + 1] == ["released", "by"] and lowers[head] in _OF_OTHERS:
                continue
            close = k == head + 1 and lowers[k] in ("of", "for", "at")
            if k == head + 1 and lowers[k] == "in":
                outlet = self._paper(sentence, k + 1, last)
                if outlet is not None:
                    return (outlet,)
            if (close or lowers[k] in ("by", "from")) and lowers[k - 1] not in _READ:
                found = self.coreference.phrase(sentence, k + 1, last)
                if found:
                    return found
        for k in range(head - 1, first - 1, -1):
            index = self.table.at.get((sentence.index, k))
            if index is not None and self.table.entities[index].kind is not None:
                return (index,)
        for k in range(first + 1, head):
            if lowers[k] in CLITIC_S:
                found = self.coreference.phrase(sentence, first, k)
                if found:
                    return found
        return ()

    def _paper(self, sentence: Sentence, first: int, last: int) -> int | None:
        """The outlet whose name words `first:last` are: "a report in | the Economic Herald"."""
        first += sentence.tokens.lowers[first] == "the"
        end = first
        while end < last and sentence.tokens.words[end][0].isupper():
            end += 1
        if end == first or not is_outlet(self.document.words(sentence, first, end)):
            return None
        return self.coreference.unnamed.add_name(sentence, first, end - 1, "organization")

    def _maker_by_kind(self, product: str, lead: str) -> tuple[int, ...]:
        """Whose an indictment, a filing or a study is without saying so, and who "it" is that said more."""
        discourse = self.coreference.discourse
        if product in _CHARGING:
            return self.pleader(_PROSECUTING)
        if product in _LEGAL:
            return self.pleader()
        if product in _FILINGS and discourse.organization is not None:
            return (discourse.organization,)
        researchers = self._makers_of_research()
        if product in _RESEARCH and (researchers or not self.writers):
            return researchers
        if lead in _DEFINITE:
            return self.writers or (() if product in _OF_OTHERS else discourse.speakers)
        return ()

    def _makers_of_research(self) -> tuple[int, ...]:
        """Who made the study that the article is about: its researchers or authors, named or not."""
        if self._researchers is None:
            self._researchers = self._first_researchers()
        return self._researchers

    def _first_researchers(self) -> tuple[int, ...]:
        for sentence in self.document.sentences:
            k = sentence.next_of(_RESEARCHERS, 0, len(sentence))
            if k is not None:
                index = self.table.at.get((sentence.index, k))
                return (index,) if index is not None else self.coreference.phrase(sentence, k, k + 1)
        return ()

    def _service(self, sentence: Sentence, first: int, last: int) -> int:
        """A service that is named by its country: "American intelligence"."""
        name = self.document.words(sentence, first, last)
        entities = self.table.entities
        known = (i for i, e in enumerate(entities) if e.name == name and e.kind == "organization")
        index = next(known, None)
        if index is None:
            index = self.table.new("organization", name)
        self.table.mention(index, sentence.index, first, last)
        return index

    def is_written(self, sentence: Sentence, frame: Frame) -> bool:
        """Whether the medium is a document: "said in a statement", "wrote", "in its readout of the call"."""
        if frame.verb_class.base in ("write", "tweet", "post"):
            return True
        lowers = sentence.tokens.lowers
        begin, end = frame.attribution
        begin, end = begin - _DOCUMENT_WORDS_BEFORE, end + _DOCUMENT_WORDS_AFTER
        for k in sentence.places(_DOCUMENTS):
            if begin <= k < end and not sentence.quoted[k]:
                before = lowers[max(0, k - _MAX_PREPOSITION_DISTANCE) : k]
                if ("in" in before or "on" in before) and belongs_to_attribution(sentence, frame, k):
                    return True
        return False

    # -- people and bodies --------------------------------------------------------------------

    def pleader(self, callings: frozenset[str] = _PLEADERS) -> tuple[int, ...]:
        """Who pleads in the court of the article: the latest lawyer, else the first one named."""
        for speaker in self.coreference.discourse.speakers:
            if _pleads(self.table.entities[speaker], callings):
                return (speaker,)
        for index, entity in enumerate(self.table.entities):
            if entity.kind is not None and _pleads(entity, callings):
                return (index,)
        return ()

    def relays_all(self, speakers: tuple[int, ...]) -> bool:
        """Whether this is the agency that the whole article relays: then it is not named on every claim."""
        origin = self.document.article.origin
        return (
            origin is not None
            and len(speakers) == 1
            and self.table.entities[speakers[0]].name in (origin, f"the {origin}")
        )

    def cited(self, sentence: Sentence, frame: Frame) -> tuple[int, ...]:
        """The people in "the Journal reported, citing people close to the family"."""
        places = sentence.places(_CITING)
        if frame.verb_class.base == "learn":
            source = sentence.next_word("from", frame.verb, len(sentence))
            places = [source] if source is not None else []
        if not places:
            return ()
        tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
        begin, end = frame.attribution[0], max(frame.attribution[1], frame.content[0])
        for k in places:
            if begin - 1 <= k < end + _CITING_WORDS_AFTER and not sentence.quoted[k]:
                stop = k + 1
                while stop < len(lowers) and lowers[stop] not in _ENDS_CITED and tags[stop] not in FINITE:
                    stop += 1
                return self.coreference.phrase(sentence, k + 1, stop)
        return ()

    def outlet_told(self, sentence: Sentence, frame: Frame) -> int | None:
        """The outlet that relays: "told CNN", "in an interview with RT TV"."""
        if not sentence.places(_TELLING):
            return None
        lowers = sentence.tokens.lowers
        begin, end = frame.attribution
        stop = min(len(lowers), end + _OUTLET_WORDS_AFTER)
        if _TELLING.isdisjoint(lowers[max(0, begin - _MAX_PREPOSITION_DISTANCE) : stop]):
            return None
        for k in range(begin, stop):
            index = self.table.at.get((sentence.index, k))
            if index is None:
                continue
            name = self.table.entities[index].name
            if not is_outlet(name):
                continue
            before = lowers[max(0, k - _MAX_PREPOSITION_DISTANCE) : k]
            speaking = "speaking" in before and ("with" in before or "to" in before)
            if "told" in before or speaking or ("with" in before and "interview" in before):
                return index
        return self._station_told(sentence, begin, stop)

    def _station_told(self, sentence: Sentence, first: int, last: int) -> int | None:
        """The outlet in "told the radio station Onda Norte"."""
        tokens = sentence.tokens
        told = sentence.next_word("told", first, last)
        noun = (
            sentence.next_of(_OUTLET_NOUNS, told, min(last, told + _MAX_STATION))
            if told is not None
            else None
        )
        end = first = noun + 1 if noun is not None else last
        while end < last and tokens.words[end][0].isupper():
            end += 1
        return (
            self.coreference.unnamed.add_name(sentence, first, end - 1, "organization")
            if end > first
            else None
        )

    def body_of_spokesperson(self, speakers: tuple[int, ...]) -> tuple[int, ...]:
        """The body that an unnamed spokesman speaks for; () where there is none, or nobody is a spokesman."""
        if len(speakers) != 1 or not self.table.entities[speakers[0]].unnamed:
            return ()
        entity = self.table.entities[speakers[0]]
        parts = entity.name.lower().split()
        if _SPOKESPEOPLE.isdisjoint(parts):
            return ()
        near = self._body_near(entity, speakers)
        if near:
            return near
        discourse = self.coreference.discourse
        spoke = next((i for i in discourse.speakers if self.table.entities[i].kind == "organization"), None)
        last = spoke if spoke is not None and len(parts) == 1 else discourse.organization
        if last is not None and len(parts) == 1 and self.table.entities[last].kind == "organization":
            return (last,)
        return ()

    def _body_near(self, entity: Entity, speakers: tuple[int, ...]) -> tuple[int, ...]:
        """The body named around the last mention of a spokesman, or in "a spokesman for the company"."""
        if not entity.mentions:
            return ()
        mention = entity.mentions[-1]
        sentence = self.document.sentences[mention.sentence]
        if mention.last - mention.first == 1:
            # "Police said …, though a spokesman added": whoever the sentence began with
            opening = self.table.at.get((mention.sentence, 0)) if mention.first > 0 else None
            if opening is not None and self.table.entities[opening].is_body:
                return (opening,)
        begin = max(0, mention.first - _BODY_WORDS_BEFORE)
        for k in range(begin, min(len(sentence), mention.last + _BODY_WORDS_AFTER)):
            index = self.table.at.get((mention.sentence, k))
            if index is not None and index not in speakers and self.table.entities[index].is_body:
                return (index,)
        at = sentence.next_word("for", mention.first, mention.last)
        body = self.coreference.phrase(sentence, at + 1, mention.last, create=False) if at is not None else ()
        return body if body != speakers else ()


def _pleads(entity: Entity, callings: frozenset[str]) -> bool:
    told = " ".join([entity.name, *entity.roles, entity.role or ""]).split()
    return any(w.lower().strip(",.") in callings for w in told)
