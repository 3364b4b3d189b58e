"""Every error that this package raises on purpose, as one tree.

::

    SummarizerError                      exit code 1 unless said otherwise
    ├── UsageProblem                     exit code 2: the command or the settings are wrong
    │   ├── NoInput                          nothing to read was given
    │   ├── UnknownItem                      an id that no brief or digest holds
    │   ├── UnknownEngine                    a --model that this version can't run
    │   ├── BadSetting                       an environment variable or option with an impossible value
    │   ├── BadBriefing                      a briefing.toml that can't be meant; names lines and keys
    │   ├── NothingToSend                    a mail that was ordered again, and that its recipient has
    │   ├── NobodyAllowed                    a briefing that isn't live, and no reader is on its list
    │   ├── OutputProblem                    a file that can't be written
    │   ├── MissingExtra                     a feature whose optional dependency isn't installed
    │   ├── PromptProblem                    a prompt file or the way it is filled is wrong
    │   ├── KeyRefused                       the endpoint wants a key, or another one
    │   ├── WorkersRefused                   no worker of a cluster may take part: other versions, no keys
    │   ├── UnknownPrice                     a budget for a model whose price nobody knows
    │   └── MailServerRefused                log-in, encryption or sender: the mail server won't have it so
    ├── SourceError                      one input can't be read; the others go on
    │   ├── Unreadable, EmptyInput, BinaryInput, TooLarge, UnknownFormat, MalformedInput
    │   ├── AddressRefused, FetchFailed      an address that isn't fetched, or gave nothing
    │   └── UnsupportedLanguage              the rules engine reads English only
    ├── ModelError                       a language model gave no usable reply; the other articles go on
    │   ├── ModelUnreachable                 exit code 3: no connection, time-outs, 429 or 5xx to the last try
    │   ├── RequestRejected                  the endpoint won't take the request (unknown model, bad option)
    │   ├── ContextOverflow                  the article and the prompt don't fit the model's context
    │   ├── ReplyTruncated                   the reply broke off at the output limit
    │   ├── ReplyRefused, ReplyFiltered      the model or the endpoint's filter declined; not asked again
    │   ├── ReplyEmpty, NotAReply            nothing in it; HTML, an error or foreign JSON with status 200
    │   ├── ReplyUnreadable                  no JSON object of the agreed shape, even after mending
    │   ├── Unrecorded                       a replay has no recorded reply to this question
    │   └── BudgetReached                    the next call would pass the budget
    ├── ClusterUnreachable               exit code 3: no scheduler or no worker, or they went away
    ├── WorkerLost                       an article whose workers died, one after the other; the others go on
    ├── StoreProblem                     the store of past runs can't be read or written
    │   └── LedgerProblem                    exit code 2: the record of what was mailed; nothing is sent
    ├── AnotherRun                       another process is sending editions of this folder
    ├── MailServerUnreachable            exit code 3: no connection, no answer, or "not now"
    ├── UnsafeMail                       a mail that must not leave: a header, an address or a size is wrong
    ├── SchemaViolation                  a document doesn't follow its schema
    └── UngroundedQuote                  a quote that the article does not bear

Every message names the input, what is wrong and the way out; the parts are attributes too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class SummarizerError(Exception):
    """Base of all expected errors. `exit_code` is what the command line ends with."""

    exit_code = 1

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes whole: pickle would call `__init__` with the message alone."""
        return _rebuild, (type(self), self.args, self.__dict__)


def _rebuild(kind: type[SummarizerError], args: tuple[object, ...], attributes: dict[str, object]) -> object:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(attributes)
    return error


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


class BadSetting(UsageProblem):
    """A setting with a value that can't be meant. `setting` is its name as the user wrote it."""

    def __init__(self, setting: str, value: str, reason: str) -> None:
        self.setting, self.value, self.reason = setting, value, reason
        super().__init__(f"{setting}={value!r}: {reason}")


@dataclass(frozen=True, slots=True)
class ConfigProblem:
    """One thing in a configuration file that can't be meant. `line` counts from 1; None: not in the file."""

    file: str
    line: int | None
    key: str | None
    reason: str
    way_out: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        key = "" if self.key is None else f"{self.key} "
        return f"{place}: {key}{self.reason}. {self.way_out}".rstrip()


class BadBriefing(UsageProblem):
    """A configuration file with problems, all of them; no value in it that may be a secret is repeated."""

    def __init__(self, problems: Sequence[ConfigProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class NothingToSend(UsageProblem):
    """A mail that was ordered again, and that the server took the first time."""


class NobodyAllowed(UsageProblem):
    """Mail may go to nobody: the run isn't live, and no reader is among the allowed addresses."""

    def __init__(self, file: str, readers: Sequence[str]) -> None:
        self.file, self.readers = file, tuple(readers)
        super().__init__(
            f"{file}: without --live, mail goes to the addresses in [mail] allow only, and none of the "
            f"{len(self.readers)} readers is one. Nothing was made. Use --live to send to all, --dry-run to "
            "look at it, or add your own address to both lists."
        )


class OutputProblem(UsageProblem):
    """A file that the user asked for can't be written."""

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(
            f"{path}: can't be written ({reason}). Check the folder, its permissions and its free space."
        )


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


class AddressRefused(SourceError):
    """An address that is not fetched: no http, or a machine of the own network."""

    kind = "address refused"

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(
            source, reason, "If it is yours and meant so, name host and port under [network] allow_private."
        )


class FetchFailed(SourceError):
    """An address that gave nothing. `kind` says how: "timeout", "HTTP 404", "too large", "robots.txt" …"""

    def __init__(
        self, source: str, kind: str, reason: str, way_out: str = "It is tried again next time."
    ) -> None:
        self.kind = kind
        super().__init__(source, reason, way_out)


class UnsupportedLanguage(SourceError):
    """Text in a language that the chosen engine can't read."""

    kind = "language"


class ClusterUnreachable(SummarizerError):
    """The scheduler of a cluster doesn't answer, has no worker, or went away. What is done is saved."""

    exit_code = 3

    def __init__(self, scheduler: str, reason: str, way_out: str) -> None:
        self.scheduler, self.reason, self.way_out = scheduler, reason, way_out
        super().__init__(f"{scheduler}: {reason}. {way_out}")


class WorkerLost(SummarizerError):
    """One article (or story) that several workers died over: killed for memory, or crashed."""

    kind = "worker lost"

    def __init__(self, about: str, reason: str, way_out: str) -> None:
        self.about, self.reason, self.way_out = about, reason, way_out
        super().__init__(f"{about}: {reason}. {way_out}")


class StoreProblem(SummarizerError):
    """The store of past runs can't be used; reading and summarizing go on without it."""

    def __init__(self, path: str, reason: str, way_out: str) -> None:
        self.path, self.reason, self.way_out = path, reason, way_out
        super().__init__(f"{path}: {reason}. {way_out}")


class LedgerProblem(StoreProblem):
    """The ledger of sent editions can't be used. Never worked around: without it a mail may go out twice."""

    exit_code = 2


class AnotherRun(SummarizerError):
    """Another process holds the lock of this ledger."""

    def __init__(self, lock: str) -> None:
        self.lock = lock
        super().__init__(
            f"{lock}: another run is at work on this briefing. It ends by itself; nothing was sent twice."
        )


class MailServerUnreachable(SummarizerError):
    """No connection to the mail server, no answer in time, or it says that it isn't available now."""

    exit_code = 3

    def __init__(self, server: str, reason: str) -> None:
        self.server, self.reason = server, reason
        super().__init__(
            f"{server}: {reason}. The edition is kept: the next run before its cut-off sends it. "
            "Check the host, the port and the network if this stays so."
        )


class MailServerRefused(UsageProblem):
    """The mail server answers, and won't work with these settings. The password is in no message."""

    def __init__(self, server: str, reason: str, way_out: str) -> None:
        self.server, self.reason, self.way_out = server, reason, way_out
        super().__init__(f"{server}: {reason}. {way_out}")


class UnsafeMail(SummarizerError):
    """A mail that must not leave as it is."""

    def __init__(self, recipient: str, reason: str) -> None:
        self.recipient, self.reason = recipient, reason
        super().__init__(f"mail to {recipient}: {reason}. It was not sent.")


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


class PromptProblem(UsageProblem):
    """A prompt file or the way it is filled is wrong: a fault of this package or of a prompt's author."""

    def __init__(self, prompt: str, reason: str) -> None:
        self.prompt, self.reason = prompt, reason
        super().__init__(f"prompt {prompt}: {reason}")


class KeyRefused(UsageProblem):
    """The endpoint wants a key, or another one. The key itself is in no message."""


class WorkersRefused(UsageProblem):
    """Every worker of a cluster differs from this machine, or lacks what the run needs. Nothing was sent."""

    def __init__(self, scheduler: str, refusals: Sequence[str]) -> None:
        self.scheduler, self.refusals = scheduler, tuple(refusals)
        shown = " ".join(self.refusals[:3])
        more = f" And {len(self.refusals) - 3} more." if len(self.refusals) > 3 else ""
        super().__init__(f"{scheduler}: none of its workers can be used. {shown}{more}")


class UnknownPrice(UsageProblem):
    """A budget was set, but what the model costs is in no table."""


class ModelError(SummarizerError):
    """A language model gave no usable reply. `about` says for which article and purpose it was asked."""

    kind = "model"

    def __init__(self, model: str, about: str, reason: str, way_out: str) -> None:
        self.model, self.about, self.reason, self.way_out = model, about, reason, way_out
        super().__init__(f"{about}: {model} {reason}. {way_out}")


class ModelUnreachable(ModelError):
    """No connection, no answer in time, or 429 / 5xx until the last try."""

    exit_code = 3
    kind = "unreachable"


class RequestRejected(ModelError):
    """The endpoint answered, and won't take the request."""

    kind = "request rejected"


class ContextOverflow(ModelError):
    """Prompt and article are longer than the model's context."""

    kind = "too long"


class ReplyTruncated(ModelError):
    """The reply broke off at the output limit."""

    kind = "truncated"


class ReplyRefused(ModelError):
    """The model declined. Asking the same again is not tried."""

    kind = "refused"


class ReplyFiltered(ModelError):
    """The endpoint's content filter cut the reply. Asking the same again is not tried."""

    kind = "filtered"


class ReplyEmpty(ModelError):
    """A reply without choices or without content."""

    kind = "empty"


class NotAReply(ModelError):
    """Status 200 with something that is no chat completion: HTML, an error, broken JSON."""

    kind = "not a reply"


class ReplyUnreadable(ModelError):
    """Content that is no JSON object of the agreed shape, even after mending."""

    kind = "unreadable"


class Unrecorded(ModelError):
    """A replay has no recorded reply to this question: another prompt, model, article or repeat."""

    kind = "unrecorded"


class BudgetReached(ModelError):
    """The next call would pass the budget. What is done is saved."""

    kind = "budget"
