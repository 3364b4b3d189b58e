"""Write a claim in its canonical form: affirmative, unhedged, names instead of pronouns.

Pure. Words are taken from the article; only pronouns are replaced (by names of the article) and modals
by "will", "is", "has". Bounds and numbers stay.
"""

from __future__ import annotations

from collections.abc import Callable

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.vocabulary import words as word_list

_DROP_TOKENS = frozenset('“”"„«»`')
_MODALS = frozenset(("may", "might", "could"))
_ADVERB_HEDGES = word_list(
    "possibly perhaps potentially allegedly reportedly apparently purportedly conceivably arguably "
    "maybe likely probably presumably seemingly ostensibly supposedly"
)
_SUBJECT_PRONOUNS = frozenset(("he", "she", "it", "they", "we", "i"))
_AGREEMENT = {"are": "is", "have": "has", "were": "was", "do": "does", "am": "is", "'re": " is", "’re": " is", "'ve": " has", "’ve": " has", "'m": " is", "’m": " is"}  # fmt: skip
_POSSESSIVES = {"his": "he", "her": "she", "its": "it", "their": "they", "our": "we", "my": "i"}


def write_claim(
    sentence: Sentence,
    words: list[int],
    cues: tuple[tuple[int, int], ...],
    negation: tuple[tuple[int, int], ...],
    name_of: Callable[[str, int], str | None],
) -> str:
    """Sentence from the given word positions.

    `name_of(pronoun, position)` gives the name to put in, or None to leave the pronoun.
    """
    tokens = sentence.tokens
    negated = {k for a, b in negation for k in range(a, b)}
    hedged = {k for a, b in cues for k in range(a, b)} - negated
    out: list[str] = []
    previous_end: int | None = None
    position = 0
    count = len(words)
    replaced_first = False
    singular = False  # a name took the place of "we": its verb must agree
    while position < count:
        i = words[position]
        word, lower = tokens.words[i], tokens.lowers[i]
        text = word
        nxt = words[position + 1] if position + 1 < count else -1
        if word in _DROP_TOKENS or (word in "'‘’" and sentence.quoted[i]):
            position += 1
            continue
        if i in negated and lower in ("not", "n't", "n’t", "never"):
            position += 1
            previous_end = None
            continue
        if i in negated and lower in ("no", "none", "neither", "nobody"):
            position += 1
            previous_end = None
            continue
        if i in hedged:
            if lower in _MODALS:
                tag = tokens.tags[nxt] if nxt >= 0 else ""
                follower = tokens.lowers[nxt] if nxt >= 0 else ""
                if follower == "be":
                    text = "is"
                    position += 1
                elif follower == "have":
                    text = "has"
                    position += 1
                else:
                    text = "will"
                del tag
            elif lower in _ADVERB_HEDGES:
                position += 1
                continue
        elif lower in _SUBJECT_PRONOUNS and (tokens.tags[i] == "PRP") and not replaced_first:
            name = name_of(lower, i)
            if name is not None:
                text = name
                replaced_first = True
                singular = lower in ("we", "i")
        elif singular and lower in _AGREEMENT and tokens.tags[i] in ("VBP", "VBD"):
            text = _AGREEMENT[lower]
            singular = False
        elif lower in ("ca", "wo"):
            text = "can" if lower == "ca" else "will"
        elif lower in _POSSESSIVES and tokens.tags[i] == "PRP$" and not replaced_first and position <= 3:
            name = name_of(_POSSESSIVES[lower], i)
            if name is not None:
                text = name + ("’" if name.endswith("s") else "’s")
                replaced_first = True
        glue = previous_end is not None and previous_end == tokens.starts[i]
        if out and not glue and not (len(text) == 1 and text in ",.;:!?%)" or text in ("'s", "’s")):
            out.append(" ")
        out.append(text)
        previous_end = tokens.ends[i]
        position += 1
    result = "".join(out).strip(" ,;:–—-'‘’")
    while result.endswith((".", ",", ";", ":")) and not result.endswith(("U.S.", "Inc.", "p.m.", "a.m.")):
        result = result[:-1].rstrip()
    if not result:
        return ""
    return result[0].upper() + result[1:] + ("" if result.endswith((".", "!", "?")) else ".")
