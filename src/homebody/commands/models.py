"""``homebody models``: what there is, what is here, what suits this machine; fetch, check and delete.

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

from homebody.assistant.assembly import store_of
from homebody.assistant.models import runtime_installed
from homebody.commands.terminal import console, duration, megabytes
from homebody.core.errors import HomebodyError, IncompleteError, InputError
from homebody.core.gate import ANY_HOST, Gate, install_gate
from homebody.core.settings import Settings
from homebody.language.catalogue import CATALOGUE, ModelFile, Role, find
from homebody.language.fit import Choice, Machine, machine
from homebody.language.fit import fit as choose
from homebody.language.sources import PURPOSE, LocalSource, PartialFile
from homebody.language.store import Progress, Store

_TEST_ONLY = "for tests"
_SLOWEST = 1000.0  # bytes a second; below it a time left is a guess at nothing
_LINE_EVERY_S = 10.0  # where the output is no terminal: a log wants lines, and few of them


def show(settings: Settings) -> None:
    """Print the catalogue: each model, what it costs, and how much of it is here."""
    out, store = console(), store_of(settings, install_gate())
    chosen = _suits()[1].model
    table = Table("model", "title", "download", "memory", "languages", "licence", "here", title="Models")
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
    out.print(f"Kept in {store.root}", soft_wrap=True)


def here(store: Store, model: ModelFile) -> str:
    """How much of a model the store has, in a word or two; empty for nothing."""
    if store.path(model) is not None:
        return "whole"
    if (cut := _cut(store, model)) is not None:
        return f"damaged: {megabytes(cut)} of {megabytes(model.size)}"
    if arrived := _arrived(store, model):
        return f"{arrived / model.size:.0%} arrived"
    return ""


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
    out = console()
    model = find(model_id) if model_id is not None else _chosen()
    gate = install_gate()
    store = store_of(settings, gate)
    if file is not None:
        store = Store(store.root, sources=[LocalSource(file)])
    if (path := store.path(model)) is not None:
        out.print(f"{model.title} is here already: {path}", soft_wrap=True)
        return
    if arrived := _arrived(store, model):
        out.print(f"{model.title}: goes on after {megabytes(arrived)}", soft_wrap=True)
    else:
        out.print(f"{model.title}: {megabytes(model.size)}, licence {model.licence}", soft_wrap=True)
    try:
        with _leave(gate, needed=file is None), _progress(out, model) as tell:
            path = await store.pull(model, on_progress=tell)
    except asyncio.CancelledError:  # ctrl-c
        kept = megabytes(_arrived(store, model))
        out.print(f"Stopped. {kept} are kept: the same command goes on there.", soft_wrap=True)
        raise
    out.print(f"{model.title} is here, its hash is right: {path}", soft_wrap=True)
    if not runtime_installed():
        out.print("Its runtime is not installed: pip install 'homebody[language]'", soft_wrap=True)


async def verify(settings: Settings) -> None:
    """Read every model that is here and compare its hash; all of them, also after one that is wrong.

    Raises the first StoreError at the end. A file of another hash is moved aside by the store.
    """
    out, store = console(), store_of(settings, install_gate())
    wrong: list[HomebodyError] = []
    looked_at = 0
    for model in CATALOGUE:
        cut = _cut(store, model)
        if store.path(model) is None and cut is None:
            continue
        looked_at += 1
        try:
            if cut is not None:
                raise IncompleteError(
                    f"{model.title} is damaged: {cut:,} of {model.size:,} bytes are there",
                    hint=f"homebody models pull {model.id}",
                )
            path = await store.verify(model)
        except HomebodyError as error:
            wrong.append(error)
            out.print(f"WRONG  {model.id}: {error.message}", soft_wrap=True)
        else:
            out.print(f"right  {model.id}: sha256 {path.name}", soft_wrap=True)
    if not looked_at:
        out.print(f"No model is here ({store.root})", soft_wrap=True)
    if wrong:
        raise wrong[0]


def remove(settings: Settings, model_id: str) -> None:
    """Delete a model and what had arrived of it. Raises InputError for an id that is not in the catalogue."""
    out, model = console(), find(model_id)
    removed = store_of(settings, install_gate()).remove(model)
    out.print(f"{model.title} {'was deleted' if removed else 'was not here'}", soft_wrap=True)


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


def _arrived(store: Store, model: ModelFile) -> int:
    """Bytes of a fetch that stopped before its end; the place is described in the store's docstring."""
    return PartialFile(store.root / "partial" / f"{model.id}.part").size


def _cut(store: Store, model: ModelFile) -> int | None:
    """Bytes of a file that was whole once and has another size now; None if there is no such file."""
    if model.sha256 is None or store.path(model) is not None:
        return None
    return next((kept.size for kept in store.list() if kept.model == model.id), None)


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
def _progress(out: Console, model: ModelFile) -> Iterator[Callable[[Progress], None]]:
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
