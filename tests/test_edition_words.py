"""How an edition puts things: which of several quotes stands, what is open, how long texts end."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from edition_samples import (
    DEAD,
    FIRST_DAY,
    SECOND_DAY,
    SOURCES,
    TOLL,
    TOO_LARGE,
    TOO_OLD,
    collected,
    first_edition,
    material,
    second_edition,
    toll_edition,
)
from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing.edition import make_edition
from summarizer.briefing.edition_weight import is_vague
from summarizer.records.article import Article
from summarizer.records.brief import Evidence, Tokens
from summarizer.records.delta import Change, DeltaQuote
from summarizer.records.edition import Correction, Edition
from summarizer.rendering.edition_limits import Limits, cut, fitted, more
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


# What frames an edition.


def test_what_is_not_ordinary_stands_at_the_top() -> None:
    """A correction without what was wrong, or a gap that nobody mentions, costs the reader's trust."""
    fix = Correction(reason="The number of people who left was given as 1,200.")
    corrected = told(second_edition(revision=1, correction=fix))
    assert (
        "CORRECTION. Corrects the edition of 13 May 2025: The number of people who left was given as 1,200."
        in corrected
    )
    degraded = told(second_edition(sources=(*SOURCES, DEAD)))
    assert "DEGRADED. Not everything could be read: 1 of 3 sources failed (Dead feed)." in degraded
    late = told(second_edition(covers=(FIRST_DAY, SECOND_DAY)))
    assert "LATE. Covers 12 May 2025 too, for which no edition was sent." in late
    plain = told(second_edition(covers=(SECOND_DAY,)))
    assert not re.search("CORRECTION|DEGRADED|LATE[.]", plain)
    for text in (corrected, degraded, late):
        assert text.index(". ") < text.index("BOTTOM LINE")
    failed = told(make_edition(material(FIRST_DAY, failure="the disk is full")))
    assert "It does not say that there is no news: nothing is known. The disk is full." in failed


def test_the_footer_says_what_was_read_by_what_and_at_what_cost() -> None:
    """Coverage, run, engine, prompt, cost: what an auditor asks for."""
    made = material(FIRST_DAY).run
    run = made.model_copy(
        update={
            "id": "run-7",
            "engine": "openai/gpt-5",
            "prompt": "extract_brief.v1",
            "cost_usd": 0.0421,
            "tokens": Tokens(input=12_000, output=3_400),
        }
    )
    text = told(
        second_edition(
            run=run,
            duplicates=3,
            excluded=(TOO_OLD,),
            problems=(TOO_LARGE,),
            since=datetime(2025, 5, 12, 5, 0, tzinfo=UTC),
        )
    )
    for line in (
        "2 sources checked: 2 answered, 0 failed.",
        "60 items listed, 50 new, 3 duplicates folded.",
        "60 articles read, 1 failed, 1 excluded (too old: 1), 52 reprints folded.",
        "From 2025-05-12 05:00 UTC to 2025-05-13 06:00 UTC.",
        "Failed: https://post.example/9 (too large): 3 MB, the limit is 2 MB",
        "Excluded: https://post.example/1 (too old): of 2 March",
        "Run run-7, made 2025-05-12 06:00 UTC.",
        "Engine openai/gpt-5, prompt extract_brief.v1, summarizer 0.1.0.",
        "Cost 0.0421 US dollars, 15,400 tokens.",
    ):
        assert line in text
    assert text.endswith("Machine-made: verify before use.")
    unknown = made.model_copy(update={"cost_usd": None})
    assert "Cost not known." in told(second_edition(run=unknown))


def test_stories_on_one_article_are_named_as_such() -> None:
    """What nobody else confirms must not look like what everybody reports."""
    assert "Stories 2 and 3 rest on one article each: nothing in them is confirmed by another one." in told(
        first_edition()
    )
    assert "rest on one article" not in told(toll_edition())


def test_a_story_says_how_it_stands_and_why_it_leads() -> None:
    """New or changed, how many articles and reprints, and whose topic it is."""
    parts = view_edition(second_edition(topics=("Hallin dam",))).changes
    assert parts[0].about == "Changed; 4 articles, 21 reprints; lead topic: Hallin dam; 5 new figures"
    assert view_edition(first_edition()).changes[1].about == "New story; 1 article; 2 new figures"


def test_events_near_the_day_are_told_before_background() -> None:
    """A timeline that is cut keeps this week, not the year in which the ship was built."""
    text = told(second_edition())
    assert (
        "2025-05-13 (date inferred): Part of the spillway of the Hallin dam collapsed on Tuesday. [1]" in text
    )
    tight = Limits(9, 9, 9, 9, 1, 9, 99, 99, 400)
    (dam, *_) = view_edition(second_edition(), tight).events
    assert dam.cut is not None
    assert [one.date[:10] for one in dam.rows] == ["2025-05-13"]


# Changes.


def next_day(yesterday: str, today: str) -> Edition:
    """Today's edition after yesterday's, of one article each."""
    articles = [
        (
            article_from_text(text, article_id=name, title="Jobs in Marrow Bay", published=day).model_copy(
                update={"outlet": "Bay Chronicle"}
            ),
        )
        for name, day, text in (("a1", "2025-05-12", yesterday), ("a2", "2025-05-13", today))
    ]
    first = make_edition(material(FIRST_DAY, collection=collected(articles[0]), articles=articles[0]))
    return make_edition(
        material(SECOND_DAY, collection=collected(articles[1]), articles=articles[1], previous=(first,))
    )


def test_a_new_denial_shows_who_denies_and_what_was_said() -> None:
    """Both sides in one line, each in its own words, and the proposition that they part on."""
    edition = next_day(
        "Bayline Ports plans to cut 300 jobs in Marrow Bay, union leader Ana Ruiz said on Monday.",
        "Bayline Ports denied on Tuesday that it plans to cut 300 jobs in Marrow Bay.",
    )
    (part,) = view_edition(edition).changes
    row = next(one for one in part.rows if one.kind == "Denied")
    assert row.about == "Bayline Ports plans to cut 300 jobs in Marrow Bay"
    assert row.now is not None
    assert (row.now.who, row.now.stance) == ("Bayline Ports", "")
    assert row.now.words.startswith("Bayline Ports denied")
    assert row.before is not None
    assert row.before.words.startswith("Bayline Ports plans to cut 300 jobs")
    assert row.before.place == "Bay Chronicle, in an earlier edition"


def test_a_withdrawal_shows_the_words_then_and_now() -> None:
    """The minister's "is safe" of yesterday beside today's "is not safe"."""
    row = next(one for one in view_edition(second_edition()).changes[0].rows if one.kind == "Withdrawn")
    assert row.about == "The Hallin dam is safe"
    assert row.now is not None
    assert row.now.words.startswith("The Hallin dam is not safe")
    assert row.before is not None
    assert row.before.words.startswith("The Hallin dam is safe")


@pytest.mark.parametrize(
    ("part", "text", "vague"),
    [
        ("claim", "Giving in to a demand of the opposition.", True),
        ("claim", "There was account by Maren Lines.", True),
        ("claim", "It would cooperate with the police.", True),
        ("claim", "Nordveil will appeal.", True),
        ("claim", "A court blocked the merger of the two grocers.", False),
        ("figure", "people", True),
        ("figure", "people killed", False),
        ("figure", "Shareholders", True),
    ],
)
def test_half_a_sentence_leads_nothing(part: str, text: str, vague: bool) -> None:
    """ "It would cooperate" in a subject line makes a reader ask who, and with whom."""
    (change, *_) = second_edition().order[0].delta.changes
    assert is_vague(change.model_copy(update={"part": part, "text": text})) == vague


def test_a_cut_table_keeps_the_main_quantity() -> None:
    """Four papers' tolls go before how wide the ship was."""
    texts = [*TOLL.values()]
    texts[0] += " The Lady Maren was 18 metres wide. It had 4 decks. It was built by 900 workers."
    edition = edition_of(*texts)
    tight = Limits(9, 9, 3, 9, 9, 9, 99, 99, 400)
    (whole,) = (part for part in view_edition(edition).figures if not part.kind)
    (part,) = (part for part in view_edition(edition, tight).figures if not part.kind)
    assert len(whole.rows) > 5
    assert part.cut is not None
    assert part.cut.left == len(whole.rows) - 3
    assert all("killed" in row.what for row in part.rows)
