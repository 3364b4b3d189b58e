"""Names -> actors: which mentions are one person, organization or country, and which of them act.

Pure and deterministic. Unnamed speakers ("two people familiar with the matter") and definite
descriptions ("the ministry") are added by `coreference` when a sentence needs them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from summarizer.extraction.by_rules import vocabulary as words_of
from summarizer.extraction.by_rules.document import Document
from summarizer.extraction.by_rules.names import Name, NameFinder
from summarizer.extraction.by_rules.places import country_adjective, country_form, is_place, metonym
from summarizer.records.brief import ActorKind
from summarizer.text.words import FINITE, Tokens, first_names, is_common_word

#: Two spellings of one person's full name ("Zelensky", "Zelenskyy") are at least this alike (0-100);
#: "Sergei Ivanov" and "Sergei Ivanova" are 96, hence surnames are compared apart and strictly.
SAME_SURNAME_RATIO = 88
#: Mentions of one sentence stand at the end of an entity's list; a sentence has fewer than this.
MAX_RECENT = 40
_LOCATIVE = frozenset(
    [
        "in",
        "at",
        "near",
        "from",
        "to",
        "across",
        "outside",
        "inside",
        "around",
        "throughout",
        "toward",
        "towards",
        "into",
    ]
)
_ACT_BEFORE = frozenset(["against", "between", "with", "by", "and", "or", "for"])
_COMPANY_AFTER = frozenset(["shares", "stock", "inc", "corp", "ltd", "plc", "ag"])
_FEMALE_WORDS = frozenset(
    [
        "spokeswoman",
        "chairwoman",
        "congresswoman",
        "councilwoman",
        "queen",
        "princess",
        "mrs",
        "ms",
        "miss",
        "lady",
        "dame",
        "actress",
    ]
)
_MALE_WORDS = frozenset(
    [
        "spokesman",
        "chairman",
        "congressman",
        "councilman",
        "king",
        "prince",
        "mr",
        "sir",
        "lord",
        "pope",
        "actor",
        "emperor",
    ]
)


@dataclass(slots=True)
class Mention:
    """Where an entity is named. `first:last` are word positions in the sentence."""

    sentence: int
    first: int
    last: int
    start: int
    end: int
    text: str
    acting: bool = False


@dataclass(slots=True)
class Entity:
    """One actor in the making. `forms` keeps every form in order of first appearance."""

    kind: ActorKind | None
    name: str
    role: str | None = None
    gender: str = ""
    plural: bool = False
    country: str | None = None
    mentions: list[Mention] = field(default_factory=list)
    forms: dict[str, None] = field(default_factory=dict)
    speaks: bool = False
    place_like: bool = False
    unnamed: bool = False
    roles: list[str] = field(default_factory=list)

    @property
    def acts(self) -> bool:
        """Whether any mention acts, speaks or is acted upon."""
        return self.speaks or any(mention.acting for mention in self.mentions)


class EntityTable:
    """The entities of one document and where they stand."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.entities: list[Entity] = []
        self.at: dict[tuple[int, int], int] = {}  # (sentence, word) -> entity index
        self._surnames: dict[str, list[int]] = {}
        self._by_form: dict[str, int] = {}
        names = NameFinder(document).find()
        self._add_people([n for n in names if n.kind == "person"])
        self._add_organizations([n for n in names if n.kind in ("organization", "country")])
        self._add_rest([n for n in names if n.kind in ("unknown", "place")])
        for entity in self.entities:
            entity.mentions.sort(key=lambda mention: mention.start)
        self._link_acronyms()
        self._read_appositions()

    def _read_appositions(self) -> None:
        """Roles after a name: "Gloria Tan, an antitrust lawyer at Pell & Whitmore who …"; before: "data firm X"."""
        heads = words_of.title_heads() | words_of.person_nouns()
        bodies = words_of.organization_descriptions()
        for entity in self.entities:
            if entity.kind not in ("person", "organization") or entity.role is not None:
                continue
            for mention in entity.mentions:
                tokens = self.document.sentences[mention.sentence].tokens
                role = (
                    self._role_after(tokens, mention.last, heads)
                    if entity.kind == "person"
                    else self._role_before(tokens, mention.first, bodies)
                )
                if role is not None:
                    first, last = role
                    entity.role = self.document.text[tokens.starts[first] : tokens.ends[last - 1]]
                    entity.roles.append(entity.role)
                    break

    @staticmethod
    def _role_after(tokens: Tokens, last: int, heads: frozenset[str]) -> tuple[int, int] | None:
        count = len(tokens)
        i = last
        if (
            i + 2 < count
            and tokens.lowers[i] == ","
            and tokens.words[i + 1].isdigit()
            and tokens.lowers[i + 2] == ","
        ):
            i += 2  # "Smith, 51, chief executive"
        if i + 1 >= count or tokens.lowers[i] != ",":
            return None
        first = i + 1
        if tokens.lowers[first] in ("a", "an", "the"):
            first += 1
        head = None
        k = first
        while k < count and k - first < 16:
            lower = tokens.lowers[k]
            if (
                lower in (",", "who", "which", ";", "–", "—", "(", ")", ".", "said", "says", "told", "whose")
                or tokens.tags[k] in FINITE
            ):
                break
            if head is None and tokens.tags[k] in ("IN",) and lower != "of":
                break_at = k
                if not any(tokens.lowers[m] in heads for m in range(first, break_at)):
                    return None
            if lower in heads:
                head = k
            k += 1
        return (first, k) if head is not None and k > first else None

    @staticmethod
    def _role_before(tokens: Tokens, first: int, bodies: frozenset[str]) -> tuple[int, int] | None:
        if first < 1 or tokens.lowers[first - 1] not in bodies or tokens.words[first - 1][0].isupper():
            return None
        begin = first - 1
        while (
            begin > 0
            and tokens.tags[begin - 1] in ("NN", "JJ", "NNP", "VBN", "NNS")
            and tokens.lowers[begin - 1] not in ("the", "a", "an")
            and first - begin < 5
        ):
            begin -= 1
        return begin, first

    # -- adding -------------------------------------------------------------------------------

    def new(self, kind: ActorKind | None, name: str) -> int:
        """A new entity; returns its index."""
        self.entities.append(Entity(kind, name))
        return len(self.entities) - 1

    def mention(self, index: int, sentence: int, first: int, last: int, text: str | None = None) -> None:
        """Record that words `first:last` of the sentence mention an entity."""
        tokens = self.document.sentences[sentence].tokens
        start, end = tokens.starts[first], tokens.ends[last - 1]
        shown = text if text is not None else self.document.text[start:end]
        entity = self.entities[index]
        entity.forms.setdefault(shown, None)
        mention = Mention(sentence, first, last, start, end, shown, self._acting(sentence, first, last))
        entity.mentions.append(mention)
        for word in range(first, last):
            if entity.unnamed:
                self.at.setdefault((sentence, word), index)  # "a Kaveri spokesman": Kaveri stays Kaveri
            else:
                self.at[(sentence, word)] = index

    def _acting(self, number: int, first: int, last: int) -> bool:
        """Whether a mention is subject or object of a verb, or a party ("between A and B")."""
        sentence = self.document.sentences[number]
        tokens = sentence.tokens
        count = len(tokens)
        after = last
        while after < count and tokens.tags[after] in ("RB",):
            after += 1
        if after < count and (tokens.tags[after] in FINITE or (tokens.lowers[after] in ("to",) and False)):
            return True
        if after + 1 < count and tokens.lowers[after] in ("'s", "’s"):
            return tokens.tags[after + 1] in ("VBG", "VBN", "VBD") or tokens.lowers[after + 1] in (
                "government", "military", "army", "troops", "forces", "president", "leader", "intelligence",
                "build-up", "buildup", "demand", "demands", "decision", "plan", "plans", "intention", "intentions",
                "shares", "board", "offer", "bid", "lawyers", "lawyer", "attack", "invasion", "aggression",
            )  # fmt: skip
        before = first - 1
        while before >= 0 and tokens.lowers[before] in ("the", "a", "an", "both"):
            before -= 1
        if before < 0:
            return False
        tag, lower = tokens.tags[before], tokens.lowers[before]
        if tag in ("VB", "VBD", "VBZ", "VBP", "VBN", "VBG"):
            return True
        if lower in _ACT_BEFORE:
            return lower in ("against", "between", "with", "by") or (
                before > 0 and (number, before - 1) in self.at and self._is_acting_word(number, before - 1)
            )
        return False

    def _is_acting_word(self, sentence: int, word: int) -> bool:
        entity = self.entities[self.at[(sentence, word)]]
        return any(
            m.sentence == sentence and m.first <= word < m.last and m.acting
            for m in entity.mentions[-MAX_RECENT:]
        )

    def _add_people(self, names: list[Name]) -> None:
        full = [n for n in names if len(n.text.split()) > 1]
        for name in [*full, *(n for n in names if len(n.text.split()) == 1)]:
            index = self._find_person(name)
            if index is None:
                index = self.new("person", name.text)
                self._surnames.setdefault(self._surname(name.text), []).append(index)
            entity = self.entities[index]
            if len(name.text.split()) > len(entity.name.split()):
                entity.name = name.text
            if name.role and name.role not in entity.roles:
                entity.roles.append(name.role)
            self._gender(entity, name)
            self.mention(index, name.sentence, name.first, name.last)
            if name.courtesy:
                tokens = self.document.sentences[name.sentence].tokens
                begin = name.first - 1
                while begin >= 0 and tokens.words[begin] == ".":
                    begin -= 1
                if begin >= 0:
                    entity.forms.setdefault(self.document.text[tokens.starts[begin] : name.end], None)
            for word in range(max(name.title_first, 0), name.first):
                self.at.setdefault((name.sentence, word), index)
        for entity in self.entities:
            if entity.roles:
                entity.role = max(
                    entity.roles, key=lambda role: (len(role.split()) > 1, -entity.roles.index(role))
                )

    @staticmethod
    def _surname(text: str) -> str:
        words = [w for w in text.replace("’s", "").split() if w.strip(".")]
        while len(words) > 1 and words[-1].strip(".").lower() in ("jr", "sr", "ii", "iii"):
            words.pop()
        return words[-1]

    def _gender(self, entity: Entity, name: Name) -> None:
        if entity.gender in ("m", "f"):
            return
        words = set((name.role or "").lower().split()) | (
            {name.courtesy.strip(".")} if name.courtesy else set()
        )
        if words & _FEMALE_WORDS:
            entity.gender = "f"
        elif words & _MALE_WORDS:
            entity.gender = "m"
        elif len(name.text.split()) > 1:
            given = first_names().get(name.text.split()[0], "")
            entity.gender = given if given in ("m", "f") else ""

    def _find_person(self, name: Name) -> int | None:
        surname = self._surname(name.text)
        words = name.text.split()
        candidates = self._surnames.get(surname, [])
        if not candidates:
            for known, indices in self._surnames.items():
                if (
                    len(known) > 4
                    and len(surname) > 4
                    and known[0] == surname[0]
                    and fuzz.ratio(known, surname) >= SAME_SURNAME_RATIO
                ):
                    alike = [
                        i
                        for i in indices
                        if len(words) == 1
                        or len(self.entities[i].name.split()) == 1
                        or fuzz.ratio(self.entities[i].name.split()[0], words[0]) >= 75
                    ]
                    if alike:
                        return alike[0]
            return None
        if len(words) == 1:
            return candidates[0]
        for index in candidates:
            other = self.entities[index].name.split()
            if (
                len(other) == 1
                or other[0] == words[0]
                or fuzz.ratio(other[0], words[0]) >= 75
                or other[0][0] == words[0].strip(".")
            ):
                return index
        return None

    def _add_organizations(self, names: list[Name]) -> None:
        # Longer names first, so that short forms find them.
        for name in sorted(names, key=lambda n: (-len(n.text.split()), n.start)):
            country = country_form(name.text) if name.kind == "country" else metonym(name.text)
            if country is not None and name.text not in ("White House", "Pentagon"):
                index = self._country(country, name.text)
            else:
                found = self._find_organization(name.text)
                index = found if found is not None else self.new("organization", name.text)
                if found is None:
                    self._by_form[name.text] = index
            self.mention(index, name.sentence, name.first, name.last)
        for index, entity in enumerate(self.entities):
            if entity.kind == "organization":
                entity.country = self._country_of_organization(entity)
                self._by_form.setdefault(entity.name, index)

    def _country(self, country: str, form: str) -> int:
        index = self._by_form.get("country:" + country)
        if index is None:
            index = self.new("country", form)
            self.entities[index].country = country
            self._by_form["country:" + country] = index
        entity = self.entities[index]
        if country_form(form) and (country_form(entity.name) is None or form == country):
            entity.name = form
        return index

    def country_index(self, country: str) -> int | None:
        """Index of a country's entity, if the article names it."""
        return self._by_form.get("country:" + country)

    def _country_of_organization(self, entity: Entity) -> str | None:
        for word in entity.name.split():
            found = country_adjective(word) or country_form(word)
            if found:
                return found
        return None

    def _find_organization(self, text: str) -> int | None:
        found = self._by_form.get(text)
        if found is not None:
            return found
        office = _office_key(text)
        if office is not None:
            for index, entity in enumerate(self.entities):
                if entity.kind == "organization" and _office_key(entity.name) == office:
                    return index
        words = [
            w.lower().strip(".,")
            for w in text.replace("’s", "").replace("'s", "").split()
            if w.lower() != "the"
        ]
        core = [w for w in words if w not in words_of.corporate_suffixes()] or words
        for index, entity in enumerate(self.entities):
            if entity.kind != "organization":
                continue
            other = [
                w.lower().strip(".,")
                for w in entity.name.replace("’s", "").replace("'s", "").split()
                if w.lower() != "the"
            ]
            other_core = [w for w in other if w not in words_of.corporate_suffixes()] or other
            if core == other_core:
                return index
            if (
                len(core) < len(other_core)
                and other_core[: len(core)] == core
                and not is_common_word(core[0])
            ):
                return index
            if len(core) >= 2 and len(core) < len(other_core) and other_core[-len(core) :] == core:
                return index  # "Defense Ministry" of "Ukrainian Defense Ministry"
        return None

    def _link_acronyms(self) -> None:
        """World Health Organization (WHO): one entity where the letters fit."""
        for index, entity in enumerate(self.entities):
            if entity.kind != "organization" or not entity.name.isupper() or len(entity.name) < 2:
                continue
            for other_index, other in enumerate(self.entities):
                if other_index == index or other.kind != "organization" or len(other.name.split()) < 2:
                    continue
                capitals = "".join(w[0] for w in other.name.split() if w[0].isupper())
                if entity.name.replace(".", "") in (capitals, capitals[1:]) or (
                    len(entity.name) >= 3 and capitals.startswith(entity.name)
                ):
                    self.merge(index, other_index)
                    break

    def merge(self, index: int, into: int) -> None:
        """Make two entities one; the first is left empty."""
        gone, kept = self.entities[index], self.entities[into]
        kept.mentions = sorted([*kept.mentions, *gone.mentions], key=lambda mention: mention.start)
        kept.forms.update(gone.forms)
        kept.speaks = kept.speaks or gone.speaks
        gone.mentions, gone.forms, gone.kind = [], {}, None
        for key, value in self.at.items():
            if value == index:
                self.at[key] = into

    def _add_rest(self, names: list[Name]) -> None:
        """Names whose kind their own words don't tell: surnames, short company names, places."""
        left: dict[str, list[Name]] = {}
        for name in names:
            if name.adjective:
                continue
            people = self._surnames.get(self._surname(name.text), []) if len(name.text.split()) == 1 else []
            if people:
                self.mention(people[0], name.sentence, name.first, name.last)
                continue
            seat = metonym(name.text)
            if seat is not None:
                index = self._country(seat, name.text) if self._metonym_acts(name) else None
                if index is not None:
                    self.mention(index, name.sentence, name.first, name.last)
                continue
            if not is_place(name.text):
                organization = self._find_organization(name.text)
                if organization is not None:
                    self.mention(organization, name.sentence, name.first, name.last)
                    continue
                first_only = self._by_given(name.text)
                if first_only is not None:
                    self.mention(first_only, name.sentence, name.first, name.last)
                    continue
            left.setdefault(name.text, []).append(name)
        for text, mentions in left.items():
            kind = self._kind_by_context(text, mentions)
            if kind is None:
                continue
            index = self.new(kind, text)
            self._by_form[text] = index
            if kind == "person":
                self._surnames.setdefault(self._surname(text), []).append(index)
            self.entities[index].place_like = is_place(text)
            for name in mentions:
                self.mention(index, name.sentence, name.first, name.last)

    def _by_given(self, text: str) -> int | None:
        """A person called by the given name alone, where only one person has it."""
        if text not in first_names():
            return None
        owners = [
            i
            for i, e in enumerate(self.entities)
            if e.kind == "person" and e.name.split()[0] == text and len(e.name.split()) > 1
        ]
        return owners[0] if len(owners) == 1 else None

    def _metonym_acts(self, name: Name) -> bool:
        tokens = self.document.sentences[name.sentence].tokens
        if name.text == "Kremlin":
            return True
        before = tokens.lowers[name.first - 1] if name.first else ""
        if before in _LOCATIVE or (
            before in (",",) and name.first >= 2 and tokens.lowers[name.first - 2] in _LOCATIVE
        ):
            return False
        after = tokens.tags[name.last] if name.last < len(tokens) else "."
        follows = tokens.lowers[name.last] if name.last < len(tokens) else "."
        return (
            after in FINITE
            or follows in ("'s", "’s", "and", "to")
            or after == "RB"
            or before in ("between", "against", "by")
            or follows in ("officials",)
        )

    def _kind_by_context(self, text: str, mentions: list[Name]) -> ActorKind | None:
        """Kind of a name that only its surroundings tell; None for places and noise."""
        votes: Counter[str] = Counter()
        multi = len(text.split()) > 1
        verbs = words_of.attribution_verbs()
        weak = 0  # any subject or object: an organization, unless the text also stands in a place
        for name in mentions:
            sentence = self.document.sentences[name.sentence]
            tokens = sentence.tokens
            count = len(tokens)
            before = tokens.lowers[name.first - 1] if name.first else ""
            before_tag = tokens.tags[name.first - 1] if name.first else "."
            after = tokens.lowers[name.last] if name.last < count else "."
            after_tag = tokens.tags[name.last] if name.last < count else "."
            after2 = tokens.lowers[name.last + 1] if name.last + 1 < count else "."
            if before in _LOCATIVE or (before == "of" and is_place(text)):
                votes["place"] += 2
            if after in _COMPANY_AFTER or before in words_of.organization_descriptions():
                votes["organization"] += 3
            if after in ("'s", "’s") and (
                after2 in words_of.title_heads()
                or after2
                in (
                    "shares",
                    "board",
                    "chief",
                    "ceo",
                    "revenue",
                    "profit",
                    "sales",
                    "customers",
                    "products",
                    "spokesman",
                    "spokeswoman",
                    "headquarters",
                    "stock",
                )
            ):
                votes["organization"] += 2
            if after in verbs and after_tag in FINITE:
                votes["person" if multi else "organization"] += 2
            elif after_tag in FINITE:
                weak += 1
            if before_tag in ("VB", "VBD", "VBZ", "VBG") and not multi:
                weak += 1
            if after == "," and after2 == "who":
                votes["person"] += 3
            if after == "," and name.last + 1 < count:
                if (
                    tokens.words[name.last + 1].isdigit()
                    and name.last + 2 < count
                    and tokens.lowers[name.last + 2] == ","
                ):
                    votes["person"] += 4
                upto = tokens.lowers[name.last + 1 : name.last + 9]
                if (
                    any(
                        w in words_of.title_heads()
                        for w in upto[: upto.index(",") if "," in upto else len(upto)]
                    )
                    and upto
                    and upto[0] not in ("and", "which")
                ):
                    votes["person"] += 2 if multi else 1
                if any(w in words_of.organization_descriptions() for w in upto[:5]) and upto[0] in (
                    "a",
                    "an",
                    "the",
                ):
                    votes["organization"] += 2
            if (
                before == ","
                and name.first >= 2
                and tokens.lowers[name.first - 2] in words_of.title_heads()
                and after == ","
            ):
                votes["person"] += 3
            if before == "said" or before == "says":
                votes["person"] += 2
        if is_place(text):
            acting = votes["organization"] + votes["person"]
            return "organization" if acting >= 3 and acting > votes["place"] else None
        votes["organization"] += weak if not votes["place"] or votes["organization"] else 0
        if not +votes:
            return "country" if weak >= 3 and votes["place"] and not multi else None
        best, score = max(votes.items(), key=lambda item: (item[1], item[0]))
        if best == "place":
            return "country" if votes["organization"] >= 2 and not multi else None
        if best == "organization" and votes["place"] >= 2 and not multi:
            return "country"
        if is_common_word(text.lower()) and score < 3:
            return None
        return "person" if best == "person" else "organization"


_OFFICE_WORDS = frozenset(
    "ministry department defense foreign interior health finance justice energy education".split()
)


def _office_key(text: str) -> tuple[str, frozenset[str]] | None:
    """(country, function) of a ministry in any wording: "Ukrainian Defense Ministry", "Defense of Ukraine"."""
    country = None
    function: set[str] = set()
    for word in text.replace("’s", "").replace("'s", "").split():
        found = country_adjective(word) or country_form(word)
        if found is not None:
            country = found
            continue
        lower = word.lower().replace("defence", "defense")
        if lower not in ("ministry", "department", "of", "the", "for", "and"):
            function.add(lower)
    if country is None or not function or not function <= _OFFICE_WORDS:
        return None
    return country, frozenset(function)
