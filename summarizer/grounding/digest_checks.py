"""Check a finished digest against the briefs and texts that it was made from.

Pure. Members must be items of the briefs and say what they say there; spans must be the text's; every id that
is referred to must exist; states follow from who affirms and denies; and each sentence of the summary says
no number, name or certainty beyond the clusters and series that it cites.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from summarizer.grounding.brief_checks import Problem, misplaced_spans
from summarizer.grounding.known_numbers import KnownNumbers, Stated
from summarizer.grounding.known_words import KnownWords
from summarizer.grounding.repeated_numbers import may_hold_number
from summarizer.grounding.summaries import denial_fault, hedge_fault
from summarizer.records.brief import CERTAINTIES, Brief, Claim, Figure
from summarizer.records.digest import ClaimCluster, Digest, FigureSeries, SeriesPoint, Voice

_POINT_FIELDS: Final = ("value", "value_high", "bound", "status", "as_of", "counted", "place", "evidence")
_VOICE_FIELDS: Final = ("certainty", "cues", "sourcing", "when", "text", "evidence")


def check_digest(digest: Digest, briefs: Sequence[Brief], texts: Mapping[str, str]) -> tuple[Problem, ...]:
    """Everything in `digest` that its briefs and texts don't bear out; empty if all is well.

    `texts` maps article ids to texts; spans of an article without a text are not looked at.
    """
    problems = [
        *_check_members(digest, briefs),
        *_check_references(digest),
        *_check_items(digest, briefs, texts),
        *_check_states(digest),
        *_check_summary(digest),
    ]
    return tuple(problems)


def _check_members(digest: Digest, briefs: Sequence[Brief]) -> Iterator[Problem]:
    """Every actor and figure of the briefs in exactly one cluster; no member from nowhere."""
    parts = (
        ("actors", {f"{brief.article.id}/{actor.id}" for brief in briefs for actor in brief.actors}),
        ("figures", {f"{brief.article.id}/{figure.id}" for brief in briefs for figure in brief.figures}),
        ("claims", {f"{brief.article.id}/{claim.id}" for brief in briefs for claim in brief.claims}),
    )
    for part, known in parts:
        seen: set[str] = set()
        for i, cluster in enumerate(getattr(digest, part)):
            for member in cluster.members:
                if member not in known:
                    yield Problem(f"$.{part}[{i}]", "unknown_item", f"{member} is in none of the briefs")
                if member in seen:
                    yield Problem(f"$.{part}[{i}]", "duplicate", f"{member} is in two clusters")
                seen.add(member)
        if part != "claims" and known - seen:
            missing = ", ".join(sorted(known - seen))
            yield Problem(f"$.{part}", "unknown_item", f"in no cluster: {missing}")


def _check_references(digest: Digest) -> Iterator[Problem]:
    actors = {cluster.id for cluster in digest.actors}
    claims = {cluster.id for cluster in digest.claims}
    series = {one.id for one in digest.figures}
    speakers = {voice.member: voice.speakers for cluster in digest.claims for voice in cluster.voices}
    voices = set(speakers)
    everything = [
        *(cluster.id for cluster in digest.actors), *(one.id for one in digest.figures),
        *(cluster.id for cluster in digest.claims), *(event.id for event in digest.timeline),
        *(question.id for question in digest.open_questions),
    ]  # fmt: skip
    for id_ in sorted(id_ for id_, count in Counter(everything).items() if count > 1):
        yield Problem("$", "duplicate", f"{id_} is used twice")

    def missing(path: str, ids: Sequence[str | None], known: set[str]) -> Iterator[Problem]:
        for id_ in ids:
            if id_ is not None and id_ not in known:
                yield Problem(path, "unknown_item", f"{id_} is not in the digest")

    for i, one in enumerate(digest.figures):
        for j, point in enumerate(one.points):
            yield from missing(f"$.figures[{i}].points[{j}]", (point.source, point.via), actors)
        for j, relation in enumerate(one.relations):
            yield from missing(f"$.figures[{i}].relations[{j}]", (relation.a, relation.b), set(one.members))
    for i, cluster in enumerate(digest.claims):
        yield from missing(f"$.claims[{i}]", (*cluster.affirm, *cluster.deny), actors)
        for j, voice in enumerate(cluster.voices):
            yield from missing(f"$.claims[{i}].voices[{j}]", (*voice.speakers, voice.via), actors)
        yield from _check_answers(cluster, f"$.claims[{i}]", speakers, actors)
    for i, event in enumerate(digest.timeline):
        yield from missing(f"$.timeline[{i}]", event.claims, voices)
    for i, question in enumerate(digest.open_questions):
        yield from missing(f"$.open_questions[{i}]", question.cites, claims | series)


def _check_answers(
    cluster: ClaimCluster, path: str, speakers: Mapping[str, Sequence[str]], actors: set[str]
) -> Iterator[Problem]:
    """Answers are by actors of the digest, in statements that are theirs; denials are voices that deny."""
    denying = {voice.member for voice in cluster.voices if voice.polarity == "denied"}
    for j, answer in enumerate(cluster.answers):
        place = f"{path}.answers[{j}]"
        for actor in answer.actors:
            if actor not in actors:
                yield Problem(place, "unknown_item", f"{actor} is not in the digest")
            elif answer.members and not any(actor in speakers.get(one, ()) for one in answer.members):
                yield Problem(place, "invalid", f"none of the statements is by {actor}")
        for member in answer.members:
            if member not in speakers:
                yield Problem(place, "unknown_item", f"{member} is not in the digest")
            elif answer.kind in ("full_denial", "partial_denial") and member not in denying:
                yield Problem(place, "invalid", f"{member} doesn't deny {cluster.id}")
        if bool(answer.members) == (answer.kind == "no_answer"):
            yield Problem(place, "invalid", "no_answer has no statements, every other kind has some")


def _check_items(digest: Digest, briefs: Sequence[Brief], texts: Mapping[str, str]) -> Iterator[Problem]:
    """Points and voices say what the figure or claim says in its brief."""
    items: dict[str, Figure | Claim] = {}
    for brief in briefs:
        items.update((f"{brief.article.id}/{figure.id}", figure) for figure in brief.figures)
        items.update((f"{brief.article.id}/{claim.id}", claim) for claim in brief.claims)
    places: list[tuple[str, SeriesPoint | Voice, tuple[str, ...]]] = []
    for i, one in enumerate(digest.figures):
        places.extend((f"$.figures[{i}].points[{j}]", p, _POINT_FIELDS) for j, p in enumerate(one.points))
    for i, cluster in enumerate(digest.claims):
        places.extend((f"$.claims[{i}].voices[{j}]", v, _VOICE_FIELDS) for j, v in enumerate(cluster.voices))
    for path, place, fields in places:
        item = items.get(place.member)
        for field in fields if item is not None else ():
            if getattr(place, field) != getattr(item, field):
                yield Problem(f"{path}.{field}", "invalid", f"is not what {place.member} has in its brief")
        if place.article in texts:
            yield from misplaced_spans(place.evidence, f"{path}.evidence", texts[place.article])


def _check_states(digest: Digest) -> Iterator[Problem]:
    for i, one in enumerate(digest.figures):
        if len({point.status == "actual" for point in one.points}) > 1:
            message = "actual figures share a series with planned or possible ones"
            yield Problem(f"$.figures[{i}]", "invalid", message)
    for i, cluster in enumerate(digest.claims):
        polarities = {voice.polarity for voice in cluster.voices if voice.certainty != "unknown"}
        if len(polarities) == 2:
            expected = "disputed"
        else:
            expected = "corroborated" if cluster.origins >= 2 else "single_source"
        if cluster.state != expected:
            yield Problem(
                f"$.claims[{i}].state", "invalid", f"is {cluster.state}, its voices make it {expected}"
            )


def _check_summary(digest: Digest) -> Iterator[Problem]:
    claims = {cluster.id: cluster for cluster in digest.claims}
    series = {one.id: one for one in digest.figures}
    others = {event.id: event.claims for event in digest.timeline}
    others.update({question.id: question.cites for question in digest.open_questions})
    by_member = {member: cluster.id for cluster in digest.claims for member in cluster.members}
    for i, sentence in enumerate(digest.summary):
        cites: list[str] = []
        for cite in sentence.cites:
            if cite in others:  # an event or a question carries what its own claims carry
                cites.extend(by_member.get(id_, id_) for id_ in others[cite])
            elif cite in claims or cite in series:
                cites.append(cite)
            else:
                yield Problem(f"$.summary[{i}].cites", "unknown_item", f"{cite} is not in the digest")
        cited_claims = [claims[cite] for cite in dict.fromkeys(cites) if cite in claims]
        cited_series = [series[cite] for cite in dict.fromkeys(cites) if cite in series]
        yield from _check_sentence(digest, sentence.text, f"$.summary[{i}].text", cited_claims, cited_series)


def _check_sentence(
    digest: Digest, sentence: str, path: str, claims: Sequence[ClaimCluster], series: Sequence[FigureSeries]
) -> Iterator[Problem]:
    texts = _texts(digest, claims, series)
    name = KnownWords(texts).unknown_name(sentence)
    if name is not None:
        yield Problem(path, "name_not_in_cited", f"“{name}” is not in what the sentence cites")
    if may_hold_number(sentence):
        dates = [voice.when for cluster in claims for voice in cluster.voices]
        dates.extend(point.as_of for one in series for point in one.points)
        more = [*_values(series), *_counts(digest, claims, series)]
        unknown = KnownNumbers(texts, more, spans=True).unknown_number(sentence, dates)
        if unknown is not None:
            lost = unknown.code == "bound_not_in_evidence"
            yield Problem(path, "bound_differs" if lost else "number_not_in_cited", unknown.reason)
    for cluster in claims:
        affirming = [voice for voice in cluster.voices if voice.polarity == "affirmed"]
        surest = min((voice.certainty for voice in affirming or cluster.voices), key=CERTAINTIES.index)
        cues = [cue for voice in cluster.voices for cue in voice.cues]
        quotes = [span.quote for voice in cluster.voices for span in voice.evidence]
        denied = len(affirming) < len(cluster.voices)
        fault = hedge_fault(sentence, surest, cues, quotes) or denial_fault(sentence, denied, cues, quotes)
        if fault is not None:
            yield Problem(path, "hedge_lost", f"{fault} of {cluster.id}: “{cluster.text}”")


def _texts(digest: Digest, claims: Sequence[ClaimCluster], series: Sequence[FigureSeries]) -> list[str]:
    texts: list[str] = []
    named: set[str] = set()
    for cluster in claims:
        texts.append(cluster.text)
        for voice in cluster.voices:
            texts.extend((voice.text, *(span.quote for span in voice.evidence)))
            named.update(id_ for id_ in (*voice.speakers, voice.via) if id_)
    for one in series:
        texts.append(one.quantity)
        for point in one.points:
            texts.extend((point.counted, point.place or "", *(span.quote for span in point.evidence)))
            named.update(id_ for id_ in (point.source, point.via) if id_)
    for actor in digest.actors:
        if actor.id in named:
            texts.extend((actor.name, actor.role or "", *actor.aliases))
    # Which article says so is known of all that is cited.
    articles = {voice.article for cluster in claims for voice in cluster.voices}
    articles |= {point.article for one in series for point in one.points}
    texts.extend(header.outlet for header in digest.articles if header.id in articles and header.outlet)
    return texts


def _values(series: Sequence[FigureSeries]) -> list[Stated]:
    return [
        Stated(
            Decimal(str(point.value)),
            None if point.value_high is None else Decimal(str(point.value_high)),
            one.unit,
            point.bound,
        )
        for one in series
        for point in one.points
    ]


def _counts(digest: Digest, claims: Sequence[ClaimCluster], series: Sequence[FigureSeries]) -> list[Stated]:
    """How many articles, origins, voices and points there are may be said."""
    counts = {len(digest.articles)}
    counts |= {count for cluster in claims for count in (cluster.origins, len(cluster.voices))}
    counts |= {len(one.points) for one in series}
    return [Stated(Decimal(count), None, "count", "exact") for count in sorted(counts)]
