"""A summary is no surer than its texts: denials in other words, reversals, revised numbers and questions."""

from __future__ import annotations

import pytest
from merge_stories import Told, digest_of

from summarizer.records.digest import Digest

MONDAY, TUESDAY, FRIDAY = "2025-05-05", "2025-05-06", "2025-05-09"


def line(digest: Digest, words: str) -> str:
    """The summary sentence that holds some words."""
    return next(one.text for one in digest.summary if words in one.text)


def two(
    affirmed: str, denied: str, days: tuple[str, str] = (MONDAY, MONDAY), *, one_speaker: bool = False
) -> Digest:
    """Two articles: one's speaker affirms, the other's denies."""
    first, second = Told("a", days[0]), Told("b", days[1])
    first.claim(affirmed, first.actor("Ana Ruiz"))
    second.claim(
        denied, second.actor("Ana Ruiz" if one_speaker else "Paul Otto"), polarity="denied", cues=("denied",)
    )
    return digest_of(first.brief, second.brief)


@pytest.mark.parametrize(
    ("affirmed", "denied"),
    [
        ("The guards fled through a tunnel to the river on Monday.", "There was a tunnel."),
        ("Soldiers shot at the ferry in the harbour.", "Anyone had fired live ammunition."),
        (
            "The mill dumped chrome into the river for eleven years.",
            "The mill, owned by Ekdal, dumped chrome.",
        ),
    ],
)
def test_a_denial_in_other_words_is_told_beside_the_claim(affirmed: str, denied: str) -> None:
    """Whether it is of the same thing is for the reader to say."""
    text = line(two(affirmed, denied), affirmed.split()[-2])
    assert "Ana Ruiz says that" in text
    assert "Paul Otto denies" in text


@pytest.mark.parametrize(
    ("affirmed", "denied"),
    [
        ("The guards fled through a tunnel to the river on Monday.", "The mayor resigned."),
        ("The ministry granted the loan in March.", "The ministry had published the report on the harbour."),
        ("Soldiers shot at the ferry in the harbour.", "The crew was insured against the fire."),
    ],
)
def test_a_denial_of_something_else_is_not(affirmed: str, denied: str) -> None:
    """Who denies another thing says nothing against this one."""
    assert "Otto" not in line(two(affirmed, denied), "Ana Ruiz says")


@pytest.mark.parametrize(("days", "when"), [((TUESDAY, MONDAY), "Earlier"), ((MONDAY, TUESDAY), "Later")])
def test_what_a_speaker_said_otherwise_is_told(days: tuple[str, str], when: str) -> None:
    """A reversal is news; the words of the other day show whether it is one."""
    digest = two(
        "Castro was among those who fled through the tunnel.",
        "Castro fled.",
        days,
        one_speaker=True,
    )
    text = " ".join(one.text for one in digest.summary)
    assert f"{when}, Ana Ruiz said otherwise" in text or "having denied it before" in text


def test_the_latest_number_of_one_maker_leads() -> None:
    """A government's toll is revised by its ministry: the old one is no bottom line."""
    first, second, reprint = Told("a", MONDAY), Told("b", FRIDAY), Told("c", FRIDAY)
    state, again = (told.actor("Norway", "country") for told in (first, reprint))
    ministry = second.actor("Norway's health ministry", "organization")
    for told, who, number in ((first, state, 19), (second, ministry, 31), (reprint, again, 19)):
        text = f"The fire at the mill killed {number} people."
        claim = told.claim(text, who)
        span = next(one.evidence[0] for one in told.brief.claims if one.id == claim)
        at = span.start + text.index(str(number))
        number_span = span.model_copy(update={"quote": str(number), "start": at, "end": at + 2})
        told.figure(str(number), number, "people killed in the fire", source=who, span=number_span)
    digest = digest_of(first.brief, second.brief, reprint.brief)
    assert "31" in digest.summary[0].text
    assert "19" not in " ".join(one.text for one in digest.summary)


def test_a_question_is_no_bottom_line() -> None:
    """ "Did the bank ask for help" tells nothing."""
    told = Told("a", MONDAY)
    told.claim("Did the bank ask for help", quote="Did the bank ask for help?")
    told.claim("The bank has 184 branches.", told.actor("Ana Ruiz"))
    assert [one.text for one in digest_of(told.brief).summary] == [
        "Ana Ruiz says that the bank has 184 branches."
    ]


@pytest.mark.parametrize(
    "text", ["May called the vote.", "Will Otto resigned on Monday.", "Is not for sale."]
)
def test_a_name_that_looks_like_a_verb_asks_nothing(text: str) -> None:
    """May is a person, Will is one too."""
    told = Told("a", MONDAY)
    told.claim(text, told.actor("Ana Ruiz"))
    assert digest_of(told.brief).summary
