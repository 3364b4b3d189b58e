"""What many articles cost, by arithmetic: recorded tokens × the dated price table, and rates of `make bench`.

    python benchmarks/scale_costs.py [--a-day 10000000]

Prints the tables of docs/scale.md as Markdown. Recorded are the replies of five labelled articles to the
newest prompts; their token counts are the recording endpoint's. A brief takes its extraction and its repair;
a digest's merge is shared by the articles of its story. Rates come from bench.json where there is one.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from costs import recorded_usage
from measuring import ROOT, BrokenReportError, report_of

from summarizer import Article, load_articles
from summarizer.extraction.by_model.drafting import extract_ask
from summarizer.llm.model import Usage, estimate_tokens
from summarizer.llm.prices import price_of
from summarizer.llm.spec import Endpoint
from summarizer.prompts import NEWEST_PROMPTS

ARTICLES = 100_000
#: Articles up to this long stand for a usual one; the two others of the labelled five are transcripts.
USUAL_CHARS = 4_000
DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Taken:
    """Tokens of one article, means over recorded replies; `fixed` is the part of a prompt that all share."""

    articles: int
    chars: float
    input: float
    output: float
    fixed: float


def taken(usual_only: bool) -> Taken:
    """Extraction and repair of the labelled articles, by the recordings."""
    articles = {one.id: one for one in load_articles([str(ROOT / "evals" / "articles")]).articles}
    chosen = {name for name, one in articles.items() if not usual_only or len(one.text) <= USUAL_CHARS}
    found = [one for (name, _), one in recorded_usage().items() if name in chosen]
    article = next(iter(articles.values()))
    return Taken(
        articles=len(chosen),
        chars=statistics.fmean(len(articles[name].text) for name in chosen),
        input=statistics.fmean(one.input for one in found),
        output=statistics.fmean(one.output for one in found),
        fixed=fixed_tokens(article),
    )


def fixed_tokens(article: Article) -> int:
    """The part of an extraction that is the same for every article: rules, examples, reply schema."""
    ask = extract_ask(article, prompts=NEWEST_PROMPTS)
    return estimate_tokens(len(ask.prompt.messages[0].content) + len(ask.reply.canonical))


def price_lines(one: Taken) -> list[str]:
    """US dollars for 100,000 articles, model by model."""
    table = tomllib.loads(files("summarizer.llm").joinpath("prices.toml").read_text(encoding="utf-8"))
    full = Usage(input=round(one.input), output=round(one.output))
    cached = Usage(input=round(one.input), output=round(one.output), cached=round(one.fixed))
    lines = ["| model | list price | prompt cached | Batch API |", "| --- | ---: | ---: | ---: |"]
    for name in table["usd_per_million"]:
        price = price_of(Endpoint(f"openai/{name}", name, "https://api.openai.com/v1", "openai", key=""))
        assert price is not None
        usd = [price.of(full), price.of(cached), price.of(full, batch=True)]
        lines.append(f"| `{name}` | " + " | ".join(f"{part * ARTICLES:,.0f}" for part in usd) + " |")
    return lines


def load_lines(one: Taken, a_day: int, rates: dict[str, float]) -> list[str]:
    """What so many articles a day ask of each part."""
    a_second = a_day / DAY_S
    lines = [
        f"- {a_second:,.0f} articles a second, {a_second * one.chars / 1e6:.2f} MB of text a second",
        f"- model: {a_second * 60 * one.input / 1e6:,.0f} million tokens in and "
        f"{a_second * 60 * one.output / 1e6:,.1f} million out a minute; {a_second:,.0f} requests a second",
    ]
    rules = rates.get("rules.per_s")
    if rules:
        lines.append(f"- rules: {a_second / rules:,.1f} cores at {rules:,.0f} articles a second and core")
    return lines


def bench_rates(path: Path) -> dict[str, float]:
    """Figures of the last `make bench` by their keys; empty where there was none.

    Raises:
        BrokenReportError: the file is there and no such report.
    """
    parts = report_of(path)["parts"] if path.exists() else []
    rows = [row for part in parts for row in part["rows"]]
    return {row["key"]: row["value"] for row in rows if row["value"] is not None}


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--a-day", type=int, default=10_000_000)
    parser.add_argument("--report", type=Path, default=ROOT / "bench.json")
    options = parser.parse_args()
    try:
        rates = bench_rates(options.report)
    except BrokenReportError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    usual, every = taken(usual_only=True), taken(usual_only=False)
    lines = []
    for name, one in (("up to 4 kB", usual), ("all five", every)):
        lines += [
            f"{name}: {one.articles} articles of {one.chars:,.0f} characters; {one.input:,.0f} tokens in "
            f"({one.fixed:,.0f} of them the same for all), {one.output:,.0f} out",
            "",
            *price_lines(one),
            "",
        ]
    lines += [
        f"{options.a_day:,} a day, articles up to 4 kB:",
        "",
        *load_lines(usual, options.a_day, rates),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
