"""The store: files of weights kept by their hash, fetched so that nothing that arrived is lost.

    <root>/blobs/sha256/<hash>      whole files that were checked
    <root>/partial/<id>.part        what has arrived of a file, always a beginning of it
    <root>/rejected/<id>-<hash>     whole files that were not what was asked for
    <root>/locks/<id>.lock          held by the process that fetches
    <root>/index.json               where each file came from, and hashes that were trusted on first use

Two processes may pull at once: one fetches, the other waits and finds the file.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from homebody.core.errors import (
    CancelledError,
    DiskFullError,
    HomebodyError,
    IncompleteError,
    NetworkRefusedError,
    SourceError,
    StoreError,
    WrongHashError,
)
from homebody.weights.files import WeightFile, Weights
from homebody.weights.hub import HUGGINGFACE, MODELSCOPE, AddressSource, HubSource
from homebody.weights.npm import Npm
from homebody.weights.packages import PackageSource
from homebody.weights.pip import Pip
from homebody.weights.progress import Meter, Progress
from homebody.weights.sources import Gate, LocalSource, PartialFile, Source, hash_file, storage_error

INDEX_SCHEMA = "homebody.models/1"
_LOCK_POLL_S = 0.2

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file that the store has. ``source`` and ``added`` (ISO 8601) say where and when it came from."""

    file: str
    path: Path
    sha256: str
    size: int
    source: str
    added: str


class Store:
    """Files under ``root``. Folders are made when something is first kept."""

    def __init__(
        self, root: Path, gate: Gate | None = None, *, sources: Sequence[Source] | None = None
    ) -> None:
        """``sources`` are tried in order, after a local file if one is given; default: hubs, packages."""
        self.root = root
        self._sources = tuple(default_sources(gate) if sources is None else sources)

    # What is there

    def path(self, weights: Weights) -> Path | None:
        """The file of a model, the first of several, or None where it is not whole.

        Looks at sizes only; ``verify`` reads.
        """
        paths = self.paths(weights)
        return None if paths is None else next(iter(paths.values()))

    def paths(self, weights: Weights) -> dict[str, Path] | None:
        """Every file of a model by its own name, or None where one is missing."""
        found = {file.file: self._path(file) for file in weights.files}
        whole = {name: path for name, path in found.items() if path is not None}
        return whole if len(whole) == len(found) else None

    def arrived(self, weights: Weights) -> int:
        """Bytes of a model that are here, of whole files and of those that are still to be gone on with."""
        return sum(
            file.size if self._path(file) else min(file.size, self._part(file).size) for file in weights.files
        )

    def list(self) -> tuple[Kept, ...]:
        """The files that are there, as the index knows them."""
        kept = []
        for file_id, entry in sorted(self._index().items()):
            blob = self._blob(entry["sha256"])
            if blob.is_file():
                kept.append(
                    Kept(
                        file=file_id,
                        path=blob,
                        sha256=entry["sha256"],
                        size=blob.stat().st_size,
                        source=entry.get("source", ""),
                        added=entry.get("added", ""),
                    )
                )
        return tuple(kept)

    async def verify(self, weights: Weights) -> Path:
        """Read every file of a model and compare its hash; the path of the first.

        Raises IncompleteError when one is not there, WrongHashError (it is moved aside) when it differs.
        """
        paths = [await self._verify(file, weights) for file in weights.files]
        return paths[0]

    async def _verify(self, file: WeightFile, weights: Weights) -> Path:
        path, expected = self._path(file), self._expected(file)
        if path is None or expected is None:
            raise IncompleteError(f"{file.title} is not here", hint=f"homebody models pull {weights.id}")
        actual = await asyncio.to_thread(hash_file, path)
        if actual != expected:
            raise self._reject(file, path, expected, actual)
        return path

    def remove(self, weights: Weights, *, forget: bool = False) -> bool:
        """Delete a model and what had arrived of it; True if there was something.

        Hashes that were trusted on first use stay known, unless ``forget``.
        """
        found = [self._remove(file) for file in weights.files]
        if forget:
            with self._edit_index() as index:
                for file in weights.files:
                    index.pop(file.id, None)
        return any(found)

    def _remove(self, file: WeightFile) -> bool:
        part, blob = self._part(file), self._path(file)
        found = blob is not None or part.size > 0
        part.restart()
        if blob is not None:
            blob.unlink(missing_ok=True)
        return found

    def _path(self, file: WeightFile) -> Path | None:
        sha256 = self._expected(file)
        if sha256 is None:
            return None
        blob = self._blob(sha256)
        if not blob.is_file():
            return None
        return blob if file.sha256 is None or blob.stat().st_size == file.size else None

    # Fetching

    async def pull(
        self,
        weights: Weights,
        *,
        on_progress: Callable[[Progress], None] | None = None,
        cancel: asyncio.Event | None = None,
        local: Path | None = None,
    ) -> Path:
        """Have a model here, each file from the first source that gives it; the path of the first file.

        ``local`` is its file, or a folder with its files. ``cancel`` stops it within seconds with
        CancelledError; what arrived is kept and resumed, as it is after every error below. ``on_progress`` is
        called in the event loop.

        Raises DiskFullError, WrongHashError (the file is kept in ``rejected/``), IncompleteError (it broke
        off), NetworkRefusedError (the gate did not let it) or SourceError (nothing could be reached). When
        every source failed, the message has the reason of each, and the error is of the gravest kind.
        """
        sources = (LocalSource(local), *self._sources) if local else self._sources
        work = self._pull(weights, sources, on_progress)
        return await _cancellable(work, cancel, f"pulling {weights.id}")

    async def _pull(
        self, weights: Weights, sources: Sequence[Source], on_progress: Callable[[Progress], None] | None
    ) -> Path:
        if path := self.path(weights):
            return path
        try:
            for folder in ("blobs/sha256", "partial", "rejected", "locks"):
                (self.root / folder).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise storage_error(error, self.root) from error
        async with self._lock(weights):
            try:
                paths = [await self._pull_file(file, weights, sources, on_progress) for file in weights.files]
            finally:
                for source in sources:
                    source.release()
        return paths[0]

    async def _pull_file(
        self,
        file: WeightFile,
        weights: Weights,
        sources: Sequence[Source],
        on_progress: Callable[[Progress], None] | None,
    ) -> Path:
        if path := self._path(file):  # or another process has fetched it meanwhile
            return path
        part = self._part(file)
        others = self.arrived(weights) - min(file.size, part.size)
        failures: list[tuple[str, HomebodyError]] = []
        for source in sources:
            if not source.offers(file):
                continue
            self._check_space(file, part)
            report = Meter(weights, source.name, others, part.size, on_progress)
            try:
                await source.fetch(file, part, report)
                return await self._accept(file, part, source.name)
            except DiskFullError:
                raise  # another source would not find more room
            except (StoreError, NetworkRefusedError) as error:
                failures.append((source.name, error))
        raise _summary(file, failures)

    def _check_space(self, file: WeightFile, part: PartialFile) -> None:
        # A part's archive lies beside the partial file until it has been appended.
        missing = max(0, file.size - part.size) + max((piece.size for piece in file.parts), default=0)
        free = shutil.disk_usage(self.root).free
        if part.size < file.size and free < missing:
            raise DiskFullError(
                f"{file.title} needs {missing / 1e6:,.0f} MB more in {self.root}, "
                f"and {free / 1e6:,.0f} MB are free",
                hint="free some space and pull again: what arrived is kept",
            )

    async def _accept(self, file: WeightFile, part: PartialFile, source: str) -> Path:
        actual = await asyncio.to_thread(hash_file, part.path)
        expected = self._expected(file) or actual
        if actual != expected:
            raise self._reject(file, part.path, expected, actual)
        blob = self._blob(actual)
        try:
            await asyncio.to_thread(_settle, part.path, blob)
            with self._edit_index() as index:
                added = datetime.now(UTC).isoformat(timespec="seconds")
                index[file.id] = {"sha256": actual, "source": source, "added": added}
        except OSError as error:
            raise storage_error(error, blob) from error
        part.restart()
        return blob

    def _reject(self, file: WeightFile, path: Path, expected: str, actual: str) -> WrongHashError:
        aside = self.root / "rejected" / f"{file.id}-{actual[:16]}"
        aside.parent.mkdir(parents=True, exist_ok=True)
        path.replace(aside)
        return WrongHashError(
            f"{file.file} is not the file that was asked for: expected sha256 {expected}, actual {actual}; "
            f"it was moved to {aside}",
            hint="pull again from another source; do not use the file in rejected/",
        )

    @contextlib.asynccontextmanager
    async def _lock(self, weights: Weights) -> AsyncIterator[None]:
        """Held by one process; the system frees it when that process ends, however it ends."""
        with (self.root / "locks" / f"{weights.id}.lock").open("w") as lock:
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    await asyncio.sleep(_LOCK_POLL_S)
            yield

    # Names

    def _blob(self, sha256: str) -> Path:
        return self.root / "blobs" / "sha256" / sha256

    def _part(self, file: WeightFile) -> PartialFile:
        return PartialFile(self.root / "partial" / f"{file.id}.part")

    def _expected(self, file: WeightFile) -> str | None:
        return file.sha256 or self._index().get(file.id, {}).get("sha256")

    # The index

    def _index(self) -> dict[str, dict[str, str]]:
        try:
            document: Any = json.loads((self.root / "index.json").read_text())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise StoreError(
                f"{self.root / 'index.json'} cannot be read: {error}",
                hint="delete it: files with a known hash are found without it",
            ) from error
        models = document.get("models") if isinstance(document, dict) else None
        return models if isinstance(models, dict) else {}

    @contextlib.contextmanager
    def _edit_index(self) -> Iterator[dict[str, dict[str, str]]]:
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "index.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # held for milliseconds
            models = self._index()
            yield models
            fresh = self.root / "index.json.new"
            fresh.write_text(json.dumps({"schema": INDEX_SCHEMA, "models": models}, indent=2) + "\n")
            fresh.replace(self.root / "index.json")


def _settle(part: Path, blob: Path) -> None:
    """Move a whole file to its place, on the disk before its name is."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(blob)


def _summary(file: WeightFile, failures: Sequence[tuple[str, HomebodyError]]) -> HomebodyError:
    """One error of all: the gravest kind, and every source with its reason."""
    if not failures:
        return SourceError(f"{file.title} has no source", hint="give a local file with --from")
    lines = [f"  {name}: {error.message}" for name, error in failures]
    hints = dict.fromkeys(error.hint for _, error in failures if error.hint)
    kinds: tuple[type[HomebodyError], ...] = (
        *(WrongHashError, IncompleteError),
        *(NetworkRefusedError, SourceError),
    )
    kind = next((kind for kind in kinds if any(isinstance(error, kind) for _, error in failures)), StoreError)
    return kind("\n".join([f"{file.title} could not be fetched:", *lines]), hint="; ".join(hints))


def default_sources(
    gate: Gate | None = None, *, huggingface: str = HUGGINGFACE, modelscope: str = MODELSCOPE
) -> list[Source]:
    """The hubs, the packages, and then plain addresses.

    A hub's address may be that of a mirror; empty leaves the hub out.
    """
    sources: list[Source] = []
    if huggingface:
        sources.append(HubSource(huggingface, gate=gate))
    if modelscope:
        sources.append(HubSource(modelscope, modelscope=True, gate=gate))
    sources += [PackageSource(Pip(), gate=gate), PackageSource(Npm(), gate=gate), AddressSource(gate=gate)]
    return sources


async def _cancellable(work: Awaitable[T], cancel: asyncio.Event | None, what: str) -> T:
    """Run ``work`` until it is done or ``cancel`` is set, and never leave it behind."""
    task = asyncio.ensure_future(work)
    stop = asyncio.ensure_future(cancel.wait()) if cancel else None
    try:
        await asyncio.wait([task, stop] if stop else [task], return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise CancelledError(f"{what} was stopped", hint="start it again: it goes on where it stopped")
    finally:
        for each in (task, stop):
            if each and not each.done():
                each.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await each
