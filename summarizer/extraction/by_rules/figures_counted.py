"""What a figure counts, as a short noun phrase, and where (contract, section 4: `counted`, `place`).

Pure. Takes the words of the text around the number: the counted noun with what happened to it and its
complement, what rose or fell, whose share it is, what the money is for. Not a parse; the phrase is for people
to read and for comparing figures.
"""

from __future__ import annotations

import re

from summarizer.extraction.by_rules.document import Sentence
from summarizer.text.countries import countries
from summarizer.text.lexicon import load_lexicon
from summarizer.text.numbers import Quantity
from summarizer.text.words import is_common_word

_LEXICON = load_lexicon("summarizer.extraction.by_rules", "lexicons/figure_nouns.toml")
_CHANGES: dict[str, str] = {form: noun for noun, forms in _LEXICON["changes"].items() for form in forms}
_DIMENSIONS: dict[str, str] = _LEXICON["dimensions"]
_STATES: dict[str, str] = _LEXICON["states"]
_WORDS = {name: frozenset(words) for name, words in _LEXICON["words"].items()}
_NOMINAL = frozenset(
    ("NN", "NNS", "NNP", "NNPS", "JJ", "CD", "POS", "DT", "PRP$", "VBN", "VBG", "JJR", "JJS")
)
_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_NO_END = frozenset(("DT", "JJ", "PRP$", "POS", "CD", "VBN"))
_VERBAL = frozenset(("VBD", "VBZ", "VBP", "MD"))
_OF_SET = re.compile(
    r"^of\s(?:(?:the|its|his|her|their|our|those|these|all)\s)?"
    r"(?:(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten)\s)?"
)
_LEADING = re.compile(r"^(?:the|an?|its|their|his|her|of|that|another)\s+", re.IGNORECASE)
_SPAN_END = re.compile(r"\s(?:for|in|within|of|to|after|over)$")
#: "The total force of X numbers …": what comes before a count that stands without complement of its own.
_TOTAL_OF = re.compile(
    r"\b(?:force|strength|size|workforce|headcount|number)\s(?:of\s)(?:the\s)?((?:[\w’'-]+\s){1,18}?)"
    r"(?:concentrates?|is|are|was|were|stands?\sat|stood\sat|numbers?|totals?|totall?ed|comprises?|reached|reaches|includes?|included)"
    r"\s(?:\w+\s){0,3}$"
)
_AREAS = frozenset(("[acr_us]", "har", "km2", "[smi_us]", "m2", "[sft_i]"))
#: What a rate is raised by, no quantity of its own.
_POINTS = frozenset(("point", "points", "percent", "percentage", "notch", "notches"))
_COSTS = frozenset(("cost", "costs", "costing"))
#: Verbs that change their object: "raised its key rate by half a point".
_CAUSED = dict.fromkeys(("raise", "raises", "raised", "raising", "hiked", "lifted", "boosted"), "rise")
#: A place further from the number than this, in characters, is another thing's.
MAX_TO_PLACE = 60
#: Words of one complement; more would be a clause.
MAX_WORDS = 9


def counted_phrase(text: str, sentence: Sentence, item: Quantity, first: int, last: int, earlier: str) -> str:
    """A short noun phrase for the quantity whose words are `[first, last)`; never empty.

    `earlier` is the noun that the nearest earlier count counted, for a number without one ("and 41 have been
    sickened").
    """
    if item.kind in ("count", "bare") and item.unit in ("count", "1"):
        phrase = _count(text, sentence, item, first, last, earlier)
    elif item.kind == "duration":
        phrase = _duration(text, sentence, first, last)
    elif item.kind == "measure":
        phrase = _measure(text, sentence, item, first, last)
    else:
        phrase = _amount(text, sentence, item, first, last)
    found = _tidy(phrase) or _tidy(_first_phrase(text, sentence, first)) or _tidy(text[item.start : item.end])
    return _without_capital(sentence, found)


def _without_capital(sentence: Sentence, phrase: str) -> str:
    """A phrase without the capital that its first word has from the beginning of the sentence."""
    parts = phrase.split(" ")
    for i, word in enumerate(parts[:3]):
        opens = word == sentence.tokens.words[0] and is_common_word(word.lower()) and word[1:].islower()
        named = i + 1 < len(parts) and parts[i + 1][:1].isupper()
        if opens and not named:
            return " ".join([*parts[:i], word.lower(), *parts[i + 1 :]])
    return phrase


def counted_noun(text: str, item: Quantity) -> str:
    """The bare counted noun phrase, for a later number that leaves it out; "" when there is none."""
    if item.kind != "count" or item.head is None:
        return ""
    noun = _OF_SET.sub("", text[item.head.start : item.head.end])
    return "" if noun in _STATES or noun in _WORDS["pronouns"] else noun


def _tidy(phrase: str) -> str:
    phrase = re.sub(r"\s+", " ", phrase).strip(" ,;:.\"“”‘'()–—-")
    return _LEADING.sub("", _LEADING.sub("", phrase))


def _words(sentence: Sentence, first: int, last: int, text: str) -> str:
    return text[sentence.tokens.starts[first] : sentence.tokens.ends[last - 1]] if first < last else ""


def _complement_end(sentence: Sentence, start: int, limit: int = MAX_WORDS) -> int:
    """End of the prepositional phrases that begin at word `start` ("near the border with Ukraine")."""
    lowers, tags = sentence.tokens.lowers, sentence.tokens.tags
    end = i = start
    while i < len(lowers) and i - start < limit and lowers[i] in _WORDS["prepositions"]:
        j = i + 1
        while (
            j < len(lowers) and j - start < limit and tags[j] in _NOMINAL and lowers[j] not in _WORDS["dates"]
        ):
            j += 1
        if j == i + 1 or tags[j - 1] in _NO_END or (j < len(lowers) and lowers[j] in _WORDS["dates"]):
            break
        end = i = j
    return end


def _count(text: str, sentence: Sentence, item: Quantity, first: int, last: int, earlier: str) -> str:
    """ "Russian | troops | deployed | on the border": owner, noun, what happened, complement."""
    noun = _OF_SET.sub("", text[item.head.start : item.head.end]) if item.head else ""
    if noun and text[item.number_end : item.number_end + 1] in (
        "-",
        "‑",
    ):  # "212-room hotel": rooms of the hotel
        owner = _words(sentence, last, _nouns_end(sentence, last), text)
        return f"{noun}s of {owner}" if owner else noun
    if noun.rsplit(" ", 1)[-1] in _WORDS["pronouns"]:
        noun = earlier or noun
    elif noun.lower() in _STATES:
        return f"{_STATES[noun.lower()]} {_words(sentence, last, _complement_end(sentence, last), text)}"
    if (
        not noun
        and (change := _change(sentence, item, first, last))
        and (subject := _subject(text, sentence, first))
    ):
        return f"{change} in {_tidy(subject)}"
    if not noun and first and sentence.tokens.lowers[first - 1] in ("to", "at"):
        level = _noun_before(text, sentence, first) or _subject(text, sentence, first)
        if level:
            return level  # "bringing the death toll to 44", "the toll stands at 48"
    noun = noun or earlier or _subject(text, sentence, first)
    action, after = _action(sentence, first, last)
    complement = _words(sentence, after, _complement_end(sentence, after), text)
    if not complement and not action:
        complement = _whole(text[sentence.start : item.start], noun)
    return " ".join(part for part in (_owner(sentence, first), noun, action, complement) if part)


def _whole(before: str, noun: str) -> str:
    """Whose strength the clause gives: "the total force of the land group … concentrates | 106 thousand"."""
    found = _TOTAL_OF.search(before)
    if found is None:
        return ""
    words = found.group(1).split()
    lowers = [word.lower() for word in words]
    # of "the land group of the Armed Forces of X in the northern direction" group and place tell which
    place = max(
        (i for i, word in enumerate(lowers) if word in ("in", "near", "on", "at", "along")),
        default=len(words),
    )
    group = words[: min(lowers.index("of") if "of" in lowers else place, place)]
    if not group or group[-1].lower() == noun.lower():
        return ""
    return " ".join(["of the", *group[:4], *words[place : place + 5]])


def _action(sentence: Sentence, first: int, last: int) -> tuple[str, int]:
    """What happened to the counted things, and the word after it: "22 officers were | hurt"."""
    tokens = sentence.tokens
    i = _after_insertion(sentence, last)
    while i < len(tokens) and tokens.lowers[i] in _WORDS["auxiliaries"]:
        i += 1
    adjective = i > last and i < len(tokens) and (tokens.tags[i] == "JJ" or tokens.lowers[i] == "missing")
    j = first - 1
    while j >= 0 and tokens.lowers[j] in _WORDS["bounds"]:
        j -= 1
    if j >= 0 and tokens.tags[j] == "VBG":
        return "", last  # "a ferry carrying 214 people sank": they are what it carried
    if adjective or (i < len(tokens) and tokens.tags[i] in ("VBN", "VBD")):
        return ("" if tokens.lowers[i] in _WORDS["no_actions"] else tokens.words[i]), i + 1
    j = first - 1
    while j >= 0 and tokens.lowers[j] in _WORDS["bounds"]:
        j -= 1
    if j >= 0 and tokens.tags[j] in ("VBD", "VBN") and tokens.lowers[j] not in _WORDS["no_actions"]:
        return tokens.words[j], last
    return "", last


def _after_insertion(sentence: Sentence, i: int) -> int:
    """Behind ", including three children," where an auxiliary follows; else `i`."""
    lowers = sentence.tokens.lowers
    if lowers[i : i + 1] != [","]:
        return i
    close = sentence.next_of((",",), i + 1, min(len(lowers), i + MAX_WORDS))
    goes_on = (
        close is not None and lowers[close + 1 : close + 2] and lowers[close + 1] in _WORDS["auxiliaries"]
    )
    return close + 1 if close is not None and goes_on else i


def _owner(sentence: Sentence, first: int) -> str:
    """The nation whose things are counted: "Russia has deployed 94,000 troops" → "Russian"."""
    tokens = sentence.tokens
    for i in range(first - 1, max(0, first - 12), -1):
        if tokens.tags[i] in _VERBAL and tokens.tags[i - 1] in ("NNP", "NNPS"):
            country = countries().by_name(tokens.words[i - 1])
            held = country is not None and country.adjectives and tokens.lowers[i] in _WORDS["holders"]
            return country.adjectives[0] if held and country is not None else ""
    return ""


def _subject(text: str, sentence: Sentence, first: int) -> str:
    """The noun phrase before the nearest verb on the left: what "fell to 1.42 billion"."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    i = first - 1
    while i >= 0 and tags[i] not in _VERBAL:
        if lowers[i] in (";", "—", "–"):
            return ""
        i -= 1
    while i >= 0 and (tags[i] in _VERBAL or tags[i] in ("RB", "VB", "VBN")):
        if tags[i] == "VBZ" and tags[i + 1] == "MD":
            break  # "house prices may": a plural that was tagged as a verb
        i -= 1
    if i >= 2 and lowers[i] == ",":  # "Shares, which …, were": the subject stands before the insertion
        opening = next((k for k in range(i - 1, 0, -1) if lowers[k] == ","), 0)
        i = opening - 1 if opening else i
    end = i + 1
    links = ("of", "in", "for", "on", "and", "’", "'")
    mistagged = end > 0 and tags[end - 1] == "VBZ"
    while (
        i >= 0
        and (tags[i] in _NOMINAL or lowers[i] in links or (mistagged and i == end - 1))
        and end - i <= MAX_WORDS
    ):
        i -= 1
    start = i + 1
    while start < end and lowers[start] in links:
        start += 1
    return _words(sentence, start, end, text)


def _first_phrase(text: str, sentence: Sentence, first: int) -> str:
    """The noun phrase that opens the sentence: mostly its subject."""
    tags = sentence.tokens.tags
    start = 1 if tags[:1] == ["IN"] else 0
    end = start
    while (
        end < min(first, len(tags))
        and end - start < MAX_WORDS
        and (tags[end] in _NOMINAL or tags[end] == "IN")
    ):
        end += 1
    while end > start and tags[end - 1] not in _NOUNS:
        end -= 1
    return _words(sentence, start, end, text)


def _amount(text: str, sentence: Sentence, item: Quantity, first: int, last: int) -> str:
    """Money, percent, ratio: what follows with "of" or as a noun, what went up or down, or the subject."""
    tokens = sentence.tokens
    subject = _subject(text, sentence, first) or _first_phrase(text, sentence, first)
    rest = _words(sentence, last, _complement_end(sentence, last, 6), text)
    change = _change(sentence, item, first, last)
    changed = _noun_before(text, sentence, first) if first and tokens.lowers[first - 1] == "by" else ""
    if changed and (raised := _change_before(sentence, first)):
        return f"{raised} in {_tidy(changed)}"  # "raised its key rate by half a point"
    if change and subject:
        kept = rest if rest.split(" ")[0] in _WORDS["keeps_after_change"] else ""
        return f"{change} in {_tidy(subject)} {kept}"
    if (
        item.kind == "money"
        and first
        and tokens.lowers[first - 1] in _COSTS
        and _subject(text, sentence, first)
    ):
        return f"cost of {_subject(text, sentence, first)}"
    changing = any(word in _CHANGES for word in tokens.lowers[max(0, first - 14) : first])
    if first and tokens.lowers[first - 1] in ("to", "from") and changing and subject:
        return subject
    if rest.startswith("of ") and item.kind in ("percent", "ratio"):
        return f"{subject} share {rest}"
    noun_end = _nouns_end(sentence, last)
    if noun_end > last:
        return _words(sentence, last, _complement_end(sentence, noun_end, 6), text)
    if item.kind == "money" and rest.startswith(("of ", "in ", "for ")):
        return rest.split(" ", 1)[1]
    before = _noun_before(text, sentence, first)
    if before.rsplit(" ", 1)[-1].lower() in _POINTS:  # "its key rate by half a point | to 4.5 percent"
        by = next((k for k in range(first - 1, max(-1, first - 8), -1) if tokens.lowers[k] == "by"), None)
        before = _noun_before(text, sentence, by + 1) if by is not None else before
    rest = "" if re.match(r"to .*\d", rest) else rest
    if before:
        return f"{before} {rest}"
    spent = _spent(sentence, first) if item.kind == "money" else ""
    return f"money {spent} {rest}".strip() if spent else subject or rest


def _spent(sentence: Sentence, first: int) -> str:
    """What is done with the money right behind a verb: "will spend | £3m" → "to spend"; "" without one."""
    tokens = sentence.tokens
    i = first - 1
    while i >= 0 and (tokens.lowers[i] in _WORDS["bounds"] or tokens.tags[i] == "RB"):
        i -= 1
    if i < 0 or tokens.lowers[i] not in _WORDS["spends"]:
        return ""
    verb = tokens.lowers[i]
    return f"to {verb}" if tokens.tags[i] == "VB" else {"gave": "given", "stole": "stolen"}.get(verb, verb)


def _change_before(sentence: Sentence, first: int) -> str:
    """ "rise" or "fall" where a verb before "by" says that something was raised or cut."""
    near = reversed(sentence.tokens.lowers[max(0, first - 10) : first])
    changes = _CHANGES | _CAUSED
    return next((changes[word] for word in near if word in changes), "")


def _change(sentence: Sentence, item: Quantity, first: int, last: int) -> str:
    """ "rise", "fall", "growth" … when the number says by how much its subject changed."""
    lowers = sentence.tokens.lowers
    if first and lowers[first - 1] in ("to", "from", "at"):
        return ""
    near = list(reversed(lowers[max(0, first - 4) : first]))
    if item.kind == "ratio":
        near += lowers[first:last]
    return next((_CHANGES[word] for word in near if word in _CHANGES), "")


def _nouns_end(sentence: Sentence, start: int) -> int:
    """End of a noun phrase that follows at once: "$60 million | security aid package"; else `start`."""
    tokens = sentence.tokens
    end = start
    while (
        end < len(tokens)
        and end - start < 5
        and (tokens.tags[end] in _NOUNS or tokens.tags[end] in ("JJ", "VBG"))
    ):
        end += 1
    period = tokens.lowers[start] in ("last", "this", "next") if start < len(tokens) else False
    if (
        end > start
        and tokens.tags[end - 1] in _NOUNS
        and not period
        and tokens.lowers[start] not in _WORDS["dates"]
    ):
        return end
    return start


def _noun_before(text: str, sentence: Sentence, first: int) -> str:
    """The noun that the number gives: "a premium | of 25%", "its policy rate | at 4.75"."""
    tokens = sentence.tokens
    i = first - 1
    if i < 1 or tokens.lowers[i] not in ("of", "at", "to", "by"):
        return ""
    end = i
    i -= 1
    while i >= 0 and tokens.tags[i] in _NOMINAL and tokens.tags[i] != "DT" and end - i <= 6:
        i -= 1
    return _words(sentence, i + 1, end, text)


def _duration(text: str, sentence: Sentence, first: int, last: int) -> str:
    tokens = sentence.tokens
    if before := _noun_before(text, sentence, first):
        return before
    noun_end = _nouns_end(sentence, last)
    if noun_end > last:
        return _words(sentence, last, _complement_end(sentence, noun_end, 5), text)
    end = _complement_end(sentence, last, 6)
    if end > last and tokens.lowers[last] in ("of", "in"):
        return f"time {_words(sentence, last, end, text)}"
    verb = next((i for i in range(first - 1, max(-1, first - 10), -1) if tokens.tags[i][:1] == "V"), None)
    stretch = _SPAN_END.sub("", _words(sentence, verb, first, text)) if verb is not None else ""
    return f"time {_tidy(_subject(text, sentence, first))} {stretch}"


def _measure(text: str, sentence: Sentence, item: Quantity, first: int, last: int) -> str:
    tokens = sentence.tokens
    following = tokens.lowers[last] if last < len(tokens) else ""
    subject = _tidy(_subject(text, sentence, first))
    if text[item.start : item.end].lower().find("magnitude") >= 0:
        noun_end = _nouns_end(sentence, last)
        return f"magnitude of {_words(sentence, last, noun_end, text) or subject}"
    if following in _DIMENSIONS:
        begin = last if following == "from" else last + 1
        rest = _words(sentence, begin, _complement_end(sentence, begin, 6), text)
        return f"{_DIMENSIONS[following]} {rest or 'of ' + subject}"
    if before := _noun_before(text, sentence, first):
        return before
    rest = _words(sentence, last, _complement_end(sentence, last, 6), text)
    if rest.startswith("of "):
        return f"distance {rest}" if tokens.lowers[first] == "within" else rest.removeprefix("of ")
    noun_end = _nouns_end(sentence, last)
    if noun_end > last:
        return _words(sentence, last, noun_end, text)
    action = _action(sentence, first, last)[0]
    return f"area {action}" if action and item.unit in _AREAS else subject


_PLACE = re.compile(
    r"\b(?:in|near|at|outside|across|around|off|along|on|south of|north of|east of|west of)\s"
    r"((?:the\s(?:[a-z]+\s){0,2})?(?:[A-Z][^\W\d]+(?:[’'-][^\W\d]+)*|[A-Z]\.[A-Z]\.)(?:\s(?:of\s)?(?:the\s)?[A-Z][\w’'-]+){0,3})"
)
_CLAUSE_BREAK = re.compile(r"[;:.]|,\s(?:and|but|which|who)\b")


def place_of(text: str, sentence: Sentence, item: Quantity) -> str | None:
    """The named place right after the quantity in its sentence ("in the northern province of Tarsk")."""
    match = _PLACE.search(text, item.end, sentence.end)
    if (
        match is None
        or match.start() > item.end + MAX_TO_PLACE
        or _CLAUSE_BREAK.search(text[item.end : match.start()])
    ):
        return None
    words = match.group(1).lower().split()
    return None if words[0] in _WORDS["dates"] or words[-1] in _WORDS["dates"] else match.group(1)
