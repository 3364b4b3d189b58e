"""When an article appeared, and how we know (contract, section 1: `published`).

Pure. Metadata, a date line of the article and a dateline with a year are *stated*. A page's own date (its
clock, "updated 5 hours ago") is not: at most it tells the year. Without a statement the date is *inferred*
where a caption or dateline gives the day, the text says which weekday it was, and a year that the text
names makes the two agree; else it is unknown. A wrong date is worse than none: it would shift every
"Tuesday" of the brief.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from summarizer.records.article import UNDATED, Line, Published
from summarizer.sources.date_inference import DatedStory, in_year, infer_date, lies_ahead, was_told
from summarizer.sources.date_stamps import Stamp, read_stamp
from summarizer.text.datelines import dateline_date
from summarizer.text.dates import DateExpression, find_dates

#: Metadata may be a few days later than the dateline (print and web editions); beyond that one is wrong,
#: and the dateline belongs to the text for certain.
_MAX_DATELINE_LAG = timedelta(days=4)
#: A date line may be as much later than a dateline as an article stays on a front page.
_MAX_STAMP_LAG = timedelta(days=14)
#: From this day of the month on, a writer says "this month", not its name, for what lies ahead in it.
_NAMED_MONTH_FROM_DAY = 6
#: Lines at the top of the page among which the article's own date line is looked for.
_TOP_LINES = 30


def settle_published(text: str, lines: Sequence[Line], metadata: Published | None = None) -> Published:
    """The article's date from its metadata, its own date lines and its text, in this order of trust."""
    dateline = _dateline(text, lines)
    if metadata is not None and metadata.date is not None:
        return _unless_dateline_differs(metadata, dateline)
    if dateline is not None and dateline.iso is not None:
        return Published(date=dateline.iso, basis="stated")
    story = DatedStory(text, lines)
    updated: str | None = None
    for stamp in _own_stamps(text, lines):
        if stamp.iso is None or _contradicts(story, stamp, dateline):
            continue
        if stamp.label == "updated":
            updated = updated or stamp.iso
        else:
            return Published(date=stamp.iso, basis="stated")
    inferred = infer_date(story, dateline) or updated
    return Published(date=inferred, basis="inferred") if inferred else UNDATED


def _unless_dateline_differs(metadata: Published, dateline: DateExpression | None) -> Published:
    if dateline is None or metadata.date is None:
        return metadata
    stated = date.fromisoformat(metadata.date)
    if dateline.iso is None:
        return metadata
    if abs(date.fromisoformat(dateline.iso) - stated) <= _MAX_DATELINE_LAG:
        return metadata
    return Published(date=dateline.iso, basis="stated")


# -- what the article says about itself


def _dateline(text: str, lines: Sequence[Line]) -> DateExpression | None:
    """The date in "KYIV, Jan. 19, 2022 (Reuters) -" at the start of the story; its year may be missing."""
    for line in [line for line in lines if line.role == "body"][:3]:
        found = dateline_date(text, line.start, line.end)
        if found is not None:
            return found
    return None


def _own_stamps(text: str, lines: Sequence[Line]) -> list[Stamp]:
    """Date lines about the article (meta), those at the top first; a page's clock is boilerplate."""
    stamps: list[Stamp] = []
    first_body = next((index for index, line in enumerate(lines) if line.role == "body"), len(lines))
    top = [line for line in lines[: first_body + 3][:_TOP_LINES] if line.role == "meta"]
    rest = [line for line in lines[first_body + 3 :] if line.role == "meta"]
    for line in (*top, *rest):
        stamp = read_stamp(text, line.start, line.end)
        if stamp is not None and (stamp.iso or stamp.has_day):
            stamps.append(stamp)
        elif line in top and line.end - line.start <= 160:
            stamps += [
                _as_stamp(found) for found in find_dates(text, line.start, line.end) if found.kind == "day"
            ]
    return stamps


def _as_stamp(found: DateExpression) -> Stamp:
    """A date inside a byline ("By Jane Doe | January 19, 2022") counts like a date line."""
    return Stamp(found.start, found.end, found.iso, None, True, False, False, False, False, False)


def _contradicts(story: DatedStory, stamp: Stamp, dateline: DateExpression | None) -> bool:
    """Whether the story speaks against a date line: then it is the page's or the site's.

    A label ("Published", "date") is the article's own word and is believed, unless a dateline names
    another day.
    """
    if stamp.iso is None:
        return True
    day = date.fromisoformat(stamp.iso)
    if dateline is not None and dateline.kind == "month_day":
        told = [in_year(dateline.parts, year) for year in (day.year - 1, day.year)]
        return not any(one is not None and timedelta(0) <= day - one <= _MAX_STAMP_LAG for one in told)
    if stamp.label == "published":
        return False
    return any(
        _is_named_month_ahead(story, line, found, day)
        or (
            found.kind == "day"
            and found.iso is not None
            and found.iso > stamp.iso
            and was_told(story, line, found)
        )
        for line, found in story.body
    )


def _is_named_month_ahead(story: DatedStory, line: Line, found: DateExpression, day: date) -> bool:
    """ "Talks in January" that lie ahead can't be told late in January: one would say "this month"."""
    if found.kind != "bare_month" or found.parts != (day.month,) or day.day < _NAMED_MONTH_FROM_DAY:
        return False
    return story.text[: found.start].rstrip()[-3:].strip() == "in" and lies_ahead(story, line, found)
