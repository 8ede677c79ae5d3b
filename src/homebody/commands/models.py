"""``homebody models``: language and speech: what there is, what is here, what suits this machine; fetch,
check and delete.

Fetching is the one thing in Homebody that needs the network. Calling ``pull`` is the consent: the purpose is
allowed for the length of the fetch and taken back after it. With a local file nothing is allowed at all.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bars
from rich.table import Table

from homebody.assistant.assembly import speech_of, store_of
from homebody.assistant.models import runtime_installed
from homebody.commands.terminal import console, duration, megabytes
from homebody.core.errors import HomebodyError, IncompleteError, InputError
from homebody.core.gate import ANY_HOST, Gate, install_gate
from homebody.core.settings import Settings
from homebody.language.catalogue import CATALOGUE, ModelFile, Role
from homebody.language.fit import Choice, Machine, machine
from homebody.language.fit import fit as choose
from homebody.speech import catalogue as speech
from homebody.speech.requirements import installed as speech_installed
from homebody.weights.files import WeightFile, Weights
from homebody.weights.progress import Progress
from homebody.weights.sources import PURPOSE, LocalSource
from homebody.weights.store import Store

ALL: tuple[ModelFile | speech.SpeechModel, ...] = (*CATALOGUE, *speech.CATALOGUE)
_TEST_ONLY = "for tests"
_SLOWEST = 1000.0  # bytes a second; below it a time left is a guess at nothing
_LINE_EVERY_S = 10.0  # where the output is no terminal: a log wants lines, and few of them


def show(settings: Settings) -> None:
    """Print the catalogues: each model, what it costs, and how much of it is here."""
    out, store = console(), store_of(settings, install_gate())
    chosen = _suits()[1].model
    table = Table(
        "model", "title", "download", "memory", "languages", "licence", "here", title="Language models"
    )
    for model in CATALOGUE:
        marks = [
            "suits this machine" if model is chosen else "",
            _TEST_ONLY if model.role is Role.TEST else "",
        ]
        table.add_row(
            model.id,
            model.title,
            megabytes(model.size),
            f"{model.memory_mb:,} MB",
            " ".join(model.languages),
            model.licence,
            "; ".join(filter(None, (here(store, model), *marks))),
        )
    out.print(table)
    out.print(_speech_table(store))
    out.print(f"Kept in {store.root}", soft_wrap=True)


def _speech_table(store: Store) -> Table:
    columns = ("model", "title", "for", "download", "memory", "languages", "licence", "here")
    table = Table(*columns, title="Speech models")
    for model in speech.CATALOGUE:
        table.add_row(
            model.id,
            model.title,
            model.task,
            megabytes(model.size),
            f"{model.memory_mb:,} MB",
            " ".join(model.languages),
            model.licence,
            "; ".join(
                filter(None, (here(store, model), f"of {speech.STANDARD_NAME}" if model.standard else ""))
            ),
        )
    return table


def here(store: Store, model: Weights) -> str:
    """How much of a model the store has, in a word or two; empty for nothing."""
    if store.path(model) is not None:
        return "whole"
    for file in model.files:
        if (cut := _cut(store, file)) is not None:
            return f"damaged: {megabytes(cut)} of {megabytes(file.size)}"
    if arrived := store.arrived(model):
        return f"{arrived / model.size:.0%} arrived"
    return ""


def find(model_id: str) -> tuple[ModelFile | speech.SpeechModel, ...]:
    """The model of that id, or all that ``speech`` stands for. Raises InputError, naming what there is."""
    if model_id == speech.STANDARD_NAME:
        return speech.STANDARD
    for model in ALL:
        if model.id == model_id:
            return (model,)
    known = ", ".join(model.id for model in ALL)
    raise InputError(
        f"there is no model {model_id!r}",
        hint=f"the models are: {known}; and {speech.STANDARD_NAME} for those of speech",
    )


def fit() -> None:
    """Print which model suits this machine, and why."""
    out = console()
    here, choice = _suits()
    out.print(f"This machine: {here.total_mb:,} MB of memory, {_cores(here.cores)}")
    for reason in choice.reasons:
        out.print(f"  {reason}", soft_wrap=True)
    if choice.model is not None:
        out.print(f"homebody models pull {choice.model.id}")


async def pull(settings: Settings, model_id: str | None, file: Path | None) -> None:
    """Have a model here: from the network, or from ``file`` alone. Without an id, the model that fits.

    What had arrived before is gone on with; what arrives is kept, whatever stops it. Raises InputError and
    StoreError in all their kinds.
    """
    models = find(model_id) if model_id is not None else (_chosen(),)
    gate = install_gate()
    store = store_of(settings, gate)
    if file is not None:
        store = Store(store.root, sources=[LocalSource(file)])
    for model in models:
        await _pull(store, gate, model, network=file is None)
    if speech.WHISPER in models and speech_installed():
        await asyncio.to_thread(speech_of(settings, gate).prepare)  # once; some seconds


async def _pull(store: Store, gate: Gate, model: ModelFile | speech.SpeechModel, *, network: bool) -> None:
    out = console()
    if (path := store.path(model)) is not None:
        out.print(f"{model.title} is here already: {path}", soft_wrap=True)
        return
    if arrived := store.arrived(model):
        out.print(f"{model.title}: goes on after {megabytes(arrived)}", soft_wrap=True)
    else:
        out.print(f"{model.title}: {megabytes(model.size)}, licence {model.licence}", soft_wrap=True)
    try:
        with _leave(gate, needed=network), _progress(out, model) as tell:
            path = await store.pull(model, on_progress=tell)
    except asyncio.CancelledError:  # ctrl-c
        kept = megabytes(store.arrived(model))
        out.print(f"Stopped. {kept} are kept: the same command goes on there.", soft_wrap=True)
        raise
    right = "its hash is right" if len(model.files) == 1 else "the hashes of its files are right"
    out.print(f"{model.title} is here, {right}: {path}", soft_wrap=True)
    extra = "language" if isinstance(model, ModelFile) else "speech"
    if not (runtime_installed() if extra == "language" else speech_installed()):
        out.print(f"Its runtime is not installed: pip install 'homebody[{extra}]'", soft_wrap=True)


async def verify(settings: Settings) -> None:
    """Read every model that is here and compare its hash; all of them, also after one that is wrong.

    Raises the first StoreError at the end. A file of another hash is moved aside by the store.
    """
    out, store = console(), store_of(settings, install_gate())
    wrong: list[HomebodyError] = []
    looked_at = 0
    for model in ALL:
        for file in model.files:
            cut = _cut(store, file)
            if store.path(file) is None and cut is None:
                continue
            looked_at += 1
            try:
                if cut is not None:
                    raise IncompleteError(
                        f"{file.title} is damaged: {cut:,} of {file.size:,} bytes are there",
                        hint=f"homebody models pull {model.id}",
                    )
                path = await store.verify(file)
            except HomebodyError as error:
                wrong.append(error)
                out.print(f"WRONG  {file.id}: {error.message}", soft_wrap=True)
            else:
                out.print(f"right  {file.id}: sha256 {path.name}", soft_wrap=True)
    if not looked_at:
        out.print(f"No model is here ({store.root})", soft_wrap=True)
    if wrong:
        raise wrong[0]


def remove(settings: Settings, model_id: str) -> None:
    """Delete a model and what had arrived of it. Raises InputError for an id that is in no catalogue."""
    out, store = console(), store_of(settings, install_gate())
    for model in find(model_id):
        removed = store.remove(model)
        out.print(f"{model.title} {'was deleted' if removed else 'was not here'}", soft_wrap=True)
    if speech_installed():
        speech_of(settings, Gate()).forget_prepared()


def _suits() -> tuple[Machine, Choice]:
    here = machine()
    return here, choose(here.total_mb, here.cores)


def _chosen() -> ModelFile:
    _, choice = _suits()
    if choice.model is None:
        raise InputError(
            f"No language model suits this machine: {choice.reasons[0]}",
            hint="the grammar works without one; to fetch one all the same, name it: homebody models list",
        )
    return choice.model


def _cores(count: int) -> str:
    return f"{count} core{'' if count == 1 else 's'}"


def _cut(store: Store, file: WeightFile) -> int | None:
    """Bytes of a file that was whole once and has another size now; None if there is no such file."""
    if file.sha256 is None or store.path(file) is not None:
        return None
    return next((kept.size for kept in store.list() if kept.file == file.id), None)


@contextmanager
def _leave(gate: Gate, *, needed: bool) -> Iterator[None]:
    """Any host, because hubs send on to hosts of their own: the hash says whether it is the file."""
    if not needed:
        yield
        return
    gate.allow(PURPOSE, hosts=ANY_HOST, by="homebody models pull")
    try:
        yield
    finally:
        gate.revoke(PURPOSE)


@contextmanager
def _progress(out: Console, model: Weights) -> Iterator[Callable[[Progress], None]]:
    """A moving bar on a terminal, a line now and then in a log."""
    if not out.is_terminal:
        yield _Lines(out)
        return
    columns = (
        BarColumn(bar_width=30),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.description}"),
    )
    with Bars(*columns, console=out, transient=True) as bars:
        task = bars.add_task("looking for a source", total=model.size)
        yield lambda now: bars.update(task, completed=now.done_bytes, description=words(now))


class _Lines:
    """Prints progress as lines, the first at once and then one every ten seconds."""

    def __init__(self, out: Console) -> None:
        self._out = out
        self._next = 0.0

    def __call__(self, now: Progress) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _LINE_EVERY_S
            self._out.print(f"  {now.done_bytes / now.total_bytes:4.0%} {words(now)}", soft_wrap=True)


def words(now: Progress) -> str:
    """Bytes, rate, time left and source of a fetch."""
    parts = [f"{megabytes(now.done_bytes)} of {megabytes(now.total_bytes)}"]
    if now.rate >= _SLOWEST:
        left = max(0, now.total_bytes - now.done_bytes) / now.rate
        parts += [f"{megabytes(now.rate)}/s", f"{duration(left)} left"]
    return ", ".join([*parts, f"from {now.source}"])
