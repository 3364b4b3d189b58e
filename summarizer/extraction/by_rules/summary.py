"""The brief's summary: two to four of the article's own sentences, chosen for what they carry.

Pure. Extractive on purpose: a sentence that stands in the article keeps its hedges, bounds and
attributions. Chosen are the lead, then the sentences that hold a denial, a figure or a stated uncertainty
of the main event; a sentence that leans on the one before it ("He added …", "Asked about it, she said") is
passed over.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from summarizer.extraction.by_rules.document import Document
from summarizer.extraction.by_rules.document import Sentence as TextSentence
from summarizer.extraction.by_rules.places import country_form, is_place
from summarizer.extraction.by_rules.vocabulary import CALENDAR, GROUP_NOUNS, is_person_noun, words
from summarizer.records.brief import Sentence
from summarizer.records.draft import DraftClaim, DraftFigure

#: Longer sentences than this are no summary.
MAX_CHARS: Final = 360
MIN_WORDS: Final = 7
MAX_SENTENCES: Final = 4
_SINGULAR: Final = words("he she him his himself herself")
_PLURAL: Final = words("they them their themselves")
_LEANING: Final = words(
    "he she it they this that these those but and however also meanwhile another others earlier later "
    "still yet so then both such here there his her its their additionally moreover instead nor"
)


class _Candidate(NamedTuple):
    """A sentence with what it carries."""

    order: int
    text: str
    cites: tuple[str, ...]
    denies: bool
    unsure: bool
    numbers: int
    leans: bool
    words: set[str]


def summarize(
    document: Document, claims: Sequence[DraftClaim], figures: Sequence[DraftFigure]
) -> tuple[Sentence, ...]:
    """Sentences in text order, each with the draft ids of the claims and figures inside it."""
    starts = [sentence.start for sentence in document.sentences]
    claims_of: dict[int, list[DraftClaim]] = {}
    figures_of: dict[int, list[DraftFigure]] = {}
    for claim in claims:
        claims_of.setdefault(_sentence_at(starts, claim), []).append(claim)
    for figure in figures:
        figures_of.setdefault(_sentence_at(starts, figure), []).append(figure)
    found = (
        _candidate(document, s, claims_of.get(s.index, ()), figures_of.get(s.index, ()))
        for s in document.sentences
    )
    candidates = [candidate for candidate in found if candidate is not None]
    if not candidates:
        return ()
    standing = [c for c in candidates if not c.leans] or candidates
    chosen = [standing[0]]
    for wanted in (
        [c for c in standing if c.denies],
        [c for c in standing if c.numbers],
        [c for c in standing if c.unsure],
        standing[1:],
    ):
        if len(chosen) >= MAX_SENTENCES:
            break
        said = [c.words for c in chosen]
        new = [c for c in wanted if c not in chosen and not _repeats(c, said)]
        if new:
            chosen.append(max(new, key=lambda c: (c.numbers > 0) + c.denies + c.unsure - 0.12 * c.order))
    if len(chosen) == 1:
        said = [chosen[0].words]
        chosen += [c for c in candidates if c not in chosen and not _repeats(c, said)][:1]
    return tuple(Sentence(text=c.text, cites=c.cites) for c in sorted(chosen, key=lambda c: c.order))


def _candidate(
    document: Document, sentence: TextSentence, claims: Sequence[DraftClaim], figures: Sequence[DraftFigure]
) -> _Candidate | None:
    if sentence.repeated or sentence.role != "body" or len(sentence) < MIN_WORDS:
        return None
    if not claims or sentence.is_quoted(0, len(sentence)):
        return None  # nothing is said, or a quotation without its speaker
    text = " ".join(document.text[sentence.start : sentence.end].split())
    if len(text) > MAX_CHARS or text[-1] not in ".!?”\"'’" or text.count("“") != text.count("”"):
        return None
    if sum(word[0].isalnum() for word in sentence.tokens.words) < MIN_WORDS - 1:
        return None  # “No,” she said.
    inside = [c for c in claims if _within(c, sentence)]
    if not inside:
        return None
    counted = [f for f in figures if _within(f, sentence)]
    first_word = next(w for w in sentence.tokens.lowers if w[0].isalnum())
    return _Candidate(
        order=sentence.index,
        text=text,
        cites=(*(c.id for c in inside), *(f.id for f in counted)),
        denies="denied" in [c.polarity for c in inside],
        unsure=any(c.certainty != "certain" for c in inside),
        numbers=len(counted),
        leans=first_word in _LEANING or _dangles(sentence),
        words=set(text.lower().split()),
    )


def _dangles(sentence: TextSentence) -> bool:
    """Whether a pronoun for people comes before anybody whom it could mean: "Asked why, he said …"."""
    lowers, tags = sentence.tokens.lowers, sentence.tokens.tags
    if _SINGULAR.isdisjoint(lowers) and _PLURAL.isdisjoint(lowers):
        return False
    person = several = False
    for i, lower in enumerate(lowers):
        if (lower in _SINGULAR and not person) or (lower in _PLURAL and not several and not person):
            return True
        if tags[i] in ("NNS", "NNPS") or lower in GROUP_NOUNS or lower == "and":
            several = True
        if tags[i] in ("NNP", "NN"):
            word = sentence.tokens.words[i]
            named = tags[i] == "NNP" and lower not in CALENDAR and country_form(word) is None
            person = person or (named and not is_place(word)) or is_person_noun(lower)
    return False


def _sentence_at(starts: list[int], item: DraftClaim | DraftFigure) -> int:
    """Index of the sentence in which the item's quote starts."""
    start = item.evidence[0].start
    return bisect_right(starts, start if start is not None else -1) - 1


def _within(item: DraftClaim | DraftFigure, sentence: TextSentence) -> bool:
    quote = item.evidence[0]
    start = quote.start if quote.start is not None else -1
    return sentence.start <= start and start + len(quote.quote) <= sentence.end


def _repeats(candidate: _Candidate, said: Sequence[set[str]]) -> bool:
    """Whether most of the sentence's words stand in one that is chosen already."""
    words = candidate.words
    return any(len(words & other) >= 0.7 * len(words) for other in said)
