"""How those whom a claim is about answer it."""

from __future__ import annotations

import pytest
from merge_stories import Told

from summarizer.grounding.digest_checks import check_digest
from summarizer.pipeline import merge_briefs
from summarizer.records.digest import Answer, Digest
from summarizer.rendering.markdown import render_markdown
from summarizer.rendering.text import TextOptions, render_text
from summarizer.rendering.view_digest import view_digest


def answers_in(digest: Digest, text: str) -> list[tuple[list[str], str, tuple[str, ...]]]:
    """Names, kind and statements of the answers to the claim with `text`."""
    names = {actor.id: actor.name for actor in digest.actors}
    (cluster,) = [one for one in digest.claims if one.text == text]
    return [([names[actor] for actor in one.actors], one.kind, one.members) for one in cluster.answers]


def charge(told: Told) -> tuple[str, str]:
    """Morocco accuses Algeria of an attack on a convoy; ids of the two states."""
    accuser, accused = told.actor("Morocco", "country"), told.actor("Algeria", "country")
    told.claim("Algeria attacked a convoy of lorries near Bir Gandouz.", accuser)
    return accuser, accused


@pytest.mark.parametrize(
    ("quote", "fields", "kind"),
    [
        ("Algeria denied attacking the convoy", {}, "full_denial"),
        ("Algeria said the reports of an attack were exaggerated", {}, "partial_denial"),
        ("Algeria denied an attack but acknowledged that its troops were there", {}, "partial_denial"),
        ("Algeria thinks it unlikely", {"certainty": "probable", "cues": ("unlikely",)}, "partial_denial"),
    ],
)
def test_a_denial_is_of_the_whole_only_if_its_words_are(
    quote: str, fields: dict[str, object], kind: str
) -> None:
    """ "Exaggerated" concedes something, and a reader must not be told of a plain denial."""
    told = Told("a", "2024-05-02")
    _, accused = charge(told)
    told.claim(
        "Algeria attacked a convoy of lorries near Bir Gandouz.",
        accused,
        quote=quote,
        **{"polarity": "denied", "cues": ("denied",) if "denied" in quote else (), **fields},
    )
    ((names, found, members),) = answers_in(
        merge_briefs([told.brief]), "Algeria attacked a convoy of lorries near Bir Gandouz."
    )
    assert (names, found, members) == (["Algeria"], kind, ("a/c2",))


def test_an_actor_who_affirms_elsewhere_denies_in_part() -> None:
    """Both statements stand side by side; neither wipes out the other."""
    told = Told("a", "2024-05-02")
    _, accused = charge(told)
    told.claim(
        "Algeria attacked a convoy of lorries near Bir Gandouz.", accused, polarity="denied", cues=("no",)
    )
    later = Told("b", "2024-05-03")
    speaker = later.actor("Algeria", "country")
    later.claim("Algeria attacked a convoy of lorries near Bir Gandouz.", speaker)
    digest = merge_briefs([told.brief, later.brief])
    ((_, kind, _),) = answers_in(digest, "Algeria attacked a convoy of lorries near Bir Gandouz.")
    assert kind == "partial_denial"


def test_a_charge_in_return_is_a_counter_claim_and_no_denial() -> None:
    """ "You did it too" leaves the charge standing: the state of the claim stays as it was."""
    told = Told("a", "2024-05-02")
    _, accused = charge(told)
    told.claim("Morocco attacked three convoys of lorries last year.", accused)
    digest = merge_briefs([told.brief])
    text = "Algeria attacked a convoy of lorries near Bir Gandouz."
    assert answers_in(digest, text) == [(["Algeria"], "counter_claim", ("a/c2",))]
    assert {one.state for one in digest.claims} == {"single_source"}


def test_a_statement_on_the_same_matter_is_another_answer() -> None:
    """An answer that evades the charge is shown as what it is."""
    told = Told("a", "2024-05-02")
    told.actor("Algerian Foreign Ministry", "organization")
    _, _ = charge(told)
    told.claim("The convoy of lorries carried weapons to Bir Gandouz.", "a1")
    digest = merge_briefs([told.brief])
    text = "Algeria attacked a convoy of lorries near Bir Gandouz."
    assert answers_in(digest, text) == [(["Algerian Foreign Ministry"], "other_answer", ("a/c2",))]


def test_silence_is_said_to_be_silence_in_these_articles_only() -> None:
    """That nobody printed an answer doesn't mean that there was none."""
    told = Told("a", "2024-05-02")
    charge(told)
    told.claim("Phosphate exports rose.", "a2")
    digest = merge_briefs([told.brief])
    text = "Algeria attacked a convoy of lorries near Bir Gandouz."
    assert answers_in(digest, text) == [(["Algeria"], "no_answer", ())]
    line = "No answer by Algeria to it was found in these articles"
    assert line in render_text(view_digest(digest), TextOptions(short=None))
    assert line in render_markdown(view_digest(digest))


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Algeria exported more phosphate than last year.", "a1"),  # nothing bad
        ("Algeria attacked a convoy of lorries near Bir Gandouz.", "a2"),  # says it of itself
        ("Algeria should stop attacks on convoys.", "a1"),  # a demand
        ("Troops attacked a convoy in Algeria.", "a1"),  # the place, not the accused
    ],
)
def test_only_a_charge_against_somebody_else_waits_for_an_answer(text: str, speaker: str) -> None:
    """To ask everybody's answer to everything would bury the few that matter."""
    told = Told("a", "2024-05-02")
    told.actor("Morocco", "country")
    told.actor("Algeria", "country")
    told.claim(text, speaker)
    (cluster,) = merge_briefs([told.brief]).claims
    assert cluster.answers == ()


def test_an_opponent_at_home_does_not_answer_for_the_government() -> None:
    """Two politicians of one country: the state that they share makes neither speak for the other."""
    told = Told("a", "2024-05-02")
    accuser = told.actor("Nadia Ferhat", "person", "Algerian opposition leader")
    told.actor("Omar Belkacem", "person", "Algerian interior minister")
    third = told.actor("Algeria", "country")
    told.claim("Omar Belkacem hid the deaths of 12 prisoners.", accuser)
    told.claim("Deaths of prisoners were rarer than before.", third)
    digest = merge_briefs([told.brief])
    ((names, kind, _),) = answers_in(digest, "Omar Belkacem hid the deaths of 12 prisoners.")
    assert (names, kind) == (["Omar Belkacem"], "no_answer")


def test_answers_cite_claims_that_are_there() -> None:
    """Whatever an answer is said to be, its words can be read."""
    told = Told("a", "2024-05-02")
    _, accused = charge(told)
    told.claim("Morocco attacked three convoys of lorries last year.", accused)
    digest = merge_briefs([told.brief])
    members = {member for cluster in digest.claims for member in cluster.members}
    answers: list[Answer] = [answer for cluster in digest.claims for answer in cluster.answers]
    assert answers
    assert all(set(answer.members) <= members for answer in answers)
    assert check_digest(digest, [told.brief], {}) == ()


@pytest.mark.parametrize(
    ("update", "message"),
    [
        ({"members": ("a/c9",)}, "a/c9 is not in the digest"),
        ({"actors": ("A99",)}, "A99 is not in the digest"),
        ({"kind": "full_denial"}, "doesn't deny"),
        ({"members": ()}, "no_answer has no statements"),
        ({"members": ("a/c1",)}, "none of the statements is by"),
    ],
)
def test_an_answer_put_into_a_digest_by_hand_is_found_out(update: dict[str, object], message: str) -> None:
    """`validate` must not let a denial pass that nobody made."""
    told = Told("a", "2024-05-02")
    _, accused = charge(told)
    told.claim("Morocco attacked three convoys of lorries last year.", accused)
    digest = merge_briefs([told.brief])
    changed = tuple(
        cluster.model_copy(
            update={"answers": tuple(one.model_copy(update=update) for one in cluster.answers)}
        )
        for cluster in digest.claims
    )
    problems = check_digest(digest.model_copy(update={"claims": tuple(changed)}), [told.brief], {})
    assert any(message in problem.message for problem in problems)
