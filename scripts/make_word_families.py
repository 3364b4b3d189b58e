"""Make `summarizer/text/data/word_families.tsv`: English words with the word that they are derived from.

    apt-get install wordnet-base            # WordNet 3.0, its own permissive licence (kept in the output)
    python scripts/make_word_families.py /usr/share/wordnet > summarizer/text/data/word_families.tsv

"invasions", "invading" and "invasion" all belong to "invade", "diplomatically" to "diplomacy".
Inflections come from WordNet's rules and exception lists, derivations from its pointers between word senses
("+" derivationally related, "\\" pertains to). A derivation counts only between frequent senses of two words
that share their beginning, and nouns for persons stay by themselves ("reporter" is no report). Only words
of `english_words.tsv` are kept. Run by hand; the result is committed.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

WORDS = Path(__file__).parent.parent / "summarizer" / "text" / "data" / "english_words.tsv"
POS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
RULES = {
    "n": [("ses", "s"), ("ves", "f"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"),
          ("men", "man"), ("ies", "y"), ("s", "")],
    "v": [("s", ""), ("ies", "y"), ("es", "e"), ("es", ""), ("ed", "e"), ("ed", ""), ("ing", "e"),
          ("ing", "")],
    "a": [("er", ""), ("est", ""), ("er", "e"), ("est", "e")],
    "r": [],
}  # fmt: skip
PERSON = "18"  # the lexicographer file of nouns for persons
#: A derivation counts between senses no rarer than this (1 is a word's most frequent sense).
MAX_RANK = 3
LICENCE = (
    "Derived from WordNet 3.0, under its licence: This software and database is being provided to",
    "you, the LICENSEE, by Princeton University under the following license. By obtaining, using",
    "and/or copying this software and database, you agree that you have read, understood, and will",
    "comply with these terms and conditions.: Permission to use, copy, modify and distribute this",
    "software and database and its documentation for any purpose and without fee or royalty is",
    "hereby granted, provided that you agree to comply with the following copyright notice and",
    "statements, including the disclaimer, and that the same appear on ALL copies of the software,",
    "database and documentation, including modifications that you make for internal use or for",
    "distribution. WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved. THIS",
    'SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR',
    "WARRANTIES, EXPRESS OR IMPLIED. BY WAY OF EXAMPLE, BUT NOT LIMITATION, PRINCETON UNIVERSITY",
    "MAKES NO REPRESENTATIONS OR WARRANTIES OF MERCHANTABILITY OR FITNESS FOR ANY PARTICULAR",
    "PURPOSE OR THAT THE USE OF THE LICENSED SOFTWARE, DATABASE OR DOCUMENTATION WILL NOT INFRINGE",
    "ANY THIRD PARTY PATENTS, COPYRIGHTS, TRADEMARKS OR OTHER RIGHTS. The name of Princeton",
    "University or Princeton may not be used in advertising or publicity pertaining to distribution",
    "of the software and/or database. Title to copyright in this software, database and any",
    "associated documentation shall at all times remain with Princeton University and LICENSEE",
    "agrees to preserve same.",
)


class WordNet:
    def __init__(self, folder: Path) -> None:
        self.senses: dict[tuple[str, str], list[str]] = {}
        self.synsets: dict[tuple[str, str], tuple[str, list[str], list[tuple[str, ...]]]] = {}
        self.exceptions: dict[tuple[str, str], list[str]] = {}
        for pos, name in POS.items():
            for line in (folder / f"index.{name}").read_text().splitlines():
                if not line.startswith(" "):
                    cells = line.split()
                    count = int(cells[2])
                    self.senses[cells[0], pos] = cells[-count:]
            for line in (folder / f"data.{name}").read_text().splitlines():
                if not line.startswith(" "):
                    self._synset(pos, line)
            for line in (folder / f"{name}.exc").read_text().splitlines():
                form, *bases = line.split()
                self.exceptions[form, pos] = bases

    def _synset(self, pos: str, line: str) -> None:
        cells = line.split(" | ")[0].split()
        count = int(cells[3], 16)
        words = [re.sub(r"\(\w+\)$", "", cells[4 + 2 * i]).lower() for i in range(count)]
        at = 5 + 2 * count
        pointers = [tuple(cells[at + 4 * i : at + 4 * i + 4]) for i in range(int(cells[at - 1]))]
        self.synsets[cells[0], pos] = (cells[1], words, pointers)

    def lemmas(self, word: str, pos: str, inflected: bool) -> list[str]:
        """Base forms; `inflected` says that the word is mostly one, as "found" is, and "wound" is not."""
        found = [base for base in self.exceptions.get((word, pos), []) if (base, pos) in self.senses]
        if found and inflected:
            return found
        plural = inflected and pos == "n" and word.endswith("s")
        if (word, pos) in self.senses and not plural:
            return [word]
        if found:
            return found
        for suffix, ending in RULES[pos]:
            base = word.removesuffix(suffix) + ending
            if word.endswith(suffix) and len(base) > 2 and (base, pos) in self.senses:
                return [base]
        return [word] if (word, pos) in self.senses else []

    def related(self, lemma: str, pos: str, to: str, symbols: str) -> list[str]:
        """Lemmas that a frequent sense of `lemma` points to, if theirs is frequent too."""
        found = []
        for offset in self.senses.get((lemma, pos), [])[:MAX_RANK]:
            _, words, pointers = self.synsets[offset, pos]
            number = words.index(lemma) + 1 if lemma in words else 0
            for symbol, target, kind, ends in pointers:
                kind = "a" if kind == "s" else kind
                if symbol not in symbols or kind != to or int(ends[:2], 16) not in (0, number):
                    continue
                other = self.synsets[target, kind][1][int(ends[2:], 16) - 1]
                if target in self.senses.get((other, kind), [])[:MAX_RANK] and akin(lemma, other):
                    found.append(other)
        return sorted(
            found,
            key=lambda other: (-len(shared(lemma, other)), len(other), other[::-1]),
        )

    def is_person(self, lemma: str) -> bool:
        first = self.senses.get((lemma, "n"), [""])[0]
        return bool(first) and self.synsets[first, "n"][0] == PERSON

    def head(self, lemma: str, pos: str) -> str:
        if pos == "r":
            for adjective in self.related(lemma, "r", "a", "\\"):
                return self.head(adjective, "a")
            return lemma
        if pos == "a":
            for verb in self.related(lemma, "a", "v", "+"):
                if len(verb) <= len(lemma):
                    return verb
            for noun in self.related(lemma, "a", "n", "\\+"):
                if not self.is_person(noun) and len(noun) <= len(lemma) + 2:
                    return self.head(noun, "n")
            return lemma
        if pos == "n" and not self.is_person(lemma) and (lemma, "v") not in self.senses:
            for verb in self.related(lemma, "n", "v", "+"):
                if len(verb) <= len(lemma) + 2:  # "union" does not come from "unionize"
                    return verb
            for adjective in self.related(lemma, "n", "a", "+"):
                if len(adjective) < len(lemma) - 1:
                    return adjective
        return lemma


def shared(a: str, b: str) -> str:
    """The beginning that two words share."""
    length = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[:length]


def akin(a: str, b: str) -> bool:
    common = len(shared(a, b))
    return (
        "_" not in a + b
        and "-" not in a + b
        and (common >= 4 or (common >= 3 and common >= min(len(a), len(b)) - 2))
    )


def main(folder: str) -> None:
    wordnet = WordNet(Path(folder))
    tag_pos = {"N": "n", "V": "v", "J": "a", "R": "r"}
    families: dict[str, str] = {}
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        word, _, tags = line.partition("\t")
        if not re.fullmatch(r"[a-z]{3,}", word):
            continue
        order = [tag_pos[tag[0]] for tag in tags.split() if tag[0] in tag_pos]
        order = list(dict.fromkeys([*order, *"nvar"]))
        inflected = tags.split()[0] in ("VBD", "VBN", "VBZ", "NNS", "JJR", "JJS")
        if word.endswith("ed"):
            order = ["v", *order]
        if "v" in order[:2] and wordnet.lemmas(word, "v", inflected) and not word.endswith("s"):
            order = ["v", *order]
        for pos in order:
            lemmas = wordnet.lemmas(word, pos, inflected)
            if lemmas:
                head = wordnet.head(lemmas[0], pos)
                american = re.sub(r"is(?=e$)", "iz", head)
                families[word] = american if (american, "v") in wordnet.senses else head
                break
    groups: dict[str, list[str]] = defaultdict(list)
    for word, family in families.items():
        if word != family:
            groups[family].append(word)
        elif word.endswith("s"):
            groups.setdefault(word, [])  # no plural: "news", "politics", "crisis"
    sys.stdout.write("".join(f"# {line}\n" for line in LICENCE))
    for family in sorted(groups):
        sys.stdout.write(f"{family}\t{' '.join(sorted(groups[family]))}\n")


if __name__ == "__main__":
    main(sys.argv[1])
