"""JSON: our own record, schema.org and ninjs, alone, in arrays and by lines; a bad record costs itself."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from summarizer.records.article import Article
from summarizer.sources import LoadResult, load_articles

STORY = "The bank said on Monday it would close 40 branches. The union denied that a deal had been reached."


def load(tmp_path: Path, value: Any, name: str = "a.json") -> LoadResult:
    path = tmp_path / name
    path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    return load_articles([path])


def only(result: LoadResult) -> Article:
    assert result.failed == ()
    (article,) = result.articles
    return article


class TestOwnRecord:
    """`article/1`, and the minimal form of it."""

    def test_a_text_with_title_and_date_is_enough(self, tmp_path: Path) -> None:
        """Anybody can write this by hand."""
        article = only(load(tmp_path, {"text": STORY, "title": "Bank closes", "published": "2022-01-19"}))
        assert (article.text, article.title, article.id) == (STORY, "Bank closes", "a")
        assert (article.published.date, article.published.basis) == ("2022-01-19", "stated")

    def test_an_article_that_was_written_out_is_read_back_the_same(self, tmp_path: Path) -> None:
        """Records travel between machines."""
        first = only(load(tmp_path, {"text": STORY, "published": "2022-01-19", "outlet": "The Daily"}))
        again = only(load(tmp_path, first.to_json(), "b.json"))
        assert again.model_copy(update={"source": first.source}) == first

    def test_keys_of_a_data_set_are_passed_over_but_not_those_of_the_schema(self, tmp_path: Path) -> None:
        """A typing error in a record that claims to follow the schema would lose its date silently."""
        assert only(load(tmp_path, {"text": STORY, "score": 3, "label": "business"})).text == STORY
        result = load(tmp_path, {"schema": "article/1", "text": STORY, "publisched": "2022-01-19"})
        assert "$.publisched is no field" in result.failed[0].reason

    @pytest.mark.parametrize(
        ("record", "expected"),
        [
            ({"text": 5}, "$.text is a number, not text"),
            ({"text": STORY, "title": ["x"]}, "$.title is a list"),
            ({"text": STORY, "published": "2022-02-30"}, "$.published is no date"),
            ({"text": STORY, "published": {"date": "2022-01-01", "basis": "guessed"}}, "$.published.basis"),
            ({"text": " "}, "its text is empty"),
            ({"text": "half \ud83d of it"}, "U+D83D, a lone surrogate"),
            ({"text": "a\u0000b"}, "NUL characters"),
            ({"schema": "digest/1", "text": STORY}, "a digest/1 document, not an article"),
        ],
    )
    def test_a_wrong_value_is_named_with_its_place(
        self, tmp_path: Path, record: dict[str, Any], expected: str
    ) -> None:
        """ "invalid record" helps nobody who has ten thousand."""
        result = load(tmp_path, record)
        assert result.articles == ()
        assert expected in result.failed[0].reason

    def test_inferred_and_missing_dates_keep_their_basis(self, tmp_path: Path) -> None:
        """A guess must not come back as a statement."""
        record = {"text": STORY, "published": {"date": "2022-01-19", "basis": "inferred"}}
        assert only(load(tmp_path, record)).published.basis == "inferred"
        record = {"text": STORY, "published": {"date": None, "basis": "unknown"}}
        assert only(load(tmp_path, record)).published.basis == "unknown"

    def test_line_ends_of_a_record_are_normalised_like_a_files(self, tmp_path: Path) -> None:
        """Offsets must mean the same everywhere."""
        assert only(load(tmp_path, {"text": "One.\r\nTwo e\u0301."})).text == "One.\nTwo \u00e9."


class TestManyRecords:
    """Arrays and lines."""

    RECORDS = ({"text": STORY}, {"title": "no text"}, 5, {"text": STORY.replace("40", "50")})

    def test_a_bad_record_of_an_array_is_named_by_its_index(self, tmp_path: Path) -> None:
        """The others are news all the same."""
        result = load(tmp_path, list(self.RECORDS))
        assert [Path(article.source).name for article in result.articles] == ["a.json[0]", "a.json[3]"]
        assert [Path(failed.source).name for failed in result.failed] == ["a.json[1]", "a.json[2]"]

    def test_a_bad_line_is_named_by_its_number(self, tmp_path: Path) -> None:
        """Editors count lines from one, blank ones too."""
        lines = ["\ufeff" + json.dumps(self.RECORDS[0]), "", "{broken", json.dumps(self.RECORDS[3])]
        result = load(tmp_path, "\r\n".join(lines), "a.jsonl")
        assert [Path(article.source).name for article in result.articles] == ["a.jsonl:1", "a.jsonl:4"]
        assert [Path(failed.source).name for failed in result.failed] == ["a.jsonl:3"]

    def test_lines_in_a_file_that_says_json_are_read_as_lines(self, tmp_path: Path) -> None:
        """Many exports carry the wrong ending."""
        lines = "\n".join(json.dumps(self.RECORDS[i]) for i in (0, 3))
        assert len(load(tmp_path, lines).articles) == 2
        assert len(load_articles(["-"], stdin=io.BytesIO(lines.encode())).articles) == 2

    def test_utf16_lines_are_read(self, tmp_path: Path) -> None:
        """Exports of office programs are."""
        path = tmp_path / "a.jsonl"
        path.write_bytes("\n".join(json.dumps(self.RECORDS[i]) for i in (0, 3)).encode("utf-16"))
        assert len(load_articles([path]).articles) == 2

    def test_a_list_in_a_wrapper_is_found(self, tmp_path: Path) -> None:
        """News services answer with {"status": …, "articles": […]}."""
        record = {
            "title": "Bank",
            "content": STORY,
            "publishedAt": "2022-01-19T10:00:00Z",
            "source": {"name": "X"},
        }
        article = only(load(tmp_path, {"status": "ok", "articles": [record]}))
        assert (article.text, article.published.date, article.outlet) == (STORY, "2022-01-19", "X")


class TestSchemaOrg:
    """JSON-LD."""

    NODE = {  # noqa: RUF012
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Bank closes branches",
        "datePublished": "2022-01-19T08:00:00+02:00",
        "dateModified": "2022-03-01",
        "publisher": {"@type": "Organization", "name": "The Daily"},
        "articleBody": STORY,
        "url": "https://example.org/bank",
        "inLanguage": "en-GB",
    }

    def test_its_fields_become_the_articles(self, tmp_path: Path) -> None:
        """The date of a later correction is not the date of the news."""
        article = only(load(tmp_path, self.NODE))
        assert (article.title, article.outlet, article.url) == (
            "Bank closes branches",
            "The Daily",
            "https://example.org/bank",
        )
        assert (article.published.date, article.published.basis) == ("2022-01-19", "stated")
        assert (article.text, article.language) == (STORY, "en")

    def test_graphs_arrays_and_several_types_are_understood(self, tmp_path: Path) -> None:
        """Sites nest it in every way the standard allows."""
        node = self.NODE | {
            "@type": ["Thing", "http://schema.org/ReportageNewsArticle"],
            "publisher": {"@id": "#o"},
        }
        organisation = {"@type": "Organization", "@id": "#o", "name": "The Herald"}
        for value in ({"@graph": [organisation, node]}, [organisation, node], [[node, organisation]]):
            assert only(load(tmp_path, value)).outlet == "The Herald"

    def test_markup_in_the_body_is_taken_off(self, tmp_path: Path) -> None:
        """Quotes would hold tags otherwise."""
        body = "<p>The bank said &ldquo;no&rdquo;.</p><p>The union<br/>denied it.</p><script>x()</script>"
        article = only(load(tmp_path, self.NODE | {"articleBody": body}))
        assert article.text == "The bank said “no”.\n\nThe union\ndenied it."

    def test_other_things_and_empty_articles_are_told_apart(self, tmp_path: Path) -> None:
        """A recipe is no article; a headline without body is one that can't be read."""
        assert "no NewsArticle" in load(tmp_path, {"@type": "Recipe", "name": "Soup"}).failed[0].reason
        result = load(tmp_path, {"@type": "NewsArticle", "headline": "Bank"})
        assert "carries no text (articleBody)" in result.failed[0].reason


class TestNinjs:
    """IPTC ninjs of agencies."""

    def test_version_one(self, tmp_path: Path) -> None:
        """What most agencies send."""
        item = {
            "uri": "http://agency.example/1",
            "type": "text",
            "versioncreated": "2022-01-19T10:00:00Z",
            "headline": "Bank closes",
            "byline": "Jane Doe",
            "language": "en",
            "body_text": STORY,
            "body_xhtml": "<p>other</p>",
            "infosource": [{"name": "Agency"}],
        }
        article = only(load(tmp_path, item))
        assert (article.title, article.outlet, article.text) == ("Bank closes", "Agency", STORY)
        assert (article.published.date, article.published.basis) == ("2022-01-19", "stated")

    def test_marked_up_bodies_and_the_newer_versions(self, tmp_path: Path) -> None:
        """Paragraphs stay paragraphs."""
        one = {
            "uri": "x",
            "versioncreated": "2022-01-19",
            "body_xhtml": "<div><p>One &amp; two.</p><p>Three.</p></div>",
        }
        assert only(load(tmp_path, one)).text == "One & two.\n\nThree."
        three = {
            "uri": "x",
            "versionCreated": "2022-01-19T10:00:00+00:00",
            "headlines": [{"role": "sub", "value": "No"}, {"role": "main", "value": "Bank closes"}],
            "bodies": [
                {"contentType": "text/html", "value": "<p>No</p>"},
                {"contentType": "text/plain", "value": STORY},
            ],
        }
        article = only(load(tmp_path, three, "b.json"))
        assert (article.title, article.text, article.published.date) == ("Bank closes", STORY, "2022-01-19")

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"pubstatus": "canceled"}, "withdrawn it"),
            ({"type": "picture"}, "type 'picture'"),
            ({"body_text": ""}, "carries no text"),
        ],
    )
    def test_withdrawn_items_and_pictures_are_no_articles(
        self, tmp_path: Path, change: dict[str, str], expected: str
    ) -> None:
        """An agency kills a story because it is wrong."""
        item = {"uri": "x", "versioncreated": "2022-01-19", "body_text": STORY} | change
        assert expected in load(tmp_path, item).failed[0].reason
