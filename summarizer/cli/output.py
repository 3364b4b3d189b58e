"""Where results and notices go: data to standard output or files, everything else to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Iterable
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Self, TypeVar

from summarizer.errors import OutputProblem

if TYPE_CHECKING:
    from rich.progress import Progress

_T = TypeVar("_T")

#: Work that takes no longer than this shows no progress.
PROGRESS_AFTER_S = 1.0
#: Columns of a terminal that doesn't tell.
UNKNOWN_WIDTH = 80


def write_out(content: str, target: str) -> None:
    """Write to a file (whole or not at all) or, for "-", to standard output, as UTF-8.

    A reader that stops early (`| head`) is no error: the rest is dropped quietly.

    Raises:
        OutputProblem: the file, or standard output, can't be written (a full disk behind `>`).
    """
    if target != "-":
        write_file(content.encode(), Path(target))
        return
    try:
        stream = getattr(sys.stdout, "buffer", None)
        if stream is None:
            sys.stdout.write(content)
        else:
            sys.stdout.flush()
            stream.write(content.encode())
        sys.stdout.flush()
    except OSError as error:
        drop_output()
        if not isinstance(error, BrokenPipeError):
            raise OutputProblem("standard output", (error.strerror or str(error)).lower()) from error


def drop_output() -> None:
    """Let standard output lead nowhere: Python flushes it once more at exit, and would complain then."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(message: str) -> None:
    """One line on standard error. Control characters of a file name can't reach the terminal.

    Nobody reading it, or a full disk behind `2>`, must not cost the run.
    """
    from summarizer.rendering.wording import shown

    with suppress(OSError):
        sys.stderr.write(shown(message) + "\n")
        sys.stderr.flush()


def terminal_width() -> int | None:
    """Columns of the terminal that standard output is; None where it is none."""
    if not sys.stdout.isatty():
        return None
    if (asked := os.environ.get("COLUMNS", "")).isascii() and asked.isdigit():
        return int(asked[:4]) or UNKNOWN_WIDTH
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or UNKNOWN_WIDTH
    except OSError:
        return UNKNOWN_WIDTH


def wants_color() -> bool:
    """Colour on a terminal, unless NO_COLOR (no-color.org) or a dumb terminal says otherwise."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def with_progress(steps: Iterable[_T], total: int, what: str) -> Generator[_T, None, None]:
    """Pass `steps` through; on a terminal, and after a second, show on standard error how far they are."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield from steps
        return
    started = monotonic()
    bar: Progress | None = None
    try:
        for done, step in enumerate(steps, 1):
            if bar is None and done < total and monotonic() - started > PROGRESS_AFTER_S:
                bar = _bar(what, total)
            if bar is not None:
                bar.update(bar.task_ids[0], completed=done)
            yield step
    finally:
        if bar is not None:
            bar.stop()


class PushedProgress:
    """Progress over results that are pushed; `with_progress` pulls. Use as a context manager."""

    def __init__(self, total: int, what: str, quiet: bool) -> None:
        self._steps = None if quiet else with_progress(range(total), total, what)

    def step(self, result: object) -> None:
        """One more is done."""
        if self._steps is not None:
            next(self._steps, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._steps is not None:
            self._steps.close()


def _bar(what: str, total: int) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.add_task(what, total=total)
    bar.start()
    return bar


def write_parts(parts: Iterable[str], target: str) -> None:
    """`write_out` of a content that comes in parts and is never held whole.

    Raises:
        OutputProblem: see `write_out`.
    """
    if target != "-":
        write_file((part.encode() for part in parts), Path(target))
        return
    for part in parts:
        write_out(part, target)


def write_file(content: bytes | Iterable[bytes], path: Path) -> None:
    """Write a file whole or not at all; the content may come in parts.

    Raises:
        OutputProblem: it can't be written.
    """
    import tempfile

    parts = [content] if isinstance(content, bytes) else content
    try:
        if path.exists() and not path.is_file():  # /dev/stdout, a named pipe: nothing to replace
            with path.open("wb") as stream:
                stream.writelines(parts)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        part = Path(name)
        try:
            with open(handle, "wb") as stream:
                stream.writelines(parts)
            mask = os.umask(0)
            os.umask(mask)
            part.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
            part.replace(path.resolve() if path.is_symlink() else path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputProblem(str(path), (error.strerror or str(error)).lower()) from error
