"""What the actors of a story are called beside their names: "the airline", "the minister", a bare surname.

Pure. Said of an actor by its own articles (aliases, role); whether a claim that says "the airline" means it
is for the caller to decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from summarizer.merging.claim_words import claim_lexicon, place_token
from summarizer.merging.offices import office
from summarizer.merging.person_names import person_name
from summarizer.merging.slots import noun_concept
from summarizer.records.digest import ActorCluster


class Kin:
    """Other words for the actors of a story: "the airline" for Aurelia Air, a bare surname for its bearer."""

    def __init__(self, actors: Sequence[ActorCluster]) -> None:
        self._words: dict[str, frozenset[str]] = {}
        bearers: dict[str, list[str]] = defaultdict(list)
        for actor in actors:
            words = {
                noun_concept(form.split()[-1].lower())
                for form in (*actor.aliases, actor.role or "")
                if form and form.split()[-1].islower()
            }
            person = person_name(actor.name) if actor.kind == "person" else None
            if person is not None:
                bearers[place_token(actor.name.split()[-1].lower())].append(actor.id)
            role = office(actor.role) if actor.role else None
            if role is not None and role.rank is not None:
                words.add(noun_concept(role.rank))
            self._words[f"@{actor.id}"] = frozenset(words)
        self._of_states = frozenset(map(noun_concept, claim_lexicon()["slots"]["of_states"].split()))
        bare = {place_token(actor.name.lower()): actor.id for actor in actors if " " not in actor.name}
        for token, ids in bearers.items():
            if len(ids) == 1:
                misread = {f"@{bare[token]}"} if token in bare else set()
                self._words[f"@{ids[0]}"] |= {f"~{token}"} | misread

    def of(self, name: str) -> frozenset[str]:
        """What else a name token may be called."""
        return self._words.get(name, self._of_states) | {name}
