"""What changed between two digests: kinds of change, and that wording, order and ids are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import ROOT, summarizer
from merge_stories import Told, earthquake

from summarizer import merge_briefs
from summarizer.merging.delta import compare_digests
from summarizer.records.brief import Brief
from summarizer.records.delta import Change, Delta
from summarizer.records.digest import Digest
from summarizer.rendering.delta import render_delta_markdown, render_delta_text
from summarizer.rendering.text import TextOptions
from summarizer.schemas import validate_document


def ferry(
    name: str,
    date: str,
    *,
    certainty: str = "certain",
    polarity: str = "affirmed",
    cues: tuple[str, ...] = (),
) -> Brief:
    """One article: what the minister says of the ferry's load."""
    told = Told(name, date)
    minister = told.actor("Oskar Tein", "person", "transport minister")
    told.claim(
        "The ferry Lady Maren was overloaded.", minister, certainty=certainty, polarity=polarity, cues=cues
    )
    return told.brief


def toll(name: str, date: str, value: float, bound: str = "exact", source: str | None = None) -> Brief:
    """One article: how many people were killed."""
    told = Told(name, date)
    who = told.actor(source, "organization") if source else None
    words = {"exact": "", "about": "about ", "at_least": "at least "}[bound]
    told.figure(
        f"{words}{value:g} people", value, "people killed in the sinking", bound=bound, source=who, as_of=date
    )
    return told.brief


def delta(old: list[Brief], new: list[Brief]) -> Delta:
    """The delta of two digests."""
    return compare_digests(merge_briefs(old), merge_briefs(new))


def only(found: Delta) -> Change:
    """The one change."""
    (change,) = found.changes
    return change


def test_a_digest_has_no_delta_to_itself() -> None:
    """A quiet day must be told as one."""
    digest = merge_briefs(earthquake())
    found = compare_digests(digest, digest)
    assert found.changes == ()
    assert found.unchanged == len(digest.claims) + len(digest.figures)
    assert not found.has_news


def test_another_wording_is_no_change() -> None:
    """Daily letters repeat a story because only its headline's words changed."""
    first, second = Told("a", "2025-03-02"), Told("b", "2025-03-03")
    for told, text in (
        (first, "Russia plans to invade Ukraine."),
        (second, "Russia is planning an invasion of Ukraine."),
    ):
        told.claim(text, told.actor("NATO", "organization"))
    assert delta([first.brief], [second.brief]).changes == ()


def test_other_ids_are_no_change() -> None:
    """Every digest numbers its clusters anew: C3 of yesterday is C1 of today."""
    told = Told("c", "2025-03-01")
    told.claim("Shares of Bayline Ports fell by 6 percent.")
    old, new = merge_briefs([ferry("a", "2025-03-02")]), merge_briefs([ferry("a", "2025-03-02"), told.brief])
    change = only(compare_digests(old, new))
    assert (change.kind, change.text) == ("new", "Shares of Bayline Ports fell by 6 percent.")


@pytest.mark.parametrize(
    ("then", "now", "kind"),
    [("possible", "certain", "firmer"), ("certain", "probable", "softer"), ("unknown", "possible", "firmer")],
)
def test_one_speaker_grows_surer_or_less_sure(then: str, now: str, kind: str) -> None:
    """ "May have been overloaded" becomes "was": for many readers that is the news."""
    change = only(
        delta([ferry("a", "2025-03-02", certainty=then)], [ferry("b", "2025-03-03", certainty=now)])
    )
    assert (change.kind, change.who) == (kind, ("Oskar Tein",))
    assert now.replace("unknown", "not known") in change.reason


def test_who_says_the_opposite_now_has_withdrawn() -> None:
    """A minister who takes his word back is not two ministers who disagree."""
    change = only(delta([ferry("a", "2025-03-02")], [ferry("b", "2025-03-03", polarity="denied")]))
    assert change.kind == "withdrawn"
    assert change.reason == "Oskar Tein said so and now denies it"


def test_a_denial_by_somebody_else_is_a_denial() -> None:
    """The operator contradicts the minister: the claim is disputed from today on."""
    told = Told("b", "2025-03-03")
    told.claim(
        "The ferry Lady Maren was overloaded.",
        told.actor("Maren Lines", "organization"),
        polarity="denied",
        cues=("denied",),
        quote="Maren Lines denied that the Lady Maren was overloaded",
    )
    old = [ferry("a", "2025-03-02")]
    change = only(delta(old, [*old, told.brief]))
    assert (change.kind, change.who) == ("denied", ("Maren Lines",))
    (quote,) = change.new_quotes
    assert quote.evidence.quote == "Maren Lines denied that the Lady Maren was overloaded"


def test_silence_is_neither_denial_nor_withdrawal() -> None:
    """A claim that today's articles leave out may still be true."""
    told = Told("b", "2025-03-03")
    told.claim("Shares of Bayline Ports fell by 6 percent.")
    found = delta([ferry("a", "2025-03-02")], [told.brief])
    assert [change.kind for change in found.changes] == ["new", "not_repeated"]
    assert found.has_news
    assert not delta([ferry("a", "2025-03-02"), told.brief], [told.brief]).has_news


def test_a_second_independent_origin_makes_a_claim_firmer() -> None:
    """One source never counts as two; two do."""
    told = Told("b", "2025-03-03")
    told.claim(
        "The ferry Lady Maren was overloaded.", told.actor("Ilse Brandt", "person", "coastguard commander")
    )
    old = [ferry("a", "2025-03-02")]
    change = only(delta(old, [*old, told.brief]))
    assert (change.kind, change.after) == ("firmer", "2 origins")


def test_a_rising_toll_is_revised_by_its_source() -> None:
    """Both numbers are shown in the source's words; nothing is subtracted."""
    found = delta(
        [toll("a", "2025-03-02", 31, "at_least", "Sarvo coastguard")],
        [toll("b", "2025-03-03", 44, "at_least", "Sarvo coastguard")],
    )
    change = only(found)
    assert (change.part, change.kind) == ("figure", "revised")
    assert (change.before, change.after) == ("at least 31 people", "at least 44 people")


def test_an_exact_number_after_a_vague_one_is_firmer() -> None:
    """ "About 40" that becomes 41 was not wrong."""
    assert only(delta([toll("a", "2025-03-02", 40, "about")], [toll("b", "2025-03-02", 41)])).kind == "firmer"
    assert only(delta([toll("a", "2025-03-02", 41)], [toll("b", "2025-03-02", 40, "about")])).kind == "softer"


def test_a_number_that_another_source_repeats_is_no_news() -> None:
    """Ten papers with one toll are one toll."""
    old = [toll("a", "2025-03-02", 31, source="Sarvo coastguard")]
    assert delta(old, [*old, toll("b", "2025-03-02", 31, source="Red Cross")]).changes == ()


def test_the_older_article_in_todays_pile_hides_no_revision() -> None:
    """Today's folder usually holds yesterday's articles, too."""
    old = [toll("a", "2025-03-02", 31, source="Sarvo coastguard")]
    change = only(delta(old, [*old, toll("b", "2025-03-03", 44, source="Sarvo coastguard")]))
    assert (change.kind, change.before, change.after) == ("revised", "31 people", "44 people")


def test_a_claim_with_another_number_is_revised() -> None:
    """Not one claim gone and one new."""
    first, second = Told("a", "2025-03-02"), Told("b", "2025-03-03")
    for told, number in ((first, "260"), (second, "300")):
        union = told.actor("Port Workers' Union", "organization")
        told.claim(f"Bayline Ports will cut {number} jobs in Marrow Bay.", union)
    change = only(delta([first.brief], [second.brief]))
    assert (change.kind, change.before) == ("revised", "Bayline Ports will cut 260 jobs in Marrow Bay.")


def test_a_story_that_begins_or_ends_has_a_delta() -> None:
    """On the first day all is new; on the day after the last nothing is repeated."""
    digest = merge_briefs([ferry("a", "2025-03-02")])
    assert [change.kind for change in compare_digests(None, digest).changes] == ["new"]
    assert [change.kind for change in compare_digests(digest, None).changes] == ["not_repeated"]
    with pytest.raises(ValueError, match="one side at least"):
        compare_digests(None, None)


def test_every_change_rests_on_quotes_of_its_digests() -> None:
    """A reader can check a change as she checks a digest."""
    briefs = earthquake()
    old, new = merge_briefs(briefs[:1]), merge_briefs(briefs)
    found = compare_digests(old, new)
    validate_document(found.to_dict(), "delta")
    assert found.changes
    for change in found.changes:
        for ids, quotes, digest in (
            (change.old, change.old_quotes, old),
            (change.new, change.new_quotes, new),
        ):
            assert bool(ids) == bool(quotes)
            spans = {
                (item.member, one)
                for cluster in (*digest.claims, *digest.figures)
                if cluster.id in ids
                for item in (cluster.voices if hasattr(cluster, "voices") else cluster.points)
                for one in item.evidence
            }
            assert {(quote.member, quote.evidence) for quote in quotes} <= spans


def test_text_and_markdown_tell_every_change_and_escape_sources() -> None:
    """A source's words can't become a heading or a control sequence."""
    told = Told("b", "2025-03-03")
    told.claim("# The [ferry](javascript:x) was \x1b[31mred.")
    found = delta([ferry("a", "2025-03-02")], [told.brief])
    text, markdown = render_delta_text(found, TextOptions()), render_delta_markdown(found)
    assert "NEW (1)" in text
    assert "## Not repeated" in markdown
    assert "\x1b" not in text + markdown
    assert "\\[ferry\\](javascript\\:x)" in markdown


# The command line.


def written(path: Path, digest: Digest) -> Path:
    """A digest in a file."""
    path.write_text(digest.to_json(), encoding="utf-8")
    return path


def test_diff_prints_the_delta_and_tells_a_quiet_day_by_its_exit_code(tmp_path: Path) -> None:
    """A script mails the delta only when there is one."""
    old = written(tmp_path / "old.json", merge_briefs([ferry("a", "2025-03-02", certainty="possible")]))
    new = written(tmp_path / "new.json", merge_briefs([ferry("b", "2025-03-03")]))
    done = summarizer("diff", old, new, home=tmp_path)
    assert done.code == 0
    assert "FIRMER (1)" in done.out
    quiet = summarizer("diff", old, old, home=tmp_path)
    assert quiet.code == 4
    assert "Nothing changed." in quiet.out
    data = json.loads(summarizer("diff", old, new, "--format", "json", home=tmp_path).out)
    assert data["schema"] == "delta/1"
    assert summarizer("diff", old, tmp_path / "none.json", home=tmp_path).code != 0


def test_diff_of_two_piles_goes_story_by_story(tmp_path: Path) -> None:
    """Yesterday's and today's edition have many stories; each is compared with itself."""
    pile = [
        json.loads(line) for line in (ROOT / "tests/data/stories/forty.jsonl").read_text("utf-8").splitlines()
    ]
    days = {"old": [one for one in pile if one.get("date", "") <= "2025-03-05"], "new": pile}
    for name, articles in days.items():
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
        summarizer("digest", tmp_path / f"{name}.jsonl", "-q", "-o", tmp_path / f"{name}.json", home=tmp_path)
    deltas = json.loads(
        summarizer(
            "diff", tmp_path / "old.json", tmp_path / "new.json", "--format", "json", home=tmp_path
        ).out
    )
    by_title = {one["title"]: one for one in deltas}
    assert len(deltas) == 10
    assert not by_title["Amateur finds comet that may be visible in June"]["changes"]
    assert not by_title["New electric ferry starts service on Lake Orm"]["old"]["articles"]
    grown = by_title["Court refuses to stop Marrow Bay dock strike"]
    assert len(grown["old"]["articles"]) == 4
    assert len(grown["new"]["articles"]) == 6
    assert {change["kind"] for change in grown["changes"]} >= {"new"}


def test_diff_is_the_same_under_any_hash_seed(tmp_path: Path) -> None:
    """A delta that changes by chance is no delta."""
    briefs = earthquake()
    old = written(tmp_path / "old.json", merge_briefs(briefs[:1]))
    new = written(tmp_path / "new.json", merge_briefs(briefs))
    outs = {
        summarizer("diff", old, new, "--format", "json", home=tmp_path, PYTHONHASHSEED=seed).out
        for seed in ("0", "1", "2")
    }
    assert len(outs) == 1
