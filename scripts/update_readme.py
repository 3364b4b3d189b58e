"""Put what is measured or printed into README.md, never typed: `python scripts/update_readme.py`.

An excerpt of the real digest of evals/articles, cut from what the program prints: the top, and the first
figures, claims and open questions; cuts are marked. And the table of speed, cost and memory, from bench.json
where `make bench` has left one; without it the table stays.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import Any

from summarizer import extract_brief, load_articles, merge_briefs
from summarizer.rendering.text import render_text
from summarizer.rendering.view_digest import view_digest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))
from measuring import BrokenReportError, broken_report, report_of  # noqa: E402 - no package: found by its folder

_BLOCK = re.compile(r"(<!-- excerpt:.*?-->\n```text\n).*?(```\n<!-- /excerpt -->)", re.DOTALL)
_BENCH_BLOCK = re.compile(r"(<!-- bench:.*?-->\n).*?(<!-- /bench -->)", re.DOTALL)
#: Models whose prices are shown, cheapest first.
_PRICED = ("gpt-5-nano", "gpt-5-mini", "gpt-5.1")
_CUT = "  […]\n"
#: How items begin, and how many of them are shown: about a screen in all.
_ROW, _CLAIM, _QUESTION = r"  \d+/f\d", r"  C\d", r"  Q\d"
_SHOWN_ROWS, _SHOWN_CLAIMS, _SHOWN_QUESTIONS = 2, 1, 2


def excerpt() -> str:
    """The parts of the digest that show what it is about."""
    loaded = load_articles([ROOT / "evals" / "articles"])
    digest = merge_briefs([extract_brief(one) for one in loaded.articles], loaded.coverage)
    text = render_text(view_digest(digest, "briefs of the rules engine"))
    top = text.partition("\nFIGURES ")[0]
    claims = _section(text, "CLAIMS")
    return (
        f"{top}\n{_first(_section(text, 'FIGURES'), _ROW, _SHOWN_ROWS)}{_CUT}\n"
        f"{_first(claims, _CLAIM, _SHOWN_CLAIMS)}{_CUT}\n"
        f"{_first(_section(text, 'OPEN QUESTIONS'), _QUESTION, _SHOWN_QUESTIONS)}{_CUT}"
    )


def _first(section: str, beginning: str, count: int) -> str:
    """A section up to its first `count` items."""
    parts = re.split(rf"\n(?={beginning})", section.rstrip())
    return "\n".join(parts[: count + 1]).rstrip() + "\n"


def _section(text: str, heading: str) -> str:
    """From a heading to the next one."""
    return re.split(r"\n(?=[A-Z][A-Z ]+ (?:\(.*\) )?─)", text[text.index(f"\n{heading}") + 1 :])[0]


def _by_rules(value: dict[str, Any]) -> str:
    """Articles a minute, and by the compiled build where there was a C compiler."""
    plain = _rounded(60 * value["rules.per_s"])
    compiled = value.get("compiled.per_s")
    return plain if compiled is None else f"{plain}; {_rounded(60 * compiled)} by the compiled build"


def bench_table(path: Path) -> str:
    """What users care about, of a whole run of the benchmark.

    Raises:
        BrokenReportError: no such report, or a part of the run failed, so that a figure isn't there.
    """
    report = report_of(path)
    try:
        return _table_of(report)
    except KeyError as error:
        failed = f" (failed: {', '.join(map(str, report['failed']))})" if report.get("failed") else ""
        raise broken_report(path, f"{error} is missing{failed}") from error
    except (TypeError, AttributeError) as error:
        raise broken_report(path, f"a figure or fact is of another kind ({error})") from error


def _table_of(report: dict[str, Any]) -> str:
    rows = {row["key"]: row for part in report["parts"] for row in part["rows"]}
    value = {key: row["value"] for key, row in rows.items() if row["value"] is not None}
    facts = report["machine"]
    reply_s, at_once = 0.2, 16
    by_model = 60 * at_once / (reply_s * value["peers.ours.wall"])
    costs = ", ".join(f"{value[f'cost.{model}']:.2f} ({model})" for model in _PRICED)
    as_of = rows[f"cost.{_PRICED[0]}"]["note"].rpartition(" ")[2]
    lines = [
        ("articles a minute by the rules, 3 kB each, one core", _by_rules(value)),
        (
            f"articles a minute by a model that takes {reply_s * 1000:.0f} ms, {at_once} at once",
            f"{_rounded(by_model)}",
        ),
        (
            f"US dollars for 1,000 articles of {_rounded(value['cost.chars'])} characters by a model",
            f"{costs}; half of it through the Batch API",
        ),
        ("the same articles again", f"no call; {value['again.s']:.1f} s for 1,000"),
        ("10,000 briefs into stories and digests, one core", f"{value['merge.s_10000']:.0f} s"),
        (
            "memory",
            f"{value['again.rules_mb']:.0f} MB for a stream of articles by the rules, "
            f"{value['again.mb']:.0f} MB for 1,000 by a model, {value['merge.gb_10000']:.1f} GB for 10,000 "
            "briefs",
        ),
    ]
    table = "| | |\n| --- | --- |\n" + "".join(f"| {what} | {figure} |\n" for what, figure in lines)
    where = f"{facts['processor']}, {facts['cores']} cores, {facts['python']}"
    load = facts.get("load", "unknown")
    return (
        f"{table}\n"
        f"Measured by `make bench` on {report['measured']} ({where},\n"
        f"load {load} when it began: wall times grow with it, one core means CPU time). Cost: token\n"
        f"counts of recorded replies (estimates) × prices of {as_of}.\n"
        "[`docs/performance.md`](docs/performance.md) says what each figure means.\n"
    )


def _rounded(number: float) -> str:
    """Two significant digits: more would be the machine's mood."""
    return f"{float(f'{number:.2g}'):,.0f}"


def main() -> int:
    """Rewrite the blocks in README.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", type=Path, default=ROOT / "bench.json")
    bench: Path = parser.parse_args().report
    readme = ROOT / "README.md"
    content = readme.read_text(encoding="utf-8")
    try:
        table = bench_table(bench) if bench.exists() else None
    except BrokenReportError as error:
        sys.stderr.write(f"{error}\nREADME.md is as it was.\n")
        return 1
    changed, found = _BLOCK.subn(lambda block: block[1] + excerpt() + block[2], content)
    if table is not None:
        changed, tables = _BENCH_BLOCK.subn(lambda block: block[1] + table + block[2], changed)
        found += tables - 1
    if found != 1:
        sys.stderr.write("README.md lacks an excerpt block or a bench block.\n")
        return 1
    readme.write_text(changed, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
