"""Attribution frames: who says, denies, believes or shows what, inside one stretch of a sentence.

A frame is a verb ("said", "denied", "believe"), its subject and the stretch that is its content. Pure:
positions are word indices of the sentence; who the subject *is* is decided in `coreference`.
"""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.extraction.by_rules import vocabulary as words_of
from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.vocabulary import VerbClass
from summarizer.text.words import FINITE

#: A coordinated frame further away than this belongs to garbled text.
MAX_CONTENT_WORDS = 120
_OPEN = frozenset("“\"‘'«„`")
_CLOSE = frozenset("”\"’'»“")
_AUX = frozenset("has have had is are was were be been do does did 've ’ve 's ’s".split())
_BE = frozenset("is are was were be been being 's ’s 're ’re am get gets got".split())
_HAVE = frozenset("has have had 've ’ve having".split())
_NOT = frozenset(("not", "n't", "n’t", "never", "cannot"))
SUBORDINATORS = frozenset(
    "that which who whom whose as while when where after before because since if although though unless until whether why how what so "
    "than despite amid without".split()
)
#: These need a clause or a quotation: "added 250,000 jobs" is no speech.
_CLAUSE_ONLY = frozenset(
    "decide specify add hold find note argue point state read determine see learn maintain reply conclude respond remark know realize realise recognize recognise "
    "post agree stress show suggest comment call signal advise counter mention outline detail boast consider understand describe rule put figure "
    "write cite highlight brief inform hint imply comment repeat recall observe confirm reveal order indicate testify commit".split()
)
#: These take "to" plus a verb as what is said: "threatened to sue", "asked them to leave".
_TO_VERB = frozenset(
    "promise pledge vow threaten undertake urge ask order demand call request appeal instruct recommend warn tell expect hope claim agree offer "
    "advise commit predict estimate forecast project".split()
)
#: These say something with a bare noun phrase: "denied the charge", "announced plans", "fears an attack".
_NOUN_OBJECT = frozenset(
    "plead dispute doubt deny reject dismiss refute rebut repudiate disavow rule play accuse blame criticize criticise condemn denounce charge complain urge demand request "
    "call appeal announce report acknowledge admit claim allege predict forecast expect estimate anticipate project fear worry suspect reiterate reaffirm "
    "underline underscore emphasize emphasise stress describe warn caution promise pledge vow threaten confirm disclose reveal declare lament brush "
    "shrug suggest explain insist".split()
)
#: "…, said X": verbs that news puts before their subject.
_INVERTS = frozenset(
    "say add write explain warn ask reply note report joke quip recall insist argue conclude acknowledge".split()
)
_COURTS = frozenset(
    "court jury jurors inquest inquiry tribunal hearing judge magistrates panel parliament".split()
)
_NOMINAL = {
    "fears": "fear", "fear": "fear", "concerns": "fear", "concern": "fear", "worries": "fear", "speculation": "fear", "rumours": "fear",
    "rumors": "fear", "suspicions": "fear", "suspicion": "fear", "hopes": "hope", "hope": "hope", "consensus": "think", "view": "think",
    "expectation": "think", "belief": "think", "assumption": "think", "assessment": "think",
}  # fmt: skip
_WITHHOLD = frozenset("declined refused declines refuses".split())
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec".split()
)
_BOUND_PREPOSITIONS = frozenset(
    "at about around over under up between nearly roughly more fewer less some".split()
)
_ADDRESSEES = frozenset("tell inform assure remind warn advise brief ask urge".split())
_TIME = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday earlier later recently meanwhile also again then now previously separately "
    "instead however nonetheless last this next week month year night morning evening afternoon".split()
)


@dataclass(frozen=True, slots=True)
class Frame:
    """One attribution. `content` is word range; `subject` too (None: elided, same as the clause before)."""

    verb: int
    verb_class: VerbClass
    subject: tuple[int, int] | None
    content: tuple[int, int]
    attribution: tuple[int, int]
    postposed: bool
    negated: bool
    noun_object: bool
    rest: tuple[tuple[int, int], ...] = ()
    source: bool = False  # "according to"
    nominal: bool = False  # "fears that"
    parenthetical: bool = False  # "His method, she wrote, is accepted"
    citing: tuple[int, int] | None = None


def is_finite(sentence: Sentence, i: int) -> bool:
    """Whether word `i` is a finite verb."""
    return sentence.tokens.tags[i] in FINITE


def has_finite(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the stretch holds a finite verb."""
    return any(sentence.tokens.tags[i] in FINITE for i in range(first, last))


class FrameFinder:
    """Finds the outermost frame in a stretch of one sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.verbs = words_of.attribution_verbs()
        self.products = words_of.products()
        self.speaking = words_of.speaking_nouns()

    # -- public -------------------------------------------------------------------------------

    def outermost(self, first: int, last: int, inside_quote: bool) -> Frame | None:
        """The frame that covers most of `first:last`, or None.

        With `inside_quote`, quoted words are read like others (a quotation that reports speech).
        """
        source = self._according(first, last, inside_quote)
        nominal = self._nominal(first, last, inside_quote)
        heard = self._heard(first, last, inside_quote)
        if heard is not None:
            return heard
        best: Frame | None = None
        aside = self._asides(first, last)
        for v in range(first, last):
            if v in aside:
                continue
            if not inside_quote and self.sentence.quoted[v]:
                continue
            for verb_class in self.verbs.get(self.tokens.lowers[v], ()):
                frame = self._frame(v, verb_class, first, last, inside_quote)
                if frame is None:
                    continue
                if frame.postposed:
                    best = frame if best is None or not best.postposed or frame.verb > best.verb else best
                elif best is None:
                    best = frame
                break
        if (
            nominal is not None
            and (best is None or (nominal.verb < best.verb and not best.postposed))
            and source is None
        ):
            return nominal
        if source is not None and (best is None or source.postposed or source.verb < best.verb):
            if best is not None and best.postposed and best.verb > source.verb:
                return best
            if (
                best is not None
                and not best.postposed
                and source.postposed
                and best.attribution[1] <= source.attribution[0]
            ):
                # "X said A, according to Y": Y relays X
                return source
            return source
        return best

    def _asides(self, first: int, last: int) -> set[int]:
        """Words of relative clauses between commas: "who spoke on condition of anonymity"."""
        lowers = self.tokens.lowers
        inside: set[int] = set()
        i = first
        while i < last - 2:
            if lowers[i] in (",", "(") and lowers[i + 1] in ("who", "which", "whose", "whom"):
                close = next((k for k in range(i + 2, last) if lowers[k] in (",", ")")), None)
                if close is not None and close + 1 < last and has_finite(self.sentence, close, last):
                    inside.update(range(i + 1, close))
                    i = close
                    continue
            i += 1
        return inside

    # -- according to -------------------------------------------------------------------------

    def _heard(self, first: int, last: int, inside_quote: bool) -> Frame | None:
        """ "the court heard that S", "S, a jury has heard": said in court, by whoever pleads there."""
        lowers, tags = self.tokens.lowers, self.tokens.tags
        for v in range(first + 1, last):
            if lowers[v] not in ("heard", "hears", "told") or (self.sentence.quoted[v] and not inside_quote):
                continue
            back = v - 1
            while back > first and lowers[back] in ("has", "have", "had", "was", "were"):
                back -= 1
            if lowers[back] not in _COURTS or (lowers[v] == "told" and lowers[v - 1] not in ("was", "were")):
                continue
            dummy = VerbClass("hear", "certain", "affirmed", "hear", None, "ed")
            start = back - 1 if back > first and tags[back - 1] in ("DT", "NN", "JJ") else back
            if (
                v + 1 < last
                and (lowers[v + 1] == "that" or has_finite(self.sentence, v + 1, last))
                and start - first <= 4
            ):
                begin = v + 2 if lowers[v + 1] == "that" else v + 1
                return Frame(v, dummy, (start, back + 1), (begin, last), (start, begin), False, False, False)
            before = self._content_before(start, first)
            if before is not None and v + 4 >= last:
                return Frame(v, dummy, (start, back + 1), before, (start, v + 1), True, False, False)
        return None

    def _according(self, first: int, last: int, inside_quote: bool) -> Frame | None:
        lowers = self.tokens.lowers
        for i in range(first, last - 2):
            if (
                lowers[i] == "according"
                and lowers[i + 1] == "to"
                and (inside_quote or not self.sentence.quoted[i])
            ):
                noun_first = i + 2
                stop = noun_first
                depth = 0
                while stop < last:
                    lower = lowers[stop]
                    if lower in (";", ":") or (lower in (",", "–", "—") and not depth):
                        break
                    if lower in ("that", "which", "who") or (
                        lower in ("and", "but", "as")
                        and stop + 2 < last
                        and has_finite(self.sentence, stop, min(last, stop + 6))
                        and i > first
                    ):
                        break
                    stop += 1
                dummy = VerbClass("say", "certain", "affirmed", "according", None, "ed")
                if i <= first + 1:
                    if stop >= last:
                        return None
                    return Frame(
                        i,
                        dummy,
                        (noun_first, stop),
                        (min(stop + 1, last), last),
                        (i, stop),
                        False,
                        False,
                        False,
                        source=True,
                    )
                content_last = i
                while content_last > first and lowers[content_last - 1] in (",", "–", "—"):
                    content_last -= 1
                rest: tuple[tuple[int, int], ...] = ()
                if (
                    stop + 3 < last
                    and lowers[stop] in (",", "and", "but", "as", ";")
                    and has_finite(self.sentence, stop, last)
                ):
                    rest = (
                        ((stop + 1, last),) if lowers[stop + 1 : stop + 2] not in (["which"], ["who"]) else ()
                    )
                return Frame(
                    i,
                    dummy,
                    (noun_first, stop),
                    (first, content_last),
                    (i, stop),
                    True,
                    False,
                    False,
                    rest,
                    source=True,
                )
        return None

    def _nominal(self, first: int, last: int, inside_quote: bool) -> Frame | None:
        """ "fears are mounting that S", "growing concerns in Western nations that S", "the consensus is that S"."""
        lowers, tags = self.tokens.lowers, self.tokens.tags
        for i in range(first, last - 3):
            name = _NOMINAL.get(lowers[i])
            if name is None or tags[i] not in ("NN", "NNS") or (self.sentence.quoted[i] and not inside_quote):
                continue
            that = next((k for k in range(i + 1, min(last, i + 9)) if lowers[k] == "that"), None)
            copula = lowers[i + 1] in ("is", "was", "remains")
            if name == "think" and not (copula and that is not None and that <= i + 3):
                continue
            if that is None:
                if (
                    name != "fear"
                    or tags[i + 1] not in ("NNP", "DT", "NNS", "PRP")
                    or not has_finite(self.sentence, i + 1, last)
                ):
                    continue
                stop = next((k for k in range(i + 1, last) if tags[k] in FINITE), last)
                if stop - i > 6 or any(lowers[k] in (",", "and", "but", "of") for k in range(i + 1, stop)):
                    continue
                that = i
            elif not has_finite(self.sentence, that, last) or any(
                lowers[k] == "," for k in range(i + 1, that)
            ):
                continue
            holder: tuple[int, int] | None = None
            if that > i + 2 and lowers[i + 1] in ("in", "among", "by", "from"):
                holder = (i + 2, that)
            elif i > first and lowers[i - 1] in ("'s", "’s"):
                start = self._noun_start(i - 1, first)
                holder = (start, i - 1) if start < i - 1 else None
            certainty = {"fear": "possible", "think": "probable", "hope": "unknown"}[name]
            verb_class = VerbClass(name, certainty, "affirmed", lowers[i], None, "noun")  # type: ignore[arg-type]
            start = i
            while (
                start > first
                and tags[start - 1] in ("JJ", "VBG", "DT", "JJR", "RB")
                and lowers[start - 1] not in ("that",)
            ):
                start -= 1
            rest = ((first, start),) if start - first >= 3 else ()
            stop = next((k for k in range(that + 2, last) if lowers[k] in (";",)), last)
            return Frame(
                i,
                verb_class,
                holder,
                (that + 1, stop),
                (start, that + 1),
                False,
                False,
                False,
                rest,
                nominal=True,
            )
        return None

    # -- verbs --------------------------------------------------------------------------------

    def _frame(
        self, v: int, verb_class: VerbClass, first: int, last: int, inside_quote: bool
    ) -> Frame | None:
        tokens = self.tokens
        lowers, tags = tokens.lowers, tokens.tags
        tag = tags[v]
        speech_noun = (
            verb_class.form == "ing"
            and v > first
            and lowers[v - 1] == ","
            and lowers[v + 1 : v + 2] in (["that"], [":"])
        )
        if (
            tag in ("NN", "NNS", "NNP", "NNPS") or (tag == "JJ" and verb_class.form != "s")
        ) and not speech_noun:
            return None
        after = v + 1
        if verb_class.particle:
            if after < last and lowers[after] == verb_class.particle:
                after += 1
            else:
                return None
        elif verb_class.base in (
            "plead",
            "rule",
            "play",
            "brush",
            "shrug",
            "call",
            "point",
        ) and verb_class.name in ("deny",):
            return None
        participle = verb_class.form == "ing"
        if participle and verb_class.base == "cite":
            return None
        if (
            participle
            and v > first
            and not (lowers[v - 1] in ("after", ",", "and", "by", "while", "but", "–", "—", "also"))
        ):
            return None
        if verb_class.form == "base" and tag == "VB":
            # "to say", "could say": no speech act of its own, but "did not say", "does not expect"
            withheld = v >= 2 and lowers[v - 1] == "to" and lowers[v - 2] in _WITHHOLD
            if not withheld and not (
                v >= 2
                and (lowers[v - 1] in _NOT or lowers[v - 1] in ("do", "does", "did"))
                and any(
                    lowers[k] in ("do", "does", "did", "would", "will") for k in range(max(first, v - 3), v)
                )
            ):
                return None
        if verb_class.form == "ed" and not participle:
            back = v - 1
            while back >= first and (tags[back] == "RB" or lowers[back] in _NOT):
                back -= 1
            if back >= first and lowers[back] in _BE and not (lowers[v] in ("quoted",)):
                if not (lowers[back] in ("'s", "’s") and tags[back] == "POS"):
                    return None
            if (
                tag == "VBN"
                and not (back >= first and lowers[back] in _HAVE)
                and (
                    v > first and lowers[v - 1] not in (",", "”", '"', "'", "’", "and", "but", "then", "also")
                )
                and not self._plain_past(v, first)
            ):
                return None
        negated = any(
            lowers[k] in _NOT or (lowers[k] == "longer" and lowers[k - 1] == "no")
            for k in range(max(first, v - 3), v)
        )
        if v - 2 >= first and lowers[v - 1] == "to" and lowers[v - 2] in _WITHHOLD:
            negated = True
            subject = self._subject(v - 2, first)
        else:
            subject = None if participle else self._subject(v, first)
        inverted = False
        if (
            not participle
            and v > first
            and (lowers[v - 1] in (",", "”", '"', "'", "’", "?", "!") or lowers[v - 1][-1] in "?!")
            and verb_class.base in _INVERTS
        ):
            found = self._inverted_subject(v, last)
            if found is not None:
                subject, inverted = found, True
        if subject is None and not participle and not self._elided(v, first):
            return None
        complement = self._complement(after, last, verb_class)
        if (
            subject is not None
            and subject[0] - 1 > first
            and after < last - 2
            and lowers[subject[0] - 1] == ","
            and lowers[after] == ","
            and verb_class.name in ("say", "think", "warn")
            and not has_finite(self.sentence, first, subject[0] - 1)
            and has_finite(self.sentence, after, last)
            and not self.sentence.quoted[v]
        ):
            return Frame(
                v,
                verb_class,
                subject,
                (first, last),
                (subject[0], after),
                True,
                negated,
                False,
                parenthetical=True,
            )
        before = self._content_before(v if inverted or subject is None else subject[0], first)
        noun_object = False
        if (
            before is not None
            and not participle
            and (inverted or complement in ("none", "adjunct", "participle"))
        ):
            start = v if inverted else (subject[0] if subject else v)
            stop = subject[1] if inverted and subject else after
            stop = self._adjunct_end(stop, last)
            rest = ((stop, last),) if stop < last - 2 else ()
            return Frame(v, verb_class, subject, before, (start, stop), True, negated, False, rest)
        if complement in ("none", "adjunct"):
            return None
        if complement == "noun" and verb_class.base != "put":
            if verb_class.base not in _NOUN_OBJECT or (verb_class.name == "show"):
                return None
            noun_object = True
        if complement == "to" and verb_class.base not in _TO_VERB:
            return None
        if (
            complement == "clause"
            and verb_class.base in _NOUN_OBJECT | {"call"}
            and verb_class.base not in ("report", "announce")
            and not self._that_near(after, last)
            and verb_class.name in ("deny", "accuse", "direct")
        ):
            noun_object = True
        if (
            complement == "noun"
            and verb_class.base in _CLAUSE_ONLY - {"put"}
            and verb_class.base not in _NOUN_OBJECT
        ):
            return None
        if (
            complement == "clause"
            and verb_class.base in _CLAUSE_ONLY
            and not self._that_near(after, last)
            and not self._quote_near(after, last)
            and verb_class.base
            in (
                "call",
                "put",
                "see",
                "order",
                "post",
                "signal",
                "detail",
                "describe",
                "brief",
                "cite",
                "outline",
                "highlight",
            )
        ):
            return None
        if verb_class.base == "put":
            if complement != "noun" or not any(
                lowers[k] == "at" and any(tags[m] == "CD" for m in range(k + 1, min(last, k + 5)))
                for k in range(after, min(last, after + 12))
            ):
                return None
            noun_object = True
        content_first = self._content_first(after, last, verb_class, noun_object)
        content_last, rest = self._content_last(v, content_first, last, inside_quote)
        if negated and verb_class.name in ("think", "doubt", "say", "know"):
            turn = next(
                (
                    k
                    for k in range(content_first + 1, content_last - 2)
                    if lowers[k] == "but" and has_finite(self.sentence, k, content_last)
                ),
                None,
            )
            if turn is not None:
                content_last, rest = turn, ((turn + 1, last),)
        start = subject[0] if subject is not None else v
        left: tuple[tuple[int, int], ...] = ()
        if start - first >= 3:
            left = ((first, start),)
        return Frame(
            v,
            verb_class,
            subject,
            (content_first, content_last),
            (start, content_first),
            False,
            negated,
            noun_object or complement == "to",
            left + rest,
        )

    def _plain_past(self, v: int, first: int) -> bool:
        """A form that can be past or participle, right after its subject: "Officials said"."""
        return v > first and self.tokens.tags[v - 1] in (
            "NN",
            "NNS",
            "NNP",
            "NNPS",
            "PRP",
            "RB",
            "WP",
            "WDT",
            ")",
            "CD",
        )

    def _elided(self, v: int, first: int) -> bool:
        """ "… and accused Ukraine": the subject of the verb before goes on."""
        if v == first:
            return True
        back = v - 1
        while back >= first and self.tokens.tags[back] == "RB":
            back -= 1
        return back >= first and self.tokens.lowers[back] in ("and", "but", ",", "or", "then", "also")

    def _subject(self, v: int, first: int) -> tuple[int, int] | None:
        """Word range of the noun phrase before verb `v`."""
        lowers, tags = self.tokens.lowers, self.tokens.tags
        end = v
        while (
            end > first
            and (lowers[end - 1] in _AUX or lowers[end - 1] in _NOT or tags[end - 1] in ("RB", "MD"))
            and lowers[end - 1] not in ("it",)
        ):
            if (
                lowers[end - 1] in ("'s", "’s")
                and tags[end - 1] == "POS"
                and end - 2 >= first
                and tags[end - 2] in ("NN",)
            ):
                pass
            end -= 1
        if end <= first:
            return None
        stop = end
        if lowers[end - 1] in (",", "–", "—", ")", "-"):
            # "Edwin Moss, a lawyer for the family, said": the phrase before the apposition
            opener = self._apposition_start(end - 1, first)
            if opener is None:
                # ", meanwhile, said"
                return None
            head_end = opener
            start = self._noun_start(head_end, first)
            return (start, stop - 1) if start < head_end else None
        start = self._noun_start(end, first)
        return (start, end) if start < end else None

    def _apposition_start(self, comma: int, first: int) -> int | None:
        """Position of the comma that opens the parenthesis closed at `comma`."""
        lowers = self.tokens.lowers
        closer = lowers[comma]
        if closer == ")":
            for k in range(comma - 1, max(first, comma - 12) - 1, -1):
                if lowers[k] == "(":
                    return k
            return None
        fallback: int | None = None
        for k in range(comma - 1, max(first, comma - 32) - 1, -1):
            if lowers[k] == closer or (closer == "," and lowers[k] in (",",)):
                inner = lowers[k + 1 : k + 2]
                if not inner or k == first:
                    return None
                word = inner[0]
                tag = self.tokens.tags[k + 1]
                if (
                    word
                    in (
                        "a",
                        "an",
                        "the",
                        "who",
                        "which",
                        "whose",
                        "one",
                        "speaking",
                        "citing",
                        "quoting",
                        "in",
                        "on",
                        "at",
                        "meanwhile",
                        "however",
                        "also",
                        "for",
                        "himself",
                        "herself",
                        "itself",
                        "its",
                        "his",
                        "her",
                        "now",
                        "then",
                        "through",
                        "via",
                        "by",
                        "who’s",
                        "by",
                        "too",
                    )
                    or word[0].isdigit()
                    or tag in ("NN", "JJ", "VBG", "VBN", "RB", "PRP$")
                    or word in words_of.title_heads()
                ):
                    return k
                if tag == "NNP" and k > first:
                    if fallback is None:
                        fallback = k
                    continue  # "director of X, Y and Z" lists go on
                return fallback
        return fallback

    def _noun_start(self, end: int, first: int) -> int:
        """First word of the noun phrase that ends before `end`."""
        lowers, tags = self.tokens.lowers, self.tokens.tags
        start = end
        for k in range(end - 2, max(first, end - 16), -1):
            if not lowers[k][0].isalnum() and lowers[k] not in ("-", "'s", "’s"):
                break
            opens = lowers[k] == "who" or (lowers[k] == "that" and tags[k + 1] in FINITE)
            if opens and tags[k - 1] in ("NN", "NNS", "NNP") and has_finite(self.sentence, k, end):
                start = k  # "a nurse who was not authorised to speak told": the relative clause belongs to it
                break
        while start > first:
            lower, tag = lowers[start - 1], tags[start - 1]
            if lower in SUBORDINATORS:
                break
            if lower in (",", ";", ":", "–", "—", "--", "(", ")") or lower in _OPEN or lower in _CLOSE:
                if (
                    lower in ("'", "’")
                    and start - 2 >= first
                    and self.tokens.words[start - 2].endswith("s")
                    and self.tokens.ends[start - 2] == self.tokens.starts[start - 1]
                ):
                    start -= 1
                    continue
                break
            if tag in FINITE and not (lower in ("'s", "’s")):
                break
            if lower in ("but", "and", "or") and (
                start - 2 < first
                or tags[start - 2] in FINITE
                or tags[start - 2] in (",", "VB", "VBN", "RB")
                or lower == "but"
            ):
                break
            if lower == "and" and not self._joins_nouns(start - 1, first):
                break
            if tag == "TO" and tags[start : start + 1] == ["VB"]:
                break
            start -= 1
        # leading time without comma: "Last year the state auditor warned"
        if (
            end - start > 2
            and lowers[start] in ("last", "this", "next", "earlier", "late")
            and lowers[start + 1] in _TIME | _MONTHS
        ):
            start += 2
        # leading prepositional phrase without comma: "On Monday Lavrov said"
        while (
            start < end
            and tags[start] in ("IN", "TO", "RB", "CC")
            and lowers[start] not in ("about", "around", "some", "both", "more", "nearly", "almost")
        ):
            cut = start + 1
            while cut < end and tags[cut] not in ("NN", "NNS", "NNP", "CD"):
                cut += 1
            if tags[start] in ("RB", "CC"):
                start += 1
                continue
            nxt = cut + 1
            if lowers[cut : cut + 1] and lowers[cut] in _TIME and nxt < end:
                while nxt < end and (lowers[nxt] in _TIME or tags[nxt] == "CD"):
                    nxt += 1
                start = nxt
                continue
            break
        return start

    def _joins_nouns(self, i: int, first: int) -> bool:
        """Whether "and" at `i` joins noun phrases rather than clauses."""
        tags = self.tokens.tags
        left = tags[i - 1] if i > first else "."
        right = tags[i + 1] if i + 1 < len(tags) else "."
        return left in ("NN", "NNS", "NNP", "NNPS", "CD", "PRP", "JJ") and right in (
            "NN",
            "NNS",
            "NNP",
            "NNPS",
            "DT",
            "JJ",
            "PRP$",
            "CD",
            "PRP",
        )

    def _inverted_subject(self, v: int, last: int) -> tuple[int, int] | None:
        """ "…, said Gloria Tan, an antitrust lawyer at X": the noun phrase after the verb."""
        lowers, tags = self.tokens.lowers, self.tokens.tags
        begin = v + 1
        if begin >= last:
            return None
        if (
            tags[begin] not in ("NNP", "NN", "NNS", "DT", "JJ", "PRP", "PRP$", "CD", "NNPS", "VBN")
            or lowers[begin] in ("that", "this", "it", "them", "him", "her", "us")
            or lowers[begin] in _TIME
        ):
            return None
        end = begin
        while end < last:
            lower, tag = lowers[end], tags[end]
            if tag in FINITE and not (
                {"who", "whose"} & set(lowers[begin:end])
                and "," in lowers[begin:end]
                and (tags[begin] in ("NNP", "NN") or self._somebody(begin, end))
            ):
                return None
            if lower in (";", ":", "that") or lower in _OPEN:
                break
            if lower == ",":
                # keep an apposition, stop at a participle or a new clause
                nxt = lowers[end + 1] if end + 1 < last else "."
                if nxt in ("a", "an", "the", "who") or (
                    end + 1 < last
                    and tags[end + 1] in ("NN", "NNP", "CD", "JJ")
                    and nxt not in ("adding", "saying")
                ):
                    end += 1
                    continue
                break
            if (
                lower in ("in", "on", "after", "during", "at", "to", "as", "when", "by")
                and end > begin
                and not (lower in ("in", "at", "on") and "," in lowers[begin:end])
            ):
                break
            end += 1
            if end == begin + 1 and lowers[begin] in ("he", "she", "they", "it", "we"):
                break
        if any(t in FINITE for t in tags[begin:end]) and lowers[begin] not in ("he", "she", "they"):
            return (begin, end) if "who" in lowers[begin:end] else None
        if end <= begin or not self._somebody(begin, end):
            return None
        return (begin, end)

    def _somebody(self, first: int, last: int) -> bool:
        """Whether a noun phrase can speak: a name, a pronoun, or a human or institutional noun."""
        tags, lowers = self.tokens.tags, self.tokens.lowers
        stop = next((k for k in range(first + 1, last) if lowers[k] == ","), last)
        return any(
            tags[k] in ("NNP", "NNPS", "PRP") or lowers[k] in self.speaking for k in range(first, stop)
        )

    def _content_before(self, start: int, first: int) -> tuple[int, int] | None:
        """The clause or quotation that ends right before the attribution at `start`."""
        lowers = self.tokens.lowers
        end = start
        if end <= first:
            return None
        marks = 0
        while (
            end > first
            and (not lowers[end - 1][0].isalnum())
            and lowers[end - 1] not in ("'s", "’s", ")", "%", "£", "$", "€")
        ):
            marks += 1
            end -= 1
        if marks == 0 or end - first < 2:
            return None
        quoted = any(self.sentence.quoted[k] for k in range(first, end))
        if not quoted and not has_finite(self.sentence, first, end):
            return None
        if (
            lowers[first]
            in (
                "speaking",
                "citing",
                "asked",
                "responding",
                "quoting",
                "referring",
                "in",
                "on",
                "after",
                "when",
                "as",
                "while",
                "during",
                "if",
            )
            and not quoted
            and lowers[start - 1] == ","
        ):
            # a leading adjunct, not what is said; but "As part of X, Russia will deploy Y, Fomin said"
            comma = next((k for k in range(first, end) if lowers[k] == ","), None)
            if comma is None or not has_finite(self.sentence, comma, end):
                return None
        return (first, end)

    def _complement(self, after: int, last: int, verb_class: VerbClass) -> str:
        """What follows the verb: clause, quote, noun, to, participle, adjunct or none."""
        lowers, tags = self.tokens.lowers, self.tokens.tags
        i = after
        if i >= last:
            return "none"
        if verb_class.base in _ADDRESSEES and verb_class.base not in ("warn",) or verb_class.base == "warn":
            i = self._skip_addressee(i, last)
        while i < last and (
            lowers[i] in _TIME
            or (tags[i] == "RB" and lowers[i] not in _NOT)
            or (
                lowers[i] in ("on", "late", "early", "in", "at")
                and i + 1 < last
                and (lowers[i + 1] in _TIME or lowers[i + 1] in _MONTHS)
            )
            or (lowers[i] in _MONTHS and i > after)
        ):
            i += 1
        i = self._skip_citing(i, last)
        if i >= last or lowers[i] in (".", "!", "?"):
            return "none" if i == after else "adjunct"
        lower, tag = lowers[i], tags[i]
        if lower == "that" and verb_class.name in ("deny", "doubt", "direct"):
            stop = next(
                (
                    k
                    for k in range(i + 1, last)
                    if lowers[k][0] in ",.;!?" or lowers[k] in ("and", "but", "saying")
                ),
                last,
            )
            if not has_finite(self.sentence, i + 1, stop):
                return "noun"
        if lower == "that" or lower in ("whether", "if", "how", "why", "what", "where", "when", "who"):
            return "clause"
        if lower == ":" or lower in _OPEN and self.sentence.quoted[i]:
            return "clause"
        if lower == ",":
            nxt = lowers[i + 1] if i + 1 < last else "."
            if nxt in _OPEN and i + 1 < last and self.sentence.quoted[i + 1]:
                return "clause"
            return "participle" if i + 1 < last and tags[i + 1] == "VBG" else "adjunct"
        if lower == "to" and i + 1 < last and tags[i + 1] in ("VB", "RB"):
            return "to"
        if (tag == "IN" or tag == "TO") and not (
            lower in _BOUND_PREPOSITIONS and any(tags[k] == "CD" for k in range(i + 1, min(last, i + 3)))
        ):
            if lower in ("of", "about", "against", "for", "on") and verb_class.base in (
                "warn",
                "accuse",
                "complain",
                "call",
                "worry",
                "appeal",
                "hint",
                "speculate",
                "blame",
                "caution",
            ):
                return "noun"
            if self._that_near(i, last) or self._quote_near(i, last):
                return "clause"
            stop = next((k for k in range(i, last) if lowers[k] in (",",)), last)
            return (
                "adjunct"
                if not has_finite(self.sentence, i, stop)
                or lower in ("in", "at", "on", "during", "after", "before", "when", "as", "by", "from")
                else "clause"
            )
        stop = next((k for k in range(i, last) if lowers[k] in (";", ":")), last)
        if has_finite(self.sentence, i, stop):
            # noun phrase + finite verb without "that", unless the verb sits in a relative clause
            k = i
            while k < stop and tags[k] not in FINITE:
                if (
                    lowers[k] == ","
                    and k + 1 < stop
                    and lowers[k + 1] in ("which", "who", "whose")
                    and verb_class.name in ("say", "think", "warn")
                ):
                    close = next((m for m in range(k + 2, stop) if lowers[m] == ","), None)
                    if close is not None and has_finite(self.sentence, close, stop):
                        k = close + 1
                        continue
                if lowers[k] in ("that", "which", "who", "whether"):
                    if lowers[k] == "that" and tags[k - 1] in ("NN", "NNS") and k - i <= 6:
                        return "noun"
                    if (
                        verb_class.name in ("say", "think", "warn")
                        and sum(tags[m] in FINITE for m in range(k, stop)) >= 2
                    ):
                        return "clause"
                    return "noun" if lowers[k] != "that" else "clause"
                if (
                    lowers[k] in ("as", "while", "after", "if", "because", "when", "and", "but", ",")
                    and k > i
                ):
                    if (
                        lowers[k] in (",", "and")
                        and verb_class.name in ("say", "think", "know", "warn")
                        and tags[i] in ("PRP", "EX")
                    ):
                        k += 1
                        continue
                    if lowers[k] == "and" and verb_class.base in (
                        "say",
                        "believe",
                        "think",
                        "warn",
                        "claim",
                        "insist",
                        "confirm",
                    ):
                        k += 1
                        continue
                    if lowers[k] == "," and verb_class.base in ("say", "believe", "think", "claim", "insist"):
                        k += 1
                        continue
                    return "noun"
                if tags[k] == "TO" and verb_class.base in _TO_VERB and verb_class.base not in ("say",):
                    return "to"
                k += 1
            return "clause"
        if (
            tag
            in (
                "NN",
                "NNS",
                "NNP",
                "NNPS",
                "DT",
                "JJ",
                "PRP",
                "PRP$",
                "CD",
                "VBG",
                "VBN",
                "JJR",
                "JJS",
                "PDT",
                "EX",
                "WP",
                "POS",
                "$",
                "£",
                "€",
            )
            or lower in _OPEN
            or lower in ("$", "£", "€")
        ):
            if verb_class.base in _TO_VERB and any(
                tags[k] == "TO" and k + 1 < last and tags[k + 1] == "VB" for k in range(i, min(last, i + 8))
            ):
                return "to"
            return "noun"
        return "none"

    def _skip_addressee(self, i: int, last: int) -> int:
        """After "told": the one who is told."""
        lowers, tags = self.tokens.lowers, self.tokens.tags
        start = i
        stop = next(
            (
                k
                for k in range(i, last)
                if not self.tokens.words[k][0].isalnum() and lowers[k] not in ("'s", "’s", "-", ",")
            ),
            last,
        )
        if (
            stop > i
            and not has_finite(self.sentence, i, stop)
            and "that" not in lowers[i:stop]
            and "," not in lowers[i:stop]
        ):
            rest = lowers[stop] if stop < last else "."
            if rest[0] in ".!?" or stop >= last:
                return last if stop >= last else stop
        while (
            i < last
            and i - start < 9
            and (
                tags[i] in ("NN", "NNS", "NNP", "NNPS", "DT", "JJ", "PRP", "PRP$", "POS", "CD")
                and lowers[i] != "that"
                or (i > start and lowers[i] in ("of", "and", "in", "at", "on", "from", "&", "the"))
            )
        ):
            if tags[i] in ("PRP",) and i > start:
                break
            if i > start and tags[i] in ("DT", "PRP$") and tags[i - 1] in ("NN", "NNS", "NNP"):
                break
            i += 1
        if i > start and i >= last:
            return i
        return (
            i
            if i > start
            and (
                lowers[i][0] in ".!?"
                or lowers[i] in ("that", ",", ":", "to", "about", "of", "during", "after", "in", "on", "at")
                or lowers[i] in _OPEN
                or tags[i] in ("DT", "PRP", "PRP$", "EX", "NNP", "RB", "NN", "NNS")
            )
            else start
        )

    def _skip_citing(self, i: int, last: int) -> int:
        """After ", citing people close to the family," """
        lowers = self.tokens.lowers
        if i + 2 < last and lowers[i] == "," and lowers[i + 1] in ("citing", "quoting"):
            stop = next((k for k in range(i + 2, last) if lowers[k] == ","), None)
            if (
                stop is not None
                and stop + 1 < last
                and stop - i < 18
                and not has_finite(self.sentence, i, stop)
            ):
                return stop + 1
        return i

    def _that_near(self, i: int, last: int) -> bool:
        """ "… on Monday that": a complementizer before any finite verb."""
        lowers = self.tokens.lowers
        for k in range(i, min(last, i + 14)):
            if lowers[k] == "that" and (k == i or self.tokens.tags[k - 1] not in ("IN",)):
                return True
            if self.tokens.tags[k] in FINITE or (lowers[k] == "," and lowers[k + 1 : k + 2] != ["that"]):
                return False
        return False

    def _quote_near(self, i: int, last: int) -> bool:
        for k in range(i, min(last, i + 12)):
            if self.tokens.words[k] in _OPEN and self.sentence.quoted[k]:
                return True
            if self.tokens.tags[k] in FINITE:
                return False
        return False

    def _content_first(self, after: int, last: int, verb_class: VerbClass, noun_object: bool) -> int:
        """Where the content starts: after addressee, time and "that"."""
        lowers, tags = self.tokens.lowers, self.tokens.tags
        i = after
        if noun_object and verb_class.base not in ("warn",):
            return i
        if verb_class.base in _ADDRESSEES:
            i = self._skip_addressee(i, last)
        k = i
        while k < last and (lowers[k] in _TIME or lowers[k] in _MONTHS or lowers[k] in ("in", "on")):
            k += 1
        if self._skip_citing(k, last) > k:
            k = self._skip_citing(k, last)
            return k + 1 if lowers[k : k + 1] == ["that"] else k
        if self._that_near(i, last):
            k = i
            while k < last and lowers[k] != "that":
                k += 1
            adjunct_only = all(
                tags[m]
                in ("IN", "NN", "NNS", "NNP", "DT", "CD", "JJ", "RB", ",", "PRP$", "POS", "TO", "VBG", "CC")
                for m in range(i, k)
            )
            if adjunct_only and not (
                k > i
                and tags[k - 1] in ("NN", "NNS")
                and k - i <= 3
                and tags[i] in ("DT", "JJ", "NN", "NNS", "PRP$")
                and lowers[k - 1] not in _TIME
                and verb_class.base not in ("tell", "inform", "warn", "assure", "remind")
            ):
                return k + 1
        while i < last and (
            lowers[i] in _TIME
            or lowers[i] in (":", ",", "that")
            or (lowers[i] in ("on",) and i + 1 < last and lowers[i + 1] in _TIME)
        ):
            i += 1
        return min(i, last)

    def _content_last(
        self, v: int, first: int, last: int, inside_quote: bool
    ) -> tuple[int, tuple[tuple[int, int], ...]]:
        """Where the content ends: before a coordinated frame or a participle of speech."""
        lowers, tags = self.tokens.lowers, self.tokens.tags
        for k in range(first + 1, min(last - 1, first + MAX_CONTENT_WORDS)):
            if self.sentence.quoted[k] and not inside_quote:
                continue
            classes = self.verbs.get(lowers[k], ())
            if not classes or tags[k] in ("NN", "NNS", "NNP", "JJ"):
                continue
            if not any(
                (c.form in ("ing", "ed", "s") or lowers[k - 1] in _NOT)
                and c.particle is None
                or (c.particle and k + 1 < last and lowers[k + 1] == c.particle)
                for c in classes
            ):
                continue
            usable = [
                c for c in classes if c.particle is None or (k + 1 < last and lowers[k + 1] == c.particle)
            ]
            back = k - 1
            while back > first and (tags[back] == "RB" or lowers[back] in _AUX or lowers[back] in _NOT):
                back -= 1
            if (
                usable
                and usable[0].form == "base"
                and lowers[back] in ("and", "but")
                and lowers[k - 1] in _NOT
                and self._complement(k + 1 + (usable[0].particle is not None), last, usable[0])
                in ("clause", "noun", "to")
            ):
                return back, ((back + 1, last),)
            if (
                lowers[back] == ","
                and usable[0].form == "ing"
                and usable[0].name in ("say", "warn", "deny", "accuse")
            ):
                if self._complement(k + 1, last, usable[0]) != "adjunct":
                    return back, ((k, last),)
            if (
                lowers[back] in ("and", "but")
                and usable[0].form in ("ed", "s")
                and tags[k] in ("VBD", "VBZ", "VBN", "VBP")
            ):
                if (
                    self._complement(k + 1, last, usable[0]) in ("clause", "noun", "to")
                    and usable[0].base not in ("find", "see", "hold", "put", "show", "know")
                    and self._same_tense(v, k)
                ):
                    return back, ((back + 1, last),)
            if (
                usable[0].form in ("ed", "s")
                and tags[k] in ("VBD", "VBZ", "VBP", "VBN")
                and usable[0].name in ("say", "deny", "warn", "accuse", "direct", "commit", "show")
            ):
                subject = self._subject(k, first)
                if (
                    subject is not None
                    and subject[0] > first + 1
                    and lowers[subject[0] - 1] in ("and", "but", "while", ";", "though", "although")
                ):
                    cut = subject[0] - 1
                    if lowers[cut - 1] == "," or lowers[cut] in ("while", ";", "though", "although", "but"):
                        return cut, ((cut + 1, last),)
        return last, ()

    def _same_tense(self, v: int, k: int) -> bool:
        """Whether "and" can join verbs `v` and `k`: said and warned, has denied and accused."""
        if self.tokens.tags[k] == "VBN" or (self.tokens.tags[k] == "VBD" and self.tokens.tags[v] == "VBN"):
            return True
        return self.tense(k) == self.tense(v)

    def tense(self, v: int) -> str:
        """ "past", "present" or "perfect" of verb `v`, roughly."""
        tag = self.tokens.tags[v]
        if tag == "VBN":
            return (
                "past"
                if not any(self.tokens.lowers[k] in ("has", "have") for k in range(max(0, v - 3), v))
                else "present"
            )
        return {"VBD": "past", "VBZ": "present", "VBP": "present"}.get(tag, "present")

    def _adjunct_end(self, i: int, last: int) -> int:
        """After a postposed attribution: its time, place, addressee; stops where speech or a clause goes on."""
        lowers, tags = self.tokens.lowers, self.tokens.tags
        while i < last:
            lower = lowers[i]
            if lower in _OPEN and self.sentence.quoted[i]:
                return i
            if lower == ",":
                nxt = i + 1
                if nxt < last and (lowers[nxt] in _OPEN and self.sentence.quoted[nxt]):
                    return i + 1
                if nxt < last and tags[nxt] == "VBG" and lowers[nxt] in self.verbs:
                    return i + 1
                if (
                    nxt < last
                    and lowers[nxt] in ("and", "but", "as", "while", "although", "though")
                    and has_finite(self.sentence, nxt, last)
                ):
                    return i + 1
                if has_finite(self.sentence, nxt, last) and lowers[nxt : nxt + 1] not in (
                    ["who"],
                    ["which"],
                    ["where"],
                    ["when"],
                ):
                    return i + 1
            if (
                lower in ("and", "but")
                and has_finite(self.sentence, i, last)
                and i + 1 < last
                and tags[i + 1] in ("PRP", "NNP", "DT", "EX", "NNS")
            ):
                return i + 1
            i += 1
        return last
