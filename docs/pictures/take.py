"""Take the pictures of the page that the README shows: ``python docs/pictures/take.py`` from anywhere.

Needs the development extras and a chromium (``make chromium``). Serves the built-in home on a free port of
loopback, says a few sentences to it in a real browser, and writes ``page-wide.png`` and ``page-phone.png``
beside this file. Nothing of the person's own Homebody is touched.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright, expect

from homebody.assistant.assembly import assemble
from homebody.core.settings import load_settings
from homebody.home.adapters.simulated import Behaviour
from homebody.server.app import Server

HERE = Path(__file__).parent
LIAR = "living_room.floor_lamp"
MOST_BYTES = 300_000


async def say(page: Page, text: str) -> None:
    answers = page.locator(".answer[data-status]")
    before = await answers.count()
    await page.fill("input[name=said]", text)
    await page.press("input[name=said]", "Enter")
    await expect(answers).to_have_count(before + 1)


async def open_page(
    browser: Browser, url: str, *, language: str, width: int, height: int, dark: bool
) -> Page:
    page = await browser.new_page(
        viewport={"width": width, "height": height},
        locale=language,
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    await page.goto(url)
    await expect(page.locator(".composer")).to_be_visible()
    return page


async def save(page: Page, name: str) -> None:
    path = HERE / name
    await page.screenshot(path=path)
    size = path.stat().st_size
    print(f"{path.name}: {size:,} bytes")  # noqa: T201 - a script
    assert size < MOST_BYTES, f"{name} is too large for a README"


async def take(server: Server, browser: Browser) -> None:
    wide = await open_page(browser, server.address, language="en-US", width=1280, height=800, dark=False)
    await say(wide, "turn on the living room light and set the study light to 30%")
    assert server.assistant.simulated is not None
    server.assistant.simulated.set_behaviour(LIAR, Behaviour(lie=True))
    await say(wide, "turn on the floor lamp")
    server.assistant.simulated.set_behaviour(LIAR, Behaviour())
    await say(wide, "unlock the front door lock")
    await expect(wide.locator(".choices")).to_be_visible()
    await save(wide, "page-wide.png")

    phone = await open_page(browser, server.address, language="zh-CN", width=390, height=844, dark=True)
    await say(phone, "打开落地灯，再打开车库的电视")
    await phone.locator(".answer .how > summary").last.click()
    await expect(phone.locator(".receipt")).to_be_visible()
    await phone.locator(".entry").last.evaluate("(entry) => entry.scrollIntoView({block: 'start'})")
    await save(phone, "page-phone.png")


async def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("There is no chromium on this machine: make chromium")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(overrides={"data_dir": Path(folder), "model": "none", "port": 0}, environ={})
        assistant = assemble(settings)
        await assistant.start()
        try:
            async with Server(assistant) as server, async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=chromium, args=arguments)
                await take(server, browser)
                await browser.close()
        finally:
            await assistant.close()


if __name__ == "__main__":
    asyncio.run(main())
