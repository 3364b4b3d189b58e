"""Say who holds a proposition, how surely, and who doesn't.

Pure. The verbs carry the certainty: "say that" for certain, "consider it likely that", "consider it possible
that"; a stated doubt is never turned into a claim. Groups of names are cut after a few, never counted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from summarizer.merging.person_names import person_name
from summarizer.merging.phrasing import (
    as_clause,
    as_question,
    as_sentence,
    is_plural,
    join_names,
    named,
    phrase_lexicon,
    with_article,
)
from summarizer.merging.sides import Side, sides_of, speakers_of, turned, without
from summarizer.records.brief import Certainty
from summarizer.records.digest import ActorCluster, ClaimCluster, Voice

#: More names than this make a sentence unreadable; the cluster lists them all.
_MAX_NAMES = 3


class Speech:
    """Sentences about the claim clusters of one story."""

    def __init__(self, actors: Sequence[ActorCluster], published: Mapping[str, str] | None = None) -> None:
        """`published`: the dates of the articles that have one."""
        self._actors: Mapping[str, ActorCluster] = {cluster.id: cluster for cluster in actors}
        self._published = published or {}

    def name(self, actor: str) -> str:
        """An actor as it stands inside a sentence."""
        cluster = self._actors[actor]
        if cluster.kind == "person" and person_name(cluster.name) is not None:
            return cluster.name
        if cluster.kind in ("person", "group"):
            return with_article(cluster.name)
        name = named(cluster.name)
        bare = (
            cluster.kind == "organization"
            and name[:1].islower()
            and not name.startswith(("the ", "a ", "an "))
        )
        return f"the {name}" if bare and not is_plural(name) else name

    def names(self, actors: Sequence[str]) -> str:
        """Some actors, the most prominent first."""
        ordered = sorted(dict.fromkeys(actors), key=lambda actor: int(actor[1:]))
        every = list(dict.fromkeys(map(self.name, ordered)))
        shown = every[:_MAX_NAMES]
        return join_names([*shown, "others"] if len(every) > _MAX_NAMES else shown)

    def verb(self, actors: Sequence[str], plural: str, singular: str) -> str:
        """The verb form for some actors."""
        if len({self.name(actor) for actor in actors}) != 1:
            return plural
        cluster = self._actors[actors[0]]
        collective = cluster.name.lower().split()[-1] in phrase_lexicon()["plural"]["words"].split()
        return plural if collective or (cluster.kind == "group" and is_plural(cluster.name)) else singular

    def sentence(self, cluster: ClaimCluster) -> str:
        """One sentence that says all that a reader must know of a cluster."""
        affirmed, denied = sides_of(cluster, "affirmed"), sides_of(cluster, "denied")
        clause = as_clause(cluster.text)
        if affirmed:
            said = self._affirmation(affirmed, clause)
            late = [actor for actor in turned(cluster, self._published) if actor in affirmed[0].actors]
            if late and late == list(affirmed[0].actors) and len(affirmed) == 1:
                said += ", having denied it before"
            denied = [side for one in denied if (side := without(one, late)) is not None]
            parts = [said, self._denial(denied, "it", duty=_is_duty(cluster), cluster=cluster)]
            return as_sentence("; ".join(part for part in parts if part))
        if denied and not _is_denial(cluster):
            return self._in_own_words(cluster)
        if denied:
            own = self._own(denied[0].actors, clause) if len(denied) == 1 and denied[0].actors else None
            return as_sentence(self._denial(denied, f"that {own or clause}", duty=False))
        return as_sentence(self.unknown(cluster))

    def is_contested(self, cluster: ClaimCluster) -> bool:
        """Whether somebody still denies what others affirm."""
        denied = sides_of(cluster, "denied") if cluster.state == "disputed" else ()
        return any(without(side, turned(cluster, self._published)) is not None for side in denied)

    def _in_own_words(self, cluster: ClaimCluster) -> str:
        """A negation that answers nobody, as it was said: "X says that not Y" is no denial of Y."""
        voice = cluster.voices[0]
        quote = " ".join(voice.evidence[0].quote.split()).strip(" ,;:")
        names = [
            form
            for actor in voice.speakers
            for form in (self._actors[actor].name, *self._actors[actor].aliases)
        ]
        told = not voice.speakers or any(form in quote for form in names)
        if told and not voice.speakers and '"' not in quote and "“" not in quote:
            return as_sentence(quote)
        quoted = self.quoted(voice)
        return quoted if told else f"{as_sentence(self.names(voice.speakers))[:-1]}: {quoted}"

    def quoted(self, voice: Voice) -> str:
        """The words of a voice in quotation marks, without the "he said" beside a mark that is left over."""
        quote = " ".join(voice.evidence[0].quote.split()).strip(" ,;:")
        if quote.count('"') == 1:
            quote = max(quote.split('"'), key=len).strip(" ,;:")
        return f"“{quote.strip('“”')}”"

    def positions(self, cluster: ClaimCluster) -> str:
        """Who says so and who denies it, without saying again what: "the US says so; Russia denies it"."""
        parts: list[str] = []
        for side in sides_of(cluster, "affirmed"):
            if side.own and side.certainty == "certain":
                parts.append("an article says so itself")
            if side.actors and side.certainty == "certain":
                parts.append(f"{self.names(side.actors)} {self.verb(side.actors, 'say', 'says')} so")
            elif side.actors:
                verb = self.verb(side.actors, "consider", "considers")
                parts.append(f"{self.names(side.actors)} {verb} it {_DEGREES[side.certainty]}")
            elif side.own and side.certainty != "certain":
                parts.append(f"it is reported as {_DEGREES[side.certainty]}")
        denied = self._denial(sides_of(cluster, "denied"), "it", duty=_is_duty(cluster), cluster=cluster)
        return "; ".join([*parts, denied])

    def _affirmation(self, sides: Sequence[Side], clause: str) -> str:
        """The affirming side; the surest group first, each with its own verb."""
        parts: list[str] = []
        for side in sides:
            first = not parts
            if side.own and side.certainty == "certain":
                parts.append(clause)
            elif side.actors:
                parts.append(self._say(side, clause, first=first))
            elif first:
                parts.append(f"it is reported as {_DEGREES[side.certainty]} that {clause}")
        return ", and ".join(parts) if len(parts) < 3 else f"{', '.join(parts[:-1])}, and {parts[-1]}"

    def _say(self, side: Side, clause: str, *, first: bool) -> str:
        names = self.names(side.actors)
        if side.certainty == "certain" and first and self._tells_of_itself(side.actors, clause):
            return clause + self._relay(side)
        if side.certainty == "certain":
            verb = self.verb(side.actors, "say", "says")
            if not first:
                return f"{names} {verb} so{self._relay(side)}"
            own = self._own(side.actors, clause)
            if own is None:
                return f"{clause}, by {self._possessive(side.actors[0])} own account"
            return f"{names} {verb} that {own}{self._relay(side)}"
        said = f"{names} {self.verb(side.actors, 'consider', 'considers')} it {_DEGREES[side.certainty]}"
        return said + (f" that {clause}" if first else "") + self._relay(side)

    def _denial(
        self, sides: Sequence[Side], what: str, *, duty: bool, cluster: ClaimCluster | None = None
    ) -> str:
        """The denying side; `what` is "it" or "that …", `duty` says that it is a demand.

        Of `cluster`, who denies only a part is said to.
        """
        parts: list[str] = []
        in_part = {
            actor
            for answer in (cluster.answers if cluster else ())
            if answer.kind == "partial_denial"
            for actor in answer.actors
        }
        for side in sides:
            if not side.actors:
                if not parts:
                    untrue = _DENIED[side.certainty]
                    denies = "a report denies it" if untrue == "untrue" else f"a report calls it {untrue}"
                    parts.append(denies if what == "it" else f"it is reported as {untrue} {what}")
            elif side.certainty == "certain":
                verb = self.verb(side.actors, *(("reject", "rejects") if duty else ("deny", "denies")))
                part = "part of " if what == "it" and in_part.issuperset(side.actors) else ""
                parts.append(f"{self.names(side.actors)} {verb} {part}{what}")
            else:
                verb = self.verb(side.actors, "consider", "considers")
                object_ = f"it {_DENIED[side.certainty]}" + ("" if what == "it" else f" {what}")
                parts.append(f"{self.names(side.actors)} {verb} {object_}")
        return ", and ".join(parts)

    def _tells_of_itself(self, actors: Sequence[str], clause: str) -> bool:
        """Whether a clause tells of the speaker's own act of speech: "the mayor called for calm"."""
        if len(set(actors)) != 1:
            return False
        cluster = self._actors[actors[0]]
        for form in {cluster.name, *cluster.aliases}:
            if form.isascii() and clause.isascii() and form.lower() not in clause.lower():
                continue  # a pattern for each name is dear
            found = re.match(rf"(?:\S+ ){{0,5}}?{re.escape(form)}{_ACT}", clause, re.I)
            if found is not None and found.group(1) in phrase_lexicon()["speech_acts"].split():
                return True
        return False

    def _own(self, actors: Sequence[str], clause: str) -> str | None:
        """ "Russia says that it may …" for those who speak of themselves; None where no pronoun serves."""
        cluster = self._actors[actors[0]]
        if len(set(actors)) > 1:
            return clause
        forms = {cluster.name, named(cluster.name), self.name(cluster.id), *cluster.aliases}
        forms |= {f"the {form}" for form in forms if not form.lower().startswith("the ")}
        for form in sorted(forms, key=lambda form: (-len(form), form)):
            after = clause[len(form) :]
            if not clause.lower().startswith(form.lower()) or not re.match(r" |['’]s? |,", after):
                continue
            if cluster.kind == "person" or after[0] == ",":
                return None
            plural = cluster.kind == "group" and is_plural(cluster.name)
            if after[0] == " ":
                return f"{'they' if plural else 'it'}{after}"
            return f"{'their' if plural else 'its'}{after[after.index(' ') :]}"
        return clause

    def _possessive(self, actor: str) -> str:
        """ "Ekdal's" after "Tomas Ekdal"; a person's pronoun isn't known."""
        cluster = self._actors[actor]
        if cluster.kind != "person":
            return "its"
        name = self.name(actor).split()[-1]
        return f"{name}’" if name.endswith("s") else f"{name}’s"

    def _relay(self, side: Side) -> str:
        """Through whom a speaker is known, if it is one speaker and always the same relay."""
        if len(side.relays) != 1 or len(side.actors) > 1 or side.own:
            return ""
        relay = side.relays[0]
        return "" if relay is None or relay in side.actors else f", according to {self.name(relay)}"

    def unknown(self, cluster: ClaimCluster) -> str:
        """What is said not to be known, as a clause: "it is not known whether …, according to …"."""
        voices = [voice for voice in cluster.voices if voice.certainty == "unknown"]
        actors = speakers_of(voices)
        question = as_question(cluster.text)
        kind = doubt_of(voices)
        if actors and kind == "hopes":
            return f"{self.names(actors)} {self.verb(actors, 'hope', 'hopes')} that {as_clause(cluster.text)}"
        if actors and kind == "withholds":
            return f"{self.names(actors)} {self.verb(actors, 'do', 'does')} not say {question}"
        if actors:
            return f"it is not known {question}, according to {self.names(actors)}"
        return f"it is not known {question}"


#: What a speaker named before it does.
_ACT = r" (?:has |have |had |also )?(\w+)"
_DEGREES: dict[Certainty, str] = {"probable": "likely", "possible": "possible"}
_DENIED: dict[Certainty, str] = {
    "certain": "untrue",
    "probable": "unlikely",
    "possible": "possibly untrue",
}


def _is_denial(cluster: ClaimCluster) -> bool:
    """Whether somebody denies, by the verb: "denied", "ruled out"; "did not" only negates."""
    cues = " ".join(cue.lower() for voice in cluster.voices for cue in voice.cues)
    denies = any(stem in cues for stem in phrase_lexicon()["denials"].split())
    return not cues or (denies and any(voice.speakers for voice in cluster.voices))


def _is_duty(cluster: ClaimCluster) -> bool:
    """A demand is rejected, not denied."""
    return bool({"should", "must", "ought"} & set(cluster.text.split()))


def doubt_of(voices: Sequence[Voice]) -> str:
    """hopes, withholds or unknown: what the cues of unknown voices say."""
    lexicon = phrase_lexicon()["unknown"]
    cues = [cue.lower() for voice in voices for cue in voice.cues]
    if cues and all(any(word in lexicon["hopes"].split() for word in cue.split()) for cue in cues):
        return "hopes"
    if any(mark in cue for cue in cues for mark in lexicon["withholds"]):
        return "withholds"
    return "unknown"
