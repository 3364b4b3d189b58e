"""The gate: a draft becomes a brief only as far as the article bears it out; the rest is refused by name."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import SENTENCES, article_of, articles

from summarizer.grounding.brief_checks import check_brief
from summarizer.grounding.brief_grounding import ground
from summarizer.records.brief import Brief, Provenance, Rejected
from summarizer.records.draft import DraftBrief

TEXT = (
    "Russia has already deployed 127,000 soldiers on the border, the Ukrainian Defense Ministry said today.\n"
    "“Together with the air component, the total number of soldiers is more than 127 thousand soldiers”, "
    "said the Defense of Ukraine.\n"
    "U.S. officials warned that Moscow could attack within 30 days. The Kremlin denies it plans to attack.\n"
    "Secretary of State Antony Blinken said it was unclear whether Putin had decided. "
    "Reconnaissance flights tripled, and between 4% and 6% of them were long."
)
PROVENANCE = Provenance(engine="model", version="0", document_schema="brief/1")


def draft(**changes: Any) -> dict[str, Any]:
    """A draft that the text bears out entirely; `changes` replace whole parts."""
    sound = {
        "actors": [
            {"id": "x1", "name": "Ukrainian Defense Ministry", "kind": "organization",
             "aliases": ["the Defense of Ukraine"], "evidence": [{"quote": "Ukrainian Defense Ministry"}]},
            {"id": "x2", "name": "Russia", "kind": "country", "aliases": ["Moscow", "The Kremlin"],
             "evidence": [{"quote": "Russia"}]},
            {"id": "x3", "name": "U.S. officials", "kind": "group",
             "evidence": [{"quote": "U.S. officials"}]},
            {"id": "x4", "name": "Antony Blinken", "kind": "person", "role": "Secretary of State",
             "aliases": [], "evidence": [{"quote": "Antony Blinken"}]},
        ],
        "figures": [
            {"id": "y1", "evidence": [{"quote": "more than 127 thousand soldiers"}],
             "also": [{"quote": "127,000 soldiers", "bound": "exact"}], "value": 127000, "unit": "count",
             "counted": "Russian soldiers on the border", "bound": "at_least", "status": "actual",
             "source": "x1"},
        ],
        "claims": [
            {"id": "z1", "text": "Russia will attack.", "speakers": ["x3"], "sourcing": "unnamed",
             "polarity": "affirmed", "certainty": "possible", "cues": ["could"],
             "evidence": [{"quote": "U.S. officials warned that Moscow could attack within 30 days."}]},
            {"id": "z2", "text": "Russia plans to attack.", "speakers": ["x2"], "sourcing": "named",
             "polarity": "denied", "certainty": "certain", "cues": ["denies"],
             "evidence": [{"quote": "The Kremlin denies it plans to attack."}]},
            {"id": "z3", "text": "Putin has decided.", "speakers": ["x4"], "sourcing": "named",
             "polarity": "affirmed", "certainty": "unknown", "cues": ["unclear whether"],
             "evidence": [{"quote": "Antony Blinken said it was unclear whether Putin had decided."}]},
        ],
        "summary": [
            {"text": "Russia has more than 127,000 soldiers on the border, according to the Ukrainian "
             "Defense Ministry.", "cites": ["y1"]},
            {"text": "Russia denies it plans to attack; U.S. officials warned that it could.",
             "cites": ["z2", "z1"]},
        ],
    }  # fmt: skip
    return {**json.loads(json.dumps(sound)), **changes}


def grounded(content: dict[str, Any], text: str = TEXT) -> Brief:
    brief = ground(article_of(text), DraftBrief.model_validate_json(json.dumps(content)), PROVENANCE)
    assert check_brief(brief, text) == ()
    return brief


def refused(content: dict[str, Any], text: str = TEXT) -> Rejected:
    """The one refusal that a draft meets."""
    brief = grounded(content, text)
    assert len(brief.rejected) == 1, brief.rejected
    return brief.rejected[0]


def changed(part: str, number: int, **fields: Any) -> dict[str, Any]:
    """The sound draft with fields of one item replaced, without the summary that would fall with it."""
    content = draft(summary=[])
    content[part][number].update(fields)
    return content


def test_a_sound_draft_comes_through_whole() -> None:
    """What the article says must not be lost at the gate."""
    brief = grounded(draft())
    assert brief.rejected == ()
    assert [actor.name for actor in brief.actors] == [
        "Russia", "Ukrainian Defense Ministry", "U.S. officials", "Antony Blinken",
    ]  # fmt: skip
    assert [item.id for item in (*brief.actors, *brief.figures, *brief.claims)] == [
        "a1", "a2", "a3", "a4", "f1", "c1", "c2", "c3",
    ]  # fmt: skip
    assert brief.figures[0].source == "a2"
    assert brief.figures[0].also[0].bound == "exact"
    assert [claim.speakers for claim in brief.claims] == [("a3",), ("a1",), ("a4",)]
    assert [sentence.cites for sentence in brief.summary] == [("f1",), ("c2", "c1")]
    assert brief.claims[1].evidence[0].quote == "The Kremlin denies it plans to attack."


def test_ids_come_from_the_text_not_from_the_draft() -> None:
    """The same content gives the same brief, so two runs can be compared line by line."""
    content = draft()
    for part in ("actors", "figures", "claims"):
        content[part].reverse()
    assert grounded(content) == grounded(draft())


def test_what_is_stored_is_what_stands_in_the_text() -> None:
    """A reader who looks the quote up must find it letter by letter."""
    content = changed("figures", 0, evidence=[{"quote": '"more than 127 thousand soldiers"'}])
    assert grounded(content).figures[0].evidence[0].quote == "more than 127 thousand soldiers"


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"value": 12700}, "value", "value_not_in_evidence"),
        ({"value": 127000, "value_high": 130000, "bound": "between"}, "value", "value_not_in_evidence"),
        ({"bound": "about"}, "bound", "bound_not_in_evidence"),
        ({"bound": "exact"}, "bound", "bound_not_in_evidence"),
        (
            {"bound": "exact", "evidence": [{"quote": "127 thousand soldiers"}]},
            "bound",
            "bound_not_in_evidence",
        ),
        ({"unit": "USD"}, "unit", "unit_not_in_evidence"),
        ({"unit": "percent"}, "unit", "unit_not_in_evidence"),
        ({"evidence": [{"quote": "about 127 thousand soldiers"}]}, "evidence", "bound_differs"),
        ({"evidence": [{"quote": "more than 172 thousand soldiers"}]}, "evidence", "number_differs"),
        ({"evidence": []}, "evidence", "quote_blank"),
        ({"evidence": [{"quote": "the air component"}]}, "value", "value_not_in_evidence"),
        ({"source": "x9"}, "source", "unknown_actor"),
        ({"via": "x9"}, "via", "unknown_actor"),
        ({"counted": "Belgian soldiers"}, "counted", "name_not_in_evidence"),
        ({"bound": "between"}, "bound", "bound_not_in_evidence"),
    ],
)
def test_a_figure_must_be_what_its_span_says(fields: dict[str, Any], field: str, code: str) -> None:
    """A number, bound or unit that slipped is the worst error of a news summary."""
    rejected = refused(changed("figures", 0, **fields))
    assert (rejected.part, rejected.draft_id, rejected.field, rejected.code) == ("figure", "y1", field, code)


@pytest.mark.parametrize(
    ("quote", "fields"),
    [
        ("Reconnaissance flights tripled", {"value": 3, "unit": "ratio", "bound": "exact"}),
        ("between 4% and 6%", {"value": 4, "value_high": 6, "unit": "percent", "bound": "between"}),
        ("within 30 days", {"value": 30, "unit": "d", "bound": "at_most"}),
        ("127,000 soldiers", {"value": 127000, "unit": "count", "bound": "exact"}),
    ],
)
def test_ratios_ranges_and_durations_are_read_again(quote: str, fields: dict[str, Any]) -> None:
    """The check must know what the article's words mean, not only compare digits."""
    content = changed("figures", 0, evidence=[{"quote": quote}], also=[], **fields)
    assert len(grounded(content).figures) == 1


def test_a_bound_beside_the_quote_is_taken_in() -> None:
    """A quote that was cut too short is widened by the article's own words, never by ours."""
    content = changed("figures", 0, evidence=[{"quote": "127 thousand soldiers"}])
    assert grounded(content).figures[0].evidence[0].quote == "more than 127 thousand soldiers"


def test_a_sentence_as_evidence_is_cut_to_the_quantity() -> None:
    """Evidence is the shortest span; a whole sentence would show several numbers."""
    content = changed("figures", 0, evidence=[{"quote": TEXT.split("\n")[1]}])
    assert grounded(content).figures[0].evidence[0].quote == "more than 127 thousand soldiers"


def test_a_further_span_of_another_number_is_dropped_alone() -> None:
    """One wrong span doesn't cost the figure."""
    content = changed("figures", 0, also=[{"quote": "within 30 days"}, {"quote": "127,000 soldiers"}])
    brief = grounded(content)
    assert [mention.quote for mention in brief.figures[0].also] == ["127,000 soldiers"]
    assert brief.figures[0].also[0].bound == "exact"
    assert [(r.field, r.code) for r in brief.rejected] == [("also", "value_not_in_evidence")]


def test_dates_and_places_that_do_not_hold_are_dropped_alone() -> None:
    """ "Next week" is no date for a timeline, and a place from elsewhere is no place."""
    brief = grounded(changed("figures", 0, as_of="today", place="Norland"))
    assert (brief.figures[0].as_of, brief.figures[0].place) == (None, None)
    assert {(r.field, r.code) for r in brief.rejected} == {
        ("as_of", "invalid"),
        ("place", "name_not_in_evidence"),
    }


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"evidence": [{"quote": "Moscow will attack within 30 days"}]}, "evidence", "modal_differs"),
        ({"evidence": [{"quote": "Minsk could attack within 30 days"}]}, "evidence", "name_differs"),
        ({"evidence": [{"quote": "Moscow could not attack within 30 days"}]}, "evidence", "negation_differs"),
        ({"evidence": []}, "evidence", "quote_blank"),
        ({"speakers": ["x7"]}, "speakers", "unknown_actor"),
        ({"via": "x7"}, "via", "unknown_actor"),
        ({"cues": ["might"]}, "cues", "cue_not_in_evidence"),
        ({"text": "Belarus will attack."}, "text", "name_not_in_evidence"),
        ({"text": "Russia will attack within 60 days."}, "text", "value_not_in_evidence"),
        ({"text": "Russia will attack within 30 miles."}, "text", "unit_not_in_evidence"),
        ({"text": "Russia will attack after more than 30 days."}, "text", "bound_not_in_evidence"),
        ({"sourcing": "article"}, "item", "invalid"),
        ({"speakers": []}, "item", "invalid"),
    ],
)
def test_a_claim_must_be_borne_out(fields: dict[str, Any], field: str, code: str) -> None:
    """Another hedge, name or number makes another claim."""
    rejected = refused(changed("claims", 0, **fields))
    assert (rejected.part, rejected.draft_id, rejected.field, rejected.code) == ("claim", "z1", field, code)


def test_a_refusal_shows_the_nearest_passage() -> None:
    """Whoever asks again, model or person, sees what the article really says."""
    rejected = refused(changed("claims", 0, evidence=[{"quote": "Moscow will attack within 30 days"}]))
    assert rejected.quote == "Moscow will attack within 30 days"
    assert rejected.nearest == "Moscow could attack within 30 days"


def test_a_claim_may_draw_on_the_sentences_before() -> None:
    """ "Broussard disputed that" names no number; the sentence before does."""
    text = "Pruitt said the firm offered $5 million. Broussard disputed that.\nA year later 9 people met."
    content = draft(actors=[
        {"id": "x1", "name": "Broussard", "kind": "person", "evidence": [{"quote": "Broussard"}]}
    ], figures=[], summary=[], claims=[
        {"id": "z1", "text": "The firm offered $5 million.", "speakers": ["x1"], "sourcing": "named",
         "polarity": "denied", "certainty": "certain", "cues": ["disputed"],
         "evidence": [{"quote": "Broussard disputed that"}]},
        {"id": "z2", "text": "The firm offered 9 people money.", "speakers": ["x1"], "sourcing": "named",
         "polarity": "denied", "certainty": "certain", "cues": ["disputed"],
         "evidence": [{"quote": "Broussard disputed that"}]},
    ])  # fmt: skip
    brief = grounded(content, text)
    assert [claim.text for claim in brief.claims] == ["The firm offered $5 million."]
    assert [r.code for r in brief.rejected] == ["value_not_in_evidence"]


def test_an_invented_cue_beside_a_real_one_is_dropped_alone() -> None:
    """The hedge is still borne out by the other word."""
    brief = grounded(changed("claims", 0, cues=["Could", "perhaps"]))
    assert brief.claims[0].cues == ("could",)
    assert [r.code for r in brief.rejected] == ["cue_not_in_evidence"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": "Anthony Blinken"}, "name_not_in_evidence"),
        ({"name": "Vladimir Blinken"}, "name_not_in_evidence"),
        ({"name": "Antony Moscow"}, "name_not_in_evidence"),
        ({"evidence": [{"quote": "Anthony Blinken"}]}, "name_differs"),
        ({"evidence": []}, "quote_blank"),
    ],
)
def test_an_actor_must_be_named_in_the_article(fields: dict[str, Any], code: str) -> None:
    """A misspelt or mixed-up name is another person; what rests on it falls with it, and says so."""
    brief = grounded(changed("actors", 3, **fields))
    assert "Antony Blinken" not in [actor.name for actor in brief.actors]
    assert [(r.part, r.code) for r in brief.rejected] == [("actor", code), ("claim", "unknown_actor")]
    assert "x4 was refused" in brief.rejected[1].reason


def test_countries_may_carry_their_usual_name() -> None:
    """The article writes "U.S." and "Moscow"; the actors are the United States and Russia."""
    text = "Moscow told U.S. diplomats to leave."
    content = draft(actors=[
        {"id": "x1", "name": "Russia", "kind": "country", "evidence": [{"quote": "Moscow"}]},
        {"id": "x2", "name": "United States", "kind": "country", "evidence": [{"quote": "U.S."}]},
        {"id": "x3", "name": "Germany", "kind": "country", "evidence": [{"quote": "U.S."}]},
    ], figures=[], claims=[], summary=[])  # fmt: skip
    brief = grounded(content, text)
    assert [actor.name for actor in brief.actors] == ["Russia", "United States"]
    assert [r.draft_id for r in brief.rejected] == ["x3"]


def test_the_mention_that_gives_the_name_comes_first() -> None:
    """A link from a name must lead to the name, not to "the Kremlin"."""
    brief = grounded(changed("actors", 1, evidence=[{"quote": "The Kremlin"}, {"quote": "Russia"}]))
    russia = next(actor for actor in brief.actors if actor.name == "Russia")
    assert [mention.quote for mention in russia.evidence] == ["The Kremlin", "Russia"]  # a form of its name
    brief = grounded(changed("actors", 3, evidence=[{"quote": "Secretary of State"}]))
    blinken = next(actor for actor in brief.actors if actor.name == "Antony Blinken")
    assert blinken.evidence[0].quote == "Antony Blinken"


def test_a_role_may_name_its_organization() -> None:
    """ "Sentrix's head of research, Ana Ruiz" is the head of research of Sentrix; not its chair."""
    text = "Sentrix's head of research, Ana Ruiz, met the chair of Baltvolt.\nBaltvolt has a head of sales."
    for role, kept in (
        ("head of research", True),
        ("head of research of Sentrix", True),
        ("head of sales of Sentrix", False),
        ("chief of research", False),
    ):
        actor = {"id": "x1", "name": "Ana Ruiz", "kind": "person", "role": role,
                 "evidence": [{"quote": "Ana Ruiz"}]}  # fmt: skip
        brief = grounded(draft(actors=[actor], figures=[], claims=[], summary=[]), text)
        assert (brief.actors[0].role == role) == kept, role


def test_a_claim_may_leave_out_about_and_nothing_else() -> None:
    """Claims carry no hedge words; "more than" is no hedge, and the figure keeps every bound."""
    text = "The ban concerns some 3,400 people. It closed more than 20 wells."
    for claim, kept in (
        ("The ban concerns 3,400 people.", True),
        ("The ban concerns some 3,400 people.", True),
        ("The ban concerns up to 3,400 people.", False),
        ("The ban closed 20 wells.", False),
        ("The ban closed more than 20 wells.", True),
    ):
        item = {"id": "z1", "text": claim, "speakers": [], "sourcing": "article", "polarity": "affirmed",
                "certainty": "certain", "evidence": [{"quote": text}]}  # fmt: skip
        brief = grounded(draft(actors=[], figures=[], claims=[item], summary=[]), text)
        assert bool(brief.claims) == kept, claim


@pytest.mark.parametrize(
    ("text", "quote", "fields"),
    [
        ("It spilled 28 tons of oil.", "28 tons", {"value": 28, "unit": "t"}),
        ("It cost 350 million crowns.", "350 million crowns", {"value": 350_000_000, "unit": "SEK"}),
        ("It rose to 41 degrees.", "41 degrees", {"value": 41, "unit": "Cel"}),
        ("Levels were eighty times the limit.", "eighty times", {"value": 80, "unit": "ratio"}),
        ("Profit fell to $1.4 billion from 1.7 billion.", "1.7 billion", {"value": 1.7e9, "unit": "USD"}),
    ],
)
def test_a_word_of_several_units_fits_each(text: str, quote: str, fields: dict[str, Any]) -> None:
    """ "Tons", "crowns" and "degrees" leave open which; the article can't contradict either reading."""
    figure = {"id": "y1", "counted": "amount", "bound": "exact", "status": "actual",
              "evidence": [{"quote": quote}], **fields}  # fmt: skip
    brief = grounded(draft(actors=[], figures=[figure], claims=[], summary=[]), text)
    assert len(brief.figures) == 1, brief.rejected


def test_roles_and_aliases_that_are_not_there_are_dropped_alone() -> None:
    """A title from general knowledge is not the article's."""
    brief = grounded(
        changed("actors", 3, role="Secretary of Defense", aliases=["Tony", "Secretary of State"])
    )
    blinken = next(actor for actor in brief.actors if actor.name == "Antony Blinken")
    assert blinken.role is None
    assert blinken.aliases == ("Secretary of State",)
    assert [(r.field, r.quote) for r in brief.rejected] == [
        ("aliases", "Tony"),
        ("role", "Secretary of Defense"),
    ] or [(r.field, r.quote) for r in brief.rejected] == [
        ("role", "Secretary of Defense"),
        ("aliases", "Tony"),
    ]


def test_repeated_items_are_counted_once() -> None:
    """A model that repeats itself must not double the evidence."""
    content = draft(summary=[])
    for part in ("actors", "figures", "claims"):
        again = json.loads(json.dumps(content[part][0]))
        again["id"] += "again"
        content[part].append(again)
    content["claims"][1]["speakers"] = ["x2"]
    content["figures"][0]["source"] = "x1again"
    brief = grounded(content)
    assert [len(part) for part in (brief.actors, brief.figures, brief.claims)] == [4, 1, 3]
    assert [(r.part, r.code) for r in brief.rejected] == [
        ("actor", "duplicate"), ("figure", "duplicate"), ("claim", "duplicate"),
    ]  # fmt: skip
    assert brief.figures[0].source == "a2"


def test_a_short_quote_that_stands_twice_needs_a_hint() -> None:
    """ "12 people" of two different events must not be mixed up."""
    text = "On Monday 12 people died. On Tuesday 12 people were hurt."
    figure = {"id": "y1", "value": 12, "unit": "count", "counted": "people hurt", "bound": "exact",
              "status": "actual", "evidence": [{"quote": "12 people"}]}  # fmt: skip
    content = draft(actors=[], claims=[], summary=[], figures=[figure])
    assert refused(content, text).code == "quote_ambiguous"
    figure["evidence"] = [{"quote": "12 people", "sentence": 2}]
    assert grounded(content, text).figures[0].evidence[0].start == text.rindex("12 people")


@pytest.mark.parametrize(
    ("text", "cites", "code"),
    [
        ("Russia has 127,000 soldiers on the border.", ["y1"], "bound_differs"),
        ("Russia has about 127,000 soldiers on the border.", ["y1"], "bound_differs"),
        ("Russia has more than 217,000 soldiers on the border.", ["y1"], "number_not_in_cited"),
        ("Belarus has more than 127,000 soldiers on the border.", ["y1"], "name_not_in_cited"),
        ("Russia will attack, U.S. officials warned.", ["z1"], "hedge_lost"),
        ("Russia will probably attack, U.S. officials warned.", ["z1"], "hedge_lost"),
        ("Russia plans to attack, the Kremlin said.", ["z2"], "hedge_lost"),
        ("Putin has decided, Antony Blinken said.", ["z3"], "hedge_lost"),
        ("Putin may have decided, Antony Blinken said.", ["z3"], "hedge_lost"),
        ("Russia could attack, Antony Blinken said.", ["z1"], "name_not_in_cited"),
        ("Russia could attack.", ["z9"], "unknown_item"),
    ],
)
def test_a_summary_sentence_may_not_outrun_its_sources(text: str, cites: list[str], code: str) -> None:
    """The summary is what most people read: no number, name or certainty of its own."""
    content = draft(summary=[{"text": text, "cites": cites}])
    content["figures"][0]["also"] = []
    rejected = refused(content)
    assert (rejected.part, rejected.code) == ("summary", code)


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        ("Over 127,000 soldiers are on the border, the Ukrainian Defense Ministry said.", ["y1"]),
        ("Russia might attack, U.S. officials warned.", ["z1"]),
        ("It is not known whether Putin has decided, Antony Blinken said.", ["z3"]),
        ("Russia rejected the charge that it plans to attack.", ["z2"]),
        ("The Kremlin denies it plans to attack.", ["z2"]),
    ],
)
def test_a_summary_sentence_may_use_its_own_words(text: str, cites: list[str]) -> None:
    """The gate checks what is said, not how."""
    assert len(grounded(draft(summary=[{"text": text, "cites": cites}])).summary) == 1


def test_a_sentence_falls_with_what_it_cites() -> None:
    """No sentence without its source."""
    content = draft()
    content["claims"][1]["evidence"] = [{"quote": "The Kremlin admits it plans to attack."}]
    brief = grounded(content)
    assert [sentence.cites for sentence in brief.summary] == [("f1",)]
    assert [(r.part, r.code) for r in brief.rejected][-1] == ("summary", "unknown_item")


def test_a_draft_of_inventions_gives_an_empty_brief() -> None:
    """The worst answer of a model is a brief that says nothing, never a crash."""
    brief = grounded(draft(), text="A cat sat on a mat.")
    assert (brief.actors, brief.figures, brief.claims, brief.summary) == ((), (), (), ())
    assert len(brief.rejected) == 10


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(value: float) -> None:
    """A model's arithmetic may overflow; the gate must stand."""
    content = DraftBrief.model_validate_json(json.dumps(draft()))
    figure = content.figures[0].model_copy(update={"value": value})
    brief = ground(article_of(TEXT), content.model_copy(update={"figures": (figure,)}), PROVENANCE)
    assert brief.figures == ()
    assert brief.rejected[0].code == "value_not_in_evidence"


WORDS = st.sampled_from(
    ["Russia", "could", "will", "not", "127,000", "more than", "Moscow", "Belarus", "30", "60", "days",
     "percent", "said", "unclear", "the", "Blinken", "denies", "“", "…", "\u00ad", "🙂", "\n", ""]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_mutation_of_a_draft_yields_an_unfounded_brief(data: st.DataObject) -> None:
    """Whatever an engine gets wrong, every item is the text's, and the brief passes its own check."""
    content = draft()
    for _ in range(data.draw(st.integers(1, 5))):
        part = data.draw(st.sampled_from(["actors", "figures", "claims", "summary"]))
        if not content[part]:
            continue
        item = data.draw(st.sampled_from(content[part]))
        field = data.draw(st.sampled_from(sorted(item)))
        item[field] = data.draw(_mutations(field, item[field]))
    text = data.draw(
        st.sampled_from([TEXT, TEXT.replace("could", "will"), TEXT.replace("127", "128"), TEXT[60:]])
    )
    brief = grounded(content, text)
    for item in (*brief.actors, *brief.figures, *brief.claims):
        for span in item.evidence:
            assert text[span.start : span.end] == span.quote


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_no_article_breaks_the_gate(data: st.DataObject) -> None:
    """A draft for one article, grounded in another one with awkward typography."""
    text = data.draw(articles())
    quotes = st.sampled_from([*SENTENCES, *(word for sentence in SENTENCES for word in sentence.split())])
    content = draft()
    for part in ("actors", "figures", "claims"):
        for item in content[part]:
            item["evidence"] = [{"quote": data.draw(quotes)}]
    grounded(content, text)


def _mutations(field: str, value: Any) -> st.SearchStrategy[Any]:
    """Values of the same JSON type as `value`, near to it and far from it."""
    if field in ("kind", "bound", "status", "sourcing", "polarity", "certainty"):
        return st.sampled_from({
            "kind": ["person", "organization", "country", "group"],
            "bound": ["exact", "about", "at_least", "at_most", "between"],
            "status": ["actual", "planned", "possible"],
            "sourcing": ["named", "unnamed", "document", "article"],
            "polarity": ["affirmed", "denied"],
            "certainty": ["certain", "probable", "possible", "unknown"],
        }[field])  # fmt: skip
    if isinstance(value, (int, float)):
        return st.one_of(st.integers(-5, 200_000), st.floats(allow_nan=False, allow_infinity=False))
    if field in ("evidence", "also"):
        quotes = [quote["quote"] for quote in value] or ["x"]
        changed = st.builds(_swap_word, st.sampled_from(quotes), st.integers(0, 30), WORDS)
        quote = st.fixed_dictionaries(
            {"quote": changed}, optional={"start": st.integers(-3, 600), "sentence": st.integers(-1, 9)}
        )
        return st.lists(quote, min_size=0, max_size=2)
    if isinstance(value, list):
        items = st.sampled_from([*value, "x1", "x2", "y1", "z1", "x99", "could", "Moscow"])
        return st.lists(items, min_size=1 if field == "cites" else 0, max_size=3)
    return st.builds(_swap_word, st.just(str(value)), st.integers(0, 30), WORDS).filter(str.strip)


def _swap_word(text: str, position: int, word: str) -> str:
    words = text.split(" ")
    words[position % len(words)] = word
    return " ".join(words)
