"""The command line. Errors that a person can mend end in one line and a non-zero exit, never in a traceback."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from homebody.assistant.understanding.grammar import Grammar, Reading
from homebody.core.errors import HomebodyError, TextError
from homebody.home.device import Home
from homebody.home.file import default_home, load_home
from homebody.home.function import Value

MAX_TEXT = 2_000
NOT_UNDERSTOOD, NOT_POSSIBLE = 4, 3

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Homebody 宅家")


@app.callback()
def _root() -> None:
    """Homebody 宅家: the AI of the things you own, on a computer you own."""


def _home(path: Path | None) -> Home:
    return default_home() if path is None else load_home(path)


def _states(home: Home) -> Callable[[str], Mapping[str, Value]]:
    return lambda device_id: home.state.get(device_id, {})


def _read(grammar: Grammar, text: str, home: Home) -> Reading:
    if not text.strip():
        raise TextError("There is nothing to understand: the text is empty")
    if len(text) > MAX_TEXT:
        raise TextError(
            f"The text has {len(text)} characters; at most {MAX_TEXT} are read",
            hint="say it in shorter sentences",
        )
    return grammar.parse(text, states=_states(home))


def _exit_code(reading: Reading) -> int:
    plan = reading.plan
    if plan.steps or plan.say:
        return 0
    return NOT_UNDERSTOOD if all(p.kind == "not_understood" for p in plan.problems) else NOT_POSSIBLE


@app.command()
def plan(
    text: Annotated[str | None, typer.Argument(help="A sentence; without it, one a line of standard input.")] = None,
    home: Annotated[Path | None, typer.Option(help="A home file; the built-in home without one.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show how the plan came about.")] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON schema of plans.")] = False,
) -> None:
    """What a sentence would do in this home, as JSON. Nothing is done."""
    if schema:
        from pydantic import TypeAdapter  # noqa: PLC0415 - slow to import, and needed here only

        from homebody.assistant.plan import Plan  # noqa: PLC0415

        typer.echo(json.dumps(TypeAdapter(Plan).json_schema(), ensure_ascii=False, indent=2))
        return
    house = _home(home)
    grammar = Grammar(house)
    if text is not None:
        reading = _read(grammar, text, house)
        typer.echo(json.dumps(reading.plan.to_json(), ensure_ascii=False, indent=2))
        if explain:
            for note in reading.explanation:
                typer.echo(json.dumps(note, ensure_ascii=False, default=str))
        raise typer.Exit(_exit_code(reading))
    for line in sys.stdin:
        if line.strip():
            reading = _read(grammar, line.rstrip("\n"), house)
            typer.echo(json.dumps(reading.plan.to_json(), ensure_ascii=False))


def main() -> None:
    try:
        app()
    except HomebodyError as error:
        typer.echo(f"homebody: {error.message}" + (f"\n  {error.hint}" if error.hint else ""), err=True)
        sys.exit(2)
