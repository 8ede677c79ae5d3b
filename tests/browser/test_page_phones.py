"""A phone, from the code on this machine's page to a lamp that it switches, and out again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, expect
from tests.browser.conftest import PHONE

if TYPE_CHECKING:
    from tests.browser.conftest import House, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(loop_scope="session")
async def phone(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A phone's browser whose person tapped the warning about the certificate away."""
    context = await browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]},
        user_agent="Mozilla/5.0 (Linux; Android 16) Mobile",
        locale="zh-CN",
        ignore_https_errors=True,
        has_touch=True,
    )
    yield context
    await context.close()


async def test_a_phone_is_paired_by_the_page_switches_a_lamp_and_is_forgotten(
    house: House, open_page: OpenPage, phone: BrowserContext
) -> None:
    tab = await open_page(house, language="en-US")
    await tab.tab("privacy")
    card = tab.page.locator("[data-card=phones]")
    await expect(card).to_contain_text("None so far")
    await card.locator("[data-act=pair]").click()
    dialog = tab.page.locator("[data-dialog=phone]")
    address = await dialog.locator("img").get_attribute("alt")
    assert address is not None and address.startswith("https://127.0.0.1:")
    assert await dialog.locator("img").evaluate("(picture) => picture.naturalWidth") > 100

    page = await phone.new_page()
    await page.goto(address)
    await expect(page.locator("h1")).to_have_text("把这部手机接进家里？")
    assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    await page.click("button")
    await expect(page.locator(".composer")).to_be_visible()
    await expect(dialog).to_have_count(0)  # the code was used
    await expect(card.locator("[data-phone]")).to_contain_text("Android")

    assert await page.evaluate("isSecureContext")  # without it a browser gives no microphone
    await page.fill("input[name=said]", "打开落地灯")
    await page.press("input[name=said]", "Enter")
    await expect(page.locator(".answer[data-status=done]")).to_have_count(1)
    assert house.state("living_room.floor_lamp", "on_off") is True

    await page.click("[data-tab=privacy]")
    await expect(page.locator(".count")).to_be_visible()
    await expect(page.locator("[data-card=phones]")).to_have_count(0)  # a phone does not pair others

    await page.click("[data-tab=talk]")
    await expect(page.locator(".composer")).to_be_visible()

    await card.locator("[data-act=forget]").click()
    await tab.page.locator("dialog[open] .strong").click()
    await expect(card).to_contain_text("None so far")
    await page.fill("input[name=said]", "关掉落地灯")
    await page.press("input[name=said]", "Enter")
    await page.reload()
    await expect(page.locator("h1")).to_have_text("这部手机还没有接进来")
    assert house.state("living_room.floor_lamp", "on_off") is True  # what was open was ended too


async def test_the_page_is_an_app_that_says_when_the_home_is_away(
    house: House, phone: BrowserContext
) -> None:
    page = await phone.new_page()
    await page.goto(
        house.server.address
    )  # this machine's own page: a browser trusts it without a certificate
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await page.reload()
    await expect(page.locator(".composer")).to_be_visible()
    manifest = await page.evaluate(
        "fetch(document.querySelector('link[rel=manifest]').href).then((answer) => answer.json())"
    )
    assert (manifest["display"], manifest["start_url"]) == ("standalone", "/")
    await house.server.stop()
    await page.goto(page.url, wait_until="domcontentloaded")
    await expect(page.locator("h1")).to_have_text("宅家 Homebody")
    await expect(page.locator("p").first).to_contain_text("家里的电脑没有回应")
