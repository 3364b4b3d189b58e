"""A briefing read by a language model: cost in the edition, a budget, and a model that nobody reaches."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from briefing_site import ANN, BOB, OPERATOR, SOLAR, Site, briefing_site, only, text_of
from command import STRIKE
from faults_server import FaultServer, Step, ok, says, status

MORE = '\n[model]\nname = "m"\nbase_url = "{url}"\n{rest}'


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Two articles in one feed."""
    with briefing_site(tmp_path) as made:
        yield made


def use(site: Site, server: FaultServer, rest: str = "") -> None:
    site.changed["more"] = MORE.format(url=server.url, rest=rest)


def plan(number: int, request: dict[str, Any]) -> Step:
    if "Questions:" in request["messages"][-1]["content"]:
        return says('{"verdicts": [], "pairs": [], "summary": []}')
    return ok


def test_an_edition_by_a_model_says_what_it_cost(site: Site) -> None:
    """Engine, prompt and money stand in the mail's footer; what is paid for is asked once."""
    with FaultServer(plan=plan) as server:
        use(site, server, 'price = "1000,1000,1000"')
        outcome = site.run()
        asked = len(server.requests)
        assert site.run().exit_code == 4
        assert len(server.requests) == asked
    text = text_of(site.mails()[0])
    assert (outcome.exit_code, site.mailbox.recipients()) == (0, [ANN, BOB])
    assert "Engine m, prompt extract_brief.v" in text
    assert "Cost 0.0000" not in text


def test_a_budget_that_is_used_up_degrades_the_edition(site: Site) -> None:
    """Articles that are left count as failed and are named; the run doesn't pass the budget."""
    site.publish({f"strike-{number}.txt": f"{STRIKE}\nNumber {number} of it.\n" for number in range(20)})
    with FaultServer(plan=plan) as server:
        use(site, server, 'price = "1000,1000,1000"\nbudget = 20')
        outcome = site.run()
    assert (outcome.exit_code, only(outcome).state) == (1, "degraded")
    assert "budget" in only(outcome).why


def test_a_refused_key_is_a_notice_with_the_way_out(site: Site) -> None:
    """Exit code 2, since somebody has to set something; readers hear nothing; the key is nowhere."""
    with FaultServer(steps=[status(401, "bad key")] * 9) as server:
        use(site, server)
        outcome = site.run()
    assert (outcome.exit_code, only(outcome).state) == (2, "failed")
    assert site.mailbox.recipients() == [OPERATOR]
    assert "key" in only(outcome).why
    site.publish({"solar.txt": SOLAR})
    del site.changed["more"]
    assert site.run().exit_code == 0  # mended: the day's edition goes out
