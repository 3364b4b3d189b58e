"""What two builds of the program must do alike: run by the interpreter of each, one document a line.

Briefs and digests of the labelled and the practice articles, and of injured texts: compiled code checks types
where the interpreter doesn't, and odd input is where a type turns out to be a wish. Whatever is raised ends
the process.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from fuzz_drafts import article_of
from fuzz_injuries import injured
from fuzz_seeds import rules_seeds
from fuzz_targets import PROVENANCE

from summarizer import extract_brief, load_articles, merge_briefs
from summarizer.extraction.by_rules import engine
from summarizer.grounding.brief_grounding import ground

ROOT = Path(__file__).resolve().parent.parent
INJURED = 300


def tell(name: str, document: str) -> None:
    """One line."""
    sys.stdout.write(json.dumps([name, document]) + "\n")


def main() -> None:
    """The build first, then what it makes."""
    tell("engine", Path(engine.__file__).suffix)
    for folder in ("evals/articles", "evals/practice/articles"):
        loaded = load_articles([ROOT / folder])
        briefs = [extract_brief(article) for article in loaded.articles]
        for brief in briefs:
            tell(brief.article.id, brief.to_json())
        tell(folder, merge_briefs(briefs, loaded.coverage).to_json())
    seeds = rules_seeds()
    for number in range(INJURED):
        rng = random.Random(number)
        article = article_of(injured(rng.choice(seeds), rng, seeds).decode("utf-8", "replace"))
        if article is not None:
            brief = ground(article, engine.extract_by_rules(article), PROVENANCE)
            tell(f"injured {number}", brief.to_json())
            tell(f"digest of injured {number}", merge_briefs([brief]).to_json())


if __name__ == "__main__":
    main()
