"""The wording of what stands under pictures: labels, credits, and captions that speak of a picture.

Pure but for its word list, read once. "Photo author, EPA", "Image caption, …", "FILE -", "(AP Photo/J. Doe)",
"Photograph: Tom Ashby/PA", "(pictured last week)", "in this photo".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from summarizer.text.lexicon import alternatives, load_lexicon

_MAX_CREDIT_WORDS = 10
_MAX_CREDIT_CHARS = 90
#: Captions are shorter than this; a paragraph may speak of a picture, too.
_MAX_VISUAL_WORDS = 70
#: A credit at the end of a caption begins within this many characters, and after as many of the caption.
_TAIL_CHARS = 200
_MIN_CAPTION_CHARS = 20
#: Initials that stand in a credit behind a slash; shorter agency names are words as well.
_SHORT_AGENCIES = ("ap", "afp", "epa", "pa")

_PICTURE = r"(?:photo|image|picture|media|video|photograph|figure)s?"
_LABEL = re.compile(
    rf"(?:{_PICTURE}\s(?:caption|author|source|copyright|credit|by)|caption|credit)\s?(?:[,:]|(?=\s))\s?",
    re.IGNORECASE,
)
_CAPTION_LABEL = re.compile(
    rf"(?:{_PICTURE}\s)?caption\s?[,:]\s?|{_PICTURE}\scaption\s"
    r"|(?:pictured(?:\s(?:above|below|left|right|here))?|photos?|images?|pictures?"
    r"|file(?:\s(?:photo|image|picture|pic))?|in\sthis\s(?:photo|image|picture)|screen(?:shot|grab))\s?:\s?"
    r"|(?-i:FILE|FILE\sPHOTO|File\sphoto|FILE\sIMAGE)\s?[-–—]\s",
    re.IGNORECASE,
)
_CREDIT_LABEL = re.compile(
    rf"{_PICTURE}\s(?:author|source|copyright|credit|by|courtesy)\s?[,:]?\s"
    r"|(?:photograph|photo\scredit|credit|©)\s?:?\s",
    re.IGNORECASE,
)
_CREDIT_PREFIX = re.compile(
    r"^(?:(?:photo|image|picture|credit|source|photograph|via)s?\s?(?:[:,–—-]|by\b)|©)\s?", re.IGNORECASE
)
_CREDIT_PARTS = re.compile(r"\s?[/,|•–—]\s?|\svia\s|\sfor\s|\s-\s", re.IGNORECASE)

_VISUAL = re.compile(
    r"\((?:pictured|seen|shown)\b[^()]{0,60}\)|\((?:left|right|cent(?:er|re)|far left|far right|l|r|c)\)"
    r"|\bfile (?:photo|image|picture)\b"
    r"|\b(?:in|from) this (?:\w+[ -]){0,3}"
    r"(?:photo|photograph|image|picture|video grab|frame grab|frame|screen ?grab|screenshot|still)\b"
    r"|^(?:an?\s)?(?:aerial|satellite|general|undated|handout|file)\s(?:view|image|photo|picture|photograph)\b"
    r"|^pictured\b|\b(?:is|are) (?:pictured|seen here|shown here)\b",
    re.IGNORECASE,
)
_PICTURE_DATE = re.compile(
    r"(?:\bon|,) (?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4})\.?$"
)
# Words without which the patterns can't match: most lines are paragraphs and hold none of them.
_VISUAL_CLUES = (
    "(", "photo", "image", "picture", "grab", "screenshot", "frame", "still", "seen here", "shown here",
    " view ",
)  # fmt: skip
_TAIL_CLUES = ("/", "Photo", "photo", "Picture", "Image", "Credit", "via ", "AP", "AFP", "REUTERS")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    agencies: frozenset[str]
    verbs: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    words = load_lexicon("summarizer.sources", "data/furniture.toml")
    return _Lexicon(frozenset(words["picture_agencies"]), frozenset(words["picture_verbs"]))


@cache
def _credit_tail() -> re.Pattern[str]:
    """A credit that ends a caption."""
    words = load_lexicon("summarizer.sources", "data/furniture.toml")
    agency = alternatives(one for one in words["picture_agencies"] if len(one) > 3 or one in _SHORT_AGENCIES)
    inside = r"[^()\[\]]"
    return re.compile(
        # in brackets: (AP Photo/J. Doe), [File: J. Doe/Reuters], (Photo by J. Doe)
        rf"(?i:\s?[(\[]{inside}{{0,80}}?"
        rf"(?:\b(?:{agency})\b{inside}{{0,6}}(?:photo|pictures?|images?|pool|file|/|via)"
        rf"|(?:photo|picture|image|credit|file|pool|via|/|courtesy){inside}{{0,40}}?\b(?:{agency})\b"
        rf"|photo(?:graph)?\s?(?:by|:|/)|courtesy\sof|handout|file\sphoto)"
        rf"{inside}{{0,60}}[)\]]\.?$)"
        # labelled: "Photograph: J. Doe/PA", "Credit...J. Doe"
        r"|\s(?:Photograph|Photo|Picture|Image|Credit|Photo\scredit|Image\scredit)"
        r"\s?(?::|\.\.\.|…|\sby\s)\s?[^.:]{2,70}$"
        r"|(?:\s|(?<=\.))(?:REUTERS/|AP\sPhoto/|AFP\sPHOTO)[\w .’'/-]{0,80}(?:,\sopens\snew\stab)?$"
        # bare: "J. Doe/AFP/Getty Images", "AFP via Getty Images"
        rf"|\s(?:[A-Z][\w.’'-]+\s){{1,3}}?[A-Z][\w.’'-]+/(?:[\w ]{{1,30}}/)?(?i:{agency})\.?$"
        rf"|\s(?i:{agency})\svia\s(?i:{agency})\.?$"
    )


def is_picture_credit(line: str, words: int) -> bool:
    """A line that is only a picture's credit: "Getty Images", "Alex Brandon/AP", "Photo author, J. Doe"."""
    if words > _MAX_CREDIT_WORDS or len(line) > _MAX_CREDIT_CHARS:
        return False
    if label := _CREDIT_LABEL.match(line):
        return not line[label.end() :].rstrip().endswith((".", "!", "?"))
    agencies = _lexicon().agencies
    bare = _CREDIT_PREFIX.sub("", line.strip("()[]. "))
    parts = [part.strip(" .()[]").casefold() for part in _CREDIT_PARTS.split(bare)]
    if not any(part in agencies for part in parts) or not (bare[:1].isupper() or bare.startswith("dpa")):
        return False
    return len(parts) == 1 or all(part in agencies or len(part.split()) <= 4 for part in parts)


def is_labelled_caption(line: str) -> bool:
    """Whether the line begins with a caption's label."""
    return _CAPTION_LABEL.match(line) is not None


def caption_label_end(line: str) -> int:
    """Length of the caption label that `line` begins with, 0 where there is none."""
    match = _CAPTION_LABEL.match(line)
    return match.end() if match else 0


def picture_labels(line: str) -> list[re.Match[str]]:
    """The labels in a line like "Photo author, X Photo caption, Y"; [] where it begins with none."""
    return list(_LABEL.finditer(line, 0, 600))[:4] if _LABEL.match(line) else []


def picture_tail(line: str) -> int | None:
    """Where a credit at the end of a caption begins ("… on Sunday. (AP Photo/J. Bautista)"), or None."""
    window = max(0, len(line) - _TAIL_CHARS)
    tail = line[window:]
    if tail.rstrip(".")[-1:] not in (")", "]") and not any(map(tail.__contains__, _TAIL_CLUES)):
        return None
    match = _credit_tail().search(line, window)
    return match.start() if match and match.start() > _MIN_CAPTION_CHARS else None


def speaks_of_picture(line: str, words: int) -> bool:
    """Whether the line speaks of a picture that its reader sees."""
    if words > _MAX_VISUAL_WORDS:
        return False
    return any(map(line.casefold().__contains__, _VISUAL_CLUES)) and _VISUAL.search(line) is not None


def sounds_like_caption(line: str) -> bool:
    """Whether a sentence has a caption's verb near its start or a picture's full date at its end."""
    verbs = _lexicon().verbs
    return _PICTURE_DATE.search(line[-40:]) is not None or any(
        word in verbs for word in line.lower().split()[1:12]
    )
