"""Datelines: where a story was filed is no part of what it claims."""

from __future__ import annotations

import pytest

from summarizer.text.datelines import dateline_date, dateline_end


@pytest.mark.parametrize(
    ("dateline", "day"),
    [
        ("LORVIK — ", None),
        ("LORVIK, Mavren (AP) — ", None),
        ("(CNN) ", None),
        ("(Reuters) - ", None),
        ("LORVIK, Sept 8 (Reuters) - ", (9, 8)),
        ("LORVIK, Sept 8 (2025) (Mavren Wire) - ", "2025-09-08"),
        ("LORVIK, 8 September 2025 (Reuters) - ", "2025-09-08"),
        ("Lorvik, September 8, 2025 – ", "2025-09-08"),
        ("LORVIK, September 8. /TASS/. ", (9, 8)),
        ("São Paulo, 8 September (EFE) - ", (9, 8)),
        ("LORVIK (September 8, 2025) -- ", "2025-09-08"),
        ("Sept 8 - ", (9, 8)),
        ("8 September 2025 — ", "2025-09-08"),
        ("Sept 8 (Reuters) - ", (9, 8)),
        ("LORVIK, D.M., Sept. 8, 2025 (MAVREN NEWSWIRE) -- ", "2025-09-08"),
    ],
)
def test_a_dateline_ends_where_the_story_begins(dateline: str, day: object) -> None:
    """ "LORVIK, Sept 8 (Reuters) - A dam burst" claims that a dam burst, nothing about Lorvik."""
    line = dateline + "A dam burst on Monday."
    assert line[: dateline_end(line, 0, len(line))] == dateline
    found = dateline_date(line, 0, len(line))
    assert (None if found is None else found.iso or found.parts) == day


@pytest.mark.parametrize(
    "line",
    [
        "On May 3 - a Monday - the dam burst.",
        "May 3 - the day of the vote - was a Monday.",
        "Mavren (founded May 3, 2019) - a bank of Lorvik - closed.",
        "In Lorvik, May 3, a Monday, the dam burst.",
        "The Harbour Authority (HA) said on Monday that the dam had burst.",
        "Mavren (pop. 4 million) said that the dam had burst.",
        "UN chief Ana Holt — who was in Lorvik — said the dam had burst.",
        "The pact of May 4 - the second in a year - failed.",
        "Minister Ana Holt (Liberal) - who had seen the dam - said it was safe.",
    ],
)
def test_a_sentence_keeps_its_beginning(line: str) -> None:
    """Cut off, it would say something else."""
    assert dateline_end(line, 0, len(line)) == 0
