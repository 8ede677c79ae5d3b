"""A real Home Assistant with its demo devices: made into a home, commanded, killed, started again."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from benchmarks import home_assistant
from benchmarks.home_assistant import HomeAssistant
from tests.loopback.home_assistant import HomeAssistantBench
from tests.loopback.test_cli import Commands

from homebody.home.file import load_home
from homebody.home.function import Action
from homebody.home.outcome import Status

pytestmark = pytest.mark.peer


@pytest.fixture(scope="module")
def peer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HomeAssistant]:
    try:
        with home_assistant.running(tmp_path_factory.mktemp("home_assistant")) as running:
            yield running
    except home_assistant.PeerAbsentError as error:
        pytest.skip(str(error))


@pytest.fixture
async def bench(peer: HomeAssistant, tmp_path: Path) -> AsyncIterator[HomeAssistantBench]:
    made = HomeAssistantBench(tmp_path)
    yield made
    await made.stop()


async def theirs(peer: HomeAssistant, entity: str) -> dict[str, Any]:
    """What it says of an entity to somebody else."""
    [states] = await peer.ask({"type": "get_states"})
    return next(state for state in states if state["entity_id"] == entity)


async def test_its_demo_home_becomes_a_home(peer: HomeAssistant, bench: HomeAssistantBench) -> None:
    registry = await bench.start(peer.url, peer.token)
    home = registry.home
    assert {area.name.en for area in home.areas} == {"Living Room", "Kitchen", "Bedroom"}
    kinds = {device.id: device.kind for device in home.devices}
    expected = {
        "light.bed_light": "light", "cover.garage_door": "garage_door", "climate.hvac": "air_conditioner",
        "climate.heatpump": "thermostat", "fan.living_room_fan": "fan", "lock.front_door": "lock",
        "media_player.lounge_room": "tv", "vacuum.0_ground_floor": "vacuum", "switch.ac": "outlet",
        "humidifier.dehumidifier": "dehumidifier", "device.outside_temperature": "sensor",
        "device.basement_floor_wet": "leak_sensor", "device.push": "button",
    }  # fmt: skip
    assert expected.items() <= kinds.items()
    assert "device.password" not in kinds
    await bench.reached(*kinds)
    assert registry.state("device.outside_temperature").values == {"temperature": 15.6}


@pytest.mark.parametrize(
    ("device", "function", "action", "value"),
    [
        ("light.bed_light", "on_off", Action.ON, None),
        ("light.bed_light", "brightness", Action.SET, 37),
        ("light.bed_light", "brightness", Action.SET, 1),
        ("light.bed_light", "color_temperature", Action.SET, 6500),
        ("light.bed_light", "color_temperature", Action.SET, 2700),
        ("light.bed_light", "color", Action.SET, "blue"),
        ("light.bed_light", "effect", Action.SET, "rainbow"),
        ("light.bed_light", "on_off", Action.OFF, None),
        ("switch.ac", "on_off", Action.TOGGLE, None),
        ("climate.hvac", "mode", Action.SET, "heat"),
        ("climate.hvac", "thermostat", Action.SET, 19.5),
        ("climate.hvac", "fan_mode", Action.SET, "auto_low"),
        ("climate.hvac", "target_humidity", Action.SET, 55),
        ("climate.hvac", "on_off", Action.OFF, None),
        ("climate.hvac", "on_off", Action.ON, None),
        ("climate.ecobee", "target_temp_high", Action.SET, 26),
        ("fan.living_room_fan", "on_off", Action.ON, None),
        ("fan.living_room_fan", "fan_speed", Action.SET, 66),
        ("fan.living_room_fan", "oscillating", Action.ON, None),
        ("fan.living_room_fan", "direction", Action.SET, "reverse"),
        ("media_player.walkman", "volume", Action.SET, 35),
        ("media_player.walkman", "mute", Action.ON, None),
        ("media_player.walkman", "playback", Action.PAUSE, None),
        ("media_player.walkman", "shuffle", Action.ON, None),
        ("media_player.lounge_room", "source", Action.SET, "youtube"),
        ("vacuum.0_ground_floor", "cleaning", Action.START, None),
        ("vacuum.0_ground_floor", "suction", Action.SET, "high"),
        ("humidifier.humidifier", "target_humidity", Action.SET, 44),
        ("device.large_range", "large_range", Action.SET, 321),
        ("device.speed", "speed", Action.SET, "light_speed"),
        ("device.text", "text", Action.SET, "你好, world"),
    ],
)
async def test_it_is_commanded_and_its_own_state_says_so(
    peer: HomeAssistant, bench: HomeAssistantBench, device: str, function: str, action: Action, value: Any
) -> None:
    registry = await bench.start(peer.url, peer.token)
    await bench.reached(device)
    outcome = await bench.perform(device, function, action, value)
    assert outcome.status is Status.DONE, outcome
    entity = registry.home.device(device)
    assert entity is not None and entity.function(function) is not None
    if outcome.wanted is not None:
        assert entity.function(function).matches(outcome.after, outcome.wanted)  # type: ignore[union-attr]


async def test_a_lock_is_on_its_way_before_it_is_locked(
    peer: HomeAssistant, bench: HomeAssistantBench
) -> None:
    await bench.start(peer.url, peer.token)
    await bench.reached("lock.front_door", "lock.poorly_installed_door")
    hasty = await bench.perform("lock.front_door", "lock", Action.UNLOCK, deadline_s=0.5)
    assert hasty.status is not Status.DONE
    patient = await bench.perform("lock.front_door", "lock", Action.UNLOCK, deadline_s=10)
    assert patient.status is Status.DONE
    assert (await theirs(peer, "lock.front_door"))["state"] == "unlocked"
    jammed = await bench.perform("lock.poorly_installed_door", "lock", Action.LOCK, deadline_s=4)
    assert jammed.status is not Status.DONE
    assert (await theirs(peer, "lock.poorly_installed_door"))["state"] == "jammed"


async def test_what_it_only_assumes_is_never_done(peer: HomeAssistant, bench: HomeAssistantBench) -> None:
    await bench.start(peer.url, peer.token)
    await bench.reached("switch.decorative_lights")
    outcome = await bench.perform("switch.decorative_lights", "on_off_control", Action.OFF)
    assert outcome.status is Status.ACCEPTED
    assert (await theirs(peer, "switch.decorative_lights"))["state"] == "off"


async def test_it_says_success_for_an_entity_that_it_has_not_and_we_do_not(
    peer: HomeAssistant, bench: HomeAssistantBench
) -> None:
    [said] = await peer.ask({
        "type": "call_service", "domain": "light", "service": "turn_on",
        "target": {"entity_id": "light.nowhere"},
    })  # fmt: skip
    assert said is not None  # and success was true, or it would have raised
    bench.document = {
        "schema": "homebody.home/1", "name": "x", "adapters": {"home_assistant": {"url": peer.url}},
        "devices": [{"id": "ghost", "kind": "light", "name": "ghost", "traits": {"on_off": {}},
                     "adapter": {"home_assistant": {"id": "light.nowhere"}}}],
    }  # fmt: skip
    await bench.start(peer.url, peer.token)
    outcome = await bench.perform("ghost", "on_off", Action.ON)
    assert outcome.status is Status.UNREACHABLE and "does not know it" in outcome.evidence


async def test_what_somebody_else_does_there_is_known_here(
    peer: HomeAssistant, bench: HomeAssistantBench
) -> None:
    registry = await bench.start(peer.url, peer.token)
    await bench.reached("light.ceiling_lights")
    await peer.ask({
        "type": "call_service", "domain": "light", "service": "turn_on",
        "service_data": {"brightness_pct": 77}, "target": {"entity_id": "light.ceiling_lights"},
    })  # fmt: skip
    await bench.until(lambda: registry.state("light.ceiling_lights").values.get("brightness") == 77)


async def test_an_entity_is_renamed_there_and_found_again(
    peer: HomeAssistant, bench: HomeAssistantBench
) -> None:
    registry = await bench.start(peer.url, peer.token)
    await bench.reached("light.kitchen_lights")
    lost: list[bool] = []
    forget = registry.subscribe(
        lambda change: lost.append(change.device == "light.kitchen_lights" and not change.state.reachable)
    )
    for before, after in (
        ("light.kitchen_lights", "light.renamed"),
        ("light.renamed", "light.kitchen_lights"),
    ):
        lost.clear()
        await peer.ask({"type": "config/entity_registry/update", "entity_id": before, "new_entity_id": after})
        await bench.until(lambda: any(lost) and registry.state("light.kitchen_lights").reachable)
        outcome = await bench.perform("light.kitchen_lights", "on_off", Action.TOGGLE)
        assert outcome.status is Status.DONE, outcome
    forget()


async def test_a_wrong_token_does_nothing(peer: HomeAssistant, bench: HomeAssistantBench) -> None:
    await bench.start(peer.url, peer.token, secret=f"{peer.token}x")
    outcome = await bench.perform("light.bed_light", "on_off", Action.ON)
    assert outcome.status is Status.UNREACHABLE and "does not take our token" in outcome.evidence


@pytest.mark.parametrize("how", ["stop", "kill"])  # stopped first: what it was told is on its disk then
async def test_it_starts_again(peer: HomeAssistant, bench: HomeAssistantBench, how: str) -> None:
    """Nothing is done while it is away; what comes up later is there when it is told."""
    registry = await bench.start(peer.url, peer.token)
    await bench.reached("light.bed_light", "switch.ac")
    await asyncio.to_thread(getattr(peer, how))
    await bench.until(lambda: not registry.state("light.bed_light").reachable)
    away = await bench.perform("light.bed_light", "on_off", Action.ON, deadline_s=1)
    assert away.status is Status.UNREACHABLE
    await asyncio.to_thread(peer.start)
    hasty = await bench.perform("light.bed_light", "on_off", Action.ON, deadline_s=1)
    assert hasty.status in (Status.DONE, Status.UNREACHABLE)  # it answers before it has all its devices
    if hasty.status is Status.DONE:
        assert (await theirs(peer, "light.bed_light"))["state"] == "on"
    await bench.reached("light.bed_light", "switch.ac")
    assert (await bench.perform("light.bed_light", "on_off", Action.ON)).status is Status.DONE


def test_the_command_makes_a_home_of_it(peer: HomeAssistant, tmp_path: Path) -> None:
    homebody, file = Commands(tmp_path), tmp_path / "home.yaml"

    def add(*more: str, token: str = peer.token) -> subprocess.CompletedProcess[str]:
        command = ["devices", "add", "home-assistant", peer.url, "--home", str(file), *more]
        return subprocess.run(
            [sys.executable, "-m", "homebody", *command], env=homebody.environment, input=f"{token}\n",
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip

    refused = add("--yes", token="wrong")
    assert refused.returncode == 2 and "does not take our token" in refused.stderr and not file.exists()
    made = add("--yes")
    assert made.returncode == 0, made.stderr
    home = load_home(file)
    assert len(home.devices) > 50
    secrets = json.loads((homebody.data / "secrets.json").read_text(encoding="utf-8"))
    assert list(secrets.values()) == [peer.token]
    assert peer.token not in file.read_text(encoding="utf-8") + made.stdout + made.stderr
    again = add("--yes")
    assert again.returncode == 0 and "stand in" in again.stdout and "already" in again.stdout
    asked = homebody("ask", "turn on the office rgbw lights", "--home", str(file), "--no-model")
    assert asked.returncode == 0, asked.stdout + asked.stderr
    asked = homebody("ask", "把 Ceiling Lights 调到 40%", "--home", str(file), "--no-model")
    assert asked.returncode == 0, asked.stdout + asked.stderr
    [states] = asyncio.run(peer.ask({"type": "get_states"}))
    brightness = {each["entity_id"]: each["attributes"].get("brightness") for each in states}
    assert brightness["light.ceiling_lights"] == 102
