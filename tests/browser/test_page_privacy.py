"""What left, on the page: zero by default, and everything that wanted to leave."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from homebody.core.errors import NetworkRefusedError

if TYPE_CHECKING:
    from tests.browser.conftest import House, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_zero_bytes_after_a_conversation(house: House, open_page: OpenPage) -> None:
    tab = await open_page(house, language="en-US")
    await tab.say("turn on the floor lamp")
    await expect(tab.page.locator(".btn.bytes")).to_have_text("0 bytes left home")
    await tab.tab("privacy")
    await expect(tab.page.locator("[data-count=bytes-out]")).to_have_text("0 bytes")
    await expect(tab.page.locator(".ledger")).to_contain_text("nothing went out")


async def test_a_refused_attempt_and_a_permission_appear_as_they_happen(
    house: House, open_page: OpenPage
) -> None:
    tab = await open_page(house, language="en-US")
    await tab.tab("privacy")
    with pytest.raises(NetworkRefusedError), socket.socket() as outward:
        outward.connect(("192.0.2.1", 80))  # TEST-NET: refused before anything is sent
    line = tab.page.locator(".lines tbody tr").first
    await expect(line).to_contain_text("192.0.2.1:80")
    await expect(line).to_contain_text("refused")
    gate = house.assistant.gate
    gate.allow("weather", hosts=["weather.example"], by="Lan, on the page")
    gate.record("weather", "weather.example", bytes_out=1500, bytes_in=20)
    await expect(tab.page.locator("[data-count=bytes-out]")).to_have_text("1.5 kB")
    await expect(tab.page.locator(".btn.bytes")).to_have_text("1.5 kB left home")
    who = tab.page.locator(".card", has_text="Who may go out")
    await expect(who).to_contain_text("weather.example")
    await expect(who).to_contain_text("by Lan, on the page")


async def test_many_lines_at_once_do_not_drown_the_page(house: House, open_page: OpenPage) -> None:
    tab = await open_page(house, language="en-US")
    await tab.tab("privacy")
    for number in range(500):
        house.assistant.gate.record("flood", f"host{number}.example", bytes_out=1)
    await expect(tab.page.locator("[data-count=bytes-out]")).to_have_text("500 bytes")
    await expect(tab.page.locator(".lines tbody tr")).to_have_count(50)
    await expect(tab.page.locator(".lines tbody tr").first).to_contain_text("host499.example")
