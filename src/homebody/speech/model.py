"""What is known of a speech model: what it is for, and its files."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from homebody.weights.files import HubFile, WeightFile


class Task(StrEnum):
    """What a speech model is there for."""

    ACTIVITY = "voice activity"
    RECOGNITION = "recognition"
    SYNTHESIS = "synthesis"
    SPEAKER = "speaker"
    WAKE = "wake word"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechModel:
    """A model of one or several files; ``memory_mb`` is what the process needs with it in MiB.

    ``standard``: the room is made of these; the others replace one of them where they are here.
    """

    id: str
    title: str
    task: Task
    licence: str
    languages: tuple[str, ...]
    memory_mb: int
    files: tuple[WeightFile, ...]
    standard: bool = False

    @property
    def size(self) -> int:
        """Bytes, of all files."""
        return sum(file.size for file in self.files)


def file_of(model: str, file: str, sha256: str | None, size: int, **where: object) -> WeightFile:
    name = file.rpartition("/")[2]
    return WeightFile(
        id=f"{model}.{name}", title=f"{model}: {name}", file=name, sha256=sha256, size=size,
        **where,  # type: ignore[arg-type]  # of the fields of WeightFile
    )  # fmt: skip


def hub_file(
    model: str, repo: str, file: str, sha256: str | None, size: int, revision: str = "main"
) -> WeightFile:
    return file_of(model, file, sha256, size, hub=HubFile(repo=repo, file=file, revision=revision))
