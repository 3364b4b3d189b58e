"""Runs of a briefing against a real web server and a real mail server, over several days of a set clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import escape
from pathlib import Path

import pytest
from briefing_site import (
    ANN,
    BOB,
    MORNING,
    OPERATOR,
    SOLAR,
    Site,
    briefing_site,
    healthcheck_service,
    only,
    outcomes,
    text_of,
)
from collect_samples import rss
from command import RATES, STRIKE
from mail_servers import PASSWORD, USER, make_certificate, scripted_server, smtp_server
from web_server import Answer

from summarizer.briefing.looking import look, written
from summarizer.briefing.mending import Again, correct, resend
from summarizer.briefing.office import Order, plan_of
from summarizer.briefing.planned import PREVIOUS, PlannedEdition, abridge_old, edition_in, sent_editions
from summarizer.briefing.running import run_briefing
from summarizer.briefing.status import status_of
from summarizer.cli.briefing_work import pinged_run
from summarizer.errors import NobodyAllowed, NothingToSend, UnknownItem
from summarizer.records.delivery import EditionKey
from summarizer.records.edition import Correction
from summarizer.store.editions import EditionLedger, Ending

LIVE = Order(live=True)
MONDAY, TUESDAY = date(2025, 2, 24), date(2025, 2, 25)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Two articles in one feed."""
    with briefing_site(tmp_path) as made:
        yield made


def status(site: Site):  # type: ignore[no-untyped-def]
    office = site.office()
    with EditionLedger(office.state, site.clock.now()) as ledger:
        return status_of(ledger, office.briefing, site.clock.now())


def test_an_edition_goes_to_each_reader_once(site: Site) -> None:
    """The second run of a morning, by whatever timer, has nothing to do, and says so."""
    first, second = site.run(), site.run()
    assert (first.exit_code, only(first).state, outcomes(first)) == (0, "news", ["sent", "sent"])
    assert (second.exit_code, second.editions) == (4, ())
    assert second.nothing is not None
    assert second.nothing.startswith(
        "Nothing new: the edition of 2025-02-24 was sent at 06:30; the next is due"
    )
    assert site.mailbox.recipients() == [ANN, BOB]
    assert "strike" in text_of(site.mails()[0])


def test_before_its_time_nothing_is_made(site: Site) -> None:
    """A timer that asks all night must not send at night."""
    site.clock.instant = MORNING - timedelta(hours=1)
    outcome = site.run()
    assert (outcome.exit_code, outcome.editions, site.web.asked) == (4, (), [])
    assert outcome.next_due is not None
    assert outcome.next_due.isoformat() == "2025-02-24T06:00:00+01:00"


def test_a_quiet_day_is_a_mail_that_says_so(site: Site) -> None:
    """Silence would look like an outage. The feed says "not modified"; its items are known all the same."""
    site.run()
    site.next_morning()
    outcome = site.run()
    assert (outcome.exit_code, only(outcome).state) == (4, "quiet")
    assert str(site.mails()[-1]["subject"]).startswith("No new reporting")
    assert "Nothing new since the edition of 24 Feb" in text_of(site.mails()[-1])


def test_a_quiet_day_can_be_skipped(site: Site) -> None:
    """Then nobody gets mail, and the day counts neither as missed nor as due again."""
    site.changed["general"] = 'quiet = "skip"'
    site.run()
    site.next_morning()
    outcome, again = site.run(), site.run()
    assert (outcome.exit_code, only(outcome).sent, again.exit_code) == (4, False, 4)
    assert len(site.mailbox.taken) == 2
    site.clock.instant += timedelta(hours=20)  # long after the cut-off
    site.publish({"strike.txt": STRIKE, "rates.txt": RATES, "solar.txt": SOLAR})
    site.clock.instant = MORNING + timedelta(days=2)
    outcome = site.run()
    assert (only(outcome).state, outcome.late) == ("news", ())
    assert "missed" not in text_of(site.mails()[-1])
    assert status(site).late == ()


def test_what_was_told_is_not_told_again(site: Site) -> None:
    """On the second day only the new article is news."""
    site.run()
    site.next_morning()
    site.publish({"strike.txt": STRIKE, "rates.txt": RATES, "solar.txt": SOLAR})
    outcome = site.run()
    assert (outcome.exit_code, only(outcome).state) == (0, "news")
    text = text_of(site.mails()[-1])
    assert "solar plant" in text
    assert "Dock workers" not in text


def test_a_dead_feed_degrades_the_edition(site: Site) -> None:
    """It costs only itself, and subject, exit code and status name it."""
    site.changed["sources"] = site.source("feed.xml", "Bay Wire") + site.source("gone.xml", "Gone Post")
    outcome = site.run()
    assert (outcome.exit_code, only(outcome).state, outcomes(outcome)) == (1, "degraded", ["sent", "sent"])
    assert str(site.mails()[0]["subject"]).startswith("DEGRADED:")
    assert any("source Gone Post:" in line for line in status(site).lines())


def test_an_article_read_without_its_page_is_named(site: Site) -> None:
    """The feed's text may be less than the page had; before, the mail didn't say which of them was read."""
    paragraphs = "".join(f"<p>{escape(one)}</p>" for one in f"{STRIKE}\n{SOLAR}\n{RATES}".split("\n") if one)
    site.web.answers["/feed.xml"] = rss(
        ("Strike", site.web.url("/gone"), MORNING - timedelta(hours=1)),
        extra=f"<description>{escape(paragraphs)}</description>",
    )
    site.web.answers["/gone"] = Answer(b"Gone.", "text/plain", status=404)
    assert outcomes(site.run()) == ["sent", "sent"]
    text = " ".join(text_of(site.mails()[0]).split())
    assert "Dock workers" in text
    assert "1 article read from the feed's own text: its page could not be used (HTTP 404: 1)." in text
    assert f"Read from its feed: {site.web.url('/gone')} (HTTP 404)" in text


def test_an_outage_is_a_notice_to_the_operator_and_never_no_news(site: Site) -> None:
    """Readers get nothing, the operator one notice, and the day's edition goes out when the feed is back."""
    feed = site.web.answers.pop("/feed.xml")
    first, second = site.run(), site.run()
    assert (first.exit_code, only(first).state, second.exit_code) == (3, "failed", 3)
    assert site.mailbox.recipients() == [OPERATOR]
    notice = site.mails()[0]
    assert "No new" not in str(notice["subject"])
    assert "Whether there is news is not known" in text_of(notice)
    assert [one.what for one in status(site).attention] == [
        f"no edition could be made on {MONDAY}: {only(first).why}"
    ]
    site.web.answers["/feed.xml"] = feed
    third = site.run()
    assert (third.exit_code, only(third).state) == (0, "news")
    assert site.mailbox.recipients() == [OPERATOR, ANN, BOB]
    assert status(site).attention == ()


def test_a_network_that_is_down_and_comes_back(site: Site) -> None:
    """Neither feeds nor mail server at six; both at a quarter past. Nobody needs the old notice any more."""
    port, feed = site.smtp_port, site.web.answers.pop("/feed.xml")
    with scripted_server("greeting", b"421 not now") as seen:
        site.smtp_port = int(seen[0])
        first = site.run()
    assert (first.exit_code, only(first).state) == (3, "failed")
    site.smtp_port = port
    site.web.answers["/feed.xml"] = feed
    second = site.run()
    assert (second.exit_code, only(second).state) == (0, "news")
    assert site.run().exit_code == 4
    assert site.mailbox.recipients() == [ANN, BOB]
    assert status(site).attention == ()


def test_a_broken_memory_of_feeds_is_begun_anew(site: Site) -> None:
    """It is told, and costs no edition and no second mail; what was sent is in the ledger."""
    site.run()
    (site.office().state / "feeds.sqlite3").write_bytes(b"no database at all" * 500)
    site.next_morning()
    assert only(site.run()).state == "quiet"
    assert any("was damaged and is begun anew" in line for line in site.told)


def test_a_day_without_any_edition_is_late_and_the_next_says_so(site: Site) -> None:
    """News of a missed day are in the next edition, once."""
    site.run()
    site.clock.instant = MORNING + timedelta(days=2)
    site.publish({"strike.txt": STRIKE, "rates.txt": RATES, "solar.txt": SOLAR}, age=timedelta(hours=20))
    outcome = site.run()
    assert (outcome.late, outcome.exit_code) == ((TUESDAY,), 1)
    assert "solar plant" in text_of(site.mails()[-1])
    assert site.run().late == ()
    assert status(site).late == (TUESDAY,)


def test_an_edition_waits_for_a_mail_server_that_is_down(site: Site) -> None:
    """The next run sends the very edition that was planned: it doesn't collect again."""
    port = site.smtp_port
    with scripted_server("greeting", b"421 try later") as seen:
        site.smtp_port = int(seen[0])
        first = site.run()
    assert (first.exit_code, outcomes(first)) == (3, ["waiting", "waiting"])
    asked = len(site.web.asked)
    site.smtp_port = port
    site.publish({"solar.txt": SOLAR})
    second = site.run()
    assert (second.exit_code, outcomes(second), len(site.web.asked)) == (0, ["sent", "sent"], asked)
    assert only(first).subject == str(site.mails()[0]["subject"])
    assert "solar" not in text_of(site.mails()[0])


def test_a_lost_answer_is_unknown_until_a_person_decides(site: Site) -> None:
    """It may have arrived, so it is shown, never sent again by itself, and `resend` sends it."""
    port = site.smtp_port
    with scripted_server(".") as seen:
        site.smtp_port = int(seen[0])
        first = site.run()
    site.smtp_port = port
    assert (first.exit_code, outcomes(first)[0]) == (1, "unknown")
    site.run()
    assert ANN not in site.mailbox.recipients()
    told = next(one for one in status(site).attention if ANN in one.what)
    assert f"--edition {MONDAY} --recipient {ANN}" in told.way_out
    outcome = resend(site.office(), LIVE, Again(MONDAY, ANN))
    assert (outcome.exit_code, outcomes(outcome)) == (0, ["sent"])
    assert site.mailbox.recipients().count(ANN) == 1


def test_resending_what_was_taken_needs_to_be_said(site: Site) -> None:
    """A typing error must not give a reader the same mail twice; the same mail it is then, by its id."""
    site.run()
    with pytest.raises(NothingToSend, match="the server took it at"):
        resend(site.office(), LIVE, Again(MONDAY, ANN))
    with pytest.raises(UnknownItem, match="Its recipients"):
        resend(site.office(), LIVE, Again(MONDAY, "eve@example.org"))
    with pytest.raises(UnknownItem, match="newest editions: 2025-02-24"):
        resend(site.office(), LIVE, Again(TUESDAY, ANN))
    resend(site.office(), LIVE, Again(MONDAY, ANN, even_if_sent=True))
    first, _, again = site.mails()
    assert first.as_bytes() == again.as_bytes()


def test_a_correction_is_a_reply_without_what_was_wrong(site: Site) -> None:
    """It answers the mail that it corrects, says why, and the article is gone from it."""
    site.run()
    outcome = correct(
        site.office(), LIVE, MONDAY, Correction(reason="The bank retracted."), [site.web.url("/rates.txt")]
    )
    first, correction = site.mails()[0], site.mails()[2]
    assert (outcome.exit_code, outcomes(outcome)) == (0, ["sent", "sent"])
    assert correction["in-reply-to"] == first["message-id"]
    assert str(correction["subject"]).startswith("CORRECTION:")
    assert "The bank retracted." in text_of(correction)
    assert "key rate" in text_of(first)
    assert "key rate" not in text_of(correction)
    with pytest.raises(UnknownItem, match="Its articles"):
        correct(site.office(), LIVE, MONDAY, Correction(reason="x"), ["no-such-article"])


def test_mail_leaves_to_nobody_unless_the_run_is_live(site: Site) -> None:
    """A copy of the configuration on a laptop must not write to the readers; nothing is even fetched."""
    with pytest.raises(NobodyAllowed, match="--live"):
        site.run(live=False)
    assert (site.web.asked, site.mailbox.taken) == ([], [])
    site.changed["mail"] = f'allow = ["{ANN}"]'
    outcome = site.run(live=False)
    assert outcomes(outcome) == ["sent", "held"]
    assert site.mailbox.recipients() == [ANN]


def test_a_password_is_in_nothing_that_is_told(site: Site, tmp_path: Path) -> None:
    """A refused log-in is told without the password; the edition waits for the right one."""
    certificate = make_certificate(tmp_path)
    site.changed["smtp"] = f'user = "{USER}"\npassword_env = "SMTP_WORD"\nca_file = "{certificate.cert}"'
    site.security = "starttls"
    with smtp_server(site.mailbox, certificate.context, auth=True) as site.smtp_port:
        refused = run_briefing(site.office(SMTP_WORD="wrong-but-secret"), LIVE)
        sent = run_briefing(site.office(SMTP_WORD=PASSWORD), LIVE)
    assert (refused.exit_code, sent.exit_code, site.mailbox.recipients()) == (2, 0, [ANN, BOB])
    shown = "\n".join((*refused.lines(), *sent.lines(), refused.to_json(), sent.to_json(), *site.told))
    assert "refuses the log-in of desk" in shown
    assert "wrong-but-secret" not in shown
    assert PASSWORD not in shown
    state = b"".join(one.read_bytes() for one in site.office(SMTP_WORD="x").state.iterdir())
    assert PASSWORD.encode() not in state


def test_every_run_is_told_to_the_healthcheck(site: Site) -> None:
    """Sent and nothing new are well; an outage, and settings that nobody could work with, are not."""
    site.changed["more"] = '[healthcheck]\nurl_env = "HC"'
    with healthcheck_service() as (base, heard):
        for _ in range(2):
            pinged_run(site.office(HC=f"{base}/uuid"), LIVE)
        with pytest.raises(NobodyAllowed):
            pinged_run(site.office(HC=f"{base}/uuid"), Order())
        site.next_morning()
        site.web.answers.clear()
        pinged_run(site.office(HC=f"{base}/uuid"), LIVE)
    assert [path for path, _ in heard] == ["/uuid", "/uuid", "/uuid/fail", "/uuid/fail"]
    assert b"Nothing new" in heard[1][1]
    assert b"FAILED: no briefing could be made" in heard[3][1]


def test_an_edition_by_hand_is_made_once(site: Site) -> None:
    """After its cut-off, too; ordering it twice sends it once."""
    site.clock.instant = MORNING + timedelta(hours=14)
    first, second = site.run(day=MONDAY), site.run(day=MONDAY)
    assert (first.exit_code, second.exit_code, len(site.mailbox.taken)) == (0, 4, 2)


def test_a_look_records_nothing(site: Site) -> None:
    """`--dry-run` before and after editions: mail and page are there, ledger and feeds as before."""
    office = site.office()
    made = look(office, None)
    mail, page = written(office, made.edition, site.folder).values()
    assert b"multipart/alternative" in mail
    assert b"Dock workers" in page
    assert not office.state.exists()
    site.run()
    site.next_morning()
    site.publish({"strike.txt": STRIKE, "solar.txt": SOLAR})
    assert look(site.office(), None).edition.state == "news"
    assert only(site.run()).state == "news"


def test_a_crash_before_items_are_remembered_is_made_good(site: Site) -> None:
    """The mail was sent, the machine died: the same article must not be news again tomorrow."""
    site.run()
    state = site.office().state
    for file in state.glob("feeds.sqlite3*"):
        file.unlink()
    site.next_morning()
    assert only(site.run()).state == "quiet"
    assert "  Bay Wire: 2 items, 0 new" in site.told


def test_old_editions_are_kept_without_their_texts(site: Site) -> None:
    """A ledger of years must not hold every article; what was sent to whom stays, and who waits is served."""
    site.run()
    office = site.office()
    with EditionLedger(office.state, site.clock.now()) as ledger:
        newest = edition_in(ledger, EditionKey(briefing="morning", day=MONDAY)).edition
        for number in range(1, PREVIOUS + 3):
            edition = newest.model_copy(update={"day": MONDAY - timedelta(days=number)})
            ledger.plan(plan_of(PlannedEdition(edition=edition, items=("x",)), None), [ANN], site.clock.now())
            if number < PREVIOUS + 2:  # the oldest one's reader still waits
                claim = ledger.claim(edition.key, ANN, site.clock.now())
                assert claim is not None
                ledger.close(claim, Ending("sent"), site.clock.now())
        abridge_old(ledger, "morning")
        held = {
            number: edition_in(ledger, EditionKey(briefing="morning", day=MONDAY - timedelta(days=number)))
            for number in (0, PREVIOUS - 1, PREVIOUS, PREVIOUS + 2)
        }
        assert {number: one.abridged for number, one in held.items()} == {
            0: False,
            PREVIOUS - 1: False,
            PREVIOUS: True,
            PREVIOUS + 2: False,
        }
        assert held[PREVIOUS].edition.subject == newest.subject
        assert len(sent_editions(ledger, "morning")) == PREVIOUS
    with pytest.raises(NothingToSend, match="not kept any more"):
        resend(office, LIVE, Again(MONDAY - timedelta(days=PREVIOUS), ANN, even_if_sent=True))


def test_an_edition_lives_on_in_pages(site: Site) -> None:
    """The page with the evidence is kept where the configuration says, and the mail leads to it."""
    site.changed["general"] = 'pages = "pages"\npage_address = "https://news.example.org/{day}.html"'
    site.run()
    page = (site.folder / "pages" / "2025-02-24.html").read_text(encoding="utf-8")
    assert "Dock workers in Marrow Bay" in page


def test_a_language_that_the_rules_cannot_read_is_left_out(site: Site) -> None:
    """One German article in an English feed is no failure, but is named."""
    german = "Die Gewerkschaft sagte am Montag in Hamburg, dass die Arbeiter der Häfen streiken wollen.\n" * 6
    site.publish({"strike.txt": STRIKE, "streik.txt": german})
    outcome = site.run()
    assert only(outcome).state in ("news", "degraded")
    assert re.search(r"streik\.txt", text_of(site.mails()[0])) or "language" in text_of(site.mails()[0])


def test_a_hostile_title_writes_no_header(site: Site) -> None:
    """Titles come from strangers."""
    feed = site.web.answers["/feed.xml"].body.replace(
        b"<title>Dock", b"<title>Dock&#13;&#10;Bcc: eve@example.org&#10;&#10;"
    )
    site.web.answers["/feed.xml"] = Answer(feed, "application/rss+xml")
    site.run()
    assert site.mailbox.recipients() == [ANN, BOB]
    assert all(mail["bcc"] is None for mail in site.mails())
