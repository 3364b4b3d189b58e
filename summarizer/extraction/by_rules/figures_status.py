"""Whether a quantity is or was so, is somebody's plan, or is only possible (contract, section 4).

Pure. Looks at the verbs that govern the number inside its clause: leftwards from an object, rightwards from
a subject. A forecast, a modal, a condition or a capability make it `possible`; what a speaker decides
himself makes it `planned`.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.figures_unreal import is_unreal, under_condition
from summarizer.records.brief import Status
from summarizer.text.lexicon import load_lexicon
from summarizer.text.numbers_heads import is_plural
from summarizer.text.words import possible_tags

_LEXICON: Final = load_lexicon("summarizer.extraction.by_rules", "lexicons/figure_status.toml")
_POSSIBLE: Final = frozenset(_LEXICON["possible"])
_PLANNED: Final = frozenset(_LEXICON["planned"])
_NEEDS_TO: Final = frozenset(_LEXICON["needs_to"])
_NEEDS_INFINITIVE: Final = frozenset(_LEXICON["needs_infinitive"])
_CONTENTS: Final = frozenset(_LEXICON["contents"])
_TRANSPARENT: Final = frozenset(_LEXICON["transparent"])
_OUTCOMES: Final = frozenset(_LEXICON["outcomes"])
_GRANTS: Final = frozenset(_LEXICON["grants"])
_BOUNDARIES: Final = frozenset(_LEXICON["boundaries"])
_SPEECH: Final = frozenset(_LEXICON["speech"])
_WILL: Final = frozenset(("will", "'ll", "’ll", "shall", "wo", "would", "'d", "’d"))
_MODALS: Final = frozenset(("could", "may", "might"))
_HEDGES: Final = frozenset(("potentially", "likely", "probably", "possibly", "perhaps"))
_NOUNS: Final = frozenset(_LEXICON["forecast_nouns"])
_MISSING: Final = frozenset(_LEXICON["compared_with_forecast"])
_REVISING: Final = frozenset(_LEXICON["revising"])
_AMONG_TIMES: Final = frozenset(
    ("time", "highest", "lowest", "most", "best", "worst", "high", "low", "biggest", "largest")
)
_COMPARING: Final = frozenset(("earlier", "later", "sooner", "faster", "longer", "shorter"))
_CHANCES: Final = frozenset(("chance", "chances", "odds", "likelihood", "probability", "risk"))
_PRONOUNS: Final = frozenset(("it", "he", "she", "they", "we", "i"))
_STOPS: Final = frozenset((";", ":", "—", "–", "--"))
_FINITE: Final = frozenset(("VBD", "VBZ", "VBP"))
_BE: Final = frozenset(("is", "are", "was", "were"))
_HAVE_BE: Final = frozenset(_LEXICON["have_be"])
#: A clause longer than this on one side of the number has its verb nearer, if it has one.
_REACH: Final = 30
#: An inserted clause has fewer words than this.
_INSERTION: Final = 16


def status_of(
    sentence: Sentence,
    first: int,
    last: int,
    *,
    definite: bool,
    duration: bool,
    measured: bool,
    attributed: bool,
    commissive: bool,
) -> Status:
    """Status of the quantity whose words are `[first, last)` of the sentence.

    `definite`: it only describes something that exists ("their shared 700-mile border"). `duration`,
    `measured`: a stretch of time, a measure of any kind. `attributed`:
    somebody states it; `commissive`: as his own plan or promise.
    """
    tokens = sentence.tokens
    if any(word in _CHANCES for word in tokens.lowers[last : last + 2]):
        return "possible"
    if definite or (
        first > 0 and tokens.lowers[first - 1] == "," and measured and not _compared(tokens.lowers, last)
    ):
        return "actual"  # also an apposition: "the dam, 25 miles upstream of the capital, …"
    if duration and _AMONG_TIMES & set(tokens.lowers[max(0, first - 3) : first]):
        return "actual"  # "cut its forecast for the second time in six months"
    if under_condition(tokens.lowers, first, _BOUNDARIES) or is_unreal(sentence, first, last):
        return "possible"
    found = _leftwards(sentence, first, attributed, commissive)
    if found is None:
        found = _rightwards(sentence, last, attributed, commissive, duration)
    if found == "actual" and _granted_ahead(sentence, first, last):
        return "planned"
    return found


def _compared(lowers: list[str], last: int) -> bool:
    return any(word in _COMPARING for word in lowers[last : last + 1])


def _leftwards(sentence: Sentence, first: int, attributed: bool, commissive: bool) -> Status | None:
    """What governs an object; None when no verb stands between the clause's beginning and the number."""
    tokens = sentence.tokens
    lowers, tags = tokens.lowers, tokens.tags
    base = ""  # the bare verb nearest to the number: what will or would be done
    seen = infinitive = False
    conditional = lowers[0] in ("if", "unless")
    resumes = first
    for i in range(first - 1, max(-1, first - 1 - _REACH), -1):
        word, tag = lowers[i], tags[i]
        if word == "," and (opening := _insertion_start(lowers, i)) is not None:
            resumes = opening  # "give Okafor, whose term ends in July, | six years"
        if i > resumes or (i == resumes and resumes < first):
            continue
        if word in _STOPS or (word in _BOUNDARIES and not (word == "that" and tags[i + 1 : i + 2] == ["NN"])):
            return "actual" if seen else None
        if _absolute(lowers, i) or (conditional and word == "," and not seen and "," not in lowers[:i]):
            return None
        if word in _WILL and tag == "MD" and base in _TRANSPARENT:
            return "actual"
        if word in _WILL and tag == "MD":
            return _will(word, base, lowers, tags, i, attributed, commissive)
        if word in _POSSIBLE or word in _PLANNED:
            adjectival = tag in ("VBN", "JJ") and seen and not _is_verbal(lowers, tags, i)
            verdict = (
                None
                if adjectival or (word in _NEEDS_INFINITIVE and not infinitive)
                else _cue(lowers, tags, i)
            )
            if verdict is not None:
                return verdict
        infinitive = infinitive or (tag == "TO" and tags[i + 1] in ("VB", "VBP", "NN"))
        if word in _SPEECH and tag in ("VBD", "VBZ", "VBP", "VBG"):
            return "actual" if seen else None
        if tag == "VB" and not base:
            base = word
            seen = True
        elif tag in ("VBN", "VBG"):
            seen = seen or _is_verbal(lowers, tags, i)
            base = base or word
        elif tag in _FINITE and not (word in _HAVE_BE and _after_modal(lowers, tags, i)):
            if _coordinated(lowers, tags, i):
                base, seen = word, True
                continue
            if _HEDGES & set(lowers[max(0, i - 2) : i]):
                return "possible"
            if word in _BE and _NOUNS & set(lowers[max(0, i - 3) : i]):
                return "possible"  # "its guidance is for 12%"
            if word in _BE and tags[i + 1 : i + 2] == ["TO"]:
                return "planned"  # "is to open 20 shops"
            if word in ("be", "been") or word in _CONTENTS or _is_noun(lowers, tags, i):
                continue
            return "actual"
    return "actual" if seen else None


def _insertion_start(lowers: list[str], close: int) -> int | None:
    """The comma at which a relative clause begins that the comma at `close` ends; None where none does."""
    for i in range(close - 1, max(-1, close - _INSERTION), -1):
        if lowers[i] in (",", ";", ":"):
            return i if lowers[i] == "," and lowers[i + 1] in ("who", "which", "whose", "where") else None
    return None


def _is_noun(lowers: list[str], tags: list[str], i: int) -> bool:
    """ "… expect crypto firms to spend": a plural before an infinitive that the tagger took for a verb."""
    before = tags[i - 1] if i else ""
    return (
        tags[i] == "VBZ" and tags[i + 1 : i + 2] == ["TO"] and before in ("NN", "JJ") and is_plural(lowers[i])
    )


def _after_modal(lowers: list[str], tags: list[str], i: int) -> bool:
    """ "May | have", "may still | have"."""
    adverb = i > 1 and (tags[i - 1] == "RB" or lowers[i - 1] in ("still", "well", "yet", "even"))
    return tags[max(0, i - 1) : i] == ["MD"] or (adverb and tags[i - 2] == "MD")


def _coordinated(lowers: list[str], tags: list[str], i: int) -> bool:
    """ "would invest $3 billion and cut 800 jobs": the second verb hangs on the same would."""
    if lowers[max(0, i - 1) : i] not in (["and"], ["or"]) or "VB" not in possible_tags(lowers[i]):
        return False
    return any(tags[k] == "MD" or lowers[k] == "to" for k in range(max(0, i - 10), i))


def _absolute(lowers: list[str], i: int) -> bool:
    """ ", with almost half of them already deployed", "as part of a $60 million package": facts."""
    if lowers[i] == "with" and i > 0 and lowers[i - 1] == ",":
        return True
    return lowers[i : i + 3] == ["as", "part", "of"]


def _is_verbal(lowers: list[str], tags: list[str], i: int) -> bool:
    """Whether a participle is a verb of the clause and no adjective before a noun."""
    following = next((tag for tag in tags[i + 1 : i + 3] if tag[:1].isalpha()), "")
    return following not in ("NN", "NNS", "NNP", "JJ")


def _cue(lowers: list[str], tags: list[str], i: int) -> Status | None:
    word = lowers[i]
    following = lowers[i + 1] if i + 1 < len(lowers) else ""
    if word in _NEEDS_TO and following != "to":
        return None
    if (word == "may" and tags[i] != "MD") or (
        word == "schedule" and lowers[i - 1] in ("behind", "on", "of")
    ):
        return None
    if "than" in lowers[max(0, i - 3) : i] or lowers[max(0, i - 1) : i] == ["as"]:
        return None  # "more than expected"
    if word in ("set", "due", "about", "going") and not any(w in _HAVE_BE for w in lowers[max(0, i - 3) : i]):
        return None
    if word in ("face", "faces", "facing") and not {"up", "to", "least", "maximum"} & set(
        lowers[i + 1 : i + 5]
    ):
        return None
    if word in ("see", "sees", "saw") and "VBG" not in tags[i + 1 : i + 6]:
        return None  # "the bank sees inflation averaging 2.4%"
    if word.startswith("demand") and (tags[i] == "NN" or following[:1].isdigit() or following in "$£€"):
        return None  # "demanded $12m" was so; "demanded a raise of 5%" isn't yet
    if word in _NOUNS and following != "of" and _MISSING & set(lowers[max(0, i - 3) : i]):
        return None  # "missed forecasts"
    if word == "able" and lowers[max(0, i - 1) : i] in (
        ["was"],
        ["were"],
        ["been"],
        ["not"],
        ["n't"],
        ["n’t"],
    ):
        return None  # "have not been able to": so it is
    if word in ("can", "could") and lowers[i + 1 : i + 2] in (["not"], ["n't"], ["n’t"]):
        return "actual"
    if word in ("estimate", "estimates") and not _REVISING & set(lowers[max(0, i - 4) : i]):
        return None
    if (
        lowers[max(0, i - 2) : i][-2:] in (["no", "longer"], ["did", "not"], ["had", "not"])
        and word not in _MODALS
    ):
        return None
    if word in _PLANNED:
        back = lowers[max(0, i - 4) : i]
        return "possible" if _MODALS & set(back) else "planned"
    return "possible"


def _will(
    word: str, base: str, lowers: list[str], tags: list[str], i: int, attributed: bool, commissive: bool
) -> Status:
    """Will and would: a plan where the speaker decides, else a forecast."""
    subject = lowers[i - 1] if i else ""
    if commissive:
        return "planned"
    if base in _OUTCOMES:
        return "possible"
    if any(w in ("likely", "probably", "possibly", "perhaps") for w in lowers[i + 1 : i + 4]):
        return "possible"
    if subject in ("that", "which") and word == "would":
        return "planned" if attributed and base not in ("", "be", "have") else "possible"
    if base in ("be", "have", "") and subject not in _PRONOUNS:
        return "possible"
    return "planned"


def _rightwards(sentence: Sentence, last: int, attributed: bool, commissive: bool, duration: bool) -> Status:
    """What a subject does: "up to 400 people could still be trapped"."""
    tokens = sentence.tokens
    lowers, tags = tokens.lowers, tokens.tags
    for i in range(last, min(len(lowers), last + 16)):
        word, tag = lowers[i], tags[i]
        if word in _STOPS or (word in _BOUNDARIES and i > last) or (word == "," and i > last + 1):
            break
        if word in _SPEECH and tag in ("VBD", "VBZ"):
            break
        if word in _WILL and tag == "MD":
            if duration:
                return "actual"
            verbs = [lowers[k] for k in range(i + 1, min(len(lowers), i + 5)) if tags[k] in ("VB", "VBN")]
            main = next((verb for verb in verbs if verb not in ("be", "have")), "")
            if commissive:
                return "planned"
            return "possible" if main in _OUTCOMES or not main else "planned"
        if word in _MODALS or (word == "can" and tag == "MD"):
            return "possible"
        if tag in _FINITE:
            for k in range(i + 1, min(len(lowers), i + 4)):
                if lowers[k] in _POSSIBLE | _PLANNED and tags[k] in ("VBN", "JJ", "RB", "VBG", "VBD"):
                    if word in ("had", "has", "have") and k == i + 1 and tags[k] in ("VBN", "VBD"):
                        return "actual"  # "16 economists had predicted it"
                    verdict = _cue(lowers, tags, k)
                    if verdict is not None:
                        return verdict
            return "actual"
    return "actual"


def _granted_ahead(sentence: Sentence, first: int, last: int) -> bool:
    lowers = sentence.tokens.lowers
    if not any(word in _GRANTS for word in lowers[max(0, first - 4) : first]):
        return False
    return any(word in ("next", "coming", "later", "upcoming") for word in lowers[last : last + 10])
