"""The page's frame: two languages, two appearances, a phone, a keyboard, a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Page, expect

if TYPE_CHECKING:
    from tests.browser.conftest import House, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TABS = ("talk", "home", "drill", "privacy", "models")


async def test_it_speaks_the_browsers_language_and_remembers_another(
    house: House, open_page: OpenPage
) -> None:
    tab = await open_page(house, language="zh-CN")
    page = tab.page
    await expect(page.locator("h1").first).to_have_text("想让家里做点什么？")
    assert await page.evaluate("document.documentElement.lang") == "zh-CN"
    await tab.say("打开落地灯")
    await page.get_by_role("button", name="Switch to English").click()
    await expect(page.locator("h1").first).to_have_text("What shall the house do?")
    await expect(page.locator("html")).to_have_attribute("lang", "en-US")
    await expect(page.locator(".answer[data-status=done]")).to_have_count(1)  # nothing said is lost
    await page.reload()
    await expect(page.locator("h1").first).to_have_text("What shall the house do?")
    await expect(page.locator("html")).to_have_attribute("lang", "en-US")


async def test_light_and_dark_follow_the_system_until_a_person_chooses(
    house: House, open_page: OpenPage
) -> None:
    tab = await open_page(house, dark=True, language="en-US")
    page = tab.page
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = await page.evaluate(paper)
    await page.emulate_media(color_scheme="light")
    light = await page.evaluate(paper)
    assert _brightness(dark) < 60 and _brightness(light) > 220
    look = page.locator("button.theme")
    await expect(look).to_have_accessible_name("Appearance: as the system")
    await look.click()
    await expect(look).to_have_accessible_name("Appearance: light")
    await look.click()
    await expect(look).to_have_accessible_name("Appearance: dark")
    assert await page.evaluate(paper) == dark
    await page.reload()
    await expect(page.locator("html")).to_have_attribute("data-look", "dark")
    assert await page.evaluate(paper) == dark


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
@pytest.mark.parametrize("dark", [False, True])
async def test_a_phone_scrolls_in_one_direction_only(
    house: House, open_page: OpenPage, language: str, dark: bool
) -> None:
    tab = await open_page(house, size=(390, 844), language=language, dark=dark)
    house.assistant.gate.record("a-very-long-purpose-name-for-a-narrow-phone", "a" * 60 + ".example")
    answer = await tab.say(
        "打开落地灯，再打开车库的电视" if language == "zh-CN" else "turn on the floor lamp and open the TV"
    )
    await answer.locator(".how > summary").click()
    await answer.locator(".json > summary").click()
    for name in TABS:
        await tab.tab(name)
        if name == "home":
            await tab.open_rooms()
            await expect(tab.page.locator(".thing")).to_have_count(60)
        assert not await tab.scrolls_sideways(), name
    await tab.tab("talk")
    box = await tab.page.locator(".send").bounding_box()
    assert box and box["width"] >= 44 and box["height"] >= 44 and box["y"] + box["height"] < 844 - 56


async def test_everything_is_reached_with_the_keyboard_alone(house: House, open_page: OpenPage) -> None:
    tab = await open_page(house, language="en-US")
    page = tab.page
    await _tab_to(page, "Say something")
    await page.keyboard.type("turn on the floor lamp")
    await page.keyboard.press("Enter")
    answer = page.locator(".answer[data-status=done]")
    await expect(answer).to_have_count(1)
    await expect(page.get_by_role("textbox", name="Say something")).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    assert await page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert await page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    await page.keyboard.press("Enter")
    await expect(answer.locator(".receipt")).to_be_visible()
    await _tab_to(page, "Home", back=True)
    await page.keyboard.press("Enter")
    await expect(page.locator(".panel-home")).to_be_visible()
    await _tab_to(page, "floor lamp: power")
    await page.keyboard.press("Space")
    await expect(tab.thing("living_room.floor_lamp").get_by_role("switch")).to_have_attribute(
        "aria-checked", "false"
    )
    await _tab_to(page, "floor lamp: brightness")
    await page.keyboard.press("ArrowRight")
    await expect(tab.thing("living_room.floor_lamp").locator("output")).to_have_text("41%")
    await expect(tab.thing("living_room.floor_lamp").locator(".thing-told")).to_contain_text("41%")


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
async def test_every_control_has_a_name(house: House, open_page: OpenPage, language: str) -> None:
    tab = await open_page(house, language=language)
    answer = await tab.say("打开大门锁" if language == "zh-CN" else "unlock the front door lock")
    await answer.locator(".how > summary").click()
    session = await tab.page.context.new_cdp_session(tab.page)
    seen = 0
    for name in TABS:
        await tab.tab(name)
        if name == "home":
            await tab.open_rooms()
            await expect(tab.page.locator(".thing")).to_have_count(60)
        tree = await session.send("Accessibility.getFullAXTree")
        controls = [node for node in tree["nodes"] if _is_control(node)]
        nameless = [node for node in controls if not _name(node)]
        assert nameless == []
        seen += len(controls)
        roles = {node["role"]["value"] for node in tree["nodes"] if not node.get("ignored")}
        assert {"main", "navigation", "heading"} <= roles
    assert seen > 150  # the whole home was looked at


@pytest.mark.parametrize("dark", [False, True])
async def test_text_stands_out_from_what_is_behind_it(house: House, open_page: OpenPage, dark: bool) -> None:
    """WCAG 2.2 AA: 4.5 to 1 for text, 3 to 1 for large text."""
    tab = await open_page(house, language="en-US", dark=dark)
    await tab.say("turn on the floor lamp and the TV in the garage")
    await (await tab.say("unlock the front door lock")).locator(".how > summary").click()
    for name in TABS:
        await tab.tab(name)
        weak = await tab.page.evaluate(_CONTRAST)
        assert weak == [], name


_CONTROLS = {"button", "link", "textbox", "searchbox", "slider", "switch", "combobox", "spinbutton",
             "checkbox", "DisclosureTriangle", "dialog", "progressbar"}  # fmt: skip


def _is_control(node: dict[str, Any]) -> bool:
    return not node.get("ignored") and node.get("role", {}).get("value") in _CONTROLS


def _name(node: dict[str, Any]) -> str:
    return str(node.get("name", {}).get("value", "")).strip()


def _brightness(colour: str) -> float:
    parts = [float(part) for part in colour[colour.index("(") + 1 : -1].replace(",", " ").split()[:3]]
    return sum(parts) / 3


async def _tab_to(page: Page, name: str, *, back: bool = False) -> None:
    """Press Tab until the element of this name has the focus."""
    for _ in range(80):
        focused = await page.evaluate(
            "((at) => (at.getAttribute('aria-label') || at.innerText || '').trim())(document.activeElement)"
        )
        if focused == name:
            return
        await page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"{name} is not reached with Tab")


_CONTRAST = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = (css) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = css; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, under) => top.slice(0, 3).map((c, i) => c * top[3] + under[i] * (1 - top[3]));
  const behind = (box) => {
    const layers = [];
    for (let at = box; at; at = at.parentElement) layers.unshift(rgba(getComputedStyle(at).backgroundColor));
    return layers.reduce((under, top) => over(top, under), [255, 255, 255]);
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((c) => { c /= 255; return c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4;
    }); return .2126 * r + .7152 * g + .0722 * b;
  };
  const weak = [];
  for (const box of document.querySelectorAll('.app *')) {
    const own = [...box.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()); if (!own
    || !box.checkVisibility() || box.closest('.unseen, .skip, option, .offline')) continue; const style =
    getComputedStyle(box), back = behind(box); const front = over(rgba(style.color), back); const [a, b] =
    [light(front), light(back)].sort((x, y) => y - x); const ratio = (a + .05) / (b + .05), large =
    parseFloat(style.fontSize) >= 24; if (ratio < (large ? 3 : 4.5)) weak.push(`${box.className ||
    box.tagName}: ${ratio.toFixed(2)} ${box.textContent.slice(0, 30)}`);
  }
  return weak;
}"""
