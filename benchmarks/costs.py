"""What a thousand articles cost by a model: tokens of recorded replies times the dated price table.

The recordings are of the five articles of the evaluation (`evals/recordings`), with their repairs; how long
those articles are is in the table, since cost goes with length. Nothing is asked.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from measuring import ROOT, Row
from texts import real_articles

from summarizer.llm.model import Usage
from summarizer.llm.prices import batch_share, price_of
from summarizer.llm.spec import parse_model

MODELS = ("gpt-5-nano", "gpt-5-mini", "gpt-5.1")
_ARTICLES = 1_000


def rows() -> list[Row]:
    """Tokens an article, and dollars for a thousand at some models' prices."""
    by_article: dict[str, list[Usage]] = defaultdict(list)
    for (article, _), one in recorded_usage().items():
        by_article[article].append(one)
    inward = _mean([_mean([one.input for one in found]) for found in by_article.values()])
    outward = _mean([_mean([one.output for one in found]) for found in by_article.values()])
    lengths = {article.id: len(article.text) for article in real_articles()}
    chars = _mean([lengths[article] for article in by_article])
    found = [
        Row("cost.chars", f"recorded articles ({len(by_article)}), length", chars, "characters"),
        Row("cost.input", "  tokens in, repairs included", inward, "tokens an article"),
        Row("cost.output", "  tokens out", outward, "tokens an article"),
    ]
    environment = {"OPENAI_API_KEY": "none"}
    for model in MODELS:
        price = price_of(parse_model(f"openai/{model}", environment, None))
        if price is None:
            raise SystemExit(f"the price table has no {model}")
        usd = _ARTICLES * price.of(Usage(input=round(inward), output=round(outward)))
        note = price.basis
        found += [
            Row(f"cost.{model}", f"{_ARTICLES:,} such articles, prices of {model}", usd, "USD", note=note),
            Row(f"cost.{model}.batch", "  through the Batch API", usd * batch_share(), "USD", note=note),
        ]
    return found


def recorded_usage() -> dict[tuple[str, int], Usage]:
    """Tokens of each article and repeat, extraction and repairs together, with the newest prompts."""
    usage: dict[tuple[str, int], Usage] = defaultdict(Usage)
    for told in _newest_replies():
        known = usage[told["article"], told["repeat"]]
        tokens = told["completion"]["usage"]
        usage[told["article"], told["repeat"]] = Usage(
            input=known.input + tokens["prompt_tokens"], output=known.output + tokens["completion_tokens"]
        )
    return usage


def _newest_replies() -> list[dict[str, Any]]:
    """Recorded replies to the extraction and repair prompts, of the newest version that has any."""
    folder = ROOT / "evals" / "recordings" / "replies"
    replies = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    asked = [told for told in replies if told["purpose"] in ("extract", "repair")]
    newest = max(_version(told) for told in asked if told["purpose"] == "extract")
    return [told for told in asked if _version(told) == newest]


def _version(told: dict[str, Any]) -> int:
    return int(str(told["prompt"]).rpartition(".v")[2])


def _mean(numbers: list[int] | list[float]) -> float:
    return sum(numbers) / len(numbers)
