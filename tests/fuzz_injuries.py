"""Injuries for fuzzing: what happens to articles on their way, done to bytes at random.

Coverage-guided fuzzers change single bytes, which seldom leaves anything that reads as news. These injuries
keep most of it: words are cut, doubled, swapped and disguised, lines change places, two inputs are spliced.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

#: Marks, controls, joiners, other scripts, broken UTF-8, and words that readers and rules look for.
STRANGE: tuple[bytes, ...] = (
    *(sign.encode() for sign in "\"'“”‘’„«»`´()[]{}<>—–-.,:;!?…\n\t\r\v\f\x00\x1c\x1e\x1f\x85\u2028"),
    *(sign.encode() for sign in "\u00a0\u200b\u200d\u00ad\ufeff\u202e\u0301\u0130ßﬁ½²٣७三😀🇺🇳\ue000"),
    b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x80",
    b" said ", b" not ", b" more than ", b" and ", b" to ", b"-", b" $", b"% ", b" million", b" U.S. ",
    b" according to ", b" who ", b", ", b" may ", b" denied that ", b" Monday", b" 2022-02-30 ", b" 31 June ",
    b"0", b"1e999", b"-1", b"9" * 40, b"1,000,", b"1/0", b"null", b"&#0;", b"&nbsp;", b"<p>", b"<!--",
    b"{", b"</p>", b"[", b"]}", b"\\", b"\\ud800", b"\r\n\r\n", b"=?utf-8?b?", b"--", b" 0 R ", b"endobj",
)  # fmt: skip
#: Inputs stay below this: long ones are slow, and what goes wrong in them goes wrong in short ones.
MAX_BYTES = 6_000

Injury = Callable[[bytes, random.Random], bytes]


def injured(content: bytes, rng: random.Random, others: Sequence[bytes], most: int = 6) -> bytes:
    """`content` with up to `most` injuries; sometimes a part of one of `others` is put into it."""
    for _ in range(rng.randint(1, most)):
        if others and rng.random() < 0.1:
            content = _spliced(content, rng.choice(others), rng)
        else:
            content = rng.choice(_INJURIES)(content, rng)
    return content[:MAX_BYTES]


def _place(content: bytes, rng: random.Random) -> int:
    return rng.randint(0, len(content))


def _cut(content: bytes, rng: random.Random) -> bytes:
    at = _place(content, rng)
    return content[:at] + content[at + rng.randint(1, 40) :]


def _shortened(content: bytes, rng: random.Random) -> bytes:
    """A stretch of it, or all but its end: a download that broke off."""
    start = rng.choice((0, _place(content, rng)))
    return content[start : start + rng.randint(1, 1_500)]


def _doubled(content: bytes, rng: random.Random) -> bytes:
    at, length = _place(content, rng), rng.randint(1, 80)
    return content[: at + length] + content[at:]


def _repeated(content: bytes, rng: random.Random) -> bytes:
    """A few bytes many times over: what makes patterns backtrack and parsers recurse."""
    at = _place(content, rng)
    return content[:at] + content[at : at + rng.randint(1, 6)] * rng.randint(10, 400) + content[at:]


def _inserted(content: bytes, rng: random.Random) -> bytes:
    at = _place(content, rng)
    return content[:at] + rng.choice(STRANGE) * rng.choice((1, 1, 1, 2, 3)) + content[at:]


def _overwritten(content: bytes, rng: random.Random) -> bytes:
    at, put = _place(content, rng), rng.choice(STRANGE)
    return content[:at] + put + content[at + len(put) :]


def _byte(content: bytes, rng: random.Random) -> bytes:
    at = _place(content, rng)
    return content[:at] + bytes([rng.randrange(256)]) + content[at + 1 :]


def _words_swapped(content: bytes, rng: random.Random) -> bytes:
    return _parts_swapped(content, b" ", rng)


def _lines_swapped(content: bytes, rng: random.Random) -> bytes:
    return _parts_swapped(content, b"\n", rng)


def _parts_swapped(content: bytes, mark: bytes, rng: random.Random) -> bytes:
    parts = content.split(mark)
    first, second = rng.randrange(len(parts)), rng.randrange(len(parts))
    parts[first], parts[second] = parts[second], parts[first]
    return mark.join(parts)


def _case(content: bytes, rng: random.Random) -> bytes:
    at, length = _place(content, rng), rng.randint(1, 200)
    change = rng.choice((bytes.upper, bytes.lower, bytes.title, bytes.swapcase))
    return content[:at] + change(content[at : at + length]) + content[at + length :]


def _mark_removed(content: bytes, rng: random.Random) -> bytes:
    mark = rng.choice((b".", b",", b" ", b"\n", b'"', "“".encode(), "”".encode(), b">", b"}", b"'"))
    return content.replace(mark, rng.choice((b"", b" ", mark * 2)))


def _digits(content: bytes, rng: random.Random) -> bytes:
    return content.replace(
        str(rng.randrange(10)).encode(), rng.choice((b"", b"00", b"9,", b".5", "½".encode()))
    )


def _spliced(content: bytes, other: bytes, rng: random.Random) -> bytes:
    at, start = _place(content, rng), _place(other, rng)
    return content[:at] + other[start : start + rng.randint(1, 400)] + content[at:]


_INJURIES: tuple[Injury, ...] = (
    _cut, _shortened, _doubled, _repeated, _inserted, _inserted, _overwritten, _byte, _words_swapped,
    _lines_swapped, _case, _mark_removed, _digits,
)  # fmt: skip
