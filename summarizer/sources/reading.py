"""Bytes of one input, never more than the limit and never from anything but an ordinary file.

A pipe, a device or a socket could block for ever or never end, so it is refused before it is read;
standard input is the way to feed a pipe. Decoding is `decoding`'s business.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from summarizer.errors import SourceError, TooLarge, Unreadable

_SPECIAL = (
    (stat.S_ISDIR, "is a folder"),
    (stat.S_ISFIFO, "is a named pipe"),
    (stat.S_ISCHR, "is a device"),
    (stat.S_ISBLK, "is a device"),
    (stat.S_ISSOCK, "is a socket"),
)


@contextmanager
def open_file(path: Path, shown: str) -> Iterator[BinaryIO]:
    """An ordinary file, open for reading; input errors while it is open become `Unreadable`."""
    try:
        # Not blocking, because opening a named pipe would wait for somebody to write into it.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise unreadable(shown, error) from error
    try:
        mode = os.fstat(descriptor).st_mode
        for is_special, what in _SPECIAL:
            if is_special(mode):
                raise Unreadable(shown, what, "Give a file, or pipe its content to standard input ('-').")
        with open(descriptor, "rb", closefd=False) as stream:
            yield stream
    except OSError as error:
        raise unreadable(shown, error) from error
    finally:
        os.close(descriptor)


def read_stream(stream: BinaryIO, shown: str, max_bytes: int) -> bytes:
    """Everything up to the end of a stream.

    Raises:
        TooLarge: there is more than `max_bytes`; how much more isn't read.
    """
    content = stream.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise too_large(shown, max_bytes)
    return content


def standard_input() -> BinaryIO:
    """The process's standard input as bytes.

    Raises:
        Unreadable: the process has none (started without a terminal or pipe).
    """
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise Unreadable("-", "there is no standard input", "Pipe an article in, or name a file.")
    return stream  # type: ignore[no-any-return]


def too_large(shown: str, max_bytes: int) -> TooLarge:
    """The error for an input or record over the limit."""
    return TooLarge(
        shown,
        f"more than {max_bytes:,} bytes",
        "Split it, or raise the limit (--max-bytes) if it is one article.",
    )


def unreadable(shown: str, error: OSError | ValueError) -> SourceError:
    """What an operating system error means to somebody who named a file."""
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.ENOENT:
        return Unreadable(shown, "no such file", "Check the name and the folder.")
    if number in (errno.EACCES, errno.EPERM):
        return Unreadable(shown, "permission denied", "Make the file readable for this user.")
    if number == errno.ELOOP:
        return Unreadable(shown, "its links lead in a circle", "Remove or mend the symbolic link.")
    if number == errno.ENXIO:
        return Unreadable(shown, "is no ordinary file", "Pipe its content to standard input ('-').")
    reason = (error.strerror if isinstance(error, OSError) else str(error)) or type(error).__name__
    return Unreadable(shown, f"can't be read ({reason.lower()})", "Check that the file can be opened.")
