"""A `StoriesView` as text or Markdown: what there is, then story by story. The page is `page_stories`.

Pure. What stands alone is told in a few lines in a short text; the full text and Markdown leave nothing out.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from summarizer.rendering.markdown import escape, render_markdown
from summarizer.rendering.text import MAX_WIDTH, MIN_WIDTH, TextOptions, render_text
from summarizer.rendering.view_stories import StoriesView, StoryView

#: Headings of our own; a source's words never begin a line with an unescaped "#".
_HEADING = re.compile(r"^(#+ )", re.MULTILINE)


def render_stories_text(stories: StoriesView, options: TextOptions) -> str:
    """The collection as text: contents, every story, and what stands alone."""
    width = max(MIN_WIDTH, min(options.width, MAX_WIDTH))
    lines = [_strong(stories.title, options), ""]
    for story in stories.stories:
        lines += _entry(story, width)
    if stories.alone:
        lines += ["", _strong("Standing alone", options), ""]
        for story in stories.alone:
            lines += _entry(story, width)
    parts = ["\n".join(lines) + "\n"]
    few = options.short is not None and stories.stories
    for story in stories.stories if few else stories.all_stories:
        parts += [f"{'═' * width}\n{_below_title(render_text(story.view, options), story)}"]
    if few and stories.alone:
        parts.append(f"{'═' * width}\n{_strong('Standing alone', options)}\n\n{_alone(stories, width)}")
    parts.append("\n".join(_closing(stories, width)) + "\n")
    return "\n".join(parts)


def render_stories_markdown(stories: StoriesView) -> str:
    """The collection as Markdown, nothing left out; a story's headings stand one level below the page's."""
    lines = [f"# {escape(stories.title)}", ""]
    lines += [
        f"{story.number}. **{escape(story.title)}** (`{story.id}`): {escape(story.size)}; "
        f"about {escape(story.about)}; rank {escape(story.rank)}"
        for story in stories.stories
    ]
    if stories.alone:
        lines += ["", "## Standing alone", ""]
        lines += [f"- {one.number}: **{escape(one.title)}** (`{one.id}`)" for one in stories.alone]
    for story in stories.all_stories:
        lines += ["", _HEADING.sub(r"#\1", render_markdown(story.view)).rstrip("\n")]
        lines += [f"- Reprint, folded: {escape(one)}" for one in story.reprints]
    lines += ["", "## Coverage of the whole", "", escape(stories.coverage), ""]
    lines += [f"- Failed: {escape(one.source)} ({one.kind}): {escape(one.reason)}" for one in stories.failed]
    lines += [f"- Duplicate, read once: {escape(one)}" for one in stories.duplicates]
    lines += ["", f"Made by: {escape(stories.made_by)}.", "", f"**{stories.caution}**"]
    return "\n".join(lines) + "\n"


def _strong(text: str, options: TextOptions) -> str:
    return f"\x1b[1m{text}\x1b[0m" if options.color else text


def _entry(story: StoryView, width: int) -> Iterator[str]:
    yield from _wrapped(f"{story.number:>3}  {story.title}", width, "     ")
    yield from _wrapped(f"     {story.size}; rank {story.rank}; {story.id}", width, "     ")


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(text, width, subsequent_indent=indent, drop_whitespace=True) or [""]


def _below_title(text: str, story: StoryView) -> str:
    """The digest's text with what the collection knows of the story below its title."""
    title, _, rest = text.partition("\n")
    told = [
        f"     about {story.about}; {story.id}",
        *(f"     Reprint, folded: {one}" for one in story.reprints),
    ]
    return "\n".join((title, *told, rest))


def _alone(stories: StoriesView, width: int) -> str:
    lines = []
    for story in stories.alone:
        lines += _wrapped(f"{story.number:>3}  {story.title}", width, "     ")
        bottom = story.view.bottom_line
        if bottom is not None:
            lines += _wrapped(f"     {bottom.text} [{', '.join(bottom.cites)}]", width, "     ")
        for source in story.view.sources:
            outlet = f", {source.outlet}" if source.outlet else ""
            lines += _wrapped(
                f"     source {source.number}: {source.id}{outlet}; {source.dated}", width, "     "
            )
        lines += [f"     Reprint, folded: {one}" for one in story.reprints]
        lines.append("")
    return "\n".join((*lines, "     … their figures and claims: use --all, or --format html", ""))


def _closing(stories: StoriesView, width: int) -> Iterator[str]:
    yield "═" * width
    yield from _wrapped(f"Coverage: {stories.coverage}", width, "  ")
    for failure in stories.failed:
        yield f"  Failed: {failure.source} ({failure.kind}): {failure.reason}"
    for duplicate in stories.duplicates:
        yield f"  Duplicate, read once: {duplicate}"
    yield ""
    yield from _wrapped(f"Made by: {stories.made_by}.", width, "")
    yield stories.caution
