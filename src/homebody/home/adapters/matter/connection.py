"""One connection to a Matter server: JSON messages over a WebSocket, answered by their ``message_id``.

The server greets with what it is; after ``start_listening`` it tells all nodes once, and every change as an
event. Source: the published WebSocket API of python-matter-server, schema 11.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator, Callable
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI

from homebody.core.errors import DeviceError, RefusedError, UnreachableError
from homebody.home.adapter import Means
from homebody.home.deadline import settled, within
from homebody.home.naming import visible

_library = logging.getLogger(f"{__name__}.websockets")
_library.setLevel(logging.CRITICAL)

SCHEMA = 11
ANSWER_S = 10.0
MOST_BYTES = 32 * 1024 * 1024
_BEAT_S = 15.0
_AWAY = frozenset({3, 4, 5})
"""Error codes: the node is not ready, cannot be found, is not known."""

Heard = Callable[[str, Any], None]


class Connection:
    """Made by `connected`. ``heard`` is called with each event and its data."""

    def __init__(self, socket: ClientConnection, means: Means, heard: Heard) -> None:
        self._socket = socket
        self._clock = means.clock
        self._heard = heard
        self._number = 0
        self._answers: dict[str, asyncio.Future[Any]] = {}
        self._listening: asyncio.Task[None] | None = None
        self._ended = asyncio.Event()
        self._reason: Exception = UnreachableError("the connection is closed")

    async def request(self, command: str, **args: Any) -> Any:
        """The result of one command. Raises ``RefusedError`` for a no, ``UnreachableError``."""
        if self._ended.is_set():
            raise self._reason
        self._number += 1
        number = str(self._number)
        future = self._answers[number] = asyncio.get_running_loop().create_future()
        try:
            await self._socket.send(json.dumps({"message_id": number, "command": command, "args": args}))
            return await settled(self._clock, ANSWER_S, future)
        except ConnectionClosed:
            raise UnreachableError("the Matter server ended the connection") from None
        except TimeoutError:
            raise UnreachableError("the Matter server did not answer in time") from None
        finally:
            self._answers.pop(number, None)

    async def ended(self) -> None:
        """Wait for its end, and raise why: ``UnreachableError``, or what was a defect of ours."""
        await self._ended.wait()
        raise self._reason

    async def open(self) -> None:
        """Raises ``UnreachableError``."""
        try:
            said = await within(self._clock, ANSWER_S, self._receive())
        except TimeoutError:
            raise UnreachableError("the Matter server did not greet in time") from None
        except ConnectionClosed:
            raise UnreachableError("the Matter server ended the connection") from None
        least = said.get("min_supported_schema_version") if isinstance(said, dict) else None
        if not isinstance(least, int):
            raise UnreachableError("what answers there is no Matter server")
        if least > SCHEMA:
            raise UnreachableError(
                f"the Matter server speaks schema {least} at least; {SCHEMA} is known here"
            )
        self._listening = asyncio.create_task(self._listen(), name="hearing the Matter server")

    async def close(self) -> None:
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.wait((self._listening,))
        self._end(self._reason)
        await self._socket.close()

    async def _listen(self) -> None:
        try:
            while True:
                self._take(await self._receive())
        except ConnectionClosed:
            self._end(UnreachableError("the Matter server ended the connection"))
        except Exception as error:
            self._end(error)

    async def _receive(self) -> Any:
        data = await self._socket.recv()
        try:
            return json.loads(data)
        except (ValueError, RecursionError):
            raise UnreachableError("what was said is not JSON") from None

    def _take(self, message: object) -> None:
        """One message; what is not understood is left alone."""
        if not isinstance(message, dict):
            return
        if isinstance(event := message.get("event"), str):
            self._heard(event, message.get("data"))
            return
        future = self._answers.get(str(message.get("message_id")))
        if future is None or future.done():
            return
        if "error_code" in message:
            future.set_exception(_refusal(message))
        elif "result" in message:
            future.set_result(message["result"])

    def _end(self, error: Exception) -> None:
        if not self._ended.is_set():
            self._reason = error
            self._ended.set()
        for future in self._answers.values():
            if not future.done():
                future.set_exception(UnreachableError(str(error)))


@contextlib.asynccontextmanager
async def connected(host: str, port: int, means: Means, heard: Heard) -> AsyncIterator[Connection]:
    """A connection that was greeted, for the length of the block. Raises ``UnreachableError``."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    try:
        with means.acting():
            socket = await connect(
                f"ws://{address}/ws", proxy=None, compression=None, max_size=MOST_BYTES,
                open_timeout=ANSWER_S,
                close_timeout=1.0, ping_interval=_BEAT_S, ping_timeout=_BEAT_S, user_agent_header=None,
                logger=_library,
            )  # fmt: skip
    except (OSError, TimeoutError) as error:
        why = getattr(error, "strerror", None) or str(error) or "it does not answer"
        raise UnreachableError(f"{address} cannot be reached: {why}") from error
    except (InvalidHandshake, InvalidURI, EOFError) as error:
        raise UnreachableError(f"what answers at {address} is no Matter server: {error}") from error
    connection = Connection(socket, means, heard)
    try:
        await connection.open()
        yield connection
    finally:
        await connection.close()


def _refusal(message: dict[str, Any]) -> DeviceError:
    words = visible(message.get("details"), 200) or f"error {message['error_code']!r:.20}"
    kind = UnreachableError if message["error_code"] in _AWAY else RefusedError
    return kind(f"the Matter server answered: {words}")
