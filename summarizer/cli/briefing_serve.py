"""`summarizer briefing serve`: the same run, asked for every minute, told when it does something."""

from __future__ import annotations

import threading
from pathlib import Path

from summarizer.cli.briefing_work import office_of, order, pinged_run
from summarizer.cli.output import say
from summarizer.errors import AnotherRun


def serve_briefing(config: Path, *, live: bool) -> None:
    """Serve until a signal comes.

    Raises:
        BadBriefing, BadSetting, NobodyAllowed: at once; so does a container notice that it is set up wrongly.
    """
    from summarizer.briefing.office import check_allowed
    from summarizer.briefing.secrets import ping_address
    from summarizer.briefing.serving import Rounds, serve

    stop = threading.Event()
    office = office_of(config, stop=stop)
    asked = order(None, live=live)
    check_allowed(office, asked)
    office.server()
    ping_address(office.briefing, office.shop.environment)
    idle: list[str] = []

    def one_round() -> bool:
        try:
            outcome = pinged_run(office, asked)
        except AnotherRun as error:
            say(f"AnotherRun: {error}")
            return False
        lines = list(outcome.lines())
        # "Nothing new" is said when it changes, not every minute.
        if outcome.editions or outcome.late or lines != idle:
            for line in lines:
                say(line)
        idle[:] = [] if outcome.editions else lines
        return outcome.exit_code in (0, 4)

    say(f"Serving {office.briefing.name}; SIGTERM ends it.")
    serve(Rounds(one_round), stop, office.delivering, say)
