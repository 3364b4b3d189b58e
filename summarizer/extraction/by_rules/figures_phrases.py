"""The words around a number: what governs it, the noun phrase before it, what follows it.

Pure. Works on tags and closed word lists inside one sentence; not a parse. Stretches of words are half-open
pairs of word numbers, None where there is nothing. Verbs with their subjects and objects are
`figures_subjects`' business; `figures_counted`, `figures_amounts` and `figures_measures` build phrases.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from summarizer.extraction.by_rules.document import Sentence
from summarizer.text.lexicon import load_lexicon
from summarizer.text.numbers import Quantity

LEXICON: Final = load_lexicon("summarizer.extraction.by_rules", "lexicons/figure_nouns.toml")
WORDS: Final = {name: frozenset(words) for name, words in LEXICON["words"].items()}
NOUNS: Final = frozenset(("NN", "NNS", "NNP", "NNPS"))
NOMINAL: Final = NOUNS | {"JJ", "CD", "POS", "DT", "PRP$", "VBN", "VBG", "JJR", "JJS"}
_NO_END: Final = frozenset(("DT", "JJ", "PRP$", "POS", "CD", "VBN"))
DETERMINERS: Final = frozenset(("DT", "PRP$"))
_BEFORE_NOUN: Final = frozenset(("DT", "PRP$", "JJ", "NN", "POS"))
FINITE: Final = frozenset(("VBD", "VBZ", "VBP"))
_BREAKS: Final = frozenset((";", ":", "—", "–", "--", "“", "”", '"', "(", ")"))
Stretch = tuple[int, int]
#: Words of one phrase; more would be a clause.
MAX_WORDS: Final = 9
#: A verb further from the number than this many words governs something else.
MAX_TO_VERB: Final = 16


class Spot(NamedTuple):
    """A number in its sentence: its words are `[first, last)`; `numbers` are those of all its quantities."""

    text: str
    sentence: Sentence
    item: Quantity
    first: int
    last: int
    numbers: frozenset[int] = frozenset()

    def words(self, stretch: Stretch | None) -> str:
        """The text of a stretch; "" for none."""
        tokens = self.sentence.tokens
        end = min(stretch[1], len(tokens)) if stretch else 0
        if stretch is None or stretch[0] >= end:
            return ""
        return self.text[tokens.starts[stretch[0]] : tokens.ends[end - 1]]

    def lower(self, i: int) -> str:
        """Word `i` in lower case; "" outside the sentence."""
        lowers = self.sentence.tokens.lowers
        return lowers[i] if 0 <= i < len(lowers) else ""

    def tag(self, i: int) -> str:
        """Tag of word `i`; "" outside the sentence."""
        tags = self.sentence.tokens.tags
        return tags[i] if 0 <= i < len(tags) else ""


def governor(spot: Spot) -> int:
    """The verb, preposition or other word that the number hangs on; -1 where it opens its sentence."""
    i = spot.first - 1
    while i >= 0 and _is_filler(spot, i):
        i -= 1
    particles = WORDS["particles"] if spot.item.kind != "money" else WORDS["particles"] | {"in"}
    if spot.lower(i) in particles and is_verb(spot, i - 1):
        i -= 1  # "siphoning off | Rs 312 crore"
    return i


def _is_filler(spot: Spot, i: int) -> bool:
    tag, lower = spot.tag(i), spot.lower(i)
    if lower in WORDS["ups_and_downs"] or lower in WORDS["particles"] or lower == "worth":
        return False
    if tag in ("VBN", "VBG"):
        return spot.tag(i - 1) in DETERMINERS  # "the remaining 12"
    return tag in DETERMINERS or tag in ("JJ", "JJR", "RB") or lower in WORDS["fillers"]


def is_verb(spot: Spot, i: int) -> bool:
    """Whether word `i` is a verb of its clause, and no participle before a noun ("rising costs")."""
    tag = spot.tag(i)
    if tag == "MD" or tag in FINITE:
        return True
    if tag == "VB":
        return spot.tag(i - 1) not in _BEFORE_NOUN  # "the ocean carbon sink"
    if tag not in ("VBN", "VBG"):
        return False
    if tag == "VBN" and spot.lower(i - 1) == "of":
        return False  # "the number of displaced"
    inside = spot.tag(i + 1) in NOUNS or i + 1 in spot.numbers
    return not (spot.tag(i - 1) in ("DT", "PRP$", "JJ", "IN", "POS") and inside)


def verb_before(spot: Spot, end: int) -> int | None:
    """The nearest verb left of word `end` in the same clause; None where a mark or a clause comes first."""
    for i in range(end - 1, max(-1, end - 1 - MAX_TO_VERB), -1):
        if spot.lower(i) in _BREAKS or spot.lower(i) in WORDS["clause_openers"]:
            return None
        if spot.lower(i) == "," and i + 1 < end and not (i in spot.numbers or i - 1 in spot.numbers):
            return None
        if is_verb(spot, i):
            return i
    return None


def noun_phrase_before(spot: Spot, end: int) -> Stretch | None:
    """The noun phrase that ends before word `end`, with its prepositional phrases; None where none does."""
    end = _without_date(spot, end)
    while spot.lower(end - 1) == "there" or spot.tag(end - 1) == "RB":
        end -= 1
    if end - 1 in spot.numbers:
        return _counted_before(spot, end)
    if not ends_phrase(spot, end - 1):
        return None
    i = end - 1
    while i >= 0:
        tag = spot.tag(i)
        if spot.lower(i - 1) in ("-", "‑") and spot.tag(i - 2) == "CD":
            i -= 3  # "the | 10-year | bond"
            continue
        if i in spot.numbers or (spot.lower(i) in WORDS["dates"] and i < end - 1):
            break
        if tag in DETERMINERS:
            i -= 1
            if not _links(spot, i):
                break
            i -= 1
        elif (
            tag in NOMINAL
            or i == end - 1
            or (tag == "VB" and spot.tag(i - 1) in DETERMINERS)
            or spot.lower(i) in ("’", "'", "&")
            or _links(spot, i)
        ):
            i -= 1
        else:
            break
    start = i + 1
    while start < end and (
        not _opens_phrase(spot, start) or (spot.tag(start) == "VBG" and _acts(spot, start))
    ):
        start += 1
    return _cut(spot, start, end) if start < end else None


def ends_phrase(spot: Spot, i: int) -> bool:
    tag = spot.tag(i)
    return (
        tag in NOUNS
        or tag in ("VBG", "POS")
        or (
            tag in ("VB", "VBZ", "VBP")
            and (spot.tag(i - 1) in _BEFORE_NOUN)
            and (tag == "VB" or spot.tag(i + 1) == "MD")
        )
    )


def _acts(spot: Spot, i: int) -> bool:
    """Whether a form in -ing that opens a phrase is a verb: "was strangling investment", ", giving it 2%"."""
    before = spot.lower(i - 1)
    return before in WORDS["auxiliaries"] or (before == "," and spot.lower(i) in WORDS["bringing"])


def _counted_before(spot: Spot, end: int) -> Stretch | None:
    """The things that another number counts: "three | buildings | totalling"."""
    start = end
    while start - 1 in spot.numbers and spot.tag(start - 1) in ("NNS", "NN", "JJ", "NNP"):
        start -= 1
    if start == end or spot.tag(end - 1) != "NNS":
        return None
    link = start - 1
    while spot.tag(link) in ("CD", "DT", "PRP$"):
        link -= 1
    outer = noun_phrase_before(spot, link) if link < start and _links(spot, link) else None
    return (outer[0], end) if outer and end - outer[0] <= MAX_WORDS else (start, end)


def _opens_phrase(spot: Spot, i: int) -> bool:
    if spot.tag(i) == "VB":
        return spot.tag(i - 1) in DETERMINERS
    return spot.tag(i) in NOMINAL and spot.tag(i) not in ("POS", "DT", "PRP$")


def _links(spot: Spot, i: int) -> bool:
    """Whether word `i` joins the noun before it to the phrase behind it: "yield | on", "polled | by"."""
    before = spot.tag(i - 1)
    if i - 1 in spot.numbers:
        return False
    if spot.lower(i) in ("and", "or"):
        return before in NOUNS and spot.tag(i + 1) in NOMINAL
    if spot.lower(i) not in WORDS["prepositions"] or i < 1:
        return False
    if ends_phrase(spot, i - 1):
        return spot.lower(i - 1) not in WORDS["dates"]
    return before == "VBN" and spot.tag(i - 2) in NOUNS


def _without_date(spot: Spot, end: int) -> int:
    """`end` before a date that trails the phrase: "net debt | at the end of March"."""
    i = end - 1
    if i < 2 or not (spot.lower(i) in WORDS["dates"] or spot.lower(i) in WORDS["times"]):
        return end
    while i > max(0, end - 7) and spot.lower(i) not in ("in", "on", "at", "by", "for", "during"):
        i -= 1
    return i if i > 0 and spot.lower(i) in ("in", "on", "at", "by", "for", "during") else end


def _cut(spot: Spot, start: int, end: int) -> Stretch:
    """A long phrase without its last prepositional phrases."""
    while end - start > MAX_WORDS:
        link = next(
            (
                i
                for i in range(end - 1, start, -1)
                if spot.lower(i) in WORDS["prepositions"] or spot.lower(i) == "and"
            ),
            None,
        )
        if link is None:
            return end - MAX_WORDS, end
        end = link
    while end > start + 1 and not ends_phrase(spot, end - 1):
        end -= 1
    return start, end


def innermost(spot: Spot, phrase: Stretch) -> Stretch:
    """ "Jobs with an average salary | of": the salary."""
    links = (
        i
        for i in range(phrase[1] - 1, phrase[0], -1)
        if spot.lower(i) in WORDS["prepositions"] - {"of", "in", "on"}
    )
    start = next(links, phrase[0] - 1) + 1
    while start < phrase[1] - 1 and spot.tag(start) in ("DT", "PRP$"):
        start += 1
    return start, phrase[1]


def complement_end(spot: Spot, start: int, limit: int = MAX_WORDS) -> int:
    """End of the prepositional phrases that begin at word `start` ("near the border with Ukraine")."""
    end = i = start
    size = len(spot.sentence.tokens)
    while i < size and i - start < limit and spot.lower(i) in WORDS["prepositions"]:
        j = i + 1
        while (
            j < size
            and j - start < limit
            and (spot.tag(j) in NOMINAL or (spot.tag(j) == "VBD" and spot.tag(j - 1) in DETERMINERS))
            and not (j > i + 1 and spot.tag(j) in DETERMINERS)
            and spot.lower(j) not in WORDS["dates"]
        ):
            j += 1
        while j > i + 2 and spot.tag(j - 1) == "VBN" and spot.lower(j - 1) not in LEXICON["states"]:
            j -= 1  # "of cocaine | hidden in crates"
        named = spot.tag(j - 1) == "CD" and spot.tag(j - 2) in ("NNP", "NNPS")  # "west of Highway 9"
        if (
            j == i + 1
            or (spot.tag(j - 1) in _NO_END and not named and spot.lower(j - 1) not in LEXICON["states"])
            or spot.lower(j) in WORDS["dates"]
        ):
            break
        if spot.lower(j - 1) in WORDS["times"] or (
            spot.lower(i) not in ("of", "within")
            and not named
            and any(k in spot.numbers for k in range(i + 1, j))
        ):
            break
        end = i = j
    return end


def nouns_end(spot: Spot, start: int) -> int:
    """End of a noun phrase that follows at once: "$60 million | security aid package"; else `start`."""
    end = start
    while end - start < 5 and (
        spot.tag(end) in NOUNS
        or spot.tag(end) in ("JJ", "VBG")
        or (spot.tag(end) in ("VB", "VBP") and spot.tag(end + 1) in NOUNS)
    ):
        end += 1
    unknown = spot.tag(end - 1) == "JJ" and end - 2 >= start and spot.tag(end - 2) == "NN"  # "share buyback"
    if (
        end == start
        or (spot.tag(end - 1) not in NOUNS and not unknown)
        or spot.lower(start) in WORDS["no_nouns"]
    ):
        return start
    return start if spot.lower(start) in WORDS["dates"] or spot.lower(start) in WORDS["times"] else end
