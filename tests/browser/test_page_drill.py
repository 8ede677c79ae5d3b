"""The last drill on the page: as it is kept, in both languages, on a wide screen and on a phone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect
from tests.browser.conftest import PHONE, WIDE

from homebody.assistant.drill.record import FILE, Cut, Drill, Row, keep
from homebody.assistant.drill.running import Drilling
from homebody.home.label import Label
from homebody.home.registry import Registry

if TYPE_CHECKING:
    from tests.browser.conftest import House, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def drilled(house: House) -> Drill:
    """A drill of the simulated home, and one device of another network that nobody reached."""
    assistant = house.assistant
    drilling = Drilling(
        home=assistant.home,
        registry=lambda: Registry(assistant.home, {"simulated": house.simulated}, assistant.clock),
        gate=assistant.gate,
        clock=assistant.clock,
    )
    drill = await drilling.run()
    gone = Row(
        device="attic.lamp", name=Label(zh="阁楼灯", en="attic lamp"), protocol="miIO",
        address="192.168.1.77:54321", fate="dies", reached_before=False, read_ms=None, asked=None,
        spared=None, detail="it does not answer",
    )  # fmt: skip
    return replace(drill, rows=(*drill.rows, gone))


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
@pytest.mark.parametrize("size", [WIDE, PHONE])
async def test_a_drill_appears_when_it_was_made(
    house: House, open_page: OpenPage, language: str, size: tuple[int, int]
) -> None:
    tab = await open_page(house, language=language, size=size)
    await tab.tab("drill")
    panel = tab.page.locator(".panel-drill")
    await expect(panel.locator(".command")).to_have_text("homebody devices drill")
    folder = house.assistant.settings.data_dir
    keep(await drilled(house), folder)
    count = "60 of 61 live" if language == "en-US" else "60 / 61 个活着"
    await expect(panel.locator("[data-count=alive]")).to_have_text(count)
    rows = panel.locator(".drilled")
    await expect(rows).to_have_count(61)
    first = rows.first  # the worst is shown first
    await expect(first).to_have_attribute("data-fate", "dies")
    await expect(first).to_contain_text("attic lamp" if language == "en-US" else "阁楼灯")
    await expect(first).to_contain_text("either" if language == "en-US" else "也没有回应")
    lamp = panel.locator('[data-device="living_room.floor_lamp"]')
    await expect(lamp).to_contain_text("and put back" if language == "en-US" else "又恢复了")
    lock = panel.locator('[data-fate="answers"]', has_text="lock" if language == "en-US" else "锁").first
    await expect(lock).to_contain_text("only read" if language == "en-US" else "只读")
    assert not await tab.scrolls_sideways()


async def test_what_it_proves_is_said_and_no_more(house: House, open_page: OpenPage) -> None:
    why = ("packet_filter: only root may ask the kernel for it",)
    cut = Cut(kind="gate", not_stronger=why, unplugged=False, lan_packets=None, refused_packets=None,
              refused_attempts=3)  # fmt: skip
    drill = Drill(at=datetime.now(UTC), home=Label.of("x" * 60), seconds=1.25, cut=cut, rows=())
    keep(drill, house.assistant.settings.data_dir)
    tab = await open_page(house, language="en-US", size=PHONE)
    await tab.tab("drill")
    panel = tab.page.locator(".panel-drill")
    await expect(panel).to_contain_text("the kernel was not involved")
    await expect(panel).to_contain_text("only root may ask the kernel for it")
    await expect(panel).not_to_contain_text("packets that the kernel refused")
    assert not await tab.scrolls_sideways()


async def test_a_record_that_cannot_be_read_is_told(house: House, open_page: OpenPage) -> None:
    (house.assistant.settings.data_dir / FILE).write_text('{"schema": "homebody.drill/1"}', encoding="utf-8")
    tab = await open_page(house, language="en-US")
    await tab.tab("drill")
    await expect(tab.page.locator(".panel-drill .trouble")).to_contain_text("cannot be read")
