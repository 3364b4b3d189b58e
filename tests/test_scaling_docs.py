"""docs/scale.md is followed word for word by whoever sets up a cluster: what it names must exist."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import Any

import click
import pytest
import typer
import yaml
from command import ROOT

from summarizer.cli.main import app
from summarizer.version import __version__

pytest.importorskip("distributed")

DOCUMENT = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
IMAGE = f"registry.example/summarizer:{__version__}"


def manifests() -> list[dict[str, Any]]:
    """All Kubernetes objects, in order."""
    blocks = re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.DOTALL)
    return [one for block in blocks for one in yaml.safe_load_all(block)]


def pods() -> Iterator[dict[str, Any]]:
    """The templates of pods."""
    for one in manifests():
        if "template" in one["spec"]:
            yield one["spec"]["template"]


def containers() -> Iterator[dict[str, Any]]:
    """The containers of all pods."""
    for pod in pods():
        yield from pod["spec"]["containers"]


def shell_commands() -> Iterator[list[str]]:
    """Calls of `summarizer` and `dask` in the document's shell lines, those inside quotes of `ssh` too."""
    blocks = "\n".join(re.findall(r"```console\n(.*?)```", DOCUMENT, re.DOTALL))
    for found in re.findall(
        r"(?<![\w./-])(?:summarizer/bin/)?((?:summarizer|dask) [a-z][^|>;&'#\n]*)", blocks
    ):
        yield shlex.split(found)


def options_of(command: list[str]) -> set[str]:
    """The options that the program behind a command has."""
    if command[0] == "dask":
        from distributed.cli import dask_scheduler, dask_worker

        program: click.Command = {"scheduler": dask_scheduler.main, "worker": dask_worker.main}[command[1]]
    else:
        program = typer.main.get_command(app).commands[command[1]]  # type: ignore[attr-defined]
    return {option for parameter in program.params for option in (*parameter.opts, *parameter.secondary_opts)}


def commands() -> list[list[str]]:
    """Every command that the document gives."""
    return [*shell_commands(), *([str(word) for word in one["command"]] for one in containers())]


def test_every_command_and_option_exists():
    """A renamed option must not be found out by a pod that crashes."""
    found = commands()
    assert len([one for one in found if one[0] == "dask"]) == 4
    assert len([one for one in found if one[0] == "summarizer"]) >= 3
    for command in found:
        unknown = {word for word in command if re.match("--?[a-z]", word)} - options_of(command)
        assert not unknown, command


def test_selectors_find_their_pods_and_ports_fit():
    """A label that is misspelt leaves a service without anybody behind it, and says nothing."""
    labels = [pod["metadata"]["labels"] for pod in pods()]
    objects = {(one["kind"], one["metadata"]["name"]): one["spec"] for one in manifests()}
    service = objects["Service", "scheduler"]
    policy = objects["NetworkPolicy", "news-only"]
    assert [one for one in labels if service["selector"].items() <= one.items()] == [
        objects["Deployment", "scheduler"]["template"]["metadata"]["labels"]
    ]
    for (kind, _), spec in objects.items():
        if kind == "Deployment":
            selected = spec["selector"]["matchLabels"].items()
            assert selected <= spec["template"]["metadata"]["labels"].items()
    shut = policy["podSelector"]["matchLabels"]
    assert all(shut.items() <= one.items() for one in labels)
    assert policy["ingress"] == [{"from": [{"podSelector": {"matchLabels": shut}}]}]
    port = service["ports"][0]["port"]
    addresses = [word for command in commands() for word in command if word.startswith("tcp://scheduler")]
    assert addresses
    assert set(addresses) == {f"tcp://scheduler:{port}"}


def test_what_pods_refer_to_is_made_in_the_document():
    """Image, secret and disk are named in two places each."""
    assert {one["image"] for one in containers()} == {IMAGE}
    assert f"docker build -t {IMAGE} ." in DOCUMENT
    secrets = {ref["secretRef"]["name"] for one in containers() for ref in one.get("envFrom", ())}
    claims = {
        volume["persistentVolumeClaim"]["claimName"]
        for pod in pods()
        for volume in pod["spec"].get("volumes", ())
    }
    assert all(f"kubectl create secret generic {name} " in DOCUMENT for name in secrets)
    assert claims == {
        one["metadata"]["name"] for one in manifests() if one["kind"] == "PersistentVolumeClaim"
    }
    assert "\nRUN pip install --no-cache-dir -c /src/constraints.txt '/src[scale]'" in DOCUMENT
    assert (ROOT / "constraints.txt").is_file()
