"""The committed baseline: read it, replay it, promote a new one.

I/O. A baseline is a run file in `<data>/baseline/`, one per engine, and per set of prompts of a model. It is
replaced only by `promote`, which writes what changed, and why, into `CHANGES.md` beside it; no test and no
gate ever does.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from summarizer.errors import NoInput
from summarizer.evaluation.answers import Drafter, RulesDrafter
from summarizer.evaluation.documents import read_document
from summarizer.evaluation.flips import Flip, changed_digest_counts, item_flips
from summarizer.evaluation.model_answers import ModelDrafter, recordings_of
from summarizer.prompts import prompt_set_of
from summarizer.records.run import Run

CHANGES = "CHANGES.md"
_TITLE = "# What changed in the baselines, newest first\n"


def baseline_files(data: Path) -> list[Path]:
    """Run files in the data set's `baseline/`, in name order."""
    return sorted((data / "baseline").glob("*.json"))


def baseline_path(data: Path, run: Run) -> Path:
    """Where the baseline of a run's engine is, or would be."""
    name = "rules" if run.signature.engine == "rules" else _model_name(run)
    safe = "".join(char if char.isalnum() or char in "-._" else "-" for char in name)
    return data / "baseline" / f"{safe}.json"


def _model_name(run: Run) -> str:
    """The model with the number of its prompts: an older set stays guarded beside the newer one."""
    return f"{run.signature.model}.v{prompt_set_of(run.signature.prompt).number}"


def load_run(path: Path) -> Run:
    """A run file.

    Raises:
        NoInput: it isn't there.
        SchemaViolation: it is none.
    """
    return read_document(path, Run, f"Make one: summarizer eval run --json {path}")


def replayer(base: Run, data: Path) -> Drafter:
    """What answers again for a baseline: the rules engine itself, or a model's recordings alone."""
    if base.signature.engine == "rules":
        return RulesDrafter()
    return ModelDrafter.of_run(base, recordings_of(data))


def promote(run: Run, data: Path, reason: str, date: str) -> tuple[Path, tuple[Flip, ...]]:
    """Make `run` the baseline of its engine and note the difference; returns its path and the flips.

    Raises:
        NoInput: the run lacks answers, so it can't be a baseline.
    """
    if run.failed:
        lacking = ", ".join(f"{score.article} ({score.failed})" for score in run.failed)
        raise NoInput(f"This run can't be a baseline, answers are missing: {lacking}")
    path = baseline_path(data, run)
    before = load_run(path) if path.is_file() else None
    flips = item_flips(before, run) if before else ()
    path.parent.mkdir(parents=True, exist_ok=True)
    changes = path.parent / CHANGES
    older = changes.read_text("utf-8").removeprefix(_TITLE) if changes.is_file() else ""
    entry = _entry(run, before, flips, reason, date, path.name)
    changes.write_text(_TITLE + entry + older, encoding="utf-8")
    path.write_text(run.to_json(), encoding="utf-8")
    return path, flips


def _entry(run: Run, before: Run | None, flips: Sequence[Flip], reason: str, date: str, name: str) -> str:
    lines = ["", f"## {date} {name}", "", reason, "", f"`{run.signature.line()}`", ""]
    if before is None:
        lines.append("First baseline of this engine.")
    else:
        old = {score.metric: score.value for score in before.scores}
        changed = [
            f"- {score.metric}: {_shown(old.get(score.metric))} -> {_shown(score.value)}"
            for score in run.scores
            if score.value != old.get(score.metric)
        ]
        lines += [*changed, ""] if changed else []
        digests = changed_digest_counts(before, run)
        if digests:
            lines += ["Digest counts:", "", *(f"- {line}" for line in digests), ""]
        if not flips:
            lines.append("No item of a brief differs.")
            return "\n".join(lines) + "\n"
        lines += ["1 item:" if len(flips) == 1 else f"{len(flips)} items:", ""]
        lines += [
            f"- {f.article} {f.item.part} {f.item.gold or f.item.predicted}: {f.before} -> {f.after} — "
            f"“{' '.join(f.item.quote.split())[:120]}”"
            for f in flips
        ]
    return "\n".join(lines) + "\n"


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
