"""Prompts as versioned files, rendered strictly.

A prompt is one Markdown file `prompts/<name>.v<version>.md`: front matter (purpose, reply schema, variables),
then one section a message. A released version is never edited; a change is a new file and a line in
`prompts/HISTORY.md`.

Rendering is strict both ways: a variable that is missing and a variable that nobody uses are both errors.
Only the file is a template. What is put in (article text, items, reasons) is never read as one, so `{{ 7*7
}}` and `{% if` in an article arrive as they stand. Untrusted text is fenced: see `fence_key`.

The system message may not use variables: it is the part that providers cache, byte for byte.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from summarizer.errors import PromptProblem

if TYPE_CHECKING:
    from jinja2 import Template

Role = Literal["system", "user"]

_FRONT = re.compile(r"\A---\n(?P<front>.*?)\n---\n", re.DOTALL)
_SECTION = re.compile(r"^<!-- message: (system|user) -->\n", re.MULTILINE)
_FRONT_KEYS = ("name", "version", "purpose", "reply", "variables")
#: Hexadecimal digits of a fence key: enough that no article holds one by chance.
_KEY_CHARS = 8


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation with a model."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A prompt with everything filled in. `prompt` names it with its version; `sha256` is the file's."""

    prompt: str
    sha256: str
    messages: tuple[Message, ...]

    @property
    def chars(self) -> int:
        """Characters of all messages."""
        return sum(len(message.content) for message in self.messages)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt file, read and checked."""

    name: str
    version: int
    purpose: str
    reply: str
    variables: tuple[str, ...]
    sections: tuple[Message, ...]
    sha256: str

    @property
    def id(self) -> str:
        """Name with version, as in the file's name."""
        return f"{self.name}.v{self.version}"

    def section(self, role: Role) -> str:
        """The text of the first message of that role."""
        return next(section.content for section in self.sections if section.role == role)

    def render(self, values: Mapping[str, str]) -> Rendered:
        """Fill in `values`, one for every declared variable and none besides.

        Raises:
            PromptProblem: a variable is missing or is none of this prompt's.
        """
        missing = [name for name in self.variables if name not in values]
        unknown = [name for name in values if name not in self.variables]
        if missing or unknown:
            said = [f"no value for {', '.join(missing)}"] if missing else []
            said += [f"no variable named {', '.join(unknown)}"] if unknown else []
            raise PromptProblem(self.id, "; ".join(said))
        messages = tuple(
            Message(
                section.role,
                _template(section.content).render(values) if section.role == "user" else section.content,
            )
            for section in self.sections
        )
        return Rendered(self.id, self.sha256, messages)


@dataclass(frozen=True, slots=True)
class PromptSet:
    """Which version of each prompt belong together; `number` is that of the extraction prompt.

    `asks_per_cluster` is how often a story's questions may name one cluster or series; None: no limit.
    """

    number: int
    extract: int
    repair: int
    merge: int
    sentences: int
    asks_per_cluster: int | None

    def extract_prompt(self) -> Prompt:
        """What drafts of briefs are asked with."""
        return load_prompt("extract_brief", self.extract)

    def repair_prompt(self) -> Prompt:
        """What refused items are asked for again with."""
        return load_prompt("repair_items", self.repair)

    def merge_prompt(self) -> Prompt:
        """What the digest of a story is asked with."""
        return load_prompt("merge_digest", self.merge)

    def sentences_prompt(self) -> Prompt:
        """What refused sentences of a digest are asked for again with."""
        return load_prompt("repair_sentences", self.sentences)


#: Every set that has been released, by number: replies recorded with an older one are replayed with it.
PROMPT_SETS = {
    1: PromptSet(1, extract=1, repair=1, merge=1, sentences=1, asks_per_cluster=None),
    2: PromptSet(2, extract=2, repair=1, merge=2, sentences=1, asks_per_cluster=2),
}
NEWEST_PROMPTS = PROMPT_SETS[max(PROMPT_SETS)]


def prompt_set_of(extract_prompt: str) -> PromptSet:
    """The set of an extraction prompt, named as in provenance ("extract_brief.v1") or in a signature.

    Raises:
        PromptProblem: there is no such set.
    """
    version = extract_prompt.partition("@")[0].rpartition(".v")[2]
    found = PROMPT_SETS.get(int(version)) if version.isdecimal() else None
    if found is None:
        known = ", ".join(str(number) for number in PROMPT_SETS)
        raise PromptProblem(extract_prompt, f"belongs to no set of prompts; there are {known}")
    return found


@cache
def load_prompt(name: str, version: int, folder: Path | None = None) -> Prompt:
    """The prompt `<name>.v<version>.md` of `folder` (by default this package's own).

    Raises:
        PromptProblem: no such file, or it breaks the form that the module describes.
    """
    path = (folder or prompts_folder()) / f"{name}.v{version}.md"
    try:
        content = path.read_text(encoding="utf-8")
    except OSError as error:
        raise PromptProblem(path.name, f"can't be read: {error.strerror}") from error
    prompt = parse_prompt(content, path.name)
    if (prompt.name, prompt.version) != (name, version):
        raise PromptProblem(path.name, f"calls itself {prompt.id}")
    return prompt


def prompts_folder() -> Path:
    """Where the prompt files are: inside an installed package, else at the root of the checkout."""
    package = Path(__file__).parent
    installed = package / "_data" / "prompts"
    return installed if installed.is_dir() else package.parent / "prompts"


def parse_prompt(content: str, file_name: str) -> Prompt:
    """Read a prompt file's text and check that declared and used variables are the same.

    Raises:
        PromptProblem: as the module describes; the reason names the offending part.
    """
    front = _FRONT.match(content)
    if front is None:
        raise PromptProblem(file_name, "has no front matter between two lines of ---")
    fields: dict[str, str] = {}
    for line in front["front"].splitlines():
        key, colon, value = line.partition(":")
        if not colon or key not in _FRONT_KEYS or key in fields:
            raise PromptProblem(
                file_name, f"front matter line {line!r} is none of {', '.join(_FRONT_KEYS)}, each once"
            )
        fields[key] = value.strip()
    if len(fields) != len(_FRONT_KEYS) or not fields["version"].isdecimal():
        raise PromptProblem(file_name, f"front matter needs {', '.join(_FRONT_KEYS)}")
    parts = _SECTION.split(content[front.end() :])
    if len(parts) < 3 or parts[0].strip():
        raise PromptProblem(file_name, "needs sections that start with <!-- message: system --> or user")
    sections = tuple(
        Message("system" if role == "system" else "user", text.strip())
        for role, text in zip(parts[1::2], parts[2::2], strict=True)
    )
    if [section.role for section in sections] != ["system", "user"]:
        raise PromptProblem(file_name, "needs one system section and one user section, in this order")
    variables = tuple(name.strip() for name in fields["variables"].split(",") if name.strip())
    used = _variables_of(sections[1].content, file_name)
    if used != set(variables):
        odd = ", ".join(sorted(used ^ set(variables)))
        raise PromptProblem(file_name, f"declared and used variables differ: {odd}")
    return Prompt(
        name=fields["name"],
        version=int(fields["version"]),
        purpose=fields["purpose"],
        reply=fields["reply"],
        variables=variables,
        sections=sections,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
    )


def fence_key(*untrusted: str) -> str:
    """A key for fence lines that none of the fenced texts contains.

    Made from the texts themselves, so the same request is the same bytes. Who writes an article can't know
    the key before the text is finished: look-alike fences in it carry another key, and nothing in the text
    has to be changed to make them harmless.
    """
    digest = hashlib.sha256("\x00".join(untrusted).encode())
    while any(digest.hexdigest()[:_KEY_CHARS] in text for text in untrusted):
        digest.update(b"again")
    return digest.hexdigest()[:_KEY_CHARS]


@cache
def _template(source: str) -> Template:
    from jinja2 import Environment, StrictUndefined

    # Prompts are plain text for a model, no HTML: escaping would change what quotes must match.
    environment = Environment(
        undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True, trim_blocks=True
    )
    return environment.from_string(source)


def _variables_of(source: str, file_name: str) -> set[str]:
    from jinja2 import Environment, TemplateSyntaxError, meta

    try:
        return meta.find_undeclared_variables(Environment(autoescape=False).parse(source))
    except TemplateSyntaxError as error:
        raise PromptProblem(file_name, f"line {error.lineno} of the user section: {error.message}") from error
