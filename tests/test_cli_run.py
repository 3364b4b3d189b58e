"""`brief` and `digest` as a person or a script runs them: exit codes, streams, formats, bad input."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from command import ARTICLES, ONE, RATES, ROOT, STRIKE, environment_with, summarizer

from summarizer.schemas import validate_document

GERMAN = (
    "Die Gewerkschaft sagte am Montag in Hamburg, dass die Hafenarbeiter streiken wollen. "
    "Der Betreiber bestritt, dass er Stellen streichen will."
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A store of its own."""
    return tmp_path / "home"


def test_one_article_gives_one_json_object(home: Path) -> None:
    """`summarizer brief x.txt | jq .claims` is how scripts use it."""
    done = summarizer("brief", ONE, home=home)
    brief = json.loads(done.out)
    assert done.code == 0
    assert validate_document(brief, "brief") == "brief/1"
    text = ONE.read_text(encoding="utf-8")
    for claim in brief["claims"]:
        (evidence,) = claim["evidence"]
        assert text[evidence["start"] : evidence["end"]] == evidence["quote"]


def test_the_package_is_a_command_too(home: Path) -> None:
    """`python -m summarizer` is what works where scripts aren't on the path."""
    command = [sys.executable, "-m", "summarizer", "brief", str(ONE), "--quiet"]
    made = subprocess.run(command, env=environment_with(home), capture_output=True, text=True, check=True)
    assert made.stdout == summarizer("brief", ONE, home=home).out


def test_several_articles_give_an_array_or_one_a_line(home: Path) -> None:
    """Both are what tools read; neither mixes with the other."""
    array = json.loads(summarizer("brief", ARTICLES, home=home).out)
    lines = summarizer("brief", ARTICLES, "--format", "jsonl", home=home).out.splitlines()
    assert len(array) == len(lines) == 5
    assert array == [json.loads(line) for line in lines]


@pytest.mark.parametrize("layout", ["json", "jsonl", "md", "text"])
def test_two_processes_write_the_same_bytes_as_one(home: Path, layout: str) -> None:
    """From another process briefs come packed and checked, and go on as they came."""
    made, shown = [], []
    for jobs in ("1", "2"):
        made.append(summarizer("brief", ARTICLES, "--format", layout, "--jobs", jobs, home=home).out)
        shown.append(summarizer("show", "biden-putin-video-call/c1", home=home).out)
    assert made[0] == made[1] != ""
    assert shown[0] == shown[1] != ""


def test_data_goes_to_stdout_and_the_honest_line_to_stderr(home: Path) -> None:
    """A pipe carries data only; the reader still learns how it was made."""
    done = summarizer("digest", ARTICLES, home=home)
    assert "rules engine" in done.err
    assert len(done.err.splitlines()) == 1
    assert "Digest of 5 articles" in done.out
    assert "without a language model" not in done.out
    assert "\x1b" not in done.out + done.err
    assert summarizer("digest", ARTICLES, "--quiet", home=home).err == ""


def test_the_same_articles_give_the_same_digest_whatever_the_hash_seed(home: Path) -> None:
    """Yesterday's and today's digest are compared; chance must not be news."""
    outs = {
        summarizer("digest", ARTICLES, "--format", "json", home=home, PYTHONHASHSEED=seed).out
        for seed in ("0", "1", "2")
    }
    assert len(outs) == 1


def test_every_format_of_a_digest_can_be_written_at_once(home: Path, tmp_path: Path) -> None:
    """`make digest` prints the text and leaves a page and the data."""
    names = ("d.html", "d.json", "d.md", "d.txt")
    targets = [part for name in names for part in ("-o", tmp_path / "out" / name)]
    done = summarizer("digest", ARTICLES, "-o", "-", *targets, home=home)
    assert done.code == 0
    assert "Digest of 5 articles" in done.out
    html, data, markdown, text = ((tmp_path / "out" / name).read_text(encoding="utf-8") for name in names)
    assert html.startswith("<!DOCTYPE html>")
    assert validate_document(json.loads(data), "digest") == "digest/1"
    assert markdown.startswith("# Digest of 5 articles")
    assert text == done.out
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == sorted(names)


def test_a_single_output_obeys_format_before_its_ending(home: Path, tmp_path: Path) -> None:
    """What is said outright goes before what a name suggests."""
    summarizer("digest", ONE, "--format", "md", "-o", tmp_path / "x.html", home=home)
    assert (tmp_path / "x.html").read_text(encoding="utf-8").startswith("# Digest")


def test_an_article_may_come_through_a_pipe(home: Path) -> None:
    """`pbpaste | summarizer brief -`."""
    done = summarizer("brief", "-", stdin=STRIKE, home=home)
    assert done.code == 0
    assert "Bayline Ports" in done.out


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "empty"), (b"\x00\x01\x02" * 100, "binary"), (GERMAN.encode(), "language")],
)
def test_one_bad_input_costs_only_itself(home: Path, tmp_path: Path, content: bytes, reason: str) -> None:
    """One broken file must not cost the day: the rest goes on, exit code 1, and the file is named."""
    bad = tmp_path / "bad.txt"
    bad.write_bytes(content)
    done = summarizer("digest", ONE, bad, home=home)
    assert done.code == 1
    assert f"Failed ({reason}): {bad}: " in done.err
    assert "Digest of 1 article" in done.out
    assert "bad.txt" in done.out


def test_a_file_that_is_too_large_says_so_and_how_to_raise_the_limit(home: Path) -> None:
    """The limit is a setting, and the message has to say which."""
    done = summarizer("brief", ONE, "--max-bytes", "1k", home=home)
    assert done.code == 1
    assert "too large" in done.err
    assert done.out == ""
    assert summarizer("brief", ONE, home=home, SUMMARIZER_MAX_BYTES="1k").code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("digest",),
        ("digest", "no-such-*.txt"),
        ("digest", ONE, "--model", "openai/gpt-x"),
        ("digest", ONE, "--model", "rulez"),
        ("brief", ONE, "--max-bytes", "many"),
        ("digest", ONE, "--format", "pdf"),
        ("digest", ONE, "-o", "/dev/null/x.json"),
        ("frobnicate",),
    ],
)
def test_bad_usage_is_exit_code_2_with_one_clear_message(home: Path, arguments: tuple[object, ...]) -> None:
    """A script tells a wrong call from a bad article by the exit code."""
    done = summarizer(*arguments, home=home)
    assert done.code == 2
    assert "Traceback" not in done.err
    assert done.err
    assert done.out == ""


def test_an_engine_that_is_not_there_says_what_to_do(home: Path) -> None:
    """Silently using another engine would be worse than stopping."""
    done = summarizer("digest", ONE, "--model", "gpt-x", home=home)
    assert "UnknownEngine" in done.err
    assert "--model rules" in done.err


def test_an_engine_may_be_set_once_for_all(home: Path) -> None:
    """The environment's choice is obeyed and can be overruled."""
    assert summarizer("brief", ONE, home=home, SUMMARIZER_MODEL="nonsense").code == 2
    assert summarizer("brief", ONE, "--model", "rules", home=home, SUMMARIZER_MODEL="nonsense").code == 0


def test_a_store_that_cannot_be_written_costs_a_warning_only(tmp_path: Path) -> None:
    """In a container with a read-only home the digest must still come."""
    (tmp_path / "file").write_text("")
    done = summarizer("digest", ONE, home=tmp_path / "file")
    assert done.code == 0
    assert "isn't remembered" in done.err
    assert "Digest of 1 article" in done.out


def test_no_store_leaves_no_trace(home: Path) -> None:
    """Confidential drafts need not be kept."""
    assert summarizer("digest", ONE, "--no-store", home=home).code == 0
    assert not home.exists()


def test_duplicates_are_read_once_and_named(home: Path, tmp_path: Path) -> None:
    """A story sent twice is not two sources."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(STRIKE, encoding="utf-8")
    done = summarizer("digest", tmp_path / "a.txt", tmp_path / "b.txt", home=home)
    assert done.code == 0
    assert "Digest of 1 article" in done.out
    assert "Duplicate, read once:" in done.out


def test_a_reader_that_stops_early_is_no_error(home: Path) -> None:
    """`summarizer digest … | head` ends quietly."""
    run = f"{sys.executable} -c 'from summarizer.cli.main import main; main()'"
    command = f"{run} digest {ARTICLES} --all -q | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        capture_output=True, text=True, env=environment_with(home), timeout=120, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    assert done.stdout == "Digest of 5 articles\n"
    assert done.returncode == 0


def test_interrupting_ends_with_130_and_no_traceback(home: Path) -> None:
    """Ctrl-C is a decision, not a crash."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from summarizer.cli.main import main; main()", "brief", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment_with(home),
    )  # fmt: skip
    time.sleep(1.5)
    process.send_signal(2)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert out == b""
    assert b"Traceback" not in err


def test_hostile_file_names_reach_the_terminal_as_text(home: Path, tmp_path: Path) -> None:
    """A file name is input too."""
    bad = tmp_path / "a\x1b[31m\nb.txt"
    bad.write_bytes(b"")
    done = summarizer("brief", bad, home=home)
    assert done.code == 1
    assert "\x1b" not in done.err
    assert len(done.err.splitlines()) == 1


def test_text_that_the_terminal_cannot_encode_is_still_printed(home: Path) -> None:
    """An old locale must not cost the digest."""
    done = summarizer("digest", ONE, home=home, PYTHONIOENCODING="ascii")
    assert done.code == 0
    assert "“" in done.out


def in_terminal(*arguments: str, home: Path, **environment: str) -> str:
    """What the command shows on a terminal of 80 columns."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-c", "from summarizer.cli.main import main; main()", *arguments],
        stdin=subprocess.DEVNULL, stdout=slave, stderr=slave, close_fds=True,
        env=environment_with(home, TERM="xterm-256color", **environment),
    )  # fmt: skip
    os.close(slave)
    shown = b""
    while select.select([master], [], [], 60)[0]:
        try:
            part = os.read(master, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(master)
    assert process.wait(timeout=60) == 0
    return shown.decode()


def test_a_terminal_gets_colours_unless_no_color_is_set(home: Path) -> None:
    """no-color.org: one variable for every program."""
    colored = in_terminal("digest", str(ONE), home=home)
    assert "\x1b[" in colored
    lines = re.sub(r"\x1b\[[0-9;]*m", "", colored.partition("Digest of")[2]).splitlines()
    assert max(map(len, lines)) <= 80
    assert "\x1b[" not in in_terminal("digest", str(ONE), home=home, NO_COLOR="1")


def test_long_work_shows_progress_on_a_terminal(home: Path, tmp_path: Path) -> None:
    """After a second of silence people press Ctrl-C."""
    text = "\n\n".join(one.read_text(encoding="utf-8") for one in sorted(ARTICLES.glob("*.txt")))
    for number in range(12):
        (tmp_path / f"{number}.txt").write_text(f"Edition {number} said so.\n\n{text * 2}", encoding="utf-8")
    shown = in_terminal("brief", str(tmp_path), "-o", str(tmp_path / "out" / "x.jsonl"), home=home)
    assert "Reading articles" in shown
    assert (tmp_path / "out" / "x.jsonl").exists()


def test_a_folder_of_other_stories_works_too(home: Path, tmp_path: Path) -> None:
    """The five articles are an example, not the purpose."""
    (tmp_path / "rates.txt").write_text(RATES, encoding="utf-8")
    (tmp_path / "strike.md").write_text(STRIKE, encoding="utf-8")
    done = summarizer("digest", tmp_path, home=home)
    assert done.code == 0
    assert "2 articles, each a story of its own" in done.out
    assert "4.5 percent" in done.out
    assert "Planned or possible".upper() in done.out


def test_help_answers_at_once() -> None:
    """People ask for help when they are stuck already; measured against a Python that does nothing.

    On an idle machine `--help` takes about 80 ms where a bare Python takes 10 and typer alone 60; the bound
    leaves room for a busy one and still notices a heavy import (pydantic, rich: some 50 ms more each).
    """

    def fastest(*arguments: str) -> float:
        times = []
        for _ in range(7):
            started = time.perf_counter()
            subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
            times.append(time.perf_counter() - started)
        return min(times)

    typer = fastest("-c", "import typer")
    assert fastest("-c", "from summarizer.cli.main import main; main()", "--help") < 2.2 * typer


def test_help_imports_nothing_heavy(home: Path) -> None:
    """The reason why it answers at once."""
    code = (
        "import sys\nfrom summarizer.cli.main import main\nsys.argv = ['summarizer', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = ('pydantic', 'rich', 'jsonschema', 'openai', 'trafilatura')\n"
        "print([one for one in heavy if one in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment_with(home), check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_shell_completion_is_offered(home: Path) -> None:
    """Tab completes commands and options."""
    script = summarizer(
        "--show-completion", "bash", home=home, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1"
    )
    assert "_SUMMARIZER_COMPLETE" in script.out
    tab = {"_SUMMARIZER_COMPLETE": "complete_bash", "COMP_WORDS": "summarizer dig", "COMP_CWORD": "1"}
    assert summarizer(home=home, **tab).out.split() == ["digest"]
