"""Find capitalised names in the sentences and say what each is: person, organization, country, place.

Pure. Finds mentions only; which mentions are one actor is decided in `entities`. Titles before a name
("US Secretary of State Antony Blinken", "chief executive Rowena Tait") belong to the mention's role.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from summarizer.extraction.by_rules import vocabulary as words_of
from summarizer.extraction.by_rules.document import Document, Sentence
from summarizer.extraction.by_rules.places import country_adjective, country_form, is_place
from summarizer.text.words import first_names, is_common_word

NameKind = Literal["person", "organization", "country", "place", "unknown"]

CALENDAR = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thurs",
        "fri",
        "sat",
        "sun",
        "christmas",
        "easter",
        "ramadan",
        "christian",
        "muslim",
        "jewish",
        "islamic",
        "catholic",
        "internet",
        "covid",
        "gmt",
        "est",
        "edt",
        "pst",
        "pdt",
        "utc",
        "bst",
        "cet",
    ]
)
#: Capitalised, and never an actor's name by themselves.
_STOP = frozenset(
    "ceo cfo coo cto vp ftse nasdaq dow gdp pmi cpi ebit ebitda ipo ai tv pc dna rna uk-based ii iii iv".split()
)
_FUNCTION_WORDS = frozenset(
    "in on at by for from with of to as and or but if when while after before because since although though he she it they we you "
    "this that these those there here what who which how why where whether his her its their our my your not no yes amid despite "
    "under over between among during without within against about around both all some many most each every one".split()
)
POSTNOMINALS = frozenset("KC QC MP MEP MSP OBE CBE MBE PhD MD Esq".split())
_OFFICE_PARTS = frozenset(
    "of state defense defence the treasury interior affairs general and commerce labor labour energy".split()
)
_NEVER = frozenset(["i", "mr", "mrs", "ms", "dr", "the", "a", "an"]) | {"ok", "no", "yes", "pm", "am"}
_PARTICLES = frozenset(
    [
        "de",
        "van",
        "von",
        "der",
        "den",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "ben",
        "ter",
        "ten",
        "st",
    ]
)
_JOINERS = frozenset(("of", "for", "on", "against", "&"))
_AND_HEADS = frozenset(
    [
        "department",
        "ministry",
        "centers",
        "centres",
        "office",
        "institute",
        "council",
        "committee",
        "bureau",
        "agency",
        "college",
        "commission",
        "house",
        "school",
        "association",
        "museum",
        "secretary",
        "university",
        "center",
        "centre",
    ]
)
#: "Gothenburg-based", "Russia-backed": adjectives, no names.
_MODIFIER_TAILS = (
    "-based",
    "-led",
    "-backed",
    "-born",
    "-owned",
    "-run",
    "-style",
    "-era",
    "-controlled",
    "-friendly",
    "-made",
    "-listed",
)
_INITIAL = re.compile(r"[A-Z]")
_STATES = frozenset(
    [
        "ala",
        "ariz",
        "ark",
        "calif",
        "colo",
        "conn",
        "del",
        "fla",
        "ga",
        "ill",
        "ind",
        "kan",
        "ky",
        "la",
        "mass",
        "md",
        "mich",
        "minn",
        "miss",
        "mo",
        "mont",
        "neb",
        "nev",
        "okla",
        "ore",
        "pa",
        "tenn",
        "tex",
        "vt",
        "va",
        "wash",
        "wis",
        "wyo",
    ]
)


@dataclass(frozen=True, slots=True)
class Name:
    """One mention. Words `first:last` (exclusive) of the sentence are the name; `title` words precede it."""

    sentence: int
    first: int
    last: int
    title_first: int
    start: int
    end: int
    text: str
    role: str | None
    kind: NameKind
    adjective: bool = False
    courtesy: str | None = None


def _capitalised_inside(document: Document) -> set[str]:
    """Words that stand capitalised where no rule of spelling asks for it."""
    seen: set[str] = set()
    for sentence in document.sentences:
        tokens = sentence.tokens
        if sentence.role != "body" or _is_title_case(sentence):
            continue
        for i in range(1, len(tokens)):
            word = tokens.words[i]
            if word[0].isupper() and tokens.words[i - 1][0].isalnum():
                seen.add(word)
    return seen


def _is_title_case(sentence: Sentence) -> bool:
    """A headline in Title Case or capitals tells nothing by its capitals."""
    letters = [w for w in sentence.tokens.words if w[0].isalpha() and len(w) > 3]
    return len(letters) >= 4 and sum(w[0].isupper() for w in letters) >= 0.8 * len(letters)


class NameFinder:
    """Finds the names of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.inside = _capitalised_inside(document)
        self.given = first_names()
        self.heads = words_of.organization_heads()
        self.titles = words_of.title_heads()
        self.modifiers = words_of.title_modifiers()
        self.courtesies = words_of.courtesy_titles()
        self.known = words_of.known_organizations()
        self.of_heads = words_of.of_heads()
        self.groups = words_of.group_nouns()
        self.generic = frozenset(
            "ministry department council parliament senate court army navy force forces police government office service agency "
            "bank commission cabinet congress assembly guard intelligence directorate command".split()
        )

    def find(self) -> list[Name]:
        """All names in text order. Title Case headlines give none."""
        names: list[Name] = []
        for sentence in self.document.sentences:
            if sentence.role == "headline" and _is_title_case(sentence):
                continue
            names.extend(self._in_sentence(sentence))
        return names

    def _is_name_word(self, sentence: Sentence, i: int) -> bool:
        tokens = sentence.tokens
        word = tokens.words[i]
        if not word[0].isupper():
            return word.startswith(("al-", "el-")) and len(word) > 4 and word[3:4].isupper()
        lower = tokens.lowers[i]
        if lower.endswith(_MODIFIER_TAILS):
            return False
        if lower in _NEVER or lower in CALENDAR or lower in _STOP or any(c.isdigit() for c in word):
            return False
        if lower in _FUNCTION_WORDS and not (
            i and tokens.words[i - 1][0].isupper() and tokens.words[i - 1][0].isalpha()
        ):
            return False
        if len(word) == 1:
            return (
                i + 1 < len(tokens)
                and tokens.words[i + 1] == "."
                and i + 2 < len(tokens)
                and tokens.words[i + 2][0].isupper()
            )
        if i and tokens.words[i - 1][0].isalnum() and tokens.words[i - 1] not in ("”", "“"):
            return True
        if i and tokens.words[i - 1] in (",", "(", "-", "–", "/", "&", "'s", "’s", "."):
            return not (tokens.words[i - 1] == "." and is_common_word(lower)) or word in self.inside
        # At a start (of the sentence, of a quotation, after a colon) the capital says little.
        if lower in self.groups or lower.endswith(("ists", "isers", "izers")):
            return False
        if word in self.inside or not is_common_word(lower):
            return True
        if word.isupper() and len(word) > 1:
            return True
        following = tokens.words[i + 1] if i + 1 < len(tokens) else "."
        if following[0].isupper() and tokens.lowers[i + 1] not in _NEVER | CALENDAR:
            return (
                word in self.given
                or lower in self.titles
                or lower in self.heads
                or lower in self.modifiers
                or country_adjective(word) is not None
            )
        if lower in self.of_heads and following == "of":
            return True
        return country_form(word) is not None or country_adjective(word) is not None

    def _in_sentence(self, sentence: Sentence) -> list[Name]:
        tokens = sentence.tokens
        count = len(tokens)
        found: list[Name] = []
        i = 0
        while i < count:
            if not tokens.words[i][0].isupper() and not tokens.words[i].startswith(("al-", "el-")):
                i += 1
                continue
            if not self._is_name_word(sentence, i):
                i += 1
                continue
            last = self._run_end(sentence, i)
            found.extend(self._split_run(sentence, i, last))
            i = last
        return found

    def _run_end(self, sentence: Sentence, first: int) -> int:
        tokens = sentence.tokens
        count = len(tokens)
        i = first + 1
        has_head = tokens.lowers[first] in self.of_heads
        and_head = tokens.lowers[first] in _AND_HEADS
        while i < count:
            word, lower = tokens.words[i], tokens.lowers[i]
            nxt = tokens.words[i + 1] if i + 1 < count else "."
            if word == "." and len(tokens.words[i - 1]) == 1 and nxt[0].isupper():
                i += 1
                continue
            if word == "." and tokens.lowers[i - 1] in (
                "sen",
                "rep",
                "gov",
                "gen",
                "lt",
                "col",
                "maj",
                "capt",
                "sgt",
                "dr",
                "prof",
                "rev",
                "adm",
                "st",
                "mt",
                "cmdr",
                "det",
                "supt",
            ):
                i += 1
                continue
            if (
                word[0].isupper()
                and lower not in CALENDAR
                and (len(word) > 1 or nxt == "." or nxt[0].isupper())
            ):
                if lower in _NEVER and lower not in ("mr", "mrs", "ms", "dr"):
                    break
                has_head = has_head or lower in self.of_heads
                and_head = and_head or lower in _AND_HEADS
                i += 1
                continue
            if (
                lower in ("'s", "’s", "'", "’")
                and nxt[0].isupper()
                and i + 1 < count
                and (tokens.lowers[i + 1] in self.heads or tokens.lowers[i + 1] in ("office", "guild"))
                and (
                    tokens.lowers[i - 1] in self.titles
                    or (is_common_word(tokens.lowers[i - 1]) and country_form(tokens.words[i - 1]) is None)
                )
            ):
                i += 2  # Information Commissioner's Office, Seamen's League
                continue
            if (
                lower == "and"
                and i + 2 < count
                and nxt[0].isupper()
                and tokens.words[i + 2][0].isupper()
                and tokens.lowers[i + 2] in self.generic
                and (is_common_word(tokens.lowers[i - 1]) or is_common_word(tokens.lowers[i + 1]))
                and tokens.words[i - 1] not in self.known
                and country_form(tokens.words[i - 1]) is None
            ):
                i += 3  # Security and Defense Council
                continue
            if lower in _PARTICLES and nxt[0].isupper() and tokens.words[i - 1] in self.given:
                i += 1
                continue
            if lower in _JOINERS and has_head and i + 1 < count:
                after = i + 1
                if tokens.lowers[after] == "the" and after + 1 < count:
                    after += 1
                if (
                    tokens.words[after][0].isupper()
                    and tokens.lowers[after] not in CALENDAR
                    and (tokens.lowers[i - 1] in self.of_heads or lower == "&")
                ):
                    i = after + 1
                    if lower == "of" and country_form(tokens.words[after]) is not None:
                        break  # "Ministry of Defense of Ukraine | Reznikov"
                    continue
            if lower == "&" and nxt[0].isupper():
                i += 1
                continue
            if (
                lower == "and"
                and and_head
                and nxt[0].isupper()
                and i >= first + 2
                and self._continues_and(sentence, i)
            ):
                i += 1
                continue
            break
        return i

    def _continues_and(self, sentence: Sentence, i: int) -> bool:
        """Department of Health and Human Services, but not Ministry of Finance and Bank of England."""
        tokens = sentence.tokens
        after = tokens.words[i + 1]
        return (
            country_form(after) is None
            and after not in self.known
            and after not in self.given
            and is_common_word(tokens.lowers[i + 1])
            and not (i + 2 < len(tokens) and tokens.lowers[i + 2] in ("of", "for"))
        )

    def _split_run(self, sentence: Sentence, first: int, last: int) -> list[Name]:
        """Cut a capitalised run into adjective, title and name."""
        tokens = sentence.tokens
        lowers = tokens.lowers
        while last > first and not tokens.words[last - 1][0].isalnum():
            last -= 1
        while last - first > 2 and tokens.words[last - 1] in POSTNOMINALS:
            last -= 1
        span = lambda a, b: self.text[tokens.starts[a] : tokens.ends[b - 1]]  # noqa: E731
        whole = span(first, last)
        courtesy: str | None = None
        if whole in self.known or country_form(whole) is not None:
            return [self._make(sentence, first, last, first, None)]
        if all(w in self.titles or w in self.modifiers or w in _OFFICE_PARTS for w in lowers[first:last]):
            return []  # "the Secretary of State": a description, not a name
        # Title inside the run: "US Secretary of State Antony Blinken".
        cut = self._title_cut(sentence, first, last)
        if cut is not None:
            title_end = cut
            title_first = first
            names: list[Name] = []
            # A leading organization or country belongs to the title but is a mention of its own.
            head_at = first
            while (
                head_at < title_end
                and lowers[head_at] not in self.titles
                and lowers[head_at] not in self.modifiers
                and lowers[head_at] not in self.courtesies
            ):
                head_at += 1
            if head_at > first:
                names.extend(self._plain(sentence, first, head_at))
            title_words = [w for w in lowers[title_first:title_end] if w != "."]
            only_courtesy = all(w in self.courtesies for w in title_words)
            if only_courtesy:
                courtesy = title_words[0] if title_words else None
                title_first = self._lower_title_first(sentence, first)
                role = span(title_first, first) if title_first < first else None
            else:
                title_first = self._title_prefix(sentence, first)
                role = span(title_first, title_end)
            names.append(
                self._make(sentence, title_end, last, title_first, role, person=True, courtesy=courtesy)
            )
            return names
        return self._plain(sentence, first, last)

    def _title_cut(self, sentence: Sentence, first: int, last: int) -> int | None:
        """Index where the person's name starts after a capitalised title, or None."""
        tokens = sentence.tokens
        lowers = tokens.lowers
        head = -1
        for i in range(first, last - 1):
            lower = lowers[i]
            if (lower in self.titles or lower in self.courtesies) and not (
                i > first and lowers[i - 1] in _JOINERS
            ):
                if lower in ("general",) and i == first and lowers[last - 1] in self.heads:
                    return None
                head = i
            elif head >= 0 and lower == "of":
                break
        if head < 0:
            return None
        begin = head + 1
        while begin < last and tokens.words[begin] == ".":
            begin += 1
        if begin < last and lowers[begin] in ("of", "for"):
            rest = begin + 1
            # Words of the office go on until what is left looks like a person.
            while rest < last and not (
                (tokens.words[rest] in self.given and last - rest >= 2 and lowers[rest] not in self.heads)
                or (last - rest == 2 and rest > begin + 1)
            ):
                rest += 1
            if rest >= last:
                return None
            begin = rest
        if begin >= last or (
            lowers[last - 1] in self.heads and last - begin > 1 and tokens.words[begin] not in self.given
        ):
            return None
        if (
            begin == last - 1
            and (lowers[begin] in self.heads or country_form(tokens.words[begin]))
            and lowers[head] not in self.courtesies
        ):
            return None
        return begin

    def _lower_title_first(self, sentence: Sentence, first: int) -> int:
        """First word of a lower-case title that ends right before word `first`, or `first`."""
        tokens = sentence.tokens
        i = first
        if i and tokens.lowers[i - 1] in self.titles and tokens.words[i - 1][0].islower():
            i -= 1
            while (
                i
                and (
                    tokens.lowers[i - 1] in self.modifiers
                    or tokens.lowers[i - 1] in self.titles
                    or (tokens.lowers[i - 1] == "of" and i >= 2 and tokens.lowers[i - 2] in self.titles)
                    or (
                        tokens.tags[i - 1] in ("JJ", "NN")
                        and tokens.words[i - 1][0].islower()
                        and tokens.lowers[i - 1] not in ("a", "the")
                    )
                )
                and tokens.words[i - 1][0].islower()
            ):
                i -= 1
            return self._title_prefix(sentence, i)
        return first

    def _title_prefix(self, sentence: Sentence, i: int) -> int:
        """Take in what qualifies a title before it: "US", "Ukraine's", "German", "Pentagon"."""
        tokens = sentence.tokens
        if i and tokens.lowers[i - 1] in ("'s", "’s") and i >= 2 and tokens.words[i - 2][0].isupper():
            return i - 2
        steps = 0
        while (
            i
            and tokens.words[i - 1][0].isupper()
            and steps < 4
            and tokens.lowers[i - 1] not in CALENDAR
            and (i > 1 or not is_common_word(tokens.lowers[i - 1]))
        ):
            i -= 1
            steps += 1
        return i

    def _plain(self, sentence: Sentence, first: int, last: int) -> list[Name]:
        """A run without a capitalised title: perhaps adjective + name, perhaps after a lower-case title."""
        tokens = sentence.tokens
        if first >= last:
            return []
        if last - first > 1:
            adjective = country_adjective(tokens.words[first])
            rest_person = tokens.words[first + 1] in self.given and last - first >= 3
            if adjective is not None and (
                rest_person or self._kind(sentence, first + 1, last) in ("country",)
            ):
                return [
                    self._make(sentence, first, first + 1, first, None),
                    *self._plain(sentence, first + 1, last),
                ]
        title_first = self._lower_title_first(sentence, first)
        role = self.text[tokens.starts[title_first] : tokens.ends[first - 1]] if title_first < first else None
        kind = self._kind(sentence, first, last)
        if (
            kind == "organization"
            and role is None
            and first >= 2
            and tokens.lowers[first - 1] in ("'s", "’s")
            and country_form(tokens.words[first - 2]) is not None
            and tokens.lowers[last - 1] in self.generic
        ):
            # "Ukraine's Defense Ministry": without its country the name is nobody's
            return [self._make(sentence, first - 2, last, first - 2, None, kind="organization")]
        if (
            role
            and kind in ("unknown", "person", "place")
            and tokens.lowers[first - 1] not in ("counterpart",)
        ):
            return [self._make(sentence, first, last, title_first, role, person=True)]
        if role and kind in ("unknown", "person"):
            return [self._make(sentence, first, last, title_first, None, person=True)]
        return [self._make(sentence, first, last, first, None)]

    def _kind(self, sentence: Sentence, first: int, last: int) -> NameKind:
        tokens = sentence.tokens
        words = tokens.words[first:last]
        lowers = tokens.lowers[first:last]
        whole = self.text[tokens.starts[first] : tokens.ends[last - 1]]
        if whole in self.known:
            return "organization"
        if country_form(whole) is not None:
            return "country"
        if lowers[-1] in self.heads and (len(words) > 1 or words[0].isupper() or is_common_word(lowers[-1])):
            return "organization" if len(words) > 1 else "unknown"
        if len(words) > 1 and (lowers[0] in self.of_heads and lowers[1] in _JOINERS):
            return "organization"
        if any(
            l in self.of_heads and k + 1 < len(lowers) and lowers[k + 1] in _JOINERS
            for k, l in enumerate(lowers)
        ):
            return "organization"
        if lowers[-1] in words_of.corporate_suffixes():
            return "organization"
        if words[0] in self.given and 2 <= len([w for w in words if w != "."]) <= 4 and not is_place(whole):
            return "person"
        if is_place(whole):
            return "place"
        if len(words) == 1 and words[0].isupper() and 2 <= len(words[0]) <= 6 and words[0].isalpha():
            return "organization"
        if any(l in self.heads for l in lowers) and len(words) > 1:
            return "organization"
        return "unknown"

    def _make(
        self,
        sentence: Sentence,
        first: int,
        last: int,
        title_first: int,
        role: str | None,
        person: bool = False,
        courtesy: str | None = None,
        kind: NameKind | None = None,
    ) -> Name:
        tokens = sentence.tokens
        start, end = tokens.starts[first], tokens.ends[last - 1]
        text = self.text[start:end]
        kind = kind or ("person" if person else self._kind(sentence, first, last))
        adjective = kind in ("unknown", "place") and last - first == 1 and country_adjective(text) is not None
        return Name(
            sentence.index, first, last, title_first, start, end, text, role, kind, adjective, courtesy
        )
