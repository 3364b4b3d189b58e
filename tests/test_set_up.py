"""Setting up: what a newcomer's `make` does where something is missing, and that make targets exist."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from command import ROOT


def _path_with(tmp_path: Path, *commands: str) -> str:
    """A PATH with only these commands."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in commands:
        for place in os.environ["PATH"].split(":"):
            if (Path(place) / name).exists():
                (folder / name).symlink_to(Path(place) / name)
                break
    return str(folder)


def test_without_a_python_it_says_what_to_install(tmp_path: Path) -> None:
    """A newcomer's first error must tell the way out, not "command not found"."""
    path = _path_with(tmp_path, "bash", "cat", "rm")
    done = subprocess.run(
        ["bash", ROOT / "scripts" / "set_up.sh", tmp_path / "venv", "."],
        env={"PATH": path}, capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 1
    assert "No Python 3.11 or newer was found" in done.stderr
    assert "apt install python3" in done.stderr
    assert not (tmp_path / "venv").exists()


def test_an_old_python_is_passed_over(tmp_path: Path) -> None:
    """Version managers and old systems leave names that don't do."""
    path = _path_with(tmp_path, "bash", "cat", "rm")
    old = Path(path) / "python3"
    old.write_text("#!/bin/bash\nexit 1\n")
    old.chmod(0o755)
    done = subprocess.run(
        ["bash", ROOT / "scripts" / "set_up.sh", tmp_path / "venv", "."],
        env={"PATH": path}, capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert "No Python 3.11 or newer" in done.stderr


@pytest.mark.parametrize("target", ["digest", "briefing", "test", "check", "eval", "bench"])
def test_every_promised_target_exists(target: str) -> None:
    """What the README and `make help` name must be there."""
    done = subprocess.run(["make", "-n", target], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    listed = subprocess.run(["make"], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert f"make {target}" in listed


def test_every_dependency_is_pinned_within_its_bounds() -> None:
    """CI must test what users get, and the pins must satisfy pyproject.toml."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = (line.split("==") for line in lines if line and not line.startswith("#"))
    pins = {canonicalize_name(name): version for name, version in pinned}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    # Extras that only some people need are installed by nobody here, and so not pinned.
    installed = (*extras["eval"], *extras["dev"], *extras["llama"])
    for line in (*project["dependencies"], *installed):
        requirement = Requirement(line)
        if requirement.name != project["name"]:
            assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)]), line


def test_the_ci_script_runs_what_the_readme_tells_people() -> None:
    """Two sets of commands would drift apart."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("make check", "make test"):
        assert re.search(rf"^{command}$", script, re.MULTILINE)
        assert command in readme
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert sys.version_info >= (3, 11)
