"""The live state of every device: what is known, since when, and who wants to hear of changes.

Lives in one event loop. What it knows comes from reading devices and from what they push, never from what was
asked of them. How one operation is carried out and judged is `confirmation`; here stand its queue and its
deadline.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from types import MappingProxyType

from homebody.core.clock import Clock
from homebody.core.errors import DeviceError, UnreachableError
from homebody.home.adapter import Adapter, Link
from homebody.home.confirmation import Attempt, News
from homebody.home.deadline import within
from homebody.home.device import Device, Home
from homebody.home.following import disturbed
from homebody.home.function import Value
from homebody.home.influx import Influx
from homebody.home.line import Line
from homebody.home.outcome import Operation, Outcome, Status

_log = logging.getLogger(__name__)

MAX_WAITING = 32
START_S = 10.0
READ_S = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceState:
    """``values`` by function id, as last told by the device at ``seen``; None: it never told anything.

    ``reachable`` is whether the last attempt to reach it succeeded.
    """

    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    reachable: bool = False
    seen: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A device's state became ``state``; ``values`` are what changed, none if only ``reachable`` did."""

    device: str
    values: Mapping[str, Value]
    state: DeviceState
    at: datetime


class Registry:
    """States and operations of the devices of ``home``, through adapters by name."""

    def __init__(self, home: Home, adapters: Mapping[str, Adapter], clock: Clock) -> None:
        self.home = home
        self._adapters = adapters
        self._clock = clock
        self._states: dict[str, DeviceState] = {}
        self._lines: dict[str, Line] = {}
        self._news: dict[str, News] = {}
        self._influx: dict[str, Influx] = {}
        for device in home.devices:
            self._admit(device.id)
        self._subscribers: dict[object, Callable[[Change], None]] = {}
        self._broken: dict[str, str] = {}

    async def start(self) -> None:
        """Start the adapters, side by side. If one fails, its devices are unreachable and the rest work."""
        await asyncio.gather(*(self._start(name, adapter) for name, adapter in self._adapters.items()))

    async def stop(self) -> None:
        """Stop the adapters. What was known stays readable."""
        for influx in self._influx.values():
            influx.close()
        for result in await asyncio.gather(
            *(adapter.stop() for adapter in self._adapters.values()), return_exceptions=True
        ):
            if isinstance(result, Exception):
                _log.warning("an adapter did not stop cleanly: %r", result)

    async def follow(self, home: Home) -> None:
        """The home from before, changed: what is known of devices that stay is kept, those that went are
        forgotten. Adapters start anew where one of their devices came, went, or is spoken to otherwise; for
        new names alone nothing is disturbed."""
        before, self.home = self.home, home
        gone = {d.id for d in before.devices} - {d.id for d in home.devices}
        for device_id in gone:
            self._influx.pop(device_id).close()
            del self._states[device_id], self._lines[device_id], self._news[device_id]
        for device in home.devices:
            if device.id not in self._states:
                self._admit(device.id)
        for name in sorted(disturbed(before, home) & self._adapters.keys()):
            await self._adapters[name].stop()
            self._broken.pop(name, None)
            await self._start(name, self._adapters[name])

    def _admit(self, device_id: str) -> None:
        self._states[device_id] = DeviceState()
        self._lines[device_id] = Line()
        self._news[device_id] = News()
        self._influx[device_id] = Influx(partial(self._told, device_id), self._clock)

    def state(self, device_id: str) -> DeviceState:
        """What is known, without asking the device. ``KeyError`` for a device that this home has not."""
        return self._states[device_id]

    def subscribe(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Call ``callback`` after every change, in the loop; returns what ends it. Its errors are logged."""
        token = object()  # one callback may subscribe twice
        self._subscribers[token] = callback

        def unsubscribe() -> None:
            self._subscribers.pop(token, None)

        return unsubscribe

    def link(self, device_id: str) -> Link:
        """How a device is spoken to. ``KeyError`` for a device that this home has not."""
        if (device := self.home.device(device_id)) is None:
            raise KeyError(device_id)
        try:
            return self._adapter(device).link(device)
        except UnreachableError as error:
            return Link(protocol=device.adapter, problem=str(error))

    async def read(self, device_id: str, deadline_s: float = READ_S, only: str | None = None) -> DeviceState:
        """The state asked from the device itself. ``UnreachableError`` if it does not tell in time.

        ``only``: no more than this function need be asked for.
        """
        await self._ask(device_id, deadline_s, only)
        return self._states[device_id]

    async def _ask(self, device_id: str, deadline_s: float, only: str | None) -> Mapping[str, Value]:
        """What the device tells now, and nothing that is only remembered of it; as `read`."""
        device = self.home.device(device_id)
        if device is None:
            raise KeyError(device_id)
        try:
            values = await within(self._clock, deadline_s, self._adapter(device).read(device, only))
        except TimeoutError:
            self._lost(device_id)
            raise UnreachableError(f"{device_id} did not answer in time") from None
        except UnreachableError:
            self._lost(device_id)
            raise
        except DeviceError as error:
            raise UnreachableError(str(error)) from error
        except Exception as error:
            _log.exception("the adapter %s failed to read %s", device.adapter, device_id)
            self._lost(device_id)
            raise UnreachableError(f"the adapter {device.adapter} failed: {error!r}") from error
        self._influx[device_id].supersede(values)
        self._learn(device_id, values)
        return values

    async def refresh(self, device_ids: Iterable[str], deadline_s: float = READ_S) -> None:
        """Read several devices side by side. Those that do not answer are marked so; nothing is raised."""
        await asyncio.gather(
            *(self.read(device_id, deadline_s) for device_id in device_ids), return_exceptions=True
        )

    async def perform(self, operation: Operation, deadline_s: float = READ_S) -> Outcome:
        """Carry out one operation and see what became of it, within so many seconds from now.

        Operations on one device run in the order of the calls, those on different devices side by side.
        Trouble with a device is in the outcome and never raised. Statuses and ``detail``:

        - ``done``: the wanted state was seen; ``already`` if it was there before.
        - ``accepted``: taken, with no state to see; or still ``moving`` towards it at the deadline.
        - ``refused``: the device said no, or it was never asked: ``detail`` says why.
        - ``unreachable``: no answer.
        - ``unverified``: it said yes, and ``after`` is what it then told; None where it told nothing.
        """
        started = self._clock.monotonic()

        def refused(detail: str) -> Outcome:
            took = (self._clock.monotonic() - started) * 1000
            return Outcome(operation=operation, status=Status.REFUSED, detail=detail, ms=took)

        device = self.home.device(operation.device)
        function = device.function(operation.function) if device else None
        if device is None:
            return refused(f"there is no device {operation.device}")
        if function is None:
            return refused(f"{device.id} has no {operation.function}")
        if reason := function.reject(operation.action, operation.value):
            return refused(reason)
        line = self._lines[device.id]
        if line.waiting >= MAX_WAITING:
            return refused(f"busy: {MAX_WAITING} operations wait for this device")
        attempt = Attempt(
            operation=operation,
            device=device,
            function=function,
            clock=self._clock,
            until=started + deadline_s,
            read=self._read_values,
            execute=self._execute,
            told=lambda: self._states[device.id].values,
            live=lambda: self._states[device.id].reachable and self._adapter(device).live(device),
            news=self._news[device.id],
            catch_up=self._influx[device.id].catch_up,
        )
        try:
            async with line.turn(self._clock, deadline_s):
                outcome = await attempt.run()
        except TimeoutError:
            return refused("busy: earlier operations on this device had not ended in time")
        return replace(outcome, ms=(self._clock.monotonic() - started) * 1000)

    async def _start(self, name: str, adapter: Adapter) -> None:
        try:
            await within(self._clock, START_S, adapter.start(self.home, self._pushed))
        except TimeoutError:
            self._broken[name] = f"the adapter {name} did not start within {START_S:g} s"
        except Exception as error:
            _log.exception("the adapter %s did not start", name)
            self._broken[name] = f"the adapter {name} did not start: {error}"

    def _adapter(self, device: Device) -> Adapter:
        if reason := self._broken.get(device.adapter):
            raise UnreachableError(reason)
        if device.adapter not in self._adapters:
            raise UnreachableError(f"the adapter {device.adapter} is not there")
        return self._adapters[device.adapter]

    async def _read_values(self, device: Device, function_id: str, deadline_s: float) -> Mapping[str, Value]:
        return await self._ask(device.id, deadline_s, function_id)

    async def _execute(self, device: Device, operation: Operation, deadline_s: float) -> None:
        try:
            await within(self._clock, deadline_s, self._adapter(device).execute(device, operation))
        except (UnreachableError, TimeoutError):
            self._lost(device.id)
            raise
        except DeviceError:
            raise
        except Exception as error:
            _log.exception("the adapter %s failed to command %s", device.adapter, device.id)
            raise UnreachableError(f"the adapter {device.adapter} failed: {error!r}") from error

    def _pushed(self, device_id: str, values: Mapping[str, Value] | None) -> None:
        device = self.home.device(device_id)
        if device is None:
            return  # a hub may tell of devices that this home does not list
        if values is not None:
            values = {name: value for name, value in values.items() if device.function(name) is not None}
        self._influx[device_id].tell(values)

    def _told(self, device_id: str, values: Mapping[str, Value] | None) -> None:
        if values is None:
            self._lost(device_id)
        else:
            self._learn(device_id, values)
            self._news[device_id].tell(values)

    def _learn(self, device_id: str, values: Mapping[str, Value]) -> None:
        device = self.home.device(device_id)
        assert device is not None
        before = self._states[device_id]
        known = {name: value for name, value in values.items() if device.function(name) is not None}
        changed = {name: value for name, value in known.items() if before.values.get(name) != value}
        self._settle(
            device_id,
            DeviceState(
                values=MappingProxyType({**before.values, **known}) if changed else before.values,
                reachable=True,
                seen=self._clock.now(),
            ),
            changed,
        )

    def _lost(self, device_id: str) -> None:
        self._settle(device_id, replace(self._states[device_id], reachable=False), {})

    def _settle(self, device_id: str, state: DeviceState, changed: Mapping[str, Value]) -> None:
        before = self._states[device_id]
        self._states[device_id] = state
        if not changed and before.reachable == state.reachable:
            return
        change = Change(device=device_id, values=changed, state=state, at=self._clock.now())
        for callback in tuple(self._subscribers.values()):
            try:
                callback(change)
            except Exception:
                _log.exception("a subscriber failed on a change of %s", device_id)
