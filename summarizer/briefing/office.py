"""What every command of a briefing works with: where its state is, who may get mail, how mail leaves."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from email.message import EmailMessage
from pathlib import Path

from summarizer.briefing.config import Briefing
from summarizer.briefing.planned import PlannedEdition
from summarizer.briefing.secrets import smtp_settings
from summarizer.briefing.workshop import Workshop
from summarizer.delivery.mail_server import MailServer
from summarizer.delivery.message import Envelope, build_message
from summarizer.delivery.sending import Clock, SendPolicy, SystemClock, deliver
from summarizer.delivery.smtp import SmtpServer
from summarizer.errors import NobodyAllowed
from summarizer.records.delivery import DeliveryReport, EditionPlan
from summarizer.records.edition import Edition
from summarizer.store.editions import EditionLedger


@dataclass(frozen=True, slots=True)
class Order:
    """What the command asks for. `day` None: what is due. Without `live`, only allowed addresses get mail."""

    day: date | None = None
    live: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """Everything that a run works with. `delivering` is set while mail is on its way."""

    shop: Workshop
    clock: Clock = field(default_factory=SystemClock)
    delivering: threading.Event = field(default_factory=threading.Event)

    @property
    def briefing(self) -> Briefing:
        """What the configuration says."""
        return self.shop.briefing

    @property
    def state(self) -> Path:
        """The folder of ledger and memory."""
        own = self.briefing.general.state
        return self.briefing.beside(own) if own else self.shop.home / "briefings" / self.briefing.name

    def policy(self, order: Order) -> SendPolicy:
        """Who may get mail in this run, and how patient it is."""
        return SendPolicy(
            live=order.live,
            allow=frozenset(self.briefing.mail.allow),
            patience_s=self.briefing.limits.patience_minutes * 60,
            clock=self.clock,
        )

    def server(self) -> MailServer:
        """The mail server.

        Raises:
            BadSetting: its password isn't where the configuration says.
        """
        return SmtpServer(smtp_settings(self.briefing, self.shop.environment))


def check_allowed(office: Office, order: Order) -> None:
    """Before an hour's work: may anybody get mail at all?

    Raises:
        NobodyAllowed: the run isn't live, and no reader is on the list of allowed addresses.
    """
    mail, policy = office.briefing.mail, office.policy(order)
    if not any(policy.lets_out(one) for one in mail.to):
        raise NobodyAllowed(str(office.briefing.path), mail.to)


def plan_of(planned: PlannedEdition, cutoff: datetime | None) -> EditionPlan:
    """An edition as the ledger keeps it."""
    edition = planned.edition
    return EditionPlan(
        key=edition.key,
        payload=planned.model_dump_json(by_alias=True),
        window_start=edition.since,
        window_end=edition.until,
        cutoff=cutoff,
        covers=edition.covers,
    )


def letter_for(office: Office, edition: Edition) -> Callable[[str], EmailMessage]:
    """What makes the edition's mail to an address; the same mail on every run.

    Raises:
        MissingExtra: css-inline or Pillow isn't installed.
    """
    from summarizer.briefing.edition_mail import letter_of  # nothing to send needs no templates

    letter = letter_of(edition)
    mail = office.briefing.mail

    def message_for(recipient: str) -> EmailMessage:
        envelope = Envelope(
            sender=mail.sender,
            recipient=recipient,
            sent=edition.run.made.astimezone(office.briefing.schedule.zone),
            list_id=mail.list_id,
            unsubscribe=mail.unsubscribe,
        )
        return build_message(letter, envelope)

    return message_for


@dataclass(frozen=True, slots=True)
class Desk:
    """An office with its ledger open, and what the command allows: sends what is planned."""

    office: Office
    order: Order
    ledger: EditionLedger
    server: MailServer

    def send(
        self, edition: Edition, recipients: Sequence[str], *, past_cutoff: bool = False
    ) -> DeliveryReport:
        """Send a planned edition to these.

        Raises:
            LedgerProblem, AnotherRun: see `deliver`.
        """
        office = self.office
        policy = replace(office.policy(self.order), past_cutoff=past_cutoff)
        message_for = letter_for(office, edition)
        office.shop.tell(f"Sending edition {edition.key} …")
        office.delivering.set()
        try:
            return deliver(message_for, edition.key, recipients, self.ledger, self.server, policy)
        finally:
            office.delivering.clear()


@contextmanager
def opened_desk(office: Office, order: Order) -> Iterator[Desk]:
    """The ledger, for this process alone, and the mail server's settings.

    Raises:
        BadSetting: the password isn't where the configuration says; nothing was touched.
        AnotherRun: another process is at work on this briefing.
        LedgerProblem: the ledger can't be used.
    """
    server = office.server()
    now = office.clock.now()
    with EditionLedger(office.state, now) as ledger, ledger.exclusive(office.briefing.name, now):
        yield Desk(office, order, ledger, server)
