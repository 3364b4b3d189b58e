"""What a second run finds of its articles is what loading them again would give, to the byte."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from summarizer.records.article import Article, Published
from summarizer.sources import LoadOptions, LoadResult, load_articles
from summarizer.sources.found import FoundArticle
from summarizer.sources.marked_before import SAVED_AT_ONCE, MarkedBefore, marks_key
from summarizer.store.kept_file import FILE_NAME

EVALS = Path(__file__).parents[1] / "evals" / "articles"
PAGES = Path(__file__).parent / "data" / "sources" / "pages"


def loaded(home: Path, *inputs: Path, options: LoadOptions | None = None) -> LoadResult:
    """What a run with a model loads."""
    with MarkedBefore(home) as before:
        return load_articles(inputs, options or LoadOptions(), before=before)


def kept(home: Path) -> int:
    """How many texts are known."""
    with closing(sqlite3.connect(home / FILE_NAME)) as connection:
        count: int = connection.execute("SELECT count(*) FROM marks").fetchone()[0]
        return count


def test_a_second_run_has_the_same_articles_failures_and_duplicates(tmp_path: Path) -> None:
    """Pages, mails, feeds and plain text; a brief's offsets count characters of these very lines."""
    news = tmp_path / "news"
    news.mkdir()
    pages = sorted(PAGES.glob("*.page"))
    for page in pages:
        (news / f"{page.stem}.txt").write_bytes(page.read_bytes())
    (news / "copy.txt").write_bytes(pages[0].read_bytes())
    (news / "empty.txt").touch()
    (news / "paper.md").write_text("---\ntitle: Rates rise\ndate: 2022-01-19\n---\nRates rose on Tuesday.\n")
    records = (
        {"text": f"Rates rose again by {n} points.", "title": f"No. {n}", "outlet": "AP"} for n in range(3)
    )
    (news / "feed.jsonl").write_text("".join(json.dumps(one) + "\n" for one in records))
    plain = load_articles([news, EVALS])
    assert len(plain.articles) > len(pages) + 5
    assert plain.failed
    assert plain.duplicates
    for _ in range(2):
        assert loaded(tmp_path, news, EVALS) == plain
        assert kept(tmp_path) == len(plain.articles)


def test_what_is_found_is_used(tmp_path: Path) -> None:
    """Else the second run would be as slow as the first, and nobody would notice."""
    loaded(tmp_path, EVALS)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection, connection:
        row = connection.execute("SELECT id FROM marks ORDER BY id LIMIT 1").fetchone()
        other = connection.execute("SELECT mark FROM marks WHERE id != ?", row).fetchone()
        connection.execute("UPDATE marks SET mark = ? WHERE id = ?", (*other, *row))
    first, *others = zip(loaded(tmp_path, EVALS).articles, load_articles([EVALS]).articles, strict=True)
    assert first[0].lines != first[1].lines
    assert first[0].text == first[1].text
    assert all(again == plain for again, plain in others)


def test_a_text_is_known_wherever_it_lies_and_a_changed_one_is_not(tmp_path: Path) -> None:
    """Moved or touched files are the same articles; a file that was rewritten within a second is another."""
    news = tmp_path / "news"
    shutil.copytree(EVALS, news)
    before = loaded(tmp_path, EVALS)
    moved = loaded(tmp_path, news)
    assert [one.lines for one in moved.articles] == [one.lines for one in before.articles]
    assert all(one.source.startswith(str(news)) for one in moved.articles)
    known = kept(tmp_path)
    path = Path(before.articles[0].source)
    changed = news / path.name
    changed.write_text("KYIV, 3 May 2020 (Reuters) - " + changed.read_text("utf-8"), encoding="utf-8")
    assert loaded(tmp_path, news) == load_articles([news])
    assert kept(tmp_path) == known + 1


@pytest.mark.parametrize(
    "other",
    [
        FoundArticle("Rates rise.", title="Rates"),
        FoundArticle("Rates rise.", outlet="AP"),
        FoundArticle("Rates rise.", url="https://example.org/"),
        FoundArticle("Rates rise.", origin="AP"),
        FoundArticle("Rates rise.", language="de"),
        FoundArticle("Rates rise.", published=Published(date="2022-01-19", basis="stated")),
        FoundArticle("Rates rose."),
    ],
)
def test_all_that_a_file_says_is_part_of_the_key(other: FoundArticle) -> None:
    """Two papers may print one text under different dates."""
    plain = FoundArticle("Rates rise.")
    key = marks_key(plain, plain.text, require_english=False)
    assert marks_key(other, other.text, require_english=False) != key
    assert marks_key(plain, plain.text, require_english=True) != key


def test_damage_and_folders_that_cannot_be_used_cost_only_time(tmp_path: Path) -> None:
    """The cache is no reason to fail."""
    plain = load_articles([EVALS])
    loaded(tmp_path, EVALS)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection, connection:
        connection.execute("UPDATE marks SET mark = substr(mark, 1, 40)")
    assert loaded(tmp_path, EVALS) == plain
    (tmp_path / FILE_NAME).write_bytes(b"no database" * 1000)
    assert loaded(tmp_path, EVALS) == plain
    (tmp_path / "file").touch()
    assert loaded(tmp_path / "file", EVALS) == plain


def test_a_killed_run_has_kept_what_it_had_done(tmp_path: Path) -> None:
    """Marks are written some at a time, so that starting again goes on from there."""
    with MarkedBefore(tmp_path) as before:
        article: Article = load_articles([EVALS]).articles[0]
        for number in range(SAVED_AT_ONCE):
            assert before.find(str(number)) is None
            before.keep(str(number), article)
        assert kept(tmp_path) == SAVED_AT_ONCE
