"""Figures: every quantity of the story with what it counts, how sure it is and who says so.

Pure. Numbers, units, bounds and masks are `text.numbers`' business; here each quantity gets its noun phrase,
status, date, place and source, mentions of one quantity are joined into one figure, and counts that only
describe a source ("two officials said") are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarizer.extraction.by_rules.document import Document, Sentence
from summarizer.extraction.by_rules.figures_counted import counted_noun, counted_phrase, place_of
from summarizer.extraction.by_rules.figures_dates import as_of
from summarizer.extraction.by_rules.figures_merging import Mention, merge_mentions
from summarizer.extraction.by_rules.figures_status import status_of
from summarizer.records.brief import Certainty
from summarizer.records.draft import DraftFigure, Quote
from summarizer.text.dates import DateExpression, find_dates
from summarizer.text.lexicon import load_lexicon
from summarizer.text.numbers import Quantity, find_quantities
from summarizer.text.numbers_units import currency_in

__all__ = ["ActorMention", "Attribution", "find_figures"]

#: Heads of counts that only say how many sources there are, with what then follows.
_SOURCES = frozenset(
    (
        "people", "sources", "officials", "diplomats", "researchers", "persons", "executives", "lawyers",
        "aides", "traders", "witnesses", "analysts", "bankers", "insiders", "advisers", "experts", "men",
        "women", "employees",
    )
)  # fmt: skip
_SOURCE_AFTER = re.compile(
    r"(?:\s[\w’'-]+){0,2}?\s(?:familiar\swith|with\s(?:direct\s|first-?hand\s|intimate\s)?knowledge|briefed\son"
    r"|close\sto|who\s(?:asked|spoke|requested|declined|were\snot\sauthori[sz]ed)|said|told|says|say)\b"
)
MAX_SOURCES = 12


@dataclass(frozen=True, slots=True)
class Attribution:
    """A claim's stretch of text and who stands behind it; without speakers it is the article's own voice."""

    start: int
    end: int
    speakers: tuple[str, ...] = ()
    via: str | None = None
    certainty: Certainty = "certain"
    commissive: bool = False


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Where the text names an actor, for figures whose owner is only their grammatical subject."""

    start: int
    end: int
    actor: str


_OWN_VOICE = Attribution(0, 0)
_OWNERS = frozenset(load_lexicon("summarizer.extraction.by_rules", "lexicons/figure_status.toml")["owners"])
_WORD = re.compile(r"[A-Za-z]+")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|widely|than)\s$")
#: "… compared with about 45 per cent before the announcement", "down from a previous range of 4% to 6%".
_COMPARED = re.compile(
    r"\b(?:compared\s(?:with|to)|versus|against|from|than|vs\.?)\s((?:an?|the|its|their)\s(?:\w+\s){1,3}?of\s|the\s)?$"
)
_SAYS_AFTER = re.compile(
    r"(?:[’']s\s(?:team|office|spokesman|spokeswoman|lawyers?))?(?:,\s[^,]{3,60},)?\s(?:also\s|now\s|later\s)?(?:said|says|claimed"
    r"|claims|estimates?|estimated|calculates?|calculated|reported|put|puts|announced|told\s[\w\s]{2,30}?)\b"
)
_HEADLINE_SAYS = re.compile(r"\b(?:says|said|shows|claims|warns|finds)\b")
_PRESUPPOSING = re.compile(
    r"\b(?:urged|urges|call(?:s|ed)\sfor|condemn\w*|critici[sz]\w+|denounc\w+|demand\w*|welcom\w+|deplor\w+|mourn\w+)\b"
)
_INSIDE_DEFINITE = re.compile(r"\bthe\s(?:[\w'’‘“”-]+\s){0,3}[\w-]+\sof\s$")
_NEW_CLAUSE = re.compile(r";|,\s(?:but|while|although|whereas|which|who)\s")
_PRONOUN = re.compile(
    r"[“\"]?(?:It|They|He|She|The (?:company|bank|firm|group|agency|ministry|government))\b"
)
_EARLIER_PLAN = re.compile(r"\b(?:previous|prior|earlier|initial|original)\b")
_EARLIER_AFTER = re.compile(
    r"\s(?:previously|earlier|before\s(?:the|that|its)|forecast|projected|expected|seen\sin)\b"
)


def find_figures(
    document: Document, attributions: Sequence[Attribution], actors: Sequence[ActorMention] = ()
) -> tuple[DraftFigure, ...]:
    """Draft figures of the article in text order, ids "f1" …

    The smallest attribution that covers a number gives its source and `via`; a nested claim in the article's
    own voice ("…, which controls 34% of the votes, was open to a sale, the paper said") keeps it from the
    outer speaker. A plan or forecast that nobody is quoted with belongs to its subject, where `actors`
    names it ("The agency plans to fly in 80 tons").
    """
    reader = _Reader(document, attributions, actors)
    groups = merge_mentions(reader.mentions())
    return tuple(_draft(f"f{number}", group, document.text) for number, group in enumerate(groups, 1))


class _Reader:
    """Reads the mentions of one document."""

    def __init__(
        self, document: Document, attributions: Sequence[Attribution], actors: Sequence[ActorMention]
    ) -> None:
        self._document = document
        self._text = document.text
        self._published = document.article.published.date
        self._smallest_first = sorted(attributions, key=lambda item: (item.end - item.start, item.start))
        self._actors = sorted(actors, key=lambda mention: (mention.end, mention.start))
        self._actor_ends = [mention.end for mention in self._actors]
        self._dates: dict[int, list[DateExpression]] = {}
        self._currencies: dict[str, str | None] = {}
        self._fallback = ""

    def mentions(self) -> list[Mention]:
        """Every quantity with its context, in text order."""
        found: list[Mention] = []
        for sentences in _lines(self._document.sentences):
            starts = [sentence.start for sentence in sentences]
            for item in find_quantities(self._text, sentences[0].start, sentences[-1].end):
                sentence = sentences[max(0, bisect_right(starts, item.number_start) - 1)]
                if not self._describes_source(item):
                    mention = self._mention(sentence, item)
                    found.append(self._compared(mention, found[-1]) if found else mention)
        return found

    def _mention(self, sentence: Sentence, item: Quantity) -> Mention:
        text, tokens = self._text, sentence.tokens
        first = bisect_right(tokens.starts, item.start) - 1 if item.start >= sentence.start else 0
        last = bisect_left(tokens.starts, item.end)
        voice = self._voice(item)
        noun = text[item.head.noun_start : item.head.end].lower() if item.head else ""
        described = item.definite or (
            item.kind in ("count", "measure", "money", "percent") and self._possessed(sentence, item)
        )
        quoted = bool(sentence.quoted) and sentence.quoted[min(max(first, 0), len(sentence.quoted) - 1)]
        if (described or self._epithet(sentence, item)) and not quoted:
            voice = _OWN_VOICE
        status = status_of(
            sentence,
            max(first, 0),
            last,
            definite=described,
            duration=item.kind == "duration",
            measured=item.kind in ("duration", "measure"),
            attributed=bool(voice.speakers),
            commissive=voice.commissive,
        )
        counted = counted_phrase(text, sentence, item, max(first, 0), last, self._fallback)
        self._fallback = counted_noun(text, item) or self._fallback
        return Mention(
            item=item,
            sentence=sentence,
            unit=self._unit(item),
            noun=noun,
            counted=counted,
            status=status,
            as_of=self._as_of(sentence, item, max(first, 0), last, status),
            place=place_of(text, sentence, item),
            source=self._source(sentence, item, voice, status),
            via=voice.via,
            quoted=quoted,
        )

    def _voice(self, item: Quantity) -> Attribution:
        start, end = item.number_start, item.number_end
        return next((a for a in self._smallest_first if a.start <= start and end <= a.end), _OWN_VOICE)

    def _source(self, sentence: Sentence, item: Quantity, voice: Attribution, status: str) -> str | None:
        if voice.speakers and self._presupposed(sentence, item):
            return None
        if voice.speakers or not self._actors:
            return voice.speakers[0] if voice.speakers else None
        headline_says = sentence.role == "headline" and _HEADLINE_SAYS.search(
            self._text, sentence.start, item.start
        )
        if headline_says and ";" not in self._text[sentence.start : item.start]:
            first = min(
                (a for a in self._smallest_first if a.speakers), key=lambda a: a.start, default=_OWN_VOICE
            )
            return self._spoken(sentence, item, voice) or (first.speakers[0] if first.speakers else None)
        if voice is not _OWN_VOICE or not item.definite:
            spoken = self._spoken(sentence, item, voice)
            if spoken is not None:
                return spoken
        return self._owner(sentence, item, status)

    def _presupposed(self, sentence: Sentence, item: Quantity) -> bool:
        """ "He urged a solution to the build-up of 100,000 troops": the number is the article's, not his."""
        before = self._text[sentence.start : item.start]
        return bool(_PRESUPPOSING.search(before) and _INSIDE_DEFINITE.search(before[-80:]))

    def _spoken(self, sentence: Sentence, item: Quantity, voice: Attribution) -> str | None:
        """Whoever "said", "claimed" or "estimates" it right before the number, where no claim tells.

        The verb must lie inside what is read as the article's own voice: a clause of its own within
        somebody's statement ("…, which controls 34%, was open to a sale") stays the article's.
        """
        floor = sentence.start if voice is _OWN_VOICE else max(sentence.start, voice.start)
        place = bisect_right(self._actor_ends, item.start) - 1
        while place >= 0 and self._actors[place].end > floor:
            mention = self._actors[place]
            verb = _SAYS_AFTER.match(self._text, mention.end, item.start)
            if verb is not None and not _NEW_CLAUSE.search(self._text[verb.end() : item.start]):
                return mention.actor
            place -= 1
        return None

    def _owner(self, sentence: Sentence, item: Quantity, status: str) -> str | None:
        """Who forecasts: the last actor named before the verb or noun that says so."""
        if status == "actual" or not self._actors:
            return None
        for match in reversed(list(_WORD.finditer(self._text, sentence.start, item.start))):
            if match.group().lower() not in _OWNERS:
                continue
            if _PASSIVE.search(self._text[max(sentence.start, match.start() - 12) : match.start()].lower()):
                return None
            place = bisect_right(self._actor_ends, match.start()) - 1
            if place >= 0 and self._actors[place].start >= sentence.start:
                return self._actors[place].actor
            lead = self._text[max(sentence.start, match.start() - 40) : match.start()]
            return self._opener(sentence) if _PRONOUN.search(lead) else None
        return None

    def _opener(self, sentence: Sentence) -> str | None:
        """The first actor of the sentence before, whom an opening "It" most often takes up."""
        if sentence.index == 0:
            return None
        before = self._document.sentences[sentence.index - 1]
        first = min(
            (mention for mention in self._actors if before.start <= mention.start < before.end),
            key=lambda mention: mention.start,
            default=None,
        )
        return first.actor if first else None

    def _compared(self, mention: Mention, previous: Mention) -> Mention:
        """A figure given for comparison shares the source of the one before it, and its being a forecast."""
        if mention.sentence is not previous.sentence or mention.unit != previous.unit:
            return mention
        before = self._text[previous.item.end : mention.item.start]
        match = _COMPARED.search(before)
        if match is None:
            return mention
        source, via = (mention.source, mention.via) if mention.source else (previous.source, previous.via)
        earlier = _EARLIER_PLAN.search(match.group(1) or "") or _EARLIER_AFTER.match(
            self._text, mention.item.end
        )
        status = previous.status if earlier and mention.status == "actual" else mention.status
        return replace(mention, source=source, via=via, status=status)

    def _epithet(self, sentence: Sentence, item: Quantity) -> bool:
        """ "The 212-room hotel", "the 27-member bloc": it says what a thing is, whoever speaks."""
        if item.kind != "count" or self._text[item.number_end : item.number_end + 1] not in ("-", "‑"):
            return False
        return bool(_DEFINITE.search(self._text[max(sentence.start, item.start - 16) : item.start].lower()))

    def _as_of(self, sentence: Sentence, item: Quantity, first: int, last: int, status: str) -> str | None:
        if sentence.index not in self._dates:
            self._dates[sentence.index] = find_dates(self._text, sentence.start, sentence.end)
        dates = self._dates[sentence.index]
        return as_of(
            self._text,
            sentence,
            (item.start, item.end),
            first,
            last,
            dates,
            self._published,
            status == "actual",
        )

    def _unit(self, item: Quantity) -> str:
        """The unit, with "crowns" and "pesos" read as the article's own full name for them says."""
        if item.kind != "money":
            return item.unit
        noun = self._text[item.number_end : item.end].split("(")[0].strip(" -").rsplit(" ", 1)[-1].lower()
        if item.inherited:
            noun = ""
        if not noun.isalpha() or (
            item.unit != "XXX" and noun.rstrip("s") not in ("pound", "rupee", "krona", "lira")
        ):
            return item.unit
        if noun not in self._currencies:
            self._currencies[noun] = currency_in(self._text, noun)
        return self._currencies[noun] or item.unit

    def _describes_source(self, item: Quantity) -> bool:
        """ "Three people familiar with the matter", "two of the sources said": no quantity of the story."""
        if item.kind != "count" or item.head is None or item.value > MAX_SOURCES:
            return False
        noun = self._text[item.head.noun_start : item.head.end].lower()
        return noun in _SOURCES and bool(_SOURCE_AFTER.match(self._text, item.end))

    def _possessed(self, sentence: Sentence, item: Quantity) -> bool:
        """Behind a possessive or an article, so that it describes what there is: "its 2 per cent target"."""
        before = self._text[max(sentence.start, item.start - 16) : item.start].lower()
        return bool(_POSSESSED.search(before)) or (item.kind == "money" and bool(_THE.search(before)))


_DEFINITE = re.compile(r"\b(?:the|its|their|his|her|our|my|this)\s(?:\w+\s)?$|['’]s\s$")
_POSSESSED = re.compile(r"(?:\b(?:its|their|his|her|our|my)|['’]s|s['’])\s(?:shared\s|own\s|current\s)?$")
_THE = re.compile(r"\bthe\s$")


def _lines(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    lines: list[list[Sentence]] = []
    for sentence in sentences:
        if lines and lines[-1][0].line == sentence.line:
            lines[-1].append(sentence)
        else:
            lines.append([sentence])
    return lines


def _draft(identifier: str, group: Sequence[Mention], text: str) -> DraftFigure:
    main = group[0]
    item = main.item
    source = next((mention for mention in group if mention.source is not None), main)
    return DraftFigure(
        id=identifier,
        evidence=(Quote(quote=text[item.start : item.end], start=item.start),),
        also=tuple(
            Quote(
                quote=text[other.item.start : other.item.end],
                start=other.item.start,
                bound=other.item.bound if other.item.bound != item.bound else None,
            )
            for other in group[1:]
        ),
        value=item.value,
        value_high=item.value_high,
        unit=main.unit,
        counted=main.counted,
        bound=item.bound,
        status=main.status,
        as_of=next((mention.as_of for mention in group if mention.as_of), None),
        place=next((mention.place for mention in group if mention.place), None),
        source=source.source,
        via=source.via,
    )
