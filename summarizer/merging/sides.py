"""The sides of a claim: who affirms it and who denies it, how surely, and who changed sides.

Pure. A speaker is on one side once, at his surest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from summarizer.records.brief import CERTAINTIES, Certainty
from summarizer.records.digest import ClaimCluster, Voice


@dataclass(frozen=True, slots=True)
class Side:
    """Voices of one polarity and one certainty: the speakers, and whether an article says it itself."""

    certainty: Certainty
    actors: tuple[str, ...]
    own: bool
    relays: tuple[str | None, ...]


def sides_of(cluster: ClaimCluster, polarity: str) -> list[Side]:
    """Who affirms or denies, the surest first; each speaker once, at his surest."""
    sides: list[Side] = []
    taken: set[str] = set()
    for certainty in CERTAINTIES[:-1]:
        voices = [
            voice for voice in cluster.voices if voice.polarity == polarity and voice.certainty == certainty
        ]
        actors = [speaker for speaker in speakers_of(voices) if speaker not in taken]
        own = any(not voice.speakers for voice in voices)
        taken.update(actors)
        if actors or own:
            relays = dict.fromkeys(voice.via for voice in voices if set(voice.speakers) & set(actors))
            sides.append(Side(certainty, tuple(actors), own, tuple(relays)))
    return sides


def without(side: Side, actors: Sequence[str]) -> Side | None:
    """A side without some of its actors; None if nobody is left."""
    left = tuple(actor for actor in side.actors if actor not in actors)
    return replace(side, actors=left) if left or side.own else None


def turned(cluster: ClaimCluster, published: Mapping[str, str]) -> list[str]:
    """Who denied it at first and affirms it in a later article; `published` has the dates of articles."""
    denied: dict[str, str] = {}
    affirmed: dict[str, str] = {}
    for voice in cluster.voices:
        date = published.get(voice.article, "")
        last = denied if voice.polarity == "denied" else affirmed
        for speaker in voice.speakers if voice.certainty != "unknown" else ():
            last[speaker] = max(date, last.get(speaker, ""))
    return [
        actor for actor in speakers_of(cluster.voices) if "" < denied.get(actor, "") < affirmed.get(actor, "")
    ]


def speakers_of(voices: Sequence[Voice]) -> list[str]:
    return list(dict.fromkeys(speaker for voice in voices for speaker in voice.speakers))
