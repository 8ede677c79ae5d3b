"""The results file of a run: JSON Lines, one for what was run and then one for each question.

A line is written when its question was answered, so that a run may end in any way and go on at the question
where it stopped. What was cut off in the middle of a line is dropped. One process writes to a file at a time.
The file holds no question, and no word of one.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from homebody.core.errors import InputError, RecordError

SCHEMA = "homebody.lab.exam/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What was run, with what, on what. All but ``machine`` decides the scores.

    ``data`` and ``model_sha256`` are hashes; ``model_bytes`` is the size of the file; ``features`` is what
    the runtime uses of the processor.
    """

    exam: str
    title: str
    data: str
    protocol: str
    shots: int
    model: str
    model_sha256: str
    model_bytes: int
    model_description: str
    runtime: str
    features: str
    machine: str
    schema: str = SCHEMA


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One question. ``scores`` are natural logarithms of probabilities, of A to D in order.

    ``prompt`` is the beginning of the sha256 of the prompt's text; ``key`` the right letter; ``tokens`` the
    length of the prompt, ``evaluated`` how many had to be read, with the shared beginning where this question
    was the first after it; ``ms`` what that took.
    """

    subject: str
    index: int
    prompt: str
    key: str
    answer: str
    scores: tuple[float, ...]
    tokens: int
    evaluated: int
    ms: float

    @property
    def right(self) -> bool:
        return self.answer == self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What a file holds, each question once, in the order of the file."""

    heading: Heading
    answered: tuple[Answered, ...]


class Writer:
    """An open results file. Made by ``writing``."""

    def __init__(self, path: Path, file: BinaryIO, answered: tuple[Answered, ...]) -> None:
        """Use ``writing``."""
        self._path, self._file = path, file
        self.answered = answered

    def add(self, answered: Answered) -> None:
        """Keep an answer. Raises RecordError, for example where the disk is full; nothing before is lost."""
        _append(self._path, self._file, asdict(answered))


@contextmanager
def writing(path: Path, heading: Heading) -> Iterator[Writer]:
    """Begin a results file, or go on with one.

    Raises InputError where another run is writing to it or where it is of another run, RecordError where it
    cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b", buffering=0)
    except OSError as error:
        raise RecordError(f"{path} cannot be written: {error.strerror}") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # the system frees it, however the process ends
        except BlockingIOError as error:
            raise InputError(
                f"Another run is writing to {path}", hint="Wait for it, or name another file with --results."
            ) from error
        file.seek(0)
        content = file.read()
        whole = content[: content.rfind(b"\n") + 1]
        if len(whole) < len(content):
            os.ftruncate(file.fileno(), len(whole))
        if whole:
            found = _parse(path, whole)
            _same_run(path, found.heading, heading)
            yield Writer(path, file, found.answered)
        else:
            _append(path, file, asdict(heading))
            yield Writer(path, file, ())


def load_results(path: Path) -> Results:
    """Read a results file, also one that is being written. Raises InputError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    return _parse(path, content[: content.rfind(b"\n") + 1])


def _append(path: Path, file: BinaryIO, value: dict[str, Any]) -> None:
    line = json.dumps(value, ensure_ascii=False).encode() + b"\n"
    try:
        written = file.write(line)
    except OSError as error:
        raise _unwritten(path, error.strerror or str(error)) from error
    if written != len(line):
        raise _unwritten(path, "the disk is full")


def _unwritten(path: Path, why: str) -> RecordError:
    return RecordError(
        f"{path} cannot be written: {why}", hint="Make room and run again: it goes on where it stopped."
    )


def _parse(path: Path, content: bytes) -> Results:
    lines = content.splitlines()
    number = 0
    try:
        if not lines:
            raise ValueError("it is empty")
        number = 1
        first = json.loads(lines[0])
        if first.get("schema") != SCHEMA:
            raise ValueError(f"its schema is {first.get('schema')!r}, and {SCHEMA!r} is read here")
        heading = Heading(**first)
        answered = {}
        for number, line in enumerate(lines[1:], 2):  # noqa: B007 - named in the error
            value = json.loads(line)
            answer = Answered(**{**value, "scores": tuple(value["scores"])})
            answered[answer.subject, answer.index] = answer
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(
            f"{path}, line {number}: not a results file of an exam: {error}",
            hint="Name another file with --results.",
        ) from error
    return Results(heading=heading, answered=tuple(answered.values()))


def _same_run(path: Path, found: Heading, wanted: Heading) -> None:
    for name, value in asdict(wanted).items():
        if name != "machine" and asdict(found)[name] != value:
            raise InputError(
                f"{path} is of another run: its {name} is {asdict(found)[name]}, and not {value}",
                hint="Name another file with --results.",
            )
