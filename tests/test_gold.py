"""The hand labels keep the rules of the contract that a program can check.

Scores mean something only while the labels they are taken against are sound.
"""

from __future__ import annotations

import importlib.util
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from summarizer.records.brief import Evidence
from summarizer.records.gold import GoldBrief, GoldClaim, GoldDigest
from summarizer.schemas import validate_document

ROOT = Path(__file__).resolve().parent.parent
EVALS = ROOT / "evals"
ARTICLES = sorted(path.stem for path in (EVALS / "articles").glob("*.txt"))
FOLDERS = ("gold", "gold-a", "gold-b")
FILES = [(folder, article) for folder in FOLDERS for article in ARTICLES]

#: Digits with what belongs to them, and the number words that state a quantity. A bare "a" or "one"
#: doesn't count, "several" and "both" name no number.
NUMBER = re.compile(
    r"\d+(?:[.,:]\d+)*|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty"
    r"|forty|fifty|sixty|seventy|eighty|ninety|dozens?|hundreds?|thousands?|[mb]illions?|half|halves|thirds?"
    r"|quarters?|doubl(?:e|ed|ing)|tripl(?:e|ed|ing)|quadrupl(?:e|ed|ing)|twice|decades?)\b",
    re.IGNORECASE,
)


def text_of(article: str) -> str:
    """The article as it is loaded: BOM removed, line ends as line feeds."""
    return (EVALS / "articles" / f"{article}.txt").read_text("utf-8-sig")


def brief_of(folder: str, article: str) -> GoldBrief:
    path = EVALS / folder / f"{article}.json"
    return GoldBrief.from_json(path.read_text("utf-8"), str(path))


def digest_of() -> GoldDigest:
    path = EVALS / "gold" / "digest.json"
    return GoldDigest.from_json(path.read_text("utf-8"), str(path))


def spans_of(brief: GoldBrief) -> Iterator[tuple[str, Evidence]]:
    for actor in brief.actors:
        yield from ((actor.id, span) for span in actor.evidence)
    for figure in brief.figures:
        yield from ((figure.id, span) for span in (*figure.evidence, *figure.also))
    for claim in brief.claims:
        yield from ((claim.id, span) for span in (*claim.evidence, *claim.also))


def claims_of_story() -> dict[str, GoldClaim]:
    briefs = {article: brief_of("gold", article) for article in ARTICLES}
    return {f"{article}/{claim.id}": claim for article, brief in briefs.items() for claim in brief.claims}


def not_figures() -> dict[str, list[str]]:
    """The quotes of NUMBERS.md by article."""
    quotes: dict[str, list[str]] = {}
    article = ""
    for line in (EVALS / "gold" / "NUMBERS.md").read_text("utf-8").splitlines():
        if line.startswith("## "):
            article = line[3:]
            quotes[article] = []
        elif match := re.fullmatch(r"- `(.+?)`: (\S.*)", line):
            quotes[article].append(match[1])
    return quotes


def agreement() -> ModuleType:
    path = ROOT / "scripts" / "label_agreement.py"
    spec = importlib.util.spec_from_file_location("label_agreement", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_article_is_labelled_by_both_annotators_and_adjudicated() -> None:
    """A missing label file would silently shrink the test set."""
    for folder in FOLDERS:
        labelled = {path.stem for path in (EVALS / folder).glob("*.json")} - {"digest"}
        assert labelled == set(ARTICLES)


@pytest.mark.parametrize(("folder", "article"), FILES)
def test_label_files_follow_the_schema(folder: str, article: str) -> None:
    """Labels use the same shape as what they judge."""
    document = json.loads((EVALS / folder / f"{article}.json").read_text("utf-8"))
    assert validate_document(document, article) == "gold-brief/1"
    assert brief_of(folder, article).article.id == article


@pytest.mark.parametrize(("folder", "article"), FILES)
def test_quotes_stand_in_the_article_at_their_offsets(folder: str, article: str) -> None:
    """A quote in a label is copied, never typed."""
    text = text_of(article)
    for item, span in spans_of(brief_of(folder, article)):
        assert text[span.start : span.end] == span.quote, item


@pytest.mark.parametrize(("folder", "article"), FILES)
def test_ids_are_unique_and_every_named_actor_exists(folder: str, article: str) -> None:
    """No claim has a speaker that nobody can look up."""
    brief = brief_of(folder, article)
    actors = {actor.id for actor in brief.actors}
    for items in (brief.actors, brief.figures, brief.claims):
        assert len({item.id for item in items}) == len(items)
    for figure in brief.figures:
        assert {figure.source, figure.via} - {None} <= actors, figure.id
    for claim in brief.claims:
        assert {*claim.speakers, claim.via} - {None} <= actors, claim.id


@pytest.mark.parametrize(("folder", "article"), FILES)
def test_a_claim_is_the_articles_own_if_and_only_if_it_has_no_speaker(folder: str, article: str) -> None:
    """Who says it is the first thing a reader asks."""
    for claim in brief_of(folder, article).claims:
        assert (claim.sourcing == "article") == (not claim.speakers), claim.id


@pytest.mark.parametrize(("folder", "article"), FILES)
def test_cues_stand_in_the_evidence(folder: str, article: str) -> None:
    """A hedge that can't be pointed at is an opinion of the annotator."""
    for claim in brief_of(folder, article).claims:
        quotes = [span.quote for span in (*claim.evidence, *claim.also)]
        for cue in claim.cues:
            assert any(cue in quote for quote in quotes), (claim.id, cue)


@pytest.mark.parametrize(("folder", "article"), FILES)
def test_hedged_and_denied_claims_show_their_cue(folder: str, article: str) -> None:
    """What isn't plainly asserted says so somewhere."""
    for claim in brief_of(folder, article).claims:
        if claim.certainty != "certain" or claim.polarity == "denied":
            assert claim.cues, claim.id


@pytest.mark.parametrize(("folder", "article"), FILES)
def test_only_a_range_has_a_high_value(folder: str, article: str) -> None:
    """Values carry no sign, and a range has two ends in order."""
    for figure in brief_of(folder, article).figures:
        assert (figure.value_high is not None) == (figure.bound == "between"), figure.id
        assert figure.value >= 0
        if figure.value_high is not None:
            assert figure.value < figure.value_high


@pytest.mark.parametrize(("folder", "article"), FILES)
def test_every_number_is_a_figure_or_has_a_reason(folder: str, article: str) -> None:
    """Nobody skips a number because it is awkward."""
    text = text_of(article)
    brief = brief_of(folder, article)
    covered = [(span.start, span.end) for item, span in spans_of(brief) if item.startswith("f")]
    for quote in not_figures()[article]:
        places = [hit.span() for hit in re.finditer(re.escape(quote), text)]
        assert places, f"NUMBERS.md quotes {quote!r}, which isn't in {article}"
        covered += places
    for number in NUMBER.finditer(text):
        assert any(start <= number.start() and number.end() <= end for start, end in covered), (
            number.group(),
            text[max(0, number.start() - 30) : number.end() + 30],
        )


@pytest.mark.parametrize("article", ARTICLES)
def test_no_figure_is_also_listed_as_no_figure(article: str) -> None:
    """A number is one or the other; a designation inside a figure's span is the one exception."""
    text = text_of(article)
    for figure in brief_of("gold", article).figures:
        for span in (*figure.evidence, *figure.also):
            assert NUMBER.search(span.quote), span.quote
            for quote in not_figures()[article]:
                for hit in re.finditer(re.escape(quote), text):
                    assert not (hit.start() <= span.start and span.end <= hit.end()), quote


@pytest.mark.parametrize("article", ARTICLES)
def test_names_are_the_articles_own_words(article: str) -> None:
    """An actor is found under the name that a reader sees; the first span is the name."""
    text = text_of(article)
    for actor in brief_of("gold", article).actors:
        assert actor.evidence[0].quote == actor.name
        for alias in actor.aliases:
            assert alias in text, alias


@pytest.mark.parametrize("article", ARTICLES)
def test_every_speaker_of_a_vital_claim_is_vital(article: str) -> None:
    """A brief that keeps a claim must keep who makes it."""
    brief = brief_of("gold", article)
    vital = {actor.id for actor in brief.actors if actor.nugget == "vital"}
    for claim in brief.claims:
        if claim.nugget == "vital":
            assert set(claim.speakers) <= vital, claim.id


@pytest.mark.parametrize("article", ARTICLES)
def test_evidence_begins_with_its_clause(article: str) -> None:
    """The shortest run of clauses: no opening quotation mark, conjunction or space hangs on to it.

    A mark stays where its partner stands inside the span too.
    """
    joint = re.compile(
        r"(?:but|however|meanwhile|in addition|in turn|although|while|and|as)\b", re.IGNORECASE
    )
    for claim in brief_of("gold", article).claims:
        for span in (*claim.evidence, *claim.also):
            assert span.quote == span.quote.strip(), claim.id
            assert not joint.match(span.quote) or span.quote.startswith("As part of"), claim.id
            assert not span.quote.startswith(("“", "‘", '"')), claim.id
            assert not span.quote.startswith("'") or span.quote.count("'") >= 2, claim.id


@pytest.mark.parametrize("article", ARTICLES)
def test_no_claim_is_labelled_twice(article: str) -> None:
    """A repeated claim is one claim with further spans; its denial by another speaker is another."""
    claims = brief_of("gold", article).claims
    keys = [(claim.text, claim.speakers, claim.polarity) for claim in claims]
    assert len(set(keys)) == len(keys)


def test_digest_follows_the_schema() -> None:
    """The labels of the story are as strict as those of an article."""
    document = json.loads((EVALS / "gold" / "digest.json").read_text("utf-8"))
    assert validate_document(document, "digest") == "gold-digest/1"
    digest = digest_of()
    for items in (digest.actors, digest.figures, digest.claims):
        assert len({item.id for item in items}) == len(items)


def test_digest_puts_every_actor_and_figure_in_one_cluster() -> None:
    """Clusters are a partition: nothing is lost, nothing counts twice."""
    digest = digest_of()
    briefs = {article: brief_of("gold", article) for article in ARTICLES}
    actors = [member for cluster in digest.actors for member in cluster.members]
    figures = [member for series in digest.figures for member in series.members]
    assert sorted(actors) == sorted(f"{article}/{x.id}" for article, b in briefs.items() for x in b.actors)
    assert sorted(figures) == sorted(f"{article}/{x.id}" for article, b in briefs.items() for x in b.figures)


def test_digest_relates_every_pair_of_a_series_once() -> None:
    """A missing relation would let two contradicting numbers stand side by side unexplained."""
    for series in digest_of().figures:
        pairs = [frozenset(pair) for pair in itertools.combinations(series.members, 2)]
        related = [frozenset((relation.a, relation.b)) for relation in series.relations]
        assert len(related) == len(pairs), series.id
        assert set(related) == set(pairs), series.id


def test_digest_never_mixes_actual_figures_with_planned_or_possible_ones() -> None:
    """Troops that might come are no troops that are there; miles are no soldiers."""
    figures = {f"{a}/{f.id}": f for a in ARTICLES for f in brief_of("gold", a).figures}
    for series in digest_of().figures:
        assert len({figures[member].status == "actual" for member in series.members}) == 1
        assert len({figures[member].unit for member in series.members}) == 1


def test_digest_claim_clusters_hold_each_claim_at_most_once() -> None:
    """Only what two voices say, or two voices dispute, is a cluster in the labels."""
    members = [member for cluster in digest_of().claims for member in cluster.members]
    assert len(set(members)) == len(members)
    assert set(members) <= set(claims_of_story())
    assert all(len(cluster.members) >= 2 for cluster in digest_of().claims)


def test_digest_sides_and_states_follow_from_the_claims() -> None:
    """Who affirms and who denies comes from the members; so does whether it is disputed.

    A speaker who doesn't know stands on neither side.
    """
    digest = digest_of()
    claims = claims_of_story()
    cluster_of = {member: cluster.id for cluster in digest.actors for member in cluster.members}
    for cluster in digest.claims:
        sides: dict[str, set[str]] = {"affirmed": set(), "denied": set()}
        voices: dict[str, int] = {"affirmed": 0, "denied": 0}
        for member in cluster.members:
            claim = claims[member]
            if claim.certainty == "unknown":
                continue
            voices[claim.polarity] += 1
            article = member.split("/")[0]
            sides[claim.polarity] |= {cluster_of[f"{article}/{speaker}"] for speaker in claim.speakers}
        assert set(cluster.affirm) == sides["affirmed"], cluster.id
        assert set(cluster.deny) == sides["denied"], cluster.id
        assert cluster.origins <= voices["affirmed"], cluster.id
        assert (cluster.state == "disputed") == (voices["affirmed"] > 0 and voices["denied"] > 0), cluster.id
        if cluster.state != "disputed":
            assert (cluster.state == "corroborated") == (cluster.origins >= 2), cluster.id


def test_digest_cites_only_what_is_there() -> None:
    """Timeline, questions and summary lead back to labelled claims."""
    digest = digest_of()
    claims = set(claims_of_story())
    clusters = {cluster.id for cluster in digest.claims} | {series.id for series in digest.figures}
    entries = {event.text: event.claims for event in digest.timeline}
    entries |= {question.text: question.claims for question in digest.open_questions}
    for text, cited in entries.items():
        assert cited, text
        assert set(cited) <= claims, text
    for sentence in digest.summary:
        assert sentence.cites
        assert set(sentence.cites) <= clusters, sentence.text


def test_agreement_tables_are_those_of_the_files() -> None:
    """The published agreement can be checked, and doesn't outlive a change of the labels."""
    document = (EVALS / "gold" / "ADJUDICATION.md").read_text("utf-8")
    assert agreement().tables() in document
