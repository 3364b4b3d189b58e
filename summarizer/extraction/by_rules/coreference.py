"""Who a noun phrase means: names, pronouns, definite descriptions, unnamed speakers.

Keeps the state of the discourse while the sentences are read in order: who was named or spoke last.
A phrase that names nobody known and has a human head ("two people familiar with the matter") becomes
an unnamed actor of its own. Abstains (None) rather than guess.
"""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.extraction.by_rules import vocabulary as words_of
from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.entities import Entity, EntityTable
from summarizer.extraction.by_rules.vocabulary import CALENDAR, POSTNOMINALS
from summarizer.extraction.by_rules.places import country_adjective, country_form, metonym

_HE = frozenset(("he", "him", "his"))
_SHE = frozenset(("she", "her"))
_DETERMINERS = frozenset(
    "the a an this that these those some many several both all most no any each every".split()
)
_TOP_DIPLOMAT = frozenset(("foreign", "state"))
_COMPANY_WORDS = frozenset(
    "company firm group bank airline carrier automaker carmaker retailer manufacturer maker drugmaker chipmaker operator provider startup "
    "start-up developer publisher lender insurer utility miner producer supplier conglomerate business corporation employer brewer shipper "
    "platform contractor brand chain".split()
)
_PREPOSITIONS = frozenset(
    "of for in at from with to on by about near against among between within across during under over into briefed".split()
)
#: Words that tell a common noun of an organization which one it is, by sharing the name's head.
_SYNONYMS = {
    "regulator": ("commission", "authority", "agency", "office", "regulator", "fda", "sec", "ftc", "fcc", "epa", "commissioner"),
    "watchdog": ("commission", "authority", "agency", "office", "watchdog", "ombudsman", "council"),
    "newspaper": ("times", "post", "journal", "guardian", "tribune", "herald", "telegraph", "gazette", "globe", "mail", "news"),
    "paper": ("times", "post", "journal", "guardian", "tribune", "herald", "telegraph", "gazette", "globe", "mail", "news"),
    "broadcaster": ("television", "tv", "news", "cnn", "bbc", "broadcasting", "channel", "radio"),
    "agency": ("agency", "interfax", "reuters", "press", "tass", "afp", "who", "administration", "centers", "bureau"),
    "university": ("university", "college", "institute"),
    "court": ("court", "tribunal"),
    "charity": ("foundation", "trust", "cross", "oxfam", "charity", "fund"),
    "union": ("union", "federation", "association"),
    "party": ("party", "democrats", "republicans", "labour", "conservatives"),
    "alliance": ("nato", "alliance"),
    "bloc": ("eu", "union", "nato"),
    "airline": ("airlines", "airways", "air"),
    "bank": ("bank",),
    "central": ("bank", "reserve"),
}  # fmt: skip


@dataclass(slots=True)
class Discourse:
    """Who was last mentioned, by kind, as entity indices; 0-based sentence of that mention."""

    person: int | None = None
    organization: int | None = None
    group: int | None = None
    speakers: tuple[int, ...] = ()
    men: int | None = None
    women: int | None = None
    person_at: int = -1
    speakers_at: int = -1


class Coreference:
    """Resolves noun phrases of one document; sentences are fed in order through `advance`."""

    def __init__(self, table: EntityTable) -> None:
        self.table = table
        self.state = Discourse()
        self.sentence = 0
        self._groups: dict[str, int] = {}
        self._group_nouns = words_of.group_nouns()
        self._heads = (
            words_of.group_nouns()
            | words_of.person_nouns()
            | words_of.title_heads()
            | words_of.organization_descriptions()
        )
        self._mentions_by_sentence: dict[int, list[tuple[int, int]]] = {}
        for (sentence, word), index in table.at.items():
            self._mentions_by_sentence.setdefault(sentence, []).append((word, index))
        for found in self._mentions_by_sentence.values():
            found.sort()
        self._acting = {
            (mention.sentence, word)
            for entity in table.entities
            for mention in entity.mentions
            if mention.acting
            for word in range(mention.first, mention.last)
        }

    # -- discourse ----------------------------------------------------------------------------

    def advance(self, sentence: Sentence) -> None:
        """Take in a sentence that has been read: its first acting mentions become the likeliest antecedents."""
        seen: set[str] = set()
        self.sentence = sentence.index
        for word, index in self._mentions_by_sentence.get(sentence.index, ()):
            entity = self.table.entities[index]
            if entity.kind is None:
                continue
            subject = (sentence.index, word) in self._acting
            key = entity.kind if entity.kind != "country" else "organization"
            if key in seen and not (subject and key + "!" not in seen):
                continue
            if subject:
                seen.add(key + "!")
            seen.add(key)
            self.note(index)

    def note(self, index: int) -> None:
        """An entity was just mentioned prominently."""
        entity = self.table.entities[index]
        state = self.state
        if entity.kind == "person":
            state.person = index
            state.person_at = self.sentence
            if entity.gender == "m":
                state.men = index
            elif entity.gender == "f":
                state.women = index
        elif entity.kind in ("organization", "country"):
            state.organization = index
        elif entity.kind == "group":
            state.group = index

    def read_descriptions(self, sentence: Sentence) -> None:
        """Definite descriptions anywhere in a sentence: an alias of whom they mean, or an actor that acts.

        "the company" is taken as a form of the company; "the electoral commission rejected …" makes an actor.
        """
        tokens = sentence.tokens
        lowers, tags = tokens.lowers, tokens.tags
        count = len(tokens)
        i = 0
        while i < count:
            definite = lowers[i] in ("the", "this", "both")
            bare_plural = lowers[i] in self._group_nouns and (
                i == 0 or tags[i - 1] not in ("NN", "NNP", "POS")
            )
            if not definite and not bare_plural and not (tags[i] == "DT" and lowers[i] in ("a", "an")):
                i += 1
                continue
            first = i
            head = i if bare_plural else -1
            k = i + (0 if bare_plural else 1)
            while (
                k < count
                and k - i < 7
                and (
                    tags[k] in ("NN", "NNS", "JJ", "VBN", "VBG", "CD", "NNP", "JJR", "JJS")
                    or lowers[k] in self._group_nouns
                )
            ):
                if (
                    (sentence.index, k) in self.table.at
                    and tokens.words[k][0].isupper()
                    and country_adjective(tokens.words[k]) is None
                ):
                    break
                if lowers[k] in self._heads:
                    head = k
                k += 1
            i = max(k, i + 1)
            if head < 0 or head != k - 1 or (sentence.index, head) in self.table.at:
                continue
            if lowers[head] in ("maker", "owner", "operator", "parent") and lowers[k : k + 1] == ["of"]:
                continue  # "the maker of Pip's Pretzels" need not be the company that was spoken of
            self._read_description(sentence, first, head, k, definite)

    def _read_description(self, sentence: Sentence, first: int, head: int, stop: int, definite: bool) -> None:
        tokens = sentence.tokens
        lowers, tags = tokens.lowers, tokens.tags
        if definite:
            if (
                lowers[head] in ("government", "administration")
                and self._government(sentence, first, head, stop) is not None
            ):
                return
            if (
                lowers[head] in ("secretary", "minister")
                and lowers[stop : stop + 1] == ["of"]
                and tokens.words[stop + 1][0].isupper()
            ):
                stop += 2
            index = self._description(sentence, first, head, stop)
            if index is not None:
                entity = self.table.entities[index]
                if entity.kind is not None and entity.mentions:
                    self.table.mention(index, sentence.index, first + 1, stop)
                    if first <= 2 and entity.mentions[-1].acting:
                        self.note(index)
                    return
        after = stop
        while after < len(tokens) and tags[after] in ("RB",):
            after += 1
        acts = (
            after < len(tokens)
            and tags[after] in ("VBZ", "VBD", "VBP", "MD")
            and lowers[after] not in ("is", "was", "are", "were")
        )
        if not acts:
            return
        head_word = lowers[head]
        modifiers = head - first - (1 if definite or lowers[first] in ("a", "an") else 0)
        if not definite and head_word in self._group_nouns and modifiers == 0:
            # bare "officials" after "health officials"
            known = [
                index for form, index in self._groups.items() if form.split()[-1] == head_word and " " in form
            ]
            if len(known) == 1:
                self.table.mention(known[0], sentence.index, first, stop)
                return
        public = head_word in _ACTING_BODIES and (
            modifiers >= 1 or head_word in ("police", "army", "military", "government", "parliament")
        )
        group = head_word in self._group_nouns and head_word in _ACTING_GROUPS
        if (
            head_word
            in (
                "allies",
                "nations",
                "countries",
                "governments",
                "residents",
                "families",
                "workers",
                "employees",
            )
            and modifiers < 1
        ):
            group = False
        if public or group:
            self._unnamed(sentence, first, head, stop)

    # -- resolution ---------------------------------------------------------------------------

    def spoke(self, speakers: tuple[int, ...], sentence: Sentence) -> None:
        """These spoke in this sentence."""
        self.sentence = sentence.index
        self.state.speakers = speakers
        self.state.speakers_at = sentence.index
        for speaker in speakers:
            self.table.entities[speaker].speaks = True
            self.note(speaker)

    def pronoun(self, lower: str, sentence: Sentence, before: int, speaking: bool = False) -> int | None:
        """Antecedent of a third-person pronoun at word `before`, or None."""
        entities = self.table.entities
        here = [
            index
            for word, index in self._mentions_by_sentence.get(sentence.index, ())
            if word < before and entities[index].kind is not None
        ]
        if lower in _HE or lower in _SHE:
            gender, other = ("m", "f") if lower in _HE else ("f", "m")
            people = [i for i in here if entities[i].kind == "person" and entities[i].gender != other]
            if people and not speaking:
                return people[0]
            if self.state.speakers_at >= self.state.person_at:
                for speaker in self.state.speakers:
                    if entities[speaker].kind == "person" and entities[speaker].gender in (gender, ""):
                        return speaker
            known = self.state.men if gender == "m" else self.state.women
            last = self.state.person
            if last is not None and entities[last].gender in (gender, ""):
                return last
            if known is not None:
                return known
            return last if last is not None and entities[last].gender != other else None
        if lower in ("it", "its"):
            bodies = [i for i in here if entities[i].kind in ("organization", "country")]
            if bodies and not speaking:
                return bodies[0]
            for speaker in self.state.speakers:
                if entities[speaker].kind in ("organization", "country"):
                    return speaker
            return self.state.organization
        if lower in ("they", "them", "their"):
            plural = [i for i in here if entities[i].kind == "group"]
            if plural:
                return plural[0]
            for speaker in self.state.speakers:
                if entities[speaker].kind == "group" and not entities[speaker].kind == "person":
                    return speaker
            return self.state.group
        return None

    def phrase(self, sentence: Sentence, first: int, last: int, create: bool = True) -> tuple[int, ...]:
        """Entities that the noun phrase `first:last` (words of the sentence) stands for.

        Several for a conjunction ("Germany and France"). Empty when it can't be told or isn't somebody.
        """
        tokens = sentence.tokens
        while first < last and (
            not tokens.words[first][0].isalnum()
            or tokens.lowers[first] in ("and", "but", "however", "meanwhile", "also", "then")
        ):
            first += 1
        while (
            last > first
            and not tokens.words[last - 1][0].isalnum()
            and tokens.lowers[last - 1] not in ("'s", "’s")
        ):
            last -= 1
        for k in range(first + 1, last):
            if tokens.lowers[k] in ("citing", "quoting"):
                last = k - 1 if tokens.lowers[k - 1] == "," else k
                break
        if first >= last:
            return ()
        parts = self._conjuncts(sentence, first, last)
        if len(parts) > 1:
            found: list[int] = []
            for a, b in parts:
                for index in self._single(sentence, a, b, create):
                    if index not in found:
                        found.append(index)
            return tuple(found)
        return self._single(sentence, first, last, create)

    def _conjuncts(self, sentence: Sentence, first: int, last: int) -> list[tuple[int, int]]:
        """Parts of "A, B and C" where each part has a name or a human head of its own."""
        tokens = sentence.tokens
        cuts = [
            i
            for i in range(first, last)
            if tokens.lowers[i] in ("and", "or") and (sentence.index, i) not in self.table.at
        ]
        if not cuts:
            return [(first, last)]
        parts: list[tuple[int, int]] = []
        begin = first
        for cut in [*cuts, last]:
            parts.append((begin, cut))
            begin = cut + 1
        for a, b in parts:
            if not any((sentence.index, w) in self.table.at for w in range(a, b)) and not any(
                tokens.lowers[w] in words_of.group_nouns()
                or tokens.lowers[w] in words_of.organization_descriptions()
                or (tokens.tags[w] == "NNS" and tokens.lowers[w].endswith(_HUMAN_PLURALS))
                for w in range(a, b)
            ):
                return [(first, last)]
        # "the US and European allies": an adjective can't stand alone
        for a, b in parts[:-1]:
            if b - a == 1 and tokens.tags[a] in ("JJ",):
                return [(first, last)]
        return parts

    def _head(self, sentence: Sentence, first: int, last: int) -> int:
        """Index of the head noun: the last noun before a preposition, comma or relative word."""
        tokens = sentence.tokens
        head = -1
        for i in range(first, last):
            lower, tag = tokens.lowers[i], tokens.tags[i]
            if head >= 0 and (
                lower in _PREPOSITIONS
                or lower in (",", "who", "which", "that", "(", "familiar", "close", "speaking")
                or tag in ("VBN", "VBD")
            ):
                break
            if tag in ("NN", "NNS", "NNP", "NNPS", "PRP", "CD") or (
                lower in words_of.group_nouns()
                or lower in words_of.person_nouns()
                or (i == last - 1 and tag in ("JJ", "VB", "VBZ", "VBP"))
            ):
                head = i
        return head if head >= 0 else last - 1

    def _single(self, sentence: Sentence, first: int, last: int, create: bool) -> tuple[int, ...]:
        tokens = sentence.tokens
        at = self.table.at
        lower = tokens.lowers[first]
        if (
            last - first == 1
            and lower == "they"
            and len(self.state.speakers) > 1
            and sentence.index - self.state.speakers_at <= 2
        ):
            return self.state.speakers
        pair = self._the_two(sentence, first, last)
        if pair:
            return pair
        if last - first == 1 and lower in ("he", "she", "it", "they", "him", "her", "them"):
            index = self.pronoun(lower, sentence, first, speaking=True)
            return (index,) if index is not None else ()
        if lower in (
            "another",
            "one",
            "others",
            "some",
            "both",
            "many",
            "two",
            "three",
            "several",
            "all",
            "most",
            "neither",
            "none",
        ):
            if last - first == 1 or (
                last - first == 2 and tokens.lowers[first + 1] in ("others", "other", "more")
            ):
                known = [
                    i
                    for i in (*self.state.speakers, self.state.group)
                    if i is not None and self.table.entities[i].kind == "group"
                ]
                return (known[0],) if known else ()
        if (
            (
                tokens.tags[first] == "CD"
                or lower
                in (
                    "another",
                    "one",
                    "some",
                    "both",
                    "many",
                    "several",
                    "all",
                    "most",
                    "neither",
                    "none",
                    "members",
                    "each",
                )
            )
            and first + 2 < last
            and tokens.lowers[first + 1] == "of"
        ):
            return self._single(sentence, first + 2, last, create)
        if (
            lower == "a"
            and first + 3 < last
            and tokens.lowers[first + 1] in ("number", "group", "handful", "majority", "series", "couple")
            and tokens.lowers[first + 2] == "of"
        ):
            return self._single(sentence, first + 3, last, create)
        if (
            lower == "a"
            and last - first == 2
            and tokens.lowers[first + 1] in ("second", "third", "fourth", "fifth")
        ):
            known = [
                i
                for i in (*self.state.speakers, self.state.group)
                if i is not None and self.table.entities[i].kind == "group"
            ]
            return (known[0],) if known else ()
        final = at.get((sentence.index, last - 1))
        if (
            final is not None
            and self.table.entities[final].kind == "person"
            and "," not in tokens.lowers[first:last]
            and not {"by", "for", "with", "to", "who", "close", "familiar", "at", "in", "from", "on"}
            & set(tokens.lowers[first:last])
            and not self._after_preposition(sentence, final, last)
        ):
            return (final,)
        head = self._head(sentence, first, last)
        if tokens.words[head] in POSTNOMINALS and head > first:
            head -= 1  # "Eleanor Finch KC"
        if (sentence.index, head) in at:
            index = at[(sentence.index, head)]
            entity = self.table.entities[index]
            # "Russian President's spokesman": the head is the name's own word only when it ends the name
            if entity.kind is not None:
                return (index,)
        if head + 1 < last and (sentence.index, head + 1) in at and tokens.tags[head] == "NN":
            return (at[(sentence.index, head + 1)],)
        # a name in apposition: "a lawyer for the family, Edwin Moss"
        for i in range(head + 1, last):
            if tokens.lowers[i] == "," and i + 1 < last and (sentence.index, i + 1) in at:
                index = at[(sentence.index, i + 1)]
                entity = self.table.entities[index]
                if entity.kind == "person":
                    if entity.role is None:
                        begin = first + 1 if tokens.lowers[first] in ("a", "an", "the") else first
                        entity.role = self.table.document.text[tokens.starts[begin] : tokens.ends[i - 1]]
                    return (index,)
                break
        state = self._government(sentence, first, head, last)
        if state is not None:
            return (state,)
        described = self._description(sentence, first, head, last)
        if described is not None:
            return (described,)
        if not create:
            return ()
        if (
            tokens.tags[head] in ("NNP", "NNPS")
            and tokens.words[head][0].isupper()
            and country_adjective(tokens.words[head]) is None
        ):
            return self._new_name(sentence, first, head)
        return self._unnamed(sentence, first, head, last)

    def _the_two(self, sentence: Sentence, first: int, last: int) -> tuple[int, ...]:
        """ "the two governments", "the two companies": the pair that the article is about."""
        lowers = sentence.tokens.lowers
        if last - first < 3 or lowers[first] not in ("the", "both") or "two" not in lowers[first : first + 2]:
            return ()
        head = lowers[last - 1]
        kinds: tuple[str, ...] = ()
        if head in (
            "governments",
            "countries",
            "nations",
            "states",
            "neighbours",
            "neighbors",
            "sides",
            "capitals",
        ):
            kinds = ("country",)
        elif head in (
            "companies",
            "firms",
            "banks",
            "groups",
            "universities",
            "agencies",
            "airlines",
            "ministries",
        ):
            kinds = ("organization",)
        elif head in ("leaders", "men", "women", "presidents", "ministers", "researchers"):
            kinds = ("person",)
        entities = self.table.entities
        known = [
            i
            for i, e in enumerate(entities)
            if e.kind in kinds and e.mentions and not e.unnamed and e.mentions[0].start < sentence.end
        ]
        known.sort(key=lambda i: entities[i].mentions[0].start)
        return tuple(known[:2]) if len(known) >= 2 else ()

    def _after_preposition(self, sentence: Sentence, index: int, last: int) -> bool:
        """ "Farrar of Tidewater Insight": the last name only says where the first one works."""
        begin = last - 1
        while begin > 0 and self.table.at.get((sentence.index, begin - 1)) == index:
            begin -= 1
        return begin > 0 and sentence.tokens.lowers[begin - 1] in ("of", "at", "for", "from", "in")

    def _government(self, sentence: Sentence, first: int, head: int, last: int) -> int | None:
        """ "the US government", "the Biden administration": the state itself."""
        tokens = sentence.tokens
        if tokens.lowers[head] not in ("government", "administration"):
            return None
        for k in range(first, head):
            country = country_adjective(tokens.words[k]) or country_form(tokens.words[k])
            if country is None:
                owner = self.table.at.get((sentence.index, k))
                if owner is not None and self.table.entities[owner].kind == "person":
                    for role in self.table.entities[owner].roles:
                        words = role.replace("’s", "").replace("'s", "").split()
                        country = next(
                            (c for c in (country_adjective(w) or country_form(w) for w in words) if c), None
                        )
                        if country:
                            break
            if country is not None:
                index = self.table.country_index(country)
                if index is None:
                    return None
                begin = first + 1 if tokens.lowers[first] in ("the", "a") else first
                self.table.mention(index, sentence.index, begin, head + 1)
                return index
        return None

    def _new_name(self, sentence: Sentence, first: int, head: int) -> tuple[int, ...]:
        """A capitalised name that speaks, though nothing else told what it is."""
        tokens = sentence.tokens
        begin = head
        while (
            begin > first
            and tokens.tags[begin - 1] in ("NNP", "NNPS")
            and tokens.words[begin - 1][0].isupper()
        ):
            begin -= 1
        if tokens.lowers[head] in CALENDAR or (begin == head and len(tokens.words[head]) < 3):
            return ()
        name = self.table.document.text[tokens.starts[begin] : tokens.ends[head]]
        known = self._groups.get(name.lower())
        if known is None:
            words = name.split()
            looks_like_person = 2 <= len(words) <= 3 and not any(
                w.lower() in words_of.organization_heads() for w in words
            )
            known = self.table.new("person" if looks_like_person else "organization", name)
            self._groups[name.lower()] = known
        self.table.mention(known, sentence.index, begin, head + 1)
        return (known,)

    def _description(self, sentence: Sentence, first: int, head: int, last: int) -> int | None:
        """A definite description ("the ministry", "Russia's top diplomat") of somebody known."""
        tokens = sentence.tokens
        head_word = tokens.lowers[head]
        definite = tokens.lowers[first] in (
            "the",
            "this",
            "that",
            "its",
            "his",
            "her",
            "their",
            "both",
        ) or tokens.lowers[first + 1 : first + 2] in (["'s"], ["’s"])
        possessed = any(tokens.lowers[i] in ("'s", "’s") for i in range(first, head))
        if not (definite or possessed):
            return None
        words = [tokens.lowers[i] for i in range(first, min(last, head + 1))]
        tail = [tokens.lowers[i] for i in range(head + 1, last)]
        country = None
        for i in range(first, last):
            country = (
                country
                or country_adjective(tokens.words[i])
                or country_form(tokens.words[i])
                or metonym(tokens.words[i])
            )
        entities = self.table.entities
        if head_word in words_of.title_heads() or head_word in words_of.person_nouns():
            index = self._person_by_role(words, tail, head_word, country)
            if index is not None:
                return index
            if (
                definite
                and head_word in words_of.person_nouns() | words_of.title_heads()
                and tokens.lowers[first] in ("the", "this")
            ):
                # "the official", "the former worker": the last unnamed one of that word
                for form, index in reversed(list(self._groups.items())):
                    if entities[index].kind == "person" and head_word in form.lower().split():
                        return index
            return None
        if head_word in words_of.group_nouns() or head_word.rstrip("s") in words_of.person_nouns():
            if tokens.lowers[first] in ("the", "both", "these", "those") and head == last - 1:
                for form, index in reversed(list(self._groups.items())):
                    if head_word in form.lower().split():
                        return index
            return None
        if head_word in words_of.organization_descriptions() and (
            tokens.lowers[first] in ("the", "this", "that") or (possessed and "central" in words)
        ):
            return self._organization_by_description(words, head_word, country)
        return None

    def _person_by_role(
        self, words: list[str], tail: list[str], head_word: str, country: str | None
    ) -> int | None:
        content = [
            w for w in words if w not in _DETERMINERS and w not in ("'s", "’s", "own", "former", "acting")
        ]
        content = [
            w
            for w in content
            if not (
                country and (country_adjective(w.title()) or country_form(w.title()) or metonym(w.title()))
            )
        ]
        matches: list[int] = []
        for index, entity in enumerate(self.table.entities):
            if entity.kind != "person" or not entity.roles and not entity.role:
                continue
            for role in [*entity.roles, *([entity.role] if entity.role else [])]:
                role_words = role.replace("’s", "").replace("'s", "").split()
                lowered = [w.lower() for w in role_words]
                if country is not None:
                    theirs = next(
                        (
                            c
                            for c in (
                                country_adjective(w) or country_form(w) or metonym(w) for w in role_words
                            )
                            if c
                        ),
                        None,
                    )
                    if theirs is not None and theirs != country:
                        continue
                fits = head_word in lowered and all(w in lowered or len(content) > 3 for w in content)
                if not fits and head_word in ("diplomat",) and ("top" in content or "chief" in content):
                    fits = bool(_TOP_DIPLOMAT & set(lowered)) and bool(
                        {"minister", "secretary"} & set(lowered)
                    )
                if (
                    not fits
                    and head_word in ("head", "chief", "boss")
                    and (
                        "pentagon" in tail
                        or "pentagon" in content
                        or "defense" in content
                        or "defence" in content
                    )
                ):
                    fits = ("secretary" in lowered or "minister" in lowered) and bool(
                        {"defense", "defence"} & set(lowered)
                    )
                if not fits and head_word in ("boss", "chief", "head", "executive") and tail[:1] != ["of"]:
                    fits = "executive" in lowered or "ceo" in lowered
                if fits:
                    matches.append(index)
                    break
        if len(matches) == 1:
            return matches[0]
        if matches:
            # The one mentioned last before, if it is a short definite form ("the minister").
            if self.state.person in matches:
                return self.state.person
            for speaker in self.state.speakers:
                if speaker in matches:
                    return speaker
        return None

    def _organization_by_description(
        self, words: list[str], head_word: str, country: str | None
    ) -> int | None:
        entities = self.table.entities
        keys = set(_SYNONYMS.get(head_word, ())) | {head_word, head_word + "s"}
        if "central" in words:
            keys |= set(_SYNONYMS["central"])
        named = [
            i
            for i, e in enumerate(entities)
            if e.kind == "organization"
            and e.mentions
            and not e.unnamed
            and keys & {w.lower().strip(".,") for w in e.name.split()}
        ]
        if country is not None:
            named = [i for i in named if entities[i].country in (country, None)]
        if len(named) == 1:
            return named[0]
        if named and self.state.organization in named:
            return self.state.organization
        last = self.state.organization
        if head_word in _COMPANY_WORDS:
            companies = [
                i for i, e in enumerate(entities)
                if e.kind == "organization" and e.mentions and not e.country and not _is_public_body(e) and e.name not in words_of.outlets()
            ]  # fmt: skip
            if not companies:
                return None
            main = max(companies, key=lambda i: (len(entities[i].mentions), -i))
            if last in companies and 2 * len(entities[last].mentions) >= len(entities[main].mentions):
                return last
            return main
        if head_word in ("government", "administration", "authorities") and country is None:
            return None
        if named:
            return named[0]
        # "the agency", "the watchdog" for a body whose name says something else: only the latest one, and only bare
        bare = [w for w in words if w not in ("the", "this", "that")]
        if last is None or len(bare) > 1 or entities[last].kind != "organization":
            return None
        if head_word in _SPECIFIC_BODIES or not _is_public_body(entities[last]):
            return None
        return last

    def _unnamed(self, sentence: Sentence, first: int, head: int, last: int) -> tuple[int, ...]:
        """An actor without a name: a group, a single source, a ministry in lower case."""
        tokens = sentence.tokens
        head_word = tokens.lowers[head]
        plural = head_word in words_of.group_nouns()
        single = head_word in words_of.person_nouns() or head_word in words_of.title_heads()
        if head_word == "police":
            plural = single = False
        body = (
            head_word == "police"
            or head_word in words_of.organization_descriptions()
            or head_word in words_of.organization_heads()
        )
        tag = tokens.tags[head]
        if not (plural or single or body):
            # Whoever "said" it: a plural is a group, a singular with an article a person.
            if tag == "NNS" and head_word.endswith(_HUMAN_PLURALS) and head_word not in words_of.products():
                plural = True
            elif (
                tag == "NN"
                and tokens.lowers[first] in ("a", "an", "the", "one", "another")
                and head_word.endswith(("er", "or", "ist", "man", "woman", "ian", "ant"))
            ):
                single = True
            else:
                return ()
        begin = first
        while begin < head and (
            tokens.lowers[begin] in ("the", "a", "an", "some", "its", "his", "her", "their", "other", "also")
            or tokens.tags[begin] in ("IN", "RB", ",")
        ):
            begin += 1
        end = self._phrase_end(sentence, head, last)
        text = self.table.document.text[tokens.starts[begin] : tokens.ends[end - 1]]
        key = text.lower()
        # "one of the people", "another": the group already known
        if (
            tokens.lowers[first] in ("one", "two", "some", "several", "another", "three")
            and "of" in tokens.lowers[first:head]
        ):
            for form, index in reversed(list(self._groups.items())):
                if head_word in form.split() or head_word + "s" in form.split():
                    return (index,)
        if sentence.role == "headline" and plural:
            for form, index in self._groups.items():
                if head_word in form.split():
                    return (index,)
        index = self._groups.get(key)
        if index is None:
            if tokens.lowers[first] == "the" and end - begin == 1 and plural:
                for form, known in reversed(list(self._groups.items())):
                    if head_word in form.split():
                        return (known,)
            country = country_adjective(tokens.words[begin])
            if body and not plural and not single:
                kind: ActorKindName = "organization"
                if (
                    country is None
                    and tokens.lowers[first] not in ("the", "a", "an")
                    and not text[0].isupper()
                    and head_word != "police"
                    and end - begin < 2
                ):
                    return ()
            else:
                kind = "group" if plural else "person"
            index = self.table.new(kind, text)
            entity = self.table.entities[index]
            entity.unnamed = kind != "organization"
            entity.country = country
            entity.plural = plural
            self._groups[key] = index
        self.table.mention(index, sentence.index, begin, end, text)
        return (index,)

    def _phrase_end(self, sentence: Sentence, head: int, last: int) -> int:
        """Keep a short complement that tells who: "people familiar with the matter", "officials in Kyiv"."""
        tokens = sentence.tokens
        end = head + 1
        if end < last and (
            tokens.lowers[end]
            in (
                "familiar",
                "close",
                "briefed",
                "involved",
                "of",
                "in",
                "at",
                "with",
                "from",
                "for",
                "who",
                "near",
            )
        ):
            stop = end
            while (
                stop < last
                and tokens.lowers[stop] not in (",", "who", "which", "that", "(", "–", "—", "-", "and", "but")
                and stop - head < 14
            ):
                stop += 1
            end = stop
        return end


_ACTING_BODIES = frozenset(
    "ministry commission court army police military government parliament council agency authority regulator department committee tribunal "
    "senate cabinet bank union coalition navy board bureau".split()
)
_ACTING_GROUPS = frozenset(
    "protesters demonstrators activists residents rebels allies nations countries governments militants insurgents separatists officials authorities analysts experts "
    "researchers scientists investigators prosecutors lawyers lawmakers senators diplomats traders investors economists police firefighters rescuers "
    "workers employees shareholders regulators hackers attackers gunmen doctors plaintiffs defendants critics opponents supporters observers witnesses "
    "engineers astronomers geologists seismologists forecasters campaigners doctors nurses teachers students farmers fishermen villagers opposition "
    "organisers organizers media unions families relatives survivors inspectors monitors jurors judges".split()
)
from typing import Literal  # noqa: E402

ActorKindName = Literal["person", "organization", "country", "group"]
_HUMAN_PLURALS = ("ers", "ors", "ists", "ians", "men", "women", "ees", "ants", "crats", "ics")
#: These name one kind of body; another kind can't be meant.
_SPECIFIC_BODIES = frozenset(
    "government military army team panel ministry court parliament council police university hospital school party union bank jury "
    "majority newspaper paper broadcaster magazine outlet publisher hotel plant mine restaurant network centre center fund".split()
)
_PUBLIC = frozenset(
    "ministry department agency court commission council parliament congress senate police army bank university institute office authority "
    "association union party hospital committee board administration service bureau centre center foundation nations".split()
)


def _is_public_body(entity: Entity) -> bool:
    """Whether a name tells a public body rather than a company."""
    words = {w.lower() for w in entity.name.split()}
    return (
        bool(words & _PUBLIC)
        and not words & words_of.corporate_suffixes()
        or (entity.name.isupper() and len(entity.name) <= 4)
    )
