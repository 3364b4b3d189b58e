"""Recorded answers of models: asked once, replayed for ever, and never for another question.

I/O. A folder of one file per answer. The file's name is the hash of everything that made the answer (prompt,
reply schema, model, parameters, article text, repeat): change any of them and there is no recording, which
the replay gate calls "unrecorded", never "passed". The rules engine is not recorded.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from summarizer.errors import SchemaViolation
from summarizer.evaluation.answers import SHORT, Drafted, Drafter, text_sha256
from summarizer.evaluation.documents import read_document
from summarizer.records.article import Article
from summarizer.records.draft import DraftBrief
from summarizer.records.run import AnswerKey, Parameters, Recording, Run

#: How the runner says that a recording is missing; the gate looks for it.
UNRECORDED = "unrecorded"


def key_hash(key: AnswerKey) -> str:
    """SHA-256 of a key as canonical JSON."""
    canonical = json.dumps(key.to_dict(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Recordings:
    """The recordings of a folder."""

    folder: Path

    def path(self, key: AnswerKey) -> Path:
        """Where the answer to `key` is, or would be."""
        return self.folder / f"{key_hash(key)}.json"

    def find(self, key: AnswerKey) -> Recording | None:
        """The recorded answer, or None.

        Raises:
            SchemaViolation: the file isn't a recording, or is one of another question.
        """
        path = self.path(key)
        if not path.is_file():
            return None
        recording = read_document(path, Recording)
        if recording.key != key:
            raise SchemaViolation(str(path), "$.key", recording.key.to_dict(), "is not what the name says")
        return recording

    def store(self, recording: Recording) -> Path:
        """Write a recording; a crash leaves either all of it or nothing."""
        path = self.path(recording.key)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        unfinished.write_text(recording.to_json(), encoding="utf-8")
        unfinished.replace(path)
        return path


@dataclass(frozen=True, slots=True)
class PromptedModel:
    """A model as a baseline knows it, with the prompt and reply schema as they are now. Can't be asked.

    Behind a `RecordedDrafter` it replays a baseline without any model: if prompt or schema have changed
    since, its keys name recordings that don't exist.
    """

    model: str
    prompt_name: str
    prompt_sha256: str
    parameters: Parameters
    engine: str = "model"

    @property
    def prompt(self) -> str:
        """Prompt with version and hash."""
        return f"{self.prompt_name}@{self.prompt_sha256[:SHORT]}"

    @classmethod
    def of(cls, run: Run, prompts: Path | None = None) -> PromptedModel:
        """The engine of a run, with the prompt of that name as `prompts` (the package's own) holds it now."""
        name = run.signature.prompt.partition("@")[0]
        return cls(run.signature.model, name, prompt_sha256(name, prompts), run.parameters)

    def key(self, article: Article, repeat: int) -> AnswerKey:
        """The name of the recording."""
        return AnswerKey(
            engine=self.engine,
            model=self.model,
            prompt_sha256=self.prompt_sha256,
            reply_schema_sha256=reply_schema_sha256(),
            parameters=self.parameters,
            article_sha256=text_sha256(article.text),
            repeat=repeat,
        )

    def draft(self, article: Article, repeat: int) -> Drafted:
        """No answer."""
        return Drafted(None, failed=f"{UNRECORDED}: {article.id}, repeat {repeat}")


def prompt_sha256(prompt: str, folder: Path | None = None) -> str:
    """Hash of the prompt file called `<name>.v<version>`, or "missing"."""
    from summarizer.errors import SummarizerError
    from summarizer.prompts import load_prompt

    name, _, version = prompt.rpartition(".v")
    try:
        return load_prompt(name, int(version) if version.isdecimal() else 0, folder).sha256
    except SummarizerError:
        return "missing"


def reply_schema_sha256() -> str:
    """Hash of the schema that a model's draft has to follow."""
    schema = json.dumps(DraftBrief.model_json_schema(), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(schema.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class RecordedDrafter:
    """A drafter that answers from recordings; asks `live` for what is missing, and records it.

    Without `record_missing` nothing is asked: a missing recording is a failed answer, "unrecorded".
    Interrupted runs resume where they stopped, since every answer is stored as it comes.
    """

    live: Drafter
    recordings: Recordings
    record_missing: bool = True

    @property
    def engine(self) -> str:
        """As the live one's."""
        return self.live.engine

    @property
    def model(self) -> str:
        """As the live one's."""
        return self.live.model

    @property
    def prompt(self) -> str:
        """As the live one's."""
        return self.live.prompt

    @property
    def parameters(self) -> Parameters:
        """As the live one's."""
        return self.live.parameters

    def key(self, article: Article, repeat: int) -> AnswerKey | None:
        """As the live one's."""
        return self.live.key(article, repeat)

    def draft(self, article: Article, repeat: int) -> Drafted:
        """The recorded answer, or a new one."""
        key = self.live.key(article, repeat)
        if key is None:
            return self.live.draft(article, repeat)
        found = self.recordings.find(key)
        if found is not None:
            return Drafted(found.draft, found.failed, found.repairs, found.usage, replayed=True)
        if not self.record_missing:
            return Drafted(None, failed=f"{UNRECORDED}: {article.id}, repeat {repeat}: {key_hash(key)}")
        drafted = self.live.draft(article, repeat)
        if drafted.failed is None:
            self.recordings.store(
                Recording(
                    article=article.id,
                    key=key,
                    draft=drafted.draft,
                    failed=None,
                    repairs=drafted.repairs,
                    usage=drafted.usage,
                )
            )
        return drafted
