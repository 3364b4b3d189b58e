"""`summarizer briefing …`: write and check a configuration, send what is due, see what became of it.

Data goes to standard output, progress and reasons to standard error. Exit codes of `run`: 0 sent, 1 degraded
or somebody didn't get it, 2 settings, 3 no edition could be made or the mail server can't be reached,
4 nothing new.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from summarizer.cli.options import QuietOption, SchedulerOption

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

ConfigOption = Annotated[
    Path,
    typer.Option("--config", "-c", metavar="FILE", help="The configuration.", envvar="SUMMARIZER_BRIEFING"),
]
LiveOption = Annotated[
    bool,
    typer.Option("--live", help="Send to all readers. Without it, to the addresses in [mail] allow only."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="The outcome as JSON on standard output.")]
DateOption = Annotated[
    str | None,
    typer.Option(
        "--date", metavar="YYYY-MM-DD", help="Make this day's edition, due or not.", show_default=False
    ),
]
EditionOption = Annotated[
    str, typer.Option("--edition", metavar="YYYY-MM-DD", help="Day of the edition.", show_default=False)
]
DEFAULT_CONFIG = Path("briefing.toml")


class Target(StrEnum):
    """What a briefing can be started by."""

    SYSTEMD = "systemd"
    CRON = "cron"
    GITHUB = "github"
    K8S = "k8s"


@app.command()
def init(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Write a commented configuration, or check the one that is there."""
    from summarizer.cli.briefing_work import check_config, write_template

    if config.exists():
        check_config(config)
    else:
        write_template(config)


@app.command()
def run(
    config: ConfigOption = DEFAULT_CONFIG,
    day: DateOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write the mail and the page; send and record nothing.")
    ] = False,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where --dry-run writes.")
    ] = Path("out"),
    live: LiveOption = False,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    scheduler: SchedulerOption = None,
) -> None:
    """Make and send the edition that is due, to each reader once, whatever happened before."""
    from summarizer.cli import briefing_work as work

    office = work.office_of(config, quiet=quiet, scheduler=scheduler)
    wanted = work.parsed_day("--date", day, office)
    if dry_run:
        raise typer.Exit(work.look_and_write(office, wanted, output, as_json=as_json))
    raise typer.Exit(work.run_and_tell(office, work.order(wanted, live=live), as_json=as_json, quiet=quiet))


@app.command()
def status(config: ConfigOption = DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """What ran, what is due, what failed and why. Exit code 1: something waits for you."""
    from summarizer.cli.briefing_work import office_of, show_status

    raise typer.Exit(show_status(office_of(config, quiet=True), as_json=as_json))


@app.command()
def resend(
    edition: EditionOption,
    recipient: Annotated[str, typer.Option("--recipient", metavar="ADDRESS", help="Whom to send it to.")],
    config: ConfigOption = DEFAULT_CONFIG,
    even_if_sent: Annotated[
        bool, typer.Option("--even-if-sent", help="Also if the server took it the first time.")
    ] = False,
    live: LiveOption = False,
    as_json: JsonOption = False,
) -> None:
    """Send an edition to one recipient again: after an unknown fate, or when he lost it."""
    from summarizer.briefing.mending import Again
    from summarizer.briefing.mending import resend as send_again
    from summarizer.cli import briefing_work as work

    office = work.office_of(config)
    day = work.given_day("--edition", edition, office)
    outcome = send_again(office, work.order(None, live=live), Again(day, recipient, even_if_sent))
    raise typer.Exit(work.tell(outcome, as_json=as_json))


@app.command()
def correct(
    edition: EditionOption,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="What was wrong, in a sentence.")],
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without", metavar="ARTICLE", help="Leave out this article (id or address); repeatable."
        ),
    ] = None,
    config: ConfigOption = DEFAULT_CONFIG,
    live: LiveOption = False,
    as_json: JsonOption = False,
) -> None:
    """Send a correction of an edition, as a reply to it, made of the same articles but those left out."""
    from summarizer.briefing.mending import correct as send_correction
    from summarizer.cli import briefing_work as work
    from summarizer.records.edition import Correction

    office = work.office_of(config)
    day = work.given_day("--edition", edition, office)
    correction = Correction(reason=work.given_words("--reason", reason))
    outcome = send_correction(office, work.order(None, live=live), day, correction, tuple(without or ()))
    raise typer.Exit(work.tell(outcome, as_json=as_json))


@app.command()
def schedule(
    config: ConfigOption = DEFAULT_CONFIG,
    systemd: Annotated[bool, typer.Option("--systemd", help="A service and a timer.")] = False,
    cron: Annotated[bool, typer.Option("--cron", help="A line for crontab.")] = False,
    github: Annotated[bool, typer.Option("--github", help="A GitHub Actions workflow.")] = False,
    k8s: Annotated[bool, typer.Option("--k8s", help="A Kubernetes CronJob with all it needs.")] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FOLDER", help="Write files there.", show_default=False),
    ] = None,
    image: Annotated[str, typer.Option("--image", help="Container image, for --k8s.")] = (
        "registry.example.org/summarizer:latest"
    ),
) -> None:
    """Print what starts the briefing on your system; installs nothing."""
    from summarizer.cli.briefing_install import print_schedule

    given = {Target.SYSTEMD: systemd, Target.CRON: cron, Target.GITHUB: github, Target.K8S: k8s}
    print_schedule(config, [target for target, wanted in given.items() if wanted], output, image)


@app.command()
def serve(config: ConfigOption = DEFAULT_CONFIG, live: LiveOption = False) -> None:
    """Stay in the foreground and send each edition when it is due; for containers. Ends on SIGTERM."""
    from summarizer.cli.briefing_serve import serve_briefing

    serve_briefing(config, live=live)
