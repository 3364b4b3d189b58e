"""How well two annotators agree, and how far each stands from the adjudicated labels.

    python scripts/label_agreement.py            prints the tables of evals/gold/ADJUDICATION.md

Reads `evals/gold-a`, `evals/gold-b` and `evals/gold`. Items are aligned one-to-one, optimally: actors by
shared names, figures by where the number stands, claims by evidence and wording. What is compared
afterwards (bound, source, speakers, polarity, certainty …) takes no part in the alignment, except that an
actor's names do. Deterministic.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
EVALS = ROOT / "evals"

Item = dict[str, Any]
Pair = tuple[Item, Item]

#: A claim's similarity is 0.6 evidence + 0.4 wording; below this it's another claim.
CLAIM_FLOOR = 0.5
#: Two claims read from one sentence share all their evidence: without a floor on the wording any two of
#: them would match. At 0.45 "NATO behaves provocatively" still meets "NATO's behavior is provocative",
#: and "the visit underscores concerns" doesn't meet "the visit was hastily arranged".
WORDING_FLOOR = 0.45
#: The Dice coefficient of two spans that hold one number.
FIGURE_FLOOR = 0.5

#: Function words (and the "s" of a possessive) say little about what a claim is about.
_STOP = re.compile(
    r"an?|the|of|to|in|on|and|or|for|is|are|was|were|be|been|has|have|had|that|its?|with|by|as|at|from|will|s"
)


def load(folder: str) -> dict[str, Item]:
    """The label files of a folder, by article."""
    paths = sorted((EVALS / folder).glob("*.json"))
    return {path.stem: json.loads(path.read_text("utf-8")) for path in paths if path.stem != "digest"}


def _dice(a: set[Any], b: set[Any]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def _characters(item: Item) -> set[int]:
    return {i for span in item["evidence"] for i in range(span["start"], span["end"])}


def _name_key(name: str) -> str:
    return re.sub(r"^(?:the|a|an) ", "", name.lower().replace("’", "'"))


def _names(actor: Item) -> set[str]:
    return {_name_key(name) for name in (actor["name"], *actor["aliases"])}


def _stems(text: str) -> Counter[str]:
    words = re.findall(r"[a-z0-9]+", text.lower().replace("’", "'"))
    return Counter(word[:5] for word in words if not _STOP.fullmatch(word))


def claim_similarity(a: Item, b: Item) -> float:
    """0.6 evidence + 0.4 wording (the first five letters of each word); 0 without enough of either."""
    mine, yours = _stems(a["text"]), _stems(b["text"])
    wording = 2 * (mine & yours).total() / (mine.total() + yours.total())
    left, right = _characters(a), _characters(b)
    shared = len(left & right)
    if wording < WORDING_FLOOR or not shared:
        return 0.0
    return 0.6 * max(_dice(left, right), 0.9 * shared / min(len(left), len(right))) + 0.4 * wording


def align(part: str, ours: Sequence[Item], theirs: Sequence[Item]) -> list[Pair]:
    """The one-to-one pairing with the highest total similarity."""
    from scipy.optimize import linear_sum_assignment

    similarity: Callable[[Item, Item], float]
    if part == "actors":
        similarity, floor = (lambda a, b: _dice(_names(a), _names(b))), 1e-6
    elif part == "figures":
        similarity, floor = (lambda a, b: _dice(_characters(a), _characters(b))), FIGURE_FLOOR
    else:
        similarity, floor = claim_similarity, CLAIM_FLOOR
    if not ours or not theirs:
        return []
    table = [[round(similarity(a, b), 6) for b in theirs] for a in ours]
    rows, columns = linear_sum_assignment(table, maximize=True)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return [(ours[i], theirs[j]) for i, j in pairs if table[i][j] >= floor]


def kappa(pairs: Iterable[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa; None where both sides use one and the same label only."""
    seen = list(pairs)
    left, right = Counter(a for a, _ in seen), Counter(b for _, b in seen)
    agreed = sum(a == b for a, b in seen) / len(seen)
    chance = sum(left[label] * right[label] for label in left) / len(seen) ** 2
    return None if chance == 1 else (agreed - chance) / (1 - chance)


def _view(document: Item, part: str) -> list[Item]:
    """Items with ids replaced by names, so that two files can be compared."""
    names = {actor["id"]: sorted(_names(actor)) for actor in document["actors"]}
    items = []
    for item in document[part]:
        copy = dict(item)
        for field in ("source", "via"):
            if field in copy:
                copy[field] = names.get(copy[field], [])
        if "speakers" in copy:
            copy["speakers"] = [names[speaker] for speaker in copy["speakers"]]
        items.append(copy)
    return items


def _same(field: str, a: Item, b: Item) -> bool:
    """Equal values; actors are equal when they share a name."""
    if field in ("source", "via"):
        return a[field] == b[field] or bool(set(a[field]) & set(b[field]))
    if field == "speakers":
        rest = [set(names) for names in b[field]]
        for names in a[field]:
            hit = next((other for other in rest if other & set(names)), None)
            if hit is None:
                return False
            rest.remove(hit)
        return not rest
    return bool(a[field] == b[field])


FIELDS = {
    "actors": ("kind", "role", "nugget"),
    "figures": ("value", "unit", "bound", "status", "source", "via", "as_of", "nugget"),
    "claims": ("speakers", "via", "sourcing", "polarity", "certainty", "when", "nugget"),
}
#: Closed sets of labels, for which agreement by chance means something.
NOMINAL = ("kind", "bound", "status", "sourcing", "polarity", "certainty", "nugget")


def tables() -> str:
    """The tables as Markdown."""
    labels = {name: load(folder) for name, folder in (("A", "gold-a"), ("B", "gold-b"), ("gold", "gold"))}
    articles = sorted(labels["gold"])

    def aligned(part: str, left: str, right: str) -> tuple[list[Pair], int, int]:
        pairs: list[Pair] = []
        mine = yours = 0
        for article in articles:
            ours = _view(labels[left][article], part)
            theirs = _view(labels[right][article], part)
            pairs += align(part, ours, theirs)
            mine, yours = mine + len(ours), yours + len(theirs)
        return pairs, mine, yours

    lines = [
        "| part | A | B | gold | A matched with B | F1 A-B | F1 A-gold | F1 B-gold |",
        "| --- " * 8 + "|",
    ]
    matched: dict[str, list[Pair]] = {}
    for part in FIELDS:
        matched[part], mine, yours = aligned(part, "A", "B")
        scores = []
        for left, right in (("A", "B"), ("A", "gold"), ("B", "gold")):
            pairs, m, n = aligned(part, left, right)
            scores.append(f"{2 * len(pairs) / (m + n):.3f}")
        gold = sum(len(labels["gold"][article][part]) for article in articles)
        lines.append(
            f"| {part} | {mine} | {yours} | {gold} | {len(matched[part])} | " + " | ".join(scores) + " |"
        )
    lines += ["", "| part | field | n | agree | share | kappa |", "| --- " * 6 + "|"]
    for part, fields in FIELDS.items():
        for field in fields:
            pairs = matched[part]
            agree = sum(_same(field, a, b) for a, b in pairs)
            k = kappa((a[field], b[field]) for a, b in pairs) if field in NOMINAL else None
            shown = "" if k is None else f"{k:.3f}"
            lines.append(
                f"| {part} | {field} | {len(pairs)} | {agree} | {agree / len(pairs):.3f} | {shown} |"
            )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(tables())
