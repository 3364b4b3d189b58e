"""Where the story begins, and what stands above it: site furniture, headline, standfirst, byline.

Pure. Works on the open lines of a `Page`.
"""

from __future__ import annotations

from summarizer.sources.line_wording import is_name_list
from summarizer.sources.page import Page, content_words

#: A sentence of this many words is prose; shorter ones may be slogans and buttons. Where no line is that
#: long, a short sentence has to do.
_PROSE_WORDS = (8, 4)
_MAX_HEADLINE_WORDS = 30
_MAX_QUESTION_WORDS = 16
#: Paragraphs below a question that make it a headline, and how far below they may begin.
_MIN_PARAGRAPH_WORDS = 15
_LINES_BELOW = 7
#: Lines of the story that a headline is compared with.
_STORY_LINES = 12


def find_story(page: Page) -> int | None:
    """Index of the first open line that is a sentence of some length; None where there is none."""
    for min_words in _PROSE_WORDS:
        for index in range(len(page)):
            if page.is_open_sentence(index, min_words) and not _is_question_title(page, index):
                return index
    return None


def mark_top(page: Page, story: int, title: str | None) -> None:
    """Settle the open lines above line `story`. `title` is what the metadata says, if anything."""
    openings = [index for index in range(story) if page.is_open(index)]
    headline = _headline(page, openings, story, title)
    for index in openings:
        words, plain = page.words[index], page.plain[index]
        is_sentence = words.ends_sentence and words.words >= 4 and not plain.endswith(":")
        if index == headline:
            page.roles[index] = "headline"
        elif headline is None or index < headline:
            page.roles[index] = "body" if is_sentence else "boilerplate"
        elif words.is_visual:
            page.roles[index] = "caption"
        elif is_sentence and not words.is_bullet:
            page.roles[index] = "body"
        elif is_name_list(plain) or words.words <= 2:
            page.roles[index] = "meta"
        else:
            page.roles[index] = "headline"


def _headline(page: Page, openings: list[int], story: int, title: str | None) -> int | None:
    """The line that speaks of what the story speaks of; else the first long enough to be a title."""
    fitting = [
        index
        for index in openings
        if 2 <= page.words[index].words <= _MAX_HEADLINE_WORDS
        and not page.words[index].is_bullet
        and (not page.words[index].ends_sentence or _is_question_title(page, index))
    ]
    if title is not None:
        for index in fitting:
            if page.plain[index].startswith(title) or title.startswith(page.plain[index]):
                return index
    # "Home Business Rates rise" above "Rates rise" is the trail of breadcrumbs that leads to it.
    fitting = [
        i for i in fitting if not any(j > i and page.plain[i].endswith(page.plain[j]) for j in fitting)
    ]
    no_names = [index for index in fitting if not is_name_list(page.plain[index])]
    titles = [index for index in no_names if page.words[index].words >= 3]
    told = _told_words(page, story) if titles else frozenset()
    for index in titles:
        if content_words(page.plain[index]) & told:
            return index
    for index in no_names:
        if page.words[index].words >= 4:
            return index
    return next((index for index in fitting if page.words[index].words >= 3), None)


def _told_words(page: Page, story: int) -> frozenset[str]:
    lines = range(story, min(len(page), story + _STORY_LINES))
    return content_words("\n".join(page.plain[one] for one in lines if page.is_open_sentence(one, 1)))


def _is_question_title(page: Page, index: int) -> bool:
    """ "Will Russia invade Ukraine?" at the very top is a headline, though it ends like a sentence."""
    asks = page.plain[index].rstrip("\"”'’").endswith(("?", "!"))
    if not asks or page.words[index].words > _MAX_QUESTION_WORDS:
        return False
    if any(role is None or role == "headline" for role in page.roles[:index]):
        return False
    below = range(index + 1, min(len(page), index + 1 + _LINES_BELOW))
    return any(page.is_open_sentence(one, _MIN_PARAGRAPH_WORDS) for one in below)
