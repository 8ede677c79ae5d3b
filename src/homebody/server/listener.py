"""uvicorn within a loop that is somebody else's: it leaves signals alone, and says when it is ready."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

STOP_S = 2.0
"""Seconds that open connections have when the server stops."""
MAX_MESSAGE = 1024 * 1024
"""Bytes of one WebSocket message."""


class Listener(uvicorn.Server):
    """Serves ``app`` on a socket from `start` to `stop`.

    ``certificate`` and ``key`` are files, for TLS. Of several listeners on one app, one tells it of its start
    and its end (``lifespan``).
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        certificate: Path | None = None,
        key: Path | None = None,
        lifespan: bool = True,
    ) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                loop="asyncio",
                http="h11",
                ws="wsproto",
                lifespan="on" if lifespan else "off",
                log_config=None,
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=int(STOP_S),
                ws_max_size=MAX_MESSAGE,
                ssl_certfile=certificate,
                ssl_keyfile=key,
            )
        )
        self._ready = asyncio.Event()
        self._serving: asyncio.Task[None] | None = None

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready.set()

    async def start(self, bound: socket.socket) -> None:
        """Until connections are taken. Raises what ended the server before that."""
        self._serving = asyncio.create_task(self.serve(sockets=[bound]), name="server")
        ready = asyncio.ensure_future(self._ready.wait())
        await asyncio.wait([ready, self._serving], return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if self._serving.done():
            await self._serving
            raise RuntimeError("the server ended while it started; the log says why")

    async def wait(self) -> None:
        """Until the server ends by itself."""
        if self._serving is not None:
            await asyncio.wait([self._serving])

    async def stop(self) -> None:
        """Finish what is being answered, within `STOP_S`; a second time does nothing."""
        self.should_exit = True
        if self._serving is not None:
            await asyncio.gather(self._serving, return_exceptions=True)
            self._serving = None
