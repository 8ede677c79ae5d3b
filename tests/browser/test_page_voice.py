"""Talking to the page: a real microphone, loudspeaker and sockets; only the words are given."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, async_playwright, expect
from tests.browser.conftest import WIDE, chromium

from homebody.assistant.voice.shared import Loaded
from homebody.core.errors import EngineError
from homebody.speech.audio import joined, silence
from homebody.speech.files import write
from homebody.speech.scripted import LoudIsSpeech, ScriptedRecogniser, ScriptedSynthesiser, speech

if TYPE_CHECKING:
    from tests.browser.conftest import OpenHouse, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
LAMP = "living_room.floor_lamp"


def scripted(*texts: str) -> Any:
    return lambda: Loaded(
        recogniser=ScriptedRecogniser(texts),
        synthesiser=ScriptedSynthesiser(),
        new_activity=LoudIsSpeech,
        new_wake=lambda: None,
    )


@pytest_asyncio.fixture(loop_scope="session")
async def talker(tmp_path: Path) -> AsyncIterator[BrowserContext]:
    """A browser whose microphone hears a second of speech, then silence, over and over."""
    sound = tmp_path / "microphone.wav"
    write(sound, joined([speech(1.0, 48_000), silence(9.0, 48_000)]))
    arguments = [
        "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={sound}", "--autoplay-policy=no-user-gesture-required",
        "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ]  # fmt: skip
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=arguments)
        context = await browser.new_context(
            viewport={"width": WIDE[0], "height": WIDE[1]}, permissions=["microphone"], locale="zh-CN"
        )
        yield context
        await browser.close()


async def test_a_tap_and_a_sentence_switch_the_lamp_and_the_answer_is_heard(
    open_house: OpenHouse, open_page: OpenPage, talker: BrowserContext
) -> None:
    house = await open_house(speech=scripted("打开落地灯"))
    tab = await open_page(house, context=talker)
    mic = tab.page.locator("button.mic")
    await expect(mic).to_have_attribute("aria-label", "说话：按住，或点一下")
    await mic.click()
    await expect(tab.page.locator(".answer[data-status=done]")).to_have_count(1)
    assert house.state(LAMP, "on_off") is True
    await expect(tab.page.locator(".said p")).to_have_text("打开落地灯")
    spoken = await mic.evaluate(
        """(mic) => new Promise((done) => {
            const look = () => mic.dataset.spoken ? done(mic.dataset.spoken) : setTimeout(look, 50);
            look();
        })"""
    )
    receipt = json.loads(spoken)
    assert receipt["schema"] == "homebody.spoken/1" and receipt["text"] == "打开落地灯"
    assert receipt["first_audio"] > receipt["recognised"]
    assert float(await mic.evaluate("(mic) => mic.dataset.played")) > 0.3  # seconds that were played
    assert int(await tab.page.evaluate("document.querySelectorAll('.mic[style*=level]').length")) == 1


async def test_speech_that_cannot_be_loaded_is_told_on_the_page(
    open_house: OpenHouse, open_page: OpenPage, talker: BrowserContext
) -> None:
    def missing() -> Loaded:
        raise EngineError(
            "There is no model for hearing", hint="Get it with homebody models pull whisper-base."
        )

    house = await open_house(speech=missing)
    tab = await open_page(house, context=talker)
    await tab.page.locator("button.mic").click()
    await expect(tab.page.locator(".heard")).to_contain_text("homebody models pull whisper-base")
    await expect(tab.page.locator("button.mic")).to_have_attribute("data-state", "asleep")
    await tab.say("打开落地灯")  # typing still works
    assert house.state(LAMP, "on_off") is True


async def test_a_keyboard_can_begin_and_end(
    open_house: OpenHouse, open_page: OpenPage, talker: BrowserContext
) -> None:
    house = await open_house(speech=scripted())
    tab = await open_page(house, context=talker)
    mic = tab.page.locator("button.mic")
    await mic.focus()
    await tab.page.keyboard.press("Enter")
    await expect(mic).to_have_attribute("aria-pressed", "true")
    await expect(mic).not_to_have_attribute("data-state", "opening")
    await tab.page.keyboard.press("Enter")
    await expect(mic).to_have_attribute("data-state", "asleep")
    await expect(mic).to_have_attribute("aria-pressed", "false")
