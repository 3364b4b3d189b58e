"""Which language a text is in, by its script and its function words.

Pure, small and deterministic; made to tell English from the rest, also on two lines of text, and to name
the rest where it can. Not made to tell Danish from Norwegian with certainty.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

from summarizer.sources.letter_runs import letter_runs
from summarizer.text.lexicon import load_lexicon

#: As much of a text as is looked at: two or three pages settle any language.
_SAMPLE_CHARS = 20_000
#: Another language must show this many of its function words …
_MIN_HITS = 2
#: … and this many times as many as English. English text about Spain holds "la" and "de", German text
#: holds "in", "was" and "will", so neither count is ever zero.
_MARGIN = 1.5
#: Function words are a third to a half of running text in the languages listed, and English news with
#: many names in it still has one in six. Below this share a text is in none of the languages we know.
_MIN_SHARE = 0.06
_MIN_WORDS_FOR_SHARE = 20
#: In lower case the one is two characters, the second of them no letter; the other depends on what follows.
_LOWERED_BY_WORD = "İΣ"
#: Below this there are Latin letters only.
_FIRST_FOREIGN = "\u0370"


@dataclass(frozen=True, slots=True)
class Language:
    """An ISO 639-1 code and the English name. `is_sure` is False when too little text decided."""

    code: str
    name: str
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class _Tables:
    words: dict[str, tuple[str, ...]]
    codes: tuple[str, ...]
    names: dict[str, str]
    scripts: tuple[tuple[int, int, str], ...]
    letters: tuple[tuple[str, str, frozenset[str]], ...]


@cache
def _tables() -> _Tables:
    data = load_lexicon("summarizer.sources", "data/languages.toml")
    words: dict[str, list[str]] = {}
    for code, listed in data["words"].items():
        for word in dict.fromkeys(listed.split()):
            words.setdefault(word, []).append(code)
    return _Tables(
        {word: tuple(codes) for word, codes in words.items()},
        tuple(code for code in data["words"] if code != "en"),
        data["names"],
        tuple(
            (int(one["range"][0], 16), int(one["range"][1], 16), one["language"]) for one in data["scripts"]
        ),
        tuple((one["script"], one["language"], frozenset(one["any_of"])) for one in data["letters"]),
    )


def detect_language(text: str) -> Language:
    """The probable language of `text`; English, not sure, where nothing speaks against it.

    A text with a foreign menu or quotation around English prose is English: what most of it is counts.
    """
    sample = text if len(text) <= _SAMPLE_CHARS else text[: _SAMPLE_CHARS // 2] + text[-_SAMPLE_CHARS // 2 :]
    if any(letter in sample for letter in _LOWERED_BY_WORD):
        words = [word.lower() for word in letter_runs(sample)]
    else:
        words = letter_runs(sample.lower())
    return _by_script(words) or _by_words(words)


def _language(code: str, is_sure: bool = True) -> Language:
    return Language(code, _tables().names.get(code, code), is_sure)


def _by_script(words: list[str]) -> Language | None:
    """The language of a script other than Latin, when most letters are in one."""
    tables = _tables()
    if max(words, default="") < _FIRST_FOREIGN:
        return None
    foreign = "".join(word for word in words if word[0] >= _FIRST_FOREIGN)
    if len(foreign) <= sum(map(len, words)) / 2:
        return None
    counts = Counter(
        next((language for low, high, language in tables.scripts if low <= ord(letter) <= high), "")
        for letter in foreign
    )
    counts.pop("", None)
    if not counts:
        return None
    code = max(counts, key=lambda one: (counts[one], one))
    if code == "zh" and counts["ja"] > 0.1 * counts["zh"]:
        code = "ja"
    letters = Counter(foreign)
    for script, language, deciding in tables.letters:
        if code == script and sum(letters[letter] for letter in deciding) > 0.005 * len(foreign):
            return _language(language)
    return _language(code)


def _by_words(words: list[str]) -> Language:
    tables = _tables()
    hits: Counter[str] = Counter()
    for word, times in Counter(filter(tables.words.__contains__, words)).items():
        for code in tables.words[word]:
            hits[code] += times
    english = hits.pop("en", 0)
    best = max(tables.codes, key=lambda one: hits[one])  # the first listed of equals
    if hits[best] >= _MIN_HITS and hits[best] > _MARGIN * english:
        return _language(best)
    if len(words) >= _MIN_WORDS_FOR_SHARE and max(english, hits[best]) < _MIN_SHARE * len(words):
        return Language("und", "no language that is known here", is_sure=False)
    return _language("en", is_sure=english >= _MIN_HITS)
