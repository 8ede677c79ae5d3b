"""Having an exam's questions here: from a folder, else from where they were fetched, else from their home."""

from __future__ import annotations

import asyncio
from pathlib import Path

from homebody.assistant.assembly import store_of
from homebody.core.errors import InputError
from homebody.core.gate import ANY_HOST, install_gate
from homebody.core.settings import Settings
from homebody.lab.exams.exam import Exam
from homebody.lab.exams.reading import Layout, files_at, read_exam
from homebody.weights.sources import PURPOSE

BESIDE = Path("../shared/data")


def open_exam(layout: Layout, settings: Settings, data: Path | None, *, fetch: bool) -> Exam:
    """The exam, read from ``data``, or from ``BESIDE``, or from the store.

    ``fetch`` is a person's leave to fetch it from its home, under the licence that ``layout`` states. Raises
    InputError where it is nowhere, StoreError where it cannot be fetched.
    """
    beside = BESIDE / layout.id
    if data is not None or (beside.is_dir() and not fetch):
        return read_exam(layout, files_at(data or beside))
    gate = install_gate()
    store = store_of(settings, gate)
    path = store.path(layout.archive)
    if path is None and not fetch:
        raise InputError(
            f"The questions of {layout.title} are not here",
            hint=f"--data PATH, or --fetch to have them from their home ({layout.licence}).",
        )
    if path is None:
        gate.allow(PURPOSE, hosts=ANY_HOST, by="homebody lab --fetch")
        path = asyncio.run(store.pull(layout.archive))
    return read_exam(layout, files_at(path))
