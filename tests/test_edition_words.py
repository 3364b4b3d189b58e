"""How an edition puts things: which of several quotes stands, what is open, how long texts end."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from edition_samples import (
    DEAD,
    FIRST_DAY,
    SOURCES,
    collected,
    first_edition,
    material,
    second_edition,
    toll_edition,
)
from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing.edition import make_edition
from summarizer.records.article import Article
from summarizer.records.brief import Evidence
from summarizer.records.delta import Change, DeltaQuote
from summarizer.records.edition import Edition
from summarizer.rendering.edition_limits import cut, fitted, more
from summarizer.rendering.edition_view import view_edition
from summarizer.rendering.mail_text import lay_out_text
from summarizer.rendering.news_line import best_first, change_line, lowered, shared_part, short_quote
from summarizer.sources.loading import article_from_text


def edition_of(*texts: str) -> Edition:
    """An edition made of articles with these texts, one a day."""
    articles: tuple[Article, ...] = tuple(
        article_from_text(
            text, article_id=f"a{place}", title=f"Talks in Marrow Bay {place}", published=f"2025-05-1{place}"
        ).model_copy(update={"outlet": f"Paper {place}"})
        for place, text in enumerate(texts)
    )
    return make_edition(material(FIRST_DAY, collection=collected(articles), articles=articles))


def told(edition: Edition) -> str:
    """The text part on one line."""
    return " ".join(lay_out_text(view_edition(edition)).split())


# Quotes.


@pytest.mark.parametrize(
    ("quote", "cues", "wanted"),
    [
        ("It may rain.", (), "It may rain."),
        ("It may rain,", (), "It may rain"),
        ("one two three four five", (), "one two three …"),
        ("one two three could four five", ("could",), "one two three could …"),
        ("one two three four five", ("five",), "one two three four five …"),
        ("x" * 30, (), "x" * 16 + " …"),
        ("two\n lines\tof \u202e it", (), "two lines of \ufffd …"),
    ],
    ids=["short", "loose end", "long", "a hedge behind the end", "a hedge at the end", "no space", "unseen"],
)
def test_a_long_quote_is_cut_but_never_before_its_hedge(
    quote: str, cues: tuple[str, ...], wanted: str
) -> None:
    """ "Prices will rise" for "prices will rise only if" is the worst that a cut can do."""
    assert short_quote(quote, cues, 16) == wanted


@given(st.text(max_size=300), st.integers(20, 200))
def test_a_cut_text_is_a_beginning_and_says_so(text: str, chars: int) -> None:
    """Whatever is cut, nothing is added, and the reader sees that there is more."""
    found = fitted(text, chars)
    assert len(found) <= chars + 1
    assert found == text or (found.endswith("…") and text.startswith(found[:-1]))


@given(st.lists(st.integers(), max_size=30), st.integers(1, 10))
def test_a_cut_list_counts_what_it_leaves_out(rows: list[int], limit: int) -> None:
    """Shown and left out are all there is; a single row more is shown rather than counted."""
    shown, left = cut(rows, limit, "change")
    assert len(shown) + (left.left if left else 0) == len(rows)
    assert list(shown) == rows[: len(shown)]
    assert left is None or left.left > 1
    assert more(1, "story", "stories") == replace(more(2, "story", "stories"), left=1, text="1 more story")


def test_the_quote_nearest_to_the_claim_stands_for_it_and_of_equal_ones_the_newest() -> None:
    """Five articles bear a claim; the line shows the one that says it best."""
    edition = second_edition()
    headers = {header.id: header for header in edition.story(edition.order[0].story).digest.articles}
    old = {name: one.model_copy(update={"published": one.published}) for name, one in headers.items()}
    names = sorted(old)
    dated = {
        name: one.model_copy(
            update={"published": one.published.model_copy(update={"date": f"2025-05-0{place + 1}"})}
        )
        for place, (name, one) in enumerate(sorted(old.items()))
    }

    def quote(name: str, words: str) -> DeltaQuote:
        return DeltaQuote(
            member=f"{name}/c1", article=name, evidence=Evidence(quote=words, start=0, end=len(words))
        )

    change = next(one for one in edition.order[0].delta.changes if one.part == "claim").model_copy(
        update={
            "text": "The spillway collapsed on Tuesday.",
            "new_quotes": (
                quote(names[0], "the spillway collapsed on Tuesday"),
                quote(names[2], "the spillway, which collapsed on Tuesday"),
                quote(names[3], "the structure fell"),
                quote(names[1], "on Tuesday the spillway collapsed"),
            ),
        }
    )
    assert [one.article for one in best_first(change, dated)] == [names[2], names[1], names[0], names[3]]


def test_a_line_names_who_says_it_only_where_the_quote_does_not() -> None:
    """ "“…, Judge Alma Teig said”, Alma Teig" would be one name too many."""
    for edition in (first_edition(), second_edition()):
        for place in edition.order:
            digest = edition.story(place.story).digest
            names = {actor.id: actor.name for actor in digest.actors}
            for at in place.weightiest:
                change: Change = place.delta.changes[at]
                if change.part == "figure":
                    continue
                line = change_line(change, place.delta, digest)
                said, _, rest = line.rpartition("”")
                for cluster in digest.claims:
                    for voice in cluster.voices:
                        if voice.evidence[0].quote in said and len(voice.speakers) == 1:
                            last = names[voice.speakers[0]].split()[-1]
                            assert not (last in said and last in rest), line
    line = change_line(
        next(one for one in second_edition().order[0].delta.changes if one.kind == "revised"),
        second_edition().order[0].delta,
        second_edition().story(second_edition().order[0].story).digest,
    )
    assert line == (
        "People left: now “12,000 people” (Capital Post), Orva district council; "
        "before “About 3,000 people” (Valley Tribune)"
    )


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("At least 31", "at least 31"),
        ("NATO says", "NATO says"),
        ("Ruiz said", "Ruiz said"),
        ("31", "31"),
        ("", ""),
    ],
)
def test_words_inside_a_sentence_lose_no_name_its_capital(words: str, wanted: str) -> None:
    """ "was nato's 31" is no English."""
    assert lowered(words) == wanted


def test_shared_words_are_counted_by_family() -> None:
    """ "Court blocks merger" is what "a court blocked the merger" says."""
    assert shared_part("Court blocks merger", "a commercial court blocked the merger") == 1.0
    assert shared_part("Court blocks merger", "a court ruled") == pytest.approx(1 / 3)
    assert shared_part("", "anything") == 0.0
    assert shared_part("12 dead", "12 people died") > shared_part("12 dead", "13 people died")


# What is open.


def test_what_nobody_knows_is_told_by_who_does_not_know_it() -> None:
    """An open question without its speaker is nobody's."""
    edition = edition_of(
        "It is unclear how long the strike in Marrow Bay will last, union leader Ana Ruiz said.",
        "Dock workers in Marrow Bay went on strike on Monday, the union said.",
    )
    text = told(edition)
    assert "GAPS AND OPEN QUESTIONS" in text
    gaps = text.partition("GAPS AND OPEN QUESTIONS")[2].partition("SOURCES")[0]
    assert (
        "Open. “It is unclear how long the strike in Marrow Bay will last, union leader Ana Ruiz said”"
        in gaps
    )


def test_a_contradiction_is_a_gap_and_both_sides_stand_side_by_side() -> None:
    """Who says so and who denies it, in one place and with their words."""
    edition = edition_of(
        "Bayline Ports plans to cut 300 jobs in Marrow Bay, union leader Ana Ruiz said on Monday.",
        "Bayline Ports denied on Tuesday that it plans to cut 300 jobs in Marrow Bay.",
    )
    (part,) = view_edition(edition).claims
    (row,) = (one for one in part.rows if one.sided)
    assert row.affirm[0].words.startswith("Bayline Ports plans to cut 300 jobs")
    assert [one.who for one in row.deny] == ["Bayline Ports"]
    assert row.standing == "Disputed: 1 origin affirms it."
    assert "Contradictory:" in told(edition)


def test_many_names_are_two_and_a_number() -> None:
    """Twenty dead feeds must not fill the subject's first screen; the footer has them all."""
    dead = tuple(DEAD.model_copy(update={"name": f"Feed {place}"}) for place in range(4))
    edition = second_edition(sources=(*SOURCES, *dead))
    assert edition.why == "4 of 6 sources failed (Feed 0, Feed 1 and 2 more)"
    assert sum("Source failed: Feed" in line for line in view_edition(edition).failures) == 4


def test_no_quote_is_put_together_of_several() -> None:
    """ "“94,000; 70,000”" is what nobody said, and one name above two numbers is a wrong name above one."""
    for edition in (first_edition(), second_edition(), toll_edition()):
        texts = " ".join(" ".join(article.text.split()) for article in edition.articles)
        view = view_edition(edition)
        for part in view.changes:
            for row in part.rows:
                assert row.now is None or row.now.words.rstrip(" …") in texts, row.now
        for part in view.claims:
            for claim in part.rows:
                for voice in (*claim.affirm, *claim.deny):
                    assert voice.words.rstrip(" …") in texts, voice
        for quoted in re.findall("“([^“”]+)”", edition.bottom_line):
            assert quoted.rstrip(" …") in texts


def test_what_stands_in_quotation_marks_stands_in_an_article() -> None:
    """A paraphrase shown as a quote is the fault that readers forgive least."""
    for edition in (first_edition(), second_edition(), toll_edition()):
        articles = [*edition.articles, *first_edition().articles]
        texts = " ".join(" ".join(article.text.split()) for article in articles)
        shown = lay_out_text(view_edition(edition)).replace("«", "").replace("»", "")
        quotes = re.findall("“([^“”]+)”", " ".join(shown.split()))
        assert len(quotes) > 5
        for quoted in quotes:
            assert quoted.rstrip(" …") in texts, quoted
