"""Put an excerpt of the real digest of evals/articles into README.md: `python scripts/update_readme.py`.

The excerpt is cut from what the program prints, never edited: the top, the first figure series, the disputed
claims, and the planned or possible figures. Cuts are marked.
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


def excerpt() -> str:
    """The parts of the digest that show what it is about."""
    loaded = load_articles([ROOT / "evals" / "articles"])
    digest = merge_briefs([extract_brief(one) for one in loaded.articles], loaded.coverage)
    text = render_text(view_digest(digest, "briefs of the rules engine"))
    top, _, rest = text.partition("\nFIGURES ")
    figures = re.split(r"\n(?=  (?:S\d+  |Each given once))", "\nFIGURES " + rest)
    outlook = re.split(r"\n(?=  (?:S\d+  |Each given once))", "\n" + _section(text, "PLANNED OR POSSIBLE"))
    claims = _section(text, "CLAIMS").partition("\n  Denied")[0]
    return (
        f"{top}{figures[0]}\n{figures[1].rstrip()}\n{_CUT}"
        f"{''.join(outlook[:2]).rstrip()}\n{_CUT}\n{claims.rstrip()}\n{_CUT}"
    )


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
