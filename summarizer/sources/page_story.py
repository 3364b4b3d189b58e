"""The story's lines and what stands between and below them: captions, crossheads, teasers, lists.

Pure. Works on the open lines of a `Page` from the first paragraph on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from summarizer.records.article import LineRole
from summarizer.sources.line_wording import is_name_list
from summarizer.sources.page import Page, is_title_case, long_words
from summarizer.sources.picture_wording import sounds_like_caption

#: Limits in words. A line without full stop up to this length may be a heading between paragraphs …
_MAX_HEADING_WORDS = 8
#: … a longer one is a caption or a teaser, up to the length at which it is a paragraph that lost its stop.
_MAX_CAPTION_WORDS = 45
_MAX_VISUAL_WORDS = 60
#: A long last line without full stop is a truncated paragraph, not a teaser.
_MIN_TRUNCATED_WORDS = 20
#: Captions are told by their missing full stop only where at least this share of the long lines have one.
_MIN_PUNCTUATED_SHARE = 0.5

_NAME = re.compile(r"(?<=[a-z,;’'\"“] )[A-Z][^\W\d_]{2,}")


def mark_story(page: Page, story: int, repeats: Mapping[int, int]) -> None:
    """Settle all open lines from line `story` on. `repeats` are lines that say what another says."""
    last_prose = max(index for index in range(len(page)) if page.is_open_sentence(index, 4))
    reader = _StoryReader(page, story, last_prose, repeats)
    in_list = False
    for index in range(story, len(page)):
        words, plain = page.words[index], page.plain[index]
        if page.kinds[index] == "list_heading":
            in_list = True
            continue
        if words.ends_sentence and not plain.endswith(("?", "!", ":")):
            in_list = False
        if in_list and page.kinds[index] != "credit" and words.words <= _MAX_CAPTION_WORDS:
            # other stories, with their dates, bylines and pictures
            page.roles[index] = "boilerplate"
        elif page.is_open(index):
            page.roles[index] = reader.role_of(index)
    _mark_heading_runs(page, story)


class _StoryReader:
    """What has to be known of the whole story to judge one of its lines."""

    def __init__(self, page: Page, story: int, last_prose: int, repeats: Mapping[int, int]) -> None:
        self._page = page
        self._last_prose = last_prose
        self._repeats = repeats
        self._repeated = frozenset(repeats.values())
        long_open = [
            page.words[index]
            for index in range(story, len(page))
            if page.is_open(index)
            and page.words[index].words >= _MAX_HEADING_WORDS
            and not page.words[index].is_visual
        ]
        punctuated = sum(words.ends_sentence for words in long_open)
        self._tells_by_shape = punctuated >= 2 and punctuated >= _MIN_PUNCTUATED_SHARE * len(long_open)
        # Told at once, as roles are settled from now on.
        self._sentences = [
            page.plain[index] for index in range(story, len(page)) if page.is_open_sentence(index, 1)
        ]

    @cached_property
    def _names(self) -> frozenset[str]:
        """Names of the story; few articles have a line that needs them."""
        return frozenset(name for plain in self._sentences for name in _NAME.findall(plain))

    def role_of(self, index: int) -> LineRole:
        """The role of an open line."""
        words, plain = self._page.words[index], self._page.plain[index]
        if words.words <= _MAX_HEADING_WORDS and plain.endswith("?") and index < self._last_prose:
            return "headline"
        if words.ends_sentence:
            return self._sentence_role(index)
        if words.is_visual:
            return "caption"
        if words.is_bullet and words.words >= 3:
            return "body"
        if words.words <= _MAX_HEADING_WORDS:
            return self._short_role(index)
        if words.words > _MAX_CAPTION_WORDS or not self._tells_by_shape:
            return "body"
        return self._caption_or_teaser(index)

    def _sentence_role(self, index: int) -> LineRole:
        """A sentence is body, unless it speaks of a picture or its picture's credit follows."""
        words, plain = self._page.words[index], self._page.plain[index]
        if words.is_visual and words.words <= _MAX_VISUAL_WORDS:
            return "caption"
        if self._page.kind_at(index + 1) != "picture_credit" or words.words > _MAX_CAPTION_WORDS:
            return "body"
        is_quoting = any(mark in plain for mark in '"“”') or " said" in plain
        return "caption" if sounds_like_caption(plain) and not is_quoting else "body"

    def _caption_or_teaser(self, index: int) -> LineRole:
        """A long line without full stop: a caption of this story, or the headline of another."""
        page, plain = self._page, self._page.plain[index]
        if index in self._repeats or index in self._repeated:
            return "caption"
        if is_title_case(plain) or plain.isupper():
            return "boilerplate"
        if index > self._last_prose:
            is_last = all(not page.is_open(after) for after in range(index + 1, len(page)))
            return "body" if is_last and page.words[index].words >= _MIN_TRUNCATED_WORDS else "boilerplate"
        return "caption" if self._names.intersection(long_words(plain)) else "boilerplate"

    def _short_role(self, index: int) -> LineRole:
        """A short line without full stop: a heading between paragraphs, or furniture after the last."""
        page, plain = self._page, self._page.plain[index]
        if index in self._repeats:
            return "caption"
        if index > self._last_prose:
            is_name_after_credit = is_name_list(plain) and page.kind_at(index - 1) == "credit"
            return "meta" if is_name_after_credit else "boilerplate"
        if plain.isupper() and page.words[index].words >= 4:
            return "boilerplate"  # "CLICK HERE FOR MORE ON THE WAR"
        return "headline"


def _mark_heading_runs(page: Page, story: int) -> None:
    """One heading introduces a paragraph; two or more in a row are a menu or a list of teasers."""
    run: list[int] = []
    for index in range(story, len(page) + 1):
        if index < len(page) and page.roles[index] == "headline" and page.kinds[index] is None:
            run.append(index)
            continue
        if len(run) > 1:
            for one in run:
                page.roles[one] = "boilerplate"
        run = []
