"""uvicorn and NiceGUI, put together: imported by `app` when a server starts, and by nobody else.

NiceGUI is one application a process, with routes, settings and files of its own. It is set up here once;
which assistant a request is for, the request itself carries.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import os
import socket
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from functools import cache
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from homebody.assistant.assistant import Assistant
from homebody.server.api import api
from homebody.server.guard import Guard

STOP_S = 2.0
"""Seconds that open connections have when the server stops."""


class Listener(uvicorn.Server):
    """uvicorn within somebody else's loop: it leaves signals alone and says when it is ready."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                loop="asyncio",
                http="h11",
                ws="wsproto",
                lifespan="on",
                log_config=None,
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=int(STOP_S),
                ws_max_size=1024 * 1024,
            )
        )
        self._ready = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready.set()

    async def wait_until_ready(self, serving: asyncio.Task[None]) -> None:
        """Until connections are taken. Raises what ended the server before that."""
        ready = asyncio.ensure_future(self._ready.wait())
        await asyncio.wait([ready, serving], return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if serving.done():
            await serving
            raise RuntimeError("the server ended while it started; the log says why")


def doors(
    assistant: Assistant, *, token: str, host: str, key: str | None, story_speed: float
) -> tuple[ASGIApp, Callable[[], Awaitable[None]]]:
    """The whole of what is served, and what lets go of the assistant afterwards."""
    page = _page_application()
    from homebody.server.web.assets import asset  # noqa: PLC0415 - after NiceGUI was told where it may write
    from homebody.server.web.hub import Hub  # noqa: PLC0415

    hub = Hub(assistant, story_speed=story_speed)
    json_door = api(assistant, token)

    async def choose(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] == "http" and path.startswith("/api/"):
            await json_door(scope, receive, send)
        elif scope["type"] == "http" and path.startswith("/assets/"):
            await asset(path)(scope, receive, send)
        else:
            await page({**scope, "homebody": hub}, receive, send)

    wildcard = _is_wildcard(host)
    return Guard(choose, hosts=() if wildcard else (host,), any_address=wildcard, key=key), hub.close


def _is_wildcard(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


@cache
def _page_application() -> FastAPI:
    """NiceGUI with our one page, inside an application that passes it the start and the end of serving."""
    # It keeps nothing of ours, but reads and makes a folder: not in whatever folder somebody stands in.
    os.environ["NICEGUI_STORAGE_PATH"] = str(Path(tempfile.gettempdir()) / "homebody-page-keeps-nothing")
    os.environ.pop("NICEGUI_REDIS_URL", None)
    from nicegui import ui  # noqa: PLC0415

    from homebody.server.web.page import show  # noqa: PLC0415

    ui.page("/", title="Homebody 宅家", response_timeout=10)(show)
    shell = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    ui.run_with(
        shell,
        dark=None,
        tailwind=False,
        binding_refresh_interval=None,
        reconnect_timeout=8.0,
        show_welcome_message=False,
        gzip_middleware_factory=None,  # loopback: time, not bytes
    )
    return shell
