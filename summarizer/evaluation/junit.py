"""A run or a gate as JUnit XML, for continuous integration.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from summarizer.evaluation.gates import GateResult
from summarizer.records.run import Run


def run_junit(run: Run) -> str:
    """Two suites: a case per answer (failed where there was none) and a case per metric with its value."""
    root = ElementTree.Element("testsuites", name="summarizer eval run")
    answers = ElementTree.SubElement(root, "testsuite", name="answers", tests=str(len(run.articles)))
    for score in run.articles:
        case = ElementTree.SubElement(
            answers,
            "testcase",
            classname=f"answers.{score.article}",
            name=f"repeat {score.repeat}",
            time=f"{score.usage.seconds:.3f}",
        )
        if score.failed is not None:
            ElementTree.SubElement(case, "failure", message=score.failed)
    answers.set("failures", str(len(run.failed)))
    scores = ElementTree.SubElement(
        root, "testsuite", name="scores", tests=str(len(run.scores)), failures="0"
    )
    for entry in run.scores:
        case = ElementTree.SubElement(scores, "testcase", classname="scores", name=entry.metric)
        out = ElementTree.SubElement(case, "system-out")
        out.text = f"{entry.value} mean {entry.mean} n {entry.n} {run.signature.line()}"
    return _written(root)


def gate_junit(results: Sequence[GateResult]) -> str:
    """A suite per gate: a case for the verdict, and one for every item that has flipped."""
    root = ElementTree.Element("testsuites", name="summarizer eval gate")
    for result in results:
        suite = ElementTree.SubElement(root, "testsuite", name=result.gate)
        failed = result.exit_code != 0
        case = ElementTree.SubElement(suite, "testcase", classname=result.gate, name="verdict")
        if failed:
            failure = ElementTree.SubElement(case, "failure", message=result.verdict)
            failure.text = "\n".join(result.reasons)
        for flip in result.flips:
            name = f"{flip.item.part} {flip.item.gold or flip.item.label}"
            case = ElementTree.SubElement(
                suite, "testcase", classname=f"{result.gate}.{flip.article}", name=name
            )
            failure = ElementTree.SubElement(case, "failure", message=f"{flip.before} -> {flip.after}")
            failure.text = str(flip)
        suite.set("tests", str(1 + len(result.flips)))
        suite.set("failures", str(int(failed) + len(result.flips)))
    return _written(root)


def _written(root: ElementTree.Element) -> str:
    for element in root.iter():
        for name, value in element.attrib.items():
            element.set(name, _xml_safe(value))
        if element.text:
            element.text = _xml_safe(element.text)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, "unicode") + "\n"


def _xml_safe(string: str) -> str:
    """Without the control characters that XML 1.0 can't hold."""
    return "".join(char if char >= " " or char in "\n\t" else "�" for char in string)
