"""Edits of the mutation matrix that concern the brief as a whole: inventions, its summary, and mere noise.

Pure. As in `mutation_edits`, None means that the edit can't be made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from summarizer.evaluation.mutation_edits import Target, evidence_at, spans_of
from summarizer.evaluation.spans import shared
from summarizer.records.brief import Brief, Claim, Rejected, Sentence
from summarizer.text.sentences import split_sentences

_PARTS = ("actors", "figures", "claims")


def _add_figure(target: Target) -> Brief | None:
    """A number of the text that is no figure (a date, say) taken for one."""
    taken = [span for figure in target.gold.figures for span in spans_of(figure)]
    place = next(
        (
            (word_start, word_start + len(word))
            for word_start, word in _words(target.text)
            if word.isdigit()
            and not any(shared((word_start, word_start + len(word)), span) for span in taken)
        ),
        None,
    )
    if place is None or not target.brief.figures:
        return None
    new = target.brief.figures[0].model_copy(
        update={
            "id": f"f{len(target.brief.figures) + 1}",
            "evidence": evidence_at(target.text, *place),
            "also": (),
            "value": int(target.text[place[0] : place[1]]),
            "value_high": None,
        }
    )
    return target.brief.model_copy(update={"figures": (*target.brief.figures, new)})


def _words(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for word in text.split():
        start = text.index(word, start)
        stripped = word.strip(".,;:()")
        if stripped:
            yield start + word.index(stripped), stripped
        start += len(word)


def _add_claim(target: Target) -> Brief | None:
    """A claim about a passage that nothing is claimed of."""
    taken = [span for claim in target.gold.claims for span in spans_of(claim)]
    for start, end in split_sentences(target.text, 0, len(target.text)):
        if 8 < end - start < 300 and not any(shared((start, end), span) for span in taken):
            new = Claim(
                id=f"c{len(target.brief.claims) + 1}",
                text="Purple elephants juggle turnips.",
                speakers=(),
                via=None,
                sourcing="article",
                polarity="affirmed",
                certainty="certain",
                cues=(),
                when=None,
                evidence=evidence_at(target.text, start, end),
            )
            return target.brief.model_copy(update={"claims": (*target.brief.claims, new)})
    return None


def _sentence(target: Target, **fields: Any) -> Brief | None:
    """The first sentence of the summary with fields changed."""
    if not target.brief.summary:
        return None
    first = target.brief.summary[0].model_copy(update=fields)
    return target.brief.model_copy(update={"summary": (first, *target.brief.summary[1:])})


def _cite_nothing(target: Target) -> Brief | None:
    """A citation too many, of a claim that isn't there."""
    return _sentence(target, cites=(*(target.brief.summary[0].cites if target.brief.summary else ()), "c999"))


def _extend_sentence(target: Target) -> Brief | None:
    if not target.brief.summary:
        return None
    return _sentence(target, text=f"{target.brief.summary[0].text} {target.options['by']}")


def _sum_up_surely(target: Target) -> Brief | None:
    """A sentence that states a hedged claim's bare proposition."""
    sentence = Sentence(text=target.item.text, cites=(target.item.id,))
    return target.brief.model_copy(update={"summary": (sentence,)})


def _refuse(target: Target) -> Brief:
    refused = Rejected(
        part="claim",
        draft_id="c99",
        field="evidence",
        code=target.options["code"],
        reason="stands in several places",
        quote="the",
        nearest=None,
    )
    return target.brief.model_copy(update={"rejected": (refused,)})


def _nothing(target: Target) -> Brief:
    return target.brief


def _shuffle(target: Target) -> Brief:
    """All items in reverse order under new ids; references follow."""
    brief = target.brief
    names = {
        item.id: f"{part[0]}{len(items) - index + 100}"
        for part in _PARTS
        for items in (getattr(brief, part),)
        for index, item in enumerate(items)
    }
    actors = [a.model_copy(update={"id": names[a.id], "aliases": a.aliases[::-1]}) for a in brief.actors]
    figures = [
        f.model_copy(
            update={
                "id": names[f.id],
                "source": names[f.source] if f.source else None,
                "also": f.also[::-1],
            }
        )
        for f in brief.figures
    ]
    claims = [
        c.model_copy(
            update={
                "id": names[c.id],
                "speakers": tuple(names[s] for s in reversed(c.speakers)),
                "cues": c.cues[::-1],
            }
        )
        for c in brief.claims
    ]
    summary = [s.model_copy(update={"cites": tuple(names[c] for c in s.cites)}) for s in brief.summary]
    return brief.model_copy(
        update={
            "actors": tuple(actors[::-1]),
            "figures": tuple(figures[::-1]),
            "claims": tuple(claims[::-1]),
            "summary": tuple(summary[::-1]),
        }
    )


def _rewrite(brief: Brief, change: Callable[[str], str]) -> Brief:
    """`change` applied to every free string of the brief; quotes stay what the article says."""
    return brief.model_copy(
        update={
            "actors": tuple(
                a.model_copy(
                    update={
                        "name": change(a.name),
                        "role": a.role and change(a.role),
                        "aliases": tuple(map(change, a.aliases)),
                    }
                )
                for a in brief.actors
            ),
            "figures": tuple(f.model_copy(update={"counted": change(f.counted)}) for f in brief.figures),
            "claims": tuple(
                c.model_copy(update={"text": change(c.text), "cues": tuple(map(change, c.cues))})
                for c in brief.claims
            ),
        }
    )


def _case_noise(target: Target) -> Brief:
    return _rewrite(target.brief, str.upper)


def _space_noise(target: Target) -> Brief:
    return _rewrite(target.brief, lambda string: "  " + string.replace(" ", "\u00a0 ") + "\n")


def _paraphrase(target: Target) -> Brief:
    """Other function words and another order, the same content."""

    def other_words(sentence: str) -> str:
        words = sentence.rstrip(".").split()
        half = len(words) // 2
        return "It is so that " + " ".join((*words[half:], "and", *words[:half])) + "."

    claims = tuple(
        claim.model_copy(update={"text": other_words(claim.text)}) for claim in target.brief.claims
    )
    return target.brief.model_copy(update={"claims": claims})


BRIEF_EDITS: Mapping[str, Callable[[Target], Brief | None]] = {
    "add_figure": _add_figure,
    "add_claim": _add_claim,
    "cite_nothing": _cite_nothing,
    "extend_sentence": _extend_sentence,
    "sum_up_surely": _sum_up_surely,
    "refuse": _refuse,
    "nothing": _nothing,
    "shuffle": _shuffle,
    "case_noise": _case_noise,
    "space_noise": _space_noise,
    "paraphrase": _paraphrase,
}
