"""The term vectors of a pile, held in a tenth of the memory that dicts take: a kilobyte an article.

Pure. Terms are numbered through the pile; of each article two arrays remain, numbers and weights, in the
order in which its vector was made. A look at one makes the vector anew; the last ones are kept, since
articles are compared with their neighbours.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice, takewhile
from operator import mul
from typing import TypeAlias, overload

from summarizer.stories.terms import BLOCKING_TERMS, Vector, rarity_of, unit_vector

#: A vector by the numbers that its terms have in the pile.
NumberedVector: TypeAlias = Mapping[int, float]
#: Vectors kept as they are, eight kilobytes each.
_KEPT = 512


class TermVectors(Sequence[NumberedVector]):
    """A vector of length 1 for each article, its heaviest terms first; empty for one without terms."""

    def __init__(self, counted: Iterable[Mapping[str, float]]) -> None:
        """Of each article's terms with how much it speaks of each (`terms.count_terms`)."""
        self._numbers: dict[str, int] = {}
        self._held_by = array("I")
        self._articles = [self._packed(terms) for terms in counted]
        self._names = list(self._numbers)
        self._heaviest: list[tuple[array[int], array[float]]] = []
        self._kept = lru_cache(_KEPT)(self._unpacked)
        self._weigh()

    def _packed(self, terms: Mapping[str, float]) -> tuple[array[int], array[float]]:
        numbers, held_by = self._numbers, self._held_by
        for term in terms:
            if term not in numbers:
                numbers[term] = len(numbers)
                held_by.append(0)
        packed = array("I", map(numbers.__getitem__, terms))
        for number in packed:
            held_by[number] += 1
        return packed, array("d", terms.values())

    def _weigh(self) -> None:
        """From counts to vectors, which take their place one by one."""
        held_by = dict(zip(self._names, self._held_by, strict=True))
        rarity = array("d", rarity_of(held_by, len(self._articles)).values())
        for place, (numbers, counts) in enumerate(self._articles):
            weights = map(mul, counts, map(rarity.__getitem__, numbers))
            vector = unit_vector(zip(weights, self._named(numbers), strict=True))
            self._articles[place] = self._arrays(vector, vector)
            heaviest = _first(BLOCKING_TERMS, vector)
            self._heaviest.append(self._arrays(heaviest, vector))

    def _arrays(self, terms: Iterable[str], vector: Vector) -> tuple[array[int], array[float]]:
        terms = list(terms)
        return array("I", map(self._numbers.__getitem__, terms)), array("d", map(vector.__getitem__, terms))

    def _named(self, numbers: Iterable[int]) -> Iterator[str]:
        return map(self._names.__getitem__, numbers)

    def _unpacked(self, place: int) -> NumberedVector:
        return dict(zip(*self._articles[place], strict=True))

    def named(self, vector: NumberedVector) -> dict[str, float]:
        """A vector or a sum of some, by terms."""
        return dict(zip(self._named(vector), vector.values(), strict=True))

    def is_name(self, number: int) -> bool:
        """Whether a term is a proper name."""
        return self._names[number][0] == "~"

    def heaviest(self, place: int) -> Iterator[tuple[int, float]]:
        """The heaviest terms of an article, by number, that another one has too, with their weights."""
        for number, weight in zip(*self._heaviest[place], strict=True):
            if self._held_by[number] > 1:
                yield number, weight

    def __len__(self) -> int:
        return len(self._articles)

    @overload
    def __getitem__(self, position: int) -> NumberedVector: ...
    @overload
    def __getitem__(self, position: slice) -> list[NumberedVector]: ...
    def __getitem__(self, position: int | slice) -> NumberedVector | list[NumberedVector]:
        if isinstance(position, slice):
            return [self[one] for one in range(*position.indices(len(self)))]
        return self._kept(range(len(self))[position])


def _first(count: int, vector: Vector) -> list[str]:
    """The heaviest terms of a vector, of equal ones those that come first in the alphabet."""
    least = min(islice(vector.values(), count), default=0.0)
    heavy = takewhile(lambda term: vector[term] >= least, vector)
    return sorted(heavy, key=lambda term: (-vector[term], term))[:count]
