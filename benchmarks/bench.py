"""Speed of the rules engine, grounding, merging and start-up, as rates and ratios: `make bench`.

Prints one table with the machine's facts and writes bench.json. Times are CPU time of one process on one
core, the best of several rounds (the least disturbed one), except for start-up, which is wall time. Ratios
compare with a size ten times smaller or with a bare Python, so they mean the same on another machine.
"""

from __future__ import annotations

import json
import os
import platform
import random
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter, process_time

from model_calls import rows as model_rows

from summarizer import Article, Brief, article_from_text, extract_brief, load_articles, merge_briefs
from summarizer.grounding.locate import Located, Miss, QuoteFinder
from summarizer.text.sentences import split_sentences

ROOT = Path(__file__).resolve().parent.parent
ARTICLE_CHARS = 3_000


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `target` is what the project wants to reach, in words."""

    what: str
    value: float
    unit: str
    target: str = ""


def main() -> int:
    """Measure, print, write bench.json."""
    random.seed(0)
    articles = list(load_articles([str(ROOT / "evals" / "articles")]).articles)
    extract_brief(articles[0])  # lexicons are read once
    rows = [
        *engine_rows(articles),
        *grounding_rows(articles),
        *merge_rows(articles),
        *growth_rows(),
        *scoring_rows(),
        *(Row(*row) for row in model_rows()),
        *start_rows(),
    ]
    facts = machine()
    table = [f"{facts['python']} on {facts['system']}, {facts['processor']}, {facts['cores']} cores"]
    width = max(len(row.what) for row in rows)
    table += [
        f"{row.what:<{width}}  {row.value:>10,.2f} {row.unit:<14} {row.target}".rstrip() for row in rows
    ]
    sys.stdout.write("\n".join(table) + "\n")
    report = {"machine": facts, "rows": [asdict(row) for row in rows]}
    (ROOT / "bench.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


def engine_rows(articles: list[Article]) -> list[Row]:
    """Articles a second, growth with length, and a text made to make patterns backtrack."""
    short = [article_of(articles, ARTICLE_CHARS, number) for number in range(20)]
    each = best(lambda: [extract_brief(article) for article in short], 3) / len(short)
    sizes = {size: article_of(articles, size) for size in (3_000, 30_000, 300_000)}
    times = {size: best(lambda one=one: extract_brief(one), 2) for size, one in sizes.items()}  # type: ignore[misc]
    commas = article_from_text(("1," * 50_000)[:100_000])
    spaces = article_from_text("The minister said that" + " " * 100_000 + "taxes will rise.")
    parens = article_from_text("He said (" + "(" * 100_000)
    return [
        Row("rules engine and grounding, 3 kB articles", 1 / each, "articles/s", ">= 100 on one core"),
        Row("  10 times the length, 3 to 30 kB", times[30_000] / times[3_000], "times as long", "about 10"),
        Row(
            "  10 times the length, 30 to 300 kB", times[300_000] / times[30_000], "times as long", "about 10"
        ),
        Row("  a text of 300 kB", times[300_000], "s", "< 4"),
        Row('  100 kB of "1,1,1,"', best(lambda: extract_brief(commas), 1), "s", "linear"),
        Row("  100 kB of spaces", best(lambda: extract_brief(spaces), 1), "s", "linear"),
        Row('  100 kB of "("', best(lambda: extract_brief(parens), 1), "s", "linear"),
    ]


def grounding_rows(articles: list[Article]) -> list[Row]:
    """Placing verbatim quotes, and saying what a near miss got wrong."""
    texts = [article_of(articles, ARTICLE_CHARS, number).text for number in range(20)]
    quotes = [(text, quote_of(text)) for text in texts for _ in range(100)]

    def place_all() -> None:
        finders = {text: QuoteFinder(text) for text in texts}
        for text, quote in quotes:
            assert isinstance(finders[text].locate(quote), Located)

    missed = [(text, quote + " xylophones") for text, quote in quotes[::40]]

    def miss_all() -> None:
        for text, quote in missed:
            assert isinstance(QuoteFinder(text).locate(quote), Miss)

    placing, missing = best(place_all, 3), best(miss_all, 2)
    return [
        Row("grounding, 2,000 verbatim quotes in 3 kB articles", placing * 1000, "ms", "< 100"),
        Row("  a near miss", missing / len(missed) * 1000, "ms", "< 5"),
    ]


def merge_rows(articles: list[Article]) -> list[Row]:
    """Merging the five articles, and growth with the number of briefs."""
    briefs = [extract_brief(article) for article in articles]
    merge_briefs(briefs)  # lexicons are read once
    times = {count: best(lambda count=count: merge_briefs(copies(briefs, count)), 1) for count in (5, 10, 50)}  # type: ignore[misc]
    return [
        Row("merging 5 articles", times[5] * 1000, "ms"),
        Row("  10 articles", times[10] / times[5], "times as long"),
        Row("  50 articles", times[50] / times[5], "times as long"),
    ]


def growth_rows() -> list[Row]:
    """A pile of synthetic briefs into stories and digests; see growth.py, which goes further on demand."""
    from growth import SIZES, exponent, measure, peak_gb

    runs = [measure(size) for size in SIZES]
    last = runs[-1]
    return [
        *(Row(f"{run.briefs:,} briefs into stories and digests", run.total_s, "s") for run in runs[:-1]),
        Row(f"{last.briefs:,} briefs into stories and digests", last.total_s, "s", "< 60 on one core"),
        Row("  of it putting them into stories", last.grouping_s, "s"),
        Row("  exponent of growth", exponent(runs), "", "<= 1.1"),
        Row("  most memory of this process", peak_gb(), "GB", "< 1.5"),
    ]


def scoring_rows() -> list[Row]:
    """Scoring briefs against hand labels, the engine's work not counted."""
    from summarizer.evaluation.article import score_article
    from summarizer.evaluation.dataset import load_data_set

    entries = load_data_set(ROOT / "evals" / "practice").articles
    pairs = [(extract_brief(entry.article), entry.gold, entry.article.text) for entry in entries]
    each = best(lambda: [score_article(*pair) for pair in pairs], 3) / len(pairs)
    return [Row("scoring a brief against its labels", 1 / each, "pairs/s", ">= 17 (1,000 a minute)")]


def start_rows() -> list[Row]:
    """`--help` and a whole digest from the shell, against a Python that does nothing."""
    command = [sys.executable, "-m", "summarizer.cli.main"]
    bare = wall([sys.executable, "-c", "pass"])
    helped = wall([*command[:1], "-c", "from summarizer.cli.main import main; main()", "--help"])
    imported = wall([sys.executable, "-c", "import summarizer"])
    return [
        Row("bare Python", bare * 1000, "ms"),
        Row("  import summarizer", imported * 1000, "ms"),
        Row("  summarizer --help", helped * 1000, "ms", "< 100"),
        Row("  --help against bare Python", helped / bare, "times as long"),
    ]


def article_of(articles: list[Article], chars: int, number: int = 0) -> Article:
    """An article of that length: sentences of real ones in an order of its own, three a paragraph.

    Whole paragraphs would be taken for repeated lines, which the engine reads only once.
    """
    sentences = [
        article.text[start:end]
        for article in articles
        for line in article.lines
        if line.role == "body"
        for start, end in split_sentences(article.text, line.start, line.end)
    ]
    rng = random.Random(number)
    parts: list[str] = []
    while sum(map(len, parts)) < chars:
        chosen = rng.sample(sentences, len(sentences) // 3 * 3)
        parts += [" ".join(chosen[at : at + 3]) for at in range(0, len(chosen), 3)]
    return article_from_text("\n\n".join(parts)[:chars], article_id=f"bench-{number}")


def quote_of(text: str) -> str:
    """A stretch of some words that stands in `text`."""
    words = [match for match in text.split(" ") if match and "\n" not in match]
    start = random.randrange(len(words) - 12)
    quote = " ".join(words[start : start + random.randint(4, 12)])
    return quote if quote in text else quote_of(text)


def copies(briefs: list[Brief], count: int) -> list[Brief]:
    """As many briefs, with ids of their own."""
    made = []
    for number in range(count):
        brief = briefs[number % len(briefs)]
        header = brief.article.model_copy(update={"id": f"{brief.article.id}-{number}"})
        made.append(brief.model_copy(update={"article": header}))
    return made


def best(work: Callable[[], object], rounds: int) -> float:
    """Least CPU time of several rounds."""
    times = []
    for _ in range(rounds):
        started = process_time()
        work()
        times.append(process_time() - started)
    return min(times)


def wall(command: list[str], rounds: int = 15) -> float:
    """Median wall time of a command."""
    times = []
    for _ in range(rounds):
        started = perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(perf_counter() - started)
    return statistics.median(times)


def machine() -> dict[str, str | int]:
    """What the figures depend on."""
    processor = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        processor = names[0].partition(":")[2].strip() if names else processor
    return {
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.machine()}",
        "processor": processor,
        "cores": os.cpu_count() or 0,
    }


if __name__ == "__main__":
    sys.exit(main())
