"""LCM on this machine: what is published is heard, by an event loop that never waits."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

pytest.importorskip("lcm")

import lcm

from homebody.robot.wire.channels import COMMANDS, RESPONSES, url
from homebody.robot.wire.messages import RobotCommand, RobotResponse
from homebody.robot.wire.transport import BURST, Wire


@pytest.fixture
def wires(first_port: int) -> Iterator[tuple[Wire, Wire]]:
    one, other = Wire(first_port=first_port), Wire(first_port=first_port)
    yield one, other
    one.close()
    other.close()


async def test_what_is_published_is_heard(wires: tuple[Wire, Wire]) -> None:
    driver, board = wires
    heard: asyncio.Queue[RobotCommand] = asyncio.Queue()
    board.attach()
    stop = board.hear(COMMANDS, heard.put_nowait)
    command = RobotCommand(mode=12, life_count=1)
    driver.publish(COMMANDS, command)
    assert await asyncio.wait_for(heard.get(), 5) == command
    stop()
    stop()
    again = board.hear(COMMANDS, heard.put_nowait)
    driver.publish(COMMANDS, RobotCommand(life_count=2))
    assert (await asyncio.wait_for(heard.get(), 5)).life_count == 2 and heard.empty()
    again()


async def test_what_is_no_message_is_counted_and_the_next_one_is_heard(
    wires: tuple[Wire, Wire], first_port: int
) -> None:
    driver, board = wires
    heard: asyncio.Queue[RobotResponse] = asyncio.Queue()
    driver.hear(RESPONSES, heard.put_nowait)
    driver.attach()
    foreign = lcm.LCM(url(RESPONSES.port, 0, first_port))
    foreign.publish(RESPONSES.name, b"nonsense")
    board.publish(RESPONSES, RobotResponse(mode=7))
    assert (await asyncio.wait_for(heard.get(), 5)).mode == 7
    assert driver.refused == {RESPONSES.name: 1}


async def test_a_burst_arrives_in_its_order(wires: tuple[Wire, Wire]) -> None:
    driver, board = wires
    heard: asyncio.Queue[RobotCommand] = asyncio.Queue()
    board.hear(COMMANDS, heard.put_nowait)
    board.attach()
    for number in range(BURST):
        driver.publish(COMMANDS, RobotCommand(value=number))
    async with asyncio.timeout(5):
        assert [(await heard.get()).value for _ in range(BURST)] == list(range(BURST))
