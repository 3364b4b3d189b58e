"""Cut a stretch of a sentence into propositions small enough to be true or false as a whole.

Pure. Works on word positions. A piece keeps where its subject stands, because "and could make an
approach" needs the subject of the clause before it.
"""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.extraction.by_rules.document import Sentence
from summarizer.text.words import FINITE

_SPLIT_CONJUNCTIONS = frozenset(
    (
        "and",
        "but",
        "so",
        "yet",
        "while",
        "though",
        "although",
        "as",
        "because",
        "whereas",
        "since",
        "after",
        "before",
        "or",
    )
)
_NOUNY = frozenset(("NN", "NNS", "NNP", "NNPS", "PRP", "CD", "EX", "DT", "JJ", "PRP$", "WP"))
MIN_WORDS = 3
_PREDICATE_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS", "PRP", "CD"))


#: Participles that open no result: they list, attribute or place in time.
_NO_RESULT = frozenset(
    "including according following regarding concerning speaking citing quoting saying adding excluding starting beginning "
    "depending pending barring referring responding writing".split()
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One proposition. `subject` is the word range of an elided subject; `span` what evidence must cover."""

    first: int
    last: int
    subject: tuple[int, int] | None
    span_first: int
    relative: bool = False
    result: bool = False  # an extra proposition inside a clause that is a piece too
    auxiliary: tuple[int, int] | None = None  # "would likely" in "would likely rise and be sold"


def subject_range(sentence: Sentence, first: int, last: int) -> tuple[int, int] | None:
    """Words before the first finite verb of a clause: its subject (leading adjunct with comma cut)."""
    tokens = sentence.tokens
    for i in range(first, last):
        if tokens.tags[i] in FINITE:
            begin = first
            for k in range(i - 1, first - 1, -1):
                if tokens.lowers[k] == "," and tokens.lowers[first] in (
                    "in",
                    "on",
                    "at",
                    "after",
                    "as",
                    "if",
                    "when",
                    "while",
                    "for",
                    "by",
                    "with",
                    "during",
                    "despite",
                    "under",
                    "from",
                    "since",
                    "however",
                    "meanwhile",
                    "but",
                    "and",
                    "earlier",
                    "together",
                    "instead",
                    "also",
                    "separately",
                ):
                    begin = k + 1
                    break
            end = i
            while end > begin and tokens.tags[end - 1] == "RB":
                end -= 1
            return (begin, end) if end > begin else None
    return None


def split_clauses(sentence: Sentence, first: int, last: int) -> list[Piece]:
    """Propositions of words `first:last`, in order; at least one."""
    tokens = sentence.tokens
    lowers, tags = tokens.lowers, tokens.tags
    pieces: list[Piece] = []
    begin = first
    clause_first = first
    shared: tuple[int, int] | None = None
    auxiliary: tuple[int, int] | None = None
    opened_if = lowers[first] in (
        "if",
        "when",
        "unless",
        "until",
        "once",
        "after",
        "before",
        "while",
        "as",
        "although",
        "though",
        "because",
        "since",
        "whether",
        "despite",
        "without",
    )
    i = first + 1
    if lowers[first] in ("while", "although", "though", "whereas", "because", "since", "as"):
        comma = _clause_comma(tags, lowers, first, last)
        if comma is not None:
            left = split_clauses(sentence, first + 1, comma)
            return [*left, *split_clauses(sentence, comma + 1, last)]

    def close(end: int) -> None:
        stop = end
        while stop > begin and lowers[stop - 1] in (",", ";", "and", "but", "–", "—"):
            stop -= 1
        if stop - begin >= 2:
            pieces.append(
                Piece(begin, stop, shared, clause_first if shared is not None else begin, auxiliary=auxiliary)
            )

    while i < last - 1:
        lower = lowers[i]
        before_comma = lowers[i - 1] in (",", ";")
        if lower == ";" and i - begin >= MIN_WORDS and _finite(tags, i, last):
            close(i)
            begin = clause_first = i + 1
            shared = auxiliary = None
            i += 1
            continue
        if (
            lower in _SPLIT_CONJUNCTIONS
            and _finite(tags, begin, i)
            and not (opened_if and begin == first and not _main_done(tags, lowers, begin, i))
        ):
            verb = _next_finite(tags, lowers, i + 1, last)
            if verb is not None and i - begin >= MIN_WORDS and last - i >= MIN_WORDS:
                own_subject = any(tags[k] in _NOUNY for k in range(i + 1, verb)) and not _only_adverbs(
                    tags, i + 1, verb
                )
                if lower in ("and", "but", "so", "yet", "or"):
                    if (
                        own_subject
                        and _clause_like(tags, lowers, i + 1, verb)
                        and (
                            before_comma
                            or lower == "but"
                            or lowers[i + 1] in ("that",)
                            or tags[i + 1] in ("PRP", "EX", "DT", "NNP")
                        )
                    ):
                        close(i)
                        begin = clause_first = i + 1 if lowers[i + 1] != "that" else i + 2
                        shared = auxiliary = None
                        i = verb
                        continue
                    if (
                        not own_subject
                        and lower != "or"
                        and verb - i <= 4
                        and not _in_relative(lowers, tags, begin, i)
                    ):
                        subject = subject_range(sentence, clause_first, i) if shared is None else shared
                        close(i)
                        begin = i + 1
                        shared, auxiliary = subject, None
                        i = verb + 1
                        continue
                elif (
                    lower in ("while", "though", "although", "whereas")
                    or (lower == "because" and i - begin > 4 and lowers[i + 1] != "of")
                    or (lower in ("as", "since", "after") and before_comma and own_subject)
                ):
                    if own_subject:
                        close(i)
                        begin = clause_first = i + 1
                        shared = auxiliary = None
                        i = verb
                        continue
                elif (
                    lower == "as"
                    and own_subject
                    and tags[i + 1] in ("NNP", "PRP", "DT", "NNS", "NN")
                    and lowers[i - 1] not in ("such", "as", "far", "soon", "long", "well", "much", "many")
                    and verb - i <= 8
                    and i - begin > 5
                    and "TO" not in tags[i + 1 : verb]
                ):
                    close(i)
                    begin = clause_first = i + 1
                    shared = None
                    i = verb
                    continue
        if (
            before_comma
            and lowers[i - 1] == ","
            and last - i >= MIN_WORDS + 1
            and _finite(tags, begin, i)
            and (
                (tags[i] == "VBG" and lower not in _NO_RESULT)
                or (lower in ("down", "up") and lowers[i + 1] == "from")
            )
            and not _finite(tags, i, min(last, i + 2))
        ):
            # "fell 4%, giving it a market value of …": the result is a proposition of its own
            stop = next((k for k in range(i + 2, last) if lowers[k] in (",", ";")), last)
            pieces.append(Piece(i, stop, None, clause_first, result=True))
            if stop >= last - 1:
                close(i)
                return sorted(pieces, key=lambda piece: piece.first)
        if (
            lower == "that"
            and tags[i - 1] in ("NN", "NNS")
            and tags[i + 1] == "MD"
            and _finite(tags, begin, i)
            and last - i >= MIN_WORDS + 1
        ):
            # "a deployment that could turn into an invasion": what the modal is about is said apart
            antecedent = _antecedent(tags, lowers, begin, i)
            stop = next((k for k in range(i + 2, last) if lowers[k] in (",", ";")), last)
            if antecedent is not None:
                pieces.append(Piece(i + 1, stop, antecedent, antecedent[0], result=True))
        if lower in ("and", "but") and i - begin >= MIN_WORDS and last - i >= MIN_WORDS + 1:
            shift = 1
            while i + shift < last and tags[i + shift] == "RB":
                shift += 1
            tag = tags[i + shift] if i + shift < last else ""
            if tag in ("VBN", "VBD", "VB") and not _in_relative(lowers, tags, begin, i):
                helper = _auxiliary(tags, lowers, clause_first, i, "VB" if tag == "VB" else "VBN")
                if helper is not None:
                    subject = subject_range(sentence, clause_first, i)
                    if subject is not None:
                        close(i)
                        begin = i + 1
                        shared, auxiliary = subject, helper
                        i += shift + 1
                        continue
        if before_comma and lowers[i - 1] == "," and lower in ("which", "who", "where") and i - begin >= 2:
            stop = _relative_end(tags, lowers, i, last)
            antecedent = _antecedent(tags, lowers, begin, i - 1)
            if antecedent is not None and stop - i >= 3 and _finite(tags, i, stop):
                if stop >= last - 1:
                    close(i)
                    pieces.append(Piece(i + 1, stop, antecedent, antecedent[0], relative=True))
                    return pieces
                pieces.append(Piece(i + 1, stop, antecedent, antecedent[0], relative=True))
                i = stop
                continue
        i += 1
    close(last)
    if not pieces:
        pieces.append(Piece(first, last, None, first))
    return pieces


def _clause_comma(tags: list[str], lowers: list[str], first: int, last: int) -> int | None:
    """Comma that closes a leading subordinate clause: a finite verb on both sides."""
    for k in range(first + 3, last - 3):
        if lowers[k] == "," and _finite(tags, first, k):
            nxt = lowers[k + 1]
            if nxt in ("which", "who", "and", "or") or not _finite(tags, k, last):
                return None
            return k
    return None


def _auxiliary(
    tags: list[str], lowers: list[str], first: int, last: int, form: str
) -> tuple[int, int] | None:
    """Helping verbs of the main verb in `first:last` that a coordinated participle or infinitive shares.

    "had killed … and retaken": had; "would likely rise and be sold": would likely.
    """
    for k in range(first, last):
        if tags[k] not in FINITE:
            continue
        if form == "VBN" and lowers[k] not in (
            "has",
            "have",
            "had",
            "was",
            "were",
            "is",
            "are",
            "’ve",
            "'ve",
        ):
            return None
        if form == "VB" and tags[k] != "MD":
            return None
        end = k + 1
        while end < last and (
            tags[end] == "RB"
            or lowers[end] in ("been", "not", "n't", "n’t")
            or (tags[end] == "JJ" and lowers[end] == "likely")
        ):
            end += 1
        if end < last and (
            tags[end] in ("VBN", "VBD") if form == "VBN" else tags[end] == "VB" or lowers[end] == "be"
        ):
            return (k, end)
        return None
    return None


def _finite(tags: list[str], first: int, last: int) -> bool:
    return any(tags[k] in FINITE for k in range(first, last))


def _main_done(tags: list[str], lowers: list[str], first: int, last: int) -> bool:
    """A leading subordinate clause has been closed by a comma and a main verb has come."""
    for k in range(first, last):
        if lowers[k] == "," and _finite(tags, k, last):
            return True
    return False


def _next_finite(tags: list[str], lowers: list[str], first: int, last: int) -> int | None:
    for k in range(first, min(last, first + 14)):
        if tags[k] in FINITE:
            return k
        if lowers[k] in (";", ":", "which", "who") and k > first:
            return None
    return None


def _only_adverbs(tags: list[str], first: int, last: int) -> bool:
    return all(tags[k] in ("RB", "MD", "RBR", ",") for k in range(first, last))


def _clause_like(tags: list[str], lowers: list[str], first: int, verb: int) -> bool:
    """Between conjunction and verb stands a noun phrase that can be a subject."""
    if lowers[verb - 1] in ("that", "which", "who"):
        return False  # "Moscow and the West, talks that failed": the verb is the relative clause's
    if (
        any(lowers[k] in ("that", "which", "who", "to") for k in range(first + 1, verb))
        and lowers[first] != "that"
    ):
        return any(tags[k] in ("PRP", "NNP", "NN", "NNS") for k in range(first, verb))
    return any(tags[k] in _PREDICATE_NOUNS or tags[k] == "EX" for k in range(first, verb))


def _in_relative(lowers: list[str], tags: list[str], first: int, i: int) -> bool:
    """Whether the words before `i` end in a relative clause that the next verb would go on with."""
    for k in range(i - 1, first, -1):
        if lowers[k] in ("which", "who", "that", "where", "when", "whose") and tags[k - 1] in (
            "NN",
            "NNS",
            "NNP",
            "NNPS",
            ",",
        ):
            return True
        if lowers[k] == ",":
            return False
    return False


def _relative_end(tags: list[str], lowers: list[str], i: int, last: int) -> int:
    seen = False
    for k in range(i + 1, last):
        if tags[k] in FINITE:
            seen = True
        if seen and lowers[k] == "," and k + 1 < last and not tags[k + 1] == "VBG":
            return k
    return last


def _antecedent(tags: list[str], lowers: list[str], first: int, comma: int) -> tuple[int, int] | None:
    """Noun phrase right before the comma."""
    start = comma
    while (
        start > first
        and (
            tags[start - 1] in ("NN", "NNS", "NNP", "NNPS", "JJ", "DT", "CD", "PRP$", "POS", "JJS", "VBG")
            or (lowers[start - 1] in ("of", "&", "for") and start - 1 > first)
        )
        and comma - start < 9
    ):
        start -= 1
    return (start, comma) if start < comma else None
