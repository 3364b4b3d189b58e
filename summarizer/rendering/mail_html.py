"""The HTML part of an edition's mail: one column, inlined styles, light and dark, never above a size limit.

Pure but for reading this package's own template and style sheet. Everything of a source goes through the
template's escaping; there is no script, nothing remote, and no link but to the web addresses of articles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from summarizer.errors import MissingExtra
from summarizer.records.edition import Edition
from summarizer.rendering.edition_limits import MAIL
from summarizer.rendering.edition_view import numbered_stories, view_edition
from summarizer.rendering.mail_plot import Plot, edition_plots
from summarizer.rendering.view_edition import EditionView

if TYPE_CHECKING:
    from css_inline import CSSInliner
    from jinja2 import Template

_KEPT_RULES = re.compile(r"<head>(?P<rules><style>.*?</style>)(?P<rest>.*?)</head>", re.DOTALL)
#: Gmail clips a mail's HTML at 102 kB; below this it never does, with room for what servers add.
MAX_HTML_BYTES = 90_000


@dataclass(frozen=True, slots=True)
class MailPart:
    """The HTML of a mail, what it shows, and the plots inside it."""

    html: str
    view: EditionView
    plots: Sequence[Plot]


def mail_part(edition: Edition) -> MailPart:
    """The HTML part, cut as little as its size limit needs; the text part shows the same view.

    Raises:
        MissingExtra: css-inline or Pillow isn't installed.
    """
    stories = numbered_stories(edition)
    for limits in MAIL:
        view = view_edition(edition, limits, stories)
        plots = edition_plots(view)
        html = _laid_out(view, plots)
        if len(html.encode()) < MAX_HTML_BYTES:
            break
    return MailPart(html, view, plots)


def render_mail_html(edition: Edition) -> str:
    """The HTML part alone."""
    return mail_part(edition).html


def _laid_out(view: EditionView, plots: Sequence[Plot]) -> str:
    css = files("summarizer.rendering").joinpath("mail.css").read_text(encoding="utf-8")
    html = _template().render(view=view, plots=plots, css=css)
    inlined = _inliner().inline("\n".join(line for line in html.splitlines() if line.strip()) + "\n")
    # what couldn't be inlined stands first; a browser looks for the charset in the first kilobyte
    return _KEPT_RULES.sub(lambda found: f"<head>{found['rest']}{found['rules']}</head>", inlined, count=1)


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    source = files("summarizer.rendering").joinpath("mail.html.jinja").read_text(encoding="utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(source)


@cache
def _inliner() -> CSSInliner:
    """Inlines what it can and keeps the rest (dark mode) in the head; it loads nothing."""
    try:
        from css_inline import CSSInliner
    except ImportError as error:
        raise MissingExtra("The HTML of a mail", "css-inline", "briefing") from error
    return CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
