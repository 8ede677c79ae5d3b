"""python-miio, both ways: our client with its simulator, its client with ours."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from benchmarks import python_miio
from tests.loopback.miio import Bench

from homebody.home.adapters.miio.message import Point
from homebody.home.adapters.miio.simulator import Manner
from homebody.home.adapters.miio.specs import sample
from homebody.home.function import Action
from homebody.home.outcome import Status

THEIRS, OURS = "127.77.0.1", "127.78.0.1"
LAMP = {"on": {"siid": 2, "piid": 1}, "brightness": {"siid": 2, "piid": 2}, "absent": {"siid": 9, "piid": 9}}

pytestmark = pytest.mark.peer


@pytest.fixture(scope="session", autouse=True)
def _peer() -> None:
    try:
        python_miio.python()
    except python_miio.PeerAbsentError as error:
        pytest.skip(str(error))


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path)
    yield made
    await made.stop()


@pytest.fixture
def running() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def get(*names: str) -> tuple[str, Any]:
    return "get_properties", [{"did": name, **LAMP[name]} for name in names]


def set_(name: str, value: Any) -> tuple[str, Any]:
    return "set_properties", [{"did": name, **LAMP[name], "value": value}]


# --- our client, its simulator


async def test_our_client_commands_its_simulator(bench: Bench, running: ExitStack, tmp_path: Path) -> None:
    """Confirmed by reading back: its answers to settings are not to be relied on."""
    spec = tmp_path / "lamp.json"
    spec.write_text(json.dumps(sample("lamp")), encoding="utf-8")
    running.enter_context(python_miio.simulator(spec, "homebody.lamp.1", THEIRS))
    bench.foreign("lamp", "lamp", host=THEIRS, token=python_miio.TOKEN)
    registry = await bench.start()
    await bench.reached("lamp")
    for function, action, value in (
        ("on_off", Action.ON, None), ("on_off", Action.OFF, None), ("brightness", Action.SET, 40),
        ("brightness", Action.SET, 41), ("color_temperature", Action.SET, 3000),
        ("mode", Action.SET, "movie"),
        ("lamp_service_off_delay_time", Action.SET, 7), ("lamp_service_night_light_on", Action.TOGGLE, None),
    ):  # fmt: skip
        outcome = await bench.perform("lamp", function, action, value)
        assert (outcome.status, outcome.evidence) == (Status.DONE, "read_back"), outcome
    assert registry.state("lamp").values["brightness"] == 41


async def test_with_another_token_its_simulator_does_nothing(
    bench: Bench, running: ExitStack, tmp_path: Path
) -> None:
    spec = tmp_path / "lamp.json"
    spec.write_text(json.dumps(sample("lamp")), encoding="utf-8")
    running.enter_context(python_miio.simulator(spec, "homebody.lamp.1", THEIRS))
    bench.foreign("lamp", "lamp", host=THEIRS, token=python_miio.TOKEN)
    bench.foreign("wrong", "lamp", host=THEIRS, token=b"x" * 16)
    await bench.start()
    await bench.reached("lamp")
    outcome = await bench.perform("wrong", "on_off", Action.ON, deadline_s=6)
    assert outcome.status is Status.UNREACHABLE and "token" in outcome.evidence


# --- its client, our simulator


async def test_its_client_commands_our_simulator(bench: Bench, running: ExitStack) -> None:
    lamp = await bench.add("lamp", host=OURS, port=54321)
    theirs = await asyncio.to_thread(running.enter_context, python_miio.client(OURS, lamp.token))
    answer, _ = await asyncio.to_thread(
        theirs.call, get("on", "brightness", "absent"), set_("on", True), set_("brightness", 50),
        set_("brightness", 500), get("on", "brightness"),
        ("action", {"did": "x", "siid": 2, "aiid": 1, "in": []}),
    )  # fmt: skip
    codes = [[each["code"] for each in told] for told in answer[:5]]
    assert codes == [[0, 0, -4003], [0], [0], [-4005], [0, 0]]
    assert [each["value"] for each in answer[4]] == [True, 50]
    assert answer[5]["code"] == 0 and lamp.state[Point(siid=2, piid=1)] is False  # toggled
    info, _ = await asyncio.to_thread(theirs.call, ("miIO.info", []))
    assert info[0]["model"] == lamp.model


async def test_its_client_survives_loss_and_a_restart_of_our_simulator(
    bench: Bench, running: ExitStack
) -> None:
    lamp = await bench.add("lamp", host=OURS, port=54321)
    theirs = await asyncio.to_thread(running.enter_context, python_miio.client(OURS, lamp.token))
    assert "error" not in (await asyncio.to_thread(theirs.call, set_("on", True)))[0]
    lamp.restart()
    answer, _ = await asyncio.to_thread(theirs.call, set_("brightness", 20))
    assert "error" not in answer and lamp.state[Point(siid=2, piid=2)] == 20
    lamp.manner = Manner(loss=1.0)
    answer, _ = await asyncio.to_thread(theirs.call, set_("brightness", 30))
    assert "error" in answer and lamp.state[Point(siid=2, piid=2)] == 20


async def test_with_another_token_its_client_does_nothing(bench: Bench, running: ExitStack) -> None:
    lamp = await bench.add("lamp", host=OURS, port=54321)
    theirs = await asyncio.to_thread(running.enter_context, python_miio.client(OURS, b"x" * 16))
    answer, _ = await asyncio.to_thread(theirs.call, set_("on", True))
    assert "error" in answer and lamp.state[Point(siid=2, piid=1)] is False
