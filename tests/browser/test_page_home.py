"""The home on the page: live state, switches by hand, and the truth about what they did."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from homebody.home.adapters.simulated import Behaviour

if TYPE_CHECKING:
    from tests.browser.conftest import House, OpenHouse, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_switch_slider_choice_and_action(house: House, open_page: OpenPage) -> None:
    tab = await open_page(house, language="en-US")
    await tab.tab("home")
    strip = tab.thing("living_room.light_strip")
    await strip.get_by_role("switch").click()
    await expect(strip.get_by_role("switch")).to_have_attribute("aria-checked", "true")
    assert house.state("living_room.light_strip", "on_off") is True
    slider = strip.get_by_role("slider")
    await expect(slider).to_have_value("50")
    await slider.fill("20")
    await expect(strip.locator("output")).to_have_text("20%")
    await expect(strip.locator(".thing-told")).to_contain_text("20%")
    assert house.state("living_room.light_strip", "brightness") == 20
    await strip.get_by_role("combobox").select_option(label="red")
    await expect(strip.locator(".thing-told")).to_contain_text("red")
    assert house.state("living_room.light_strip", "color") == "red"
    aquarium = tab.thing("living_room.aquarium")
    await aquarium.get_by_role("button", name="feed the fish").click()
    await expect(aquarium.locator(".thing-told")).to_have_attribute("data-status", "accepted")
    assert house.simulated.history[-1].function == "feed"


async def test_a_curtain_is_seen_moving_and_can_be_stopped(house: House, open_page: OpenPage) -> None:
    tab = await open_page(house, language="en-US")
    await tab.tab("home")
    curtain = tab.thing("living_room.curtain")
    await curtain.get_by_role("button", name="Open").click()
    await expect(curtain.locator("output")).not_to_have_text("0%")
    await curtain.get_by_role("button", name="Stop").click()
    await expect(curtain.locator(".thing-told")).to_be_visible()
    position = house.state("living_room.curtain", "position")
    assert isinstance(position, float | int) and 0 < position < 100


async def test_the_lock_asks_and_a_no_leaves_it_locked(house: House, open_page: OpenPage) -> None:
    tab = await open_page(house, language="en-US")
    await tab.tab("home")
    await tab.page.locator(".room", has_text="hallway").locator("summary").click()
    lock = tab.thing("hallway.lock")
    dialog = tab.page.get_by_role("dialog")
    for no in ("button", "escape"):
        await lock.get_by_role("button", name="Unlock").click()
        await expect(dialog).to_be_visible()
        await expect(dialog).to_contain_text("front door")
        if no == "button":
            await dialog.get_by_role("button", name="No").click()
        else:
            await tab.page.keyboard.press("Escape")
        await expect(dialog).to_have_count(0)
        assert house.state("hallway.lock", "lock") is True
    await lock.get_by_role("button", name="Unlock").click()
    await dialog.get_by_role("button", name="Yes").click()
    await expect(lock.locator(".thing-told")).to_have_attribute("data-status", "done")
    assert house.state("hallway.lock", "lock") is False


async def test_a_lamp_that_lies_stays_off_and_is_told_on(house: House, open_page: OpenPage) -> None:
    house.lie("living_room.floor_lamp")
    tab = await open_page(house, language="en-US")
    await tab.tab("home")
    lamp = tab.thing("living_room.floor_lamp")
    await lamp.get_by_role("switch").click()
    await expect(lamp.locator(".thing-told")).to_have_attribute("data-status", "unverified")
    await expect(lamp.get_by_role("switch")).to_have_attribute("aria-checked", "false")
    slider = lamp.get_by_role("slider")
    await slider.fill("90")
    await expect(slider).to_have_value("40")  # back where the lamp says that it is
    await expect(lamp.locator("output")).to_have_text("40%")


async def test_a_device_that_is_away_looks_so(house: House, open_page: OpenPage) -> None:
    tab = await open_page(house, language="en-US")
    await tab.tab("home")
    lamp = tab.thing("living_room.floor_lamp")
    await expect(lamp.locator(".thing-away")).to_be_hidden()
    house.simulated.set_behaviour("living_room.floor_lamp", Behaviour(offline=True))
    await lamp.get_by_role("switch").click()
    await expect(lamp.locator(".thing-away")).to_contain_text("Not answering")
    await expect(lamp.locator(".thing-told")).to_have_attribute("data-status", "unreachable")
    await expect(tab.page.locator(".house .head .lead")).to_contain_text("1 not answering")
    house.simulated.set_behaviour("living_room.floor_lamp", Behaviour())
    await lamp.get_by_role("switch").click()
    await expect(lamp.locator(".thing-away")).to_be_hidden()


async def test_names_of_devices_are_text(open_house: OpenHouse, open_page: OpenPage, tmp_path: Path) -> None:
    bait = '<img src=x onerror="window.caught=1">${1}`{{2}}</script><b>'
    device = {
        "id": bait, "kind": "light", "name": bait, "area": "a", "traits": {"on_off": {}},
        "controls": [{"id": "mode", "name": bait, "type": "choice", "choices": [{"id": "x", "name": bait}]},
                     {"id": "note", "name": bait, "type": "text"}],
        "state": {"on_off": False, "mode": "x", "note": bait},
    }  # fmt: skip
    home = {
        "schema": "homebody.home/1", "name": bait, "areas": [{"id": "a", "name": bait}], "devices": [device]
    }  # fmt: skip
    file = tmp_path / "bait.yaml"
    file.write_text(json.dumps(home), encoding="utf-8")
    house = await open_house(file)
    tab = await open_page(house)
    await tab.tab("home")
    await expect(tab.page.locator(".thing h3")).to_have_text(bait)
    await expect(tab.page.locator(".room-name")).to_have_text(bait)
    await tab.page.locator(".thing").get_by_role("switch").click()
    await expect(tab.page.locator(".thing-told")).to_contain_text("<img")
    assert await tab.page.evaluate("window.caught") is None
    assert await tab.page.locator(".app img, .app b").count() == 0


async def test_a_thousand_devices_stay_usable(
    open_house: OpenHouse, open_page: OpenPage, tmp_path: Path
) -> None:
    areas = [{"id": f"a{n}", "name": f"Room {n}"} for n in range(50)]
    devices = [
        {"id": f"d{n}", "kind": "light", "name": f"Lamp {n}", "area": f"a{n % 50}",
         "traits": {"on_off": {}, "brightness": {}}, "state": {"on_off": False, "brightness": 50}}
        for n in range(1000)
    ]  # fmt: skip
    file = tmp_path / "hotel.yaml"
    home = {"schema": "homebody.home/1", "name": "Hotel", "areas": areas, "devices": devices}
    file.write_text(json.dumps(home), encoding="utf-8")
    house = await open_house(file)
    tab = await open_page(house, language="en-US")
    await tab.tab("home")
    await expect(tab.page.locator(".room")).to_have_count(50)
    assert await tab.page.locator(".thing").count() <= 40
    await tab.page.locator(".room", has_text="Room 49").locator("summary").click()
    lamp = tab.thing("d49")
    await lamp.get_by_role("switch").click()
    await expect(lamp.get_by_role("switch")).to_have_attribute("aria-checked", "true")
    await tab.page.get_by_role("searchbox").fill("lamp 777")
    found = tab.page.locator('.results [data-device="d777"]')
    await found.get_by_role("switch").click()
    await expect(found.get_by_role("switch")).to_have_attribute("aria-checked", "true")
    assert house.state("d777", "on_off") is True
    await tab.page.get_by_role("searchbox").fill("")
    await expect(tab.page.locator(".floors")).to_be_visible()
