"""Several processes mark what one would, in the same order, and never more than is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from summarizer.sources import LoadOptions, load_articles
from summarizer.sources.found import FoundArticle
from summarizer.sources.marked_before import MarkedBefore
from summarizer.sources.marking import MIN_FOR_PROCESSES, Unmarked, marked


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of every outcome, enough of them for processes."""
    folder = tmp_path_factory.mktemp("news")
    for number in range(MIN_FOR_PROCESSES + 40):
        text = f"Rates rise in town {number}\n\nThe bank said on Tuesday that rates would rise in {number}.\n"
        (folder / f"{number:03}.txt").write_text(
            text if number % 50 else "Die Bank hat es nicht gesagt und will."
        )
    (folder / "120b.txt").touch()
    (folder / "130b.md").write_text(
        "---\ntitle: Rates\ndate: 2022-01-19\n---\nRates rose – a “little” – again.\n"
    )
    (folder / "140b.jsonl").write_text(
        '{"text": "Rates fell in towns."}\nno JSON\n{"text": "Nobody knows."}\n'
    )
    return folder


def test_two_processes_load_what_one_loads(news: Path, tmp_path: Path) -> None:
    """Articles with their ids, lines and dates, failures with their reasons, duplicates: all in order."""
    english = LoadOptions(require_english=True)
    one = load_articles([news], english)
    assert len(one.articles) > MIN_FOR_PROCESSES
    assert len({failed.kind for failed in one.failed}) == 3
    assert load_articles([news], english, jobs=2) == one
    with MarkedBefore(tmp_path) as before:
        assert load_articles([news], english, before=before, jobs=2) == one
        assert load_articles([news], english, before=before, jobs=2) == one


def _endless(taken: list[int]) -> Iterator[Unmarked | str]:
    number = 0
    while True:
        taken.append(number)
        text = f"Rates rose by {number} points, the bank said."
        yield Unmarked(FoundArticle(text), text, "en", f"a{number}", "-") if number % 3 else "failed"
        number += 1


def test_inputs_are_taken_as_articles_are_wanted() -> None:
    """However many files there are, a few batches are in hand; who stops early waits for no more."""
    taken: list[int] = []
    kept: list[str] = []
    outcomes = marked(_endless(taken), 2, lambda unmarked, article: kept.append(article.id))
    wanted = list(islice(outcomes, MIN_FOR_PROCESSES + 10))
    outcomes.close()
    assert [one if isinstance(one, str) else one.id for one in wanted[:4]] == ["failed", "a1", "a2", "failed"]
    assert kept == [one.id for one in wanted if not isinstance(one, str)]
    assert len(taken) < 2 * MIN_FOR_PROCESSES
