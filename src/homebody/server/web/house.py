"""The tab of the home: floors, areas that fold, and in each what there is, as it is at this moment.

An area's things are made when it is opened, and only the things that are made are kept up to date: a thousand
devices cost no more than what is looked at.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from homebody.assistant import wording
from homebody.home.device import Area, Device
from homebody.home.registry import Change
from homebody.server.web.kit import Tag, icon
from homebody.server.web.thing import Thing

if TYPE_CHECKING:
    from homebody.server.web.page import Page

OPEN_THINGS = 14
"""Areas are open at first until so many things are shown."""
FOUND = 40
"""At most so many things are shown for a search."""
FLUSH_S = 0.1
"""Changes within this time are shown together."""


class House:
    def __init__(self, page: Page) -> None:
        self.page = page
        self._rooms: list[_Room] = []
        self._found: list[Thing] = []
        self._dirty: set[str] = set()
        self._flush: asyncio.TimerHandle | None = None
        self._unsubscribe: list[Callable[[], None]] = []

    def build(self) -> None:
        page = self.page
        home = page.assistant.home
        with Tag("div", classes="house"):
            with Tag("div", classes="head"):
                Tag("h1", home.name.text(page.language))
                self._sum = Tag("p", classes="lead", role="status")
                field = Tag(
                    "input", classes="line find", type="search", placeholder=page.t("find"),
                    aria_label=page.t("find"), autocomplete="off",
                )  # fmt: skip
                field.on(
                    "input", lambda e: self._find(str(e.args)), js_handler="(e) => emit(e.target.value)",
                    throttle=0.25, leading_events=False,
                )  # fmt: skip
            self._results = Tag("section", classes="results", hidden=True, aria_live="polite")
            self._floors = Tag("div", classes="floors")
            with self._floors:
                self._build_floors()
        self._tell_sum()
        self._unsubscribe.append(page.assistant.registry.subscribe(self._changed))

    def close(self) -> None:
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._unsubscribe.clear()
        if self._flush is not None:
            self._flush.cancel()

    def _build_floors(self) -> None:
        home, language = self.page.assistant.home, self.page.language
        by_area: dict[str | None, list[Device]] = {}
        for device in home.devices:
            by_area.setdefault(device.area, []).append(device)
        floors = [
            (floor.name.text(language), [a for a in home.areas if a.floor == floor.id])
            for floor in home.floors
        ]
        loose = [area for area in home.areas if home.floor(area.floor) is None]
        floors.append((self.page.t("elsewhere") if home.floors else "", loose))
        shown = 0
        for name, areas in floors:
            lost = by_area.get(None, []) if areas is loose else []
            if not areas and not lost:
                continue
            with Tag("section", classes="floor"):
                if name:
                    Tag("h2", name, "floor-name")
                for area in areas:
                    devices = by_area.get(area.id, [])
                    if devices:
                        self._rooms.append(_Room(self.page, area, devices, shown < OPEN_THINGS))
                        shown += len(devices)
                if lost:
                    self._rooms.append(_Room(self.page, None, lost, shown < OPEN_THINGS))
                    shown += len(lost)

    # what changes

    def _changed(self, change: Change) -> None:
        self._dirty.add(change.device)
        if self._flush is None:
            self._flush = asyncio.get_running_loop().call_later(
                FLUSH_S, lambda: self.page.soon(self._show_changes)
            )

    def _show_changes(self) -> None:
        self._flush = None
        dirty, self._dirty = self._dirty, set()
        for room in self._rooms:
            room.refresh(dirty)
        for thing in self._found:
            if thing.device.id in dirty:
                thing.refresh()
        self._tell_sum()

    def _tell_sum(self) -> None:
        home, registry = self.page.assistant.home, self.page.assistant.registry
        offline = sum(not registry.state(device.id).reachable for device in home.devices)
        parts = [self.page.t("things_count", n=len(home.devices))]
        if offline:
            parts.append(self.page.t("offline_count", n=offline))
        self._sum.say(" · ".join(parts))

    # looking for a thing

    def _find(self, words: str) -> None:
        words = words.strip().casefold()[:100]
        self._results.clear()
        self._found.clear()
        self._results.put(hidden=None if words else True)
        self._floors.put(hidden=True if words else None)
        if not words:
            return
        found = [device for device in self.page.assistant.home.devices if words in _names(device)]
        with self._results:
            key = "found_some" if len(found) > FOUND else "found"
            Tag("p", self.page.t(key, n=len(found), shown=FOUND), "lead")
            with Tag("div", classes="things"):
                self._found.extend(Thing(self.page, device, with_area=True) for device in found[:FOUND])


class _Room:
    """An area: what can be said of it folded, and its things once it was opened."""

    def __init__(self, page: Page, area: Area | None, devices: Sequence[Device], opened: bool) -> None:
        self._page = page
        self._devices = devices
        self._ids = {device.id for device in devices}
        self._things: dict[str, Thing] = {}
        with Tag("details", classes="room", open=opened or None) as fold:
            with Tag("summary"):
                Tag("span", area.name.text(page.language) if area else page.t("elsewhere"), "room-name")
                self._sum = Tag("span", classes="room-sum")
                icon("down", "fold-mark")
            self._body = Tag("div", classes="things")
        fold.toggle(lambda now: self._open() if now else None)
        if opened:
            self._open()
        self._tell_sum()

    def refresh(self, dirty: Iterable[str]) -> None:
        changed = self._ids.intersection(dirty)
        for device_id in changed:
            if thing := self._things.get(device_id):
                thing.refresh()
        if changed:
            self._tell_sum()

    def _open(self) -> None:
        if not self._things:
            with self._body:
                self._things = {device.id: Thing(self._page, device) for device in self._devices}

    def _tell_sum(self) -> None:
        page, registry = self._page, self._page.assistant.registry
        parts = []
        lights = offline = 0
        warmth = ""
        for device in self._devices:
            state = registry.state(device.id)
            offline += not state.reachable
            lights += device.kind == "light" and state.values.get("on_off") is True
            if device.kind == "sensor" and not warmth and "temperature" in state.values:
                warmth = wording.value(
                    device.function("temperature"), state.values["temperature"], page.language
                )
        if lights:
            parts.append(page.t("light_on" if lights == 1 else "lights_on", n=lights))
        if warmth:
            parts.append(warmth)
        if offline:
            parts.append(page.t("offline_count", n=offline))
        self._sum.say(" · ".join(parts) or page.t("things_count", n=len(self._devices)))


def _names(device: Device) -> str:
    return " ".join((*device.name.all(), *device.aliases, device.kind, device.id)).casefold()
