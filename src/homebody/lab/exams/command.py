"""``homebody lab cmmlu`` and ``homebody lab ceval``."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown

from homebody.core.errors import InputError
from homebody.core.settings import load_settings
from homebody.lab.exams.runner import Told
from homebody.lab.exams.wording import PROTOCOLS

INTERRUPTED = 130
ALL = "all"

Model = Annotated[str, typer.Option(help="A language model by its id, or a GGUF file.")]
Shots = Annotated[int, typer.Option(min=0, max=5, help="Solved questions that are shown first.")]
Protocol = Annotated[str, typer.Option(help=f"How it is asked: {', '.join(PROTOCOLS)} or {ALL}.")]
Subjects = Annotated[list[str] | None, typer.Option("--subject", help="Only this subject; repeatable.")]
Sample = Annotated[int | None, typer.Option(min=1, help="So many questions, of every subject its share.")]
Data = Annotated[Path | None, typer.Option(help="The folder or archive of questions.", show_default=False)]
Fetch = Annotated[bool, typer.Option("--fetch", help="Fetch the questions from their home.")]
ResultsFile = Annotated[Path | None, typer.Option("--results", help="Keep the answers in this file.")]
Threads = Annotated[int | None, typer.Option(min=1, help="Threads; all cores without it.")]
Context = Annotated[int, typer.Option(min=256, help="Tokens that fit at once.")]
Each = Annotated[bool, typer.Option("--each", help="List every subject.")]
MarkdownFile = Annotated[Path | None, typer.Option("--markdown", help="Write the summary to this file.")]

Watching = Callable[[Console], AbstractContextManager[Told]]


def add_exams(app: typer.Typer, watching: Watching, write: Callable[[Path, str], None]) -> None:
    """Give ``app`` a command for each exam; ``watching`` shows how far it is, ``write`` writes a file."""

    def command(exam: str) -> Callable[..., None]:
        def sit(
            model: Model,
            shots: Shots = 0,
            protocol: Protocol = "official",
            subject: Subjects = None,
            sample: Sample = None,
            data: Data = None,
            fetch: Fetch = False,
            results: ResultsFile = None,
            threads: Threads = None,
            context: Context = 4096,
            each: Each = False,
            markdown: MarkdownFile = None,
        ) -> None:
            if protocol not in (*PROTOCOLS, ALL):
                raise InputError(f"There is no protocol {protocol!r}", hint=f"{', '.join(PROTOCOLS)}, {ALL}")
            if protocol == ALL and results is not None:
                raise InputError("--results names one file, and --protocol all needs one for each protocol")
            protocols = PROTOCOLS if protocol == ALL else (protocol,)
            text = _sit(
                exam, model, shots, protocols, tuple(subject or ()), sample, data, fetch, results, threads,
                context, each, watching,
            )  # fmt: skip
            Console().print(Markdown(text))
            if markdown is not None:
                write(markdown, text + "\n")

        return sit

    for exam, about in (
        ("cmmlu", "CMMLU: 67 subjects in Chinese, as its authors ask them."),
        ("ceval", "C-Eval: 52 subjects in Chinese, the questions whose answers are published."),
    ):
        help_ = f"{about}\n\nAn interrupted run goes on where it stopped. Exit 130 where it was stopped."
        app.command(exam, help=help_)(command(exam))


def _sit(
    exam_id: str,
    model_id: str,
    shots: int,
    protocols: tuple[str, ...],
    subjects: tuple[str, ...],
    sample: int | None,
    data: Path | None,
    fetch: bool,
    results: Path | None,
    threads: int | None,
    context: int,
    each: bool,
    watching: Watching,
) -> str:
    from homebody.lab.exams import sitting  # noqa: PLC0415 - needs numpy and the runtime
    from homebody.lab.exams.fetching import open_exam  # noqa: PLC0415
    from homebody.lab.exams.sampling import chosen  # noqa: PLC0415
    from homebody.lab.exams.text import differences, summary  # noqa: PLC0415

    settings = load_settings()
    exam = open_exam(sitting.EXAMS[exam_id][0], settings, data, fetch=fetch)
    try:
        taken = exam.subset(subjects)
    except KeyError as error:
        known = ", ".join(subject.id for subject in exam.subjects)
        raise InputError(f"{exam.title} has no subject {error}", hint=f"Its subjects: {known}.") from None
    wanted = chosen(taken, sample)
    model = sitting.examined(settings, model_id)
    console = Console()
    sittings = []
    with sitting.seated(model, threads or settings.threads or None, context) as scorer:
        for protocol in protocols:
            path = results or sitting.results_path(settings, exam_id, protocol, shots, model)
            try:
                with watching(console) as watch:
                    sittings.append(sitting.sit(scorer, model, exam, protocol, shots, wanted, path, watch))
            except KeyboardInterrupt:
                console.print(f"Stopped. What is answered is in {path}; the same command goes on there.")
                raise typer.Exit(INTERRUPTED) from None
            console.print(f"{protocol}: {path}", soft_wrap=True, highlight=False)
    texts = [summary(exam, one, subjects=each) for one in sittings]
    return "\n\n".join([*texts, differences(exam, sittings)] if len(sittings) > 1 else texts)
