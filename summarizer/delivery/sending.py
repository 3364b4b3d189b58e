"""Send one planned edition to its recipients: each of them once, whatever happens.

::

    ledger.claim      planned → sending     somebody else has or had it        → left alone
       │ connect, MAIL, RCPT                4xx, lost connection               → planned, tried again
       │                                    5xx                                → failed, named; others go on
    ledger.text_begins  durable mark        (a crash before here is repeated, one after it is `unknown`)
       │ text, ".", reply                   2xx sent · 4xx planned · 5xx failed · no answer: unknown
    ledger.close      what the server said

Who is put off (greylisting) is tried again after `policy.waits_s`, the last of them again and again, until
the cut-off or the end of `policy.patience_s`; then he waits for the next run. A server that can't be
reached is tried `policy.server_tries` times; then everybody waits for the next run. After the cut-off who
still waits is given up and reported as late.

The guard: without `policy.live`, mail goes to `policy.allow` only. The others are reported as held back,
never as sent; they stay planned, so that a live run before the cut-off sends them their mail.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from itertools import count
from typing import Literal, Protocol

from summarizer.delivery.addresses import distinct, plain_address
from summarizer.delivery.mail_server import Handed, MailServer, MailSession
from summarizer.delivery.outgoing import checked_bytes
from summarizer.errors import MailServerRefused, MailServerUnreachable, UnsafeMail
from summarizer.records.delivery import Delivery, DeliveryReport, EditionKey, Outcome, RecipientResult
from summarizer.store.editions import TOO_LATE, EditionLedger, Ending

#: How a row ends when the server's last word is of this kind.
_STATES: dict[str, Literal["sent", "failed", "planned", "unknown"]] = {
    "accepted": "sent",
    "refused": "failed",
    "deferred": "planned",
    "unclear": "unknown",
}
#: How long a run without a cut-off (sent by hand) waits for who is put off.
MAX_PATIENCE_S = 3600.0
HELD_BACK = "held back: mail leaves only to the addresses that are allowed, until a run is live"


class Clock(Protocol):
    """The time, and waiting."""

    def now(self) -> datetime:
        """The instant, with its zone."""

    def wait(self, seconds: float) -> bool:
        """Wait. True: stop now, somebody asked for it."""


class SystemClock:
    """The machine's clock. Setting `stop` (on SIGTERM) ends a wait, and the run after the current mail."""

    def __init__(self, stop: threading.Event | None = None) -> None:
        self._stop = stop or threading.Event()

    def now(self) -> datetime:
        """See `Clock`."""
        return datetime.now(UTC)

    def wait(self, seconds: float) -> bool:
        """See `Clock`."""
        return self._stop.wait(seconds)


@dataclass(frozen=True, slots=True)
class SendPolicy:
    """Who may get mail, until when, and how patient a run is.

    `allow` holds addresses. `past_cutoff`: by a person's order, the edition's cut-off doesn't count.
    """

    live: bool = False
    allow: frozenset[str] = frozenset()
    past_cutoff: bool = False
    #: Greylisting lasts some minutes, rarely an hour: a minute, then longer. Half an hour is what queues use.
    waits_s: tuple[float, ...] = (60, 180, 300, 600, 900, 1800)
    #: None: a run stays until the cut-off. 0: one round, the next run does the rest.
    patience_s: float | None = None
    server_tries: int = 3
    server_wait_s: float = 10.0
    clock: Clock = field(default_factory=SystemClock)

    def lets_out(self, address: str) -> bool:
        """May mail go to this address?"""
        if self.live:
            return True
        allowed = {plain_address(one, "mail.allow").lower() for one in self.allow}
        return plain_address(address, "mail.to").lower() in allowed


def deliver(
    message_for: Callable[[str], EmailMessage],
    edition: EditionKey,
    recipients: Sequence[str],
    ledger: EditionLedger,
    server: MailServer,
    policy: SendPolicy,
) -> DeliveryReport:
    """Send an edition that the ledger has planned; `recipients` who are not in it yet are added.

    `message_for` makes the mail to an address. Nothing is raised for a recipient or for the server: the
    report has it, and the exit code that it deserves.

    Raises:
        AnotherRun: another process is at work on this ledger.
        LedgerProblem: the ledger can't be read or written; nothing more is sent.
        BadSetting: a recipient is no address.
    """
    addresses = distinct(plain_address(one, "mail.to") for one in recipients)
    now = policy.clock.now()
    with ledger.exclusive(edition.briefing, now):
        ledger.add_recipients(edition, addresses, now)
        before = {row.recipient.lower(): row for row in ledger.deliveries(edition)}
        work = _Work(message_for, edition, ledger, server, policy)
        try:
            work.send_all(
                [one for one in addresses if policy.lets_out(one) and before[one.lower()].state == "planned"]
            )
        finally:
            work.quit()
        after = {row.recipient.lower(): row for row in ledger.deliveries(edition)}
    results = tuple(
        _result(before[one.lower()], after[one.lower()], held=not policy.lets_out(one)) for one in addresses
    )
    return DeliveryReport(
        edition=str(edition),
        results=results,
        problem=str(work.problem) if work.problem else None,
        exit_code=_exit_code(results, work.problem),
    )


class _Work:
    """One run over one edition: rounds over who still waits, and at most one open connection."""

    def __init__(
        self,
        message_for: Callable[[str], EmailMessage],
        edition: EditionKey,
        ledger: EditionLedger,
        server: MailServer,
        policy: SendPolicy,
    ) -> None:
        self._message_for, self._edition = message_for, edition
        self._ledger, self._server, self._policy = ledger, server, policy
        self._clock = policy.clock
        self._cutoff = None if policy.past_cutoff else ledger.planned(edition).cutoff
        self._session: MailSession | None = None
        self._mails_in_session = 0
        self.problem: MailServerUnreachable | MailServerRefused | None = None

    def send_all(self, waiting: list[str]) -> None:
        """Rounds until nobody waits, the cut-off has come, patience ends, or the server won't have it."""
        started = self._clock.now()
        for number in count():
            try:
                waiting = [one for one in waiting if self._is_put_off(one)]
            except (MailServerUnreachable, MailServerRefused) as error:
                self.problem = error
                return
            finally:
                if self._is_late():
                    self._ledger.give_up(self._edition, self._clock.now())
            if not waiting or self._is_late() or not self._waited(number, started):
                return

    def quit(self) -> None:
        """Close the connection, if there is one."""
        if self._session is not None:
            self._session.quit()
        self._session, self._mails_in_session = None, 0

    def _is_put_off(self, address: str) -> bool:
        """Try one recipient; True: he is to be tried again later."""
        if self._is_late() or self._clock.wait(0):
            return True
        try:
            mail = checked_bytes(self._message_for(address), address)
        except UnsafeMail as error:
            self._refuse(address, error)
            return False
        reused = self._mails_in_session > 0
        handed = self._handed(address, mail)
        if handed is not None and handed.kind == "deferred" and handed.lost and reused:
            # Many servers end a connection after some mails; that says nothing about this one.
            handed = self._handed(address, mail)
        return handed is not None and handed.kind == "deferred"

    def _handed(self, address: str, mail: bytes) -> Handed | None:
        """Claim and hand over one mail; None: another run has it, or had it."""
        session = self._connected()
        claim = self._ledger.claim(self._edition, address, self._clock.now())
        if claim is None:
            return None
        sha = hashlib.sha256(mail).hexdigest()
        try:
            handed = session.hand_over(
                address, mail, lambda: self._ledger.text_begins(claim, sha, self._clock.now())
            )
        except MailServerRefused as error:
            self._ledger.close(claim, Ending("planned", error.reason), self._clock.now())
            raise
        self._mails_in_session += 1
        ending = Ending(_STATES[handed.kind], handed.reason, handed.code)
        self._ledger.close(claim, ending, self._clock.now())
        if handed.lost:
            self.quit()
        return handed

    def _connected(self) -> MailSession:
        for left in reversed(range(self._policy.server_tries)):
            if self._session is not None:
                break
            try:
                self._session = self._server.connect()
            except MailServerUnreachable:
                if not left or self._clock.wait(self._policy.server_wait_s):
                    raise
        assert self._session is not None
        return self._session

    def _refuse(self, address: str, error: UnsafeMail) -> None:
        claim = self._ledger.claim(self._edition, address, self._clock.now())
        if claim is not None:
            self._ledger.close(claim, Ending("failed", error.reason), self._clock.now())

    def _is_late(self) -> bool:
        return self._cutoff is not None and self._clock.now() >= self._cutoff

    def _waited(self, number: int, started: datetime) -> bool:
        """Wait for the next round; False: there is none."""
        waits, now = self._policy.waits_s, self._clock.now()
        wait = waits[min(number, len(waits) - 1)]
        patience = self._policy.patience_s
        if patience is None and self._cutoff is None:
            patience = MAX_PATIENCE_S
        if patience is not None and (now - started).total_seconds() + wait > patience:
            return False
        if self._cutoff is not None:
            wait = min(wait, max(0.0, (self._cutoff - now).total_seconds()))
        self.quit()
        return not self._clock.wait(wait)


def _result(before: Delivery, after: Delivery, held: bool) -> RecipientResult:
    outcome: Outcome
    if after.state == "sent":
        outcome = "sent_before" if before.state == "sent" else "sent"
    elif after.state == "unknown":
        outcome = "unknown"
    elif held:
        outcome = "held"
    elif after.state == "failed":
        outcome = "late" if after.reason == TOO_LATE else "refused"
    else:
        outcome = "waiting"
    reason = HELD_BACK if outcome == "held" else after.reason
    return RecipientResult(
        recipient=after.recipient, outcome=outcome, attempts=after.attempts, code=after.code, reason=reason
    )


def _exit_code(
    results: Sequence[RecipientResult], problem: MailServerUnreachable | MailServerRefused | None
) -> int:
    if problem is not None:
        return problem.exit_code
    return int(any(one.outcome in ("refused", "waiting", "unknown", "late") for one in results))
