"""Edits of a perfect digest that the digest's scorer must notice; the rows are in `evals/mutations.json`.

Pure. Same rule as for briefs: an edit moves the metrics that its row names, and no other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from summarizer.evaluation.digest import DIGEST_METRICS, score_digest
from summarizer.evaluation.mutations import moved_metrics
from summarizer.evaluation.partners import same_items
from summarizer.evaluation.perfect import digest_of
from summarizer.records.brief import Sentence
from summarizer.records.digest import ActorCluster, ClaimCluster, Digest, FigureSeries
from summarizer.records.gold import GoldBrief, GoldDigest


def moved_by(
    row: Mapping[str, Any], gold: GoldDigest, briefs: Mapping[str, GoldBrief]
) -> frozenset[str] | None:
    """Names of the metrics that the row's edit moves, or None where the story doesn't allow the edit."""
    partners = same_items(briefs)
    perfect = digest_of(gold, briefs)
    mutant = DIGEST_EDITS[row["edit"]](perfect)
    if mutant is None:
        return None
    before, after = (score_digest(digest, gold, briefs, partners) for digest in (perfect, mutant))
    return moved_metrics(DIGEST_METRICS, before, after)


def _split_series(digest: Digest) -> Digest | None:
    """A series, uncited and undisputed, loses its last point and that point's relations."""
    cited = {cite for sentence in digest.summary for cite in sentence.cites}
    for index, series in enumerate(digest.figures):
        disputed = any(relation.relation == "differ_in_source" for relation in series.relations)
        if len(series.points) < 2 or series.id in cited or disputed:
            continue
        last = series.points[-1]
        stays = series.model_copy(
            update={
                "points": series.points[:-1],
                "relations": tuple(r for r in series.relations if last.member not in (r.a, r.b)),
            }
        )
        new = series.model_copy(
            update={"id": f"S{len(digest.figures) + 1}", "points": (last,), "relations": ()}
        )
        return _with_series(digest, index, stays, new)
    return None


def _with_series(digest: Digest, index: int, *series: FigureSeries) -> Digest:
    figures = (*digest.figures[:index], series[0], *digest.figures[index + 1 :], *series[1:])
    return digest.model_copy(update={"figures": figures})


def _merge_series(digest: Digest) -> Digest | None:
    """The last two series that no sentence cites become one."""
    cited = {cite for sentence in digest.summary for cite in sentence.cites}
    free = [series for series in digest.figures if series.id not in cited]
    if len(free) < 2:
        return None
    a, b = free[-2:]
    joined = a.model_copy(
        update={"points": (*a.points, *b.points), "relations": (*a.relations, *b.relations)}
    )
    kept = tuple(joined if series is a else series for series in digest.figures if series is not b)
    return digest.model_copy(update={"figures": kept})


def _relation(was: str, becomes: str) -> Callable[[Digest], Digest | None]:
    def edit(digest: Digest) -> Digest | None:
        held = sum(relation.relation == was for series in digest.figures for relation in series.relations)
        if held < 2:
            return None  # losing the only one would empty a side, and move precision too
        for index, series in enumerate(digest.figures):
            for position, relation in enumerate(series.relations):
                if relation.relation == was:
                    relations = list(series.relations)
                    relations[position] = relation.model_copy(update={"relation": becomes})
                    changed = series.model_copy(update={"relations": tuple(relations)})
                    return _with_series(digest, index, changed)
        return None

    return edit


def _disputed(digest: Digest) -> int | None:
    return next((i for i, cluster in enumerate(digest.claims) if cluster.state == "disputed"), None)


def _with_claims(digest: Digest, index: int, *clusters: ClaimCluster) -> Digest:
    claims = (*digest.claims[:index], *clusters, *digest.claims[index + 1 :])
    return digest.model_copy(update={"claims": claims})


def _lose_denial(digest: Digest) -> Digest | None:
    """All voices of a disputed cluster affirm; the lists of who affirms and denies stay."""
    index = _disputed(digest)
    if index is None or sum(cluster.state == "disputed" for cluster in digest.claims) < 2:
        return None
    cluster = digest.claims[index]
    voices = tuple(voice.model_copy(update={"polarity": "affirmed"}) for voice in cluster.voices)
    return _with_claims(digest, index, cluster.model_copy(update={"voices": voices}))


def _swap_sides(digest: Digest) -> Digest | None:
    index = _disputed(digest)
    if index is None:
        return None
    cluster = digest.claims[index]
    swapped = cluster.model_copy(update={"affirm": cluster.deny, "deny": cluster.affirm})
    return _with_claims(digest, index, swapped)


def _state(digest: Digest) -> Digest | None:
    index = _disputed(digest)
    if index is None:
        return None
    return _with_claims(digest, index, digest.claims[index].model_copy(update={"state": "corroborated"}))


def _origins(digest: Digest) -> Digest:
    cluster = digest.claims[0]
    return _with_claims(digest, 0, cluster.model_copy(update={"origins": cluster.origins + 1}))


def _split_claims(digest: Digest) -> Digest | None:
    """An undisputed cluster of three or more loses a voice."""
    for index, cluster in enumerate(digest.claims):
        if cluster.state != "disputed" and len(cluster.voices) > 2:
            stays = cluster.model_copy(update={"voices": cluster.voices[:-1]})
            new = cluster.model_copy(update={"id": "C999", "voices": cluster.voices[-1:]})
            return _with_claims(digest, index, stays, new)
    return None


def _merge_claims(digest: Digest) -> Digest | None:
    """The last two clusters that nobody denies and no sentence cites become one."""
    cited = {cite for sentence in digest.summary for cite in sentence.cites}
    *_, a, b = (
        0,
        0,
        *(
            index
            for index, cluster in enumerate(digest.claims)
            if len(cluster.voices) > 1 and not cluster.deny and cluster.id not in cited
        ),
    )
    if a == b:
        return None
    first, second = digest.claims[a], digest.claims[b]
    joined = first.model_copy(update={"voices": (*first.voices, *second.voices)})
    shorter = digest.model_copy(update={"claims": tuple(c for c in digest.claims if c.id != second.id)})
    return _with_claims(shorter, shorter.claims.index(first), joined)


def _invent_denial(digest: Digest) -> Digest | None:
    """One voice of an undisputed cluster of two is heard the wrong way round."""
    for index, cluster in enumerate(digest.claims):
        if len(cluster.voices) == 2 and cluster.state != "disputed":
            a, b = cluster.voices
            turned = b.model_copy(update={"polarity": "denied" if b.polarity == "affirmed" else "affirmed"})
            return _with_claims(digest, index, cluster.model_copy(update={"voices": (a, turned)}))
    return None


def _split_actor(digest: Digest) -> Digest | None:
    """An actor who takes no side anywhere is cut in two."""
    sides = {actor for cluster in digest.claims for actor in (*cluster.affirm, *cluster.deny)}
    for index, actor in enumerate(digest.actors):
        if len(actor.members) > 1 and actor.id not in sides:
            stays = actor.model_copy(update={"members": actor.members[:-1]})
            new = actor.model_copy(update={"id": "A999", "members": actor.members[-1:]})
            return _with_actors(digest, index, stays, new)
    return None


def _merge_actors(digest: Digest) -> Digest | None:
    """Two actors who take no side become one."""
    sides = {actor for cluster in digest.claims for actor in (*cluster.affirm, *cluster.deny)}
    silent = [index for index, actor in enumerate(digest.actors) if actor.id not in sides]
    if len(silent) < 2:
        return None
    a, b = digest.actors[silent[0]], digest.actors[silent[1]]
    joined = a.model_copy(update={"members": (*a.members, *b.members), "aliases": (*a.aliases, *b.aliases)})
    rest = digest.model_copy(update={"actors": tuple(actor for actor in digest.actors if actor.id != b.id)})
    return _with_actors(rest, rest.actors.index(a), joined)


def _with_actors(digest: Digest, index: int, *actors: ActorCluster) -> Digest:
    kept = (*digest.actors[:index], *actors, *digest.actors[index + 1 :])
    return digest.model_copy(update={"actors": kept})


def _sentence(**fields: Any) -> Callable[[Digest], Digest | None]:
    def edit(digest: Digest) -> Digest | None:
        if not digest.summary:
            return None
        first = digest.summary[0]
        changed = first.model_copy(
            update={
                name: (*first.cites, *value) if name == "cites" else f"{first.text} {value}"
                for name, value in fields.items()
            }
        )
        return digest.model_copy(update={"summary": (changed, *digest.summary[1:])})

    return edit


def _drop_sentence(digest: Digest) -> Digest | None:
    return digest.model_copy(update={"summary": digest.summary[1:]}) if len(digest.summary) > 1 else None


def _surer(digest: Digest) -> Digest | None:
    """A sentence that states the bare proposition of a cited cluster whose voices all hedge."""
    cited = {cite for sentence in digest.summary for cite in sentence.cites}
    for cluster in digest.claims:
        hedged = all(voice.certainty != "certain" for voice in cluster.voices)
        if hedged and cluster.id in cited:
            sentence = Sentence(text=cluster.text, cites=(cluster.id,))
            return digest.model_copy(update={"summary": (*digest.summary, sentence)})
    return None


def _shuffle(digest: Digest) -> Digest:
    return digest.model_copy(
        update={
            "actors": digest.actors[::-1],
            "figures": tuple(
                series.model_copy(update={"points": series.points[::-1], "relations": series.relations[::-1]})
                for series in reversed(digest.figures)
            ),
            "claims": tuple(
                cluster.model_copy(update={"voices": cluster.voices[::-1]})
                for cluster in reversed(digest.claims)
            ),
            "summary": digest.summary[::-1],
        }
    )


DIGEST_EDITS: Mapping[str, Callable[[Digest], Digest | None]] = {
    "split_series": _split_series,
    "merge_series": _merge_series,
    "scope_for_source": _relation("differ_in_source", "differ_in_scope"),
    "time_for_scope": _relation("differ_in_scope", "differ_in_time"),
    "source_for_agree": _relation("agree", "differ_in_source"),
    "lose_denial": _lose_denial,
    "swap_sides": _swap_sides,
    "wrong_state": _state,
    "one_origin_more": _origins,
    "split_claims": _split_claims,
    "merge_claims": _merge_claims,
    "invent_denial": _invent_denial,
    "split_actor": _split_actor,
    "merge_actors": _merge_actors,
    "cite_nothing": _sentence(cites=("C998",)),
    "wrong_number": _sentence(text="More than 987,654 people agreed."),
    "strange_name": _sentence(text="All agreed, as did Napoleon."),
    "drop_sentence": _drop_sentence,
    "surer": _surer,
    "shuffle": _shuffle,
}
