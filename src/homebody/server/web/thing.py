"""One device as a card: what it is, how it is now, and a control for each thing that it can do.

Nothing is shown before it is known: a switch moves when the device has told its new state, and where that
does not come, the card says so in the assistant's own words.
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING

from homebody.assistant import policy, wording
from homebody.assistant import reply as replies
from homebody.assistant.turn import StepResult
from homebody.home.device import Device
from homebody.home.function import Action, Value
from homebody.home.kinds import kind_name
from homebody.home.outcome import Operation, Status
from homebody.server.web.icons import icon_for
from homebody.server.web.kit import Tag, icon
from homebody.server.web.switches import Control, control_for

if TYPE_CHECKING:
    from homebody.server.web.page import Page

TOLD_S = 12.0
"""How long the card keeps telling that something was done; what went wrong stays until the next time."""


class Thing:
    def __init__(self, page: Page, device: Device, *, with_area: bool = False) -> None:
        self.page = page
        self.device = device
        self._controls: list[Control] = []
        self._fading: asyncio.TimerHandle | None = None
        language = page.language
        name, kind = device.name.text(language), kind_name(device).text(language)
        area = page.assistant.home.area(device.area)
        under = [kind] if kind.casefold() != name.casefold() else []
        if with_area and area:
            under.append(area.name.text(language))
        with Tag("article", classes="thing", data_device=device.id, aria_label=name) as self._card:
            with Tag("div", classes="thing-head"):
                icon(icon_for(device.kind), "thing-icon")
                with Tag("div", classes="thing-names"):
                    Tag("h3", name)
                    Tag("span", " · ".join(under), "thing-kind")
                self._main = Tag("div", classes="thing-main")
            self._away = Tag("p", classes="thing-away", hidden=True)
            self._body = Tag("div", classes="thing-body")
            self._told = Tag("p", classes="thing-told", role="status", hidden=True)
        for function in device.functions:
            main = function.id == "on_off"
            with self._main if main else self._body:
                self._controls.append(control_for(self, function))
        self.refresh()

    def refresh(self) -> None:
        """Show what the registry knows now."""
        state = self.page.assistant.registry.state(self.device.id)
        self._card.look("offline", not state.reachable)
        self._card.look("on", state.values.get("on_off") is True and state.reachable)
        self._away.put(hidden=None if not state.reachable else True)
        if not state.reachable:
            seen = (
                self.page.t("seen_at", time=_clock(state.seen)) if state.seen else self.page.t("never_seen")
            )
            self._away.say(f"{self.page.t('offline')} · {seen}")
        for control in self._controls:
            control.refresh(state.values.get(control.function.id))

    async def operate(self, function_id: str, action: Action, value: Value | None = None) -> None:
        """Do it, asking first where the policy wants a yes, and say what became of it."""
        page = self.page
        operation = Operation(device=self.device.id, function=function_id, action=action, value=value)
        self._card.put(aria_busy="true")
        try:
            result = await page.assistant.operate(operation)
            if result.asked and not page.closed:
                if not await self._sure(result):
                    return
                result = await page.assistant.operate(operation, confirmed=True)
            if not page.closed:
                with page.client:
                    self._tell(result)
        finally:
            if not page.closed:
                with page.client:
                    self._card.put(aria_busy=None)
                    self.refresh()  # a slider that was dragged, and refused, goes back

    async def _sure(self, result: StepResult) -> bool:
        page = self.page
        do = wording.do([result.step], page.assistant.home, page.language)
        do = do[:1].upper() + do[1:]
        rule = policy.why(result.decision.rule)
        why = rule.text(page.language) if rule else result.decision.rule
        why = why[:1].upper() + why[1:]
        return await page.sure(page.t("sure"), page.t("sure_more", do=do, why=why), page.t("yes"))

    def _tell(self, result: StepResult) -> None:
        page = self.page
        now = datetime.now().astimezone()
        said = replies.sentence(
            replies.said_of((result,), page.assistant.home, now, page.language), page.language
        )
        status = result.outcome.status if result.outcome else None
        fine = status in (Status.DONE, Status.ACCEPTED)
        self._told.say(said).put(hidden=None, data_status=str(status) if status else "refused")
        if self._fading is not None:
            self._fading.cancel()
            self._fading = None
        if fine:
            loop = asyncio.get_running_loop()
            self._fading = loop.call_later(TOLD_S, lambda: page.soon(self._fade))

    def _fade(self) -> None:
        if not self._told.is_deleted:
            self._told.put(hidden=True)


def _clock(moment: datetime) -> str:
    return moment.astimezone().strftime("%H:%M")
