"""What a person orders about an edition that is there: send it again to somebody, or correct it.

Neither happens by itself. A mail whose fate is unknown may have arrived, so somebody decides; a correction is
an edition of its own (revision 1, 2 …), a reply to the one that it corrects, with the reason at its top.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from summarizer.briefing.office import Office, Order, check_allowed, opened_desk, plan_of
from summarizer.briefing.outcome import RunOutcome, outcome_of
from summarizer.briefing.planned import PREVIOUS, PlannedEdition, edition_in, sent_editions
from summarizer.briefing.running import BY_HAND
from summarizer.delivery.addresses import plain_address
from summarizer.errors import NothingToSend, UnknownItem
from summarizer.records.delivery import EditionKey
from summarizer.records.edition import Correction
from summarizer.store.editions import EditionLedger


@dataclass(frozen=True, slots=True)
class Again:
    """Which mail is to be sent again. `even_if_sent`: also when the server took it the first time."""

    day: date
    recipient: str
    even_if_sent: bool = False


def resend(office: Office, order: Order, again: Again) -> RunOutcome:
    """Send an edition (or its last correction) to one of its recipients again, cut-off or not.

    Raises:
        UnknownItem: no such edition, or it never was for him.
        NothingToSend: the server took his mail, and `even_if_sent` isn't given; or the edition is too old.
        BadSetting, AnotherRun, LedgerProblem: see `opened_desk`.
    """
    recipient = plain_address(again.recipient, "--recipient")
    now = office.clock.now()
    with opened_desk(office, order) as desk:
        key = _edition_of(desk.ledger, office, again.day)
        rows = {row.recipient.lower(): row for row in desk.ledger.deliveries(key)}
        if recipient.lower() not in rows:
            raise UnknownItem(recipient, f"edition {key}", f"Its recipients: {', '.join(rows)}.")
        row = rows[recipient.lower()]
        if row.state == "sent" and not again.even_if_sent:
            raise NothingToSend(
                f"{recipient} has edition {key}: the server took it at {row.changed:%Y-%m-%d %H:%M} UTC. "
                "Use --even-if-sent to send it a second time."
            )
        edition = _whole(desk.ledger, key).edition
        desk.ledger.reopen(key, row.recipient, now, even_if_sent=again.even_if_sent)
        report = desk.send(edition, [row.recipient], past_cutoff=True)
    outcome = outcome_of(edition, report)
    code = report.exit_code or int(bool(report.called("held")))
    return RunOutcome(briefing=office.briefing.name, at=now, editions=(outcome,), exit_code=code)


def correct(
    office: Office, order: Order, day: date, correction: Correction, without: Sequence[str]
) -> RunOutcome:
    """Make the day's edition again without what was wrong, and send it as its correction.

    Raises:
        UnknownItem: no such edition, or `without` names no article of it.
        NothingToSend: the edition is too old to be whole.
        NobodyAllowed, BadSetting, AnotherRun, LedgerProblem: as for a run.
    """
    from summarizer.briefing.making import remake

    check_allowed(office, order)
    now = office.clock.now()
    with opened_desk(office, order) as desk:
        name = office.briefing.name
        old = _whole(desk.ledger, _edition_of(desk.ledger, office, day))
        previous = [one.edition for one in sent_editions(desk.ledger, name) if one.edition.day < day]
        made = remake(office.shop, old, correction, without, previous, now)
        if made.trouble is not None:
            raise made.trouble
        desk.ledger.plan(plan_of(made.planned, cutoff=now + BY_HAND), office.briefing.mail.to, now)
        report = desk.send(made.edition, office.briefing.mail.to)
    outcome = outcome_of(made.edition, report)
    return RunOutcome(briefing=name, at=now, editions=(outcome,), exit_code=report.exit_code)


def _whole(ledger: EditionLedger, key: EditionKey) -> PlannedEdition:
    planned = edition_in(ledger, key)
    if planned.abridged:
        raise NothingToSend(
            f"edition {key} is not kept any more: {PREVIOUS} newer ones have been made since."
        )
    return planned


def _edition_of(ledger: EditionLedger, office: Office, day: date) -> EditionKey:
    name = office.briefing.name
    key = ledger.last_of(name, day)
    if key is None:
        known = ", ".join(sorted({one.key.day.isoformat() for one in ledger.status(name)})) or "none yet"
        raise UnknownItem(day.isoformat(), f"the ledger of {name}", f"Its newest editions: {known}.")
    return key
