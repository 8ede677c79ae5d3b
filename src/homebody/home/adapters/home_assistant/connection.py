"""One connection to a Home Assistant over its WebSocket API: JSON messages, numbered, with a token first.

https://developers.home-assistant.io/docs/api/websocket: it says ``auth_required``, takes the token, and then
answers each numbered message with a ``result`` of the same number; a subscription's number is in its events.
Whoever keeps a connection is `home.network.keeper`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI

from homebody.core.errors import InputError, RefusedError, UnreachableError
from homebody.core.secrets import Secret
from homebody.home.adapter import Means
from homebody.home.adapters.home_assistant.place import Place
from homebody.home.deadline import settled, within
from homebody.home.naming import visible

_library = logging.getLogger(f"{__name__}.websockets")
_library.setLevel(logging.CRITICAL)  # its debugging shows every message, and so the token

ANSWER_S = 10.0
MOST_BYTES = 32 * 1024 * 1024
"""Of one message: the states of some ten thousand entities."""
_BEAT_S = 15.0  # one that vanished is noticed within two of them
_MOST_WORDS = 200

Heard = Callable[[Mapping[str, Any]], None]


class Connection:
    """Made by `connected`. Numbers increase; answers come in any order."""

    def __init__(self, socket: ClientConnection, means: Means) -> None:
        self._socket = socket
        self._clock = means.clock
        self._number = 0
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._subscriptions: dict[int, Heard] = {}
        self._listening: asyncio.Task[None] | None = None
        self._ended = asyncio.Event()
        self._reason: Exception = UnreachableError("the connection is closed")

    async def request(self, kind: str, **fields: Any) -> Any:
        """The result of one message. Raises ``RefusedError`` for a no, ``UnreachableError``."""
        return await self._answer(*await self._send(kind, fields))

    async def subscribe(self, heard: Heard, kind: str, **fields: Any) -> int:
        """Call ``heard`` with each event; gives the number that `unsubscribe` takes. Raises as `request`."""
        number, future = await self._send(kind, fields, heard)
        try:
            await self._answer(number, future)
        except BaseException:
            self._subscriptions.pop(number, None)
            raise
        return number

    async def unsubscribe(self, number: int) -> None:
        """Raises as `request`."""
        if self._subscriptions.pop(number, None) is not None:
            await self.request("unsubscribe_events", subscription=number)

    async def ended(self) -> None:
        """Wait for its end."""
        await self._ended.wait()

    def check(self) -> None:
        """Raises ``UnreachableError`` if it has ended, or what was a defect of ours."""
        if self._ended.is_set():
            raise self._reason

    # Making and ending it

    async def open(self, token: Secret) -> None:
        """Raises ``UnreachableError``."""
        try:
            first = await within(self._clock, ANSWER_S, self._receive())
            if first.get("type") != "auth_required":
                raise UnreachableError("what answers there is no Home Assistant")
            await self._socket.send(json.dumps({"type": "auth", "access_token": token.reveal()}))
            said = await within(self._clock, ANSWER_S, self._receive())
        except TimeoutError:
            raise UnreachableError("Home Assistant did not answer in time") from None
        except ConnectionClosed:
            raise UnreachableError("Home Assistant ended the connection") from None
        if said.get("type") != "auth_ok":
            raise UnreachableError(
                "Home Assistant does not take our token", hint="homebody devices add home-assistant"
            )
        self._listening = asyncio.create_task(self._listen(), name="hearing Home Assistant")

    async def close(self) -> None:
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.wait((self._listening,))
        self._end(self._reason)
        await self._socket.close()

    # Messages

    async def _send(
        self, kind: str, fields: Mapping[str, Any], heard: Heard | None = None
    ) -> tuple[int, asyncio.Future[Any]]:
        self.check()
        self._number += 1
        number = self._number
        future = self._answers[number] = asyncio.get_running_loop().create_future()
        if heard is not None:
            self._subscriptions[number] = heard
        try:
            await self._socket.send(json.dumps({"id": number, "type": kind, **fields}, ensure_ascii=False))
        except ConnectionClosed:
            del self._answers[number]
            raise UnreachableError("Home Assistant ended the connection") from None
        return number, future

    async def _answer(self, number: int, future: asyncio.Future[Any]) -> Any:
        try:
            return await settled(self._clock, ANSWER_S, future)
        except TimeoutError:
            raise UnreachableError("Home Assistant did not answer in time") from None
        finally:
            self._answers.pop(number, None)

    async def _listen(self) -> None:
        try:
            while True:
                message = await self._receive()
                for each in message if isinstance(message, list) else (message,):
                    self._take(each)
        except ConnectionClosed as error:
            self._end(UnreachableError(_why(error)))
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
        number = message.get("id")
        if not isinstance(number, int):
            return
        match message.get("type"):
            case "event":
                event = message.get("event")
                if (heard := self._subscriptions.get(number)) is not None and isinstance(event, dict):
                    heard(event)
            case "result" | "pong":
                future = self._answers.get(number)
                if future is None or future.done():
                    return
                if message.get("success", True) is True:
                    future.set_result(message.get("result"))
                else:
                    future.set_exception(_refusal(message.get("error")))

    def _end(self, error: Exception) -> None:
        if not self._ended.is_set():
            self._reason = error
            self._ended.set()
        for future in self._answers.values():
            if not future.done():
                future.set_exception(UnreachableError(str(error)))


@contextlib.asynccontextmanager
async def connected(place: Place, token: Secret, means: Means) -> AsyncIterator[Connection]:
    """A connection that has taken the token, for the length of the block.

    Raises ``UnreachableError``; ``InputError`` for a file of ``place`` that cannot be read.
    """
    try:
        with means.acting():
            socket = await connect(
                place.websocket, ssl=_trust(place), proxy=None, compression=None, max_size=MOST_BYTES,
                open_timeout=ANSWER_S, close_timeout=1.0, ping_interval=_BEAT_S, ping_timeout=_BEAT_S,
                user_agent_header=None, logger=_library,
            )  # fmt: skip
    except (OSError, TimeoutError) as error:
        why = getattr(error, "strerror", None) or str(error) or "it does not answer"
        raise UnreachableError(f"{place.address} cannot be reached: {why}") from error
    except (InvalidHandshake, InvalidURI, EOFError) as error:
        raise UnreachableError(f"what answers at {place.address} is no Home Assistant: {error}") from error
    connection = Connection(socket, means)
    try:
        await connection.open(token)
        yield connection
    finally:
        await connection.close()


def _trust(place: Place) -> ssl.SSLContext | None:
    if not place.tls:
        return None
    context = ssl.create_default_context()
    if place.ca:
        try:
            context.load_verify_locations(cafile=Path(place.ca))
        except (OSError, ssl.SSLError) as error:
            raise InputError(f"{place.ca} is no file with an authority: {error}") from error
    return context


def _refusal(error: object) -> RefusedError:
    told = error if isinstance(error, dict) else {}
    words = visible(told.get("message"), _MOST_WORDS) or visible(told.get("code"), 40) or "it says no"
    return RefusedError(f"Home Assistant answered: {words}")


def _why(error: ConnectionClosed) -> str:
    if error.sent is not None and error.sent.code == 1009:
        return f"Home Assistant sent a message of more than {MOST_BYTES // 1024 // 1024} MiB"
    if error.sent is not None and error.sent.code == 1011:
        return "Home Assistant does not answer any more"
    return "Home Assistant ended the connection"
