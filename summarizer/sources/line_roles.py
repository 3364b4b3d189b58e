"""What each line of an article is on its page: headline, body, caption, boilerplate or meta.

Pure. Lines are marked, never cut: menus, credits and captions stay in the text, and stages that come later
decide what a role means to them. Roles:

    headline     the article's title, its standfirst, and headings between its paragraphs
    body         the story
    caption      the text under a picture, without its label and credit
    boilerplate  the site: menus, weather, page clock, share buttons, adverts, other stories' headlines
    meta         about the article: bylines, dates, credits, corrections, a picture's author

Wording is judged first (`line_wording`), then the place on the page (`page_top`, `page_story`). A line that
runs furniture and text together is split into several `Line`s (`line_segments`), and a hard-wrapped
paragraph is one (`logical_lines`).
"""

from __future__ import annotations

from summarizer.records.article import Line
from summarizer.sources.line_wording import is_name_list
from summarizer.sources.mastheads import is_masthead
from summarizer.sources.page import Page
from summarizer.sources.page_story import mark_story
from summarizer.sources.page_top import find_story, mark_top
from summarizer.sources.repeated_lines import find_repeats


def mark_lines(text: str, title: str | None = None) -> tuple[Line, ...]:
    """Every line of `text` that holds anything, in order, with its role.

    Spans leave out surrounding white space, don't overlap, and together hold every character that isn't
    white space. `repeats` is the index of the line that says the same (a caption's paragraph, the first of
    two equal paragraphs); the line that it points to repeats none. `title`, where the article's metadata
    gives one, settles which line is the headline.
    """
    page = Page(text)
    repeats = find_repeats(
        [
            plain if role in (None, "caption", "headline") else None
            for plain, role in zip(page.plain, page.roles, strict=True)
        ]
    )
    story = find_story(page)
    if story is None:
        _mark_without_prose(page)
    else:
        _mark_mastheads(page, story)
        mark_top(page, story, " ".join(title.split()) if title else None)
        mark_story(page, story, repeats)
    _mark_page_dates(page, story)
    _keep_some_body(page)
    repeats = _settle_repeats(page, repeats)
    return tuple(
        Line(start=one.start, end=one.end, role=role or "body", repeats=repeats.get(index))
        for index, (one, role) in enumerate(zip(page.segments, page.roles, strict=True))
    )


def _mark_without_prose(page: Page) -> None:
    """No sentence anywhere: the longest open lines are the story, a short first one its headline."""
    openings = [index for index in range(len(page)) if page.is_open(index)]
    story = [index for index in openings if page.words[index].words >= 4] or openings
    for index in openings:
        page.roles[index] = "body" if index in story else "boilerplate"
    if len(story) > 1 and page.words[story[0]].words <= 8 < page.words[story[1]].words:
        page.roles[story[0]] = "headline"


def _mark_mastheads(page: Page, story: int) -> None:
    """An outlet's name with the day above the story is about the article; below, it may be another one's."""
    for index in range(story):
        if page.is_open(index) and is_masthead(page.plain[index]):
            page.roles[index] = "meta"


def _mark_page_dates(page: Page, story: int | None) -> None:
    """A date with a clock in the site's head, or in another language, is the page's, not the article's."""
    top = page.roles.index("headline") if "headline" in page.roles else story
    for index, kind in enumerate(page.kinds):
        stamp = page.words[index].stamp
        if kind != "stamp" or stamp is None or stamp.label is not None:
            continue
        is_bare_clock = not stamp.has_day and not stamp.is_relative
        in_head = top is not None and index < top and _is_page_date(page, index)
        if is_bare_clock or stamp.is_foreign or in_head:
            page.roles[index] = "boilerplate"


def _is_page_date(page: Page, index: int) -> bool:
    """Whether a date line above the headline is the site's: beside weather or menus, or a full clock.

    Under a newspaper's name alone, at the very top, it is the issue's.
    """
    stamp = page.words[index].stamp
    if stamp is None or "weather" in (page.kind_at(index - 1), page.kind_at(index + 1)):
        return True
    if stamp.has_weekday and stamp.has_clock:
        return True
    if not stamp.has_clock and _is_under_name(page, index):
        return False
    return (stamp.has_weekday or stamp.has_clock) and page.role_beside(index, "boilerplate")


def _is_under_name(page: Page, index: int) -> bool:
    """Whether nothing but an outlet's name stands above a date line, and no furniture below."""
    above = page.plain[:index]
    if len(above) != 1 or page.kinds[0] is not None or not is_name_list(above[0]):
        return False
    return index + 1 < len(page) and page.roles[index + 1] != "boilerplate"


def _keep_some_body(page: Page) -> None:
    """A text has a story: where nothing is left of it, its longest unlabelled line is the story."""
    if "body" in page.roles:
        return
    unlabelled = [
        index
        for index, (kind, one) in enumerate(zip(page.kinds, page.segments, strict=True))
        if kind is None and one.role is None
    ]
    if unlabelled:
        page.roles[max(unlabelled, key=lambda index: page.words[index].words)] = "body"


def _settle_repeats(page: Page, repeats: dict[int, int]) -> dict[int, int]:
    """Body wins over caption: where lines that say the same include a paragraph, the others repeat it.

    Furniture and lines about the article take no part.
    """
    groups: dict[int, list[int]] = {}
    for index, target in repeats.items():
        if not {page.roles[index], page.roles[target]} & {"boilerplate", "meta"}:
            groups.setdefault(target, [target]).append(index)
    settled: dict[int, int] = {}
    for target, members in groups.items():
        bodies = sorted(one for one in members if page.roles[one] == "body")
        kept = target if page.roles[target] == "body" or not bodies else bodies[0]
        settled |= {one: kept for one in members if one != kept}
    return settled
