"""What changed between two runs, item by item.

Pure. A flip is an item whose verdict or whose compared fields differ; gold items are followed by their id,
predictions without partner by their place and wording.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.records.run import ArticleScore, ItemVerdict, Run

ItemKey = tuple[str, ...]
ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Flip:
    """An item that isn't what it was. `better` is None where neither state is clearly the better one."""

    article: str
    repeat: int
    item: ItemVerdict
    before: str
    after: str
    better: bool | None

    def __str__(self) -> str:
        name = self.item.gold or self.item.predicted or "?"
        quote = " ".join(self.item.quote.split())
        shown = quote if len(quote) <= 100 else quote[:99] + "…"
        return (
            f"{self.article} {self.item.part} {name}: {self.before} -> {self.after}\n"
            f"    {self.item.label}\n    “{shown}”"
        )


def item_flips(base: Run, new: Run) -> tuple[Flip, ...]:
    """Every item that differs, in article order; a repeat that only one run has is left out."""
    before = {(score.article, score.repeat): score for score in base.articles}
    after = {(score.article, score.repeat): score for score in new.articles}
    found: list[Flip] = []
    for place in sorted(before.keys() & after.keys()):
        found.extend(_article_flips(before[place], after[place]))
    return tuple(found)


def changed_digest_counts(base: Run, new: Run) -> list[str]:
    """What differs in the counts of digests: one line a count, "merge series.links 3 -> 4"."""
    before = {(digest.mode, digest.repeat): digest.counts for digest in base.digests}
    after = {(digest.mode, digest.repeat): digest.counts for digest in new.digests}
    found = []
    for place in sorted(before.keys() | after.keys()):
        was, is_ = before.get(place, {}), after.get(place, {})
        found += [
            f"{place[0]} {name} {was.get(name, 0):g} -> {is_.get(name, 0):g}"
            for name in sorted(was.keys() | is_.keys())
            if was.get(name, 0) != is_.get(name, 0)
        ]
    return found


def _article_flips(base: ArticleScore, new: ArticleScore) -> list[Flip]:
    old, now = _by_key(base.items), _by_key(new.items)
    flips = []
    for key in [*old, *(key for key in now if key not in old)]:
        was, is_ = old.get(key), now.get(key)
        before, after = state(was), state(is_)
        if before != after:
            item = is_ or was
            assert item is not None
            flips.append(Flip(new.article, new.repeat, item, before, after, _better(was, is_)))
    return flips


def _by_key(items: Sequence[ItemVerdict]) -> dict[ItemKey, ItemVerdict]:
    seen: Counter[ItemKey] = Counter()
    found: dict[ItemKey, ItemVerdict] = {}
    for item in items:
        if item.gold is not None:
            key: ItemKey = (item.part, "gold", item.gold)
        else:
            key = (item.part, "predicted", str(item.start), str(item.end), item.label)
        seen[key] += 1
        found[(*key, str(seen[key]))] = item
    return found


def state(item: ItemVerdict | None) -> str:
    """An item's verdict with its wrong fields, as one comparable string."""
    if item is None:
        return ABSENT
    wrong = [f"{check.slot} {check.predicted!r}" for check in item.slots if not check.right]
    return f"{item.verdict} ({', '.join(wrong)})" if wrong else item.verdict


def _better(was: ItemVerdict | None, is_: ItemVerdict | None) -> bool | None:
    """Whether a change is for the better: fewer errors in what a reader gets."""
    before, after = _errors(was), _errors(is_)
    return None if before == after else after < before


def _errors(item: ItemVerdict | None) -> int:
    if item is None or item.verdict in ("right", "okay_missed"):
        return 0
    if item.verdict == "wrong_slot":
        return sum(not check.right for check in item.slots)
    return 10
