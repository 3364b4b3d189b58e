"""News names a body in full once and in part ever after; a text may have a new body in each sentence."""

from __future__ import annotations

import sys
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import article_from_text
from summarizer.extraction.by_rules.engine import extract_by_rules
from summarizer.extraction.by_rules.entity_short_forms import ShortForms

#: Names that share many of their words, with articles and suffixes that don't count.
NAMES = st.lists(
    st.sampled_from(["Aldera", "Bank", "the", "Nord", "Inc", "Court", "of", "Time", "Warner", "TimeWarner"]),
    min_size=1,
    max_size=4,
).map(" ".join)
#: So many times more text may take this many times more steps; comparing each name with all takes 6.3.
MORE, MAX_MORE_STEPS = 4, 5
SENTENCES = 60


def is_part(text: str, name: str) -> bool:
    """The rule by itself, for one name."""
    one = ShortForms()
    one.add(0, name)
    return one.find(text) is not None


def test_a_part_of_a_name_means_the_whole() -> None:
    """ "Aldera" after "Aldera Semiconductor" is one company, not two."""
    assert is_part("Aldera", "Aldera Semiconductor Inc")
    assert is_part("TimeWarner", "Time Warner")
    assert is_part("Aldera Inc", "The Aldera")
    assert is_part("Defense Ministry", "Ukrainian Defense Ministry")
    assert is_part("Ministry of Defence of Ukraine", "Ukrainian Defense Ministry")


def test_a_word_of_a_name_may_mean_something_else() -> None:
    """ "Exeter" is a town, "Global" an adjective, and "Ministry" any of them."""
    assert not is_part("Exeter", "Exeter Crown Court")
    assert not is_part("Global", "Global Freight Partners")
    assert not is_part("Ministry", "Ukrainian Defense Ministry")
    assert not is_part("Aldera Semiconductor", "Aldera")
    assert not is_part("Ukrainian Ministry", "Ukrainian Defense Ministry")


@given(st.lists(NAMES, max_size=6), NAMES)
@settings(deadline=None)
def test_the_first_name_that_fits_is_meant(names: list[str], text: str) -> None:
    """Whichever other names stand in the article, the first one with that part is meant."""
    forms = ShortForms()
    for index, name in enumerate(names):
        forms.add(index, name)
    assert forms.find(text) == next((i for i, name in enumerate(names) if is_part(text, name)), None)


def test_ever_new_names_cost_linear_time() -> None:
    """A list of the dead has a new name in each line. Calls are counted, so that no clock is asked."""
    steps(SENTENCES // 6)
    assert steps(MORE * SENTENCES) < MAX_MORE_STEPS * steps(SENTENCES)


def steps(sentences: int) -> int:
    """Calls and returns in reading a text of so many sentences, each with a name of its own."""
    shapes = (
        "{} Group said on Tuesday that the company rejected the plan.",
        "Mr {} said on Tuesday that the minister denied it.",
        "{} said on Tuesday that the agency would close.",
        "Tarin {} opened the new hall in the town.",
    )
    parts = ("ba", "ke", "lu", "mo", "ni", "ras", "tev", "zor")
    names = ["".join(four).capitalize() for four in product(parts, repeat=4)][::7]
    text = "\n\n".join(shapes[i % len(shapes)].format(names[i]) for i in range(sentences))
    article = article_from_text(text)
    count = 0

    def step(*_: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(step)
    try:
        extract_by_rules(article)
    finally:
        sys.setprofile(before)
    return count
