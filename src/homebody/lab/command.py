"""``homebody lab``: how well Homebody understands, measured."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from homebody.core.errors import HomebodyError, InputError
from homebody.home import label
from homebody.lab.expectation import Case
from homebody.lab.home_report import HomeReport, failure_lines, to_json, to_markdown
from homebody.lab.home_run import Bench, Result
from homebody.lab.suite import LANGUAGES, SUITES, Suite, load_suites
from homebody.lab.suite_check import check_suites

UNSOUND, INTERRUPTED = 2, 130

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Measure how well sentences are understood."
)


@app.callback()
def _root() -> None:
    """Measure how well sentences are understood."""


Language = Annotated[list[str] | None, typer.Option("--language", "-l", help="zh or en; both without it.")]
Names = Annotated[
    list[str] | None, typer.Option("--suite", help="Only suites of this name; may be repeated.")
]
Classes = Annotated[
    list[str] | None, typer.Option("--class", help="Only cases of this class; may be repeated.")
]
Folder = Annotated[Path, typer.Option(help="The folder of suites.", show_default=False)]
ShowHeldOut = Annotated[bool, typer.Option("--show-held-out", help="Show sentences of held-out suites too.")]


@app.command()
def home(
    language: Language = None,
    suite: Names = None,
    class_: Classes = None,
    model: Annotated[str | None, typer.Option(help="Read with this language model too, by its id.")] = None,
    failures: Annotated[bool, typer.Option("--failures", help="List every failure.")] = False,
    show_held_out: ShowHeldOut = False,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the results to this file.")] = None,
    markdown: Annotated[Path | None, typer.Option(help="Write the report to this file.")] = None,
    suites: Folder = SUITES,
) -> None:
    """Run the suites of sentences with expected plans: exact plans, dangers, latency, failures."""
    console = Console()
    found, errors = load_suites(suites, _languages(language))
    _show_errors(console, errors)
    work = _work(found, suite, class_)
    if not work:
        raise InputError(
            "There are no cases to read", hint="Look at --suite, --class, --language and --suites."
        )
    results, interrupted = asyncio.run(_read_all(console, work))
    report = HomeReport(
        results=tuple(results), model=model, interrupted=interrupted, show_held_out=show_held_out
    )
    console.print(Markdown(to_markdown(report)))
    if failures:
        for result in report.failures:
            console.print("\n".join(failure_lines(result)), markup=False, highlight=False, soft_wrap=True)
    if json_file is not None:
        json_file.write_text(
            json.dumps(to_json(report), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    if markdown is not None:
        markdown.write_text(to_markdown(report), encoding="utf-8")
    if interrupted:
        raise typer.Exit(INTERRUPTED)
    if errors:
        raise typer.Exit(UNSOUND)


@app.command()
def check(language: Language = None, show_held_out: ShowHeldOut = False, suites: Folder = SUITES) -> None:
    """Check that suites can be read and that what they expect exists and is possible. Exit 2 if not."""
    console = Console()
    found, errors = load_suites(suites, _languages(language))
    _show_errors(console, errors)
    doubts = check_suites(found)
    for doubt in doubts:
        said = doubt.say if show_held_out or not doubt.held_out else "(held out)"
        console.print(f"{doubt.where} {said}: {doubt.text}", markup=False, highlight=False, soft_wrap=True)
    for each in found:
        held_out = " held out" if each.held_out else ""
        console.print(f"{each.language}/{each.name}{held_out}: {len(each.cases)} cases in {each.home_name}")
    console.print(
        f"{sum(len(each.cases) for each in found)} cases, {len(doubts)} doubts, {len(errors)} files wrong"
    )
    if errors or doubts:
        raise typer.Exit(UNSOUND)


def _languages(wanted: Sequence[str] | None) -> tuple[label.Language, ...]:
    if unknown := set(wanted or ()) - set(LANGUAGES):
        raise InputError(f"There are no suites in {', '.join(sorted(unknown))}", hint="zh or en.")
    return tuple(language for language in LANGUAGES if not wanted or language in wanted)


def _work(
    suites: Sequence[Suite], names: Sequence[str] | None, classes: Sequence[str] | None
) -> list[tuple[Suite, Case]]:
    return [
        (suite, case)
        for suite in suites
        if not names or suite.name in names
        for case in suite.cases
        if not classes or case.class_ in classes
    ]


def _show_errors(console: Console, errors: Sequence[HomebodyError]) -> None:
    for error in errors:
        text = f"{error.message}\n  {error.hint}" if error.hint else error.message
        console.print(text, style="red", markup=False, highlight=False, soft_wrap=True)


async def _read_all(console: Console, work: Sequence[tuple[Suite, Case]]) -> tuple[list[Result], bool]:
    """The results, and whether a person stopped it before its end."""
    bench = Bench()
    results: list[Result] = []
    try:
        with _progress(console) as progress:
            task = progress.add_task("sentences", total=len(work))
            for suite, case in work:
                results.append(await bench.read(suite, case))
                progress.advance(task)
    except (KeyboardInterrupt, asyncio.CancelledError):
        return results, True
    return results, False


@contextmanager
def _progress(console: Console) -> Iterator[Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        yield progress


def main() -> None:
    try:
        app()
    except HomebodyError as error:
        typer.echo(f"homebody: {error.message}" + (f"\n  {error.hint}" if error.hint else ""), err=True)
        raise SystemExit(UNSOUND) from None


if __name__ == "__main__":
    main()
