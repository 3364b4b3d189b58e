"""The subject of an attribution verb: the noun phrase before it, or after it in "…, said X".

Pure. Ranges are word indices of the sentence. Whether the phrase is somebody, and who, is left to
`coreference`; only an inverted subject must be able to speak, since much else follows a verb.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.frame_appositions import OFFICE_LEADS, apposition_start
from summarizer.extraction.by_rules.frame_asides import after_opening_medium
from summarizer.extraction.by_rules.frames import (
    CLOSING_MARKS,
    LONG_SINCE,
    MONTHS,
    NEGATORS,
    OPENING_MARKS,
    TIMES,
    Range,
)
from summarizer.extraction.by_rules.verbs import attribution_verbs
from summarizer.extraction.by_rules.vocabulary import (
    SPEAKING_NOUNS,
    TITLE_HEADS,
    words,
)
from summarizer.text.words import CLITIC_S, FINITE, NOUNS, PROPER_NOUNS

AUXILIARIES: Final = CLITIC_S | words("has have had is are was were be been do does did 've ’ve")
#: A noun phrase can't go back over one of these.
_SUBORDINATORS: Final = words(
    "that which who whom whose as while when where after before because since if although though unless "
    "until whether why how what so than despite amid without"
)
_RELATIVES: Final = frozenset(("who", "that"))
_OPENS_NEXT_PHRASE: Final = frozenset(("the", "a", "an", "its", "their", "his"))
_MARKS: Final = OPENING_MARKS | CLOSING_MARKS | frozenset((",", ";", ":", "–", "—", "--", "(", ")"))
_LEFT_OF_AND: Final = NOUNS | {"CD", "PRP", "JJ"}
_RIGHT_OF_AND: Final = NOUNS | {"DT", "JJ", "PRP$", "CD", "PRP"}
#: Quantities begin so: "about 40 protesters said".
_OPENS_QUANTITY: Final = words("about around some both more nearly almost")
_INVERTED_TAGS: Final = NOUNS | {"DT", "JJ", "PRP", "PRP$", "CD", "VBN"}
#: Objects, not subjects: "said it", "told them".
_OBJECT_PRONOUNS: Final = words("that this it them him her us")
_SUBJECT_PRONOUNS: Final = words("he she they it we")
_ENDS_INVERTED: Final = words("in on after during at to as when by")
#: "a nurse who was not authorised to speak told": how far back the relative clause may begin.
_MAX_RELATIVE: Final = 16


def subject_before(sentence: Sentence, v: int, first: int) -> Range | None:
    """The noun phrase before verb `v`, with its apposition: "Edwin Moss, a lawyer for the family, said"."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    end = v
    while end > first and (
        lowers[end - 1] in AUXILIARIES
        or lowers[end - 1] in NEGATORS
        or tags[end - 1] in ("RB", "MD")
        or (lowers[end - 1] in LONG_SINCE and end - 2 > first and lowers[end - 2] in AUXILIARIES)
        or (lowers[end - 1] == "first" and end == v)  # "The ministry first said"
    ):
        end -= 1
    if lowers[end - 2 : end] == ["on", "average"]:
        end -= 2  # "Analysts had on average expected"
        while end > first and lowers[end - 1] in AUXILIARIES:
            end -= 1
    if end <= first:
        return None
    if lowers[end - 1] not in (",", "–", "—", ")", "-"):
        start = noun_phrase_start(sentence, end, first)
        return (start, end) if start < end else None
    opener = apposition_start(sentence, end - 1, first)
    if opener is None:
        return None  # ", meanwhile, said"
    if opener - 2 > first and lowers[opener - 1].isdigit() and lowers[opener - 2] == ",":
        opener -= 2  # "Pavel Novak, 41, a plumber, said"
    start = noun_phrase_start(sentence, opener, first)
    if start - 2 > first and lowers[start - 2 : start] == [",", "and"]:
        joint = apposition_start(
            sentence, start - 2, first
        )  # "the mayor, Jo Lind, and his deputy, Ada Roy, said"
        both = noun_phrase_start(sentence, joint, first) if joint is not None else start
        start = both if lowers[both] in OFFICE_LEADS else start
    return (start, end - 1) if start < opener else None


def noun_phrase_start(sentence: Sentence, end: int, first: int) -> int:
    """First word of the noun phrase that ends before `end`, without a leading time ("On Monday Lavrov")."""
    start = _relative_start(sentence, end, first)
    while start > first and _goes_on(sentence, start - 1, first):
        start -= 1
    return _after_leading_time(sentence, start, end)


def _relative_start(sentence: Sentence, end: int, first: int) -> int:
    """Where a relative clause begins that ends the noun phrase: "a nurse who was not authorised to speak"."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    if _RELATIVES.isdisjoint(lowers[max(first, end - _MAX_RELATIVE) : end]):
        return end
    for k in range(end - 2, max(first, end - _MAX_RELATIVE), -1):
        if not lowers[k][0].isalnum() and lowers[k] != "-" and lowers[k] not in CLITIC_S:
            break
        opens = lowers[k] == "who" or (lowers[k] == "that" and tags[k + 1] in FINITE)
        if opens and tags[k - 1] in ("NN", "NNS", "NNP") and sentence.has_finite(k, end):
            return k
    return end


def _goes_on(sentence: Sentence, k: int, first: int) -> bool:
    """Whether the noun phrase after word `k` goes back over it."""
    tokens = sentence.tokens
    tags, lowers = tokens.tags, tokens.lowers
    lower, tag = lowers[k], tags[k]
    if lower in _SUBORDINATORS:
        return False
    if lower in _MARKS:
        # the apostrophe of "workers’ union"
        return (
            lower in ("'", "’")
            and k > first
            and tokens.words[k - 1].endswith("s")
            and tokens.ends[k - 1] == tokens.starts[k]
        )
    if tag in FINITE and lower not in CLITIC_S:
        return False
    if tag in NOUNS:
        # "a ruling | the firm called absurd"
        return k + 1 >= len(lowers) or lowers[k + 1] not in _OPENS_NEXT_PHRASE
    if lower == "but" and k > first and lowers[k - 1] == "all":
        return True  # "all but two of the ministers"
    if lower in ("but", "and", "or"):
        after_clause = k <= first or tags[k - 1] in FINITE or tags[k - 1] in (",", "VB", "VBN", "RB")
        if lower == "but" or after_clause or (lower == "and" and not _joins_nouns(sentence, k, first)):
            return False
    return tag != "TO" or tags[k + 1 : k + 2] != ["VB"]


def _joins_nouns(sentence: Sentence, i: int, first: int) -> bool:
    """Whether "and" at `i` joins noun phrases rather than clauses."""
    tags = sentence.tokens.tags
    left = tags[i - 1] if i > first else "."
    right = tags[i + 1] if i + 1 < len(tags) else "."
    return left in _LEFT_OF_AND and right in _RIGHT_OF_AND


def _after_leading_time(sentence: Sentence, start: int, end: int) -> int:
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    if (
        end - start > 2
        and lowers[start] in ("last", "this", "next", "earlier", "late")
        and (lowers[start + 1] in TIMES or lowers[start + 1] in MONTHS)
    ):
        start += 2  # "Last year the state auditor warned"
    if lowers[start] in ("in", "on") and end - start > 3:
        start = after_opening_medium(sentence, start, end)
    while start < end and tags[start] in ("IN", "TO", "RB", "CC") and lowers[start] not in _OPENS_QUANTITY:
        if tags[start] in ("RB", "CC"):
            start += 1
            continue
        noun = start + 1
        while noun < end and tags[noun] not in ("NN", "NNS", "NNP", "CD"):
            noun += 1
        if noun + 1 >= end or lowers[noun] not in TIMES:
            break
        start = noun + 1  # "On Monday Lavrov said"
        while start < end and (lowers[start] in TIMES or tags[start] == "CD"):
            start += 1
    return start


def subject_elided(sentence: Sentence, v: int, first: int) -> bool:
    """Whether the subject of the clause before goes on: "… and accused Ukraine"."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    if v == first:
        return True
    back = v - 1
    while back >= first and (tags[back] == "RB" or lowers[back] in AUXILIARIES or lowers[back] in NEGATORS):
        back -= 1
    return back < first or lowers[back] in ("and", "but", ",", "or", "then", "also")


def subject_after(sentence: Sentence, v: int, last: int) -> Range | None:
    """The noun phrase after verb `v`: "…, said Gloria Tan, an antitrust lawyer at X"."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    begin = v + 1
    titled = begin + 1 < last and lowers[begin + 1] in TITLE_HEADS  # "said lead author Ana Ruiz"
    if (
        begin >= last
        or (tags[begin] not in _INVERTED_TAGS and not titled)
        or lowers[begin] in _OBJECT_PRONOUNS
        or lowers[begin] in TIMES
        or (lowers[begin] in _SUBJECT_PRONOUNS and _has_verb(sentence, begin, last))
    ):
        return None
    end = begin
    while end < last and not _ends_inverted(sentence, begin, end, last):
        if tags[end] in FINITE and not _in_relative_apposition(sentence, begin, end):
            return None
        end += 1
        if end == begin + 1 and lowers[begin] in _SUBJECT_PRONOUNS:
            break
    if sentence.has_finite(begin, end) and lowers[begin] not in ("he", "she", "they"):
        return (begin, end) if "who" in lowers[begin:end] or "whose" in lowers[begin:end] else None
    spoken = v >= 2 and sentence.quoted[v - 2]  # after a quotation, whoever follows spoke
    return (begin, end) if end > begin and (spoken or _somebody(sentence, begin, end)) else None


def _has_verb(sentence: Sentence, pronoun: int, last: int) -> bool:
    """Whether a pronoun after a verb is the subject of what was said: "The mayor, Lind, said she would"."""
    tags = sentence.tokens.tags
    verb = pronoun + 1
    while verb < last and tags[verb] == "RB":
        verb += 1
    return verb < last and tags[verb] in FINITE


def _ends_inverted(sentence: Sentence, begin: int, end: int, last: int) -> bool:
    """Whether an inverted subject from `begin` ends before word `end`."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    lower = lowers[end]
    if tags[end] in FINITE:
        return False
    if lower in (";", ":", "that") or lower in OPENING_MARKS:
        return True
    if lower == ",":
        # an apposition goes on; a participle or a new clause ends the subject
        following = lowers[end + 1] if end + 1 < last else "."
        if following == "who" and lowers[end + 2 : end + 3] and _adds(lowers, end + 2):
            return True  # "said Jon Vik, who added that"
        apposition = following in ("a", "an", "the", "who") or (
            end + 1 < last
            and tags[end + 1] in ("NN", "NNP", "CD", "JJ")
            and following not in ("adding", "saying")
        )
        return not apposition
    if lower in _ENDS_INVERTED and end > begin:
        return not (lower in ("in", "at", "on") and "," in lowers[begin:end])
    return False


def _adds(lowers: list[str], verb: int) -> bool:
    """Whether the speaker goes on at a verb: "who added that"."""
    return lowers[verb + 1 : verb + 2] == ["that"] and lowers[verb] in attribution_verbs()


def _in_relative_apposition(sentence: Sentence, begin: int, end: int) -> bool:
    """Whether the verb at `end` belongs to the subject: "said Gloria Tan, who leads the inquiry"."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    before = lowers[begin:end]
    return (
        ("who" in before or "whose" in before)
        and "," in before
        and (tags[begin] in ("NNP", "NN") or lowers[begin] == "one" or _somebody(sentence, begin, end))
    )


def _somebody(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a noun phrase can speak: a name, a pronoun, or a human or institutional noun."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    comma = sentence.next_word(",", first + 1, last)
    return any(
        tags[k] in PROPER_NOUNS or tags[k] == "PRP" or lowers[k] in SPEAKING_NOUNS
        for k in range(first, comma if comma is not None else last)
    )


def right_after_subject(sentence: Sentence, v: int, first: int) -> bool:
    """Whether a form that can be past or participle stands right after its subject: "Officials said"."""
    tag = sentence.tokens.tags[v - 1]
    return v > first and (tag in NOUNS or tag in ("PRP", "RB", "WP", "WDT", ")", "CD"))
