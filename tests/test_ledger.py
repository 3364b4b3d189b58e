"""The ledger of editions: a mail that was sent is never forgotten, and none is claimed twice."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from summarizer.errors import LedgerProblem
from summarizer.records.delivery import EditionKey, EditionPlan
from summarizer.store.edition_file import FILE_NAME, MARK_NAME
from summarizer.store.edition_journal import JOURNAL_NAME, EditionJournal, Step
from summarizer.store.editions import Claim, EditionLedger, Ending

NOW = datetime(2025, 2, 24, 6, 0, tzinfo=UTC)
KEY = EditionKey(briefing="morning", day=date(2025, 2, 24))
READERS = ("ann@example.org", "bob@example.org", "cem@example.org")


def plan_of(key: EditionKey = KEY, payload: str = '{"subject": "Truce talks resume"}') -> EditionPlan:
    """An edition that covers a weekend."""
    return EditionPlan(
        key=key,
        payload=payload,
        window_start=NOW - timedelta(days=3),
        window_end=NOW,
        cutoff=NOW + timedelta(hours=5),
        covers=(date(2025, 2, 22), date(2025, 2, 24)),
    )


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[EditionLedger]:
    with EditionLedger(tmp_path / "state", NOW) as opened:
        yield opened


def states(ledger: EditionLedger, key: EditionKey = KEY) -> list[str]:
    """How the readers stand, in order."""
    return [row.state for row in ledger.deliveries(key)]


def claimed(ledger: EditionLedger, recipient: str) -> Claim:
    claim = ledger.claim(KEY, recipient, NOW)
    assert claim is not None
    return claim


def test_an_edition_comes_back_as_it_was_planned(ledger: EditionLedger, tmp_path: Path) -> None:
    """A later run sends the same edition, not another one under the same date."""
    assert ledger.plan(plan_of(), READERS, NOW) == plan_of()
    with EditionLedger(tmp_path / "state", NOW) as later:
        assert later.planned(KEY) == plan_of()
        assert [row.recipient for row in later.deliveries(KEY)] == list(READERS)
        assert later.unfinished("morning") == (KEY,)


def test_the_first_plan_of_an_edition_stays(ledger: EditionLedger) -> None:
    """Two runs that made the edition at once must send one text; readers who are new get it, too."""
    ledger.plan(plan_of(), READERS[:1], NOW)
    kept = ledger.plan(plan_of(payload='{"subject": "Another"}'), READERS, NOW)
    assert kept == plan_of()
    assert states(ledger) == ["planned"] * 3


def test_an_address_is_one_reader_whatever_its_capitals(ledger: EditionLedger) -> None:
    """Ann@Example.org who is added to the list must not get a second mail."""
    ledger.plan(plan_of(), ["Ann@Example.org", "ann@example.org"], NOW)
    (row,) = ledger.deliveries(KEY)
    assert row.recipient == "Ann@Example.org"
    assert ledger.claim(KEY, "ANN@example.org", NOW) is not None


def test_a_mail_is_claimed_once(ledger: EditionLedger, tmp_path: Path) -> None:
    """The second of two processes finds it taken, whatever became of the lock."""
    ledger.plan(plan_of(), READERS, NOW)
    with EditionLedger(tmp_path / "state", NOW) as other:
        assert ledger.claim(KEY, READERS[0], NOW) is not None
        assert other.claim(KEY, READERS[0], NOW) is None
        assert other.claim(KEY, "nobody@example.org", NOW) is None


def test_threads_that_claim_at_once_get_one_claim(ledger: EditionLedger, tmp_path: Path) -> None:
    """SQLite's own lock decides, not a look before the leap."""
    ledger.plan(plan_of(), READERS, NOW)

    def claim(_: int) -> bool:
        with EditionLedger(tmp_path / "state", NOW) as own:
            return own.claim(KEY, READERS[0], NOW) is not None

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(claim, range(24))) == 1


@pytest.mark.parametrize("state", ["sent", "failed", "unknown", "planned"])
def test_only_a_planned_mail_can_be_claimed_again(ledger: EditionLedger, state: str) -> None:
    """What was sent, refused or lost from sight waits for a person; what was put off is tried again."""
    ledger.plan(plan_of(), READERS, NOW)
    claim = claimed(ledger, READERS[0])
    ledger.close(claim, Ending(state, "450 later", 450), NOW)  # type: ignore[arg-type]
    assert (ledger.claim(KEY, READERS[0], NOW) is not None) is (state == "planned")


def test_a_run_that_died_before_the_text_is_repeated_and_one_after_it_is_not(
    ledger: EditionLedger, tmp_path: Path
) -> None:
    """Before the text nothing was handed over. After it the mail may have arrived: a person decides."""
    ledger.plan(plan_of(), READERS, NOW)
    claimed(ledger, READERS[0])
    assert ledger.text_begins(claimed(ledger, READERS[1]), "sha", NOW)
    with EditionLedger(tmp_path / "state", NOW) as later, later.exclusive("morning", NOW):
        assert states(later) == ["planned", "unknown", "planned"]
        assert "may have arrived" in (later.deliveries(KEY)[1].reason or "")
        assert later.claim(KEY, READERS[1], NOW) is None
        assert later.reopen(KEY, READERS[1], NOW)
        assert later.claim(KEY, READERS[1], NOW) is not None


def test_a_run_that_was_taken_for_dead_can_t_send(ledger: EditionLedger, tmp_path: Path) -> None:
    """On a disk without locks the second run takes the row over; the first must notice before the text."""
    ledger.plan(plan_of(), READERS, NOW)
    slow = claimed(ledger, READERS[0])
    with EditionLedger(tmp_path / "state", NOW) as other, other.exclusive("morning", NOW):
        fast = other.claim(KEY, READERS[0], NOW)
        assert fast is not None
        assert not ledger.text_begins(slow, "sha", NOW)
        ledger.close(slow, Ending("planned", "called off"), NOW)
        assert states(other)[0] == "sending"
        assert other.text_begins(fast, "sha", NOW)
        other.close(fast, Ending("sent"), NOW)
    assert states(ledger)[0] == "sent"


def test_what_a_live_run_knows_replaces_unknown(ledger: EditionLedger, tmp_path: Path) -> None:
    """It was taken for dead in the middle of a mail, and then the server said yes."""
    ledger.plan(plan_of(), READERS, NOW)
    claim = claimed(ledger, READERS[0])
    ledger.text_begins(claim, "sha", NOW)
    with EditionLedger(tmp_path / "state", NOW) as other, other.exclusive("morning", NOW):
        assert states(other)[0] == "unknown"
    ledger.close(claim, Ending("sent", code=250), NOW)
    assert states(ledger)[0] == "sent"


def test_giving_up_leaves_what_was_sent(ledger: EditionLedger) -> None:
    """After the cut-off who still waits is late; who has it has it."""
    ledger.plan(plan_of(), READERS, NOW)
    ledger.close(claimed(ledger, READERS[0]), Ending("sent"), NOW)
    assert ledger.give_up(KEY, NOW) == 2
    assert states(ledger) == ["sent", "failed", "failed"]
    assert ledger.unfinished("morning") == ()


def test_a_person_can_send_again(ledger: EditionLedger) -> None:
    """A failed or unknown mail; one that was sent only if he says that he means it."""
    ledger.plan(plan_of(), READERS, NOW)
    ledger.close(claimed(ledger, READERS[0]), Ending("sent"), NOW)
    ledger.close(claimed(ledger, READERS[1]), Ending("failed"), NOW)
    assert not ledger.reopen(KEY, READERS[0], NOW)
    assert ledger.reopen(KEY, READERS[0], NOW, even_if_sent=True)
    assert ledger.reopen(KEY, READERS[1].upper(), NOW)
    assert not ledger.reopen(KEY, READERS[2], NOW)
    assert states(ledger) == ["planned"] * 3


def test_facts_tell_what_was_received_and_where_its_window_ended(ledger: EditionLedger) -> None:
    """An edition that nobody received doesn't move the window: its news belong to the next one."""
    tuesday = EditionKey(briefing="morning", day=date(2025, 2, 25))
    other = EditionKey(briefing="evening", day=date(2025, 2, 26))
    for key in (KEY, tuesday, other):
        ledger.plan(plan_of(key), READERS, NOW)
    with ledger.exclusive("morning", NOW):
        pass
    ledger.close(claimed(ledger, READERS[2]), Ending("sent"), NOW)
    facts = ledger.facts("morning")
    assert facts.begun == NOW
    assert facts.planned == {KEY.day, tuesday.day}
    assert [(one.day, one.window_end) for one in facts.sent] == [(KEY.day, NOW)]
    assert ledger.last_sent("morning") == KEY
    assert ledger.last_sent("evening") is None


def test_when_the_briefing_began_is_noted_once(ledger: EditionLedger) -> None:
    """Days before it aren't missed days."""
    for hours in (0, 24):
        with ledger.exclusive("morning", NOW + timedelta(hours=hours)):
            pass
    assert ledger.facts("morning").begun == NOW
    assert ledger.facts("evening").begun is None


def test_a_correction_is_an_edition_of_its_own(ledger: EditionLedger) -> None:
    """It goes to each reader once, too, and doesn't stand in the way of tomorrow's edition."""
    ledger.plan(plan_of(), READERS, NOW)
    ledger.close(claimed(ledger, READERS[0]), Ending("sent"), NOW)
    correction = KEY.correction()
    ledger.plan(plan_of(correction, '{"subject": "CORRECTION"}'), READERS[:1], NOW)
    assert str(correction) == "morning/2025-02-24.1"
    assert ledger.last_of("morning", KEY.day) == correction
    assert states(ledger, correction) == ["planned"]
    assert states(ledger)[0] == "sent"
    assert ledger.planned(KEY) == plan_of()


def test_missed_days_are_noted_once(ledger: EditionLedger) -> None:
    """The status shows them; the first note says when it was noticed."""
    ledger.mark_missed("morning", [date(2025, 2, 22), date(2025, 2, 23)], NOW, "the machine was off")
    ledger.mark_missed("morning", [date(2025, 2, 23)], NOW + timedelta(days=1))
    assert [(one.day.day, one.reason, one.noticed) for one in ledger.missed("morning")] == [
        (23, "the machine was off", NOW),
        (22, "the machine was off", NOW),
    ]


def test_the_history_keeps_every_step(ledger: EditionLedger) -> None:
    """Whoever asks why a reader got a mail late can see it."""
    ledger.plan(plan_of(), READERS[:1], NOW)
    ledger.close(claimed(ledger, READERS[0]), Ending("planned", "450 greylisted", 450), NOW)
    ledger.close(claimed(ledger, READERS[0]), Ending("sent", "250 OK", 250), NOW)
    assert [(one.state, one.code) for one in ledger.history(KEY)] == [
        ("planned", None),
        ("sending", None),
        ("planned", 450),
        ("sending", None),
        ("sent", 250),
    ]
    (status,) = ledger.status("morning")
    assert status.sent_at == NOW
    assert status.covers == plan_of().covers
    assert status.deliveries[0].attempts == 2


@pytest.fixture
def sent_in_part(ledger: EditionLedger) -> EditionLedger:
    """Ann has it, Bob's mail was leaving, Cem's was put off after its text."""
    ledger.plan(plan_of(), READERS, NOW)
    for reader, state in zip(READERS, ("sent", None, "planned"), strict=True):
        claim = claimed(ledger, reader)
        assert ledger.text_begins(claim, "sha", NOW)
        if state is not None:
            ledger.close(claim, Ending(state), NOW)  # type: ignore[arg-type]
    ledger.close_file()
    return ledger


def test_a_ledger_that_is_begun_anew_still_knows_who_has_the_edition(
    sent_in_part: EditionLedger, tmp_path: Path
) -> None:
    """The database is gone for good: today's edition is made again, and Ann doesn't get it again."""
    for path in [*(tmp_path / "state").glob(FILE_NAME + "*"), tmp_path / "state" / MARK_NAME]:
        path.unlink()
    with EditionLedger(tmp_path / "state", NOW) as anew, anew.exclusive("morning", NOW):
        assert anew.facts("morning").planned == frozenset()
        anew.plan(plan_of(payload='"made again"'), [*READERS, "dee@example.org"], NOW)
        assert states(anew) == ["sent", "unknown", "planned", "planned"]
        assert "journal" in (anew.deliveries(KEY)[0].reason or "")
        assert anew.reopen(KEY, READERS[1], NOW)
    with EditionLedger(tmp_path / "state", NOW) as later, later.exclusive("morning", NOW):
        assert states(later) == ["sent", "planned", "planned", "planned"]


def test_an_old_backup_of_the_ledger_is_told_what_was_sent_since(
    ledger: EditionLedger, tmp_path: Path
) -> None:
    """Restored from last night, it has the edition as planned; the journal knows better."""
    ledger.plan(plan_of(), READERS, NOW)
    backup = tmp_path / "backup.sqlite3"
    ledger._file.rows(f"VACUUM INTO '{backup}'")
    for reader in READERS[:2]:
        claim = claimed(ledger, reader)
        ledger.text_begins(claim, "sha", NOW)
        ledger.close(claim, Ending("sent"), NOW)
    ledger.close_file()
    for path in (tmp_path / "state").glob(FILE_NAME + "*"):
        path.unlink()
    backup.rename(tmp_path / "state" / FILE_NAME)
    with EditionLedger(tmp_path / "state", NOW) as old:
        assert states(old) == ["planned"] * 3
        with old.exclusive("morning", NOW):
            assert states(old) == ["sent", "sent", "planned"]


@pytest.mark.parametrize("step", ["sent", "failed", "planned"])
def test_a_run_that_died_between_journal_and_ledger_is_not_unknown(
    ledger: EditionLedger, tmp_path: Path, step: Step
) -> None:
    """The server's answer is on the disk: nobody has to be asked."""
    ledger.plan(plan_of(), READERS, NOW)
    ledger.text_begins(claimed(ledger, READERS[0]), "sha", NOW)
    EditionJournal(tmp_path / "state").note(KEY, READERS[0], step, NOW)
    with EditionLedger(tmp_path / "state", NOW) as later, later.exclusive("morning", NOW):
        assert states(later)[0] == step


def test_a_line_of_the_journal_that_was_cut_spoils_no_other(tmp_path: Path) -> None:
    """A crash in the middle of a line: it counts as not written, and the next one begins anew."""
    journal = EditionJournal(tmp_path)
    assert journal.last_steps() == {}
    journal.note(KEY, "Ann@Example.org", "sent", NOW)
    with (tmp_path / JOURNAL_NAME).open("ab") as file:
        file.write(f"\n{NOW.isoformat()}\t{KEY}\tsent\tbob@exam".encode())
    assert journal.last_steps() == {(str(KEY), READERS[0]): "sent"}
    journal.note(KEY, READERS[2], "text", NOW)
    found = journal.last_steps()
    assert (found[str(KEY), READERS[0]], found[str(KEY), READERS[2]]) == ("sent", "text")
    assert len(found) == 2


def test_a_journal_that_can_t_be_written_stops_a_mail_before_its_text(
    ledger: EditionLedger, tmp_path: Path
) -> None:
    """Two records or no mail."""
    ledger.plan(plan_of(), READERS, NOW)
    claim = claimed(ledger, READERS[0])
    (tmp_path / "state" / JOURNAL_NAME).mkdir()
    with pytest.raises(LedgerProblem, match=r"editions\.journal.*can't be used"):
        ledger.text_begins(claim, "sha", NOW)


def test_a_broken_ledger_is_an_error_and_is_left_as_it_is(tmp_path: Path) -> None:
    """A new ledger in its place would send today's edition a second time."""
    for garbage in (b"this is no database" * 200, b"SQLite format 3\x00" + b"\xff" * 5000):
        (tmp_path / FILE_NAME).write_bytes(garbage)
        with pytest.raises(LedgerProblem, match=r"broken.*Restore it from a backup.*second time") as caught:
            EditionLedger(tmp_path, NOW)
        assert str(tmp_path / FILE_NAME) in str(caught.value)
        assert caught.value.exit_code == 2
        assert (tmp_path / FILE_NAME).read_bytes() == garbage


def test_a_ledger_torn_in_the_middle_is_noticed(ledger: EditionLedger, tmp_path: Path) -> None:
    """Rows that vanish quietly are mails that are sent again."""
    ledger.plan(plan_of(payload='"' + "x" * 50_000 + '"'), READERS, NOW)
    ledger.close_file()
    path = tmp_path / "state" / FILE_NAME
    content = bytearray(path.read_bytes())
    content[4096 : len(content) - 100] = b"\x7f" * (len(content) - 100 - 4096)
    path.write_bytes(content)
    with pytest.raises(LedgerProblem, match="broken"):
        EditionLedger(tmp_path / "state", NOW)


def test_a_ledger_that_vanished_is_missed(ledger: EditionLedger, tmp_path: Path) -> None:
    """A folder that was half restored, or cleaned by somebody: nothing is sent until a person has looked."""
    ledger.close_file()
    (tmp_path / "state" / FILE_NAME).unlink()
    with pytest.raises(LedgerProblem, match=r"begun on 2025-02-24T06:00:00\+00:00 is gone.*second time"):
        EditionLedger(tmp_path / "state", NOW)
    (tmp_path / "state" / MARK_NAME).unlink()
    with EditionLedger(tmp_path / "state", NOW) as anew:
        assert anew.facts("morning").planned == frozenset()


def test_an_empty_file_where_a_ledger_was_is_no_new_ledger(ledger: EditionLedger, tmp_path: Path) -> None:
    """A crash of the disk may leave the name and take the content."""
    ledger.plan(plan_of(), READERS, NOW)
    ledger.close_file()
    for path in (tmp_path / "state").glob(FILE_NAME + "*"):
        path.write_bytes(b"")
    with pytest.raises(LedgerProblem, match="second time"):
        EditionLedger(tmp_path / "state", NOW)


def test_a_damaged_edition_is_not_sent(ledger: EditionLedger, tmp_path: Path) -> None:
    """Its SHA-256 was written with it."""
    ledger.plan(plan_of(), READERS, NOW)
    with closing(sqlite3.connect(tmp_path / "state" / FILE_NAME)) as other, other:
        other.execute("UPDATE edition SET payload = replace(payload, 'Truce', 'Trice')")
    with pytest.raises(LedgerProblem, match="morning/2025-02-24 in it was damaged"):
        ledger.planned(KEY)


def test_a_newer_ledger_is_left_alone(ledger: EditionLedger, tmp_path: Path) -> None:
    """An older program doesn't know what the newer one has written down."""
    with closing(sqlite3.connect(tmp_path / "state" / FILE_NAME)) as other, other:
        other.execute("PRAGMA user_version = 99")
    with pytest.raises(LedgerProblem, match=r"newer version\. Upgrade"):
        EditionLedger(tmp_path / "state", NOW)


def test_a_ledger_that_another_program_holds_says_so(ledger: EditionLedger, tmp_path: Path) -> None:
    """Somebody left a database browser open in the middle of an edit."""
    ledger.plan(plan_of(), READERS, NOW)
    with (
        closing(sqlite3.connect(tmp_path / "state" / FILE_NAME, isolation_level=None)) as other,
        EditionLedger(tmp_path / "state", NOW, busy_timeout_s=0.05) as hasty,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerProblem, match=r"another program keeps it locked.*Close the program"):
            hasty.claim(KEY, READERS[0], NOW)
        other.execute("ROLLBACK")
        assert hasty.claim(KEY, READERS[0], NOW) is not None


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    """The message says where and what to do."""
    (tmp_path / "state").write_text("")
    with pytest.raises(LedgerProblem, match=r"state.*can't be used.*permissions"):
        EditionLedger(tmp_path / "state", NOW)


def test_only_the_user_may_read_the_ledger(ledger: EditionLedger, tmp_path: Path) -> None:
    """It holds addresses, and editions that may be confidential."""
    folder = tmp_path / "state"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / FILE_NAME).stat().st_mode) == 0o600


def test_an_edition_that_isn_t_there_is_named(ledger: EditionLedger) -> None:
    """`resend` with a wrong date."""
    with pytest.raises(LedgerProblem, match=r"no edition morning/2025-02-24.*status"):
        ledger.planned(KEY)
    with pytest.raises(LedgerProblem, match="no edition"):
        ledger.add_recipients(KEY, READERS, NOW)


def test_a_full_disk_leaves_the_ledger_as_it_was(ledger: EditionLedger) -> None:
    """All of a step or nothing of it, and an error that stops the run before anything is sent."""
    (pages,) = ledger._file.rows("PRAGMA page_count")[0]
    ledger._file.rows(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(LedgerProblem, match=r"full.*Check the disk's space"):
        ledger.plan(plan_of(payload='"' + "x" * 50_000 + '"'), READERS, NOW)
    assert not ledger.has(KEY)
    ledger._file.rows("PRAGMA max_page_count = 100000")
    ledger.plan(plan_of(), READERS, NOW)
    assert states(ledger) == ["planned"] * 3
