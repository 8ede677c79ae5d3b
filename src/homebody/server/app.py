"""Serving one assistant: the page at ``/``, the JSON door under ``/api``, both behind the guard.

Everything heavy is imported when a `Server` starts, so that this module costs other commands nothing. uvicorn
runs on asyncio's own loop: the network gate sees the sockets of Python, and not those of uvloop.
"""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import logging
import os
import secrets
import signal
import socket
import webbrowser
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from homebody.core.errors import HomebodyError
from homebody.core.gate import SERVE_LAN
from homebody.server.door import Door, remove_door, write_door

if TYPE_CHECKING:
    from homebody.assistant.assistant import Assistant
    from homebody.server.listener import Listener

_log = logging.getLogger(__name__)


class AddressError(HomebodyError):
    """The page cannot be served at this address."""


class Server:
    """The doors of an assistant that was started. ``start`` and ``stop`` are called in its event loop.

    ``host`` and ``port`` are those of the assistant's settings unless given; port 0 is any free one.
    ``story_speed`` makes the guided story so much faster: for tests.
    """

    def __init__(
        self,
        assistant: Assistant,
        *,
        host: str | None = None,
        port: int | None = None,
        story_speed: float = 1.0,
    ) -> None:
        self.assistant = assistant
        self._host = assistant.settings.host if host is None else host
        self._port = assistant.settings.port if port is None else port
        self._story_speed = story_speed
        self._listener: Listener | None = None
        self._serving: asyncio.Task[None] | None = None
        self._forget: Callable[[], Awaitable[None]] | None = None
        self.door: Door | None = None
        self.key: str | None = None

    @property
    def address(self) -> str:
        """What a person opens: with the key, where the page is open to the network."""
        assert self.door is not None, "the server was not started"
        return f"{self.door.url}/" + (f"?key={self.key}" if self.key else "")

    async def start(self) -> None:
        """Listen, and write `door.json`.

        Raises AddressError (the port is in use, no such address), RecordError, or NetworkRefusedError where
        the gate was not told that other machines may come in.
        """
        bound = listen(self._host, self._port)
        try:
            from homebody.server.listener import Listener, doors  # noqa: PLC0415 - heavy: NiceGUI and its kin

            token = secrets.token_urlsafe(32)
            local = is_loopback(self._host)
            self.key = None if local else secrets.token_urlsafe(16)
            door = Door(url=_url(self._host, bound), token=token, pid=os.getpid())
            app, self._forget = doors(
                self.assistant, token=token, host=self._host, key=self.key, story_speed=self._story_speed
            )
            self._listener = Listener(app)
            self._serving = asyncio.create_task(self._listener.serve(sockets=[bound]), name="server")
            await self._listener.wait_until_ready(self._serving)
            write_door(self.assistant.settings.data_dir, door)
            self.door = door
        except BaseException:
            await self.stop()
            bound.close()
            raise

    async def stop(self) -> None:
        """Tell open pages, finish what is being answered, and close; a second time does nothing."""
        if self.door is not None:
            remove_door(self.assistant.settings.data_dir, self.door)
            self.door = None
        if self._forget is not None:
            await self._forget()
            self._forget = None
        if self._listener is not None and self._serving is not None:
            self._listener.should_exit = True
            await asyncio.gather(self._serving, return_exceptions=True)
            self._listener = self._serving = None

    async def wait(self) -> None:
        """Until the server ends by itself."""
        if self._serving is not None:
            await asyncio.wait([self._serving])

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()


async def serve(
    assistant: Assistant,
    *,
    host: str | None = None,
    port: int | None = None,
    open_page: bool = False,
    announce: Callable[[str], None] = lambda _line: None,
) -> None:
    """Start the assistant and its doors, serve until SIGINT or SIGTERM, and close both.

    ``announce`` is told, in lines for a person, where the page is; ``open_page`` opens a browser there. A
    host that is not loopback is a person's decision to open this machine, and the ledger shows it as such.
    """
    host = assistant.settings.host if host is None else host
    if not is_loopback(host):
        assistant.gate.allow(SERVE_LAN, by=f"the setting host = {host}")
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM)
    for number in signals:
        loop.add_signal_handler(number, ended.set)
    try:
        await assistant.start()
        async with Server(assistant, host=host, port=port) as server:
            announce(f"Homebody 宅家: {server.address}")
            if server.key is not None:
                announce("From another machine, put this one's address in the place of 127.0.0.1.")
            if open_page:
                webbrowser.open(server.address)
            waits = [asyncio.ensure_future(ended.wait()), asyncio.ensure_future(server.wait())]
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            for each in waits:
                each.cancel()
    finally:
        await assistant.close()
        for number in signals:
            loop.remove_signal_handler(number)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises AddressError, with what to do about it."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        raise AddressError(
            f"There is no address {host!r}: {error.strerror or error}", hint="Use 127.0.0.1."
        ) from error
    family, kind, protocol, _, address = found[0]
    bound = socket.socket(family, kind, protocol)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen(128)
        bound.setblocking(False)
    except OSError as error:
        bound.close()
        if error.errno == errno.EADDRINUSE:
            raise AddressError(
                f"Port {port} on {host} is in use",
                hint="Another Homebody may be running: open its page, stop it, or choose another port with "
                "--port (0: any free one).",
            ) from error
        if error.errno == errno.EACCES:
            raise AddressError(f"Port {port} is not allowed to you", hint="Choose one above 1023.") from error
        raise AddressError(
            f"{host}:{port} cannot be listened on: {error.strerror}", hint="Use 127.0.0.1."
        ) from error
    except BaseException:
        bound.close()
        raise
    return bound


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _url(host: str, bound: socket.socket) -> str:
    """The address in a browser's words; a wildcard is called by this machine's own name."""
    port = bound.getsockname()[1]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return f"http://{host}:{port}"
    if address.is_unspecified:
        return f"http://127.0.0.1:{port}"
    return f"http://[{host}]:{port}" if address.version == 6 else f"http://{host}:{port}"
