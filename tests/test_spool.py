"""The shelf on disk: what is put there comes back the same, and nothing of it stays behind."""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import tracemalloc
from pathlib import Path

import pytest

from summarizer.errors import OutputProblem
from summarizer.records.brief import Brief
from summarizer.records.examples import example_brief
from summarizer.store.spool import MEMORY_BYTES, Arranged, Spool, documents, spooled


def numbered(number: int) -> Brief:
    """A brief that can be told from others."""
    header = example_brief().article.model_copy(update={"id": f"article-{number}"})
    return example_brief().model_copy(update={"article": header})


def raw(items: tuple[bytes, ...] = ()) -> Spool[bytes]:
    """A spool that packs nothing."""
    return Spool(bytes, bytes, items)


def test_what_is_put_on_the_shelf_comes_back_the_same() -> None:
    """A large run lets its briefs go: what is written at its end must be what was made."""
    shelf = spooled(Brief, [numbered(0)])
    shelf.append(numbered(1))
    assert len(shelf) == 2
    assert shelf[0].to_json() == numbered(0).to_json()
    shelf.append(numbered(2))  # after a look at an earlier one
    assert [brief.article.id for brief in shelf] == ["article-0", "article-1", "article-2"]
    assert shelf[-1:] == [numbered(2)]
    with pytest.raises(IndexError):
        shelf[3]


def test_the_documents_of_a_shelf_are_those_of_its_records() -> None:
    """They are written and remembered as they lie there; numbers of every size must come out the same."""
    figure = example_brief().figures[0]
    extremes = tuple(figure.model_copy(update={"value": value}) for value in (1e22, 0.00002, 5.0, 7, -1.5e-9))
    brief = example_brief().model_copy(update={"figures": extremes})
    for shelf in (spooled(Brief, [brief, numbered(1)]), [brief, numbered(1)]):
        written = [json.loads(document) for document in documents(shelf)]
        assert [repr(one) for one in written] == [repr(brief.to_dict()), repr(numbered(1).to_dict())]


def test_an_arrangement_is_the_same_shelf_in_another_order() -> None:
    """Stories are merged in one order and read in that of their rank."""
    shelf = raw((b"a", b"b", b"c"))
    ranked = Arranged(shelf, [2, 0])
    assert list(ranked) == [b"c", b"a"]
    assert (len(ranked), ranked[-1], ranked[:1]) == (2, b"a", [b"c"])


def test_a_long_shelf_takes_no_memory() -> None:
    """The whole point: ten times what may stay in memory costs no more than that."""
    part = os.urandom(100_000)
    tracemalloc.start()
    shelf = raw()
    for _ in range(10 * MEMORY_BYTES // len(part)):
        shelf.append(part)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2.5 * MEMORY_BYTES
    assert shelf[0] == shelf[-1] == part


def test_a_shelf_nobody_wants_any_more_lets_its_file_go() -> None:
    """A service makes one for every run; open files are counted by the system."""
    shelf = raw((bytes(MEMORY_BYTES + 1),))
    before = len(os.listdir("/proc/self/fd"))
    del shelf
    gc.collect()
    assert len(os.listdir("/proc/self/fd")) == before - 1


_KILLED = """
import os, signal
from summarizer.store.spool import MEMORY_BYTES, Spool
shelf = Spool(bytes, bytes, [bytes(MEMORY_BYTES + 1)])
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_run_leaves_nothing_behind(tmp_path: Path) -> None:
    """Articles may be confidential drafts, and disks fill up."""
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    ended = subprocess.run([sys.executable, "-c", _KILLED], env=environment, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert list(tmp_path.iterdir()) == []


def test_a_disk_without_room_is_told_with_the_way_out() -> None:
    """The place is not one that the user has named, so the message names it."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (MEMORY_BYTES, limits[1]))
    try:
        with pytest.raises(OutputProblem) as caught:
            raw((bytes(2 * MEMORY_BYTES),))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert tempfile.gettempdir() in str(caught.value)
    assert "TMPDIR" in str(caught.value)
