"""Claims and figures for other programs: JSON-LD, CSV, Parquet."""

from __future__ import annotations

import csv
import io
import json
from importlib.util import find_spec
from pathlib import Path

import pytest
from command import ARTICLES, summarizer
from rendering_samples import HOSTILE, articles, story, with_words

from summarizer.errors import MissingExtra
from summarizer.rendering.export_jsonld import render_jsonld
from summarizer.rendering.export_tables import as_csv, as_parquet, tables_of


def test_every_voice_and_every_point_is_a_row_with_its_quote() -> None:
    """A data frame that folds rows has already decided something."""
    digest = story()
    claims, figures = tables_of(digest)
    assert len(claims.rows) == sum(len(cluster.voices) for cluster in digest.claims)
    assert len(figures.rows) == sum(len(series.points) for series in digest.figures)
    texts = {article.id: article.text for article in articles().values()}
    for table in (claims, figures):
        for row in csv.DictReader(io.StringIO(as_csv(table))):
            assert texts[row["article"]][int(row["start"]) : int(row["end"])] == row["quote"]


def test_numbers_bounds_and_denials_stay_what_they_are() -> None:
    """ "More than 1,200" must not become 1200 on its way to a spreadsheet."""
    claims, figures = (list(csv.DictReader(io.StringIO(as_csv(table)))) for table in tables_of(story()))
    first = figures[0]
    assert (first["value"], first["bound"], first["status"]) == ("1200", "at_least", "possible")
    assert first["disagrees_with"] == "dock-strike-smaller/f1"
    assert {row["polarity"] for row in claims if row["claim"] == "C2"} == {"affirmed", "denied"}


@pytest.mark.parametrize(
    "word", [*HOSTILE, '=HYPERLINK("https://evil.example")', "+1", "-1+1", "@SUM(1)", 'a"b,c\nd']
)
def test_csv_keeps_its_shape_and_starts_no_formula(word: str) -> None:
    """A cell from a hostile page must not run in a spreadsheet."""
    for table in tables_of(with_words(word)):
        rows = list(csv.reader(io.StringIO(as_csv(table), newline="")))
        assert len(rows) == len(table.rows) + 1
        assert {len(row) for row in rows} == {len(table.columns)}
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_a_denial_is_no_appearance_of_the_claim() -> None:
    """A search engine must not show the company as the author of what it denies."""
    graph = json.loads(render_jsonld(story(), tuple(articles().values())))["@graph"]
    nodes = {node["@id"]: node for node in graph}
    claim, denial = nodes["urn:summarizer:item:C2"], nodes["urn:summarizer:item:C2-denial"]
    assert denial["about"] == {"@id": claim["@id"]}
    assert claim["author"] != denial["author"]
    quotes = {quote["@id"] for quote in claim["appearance"]}
    assert not quotes & {quote["@id"] for quote in denial["appearance"]}
    assert claim["firstAppearance"]["@id"] in quotes | {None}


def test_nothing_is_reviewed_and_every_reference_leads_somewhere() -> None:
    """Nobody here has checked whether a claim is true."""
    written = render_jsonld(story(), tuple(articles().values()))
    assert "ClaimReview" not in written
    document = json.loads(written)
    known = {node["@id"] for node in document["@graph"]}
    for node in document["@graph"]:
        known |= {quote["@id"] for quote in node.get("appearance", ())}

    def references(node: object) -> list[str]:
        if isinstance(node, list):
            return [found for one in node for found in references(one)]
        if not isinstance(node, dict):
            return []
        if set(node) == {"@id"}:
            return [node["@id"]]
        return [found for value in node.values() for found in references(value)]

    assert set(references(document["@graph"])) <= known


@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_words_make_no_address_in_jsonld(word: str) -> None:
    """A link of a script in the data is a link of a script on somebody's page."""
    document = json.loads(render_jsonld(with_words(word)))
    for node in document["@graph"]:
        assert node["@id"].startswith("urn:summarizer:")
        assert not str(node.get("url", "https://")).lower().startswith(("javascript", "data"))


def test_the_command_writes_two_tables_and_says_where(tmp_path: Path) -> None:
    """`pandas.read_csv` reads one table a file."""
    done = summarizer(
        "digest", ARTICLES, "-o", tmp_path / "today.csv", "-o", tmp_path / "today.jsonld", home=tmp_path
    )
    assert done.code == 0
    assert sorted(path.name for path in tmp_path.glob("today*")) == [
        "today-claims.csv",
        "today-figures.csv",
        "today.jsonld",
    ]
    assert "today-claims.csv" in done.err
    refused = summarizer("digest", ARTICLES, "--format", "csv", home=tmp_path)
    assert refused.code == 2
    assert "-o today.csv" in refused.err


def test_parquet_holds_what_csv_holds_or_says_what_is_missing(tmp_path: Path) -> None:
    """An optional package that isn't there is named with the way to get it."""
    claims, _ = tables_of(story())
    if find_spec("pyarrow") is None:
        with pytest.raises(MissingExtra, match=r"summarizer\[parquet\]"):
            as_parquet(claims)
        assert summarizer("digest", ARTICLES, "-o", tmp_path / "x.parquet", home=tmp_path).code == 2
        return
    from pyarrow import parquet

    table = parquet.read_table(io.BytesIO(as_parquet(claims)))
    assert table.column_names == list(claims.columns)
    assert table.num_rows == len(claims.rows)
    assert table.column("start").type == "int64"
