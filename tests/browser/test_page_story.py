"""The guided story: it plays to its end in any home, and leaves everything as it was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from tests.browser.conftest import House, OpenHouse, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def states(house: House) -> dict[str, dict[str, object]]:
    registry = house.assistant.registry
    return {device.id: dict(registry.state(device.id).values) for device in house.assistant.home.devices}


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
async def test_the_story_plays_to_its_end_and_puts_everything_back(
    house: House, open_page: OpenPage, language: str
) -> None:
    chinese = language == "zh-CN"
    before = states(house)
    tab = await open_page(house, language=language)
    page = tab.page
    await page.get_by_role("button", name="演示" if chinese else "Show me", exact=True).click()
    await expect(page.locator(".stage").last).to_have_text(
        "演示结束，动过的都恢复原样了。" if chinese else "The end. What was changed is as it was before.",
        timeout=30_000,
    )
    told = await page.locator(".stage").all_inner_texts()
    assert not [line for line in told if "跳过" in line or "Left out" in line]
    assert any("字节数：0" in line or "for all of this: 0" in line for line in told)
    statuses = [
        await each.get_attribute("data-status") for each in await page.locator(".answer[data-status]").all()
    ]
    #          several  question  the lie     again   timed   impossible  unlock   no
    assert statuses == ["done", "done", "not_done", "done", "done", "not_done", "asked", "done"]
    await expect(page.locator(".notice")).to_have_count(1)
    assert states(house) == before
    assert not house.simulated.behaviour("living_room.floor_lamp").lie
    assert house.assistant.schedule.appointments() == ()
    await expect(page.locator(".log .choices")).to_have_count(0)


async def test_it_can_be_stopped_and_puts_back_what_it_changed(
    open_house: OpenHouse, open_page: OpenPage
) -> None:
    house = await open_house()
    before = states(house)
    tab = await open_page(house, language="en-US")
    await tab.page.get_by_role("button", name="Show me", exact=True).click()
    await expect(tab.page.locator(".answer[data-status]").first).to_be_visible()
    await tab.page.get_by_role("button", name="Stop the demo").click()
    await expect(tab.page.locator(".stage").last).to_have_text(
        "Stopped. What was changed is as it was before."
    )
    assert states(house) == before
    await expect(tab.page.get_by_role("button", name="Show me", exact=True)).to_be_visible()


async def test_it_leaves_out_what_a_home_does_not_have(
    open_house: OpenHouse, open_page: OpenPage, tmp_path: Path
) -> None:
    file = tmp_path / "hut.yaml"
    file.write_text(
        "schema: homebody.home/1\nname: Hut\nareas: [{id: room, name: {zh: 房间, en: room}}]\n"
        "devices:\n  - {id: lamp, kind: light, name: {zh: 灯, en: lamp}, area: room, traits: {on_off: {}}}\n",
        encoding="utf-8",
    )
    house = await open_house(file)
    tab = await open_page(house, language="en-US")
    await tab.page.get_by_role("button", name="Show me", exact=True).click()
    await expect(tab.page.locator(".stage").last).to_contain_text("The end.", timeout=30_000)
    told = " ".join(await tab.page.locator(".stage").all_inner_texts())
    assert "Left out “Several things at once”" in told
    assert "Left out “Unlocking”" in told


async def test_one_story_at_a_time(open_house: OpenHouse, open_page: OpenPage) -> None:
    house = await open_house()
    first, second = await open_page(house, language="en-US"), await open_page(house, language="en-US")
    await first.page.get_by_role("button", name="Show me", exact=True).click()
    await expect(second.page.locator(".story")).to_contain_text("another window")
    await expect(second.page.get_by_role("button", name="Show me", exact=True)).to_be_visible(timeout=30_000)
