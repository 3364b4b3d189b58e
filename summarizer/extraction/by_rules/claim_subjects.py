"""The subject of a claim that its own words lack: an owner, the subject of a participle, an elided one.

Pure. "whose brother worked there", "…, bringing the toll to 44" and "and could make an offer" are claims of
somebody who stands elsewhere in the sentence.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.clause_parts import antecedent, subject_range
from summarizer.extraction.by_rules.clauses import Piece
from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.entities import EntityTable
from summarizer.extraction.by_rules.verbs import base_of_participle, past_of
from summarizer.extraction.by_rules.vocabulary import words
from summarizer.text.word_lexicon import possible_tags
from summarizer.text.words import FINITE, NOUNS

#: Longer subjects than this are not repeated before an elided verb.
_MAX_SUBJECT_WORDS: Final = 12
#: "may soon have closed": helping verbs and adverbs before the main verb.
_VERB_GROUP_WORDS: Final = 4
_MIN_AFTER_NOR: Final = 3
_PRONOUNS: Final = words("he she it they we i")
_QUOTES: Final = "“”\"'‘’ ,"
#: "nor did the army | enter": the words of a subject behind its verb.
_SUBJECT_TAGS: Final = NOUNS | words("DT PRP PRP$ POS CD JJ EX")
_ENDS_SUBJECT: Final = words("NNP NNPS NNS PRP")
_DO_OR_MODAL: Final = words("do does did would will can could should may might must")


def after_nor(sentence: Sentence, piece: Piece) -> list[int] | None:
    """Words of "Nor did the army enter" as "the army did enter", which is what it denies; None for others."""
    tags, lowers, first = sentence.tokens.tags, sentence.tokens.lowers, piece.first
    if lowers[first] not in ("nor", "neither") or piece.last - first <= _MIN_AFTER_NOR:
        return None
    verb = first + 1
    if tags[verb] not in FINITE or (lowers[first] == "neither" and lowers[verb] not in _DO_OR_MODAL):
        return None
    end = verb + 1
    while end < piece.last and tags[end] in _SUBJECT_TAGS:
        if (
            lowers[verb] in _DO_OR_MODAL
            and tags[end - 1] in _ENDS_SUBJECT
            and "VB" in possible_tags(lowers[end])
        ):
            break  # "nor did the crews | force it", tagged as a noun
        if tags[end] == "JJ" and end > verb + 1 and tags[end - 1] in NOUNS | {"PRP"}:
            break  # "nor is the bridge | safe"
        end += 1
        if tags[end - 1] in ("PRP", "EX"):
            break
    return [*range(verb + 1, end), verb, *range(end, piece.last)] if verb + 1 < end < piece.last else None


def of_owner(table: EntityTable, sentence: Sentence, whose: int, content: str) -> str:
    """ "Karin Holt, whose brother worked there" as "Karin Holt's brother worked there."; or ""."""
    owner = antecedent(sentence, 0, whose - 1) if whose > 1 else None
    if owner is None:
        return ""
    index = table.at.get((sentence.index, owner[1] - 1))
    name = table.document.words(sentence, *owner) if index is None else table.entities[index].name
    return f"{name[0].upper()}{name[1:]}’s {content.split(' ', 1)[-1]}"


def verb_group_end(sentence: Sentence, piece: Piece) -> int:
    """Behind the main verb of the clause that a result piece follows from, with its helping verbs."""
    tags = sentence.tokens.tags
    verbs = (k for k in range(piece.span_first, piece.first) if tags[k] in FINITE)
    return min(piece.first, next(verbs, piece.span_first) + _VERB_GROUP_WORDS)


def of_participle(table: EntityTable, sentence: Sentence, piece: Piece, content: str) -> str:
    """ "…, bringing the toll to 44" with subject and tense of its clause; "" without a subject."""
    tokens = sentence.tokens
    subject = subject_range(sentence, piece.span_first, piece.first)
    if subject is None or subject[1] - subject[0] > _MAX_SUBJECT_WORDS:
        return ""
    if "," in tokens.lowers[subject[1] : piece.first - 1]:
        return content  # "published a map, provided by X, showing": there is no telling what shows
    main = next(k for k in range(subject[1], piece.first) if tokens.tags[k] in FINITE)
    base = base_of_participle(tokens.lowers[piece.first])
    past = past_of(base) if base is not None else None
    plural = tokens.tags[subject[1] - 1] in ("NNS", "NNPS") or "and" in tokens.lowers[slice(*subject)]
    verb = f"{'are' if plural else 'is'} {tokens.lowers[piece.first]}"
    if past is not None and (tokens.tags[main] == "VBD" or tokens.lowers[main] in ("has", "have")):
        verb = past
    elif base is not None and tokens.tags[main] == "MD":
        verb = f"will {base}"
    lead = table.document.words(sentence, *subject).strip(_QUOTES)
    if (
        tokens.lowers[piece.first + 1] in ("it", "them", "him", "her")
        or tokens.lowers[subject[0]] in _PRONOUNS
    ):
        lead = "This"  # "shares fell, giving it a value of": what happened gave it
    rest = content.split(" ", 1)[-1]
    for k in range(piece.first + 1, piece.last - 1):  # "uprooting trees and tearing off roofs"
        if past is not None and verb == past and tokens.lowers[k] == "and" and tokens.tags[k + 1] == "VBG":
            other = past_of(base_of_participle(tokens.lowers[k + 1]) or "")
            rest = rest.replace(f"and {tokens.words[k + 1]}", f"and {other}") if other else rest
    return f"{lead[0].upper()}{lead[1:]} {verb} {rest}" if lead and " " in content else ""


def elided_subject(table: EntityTable, sentence: Sentence, first: int, attribution: int) -> str:
    """The subject of the sentence, for a piece that begins with its verb; "" where it can't be told.

    In "40 boxes, which | it said | were taken", where the attribution begins after "which", the boxes.
    """
    if attribution < first and sentence.tokens.lowers[attribution - 1 : attribution] == ["which"]:
        return _before_which(table, sentence, attribution - 1, first)
    subject = subject_range(sentence, 0, first) if first > 0 else None
    if subject is None or subject[1] - subject[0] > _MAX_SUBJECT_WORDS:
        return ""
    if sentence.tokens.lowers[subject[0]] in _PRONOUNS:
        return ""
    lead = table.document.words(sentence, *subject)
    stripped = lead.strip(_QUOTES)
    return f"{stripped}," if lead.endswith(",") and "," in stripped else stripped


def _before_which(table: EntityTable, sentence: Sentence, which: int, verb: int) -> str:
    """What "which" stands for as subject of a verb: the noun before it if they agree, else all of it."""
    noun = antecedent(sentence, 0, which - 1) if which > 1 else None
    if noun is None or sentence.tokens.lowers[noun[1] - 1] == "%":
        return "This"
    plural = sentence.tokens.tags[noun[1] - 1] in ("NNS", "NNPS")
    if plural != (sentence.tokens.lowers[verb] in ("were", "are", "have")):
        return "This"
    return table.document.words(sentence, *noun).strip(_QUOTES)
