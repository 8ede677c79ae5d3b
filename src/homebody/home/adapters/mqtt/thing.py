"""One device behind a broker: what it told, whether it is there, and its commands.

A broker keeps what was told last (retained messages) for whoever comes later. That is a state to show, and no
proof of anything: once something was asked of a function, what it told before is put aside, and only a new
message counts.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from datetime import datetime

from homebody.core.clock import Clock
from homebody.core.errors import RefusedError, UnreachableError
from homebody.home.adapter import Push
from homebody.home.adapters.mqtt.described import ZIGBEE, Described
from homebody.home.adapters.mqtt.payload import Payload, PayloadError
from homebody.home.adapters.mqtt.wires import Sent, Wire
from homebody.home.deadline import settled, within
from homebody.home.device import Device
from homebody.home.function import Value
from homebody.home.network.contact import Contact
from homebody.home.outcome import Operation

ACKNOWLEDGED_S = 0.7
"""So long after a command its device's next word is taken to be the answer to it."""
FIRST_WORD_S = 0.3
LATE_S = 30.0
"""A message that was told at most so much earlier than the one before it has overtaken nobody: it is late."""

Publish = Callable[[Sent], Awaitable[None]]


class Thing:
    """``publish`` raises ``UnreachableError``. Connected and described are two things: `describe` comes when
    something on the broker tells what the device is."""

    def __init__(
        self, device: Device, via: str, address: str, clock: Clock, push: Push, publish: Publish
    ) -> None:
        self.device = device
        protocol = "Zigbee2MQTT" if via == ZIGBEE else "MQTT"
        self.contact = Contact(protocol=protocol, address=address, clock=clock)
        self._clock = clock
        self._push = push
        self._publish = publish
        self._described: Described | None = None
        self._wires: dict[str, Wire] = {}
        self._known = asyncio.Event()
        self._spoke = asyncio.Event()  # anything was told of it, or there was time enough for that
        self._present: dict[str, bool | None] = {}
        self._told: dict[str, Value] = {}
        self._aside: set[str] = set()  # told before something else was asked for
        self._spoken: set[str] = set()  # topics that were told of since we are connected
        self._stamp: float | None = None
        self._unheard_until = 0.0
        self._waiting: dict[str, set[asyncio.Future[None]]] = {}

    # What is known of it

    @property
    def topics(self) -> set[str]:
        if self._described is None:
            return set()
        sources = {wire.source.topic for wire in self._wires.values() if wire.source is not None}
        return sources | {presence.topic for presence in self._described.presences}

    @property
    def there(self) -> bool | None:
        """Whether it is there; None unless all that tell of it (the device, its bridge) have said so."""
        told = self._present.values()
        if False in told:
            return False
        return True if told and None not in told else None

    @property
    def live(self) -> bool:
        return bool(self._told) and self.there is not False

    @property
    def silent(self) -> bool:
        """Whether it told nothing yet, and can be asked."""
        return not self._told and any(wire.question for wire in self._wires.values())

    def describe(self, described: Described | None) -> list[str]:
        """It is this; None: nothing on the broker knows it. Gives the functions that it does not have."""
        self._described = described
        if described is None:
            self._unknown()
            self.contact.failed("nothing on the broker knows this device")
            return []
        own = {function.id: function for function in self.device.functions}
        self._wires = {
            wire.function.id: wire
            for wire in described.wires
            if wire.function.id in own and wire.function.type is own[wire.function.id].type
        }
        self._present = {each.topic: self._present.get(each.topic) for each in described.presences}
        self._known.set()
        return sorted(set(own) - set(self._wires))

    def disconnected(self, reason: str) -> None:
        self._unknown()
        self._told.clear()
        self._aside.clear()
        self._spoken.clear()
        self._stamp = None
        self.contact.failed(reason)
        self._push(self.device.id, None)

    def _unknown(self) -> None:
        self._described = None
        self._wires = {}
        self._present = {}
        self._known.clear()
        self._spoke.clear()

    # What it tells

    def heard(self, topic: str, payload: Payload) -> None:
        if self._described is None or (payload.retained and topic in self._spoken):
            return  # what was kept comes late, after something newer
        if self._clock.monotonic() < self._unheard_until:
            return
        self._spoke.set()
        if not payload.retained:
            self._spoken.add(topic)
        try:
            for presence in self._described.presences:
                if presence.topic == topic:
                    self._notice(topic, presence.told(payload))
            self._state(topic, payload)
        except PayloadError as error:
            self.contact.failed(f"it tells what cannot be understood: {error}")

    def flooded(self, seconds: float) -> None:
        """It is not listened to for so long, and so nothing is known of it."""
        self._unheard_until = self._clock.monotonic() + seconds
        self.contact.failed("it says too much; it is not listened to for a moment")
        self._push(self.device.id, None)

    def _notice(self, topic: str, told: bool | None) -> None:
        before = self.there
        self._present[topic] = told
        if self.there is False:
            self.contact.failed("it is offline, says the broker")
            self._push(self.device.id, None)
        elif before is False and self._told:
            self._push(self.device.id, dict(self._told))

    def _state(self, topic: str, payload: Payload) -> None:
        wires = [wire for wire in self._wires.values() if wire.source and wire.source.topic == topic]
        if not wires or self._is_late(payload):
            return
        values = {wire.function.id: value for wire in wires if (value := wire.told(payload)) is not None}
        if payload.retained:
            values = {name: value for name, value in values.items() if name not in self._aside}
        elif values:
            self._aside.difference_update(values)
            self.contact.answered()
        self._told.update(values)
        if not values or self.there is False:
            return
        self._push(self.device.id, values)
        if not payload.retained:
            for name in ("", *values):
                for waiting in self._waiting.get(name, ()):
                    if not waiting.done():
                        waiting.set_result(None)

    def _is_late(self, payload: Payload) -> bool:
        """Whether a newer message came before it; known where a bridge says when it heard its device."""
        if payload.retained or not payload.data.startswith(b"{"):
            return False
        told = payload.json
        stamp = _stamp(told.get("last_seen")) if isinstance(told, dict) else None
        if stamp is None:
            return False
        if self._stamp is not None and 0 < self._stamp - stamp < LATE_S:
            return True
        self._stamp = stamp
        return False

    # What is asked of it

    async def read(self, only: str | None) -> Mapping[str, Value]:
        """Asked of the device where that can be done; else what it told last. Raises ``UnreachableError``."""
        await self._introduced()
        self._must_be_there()
        wires = [self._wires[only]] if only in self._wires else list(self._wires.values())
        if questions := _merged(wires):
            started = self._clock.monotonic()
            with self._awaiting(only if only in self._wires else "") as answered:
                for question in questions:
                    await self._publish(question)
                await answered
            self.contact.answered(round((self._clock.monotonic() - started) * 1000, 2))
        elif not self._told:
            raise UnreachableError("it has told nothing yet, and cannot be asked")
        return {name: value for name, value in self._told.items() if name not in self._aside}

    async def execute(self, operation: Operation) -> None:
        """Raises ``RefusedError``, ``UnreachableError``."""
        await self._introduced()
        self._must_be_there()
        wire = self._wires.get(operation.function)
        sent = wire.sent(operation.action, operation.value) if wire else None
        if wire is None or sent is None:
            raise RefusedError(f"its description has no way to {operation.action.value} {operation.function}")
        if wire.source is None:
            await self._publish(sent)
            return
        wanted = wire.function.target(operation.action, operation.value)
        told = self._told.get(operation.function)
        # one that tells when it goes away, is there and told so, is so: many say nothing a second time
        if (
            self.there is not True
            or wanted is None
            or told is None
            or not wire.function.matches(told, wanted)
        ):
            self._aside.add(operation.function)
        started = self._clock.monotonic()
        with self._awaiting(operation.function) as answered:
            await self._publish(sent)
            try:
                await settled(self._clock, ACKNOWLEDGED_S, answered)
            except TimeoutError:
                return  # what became of it will be read
        self.contact.answered(round((self._clock.monotonic() - started) * 1000, 2))

    async def ask(self) -> None:
        """Ask it for its state without waiting for the answer. Raises ``UnreachableError``."""
        for question in _merged(self._wires.values()):
            await self._publish(question)

    async def _introduced(self) -> None:
        """Wait until it is known what it is, and what the broker keeps of it had the time to come."""
        await self._known.wait()
        if not self._spoke.is_set():
            with contextlib.suppress(TimeoutError):
                await within(self._clock, FIRST_WORD_S, _set(self._spoke))
            self._spoke.set()

    def _must_be_there(self) -> None:
        if self.there is False:
            raise UnreachableError("it is offline, says the broker")

    @contextlib.contextmanager
    def _awaiting(self, function_id: str) -> Iterator[asyncio.Future[None]]:
        """Settled by the next message that tells this function's state; "": any."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        waiting = self._waiting.setdefault(function_id, set())
        waiting.add(future)
        try:
            yield future
        finally:
            waiting.discard(future)
            future.cancel()


async def _set(event: asyncio.Event) -> None:
    await event.wait()


def _merged(wires: Iterable[Wire]) -> list[Sent]:
    """One message for each topic that is asked, with all that is asked of it."""
    asked: dict[str, dict[str, str]] = {}
    for wire in wires:
        if wire.question is not None:
            asked.setdefault(wire.question.topic, {})[wire.question.key] = ""
    return [Sent(topic=topic, data=json.dumps(keys, ensure_ascii=False)) for topic, keys in asked.items()]


def _stamp(raw: object) -> float | None:
    """Seconds since 1970 of milliseconds or of an ISO 8601 text."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float):
        return raw / 1000
    if isinstance(raw, str):
        try:
            return datetime.fromisoformat(raw[:40]).timestamp()
        except (ValueError, OverflowError):
            return None
    return None
