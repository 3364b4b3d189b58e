"""Every error that this package raises on purpose, as one tree.

::

    SummarizerError                      exit code 1 unless said otherwise
    ├── UsageProblem                     exit code 2: the command or the settings are wrong
    │   ├── NoInput                          nothing to read was given
    │   ├── UnknownItem                      an id that no brief or digest holds
    │   ├── UnknownEngine                    a --model that this version can't run
    │   └── MissingExtra                     a feature whose optional dependency isn't installed
    ├── SourceError                      one input can't be read; the others go on
    │   ├── Unreadable, EmptyInput, BinaryInput, TooLarge, UnknownFormat, MalformedInput
    │   └── UnsupportedLanguage              the rules engine reads English only
    ├── SchemaViolation                  a document doesn't follow its schema
    └── UngroundedQuote                  a quote that the article does not bear

Every message names the input, what is wrong and the way out; the parts are attributes too.
"""

from __future__ import annotations


class SummarizerError(Exception):
    """Base of all expected errors. `exit_code` is what the command line ends with."""

    exit_code = 1


class UsageProblem(SummarizerError):
    """The command line or the settings ask for something that can't be done."""

    exit_code = 2


class NoInput(UsageProblem):
    """No article was given, or a pattern matched nothing."""


class UnknownItem(UsageProblem):
    """An item id that isn't in the document or run that was searched."""

    def __init__(self, item_id: str, where: str, way_out: str) -> None:
        self.item_id, self.where, self.way_out = item_id, where, way_out
        super().__init__(f"{item_id!r} is not in {where}. {way_out}")


class UnknownEngine(UsageProblem):
    """`--model` names an engine that this version doesn't have."""


class MissingExtra(UsageProblem):
    """An optional dependency is needed and not installed."""

    def __init__(self, feature: str, package: str, extra: str) -> None:
        self.feature, self.package, self.extra = feature, package, extra
        super().__init__(f"{feature} needs {package}: pip install 'summarizer[{extra}]'")


class SourceError(SummarizerError):
    """One input can't become an article. `source` is the path or address as it was given."""

    kind = "source"

    def __init__(self, source: str, reason: str, way_out: str) -> None:
        self.source, self.reason, self.way_out = source, reason, way_out
        super().__init__(f"{source}: {reason}. {way_out}")


class Unreadable(SourceError):
    """Missing, not permitted, or an I/O error."""

    kind = "unreadable"


class EmptyInput(SourceError):
    """No text in it."""

    kind = "empty"


class BinaryInput(SourceError):
    """Bytes that are no text in any encoding we detect."""

    kind = "binary"


class TooLarge(SourceError):
    """More bytes than the limit allows."""

    kind = "too large"


class UnknownFormat(SourceError):
    """A file name extension or JSON shape that we don't read."""

    kind = "unknown format"


class MalformedInput(SourceError):
    """A PDF, JSON or mail file that breaks its own format."""

    kind = "malformed"


class UnsupportedLanguage(SourceError):
    """Text in a language that the chosen engine can't read."""

    kind = "language"


class SchemaViolation(SummarizerError):
    """A document does not follow its schema.

    `path` is a JSON path (``$.claims[3].polarity``), `value` the offending value.
    """

    def __init__(self, document: str, path: str, value: object, reason: str) -> None:
        self.document, self.path, self.value, self.reason = document, path, value, reason
        shown = repr(value)
        if len(shown) > 160:
            shown = shown[:157] + "…"
        super().__init__(f"{document}: {path}: {reason} (value: {shown})")


class UngroundedQuote(SummarizerError):
    """A quote that the article does not bear."""

    def __init__(self, where: str, quote: str, reason: str) -> None:
        self.where, self.quote, self.reason = where, quote, reason
        super().__init__(f"{where}: “{quote}” {reason}")
