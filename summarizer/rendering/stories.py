"""A `StoriesView` as text or Markdown: what there is, then story by story. The page is `page_stories`.

Pure. What stands alone is told in a few lines in a short text; the full text and Markdown leave nothing out.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

from summarizer.rendering.markdown import escape, render_markdown
from summarizer.rendering.text import MAX_WIDTH, MIN_WIDTH, TextOptions, render_text
from summarizer.rendering.view_stories import StoriesView, StoryHead, StoryView

#: Headings of our own; a source's words never begin a line with an unescaped "#".
_HEADING = re.compile(r"^(#+ )", re.MULTILINE)


def stories_text_parts(stories: StoriesView, options: TextOptions) -> Iterator[str]:
    """The collection as text, part by part: contents, every story, and what stands alone."""
    width = max(MIN_WIDTH, min(options.width, MAX_WIDTH))
    lines = [_strong(stories.title, options), ""]
    for head in stories.heads:
        lines += _entry(head, width)
    if stories.alone_heads:
        lines += ["", _strong("Standing alone", options), ""]
        for head in stories.alone_heads:
            lines += _entry(head, width)
    yield "\n".join(lines) + "\n"
    few = options.short is not None and stories.heads
    for story in stories.stories if few else stories.all_stories:
        yield f"\n{'═' * width}\n{_below_title(render_text(story.view, options), story)}"
    if few and stories.alone_heads:
        yield f"\n{'═' * width}\n{_strong('Standing alone', options)}\n\n"
        for story in stories.alone:
            yield "".join(f"{line}\n" for line in _alone(story, width))
        yield "     … their figures and claims: use --all, or --format html\n"
    yield "\n" + "\n".join(_closing(stories, width)) + "\n"


def stories_markdown_parts(stories: StoriesView) -> Iterator[str]:
    """The collection as Markdown, part by part, nothing left out.

    A story's headings stand one level below the page's.
    """
    lines = [f"# {escape(stories.title)}", ""]
    lines += [
        f"{head.number}. **{escape(head.title)}** (`{head.id}`): {escape(head.size)}; "
        f"about {escape(head.about)}; rank {escape(head.rank)}"
        for head in stories.heads
    ]
    if stories.alone_heads:
        lines += ["", "## Standing alone", ""]
        lines += [f"- {one.number}: **{escape(one.title)}** (`{one.id}`)" for one in stories.alone_heads]
    yield _ended(lines)
    for story in stories.all_stories:
        told = ["", _HEADING.sub(r"#\1", render_markdown(story.view)).rstrip("\n")]
        yield _ended([*told, *(f"- Reprint, folded: {escape(one)}" for one in story.reprints)])
    lines = ["", "## Coverage of the whole", "", escape(stories.coverage), ""]
    lines += [f"- Failed: {escape(one.source)} ({one.kind}): {escape(one.reason)}" for one in stories.failed]
    lines += [f"- Duplicate, read once: {escape(one)}" for one in stories.duplicates]
    yield _ended([*lines, "", f"Made by: {escape(stories.made_by)}.", "", f"**{stories.caution}**"])


def _ended(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _strong(text: str, options: TextOptions) -> str:
    return f"\x1b[1m{text}\x1b[0m" if options.color else text


def _entry(story: StoryHead, width: int) -> Iterator[str]:
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


def _alone(story: StoryView, width: int) -> Iterator[str]:
    yield from _wrapped(f"{story.number:>3}  {story.title}", width, "     ")
    bottom = story.view.bottom_line
    if bottom is not None:
        yield from _wrapped(f"     {bottom.text} [{', '.join(bottom.cites)}]", width, "     ")
    for source in story.view.sources:
        outlet = f", {source.outlet}" if source.outlet else ""
        yield from _wrapped(
            f"     source {source.number}: {source.id}{outlet}; {source.dated}", width, "     "
        )
    yield from (f"     Reprint, folded: {one}" for one in story.reprints)
    yield ""


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
