"""Words and their parts of speech, by lexicon and a few rules of context.

Pure but for reading its lexicon once. The tags are the Penn Treebank's. This is a light tagger (Brill,
"A simple rule-based part of speech tagger", 1992: most frequent tag, then contextual patches), good
enough to tell a finite verb from a noun in news prose; it does not parse.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

TOKEN = re.compile(
    r"[^\W\d_]\.(?:[^\W\d_]\.)+"  # U.S.
    r"|n['’]t\b"
    r"|['’](?:s|re|ve|ll|d|m)\b"
    r"|[^\W\d_]+?(?=n['’]t\b)"
    r"|\d[\d.,]*\d(?:[^\W\d_]+)?|\d(?:[^\W\d_]+)?"
    r"|[^\W_]+(?:[-&][^\W_]+|['’](?=[^\W\d_]{2})(?!(?:re|ve|ll)\b)[^\W_]+)*"
    r"|[“”„«»\"'‘’`()\[\]]|[–—]|--+|[.…!?]+|[^\w\s]|_+"
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel lists: where each word stands, the word, the word in lower case, its tag."""

    starts: list[int]
    ends: list[int]
    words: list[str]
    lowers: list[str]
    tags: list[str]

    def __len__(self) -> int:
        return len(self.words)


@lru_cache(maxsize=1)
def word_tags() -> dict[str, tuple[str, ...]]:
    """Lower-case word -> its possible tags, the most frequent first."""
    content = resources.files("summarizer.text").joinpath("data/english_words.tsv").read_text("utf-8")
    shared: dict[str, tuple[str, ...]] = {}
    table: dict[str, tuple[str, ...]] = {}
    for line in content.splitlines():
        word, _, tags = line.partition("\t")
        known = shared.get(tags)
        if known is None:
            known = shared[tags] = tuple(tags.split())
        table[word] = known
    return table


@lru_cache(maxsize=1)
def first_names() -> dict[str, str]:
    """Given name -> usual gender: m, f or u."""
    content = resources.files("summarizer.text").joinpath("data/first_names.tsv").read_text("utf-8")
    return dict(line.split("\t") for line in content.splitlines())


_CLITICS = {"'s": "POS", "’s": "POS", "'re": "VBP", "’re": "VBP", "'ve": "VBP", "’ve": "VBP", "'ll": "MD", "’ll": "MD",
            "'d": "MD", "’d": "MD", "'m": "VBP", "’m": "VBP", "n't": "RB", "n’t": "RB"}  # fmt: skip
_FIXED = {
    "is": "VBZ", "has": "VBZ", "does": "VBZ", "was": "VBD", "were": "VBD", "had": "VBD", "did": "VBD",
    "are": "VBP", "have": "VBP", "do": "VBP", "am": "VBP", "be": "VB", "been": "VBN", "being": "VBG",
    "will": "MD", "would": "MD", "can": "MD", "could": "MD", "may": "MD", "might": "MD", "must": "MD",
    "shall": "MD", "should": "MD", "ca": "MD", "wo": "MD", "cannot": "MD", "not": "RB", "to": "TO",
    "that": "IN", "which": "WDT", "who": "WP", "whom": "WP", "whose": "WP$", "there": "EX",
    "his": "PRP$", "her": "PRP$", "their": "PRP$", "its": "PRP$", "our": "PRP$", "my": "PRP$", "your": "PRP$",
    "it": "PRP", "he": "PRP", "she": "PRP", "they": "PRP", "we": "PRP", "i": "PRP", "you": "PRP",
    "him": "PRP", "them": "PRP", "us": "PRP", "me": "PRP", "themselves": "PRP", "itself": "PRP",
    "himself": "PRP", "herself": "PRP", "said": "VBD", "told": "VBD", "like": "IN", "than": "IN",
    "while": "IN", "whether": "IN", "if": "IN", "because": "IN", "although": "IN", "though": "IN",
    "when": "WRB", "where": "WRB", "why": "WRB", "how": "WRB", "what": "WP", "as": "IN", "but": "CC", "and": "CC",
    "or": "CC", "nor": "CC", "more": "JJR", "most": "JJS", "less": "JJR", "no": "DT", "amid": "IN",
}  # fmt: skip
_SPEECH_NOUNS = frozenset("estimate claim report fear hope forecast project note caution plan doubt".split())
_CLITIC_SUBJECTS = frozenset("it he she that there what who here where how let".split())
_NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen".split()
)
_DETERMINERS = frozenset(("DT", "PRP$", "JJ", "JJR", "JJS", "CD", "POS", "PDT"))
_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
FINITE = frozenset(("VBZ", "VBD", "VBP", "MD"))
_BE = frozenset("is are was were be been being am 's ’s 're ’re 'm ’m get gets got getting".split())
_HAVE = frozenset("has have had having 've ’ve".split())


def _guess(word: str, lower: str) -> tuple[str, ...]:
    """Tags of a word that the lexicon lacks."""
    if word[0].isdigit():
        return ("CD",) if not lower.endswith(("-old", "-year", "-mile", "-day")) else ("JJ",)
    if "-" in lower:
        tail = lower.rsplit("-", 1)[1]
        known = word_tags().get(tail)
        if known and known[0] in ("NNS", "NN"):
            return ("NNS",) if known[0] == "NNS" else ("JJ", "NN")
        return ("JJ",)
    if lower.endswith("ly"):
        return ("RB",)
    if lower.endswith("ing"):
        return ("VBG", "NN")
    if lower.endswith("ed"):
        return ("VBD", "VBN")
    if lower.endswith(("ous", "ful", "ible", "able", "ive", "ical", "less", "ian", "ese", "ish")):
        return ("JJ",)
    if lower.endswith("s") and not lower.endswith(("ss", "us", "is")):
        return ("NNS",)
    return ("NN",)


@lru_cache(maxsize=65536)
def possible_tags(lower: str) -> tuple[str, ...]:
    """Possible tags of a lower-case word, the most frequent first; guessed by its ending where unknown."""
    known = word_tags().get(lower)
    return known if known else _guess(lower, lower)


def is_common_word(lower: str) -> bool:
    """Whether the lexicon has this word in lower case (so that a capital says little at a sentence start)."""
    return lower in word_tags()


def _first_tag(word: str, lower: str, at_start: bool) -> str:
    if lower in _CLITICS:
        return _CLITICS[lower]
    if not word[0].isalnum():
        return word[0] if word not in ("--",) else "–"
    if word[0].isdigit():
        return "CD" if lower not in word_tags() and "-" not in lower else _guess(word, lower)[0]
    if lower in _FIXED and (
        not word[0].isupper() or at_start or word.isupper() or lower not in ("may", "will", "us")
    ):
        if lower == "us" and word == "US":
            return "NNP"
        return "NNP" if lower == "may" and word[0].isupper() and not at_start else _FIXED[lower]
    if lower in _NUMBER_WORDS:
        return "CD"
    if word[0].isupper():
        if at_start and (len(word) == 1 or word[1:].islower()) and lower in word_tags():
            return word_tags()[lower][0]
        return "NNP"
    return possible_tags(lower)[0]


def tag_words(words: list[str], lowers: list[str]) -> list[str]:
    """Penn tags for the words of one sentence."""
    tags: list[str] = []
    at_start = True
    count = len(words)
    for i in range(count):
        tag = _first_tag(words[i], lowers[i], at_start)
        tags.append(tag)
        if words[i][0].isalnum():
            at_start = False
        elif words[i] in "“\"‘'«:":
            at_start = True
    for i in range(count):
        tag = tags[i]
        if tag == "POS" and i and lowers[i] in ("'s", "’s") and lowers[i - 1] in _CLITIC_SUBJECTS:
            tags[i] = "VBZ"  # it's, he's, there's
            continue
        if tag[0] not in "VNJI" and tag != "RB":
            continue
        lower = lowers[i]
        previous = tags[i - 1] if i else "."
        following = tags[i + 1] if i + 1 < count else "."
        if tag in ("NN", "NNS", "VB", "VBP", "VBZ", "VBD", "VBN", "JJ", "IN", "RB") and lower not in _FIXED:
            options = possible_tags(lower)
            if len(options) == 1:
                if tag == "VB" and previous in ("NNS", "PRP", "NNPS"):
                    tags[i] = "VBP"
                continue
            if previous == "TO" and "VB" in options and lower != "the":
                tags[i] = "VB"
            elif (
                previous == "MD" or (previous == "RB" and i >= 2 and (tags[i - 2] == "MD" or lowers[i - 2] in ("do", "does", "did")))
            ) and "VB" in options:
                tags[i] = "VB"
            elif previous in _DETERMINERS and tag in ("VB", "VBP", "VBZ"):
                if (
                    previous == "POS"
                    and lowers[i - 1] in ("'s", "’s")
                    and tag == "VBZ"
                    and "NNS" not in options
                ):
                    continue
                tags[i] = "NNS" if tag == "VBZ" or "NNS" in options else "NN"
            elif tag in ("NN", "NNS") and ("VBZ" in options or "VB" in options):
                subject = previous in ("NN", "NNP", "PRP", "NNS", "NNPS", "WDT", "WP", ",") or (
                    previous == "RB" and i >= 2 and tags[i - 2] in ("NN", "NNP", "PRP", "NNS", "NNPS")
                )
                opens = following in (
                    "DT",
                    "PRP",
                    "PRP$",
                    "IN",
                    "TO",
                    "NNP",
                    "WDT",
                    "WP",
                    "CD",
                    "“",
                    "WRB",
                    "EX",
                )
                if (
                    tag == "NNS"
                    and "VBZ" in options
                    and subject
                    and (
                        previous in ("NN", "NNP", "PRP", "WDT", "WP", "RB")
                        or (previous == "," and lowers[i + 1 : i + 2] == ["that"])
                    )
                ):
                    if (
                        following in ("DT", "PRP", "PRP$", "TO", "WP", "WRB", "EX", "“")
                        or (previous in ("PRP", "WDT", "WP"))
                        or following == "MD"
                        or lowers[i + 1 : i + 2] == ["that"]
                        or (
                            opens and lowers[i + 1] in ("that", "it", "whether", "about") and previous != "NN"
                        )
                    ):
                        tags[i] = "VBZ"
                elif (
                    tag == "NN"
                    and lower in _SPEECH_NOUNS
                    and previous in ("PRP", "NNS", "NNPS")
                    and following in (".", ",", "”", '"')
                ):
                    tags[i] = "VBP"  # "…, the researchers estimate."
                elif (
                    tag == "NN"
                    and "VB" in options
                    and previous in ("PRP", "NNS", "NNPS", "WDT", "WP")
                    and (opens or following in ("RB", "JJ", "NNS"))
                ):
                    tags[i] = "VBP"
            elif tag == "VBN" or (tag == "VBD" and "VBN" in options):
                back = i - 1
                steps = 0
                aux = False
                while back >= 0 and steps < 4:
                    if lowers[back] in _BE or lowers[back] in _HAVE:
                        aux = True
                        break
                    if tags[back] not in ("RB", "RBR", "PRP", "VBN", "CC", ",") and lowers[back] not in (
                        "not",
                        "n't",
                        "n’t",
                    ):
                        break
                    back -= 1
                    steps += 1
                if aux:
                    tags[i] = "VBN"
                elif (
                    "VBD" in options
                    and previous
                    in ("NN", "NNS", "NNP", "NNPS", "PRP", "WDT", "WP", "RB", ",", "”", "EX", ")", "CD")
                    and (tag == "VBN" and lowers[i + 1 : i + 2] != ["by"])
                ):
                    tags[i] = "VBD"
            elif tag == "VB" and previous in ("NNS", "PRP", "NNPS", "WDT", "WP", "CC", ","):
                tags[i] = "VBP"
            elif tag == "VBZ" and "NNS" in options and following == "IN" and lowers[i + 1] == "of":
                tags[i] = "NNS"
            elif tag == "VB" and "VBD" in options and previous in ("NN", "NNP", "RB", ",", "”", ")", "NNPS"):
                tags[i] = "VBD"  # cut, hit, put, set
            elif tag == "JJ" and "VB" in options and previous in ("TO", "MD"):
                tags[i] = "VB"
    return tags


_DAYS = frozenset("today yesterday monday tuesday wednesday thursday friday saturday sunday last earlier".split())
_SPEECH_PAST = frozenset(
    "said told announced reported warned added claimed stated confirmed insisted argued testified promised vowed pledged "
    "agreed ruled voted went came rose fell was were had did".split()
)
_CLAUSE_MARKS = frozenset(("that", "who", "which", "when", "as", "after", "while", "because", "if", "whether", "where"))


def _mark_reduced_relatives(lowers: list[str], tags: list[str]) -> None:
    """"intelligence shared with allies showed": a past form before a preposition, with the real verb later."""
    count = len(tags)
    for i in range(1, count - 2):
        if tags[i] != "VBD" or tags[i - 1] not in ("NN", "NNS", "NNP") or lowers[i] in _SPEECH_PAST:
            continue
        if (tags[i + 1] not in ("IN", "TO", "RB") and lowers[i + 1] not in _DAYS) or "VBN" not in possible_tags(lowers[i]) or lowers[i + 1] in _CLAUSE_MARKS:
            continue
        for k in range(i + 1, min(count, i + 14)):
            tag = tags[k]
            if tag in FINITE:
                tags[i] = "VBN"
                break
            if tag in ("CC", "PRP", "WDT", "WP") or lowers[k] in _CLAUSE_MARKS or not lowers[k][0].isalnum():
                break


def tokenize(text: str, start: int, end: int) -> Tokens:
    """The words of one sentence with their tags."""
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    for match in TOKEN.finditer(text, start, end):
        starts.append(match.start())
        ends.append(match.end())
        words.append(match.group(0))
    lowers = [word.lower() for word in words]
    tags = tag_words(words, lowers)
    _mark_reduced_relatives(lowers, tags)
    return Tokens(starts, ends, words, lowers, tags)
