"""The public Python API: what is exported, what it costs to import, and that the README's example runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from command import ROOT

import summarizer

PUBLIC = [
    "Actor", "ActorCluster", "Article", "Brief", "Claim", "ClaimCluster", "Digest", "DraftBrief", "Engine",
    "Evidence", "Figure", "FigureSeries", "LoadOptions", "LoadResult", "ModelOptions", "ModelRun",
    "OpenQuestion", "RulesEngine",
    "SourceError", "SummarizerError", "TimelineEvent", "UsageProblem", "__version__", "article_from_text",
    "digest_with_model", "extract_brief", "load_articles", "load_schema", "merge_briefs", "run_with_model",
    "validate_document",
]  # fmt: skip
HEAVY = ("pydantic", "rich", "typer", "jsonschema", "openai", "instructor", "trafilatura", "pypdf", "scipy")


def test_the_public_names_are_these() -> None:
    """Whatever stands here is promised; a change of the list is a change of the promise."""
    assert summarizer.__all__ == PUBLIC
    for name in PUBLIC:
        assert getattr(summarizer, name) is not None
    assert set(PUBLIC) <= set(dir(summarizer))


def test_an_unknown_name_is_an_attribute_error() -> None:
    """hasattr and typos work as everywhere."""
    with pytest.raises(AttributeError, match="no attribute 'sumarise'"):
        _ = summarizer.sumarise  # type: ignore[attr-defined]


def test_importing_the_package_loads_nothing_heavy() -> None:
    """A tool that only asks for the version must not wait for a model client."""
    code = f"import summarizer, sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_the_example_of_the_readme_runs(tmp_path: Path) -> None:
    """The first thing that a newcomer copies has to work."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    examples = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    assert examples
    for example in examples:
        done = subprocess.run(
            [sys.executable, "-c", example], capture_output=True, text=True, cwd=ROOT, check=False, timeout=60
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout


def test_the_example_with_a_model_names_what_is_public() -> None:
    """It would ask a real endpoint, so it is compiled and not run."""
    text = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    compile(example, "models.md", "exec")
    (imported,) = re.findall(r"from summarizer import (.*)", example)
    assert set(imported.split(", ")) <= set(PUBLIC)
