"""What is served, put together: NiceGUI's page, the JSON door and the page's files.

Imported when a server starts, since NiceGUI is heavy. It is one application a process, with routes, settings
and files of its own, and is set up here once; which assistant a request is for, the request itself carries.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from homebody.assistant.assistant import Assistant
from homebody.server.web.assets import asset, is_asset

if TYPE_CHECKING:
    from homebody.assistant.voice.shared import Loaded
    from homebody.server.voice import VoiceDoor

VOICE = "/voice"


class Site:
    """The page of one assistant. ``hub`` is what its open pages share."""

    def __init__(
        self, assistant: Assistant, *, speech: Callable[[], Loaded] | None = None, story_speed: float = 1.0
    ) -> None:
        self._page = _page_application()
        self._speech = speech
        self._voice: VoiceDoor | None = None
        from homebody.server.web.hub import Hub  # noqa: PLC0415 - after NiceGUI was told where it may write

        self.hub = Hub(assistant, story_speed=story_speed)

    async def page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The page and its files, as ASGI."""
        if scope["type"] == "http" and is_asset(scope["path"]):
            await asset(scope["path"])(scope, receive, send)
        elif scope["type"] == "websocket" and scope["path"] == VOICE:
            await self._hear(WebSocket(scope, receive, send))
        else:
            await self._page({**scope, "homebody": self.hub}, receive, send)

    async def _hear(self, socket: WebSocket) -> None:
        try:
            from homebody.assistant.voice.loading import load_speech  # noqa: PLC0415 - an extra: it may be absent
            from homebody.assistant.voice.shared import SharedSpeech  # noqa: PLC0415
            from homebody.server.voice import VoiceDoor  # noqa: PLC0415
        except ImportError as error:
            await socket.accept()
            hint = "Install it with pip install 'homebody[speech]', then start Homebody again."
            await socket.send_json(
                {"error": f"Speech is not installed: {error.name} is missing", "hint": hint}
            )
            await socket.close()
            return
        if self._voice is None:
            assistant = self.hub.assistant
            load = self._speech or (lambda: load_speech(assistant.settings, assistant.gate))
            self._voice = VoiceDoor(self.hub, SharedSpeech(load))
        await self._voice.serve(socket)

    async def close(self) -> None:
        """Let go of the assistant, and of the engines of speech."""
        await self.hub.close()
        if self._voice is not None:
            self._voice.close()

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
