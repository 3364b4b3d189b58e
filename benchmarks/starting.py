"""Parts of the benchmark about what a user waits for: `--help`, and a second run over the same articles."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from measuring import Row, median_wall_s, program, python, run
from model_calls import endpoint
from peers import counts
from texts import invented_texts

_ARTICLES = 1_000


def help_rows() -> list[Row]:
    """`--help` against a Python that does nothing; wall time, the median of several."""
    bare = median_wall_s(python("-c", "pass"))
    imported = median_wall_s(python("-c", "import summarizer"))
    helped = median_wall_s(program("--help"))
    return [
        Row("help.python_ms", "bare Python", bare * 1000, "ms"),
        Row("help.import_ms", "  import summarizer", imported * 1000, "ms"),
        Row("help.ms", "  summarizer --help", helped * 1000, "ms", "< 100"),
        Row("help.ratio", "  --help against bare Python", helped / bare, "times as long"),
    ]


def again_rows() -> list[Row]:
    """A thousand articles by a model, and the same command again: every reply is there already."""
    with tempfile.TemporaryDirectory() as folder, endpoint(0.0) as url:
        news = Path(folder) / "news"
        news.mkdir()
        for number, text in enumerate(invented_texts(_ARTICLES)):
            (news / f"{number:04}.txt").write_text(text, encoding="utf-8")
        command = program(
            "brief", str(news), "--model", "m", "--base-url", url, "--set", "concurrency=16",
            "--format", "jsonl", "-o", str(Path(folder) / "briefs.jsonl"), "--quiet",
        )  # fmt: skip
        home = {"SUMMARIZER_HOME": str(Path(folder) / "home")}
        first = run(command, home)
        asked = len(counts(url)["seconds"])
        again = run(command, home)
        asked_again = len(counts(url)["seconds"]) - asked
    bare = median_wall_s(python("-c", "pass"), 5)
    rules = run(python("-c", _RULES))
    if first.code or again.code or rules.code:
        raise SystemExit(f"the runs ended with {first.code}, {again.code} and {rules.code}")
    return [
        Row("again.first_s", f"{_ARTICLES:,} articles, endpoint without delay", first.wall_s, "s"),
        Row("again.s", "  the same command again", again.wall_s, "s", "< 2"),
        Row("again.cpu_s", "  CPU of it", again.cpu_s, "s"),
        Row("again.ratio", "  against bare Python's start", again.wall_s / bare, "times as long"),
        Row("again.calls", "  model calls of it", asked_again, "", "0"),
        Row("again.mb", "  most memory", again.peak_mb, "MB"),
        Row(
            "again.rules_mb",
            f"{_ARTICLES:,} articles by the rules one by one: most memory",
            rules.peak_mb,
            "MB",
        ),
    ]


#: A stream of articles through the rules engine, none of them kept.
_RULES = f"""
from texts import invented_articles, mixed_article, real_articles
from summarizer import extract_brief
real = real_articles()
for number in range({_ARTICLES}):
    extract_brief(mixed_article(real, 3_000, number))
"""

if __name__ == "__main__":
    for row in (*help_rows(), *again_rows()):
        sys.stdout.write(f"{row}\n")
