"""`summarizer briefing schedule`: print or write what starts the briefing."""

from __future__ import annotations

import getpass
import os
import shutil
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote

from summarizer.cli.briefing_work import office_of
from summarizer.cli.options import settings_with
from summarizer.cli.output import say, write_file, write_out
from summarizer.errors import UsageProblem

#: Where GitHub's runner installs the program from; a fork names its own.
SOURCE_VARIABLE = "SUMMARIZER_SOURCE"
SOURCE = "https://github.com/OWNER/summarizer"


def print_schedule(config: Path, targets: Sequence[str], output: Path | None, image: str) -> None:
    """Print (or write into the folder `output`) the files for one target.

    Raises:
        UsageProblem: not exactly one target.
        BadBriefing: the configuration can't be meant.
    """
    from summarizer.briefing.installing import Site, install_files

    if len(targets) != 1:
        raise UsageProblem("Name one of --systemd, --cron, --github, --k8s.")
    office = office_of(config)
    site = Site(
        command=_command(),
        home=settings_with().home.absolute(),
        user=_user(),
        image=image,
        source=os.environ.get(SOURCE_VARIABLE, SOURCE),
        today=datetime.now(UTC).date(),
    )
    (target,) = targets
    made = install_files(office.briefing, target, site, config.read_text(encoding="utf-8"))  # type: ignore[arg-type]
    if output is None:
        write_out("\n".join(made.values()), "-")
        return
    for name, content in made.items():
        write_file(content.encode(), output / name)
        say(f"Written: {output / name}")


def _command() -> str:
    """How this program is called by a system that has another PATH."""
    own = Path(sys.argv[0])
    if own.name == "summarizer" and own.exists():
        return quote(str(own.absolute()))
    found = shutil.which("summarizer", path=str(Path(sys.executable).parent))
    return (
        quote(found)
        if found
        else f"{quote(sys.executable)} -c 'from summarizer.cli.main import main; main()'"
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, in a container
        return str(os.getuid())
