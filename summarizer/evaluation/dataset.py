"""Read a data set: `articles/<id>.txt`, `gold/<id>.json`, perhaps `gold/digest.json`, `gold-a/`, `gold-b/`.

I/O. Every label file is checked against its shape; an id in a label file means nothing outside it. Where a
label names an article that isn't there, or an article has no labels, that is an error, never a skip: a data
set with holes would give better scores than it deserves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from summarizer.errors import NoInput, UnknownItem, Unreadable
from summarizer.evaluation.documents import read_document
from summarizer.evaluation.partners import same_items
from summarizer.records.article import Article
from summarizer.records.gold import GoldBrief, GoldDigest

DIGEST = "digest.json"


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """An article as the program reads it, with its labels."""

    article: Article
    gold: GoldBrief


@dataclass(frozen=True, slots=True)
class DataSet:
    """Labelled articles in name order; a story's labels and two annotators' own ones where there are any.

    `first` are the labels that `second` is compared with: `gold-a/` where it is kept apart, else `gold/`.
    """

    folder: Path
    articles: tuple[LabelledArticle, ...]
    digest: GoldDigest | None
    first: Mapping[str, GoldBrief]
    second: Mapping[str, GoldBrief]

    @property
    def gold(self) -> dict[str, GoldBrief]:
        """Labels by article id."""
        return {entry.article.id: entry.gold for entry in self.articles}


def load_data_set(folder: Path) -> DataSet:
    """The data set of a folder.

    Raises:
        NoInput: no `articles/` or `gold/`, or an article without labels, or labels without article.
        SchemaViolation: a label file of another shape.
    """
    texts = {path.stem: path for path in sorted((folder / "articles").glob("*.txt"))}
    labels = load_labels(folder / "gold")
    if not texts or not labels:
        raise NoInput(f"{folder}: no data set. It needs articles/<id>.txt and gold/<id>.json.")
    bare = sorted(texts.keys() ^ labels.keys())
    if bare:
        raise NoInput(
            f"{folder}: {', '.join(bare)}: an article needs labels, and labels need an article, of the same "
            "name. Label it (summarizer eval label fill), or take it out of the folder."
        )
    digest = load_digest(folder / "gold", labels)
    return DataSet(
        folder=folder,
        articles=tuple(LabelledArticle(read_article(texts[name]), labels[name]) for name in sorted(labels)),
        digest=digest,
        first=load_labels(folder / "gold-a") or labels,
        second=load_labels(folder / "gold-b"),
    )


def chosen(data: DataSet, names: Sequence[str]) -> DataSet:
    """Only these articles of a data set; a part of a story has no digest.

    Raises:
        UnknownItem: an article that isn't there.
    """
    known = {entry.article.id for entry in data.articles}
    for name in names:
        if name not in known:
            raise UnknownItem(name, str(data.folder), f"Known are: {', '.join(sorted(known))}.")
    kept = tuple(entry for entry in data.articles if entry.article.id in names)
    return replace(data, articles=kept, digest=data.digest if len(kept) == len(known) else None)


def load_digest(folder: Path, labels: Mapping[str, GoldBrief]) -> GoldDigest | None:
    """The story's labels of a folder, or None; members that are no labelled items are left out.

    A slip in a story's labels costs that member, not the evaluation; `eval label check` names it.
    """
    path = folder / DIGEST
    if not path.is_file():
        return None
    digest = read_document(path, GoldDigest)
    known = same_items(labels).expected
    update: dict[str, object] = {}
    for part in ("actors", "figures", "claims"):
        clusters = [
            cluster.model_copy(update={"members": kept})
            for cluster in getattr(digest, part)
            if (kept := tuple(member for member in cluster.members if member in known))
        ]
        update[part] = tuple(clusters)
    return digest.model_copy(update=update)


def load_labels(folder: Path) -> dict[str, GoldBrief]:
    """Labels of a folder by file name, in name order; drafts and `digest.json` left out.

    The file name is the article's id here, whatever the file itself calls it.
    """
    found = {}
    for path in sorted(folder.glob("*.json")):
        if path.name == DIGEST or path.name.endswith(".draft.json"):
            continue
        gold = read_document(path, GoldBrief)
        header = gold.article.model_copy(update={"id": path.stem})
        found[path.stem] = gold.model_copy(update={"article": header})
    return found


def read_article(path: Path) -> Article:
    """The article of a file as the program reads it, under the file's name as id.

    Raises:
        SourceError: it can't be read.
    """
    from summarizer.sources import load_articles

    result = load_articles([str(path)])
    if result.failed:
        raise Unreadable(str(path), result.failed[0].reason, "A data set needs every one of its articles.")
    return result.articles[0].model_copy(update={"id": path.stem})


def load_pair(
    first: Path, second: Path, articles: Path | None
) -> tuple[dict[str, GoldBrief], dict[str, GoldBrief], dict[str, str]]:
    """Two annotators' labels of the same articles, and the articles' texts.

    `first` and `second` are label files or folders of them; files are compared whatever their names.

    Raises:
        NoInput: nothing that both have labelled.
    """
    if first.is_file() and second.is_file():
        name = first.name.removesuffix(".json")
        one, two = ({name: read_document(p, GoldBrief)} for p in (first, second))
        folder = articles or first.parent.parent / "articles"
    else:
        one, two = load_labels(_gold(first)), load_labels(_gold(second))
        folder = articles or _gold(first).parent / "articles"
    common = sorted(one.keys() & two.keys())
    if not common:
        raise NoInput(f"{first} and {second}: no article that both have labelled")
    texts = {name: read_article(folder / f"{name}.txt").text for name in common}
    return {name: one[name] for name in common}, {name: two[name] for name in common}, texts


def _gold(folder: Path) -> Path:
    return folder / "gold" if (folder / "gold").is_dir() else folder
