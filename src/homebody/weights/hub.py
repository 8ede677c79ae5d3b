"""Files over HTTP: from model hubs, mirrors of them, and plain addresses."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx

from homebody.core.errors import IncompleteError, NetworkRefusedError, SourceError
from homebody.weights.files import WeightFile
from homebody.weights.sources import PURPOSE, Gate, OpenGate, PartialFile, append

HUGGINGFACE = "https://huggingface.co"
MODELSCOPE = "https://modelscope.cn"
_LOOSE = 2  # the size of a file whose hash is not known is a guess; beyond so many times it is another file


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

    def offers(self, file: WeightFile) -> bool:
        return self.address(file) is not None

    def address(self, file: WeightFile) -> str | None:
        """Where the file is, or None where this hub does not have it."""
        if file.hub is None:
            return None
        if not self._modelscope:
            return f"{self._endpoint}/{file.hub.repo}/resolve/{file.hub.revision}/{file.hub.file}"
        if file.hub.modelscope is None:
            return None
        return f"{self._endpoint}/models/{file.hub.modelscope}/resolve/master/{file.hub.file}"

    async def fetch(self, file: WeightFile, part: PartialFile, report: Callable[[int], None], /) -> None:
        address = self.address(file)
        if address is None:
            raise SourceError("does not have this file")
        failures = 0
        # `using` is asked once for all: redirects lead to other hosts of the same purpose.
        with self._gate.using(PURPOSE):
            async with httpx.AsyncClient(timeout=self._timeout, follow_redirects=True) as client:
                while True:
                    before = part.size
                    try:
                        await self._download(client, address, file, part, report)
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
                                f"broke off at {part.size:,} of {file.size:,} bytes: {_reason(error)}",
                                hint="pull again: it goes on where it stopped",
                            ) from error
                        await asyncio.sleep(self._pause_s)
                    else:
                        return

    async def _download(
        self,
        client: httpx.AsyncClient,
        address: str,
        file: WeightFile,
        part: PartialFile,
        report: Callable[[int], None],
    ) -> None:
        """One request. Raises httpx.HTTPError when it broke off."""
        # The hash is of the file as it is stored: no compression on the way.
        headers = {"Accept-Encoding": "identity"}
        if start := part.size:
            headers["Range"] = f"bytes={start}-"
            # Without a hash, only the entity tag tells that the file is still the same.
            if file.sha256 is None:
                headers["If-Range"] = part.label.read_text() if part.label.exists() else '"none"'
        async with client.stream("GET", address, headers=headers) as answer:
            if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE and start >= file.size:
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
            if file.sha256 is None and (tag := answer.headers.get("ETag")):
                part.label.write_text(tag)
            await self._receive(answer, file, part, report)

    async def _receive(
        self, answer: httpx.Response, file: WeightFile, part: PartialFile, report: Callable[[int], None]
    ) -> None:
        received = 0
        limit = file.size if file.sha256 is not None else _LOOSE * file.size
        try:
            async for data in answer.aiter_bytes():  # as it comes: a break loses nothing that had come
                await append(part, data)
                received += len(data)
                report(part.size)
                if part.size > limit:
                    if file.sha256 is not None:
                        break  # the hash will say what that was
                    raise SourceError(f"sends more than {limit:,} bytes for a file of {file.size:,}")
        finally:
            self._gate.record(PURPOSE, answer.url.host, bytes_in=received, bytes_out=0)
        if part.size < file.size and file.sha256 is not None:
            raise httpx.RemoteProtocolError("the server closed before the end")

    def release(self) -> None:
        """Nothing is kept."""


class AddressSource(HubSource):
    """A plain address, for files that no hub has."""

    def __init__(self, *, gate: Gate | None = None) -> None:
        super().__init__("", gate=gate)

    @property
    def name(self) -> str:
        return "its publisher's address"

    def address(self, file: WeightFile) -> str | None:
        return file.address


def _refusal(group: ExceptionGroup[Exception]) -> NetworkRefusedError | None:
    for error in group.exceptions:
        found = _refusal(error) if isinstance(error, ExceptionGroup) else error
        if isinstance(found, NetworkRefusedError):
            return found
    return None


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
