"""What every adapter of a network shares: influx, back-off, keeper, contact."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from homebody.core.clock import ManualClock, SystemClock
from homebody.core.errors import UnreachableError
from homebody.home.influx import BURST, RATE, Influx, Values
from homebody.home.network.backoff import Backoff
from homebody.home.network.contact import Contact
from homebody.home.network.keeper import Keeper


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 1, 1, tzinfo=UTC))


async def pass_(clock: ManualClock, seconds: float) -> None:
    """Turn the clock on; before that, what was just started begins to wait."""
    for _ in range(5):
        await asyncio.sleep(0)
    await clock.advance(seconds)
    await asyncio.sleep(0)


# --- influx


async def test_a_lively_device_is_heard_at_once(clock: ManualClock) -> None:
    heard: list[Values] = []
    influx = Influx(heard.append, clock)
    for value in range(50):
        influx.tell({"brightness": value})
        assert heard[-1] == {"brightness": value}
        await pass_(clock, 1 / RATE)


async def test_a_flood_costs_no_more_than_its_rate_and_its_end_is_known(clock: ManualClock) -> None:
    heard: list[Values] = []
    influx = Influx(heard.append, clock)
    for value in range(10_000):
        influx.tell({"brightness": value, "on_off": value % 2 == 0})
    assert len(heard) == BURST
    await pass_(clock, 0.1)
    assert heard[BURST:] == [{"brightness": 9999, "on_off": False}]
    for second in range(10):
        for value in range(1000):
            influx.tell({"brightness": value})
            await pass_(clock, 0.001)
        assert len(heard) <= BURST + 1 + RATE * (second + 1) + 1


async def test_going_away_keeps_its_place(clock: ManualClock) -> None:
    heard: list[Values] = []
    influx = Influx(heard.append, clock)
    for _ in range(BURST):
        influx.tell({"on_off": True})
    influx.tell({"on_off": False})
    influx.tell(None)
    influx.tell({"on_off": True})
    influx.tell({"brightness": 5})
    await pass_(clock, 0.1)
    assert heard[BURST:] == [None, {"on_off": True, "brightness": 5}]


async def test_what_was_just_read_is_not_overtaken_by_older_news(clock: ManualClock) -> None:
    heard: list[Values] = []
    influx = Influx(heard.append, clock)
    for _ in range(BURST + 1):
        influx.tell({"on_off": False, "brightness": 5})
    influx.supersede({"on_off": True})
    await pass_(clock, 0.1)
    assert heard[BURST:] == [{"brightness": 5}]


async def test_what_is_held_is_let_in_before_what_comes_next(clock: ManualClock) -> None:
    heard: list[Values] = []
    influx = Influx(heard.append, clock)
    for _ in range(BURST + 1):
        influx.tell({"on_off": True})
    influx.tell({"on_off": False})
    influx.catch_up()
    assert heard[BURST:] == [{"on_off": False}]
    await pass_(clock, 1)
    assert len(heard) == BURST + 1


async def test_a_closed_influx_is_silent(clock: ManualClock) -> None:
    heard: list[Values] = []
    influx = Influx(heard.append, clock)
    for _ in range(BURST + 5):
        influx.tell({"on_off": True})
    influx.close()
    await pass_(clock, 1)
    assert len(heard) == BURST


# --- back-off and keeper


def test_pauses_grow_to_their_bound_and_begin_again() -> None:
    backoff = Backoff(first=1, longest=60, chance=lambda: 0.0)
    assert [backoff.next() for _ in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]
    backoff.reset()
    assert backoff.next() == 1
    assert Backoff(first=3, chance=lambda: 1.0).next() == 2
    endless = Backoff(chance=lambda: 0.0)
    assert [endless.next() for _ in range(3000)][-1] == 60


class Peer:
    """Something to hold on to, which comes and goes as a test says."""

    def __init__(self) -> None:
        self.there = False
        self.tries = 0
        self.gone = asyncio.Event()
        self.error: Exception = UnreachableError("nobody answered")

    async def hold(self, up: Callable[[], None]) -> None:
        self.tries += 1
        if not self.there:
            raise self.error
        up()
        await self.gone.wait()


async def test_a_keeper_tries_with_growing_pauses_and_holds(clock: ManualClock) -> None:
    peer, lost = Peer(), list[str]()
    backoff = Backoff(chance=lambda: 0.0)
    keeper = Keeper(peer.hold, clock, name="peer", lost=lost.append, backoff=backoff)
    keeper.start()
    await pass_(clock, 7.5)
    assert (peer.tries, lost) == (4, ["nobody answered"] * 4)  # at 0, 1, 3 and 7 s
    peer.there = True
    await pass_(clock, 8)
    await pass_(clock, 500)
    assert peer.tries == 5
    peer.gone.set()
    await pass_(clock, 0.01)
    peer.gone.clear()
    assert lost[-1] == "the connection ended"
    await pass_(clock, 1)
    assert peer.tries == 6  # after the first pause again
    await keeper.stop()
    await pass_(clock, 100)
    assert peer.tries == 6


async def test_a_nudge_ends_the_pause(clock: ManualClock) -> None:
    peer = Peer()
    keeper = Keeper(peer.hold, clock, name="peer", backoff=Backoff(first=50))
    keeper.start()
    await pass_(clock, 0.1)
    keeper.nudge()
    await pass_(clock, 0.1)
    assert peer.tries == 2
    await keeper.stop()


async def test_a_defect_is_logged_and_does_not_end_the_keeping(
    clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    peer = Peer()
    peer.error = ZeroDivisionError("oops")
    keeper = Keeper(peer.hold, clock, name="peer")
    keeper.start()
    await pass_(clock, 4)
    assert peer.tries >= 3 and "oops" in caplog.text
    await keeper.stop()


def test_contact_is_what_is_known_of_a_connection(clock: ManualClock) -> None:
    contact = Contact(protocol="miIO", address="192.168.1.20", clock=clock)
    assert contact.link().problem == "not yet reached" and contact.link().seen is None
    contact.answered(4.0)
    contact.answered()
    assert (contact.link().latency_ms, contact.link().problem) == (4.0, "")
    contact.failed("no answer")
    assert (contact.link().seen, contact.link().problem) == (clock.now(), "no answer")


async def test_a_hold_that_loses_its_cancellation_is_stopped_all_the_same() -> None:
    held = asyncio.Event()

    async def hold(up: Callable[[], None]) -> None:
        held.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            raise UnreachableError("it went at this very moment") from None

    keeper = Keeper(hold, SystemClock(), name="x")
    keeper.start()
    await held.wait()
    async with asyncio.timeout(5):
        await keeper.stop()
