"""How sure a clause is, and whether it says that something is not so.

Pure. Certainty follows FactBank (Saurí and Pustejovsky 2009) as the contract scales it; hedges count
only in the main clause of the stretch, cut at if, because, which and their like. Cues are returned
as word ranges, so that they can be quoted verbatim.
"""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.extraction.by_rules import vocabulary as words_of
from summarizer.extraction.by_rules.document import Sentence
from summarizer.records.brief import CERTAINTIES, Certainty, Polarity
from summarizer.text.words import FINITE

_CUTS = frozenset(
    (
        "if",
        "because",
        "although",
        "though",
        "which",
        "while",
        "who",
        "whom",
        "whose",
        "unless",
        "until",
        "since",
        "when",
        "where",
        "whereas",
        "once",
    )
)
_AUX_BEFORE_NOT = frozenset(
    "do does did is are was were has have had will would can could should must may might ca wo".split()
)
_NOT_ONLY = frozenset("only just merely longer least".split())
_NO_NOUN_HARMLESS = frozenset(
    ("doubt", "longer", "later", "matter", "fewer", "less", "more", "sooner", "stranger", "one’s")
)
#: "no evidence that X" denies X; "no certainty that X" leaves it unknown.
_NO_OF_PROOF = frozenset(
    "evidence indication indications sign signs proof suggestion intention intentions plan plans reason truth basis grounds talk question".split()
)
_HARD = frozenset("hard difficult impossible tough easy".split())
_UNSURE = frozenset("certainty clarity guarantee word telling".split())
_LOOSE = frozenset(
    "immediately yet still entirely fully currently really exactly publicly also now widely generally only far so independently".split()
)
_VERIFY = frozenset(
    "verify verified confirm confirmed corroborate corroborated determine determined establish established".split()
)
#: What follows these nouns and "that" is what the clause itself says.
_OPEN_NOUNS = frozenset(
    "evidence indication indications sign signs proof suggestion doubt certainty guarantee likelihood chance possibility probability "
    "risk danger hope view belief fact news word consensus assessment estimate explanation".split()
)
_MONTH_MAY = frozenset(
    (
        "in",
        "on",
        "since",
        "until",
        "by",
        "of",
        "last",
        "next",
        "this",
        "and",
        "early",
        "late",
        "mid",
        "from",
        "to",
    )
)
_SHORT_CUE = {"is", "are", "was", "were", "be", "to", "it", "been", "it's", "'s", "’s", "remains", "remained", "that", "of", "there", "the", "not"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stance:
    """Certainty and polarity of a stretch, with the word ranges that say so."""

    certainty: Certainty
    polarity: Polarity
    cues: tuple[tuple[int, int], ...]
    negation: tuple[tuple[int, int], ...] = ()


def less_certain(a: Certainty, b: Certainty) -> Certainty:
    """The one further from certain."""
    return a if CERTAINTIES.index(a) >= CERTAINTIES.index(b) else b


def main_clause_end(sentence: Sentence, first: int, last: int) -> int:
    """End of the main clause: before the first subordinator that follows a finite verb."""
    tokens = sentence.tokens
    seen = False
    for i in range(first, last):
        if tokens.tags[i] in FINITE:
            seen = True
        if seen and i > first and tokens.lowers[i] in _CUTS:
            return i
        if (
            seen
            and tokens.lowers[i] == "that"
            and i + 1 < last
            and tokens.tags[i + 1] == "MD"
            and tokens.tags[i - 1] in ("NN", "NNS")
        ):
            return i
        if (
            seen
            and tokens.lowers[i] == "that"
            and tokens.tags[i - 1] in ("NN", "NNS")
            and tokens.lowers[i - 1] not in _OPEN_NOUNS
            and i > first + 1
        ):
            return i  # "guarantees that NATO will not expand" says what is guaranteed, not what is so
        if seen and tokens.lowers[i] == "so" and i + 1 < last and tokens.lowers[i + 1] == "that":
            return i
        if (
            seen
            and tokens.lowers[i] == "as"
            and i + 2 < last
            and tokens.tags[i + 1] in ("NNP", "PRP", "DT", "NNS")
            and any(t in FINITE for t in tokens.tags[i + 1 : min(last, i + 6)])
        ):
            return i
    return last


def _match_hedge(sentence: Sentence, i: int, last: int) -> tuple[words_of.Hedge, int] | None:
    """Longest hedge that starts at word `i`, and the word after it; adverbs inside are skipped."""
    lowers = sentence.tokens.lowers
    for hedge in words_of.hedges().get(lowers[i], ()):
        k = i
        for word in hedge.words:
            while k < last and k > i and lowers[k] in _LOOSE and lowers[k] != word:
                k += 1
            if k >= last or lowers[k].replace("’", "'") != word:
                break
            k += 1
        else:
            return hedge, k
    return None


def read_stance(sentence: Sentence, first: int, last: int, complement: bool = True) -> Stance:
    """Stance of the main clause in words `first:last`.

    With `complement`, a finite "that" clause inside belongs to the stretch ("it is possible that …").
    """
    tokens = sentence.tokens
    lowers, tags, words = tokens.lowers, tokens.tags, tokens.words
    start = first
    # A leading subordinate clause ("If approved, the drug could …") is not the main clause.
    if (
        lowers[first]
        in (
            "if",
            "although",
            "though",
            "while",
            "because",
            "since",
            "when",
            "once",
            "unless",
            "after",
            "before",
            "as",
        )
        and "," in lowers[first:last]
    ):
        start = lowers.index(",", first, last) + 1
    end = main_clause_end(sentence, start, last)
    certainty: Certainty = "certain"
    cues: list[tuple[int, int]] = []
    negation: list[tuple[int, int]] = []
    negative = False
    i = start
    finite_seen = False
    while i < end:
        lower = lowers[i]
        if tags[i] in FINITE:
            finite_seen = True
        matched = _match_hedge(sentence, i, end)
        if matched is not None:
            hedge, after = matched
            if not _is_no_hedge(sentence, i, hedge, start, end, finite_seen):
                certainty = less_certain(certainty, hedge.certainty)
                cues.append(_trim_cue(sentence, i, after))
                i = after
                continue
        if lower in ("unlikely", "doubtful", "improbable"):
            certainty = less_certain(certainty, "probable")
            negative = not negative
            cues.append((i, i + 1))
            i += 1
            continue
        if (
            lower in ("not", "n't", "n’t", "never", "cannot")
            or (lower == "nor" and i == start)
            or (
                lower in ("no", "none", "nobody", "neither", "nothing")
                and (i - start <= 3 or _early_object(sentence, i, start))
            )
        ):
            span = _negation_span(sentence, i, end)
            following = lowers[i + 1] if i + 1 < end else ""
            if lower == "not" and (
                following in ("far", "surprisingly", "unlike", "least", "necessarily")
                or (following == "to" and any(w in _HARD for w in lowers[max(start, i - 3) : i]))
            ):
                i += 1
                continue
            if (
                lower in ("not", "n't", "n’t")
                and following in _NOT_ONLY
                and lowers[i + 1 : i + 2] != ["longer"]
            ):
                i += 1
                continue
            if lower == "no":
                j = i + 1
                while j < end and tags[j] in ("JJ", "VBG", "VBN", "RB") and lowers[j] not in _NO_OF_PROOF:
                    j += 1
                noun = lowers[j] if j < end else ""
                if following in _NO_NOUN_HARMLESS and following != "longer":
                    i += 1
                    continue
                if noun in _UNSURE:
                    certainty = "unknown"
                    cues.append((i, j + 1))
                    i = j + 1
                    continue
                if noun in _NO_OF_PROOF:
                    end = last  # the denied proposition follows
            proof = next(
                (
                    k
                    for k in range(i + 1, end if lower in ("neither", "none") else min(end, i + 6))
                    if lowers[k] in _VERIFY
                ),
                None,
            )
            able = lower in ("neither", "none") or any(
                lowers[k] in ("could", "can", "cannot", "ca", "able", "unable", "been", "be", "possible")
                for k in range(max(start, i - 3), min(end, i + 4))
            )
            if proof is not None and able and lower not in ("no",):
                certainty = "unknown"
                cues.append((span[0], proof + 1))
                i = proof + 1
                continue
            negative = not negative
            negation.append(span)
            cues.append(span)
            i = max(i + 1, span[1])
            continue
        if (
            lower in words_of.negative_verbs()
            and tags[i] in ("VBD", "VBZ", "VBN", "VBP", "VB")
            and i + 1 < end
            and (lowers[i + 1] in ("to", "any") or lower.startswith("lack"))
        ):
            if lower.startswith("declin") and lowers[i + 2 : i + 3] in (
                ["comment"],
                ["elaborate"],
                ["be"],
                ["discuss"],
                ["provide"],
                ["give"],
            ):
                i += 1
                continue
            negative = not negative
            negation.append((i, i + 2 if lowers[i + 1] == "to" else i + 1))
            cues.append(negation[-1])
            i += 1
            continue
        i += 1
    del words
    polarity: Polarity = "denied" if negative and certainty != "unknown" else "affirmed"
    return Stance(certainty, polarity, tuple(cues), tuple(negation))


def _early_object(sentence: Sentence, i: int, start: int) -> bool:
    """ "has no plans", "found no evidence", "there is no": a "no" right after the verb."""
    tags = sentence.tokens.tags
    return i > start and (
        tags[i - 1] in ("VBZ", "VBD", "VBP", "VBN", "VB", "RB", "EX")
        or sentence.tokens.lowers[i - 1]
        in (
            "'s",
            "’s",
            "was",
            "is",
            "are",
            "were",
            "had",
            "has",
            "have",
            "that",
            ",",
            "but",
            "and",
            "by",
            "with",
        )
    )


def _negation_span(sentence: Sentence, i: int, end: int) -> tuple[int, int]:
    """The negator: "not", "never", "weren't" (with the auxiliary that it is written together with)."""
    lowers = sentence.tokens.lowers
    if lowers[i] in ("n't", "n’t") and i > 0 and lowers[i - 1] in _AUX_BEFORE_NOT:
        return (i - 1, i + 1)
    if lowers[i] == "no" and lowers[i + 1 : i + 2] == ["longer"]:
        return (i, i + 2)
    del end
    return (i, i + 1)


def _trim_cue(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """ "is expected to" is cued by "expected", "it is unclear whether" by "unclear"."""
    lowers = sentence.tokens.lowers
    if last - first <= 1:
        return (first, last)
    text = " ".join(lowers[first:last])
    if any(
        text.startswith(keep)
        for keep in (
            "as soon",
            "as early",
            "can",
            "could not",
            "declined",
            "did not",
            "do not",
            "does not",
            "would not",
            "do n't",
            "did n't",
            "does n't",
            "remains to",
            "too early",
            "too soon",
            "not ruled",
            "no one",
            "an open",
            "in all",
            "more likely",
            "yet to",
            "without any",
        )
    ):
        end = last
        while end - 1 > first and lowers[end - 1] in ("to", "that"):
            end -= 1
        if end < len(lowers) and end == last and lowers[end] in ("whether", "if"):
            end += 1
        return (first, end)
    if "not" in lowers[first:last] or "n't" in lowers[first:last]:
        begin = first
        while begin < last and lowers[begin] in ("it", "is", "was", "are", "were", "remains"):
            begin += 1
        end = last
        if end < len(lowers) and lowers[end] in ("whether", "if"):
            end += 1
        return (begin, end)
    begin, end = first, last
    while begin < end - 1 and lowers[begin] in _SHORT_CUE:
        begin += 1
    while end - 1 > begin and lowers[end - 1] in (*_SHORT_CUE, "how", "what", "when", "why", "who"):
        end -= 1
    if (
        end == last
        and end < len(lowers)
        and lowers[end] in ("whether", "if")
        and lowers[end - 1] in ("unclear", "unknown", "seen", "uncertain", "clear")
    ):
        end += 1
    return (begin, end)


def _is_no_hedge(
    sentence: Sentence, i: int, hedge: words_of.Hedge, start: int, end: int, finite_seen: bool
) -> bool:
    """ "may" the month, "likely" before a noun phrase's head in the subject, a modal of the past."""
    tokens = sentence.tokens
    lowers, tags, words = tokens.lowers, tokens.tags, tokens.words
    first = hedge.words[0]
    nxt = lowers[i + 1] if i + 1 < end else ""
    if first == "may" and len(hedge.words) == 1:
        if words[i] == "May" and i > start:
            return True
        return (
            tags[i] != "MD"
            and not nxt.isalpha()
            or nxt.isdigit()
            or (i > start and lowers[i - 1] in _MONTH_MAY and words[i][0].isupper())
        )
    if len(hedge.words) == 1 and first == "could":
        # "could not": inability, unless it rules nothing out; read as negation
        return (
            nxt in ("not", "n't", "n’t") and lowers[i + 2 : i + 3] not in (["be"], ["rule"]) or nxt == "n't"
        )
    if len(hedge.words) == 1 and first == "might":
        return tags[i] in ("NN",)
    if first == "expected" and len(hedge.words) == 1:
        # "than expected", "the expected result": only as a predicate
        return not (
            tags[i] == "VBN"
            and i > start
            and lowers[i - 1] in ("is", "are", "was", "were", "be", "been", "widely", "also", "now")
        )
    if first in ("alleged", "suspected") and len(hedge.words) == 1:
        return True  # "an alleged build-up", "suspected cases": no doubt of the speaker's own
    if first == "likely":
        # "22% less likely to die": a comparison, not a doubt
        return (
            i > start
            and lowers[i - 1] in ("less", "more", "as", "times", "twice")
            and "than" in lowers[i:end]
        )
    if first in ("fears", "fear", "concerns", "worries", "concern") and finite_seen:
        return False
    del finite_seen
    return False
