"""A delta as text or Markdown: what is denied, withdrawn, revised first; what is only silent last.

Pure. Every line leads to its evidence: claims and series by their ids in the two digests, and the quotes
below them. Text may be cut where a section is long, and then says so; Markdown leaves nothing out.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from summarizer.records.article import ArticleHeader
from summarizer.records.delta import CHANGE_KINDS, Change, ChangeKind, Delta, DeltaQuote
from summarizer.rendering import wording
from summarizer.rendering.markdown import escape
from summarizer.rendering.text import MAX_WIDTH, MIN_WIDTH, TextOptions

_TITLES: dict[ChangeKind, str] = {
    "denied": "Denied",
    "withdrawn": "Withdrawn",
    "revised": "Revised",
    "firmer": "Firmer",
    "softer": "Softer",
    "new": "New",
    "not_repeated": "Not repeated (which is no denial)",
}


def render_delta_text(delta: Delta, options: TextOptions) -> str:
    """The delta as text, with a final newline."""
    width = max(MIN_WIDTH, min(options.width, MAX_WIDTH))
    lines = [_strong(_title(delta), options), *_wrapped(_about(delta), width, "  ")]
    for kind in CHANGE_KINDS:
        changes = [change for change in delta.changes if change.kind == kind]
        if not changes:
            continue
        lines += ["", _strong(f"{_TITLES[kind].upper()} ({len(changes)})", options)]
        shown = changes if options.short is None else changes[: options.short]
        for change in shown:
            lines += _change_lines(change, width)
        if len(shown) < len(changes):
            lines.append(f"  … {len(changes) - len(shown)} more: use --all, or --format md")
    return "\n".join([*lines, *_ending(delta)]) + "\n"


def render_delta_markdown(delta: Delta) -> str:
    """The delta as Markdown, nothing left out, every word of a source escaped."""
    lines = [f"# {escape(_title(delta))}", "", escape(_about(delta))]
    for kind in CHANGE_KINDS:
        changes = [change for change in delta.changes if change.kind == kind]
        if changes:
            lines += ["", f"## {_TITLES[kind]}", ""]
        for change in changes:
            lines.append(
                f"- **{escape(_subject(change))}** ({escape(_refs(change))}): {escape(_told(change))}"
            )
            lines += [f"  - {side}: {escape(quote)}" for side, quote in _quotes(change)]
    return "\n".join([*lines, *_ending(delta)]) + "\n"


def _ending(delta: Delta) -> list[str]:
    nothing = [] if delta.changes else ["", "Nothing changed."]
    count = wording.count(delta.unchanged, "claim or series", "claims and series")
    return [*nothing, "", f"Told as before: {count}."]


def _title(delta: Delta) -> str:
    title = f": {wording.shown(delta.title)}" if delta.title else ""
    if not delta.old.articles:
        return f"New story{title}"
    return f"{'What changed' if delta.new.articles else 'No longer told'}{title}"


def _about(delta: Delta) -> str:
    sides = [_side(delta.old.articles), _side(delta.new.articles)]
    story = f" ({wording.shown(delta.story)})" if delta.story else ""
    return f"From {sides[0]} to {sides[1]}{story}"


def _side(articles: Sequence[ArticleHeader]) -> str:
    if not articles:
        return "nothing"
    dates = sorted(one.published.date for one in articles if one.published.date)
    told = wording.count(len(articles), "article")
    return f"{told} up to {dates[-1]}" if dates else f"{told} without a date"


def _change_lines(change: Change, width: int) -> Iterator[str]:
    yield from _wrapped(f"  {_refs(change)}  {_subject(change)}", width, "      ")
    yield from _wrapped(f"      {_told(change)}", width, "      ")
    for side, quote in _quotes(change):
        yield from _wrapped(f"      {side}: {quote}", width, "        ")


def _subject(change: Change) -> str:
    return wording.shown(change.text)


def _refs(change: Change) -> str:
    """ "C3 → C1", "→ C2" for what is new, "S1 →" for what is gone."""
    return f"{', '.join(change.old)} → {', '.join(change.new)}".strip()


def _told(change: Change) -> str:
    """Why, and the two sides; claims that are quoted below need no second telling."""
    told = wording.shown(change.reason)
    told = f"{told[:1].upper()}{told[1:]}."
    if change.part == "figure" and change.before and change.after:
        told += f" Before “{wording.shown(change.before)}”, now “{wording.shown(change.after)}”."
    elif change.kind in ("new", "not_repeated") and change.who:
        told = f"{wording.names([wording.shown(one) for one in change.who])}: {told}"
    return told


def _quotes(change: Change) -> Iterator[tuple[str, str]]:
    for side, found in (("then", change.old_quotes), ("now", change.new_quotes)):
        for quote in found[:1]:
            more = f" and {len(found) - 1} more" if len(found) > 1 else ""
            yield side, _quote(quote) + more


def _quote(quote: DeltaQuote) -> str:
    return f"“{wording.shown(quote.evidence.quote)}” ({wording.shown(quote.member)})"


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(text, width, subsequent_indent=indent, break_on_hyphens=False) or [""]


def _strong(text: str, options: TextOptions) -> str:
    return f"\x1b[1m{text}\x1b[0m" if options.color else text
