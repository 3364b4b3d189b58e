"""A second record of what was handed over, in plain text beside the ledger: `editions.journal`.

The ledger may break, be restored from an old backup, or be begun anew. Then this file still knows who has
which edition, so no mail goes out a second time. It is only appended to, a line for each step that matters::

    2025-02-24T06:00:03+00:00 <tab> morning/2025-02-24 <tab> text <tab> ann@example.org <tab> .

`text`: the mail's text was about to flow. `sent`, `failed`, `unknown`, `planned`: how that ended (planned:
the server didn't take it). `again`: a person ordered it to be sent again. A line is on the disk before the
next step begins. One that was cut by a crash counts as not written; what it was about had not begun.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args

from summarizer.errors import LedgerProblem
from summarizer.records.delivery import EditionKey

JOURNAL_NAME = "editions.journal"
Step = Literal["text", "sent", "failed", "unknown", "planned", "again"]
_STEPS: Mapping[str, Step] = {step: step for step in get_args(Step)}
#: Ends each line: without it the line was cut, and the name in it, too.
_WHOLE = "."
_FIELDS = 5


class EditionJournal:
    """The file in `folder`; it is made with its first line.

    Raises:
        LedgerProblem: by every method, when it can't be read or written. Nothing may be sent then.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / JOURNAL_NAME

    def note(self, key: EditionKey, recipient: str, step: Step, now: datetime) -> None:
        """Append a step, and wait until the disk has it."""
        who = " ".join(recipient.lower().split())
        # It begins a line even after one that was cut.
        line = f"\n{now.isoformat(timespec='seconds')}\t{key}\t{step}\t{who}\t{_WHOLE}\n"
        try:
            descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(descriptor, line.encode())
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise self._problem(error) from error

    def last_steps(self) -> dict[tuple[str, str], Step]:
        """The last step of each edition (as text) and recipient (in small letters)."""
        try:
            lines = self._path.read_bytes().decode("utf-8", "replace").split("\n")
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise self._problem(error) from error
        found: dict[tuple[str, str], Step] = {}
        for line in lines:
            fields = line.split("\t")
            if len(fields) == _FIELDS and fields[-1] == _WHOLE and (step := _STEPS.get(fields[2])):
                found[fields[1], fields[3]] = step
        return found

    def _problem(self, error: OSError) -> LedgerProblem:
        way_out = "Check the disk's space and the folder's permissions; nothing was sent."
        return LedgerProblem(str(self._path), f"the journal of sent mails can't be used ({error})", way_out)
