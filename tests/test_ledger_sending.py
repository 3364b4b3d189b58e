"""An edition goes to each reader once: refusals, greylisting, a server down, the cut-off, the guard."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from mail_servers import Mailbox, mail_to, scripted_server, settings_for, smtp_server
from test_ledger import KEY, NOW, READERS, plan_of

from summarizer.delivery.sending import HELD_BACK, SendPolicy, SystemClock, deliver
from summarizer.delivery.smtp import SmtpServer
from summarizer.errors import AnotherRun, LedgerProblem
from summarizer.records.delivery import DeliveryReport
from summarizer.store.editions import EditionLedger

ANN, BOB, CEM = READERS


@dataclass
class SetClock:
    """A clock that only waiting moves; `during` is called in each wait that isn't empty."""

    instant: datetime = NOW
    waits: list[float] = field(default_factory=list)
    during: Callable[[], object] | None = None
    stop: bool = False

    def now(self) -> datetime:
        return self.instant

    def wait(self, seconds: float) -> bool:
        if seconds:
            self.waits.append(seconds)
            self.instant += timedelta(seconds=seconds)
            if self.during is not None:
                self.during()
        return self.stop


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[EditionLedger]:
    with EditionLedger(tmp_path / "state", NOW) as opened:
        opened.plan(plan_of(), READERS, NOW)
        yield opened


def live(clock: SetClock | None = None, **changed: object) -> SendPolicy:
    return replace(SendPolicy(live=True, clock=clock or SetClock()), **changed)  # type: ignore[arg-type]


def sent(ledger: EditionLedger, port: int | str, policy: SendPolicy | None = None) -> DeliveryReport:
    """One run over the edition."""
    return deliver(mail_to, KEY, READERS, ledger, SmtpServer(settings_for(int(port))), policy or live())


def outcomes(report: DeliveryReport) -> list[str]:
    return [one.outcome for one in report.results]


def test_each_reader_gets_the_edition_once(ledger: EditionLedger) -> None:
    """A second run on the same day finds everybody served."""
    mailbox = Mailbox()
    with smtp_server(mailbox) as port:
        first, second = sent(ledger, port), sent(ledger, port)
    assert mailbox.recipients() == list(READERS)
    assert (outcomes(first), first.exit_code, first.complete) == (["sent"] * 3, 0, True)
    assert (outcomes(second), second.exit_code) == (["sent_before"] * 3, 0)


def test_a_refused_reader_is_named_and_the_others_go_on(ledger: EditionLedger) -> None:
    """One address that died must not cost the others their morning, nor be tried every day anew."""
    mailbox = Mailbox({"RCPT": lambda address: "550 5.1.1 no such user" if address == ANN else None})
    with smtp_server(mailbox) as port:
        report, again = sent(ledger, port), sent(ledger, port)
    assert mailbox.recipients() == [BOB, CEM]
    assert (outcomes(report), report.exit_code) == (["refused", "sent", "sent"], 1)
    assert (report.results[0].code, report.results[0].reason) == (550, "550 5.1.1 no such user")
    assert (outcomes(again), again.exit_code) == (["refused", "sent_before", "sent_before"], 1)


def test_greylisting_is_waited_out(ledger: EditionLedger) -> None:
    """Many servers put a stranger off once, for some minutes; the others don't wait for him."""
    clock, mailbox = SetClock(), Mailbox()

    def greylisted(address: str) -> str | None:
        early = clock.now() < NOW + timedelta(minutes=3)
        return "451 4.7.1 come back in five minutes" if address == BOB and early else None

    mailbox.replies["RCPT"] = greylisted
    with smtp_server(mailbox) as port:
        report = sent(ledger, port, live(clock))
    assert mailbox.recipients() == [ANN, CEM, BOB]
    assert clock.waits == [60, 180]
    assert (outcomes(report), report.exit_code) == (["sent"] * 3, 0)
    assert report.results[1].attempts == 3


def test_who_is_put_off_for_ever_is_late(ledger: EditionLedger) -> None:
    """Tried until the cut-off and not a second longer; then given up, by name."""
    clock = SetClock()
    mailbox = Mailbox({"RCPT": lambda address: "450 busy" if address == BOB else None})
    with smtp_server(mailbox) as port:
        report = sent(ledger, port, live(clock))
    cutoff = plan_of().cutoff
    assert clock.now() == cutoff
    assert (outcomes(report), report.exit_code) == (["sent", "late", "sent"], 1)
    assert "cut-off" in (report.results[1].reason or "")
    assert ledger.unfinished("morning") == ()


def test_an_impatient_run_leaves_the_rest_to_the_next(ledger: EditionLedger) -> None:
    """Where a timer starts a run each quarter of an hour none needs to stay."""
    clock, mailbox = SetClock(), Mailbox({"RCPT": lambda address: "450 busy" if address == BOB else None})
    with smtp_server(mailbox) as port:
        first = sent(ledger, port, live(clock, patience_s=0))
        mailbox.replies.clear()
        second = sent(ledger, port, live(clock, patience_s=0))
    assert clock.waits == []
    assert (outcomes(first), first.exit_code, first.complete) == (["sent", "waiting", "sent"], 1, False)
    assert (outcomes(second), second.exit_code) == (["sent_before", "sent", "sent_before"], 0)
    assert mailbox.recipients() == [ANN, CEM, BOB]


def test_a_server_that_is_down_keeps_the_edition_for_the_next_run(ledger: EditionLedger) -> None:
    """Nothing is lost, nobody is marked as failed, and the exit code says who is to blame."""
    clock = SetClock()
    with scripted_server("greeting") as seen:
        first = sent(ledger, seen[0], live(clock))
    assert (outcomes(first), first.exit_code) == (["waiting"] * 3, 3)
    assert "The edition is kept" in (first.problem or "")
    assert clock.waits == [10, 10]
    mailbox = Mailbox()
    with smtp_server(mailbox) as port:
        second = sent(ledger, port, live(clock))
    assert (outcomes(second), second.exit_code) == (["sent"] * 3, 0)


def test_a_server_that_comes_back_is_noticed_in_the_same_run(ledger: EditionLedger) -> None:
    """A restart takes seconds."""
    mailbox = Mailbox()
    with smtp_server(mailbox) as port, scripted_server("greeting") as seen:
        settings = [settings_for(int(seen[0])), settings_for(port)]

        class Restarting(SmtpServer):
            def connect(self):  # type: ignore[no-untyped-def]
                return SmtpServer(settings.pop(0) if len(settings) > 1 else settings[0]).connect()

        report = deliver(mail_to, KEY, READERS, ledger, Restarting(settings[0]), live())
    assert outcomes(report) == ["sent"] * 3


def test_a_server_that_stays_down_until_the_cut_off_makes_the_edition_late(ledger: EditionLedger) -> None:
    """The next run after it sends nothing: the news go into the next edition."""
    mailbox = Mailbox()
    with smtp_server(mailbox) as port:
        report = sent(ledger, port, live(SetClock(NOW + timedelta(hours=5))))
    assert mailbox.taken == []
    assert (outcomes(report), report.exit_code) == (["late"] * 3, 1)


def test_by_a_person_s_order_mail_goes_out_after_the_cut_off(ledger: EditionLedger) -> None:
    """`resend`: reopened, and the cut-off doesn't count."""
    clock, mailbox = SetClock(NOW + timedelta(days=2)), Mailbox()
    with smtp_server(mailbox) as port:
        sent(ledger, port, live(clock))
        assert ledger.reopen(KEY, BOB, clock.now())
        report = sent(ledger, port, live(clock, past_cutoff=True))
    assert mailbox.recipients() == [BOB]
    assert outcomes(report) == ["late", "sent", "late"]


def test_settings_that_the_server_refuses_leave_the_edition_planned(ledger: EditionLedger) -> None:
    """Put right before the cut-off, the next run sends it."""
    mailbox = Mailbox({"MAIL": "550 5.7.1 not your address"})
    with smtp_server(mailbox) as port:
        first = sent(ledger, port)
        mailbox.replies.clear()
        second = sent(ledger, port)
    assert (outcomes(first), first.exit_code) == (["waiting"] * 3, 2)
    assert "not your address" in (first.problem or "")
    assert outcomes(second) == ["sent"] * 3


@pytest.mark.parametrize("break_off", [".", "silence"])
def test_a_lost_answer_waits_for_a_person(ledger: EditionLedger, break_off: str) -> None:
    """The server has the mail and couldn't say so: each reader has it once, and the report says "unknown"."""
    with scripted_server(break_off) as seen:
        settings = settings_for(int(seen[0]), final_reply_s=0.1)
        first = deliver(mail_to, KEY, READERS, ledger, SmtpServer(settings), live())
        second = deliver(mail_to, KEY, READERS, ledger, SmtpServer(settings), live())
    assert seen[1:] == list(READERS)
    assert (outcomes(first), first.exit_code) == (["unknown"] * 3, 1)
    assert (outcomes(second), second.exit_code) == (["unknown"] * 3, 1)


def test_a_server_that_ends_connections_after_some_mails_costs_nothing(ledger: EditionLedger) -> None:
    """Some take a hundred mails in a connection and answer the next with 421; here it is one."""
    clock, asked = SetClock(), []

    def every_second_is_closed(address: str) -> str | None:
        asked.append(address)
        return "421 too many mails in this connection" if len(asked) in (2, 4) else None

    mailbox = Mailbox({"MAIL": every_second_is_closed})
    with smtp_server(mailbox) as port:
        report = sent(ledger, port, live(clock))
    assert mailbox.recipients() == list(READERS)
    assert outcomes(report) == ["sent"] * 3
    assert clock.waits == []


def test_without_live_mail_leaves_only_to_allowed_addresses(ledger: EditionLedger) -> None:
    """A trial run must not write to four hundred readers; they are held back, not called sent."""
    mailbox = Mailbox()
    with smtp_server(mailbox) as port:
        trial = sent(ledger, port, live(live=False, allow=frozenset({"BOB@example.org"})))
        assert mailbox.recipients() == [BOB]
        real = sent(ledger, port)
    assert (outcomes(trial), trial.exit_code) == (["held", "sent", "held"], 0)
    assert trial.results[0].reason == HELD_BACK
    assert outcomes(real) == ["sent", "sent_before", "sent"]
    assert mailbox.recipients() == [BOB, ANN, CEM]


def test_an_address_in_another_script_is_one_reader(ledger: EditionLedger) -> None:
    """Written as readers write it in the configuration, and as servers take it: the same person."""
    given, ascii_form = "desk@пример.рф", "desk@xn--e1afmkfd.xn--p1ai"
    mailbox = Mailbox()
    with smtp_server(mailbox) as port:
        server = SmtpServer(settings_for(port))
        policy = live(live=False, allow=frozenset({given}))
        report = deliver(mail_to, KEY, [given, ascii_form], ledger, server, policy)
    assert mailbox.recipients() == [ascii_form]
    assert [(one.recipient, one.outcome) for one in report.results] == [(ascii_form, "sent")]


def test_nothing_leaves_by_default(ledger: EditionLedger) -> None:
    """Neither live nor allowed: not even a connection."""
    report = deliver(mail_to, KEY, READERS, ledger, SmtpServer(settings_for(9)), SendPolicy(clock=SetClock()))
    assert outcomes(report) == ["held"] * 3


def test_a_mail_that_may_not_leave_is_refused_and_the_others_go_on(ledger: EditionLedger) -> None:
    """A fault of ours, named like a refusal of the server."""
    mailbox = Mailbox()
    with smtp_server(mailbox) as port:
        report = deliver(
            lambda address: mail_to(ANN if address == BOB else address),
            KEY,
            READERS,
            ledger,
            SmtpServer(settings_for(port)),
            live(),
        )
    assert mailbox.recipients() == [ANN, CEM]
    assert outcomes(report) == ["sent", "refused", "sent"]
    assert "addressed to 'ann@example.org'" in (report.results[1].reason or "")


def test_a_run_that_is_told_to_stop_ends_after_the_current_mail(ledger: EditionLedger) -> None:
    """SIGTERM in the middle of a list: no mail is cut, the rest waits for the next run."""
    stop = threading.Event()
    mailbox = Mailbox(on_stage=lambda stage: stop.set() if stage == "DATA" else None)
    with smtp_server(mailbox) as port:
        clock = SystemClock(stop)
        first = sent(ledger, port, SendPolicy(live=True, past_cutoff=True, clock=clock))
        stop.clear()
        mailbox.on_stage = None
        second = sent(ledger, port, SendPolicy(live=True, past_cutoff=True, clock=clock))
    assert outcomes(first) == ["sent", "waiting", "waiting"]
    assert outcomes(second) == ["sent_before", "sent", "sent"]
    assert mailbox.recipients() == list(READERS)


def test_two_runs_at_once_send_one_edition(ledger: EditionLedger, tmp_path: Path) -> None:
    """A timer and a person start it in the same minute: the second is told, and sends nothing."""
    mailbox, refused = Mailbox(), []

    def second_run(stage: str) -> None:
        if stage == "DATA" and not refused:
            with EditionLedger(tmp_path / "state", NOW) as other, pytest.raises(AnotherRun) as caught:
                sent(other, 9)
            refused.append(str(caught.value))

    mailbox.on_stage = second_run
    with smtp_server(mailbox) as port:
        assert outcomes(sent(ledger, port)) == ["sent"] * 3
    assert "another run is at work" in refused[0]
    assert mailbox.recipients() == list(READERS)


def test_a_ledger_that_can_t_be_written_stops_the_run_before_the_mail(
    ledger: EditionLedger, tmp_path: Path
) -> None:
    """Without a record, each next run would send it again."""
    mailbox = Mailbox()

    def breaks(stage: str) -> None:
        if stage == "RCPT":
            with EditionLedger(tmp_path / "state", NOW) as other:
                other._file.rows("DROP TABLE event")
                other._file.rows("ALTER TABLE delivery RENAME TO gone")

    mailbox.on_stage = breaks
    with smtp_server(mailbox) as port, pytest.raises(LedgerProblem, match=r"editions\.sqlite3"):
        sent(ledger, port)
    assert mailbox.taken == []


def test_a_new_reader_gets_an_edition_that_is_under_way(ledger: EditionLedger) -> None:
    """Added to the configuration before the next run."""
    mailbox = Mailbox()
    with smtp_server(mailbox) as port:
        sent(ledger, port)
        dee = "dee@example.org"
        report = deliver(mail_to, KEY, [*READERS, dee], ledger, SmtpServer(settings_for(port)), live())
    assert mailbox.recipients() == [*READERS, dee]
    assert outcomes(report)[-1] == "sent"
