"""Parts of the benchmark that need one process: the rules engine, several processes, grounding, scoring."""

from __future__ import annotations

import os
import random
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

from measuring import ROOT, Row, best, program, run
from texts import mixed_article, real_articles

from summarizer import article_from_text, extract_brief
from summarizer.cli.main import collect_rarely
from summarizer.grounding.locate import Located, Miss, QuoteFinder

ARTICLE_CHARS = 3_000
_PROCESS_ARTICLES = 600


def articles_per_s() -> float:
    """Rules engine and grounding, of one core."""
    collect_rarely()  # as the command does
    articles = real_articles()
    extract_brief(articles[0])  # lexicons are read once
    short = [mixed_article(articles, ARTICLE_CHARS, number) for number in range(20)]
    return len(short) / best(lambda: [extract_brief(article) for article in short], 3)


def rules_rows() -> list[Row]:
    """Articles a second, growth with length, and texts made to make patterns backtrack."""
    per_s = articles_per_s()
    articles = real_articles()
    sizes = {size: mixed_article(articles, size) for size in (3_000, 30_000, 300_000)}
    times = {size: best(lambda one=one: extract_brief(one), 2) for size, one in sizes.items()}  # type: ignore[misc]
    hostile = {
        '"1,1,1,"': article_from_text(("1," * 50_000)[:100_000]),
        "spaces": article_from_text("The minister said that" + " " * 100_000 + "taxes will rise."),
        '"("': article_from_text("He said (" + "(" * 100_000),
    }
    growth = times[30_000] / times[3_000], times[300_000] / times[30_000]
    return [
        Row(
            "rules.per_s",
            "rules engine and grounding, 3 kB articles",
            per_s,
            "articles/s a core",
            ">= 200",
        ),
        Row("rules.growth_30", "  10 times the length, 3 to 30 kB", growth[0], "times as long", "about 10"),
        Row(
            "rules.growth_300", "  10 times the length, 30 to 300 kB", growth[1], "times as long", "about 10"
        ),
        Row("rules.s_300kb", "  a text of 300 kB", times[300_000], "s", "< 4"),
        *(
            Row(
                f"rules.hostile_{number}",
                f"  100 kB of {name}",
                best(lambda one=one: extract_brief(one), 1),
                "s",
            )  # type: ignore[misc]
            for number, (name, one) in enumerate(hostile.items())
        ),
    ]


def processes_rows() -> list[Row]:
    """`summarizer brief` over the same files: by one process, by one a core, by as many commands at once."""
    articles = real_articles()
    cores = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts = [folder / "in" / f"part{number}" for number in range(cores)]
        for number in range(_PROCESS_ARTICLES):
            part = parts[number % cores]
            part.mkdir(parents=True, exist_ok=True)
            text = mixed_article(articles, ARTICLE_CHARS, number).text
            (part / f"{number:04}.txt").write_text(text, encoding="utf-8")
        alone, together = (_brief_s(folder / "in", jobs) for jobs in (1, cores))
        started = perf_counter()
        with ThreadPoolExecutor(cores) as pool:
            list(pool.map(_brief_s, parts))
        strangers = perf_counter() - started
    gain, possible = alone / together, alone / strangers
    command = f"{_PROCESS_ARTICLES} files by `summarizer brief --jobs {cores}`"
    return [
        Row("processes.per_s", command, _PROCESS_ARTICLES / together, "articles/s"),
        Row("processes.gain", "  against --jobs 1", gain, "times as fast", f"near {cores}"),
        Row("processes.strangers", f"  {cores} commands that share nothing", possible, "times as fast"),
        Row("processes.share", "  of what those gain", 100 * gain / possible, "%", "near 100"),
    ]


def _brief_s(folder: Path, jobs: int = 1) -> float:
    """Wall time of a whole command over a folder, with a store of its own. Raises SystemExit if it fails."""
    out = folder.with_suffix(".json")
    environment = {"SUMMARIZER_HOME": str(folder.with_suffix(".home"))}
    ended = run(program("brief", str(folder), "-o", str(out), "--jobs", str(jobs), "--quiet"), environment)
    if ended.code:
        raise SystemExit(f"summarizer brief {folder} ended with {ended.code}")
    return ended.wall_s


def grounding_rows() -> list[Row]:
    """Placing verbatim quotes, and saying what a near miss got wrong."""
    articles = real_articles()
    texts = [mixed_article(articles, ARTICLE_CHARS, number).text for number in range(20)]
    chance = random.Random(0)
    quotes = [(text, _quote_of(text, chance)) for text in texts for _ in range(100)]

    def place_all() -> None:
        finders = {text: QuoteFinder(text) for text in texts}
        for text, quote in quotes:
            assert isinstance(finders[text].locate(quote), Located)

    missed = [(text, quote + " xylophones") for text, quote in quotes[::40]]

    def miss_all() -> None:
        for text, quote in missed:
            assert isinstance(QuoteFinder(text).locate(quote), Miss)

    placing, missing = best(place_all, 3) / len(quotes), best(miss_all, 2) / len(missed)
    return [
        Row(
            "grounding.quotes_per_s",
            "verbatim quotes placed in 3 kB articles",
            1 / placing,
            "quotes/s",
            ">= 20,000",
        ),
        Row("grounding.miss_ms", "  a near miss explained", missing * 1000, "ms", "< 5"),
    ]


def scoring_rows() -> list[Row]:
    """Scoring briefs against hand labels, the engine's work not counted."""
    from summarizer.evaluation.article import score_article
    from summarizer.evaluation.dataset import load_data_set

    entries = load_data_set(ROOT / "evals" / "practice").articles
    pairs = [(extract_brief(entry.article), entry.gold, entry.article.text) for entry in entries]
    each = best(lambda: [score_article(*pair) for pair in pairs], 3) / len(pairs)
    return [Row("scoring.per_s", "scoring a brief against its labels", 1 / each, "pairs/s", ">= 17")]


def _quote_of(text: str, chance: random.Random) -> str:
    """A stretch of some words that stands in `text`."""
    words = [match for match in text.split(" ") if match and "\n" not in match]
    start = chance.randrange(len(words) - 12)
    quote = " ".join(words[start : start + chance.randint(4, 12)])
    return quote if quote in text else _quote_of(text, chance)
