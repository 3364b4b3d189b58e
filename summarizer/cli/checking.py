"""What `summarizer validate` does with one document: schema, rules, and every quote against its article.

A brief is checked as grounding checks it. A digest is checked against its briefs where these are among the
files or in the store's last run; without them its spans are still checked. Label files: their spans.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.cli.found import json_documents, last_run, texts_of
from summarizer.errors import NoInput, SchemaViolation, StoreProblem, SummarizerError

if TYPE_CHECKING:
    from summarizer.records.article import Article
    from summarizer.records.brief import Brief
    from summarizer.settings import Settings


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome for one document: a line that says it is fine, or its faults."""

    name: str
    fine: str
    faults: tuple[str, ...]


def check_files(paths: Sequence[Path], articles: Sequence[str], settings: Settings) -> Iterator[Checked]:
    """The outcome for every document of every file, in order."""
    documents: list[tuple[str, Path, Any] | Checked] = []
    for path in paths:
        try:
            found = json_documents(path)
        except SummarizerError as error:
            documents.append(Checked(str(path), "", (f"{type(error).__name__}: {error}",)))
            continue
        for number, document in enumerate(found, 1):
            documents.append((str(path) if len(found) == 1 else f"{path}[{number}]", path, document))
    briefs = _briefs(one[2] for one in documents if not isinstance(one, Checked))
    for one in documents:
        if isinstance(one, Checked):
            yield one
        else:
            name, path, document = one
            beside = [str(folder) for folder in _data_set_folders(path) if folder.is_dir()]
            yield _check(name, document, [*articles, *beside], briefs, settings)


def _check(
    name: str, document: Any, folders: Sequence[str], briefs: Mapping[str, Brief], settings: Settings
) -> Checked:
    from summarizer.schemas import iter_violations

    violations = list(iter_violations(document, name)) or list(_rule_violations(document, name))
    if violations:
        return Checked(name, "", tuple(f"{type(one).__name__}: {one}" for one in violations))
    spans: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for article_id, place, evidence in _evidence(document, "$", ""):
        spans.setdefault(article_id, []).append((place, evidence))
    texts = texts_of(spans, folders, settings) if spans else {}
    missing = [article_id for article_id in spans if article_id not in texts]
    faults: list[str] = []
    used: dict[str, str] = {}
    for article_id, candidates in texts.items():
        wrong, text = min(
            ((_misplaced(spans.get(article_id, ()), one), one.text) for one in candidates),
            key=lambda pair: len(pair[0]),
        )
        faults += wrong
        used[article_id] = text
    if not faults:
        faults = _grounding_faults(document, name, used, briefs, settings)
    checked = sum(len(of_article) for article_id, of_article in spans.items() if article_id in texts)
    fine = f"valid {document['schema']}, {checked} quotes stand in their text"
    if missing:
        fine += f"; not checked, as the text isn't at hand (--articles): {', '.join(missing)}"
    return Checked(name, fine, tuple(f"{name}: {one}" for one in faults))


def _rule_violations(document: Any, name: str) -> Iterator[SchemaViolation]:
    """What a JSON Schema can't say, such as that a range's upper end is not below its lower one."""
    from summarizer.records.article import Article
    from summarizer.records.base import Record
    from summarizer.records.brief import Brief
    from summarizer.records.delta import Delta
    from summarizer.records.digest import Digest
    from summarizer.records.stories import StoryCollection

    records: dict[str, type[Record]] = {
        "article/1": Article,
        "brief/1": Brief,
        "digest/1": Digest,
        "stories/1": StoryCollection,
        "delta/1": Delta,
    }
    if record := records.get(document["schema"]):
        try:
            record.from_json(json.dumps(document), name)
        except SchemaViolation as violation:
            yield violation


def _grounding_faults(
    document: Any, name: str, texts: Mapping[str, str], briefs: Mapping[str, Brief], settings: Settings
) -> list[str]:
    """What the article doesn't bear out beyond the place of its quotes."""
    from summarizer.grounding.brief_checks import check_brief
    from summarizer.grounding.digest_checks import check_digest
    from summarizer.records.brief import Brief
    from summarizer.records.digest import Digest
    from summarizer.records.stories import StoryCollection

    content = json.dumps(document)
    if document["schema"] == "brief/1":
        brief = Brief.from_json(content, name)
        text = texts.get(brief.article.id)
        return [str(one) for one in check_brief(brief, text)] if text is not None else []
    digests: list[Digest] = []
    made: Digest | StoryCollection | None = None
    if document["schema"] == "digest/1":
        made = Digest.from_json(content, name)
        digests = [made]
    elif document["schema"] == "stories/1":
        made = StoryCollection.from_json(content, name)
        digests = [story.digest for story in made.all_stories]
    ids = [header.id for digest in digests for header in digest.articles]
    known = briefs if all(one in briefs for one in ids) else _stored_briefs(made, settings)
    if not all(one in known for one in ids):
        return []
    return [
        str(fault)
        for digest in digests
        for fault in check_digest(digest, [known[header.id] for header in digest.articles], texts)
    ]


def _stored_briefs(made: object, settings: Settings) -> Mapping[str, Brief]:
    """The briefs of the last run, if that run made this very digest or these very stories."""
    try:
        run = last_run(settings)
    except (NoInput, StoreProblem):
        return {}
    return {brief.article.id: brief for brief in run.briefs} if (run.digest or run.stories) == made else {}


def _briefs(documents: Iterator[Any]) -> dict[str, Brief]:
    """The sound briefs among documents, by article."""
    from summarizer.records.brief import Brief

    found = {}
    for document in documents:
        if isinstance(document, dict) and document.get("schema") == "brief/1":
            try:
                brief = Brief.from_json(json.dumps(document), "")
            except SchemaViolation:
                continue  # reported when its turn comes
            found[brief.article.id] = brief
    return found


def _data_set_folders(path: Path) -> tuple[Path, ...]:
    """Where a data set has the articles of a label file: gold/x.json beside articles/x.txt."""
    return (path.parent / "articles", path.parent.parent / "articles")


def _misplaced(spans: Sequence[tuple[str, Mapping[str, Any]]], article: Article) -> list[str]:
    return [
        f"{place}: {article.id} has other words at {one['start']}-{one['end']} than “{one['quote']}”"
        for place, one in spans
        if article.text[one["start"] : one["end"]] != one["quote"]
    ]


def _evidence(node: Any, place: str, article: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Every piece of evidence in a document, with the id of its article and its JSON path."""
    if isinstance(node, dict):
        about = node.get("article", article)
        article = about.get("id", article) if isinstance(about, dict) else about
        if {"quote", "start", "end"} <= node.keys():
            yield article, place, node
        for key, value in node.items():
            yield from _evidence(value, f"{place}.{key}", article)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _evidence(value, f"{place}[{index}]", article)
