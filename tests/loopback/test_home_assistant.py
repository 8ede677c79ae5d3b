"""A home whose devices Home Assistant has, against the simulated one: what is told is what came back."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from tests.loopback.home_assistant import COLORFUL, HomeAssistantBench
from tests.loopback.registry_bench import LONGEST_S

from homebody.core.errors import UnreachableError
from homebody.home.adapters.home_assistant import connection
from homebody.home.adapters.home_assistant.simulated import Manner
from homebody.home.function import Action
from homebody.home.outcome import Status

TOKEN = "a-token-that-nobody-may-read"


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[HomeAssistantBench]:
    made = HomeAssistantBench(tmp_path)
    made.hub.token = TOKEN
    made.furnish()
    await made.hub.start()
    yield made
    await made.stop()


# --- what it has, in


async def test_a_home_is_made_of_what_it_has(bench: HomeAssistantBench) -> None:
    registry = await bench.start()
    home = registry.home
    assert [(floor.id, floor.name.zh, floor.aliases) for floor in home.floors] == [
        ("ground", "一楼", ("楼下",))
    ]
    assert [(area.id, area.name.all(), area.aliases, area.floor) for area in home.areas] == [
        ("den", ("Den",), ("study",), "ground"), ("keting", ("客厅",), (), None)
    ]  # fmt: skip
    assert home.location == (31.2, 121.5)
    lamp = home.device("light.desk")
    assert lamp is not None and lamp.name.zh == "台灯" and lamp.area == "den" and lamp.kind == "light"
    assert lamp.aliases == ("书桌灯", "desk light")
    assert [trait.id for trait in lamp.traits] == [
        "on_off", "brightness", "color_temperature", "color", "power_draw"
    ]  # fmt: skip
    startup = lamp.function("power_on_behavior")
    assert startup is not None and startup.name.zh == "上电状态"
    assert [choice.id for choice in startup.choices] == ["on", "off", "previous"]
    assert "signal" not in {control.id for control in lamp.controls}
    strip = [device for device in home.devices if device.area == "keting"]
    assert [(device.id, device.kind) for device in strip] == [
        ("device.strip", "sensor"), ("switch.strip_1", "outlet"), ("switch.strip_2", "outlet")
    ]  # fmt: skip
    rf = home.device("switch.rf")
    assert rf is not None and not rf.traits and not rf.controls[0].readable


async def test_what_a_person_withheld_there_is_left_out(bench: HomeAssistantBench) -> None:
    bench.hub.entities[0]["hidden_by"] = "user"
    withheld = {"conversation": {"should_expose": False}}
    bench.hub.entities[4]["options"] = withheld
    bench.hub.entities[1]["options"] = withheld  # of a sensor, Home Assistant says that by itself
    registry = await bench.start()
    ids = {device.id for device in registry.home.devices}
    assert "light.desk" not in ids and "switch.strip_1" not in ids and "switch.strip_2" in ids
    beside = registry.home.device("device.台灯")
    assert beside is not None and beside.function("power_draw") is not None


async def test_one_without_floors_has_a_home_too(bench: HomeAssistantBench) -> None:
    bench.hub.manner.without = frozenset({"config/floor_registry/list"})
    registry = await bench.start()
    assert registry.home.floors == () and len(registry.home.areas) == 2


# --- commands


@pytest.mark.parametrize(
    ("device", "function", "action", "value", "after", "service"),
    [
        ("light.desk", "on_off", Action.ON, None, True, "light.turn_on"),
        ("light.desk", "brightness", Action.SET, 40, 40, "light.turn_on"),
        ("light.desk", "brightness", Action.SET, 1, 1, "light.turn_on"),
        ("light.desk", "color_temperature", Action.SET, 6500, 6535, "light.turn_on"),
        ("light.desk", "color", Action.SET, "purple", "purple", "light.turn_on"),
        ("light.desk", "power_on_behavior", Action.SET, "previous", "previous", "select.select_option"),
        ("switch.strip_2", "on_off", Action.TOGGLE, None, True, "switch.turn_on"),
        ("cover.curtain", "position", Action.SET, 20, 20, "cover.set_cover_position"),
        ("cover.curtain", "position", Action.CLOSE, None, 0, "cover.close_cover"),
        ("lock.front", "lock", Action.UNLOCK, None, False, "lock.unlock"),
    ],
)
async def test_a_command_is_done_when_its_state_came_back(
    bench: HomeAssistantBench,
    device: str,
    function: str,
    action: Action,
    value: Any,
    after: Any,
    service: str,
) -> None:
    await bench.start()
    await bench.reached(device)
    outcome = await bench.perform(device, function, action, value)
    assert (outcome.status, outcome.after) == (Status.DONE, after), outcome
    assert outcome.evidence == "pushed"
    assert [call[0] for call in bench.hub.calls] == [service]


async def test_one_that_lies_is_not_believed(bench: HomeAssistantBench) -> None:
    await bench.start()
    await bench.reached("light.desk")
    bench.hub.manner = Manner(lie=True)
    outcome = await bench.perform("light.desk", "on_off", Action.ON, deadline_s=0.5)
    assert outcome.status is Status.UNVERIFIED and outcome.after is False
    assert len(bench.hub.calls) == 1


async def test_what_is_so_already_is_asked_for_and_seen(bench: HomeAssistantBench) -> None:
    await bench.start()
    await bench.reached("light.desk")
    outcome = await bench.perform("light.desk", "on_off", Action.OFF)
    assert (outcome.status, outcome.detail, outcome.evidence) == (Status.DONE, "already", "read_back")


async def test_what_nobody_can_hear_is_accepted_and_never_done(bench: HomeAssistantBench) -> None:
    await bench.start()
    await bench.reached("switch.rf")
    outcome = await bench.perform("switch.rf", "on_off_control", Action.ON)
    assert outcome.status is Status.ACCEPTED
    assert bench.hub.states["switch.rf"]["state"] == "on"
    assert "on_off_control" not in bench.registry.state("switch.rf").values


async def test_a_no_is_told(bench: HomeAssistantBench) -> None:
    await bench.start()
    await bench.reached("light.desk")
    bench.hub.manner = Manner(refuse=True)
    outcome = await bench.perform("light.desk", "on_off", Action.ON)
    assert outcome.status is Status.REFUSED and "The device said no" in outcome.evidence


async def test_no_answer_and_no_state_is_no_success(bench: HomeAssistantBench) -> None:
    await bench.start()
    await bench.reached("light.desk")
    bench.hub.manner = Manner(silent=True)
    outcome = await bench.perform("light.desk", "on_off", Action.ON, deadline_s=0.3)
    assert outcome.status is Status.UNREACHABLE


async def test_a_slow_device_does_not_hold_up_another(bench: HomeAssistantBench) -> None:
    await bench.start()
    await bench.reached("light.desk", "switch.strip_1")
    bench.hub.manner = Manner(silent=True)
    slow = asyncio.create_task(bench.perform("light.desk", "on_off", Action.ON, deadline_s=LONGEST_S))
    async with asyncio.timeout(LONGEST_S):
        await bench.hub.called.wait()
    bench.hub.manner = Manner()
    outcome = await bench.perform("switch.strip_1", "on_off", Action.ON)
    assert outcome.status is Status.DONE and not slow.done()
    slow.cancel()


async def test_an_entity_that_it_has_no_more_is_not_commanded(bench: HomeAssistantBench) -> None:
    """Home Assistant itself would answer: success."""
    registry = await bench.start()
    await bench.reached("light.desk")
    await bench.hub.vanish("light.desk")
    await bench.until(lambda: not registry.state("light.desk").reachable)
    outcome = await bench.perform("light.desk", "on_off", Action.ON)
    assert outcome.status is Status.UNREACHABLE and "does not know it" in outcome.evidence
    assert bench.hub.calls == []
    await bench.hub.appear("light.desk", "off", supported_color_modes=COLORFUL)
    await bench.reached("light.desk")
    assert (await bench.perform("light.desk", "on_off", Action.ON)).status is Status.DONE


# --- what it tells


async def test_what_happens_there_is_known_here(bench: HomeAssistantBench) -> None:
    registry = await bench.start()
    await bench.reached("light.desk")
    assert registry.state("light.desk").values == {
        "on_off": False, "power_draw": 3.5, "power_on_behavior": "on"
    }  # fmt: skip
    await bench.hub.change("light.desk", "on", brightness=128, color_mode="color_temp",
                           color_temp_kelvin=2700, effect="Rainbow")  # fmt: skip
    await bench.until(lambda: registry.state("light.desk").values.get("brightness") == 50)
    await bench.hub.change("sensor.desk_power", "9.25")
    await bench.until(lambda: registry.state("light.desk").values["power_draw"] == 9.25)
    values = registry.state("light.desk").values
    assert (values["color_temperature"], values["color"], values["effect"]) == (2700, "white", "rainbow")


async def test_unavailable_is_unreachable_and_says_so(bench: HomeAssistantBench) -> None:
    registry = await bench.start()
    await bench.reached("light.desk")
    await bench.hub.change("light.desk", "unavailable", supported_color_modes=None)
    await bench.until(lambda: not registry.state("light.desk").reachable)
    outcome = await bench.perform("light.desk", "on_off", Action.ON)
    assert outcome.status is Status.UNREACHABLE and "not available" in outcome.evidence
    assert bench.hub.calls == []
    await bench.hub.change("light.desk", "on", supported_color_modes=COLORFUL, brightness=255)
    await bench.reached("light.desk")
    assert registry.state("light.desk").values["brightness"] == 100


async def test_a_sensor_that_is_away_does_not_take_its_lamp_along(bench: HomeAssistantBench) -> None:
    registry = await bench.start()
    await bench.reached("light.desk")
    await bench.hub.change("sensor.desk_power", "unavailable")
    outcome = await bench.perform("light.desk", "on_off", Action.ON)
    assert outcome.status is Status.DONE and registry.state("light.desk").reachable


async def test_an_entity_that_is_given_another_id_is_found_again(bench: HomeAssistantBench) -> None:
    registry = await bench.start()
    await bench.reached("light.desk")
    lamp = bench.hub.states["light.desk"]
    await bench.hub.vanish("light.desk")
    await bench.until(lambda: not registry.state("light.desk").reachable)
    bench.hub.entities[0]["entity_id"] = "light.bench"
    bench.hub.states["light.bench"] = lamp
    await bench.hub.record_changed()
    await bench.reached("light.desk")
    outcome = await bench.perform("light.desk", "on_off", Action.ON)
    assert outcome.status is Status.DONE and bench.hub.calls[-1][2] == ["light.bench"]


# --- connections


async def test_a_restart_is_survived_and_nothing_is_done_meanwhile(bench: HomeAssistantBench) -> None:
    registry = await bench.start()
    await bench.reached("light.desk")
    await bench.hub.stop()
    await bench.until(lambda: not registry.state("light.desk").reachable)
    outcome = await bench.perform("light.desk", "on_off", Action.ON, deadline_s=1.0)
    assert outcome.status is Status.UNREACHABLE and bench.hub.calls == []
    await bench.hub.start()
    assert (await bench.perform("light.desk", "on_off", Action.ON)).status is Status.DONE
    assert bench.hub.heard.count("subscribe_entities") == 2


async def test_a_wrong_token_is_said_and_never_shown(
    bench: HomeAssistantBench, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    registry = await bench.start(secret="not-the-token")
    outcome = await bench.perform("light.desk", "on_off", Action.ON)
    assert outcome.status is Status.UNREACHABLE and "does not take our token" in outcome.evidence
    assert "token" in registry.link("light.desk").problem
    shown = caplog.text + repr(registry.link("light.desk")) + repr(outcome) + json.dumps(bench.document)
    assert "not-the-token" not in shown and TOKEN not in shown


async def test_the_right_token_is_in_no_log(
    bench: HomeAssistantBench, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await bench.start()
    await bench.reached("light.desk")
    assert TOKEN not in caplog.text


async def test_without_a_token_nothing_is_sent(bench: HomeAssistantBench, tmp_path: Path) -> None:
    bench.document = await bench.look(bench.hub.url, TOKEN)
    registry = await bench.start()
    await bench.reached("light.desk")
    await registry.stop()
    (tmp_path / "secrets.json").unlink()
    heard = len(bench.hub.heard)
    await registry.start()
    outcome = await bench.perform("light.desk", "on_off", Action.ON)
    assert outcome.status is Status.UNREACHABLE and "token is not known" in outcome.evidence
    assert len(bench.hub.heard) == heard


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("{", "not JSON"), ("[" * 100_000, "not JSON"), (b"\xff\xfe", "not JSON"),
        (json.dumps({"id": 1, "type": "event", "event": "x" * 4096}), "more than"),
    ],
)  # fmt: skip
async def test_what_is_no_message_ends_the_connection_and_it_is_made_again(
    bench: HomeAssistantBench, monkeypatch: pytest.MonkeyPatch, said: str | bytes, reason: str
) -> None:
    if reason == "more than":
        monkeypatch.setattr(connection, "MOST_BYTES", 4096)
    bench.document = {
        "schema": "homebody.home/1", "name": "x", "adapters": {"home_assistant": {"url": bench.hub.url}},
        "devices": [{"id": "switch.rf", "kind": "switch", "name": "RF", "traits": {"on_off": {}},
                     "adapter": {"home_assistant": {"id": "switch.strip_1"}}}],
    }  # fmt: skip
    for entries in (bench.hub.entities, bench.hub.devices, bench.hub.areas):
        entries.clear()
    registry = await bench.start()
    await bench.reached("switch.rf")
    problems: list[str] = []
    forget = registry.subscribe(lambda change: problems.append(registry.link(change.device).problem))
    await bench.hub.say(said)
    await bench.until(lambda: any(reason in problem for problem in problems))
    forget()
    assert (await bench.perform("switch.rf", "on_off", Action.ON)).status is Status.DONE


@pytest.mark.parametrize(
    "event",
    [
        {"a": [1]}, {"a": {"light.desk": {"s": 5, "a": 7}}}, {"c": {"light.desk": {"+": {"a": []}, "-": 3}}},
        {"c": {"light.desk": {"-": {"a": [{}, 1, None]}}}}, {"r": [{}, 1, "light.nowhere"]}, {"r": 1},
        {"c": 1}, {"a": {"light.stranger": {"s": "on", "a": {}}}},
        {"c": {"light.desk": {"+": {"a": {"brightness": "NaN", "hs_color": [1], "supported_color_modes": {},
                                          "effect_list": [[], 1], "color_temp_kelvin": 1e400}}}}},
    ],
)  # fmt: skip
async def test_events_that_are_none_harm_nobody(bench: HomeAssistantBench, event: Any) -> None:
    registry = await bench.start()
    await bench.reached("light.desk", "switch.strip_1")
    await bench.hub.tell(event, "light.desk")
    outcome = await bench.perform("switch.strip_1", "on_off", Action.ON)
    assert outcome.status is Status.DONE and registry.link("switch.strip_1").problem == ""


@pytest.mark.parametrize("result", [None, 5, [[], 1, {"id": []}], {"a": 1}, "x"])
async def test_records_that_are_none_make_an_empty_home(bench: HomeAssistantBench, result: Any) -> None:
    bench.hub.floors = bench.hub.areas = bench.hub.devices = bench.hub.entities = result
    bench.hub.states.clear()
    bench.document = await bench.look(bench.hub.url, TOKEN)
    assert bench.document["devices"] == [] and bench.document["areas"] == []


async def test_what_is_no_home_assistant_is_said_to_be_none(bench: HomeAssistantBench) -> None:
    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1")
    port = server.sockets[0].getsockname()[1]
    with pytest.raises(UnreachableError, match="no Home Assistant"):
        await bench.look(f"http://127.0.0.1:{port}", TOKEN)
    server.close()
    await server.wait_closed()
    with pytest.raises(UnreachableError, match="cannot be reached"):
        await bench.look(f"http://127.0.0.1:{port}", TOKEN)
