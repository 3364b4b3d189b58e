"""Which files the user means: paths, folders, glob patterns and "-" become a list of files to read.

Looks at names and folders only; opening the files is `reading`. The order is the user's, and inside a
folder or pattern the sorted order of the names, so a run is the same on every machine.
"""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from summarizer.errors import NoInput, SourceError, UnknownFormat, Unreadable
from summarizer.sources.formats import EXTENSIONS, READABLE

STDIN = "-"

#: Files about a folder, not articles in it. Named on the command line they are read all the same.
_ABOUT_THE_FOLDER = frozenset(
    {"readme", "license", "licence", "changelog", "contributing", "notice", "authors"}
)


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file to read, or standard input where `path` is None. `shown` is its name in messages."""

    shown: str
    path: Path | None


@dataclass(frozen=True, slots=True)
class Expansion:
    """What the inputs stand for.

    `items` are files to read and inputs that can't be, in the user's order. `skipped` are the files inside
    folders and patterns that were left alone: not a format we read, or a README. They are no failures.
    """

    items: tuple[InputFile | SourceError, ...]
    skipped: tuple[str, ...]


def expand_inputs(inputs: Sequence[str | Path]) -> Expansion:
    """All files that `inputs` stand for.

    Folders are read recursively; hidden files and folders are skipped, links to folders are followed once.
    A name that exists is taken as it is, also when it looks like a pattern. A file that is named twice is
    listed twice (reading it shows that it repeats itself); standard input can be read once only.

    Raises:
        NoInput: there are no inputs, or they hold nothing to read (an empty folder, a pattern without match).
    """
    if not inputs:
        raise NoInput("No article was given. Name files, folders or patterns, or '-' for standard input.")
    items: list[InputFile | SourceError] = []
    skipped: list[str] = []
    matched = False
    for given in _once(STDIN, [str(one) for one in inputs]):
        found = list(_expand_one(given, skipped))
        matched = matched or bool(found)
        items.extend(found or [_nothing_in(given)])
    if not matched:
        named = ", ".join(dict.fromkeys(str(one) for one in inputs))
        raise NoInput(f"Nothing to read in {named}: no file ending in {READABLE}.{_skipped_note(skipped)}")
    return Expansion(tuple(items), tuple(skipped))


def _once(name: str, names: list[str]) -> list[str]:
    return [one for index, one in enumerate(names) if one != name or name not in names[:index]]


def _expand_one(given: str, skipped: list[str]) -> Iterator[InputFile | SourceError]:
    if given == STDIN:
        yield InputFile(STDIN, None)
        return
    if given.startswith(("http://", "https://")):
        yield UnknownFormat(given, "web addresses aren't fetched", "Save the page and give the file's name.")
        return
    if not given or "\0" in given:
        yield Unreadable(repr(given), "this is no file name", "Check the command line for an empty argument.")
        return
    try:
        mode = os.stat(given).st_mode
    except (FileNotFoundError, NotADirectoryError):
        if glob.has_magic(given):
            yield from _matches(given, skipped)
            return
        mode = 0  # reading it will say what is wrong
    except OSError:
        mode = 0
    if stat.S_ISDIR(mode):
        yield from _walk(Path(given), skipped)
    else:
        yield InputFile(given, Path(given))


def _matches(pattern: str, skipped: list[str]) -> Iterator[InputFile | SourceError]:
    """What a pattern matches. `**` follows links that lead in a circle, so a real file counts once."""
    by_file: dict[str, str] = {}
    for name in sorted(glob.glob(pattern, recursive=True), key=lambda one: (len(Path(one).parts), one)):
        by_file.setdefault(os.path.realpath(name), name)
    for name in sorted(by_file.values()):
        if not os.path.isdir(name):
            yield from _member(Path(name), skipped)
        elif "**" not in pattern:  # with ** the folder's files match by themselves
            yield from _walk(Path(name), skipped)


def _walk(folder: Path, skipped: list[str]) -> Iterator[InputFile | SourceError]:
    """Depth first in sorted order. A folder reached twice (a link that loops) is entered once."""
    entered: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            if path is not folder and not path.is_dir():
                yield from _member(path, skipped)
                continue
            status = path.stat()
            if (status.st_dev, status.st_ino) in entered:
                continue
            entered.add((status.st_dev, status.st_ino))
            names = sorted(os.listdir(path), reverse=True)
        except OSError as error:
            yield Unreadable(
                str(path), f"the folder can't be listed ({_reason(error)})", "Check its permissions."
            )
            continue
        waiting.extend(path / name for name in names if not name.startswith((".", "~$")))


def _member(path: Path, skipped: list[str]) -> Iterator[InputFile]:
    if path.suffix.lower() not in EXTENSIONS or path.stem.lower() in _ABOUT_THE_FOLDER:
        skipped.append(str(path))
    else:
        yield InputFile(str(path), path)


def _nothing_in(given: str) -> SourceError:
    what = "no file matches the pattern" if glob.has_magic(given) else "the folder holds nothing to read"
    return Unreadable(given, what, f"Readable are files ending in {READABLE}.")


def _skipped_note(skipped: list[str]) -> str:
    if not skipped:
        return ""
    more = f" and {len(skipped) - 3} more" if len(skipped) > 3 else ""
    return f" Skipped: {', '.join(skipped[:3])}{more}."


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
