"""A plain table of all scores of the rules engine, for whoever is changing it.

``python -m summarizer.evaluation.quick DATA_DIR [--items PART] [--article ID] [--briefs DIR] [--gold DIR]``
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from summarizer.evaluation.article import score_article
from summarizer.evaluation.metrics import BRIEF_METRICS, sum_counts
from summarizer.records.article import UNDATED, Article
from summarizer.records.brief import Brief, Provenance
from summarizer.records.draft import DraftBrief, Quote
from summarizer.records.gold import GoldBrief
from summarizer.records.run import ArticleScore, ItemVerdict
from summarizer.version import __version__


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m summarizer.evaluation.quick")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--items", choices=("actors", "figures", "claims"))
    parser.add_argument("--article", help="score this article only")
    parser.add_argument("--all", action="store_true", help="with --items: the right ones too")
    parser.add_argument("--briefs", type=Path, help="score the briefs of this folder instead of the engine")
    parser.add_argument("--gold", type=Path, help="folder of labels, default DATA_DIR/gold")
    options = parser.parse_args()
    scores, seconds = [], 0.0
    for path in sorted((options.gold or options.folder / "gold").glob("*.json")):
        if path.name == "digest.json" or path.name.endswith(".draft.json"):
            continue
        if options.article and path.stem != options.article:
            continue
        gold = GoldBrief.from_json(path.read_text("utf-8"), str(path))
        article = _article(options.folder / "articles" / f"{path.stem}.txt")
        started = time.perf_counter()
        brief = _brief(article, gold, options.briefs)
        seconds += time.perf_counter() - started
        scores.append(score_article(brief, gold, article.text))
    if not scores:
        sys.stderr.write("no labels found" + "\n")
        return 2
    if options.items:
        for score in scores:
            _print_items(score, options.items, options.all)
    _print_table(scores)
    _say(f"{len(scores)} articles, {seconds:.2f} s for the engine")
    return 0


def _article(path: Path) -> Article:
    """As the program reads it; while its readers are being rebuilt, the bare text."""
    try:
        from summarizer.evaluation.dataset import read_article

        return read_article(path)
    except ImportError:
        import unicodedata

        raw = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        return Article(
            id=path.stem,
            title=None,
            outlet=None,
            origin=None,
            published=UNDATED,
            language="en",
            source=str(path),
            text=unicodedata.normalize("NFC", raw),
        )


def _brief(article: Article, gold: GoldBrief, briefs: Path | None) -> Brief:
    if briefs:
        path = briefs / f"{gold.article.id}.json"
        return Brief.from_json(path.read_text("utf-8"), str(path))
    from summarizer.extraction.by_rules.engine import extract_by_rules

    draft = extract_by_rules(article)
    try:
        from summarizer.grounding.brief_grounding import ground
    except ImportError:
        return _naive_ground(article, draft)
    provenance = Provenance(engine="rules", version=__version__, document_schema="brief/1")
    return ground(article, draft, provenance)


def _naive_ground(article: Article, draft: DraftBrief) -> Brief:
    """Stand-in until grounding is there: every quote at its hinted or first place."""

    def spans(quotes: tuple[Quote, ...]) -> list[dict[str, Any]]:
        found = []
        for quote in quotes:
            hinted = quote.start is not None and article.text.startswith(quote.quote, quote.start)
            start = quote.start if hinted else article.text.find(quote.quote)
            if start is not None and start >= 0:
                found.append({"quote": quote.quote, "start": start, "end": start + len(quote.quote)})
        return found

    items: dict[str, list[dict[str, Any]]] = {}
    for part in ("actors", "figures", "claims"):
        items[part] = []
        for item in getattr(draft, part):
            fields = item.to_dict() | {"evidence": spans(item.evidence)}
            if part == "figures":
                fields["also"] = spans(item.also)
            if fields["evidence"]:
                items[part].append(fields)
    provenance = Provenance(engine="rules", version=__version__, document_schema="brief/1").to_dict()
    document = {"article": article.header.to_dict(), "summary": [], "rejected": [], "provenance": provenance}
    return Brief.from_json(json.dumps(document | items), article.id)


def _print_items(score: ArticleScore, part: str, everything: bool) -> None:
    _say(f"== {score.article}: {part}")
    for item in score.items:
        if item.part == part and (everything or item.verdict not in ("right", "okay_missed")):
            _say(_item_lines(item))


def _item_lines(item: ItemVerdict) -> str:
    ids = f"{item.gold or '-'}/{item.predicted or '-'}"
    lines = [
        f"{item.verdict.upper():11} {ids:9} {item.nugget or '':5} {item.label}",
        f"    “{_short(item.quote)}”",
    ]
    lines += [
        f"    {check.slot}: gold {_short(check.gold)!r}, predicted {_short(check.predicted)!r}"
        for check in item.slots
        if not check.right
    ]
    lines.append(f"    ({item.explanation})")
    return "\n".join(lines)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _short(string: str) -> str:
    flat = " ".join(string.split())
    return flat if len(flat) <= 200 else flat[:197] + "…"


def _print_table(scores: list[ArticleScore]) -> None:
    counts = sum_counts(score.counts for score in scores)
    for metric in BRIEF_METRICS:
        value = metric.value(counts)
        shown = "    –" if value is None else f"{value:5.3f}"
        each = [v for score in scores if (v := metric.value(score.counts)) is not None]
        mean = f"{sum(each) / len(each):5.3f}" if each else "    –"
        note = "lower is better" if metric.lower_is_better else ""
        _say(f"{metric.name:30} {shown}  mean {mean}  n={metric.n(counts):<5d} {note}")


if __name__ == "__main__":
    sys.exit(main())
