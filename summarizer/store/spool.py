"""A shelf on disk: what a run has made and needs again later, out of memory meanwhile.

A `Spool` takes records one by one and gives them back by position, as a sequence does, each look making a
record equal to the one that was put in. They lie packed in a temporary file without a name: it is gone with
the process, however that ends, so nothing is ever left behind and nothing can be resumed from it. Little is
kept in memory altogether; of each record eight bytes remain.

Not for several threads at once.
"""

from __future__ import annotations

import pickle
import tempfile
import weakref
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import IO, Any, Generic, Protocol, TypeAlias, TypeVar, overload

from summarizer.errors import OutputProblem
from summarizer.records.base import Record
from summarizer.records.packed import pack_record, packed_json, record_json, unpack_record

T = TypeVar("T")
R = TypeVar("R", bound=Record)


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Named = TypeVar("Named", bound=_HasId)
#: Up to this a spool stays in memory: small runs touch no disk.
MEMORY_BYTES = 2_000_000


class Spool(Sequence[T], Generic[T]):
    """Things in the order in which they came; `unpack` makes of `pack`'s bytes something equal.

    Raises:
        OutputProblem: by every method, when the temporary file can't be written or read.
    """

    def __init__(
        self, pack: Callable[[T], bytes], unpack: Callable[[bytes], T], items: Iterable[T] = ()
    ) -> None:
        self._pack, self._unpack = pack, unpack
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(MEMORY_BYTES)  # noqa: SIM115 - closed below
        weakref.finalize(self, self._file.close)
        self._ends = array("Q", [0])
        for item in items:
            self.append(item)

    def append(self, item: T) -> None:
        """Put one more at the end."""
        self.append_packed(self._pack(item))

    def append_packed(self, packed: bytes) -> None:
        """Put one more at the end that is packed already, as `pack` does it."""
        try:
            self._file.seek(self._ends[-1])
            self._file.write(packed)
        except OSError as error:
            raise _problem(error) from error
        self._ends.append(self._ends[-1] + len(packed))

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, position: int) -> T: ...
    @overload
    def __getitem__(self, position: slice) -> list[T]: ...
    def __getitem__(self, position: int | slice) -> T | list[T]:
        if isinstance(position, slice):
            return [self[one] for one in range(*position.indices(len(self)))]
        return self._unpack(self.packed(position))

    def packed(self, position: int) -> bytes:
        """One thing as it lies there."""
        place = range(len(self))[position]
        start, end = self._ends[place], self._ends[place + 1]
        try:
            self._file.seek(start)
            return self._file.read(end - start)
        except OSError as error:
            raise _problem(error) from error


class RecordSpool(Spool[R]):
    """A spool of records of one kind, which lie there as packed JSON. Get one from `spooled`."""

    def documents(self) -> Iterator[str]:
        """All records in order as JSON, without making records of them: that takes most of a look's time."""
        return (packed_json(self.packed(position)) for position in range(len(self)))


#: Where things are put one by one and looked at again.
Shelf: TypeAlias = list[T] | Spool[T]


class Arranged(Sequence[T], Generic[T]):
    """Another order of a shelf, or a part of it: the things at `places`."""

    def __init__(self, shelf: Sequence[T], places: Sequence[int]) -> None:
        self._shelf, self._places = shelf, places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, position: int) -> T: ...
    @overload
    def __getitem__(self, position: slice) -> list[T]: ...
    def __getitem__(self, position: int | slice) -> T | list[T]:
        if isinstance(position, slice):
            return [self._shelf[place] for place in self._places[position]]
        return self._shelf[self._places[position]]


class ById(Mapping[str, Named]):
    """What lies on a shelf, by the id of each: a place is kept for each, not the thing itself."""

    def __init__(self, shelf: Sequence[Named]) -> None:
        self._shelf = shelf
        self._places = {item.id: place for place, item in enumerate(shelf)}

    def __getitem__(self, name: str) -> Named:
        return self._shelf[self._places[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def spooled(kind: type[R], records: Iterable[R] = ()) -> RecordSpool[R]:
    """A spool of records of one kind."""

    def unpack(packed: bytes) -> R:
        return unpack_record(kind, packed, f"a {kind.__name__.lower()} in a temporary file")

    return RecordSpool(pack_record, unpack, records)


def packed_documents(records: Iterable[Record]) -> Iterator[bytes]:
    """Each record packed, as it lies there where it lies on a spool."""
    if isinstance(records, RecordSpool):
        return (records.packed(position) for position in range(len(records)))
    return map(pack_record, records)


def documents(records: Iterable[Record]) -> Iterator[str]:
    """Each record as JSON, laid out as it was packed: in one line, unless it came packed."""
    if isinstance(records, RecordSpool):
        return records.documents()
    return map(record_json, records)


def pickled() -> Spool[Any]:
    """A spool of whatever can be pickled. Its file has no name: nobody else can have written what is read."""

    def pack(item: Any) -> bytes:
        return zlib.compress(pickle.dumps(item), 1)

    def unpack(packed: bytes) -> Any:
        return pickle.loads(zlib.decompress(packed))

    return Spool(pack, unpack)


def _problem(error: OSError) -> OutputProblem:
    reason = (error.strerror or str(error)).lower()
    return OutputProblem(f"a temporary file in {tempfile.gettempdir()} (TMPDIR says where)", reason)
