"""Which doubts a later article settles: what was "not immediately clear" on Monday may be known on Thursday.

Pure. A doubt is settled when an article of a later day commits to something that holds nearly all that the
question is about. Undated articles settle nothing, and nothing settles theirs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from summarizer.merging.phrasing import as_question
from summarizer.merging.propositions import concept_of
from summarizer.records.digest import ClaimCluster

#: So much of what a question asks about must be in what is said later; less than two concepts ask too little.
_COVERED, _MIN_CONCEPTS = 0.75, 2
#: Of more clusters with one concept than this, only the first are looked at.
_MAX_POSTINGS = 400
_QUANTIFIERS = frozenset(("several", "few", "dozens", "hundreds", "thousands", "three", "four", "five"))


def settled_doubts(clusters: Sequence[ClaimCluster], published: Mapping[str, str]) -> frozenset[str]:
    """Ids of the clusters that are all doubt and that a later article settles."""
    doubts = [one for one in clusters if all(voice.certainty == "unknown" for voice in one.voices)]
    if not doubts:
        return frozenset()
    told: dict[str, list[tuple[str, frozenset[str], str]]] = defaultdict(list)
    for cluster in clusters:
        dates = [
            published.get(voice.article, "")
            for voice in cluster.voices
            if voice.certainty in ("certain", "probable")
        ]
        if any(dates):
            concepts = _concepts(cluster.text)
            for concept in sorted(concepts):
                told[concept].append((max(dates), concepts, cluster.id))
    return frozenset(
        cluster.id
        for cluster in doubts
        if (asked := [published.get(voice.article, "") for voice in cluster.voices])
        and all(asked)
        and _is_settled(_concepts(as_question(cluster.text)), max(asked), told)
    )


def _is_settled(
    topic: frozenset[str], asked: str, told: Mapping[str, Sequence[tuple[str, frozenset[str], str]]]
) -> bool:
    if len(topic) < _MIN_CONCEPTS:
        return False
    later = {
        (concepts, name)
        for concept in topic
        for date, concepts, name in told.get(concept, ())[:_MAX_POSTINGS]
        if date > asked
    }
    return any(len(topic & concepts) >= _COVERED * len(topic) for concepts, _ in later)


def is_refusal_to_confirm(text: str) -> bool:
    """Whether a text that is said to be unknown only tells that somebody could not confirm it."""
    return re.search(r"\b(?:not|n['’]t) (?:\w+ )?(?:verify|confirm)\b", text) is not None


def _concepts(text: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", text)
    concepts = (concept_of(word.lower()) for word in words if word.lower() not in _QUANTIFIERS)
    return frozenset(concept for concept in concepts if concept is not None)
