"""Pages come cut, doubled and garbled. The engine reads on, and never shows words that aren't there."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rules_cases import PROVENANCE

from summarizer import article_from_text
from summarizer.extraction.by_rules.engine import extract_by_rules
from summarizer.grounding.brief_checks import check_brief
from summarizer.grounding.brief_grounding import ground
from summarizer.records.brief import Actor, Brief, Claim, Figure
from summarizer.records.draft import DraftActor, DraftClaim, DraftFigure

ROOT = Path(__file__).resolve().parent.parent
#: Longest cut of an article that is mutilated: enough for a story, short enough for many of them.
MAX_CHARS = 1_500
MARKS = "\"'“”‘’„«»`´()[]—–-.,:;!?…\n"
#: Characters that pages hold and programs stumble over: controls, joiners, marks, other scripts, emoji.
STRANGE = "\u00a0\u200b\u200d\u00ad\ufeff\u2028\u202e\u0301\u0130ßﬁ½²٣७三😀🇺🇳\u0085\t\v\x1c\ue000"


@cache
def seeds() -> tuple[str, ...]:
    """Real articles, and invented ones in other fields' style."""
    paths = [*sorted((ROOT / "evals" / "articles").glob("*.txt"))]
    paths += sorted((ROOT / "evals" / "practice" / "articles").glob("*.txt"))[::6]
    return tuple(path.read_text("utf-8") for path in paths)


@st.composite
def mutilated(draw: st.DrawFn) -> str:
    """A stretch of an article with up to a dozen injuries."""
    text = draw(st.sampled_from(seeds()))
    start = draw(st.integers(0, max(0, len(text) - 200)))
    text = text[start : start + draw(st.integers(100, MAX_CHARS))]
    for _ in range(draw(st.integers(1, 12))):
        at = draw(st.integers(0, len(text)))
        kind = draw(
            st.sampled_from(("delete", "double", "mark", "unmark", "strange", "lines", "case", "any"))
        )
        if kind == "delete":
            text = text[:at] + text[at + draw(st.integers(1, 30)) :]
        elif kind == "double":
            length = draw(st.integers(1, 60))
            text = text[: at + length] + text[at:]
        elif kind == "mark":
            text = text[:at] + draw(st.sampled_from(MARKS)) + text[at:]
        elif kind == "unmark":
            mark = draw(st.sampled_from(MARKS))
            text = text.replace(mark, draw(st.sampled_from(("", " ", mark * 2))))
        elif kind == "strange":
            text = text[:at] + draw(st.text(STRANGE, min_size=1, max_size=4)) + text[at:]
        elif kind == "lines":
            lines = text.split("\n")
            first, second = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
            lines[first], lines[second] = lines[second], lines[first]
            text = "\n".join(lines)
        elif kind == "case":
            length = draw(st.integers(1, 200))
            text = text[:at] + text[at : at + length].upper() + text[at + length :]
        else:
            text = text[:at] + draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=8)) + text[at:]
    text = unicodedata.normalize("NFC", text.replace("\0", ""))
    return text if text.strip() else "x"


def is_verbatim(brief: Brief, text: str) -> bool:
    """Whether every span of the brief holds exactly the words that it says it holds."""
    items: list[Actor | Figure | Claim] = [*brief.actors, *brief.figures, *brief.claims]
    spans = [span for item in items for span in item.evidence]
    spans += [span for figure in brief.figures for span in figure.also]
    return all(text[span.start : span.end] == span.quote for span in spans)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutilated())
def test_mutilated_text_never_crashes_the_engine_nor_gets_a_false_quote(text: str) -> None:
    """One garbled page must not cost the day's edition, nor put words into an article's mouth."""
    article = article_from_text(text)
    brief = ground(article, extract_by_rules(article), PROVENANCE)
    assert is_verbatim(brief, article.text)
    assert check_brief(brief, article.text) == ()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutilated())
def test_what_the_rules_draft_stands_where_they_say(text: str) -> None:
    """The rules copy; a quote beside its place means that an offset went wrong on the way."""
    article = article_from_text(text)
    draft = extract_by_rules(article)
    items: list[DraftActor | DraftFigure | DraftClaim] = [*draft.actors, *draft.figures, *draft.claims]
    quotes = [quote for item in items for quote in item.evidence]
    for quote in quotes:
        assert quote.start is not None
        assert article.text[quote.start : quote.start + len(quote.quote)] == quote.quote


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=200))
def test_text_that_is_no_news_at_all_is_read_without_a_crash(noise: str) -> None:
    """A wrong file in the folder is no reason to stop."""
    article = article_from_text(f"x{noise}")
    brief = ground(article, extract_by_rules(article), PROVENANCE)
    assert is_verbatim(brief, article.text)


@pytest.mark.parametrize(
    "sign", ["(", "“", "'", "-", " ", "\n", ".", ",", "said ", "not ", "the ", "X ", "1,"]
)
def test_a_page_of_one_repeated_sign_is_read(sign: str) -> None:
    """Broken pages repeat themselves."""
    article = article_from_text(f"Kenya said so. {sign * 3_000} Kenya said so.")
    brief = ground(article, extract_by_rules(article), PROVENANCE)
    assert is_verbatim(brief, article.text)


def test_the_same_article_gives_the_same_brief_under_any_hash_seed() -> None:
    """A digest that changes from run to run can't be checked by anybody."""
    program = (
        "import hashlib, pathlib\n"
        "from summarizer import article_from_text, extract_brief\n"
        "found = hashlib.sha256()\n"
        "for path in sorted(pathlib.Path('evals').glob('**/articles/*.txt'))[::4]:\n"
        "    found.update(extract_brief(article_from_text(path.read_text('utf-8'))).to_json().encode())\n"
        "print(found.hexdigest())\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("0", "1", "20220119")
    }  # fmt: skip
    assert len(digests) == 1
