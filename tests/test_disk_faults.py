"""Full disks, limits, folders that can't be written, clocks that jump: said clearly, and nothing lost.

The faults are real: a small file system in memory where one may be mounted, a limit on file sizes, /dev/full.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from command import ARTICLES, ONE, environment_with, summarizer
from faults_server import FaultServer
from test_model_pipeline import briefs, options_for, stories

from summarizer.errors import StoreProblem
from summarizer.model_run import digest_with_model, run_with_model
from summarizer.pipeline import Failed
from summarizer.records.digest import Coverage
from summarizer.store.runs import Run, open_store

FULL = Path("/dev/full")
ROOT = Path(__file__).resolve().parent.parent
needs_dev_full = pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")
#: A run under a limit on the size of files: address, home, articles, the limit in bytes.
LIMITED = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[5])
from test_model_pipeline import briefs, options_for, stories
from summarizer.model_run import run_with_model
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]), resource.RLIM_INFINITY))
run = run_with_model(stories(int(sys.argv[3])), options_for(sys.argv[1], Path(sys.argv[2])), {})
print(len(briefs(run)))
"""


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A file system of that size; skips where none may be mounted."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("no mount here")
    if done.returncode:
        pytest.skip("file systems can't be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def read_only(folder: Path) -> Iterator[Path]:
    """A folder that can't be written, for root neither."""
    if os.geteuid():
        folder.mkdir()
        folder.chmod(0o500)
        yield folder
        folder.chmod(0o700)
        return
    with small_disk(folder, 100):
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        yield folder


def failures(results: tuple[object, ...]) -> set[str]:
    return {str(one.error) for one in results if isinstance(one, Failed)}


def test_on_a_full_disk_nothing_more_is_paid_for_and_what_was_is_in_the_result(tmp_path: Path) -> None:
    """A reply that can't be saved is still a reply; the next four hundred would be money burnt."""
    with FaultServer() as server, small_disk(tmp_path / "home", 260) as home:
        run = run_with_model(stories(60), options_for(server.url, home, concurrency=4), {})
        paid = len(server.requests)
        assert 0 < paid < 60
        assert len(briefs(run)) == paid
        (reason,) = failures(run.results)
        assert "the disk is full" in reason
        assert "Free some space" in reason
        digest = digest_with_model(briefs(run), Coverage(read=60), options_for(server.url, home), {})
        assert len(digest.digest.articles) == paid
        assert len(server.requests) <= paid + 1


def test_a_run_goes_on_from_a_full_disk_once_there_is_room(tmp_path: Path) -> None:
    """What had been saved before the disk was full is not paid for again."""
    with FaultServer() as server, small_disk(tmp_path / "home", 900) as home:
        filler = home / "filler"
        filler.write_bytes(bytes(640_000))
        first = run_with_model(stories(40), options_for(server.url, home, concurrency=4), {})
        assert 0 < len(briefs(first)) < 40
        filler.unlink()
        second = run_with_model(stories(40), options_for(server.url, home, concurrency=4), {})
        assert len(briefs(second)) == 40
        assert len(server.requests) <= 40 + 2 * 4  # what was under way could not be saved


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_a_limit_on_file_sizes_is_met_as_a_full_disk_is(tmp_path: Path) -> None:
    """Quotas and `ulimit -f` stop writes in the middle of a file."""
    with FaultServer() as server:
        arguments = [server.url, str(tmp_path), "60", "200000", str(ROOT / "tests")]
        done = subprocess.run(
            [sys.executable, "-c", LIMITED, *arguments], capture_output=True, text=True, check=True,
            env=environment_with(tmp_path), timeout=60,
        )  # fmt: skip
        paid = len(server.requests)
        assert 0 < paid < 60
        assert int(done.stdout) == paid
        assert "could not be saved" in done.stderr
        after = run_with_model(stories(60), options_for(server.url, tmp_path), {})
        assert len(briefs(after)) == 60


def test_a_home_that_cannot_be_written_is_said_before_anything_is_paid_for(tmp_path: Path) -> None:
    """In a container with a read-only home a run would pay, and lose it all."""
    with FaultServer() as server, read_only(tmp_path / "home") as home:
        with pytest.raises(StoreProblem, match="SUMMARIZER_HOME"):
            run_with_model(stories(3), options_for(server.url, home), {})
        assert server.requests == []
        done = summarizer("digest", ONE, home=home)
    assert done.code == 0
    assert "isn't remembered" in done.err


def test_an_output_folder_that_is_full_or_read_only_is_named(tmp_path: Path) -> None:
    """Half a page under yesterday's name would be worse than none."""
    with small_disk(tmp_path / "full", 8) as full:
        done = summarizer("digest", ARTICLES, "-o", full / "today.html", home=tmp_path / "home")
        assert list(full.iterdir()) == []
    assert done.code == 2
    assert "today.html: can't be written (no space left on device)" in done.err
    with read_only(tmp_path / "fixed") as fixed:
        done = summarizer("digest", ONE, "-o", fixed / "today.html", home=tmp_path / "home")
    assert done.code == 2
    assert "today.html: can't be written" in done.err


@needs_dev_full
@pytest.mark.parametrize("command", [("digest", str(ONE)), ("--help",), ("schema", "brief")], ids=" ".join)
def test_standard_output_on_a_full_disk_is_an_error_without_a_traceback(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    """`summarizer digest … > today.txt` on a full disk."""
    program = "from summarizer.cli.main import main; main()"
    with open(FULL, "wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", program, *command], stdout=full, stderr=subprocess.PIPE, text=True,
            env=environment_with(tmp_path), check=False, timeout=60,
        )  # fmt: skip
    assert done.returncode == 2
    assert "OutputProblem: standard output: can't be written (no space left on device)" in done.stderr
    assert "Traceback" not in done.stderr


@needs_dev_full
def test_a_log_on_a_full_disk_does_not_cost_the_digest(tmp_path: Path) -> None:
    """`2> log` is the least important file of all."""
    program = "from summarizer.cli.main import main; main()"
    with open(FULL, "wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", program, "digest", str(ONE)], stdout=subprocess.PIPE, stderr=full,
            env=environment_with(tmp_path), check=False, timeout=60, text=True,
        )  # fmt: skip
    assert done.returncode == 0
    assert "Digest of 1 article" in done.stdout


def test_a_clock_that_jumps_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batteries die, machines sleep, time servers correct by years."""
    years = iter([10, -20, 0, 30, -40] * 1_000)
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + next(years) * 365 * 86_400)
    with FaultServer() as server:
        first = run_with_model(stories(20), options_for(server.url, tmp_path), {})
        second = run_with_model(stories(20), options_for(server.url, tmp_path), {})
        assert len(server.requests) == 20
    assert first.results == second.results
    assert (first.totals.requests, second.totals.requests) == (20, 0)
    assert 0 <= first.seconds < 60
    with open_store(tmp_path).store as store:
        for saved_at in ("2031-01-01T00:00:00+00:00", "1970-01-01T00:00:00+00:00"):
            store.save(Run("brief", saved_at, (), ()))
        last = store.last_run()
        assert last is not None
        assert last.saved_at.startswith("1970")  # the last run is the last one, whatever the clock said


def test_a_digest_comes_without_the_model_when_its_replies_have_no_place(tmp_path: Path) -> None:
    """The briefs were paid for; the digest of them must not be lost over one more reply."""
    with FaultServer() as server:
        run = run_with_model(stories(3), options_for(server.url, tmp_path / "home"), {})
        with read_only(tmp_path / "fixed") as fixed:
            settled = digest_with_model(briefs(run), Coverage(read=3), options_for(server.url, fixed), {})
        assert len(server.requests) == 3
    assert isinstance(settled.why_not, StoreProblem)
    assert len(settled.digest.articles) == 3
