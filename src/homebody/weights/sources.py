"""Where the bytes of a file come from: what every source does, and the nearest one, a local file.

Every source does the same: it appends to one partial file whatever of the file is not in it yet. Because
the file is known by its hash, one source may go on where another stopped; the store checks the whole.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Protocol

from homebody.core.errors import DiskFullError, SourceError, StoreError, WrongHashError
from homebody.weights.files import WeightFile

PURPOSE = "model-download"
_CHUNK = 1 << 20  # bytes read from a file at a time


class Gate(Protocol):
    """What the store needs of the network gate: leave to connect, and a line in the ledger.

    The gate judges connections of this process as they are opened, within ``using``. It cannot see those of
    a child process: ``require`` asks before pip is started, and raises NetworkRefusedError without leave.
    """

    def using(self, purpose: str) -> AbstractContextManager[None]: ...

    def require(self, purpose: str, host: str) -> None: ...

    def record(self, purpose: str, peer: str, *, bytes_in: int, bytes_out: int) -> None: ...


class OpenGate:
    """Lets everything pass and writes nothing down: for tests and scripts that have no gate."""

    def using(self, purpose: str) -> AbstractContextManager[None]:  # noqa: ARG002
        return contextlib.nullcontext()

    def require(self, purpose: str, host: str) -> None:
        """Nothing is refused."""

    def record(self, purpose: str, peer: str, *, bytes_in: int, bytes_out: int) -> None:
        """Nothing is kept."""


class PartialFile:
    """What has arrived of one file. It is always a beginning of the file, however the last run ended."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def size(self) -> int:
        """Bytes that are there."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def append(self, data: bytes) -> None:
        """Add bytes at the end. Raises DiskFullError; what was written before it stays."""
        try:
            with self.path.open("ab") as file:
                file.write(data)
        except OSError as error:
            raise storage_error(error, self.path) from error

    def restart(self) -> None:
        """Forget what is there, because it cannot be continued."""
        self.path.unlink(missing_ok=True)
        self.label.unlink(missing_ok=True)

    @property
    def label(self) -> Path:
        """The entity tag of what is there, beside it: only files whose hash is not pinned need it."""
        return self.path.with_suffix(".etag")


class Source(Protocol):
    """One way to get a file."""

    @property
    def name(self) -> str:
        """How to call it before a person, in a few words."""

    def offers(self, file: WeightFile) -> bool:
        """Whether it makes sense to ask."""

    async def fetch(self, file: WeightFile, part: PartialFile, report: Callable[[int], None], /) -> None:
        """Append until the file is whole, calling ``report`` with the bytes that are there.

        Raises SourceError (nothing came), IncompleteError (it broke off), NetworkRefusedError (the gate did
        not let it), WrongHashError or DiskFullError.
        Being cancelled leaves the partial file as it is.
        """

    def release(self) -> None:
        """A model is whole, or was given up: let go of what was kept for its next file."""


def storage_error(error: OSError, path: Path) -> StoreError:
    """The store's word for an operating system error while writing ``path``."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return DiskFullError(
            f"the disk is full: {path.parent}", hint="free some space and pull again: what arrived is kept"
        )
    return StoreError(f"{path} cannot be written: {error.strerror}", hint="check the owner of the folder")


def hash_file(path: Path) -> str:
    """Sha256 in hexadecimal. Reads the whole file: about a second a gigabyte; call it in a thread."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class LocalSource:
    """A file that is already on this computer, or a folder with the files of a model. Read, never changed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def name(self) -> str:
        return f"local {'folder' if self._path.is_dir() else 'file'} {self._path}"

    def offers(self, file: WeightFile) -> bool:  # noqa: ARG002 - the hash will tell
        return True

    async def fetch(self, file: WeightFile, part: PartialFile, report: Callable[[int], None], /) -> None:
        path = self._path / file.file if self._path.is_dir() else self._path
        try:
            actual = await asyncio.to_thread(hash_file, path)
        except OSError as error:
            raise SourceError(f"cannot be read: {error.strerror}", hint=f"it should be {path}") from error
        if file.sha256 and actual != file.sha256:
            raise WrongHashError(f"is another file: expected sha256 {file.sha256}, actual {actual}")
        if not file.sha256:
            part.restart()  # what is there may be of another version
        with path.open("rb") as content:
            await copy(content, part.size, part, report)

    def release(self) -> None:
        """Nothing is kept."""


async def copy(file: IO[bytes], skip: int, part: PartialFile, report: Callable[[int], None]) -> None:
    """Append what ``file`` has after ``skip`` bytes."""
    await asyncio.to_thread(file.seek, skip)
    while data := await asyncio.to_thread(file.read, _CHUNK):
        await append(part, data)
        report(part.size)


async def append(part: PartialFile, data: bytes) -> None:
    """Write in a thread, and when cancelled leave only when that thread has: nobody else may append then."""
    work = asyncio.ensure_future(asyncio.to_thread(part.append, data))
    try:
        await asyncio.shield(work)
    except asyncio.CancelledError:
        await asyncio.wait([work])
        raise
