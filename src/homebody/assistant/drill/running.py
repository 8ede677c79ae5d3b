"""Runs a drill: look at every device, cut the internet off, ask and command each anew, put back, let go.

The connections are made anew behind the fence: one that was open before would prove nothing. Devices are
asked side by side, so many at once; what was changed is put back also when the drill is stopped.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from homebody.assistant.drill.harmless import Spared, Trial, trial
from homebody.assistant.drill.record import Asked, Cut, Drill, Fate, Row
from homebody.core.clock import Clock
from homebody.core.errors import UnreachableError
from homebody.core.fence import Fence, fenced
from homebody.core.gate import Gate
from homebody.home.device import Device, Home
from homebody.home.outcome import Operation, Outcome, Status
from homebody.home.registry import Registry

ANSWER_S = 5.0
AT_ONCE = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Drilling:
    """``registry`` makes a registry of the home that has not been started. ``told`` hears of each device as
    it is done."""

    home: Home
    registry: Callable[[], Registry]
    gate: Gate
    clock: Clock
    unplugged: bool = False
    told: Callable[[Row], None] = lambda _row: None

    async def run(self) -> Drill:
        """Raises nothing of its own: what does not work is in the drill."""
        before = await self._answering()
        at, started = self.clock.now(), self.clock.monotonic()
        with fenced(self.gate) as fence:
            rows = await self._rows(before)
            seconds = self.clock.monotonic() - started
        return Drill(at=at, home=self.home.name, seconds=seconds, cut=self._cut(fence), rows=rows)

    async def _answering(self) -> set[str]:
        """The devices that answer while there is internet."""
        registry = self.registry()
        await registry.start()
        try:
            ids = [device.id for device in self.home.devices]
            await registry.refresh(ids, ANSWER_S)
            return {id_ for id_ in ids if registry.state(id_).reachable}
        finally:
            await registry.stop()

    async def _rows(self, before: set[str]) -> tuple[Row, ...]:
        registry, places = self.registry(), asyncio.Semaphore(AT_ONCE)
        await registry.start()

        async def row(device: Device) -> Row:
            async with places:
                done = await _try(self.home, registry, self.clock, device, device.id in before)
            self.told(done)
            return done

        try:
            async with asyncio.TaskGroup() as tasks:
                rows = [tasks.create_task(row(device)) for device in self.home.devices]
            return tuple(each.result() for each in rows)
        finally:
            await registry.stop()

    def _cut(self, fence: Fence) -> Cut:
        return Cut(
            kind=fence.kind,
            not_stronger=fence.not_stronger,
            unplugged=self.unplugged,
            lan_packets=fence.lan_packets,
            refused_packets=fence.refused_packets,
            refused_attempts=fence.refused_attempts,
        )


async def _try(home: Home, registry: Registry, clock: Clock, device: Device, before: bool) -> Row:
    def row(
        fate: Fate,
        read_ms: float | None,
        *,
        asked: Asked | None = None,
        spared: Spared | None = None,
        detail: str = "",
    ) -> Row:
        link = registry.link(device.id)
        return Row(
            device=device.id,
            name=device.name,
            protocol=link.protocol,
            address=link.address,
            fate=fate,
            reached_before=before,
            read_ms=read_ms,
            asked=asked,
            spared=spared,
            detail=detail,
        )

    started = clock.monotonic()
    try:
        state = await registry.read(device.id, ANSWER_S)
    except UnreachableError as error:
        return row("dies", None, detail=str(error))
    read_ms = (clock.monotonic() - started) * 1000
    chosen = trial(home, device, state)
    if not isinstance(chosen, Trial):
        return row("answers", read_ms, spared=chosen)
    outcome, put_back = await _command(registry, chosen)
    asked = Asked(
        manner=chosen.manner,
        function=chosen.ask.function,
        before=state.values.get(chosen.ask.function),
        wanted=outcome.wanted,
        after=outcome.after,
        status=outcome.status.value,
        evidence=outcome.evidence,
        ms=outcome.ms,
        put_back=put_back,
    )
    fates: dict[Status, Fate] = {Status.DONE: "lives", Status.UNREACHABLE: "dies"}
    detail = "" if outcome.status is Status.DONE else outcome.detail or outcome.evidence
    return row(fates.get(outcome.status, "doubtful"), read_ms, asked=asked, detail=detail)


async def _command(registry: Registry, chosen: Trial) -> tuple[Outcome, bool]:
    """What became of it, and whether it is as before again."""
    back: asyncio.Task[bool] | None = None
    try:
        outcome = await registry.perform(chosen.ask, ANSWER_S)
    finally:
        if chosen.manner == "changed":  # whatever became of it: an answer that was lost may have been a yes
            back = asyncio.create_task(_put_back(registry, chosen.put_back))
            await asyncio.shield(back)
    return outcome, back is None or back.result()


async def _put_back(registry: Registry, operation: Operation) -> bool:
    return (await registry.perform(operation, ANSWER_S)).status is Status.DONE
