"""Reading suites: YAML of the schema ``homebody.suite/1`` (docs/lab.md).

``suites/<language>/<name>.yaml`` are open; those in a folder ``held_out`` are kept from whoever works on the
understanding. All that is wrong with a file is told at once, each with file, line, case and key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path as FilePath
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from homebody.core.errors import HomebodyError, HomeFileError, InputError
from homebody.home.device import Home
from homebody.home.document import Document, Path, Problem, read_document
from homebody.home.file import default_home, load_home
from homebody.home.function import Action
from homebody.home.label import Language
from homebody.lab.expectation import QUIET_CLASSES, Case, Expectation

SCHEMA = "homebody.suite/1"
SUITES = FilePath(__file__).parent / "suites"
HOMES = FilePath(__file__).parents[3] / "examples" / "homes"
"""Where a checkout keeps its example homes; an installed package has the built-in home only."""
HELD_OUT = "held_out"
LANGUAGES: tuple[Language, ...] = ("zh", "en")
MAX_ERRORS = 20
STEP_KINDS = ("command", "query", "skill", "timer", "reminder", "routine", "list", "say")


class SuiteError(InputError):
    """A suite is wrong; the message names file, line, case and key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """The cases of one file, and the home that they are said in."""

    name: str
    language: Language
    held_out: bool
    home_name: str
    home: Home
    cases: tuple[Case, ...]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Expected(_Entry):
    steps: list[str | dict[str, Any]] = []
    problems: list[dict[str, Any]] = []
    reply: bool | None = None
    nothing: bool = False
    answer: Literal["yes", "no"] | None = None


class _Case(_Expected):
    say: str
    class_: str = Field(alias="class", pattern=r"^[a-z][a-z0-9_]*$")
    after: list[str] = []
    area: str | None = None
    state: dict[str, dict[str, bool | int | float | str]] = {}
    or_: list[_Expected] = Field(default=[], alias="or")


class _File(_Entry):
    schema_: Literal["homebody.suite/1"] = Field(alias="schema")
    home: str = "default"
    cases: list[_Case] = Field(min_length=1)


def load_suites(
    folder: FilePath = SUITES, languages: Sequence[Language] = LANGUAGES
) -> tuple[tuple[Suite, ...], tuple[HomebodyError, ...]]:
    """The suites of a folder, the open ones first; and what is wrong with those that cannot be read."""
    suites: list[Suite] = []
    errors: list[HomebodyError] = []
    for language, path in suite_files(folder, languages):
        try:
            suites.append(load_suite(path, language))
        except (SuiteError, HomeFileError) as error:
            errors.append(error)
    return tuple(suites), tuple(errors)


def suite_files(
    folder: FilePath = SUITES, languages: Sequence[Language] = LANGUAGES
) -> Iterator[tuple[Language, FilePath]]:
    """The files of a folder of suites, with their language; by name, the open ones before those held out."""
    for pattern in ("*.yaml", f"{HELD_OUT}/*.yaml"):
        for language in languages:
            yield from ((language, path) for path in sorted((folder / language).glob(pattern)))


def load_suite(path: FilePath, language: Language) -> Suite:
    """One suite, with its home. Raises SuiteError; HomeFileError where its home is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SuiteError(f"{path}: cannot be read: {error}") from error
    try:
        document = read_document(text, str(path))
    except HomeFileError as error:
        raise SuiteError(error.message, hint=error.hint) from error
    file = _validated(document)
    reader = _CaseReader(document)
    cases = tuple(reader.case(index, entry) for index, entry in enumerate(file.cases))
    if document.problems:
        raise _error(document)
    return Suite(
        name=path.stem,
        language=language,
        held_out=path.parent.name == HELD_OUT,
        home_name=FilePath(file.home).stem,
        home=find_home(file.home, path.parent),
        cases=cases,
    )


def find_home(name: str, beside: FilePath) -> Home:
    """The home that a suite names: ``default``, a file beside the suite, or one of the examples."""
    if name == "default":
        return default_home()
    for folder in (beside, HOMES):
        for candidate in (folder / name, folder / f"{name}.yaml"):
            if candidate.is_file():
                return _home_at(candidate.resolve())
    raise SuiteError(
        f"There is no home {name!r} for the suites in {beside}",
        hint="Write default, the name of a file in examples/homes, or a path beside the suite.",
    )


@cache
def _home_at(path: FilePath) -> Home:
    return load_home(path)


def _validated(document: Document) -> _File:
    if not isinstance(document.data, dict):
        raise SuiteError(
            f"{document.source}: needs keys and values", hint=f"It begins with: schema: {SCHEMA}"
        )
    try:
        file = _File.model_validate(document.data)
    except ValidationError as error:
        for found in error.errors(include_url=False):
            document.problems.append(_found(found))
        raise _error(document) from None
    return file


def _found(found: Any) -> Problem:
    path = tuple(part for part in found["loc"] if part not in ("str", "dict[str,any]"))
    match found["type"]:
        case "extra_forbidden":
            text = "no such key"
        case "missing":
            text = "is missing"
        case _:
            text = str(found["msg"]).lower()
    return Problem(path=path, text=text)


def _error(document: Document) -> SuiteError:
    """All that is wrong, with file, line, case and key; the sentences of a suite held out are not told."""
    lines: list[str] = []
    kept = FilePath(document.source).parent.name == HELD_OUT
    hint = "docs/lab.md explains the format."
    if any(problem.path[-1:] == ("say",) for problem in document.problems):
        hint = "say is the sentence; for an answer in words write reply: true. " + hint
    for problem in document.problems[:MAX_ERRORS]:
        sentence = "" if kept else _sentence(document.data, problem.path)
        lines.append(document.describe(problem) + (f" (case {sentence!r})" if sentence else ""))
    if (more := len(document.problems) - MAX_ERRORS) > 0:
        lines.append(f"… and {more} more")
    return SuiteError("\n".join(lines), hint=hint)


def _sentence(data: Any, path: Path) -> str:
    match path:
        case ("cases", int(index), *_) if isinstance(case := data["cases"][index], dict):
            return str(case.get("say", ""))
        case _:
            return ""


class _CaseReader:
    """Cases as values. What is wrong is added to the document's problems."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def case(self, index: int, entry: _Case) -> Case:
        path: Path = ("cases", index)
        expected = [self._expectation(entry, path, quiet=entry.class_ in QUIET_CLASSES)]
        for position, other in enumerate(entry.or_):
            expected.append(self._expectation(other, (*path, "or", position), quiet=False))
        if not entry.say.strip() and not entry.nothing:
            self._wrong((*path, "say"), "is empty")
        return Case(
            say=entry.say,
            class_=entry.class_,
            expected=tuple(expected),
            after=tuple(entry.after),
            area=entry.area,
            state=entry.state,
            where=self._document.describe(Problem(path=path, text="")).split(" ", 1)[0],
        )

    def _expectation(self, entry: _Expected, path: Path, *, quiet: bool) -> Expectation:
        steps = tuple(self._step(step, (*path, "steps", i)) for i, step in enumerate(entry.steps))
        problems = tuple(self._problem(each, (*path, "problems", i)) for i, each in enumerate(entry.problems))
        told = bool(steps or problems or entry.reply or entry.answer)
        if entry.nothing and told:
            self._wrong((*path, "nothing"), "means no steps, problems, reply and answer")
        if not (told or entry.nothing or quiet):
            self._wrong(path, "expects nothing: write steps, problems, reply: true, answer, or nothing: true")
        return Expectation(
            steps=steps, problems=problems, say=entry.reply, nothing=entry.nothing, answer=entry.answer
        )

    def _step(self, step: str | dict[str, Any], path: Path) -> Mapping[str, Any]:
        if isinstance(step, str):
            return self._shorthand(step, path)
        step = {"do": "command"} | step
        if step["do"] not in STEP_KINDS:
            self._wrong((*path, "do"), f"must be one of {', '.join(STEP_KINDS)}")
        if step["do"] == "command" and (missing := {"device", "function", "action"} - set(step)):
            self._wrong(path, f"a command also needs {', '.join(sorted(missing))}")
        if "when" in step and not isinstance(step["when"], dict):
            self._wrong((*path, "when"), "needs keys and values, such as {kind: after, duration: PT10M}")
        if step["do"] == "command":
            self._action(step.get("action"), path)
        return step

    def _shorthand(self, text: str, path: Path) -> Mapping[str, Any]:
        words = text.split(maxsplit=3)
        if len(words) < 3:
            self._wrong(path, "needs DEVICE FUNCTION ACTION [VALUE]")
            words += [""] * 3
        step: dict[str, Any] = {"do": "command", "device": words[0], "function": words[1], "action": words[2]}
        if len(words) > 3 and words[3]:
            step["value"] = _value(words[3])
        elif words[2] == "set":
            self._wrong(
                path, "set needs a value; where only the change is known, write the long form with delta"
            )
        self._action(words[2], path)
        return step

    def _action(self, action: object, path: Path) -> None:
        if action not in set(Action):
            self._wrong(path, f"there is no action {action!r}")

    def _problem(self, problem: dict[str, Any], path: Path) -> Mapping[str, Any]:
        if "kind" not in problem:
            self._wrong(path, "a problem needs its kind")
        return problem

    def _wrong(self, path: Path, text: str) -> None:
        self._document.problems.append(Problem(path=path, text=text))


def _value(text: str) -> bool | float | str:
    if text in ("true", "false"):
        return text == "true"
    try:
        return float(text)
    except ValueError:
        return text
