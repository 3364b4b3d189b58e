"""What one gets for nothing: trivial briefs that every engine must beat.

Pure. They know no news, only lines and sentences: the first sentences, or all of them, as plain claims of the
article. Claims F1 of "every sentence" comes close to a real engine's; joint, hedge_kept and cue F1 don't,
which is why those are looked at first.
"""

from __future__ import annotations

from summarizer.evaluation.perfect import empty_brief
from summarizer.records.article import Article
from summarizer.records.brief import Brief, Claim, Evidence
from summarizer.records.gold import GoldBrief
from summarizer.text.sentences import split_sentences

LEAD_SENTENCES = 3
#: A line shorter than this is a byline or a menu entry; said of any page, so no knowledge of news.
_MIN_CHARS = 40


def sentence_brief(article: Article, gold: GoldBrief, limit: int | None = None) -> Brief:
    """A brief that takes every sentence, or the first `limit`, for a plain claim of the article."""
    claims: list[Claim] = []
    for start, end in split_sentences(article.text, 0, len(article.text)):
        quote = article.text[start:end]
        if len(quote) < _MIN_CHARS or (limit is not None and len(claims) >= limit):
            continue
        claims.append(
            Claim(
                id=f"c{len(claims) + 1}",
                text=" ".join(quote.split()),
                speakers=(),
                via=None,
                sourcing="article",
                polarity="affirmed",
                certainty="certain",
                cues=(),
                when=None,
                evidence=(Evidence(quote=quote, start=start, end=end),),
            )
        )
    return empty_brief(gold).model_copy(update={"claims": tuple(claims)})
