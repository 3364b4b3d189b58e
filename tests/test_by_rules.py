"""The rules engine as a whole: it never stops at odd text, and the same text always gives the same draft."""

from __future__ import annotations

import subprocess
import sys

import pytest

from summarizer.extraction.by_rules.engine import extract_by_rules
from summarizer.records.article import UNDATED, Article


def article(text: str) -> Article:
    return Article(
        id="a",
        source="a",
        title=None,
        outlet=None,
        origin=None,
        published=UNDATED,
        language="en",
        text=text,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Mara Lind, the defense minister, resigned on Monday. He praised the minister of",
        "The report, citing officials, said so. It showed, citing officials",
        "Norland denied the “”",
        "“",
        "according to",
    ],
)
def test_text_that_breaks_off_is_read_to_its_end(text: str) -> None:
    """Teasers and captions end in mid-sentence; one of them must not cost the day its article."""
    assert extract_by_rules(article(text)).claims is not None


def test_drafts_do_not_depend_on_the_hash_seed() -> None:
    """Two runs over the same news must give the same brief, or nobody could tell what changed."""
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from test_by_rules import article, extract_by_rules\n"
        "text = 'The World Health Organization (WHO) and the ministry denied that talks had failed, said "
        "Mara Lind, a lawyer for the two companies. Officials in Oslo and Bergen warned on Monday that "
        "40 people could die, according to a report by researchers.'\n"
        "print(extract_by_rules(article(text)).model_dump_json())"
    )
    drafts = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(drafts) == 1
