"""What a figure counts, as a short noun phrase, and where (contract, section 4: `counted`, `place`).

Pure. Takes the words of the text around the number: the counted noun with its complement, what rose or fell,
whose share it is, what the money is for. Not a parse; the phrase is for people and for comparing figures.
"""

from __future__ import annotations

import re

from summarizer.extraction.by_rules.document import Sentence
from summarizer.text.countries import countries
from summarizer.text.lexicon import load_lexicon
from summarizer.text.numbers import Quantity

_LEXICON = load_lexicon("summarizer.extraction.by_rules", "lexicons/figure_nouns.toml")
_CHANGES: dict[str, str] = {form: noun for noun, forms in _LEXICON["changes"].items() for form in forms}
_DIMENSIONS: dict[str, str] = _LEXICON["dimensions"]
_PREPOSITIONS = frozenset(
    (
        "of",
        "in",
        "on",
        "at",
        "near",
        "from",
        "for",
        "to",
        "with",
        "by",
        "against",
        "along",
        "among",
        "across",
        "over",
        "into",
        "within",
        "around",
        "under",
        "between",
        "as",
    )
)
_NOMINAL = frozenset(
    ("NN", "NNS", "NNP", "NNPS", "JJ", "CD", "POS", "DT", "PRP$", "VBN", "VBG", "JJR", "JJS")
)
_BE = frozenset(
    (
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "'ve",
        "’ve",
        "still",
        "also",
        "now",
        "already",
        "not",
    )
)
_DATE_WORDS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december today yesterday tomorrow week month year quarter weekend morning afternoon "
    "evening night spring summer autumn winter".split()
)
_MAX_WORDS = 9


def counted_phrase(
    text: str, sentence: Sentence, item: Quantity, first: int, last: int, fallback: str
) -> str:
    """A short noun phrase for the quantity whose words are `[first, last)`; never empty.

    `fallback` is what the nearest earlier count counted, for a number without a noun ("and 41 have been
    sickened").
    """
    if item.kind in ("count", "bare") and item.unit in ("count", "1"):
        phrase = _count(text, sentence, item, first, last, fallback)
    elif item.kind == "duration":
        phrase = _duration(text, sentence, first, last)
    elif item.kind == "measure":
        phrase = _measure(text, sentence, first, last)
    else:
        phrase = _amount(text, sentence, item, first, last)
    return _tidy(phrase) or fallback or _tidy(text[item.start : item.end])


def _tidy(phrase: str) -> str:
    phrase = re.sub(r"\s+", " ", phrase).strip(" ,;:.\"“”‘'()–—-")
    return re.sub(r"^(?:the|a|an|its|their|his|her|of the|of its|of|that|another)\s+", "", phrase)


def _words(sentence: Sentence, first: int, last: int, text: str) -> str:
    if first >= last:
        return ""
    return text[sentence.tokens.starts[first] : sentence.tokens.ends[last - 1]]


def _complement_end(sentence: Sentence, start: int, limit: int = _MAX_WORDS) -> int:
    """End of the prepositional phrases that begin at word `start` ("near the border with Ukraine"), or `start`."""
    lowers, tags = sentence.tokens.lowers, sentence.tokens.tags
    end = i = start
    while i < len(lowers) and i - start < limit:
        if lowers[i] not in _PREPOSITIONS:
            break
        j = i + 1
        while j < len(lowers) and j - start < limit and tags[j] in _NOMINAL and lowers[j] not in _DATE_WORDS:
            j += 1
        if j == i + 1 or tags[j - 1] in ("DT", "JJ", "PRP$", "POS", "CD", "VBN"):
            break
        if j < len(lowers) and lowers[j] in _DATE_WORDS:
            break
        end = i = j
    return end


def _count(text: str, sentence: Sentence, item: Quantity, first: int, last: int, fallback: str) -> str:
    tokens = sentence.tokens
    noun = ""
    if item.head is not None:
        noun = text[item.head.start : item.head.end]
        noun = re.sub(
            r"^of\s(?:(?:the|its|his|her|their|our|those|these|all)\s)?(?:[\w,]+\s(?=\w+s$))?", "", noun
        )
        if noun in (
            "them",
            "those",
            "these",
            "which",
            "whom",
            "others",
            "more",
            "dead",
            "wounded",
            "injured",
        ):
            noun = (
                f"{fallback.split(' ')[0]} {noun}"
                if fallback and noun in ("dead", "wounded", "injured")
                else fallback or noun
            )
    noun = noun or (
        fallback.split(" who ")[0].split(" in ")[0] if fallback else _subject(text, sentence, first)
    )
    owner = _owner(text, sentence, first)
    i = last
    while i < len(tokens) and tokens.lowers[i] in _BE:
        i += 1
    action = ""
    if (
        i < len(tokens)
        and tokens.tags[i] in ("VBN", "VBD", "JJ")
        and (i > last or tokens.tags[i] in ("VBN", "VBD"))
    ):
        action, i = tokens.words[i], i + 1
    else:
        i = last
        j = first - 1
        while j >= 0 and tokens.lowers[j] in (
            "about",
            "at",
            "least",
            "more",
            "than",
            "up",
            "to",
            "some",
            "as",
            "many",
        ):
            j -= 1
        if (
            j >= 0
            and tokens.tags[j] in ("VBD", "VBN")
            and tokens.lowers[j] not in _BE | {"said", "told", "put", "included"}
        ):
            action = tokens.words[j]
    end = _complement_end(sentence, i)
    return " ".join(part for part in (owner, noun, action, _words(sentence, i, end, text)) if part)


def _owner(text: str, sentence: Sentence, first: int) -> str:
    """The nation whose things are counted, from the subject: "Russia has deployed 94,000 troops" → "Russian"."""
    tokens = sentence.tokens
    for i in range(first - 1, max(-1, first - 12), -1):
        if tokens.tags[i] in ("VBD", "VBZ", "VBP", "MD") and i > 0 and tokens.tags[i - 1] in ("NNP", "NNPS"):
            country = countries().by_name(tokens.words[i - 1])
            if (
                country is not None
                and country.adjectives
                and tokens.lowers[i]
                in ("has", "had", "will", "would", "deployed", "sent", "massed", "plans", "could", "may")
            ):
                return country.adjectives[0]
            return ""
    return ""


def _subject(text: str, sentence: Sentence, first: int) -> str:
    """The noun phrase before the nearest verb on the left: what "fell to 1.42 billion"."""
    tokens = sentence.tokens
    i = first - 1
    while i >= 0 and tokens.tags[i] not in ("VBD", "VBZ", "VBP", "MD"):
        if tokens.lowers[i] in (";", "—", "–"):
            return ""
        i -= 1
    while i >= 0 and tokens.tags[i] in ("VBD", "VBZ", "VBP", "MD", "RB", "VB", "VBN"):
        i -= 1
    end = i + 1
    while (
        i >= 0
        and (tokens.tags[i] in _NOMINAL or tokens.lowers[i] in ("of", "in", "for", "on", "and", "’", "'"))
        and end - i <= _MAX_WORDS
    ):
        i -= 1
    start = i + 1
    while start < end and tokens.lowers[start] in ("of", "in", "for", "on", "and"):
        start += 1
    return _words(sentence, start, end, text) if start < end else ""


def _amount(text: str, sentence: Sentence, item: Quantity, first: int, last: int) -> str:
    """Money, percent, ratio: what follows with "of" or as a noun, what went up or down, or the subject."""
    tokens = sentence.tokens
    change = next(
        (_CHANGES[w] for w in reversed(tokens.lowers[max(0, first - 4) : first]) if w in _CHANGES), ""
    )
    if not change and item.kind == "ratio":
        change = next((_CHANGES[w] for w in tokens.lowers[first:last] if w in _CHANGES), "")
    subject = _subject(text, sentence, first)
    if change and subject:
        return f"{change} in {subject}"
    following = tokens.lowers[last] if last < len(tokens) else ""
    if following == "of" and item.kind in ("percent", "ratio"):
        end = _complement_end(sentence, last)
        return f"{subject} share {_words(sentence, last, end, text)}" if end > last else subject
    noun_end = last
    while (
        noun_end < len(tokens)
        and noun_end - last < 5
        and tokens.tags[noun_end] in ("NN", "NNS", "NNP", "JJ", "VBG")
    ):
        noun_end += 1
    if (
        noun_end > last
        and tokens.tags[noun_end - 1] in ("NN", "NNS", "NNP")
        and tokens.lowers[last] not in _DATE_WORDS
    ):
        return _words(sentence, last, _complement_end(sentence, noun_end, 6), text)
    if following in ("of", "in", "for") and item.kind == "money":
        end = _complement_end(sentence, last, 6)
        if end > last:
            return _words(sentence, last + 1, end, text)
    before = _noun_before(text, sentence, first)
    return before or subject


def _noun_before(text: str, sentence: Sentence, first: int) -> str:
    """ "a premium | of 25%", "a peak of 10.4 per cent", "its policy rate at 4.75": the noun that the number gives."""
    tokens = sentence.tokens
    i = first - 1
    if i < 1 or tokens.lowers[i] not in ("of", "at", "to", "by"):
        return ""
    end = i
    i -= 1
    while i >= 0 and tokens.tags[i] in _NOMINAL and end - i <= 6:
        i -= 1
    return _words(sentence, i + 1, end, text) if end - i > 1 else ""


def _duration(text: str, sentence: Sentence, first: int, last: int) -> str:
    tokens = sentence.tokens
    before = _noun_before(text, sentence, first)
    if before:
        return before
    if last < len(tokens) and tokens.tags[last] in ("NN", "NNS", "JJ"):
        end = last
        while end < len(tokens) and end - last < 4 and tokens.tags[end] in ("NN", "NNS", "JJ", "NNP"):
            end += 1
        return _words(sentence, last, _complement_end(sentence, end, 5), text)
    end = _complement_end(sentence, last, 6)
    if end > last and tokens.lowers[last] in ("of", "in"):
        return f"time {_words(sentence, last, end, text)}"
    verb = first - 1
    while verb >= 0 and tokens.tags[verb][:1] != "V" and first - verb < 10:
        verb -= 1
    subject = _subject(text, sentence, first)
    stretch = _words(sentence, verb, first, text) if verb >= 0 and tokens.tags[verb][:1] == "V" else ""
    stretch = re.sub(r"\s(?:for|in|within|of|to|after|over)$", "", stretch)
    return f"time {subject} {stretch}" if subject or stretch else "time"


def _measure(text: str, sentence: Sentence, first: int, last: int) -> str:
    tokens = sentence.tokens
    following = tokens.lowers[last] if last < len(tokens) else ""
    if following in _DIMENSIONS:
        end = _complement_end(sentence, last if following == "from" else last + 1, 6)
        rest = _words(sentence, last if following == "from" else last + 1, end, text)
        subject = _subject(text, sentence, first)
        return f"{_DIMENSIONS[following]} {rest or ('of ' + subject if subject else '')}"
    before = _noun_before(text, sentence, first)
    if before:
        return before
    if following == "of":
        end = _complement_end(sentence, last, 6)
        if end > last:
            of_what = _words(sentence, last + 1, end, text)
            return (
                f"distance {_words(sentence, last, end, text)}"
                if tokens.lowers[first] == "within"
                else of_what
            )
    end = last
    while end < len(tokens) and end - last < 4 and tokens.tags[end] in ("NN", "NNS", "JJ", "NNP"):
        end += 1
    if end > last:
        return _words(sentence, last, end, text)
    return _subject(text, sentence, first)


_PLACE = re.compile(
    r"\b(?:in|near|at|outside|across|around|off|along|on|south of|north of|east of|west of)\s"
    r"((?:the\s(?:[a-z]+\s){0,2})?(?:[A-Z][\w’'-]+|[A-Z]\.[A-Z]\.)(?:\s(?:of\s)?(?:the\s)?[A-Z][\w’'-]+){0,3})"
)


def place_of(text: str, sentence: Sentence, item: Quantity) -> str | None:
    """The named place right after the quantity in its sentence ("in the northern province of Tarsk"), or None."""
    match = _PLACE.search(text, item.end, min(sentence.end, item.end + 70))
    if match is None or re.search(r"[;:.]|,\s(?:and|but|which|who)\b", text[item.end : match.start()]):
        return None
    place = match.group(1)
    if place.split()[-1].lower() in _DATE_WORDS or place.split()[0].lower() in _DATE_WORDS:
        return None
    return place
