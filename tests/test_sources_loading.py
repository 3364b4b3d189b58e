"""Loading: which files are meant, one bad input never costs the others, ids and duplicates."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from summarizer.errors import NoInput, SourceError, UsageProblem
from summarizer.records.article import Article
from summarizer.records.digest import FailedArticle
from summarizer.sources import (
    Duplicate,
    LoadOptions,
    LoadResult,
    article_from_text,
    iter_articles,
    load_articles,
)

ARTICLES = Path(__file__).parents[1] / "evals" / "articles"
SHA256 = {
    "biden-putin-video-call": "08b7273ab5276196227fbe0071a8433dbb17442b603f0e77a13e471a4a5dec59",
    "blinken-arrives-in-kiev": "d212de969fef8b732da16207942032dc322c5819b2ed5f75a53548617c48fbe6",
    "blinken-lavrov-call": "001b2e2046155710533aac0de0f536e5e5b9e3e601281a7594f64593b0a946f1",
    "build-up-as-us-offers-talks": "ce7d50886f80da5e822e645a0277f9bf770145ca8199ec45abe1047bb48abfce",
    "ukrainian-military-assessment": "c02e946126c4bc72ef731896431155d8e9d8a42d2a02ae8ab5378d3c965fea62",
}
STORY = "The bank said on Monday it would close {} branches. The union denied that a deal had been reached.\n"


def ids(result: LoadResult) -> list[str]:
    return [article.id for article in result.articles]


def reason(result: LoadResult) -> str:
    (failed,) = result.failed
    return f"{failed.kind}: {failed.reason}"


class TestWhichFiles:
    """What a name on the command line stands for."""

    def test_the_five_evaluation_articles_are_byte_for_byte_what_was_supplied(self) -> None:
        """The gold labels count characters in exactly these files."""
        found = {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in ARTICLES.glob("*.txt")}
        assert found == SHA256

    def test_a_folder_gives_its_articles_in_order_and_leaves_its_readme_alone(self) -> None:
        """`digest evals/articles` must show five articles, not a page about them."""
        result = load_articles([ARTICLES])
        assert ids(result) == sorted(SHA256)
        assert result.failed == ()
        assert [Path(name).name for name in result.skipped] == ["README.md"]

    def test_folders_are_read_recursively_without_hidden_files(self, tmp_path: Path) -> None:
        """An editor's backup or a version control folder is no news."""
        for number, name in enumerate(("b.txt", "a/c.md", "a/.d.txt", ".git/e.txt", "a/f.png", "~$g.txt")):
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(STORY.format(number))
        result = load_articles([tmp_path])
        assert [Path(article.source).name for article in result.articles] == ["c.md", "b.txt"]
        assert [Path(name).name for name in result.skipped] == ["f.png"]

    def test_patterns_match_files_and_folders(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Shells that don't expand patterns must not matter."""
        monkeypatch.chdir(tmp_path)
        for number, name in enumerate(("x/1.txt", "x/2.txt", "y/3.txt")):
            path = Path(name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(STORY.format(number))
        assert ids(load_articles(["x/*.txt"])) == ["1", "2"]
        assert ids(load_articles(["**/*.txt"])) == ["1", "2", "3"]
        assert ids(load_articles(["?"])) == ["1", "2", "3"]

    def test_a_file_whose_name_looks_like_a_pattern_is_that_file(self, tmp_path: Path) -> None:
        """ "[draft] story.txt" is a common name."""
        path = tmp_path / "[draft] story.txt"
        path.write_text(STORY.format(1))
        assert ids(load_articles([path])) == ["draft-story"]

    @pytest.mark.parametrize("inputs", [[], ["nothing-*.txt"]])
    def test_nothing_to_read_is_an_error_of_its_own(self, inputs: list[str]) -> None:
        """A digest of no articles would look like quiet news."""
        with pytest.raises(NoInput):
            load_articles(inputs)
        with pytest.raises(NoInput):
            iter_articles(inputs)

    def test_an_empty_folder_says_what_would_be_read(self, tmp_path: Path) -> None:
        """The reader has to learn what was expected, and what was skipped."""
        (tmp_path / "photo.png").write_bytes(b"\x89PNG")
        with pytest.raises(NoInput, match=r"\.txt.*photo\.png"):
            load_articles([tmp_path])

    def test_an_empty_pattern_beside_a_good_file_is_named_and_costs_nothing(self, tmp_path: Path) -> None:
        """A typing error in one of ten names must not stop the morning's digest."""
        (tmp_path / "a.txt").write_text(STORY.format(1))
        result = load_articles([tmp_path / "a.txt", tmp_path / "b*.txt"])
        assert ids(result) == ["a"]
        assert "no file matches" in reason(result)

    def test_links_that_lead_in_a_circle_end(self, tmp_path: Path) -> None:
        """A looping link must not hang the run, nor multiply its articles."""
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "a.txt").write_text(STORY.format(1))
        (tmp_path / "in" / "loop").symlink_to("..")
        assert ids(load_articles([tmp_path])) == ["a"]
        assert ids(load_articles([f"{tmp_path}/**/*.txt"])) == ["a"]

    def test_standard_input_is_read_and_named_by_its_content(self) -> None:
        """A pipe has no file name, and its article still needs a stable id."""
        text = STORY.format(3)
        result = load_articles(["-"], stdin=io.BytesIO(text.encode()))
        digits = hashlib.sha256(text.encode()).hexdigest()[:8]
        assert ids(result) == [f"stdin-{digits}"]
        assert result.articles[0].source == "-"

    def test_standard_input_named_twice_is_read_once(self) -> None:
        """It can't be read again."""
        assert len(load_articles(["-", "-"], stdin=io.BytesIO(STORY.encode())).articles) == 1

    def test_a_web_address_is_refused_with_a_way_out(self) -> None:
        """Better than "no such file: https://…"."""
        assert "Save the page" in reason(load_articles(["https://example.org/story"]))


class TestBadInput:
    """Each bad input is named with a reason and a way out; the others go on."""

    @pytest.mark.parametrize(
        ("name", "content", "expected"),
        [
            ("empty.txt", b"", "empty: there is no text"),
            ("blank.md", b" \n\t\n", "empty: there is no text"),
            ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "binary: this is a PNG picture"),
            ("letter.txt", b"PK\x03\x04\x14\x00\x06\x00", "binary: this is a ZIP archive or an office"),
            ("nul.txt", b"The bank\x00said on Monday.", "binary: it holds NUL bytes"),
            ("control.txt", b"\x01\x02\x03\x04 text \x05\x06", "binary: it holds NUL or many control"),
            ("mark.txt", b"\xff\xfeT", "malformed: byte 0 is not utf-16-le"),
            ("letter.docx", b"PK\x03\x04", "unknown format: files ending in '.docx'"),
            ("broken.json", b'{"text": ', "malformed: no JSON"),
            ("deep.json", b"[" * 200_000, "malformed: its JSON is nested too deeply"),
            ("digits.json", b'{"text": ' + b"1" * 5000 + b"}", "malformed: no usable JSON"),
            ("list.json", b"[]", "empty: its list holds no record"),
            ("number.json", b"42", "unknown format: the record is no JSON object"),
            ("other.json", b'{"name": "x"}', "unknown format: no text in the record"),
            ("brief.json", b'{"schema": "brief/1"}', "unknown format: this is a brief/1 document"),
            ("lines.jsonl", b"\n\n", "empty: there is no record"),
            ("menu.html", b"<html><body><script>load()</script></body></html>", "empty: no article text"),
            ("broken.pdf", b"%PDF-1.4\nnothing", "malformed: no PDF"),
            ("plain.eml", b"no header here", "malformed: it has no mail header"),
            ("attachment.eml", b"From: a@b.c\nSubject: x\n\n", "empty: the mail has no text part"),
        ],
    )
    def test_is_named_and_the_others_go_on(
        self, tmp_path: Path, name: str, content: bytes, expected: str
    ) -> None:
        """One broken file among a hundred must cost one line, not the day."""
        (tmp_path / name).write_bytes(content)
        (tmp_path / "z-good.txt").write_text(STORY.format(5))
        result = load_articles([tmp_path / name, tmp_path / "z-good.txt"])
        assert ids(result) == ["z-good"]
        assert reason(result).startswith(expected)
        assert result.failed[0].source == str(tmp_path / name)
        assert result.failed[0].reason.count(". ") >= 1  # a reason and a way out

    def test_a_missing_file_is_a_failure_not_a_crash(self, tmp_path: Path) -> None:
        """The other files were named rightly."""
        result = load_articles([tmp_path / "gone.txt"])
        assert reason(result).startswith("unreadable: no such file")

    def test_too_large_names_the_limit(self, tmp_path: Path) -> None:
        """A database dump by mistake must not be read for minutes."""
        (tmp_path / "a.txt").write_text(STORY.format(1) * 20)
        result = load_articles([tmp_path], LoadOptions(max_bytes=1000))
        assert reason(result).startswith("too large: more than 1,000 bytes")
        assert load_articles([tmp_path], LoadOptions(max_bytes=10_000)).failed == ()
        piped = load_articles(["-"], LoadOptions(max_bytes=5), stdin=io.BytesIO(b"123456"))
        assert reason(piped).startswith("too large")

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
    def test_pipes_and_devices_are_refused_before_they_block(self, tmp_path: Path) -> None:
        """Opening a named pipe waits for a writer who never comes."""
        os.mkfifo(tmp_path / "pipe.txt")
        (tmp_path / "folder.txt").mkdir()
        (tmp_path / "zero.txt").symlink_to("/dev/zero")
        (tmp_path / "self.txt").symlink_to("self.txt")
        began = time.monotonic()
        result = load_articles(sorted(tmp_path.glob("[psz]*.txt")))
        assert time.monotonic() - began < 5
        assert [failed.reason.partition(".")[0] for failed in result.failed] == [
            "is a named pipe",
            "its links lead in a circle",
            "is a device",
        ]

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
    def test_missing_permission_is_told(self, tmp_path: Path) -> None:
        """ "can't be read" alone sends people looking for a broken file."""
        path = tmp_path / "a.txt"
        path.write_text(STORY)
        path.chmod(0)
        assert reason(load_articles([path])).startswith("unreadable: permission denied")

    def test_wrong_options_are_the_callers_error(self) -> None:
        """They concern the whole run, so they stop it."""
        with pytest.raises(UsageProblem):
            LoadOptions(max_bytes=0)
        for name in ("no-such-encoding", "hex", "rot13", ""):
            with pytest.raises(UsageProblem):
                LoadOptions(encoding=name)


class TestLanguage:
    """The rules engine reads English only."""

    GERMAN = "Der Minister sagte am Montag, dass die Truppen nicht an der Grenze bleiben werden."

    def test_other_languages_are_refused_by_name_where_english_is_required(self, tmp_path: Path) -> None:
        """A German text would give an empty brief, which looks like no news."""
        (tmp_path / "de.txt").write_text(self.GERMAN)
        result = load_articles([tmp_path], LoadOptions(require_english=True))
        assert reason(result).startswith("language: the text is German (de), not English")
        assert "model" in result.failed[0].reason

    def test_they_are_read_and_marked_otherwise(self, tmp_path: Path) -> None:
        """A model reads them."""
        (tmp_path / "de.txt").write_text(self.GERMAN)
        assert load_articles([tmp_path]).articles[0].language == "de"

    def test_a_foreign_menu_does_not_make_an_english_article_foreign(self) -> None:
        """A Romanian site's page clock stands above an English story."""
        path = ARTICLES / "build-up-as-us-offers-talks.txt"
        assert load_articles([path], LoadOptions(require_english=True)).articles[0].language == "en"


class TestIdsAndDuplicates:
    """Names are readable and stable; the same text counts once."""

    def test_an_id_is_the_files_name_as_a_slug(self, tmp_path: Path) -> None:
        """A reader finds the article again by its name."""
        for number, name in enumerate(("Rates Rise, Again!.txt", "Новости дня.txt", "★.txt")):
            (tmp_path / name).write_text(STORY.format(number))
        found = ids(load_articles([tmp_path]))
        assert found[:2] == ["rates-rise-again", "новости-дня"]
        assert found[2].startswith("article-")

    def test_two_files_of_one_name_both_get_a_part_of_their_hash(self, tmp_path: Path) -> None:
        """Whichever is named first, each keeps its id."""
        for number, folder in enumerate(("a", "b")):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "x.txt").write_text(STORY.format(number))
        one = ids(load_articles([tmp_path / "a", tmp_path / "b"]))
        other = ids(load_articles([tmp_path / "b", tmp_path / "a"]))
        assert one == other[::-1]
        assert len(set(one)) == 2
        assert all(name.startswith("x-") for name in one)

    def test_the_same_text_is_read_once_and_reported(self, tmp_path: Path) -> None:
        """Two copies of one report are not two sources."""
        (tmp_path / "a.txt").write_text(STORY.format(1))
        (tmp_path / "b.txt").write_text("\r\n" + STORY.format(1).replace(" ", "  ") + "\r\n")
        (tmp_path / "c.txt").write_text(STORY.format(2))
        result = load_articles([tmp_path])
        assert ids(result) == ["a", "c"]
        assert result.duplicates == (Duplicate(str(tmp_path / "b.txt"), "a"),)
        assert result.coverage.duplicates == (str(tmp_path / "b.txt"),)
        assert result.coverage.read == 2

    def test_a_file_named_twice_repeats_itself_and_keeps_its_name(self, tmp_path: Path) -> None:
        """It is no second article of the same name."""
        path = tmp_path / "a.txt"
        path.write_text(STORY.format(1))
        result = load_articles([path, f"{tmp_path}/../{tmp_path.name}/a.txt"])
        assert ids(result) == ["a"]
        assert len(result.duplicates) == 1

    def test_records_are_named_by_address_or_title(self, tmp_path: Path) -> None:
        """A thousand records of one file need names that mean something."""
        records = [
            {"text": STORY.format(1), "url": "https://example.org/2022/01/19/bank-closes.html"},
            {"text": STORY.format(2), "title": "Bank “closes” branches"},
            {"text": STORY.format(3), "title": "Bank “closes” branches"},
            {"text": STORY.format(4)},
            {"text": STORY.format(5), "id": "my-own"},
        ]
        (tmp_path / "all.json").write_text(json.dumps(records))
        found = ids(load_articles([tmp_path]))
        assert found[:2] == ["bank-closes", "bank-closes-branches"]
        assert found[2].startswith("bank-closes-branches-")
        assert found[3].startswith("all-")
        assert found[4] == "my-own"


class TestReadingOneByOne:
    """`iter_articles` gives the same, as it goes."""

    def test_it_agrees_with_loading_everything(self, tmp_path: Path) -> None:
        """Ids in a long run and in a short one must be the same."""
        for number, name in enumerate(("a/x.txt", "b/x.txt", "b/y.txt", "b/z.docx", "b/empty.txt")):
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text("" if "empty" in name else STORY.format(number % 2))
        inputs = [tmp_path, tmp_path / "b" / "z.docx"]
        whole, one_by_one = load_articles(inputs), list(iter_articles(inputs))
        assert [one for one in one_by_one if isinstance(one, Article)] == list(whole.articles)
        assert [one for one in one_by_one if isinstance(one, FailedArticle)] == list(whole.failed)
        assert [one for one in one_by_one if isinstance(one, Duplicate)] == list(whole.duplicates)

    def test_an_article_is_there_before_the_next_is_read(self, tmp_path: Path) -> None:
        """A folder of a million articles needs the memory of one."""
        (tmp_path / "a.txt").write_text(STORY.format(1))
        (tmp_path / "b.txt").write_text(STORY.format(2))
        articles = iter_articles([tmp_path])
        assert isinstance(next(articles), Article)
        (tmp_path / "b.txt").unlink()
        assert isinstance(next(articles), FailedArticle)

    def test_lines_of_a_jsonl_file_are_read_one_by_one(self, tmp_path: Path) -> None:
        """The limit holds for a record, so an archive of any length can be read."""
        path = tmp_path / "archive.jsonl"
        lines = [json.dumps({"text": STORY.format(number)}) for number in range(50)]
        path.write_text("\n".join([*lines[:25], json.dumps({"text": "x" * 5000}), *lines[25:]]))
        result = load_articles([path], LoadOptions(max_bytes=1000))
        assert len(result.articles) == 50
        assert result.failed[0].source.endswith("archive.jsonl:26")


class TestTextInMemory:
    """`article_from_text` for callers who hold a text already."""

    def test_it_gives_what_a_file_would(self, tmp_path: Path) -> None:
        """Line roles and dates must not depend on the way a text came in."""
        path = ARTICLES / "blinken-lavrov-call.txt"
        (loaded,) = load_articles([path]).articles
        made = article_from_text(path.read_text("utf-8"), article_id="blinken-lavrov-call", source=str(path))
        assert made == loaded

    def test_it_refuses_what_is_no_text(self) -> None:
        """The error is the same as for a file."""
        with pytest.raises(SourceError):
            article_from_text("  ")
        with pytest.raises(UsageProblem):
            article_from_text("Some text.", published="19 January")


def test_importing_costs_nothing_that_is_not_used() -> None:
    """`--help` must not wait for a PDF library."""
    code = (
        "import sys, summarizer.sources as s; s.load_articles;"
        "print([m for m in ('trafilatura', 'pypdf', 'lxml', 'charset_normalizer') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
