"""Acronyms of organizations that the article writes out: World Health Organization (WHO) is one entity.

Pure but for the table, whose entities it merges.
"""

from __future__ import annotations

from summarizer.extraction.by_rules.entities import Entity, EntityTable
from summarizer.extraction.by_rules.entity_names import capitals, is_acronym_of, is_single


def link_acronyms(table: EntityTable) -> None:
    """World Health Organization (WHO): one entity where the letters fit or parentheses say so."""
    written_out = _by_capitals(table)
    for index, entity in enumerate(table.entities):
        if entity.kind != "organization" or not entity.name.isupper() or len(entity.name) < 2:
            continue
        full = _named_before_parenthesis(table, entity) or next(
            (
                i
                for i in written_out.get(entity.name.replace(".", "")[:2], ())
                if i != index
                and table.entities[i].kind == "organization"
                and is_acronym_of(entity.name, table.entities[i].name)
            ),
            None,
        )
        if full is not None:
            table.merge(index, full)


def _by_capitals(table: EntityTable) -> dict[str, list[int]]:
    """The organizations that may have an acronym, by its first two letters."""
    found: dict[str, list[int]] = {}
    for index, entity in enumerate(table.entities):
        if entity.kind == "organization" and not is_single(entity.name):
            letters = capitals(entity.name)
            for opening in {letters[:2], letters[1:3]}:
                found.setdefault(opening, []).append(index)
    return found


def _named_before_parenthesis(table: EntityTable, acronym: Entity) -> int | None:
    """The organization right before "(PAGCOR)", if its name begins with the same letter."""
    for mention in acronym.mentions:
        tokens = table.document.sentences[mention.sentence].tokens
        enclosed = tokens.lowers[mention.first - 1 : mention.last + 1 : mention.last - mention.first + 1]
        if mention.first < 2 or enclosed != ["(", ")"]:
            continue
        index = table.at.get((mention.sentence, mention.first - 2)) or table.at.get(
            (mention.sentence, mention.first - 3)  # "Gaming Corp. (PAGCOR)"
        )
        known = table.entities[index] if index is not None else None
        if known is not None and known.kind == "organization" and known.name[0] == acronym.name[0]:
            return index
    return None
