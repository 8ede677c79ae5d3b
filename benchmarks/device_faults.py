"""What goes wrong between Homebody and miIO devices: what is then said, and how long until all is well.

"False done" is the figure that must be zero: a command said to be done that the device did not carry out.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table
from tests.loopback.miio import Bench

from benchmarks.machine import percentile
from homebody.core.secrets import Secret
from homebody.home.adapters.miio.message import Point
from homebody.home.adapters.miio.simulator import Manner, SimulatedDevice
from homebody.home.function import Action
from homebody.home.outcome import Status

LAMPS, COMMANDS = 10, 20
DEADLINE_S = 2.0
_BRIGHTNESS = Point(siid=2, piid=2)


def run(console: Console) -> None:
    console.print(asyncio.run(_commands()))
    console.print(asyncio.run(_recoveries()))


async def _commands() -> Table:
    table = Table(title=f"{LAMPS} lamps with faults, {COMMANDS} commands each, at most {DEADLINE_S:g} s")
    for column in ("fault", "false done", "done", "not proved", "no answer", "p50, ms", "p99, ms"):
        table.add_column(column, justify="left" if column == "fault" else "right")
    for fault, manner in (
        ("none", Manner()),
        ("30 % of datagrams lost, each way", Manner(loss=0.3)),
        ("half of the datagrams arrive twice", Manner(doubled=0.5)),
        ("both", Manner(loss=0.3, doubled=0.5)),
        ("accepts, and does it 0.3 s later", Manner(accepts=True, later=0.3)),
        ("says yes and does nothing", Manner(lies=True)),
        ("answers after 0.5 s", Manner(latency=0.5)),
    ):
        with tempfile.TemporaryDirectory() as folder:
            bench = Bench(Path(folder))
            try:
                table.add_row(fault, *await _with(bench, manner))
            finally:
                await bench.stop()
    return table


async def _with(bench: Bench, manner: Manner) -> tuple[str, ...]:
    lamps = [await bench.add(f"lamp{number}", manner=manner) for number in range(LAMPS)]
    await bench.start()
    await bench.reached()
    statuses: list[Status] = []
    times: list[float] = []
    false = 0

    async def command(number: int, lamp: SimulatedDevice) -> None:
        nonlocal false
        for value in range(2, COMMANDS + 2):
            outcome = await bench.perform(
                f"lamp{number}", "brightness", Action.SET, value, deadline_s=DEADLINE_S
            )
            statuses.append(outcome.status)
            times.append(outcome.ms)
            false += outcome.status is Status.DONE and lamp.state[_BRIGHTNESS] != value

    await asyncio.gather(*(command(number, lamp) for number, lamp in enumerate(lamps)))
    counts = [statuses.count(each) for each in (Status.DONE, Status.UNVERIFIED, Status.UNREACHABLE)]
    return (str(false), *map(str, counts), f"{percentile(times, 0.5):.1f}", f"{percentile(times, 0.99):.1f}")


async def _recoveries() -> Table:
    table = Table(title="How long until")
    table.add_column("what")
    table.add_column("s", justify="right")
    for what, measure in (
        ("a device that started again does a command", _restarted),
        ("a device that was away for 3 s does a command", _back),
        ("a device that was away for 3 s is known to be back, nobody asking", _noticed),
        ("a command to a device that is away is said not to be answered", _away),
        ("a wrong token is said to be one", _wrong_token),
    ):
        with tempfile.TemporaryDirectory() as folder:
            bench = Bench(Path(folder))
            try:
                table.add_row(what, f"{await _timed(bench, measure):.2f}")
            finally:
                await bench.stop()
    return table


Measure = Callable[[Bench], Awaitable[Callable[[], Awaitable[None]]]]


async def _timed(bench: Bench, measure: Measure) -> float:
    """The seconds of what ``measure`` prepared."""
    work = await measure(bench)
    started = time.perf_counter()
    await work()
    return time.perf_counter() - started


async def _lamp(bench: Bench) -> SimulatedDevice:
    lamp = await bench.add("lamp")
    await bench.start()
    await bench.reached()
    await bench.subscribed()
    return lamp


async def _expect(bench: Bench, status: Status, deadline_s: float = DEADLINE_S) -> None:
    outcome = await bench.perform("lamp", "on_off", Action.ON, deadline_s=deadline_s)
    if outcome.status is not status:
        raise RuntimeError(f"{outcome.status} is not what was expected")


async def _restarted(bench: Bench) -> Callable[[], Awaitable[None]]:
    (await _lamp(bench)).restart()
    return lambda: _expect(bench, Status.DONE)


async def _gone_and_back(bench: Bench) -> SimulatedDevice:
    lamp = await _lamp(bench)
    await lamp.stop()
    await _expect(bench, Status.UNREACHABLE, 1.0)
    await asyncio.sleep(2)
    await lamp.start(port=lamp.address[1])
    return lamp


async def _back(bench: Bench) -> Callable[[], Awaitable[None]]:
    await _gone_and_back(bench)
    return lambda: _expect(bench, Status.DONE)


async def _noticed(bench: Bench) -> Callable[[], Awaitable[None]]:
    await _gone_and_back(bench)
    return bench.reached


async def _away(bench: Bench) -> Callable[[], Awaitable[None]]:
    await (await _lamp(bench)).stop()
    return lambda: _expect(bench, Status.UNREACHABLE)


async def _wrong_token(bench: Bench) -> Callable[[], Awaitable[None]]:
    await bench.add("lamp")
    bench.secrets["lamp"] = Secret("f" * 32)
    registry = await bench.start()

    async def said() -> None:
        await _expect(bench, Status.UNREACHABLE, deadline_s=10)
        if "token" not in registry.link("lamp").problem:
            raise RuntimeError(registry.link("lamp").problem)

    return said
