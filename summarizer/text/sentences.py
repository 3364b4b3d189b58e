"""Cut a stretch of text into sentences.

Pure, linear in the length. Offsets are code points into the text that is given. Knows abbreviations,
initials and quotation marks: “We will go.” he said. is one sentence, “We will go. We must,” he said. two.
Garbled text (“. . does.”) gives short sentences, never an error.
"""

from __future__ import annotations

import re

#: Never ends a sentence, whatever follows.
_TITLES = frozenset(
    "mr mrs ms dr prof sen rep gov gen lt col maj capt sgt cmdr adm rev hon pres sec st messrs brig supt insp "
    "det pvt cpl amb dep asst fr sr jr vs no nos fig figs art sect vol pp approx est ca cf al eds ed dept".split()
)
#: May end a sentence: it does when a capitalised word that commonly starts sentences follows.
_MAYBE = frozenset(
    "jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun inc corp co ltd "
    "llc plc bros etc ave blvd rd mt ft u.s u.k u.n e.u u.s.a d.c a.m p.m i.e e.g ph.d m.d b.a m.a calif mass "
    "conn fla ill ind kan mich minn mo neb nev okla ore pa tenn tex va vt wash wis wyo ariz ark colo ga la md "
    "miss mont del n.y n.j n.h n.c s.c n.d s.d n.m r.i".split()
)
_STARTERS = frozenset(
    "the a an in on at it its he she they we i you this that these those but and or so if when while after before "
    "as for from with by to of his her their our my there here however meanwhile some many most all both each "
    "one no not what who how why where according since because although though despite under over between "
    "during last next earlier later still yet also now then today yesterday tomorrow officials police".split()
)
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|[.!?]+[”»\"](?=[A-Z“«])")
_NEXT = re.compile(r"\s*[\"'“‘«(\[`]*\s*([^\s\"'“‘«(\[`.,;:!?)]*)")
_LAST_WORD = re.compile(r"[^\s\"'“‘«(\[”’/—–-]+$")
#: A run of text without an end is cut here, so that one broken page can't cost seconds.
MAX_SENTENCE_CHARS = 2000


def _ends(text: str, dot: int, mark_end: int, start: int, end: int) -> bool:
    """Whether the mark at [dot, mark_end) ends a sentence of text[start:end]."""
    following = _NEXT.match(text, mark_end, min(end, mark_end + 60))
    word = following.group(1) if following else ""
    first = word[:1]
    marks = text[dot:mark_end]
    if first and first.islower():
        return False  # “Why?” he asked. — and "Inc. said"
    if not marks.startswith(".") or marks.startswith(".."):
        return True
    before = _LAST_WORD.search(text, max(start, dot - 24), dot)
    last = before.group(0) if before else ""
    lowered = last.lower()
    if marks != "." and len(marks) > 1 and marks[1] in '”"»':
        return True
    if lowered in _TITLES:
        return lowered in ("no", "art", "fr", "est", "fig") and not first.isdigit() and last.islower()
    initial = len(last) == 1 and last.isupper() and last != "I"
    dotted = "." in last and all(len(part) <= 2 for part in last.split("."))
    if initial or dotted or lowered in _MAYBE:
        if not word:
            return True
        return word.lower() in _STARTERS and first.isupper() and not (initial and not dotted and word == "A")
    return True


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Sentences of `text[start:end]` as (start, end), without surrounding white space, in order.

    Line breaks inside the stretch are white space; cut at lines first where lines matter.
    """
    stop = len(text) if end is None else end
    sentences: list[tuple[int, int]] = []

    def add(first: int, last: int) -> None:
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        while last - first > MAX_SENTENCE_CHARS:
            cut = text.rfind(" ", first + 1, first + MAX_SENTENCE_CHARS)
            cut = cut if cut > first else first + MAX_SENTENCE_CHARS
            sentences.append((first, cut))
            first = cut
            while first < last and text[first].isspace():
                first += 1
        if first < last:
            sentences.append((first, last))

    begin = start
    for match in _END.finditer(text, start, stop):
        if match.start() < begin:
            continue
        if _ends(text, match.start(), match.end(), begin, stop):
            add(begin, match.end())
            begin = match.end()
    add(begin, stop)
    return sentences


def numbered_sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of `text`, each inside one line, in order: sentence hints count them from 1."""
    sentences: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            sentences.extend(split_sentences(text, start, start + len(line)))
        start += len(line) + 1
    return sentences
