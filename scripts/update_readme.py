"""Put an excerpt of the real digest of evals/articles into README.md: `python scripts/update_readme.py`.

The excerpt is cut from what the program prints, never edited: the top, and the first figures, claims and open
questions. Cuts are marked.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from summarizer import extract_brief, load_articles, merge_briefs
from summarizer.rendering.text import render_text
from summarizer.rendering.view_digest import view_digest

ROOT = Path(__file__).resolve().parent.parent
_BLOCK = re.compile(r"(<!-- excerpt:.*?-->\n```text\n).*?(```\n<!-- /excerpt -->)", re.DOTALL)
_CUT = "  […]\n"
#: How items begin, and how many of them are shown: about a screen in all.
_ROW, _CLAIM, _QUESTION = r"  \d+/f\d", r"  C\d", r"  Q\d"
_SHOWN_ROWS, _SHOWN_CLAIMS, _SHOWN_QUESTIONS = 2, 1, 2


def excerpt() -> str:
    """The parts of the digest that show what it is about."""
    loaded = load_articles([ROOT / "evals" / "articles"])
    digest = merge_briefs([extract_brief(one) for one in loaded.articles], loaded.coverage)
    text = render_text(view_digest(digest, "briefs of the rules engine"))
    top = text.partition("\nFIGURES ")[0]
    claims = _section(text, "CLAIMS")
    return (
        f"{top}\n{_first(_section(text, 'FIGURES'), _ROW, _SHOWN_ROWS)}{_CUT}\n"
        f"{_first(claims, _CLAIM, _SHOWN_CLAIMS)}{_CUT}\n"
        f"{_first(_section(text, 'OPEN QUESTIONS'), _QUESTION, _SHOWN_QUESTIONS)}{_CUT}"
    )


def _first(section: str, beginning: str, count: int) -> str:
    """A section up to its first `count` items."""
    parts = re.split(rf"\n(?={beginning})", section.rstrip())
    return "\n".join(parts[: count + 1]).rstrip() + "\n"


def _section(text: str, heading: str) -> str:
    """From a heading to the next one."""
    return re.split(r"\n(?=[A-Z][A-Z ]+ (?:\(.*\) )?─)", text[text.index(f"\n{heading}") + 1 :])[0]


def main() -> int:
    """Rewrite the block in README.md."""
    readme = ROOT / "README.md"
    content = readme.read_text(encoding="utf-8")
    changed, found = _BLOCK.subn(lambda block: block[1] + excerpt() + block[2], content)
    if found != 1:
        sys.stderr.write("README.md has no excerpt block.\n")
        return 1
    readme.write_text(changed, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
