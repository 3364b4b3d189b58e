"""Checks of finished documents: what the text doesn't bear out is found, whoever wrote it."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from summarizer.grounding.brief_checks import check_brief
from summarizer.grounding.brief_grounding import ground
from summarizer.grounding.digest_checks import check_digest
from summarizer.records.article import Article
from summarizer.records.brief import Brief, Evidence, FigureMention, Provenance, Sentence
from summarizer.records.digest import Digest
from summarizer.records.draft import DraftActor, DraftBrief, DraftClaim, DraftFigure, Quote
from summarizer.records.examples import OTHER_TEXT, TEXT, example_briefs, example_digest
from summarizer.records.gold import GoldBrief

EVALS = Path(__file__).parent.parent / "evals"
BRIEFS = example_briefs()
TEXTS = {"dock-strike": TEXT, "dock-strike-smaller": OTHER_TEXT}


def with_item(part: str, number: int, **fields: Any) -> Brief:
    """The example brief with fields of one item replaced."""
    brief = BRIEFS[0]
    items = list(getattr(brief, part))
    items[number] = items[number].model_copy(update=fields)
    return brief.model_copy(update={part: tuple(items)})


def span(quote: str, text: str = TEXT) -> Evidence:
    start = text.index(quote)
    return Evidence(quote=quote, start=start, end=start + len(quote))


def test_sound_briefs_have_no_problems() -> None:
    """A check that cries wolf is soon switched off."""
    assert check_brief(BRIEFS[0], TEXT) == ()
    assert check_brief(BRIEFS[1], OTHER_TEXT) == ()


NOWHERE = Evidence(quote="Dock", start=1, end=5)


@pytest.mark.parametrize(
    ("item", "fields", "path", "code"),
    [
        ("claims 0", {"id": "c2"}, "$.claims[1].id", "duplicate"),
        ("claims 0", {"evidence": (NOWHERE,)}, "$.claims[0].evidence[0]", "quote_not_found"),
        ("claims 0", {"speakers": ("a9",)}, "$.claims[0].speakers[0]", "unknown_actor"),
        ("claims 0", {"via": "a9"}, "$.claims[0].via", "unknown_actor"),
        ("claims 1", {"cues": ("might",)}, "$.claims[1].cues[0]", "cue_not_in_evidence"),
        ("claims 1", {"text": "More than 2,100 will join."}, "$.claims[1].text", "value_not_in_evidence"),
        ("claims 1", {"text": "Workers in Lagos will join."}, "$.claims[1].text", "name_not_in_evidence"),
        ("figures 0", {"value": 2100}, "$.figures[0].evidence[0]", "value_not_in_evidence"),
        ("figures 0", {"bound": "exact"}, "$.figures[0].evidence[0]", "bound_not_in_evidence"),
        ("figures 0", {"unit": "km"}, "$.figures[0].evidence[0]", "unit_not_in_evidence"),
        ("figures 0", {"source": "a9"}, "$.figures[0].source", "unknown_actor"),
        ("figures 0", {"place": "Lagos"}, "$.figures[0].place", "name_not_in_evidence"),
        ("actors 1", {"name": "Ana Maria Ruiz"}, "$.actors[1].name", "name_not_in_evidence"),
        ("actors 1", {"role": "mayor"}, "$.actors[1].role", "name_not_in_evidence"),
        ("actors 1", {"aliases": ("Anita",)}, "$.actors[1].aliases[0]", "name_not_in_evidence"),
        ("actors 1", {"evidence": (span("strike"),)}, "$.actors[1].evidence[0]", "name_not_in_evidence"),
    ],
)
def test_each_problem_of_a_brief_is_found_where_it_is(
    item: str, fields: dict[str, Any], path: str, code: str
) -> None:
    """An editor's slip of the hand is caught before anybody relies on it."""
    part, number = item.split()
    problems = check_brief(with_item(part, int(number), **fields), TEXT)
    assert (path, code) in [(problem.path, problem.code) for problem in problems]
    assert str(problems[0]).startswith("$.")


def test_a_further_span_is_checked_too() -> None:
    """Another mention of a figure is shown to readers as well."""
    other = span("3 March")
    mention = FigureMention(quote=other.quote, start=other.start, end=other.end)
    problems = check_brief(with_item("figures", 0, also=(mention,)), TEXT)
    assert [(problem.path, problem.code) for problem in problems] == [
        ("$.figures[0].also[0]", "value_not_in_evidence")
    ]


@pytest.mark.parametrize(
    ("text", "cites", "code"),
    [
        ("More than 1,300 workers may join the strike.", ("f1",), "number_not_in_cited"),
        ("Bayline Ports plans to cut jobs.", ("c3",), "hedge_lost"),
        ("Talks will resume.", ("c4",), "hedge_lost"),
        ("Ana Ruiz spoke.", ("c1",), "name_not_in_cited"),
        ("Workers strike.", ("c9",), "unknown_item"),
    ],
)
def test_each_problem_of_a_summary_is_found(text: str, cites: tuple[str, ...], code: str) -> None:
    """The summary is checked against its sources, not against the article at large."""
    brief = BRIEFS[0].model_copy(update={"summary": (Sentence(text=text, cites=cites),)})
    assert [problem.code for problem in check_brief(brief, TEXT)] == [code]


def test_a_sound_digest_has_no_problems() -> None:
    """The example that is shown in the schema keeps what it promises."""
    assert check_digest(example_digest(), BRIEFS, TEXTS) == ()


def digest_with(**parts: Any) -> Digest:
    return example_digest().model_copy(update=parts)


def found(digest: Digest) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in check_digest(digest, BRIEFS, TEXTS)]


def test_members_must_come_from_the_briefs_each_once() -> None:
    """An actor or figure that is lost, doubled or invented would skew who says what."""
    actors = example_digest().actors
    assert found(digest_with(actors=actors[:2])) == [("$.actors", "unknown_item")]
    doubled = actors[0].model_copy(update={"members": ("dock-strike/a2", "dock-strike/a3")})
    assert ("$.actors[1]", "duplicate") in found(digest_with(actors=(doubled, *actors[1:])))
    invented = actors[0].model_copy(update={"members": ("dock-strike/a2", "elsewhere/a1")})
    assert ("$.actors[0]", "unknown_item") in found(digest_with(actors=(invented, *actors[1:])))


@pytest.mark.parametrize(
    ("fields", "path", "code"),
    [
        ({"value": 950}, "$.figures[0].points[1].value", "invalid"),
        ({"bound": "exact"}, "$.figures[0].points[1].bound", "invalid"),
        ({"source": "A9"}, "$.figures[0].points[1]", "unknown_item"),
        ({"status": "actual"}, "$.figures[0]", "invalid"),
        ({"evidence": (span("About 900", OTHER_TEXT),)}, "$.figures[0].points[1].evidence", "invalid"),
    ],
)
def test_a_point_must_be_its_figure(fields: dict[str, Any], path: str, code: str) -> None:
    """Merging may compare numbers, never change them."""
    series = example_digest().figures[0]
    point = series.points[1].model_copy(update=fields)
    changed = series.model_copy(update={"points": (series.points[0], point)})
    assert (path, code) in found(digest_with(figures=(changed,)))


def test_a_state_follows_from_the_voices() -> None:
    """ "Corroborated" must mean two independent origins, "disputed" both sides."""
    first, *rest = example_digest().claims
    for state in ("corroborated", "disputed"):
        changed = first.model_copy(update={"state": state})
        assert ("$.claims[0].state", "invalid") in found(digest_with(claims=(changed, *rest)))


@pytest.mark.parametrize(
    ("text", "cites", "code"),
    [
        ("Between 900 and 1,200 workers may join the strike.", ("S1",), None),
        ("Two sources differ: more than 1,200 workers or about 900.", ("S1",), None),
        ("Ana Ruiz said more than 1,200 workers may join.", ("C1",), None),
        ("Workers may join on 3 March.", ("T1",), None),
        ("It is unclear whether talks will resume.", ("Q1",), None),
        ("Some 1,000 workers may join the strike.", ("S1",), "number_not_in_cited"),
        ("Exactly 900 workers may join the strike.", ("S1",), "bound_differs"),
        ("More than 1,200 workers will join the strike.", ("C1",), "hedge_lost"),
        ("Bayline Ports plans to cut jobs.", ("C2",), "hedge_lost"),
        ("Bayline Ports said workers may join.", ("C1",), "name_not_in_cited"),
        ("Workers may join.", ("C9",), "unknown_item"),
    ],
)
def test_a_digest_sentence_says_no_more_than_it_cites(
    text: str, cites: tuple[str, ...], code: str | None
) -> None:
    """Across articles a summary is still bound to its sources."""
    digest = digest_with(summary=(Sentence(text=text, cites=cites),))
    assert [problem.code for problem in check_digest(digest, BRIEFS, TEXTS)] == ([code] if code else [])


GOLD = sorted(path for path in EVALS.glob("gold/*.json") if path.stem != "digest")


@pytest.mark.parametrize("path", GOLD, ids=[path.stem for path in GOLD])
def test_what_people_labelled_passes_the_gate(path: Path) -> None:
    """The gate refuses inventions, not what careful readers find (at most one item in fifty)."""
    gold = GoldBrief.from_json(path.read_bytes(), path.name)
    raw = (EVALS / "articles" / f"{path.stem}.txt").read_text(encoding="utf-8-sig")
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n"))
    article = Article(**dict(gold.article), source=path.name, text=text)
    brief = ground(
        article, _as_draft(gold), Provenance(engine="model", version="0", document_schema="brief/1")
    )
    labelled = len(gold.actors) + len(gold.figures) + len(gold.claims)
    assert len(brief.actors) + len(brief.figures) + len(brief.claims) >= 0.98 * labelled, brief.rejected
    assert check_brief(brief, text) == ()


def _as_draft(gold: GoldBrief) -> DraftBrief:
    def quotes(spans: tuple[Evidence, ...]) -> tuple[Quote, ...]:
        return tuple(
            Quote(
                quote=one.quote, start=one.start, bound=one.bound if isinstance(one, FigureMention) else None
            )
            for one in spans
        )

    def common(item: Any, *fields: str) -> dict[str, Any]:
        return {**{field: getattr(item, field) for field in fields}, "evidence": quotes(item.evidence)}

    return DraftBrief(
        actors=tuple(
            DraftActor(**common(actor, "id", "name", "kind", "role", "aliases")) for actor in gold.actors
        ),
        figures=tuple(
            DraftFigure(
                **common(
                    figure,
                    "id",
                    "value",
                    "value_high",
                    "unit",
                    "counted",
                    "bound",
                    "status",
                    "as_of",
                    "place",
                    "source",
                    "via",
                ),
                also=quotes(figure.also),
            )
            for figure in gold.figures
        ),
        claims=tuple(
            DraftClaim(
                **common(
                    claim,
                    "id",
                    "text",
                    "speakers",
                    "via",
                    "sourcing",
                    "polarity",
                    "certainty",
                    "cues",
                    "when",
                )
            )
            for claim in gold.claims
        ),
    )
