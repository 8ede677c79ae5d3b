"""Devices that exist only here: for the demo, for tests, and to rehearse what goes wrong.

They answer after a latency, start in the home file's state and follow a little physics (`effects`): a dimmer
that is turned up is on, a curtain takes its time, and misbehave as told: `Behaviour`. Not modelled: what one
device does to another, such as an air conditioner to a thermometer.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from homebody.core.clock import Clock
from homebody.core.errors import RefusedError, UnreachableError
from homebody.home.adapter import Link, Means, Push
from homebody.home.device import Device, Home
from homebody.home.function import Action, Function, Type, Value
from homebody.home.outcome import Operation

OFFLINE_S = 1.0  # how long one waits for a device that does not answer
TICK_S = 0.2  # how often a moving curtain tells its position
_RESTING: dict[str, Value] = {"cleaning": "docked", "playback": "stopped", "lock": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """How a device answers; times in seconds.

    ``offline``: never. ``refuse``: no. ``lie``: yes, and does nothing. ``slow``: so much later than after its
    ``latency``. ``travel``: how long a curtain takes from end to end.
    """

    offline: bool = False
    refuse: bool = False
    lie: bool = False
    slow: float = 0.0
    latency: float = 0.02
    travel: float = 8.0


def adapter(means: Means) -> Simulated:
    return Simulated(means.clock)


class Simulated:
    """An adapter without devices; ``history`` keeps the last 1,000 operations that were carried out."""

    def __init__(self, clock: Clock) -> None:
        self.history: deque[Operation] = deque(maxlen=1000)
        self._clock = clock
        self._devices: dict[str, Device] = {}
        self._values: dict[str, dict[str, Value]] = {}
        self._behaviour: dict[str, Behaviour] = {}
        self._tracks: dict[str, int] = {}
        self._moves: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._push: Push = lambda _device_id, _values: None

    async def start(self, home: Home, push: Push) -> None:
        self._push = push
        kept = {i: self._values[i] for i in self._values if home.device(i)}
        self._devices.clear()
        self._values.clear()
        for device in home.devices:
            if device.adapter != "simulated":
                continue
            self._devices[device.id] = device
            begin = {**_resting_state(device), **home.state.get(device.id, {})}
            known = kept.get(device.id, {})  # what it was set to stays, where its home changes around it
            self._values[device.id] = {name: known.get(name, value) for name, value in begin.items()}
            self._behaviour[device.id] = Behaviour(**home.behaviour.get(device.id, {}))  # type: ignore[arg-type]
            if not self._behaviour[device.id].offline:
                push(device.id, dict(self._values[device.id]))

    async def stop(self) -> None:
        moves = list(self._moves.values())
        for move in moves:
            move.cancel()
        await asyncio.gather(*moves, return_exceptions=True)
        self._moves.clear()

    async def read(self, device: Device, only: str | None = None) -> Mapping[str, Value]:  # noqa: ARG002
        await self._answer(device)
        return dict(self._values[device.id])

    async def execute(self, device: Device, operation: Operation) -> None:
        behaviour = await self._answer(device)
        function = device.function(operation.function)
        if behaviour.refuse or function is None or operation.action not in function.actions:
            raise RefusedError(f"{device.id} answered no")
        if behaviour.lie:
            return
        self.history.append(operation)
        if function.id == "position":
            self._move(device, function, operation, behaviour.travel)
        else:
            self._set(device.id, effects(device, function, operation))
        if function.id == "playback" and operation.action in (Action.NEXT, Action.PREVIOUS):
            step = 1 if operation.action is Action.NEXT else -1
            self._tracks[device.id] = max(self.track(device.id) + step, 1)

    def live(self, device: Device) -> bool:  # noqa: ARG002
        return False  # it is asked, so that one that is offline is noticed as with real ones

    def link(self, device: Device) -> Link:
        offline = self._behaviour[device.id].offline
        return Link(protocol="simulated", problem="offline" if offline else "")

    def behaviour(self, device_id: str) -> Behaviour:
        return self._behaviour[device_id]

    def set_behaviour(self, device_id: str, behaviour: Behaviour) -> None:
        """From now on. ``KeyError`` for a device that is not simulated."""
        if device_id not in self._devices:
            raise KeyError(device_id)
        self._behaviour[device_id] = behaviour

    def set_state(self, device_id: str, values: Mapping[str, Value]) -> None:
        """What a hand or the weather does: the device is so now, and tells it unless it is offline."""
        self._set(device_id, values)

    def now(self, device_id: str) -> Mapping[str, Value]:
        """How the device really is, whatever it answers. ``KeyError`` for one that is not simulated."""
        return dict(self._values[device_id])

    def track(self, device_id: str) -> int:
        """The number, from 1, of what a player plays: "next" leaves no other trace."""
        return self._tracks.get(device_id, 1)

    async def _answer(self, device: Device) -> Behaviour:
        """Wait as long as the device takes; as it is by then, it answers."""
        behaviour = self._behaviour[device.id]
        if not behaviour.offline:
            await self._clock.sleep(behaviour.latency + behaviour.slow)
        if self._behaviour[device.id].offline:
            await self._clock.sleep(OFFLINE_S)
            raise UnreachableError(f"{device.id} did not answer")
        return self._behaviour[device.id]

    def _set(self, device_id: str, values: Mapping[str, Value]) -> None:
        self._values[device_id].update(values)
        if values and not self._behaviour[device_id].offline:
            self._push(device_id, dict(values))

    def _move(self, device: Device, function: Function, operation: Operation, travel: float) -> None:
        place = (device.id, function.id)
        if earlier := self._moves.pop(place, None):
            earlier.cancel()
        target = function.target(operation.action, operation.value)
        if isinstance(target, int | float):
            self._moves[place] = asyncio.ensure_future(self._travel(device.id, function, target, travel))

    async def _travel(self, device_id: str, function: Function, target: float, travel: float) -> None:
        at = float(self._values[device_id][function.id])
        way = max(function.max - function.min, 1e-9)
        while at != target:
            left = abs(target - at) / way * travel
            tick = min(TICK_S, left)
            await self._clock.sleep(tick)
            at = target if tick >= left else at + (target - at) * tick / left
            self._set(device_id, {function.id: target if at == target else round(at)})


def effects(device: Device, function: Function, operation: Operation) -> Mapping[str, Value]:
    """The states that follow from an operation that a device carries out at once."""
    target = function.target(operation.action, operation.value)
    changes: dict[str, Value] = {} if target is None else {function.id: target}
    has_power = device.function("on_off") is not None
    if function.id in ("brightness", "fan_speed") and isinstance(target, int | float) and has_power:
        changes["on_off"] = target > 0
    if function.id == "playback":
        if operation.action in (Action.NEXT, Action.PREVIOUS):
            changes["playback"] = "playing"
        if has_power and changes.get("playback") == "playing":
            changes["on_off"] = True
    return changes


def _resting_state(device: Device) -> dict[str, Value]:
    """Where the home file says nothing: off, low, locked, docked. What is measured is not known."""
    values: dict[str, Value] = {}
    for function in device.functions:
        if not function.readable or not function.writable or function.type is Type.ACTION:
            continue
        match function.type:
            case Type.BOOL:
                rest: Value = False
            case Type.NUMBER:
                rest = function.fit(0.0)  # what is nearest to nothing
            case Type.CHOICE:
                rest = function.choices[0].id
            case Type.TEXT:
                rest = ""
        values[function.id] = _RESTING.get(function.id, rest) if function.trait else rest
    return values
