"""Numbers of what isn't so: "had they acted, three would be alive", "we would have made $1 billion". Pure.

And of what something suffices for ("enough rice to feed 40,000 people"). Looked for only in sentences that
hold one of the words that say so.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.document import Sentence

_WOULD: Final = frozenset(("would", "could", "might", "'d", "’d"))
_LEADS: Final = frozenset(("had", "enough", "if", "have"))
#: A condition further from the number than this is not its own.
_MOST_REACH: Final = 30
#: What may stand between "enough" and the number that it reaches.
_MOST_BETWEEN: Final = 16
_CLAUSE_ENDS: Final = frozenset((";", ":", "—", "–", "--", ".", "because", "although", "while", "whereas"))
_OPENS: Final = frozenset((",", ";", ":", "—", "–", "“", '"', "‘", "that", "and", "but", "said", "says"))
_SUBJECT_TAGS: Final = frozenset(("NN", "NNS", "NNP", "NNPS", "DT", "PRP$", "PRP", "JJ", "POS", "CD"))


def is_unreal(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the number whose words are `[first, last)` is of a case that didn't come, or only could."""
    tokens = sentence.tokens
    if _LEADS.isdisjoint(tokens.lowers):
        return False
    lowers = tokens.lowers
    return _sufficient(lowers, first) or (
        not _WOULD.isdisjoint(lowers)
        and (_would_have(sentence, first, last) or _unmet_condition(sentence, first))
    )


def under_condition(lowers: list[str], first: int, boundaries: frozenset[str]) -> bool:
    """ "Unless the state provides | $500 million", "if no party wins | half": in the number's clause."""
    for i in range(first - 1, max(-1, first - 1 - _MOST_REACH), -1):
        word = lowers[i]
        if word in ("if", "unless"):
            return lowers[max(0, i - 1) : i] not in (["as"], ["only"])
        if word == "that" and lowers[max(0, i - 1) : i] == ["provided"]:
            return True
        if word == "long" and lowers[max(0, i - 1) : i] == ["as"] and lowers[i + 1 : i + 2] == ["as"]:
            return True
        if word == "," or word in _CLAUSE_ENDS or word in boundaries:
            return False
    return False


def _sufficient(lowers: list[str], first: int) -> bool:
    """ "Enough rice in the country to feed about | 40,000 people"."""
    back = lowers[max(0, first - _MOST_BETWEEN) : first]
    if "enough" not in back:
        return False
    between = back[back.index("enough") + 1 :]
    return "to" in between and _CLAUSE_ENDS.isdisjoint(between) and "," not in between


def _would_have(sentence: Sentence, first: int, last: int) -> bool:
    """ "Would have made | 1 billion", "| 30,000 of them would not have sold"."""
    lowers, tags = sentence.tokens.lowers, sentence.tokens.tags
    for i in range(max(0, first - 10), min(len(lowers) - 2, last + 8)):
        if lowers[i] not in _WOULD or tags[i] != "MD":
            continue
        have = next((k for k in range(i + 1, min(len(lowers) - 1, i + 4)) if lowers[k] == "have"), None)
        if have is None or not {"VBN", "VBD"} & set(tags[have + 1 : have + 3]):
            continue
        between = lowers[have + 1 : first] if have < first else lowers[last:i]
        if _CLAUSE_ENDS.isdisjoint(between) and (have < first or "," not in between):
            return True
    return False


def _unmet_condition(sentence: Sentence, first: int) -> bool:
    """ "Had the truce been signed, …", "if they had acted then, …": the whole sentence tells what wasn't."""
    lowers, tags = sentence.tokens.lowers, sentence.tokens.tags
    for i, word in enumerate(lowers):
        if word == "had" and (i == 0 or lowers[i - 1] in _OPENS):
            rest = i + 1
            while rest < len(lowers) and tags[rest] in _SUBJECT_TAGS:
                rest += 1
            unmet = rest > i + 1 and tags[rest : rest + 1] in (["VBN"], ["VBD"], ["RB"])
        elif word == "if":
            reach = lowers[i + 1 : i + 8]
            unmet = "had" in reach or "were" in reach
            rest = i
        else:
            continue
        if unmet and any(tags[k] == "MD" and lowers[k] in _WOULD for k in range(len(lowers))):
            return _same_statement(lowers, i, first)
    return False


def _same_statement(lowers: list[str], start: int, first: int) -> bool:
    """No mark that ends a statement stands between the condition and the number."""
    low, high = sorted((start, first))
    return not {";", ".", "—"} & set(lowers[low:high])
