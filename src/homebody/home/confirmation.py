"""One operation on one device, carried out and believed only when its state was seen.

The device is read before, unless it tells every change by itself (what was it, and what does "toggle" mean),
commanded, and then watched, by what it pushes and by reading it with growing pauses, until the wanted state
is seen or the deadline ends. A state that was there already is commanded all the same: what was read may be a
curtain passing by.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from homebody.core.clock import Clock
from homebody.core.errors import DeviceError, UnreachableError
from homebody.home.deadline import within
from homebody.home.device import Device
from homebody.home.function import Action, Function, Value
from homebody.home.outcome import Operation, Outcome, Status

FIRST_PAUSE_S = 0.05
LONGEST_PAUSE_S = 0.5
MOVING_S = 1.5  # a state that came nearer within this time is taken to be on its way


class News:
    """Of which functions a device told by itself since somebody last took notice."""

    def __init__(self) -> None:
        self._functions: set[str] = set()
        self._event = asyncio.Event()

    def tell(self, functions: Iterable[str]) -> None:
        self._functions.update(functions)
        self._event.set()

    def take(self, function_id: str) -> bool:
        """Whether there was news of this function; from now on there is none."""
        there = function_id in self._functions
        self._functions.discard(function_id)
        return there

    async def wait(self, function_id: str) -> None:
        while function_id not in self._functions:
            self._event.clear()
            await self._event.wait()


@dataclass(slots=True, kw_only=True)
class Attempt:
    """``read`` asks for one function; it and ``execute`` take the seconds they may last. ``read`` raises
    ``UnreachableError`` only.

    ``told`` is what the device last told, ``live`` whether that is its state now, ``news`` what it told by
    itself; ``catch_up`` lets in what it told and what is still held. ``until`` is in the clock's monotonic
    seconds.
    """

    operation: Operation
    device: Device
    function: Function
    clock: Clock
    until: float
    read: Callable[[Device, str, float], Awaitable[Mapping[str, Value]]]
    execute: Callable[[Device, Operation, float], Awaitable[None]]
    told: Callable[[], Mapping[str, Value]]
    live: Callable[[], bool]
    catch_up: Callable[[], None]
    news: News

    async def run(self) -> Outcome:
        """The outcome, without ``ms``. Raises nothing but cancellation."""
        try:
            before = await self._before()
        except UnreachableError as error:
            return self._verdict(Status.UNREACHABLE, evidence=str(error))
        operation = self._resolved(before)
        if operation is None:
            return self._verdict(Status.REFUSED, detail="its state is not known, so it cannot be toggled")
        wanted = self.function.target(operation.action, operation.value)
        self.catch_up()
        self.news.take(self.function.id)  # whatever comes from here on was told after the command
        try:
            await self.execute(self.device, operation, self._left())
        except UnreachableError as error:
            return self._verdict(Status.UNREACHABLE, before=before, wanted=wanted, evidence=str(error))
        except TimeoutError:
            if self.news.take(self.function.id) and self._is(wanted):  # no answer, but its state came
                return self._verdict(
                    Status.DONE, before=before, after=self._seen(), wanted=wanted, evidence="pushed"
                )
            return self._verdict(
                Status.UNREACHABLE, before=before, wanted=wanted, detail="it did not answer in time"
            )
        except DeviceError as error:
            return self._verdict(Status.REFUSED, before=before, wanted=wanted, evidence=str(error))
        if wanted is None:
            return self._verdict(Status.ACCEPTED, before=before)
        return await self._watch(before, wanted)

    async def _watch(self, before: Value | None, wanted: Value) -> Outcome:
        pause = FIRST_PAUSE_S
        after: Value | None = None
        trail: list[tuple[float, Value | None]] = [(self.clock.monotonic(), before)]
        evidence = "none"
        first = True
        while True:
            # a push says it first; else ask, at once also where the first one tells of something from before
            if self.news.take(self.function.id) and (self._is(wanted) or not first):
                after, evidence = self._seen(), "pushed"
            elif self._left() > 0:
                try:
                    after = await self._read()
                    evidence = "read_back"
                except UnreachableError as error:
                    evidence = str(error)
            first = False
            trail.append((self.clock.monotonic(), after))
            if after is not None and self.function.matches(after, wanted):
                already = before is not None and self.function.matches(before, wanted)
                return self._verdict(
                    Status.DONE, before=before, after=after, wanted=wanted, evidence=evidence,
                    detail="already" if already else "",
                )  # fmt: skip
            if self._left() <= 0:
                break
            await self._pause(min(pause, self._left()))
            pause = min(pause * 2, LONGEST_PAUSE_S)
        moving = _approaches(trail, wanted)
        return self._verdict(
            Status.ACCEPTED if moving else Status.UNVERIFIED,
            before=before,
            after=after,
            wanted=wanted,
            evidence=evidence,
            detail="moving" if moving else "" if after is not None else "its state could not be read back",
        )

    async def _pause(self, seconds: float) -> None:
        """Wait so long, or until the device tells something."""
        try:
            await within(self.clock, seconds, self.news.wait(self.function.id))
        except TimeoutError:
            return

    def _resolved(self, before: Value | None) -> Operation | None:
        """The operation with "toggle" turned into what it means now; None where that cannot be known."""
        if self.operation.action is not Action.TOGGLE:
            return self.operation
        for action, value in self.function.effects:
            if isinstance(before, bool) and value is (not before):
                return replace(self.operation, action=action)
        return None

    async def _before(self) -> Value | None:
        """What it is now: as it told, if that is sure to be so; "toggle" turns it round, and always asks."""
        if not self.function.readable:
            return None
        if self.live() and self.operation.action is not Action.TOGGLE and self._seen() is not None:
            return self._seen()
        return await self._read()

    async def _read(self) -> Value | None:
        values = await self.read(self.device, self.function.id, self._left())
        return values.get(self.function.id)

    def _left(self) -> float:
        return self.until - self.clock.monotonic()

    def _seen(self) -> Value | None:
        return self.told().get(self.function.id)

    def _is(self, wanted: Value | None) -> bool:
        seen = self._seen()
        return wanted is not None and seen is not None and self.function.matches(seen, wanted)

    def _verdict(
        self,
        status: Status,
        *,
        before: Value | None = None,
        after: Value | None = None,
        wanted: Value | None = None,
        evidence: str = "none",
        detail: str = "",
    ) -> Outcome:
        return Outcome(
            operation=self.operation,
            status=status,
            before=before,
            after=after,
            wanted=wanted,
            evidence=evidence,
            detail=detail,
        )


def _approaches(trail: Sequence[tuple[float, Value | None]], wanted: Value) -> bool:
    """Whether the last reading is nearer to a wanted number than one of a moment ago."""
    if isinstance(wanted, bool | str):
        return False
    numbers = [(at, value) for at, value in trail if isinstance(value, int | float)]
    if len(numbers) < 2:
        return False
    end, last = numbers[-1]
    # in a short watch, the way from "before" alone says nothing: it may have jumped there and stayed
    moment = end - min(MOVING_S, (end - numbers[0][0]) / 2)
    _, earlier = [number for number in numbers if number[0] <= moment][-1]
    return abs(last - wanted) < abs(earlier - wanted)
