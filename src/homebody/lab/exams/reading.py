"""Reading the questions: CSV files with a header, one for each subject and split."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import yaml

from homebody.core.errors import InputError
from homebody.lab.exams.exam import LETTERS, Exam, Question, Subject
from homebody.weights.files import WeightFile

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where an exam keeps its questions, and what the columns are called.

    ``demos`` and ``questions`` are paths with ``{subject}`` in them; ``column`` names the columns of the
    question and of its answer; options are under their letters. ``count`` is how many questions there are;
    ``archive`` is the official file.
    """

    id: str
    title: str
    licence: str
    demos: str
    questions: str
    text: str
    answer: str
    count: int
    archive: WeightFile


class Files(Protocol):
    """A folder, or an archive."""

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises InputError."""


@dataclass(frozen=True, slots=True)
class Folder:
    """Files below a folder."""

    root: Path

    def read(self, name: str) -> bytes:
        try:
            return (self.root / name).read_bytes()
        except OSError as error:
            raise InputError(
                f"{self.root / name} cannot be read: {error.strerror}",
                hint="The folder should hold the data set as it is published (--data PATH).",
            ) from error


class Archive:
    """Files in a zip archive, by the end of their path."""

    def __init__(self, path: Path) -> None:
        """Raises InputError where it is not an archive."""
        try:
            self._archive = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile) as error:
            raise InputError(f"{path} is not a zip archive that can be read: {error}") from error
        self._path = path

    def read(self, name: str) -> bytes:
        for entry in self._archive.namelist():
            if entry == name or entry.endswith(f"/{name}"):
                try:
                    return self._archive.read(entry)
                except zipfile.BadZipFile as error:
                    raise InputError(f"{self._path} is damaged: {error}") from error
        raise InputError(f"There is no {name} in {self._path}")


def files_at(path: Path) -> Files:
    """The folder or archive at ``path``. Raises InputError."""
    if path.is_dir():
        return Folder(path)
    if path.is_file():
        return Archive(path)
    raise InputError(f"There is no data set at {path}", hint="A folder or the official zip archive.")


def read_exam(layout: Layout, files: Files) -> Exam:
    """Every subject of an exam. Raises InputError, which names the file and the line."""
    digest = hashlib.sha256()
    subjects = []
    for id_, about in subjects_of(layout.id).items():
        splits = []
        for pattern in (layout.demos, layout.questions):
            name = pattern.format(subject=id_)
            content = files.read(name)
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
            splits.append(_questions(name, content, layout))
        demos, questions = splits
        subjects.append(
            Subject(
                id=id_,
                title=about["title"],
                categories=tuple(about["categories"]),
                demos=demos,
                questions=questions,
            )
        )
    return Exam(
        id=layout.id,
        title=layout.title,
        licence=layout.licence,
        subjects=tuple(subjects),
        digest=digest.hexdigest(),
    )


def subjects_of(exam: str) -> Mapping[str, Mapping[str, Any]]:
    """Title and categories of each subject, by its id."""
    document = yaml.safe_load((HERE / f"{exam}.yaml").read_text(encoding="utf-8"))
    subjects: Mapping[str, Mapping[str, Any]] = document["subjects"]
    return subjects


def _questions(name: str, content: bytes, layout: Layout) -> tuple[Question, ...]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is not UTF-8 at byte {error.start}") from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = {layout.text, layout.answer, *LETTERS} - set(reader.fieldnames or ())
    if missing:
        raise InputError(f"{name} lacks the column {sorted(missing)[0]}", hint="Is it the right data set?")
    found = []
    try:
        for index, row in enumerate(reader):
            a, b, c, d = (_cell(row, letter, name, reader.line_num) for letter in LETTERS)
            found.append(
                Question(
                    index=index,
                    text=_cell(row, layout.text, name, reader.line_num),
                    options=(a, b, c, d),
                    answer=_letter(row[layout.answer], name, reader.line_num),
                )
            )
    except csv.Error as error:
        raise InputError(f"{name}, line {reader.line_num}: {error}") from error
    if not found:
        raise InputError(f"{name} has no questions")
    return tuple(found)


def _cell(row: Mapping[str, str | None], column: str, name: str, line: int) -> str:
    cell = row[column]
    if cell is None or not cell.strip():
        raise InputError(f"{name}, line {line}: {column} is empty", hint="Is the file cut off?")
    return cell


def _letter(cell: str | None, name: str, line: int) -> str:
    if cell not in LETTERS:
        raise InputError(f"{name}, line {line}: the answer is {cell!r}, and not one of {', '.join(LETTERS)}")
    return cell
