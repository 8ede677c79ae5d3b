"""Serving one assistant: the page at ``/``, the JSON door under ``/api``, both behind the guard.

Everything heavy is imported when a `Server` starts, so that this module costs other commands nothing. uvicorn
runs on asyncio's own loop: the network gate sees the sockets of Python, and not those of uvloop.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import signal
import webbrowser
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from homebody.core.errors import HomebodyError
from homebody.server.door import Door, remove_door, write_door
from homebody.server.listening import listen

if TYPE_CHECKING:
    from homebody.assistant.assistant import Assistant
    from homebody.assistant.voice.shared import Loaded
    from homebody.server.announcing.door import AnnouncingDoor
    from homebody.server.listener import Listener
    from homebody.server.phone.door import PhoneDoor
    from homebody.server.site import Site

_log = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"


class Server:
    """The doors of an assistant that was started. ``start`` and ``stop`` are called in its event loop.

    ``port`` and ``phone_host`` are those of the assistant's settings unless given; port 0 is any free one.
    ``speech`` loads other engines than the settings name, and ``story_speed`` makes the guided story so much
    faster: for tests.
    """

    def __init__(
        self,
        assistant: Assistant,
        *,
        port: int | None = None,
        phone_host: str | None = None,
        speech: Callable[[], Loaded] | None = None,
        story_speed: float = 1.0,
    ) -> None:
        self.assistant = assistant
        self._port = assistant.settings.port if port is None else port
        self._phone_host = assistant.settings.phone_host if phone_host is None else phone_host
        self._speech = speech
        self._story_speed = story_speed
        self._listener: Listener | None = None
        self._site: Site | None = None
        self.door: Door | None = None
        self.phones: PhoneDoor | None = None
        self.announcing: AnnouncingDoor | None = None

    @property
    def address(self) -> str:
        """What a person opens on this machine."""
        assert self.door is not None, "the server was not started"
        return f"{self.door.url}/"

    async def start(self) -> None:
        """Listen, and write `door.json`; where phones are paired, their door opens too.

        Raises AddressError (the port is in use), RecordError. A door for phones that cannot be opened is
        logged: this machine's page does not depend on it.
        """
        bound = listen(LOOPBACK, self._port)
        try:
            from homebody.server.api import api  # noqa: PLC0415 - heavy: NiceGUI and its kin
            from homebody.server.guard import Guard  # noqa: PLC0415
            from homebody.server.listener import Listener  # noqa: PLC0415
            from homebody.server.phone.door import PhoneDoor  # noqa: PLC0415
            from homebody.server.site import Site  # noqa: PLC0415

            assistant, settings = self.assistant, self.assistant.settings
            token = secrets.token_urlsafe(32)
            door = Door(url=f"http://{LOOPBACK}:{bound.getsockname()[1]}", token=token, pid=os.getpid())
            self._site = Site(assistant, speech=self._speech, story_speed=self._story_speed)
            self.phones = PhoneDoor(
                self._site.page,
                data_dir=settings.data_dir,
                clock=assistant.clock,
                gate=assistant.gate,
                host=self._phone_host,
                port=settings.phone_port,
            )
            self._site.hub.phones = self.phones
            self._listener = Listener(Guard(self._site.with_json(api(assistant, token, self.phones))))
            await self._listener.start(bound)
            write_door(settings.data_dir, door)
            self.door = door
            await self._open_to_phones(self.phones)
            self._announce()
        except BaseException:
            await self.stop()
            bound.close()
            raise

    async def _open_to_phones(self, phones: PhoneDoor) -> None:
        if not len(phones.phones):
            return
        try:
            await phones.open(by=f"a person who paired {len(phones.phones)} phones")
        except HomebodyError as error:
            _log.warning("phones cannot come in: %s. %s", error.message, error.hint)

    def _announce(self) -> None:
        """Tell of the devices at the home's broker, where a person wants that."""
        assistant = self.assistant
        if not assistant.settings.mqtt_announce:
            return
        try:
            from homebody.assistant.assembly import means_of  # noqa: PLC0415
            from homebody.server.announcing.door import AnnouncingDoor  # noqa: PLC0415 - the devices extra

            means = means_of(assistant.settings, assistant.gate, assistant.clock)("mqtt")
            self.announcing = AnnouncingDoor(assistant, means)
            self.announcing.start()
        except ModuleNotFoundError as error:
            _log.warning("devices are not announced: pip install 'homebody[devices]' (%s)", error)
        except HomebodyError as error:
            _log.warning("devices are not announced: %s. %s", error.message, error.hint)

    async def stop(self) -> None:
        """Tell open pages, finish what is being answered, and close; a second time does nothing."""
        if self.door is not None:
            remove_door(self.assistant.settings.data_dir, self.door)
            self.door = None
        if self.announcing is not None:
            await self.announcing.stop()
            self.announcing = None
        if self._site is not None:
            await self._site.close()
            self._site = None
        if self.phones is not None:
            await self.phones.close()
            self.phones = None
        if self._listener is not None:
            await self._listener.stop()
            self._listener = None

    async def wait(self) -> None:
        """Until the server ends by itself."""
        if self._listener is not None:
            await self._listener.wait()

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
    port: int | None = None,
    open_page: bool = False,
    announce: Callable[[str], None] = lambda _line: None,
) -> None:
    """Start the assistant and its doors, serve until SIGINT or SIGTERM, and close both.

    ``announce`` is told, in lines for a person, where the page is; ``open_page`` opens a browser there.
    """
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM)
    for number in signals:
        loop.add_signal_handler(number, ended.set)
    try:
        await assistant.start()
        async with Server(assistant, port=port) as server:
            announce(f"Homebody 宅家: {server.address}")
            announce("For a phone: homebody pair")
            if open_page:
                webbrowser.open(server.address)
            warm = asyncio.create_task(asyncio.to_thread(assistant.understanding.warm_up))
            waits = [asyncio.ensure_future(ended.wait()), asyncio.ensure_future(server.wait())]
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            for each in waits:
                each.cancel()
            await warm
    finally:
        await assistant.close()
        for number in signals:
            loop.remove_signal_handler(number)
