"""What is served, put together: NiceGUI's page, the JSON door and the page's files.

Imported when a server starts, since NiceGUI is heavy. It is one application a process, with routes, settings
and files of its own, and is set up here once; which assistant a request is for, the request itself carries.
"""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from homebody.assistant.assistant import Assistant
from homebody.server.web.assets import asset, is_asset


class Site:
    """The page of one assistant. ``hub`` is what its open pages share."""

    def __init__(self, assistant: Assistant, *, story_speed: float = 1.0) -> None:
        self._page = _page_application()
        from homebody.server.web.hub import Hub  # noqa: PLC0415 - after NiceGUI was told where it may write

        self.hub = Hub(assistant, story_speed=story_speed)

    async def page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The page and its files, as ASGI."""
        if scope["type"] == "http" and is_asset(scope["path"]):
            await asset(scope["path"])(scope, receive, send)
        else:
            await self._page({**scope, "homebody": self.hub}, receive, send)

    def with_json(self, door: ASGIApp) -> ASGIApp:
        """The page, and this door under ``/api``."""

        async def choose(scope: Scope, receive: Receive, send: Send) -> None:
            json = scope["type"] == "http" and scope["path"].startswith("/api/")
            await (door if json else self.page)(scope, receive, send)

        return choose


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
