"""The words in which records are shown: numbers, bounds, hedges and who said it survive the rendering."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rendering_samples import series_with_relations, story

from summarizer.records.digest import PointRelation
from summarizer.records.examples import example_brief
from summarizer.rendering import wording
from summarizer.rendering.names import Names, names_of
from summarizer.rendering.view_brief import view_brief
from summarizer.rendering.view_digest import view_digest


@pytest.mark.parametrize(
    ("value", "written"),
    [(106000, "106,000"), (0.5, "0.5"), (4.0, "4"), (1234567.891, "1,234,567.891"), (1e-7, "0.0000001"),
     (0, "0"), (999999999999999, "999,999,999,999,999"), (10**30, "1e+30"), (1e300, "1e+300"), (2.50, "2.5")],
)  # fmt: skip
def test_a_number_keeps_all_its_digits(value: float, written: str) -> None:
    """127,000 must never become 127k or 130,000 on the way to the reader."""
    assert wording.number(value) == written


@given(st.integers(min_value=0, max_value=10**17))
def test_a_written_number_reads_back_as_the_same_number(value: int) -> None:
    """Whatever is rendered can be checked against the article."""
    assert int(wording.number(value).replace(",", "")) == value


@pytest.mark.parametrize(
    ("unit", "bound", "written"),
    [
        ("count", "at_least", "at least 1,200"),
        ("count", "about", "about 1,200"),
        ("count", "at_most", "at most 1,200"),
        ("count", "exact", "1,200"),
        ("percent", "exact", "1,200 percent"),
        ("USD", "about", "about 1,200 USD"),
        ("[mi_i]", "exact", "1,200 miles"),
        ("ratio", "exact", "factor 1,200"),
    ],
)
def test_a_value_is_never_shown_without_its_bound_and_unit(unit: str, bound: str, written: str) -> None:
    """ "More than 1,200" shown as 1,200 is another statement."""
    figure = example_brief().figures[0].model_copy(update={"bound": bound})
    assert wording.quantity(figure, unit) == written


def test_a_range_shows_both_ends() -> None:
    """A reader who sees only the lower end is misled."""
    figure = example_brief().figures[0].model_copy(update={"bound": "between", "value_high": 1500})
    assert wording.quantity(figure, "count") == "1,200 to 1,500"


def test_a_cue_is_marked_as_a_whole_word_and_only_once() -> None:
    """Marking "may" inside "mayor" would show a hedge that isn't there."""
    pieces = wording.mark_cues("The mayor may stay; he may go", ("may",))
    assert [(piece.text, piece.cue) for piece in pieces] == [
        ("The mayor ", False), ("may", True), (" stay; he may go", False),
    ]  # fmt: skip


@given(st.text(max_size=80), st.lists(st.text(max_size=8), max_size=4))
def test_marking_cues_never_changes_the_quote(quote: str, cues: list[str]) -> None:
    """What is shown between quotation marks is what the article says."""
    pieces = wording.mark_cues(quote, cues)
    flat = "".join(piece.text for piece in pieces)
    assert " ".join(flat.split()) == " ".join(wording.replace_unseen(" ".join(quote.split())).split())


def test_unseen_characters_are_replaced_in_place() -> None:
    """A right-to-left override could make "not guilty" read as something else."""
    text = "a\u202eb\x1b[31mc\x00d"
    replaced = wording.replace_unseen(text)
    assert len(replaced) == len(text)
    assert not set("\u202e\x1b\x00") & set(replaced)


def test_own_voice_and_relays_are_told_apart() -> None:
    """A single source is never written as "sources", and a relay never as the source."""
    assert wording.attribution([], None, "the article itself") == "the article itself"
    assert wording.attribution(["A"], "CNN", "", "unnamed") == "A (unnamed), via CNN"
    assert wording.attribution(["A", "B", "C"], None, "") == "A, B and C"


@pytest.mark.parametrize(
    ("iso", "shown"),
    [(None, "undated"), ("2022-01", "2022-01"), ("2022-02-10/2022-02-20", "2022-02-10 to 2022-02-20"),
     ("2014/..", "from 2014"), ("../2022", "until 2022")],
)  # fmt: skip
def test_dates_and_intervals_are_readable(iso: str | None, shown: str) -> None:
    """An undated figure must say so, not borrow a date."""
    assert wording.date(iso) == shown


def test_disputed_claims_come_first_with_both_sides() -> None:
    """What is denied is what an analyst must see before anything else."""
    first = view_digest(story()).claims[0]
    assert first.title == "Disputed"
    (row,) = first.rows
    assert [voice.who for voice in row.affirm] == ["Ana Ruiz"]
    assert [voice.who for voice in row.deny] == ["Bayline Ports"]


def test_a_claim_is_never_headed_by_its_bare_text() -> None:
    """The text of a claim bears no hedge and no denial; alone it would say what nobody said."""
    leads = {row.text: row.lead for group in view_brief(example_brief()).claims for row in group.rows}
    assert leads["Bayline Ports plans to cut jobs."] == "Denied: "
    assert leads["More than 1,200 workers will join the strike."] == "Possible: "
    assert leads["Talks will resume."] == "Not known: "
    assert leads["Dock workers in Marrow Bay will walk out on 3 March."] == ""


def test_possible_figures_stand_apart_from_facts() -> None:
    """A forecast among the facts is the worst thing a digest can do."""
    view = view_digest(story())
    assert view.figures == ()
    assert [table.status for table in view.outlook] == ["possible"]


def test_a_row_says_in_short_how_it_differs_from_earlier_ones() -> None:
    """Two numbers side by side without a reason leave the reader to guess; long quotes drown the reason."""
    (table,) = view_digest(story()).outlook
    assert table.rows[0].differences == ()
    assert table.rows[1].differs_text == "disagrees with 1/f1 (at least 1,200, Ana Ruiz): same scope and time"
    assert table.rows[1].differences[0].reasons[0].startswith("the same day and scope")
    assert [row.contested for row in table.rows] == [True, True]
    (note,) = (note for note in table.notes if note.contested)
    assert "at least 1,200 (Ana Ruiz; 1/f1) against " in note.text


def test_scopes_get_letters_only_where_they_differ() -> None:
    """Letters without a difference of scope would suggest one."""
    (same,) = view_digest(story()).outlook
    assert {row.group for row in same.rows} == {""}
    scope = PointRelation(
        a="dock-strike/f1",
        b="dock-strike-smaller/f1",
        relation="differ_in_scope",
        reason="one port, all ports",
    )
    (apart,) = view_digest(series_with_relations(scope)).outlook
    assert [row.group for row in apart.rows] == ["A", "B"]


def test_a_brief_is_shown_with_its_own_ids_and_its_refusals() -> None:
    """Ids lead to evidence, and what was refused is never hidden."""
    view = view_brief(example_brief())
    refs = {voice.ref for group in view.claims for row in group.rows for voice in row.voices}
    assert refs == {"c1", "c2", "c3", "c4"}
    assert [group.title for group in view.claims] == ["Denied", "Not known", "Uncertain", "Stated"]
    assert view.refused[0].code == "number_differs"


def _spelled(kind: str, name: str, *aliases: str) -> Names:
    actor = story().actors[0].model_copy(update={"name": name, "aliases": aliases, "kind": kind})
    return names_of(story().model_copy(update={"actors": (actor,)}))


@pytest.mark.parametrize(
    ("aliases", "text", "shown"),
    [
        (("Anthony Blinken", "Blinken"), "Anthony Blinken must prepare", "Antony Blinken must prepare"),
        (("Blinken",), "Blinken must prepare", "Blinken must prepare"),
        (("Secretary of State",), "The Secretary of State left", "The Secretary of State left"),
        (("Blinkin",), "Blinkin's visit", "Blinken's visit"),
        (("Anthony Blinken",), "MAnthony Blinkens", "MAnthony Blinkens"),
    ],
)
def test_a_person_is_spelled_in_one_way_in_our_own_words(
    aliases: tuple[str, ...], text: str, shown: str
) -> None:
    """A reader who meets Antony and Anthony Blinken in one line takes them for two."""
    assert _spelled("person", "Antony Blinken", *aliases).consistent(text) == shown


def test_names_of_groups_and_states_are_left_as_they_stand() -> None:
    """A metonym is no spelling: where we say Kremlin, the article did."""
    assert (
        _spelled("country", "Russian Federation", "Russian State").consistent("Russian State")
        == "Russian State"
    )


def test_quotes_keep_the_spelling_of_their_article() -> None:
    """What stands between quotation marks is what the article says."""
    digest = story()
    actor = digest.actors[0].model_copy(update={"name": "Hundred workers", "aliases": ("1,200 workers",)})
    (table,) = view_digest(digest.model_copy(update={"actors": (actor, *digest.actors[1:])})).outlook
    assert table.rows[0].words == "More than 1,200 workers"


def test_what_the_summary_is_about_stands_first_in_a_long_list() -> None:
    """A list that is cut after a few lines must begin with what matters."""
    digest = story()
    series = digest.figures[0]
    lone = [
        series.model_copy(
            update={
                "id": f"S{number}",
                "quantity": counted,
                "points": (series.points[0].model_copy(update={"counted": counted}),),
                "relations": (),
            }
        )
        for number, counted in ((2, "flags on the quay"), (3, "dock workers on strike"))
    ]
    topic = digest.summary[0].model_copy(update={"text": "Dock workers will strike.", "cites": ("C1",)})
    view = view_digest(digest.model_copy(update={"figures": tuple(lone), "summary": (topic,)}))
    (table,) = view.outlook
    assert table.long
    assert [row.series for row in table.rows] == ["S3", "S2"]


def test_many_figures_are_told_by_date_and_scope_in_a_few_lines() -> None:
    """Nine figures of one thing are thirty-six pairs; nobody reads thirty-six reasons."""
    digest = story()
    series = digest.figures[0]
    points = tuple(
        series.points[0].model_copy(
            update={
                "member": f"dock-strike/f{number}",
                "value": number * 100,
                "bound": "exact",
                "as_of": f"2025-03-{number:02}",
            }
        )
        for number in range(1, 10)
    )
    relations = tuple(
        PointRelation(a=a.member, b=b.member, relation="differ_in_time", reason="long words")
        for place, a in enumerate(points)
        for b in points[place + 1 :]
    )
    changed = series.model_copy(update={"points": points, "relations": relations})
    (table,) = view_digest(digest.model_copy(update={"figures": (changed,)})).outlook
    assert [note.title for note in table.notes] == ["By date"]
    assert "… 3 dates …" in table.notes[0].text
    assert table.rows[-1].differs_text == "of another time than 1/f1, 1/f2, 1/f3, 1/f4, 1/f5 and 3 more"
