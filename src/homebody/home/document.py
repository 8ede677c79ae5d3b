"""A YAML text as plain data, with the place of every key: so that an error can say where.

Stricter than YAML on purpose, since a home file may come from elsewhere:

- anchors, aliases and tags are refused (aliases multiply a small file into a huge one; tags call code);
- a key stands once in its mapping; keys are words, taken as they are written;
- nesting is at most 20 deep, and there is one document in a file;
- only ``true`` and ``false`` are truth values and only decimal numbers are numbers, as in YAML 1.2: ``on``,
  ``off``, ``yes``, ``no``, dates and ``22:30`` are texts.

Works through parser events with a stack of its own, so that no input can exhaust Python's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml

from homebody.core.errors import HomeFileError

Path = tuple[str | int, ...]
"""Keys and list positions from the top of the document: ``("devices", 3, "name")``."""

MAX_DEPTH = 20
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's where it was built: ten times faster
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WHOLE = re.compile(r"[-+]?[0-9]{1,18}")
_REAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong: where, and what is allowed there."""

    path: Path
    text: str


@dataclass(slots=True, kw_only=True)
class Document:
    """``data`` is dicts, lists, texts, numbers, truth values, None; ``problems`` what was wrong already."""

    source: str
    data: Any = None
    problems: list[Problem] = field(default_factory=list)
    _places: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def describe(self, problem: Problem) -> str:
        """``file:line:column key.path: text``, at the nearest key that is there."""
        known = problem.path
        while known and known not in self._places:
            known = known[:-1]
        line, column = self._places.get(known, (1, 1))
        keys = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in problem.path)
        where = f"{self.source}:{line}:{column}"
        return (
            f"{where} {_shown(keys.removeprefix('.'))}: {problem.text}"
            if keys
            else f"{where}: {problem.text}"
        )


def read_document(text: str, source: str) -> Document:
    """The data of a YAML text. Raises ``HomeFileError`` where it cannot be read to its end."""
    if unprintable := _UNPRINTABLE.search(text):
        line = text.count("\n", 0, unprintable.start()) + 1
        column = unprintable.start() - text.rfind("\n", 0, unprintable.start())
        raise HomeFileError(
            f"{source}:{line}:{column}: the character U+{ord(unprintable[0]):04X} does not belong in a text"
        )
    reader = _Reader(source)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{source}:{mark.line + 1}:{mark.column + 1}" if mark else source
        raise HomeFileError(
            f"{where}: not YAML: {error.problem or error.context}",
            hint="Check indentation, brackets and quotes at this place and just above it.",
        ) from error
    except yaml.YAMLError as error:
        raise HomeFileError(f"{source}: not YAML: {error}") from error
    return reader.document


@dataclass(slots=True)
class _Open:
    """A mapping or a list whose end is not reached; ``key`` waits for its value."""

    data: dict[str, Any] | list[Any]
    path: Path
    key: str | None = None


class _Reader:
    def __init__(self, source: str) -> None:
        self.document = Document(source=source)
        self._open: list[_Open] = []
        self._documents = 0

    def take(self, event: Any) -> None:
        match event:
            case yaml.AliasEvent():
                self._fail(event, "aliases (*name) are not allowed: write it out")
            case yaml.NodeEvent() if event.anchor is not None:
                self._fail(event, "anchors (&name) are not allowed: write it out")
            case yaml.ScalarEvent() | yaml.CollectionStartEvent() if event.tag is not None:
                self._fail(event, "tags (!name) are not allowed")
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.MappingStartEvent():
                self._begin(event, {})
            case yaml.SequenceStartEvent():
                self._begin(event, [])
            case yaml.CollectionEndEvent():
                self._open.pop()
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    self._fail(event, "one home a file: a second document begins here")
            case _:
                pass  # the ends of stream and document

    def _scalar(self, event: Any) -> None:
        top = self._open[-1] if self._open else None
        if top is None or isinstance(top.data, list) or top.key is not None:
            self._put(event, event.value if event.style else _plain(event.value))
            return
        key = event.value
        path = (*top.path, key)
        if key in top.data:
            line, _ = self.document._places[path]
            self._note(path, f"stands here twice; first in line {line}", event)
        self.document._places.setdefault(path, _place(event))
        top.key = key

    def _begin(self, event: Any, data: dict[str, Any] | list[Any]) -> None:
        if len(self._open) >= MAX_DEPTH:
            self._fail(event, f"nested more than {MAX_DEPTH} deep")
        self._open.append(_Open(data, self._put(event, data)))

    def _put(self, event: Any, value: Any) -> Path:
        """Hang a value where it belongs; returns its path."""
        if not self._open:
            self.document.data = value
            return ()
        top = self._open[-1]
        if isinstance(top.data, list):
            path = (*top.path, len(top.data))
            self.document._places.setdefault(path, _place(event))
            top.data.append(value)
            return path
        if top.key is None:
            self._fail(event, "a key must be a word")
        path = (*top.path, top.key)
        top.data.setdefault(top.key, value)
        top.key = None
        return path

    def _note(self, path: Path, text: str, event: Any) -> None:
        line, _ = _place(event)
        self.document.problems.append(Problem(path=path, text=f"{text}, again in line {line}"))

    def _fail(self, event: Any, text: str) -> NoReturn:
        line, column = _place(event)
        raise HomeFileError(f"{self.document.source}:{line}:{column}: {text}")


def _place(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _plain(text: str) -> Any:
    """What a scalar without quotes means."""
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _REAL.fullmatch(text):
        return float(text)
    return text


def _shown(text: str, length: int = 120) -> str:
    """A key path for one line of a message: it may hold anything that somebody wrote as a key."""
    line = "".join(_visible(text))
    return line if len(line) <= length else line[: length - 1] + "…"


def _visible(text: str) -> Iterator[str]:
    for character in text:
        yield character if character.isprintable() else f"\\u{ord(character):04x}"
