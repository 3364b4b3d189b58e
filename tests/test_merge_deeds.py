"""Figures of one noun and two deeds: those who escaped are not those held, and strikers have many names."""

from __future__ import annotations

import pytest

from summarizer import article_from_text
from summarizer.merging import merge
from summarizer.pipeline import extract_brief
from summarizer.records.digest import Coverage, Digest


def told(*stories: str) -> Digest:
    """The digest of articles of one day."""
    texts = [f"Harbour news\n5 May 2025\n\n{story}\n" for story in stories]
    briefs = [extract_brief(article_from_text(text)) for text in texts]
    return merge(briefs, Coverage(read=len(briefs)))


def series(*stories: str) -> list[list[float]]:
    """The values of each series, sorted."""
    return sorted(sorted(point.value for point in one.points) for one in told(*stories).figures)


@pytest.mark.parametrize(
    "stories",
    [
        ("The union says 2,400 nurses are on strike. The clinic said 900 nurses had joined the walkout.",),
        (
            "Some 2,400 of the harbour's 3,900 dockers have downed tools, union leader Ana Ruiz said.",
            "The port said 900 dockers had stopped work.",
        ),
        ("The union puts the number of strikers at 2,400.", "The company said 900 employees walked out."),
        ("Police said 2,400 convicts had absconded.", "The number of escapees is 900, the governor said."),
        (
            "Some 2,400 inmates broke out, police said.",
            "The number of fugitives is 900, the governor said.",
        ),
        (
            "Police said 2,400 escapees had been caught.",
            "The governor said 900 fugitives were back in custody.",
        ),
        ("The bank closed 2,400 branches, officials said.", "The union said 900 branches had been shut."),
        ("Officials said 2,400 houses were destroyed.", "The mayor said 900 homes had been flattened."),
        ("The army said it had downed 2,400 drones.", "Officials said 900 drones were shot down."),
    ],
)
def test_one_deed_in_other_words_is_one_quantity(stories: tuple[str, ...]) -> None:
    """Two sides count the same people or things: their numbers disagree."""
    assert [900, 2400] in series(*stories)


@pytest.mark.parametrize(
    "stories",
    [
        ("Twelve prisoners broke out, police said. The jail, built for 300 prisoners, holds 512.",),
        ("Four of the convicts have been recaptured, police said. The jail was built for 300 convicts.",),
        ("The bank has 184 branches. Seventeen branches closed early, the union said.",),
        ("The union puts the number of strikers at 2,500. Two strikers had been shot, a doctor said.",),
        ("The agency seized 14 boats, officials said.", "The coastguard said 3 boats had been released."),
        ("Observers were turned away from 20 of the 62 districts, the union said. There are 62 districts.",),
        ("The ministry counted 31 dead. It said three bodies had been counted twice.",),
        ("The army said 30 drones were launched.", "Officials said 17 drones were shot down."),
        ("Two thousand nurses are on strike, the union said.", "The clinic said 300 drivers were on strike."),
        ("Twenty-three people escaped from the fire, police said.", "Some 14 convicts escaped, police said."),
    ],
)
def test_two_deeds_are_two_quantities(stories: tuple[str, ...]) -> None:
    """Nothing disagrees, and no series tells a part beside the whole."""
    assert all(len(set(values)) == 1 for values in series(*stories)), series(*stories)


@pytest.mark.parametrize(
    "stories",
    [
        (
            "Officials said 94,000 troops were massed at the border.",
            "There are 94,500 troops, NATO said.",
        ),
        ("The airline carried 3.4 million passengers in May.", "It carried 3.1 million passengers in April."),
        ("The ministry counted 31 cases.", "The clinic reported 40 cases."),
        ("The fire killed 12 people, police said.", "Fifteen people died in the fire, the mayor said."),
    ],
)
def test_verbs_that_say_nothing_of_the_things_part_nobody(stories: tuple[str, ...]) -> None:
    """To be massed, carried, counted or reported makes no other quantity."""
    assert [len(values) for values in series(*stories)] == [2]


def test_money_withdrawn_in_a_day_is_not_that_of_a_week() -> None:
    """Withdrawals have many words, and sums of two periods don't disagree."""
    digest = told(
        "Clients withdrew 900 million euros on Monday, the bank said.",
        "Withdrawals totalled 2.3 billion euros from April 28 to May 5, the central bank said.",
    )
    (one,) = digest.figures
    assert [relation.relation for relation in one.relations] == ["differ_in_time"]


def test_a_number_of_is_told_once() -> None:
    """Not "the number of number of strikers"."""
    digest = told("The union puts the number of strikers at 2,400. The port said 900 strikers were there.")
    words = [question.text for question in digest.open_questions] + [one.text for one in digest.summary]
    assert any("umber of strikers" in text for text in words)
    assert not any("number of number" in text or "for number of" in text for text in words)
