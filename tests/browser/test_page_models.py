"""The model on the page: nothing large without a yes; progress, stop, resume; words as they are written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from homebody.assistant import models as models_module
from homebody.assistant.context import Context
from homebody.assistant.models import Models
from homebody.assistant.plan import Plan
from homebody.assistant.turn import Progress, Understood, Utterance
from homebody.language.catalogue import find
from homebody.weights.files import WeightFile
from homebody.weights.sources import PartialFile
from homebody.weights.store import Store

if TYPE_CHECKING:
    from tests.browser.conftest import House, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

MODEL = "qwen2.5-coder-0.5b"


class Trickle:
    """A source on this machine that gives a little at a time, and never all of it."""

    name = "a test"

    def offers(self, file: WeightFile) -> bool:
        return True

    async def fetch(self, file: WeightFile, part: PartialFile, report: Callable[[int], None]) -> None:
        while True:
            part.append(b"\0" * 1_000_000)
            report(1_000_000)
            await asyncio.sleep(0.01)

    def release(self) -> None:
        """Nothing is kept."""


@pytest.fixture
def trickling(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Models]:
    """The house with a model that is not here, and a source without a network."""
    monkeypatch.setattr(models_module, "runtime_installed", lambda: True)
    store = Store(tmp_path / "models", sources=(Trickle(),))
    own = Models(store, house.assistant.gate, choice=MODEL)
    monkeypatch.setattr(house.assistant, "models", own)
    yield own


async def test_consent_progress_stop_and_resume(house: House, open_page: OpenPage, trickling: Models) -> None:
    tab = await open_page(house, language="en-US")
    await tab.tab("models")
    card = tab.page.locator(".model-now")
    await expect(card).to_contain_text(find(MODEL).title)
    await expect(card).to_contain_text("491 MB")  # the size is said before the yes
    assert house.assistant.gate.permissions() == []
    await card.get_by_role("button", name="Yes, fetch it").click()
    await expect(card.get_by_role("progressbar")).to_be_visible()
    await expect(card).to_contain_text("of 491 MB")
    await expect(card).to_contain_text("from a test")
    await tab.tab("privacy")
    await expect(tab.page.locator(".panel-privacy")).to_contain_text("by a person, on the page")
    await tab.tab("models")
    await card.get_by_role("button", name="Stop").click()
    await expect(card).to_contain_text("what arrived is kept")
    assert house.assistant.gate.permissions() == []
    await card.get_by_role("button", name="Resume").click()
    await expect(card.get_by_role("progressbar")).to_be_visible()
    await expect(card).to_contain_text("MB of 491 MB")
    trickling.cancel()
    await trickling.wait()


async def test_another_model_is_asked_about_with_its_size(
    house: House, open_page: OpenPage, trickling: Models
) -> None:
    tab = await open_page(house, language="en-US")
    await tab.tab("models")
    offer = tab.page.locator('[data-model="qwen3-4b"]')
    dialog = tab.page.get_by_role("dialog")
    await offer.get_by_role("button").click()
    await expect(dialog).to_contain_text("2.5 GB")
    await dialog.get_by_role("button", name="No").click()
    await expect(dialog).to_have_count(0)
    assert trickling.state.phase == "absent" and house.assistant.gate.permissions() == []
    await offer.get_by_role("button").click()
    await dialog.get_by_role("button", name="Yes, fetch it").click()
    await expect(tab.page.locator(".model-now")).to_contain_text(find("qwen3-4b").title)
    trickling.cancel()
    await trickling.wait()


async def test_without_a_source_it_says_what_to_do(
    house: House, open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models_module, "runtime_installed", lambda: True)
    own = Models(Store(tmp_path / "none", sources=()), house.assistant.gate, choice=MODEL)
    monkeypatch.setattr(house.assistant, "models", own)
    tab = await open_page(house)
    await tab.tab("models")
    card = tab.page.locator(".model-now")
    await card.get_by_role("button", name="好，下载").click()
    await expect(card.locator(".trouble")).not_to_be_empty()
    await expect(card.get_by_role("button", name="再试一次")).to_be_visible()
    answer = await tab.say_from_anywhere("打开落地灯")  # the grammar works all the while
    await expect(answer).to_have_attribute("data-status", "done")


async def test_words_appear_as_they_are_written(
    house: House, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = asyncio.Event()

    class Slow:
        async def understand(
            self, utterance: Utterance, context: Context, on_progress: Progress | None = None
        ) -> Understood:
            assert on_progress is not None
            on_progress("Once upon ")
            on_progress("a time")
            await asyncio.wait_for(seen.wait(), 5)
            plan = Plan(text=utterance.text, language="en", source="model", say="Once upon a time, the end.")
            return Understood(plan=plan, tokens_in=10, tokens_cached=8, tokens_out=9, ms={"model": 1234.0})

    double: Any = Slow()
    monkeypatch.setattr(house.assistant, "understanding", double)
    tab = await open_page(house, language="en-US")
    await tab.page.fill("input[name=said]", "tell me a story")
    await tab.page.press("input[name=said]", "Enter")
    await expect(tab.page.locator(".answer.waiting .reply")).to_have_text("Once upon a time")
    seen.set()
    await expect(tab.page.locator(".answer[data-status=done] .reply")).to_have_text(
        "Once upon a time, the end."
    )
    await tab.tab("models")
    await expect(tab.page.locator(".panel-models")).to_contain_text(
        "1234 ms; 10 tokens read (8 cached), 9 written"
    )
