"""A run as one HTML file that a person can read: scores, then every item with its quote in context.

Pure but for the style sheet and script that ship with the package. With a second run, both stand side by side
and the reader can ask for what has changed only. Everything from articles and labels is escaped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from importlib import resources

from summarizer.evaluation.flips import item_flips, state
from summarizer.evaluation.scorecard import (
    PRIMARY,
    brief_scores,
    cost_summary,
    digest_scores,
    reference_values,
)
from summarizer.records.run import ArticleScore, DigestMode, ItemVerdict, Run, Score

#: Title of each table of digest scores.
_DIGESTS: dict[DigestMode, str] = {
    "oracle": "Digest, oracle: merged from the labels",
    "end_to_end": "Digest, end to end",
    "model_merge": "Digest, end to end, merged with the model's help",
}

#: Characters of the article shown on either side of a quote.
CONTEXT_CHARS = 90
VERDICTS = ("right", "wrong_slot", "missed", "spurious", "split", "okay_missed")


def run_report(run: Run, texts: Mapping[str, str], base: Run | None = None) -> str:
    """The page. `texts` are the articles by id (a missing one shows its quotes without context)."""
    before = {score.metric: score for score in base.scores} if base else {}
    parts = [
        "<h1>Evaluation</h1>",
        f"<p>{run.scored} of {run.expected} answers scored"
        + (f", <strong class=down>{len(run.failed)} failed</strong>" if run.failed else "")
        + f" · {escape(run.data)} · {escape(run.created)}</p>",
        f"<p class=signature>{escape(run.signature.line())}</p>",
        f"<p class=signature>base {escape(base.signature.line())}</p>" if base else "",
        _cost(run),
        "<h2>Briefs</h2>",
        _scores(run, run.scores or brief_scores(run.articles), before, base is not None),
    ]
    for mode, title in _DIGESTS.items():
        found = digest_scores(run.digests, mode)
        if found:
            old = digest_scores(base.digests, mode) if base else ()
            parts += [
                f"<h2>{title}</h2>",
                _scores(run, found, {s.metric: s for s in old}, base is not None, False),
            ]
    parts += ["<h2>Items</h2>", _controls(base is not None)]
    parts += _articles(run, texts, base)
    return page("Evaluation", "\n".join(parts), "report.js")


def page(title: str, body: str, script: str | None = None) -> str:
    """A self-contained HTML page."""
    folder = resources.files("summarizer.evaluation").joinpath("pages")
    style = folder.joinpath("style.css").read_text("utf-8")
    code = f"<script>{folder.joinpath(script).read_text('utf-8')}</script>" if script else ""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{style}</style></head><body>\n{body}\n{code}</body></html>\n"
    )


def _cost(run: Run) -> str:
    cost = cost_summary(run)
    return f"<p class=dim>{escape(cost.line())}</p>"


def _scores(
    run: Run, scores: Sequence[Score], before: Mapping[str, Score], compared: bool, references: bool = True
) -> str:
    columns = [(ref.name, reference_values(ref.counts)) for ref in run.references] if references else []
    head = ["metric", "score", "", "95 % over articles", "mean", "n"]
    head += ["base", "change"] if compared else []
    head += [name for name, _ in columns]
    rows = []
    for score in scores:
        cells = [
            escape(score.metric) + (" ↓" if score.lower_is_better else ""),
            _number(score.value),
            _bar(score),
            f"{score.low:.2f} to {score.high:.2f}"
            if score.low is not None and score.high is not None
            else "–",
            _number(score.mean),
            str(score.n),
        ]
        if compared:
            old = before.get(score.metric)
            cells += [_number(old.value if old else None), _change(score, old)]
        cells += [_number(values.get(score.metric)) for _, values in columns]
        mark = " class=primary" if score.metric in PRIMARY else ""
        rows.append(f"<tr{mark}>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    header = "".join(f"<th>{escape(name)}</th>" for name in head)
    return (
        f"<div class=wide><table><thead><tr>{header}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _bar(score: Score) -> str:
    if score.value is None:
        return ""
    span = ""
    if score.low is not None and score.high is not None:
        left, width = 100 * min(score.low, 1), 100 * max(0.0, min(score.high, 1) - min(score.low, 1))
        span = f'<b style="left:{left:.1f}%;width:{width:.1f}%"></b>'
    return f'<span class=bar><i style="width:{100 * min(1.0, score.value):.1f}%"></i>{span}</span>'


def _change(score: Score, old: Score | None) -> str:
    if old is None or old.value is None or score.value is None or old.value == score.value:
        return ""
    delta = score.value - old.value
    good = (delta > 0) != score.lower_is_better
    return f"<span class={'up' if good else 'down'}>{delta:+.3f}</span>"


def _controls(compared: bool) -> str:
    def options(values: Sequence[str]) -> str:
        return '<option value="">all</option>' + "".join(f"<option>{value}</option>" for value in values)

    changed = "" if compared else " disabled"
    return (
        f"<div class=controls><label>verdict <select id=verdict>{options(VERDICTS)}</select></label>"
        f"<label>part <select id=part>{options(('actors', 'figures', 'claims'))}</select></label>"
        f"<label><input type=checkbox id=changed{changed}> changed only</label>"
        "<label>find <input type=search id=words></label><span id=count class=dim></span></div>"
    )


def _articles(run: Run, texts: Mapping[str, str], base: Run | None) -> list[str]:
    flips: dict[tuple[str, int, str], list[str]] = {}
    gone: dict[tuple[str, int], list[ItemVerdict]] = {}
    if base is not None:
        for flip in item_flips(base, run):
            if flip.after == "absent":
                gone.setdefault((flip.article, flip.repeat), []).append(flip.item)
            else:
                flips.setdefault((flip.article, flip.repeat, _identity(flip.item)), []).append(flip.before)
    return [_article(score, texts.get(score.article, ""), flips, gone) for score in run.articles]


def _identity(item: ItemVerdict) -> str:
    return f"{item.part} {item.gold} {item.predicted}"


def _article(
    score: ArticleScore,
    text: str,
    flips: Mapping[tuple[str, int, str], list[str]],
    gone: Mapping[tuple[str, int], list[ItemVerdict]],
) -> str:
    rows = []
    for item in score.items:
        before = flips.get((score.article, score.repeat, _identity(item)))
        rows.append(_item(item, text, before[0] if before else None))
    rows += [
        _item(item, text, state(item), gone=True) for item in gone.get((score.article, score.repeat), [])
    ]
    failed = f"<p class=down>no answer: {escape(score.failed)}</p>" if score.failed else ""
    return (
        f"<section class=article><h3>{escape(score.article)}"
        + (f" <span class=dim>repeat {score.repeat}</span>" if score.repeat else "")
        + f"</h3>{failed}{''.join(rows)}</section>"
    )


def _item(item: ItemVerdict, text: str, before: str | None, *, gone: bool = False) -> str:
    verdict = "absent" if gone else item.verdict
    slots = "".join(
        f"<span class='slot{'' if check.right else ' wrong'}'>{escape(check.slot)}: {escape(check.predicted)}"
        + ("" if check.right else f" <span class=dim>(gold: {escape(check.gold)})</span>")
        + "</span>"
        for check in item.slots
        if not check.right or check.slot in ("speaker", "certainty", "polarity", "value")
    )
    ids = " / ".join(name for name in (item.gold, item.predicted) if name)
    was = f"<div class=dim>before: {escape(before)}</div>" if before is not None else ""
    return (
        f'<div class="item {verdict}" data-verdict="{verdict}" data-part="{item.part}" '
        f'data-changed="{int(before is not None)}">'
        f"<span class=verdict>{verdict.replace('_', ' ')}</span> <code>{escape(ids)}</code> "
        f"<span class=dim>{item.nugget or ''} {item.part}</span> {escape(item.label)}"
        f"<div class=context>{_in_context(item, text)}</div><div>{slots}</div>"
        f"<div class=dim>{escape(item.explanation)}</div>{was}</div>"
    )


def _in_context(item: ItemVerdict, text: str) -> str:
    if text[item.start : item.end] != item.quote:
        return f"<mark>{escape(item.quote)}</mark>"
    start, end = max(0, item.start - CONTEXT_CHARS), min(len(text), item.end + CONTEXT_CHARS)
    return (
        ("…" if start else "")
        + escape(text[start : item.start])
        + f"<mark>{escape(item.quote)}</mark>"
        + escape(text[item.end : end])
        + ("…" if end < len(text) else "")
    )
