"""Cut a page line into segments where furniture and text share it.

"date 2022-01-19 Russia has already …" is a date and a paragraph; "Photo author, X Photo caption, Y." is a
credit and a caption; "… in Belarus. (AP Photo/J. Doe)" a caption and a credit. Pure; segments keep the
order of the text and lose nothing but white space.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from summarizer.records.article import LineRole
from summarizer.sources.date_stamps import read_stamp
from summarizer.sources.letter_runs import folded
from summarizer.sources.line_wording import Wording, read_wording
from summarizer.sources.logical_lines import logical_lines
from summarizer.sources.mastheads import is_masthead
from summarizer.sources.picture_wording import caption_label_end, picture_labels, picture_tail
from summarizer.sources.plain import front_matter
from summarizer.text.lexicon import alternatives, load_lexicon

#: "…, he said. (Reporting by A; editing by B)" at the end of a paragraph.
_CREDIT_TAIL = re.compile(
    r"(?<=[.!?\"”’])\s+[(\[]?(?:Additional\s)?(?:[Rr]eporting|[Ww]riting|[Ee]diting)\s"
    r"(?:and\s\w+\s)?by\s[A-Z][^\n]{2,250}$"
)
_CONTRIBUTED_TAIL = re.compile(r"(?<=[.!?\"”])\s+Additional\sreporting\s(?:by|from)\s[A-Z][^.\n]{2,150}\.?$")
_READ_MORE_TAIL = re.compile(
    r"(?<=[.!?…\"”’])\s+(?:Read more|Read More|READ MORE|Continue reading|Learn more|Click here)\b\W{0,3}$"
)
_TAILS = (
    (_CREDIT_TAIL, ("eporting ", "riting ", "diting ")),
    (_CONTRIBUTED_TAIL, ("Additional reporting",)),
    (_READ_MORE_TAIL, ("ead more", "ead More", "EAD MORE", "ontinue reading", "earn more", "lick here")),
)
#: An agency's name behind a paragraph's last sentence ends within this many characters.
_SIGN_OFF_CHARS = 32
#: The last "– Outlet" or "| Outlet" of a headline; the dash needs space on both sides.
_OUTLET_SUFFIX = re.compile(r"\s(?:[–—|]|-{1,2})\s([^–—|\n]{2,40})$")
_STARTS_TEXT = re.compile(r"[\"“‘'(]?[^\W\d_]")
_TAIL_WINDOW = 400


@cache
def _sign_off() -> re.Pattern[str]:
    """ "…, he said. — AFP"."""
    agencies = load_lexicon("summarizer.sources", "data/outlets.toml")["agencies"]
    names = alternatives([*agencies, *(form for forms in agencies.values() for form in forms)])
    return re.compile(rf"(?<=[.!?\"”’])\s+(?:[-–—]{{1,2}}\s?(?:{names})|\((?:{names})\)|(?:{names}))\.?$")


@cache
def _outlet_noun() -> re.Pattern[str]:
    nouns = load_lexicon("summarizer.sources", "data/furniture.toml")["outlet_nouns"]
    return re.compile(
        rf"\b(?:{alternatives(nouns)})\b|\.(?:com|org|net|co\.uk|info|io)\b|[’']s [A-Z]", re.IGNORECASE
    )


class Segment(NamedTuple):
    """A span of the text; `role` where the cut itself settles it, `wording` where it was read already."""

    start: int
    end: int
    role: LineRole | None = None
    wording: Wording | None = None


def cut_segments(text: str) -> list[Segment]:
    """All lines of `text`, those that hold furniture and text cut into both."""
    lines = logical_lines(text)
    matter = _front_matter_lines(text, lines)
    segments: list[Segment] = []
    seen_text = False
    for index, (start, end) in enumerate(lines):
        if index < matter:
            segments.append(Segment(start, end, "meta"))
            continue
        cut = _cut(text, start, end)
        if not seen_text and len(cut) == 1:
            cut = _cut_outlet(text, cut[0])
        seen_text = seen_text or any(
            one.role is None
            and one.wording is not None
            and one.wording.kind is None
            and one.wording.words >= 4
            for one in cut
        )
        segments.extend(cut)
    return segments


def _front_matter_lines(text: str, lines: list[tuple[int, int]]) -> int:
    """How many of the first lines are a front matter."""
    if not front_matter(text):
        return 0
    for index, (start, end) in enumerate(lines[1:], 1):
        if text[start:end] in ("---", "..."):
            return index + 1
    return 0


def _cut(text: str, start: int, end: int) -> list[Segment]:
    line = text[start:end]
    labels = picture_labels(line)
    if len(labels) > 1 or (labels and "caption" in labels[0].group().lower()):
        return _cut_picture(text, start, end, labels)
    if label_end := caption_label_end(line):
        return _spans(
            text, [(start, start + label_end, "meta"), (start + label_end, end, "caption")], tail=True
        )
    wording = read_wording(folded(line))
    stamp = wording.stamp
    if stamp is not None and not stamp.whole and stamp.has_day and wording.kind is None:
        # Line breaks and runs of spaces were folded for the wording; the stamp is read again in place.
        head = _stamp_end(text, start, end)
        if head is not None:
            return [Segment(start, head, "meta"), *_cut(text, _skip_space(text, head, end), end)]
    if wording.words > 6 and wording.kind in (None, "boilerplate"):
        credit = picture_tail(line)
        if credit is not None:
            return _spans(text, [(start, end, "caption")], tail=True)
    if wording.kind is None and wording.words > 6 and not line.endswith((".", "”", '"')):
        signed = _sign_off().search(text, max(start, end - _SIGN_OFF_CHARS), end)
        if signed:
            return [
                *_cut(text, start, signed.start()),
                Segment(_skip_space(text, signed.start(), end), end, "meta"),
            ]
    if wording.kind is None and wording.words > 6:
        window = max(start, end - _TAIL_WINDOW)
        ending = text[window:end]
        for tail, clues in _TAILS:
            if not any(map(ending.__contains__, clues)):
                continue  # most paragraphs; spares the pattern
            found = tail.search(text, window, end)
            if found and found.start() > start:
                role: LineRole = "boilerplate" if tail is _READ_MORE_TAIL else "meta"
                return [
                    *_cut(text, start, found.start()),
                    Segment(_skip_space(text, found.start(), end), end, role),
                ]
    return [Segment(start, end, None, wording)]


def _cut_picture(text: str, start: int, end: int, labels: list[re.Match[str]]) -> list[Segment]:
    """Credits with their labels are meta; a caption's label is meta, its text caption."""
    spans: list[tuple[int, int, LineRole]] = []
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        stop = start + following.start() if following else end
        after = start + label.end()
        if "caption" in label.group().lower() and after < stop:
            spans += [(start + label.start(), after, "meta"), (after, stop, "caption")]
        else:
            spans.append((start + label.start(), stop, "meta"))
    return _spans(text, spans, tail=True)


def _spans(text: str, spans: list[tuple[int, int, LineRole]], *, tail: bool) -> list[Segment]:
    """Segments without surrounding white space; a credit that ends a caption is cut off as meta."""
    segments: list[Segment] = []
    for start, end, role in spans:
        if tail and role == "caption" and (credit := picture_tail(text[start:end])) is not None:
            pieces: list[tuple[int, int, LineRole]] = [
                (start, start + credit, role),
                (start + credit, end, "meta"),
            ]
        else:
            pieces = [(start, end, role)]
        for left, right, own in pieces:
            piece = text[left:right]
            left, right = left + len(piece) - len(piece.lstrip()), right - (len(piece) - len(piece.rstrip()))
            if left >= right:
                continue
            if own == "meta" and segments and segments[-1].role == "meta":
                segments[-1] = Segment(segments[-1].start, right, "meta")
            else:
                segments.append(Segment(left, right, own))
    return segments


def _stamp_end(text: str, start: int, end: int) -> int | None:
    """Where a date prefix ends and a paragraph begins, or None where the date belongs to the sentence.

    A labelled date ("date 2022-01-19 Russia …", "Published 3 May 2022 The …") or one with a clock time
    can't open a sentence; "5 December 2021 was …" can, so a bare date is left to its sentence.
    """
    stamp = read_stamp(text, start, end)
    if stamp is None or not (stamp.label is not None or stamp.has_clock) or stamp.end >= end:
        return None
    rest = _skip_space(text, stamp.end, end)
    following = text[rest:end]
    if (
        len(following.split()) < 5
        or not _STARTS_TEXT.match(following)
        or following.lstrip("\"“‘'(")[:1].islower()
    ):
        return None
    return stamp.end


def _cut_outlet(text: str, segment: Segment) -> list[Segment]:
    """The site's name behind a headline ("… near border – Henry's Club") is furniture.

    "Kyiv needs tanks – Zelensky" names the speaker: such a name comes up again in the story.
    """
    wording = segment.wording
    if (
        segment.role is not None
        or wording is None
        or wording.kind is not None
        or wording.ends_sentence
        or wording.words > 30
        or is_masthead(folded(text[segment.start : segment.end]))
    ):
        return [segment]
    suffix = _OUTLET_SUFFIX.search(text, segment.start, segment.end)
    if suffix is None or len(text[segment.start : suffix.start()].split()) < 3:
        return [segment]
    name = suffix.group(1).strip()
    capitalised = all(
        word[0].isupper() or word in ("of", "the", "and", "&", "for")
        for word in name.split()
        if word[0].isalpha()
    )
    if not capitalised or len(name.split()) > 5:
        return [segment]
    recurs = name.casefold() in text[segment.end : segment.end + 20_000].casefold()
    bar = "|" in suffix.group()[:3]
    if not bar and (recurs or not (_outlet_noun().search(name) or len(name.split()) >= 2)):
        return [segment]
    headline = text[segment.start : suffix.start()]
    return [
        Segment(segment.start, suffix.start(), None, read_wording(folded(headline))),
        Segment(_skip_space(text, suffix.start(), segment.end), segment.end, "meta"),
    ]


def _skip_space(text: str, position: int, end: int) -> int:
    while position < end and text[position].isspace():
        position += 1
    return position
