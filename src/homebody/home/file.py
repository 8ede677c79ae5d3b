"""Reading a home file: YAML of the schema ``homebody.home/1`` (docs/home-file.md).

Everything that is wrong is told at once, each with its line. First comes the structure (keys and types);
references and states are judged when that is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from homebody.core.errors import HomeFileError
from homebody.home.building import build_home, suggestion
from homebody.home.device import Home
from homebody.home.document import Document, Path, Problem, read_document
from homebody.home.schema import SCHEMA, HomeFile, allowed_keys

MAX_BYTES = 16 * 1024 * 1024
MAX_PROBLEMS = 20


def load_home(path: FilePath) -> Home:
    """The home described by a file. Raises ``HomeFileError`` with file, line and key of all that is wrong."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise HomeFileError(f"There is no home file {path}") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise HomeFileError(f"The home file {path} cannot be read: {reason}") from error
    if len(data) > MAX_BYTES:
        raise HomeFileError(f"The home file {path} is larger than {MAX_BYTES // 1024 // 1024} MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise HomeFileError(f"{path}:{line}: not UTF-8 text", hint="Save the file as UTF-8.") from error
    return parse_home(text, str(path))


def parse_home(text: str, source: str = "home.yaml") -> Home:
    """The home described by a text; ``source`` is its name in messages. Raises ``HomeFileError``."""
    if len(text) > MAX_BYTES:
        raise HomeFileError(f"{source}: larger than {MAX_BYTES // 1024 // 1024} MB")
    document = read_document(text, source)
    problems = document.problems
    if document.data is None:
        raise HomeFileError(f"{source}: empty", hint=f"A home file begins with: schema: {SCHEMA}")
    if not isinstance(document.data, dict):
        raise HomeFileError(f"{source}:1:1: needs keys and values", hint=f"It begins with: schema: {SCHEMA}")
    _check_version(document.data, source)
    try:
        file = HomeFile.model_validate(document.data)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=True)
        problems += [_problem(each, document.data) for each in found]
        raise _error(document, problems) from None
    home = build_home(file, lambda path, words: problems.append(Problem(path=path, text=words)))
    if problems:
        raise _error(document, problems)
    return home


@cache
def default_home() -> Home:
    """The built-in home: bilingual, simulated, two floors."""
    file = resources.files("homebody.home").joinpath("default_home.yaml")
    return parse_home(file.read_text(encoding="utf-8"), "default_home.yaml")


def _check_version(data: dict[str, Any], source: str) -> None:
    """Judged first and alone: in another version, everything else may rightly look different."""
    version = data.get("schema", SCHEMA)
    if version == SCHEMA:
        return
    if isinstance(version, str) and version.startswith("homebody.home/"):
        raise HomeFileError(
            f"{source}: schema: this Homebody reads {SCHEMA}, not {version[:40]!r}",
            hint="Another version of Homebody wrote it.",
        )
    raise HomeFileError(f"{source}: schema: must be {SCHEMA}", hint=f"Write schema: {SCHEMA}")


def _error(document: Document, problems: Sequence[Problem]) -> HomeFileError:
    lines = [document.describe(problem) for problem in problems[:MAX_PROBLEMS]]
    if (more := len(problems) - MAX_PROBLEMS) > 0:
        lines.append(f"… and {more} more")
    return HomeFileError("\n".join(lines), hint="docs/home-file.md explains every key.")


def _problem(error: Any, data: Any) -> Problem:
    """A finding of pydantic's, whose path also names alternatives of the schema, in brackets: left out."""
    path: list[str | int] = []
    at = data
    for part in error["loc"]:
        inside = part in at if isinstance(at, dict) else isinstance(at, list) and isinstance(part, int)
        if inside:
            at = at[part]
        if inside or isinstance(part, int) or not part.startswith("<"):
            path.append(part)
    return Problem(path=tuple(path), text=_words(error, tuple(path), data))


def _words(error: Any, path: Path, data: Any) -> str:
    """What pydantic found, in the words of somebody who writes a home file."""
    context: dict[str, Any] = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            siblings: Any = data
            for part in path[:-1]:
                siblings = siblings[part]
            unused = [key for key in allowed_keys(path[:-1]) if key not in siblings]
            return f"no such key; {suggestion(str(path[-1]), unused)}"
        case "string_type":
            written = error["input"]
            quotes = isinstance(written, bool | int | float)
            return "needs a text" + (f': write "{written}" in quotes' if quotes else "")
        case "bool_type":
            return "needs true or false"
        case "float_type" | "int_type" | "int_from_float" | "finite_number":
            return "needs a number"
        case "list_type":
            return "needs a list"
        case "dict_type" | "model_type" | "model_attributes_type":
            return "needs keys and values"
        case "literal_error":
            return f"must be {context['expected']}"
        case "value_error":
            return str(context["error"])
        case "too_short":
            return "needs at least one"
        case "string_too_short":
            return "is empty"
        case "string_too_long":
            return f"is longer than {context['max_length']} characters"
        case "greater_than":
            return f"must be above {context['gt']:g}"
        case "greater_than_equal":
            return f"must be at least {context['ge']:g}"
        case "less_than_equal":
            return f"must be at most {context['le']:g}"
        case "string_pattern_mismatch":
            return "must be a word of small letters, digits and underscores"
        case _:
            return str(error["msg"])
