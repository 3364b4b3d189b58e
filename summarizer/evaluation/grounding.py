"""Score whether a brief stands in its article: needs no gold, runs on any article.

Pure. Reads numbers with the scorer's own reader, not the engine's, so that a fault there shows here.
"""

from __future__ import annotations

from summarizer.evaluation.number_reading import states
from summarizer.records.brief import Brief, Evidence
from summarizer.text.folding import comparison_key
from summarizer.text.sentences import split_sentences

#: Evidence of a claim is tight up to this length and this many sentences. Set at 300 first; two of the 258
#: hand-labelled claims of the five articles are single sentences with their attribution of 303 and 305.
TIGHT_CHARS = 320
TIGHT_SENTENCES = 2


def score_grounding(brief: Brief, text: str, repairs: int = 0, *, answered: bool = True) -> dict[str, float]:
    """Counts `grounding.*`: spans that are verbatim and where they say, numbers and cues in their evidence.

    `settled` counts the spans and `unsettled` the items refused because their quote stands in several
    places. `repairs` is how often the answer had to be asked for again to fit the schema (0 for the rules);
    an answer that never came, `answered=False`, is not valid either.
    """
    spans: list[Evidence] = [span for actor in brief.actors for span in actor.evidence]
    spans += [span for figure in brief.figures for span in (*figure.evidence, *figure.also)]
    spans += [span for claim in brief.claims for span in claim.evidence]
    cues = [(cue, claim) for claim in brief.claims for cue in claim.cues]
    return {
        "grounding.spans": len(spans),
        "grounding.verbatim": sum(span.quote in text for span in spans),
        "grounding.offset_right": sum(text[span.start : span.end] == span.quote for span in spans),
        "grounding.unsettled": sum(item.code == "quote_ambiguous" for item in brief.rejected),
        "grounding.figures": len(brief.figures),
        "grounding.number_in_evidence": sum(
            all(
                states(figure.evidence[0].quote, end)
                for end in (figure.value, figure.value_high)
                if end is not None
            )
            for figure in brief.figures
        ),
        "grounding.cues": len(cues),
        "grounding.cue_in_evidence": sum(
            any(comparison_key(cue) in comparison_key(span.quote) for span in claim.evidence)
            for cue, claim in cues
        ),
        "grounding.claims": len(brief.claims),
        "grounding.tight": sum(all(_tight(span.quote) for span in claim.evidence) for claim in brief.claims),
        "grounding.rejected": len(brief.rejected),
        "grounding.answers": 1,
        "grounding.valid_at_first_try": int(answered and repairs == 0),
        "grounding.repairs": repairs,
    }


def _tight(quote: str) -> bool:
    return len(quote) <= TIGHT_CHARS and len(split_sentences(quote, 0, len(quote))) <= TIGHT_SENTENCES
