"""The `summarizer` command: puts the command groups together and turns errors into exit codes.

Exit codes: 0 done, 1 some articles failed, 2 bad input or settings, 3 a model or mail server can't be
reached, 4 nothing new, 130 interrupted. Data goes to standard output, everything else to standard error.
Nothing heavy is imported here, so that `--help` and shell completion answer at once.
"""

from __future__ import annotations

import errno
import gc
import sys
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from summarizer.cli.briefs import brief
from summarizer.cli.diff import diff
from summarizer.cli.digests import digest
from summarizer.cli.doctor import doctor
from summarizer.cli.documents import schema, validate
from summarizer.cli.show import show
from summarizer.errors import OutputProblem, SummarizerError
from summarizer.version import __version__

#: So many objects more than before, some five to ten megabytes, before Python looks at the youngest.
_ALLOCATIONS_A_LOOK = 50_000


class _LateGroup(TyperGroup):
    """Commands of a group, loaded when one is asked for: the others needn't wait for them."""

    module = ""

    def list_commands(self, ctx: Any) -> list[str]:
        self._load()
        return super().list_commands(ctx)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        self._load()
        return super().get_command(ctx, cmd_name)

    def _load(self) -> None:
        if not self.commands:
            from importlib import import_module

            from typer.main import get_group

            plain = typer.Typer(rich_markup_mode=None)
            plain.add_typer(import_module(self.module).app)
            self.commands = get_group(plain).commands


class _EvalGroup(_LateGroup):
    module = "summarizer.cli.eval"


class _BriefingGroup(_LateGroup):
    module = "summarizer.cli.briefing"


app = typer.Typer(
    name="summarizer",
    help="Structured briefs and digests of news; every item is tied to a verbatim span of its article.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for command in (brief, digest, diff, show, validate, schema, doctor):
    app.command()(command)
app.add_typer(
    typer.Typer(),
    name="eval",
    cls=_EvalGroup,
    no_args_is_help=True,
    help="Score an engine against hand labels.",
)
app.add_typer(
    typer.Typer(),
    name="briefing",
    cls=_BriefingGroup,
    no_args_is_help=True,
    help="A scheduled daily briefing by e-mail.",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"summarizer {__version__}\n")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and exit.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    pass


def collect_rarely() -> None:
    """Have Python look for unreachable cycles less often: for this process as a whole, so only a command may.

    Records make none. Looking for them took a tenth of merging: each look of the deepest kind walks over
    every word list, and what one story takes is there just long enough to be seen by several.
    """
    gc.set_threshold(_ALLOCATIONS_A_LOOK)


def main() -> NoReturn:
    """Run the command line and end the process with its exit code."""
    collect_rarely()
    try:
        app(prog_name="summarizer")
    except SummarizerError as error:
        from summarizer.cli.output import say

        say(f"{type(error).__name__}: {error}")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        # Output that a library writes (help, tables) behind `>` on a full disk; anything else is a bug.
        if error.errno not in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
            raise
        from summarizer.cli.output import drop_output, say

        drop_output()
        problem = OutputProblem("standard output", (error.strerror or str(error)).lower())
        say(f"OutputProblem: {problem}")
        sys.exit(problem.exit_code)
    sys.exit(0)
