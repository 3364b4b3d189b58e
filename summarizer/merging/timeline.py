"""Dated events, in order, with the claims that state them.

Pure. An event is a claim with a date of its own: one that the words around it name, or something that
happened on the article's day. Standing conditions, opinions, doubts, mere possibilities, what hangs on an
"if" and what was only planned or spoken of are no events.
A date is stated when the words name it in full, or name the day and month in an article whose own date is
stated; everything else was inferred.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from summarizer.merging.intervals import Days, days_of
from summarizer.merging.phrasing import as_clause, as_sentence
from summarizer.merging.pool import ClaimItem
from summarizer.records.article import ArticleHeader
from summarizer.records.digest import ClaimCluster, TimelineEvent, Voice
from summarizer.text.dates import find_dates
from summarizer.text.families import word_family
from summarizer.text.words import Tokens, tokenize

_NO_EVENTS = frozenset(("should", "must", "ought", "can", "could", "may", "might", "need", "needs"))
#: What somebody wants or thinks is no event, whatever date it bears.
_ATTITUDES = frozenset(
    (
        "intend",
        "plan",
        "expect",
        "want",
        "hope",
        "believe",
        "consider",
        "demand",
        "think",
        "call",
        "aim",
        "seek",
    )
)
#: "Since 2014" is a condition.
_LONGEST_EVENT_DAYS = 366
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_STATES = frozenset(
    (
        "was",
        "were",
        "had",
        "did",
        "has",
        "have",
        "is",
        "are",
        "does",
        "do",
        "remained",
        "stood",
        "seemed",
        "appeared",
    )
)


_BEING = frozenset(("was", "were", "is", "are", "be", "been", "had", "has", "have"))
#: "In March the firm …": a date that opens the sentence is that of its verb.
_OPENING_WORDS = 3
#: What hangs on something else is not stated to be.
_IF = re.compile(
    r"(?:^(?:should|had)\s(?!have\b)|\b(?<!as\s)(?<!even\s)if\b|\b(?:unless|provided\sthat|in\scase|as\slong\sas)\b)",
    re.IGNORECASE,
)


def make_timeline(clusters: Sequence[ClaimCluster], claims: Sequence[ClaimItem]) -> tuple[TimelineEvent, ...]:
    """Events by date, ids T1… ; claims of one cluster on one date are one event."""
    headers = {item.member: item.article for item in claims}
    events: list[TimelineEvent] = []
    for cluster in clusters:
        dated: dict[str, list[Voice]] = defaultdict(list)
        for voice in cluster.voices:
            if voice.when is not None and _is_event(voice, headers[voice.member]):
                dated[voice.when].append(voice)
        events.extend(_events(_folded(dated), cluster, headers))
    ranked = sorted(events, key=_order)
    return tuple(one.model_copy(update={"id": f"T{number}"}) for number, one in enumerate(ranked, start=1))


def _order(event: TimelineEvent) -> tuple[int, int, str, str]:
    days = days_of(event.date)
    first, last = (days.first, days.last) if days else (0, 0)
    return first, last, event.text, event.claims[0]


def _is_event(voice: Voice, header: ArticleHeader) -> bool:
    if voice.polarity == "denied" or voice.certainty in ("unknown", "possible"):
        return False
    tokens = tokenize(voice.text, 0, len(voice.text))
    verbs = [i for i in range(len(tokens)) if tokens.tags[i] in _FINITE and tokens.lowers[i] != "dated"]
    verb = tokens.lowers[verbs[0]] if verbs else ""
    if verb in _NO_EVENTS or word_family(verb) in _ATTITUDES or _IF.search(voice.text):
        return False
    days = days_of(voice.when)
    if days is None or days.last - days.first > _LONGEST_EVENT_DAYS:
        return False
    told = days_of(header.published.date)
    is_past = bool(verbs) and tokens.tags[verbs[0]] == "VBD"
    if (is_past or not verbs) and told is not None and days.first > told.last:
        return False  # "had discussed an election on May 17": the date of what was discussed
    named = _named_date(voice)
    if not verbs:  # "a dam burst on Monday": some forms are told from nouns by nothing but sense
        return named is not None and tokens.tags[0] not in ("IN", "TO")
    if _dates_a_part(tokens, voice.text):
        return False
    if voice.when != header.published.date or named in ("full", "day"):
        return True
    return (is_past or bool(find_dates(voice.text))) and verb not in _STATES


def _dates_a_part(tokens: Tokens, text: str) -> bool:
    """Whether the date stands inside the subject of a condition: "the denial on Feb. 11 had been correct"."""
    dates = find_dates(text)
    if len(dates) != 1 or dates[0].start == 0 or text[: dates[0].start].count(" ") < _OPENING_WORDS:
        return False
    after = [i for i in range(len(tokens)) if tokens.starts[i] >= dates[0].end]
    if not after or tokens.lowers[after[0]] not in _BEING:
        return False
    rest = [i for i in after if tokens.lowers[i] not in _BEING and tokens.tags[i] != "RB"]
    return not rest or tokens.tags[rest[0]] not in ("VBN", "VBD", "VBG")


def _named_date(voice: Voice) -> str | None:
    """full, day or relative: the fullest way in which the evidence names a date that the claim may have."""
    if voice.when is None:
        return None
    days = days_of(voice.when)
    kinds: list[str] = []
    for expression in find_dates(voice.evidence[0].quote):
        if expression.iso is not None:
            if days is not None and _overlap(days_of(expression.iso), days):
                kinds.append("full")
        elif expression.kind in ("month_day", "day_range"):
            kinds.append("day")
        else:
            kinds.append("relative")
    return min(kinds, key=("full", "day", "relative").index) if kinds else None


def _overlap(a: Days | None, b: Days) -> bool:
    return a is not None and a.gap(b) == 0


def _is_stated(voice: Voice, header: ArticleHeader) -> bool:
    named = _named_date(voice)
    if named == "full":
        return True
    if named == "relative":
        return False
    return header.published.basis == "stated"


def _folded(dated: Mapping[str, list[Voice]]) -> dict[str, list[Voice]]:
    """A date within another is the same event told more exactly."""
    folded: dict[str, list[Voice]] = {}
    spans = {date: days_of(date) for date in dated}
    for date in sorted(dated, key=lambda one: (_length(spans[one]), one)):
        mine = spans[date]
        home = next(
            (
                other
                for other in folded
                if mine is not None
                and (inner := days_of(other)) is not None
                and mine.first <= inner.first
                and inner.last <= mine.last
            ),
            date,
        )
        folded.setdefault(home, []).extend(dated[date])
    return folded


def _length(days: Days | None) -> int:
    return days.last - days.first if days else 1 << 30


def _events(
    dated: Mapping[str, Sequence[Voice]], cluster: ClaimCluster, headers: Mapping[str, ArticleHeader]
) -> list[TimelineEvent]:
    events = []
    for date, voices in dated.items():
        texts = [voice.text for voice in voices]
        text = cluster.text if cluster.text in texts else min(texts, key=lambda one: (len(one), one))
        surest = any(voice.certainty == "certain" for voice in voices)
        stated = any(_is_stated(voice, headers[voice.member]) for voice in voices)
        events.append(
            TimelineEvent(
                id="T1",
                date=date,
                basis="stated" if stated else "inferred",
                text=as_sentence(as_clause(text)) if surest else as_sentence(f"{as_clause(text)} (expected)"),
                claims=tuple(sorted(voice.member for voice in voices)),
            )
        )
    return events
