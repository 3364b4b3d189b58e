"""START HERE for stories: a pile of articles in, groups of one event or affair out.

::

    Report …   reprints.find_reprints     articles that say nothing of their own are folded away
      │  terms.vectors                    what each is about, names and headlines before other words
      │  candidates.alike_pairs           near in time and sharing a telling word: compared; all others never
      │  linkage.group_articles           connected components, then average linkage
      ▼  here: first article, title, words
    Group      the caller merges each into a digest; ranking.collect puts them in order

Pure and deterministic, whatever the order of the reports. Works for a story of one, and for undated articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.stories.candidates import alike_pairs, days_of
from summarizer.stories.linkage import group_articles
from summarizer.stories.reports import Report
from summarizer.stories.reprints import find_reprints
from summarizer.stories.terms import Vector, cosine, count_terms, shown_terms, total, vectors

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


def group_reports(reports: Sequence[Report]) -> tuple[Group, ...]:
    """The stories of a pile, in order of their first articles; every report is in exactly one.

    Raises:
        ValueError: two reports of one id.
    """
    ordered = sorted(reports, key=_age)
    if len({report.id for report in ordered}) < len(ordered):
        raise ValueError("two reports of one article id")
    folded = find_reprints(ordered)
    kept = [i for i in range(len(ordered)) if i not in folded]
    about = vectors([count_terms(ordered[i].title, ordered[i].body) for i in kept])
    pairs = alike_pairs(about, [days_of(ordered[i].published) for i in kept])
    copies: dict[int, list[int]] = {}
    for copy, whole in folded.items():
        copies.setdefault(whole, []).append(copy)
    groups = []
    taken: set[str] = set()
    for positions in group_articles(about, pairs):
        members = [kept[at] for at in positions]
        group = _group(ordered, members, copies, [about[at] for at in positions], taken)
        taken.add(group.id)
        groups.append(group)
    return tuple(groups)


def _group(
    reports: Sequence[Report],
    members: Sequence[int],
    copies: dict[int, list[int]],
    about: Sequence[Vector],
    taken: set[str],
) -> Group:
    whole = total(about)
    central = max(range(len(members)), key=lambda at: (round(cosine(about[at], whole), 9), -at))
    titled = [members[central], *members]
    reprints = sorted((copy, member) for member in members for copy in copies.get(member, ()))
    first = min(*members, *(copy for copy, _ in reprints)) if reprints else members[0]
    return Group(
        id=_story_id(reports[first], taken),
        articles=tuple(reports[i].id for i in members),
        reprints=tuple((reports[copy].id, reports[member].id) for copy, member in reprints),
        title=next((reports[i].title for i in titled if reports[i].title.strip()), ""),
        terms=shown_terms(whole, [f"{reports[i].title}\n{reports[i].body}" for i in members], _SHOWN_TERMS),
    )


def _story_id(first: Report, taken: set[str]) -> str:
    """Ten hexadecimal digits of the first article's hash; further ones where two texts begin alike."""
    for start in range(len(first.sha256) - 10):
        story_id = f"s-{first.sha256[start : start + 10]}"
        if story_id not in taken:
            return story_id
    raise ValueError(f"too many stories begin with the text of {first.id!r}")


def _age(report: Report) -> tuple[bool, int, str, str]:
    days = days_of(report.published)
    return days is None, days.first if days else 0, report.sha256, report.id
