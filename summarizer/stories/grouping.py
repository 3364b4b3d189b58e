"""START HERE for stories: a pile of articles in, groups of one event or affair out.

::

    Report …   reprints.find_reprints     articles that say nothing of their own are folded away
      │  vectors                          what each is about, names and headlines before other words
      │  candidates.alike_pairs           near in time and sharing a telling word: compared; all others never
      │  linkage.group_articles           connected components, then average linkage
      ▼  here: first article, title, words
    Group      the caller merges each into a digest; ranking.collect puts them in order

Pure and deterministic, whatever the order of the reports. Works for a story of one, and for undated articles.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.store.spool import Arranged
from summarizer.stories.candidates import alike_pairs, days_of
from summarizer.stories.linkage import group_articles
from summarizer.stories.reports import Age, Report, age_of
from summarizer.stories.reprints import folded, said_of
from summarizer.stories.terms import Vector, cosine, count_terms, shown_terms, total
from summarizer.stories.vectors import TermVectors

#: Words that are shown as what a story is about.
_SHOWN_TERMS = 6


@dataclass(frozen=True, slots=True)
class Group:
    """One story. `reprints` maps the id of a folded article to the one of `articles` that holds all of it.

    `id` comes from the text of the earliest article, so a later one doesn't change it; of undated articles
    alone, from the text with the smallest hash, which a new one may undercut.
    """

    id: str
    articles: tuple[str, ...]
    reprints: tuple[tuple[str, str], ...]
    title: str
    terms: tuple[str, ...]
    newest: int | None
    """Day of its newest article, reprints left out, as an ordinal; None without a date."""


def group_reports(reports: Sequence[Report]) -> tuple[Group, ...]:
    """The stories of a pile, in order of their first articles; every report is in exactly one.

    Reports are looked at several times and never held: they may be read anew at every look. What is held of
    each are its sentences as numbers and its hundred heaviest terms.

    Raises:
        ValueError: two reports of one id.
    """
    read = [(age_of(report), said_of(report)) for report in reports]
    order = _by_age([age for age, _ in read])
    said = [read[place][1] for place in order]
    days = [one.days for one in said]
    reprints = folded(said)
    del read, said
    kept = [i for i in range(len(order)) if i not in reprints]
    about = TermVectors(count_terms(one.title, one.body) for i in kept for one in (reports[order[i]],))
    pairs = alike_pairs(about, [days[i] for i in kept])
    copies: dict[int, list[int]] = {}
    for copy, whole in reprints.items():
        copies.setdefault(whole, []).append(copy)
    ordered = Arranged(reports, order)
    groups = []
    taken: set[str] = set()
    for positions in group_articles(about, pairs):
        members = [kept[at] for at in positions]
        group = _group(ordered, members, copies, _matter(about, positions), taken)
        taken.add(group.id)
        groups.append(group)
    return tuple(groups)


def _by_age(ages: Sequence[Age]) -> array[int]:
    """The places of reports, the earliest one first. Raises ValueError for two of one id."""
    if len({age[-1] for age in ages}) < len(ages):
        raise ValueError("two reports of one article id")
    return array("I", sorted(range(len(ages)), key=ages.__getitem__))


@dataclass(frozen=True, slots=True)
class _Matter:
    """What a story is about: which of its articles is nearest to all of it, and their sum."""

    central: int
    whole: Vector


def _matter(about: TermVectors, positions: Sequence[int]) -> _Matter:
    vectors = [about[at] for at in positions]
    whole = total(vectors)
    nearness = [round(cosine(one, whole), 9) for one in vectors]
    return _Matter(nearness.index(max(nearness)), about.named(whole))


def _group(
    reports: Sequence[Report],
    members: Sequence[int],
    copies: dict[int, list[int]],
    matter: _Matter,
    taken: set[str],
) -> Group:
    folded_in = sorted((copy, member) for member in members for copy in copies.get(member, ()))
    told = {i: reports[i] for i in (*members, *(copy for copy, _ in folded_in))}
    first = min(told)
    days = [days_of(told[i].published) for i in members]
    return Group(
        id=_story_id(told[first], taken),
        articles=tuple(told[i].id for i in members),
        reprints=tuple((told[copy].id, told[member].id) for copy, member in folded_in),
        title=next((told[i].title for i in (members[matter.central], *members) if told[i].title.strip()), ""),
        terms=shown_terms(matter.whole, [f"{told[i].title}\n{told[i].body}" for i in members], _SHOWN_TERMS),
        newest=max((day.last for day in days if day is not None), default=None),
    )


def _story_id(first: Report, taken: set[str]) -> str:
    """Ten hexadecimal digits of the first article's hash; further ones where two texts begin alike."""
    for start in range(len(first.sha256) - 10):
        story_id = f"s-{first.sha256[start : start + 10]}"
        if story_id not in taken:
            return story_id
    raise ValueError(f"too many stories begin with the text of {first.id!r}")
