"""The compiled build (`make compiled`) makes what the interpreted one makes, to the byte."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from command import ROOT

COMPILED = ROOT / ".venv-compiled" / "bin" / "python"
WORK = ROOT / "tests" / "compiled_work.py"
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
HOOK = SETTINGS["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["custom"]


def _made_by(python: Path | str, where: Path, **environment: str) -> list[list[str]]:
    """Names and documents. The script lies in tests/, so the checkout isn't found by itself."""
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | environment
    command = [str(python), str(WORK)]
    done = subprocess.run(command, cwd=where, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.compiled
@pytest.mark.skipif(not COMPILED.exists(), reason="not built: make compiled")
def test_a_compiled_build_makes_the_same_bytes(tmp_path: Path) -> None:
    """Briefs of both are kept under one key and mixed in one digest."""
    interpreted = _made_by(sys.executable, tmp_path, PYTHONPATH=str(ROOT))
    compiled = _made_by(COMPILED, tmp_path)
    assert interpreted.pop(0)[1] == ".py"
    assert compiled.pop(0)[1] != ".py"
    assert len(interpreted) > 400
    assert [name for name, _ in compiled] == [name for name, _ in interpreted]
    differing = [one[0] for one, other in zip(interpreted, compiled, strict=True) if one != other]
    assert differing == []


def test_a_plain_installation_compiles_nothing() -> None:
    """Nobody needs a compiler who didn't ask for one."""
    assert HOOK["enable-by-default"] is False
    assert (ROOT / HOOK["path"]).exists()


def test_what_is_kept_from_compilation_is_there() -> None:
    """A renamed module would else be compiled again, and slow, unseen."""
    assert [name for name in (*HOOK["packages"], *HOOK["interpreted"]) if not (ROOT / name).exists()] == []
    assert all(any(name.startswith(f"{one}/") for one in HOOK["packages"]) for name in HOOK["interpreted"])
