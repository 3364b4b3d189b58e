"""Put the actors of all articles into clusters, one actor each (contract, section 7).

Pure. Strong evidence joins first: a state's name, a full personal name, a body's wording. Weak evidence (an
acronym, a short company name, a ministry without its state, a bare surname, a title) joins only when one
candidate is left and it is in another article. Unnamed people and groups stay alone: their names say what
they are, not who.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from summarizer.merging.actor_facts import Facts, initials_of, is_proper, organization_key, read_facts
from summarizer.merging.offices import (
    Office,
    actor_lexicon,
    is_function,
    office,
    offices_conflict,
    same_office,
)
from summarizer.merging.person_names import is_common_surname, same_person
from summarizer.merging.pool import ActorItem
from summarizer.merging.union import Groups
from summarizer.records.digest import ActorCluster
from summarizer.text.countries import countries
from summarizer.text.romanisation import plain
from summarizer.text.words import is_common_word

#: Acronyms are no longer than this.
_LONGEST_ACRONYM = 6


def cluster_actors(items: Sequence[ActorItem], weight: Mapping[str, int]) -> tuple[ActorCluster, ...]:
    """Clusters in order of prominence, ids A1… ; `weight` says how often a member speaks or is a source."""
    facts = [read_facts(item) for item in items]
    groups = Groups(len(items))
    _join_equal(groups, facts)
    _join_persons(groups, facts)
    _join_acronyms(groups, items, facts)
    _join_short_names(groups, items, facts)
    _join_stateless_ministries(groups, items, facts)
    _join_bare_surnames(groups, items, facts)
    _join_titles(groups, items, facts)
    clusters = [_cluster([items[i] for i in group], [facts[i] for i in group]) for group in groups.groups()]
    ranked = sorted(clusters, key=lambda cluster: _prominence(cluster, weight))
    return tuple(
        cluster.model_copy(update={"id": f"A{number}"}) for number, cluster in enumerate(ranked, start=1)
    )


def _join_all(groups: Groups, buckets: Iterable[list[int]]) -> None:
    for bucket in buckets:
        for other in bucket[1:]:
            groups.join(bucket[0], other)


def _join_equal(groups: Groups, facts: Sequence[Facts]) -> None:
    """States by code; organizations by wording: state, ministry function, words in any order."""
    buckets: dict[object, list[int]] = defaultdict(list)
    for i, fact in enumerate(facts):
        if fact.state is not None:
            buckets["state", fact.state].append(i)
        for form in fact.forms:
            buckets["form", form].append(i)
        for one in fact.bodies:
            if one.is_ministry and one.country is not None:
                buckets["ministry", one.country, one.words].append(i)
            elif one.country is not None and is_function(one.words):
                buckets["ministry", one.country, one.words].append(i)  # "Defense of Ukraine"
            elif not one.is_ministry and len(one.words) > (one.country is None):
                buckets["body", one.country, one.words].append(i)
    _join_all(groups, buckets.values())


def _join_persons(groups: Groups, facts: Sequence[Facts]) -> None:
    """Full names. A name that fits two persons who are not one (an initial) joins neither."""
    alike: dict[object, list[int]] = defaultdict(list)
    for i, fact in enumerate(facts):
        if fact.person is not None and fact.person.is_full:
            alike[fact.person, fact.role].append(i)
    _join_all(groups, alike.values())
    blocks: dict[str, list[int]] = defaultdict(list)
    for first, *_ in alike.values():
        person = facts[first].person
        for key in sorted({word[:1] + _consonants(word) for word in person.words} if person else ()):
            blocks[key].append(first)
    agreeing: dict[int, set[int]] = defaultdict(set)
    for block in blocks.values():
        for position, i in enumerate(block):
            for j in block[position + 1 :]:
                if j not in agreeing[i] and _one_person(facts[i], facts[j]):
                    agreeing[i].add(j)
                    agreeing[j].add(i)
    clear = {i for i in agreeing if all(agreeing[i] - {j} <= agreeing[j] for j in agreeing[i])}
    for i in sorted(clear):
        for j in sorted(agreeing[i] & clear):
            groups.join(i, j)


def _consonants(word: str) -> str:
    return re.sub(r"[aeiouyhgvw]", "", plain(word))[1:3]


def _one_person(a: Facts, b: Facts) -> bool:
    if a.person is None or b.person is None or not same_person(a.person, b.person):
        return False
    if a.role is None or b.role is None:
        return True
    if is_common_surname(a.person.words[-1]) and a.role.rank != b.role.rank and a.role.rank and b.role.rank:
        return False
    return not offices_conflict(a.role, b.role)


def _join_if_one(groups: Groups, items: Sequence[ActorItem], i: int, candidates: Iterable[int]) -> None:
    """Join `i` to the only group among `candidates`, unless an article has somebody in both groups."""
    found = sorted({groups.find(candidate) for candidate in candidates} - {groups.find(i)})
    if len(found) != 1:
        return
    mine = {items[member].article.id for member in groups.members(i)}
    if not any(items[member].article.id in mine for member in groups.members(found[0])):
        groups.join(i, found[0])


def _join_acronyms(groups: Groups, items: Sequence[ActorItem], facts: Sequence[Facts]) -> None:
    known = actor_lexicon()["organizations"]["known"]
    spelled: dict[str, list[int]] = defaultdict(list)
    acronyms: list[tuple[int, str]] = []
    for i, fact in enumerate(facts):
        names = [items[i].actor.name, *items[i].actor.aliases] if fact.forms else []
        for name in names:
            letters = re.sub(r"[.\s]", "", re.sub(r"^[Tt]he ", "", name))
            if (
                letters.isalpha()
                and (letters.isupper() or letters.lower() in known)
                and len(letters) <= _LONGEST_ACRONYM
            ):
                acronyms.append((i, letters.lower()))
            elif is_proper(name):
                for initials in initials_of(name):
                    spelled[initials].append(i)
                spelled[organization_key(name)].append(i)
    ends = {
        (item.article.id, span.end): i for i, item in enumerate(items) for span in item.actor.evidence[:1]
    }
    for i, letters in acronyms:
        spans = items[i].actor.evidence[:1]  # a digest's own actors have none
        before = ends.get((items[i].article.id, spans[0].start - len(" ("))) if spans else None
        if before is not None and _spell(letters, items[before].actor.name):
            groups.join(before, i)
            continue
        expansion = organization_key(known[letters]) if letters in known else ""
        _join_if_one(groups, items, i, spelled.get(expansion) or spelled.get(letters) or [])


def _spell(letters: str, name: str) -> bool:
    """Whether letters are a name's initials in any order: they may be another language's."""
    return any(sorted(letters) == sorted(initials) for initials in initials_of(name))


def _join_short_names(groups: Groups, items: Sequence[ActorItem], facts: Sequence[Facts]) -> None:
    """ "Brandwell" to "Brandwell Foods Inc", where no other name in the story begins like that."""
    begins: dict[str, list[int]] = defaultdict(list)
    for i, fact in enumerate(facts):
        for form in fact.forms:
            first, _, rest = form.partition(" ")
            if rest:
                begins[first].append(i)
    for i, fact in enumerate(facts):
        for form, one in zip(fact.forms, fact.bodies, strict=True):
            if " " not in form and one.country is None and len(form) > 2 and not is_common_word(form):
                _join_if_one(groups, items, i, begins.get(form, []))


def _join_stateless_ministries(groups: Groups, items: Sequence[ActorItem], facts: Sequence[Facts]) -> None:
    """ "the Defense Ministry" to the only defence ministry that the story has."""
    stated: dict[frozenset[str], list[int]] = defaultdict(list)
    unstated: dict[frozenset[str], list[int]] = defaultdict(list)
    for i, fact in enumerate(facts):
        for one in fact.bodies:
            if one.is_ministry and one.words:
                (stated if one.country else unstated)[one.words].append(i)
    for words, waiting in unstated.items():
        if words not in stated:
            _join_all(groups, [waiting])
        for i in waiting:
            _join_if_one(groups, items, i, stated.get(words, []))


def _join_bare_surnames(groups: Groups, items: Sequence[ActorItem], facts: Sequence[Facts]) -> None:
    """A surname alone joins by the same office, or, if it is no frequent one, where nobody else bears it."""
    bearers: dict[str, list[int]] = defaultdict(list)
    for i, fact in enumerate(facts):
        if fact.person is not None:
            bearers[fact.person.surname].append(i)
    for i, fact in enumerate(facts):
        if fact.person is None or fact.person.is_full:
            continue
        others = [j for j in bearers[fact.person.surname] if j != i]
        full = [j for j in others if facts[j].person.is_full]  # type: ignore[union-attr]
        candidates = full or others
        if (
            not full
            or len({groups.find(j) for j in candidates}) > 1
            or is_common_surname(fact.person.words[-1])
            or any(_roles_clash(fact.role, facts[j].role) for j in candidates)
        ):
            candidates = [j for j in candidates if _share_office(fact.role, facts[j].role)]
        _join_if_one(groups, items, i, candidates)


def _share_office(a: Office | None, b: Office | None) -> bool:
    return a is not None and b is not None and same_office(a, b)


def _roles_clash(a: Office | None, b: Office | None) -> bool:
    if a is None or b is None or a.rank is None or b.rank is None:
        return False
    return not same_office(a, b)


def _join_titles(groups: Groups, items: Sequence[ActorItem], facts: Sequence[Facts]) -> None:
    """ "the Ukrainian president" to the one person of the story who is that."""
    holders: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for i, fact in enumerate(facts):
        if fact.person is not None and fact.role is not None and fact.role.rank is not None:
            holders[fact.role.rank, fact.role.function].append(i)
    for i, fact in enumerate(facts):
        title = fact.title
        if title is None or title.rank is None or not _is_definite(items[i].actor.name):
            continue
        found = [
            j
            for j in holders.get((title.rank, title.function), [])
            if title.country is not None
            and facts[j].role is not None
            and facts[j].role.country == title.country  # type: ignore[union-attr]
        ]
        _join_if_one(groups, items, i, found)


def _is_definite(name: str) -> bool:
    return not re.match(r"(?:a|an|one|another|former)\b", name.lower())


def _cluster(items: Sequence[ActorItem], facts: Sequence[Facts]) -> ActorCluster:
    """The cluster of one actor, without its rank."""
    states = [fact.state for fact in facts if fact.state]
    country = countries().by_code(states[0]) if states else None
    names = Counter(_bare(item.actor.name) for item in items)
    name = country.name if country else max(names, key=lambda form: (names[form], _fullness(form), form))
    kinds = Counter(
        "country" if fact.state else item.actor.kind for item, fact in zip(items, facts, strict=True)
    )
    roles = Counter(item.actor.role for item in items if item.actor.role)
    role = max(roles, key=lambda form: (_says_country(form), roles[form], len(form), form)) if roles else None
    forms = {form: None for item in items for form in (item.actor.name, *item.actor.aliases) if form != name}
    return ActorCluster(
        id="A1",
        name=name,
        kind=max(sorted(kinds), key=lambda kind: kinds[kind]),
        role=role,
        aliases=tuple(sorted(forms)),
        members=tuple(item.member for item in items),
    )


def _bare(name: str) -> str:
    return re.sub(r"^[Tt]he (?=[A-Z])", "", name)


def _fullness(name: str) -> tuple[bool, bool, int]:
    return any(char.isupper() for char in name), " in " not in name, len(name)


def _says_country(role: str) -> bool:
    return office(role).country is not None


def _prominence(cluster: ActorCluster, weight: Mapping[str, int]) -> tuple[int, int, str, str]:
    articles = {member.rpartition("/")[0] for member in cluster.members}
    return (
        -len(articles),
        -sum(weight.get(member, 0) for member in cluster.members),
        cluster.name,
        cluster.members[0],
    )
