"""Faults that other scorers have, and that this one must not have.

Most come from the issue lists of published tools; the rest are traps that a first version of this scorer fell
into.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from evaluation_story import STORY, first, labelled, text_of

from summarizer.evaluation.article import score_article
from summarizer.evaluation.floors import sentence_brief
from summarizer.evaluation.metrics import BRIEF_METRICS, sum_counts
from summarizer.evaluation.number_reading import number_spans, readings, states
from summarizer.evaluation.pairing import Candidate, assign
from summarizer.evaluation.perfect import brief_of, empty_brief
from summarizer.evaluation.prose import Cited, check_prose
from summarizer.records.article import UNDATED, Article
from summarizer.records.brief import Brief, Claim, Evidence, Figure, Sentence
from summarizer.records.gold import GoldBrief, GoldClaim, GoldFigure

METRICS = {metric.name: metric for metric in BRIEF_METRICS}
TEXT = (
    "About 900 workers could join the strike, the port said on Tuesday. "
    "The union denied that talks had failed. Rents rose 4 percent in May. "
    "The minister said that taxes would fall."
)


def span(quote: str) -> Evidence:
    """A quote of TEXT with its offsets."""
    start = TEXT.index(quote)
    return Evidence(quote=quote, start=start, end=start + len(quote))


def claim(text: str, quote: str, number: int = 1, **fields: object) -> GoldClaim:
    """A plain vital claim of the article about a passage of TEXT."""
    plain: dict[str, object] = {
        "id": f"c{number}", "text": text, "speakers": (), "via": None, "sourcing": "article",
        "polarity": "affirmed", "certainty": "certain", "cues": (), "when": None,
        "evidence": (span(quote),), "nugget": "vital",
    }  # fmt: skip
    return GoldClaim(**(plain | fields))  # type: ignore[arg-type]


def figure(value: float, quote: str, number: int = 1, **fields: object) -> GoldFigure:
    """A plain vital figure at a passage of TEXT."""
    plain: dict[str, object] = {
        "id": f"f{number}", "evidence": (span(quote),), "value": value, "value_high": None, "unit": "count",
        "counted": "workers", "bound": "exact", "status": "actual", "as_of": None, "place": None,
        "source": None, "via": None, "nugget": "vital",
    }  # fmt: skip
    return GoldFigure(**(plain | fields))  # type: ignore[arg-type]


def labels(claims: Sequence[GoldClaim] = (), figures: Sequence[GoldFigure] = ()) -> GoldBrief:
    """Labels of TEXT."""
    gold, _ = first()
    return gold.model_copy(update={"actors": (), "figures": tuple(figures), "claims": tuple(claims)})


def answer(claims: Sequence[Claim] = (), figures: Sequence[Figure] = ()) -> Brief:
    """An answer with these items."""
    gold, _ = first()
    return empty_brief(gold).model_copy(update={"claims": tuple(claims), "figures": tuple(figures)})


def score(brief: Brief, gold: GoldBrief) -> dict[str, float | None]:
    """All metrics of an answer about TEXT."""
    counts = score_article(brief, gold, TEXT).counts
    return {name: metric.value(counts) for name, metric in METRICS.items()}


STRIKE = claim("About 900 workers will join the strike.", "About 900 workers could join the strike")
TALKS = claim("Talks have failed.", "The union denied that talks had failed.", 2)


@pytest.mark.parametrize("extra", [(), (TALKS,)])
def test_a_list_of_one_is_scored_like_a_list_of_two(extra: tuple[GoldClaim, ...]) -> None:
    """A field-by-field scorer compared one-item lists as strings and longer ones as lists."""
    wrong = STRIKE.model_copy(update={"polarity": "denied"})
    found = score(answer([wrong, *extra]), labels([STRIKE, *extra]))
    assert found["claims.f1"] == 1.0
    assert found["claims.polarity"] == len(extra) / (1 + len(extra))


def test_the_first_candidate_does_not_take_what_fits_another_better() -> None:
    """Greedy pairing in list order gave a different score for every order of the same answer."""
    pairs = [Candidate(0, 0, 0.9, 0), Candidate(0, 1, 0.8, 0), Candidate(1, 0, 0.85, 0)]
    assert [(p.predicted, p.gold) for p in assign(pairs)] == [(1, 0), (0, 1)]
    assert {(p.predicted, p.gold) for p in assign(pairs[::-1])} == {(1, 0), (0, 1)}


def test_equal_pairings_are_settled_by_agreeing_fields() -> None:
    """Two claims on one passage must not swap their speakers at the whim of the solver."""
    pairs = [Candidate(p, g, 0.7, int(p != g)) for p in range(2) for g in range(2)]
    assert [(p.predicted, p.gold) for p in assign(pairs)] == [(1, 0), (0, 1)]


def test_a_missing_answer_stays_in_the_denominator() -> None:
    """A run that crashed on the hard articles must not look better than one that tried."""
    scores = []
    for gold, text in labelled()[:2]:
        scores.append(score_article(brief_of(gold), gold, text).counts)
    gold, text = labelled()[0]
    failed = score_article(empty_brief(gold), gold, text, failed="timed out").counts
    whole = METRICS["claims.recall"].value(sum_counts([failed, scores[1]]))
    assert whole is not None
    assert whole < 1.0
    assert METRICS["grounding.valid_at_first_try"].value(failed) == 0.0


def test_nonsense_on_the_right_passage_is_no_match() -> None:
    """Overlapping evidence alone once scored 1.0."""
    nonsense = STRIKE.model_copy(update={"text": "Purple elephants juggle turnips."})
    assert score(answer([nonsense]), labels([STRIKE]))["claims.f1"] == 0.0


def test_a_whole_page_as_evidence_matches_nothing() -> None:
    """A paragraph contains every claim in it."""
    text = TEXT * 6
    page = Evidence(quote=text, start=0, end=len(text))
    counts = score_article(
        answer([STRIKE.model_copy(update={"evidence": (page,)})]), labels([STRIKE]), text
    ).counts
    assert METRICS["claims.f1"].value(counts) == 0.0


def test_the_same_words_with_another_number_elsewhere_are_another_claim() -> None:
    """ "4 percent" found in the wrong place must not count for "5 percent"."""
    rents = claim("Rents rose 4 percent in May.", "Rents rose 4 percent in May.")
    elsewhere = span("The minister said that taxes would fall.")
    same = rents.model_copy(update={"evidence": (elsewhere,)})
    other = same.model_copy(update={"text": "Rents rose 5 percent in May."})
    assert score(answer([same]), labels([rents]))["claims.f1"] == 1.0
    assert score(answer([same]), labels([rents]))["claims.evidence"] == 0.0
    assert score(answer([other]), labels([rents]))["claims.f1"] == 0.0


def test_a_negated_sentence_affirmed_is_the_plain_sentence_denied() -> None:
    """Most polarity "errors" of a first count were only this."""
    denied = TALKS.model_copy(update={"polarity": "denied"})
    negated = TALKS.model_copy(update={"text": "Talks have not failed."})
    assert score(answer([negated]), labels([denied]))["claims.polarity"] == 1.0
    assert score(answer([TALKS]), labels([denied]))["claims.polarity"] == 0.0


def test_a_wrong_number_is_one_error_and_not_two() -> None:
    """Matching by value turns a wrong value into a miss and an invention, and value accuracy stays 1."""
    right = figure(900, "About 900 workers", bound="about")
    wrong = right.model_copy(update={"value": 90})
    found = score(answer(figures=[wrong]), labels(figures=[right]))
    assert (found["figures.f1"], found["figures.value"], found["figures.strict_f1"]) == (1.0, 0.0, 0.0)
    assert found["figures.slot_error_rate"] == pytest.approx(1 / 7)


def test_a_third_may_be_cut_at_any_decimal() -> None:
    """0.33 and 0.3333 are one label written twice; 0.34 isn't a third, and only ratios are fractions."""
    third = figure(0.33, "About 900 workers", unit="ratio")
    longer = third.model_copy(update={"value": 0.3333})
    assert score(answer(figures=[longer]), labels(figures=[third]))["figures.value"] == 1.0
    as_count = [f.model_copy(update={"unit": "count"}) for f in (third, longer)]
    assert score(answer(figures=as_count[1:]), labels(figures=as_count[:1]))["figures.value"] == 0.0


def test_empty_against_empty_is_perfect_and_unscored_stays_out() -> None:
    """An article without figures must neither lower nor raise a figure score."""
    found = score(answer(), labels())
    assert (found["figures.f1"], found["claims.f1"]) == (1.0, 1.0)
    assert found["figures.value"] is None
    assert found["claims.hedge_kept"] is None


def test_something_against_empty_is_zero() -> None:
    """Inventing figures where there are none is no success."""
    assert score(answer(figures=[figure(900, "About 900 workers")]), labels())["figures.f1"] == 0.0


def test_an_okay_item_is_neither_missed_nor_spurious() -> None:
    """Background may be left out and may be kept."""
    okay = TALKS.model_copy(update={"nugget": "okay"})
    gold = labels([STRIKE, okay])
    assert score(answer([STRIKE]), gold)["claims.f1"] == 1.0
    assert score(answer([STRIKE, okay]), gold)["claims.f1"] == 1.0


def test_calling_every_sentence_certain_is_found_out() -> None:
    """Claims F1 alone hardly tells this from a real engine; joint, hedge_kept and cues do."""
    gold, text = labelled()[0]
    article = Article(
        id="x", title=None, outlet=None, origin=None, published=UNDATED, language="en", source="x", text=text
    )
    counts = score_article(sentence_brief(article, gold), gold, text).counts
    values = {name: METRICS[name].value(counts) for name in ("claims.joint", "claims.hedge_kept", "cues.f1")}
    assert METRICS["claims.precision"].value(counts) > 0.5  # type: ignore[operator]
    assert values["claims.joint"] < 0.3  # type: ignore[operator]
    assert values["claims.hedge_kept"] == 0.0
    assert values["cues.f1"] == 0.0


def test_a_missing_actor_entry_costs_one_actor_and_not_all_his_claims() -> None:
    """The speaker is found by the name that the brief gives him, whatever entry carries it."""
    gold, text = labelled()[0]
    brief = brief_of(gold)
    union = next(actor for actor in brief.actors if actor.name == "Ana Ruiz")
    renamed = union.model_copy(update={"name": "Ruiz", "aliases": ("Ana Ruiz",)})
    actors = tuple(renamed if actor is union else actor for actor in brief.actors)
    counts = score_article(brief.model_copy(update={"actors": actors}), gold, text).counts
    assert METRICS["claims.speaker"].value(counts) == 1.0
    assert METRICS["actors.name"].value(counts) == pytest.approx(4 / 5)


@pytest.mark.parametrize(
    ("quote", "value"),
    [
        ("more than 106 thousand soldiers", 106_000),
        ("$5.1 million", 5_100_000),
        ("two-thirds", 0.67),
        ("a dozen Su-35 fighter jets", 12),
        ("tripled", 3),
        ("almost half", 0.5),
        ("about one in 10 people", 0.1),
        ("twenty-five", 25),
        ("two hundred and five thousand", 205_000),
        ("two and a half years", 2.5),
        ("12 basis points", 0.12),
        ("2.3 terabytes", 2_300_000_000_000),
        ("more than a year", 1),
        ("1.42 billion Swedish crowns", 1_420_000_000),
        ("NKr3mn", 3_000_000),
        ("Rs 9,200 crore", 92_000_000_000),
        ("84p a share", 0.84),
        ("50-50", 0.5),
        ("4bn years", 4_000_000_000),
    ],
)
def test_the_scorer_reads_numbers_by_itself(quote: str, value: float) -> None:
    """Sharing the engine's reader would hide the engine's misreadings."""
    assert states(quote, value)


@pytest.mark.parametrize(
    ("quote", "value"),
    [("3.2 million", 3.2), ("21 people", 12), ("about 900", 90), ("about 900", 1), ("9,200", 9.2)],
)
def test_a_misreading_is_not_readable(quote: str, value: float) -> None:
    """A scale or a digit lost must show."""
    assert not states(quote, value)
    assert readings(quote)


def test_a_number_stands_in_the_same_place_whatever_its_scale() -> None:
    """Else "3.2" for "3.2 million" would be a miss and an invention."""
    assert number_spans("about 3.2 million people") == ((6, 9),)
    assert number_spans("millions of people") == ((0, 8),)


@pytest.mark.parametrize(
    ("text", "surer"),
    [
        ("He did not know if the pumps failed.", 0),
        ("Officials had no clarity on the pumps.", 0),
        ("Officials didn't say why the pumps failed.", 0),
        ("He knows why the pumps failed.", 1),
    ],
)
def test_not_knowing_is_never_surer_than_its_source(text: str, surer: int) -> None:
    """The scorer once called a sentence that kept the doubt in other words surer than what it cites."""
    cited = Cited(texts=[text], claims=[("unknown", ("whether",))])
    counts, _ = check_prose([Sentence(text=text, cites=("c1",))], lambda sentence: cited, "summary")
    assert counts["summary.surer"] == surer


def test_the_story_of_these_tests_is_labelled_as_its_drafts_say() -> None:
    """The tests above rest on it."""
    assert text_of(STORY / "articles" / "strike-first.txt").startswith("Marrow Bay port")
