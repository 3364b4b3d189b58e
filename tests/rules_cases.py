"""Sentences and what a careful reader takes from them, one file a phenomenon, in `tests/data/rules`.

A file holds two tables of the same shape: `case`, what the rules engine gets right, and `known_miss`, what it
gets wrong so far (a test fails when one of them comes right, so that it moves). Fields of an entry:

- `text`: the sentence or sentences; `context`: a paragraph before them, where the phenomenon needs one.
- `claims`: for each, `on` (words of its content), `by` (speakers, [] is the article's own voice), `via`,
  `sourcing`, `polarity`, `certainty`, `cues`. What isn't written has its usual value: affirmed, certain,
  no cue, nobody between, and named (or article, without a speaker); a hedged or denied claim's cues are
  compared only where they are written. `text_has`, `text_lacks`: what the claim's own sentence must say
  or leave out.
- `actors`: `name`, `kind`, `role` ("" for none), `aliases` (at least these), `not_called`;
  `no_actors`: names that no actor may bear.
- `once`: words that the evidence of exactly one claim holds; `none`: of no claim.
- `summary`: wherever a sentence of the summary says `if`, it says each of `then` too; a `lead` is said.

"a|b" allows either, "*" anything.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from summarizer import article_from_text
from summarizer.extraction.by_rules.engine import extract_by_rules
from summarizer.grounding.brief_grounding import ground
from summarizer.records.article import Article
from summarizer.records.brief import Actor, Brief, Claim, Provenance
from summarizer.text.folding import comparison_key

FOLDER = Path(__file__).resolve().parent / "data" / "rules"
PROVENANCE = Provenance(engine="rules", version="0", document_schema="brief/1")
_ARTICLES = ("the ", "a ", "an ")


@dataclass(frozen=True, slots=True)
class Case:
    """One entry of a file."""

    phenomenon: str
    text: str
    expected: dict[str, Any]

    def __str__(self) -> str:
        """Its name in a test's report: the first words."""
        return " ".join(self.expected["text"].split()[:8])


@cache
def cases_of(phenomenon: str, table: str = "case") -> tuple[Case, ...]:
    """The entries of one table of one file."""
    entries = tomllib.loads((FOLDER / f"{phenomenon}.toml").read_text("utf-8")).get(table, [])
    return tuple(
        Case(
            phenomenon,
            f"{entry['context']}\n\n{entry['text']}" if "context" in entry else entry["text"],
            entry,
        )
        for entry in entries
    )


def phenomena() -> list[str]:
    """The names of all files."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def all_cases(table: str) -> list[Case]:
    """One table of all files."""
    return [case for phenomenon in phenomena() for case in cases_of(phenomenon, table)]


@cache
def read(text: str) -> tuple[Article, Brief]:
    """What the engine and the gate make of a text."""
    article = article_from_text(text)
    return article, ground(article, extract_by_rules(article), PROVENANCE)


def differences(case: Case) -> list[str]:
    """Where the brief is not what a careful reader expects; empty if all is well."""
    _, brief = read(case.text)
    expected = case.expected
    found: list[str] = []
    for wanted in expected.get("claims", []):
        found.extend(_claim_differences(wanted, brief, case.text))
    for wanted in expected.get("actors", []):
        found.extend(_actor_differences(wanted, brief))
    for name in expected.get("no_actors", []):
        found.extend(f"{name} is an actor" for actor in brief.actors if _is_called(actor, name))
    for words, number in [*((words, 1) for words in expected.get("once", [])),
                          *((words, 0) for words in expected.get("none", []))]:  # fmt: skip
        holding = [claim for claim in brief.claims if words in claim.evidence[0].quote]
        if len(holding) != number:
            found.append(f"{len(holding)} claims with “{words}”, not {number}")
    for rule in expected.get("summary", []):
        saying = [sentence.text for sentence in brief.summary if rule["if"] in sentence.text]
        if rule.get("lead") and not saying:
            found.append(f"the summary does not say “{rule['if']}”")
        found.extend(
            f"the summary says “{text}” without “{words}”"
            for text in saying
            for words in rule["then"]
            if words not in text
        )
    return found


def _claim_differences(wanted: dict[str, Any], brief: Brief, text: str) -> list[str]:
    """How the claim that tells the words `on` differs, or that there is none; the nearest, if several do."""
    candidates = list(_telling(wanted["on"], brief.claims, text))
    if not candidates:
        return [f"no claim tells “{wanted['on']}”"]
    shortest = min(len(claim.evidence[0].quote) for claim in candidates)
    tied = [claim for claim in candidates if len(claim.evidence[0].quote) == shortest]
    return min((_fields_that_differ(wanted, claim, brief) for claim in tied), key=len)


def _telling(words: str, claims: Sequence[Claim], text: str) -> Iterator[Claim]:
    start = text.index(words)
    while start >= 0:
        for claim in claims:
            span = claim.evidence[0]
            if span.start <= start and start + len(words) <= span.end:
                yield claim
        start = text.find(words, start + 1)


def _fields_that_differ(wanted: dict[str, Any], claim: Claim, brief: Brief) -> list[str]:
    actors = {actor.id: actor for actor in brief.actors}
    speakers = [actors[speaker] for speaker in claim.speakers]
    via = actors[claim.via] if claim.via is not None else None
    label = f"“{wanted['on']}”"
    wrong: list[str] = []
    by = wanted["by"]
    if by != "*" and not (
        len(by) == len(speakers) and all(any(_is_called(actor, name) for actor in speakers) for name in by)
    ):
        wrong.append(f"{label} is by {[actor.name for actor in speakers]}, not {by}")
    wanted_via = wanted.get("via", "")
    if wanted_via != "*" and not (_is_called(via, wanted_via) if via else wanted_via == ""):
        wrong.append(f"{label} came through {via.name if via else 'nobody'}, not {wanted_via or 'nobody'}")
    plain = {"sourcing": "named" if by else "article", "polarity": "affirmed", "certainty": "certain"}
    for field, usual in plain.items():
        value, allowed = getattr(claim, field), wanted.get(field, usual)
        if allowed != "*" and value not in allowed.split("|"):
            wrong.append(f"{label} is {value}, not {allowed}")
    is_plain = all(wanted.get(field, usual) == usual for field, usual in plain.items() if field != "sourcing")
    if (
        wanted.get("cues") != "*"
        and ("cues" in wanted or is_plain)
        and not _same_cues(wanted.get("cues", []), claim.cues)
    ):
        wrong.append(f"{label} has the cues {list(claim.cues)}, not {wanted.get('cues', [])}")
    told = f"{label} is told as “{claim.text}”"
    needed, banned = _listed(wanted.get("text_has", [])), _listed(wanted.get("text_lacks", []))
    wrong.extend(f"{told}, without “{words}”" for words in needed if words not in claim.text)
    wrong.extend(f"{told}, with “{words}”" for words in banned if words in claim.text)
    return wrong


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _actor_differences(wanted: dict[str, Any], brief: Brief) -> list[str]:
    actor = next((actor for actor in brief.actors if _is_one_of(actor.name, wanted["name"])), None)
    if actor is None:
        return [f"no actor is named {wanted['name']}: {[actor.name for actor in brief.actors]}"]
    wrong: list[str] = []
    if actor.kind != wanted["kind"]:
        wrong.append(f"{actor.name} is a {actor.kind}, not a {wanted['kind']}")
    if "role" in wanted and not _is_one_of(actor.role or "", wanted["role"]):
        wrong.append(f"{actor.name} is {actor.role}, not {wanted['role']}")
    wrong.extend(
        f"{actor.name} is not also called {alias}: {list(actor.aliases)}"
        for alias in wanted.get("aliases", [])
        if not _is_called(actor, alias)
    )
    wrong.extend(
        f"{actor.name} is also called {alias}"
        for alias in wanted.get("not_called", [])
        if _is_called(actor, alias)
    )
    return wrong


def _is_called(actor: Actor, names: str) -> bool:
    return any(_is_one_of(form, names) for form in (actor.name, *actor.aliases))


def _is_one_of(form: str, names: str) -> bool:
    return _bare(form) in {_bare(name) for name in names.split("|")}


def _bare(name: str) -> str:
    key = comparison_key(name)
    for article in _ARTICLES:
        key = key.removeprefix(article)
    return key


def _same_cues(wanted: Sequence[str], cues: Sequence[str]) -> bool:
    """Whether each cue of one side shares a word with one of the other ("appears" and "appears to")."""
    return _touch(wanted, cues) and _touch(cues, wanted)


def _touch(cues: Sequence[str], others: Sequence[str]) -> bool:
    words = {word for other in others for word in comparison_key(other).split()}
    return all(any(word in words for word in comparison_key(cue).split()) for cue in cues)
