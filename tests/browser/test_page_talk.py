"""Talking on the page: say it, see it happen, see how it is known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from tests.browser.conftest import House, OpenHouse, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_typed_command_turns_the_lamp_on_and_the_home_shows_it(
    house: House, open_page: OpenPage
) -> None:
    tab = await open_page(house)
    answer = await tab.say("打开落地灯")
    await expect(answer).to_have_attribute("data-status", "done")
    await expect(answer.locator(".reply")).to_contain_text("落地灯")
    assert house.state("living_room.floor_lamp", "on_off") is True
    await tab.tab("home")
    lamp = tab.thing("living_room.floor_lamp").get_by_role("switch")
    await expect(lamp).to_have_attribute("aria-checked", "true")


async def test_a_turn_unfolds_to_plan_outcome_and_receipt(house: House, open_page: OpenPage) -> None:
    tab = await open_page(house, language="en-US")
    answer = await tab.say("turn on the floor lamp and the TV in the garage")
    await expect(answer).to_have_attribute("data-status", "not_done")
    await expect(answer.locator(".receipt")).to_have_count(0)  # what is folded costs nothing
    await answer.locator(".how > summary").click()
    receipt = answer.locator(".receipt")
    await expect(receipt).to_be_visible()
    await expect(receipt).to_contain_text("total")
    await expect(receipt).to_contain_text("0 bytes")
    await expect(answer).to_contain_text("off → on")
    await answer.locator(".json > summary").click()
    plan = json.loads(await answer.locator(".json pre").inner_text())
    assert plan["schema"] == "homebody.plan/1"
    assert [step["device"] for step in plan["steps"]] == ["living_room.floor_lamp"]
    assert plan["problems"]


async def test_a_lamp_that_lies_is_not_claimed(house: House, open_page: OpenPage) -> None:
    house.lie("living_room.floor_lamp")
    tab = await open_page(house)
    answer = await tab.say("打开落地灯")
    await expect(answer).to_have_attribute("data-status", "not_done")
    await answer.locator(".how > summary").click()
    await expect(answer.locator(".badge.doubt")).to_have_text("没能证实")
    assert house.state("living_room.floor_lamp", "on_off") is False


@pytest.mark.parametrize(
    ("language", "said", "button", "locked", "buttons"),
    [
        ("zh-CN", "打开大门锁", "确定", False, ["取消", "确定"]),
        ("en-US", "unlock the front door lock", "No", True, ["No", "Yes"]),
    ],
)
async def test_an_unlock_asks_and_does_what_is_answered(
    house: House, open_page: OpenPage, language: str, said: str, button: str, locked: bool, buttons: list[str]
) -> None:
    tab = await open_page(house, language=language)
    answer = await tab.say(said)
    await expect(answer).to_have_attribute("data-status", "asked")
    assert house.state("hallway.lock", "lock") is True
    assert await answer.locator(".choices button").all_inner_texts() == buttons
    answers = tab.page.locator(".answer[data-status]")
    await answer.get_by_role("button", name=button, exact=True).click()
    await expect(answers).to_have_count(2)
    await expect(answers.last).to_have_attribute("data-status", "done")
    await expect(tab.page.locator(".log .choices")).to_have_count(0)  # the question is answered
    assert house.state("hallway.lock", "lock") is locked


async def test_examples_are_of_this_home_and_work(house: House, open_page: OpenPage) -> None:
    for language in ("zh-CN", "en-US"):
        tab = await open_page(house, language=language)
        examples = tab.page.locator(".example")
        await expect(examples).to_have_count(6)
        for index in range(6):
            await examples.nth(index).click()
            answers = tab.page.locator(".answer[data-status]")
            await expect(answers).to_have_count(index + 1)
            said = await examples.nth(index).inner_text()
            status = await answers.last.get_attribute("data-status")
            assert status in ("done", "asked"), (said, status, await answers.last.inner_text())


async def test_a_reminder_that_is_due_appears_by_itself(house: House, open_page: OpenPage) -> None:
    tab = await open_page(house, language="en-US")
    await tab.say("remind me in 1 second to drink water")
    notice = tab.page.locator(".notice")
    await expect(notice).to_contain_text("drink water")
    await expect(tab.page.locator("[role=status].unseen")).to_contain_text("drink water")


async def test_the_conversation_is_there_after_a_reload(house: House, open_page: OpenPage) -> None:
    tab = await open_page(house)
    await tab.say("打开落地灯")
    await tab.page.reload()
    await expect(tab.page.locator(".answer[data-status=done]")).to_have_count(1)


async def test_markup_in_what_is_said_is_text(house: House, open_page: OpenPage) -> None:
    tab = await open_page(house)
    bait = '<img src=x onerror="window.caught=1"><script>window.caught=1</script> ${7*7} `x` {{1}}'
    await tab.say(bait)
    await expect(tab.page.locator(".said p").last).to_have_text(bait)
    assert await tab.page.evaluate("window.caught") is None
    await tab.page.reload()  # the conversation now comes with the page itself
    await expect(tab.page.locator(".said p").last).to_have_text(bait)
    assert await tab.page.evaluate("window.caught") is None


async def test_long_and_empty_text_is_taken_calmly(house: House, open_page: OpenPage) -> None:
    tab = await open_page(house)
    await tab.page.press("input[name=said]", "Enter")
    await tab.page.fill("input[name=said]", "   ")
    await tab.page.press("input[name=said]", "Enter")
    answer = await tab.say("灯" * 3000)  # the field itself takes 2,000
    await expect(answer).to_be_visible()
    await expect(tab.page.locator(".answer[data-status]")).to_have_count(1)
    assert not await tab.scrolls_sideways()


async def test_what_is_typed_stays_while_the_home_changes(house: House, open_page: OpenPage) -> None:
    tab = await open_page(house)
    await tab.say("打开落地灯")
    await tab.page.fill("input[name=said]", "写了一半")
    other = await open_page(house)
    await other.say("关掉落地灯")
    await tab.tab("home")
    await tab.tab("talk")
    await expect(tab.page.locator("input[name=said]")).to_have_value("写了一半")


async def test_two_tabs_have_their_own_conversations_and_one_home(house: House, open_page: OpenPage) -> None:
    first = await open_page(house)
    second = await open_page(house, context=first.page.context)
    await first.say("打开大门锁")
    answer = await second.say("确定")  # answers nothing: it was asked elsewhere
    await expect(answer).not_to_have_attribute("data-status", "asked")
    assert house.state("hallway.lock", "lock") is True
    await second.tab("home")
    lamp = second.thing("living_room.floor_lamp").get_by_role("switch")
    await expect(lamp).to_have_attribute("aria-checked", "false")
    await first.say("打开落地灯")
    await expect(lamp).to_have_attribute("aria-checked", "true")


async def test_the_page_says_so_when_the_server_stops(house: House, open_page: OpenPage) -> None:
    tab = await open_page(house)
    await house.server.stop()
    await expect(tab.page.locator("#popup")).to_have_attribute("aria-hidden", "false")


async def test_a_home_without_examples_still_talks(
    open_house: OpenHouse, open_page: OpenPage, tmp_path: Path
) -> None:
    file = tmp_path / "empty.yaml"
    file.write_text(
        "schema: homebody.home/1\nname: {zh: 空屋, en: Empty}\nareas: []\ndevices: []\n", encoding="utf-8"
    )
    house = await open_house(file)
    tab = await open_page(house)
    answer = await tab.say("打开灯")
    await expect(answer).not_to_have_attribute("data-status", "done")
    await tab.tab("home")
    await expect(tab.page.locator(".house h1")).to_have_text("空屋")
