"""What is announced of our own devices can be discovered, and what comes back is an operation or refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homebody.core.errors import InputError
from homebody.home.adapters.mqtt.announcements import Announcements
from homebody.home.adapters.mqtt.payload import Payload
from homebody.home.device import Device, Home
from homebody.home.file import default_home, parse_home
from homebody.home.function import Action, Value
from homebody.server.announcing.commands import operation
from homebody.server.announcing.messages import Topics, announced, safe, state_of

TOPICS = Topics(prefix="homeassistant", instance="homebody_1")
HOME = default_home()
ACTIONS = ("on_off", "lock", "valve", "position", "thermostat", "mode", "color", "cleaning", "brightness")


def messages(device: Device, home: Home = HOME) -> dict[str, dict[str, Any]]:
    return {
        topic: json.loads(text) for topic, text in announced(device, home.area(device.area), TOPICS, "en")
    }


@pytest.mark.parametrize("device", HOME.devices, ids=lambda device: device.id)
def test_every_device_can_be_discovered(device: Device) -> None:
    """By our own reading of such messages, which it would leave out as ours."""
    heard = Announcements("homeassistant")
    for topic, body in messages(device).items():
        assert TOPICS.is_config(topic)
        heard.heard(topic, Payload(json.dumps({**body, "origin": {"name": "somebody"}}).encode()))
    described = heard.described(f"homebody_1_{device.id}")
    assert described is not None and not described.doubts, heard.doubts
    assert described.name.text("en") == device.name.text("en")
    writable = {function.id for function in device.functions if function.writable and function.trait}
    sent = {wire.sent(action, None) for wire in described.wires for action in wire.function.actions
            if action is not Action.SET}  # fmt: skip
    topics = {each.topic for each in sent if each is not None}
    for function_id in writable & {"on_off", "lock", "valve", "position"}:
        function = device.function(function_id)
        assert function is not None and TOPICS.command(device, function) in topics


def device(kind: str, traits: str, controls: str = "[]") -> Device:
    home = parse_home(
        f"schema: homebody.home/1\nname: x\ndevices: [{{id: 客厅/x, kind: {kind}, name: x, traits: {traits},"
        f" controls: {controls}}}]"
    )
    return home.devices[0]


LAMP = device(
    "light",
    "{on_off: {}, brightness: {}, color: {}}",
    "[{id: feed, name: feed, type: action}, {id: note, name: note, type: text, max_length: 5}]",
)
VACUUM = device("vacuum", "{cleaning: {}}")
DOOR = device("lock", "{lock: {}}")
BLIND = device("blind", "{position: {}}")
VALVE = device("valve", "{valve: {}}")


@pytest.mark.parametrize(
    ("of", "function_id", "text", "action", "value"),
    [
        (LAMP, "on_off", "ON", Action.ON, None), (LAMP, "on_off", "OFF", Action.OFF, None),
        (LAMP, "brightness", "40", Action.SET, 40.0), (LAMP, "color", "blue", Action.SET, "blue"),
        (LAMP, "feed", "PRESS", Action.RUN, None), (LAMP, "note", "嗨", Action.SET, "嗨"),
        (VACUUM, "cleaning", "docked", Action.DOCK, None), (DOOR, "lock", "UNLOCK", Action.UNLOCK, None),
        (BLIND, "position", "STOP", Action.STOP, None), (BLIND, "position", "30", Action.SET, 30.0),
        (VALVE, "valve", "CLOSE", Action.CLOSE, None),
    ],
)  # fmt: skip
def test_what_comes_back(
    of: Device, function_id: str, text: str, action: Action, value: Value | None
) -> None:
    function = of.function(function_id)
    assert function is not None
    made = operation(of, function, Payload(text.encode()))
    assert (made.device, made.action, made.value) == (of.id, action, value)


@pytest.mark.parametrize(
    ("of", "function_id", "data"),
    [
        (LAMP, "on_off", b"maybe"), (LAMP, "on_off", b""), (LAMP, "on_off", b"\xff"),
        (LAMP, "brightness", b"400"), (LAMP, "brightness", b"nan"), (LAMP, "brightness", b"1e999"),
        (LAMP, "color", b"beige"), (LAMP, "note", b"much too long"), (VACUUM, "cleaning", b"flying"),
        (BLIND, "position", b"OPENED"), (LAMP, "note", b"x" * 100_000),
    ],
)  # fmt: skip
def test_what_is_refused(of: Device, function_id: str, data: bytes) -> None:
    function = of.function(function_id)
    assert function is not None
    with pytest.raises(InputError):
        operation(of, function, Payload(data))


@given(st.binary(max_size=30), st.sampled_from([LAMP, VACUUM, DOOR, BLIND, VALVE]))
def test_any_bytes_are_an_operation_or_refused(data: bytes, of: Device) -> None:
    for function in of.functions:
        try:
            made = operation(of, function, Payload(data))
        except InputError:
            continue
        assert function.reject(made.action, made.value) is None


def test_topics_are_plain_and_stand_once() -> None:
    assert safe("lamp_1") == "lamp_1"
    odd = [safe(each) for each in ("客厅/x", "客厅+x", "a b", "a/b", "a" * 90, "a" * 91)]
    assert len(set(odd)) == len(odd)
    assert all(each.isascii() and each.replace("_", "").isalnum() for each in odd)
    state: dict[str, Value] = {"on_off": True, "note": "嗨", "brightness": 40.0}
    assert json.loads(state_of(state)) == state
