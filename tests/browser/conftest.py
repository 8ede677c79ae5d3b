"""A real browser on a real server: Debian's chromium, loopback only, one home for each test."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from homebody.assistant.assembly import assemble
from homebody.assistant.assistant import Assistant
from homebody.assistant.voice.shared import Loaded
from homebody.core.gate import Gate, installed
from homebody.core.settings import load_settings
from homebody.home.adapters.simulated import Behaviour, Simulated
from homebody.server.app import Server

WAIT_MS = 10_000
expect.set_options(timeout=WAIT_MS)
WIDE, PHONE = (1280, 800), (390, 844)


def chromium() -> str:
    """The browser of this machine. Absent: skipped, or with HOMEBODY_TEST_REQUIRE_BROWSER=1 a failure."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    reason = "no chromium on this machine: apt-get install chromium"
    if os.environ.get("HOMEBODY_TEST_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = chromium()
    arguments = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--disable-dev-shm-usage"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")  # which chromium refuses to root otherwise
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=path, args=arguments)
        yield opened
        await opened.close()


@dataclass(slots=True, kw_only=True)
class House:
    """One assistant and its doors."""

    assistant: Assistant
    server: Server

    @property
    def simulated(self) -> Simulated:
        assert self.assistant.simulated is not None
        return self.assistant.simulated

    def state(self, device: str, function: str) -> object:
        return self.assistant.registry.state(device).values.get(function)

    def lie(self, device: str) -> None:
        self.simulated.set_behaviour(device, Behaviour(lie=True))


class OpenHouse(Protocol):
    async def __call__(
        self, home: Path | None = None, speech: Callable[[], Loaded] | None = None, **settings: object
    ) -> House: ...


@pytest_asyncio.fixture(loop_scope="session")
async def open_house(tmp_path: Path) -> AsyncIterator[OpenHouse]:
    """Makes servers, each with a home of its own, on free ports."""
    async with AsyncExitStack() as stack:
        count = 0

        async def make(
            home: Path | None = None, speech: Callable[[], Loaded] | None = None, **settings: object
        ) -> House:
            nonlocal count
            count += 1
            overrides = {
                "data_dir": tmp_path / f"data{count}",
                "model": "none",
                "port": 0,
                "phone_port": 0,
                "home_file": home,
            }
            gate = stack.enter_context(installed(Gate()))
            assistant = assemble(load_settings(overrides={**overrides, **settings}, environ={}), gate=gate)
            stack.push_async_callback(assistant.close)
            await assistant.start()
            server = Server(assistant, phone_host="127.0.0.1", speech=speech, story_speed=100)
            await stack.enter_async_context(server)
            return House(assistant=assistant, server=server)

        yield make


@pytest_asyncio.fixture(loop_scope="session")
async def house(open_house: OpenHouse) -> House:
    return await open_house()


@dataclass(slots=True, kw_only=True)
class Opened:
    """One browser tab on the page."""

    page: Page
    outside: list[str] = field(default_factory=list)
    """Requests that went to another address than the server's."""
    errors: list[str] = field(default_factory=list)

    async def say(self, text: str) -> Locator:
        """Type a sentence and send it; the answer that came."""
        answers = self.page.locator(".answer[data-status]")
        before = await answers.count()
        await self.page.fill("input[name=said]", text)
        await self.page.press("input[name=said]", "Enter")
        await expect(answers).to_have_count(before + 1)
        return answers.last

    async def say_from_anywhere(self, text: str) -> Locator:
        await self.tab("talk")
        return await self.say(text)

    async def tab(self, name: str) -> None:
        await self.page.click(f"[data-tab={name}]")
        await expect(self.page.locator(f".panel-{name}")).to_be_visible()

    async def open_rooms(self) -> None:
        """Unfold every area of the home."""
        folded = self.page.locator(".room:not([open]) > summary")
        for _ in range(await folded.count()):
            await folded.first.click()
        await expect(folded).to_have_count(0)

    def thing(self, device: str) -> Locator:
        return self.page.locator(f'.floors [data-device="{device}"]')

    async def scrolls_sideways(self) -> bool:
        wide: bool = await self.page.evaluate(
            """() => document.documentElement.scrollWidth > innerWidth
            || [...document.querySelectorAll('.panel, .scroll, .answer, .thing, .card')]
                .some((box) => box.checkVisibility() && box.scrollWidth > box.clientWidth + 1)"""
        )
        return wide


class OpenPage(Protocol):
    async def __call__(
        self,
        house: House,
        *,
        language: str = "zh-CN",
        size: tuple[int, int] = WIDE,
        dark: bool = False,
        context: Any = None,
    ) -> Opened: ...


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser) -> AsyncIterator[OpenPage]:
    """Opens tabs. At the end, none may have asked another host for anything, or had an error in its
    script."""
    opened: list[Opened] = []
    closing: list[Callable[[], Awaitable[None]]] = []

    async def make(
        house: House,
        *,
        language: str = "zh-CN",
        size: tuple[int, int] = WIDE,
        dark: bool = False,
        context: Any = None,
    ) -> Opened:
        if context is None:
            context = await browser.new_context(
                viewport={"width": size[0], "height": size[1]},
                color_scheme="dark" if dark else "light",
                locale=language,
            )
            closing.append(context.close)
        page = await context.new_page()
        page.set_default_timeout(WAIT_MS)
        tab = Opened(page=page)
        assert house.server.door is not None
        ours = (house.server.door.url + "/", house.server.door.url.replace("http", "ws", 1) + "/", "data:")

        def went(url: str) -> None:
            if not url.startswith(ours):
                tab.outside.append(url)

        page.on("request", lambda request: went(request.url))
        page.on("websocket", lambda socket: went(socket.url))
        page.on("pageerror", lambda error: tab.errors.append(str(error)))
        await page.goto(house.server.address)
        await expect(page.locator(".composer")).to_be_visible()
        opened.append(tab)
        return tab

    yield make
    for close in closing:
        await close()
    assert [url for tab in opened for url in tab.outside] == []
    assert [error for tab in opened for error in tab.errors] == []
