"""From what a Zigbee2MQTT bridge tells to traits and controls, whatever it tells."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homebody.core.errors import DeviceError
from homebody.home.adapters.mqtt.codec import Color, Levels, Mired, Number, Options, Pair, RgbText, Words
from homebody.home.adapters.mqtt.described import Described
from homebody.home.adapters.mqtt.payload import MOST_BYTES, Payload, PayloadError, parse
from homebody.home.adapters.mqtt.simulator import SAMPLES, listed
from homebody.home.adapters.mqtt.wires import Sent, Wire, is_topic
from homebody.home.adapters.mqtt.zigbee import described
from homebody.home.colors import COLORS
from homebody.home.describing import device_entry
from homebody.home.file import parse_home
from homebody.home.function import Action, Type
from homebody.home.inserting import entry_text

ADDRESS = "0x00158d0001234567"
BASE = "zigbee2mqtt"


def read(exposes: object, name: object = "thing", **more: Any) -> Described:
    return described(json.dumps([listed(ADDRESS, name, exposes, **more)]).encode(), BASE)[ADDRESS]  # type: ignore[arg-type]


def wires(device: Described) -> dict[str, Wire]:
    return {wire.function.id: wire for wire in device.wires}


def enters_a_home(device: Described) -> None:
    """Whatever a bridge tells, the entry that comes of it is a right one."""
    entry = device_entry(id="x", kind=device.kind, name=device.name, traits=device.traits,
                         controls=device.controls, adapter="mqtt",
                         binding={"via": device.via, "id": device.id})  # fmt: skip
    top = "schema: homebody.home/1\nname: x\nadapters: {mqtt: {host: 127.0.0.1}}\ndevices:\n"
    parsed = parse_home(top + entry_text(entry))
    # a device has its traits before its controls, in whatever order they were told
    told = (*device.traits, *device.controls)
    assert [each.id for each in parsed.devices[0].functions] == [function.id for function in told]
    assert len(told) == len(device.wires)


def switch(property_: str = "state", **more: Any) -> dict[str, Any]:
    return {"type": "binary", "name": "state", "property": property_, "access": 7, "value_on": "ON",
            "value_off": "OFF", **more}  # fmt: skip


def numeric(name: str, access: int = 1, **more: Any) -> dict[str, Any]:
    return {"type": "numeric", "name": name, "property": name, "access": access, **more}


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_samples_enter_a_home(sample: str) -> None:
    enters_a_home(read(SAMPLES[sample]))


def test_a_lamp() -> None:
    lamp = read(SAMPLES["lamp"], name="客厅主灯")
    assert (lamp.kind, lamp.name.zh) == ("light", "客厅主灯")
    by_id = wires(lamp)
    assert list(by_id) == ["on_off", "brightness", "color_temperature", "color", "effect"]
    assert by_id["effect"].function.name.zh == "效果" and not by_id["effect"].function.readable
    function = by_id["color_temperature"].function
    assert (function.min, function.max) == (2000, 6500)
    sent = by_id["on_off"].sent(Action.OFF, None)
    assert sent == Sent(topic="zigbee2mqtt/客厅主灯/set", data='{"state": "OFF"}')
    assert by_id["brightness"].sent(Action.SET, 50) == Sent(
        topic="zigbee2mqtt/客厅主灯/set", data='{"brightness": 127}'
    )
    assert by_id["brightness"].told(Payload(b'{"brightness": 254}')) == 100
    assert by_id["brightness"].told(Payload(b'{"state": "ON"}')) is None


def test_a_curtain_and_one_that_knows_no_position() -> None:
    by_id = wires(read(SAMPLES["curtain"]))
    assert list(by_id) == ["position"]
    assert by_id["position"].sent(Action.STOP, None) == Sent(
        topic="zigbee2mqtt/thing/set", data='{"state": "STOP"}'
    )
    features = [each for each in SAMPLES["curtain"][0]["features"] if each["name"] == "state"]
    by_id = wires(read([{"type": "cover", "features": features}]))
    assert by_id["position"].told(Payload(b'{"state": "CLOSE"}')) == 0
    assert by_id["position"].sent(Action.OPEN, None) is not None
    assert by_id["position"].sent(Action.SET, 50) is None  # there is no way to say half


def test_sensors_tell_in_our_words() -> None:
    by_id = wires(read(SAMPLES["door"]))
    assert read(SAMPLES["door"]).kind == "contact_sensor"
    assert by_id["contact"].told(Payload(b'{"contact": true}')) is False  # its halves touch
    assert by_id["contact"].told(Payload(b'{"contact": 1}')) is None
    climate = [numeric("temperature", unit="°F"), numeric("power", unit="kW")]
    by_id = wires(read(climate))
    assert by_id["temperature"].told(Payload(b'{"temperature": 212}')) == pytest.approx(100)
    assert not by_id["power"].function.trait and by_id["power"].function.unit == "kW"


def test_a_child_lock_keeps_no_door() -> None:
    child = {"type": "lock", "features": [switch("child_lock", value_on="LOCK", value_off="UNLOCK")]}
    assert [wire.function.id for wire in read([child]).wires] == ["child_lock"]
    assert [wire.function.id for wire in read(SAMPLES["lock"]).wires] == ["lock"]


def test_several_outlets_are_one_trait_and_controls() -> None:
    exposes = [
        {"type": "switch", "endpoint": f"l{n}", "features": [switch(f"state_l{n}", endpoint=f"l{n}")]}
        for n in (1, 2, 3)
    ]
    device = read(exposes)
    assert [wire.function.id for wire in device.wires] == ["on_off", "state_l2", "state_l3"]
    assert wires(device)["state_l2"].function.name.zh == "2路开关"


def test_a_thermostat_that_may_be_off() -> None:
    exposes = [{"type": "climate", "features": [
        {"type": "numeric", "name": "occupied_heating_setpoint", "property": "occupied_heating_setpoint",
         "access": 7, "value_min": 5, "value_max": 35, "value_step": 0.5, "unit": "°C"},
        {"type": "enum", "name": "system_mode", "property": "system_mode", "access": 7,
         "values": ["off", "heat", "auto"]},
        {"type": "numeric", "name": "local_temperature", "property": "local_temperature", "access": 5},
    ]}]  # fmt: skip
    device = read(exposes)
    enters_a_home(device)
    by_id = wires(device)
    assert {"on_off", "thermostat", "mode", "temperature"} <= set(by_id)
    assert by_id["on_off"].told(Payload(b'{"system_mode": "heat"}')) is True
    assert by_id["mode"].told(Payload(b'{"system_mode": "off"}')) is None
    sent = by_id["on_off"].sent(Action.ON, None)
    assert sent is not None and json.loads(sent.data) == {"system_mode": "auto"}
    assert [choice.id for choice in by_id["mode"].function.choices] == ["heat", "auto"]


def test_what_makes_no_sense_is_left_out_and_told() -> None:
    device = read([
        numeric("speed", 7, value_min=9, value_max=1), {"type": "list", "name": "schedule"}, 7, {},
        {"type": "binary", "name": "same", "property": "same", "access": 7, "value_on": 1, "value_off": 1},
        {"type": "enum", "name": "void", "property": "void", "access": 7, "values": []},
        {"type": "numeric", "name": "nameless", "access": 7},
    ])  # fmt: skip
    assert [wire.function.id for wire in device.wires] == ["speed"]
    assert not device.wires[0].function.writable  # without bounds it can only be read
    assert len(device.doubts) == 6
    enters_a_home(device)


@pytest.mark.parametrize("name", ["", "a+b", "a#", "#", "a\x00b", 7, None, "x" * 600, "\ud800"])
def test_names_that_are_no_topics(name: object) -> None:
    text = json.dumps([listed(ADDRESS, name, SAMPLES["lamp"])])  # type: ignore[arg-type]
    assert not described(text.encode("utf-8", "surrogatepass"), BASE)


@pytest.mark.parametrize("name", ["مصباح", "ランプ", "лампа", "客厅/灯", "a\u202eb", "🛋 lamp"])
def test_names_in_any_script_are_one_visible_line(name: str) -> None:
    device = read(SAMPLES["lamp"], name=name)
    assert "\u202e" not in device.name.all()[0]
    enters_a_home(device)


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"7", b"\xff", b"[" * 100_000, b"NaN", b"[Infinity]", b"1" * 5000, b'"' + b"x" * MOST_BYTES],
)
def test_payloads_that_are_refused(data: bytes) -> None:
    with pytest.raises(PayloadError):
        described(data, BASE)
    with pytest.raises(DeviceError):
        parse(b"[" + data, MOST_BYTES)


def test_half_a_megabyte_is_no_state() -> None:
    with pytest.raises(PayloadError, match="500,000 bytes"):
        _ = Payload(b" " * 500_000).json
    with pytest.raises(PayloadError):
        _ = Payload(b" " * 500_000).text


@pytest.mark.parametrize("topic", ["a", "a/b", "客厅/灯"])
def test_topics(topic: str) -> None:
    assert is_topic(topic)


@pytest.mark.parametrize("codec", [Color(), Color(form="h"), Color(form="xy"), Color(form="rgb"), RgbText()])
def test_every_colour_comes_back_as_itself(codec: Color | RgbText) -> None:
    assert {name: codec.decode(codec.encode(name)) for name in COLORS} == {name: name for name in COLORS}


@given(st.integers(min_value=2000, max_value=7000).map(lambda kelvin: kelvin // 50 * 50))
def test_kelvins_come_back_as_themselves(kelvin: int) -> None:
    codec = Mired(low=142, high=500)
    assert codec.decode(codec.encode(kelvin)) == kelvin


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(_json)
def test_no_value_breaks_a_codec(raw: object) -> None:
    for codec in (
        Pair(on="ON", off="OFF"), Number(factor=2), Mired(low=1, high=2), Options(ids={"a": "b"}),
        Levels(raws=("a", "b")), Words(), Color(),
    ):  # fmt: skip
        value = codec.decode(raw)
        assert value is None or isinstance(value, bool | int | float | str)


_KEYS = ["type", "name", "property", "access", "features", "values", "value_on", "value_off", "value_min",
         "value_max", "value_step", "unit", "endpoint", "label"]  # fmt: skip
_WORDS = ["light", "switch", "cover", "lock", "fan", "climate", "binary", "numeric", "enum", "text",
          "composite", "list", "state", "brightness", "color_temp", "color_xy", "position", "system_mode",
          "mode", "contact", "battery", "occupied_heating_setpoint", "local_temperature"]  # fmt: skip
_expose = st.recursive(
    st.dictionaries(
        st.sampled_from(_KEYS),
        st.sampled_from(_WORDS) | st.text(max_size=5) | st.integers() | st.floats() | st.sampled_from([1, 7])
        | st.lists(st.sampled_from(_WORDS) | st.text(max_size=3) | st.none(), max_size=4),
    ),
    lambda inner: st.fixed_dictionaries(
        {"type": st.sampled_from(_WORDS), "features": st.lists(inner, max_size=4)}
    ),
    max_leaves=10,
)  # fmt: skip
_likely = st.fixed_dictionaries(
    {"type": st.sampled_from(["binary", "numeric", "enum", "text", "composite"]),
     "name": st.sampled_from(_WORDS), "property": st.sampled_from(_WORDS) | st.text(max_size=5),
     "access": st.integers(0, 7)},
    optional={"value_min": st.floats() | st.integers(), "value_max": st.floats() | st.integers(),
              "value_step": st.floats(), "values": st.lists(st.text(max_size=6), max_size=5),
              "unit": st.text(max_size=30), "label": st.text(max_size=100), "endpoint": st.text(max_size=9)},
)  # fmt: skip
_group = st.fixed_dictionaries(
    {"type": st.sampled_from(_WORDS[:6]), "features": st.lists(_likely, max_size=5)}
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_expose | _likely | _group | _json, max_size=6), st.text(max_size=20))
def test_whatever_a_bridge_tells_enters_a_home_or_is_left_out(exposes: object, name: str) -> None:
    data = json.dumps([listed(ADDRESS, name, exposes), exposes]).encode("utf-8", "surrogatepass")
    try:
        found = described(data, BASE)
    except PayloadError:
        return
    for device in found.values():
        enters_a_home(device)
        for wire in device.wires:
            assert wire.function.type in Type
            if wire.function.writable:
                assert all(
                    (sent := wire.sent(action, None)) is None or json.loads(sent.data) is not None
                    for action in wire.function.actions
                    if action is not Action.SET
                )


@given(st.binary(max_size=200))
def test_bytes_are_a_list_or_refused(data: bytes) -> None:
    try:
        assert isinstance(described(data, BASE), dict)
    except PayloadError as error:
        assert str(error)
