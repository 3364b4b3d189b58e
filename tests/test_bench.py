"""The benchmark itself: a part that fails is named, the rest goes on, and figures are never made up."""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """`benchmarks/bench.py` as a module."""
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    return importlib.import_module("bench")


def test_parts_run_in_processes_of_their_own_and_say_what_they_took(bench: ModuleType) -> None:
    """Memory of one part must not be counted with another's."""
    command = [sys.executable, str(ROOT / "benchmarks" / "bench.py"), "cost"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert "cost done after" in done.stderr
    assert "MB at most)" in done.stdout
    assert "1,000 such articles, prices of gpt-5-mini" in done.stdout
    assert "price table of 20" in done.stdout


def test_every_benchmark_finds_what_it_imports() -> None:
    """The rare ones (a cluster's) would else break unseen."""
    names = sorted(path.stem for path in (ROOT / "benchmarks").glob("*.py"))
    code = f"import importlib; [importlib.import_module(name) for name in {names}]"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "benchmarks", capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_faults_of_all_kinds_are_made_and_lose_nothing(bench: ModuleType) -> None:
    """A benchmark of losses must make the faults that it says it makes."""
    faults = importlib.import_module("slow_endpoint").FAULTS
    found = importlib.import_module("model_calls").faulty(30, 16, fault_every=3)
    assert found["kinds"] == len(faults) == len(set(faults))
    assert (found["articles_lost"], found["items_lost"], found["same_result"]) == (0, 0, True)


def test_a_part_that_fails_is_named_and_the_rest_goes_on(bench: ModuleType) -> None:
    """Nine figures of ten are worth more than none, and none may look as if it were there."""
    broken = bench.Part("broken", "A broken part", "no_such_module", "rows")
    whole = next(part for part in bench.PARTS if part.name == "cost")
    found = bench.measure_all([broken, whole])
    assert [one.failed for one in found] == [True, False]
    told = bench.table(found, {"cores": 2})
    assert "FAILED" in told.partition("A broken part")[2].splitlines()[1]
    report = json.loads(json.dumps(bench.report(found, {"cores": 2}, 1.0)))
    assert report["failed"] == ["broken"]
    assert [part["part"] for part in report["parts"] if part["rows"]] == ["cost"]


def test_what_is_not_installed_is_a_line_that_says_so(bench: ModuleType) -> None:
    """A missing rival must not look like a slow one."""
    measuring = importlib.import_module("measuring")
    part = bench.Part("x", "X", "x", "rows")
    row = measuring.Row(
        "peers.langextract", "langextract", None, note="skipped: not installed (make bench-peers)"
    )
    ended = measuring.Ended(0, "", 1.0, 1.0, 10.0)
    (line,) = bench.table([bench.Measured(part, (row,), ended)], {}).splitlines()[3:]
    assert line.split() == ["langextract", "–", "skipped:", "not", "installed", "(make", "bench-peers)"]


def test_without_a_c_compiler_the_compiled_build_is_a_line_that_says_so(
    bench: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is optional: who has no compiler measures the rest."""
    monkeypatch.setenv("BENCH_COMPILED", str(tmp_path))
    monkeypatch.setenv("CC", "no-such-compiler")
    (row,) = importlib.reload(importlib.import_module("compiled")).rows()
    assert row.value is None
    assert row.note.strip() == "skipped: no C compiler (apt install gcc python3-dev)"


def test_a_compiled_build_of_other_sources_is_not_measured(
    bench: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Last week's build must not give this week's figure; without a compiler there is no new one."""
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.write_text("#!/bin/sh\necho '\"another\"'\n")
    python.chmod(0o755)
    monkeypatch.setenv("BENCH_COMPILED", str(tmp_path))
    monkeypatch.setenv("CC", "no-such-compiler")
    (row,) = importlib.reload(importlib.import_module("compiled")).rows()
    assert row.value is None


def test_the_cost_of_articles_follows_from_recorded_tokens_and_dated_prices(
    bench: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bill must be checkable by hand."""
    rows = {row.key: row.value for row in importlib.import_module("costs").rows()}
    usd = (rows["cost.input"] * 0.25 + rows["cost.output"] * 2.0) / 1e6 * 1_000
    assert rows["cost.gpt-5-mini"] == pytest.approx(usd, rel=1e-3)
    assert rows["cost.gpt-5-mini.batch"] == pytest.approx(usd / 2, rel=1e-3)


def test_the_costs_in_the_docs_are_those_of_the_recorded_replies(bench: ModuleType) -> None:
    """A new recording or price makes the table of docs/scale.md stale."""
    scale_costs = importlib.import_module("scale_costs")
    computed = set(scale_costs.price_lines(scale_costs.taken(usual_only=True)))
    docs = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    shown = [line for line in docs.splitlines() if line.startswith(("| `gpt-", "| `o"))]
    assert len(shown) >= 5
    assert [line for line in shown if line not in computed] == []


def test_rates_are_read_from_what_the_benchmark_writes(bench: ModuleType, tmp_path: Path) -> None:
    """The arithmetic of docs/scale.md stopped with a traceback where a benchmark had been run."""
    scale_costs = importlib.import_module("scale_costs")
    measuring = importlib.import_module("measuring")
    part = next(one for one in bench.PARTS if one.name == "rules")
    row = measuring.Row("rules.per_s", "rules engine", 50.0, "articles/s a core")
    found = [bench.Measured(part, (row,), measuring.Ended(0, "", 1.0, 1.0, 10.0))]
    path = tmp_path / "bench.json"
    path.write_text(json.dumps(bench.report(found, {"cores": 2}, 1.0)), encoding="utf-8")
    lines = scale_costs.load_lines(
        scale_costs.taken(usual_only=True), 8_640_000, scale_costs.bench_rates(path)
    )
    assert lines[-1] == "- rules: 2.0 cores at 50 articles a second and core"
    assert scale_costs.bench_rates(tmp_path / "none.json") == {}


BROKEN = {
    "cut": ('{"schema": "bench/1", "par', "can't be read"),
    "old": ('{"parts": {"rules": {"rules.per_s": 50}}}', 'lacks "schema": "bench/1"'),
    "no object": ("[]", 'lacks "schema": "bench/1"'),
    "no parts": ('{"schema": "bench/1"}', "'parts'"),
    "no rows": ('{"schema": "bench/1", "parts": [{"part": "rules"}]}', "'rows'"),
    "no key": ('{"schema": "bench/1", "parts": [{"rows": [{"value": 1}]}]}', "row 1 lacks a key"),
    "no number": ('{"schema": "bench/1", "parts": [{"rows": [{"key": "a", "value": "1"}]}]}', "row 1 lacks"),
}


@pytest.mark.parametrize(("content", "missing"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_report_is_named_with_what_it_lacks_and_the_way_out(
    bench: ModuleType, tmp_path: Path, content: str, missing: str
) -> None:
    """Whoever updates after months has an old one lying about, and a traceback says nothing of that."""
    measuring = importlib.import_module("measuring")
    path = tmp_path / "bench.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(measuring.BrokenReportError) as caught:
        importlib.import_module("scale_costs").bench_rates(path)
    said = str(caught.value)
    assert said.startswith(f"{path}: ")
    assert missing in said
    assert "`make bench`, or delete it" in said


@pytest.mark.parametrize("program", ["benchmarks/scale_costs.py", "scripts/update_readme.py"])
def test_programs_that_read_the_report_end_with_1_when_they_cannot(tmp_path: Path, program: str) -> None:
    """A figure that is missing must stop the release's script, and leave the README as it was."""
    path = tmp_path / "bench.json"
    path.write_text("{}", encoding="utf-8")
    before = (ROOT / "README.md").read_bytes()
    command = [sys.executable, str(ROOT / program), "--report", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 1
    assert done.stderr.startswith(f"{path}: ")
    assert "Traceback" not in done.stderr
    assert (ROOT / "README.md").read_bytes() == before


def test_a_part_that_failed_is_named_where_its_figures_are_wanted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The table of the README is whole or isn't written."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    update = importlib.import_module("update_readme")
    path = tmp_path / "bench.json"
    row = '{"key": "rules.per_s", "value": 50.0}'
    path.write_text(f'{{"schema": "bench/1", "failed": ["peers"], "parts": [{{"rows": [{row}]}}]}}')
    with pytest.raises(update.BrokenReportError, match=r"is missing \(failed: peers\)"):
        update.bench_table(path)


def test_the_memory_of_a_cluster_is_told_as_slopes(
    bench: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Growth for each article more is what a corpus of millions is judged by."""
    # Under a name of its own: there is a tests/cluster.py, too.
    spec = importlib.util.spec_from_file_location("cluster_bench", ROOT / "benchmarks" / "cluster.py")
    assert spec is not None
    assert spec.loader is not None
    cluster = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, cluster)
    spec.loader.exec_module(cluster)
    rows = [
        {"command": "brief", "articles": 100, "here": 90.0, "scheduler": 70.0, "worker": 100.0},
        {"command": "digest", "articles": 100, "here": 90.0, "scheduler": 70.0, "worker": 100.0},
        {"command": "brief", "articles": 600, "here": 91.0, "scheduler": 70.0, "worker": 105.0},
    ]
    (slope,) = cluster.slopes(rows)
    assert slope == {
        "command": "brief", "from": 100, "to": 600, "here": 2.0, "scheduler": 0.0, "worker": 10.0,
    }  # fmt: skip
    assert cluster.peak_mb(os.getpid()) > 10
