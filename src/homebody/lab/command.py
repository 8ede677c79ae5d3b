"""``homebody lab``: how well Homebody understands, what a model knows, and how fast it runs, measured."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from homebody.assistant.understanding.model.modelled import SHOWING
from homebody.core.errors import HomebodyError, InputError
from homebody.home import label
from homebody.lab import model_run
from homebody.lab import peer as peers
from homebody.lab.exams.command import add_exams
from homebody.lab.home_report import HomeReport, to_json
from homebody.lab.home_text import failure_lines, hass_failure_lines, to_markdown
from homebody.lab.measuring import Wanted, Watch, measure
from homebody.lab.report.command import add_report
from homebody.lab.suite import LANGUAGES, SUITES, Suite, load_suites
from homebody.lab.suite_check import check_suites

UNSOUND, DANGEROUS, INTERRUPTED = 2, 3, 130
HASS = Path("../shared/data/ha-sentences")

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Measure how well sentences are understood."
)


@app.callback()
def _root() -> None:
    """Measure how well sentences are understood."""


Languages = Annotated[list[str] | None, typer.Option("--language", "-l", help="zh or en; both without it.")]
Folder = Annotated[Path, typer.Option(help="The folder of suites.", show_default=False)]
ShowHeldOut = Annotated[bool, typer.Option("--show-held-out", help="Show sentences of held-out suites too.")]


@app.command()
def home(
    language: Languages = None,
    suite: Annotated[list[str] | None, typer.Option(help="Only suites of this name; repeatable.")] = None,
    class_: Annotated[list[str] | None, typer.Option("--class", help="Only this class; repeatable.")] = None,
    model: Annotated[str | None, typer.Option(help="Read with this language model too, by its id.")] = None,
    shuffle: Annotated[int | None, typer.Option(help="Rename rooms and things, by this seed.")] = None,
    ha: Annotated[Path, typer.Option("--ha", help="Home Assistant's sentence tests.")] = HASS,
    no_ha: Annotated[bool, typer.Option("--no-ha", help="Leave Home Assistant's sentences out.")] = False,
    no_peer: Annotated[bool, typer.Option("--no-peer", help="Leave the peer, hassil, out.")] = False,
    failures: Annotated[bool, typer.Option("--failures", help="List every failure.")] = False,
    show_held_out: ShowHeldOut = False,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the results to this file.")] = None,
    markdown: Annotated[Path | None, typer.Option(help="Write the report to this file.")] = None,
    suites: Folder = SUITES,
) -> None:
    """Read sentences with expected plans: exact plans, dangers, latency, failures; the peer beside them.

    Exit 0; 2 where a suite cannot be read; 3 where a plan is dangerous; 130 where it was stopped.
    """
    console = Console()
    languages = _languages(language)
    found, errors = load_suites(suites, languages)
    _show_errors(console, errors)
    wanted = Wanted(
        suites=[one for one in found if not suite or one.name in suite],
        classes=frozenset(class_ or ()),
        hass=_hass(console, ha, wanted=not (no_ha or suite or class_ or shuffle is not None)),
        languages=languages,
        model=model,
        peer=_peer(console, wanted=not no_peer),
        seed=shuffle,
        show_held_out=show_held_out,
    )
    if not wanted.cases(wanted.suites) and wanted.hass is None:
        raise InputError(
            "There is nothing to read", hint="Look at --suite, --class, --language and --suites."
        )
    with _progress(console) as watch:
        report = asyncio.run(measure(wanted, watch))
    console.print(Markdown(to_markdown(report)))
    if failures:
        _show_failures(console, report)
    if json_file is not None:
        _write(json_file, json.dumps(to_json(report), ensure_ascii=False, indent=1) + "\n")
    if markdown is not None:
        _write(markdown, to_markdown(report))
    if code := _exit_code(report, errors):
        raise typer.Exit(code)


@app.command()
def voice(
    language: Languages = None,
    sentences: Annotated[int, typer.Option(min=1, help="Commands in each language.")] = 60,
    live: Annotated[int, typer.Option(min=0, help="Commands that are heard in real time.")] = 20,
    no_waking: Annotated[bool, typer.Option("--no-waking", help="Leave the wake phrase out.")] = False,
    no_peer: Annotated[bool, typer.Option("--no-peer", help="Leave the peer, faster-whisper, out.")] = False,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write each result to this file.")] = None,
    markdown: Annotated[Path | None, typer.Option(help="Write the report to this file.")] = None,
    suites: Folder = SUITES,
) -> None:
    """Speak commands with several voices, quiet and noisy, and see what becomes of them.

    The speech is synthetic. It takes about an hour on two cores; the clips are kept for the next time.
    """
    from homebody.assistant.assembly import store_of  # noqa: PLC0415
    from homebody.core.gate import ANY_HOST, install_gate  # noqa: PLC0415
    from homebody.core.settings import load_settings  # noqa: PLC0415
    from homebody.lab.voice.measuring import Wanted as Spoken  # noqa: PLC0415 - heavy: the room of speech
    from homebody.lab.voice.measuring import measure_voice  # noqa: PLC0415
    from homebody.lab.voice.report import to_markdown as voice_markdown  # noqa: PLC0415
    from homebody.weights.sources import PURPOSE  # noqa: PLC0415

    console = Console()
    languages = _languages(language)
    found, errors = load_suites(suites, languages)
    _show_errors(console, errors)
    settings = load_settings()
    wanted = Spoken(
        suites=found, languages=languages, sentences=sentences, live=live, waking=not no_waking,
        peer=not no_peer,
    )  # fmt: skip
    gate = install_gate()
    if wanted.peer:  # its tokenizer is fetched
        gate.allow(PURPOSE, hosts=ANY_HOST, by="homebody lab voice")
    with _progress(console) as watch:
        report = asyncio.run(measure_voice(settings, store_of(settings, gate), wanted, watch))
    if json_file is not None:
        results = [asdict(result) for result in report.results]
        _write(json_file, json.dumps(results, ensure_ascii=False, indent=1) + "\n")
    text = voice_markdown(report)
    console.print(Markdown(text))
    if markdown is not None:
        _write(markdown, text)


@app.command()
def models(
    model: Annotated[list[str], typer.Option(help="A language model by its id; repeatable.")],
    all_: Annotated[bool, typer.Option("--all", help="With and without retrieval and examples.")] = False,
    sample: Annotated[int, typer.Option(min=1, help="At most so many cases, always the same.")] = 150,
    language: Languages = None,
    markdown: Annotated[Path | None, typer.Option(help="Write the table to this file.")] = None,
    suites: Folder = SUITES,
) -> None:
    """Read only what the grammar leaves to a language model, with each model; compare them in a table.

    Exit 0; 3 where a model's plan is dangerous.
    """
    console = Console()
    found, errors = load_suites(suites, _languages(language))
    _show_errors(console, errors)
    left = model_run.left_over(found)
    work = model_run.sample(left, sample)
    _line(console, f"{len(left)} cases are left to a model, of which {len(work)} are read")
    showings = model_run.SHOWINGS if all_ else (SHOWING,)
    variants = [model_run.Variant(model=one, showing=showing) for one in model for showing in showings]
    with _progress(console) as watch:
        rows = asyncio.run(model_run.compare(variants, work, watch))
    _line(console, model_run.table(rows))
    if markdown is not None:
        _write(markdown, model_run.table(rows))
    if any(row.added_dangers > 0 for row in rows):
        raise typer.Exit(DANGEROUS)


@app.command()
def check(language: Languages = None, show_held_out: ShowHeldOut = False, suites: Folder = SUITES) -> None:
    """Check that suites can be read, and that what they expect exists and is possible. Exit 2 if not."""
    console = Console()
    found, errors = load_suites(suites, _languages(language))
    _show_errors(console, errors)
    doubts = check_suites(found)
    for doubt in doubts:
        said = doubt.say if show_held_out or not doubt.held_out else "(held out)"
        _line(console, f"{doubt.where} {said}: {doubt.text}")
    for one in found:
        _line(console, _about(one))
    _line(
        console,
        f"{sum(len(one.cases) for one in found)} cases, {len(doubts)} doubts, {len(errors)} files wrong",
    )
    if errors or doubts:
        raise typer.Exit(UNSOUND)


def _about(suite: Suite) -> str:
    held_out = " (held out)" if suite.held_out else ""
    return f"{suite.language}/{suite.name}{held_out}: {len(suite.cases)} cases in {suite.home_name}"


def _languages(wanted: Sequence[str] | None) -> tuple[label.Language, ...]:
    if unknown := set(wanted or ()) - set(LANGUAGES):
        raise InputError(f"There are no suites in {', '.join(sorted(unknown))}", hint="zh or en.")
    return tuple(language for language in LANGUAGES if not wanted or language in wanted)


def _hass(console: Console, folder: Path, *, wanted: bool) -> Path | None:
    if wanted and not folder.is_dir():
        _line(console, f"Home Assistant's sentences are left out: there is no folder {folder} (--ha PATH)")
        return None
    return folder if wanted else None


def _peer(console: Console, *, wanted: bool) -> bool:
    if wanted and not peers.available():
        _line(console, "The peer is left out: pip install 'homebody[lab]' brings it")
        return False
    return wanted


def _exit_code(report: HomeReport, errors: Sequence[HomebodyError]) -> int:
    if report.interrupted:
        return INTERRUPTED
    if errors:
        return UNSOUND
    return DANGEROUS if any(result.best.dangers for result in report.results) else 0


def _show_errors(console: Console, errors: Sequence[HomebodyError]) -> None:
    for error in errors:
        _line(console, f"{error.message}\n  {error.hint}" if error.hint else error.message, style="red")


def _show_failures(console: Console, report: HomeReport) -> None:
    for result in report.failures:
        _line(console, "\n".join(failure_lines(result)))
    for sentence in report.hass_failures:
        _line(console, "\n".join(hass_failure_lines(sentence)))


def _line(console: Console, text: str, style: str | None = None) -> None:
    """As it is: sentences are no markup."""
    console.print(text, style=style, markup=False, highlight=False, soft_wrap=True)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}") from error


@contextmanager
def _progress(console: Console) -> Iterator[Watch]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda what, done, total: progress.update(task, description=what, completed=done, total=total)


add_exams(app, _progress, _write)
add_report(app, _write)


def main() -> None:
    try:
        app()
    except HomebodyError as error:
        typer.echo(f"homebody: {error.message}" + (f"\n  {error.hint}" if error.hint else ""), err=True)
        raise SystemExit(UNSOUND) from None


if __name__ == "__main__":
    main()
