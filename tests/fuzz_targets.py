"""What is fuzzed: three functions from bytes to nothing that raise when a promise of the program is broken.

`sources`: the first byte chooses a file's ending, the rest is the file. Whatever it holds, it becomes
articles or failures with a reason. `grounding`: an article and a draft of it in a form that survives injuries
(`fuzz_drafts`). Whatever the draft says, the brief holds nothing that the text doesn't bear. `rules`: a text,
read by the rules engine, grounded and merged. Seeds are the project's own small files.
"""

from __future__ import annotations

import tempfile
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from fuzz_drafts import article_of, draft_of
from fuzz_seeds import ENDINGS, grounding_seeds, rules_seeds, source_seeds

from summarizer import load_articles, merge_briefs
from summarizer.errors import NoInput
from summarizer.extraction.by_rules.engine import extract_by_rules
from summarizer.grounding.brief_checks import check_brief
from summarizer.grounding.brief_grounding import ground
from summarizer.grounding.digest_checks import check_digest
from summarizer.records.article import Article
from summarizer.records.brief import Brief, Provenance
from summarizer.schemas import validate_document

PROVENANCE = Provenance(engine="rules", version="0", document_schema="brief/1")
TargetName = Literal["sources", "grounding", "rules"]


class BrokenPromise(AssertionError):
    """What came out is not what the program promises, though nothing crashed."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is called, and what the fuzzer starts from."""

    name: TargetName
    run: Callable[[bytes], None]
    seeds: Callable[[], tuple[bytes, ...]]


def read_sources(content: bytes) -> None:
    """A file of any format gives articles and failures, each complete; never anything else."""
    if not content:
        return
    ending = ENDINGS[content[0] % len(ENDINGS)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"input{ending}"
        path.write_bytes(content[1:])
        try:
            loaded = load_articles([path])
        except NoInput:
            return
        for failed in loaded.failed:
            _promise(bool(failed.reason and failed.source), "a failure says what and where", failed)
        for article in loaded.articles:
            _check_article(article)
        _promise(len({one.id for one in loaded.articles}) == len(loaded.articles), "ids are unique", loaded)


def _check_article(article: Article) -> None:
    text = article.text
    _promise(text == unicodedata.normalize("NFC", text), "text is NFC", text)
    _promise("\r" not in text and not text.startswith("\ufeff"), "line ends are \\n, without a BOM", text)
    _promise(bool(text.strip()), "an article has text", text)
    lines = [text[line.start : line.end] for line in article.lines]
    places = [place for line in article.lines for place in (line.start, line.end)]
    _promise(places == sorted(places), "lines follow each other", places)
    _promise("".join("".join(lines).split()) == "".join(text.split()), "the lines hold the text", lines)
    validate_document(article.to_dict(), article.id)
    _promise(Article.from_json(article.to_json(), article.id) == article, "JSON there and back", article)


def ground_draft(content: bytes) -> None:
    """Whatever a draft holds, its brief passes the checks of a finished brief."""
    article, draft = draft_of(content)
    if article is not None:
        _check_brief(ground(article, draft, PROVENANCE), article)


def read_rules(content: bytes) -> None:
    """Any text is read by the rules; brief and digest hold nothing that it doesn't bear."""
    article = article_of(content.decode("utf-8", "replace"))
    if article is None:
        return
    brief = ground(article, extract_by_rules(article), PROVENANCE)
    _check_brief(brief, article)
    digest = merge_briefs([brief])
    problems = check_digest(digest, [brief], {article.id: article.text})
    _promise(problems == (), "the briefs bear the digest", problems)
    validate_document(digest.to_dict(), "digest")


def _check_brief(brief: Brief, article: Article) -> None:
    for item in (*brief.actors, *brief.figures, *brief.claims):
        for span in (*item.evidence, *getattr(item, "also", ())):
            _promise(article.text[span.start : span.end] == span.quote, "quotes stand where they say", span)
    problems = check_brief(brief, article.text)
    _promise(problems == (), "the text bears the brief", problems)
    validate_document(brief.to_dict(), "brief")


def _promise(kept: bool, promise: str, found: object) -> None:
    if not kept:
        raise BrokenPromise(f"{promise}: {found!r}"[:2_000])


TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        Target("sources", read_sources, source_seeds),
        Target("grounding", ground_draft, grounding_seeds),
        Target("rules", read_rules, rules_seeds),
    )
}
