"""From discovery messages to traits and controls, and the part of templates that is understood."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.test_mqtt_zigbee import enters_a_home, wires

from homebody.home.adapters.mqtt.announced import spelled
from homebody.home.adapters.mqtt.announcements import Announcements
from homebody.home.adapters.mqtt.described import Described
from homebody.home.adapters.mqtt.payload import MISSING, Payload, PayloadError
from homebody.home.adapters.mqtt.template import TemplateError, parse_template
from homebody.home.adapters.mqtt.wires import Sent
from homebody.home.function import Action

DEVICE = {"ids": ["d1"], "name": "书房设备", "mf": "Acme", "mdl": "One"}


def announced(*messages: tuple[str, object], prefix: str = "homeassistant") -> Announcements:
    made = Announcements(prefix)
    for topic, body in messages:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        made.heard(f"{prefix}/{topic}/config", Payload(data))
    return made


def single(platform: str, **keys: Any) -> Described:
    made = announced((f"{platform}/d1/main", {"dev": DEVICE, **keys}))
    described = made.described("d1")
    assert described is not None, made.doubts
    enters_a_home(described)
    return described


def test_abbreviations_are_spelled_out() -> None:
    short = ["stat_t", "cmd_t", "val_tpl", "bri_cmd_t", "clr_temp_stat_t", "pl_not_avail", "temp_cmd_t",
             "min_temp", "temp_step", "max_mirs", "set_pos_tpl", "spd_rng_max", "uniq_id", "avty_t",
             "color_temp_command_topic", "curr_temp_t", "dev_cla", "unit_of_meas", "pl_ret"]  # fmt: skip
    assert list(spelled(dict.fromkeys(short))) == [
        "state_topic", "command_topic", "value_template", "brightness_command_topic",
        "color_temp_state_topic", "payload_not_available", "temperature_command_topic", "min_temp",
        "temp_step", "max_mireds", "set_position_template", "speed_range_max", "unique_id",
        "availability_topic", "color_temp_command_topic", "current_temperature_topic", "device_class",
        "unit_of_measurement", "payload_return_to_base",
    ]  # fmt: skip


def test_a_switch_with_everything_that_is_usual() -> None:
    device = single(
        "switch", **{"~": "tele/plug"}, stat_t="~/STATE", cmd_t="cmnd/plug/POWER",
        val_tpl="{{ value_json.POWER }}", avty_t="~/LWT", pl_avail="Online", pl_not_avail="Offline",
        dev_cla="outlet",
    )  # fmt: skip
    assert (device.kind, device.name.zh, device.model) == ("outlet", "书房设备", "Acme One")
    wire = wires(device)["on_off"]
    assert wire.source is not None and wire.source.topic == "tele/plug/STATE"
    assert wire.told(Payload(b'{"POWER": "ON"}')) is True
    assert wire.told(Payload(b'{"POWER": "maybe"}')) is None
    assert wire.sent(Action.OFF, None) == Sent(topic="cmnd/plug/POWER", data="OFF")
    (presence,) = device.presences
    assert presence.told(Payload(b"Offline")) is False


def test_a_switch_whose_state_nobody_tells_can_only_be_said() -> None:
    device = single("switch", cmd_t="a/set")
    (wire,) = device.wires
    assert not wire.function.readable and wire.sent(Action.ON, None) == Sent(topic="a/set", data="ON")


def test_lights_of_both_schemas() -> None:
    device = single(
        "light", stat_t="l/s", cmd_t="l/c", bri_stat_t="l/b", bri_cmd_t="l/bc", bri_scl=100,
        clr_temp_stat_t="l/t", clr_temp_cmd_t="l/tc", rgb_stat_t="l/r", rgb_cmd_t="l/rc",
    )  # fmt: skip
    by_id = wires(device)
    assert list(by_id) == ["on_off", "brightness", "color_temperature", "color"]
    assert by_id["brightness"].sent(Action.SET, 40) == Sent(topic="l/bc", data="40")
    assert by_id["color"].sent(Action.SET, "blue") == Sent(topic="l/rc", data="0,0,255")
    assert by_id["color"].told(Payload(b"255,0,0")) == "red"
    device = single("light", schema="json", stat_t="l", cmd_t="l/set", brightness=True,
                    sup_clrm=["hs", "color_temp"])  # fmt: skip
    by_id = wires(device)
    assert list(by_id) == ["on_off", "brightness", "color_temperature", "color"]
    sent = by_id["brightness"].sent(Action.SET, 100)
    assert sent is not None and json.loads(sent.data) == {"state": "ON", "brightness": 255}
    assert by_id["on_off"].told(Payload(b'{"state": "OFF"}')) is False


def test_covers_locks_and_what_they_make_of_a_device() -> None:
    cover = single("cover", cmd_t="c", pos_t="p", set_pos_t="s", pos_open=0, pos_clsd=100)
    wire = wires(cover)["position"]
    assert wire.told(Payload(b"100")) == 0
    assert wire.sent(Action.OPEN, None) == Sent(topic="s", data="0")
    assert wire.sent(Action.STOP, None) == Sent(topic="c", data="STOP")
    garage = single("cover", cmd_t="c", stat_t="s", dev_cla="garage")
    assert garage.kind == "garage_door"
    assert wires(garage)["position"].told(Payload(b"closed")) == 0
    made = announced(
        ("light/d1/lamp", {"dev": DEVICE, "stat_t": "l", "cmd_t": "l/set"}),
        ("lock/d1/one", {"dev": DEVICE, "stat_t": "k", "cmd_t": "k/set"}),
        ("lock/d1/two", {"dev": DEVICE, "stat_t": "k2", "cmd_t": "k2/set"}),
    )
    both = made.described("d1")
    assert both is not None and both.kind == "lock"  # so that policy looks at all of it
    assert [wire.function.id for wire in both.wires] == ["lock", "on_off"]
    assert "a second one" in both.doubts[0]


def test_a_climate_a_fan_and_the_small_ones() -> None:
    by_id = wires(single(
        "climate", temp_cmd_t="t/set", temp_stat_t="t", mode_cmd_t="m/set", mode_stat_t="m", min_temp=16,
        max_temp=30, temp_step=0.5, modes=["off", "cool", "heat"], curr_temp_t="now",
    ))  # fmt: skip
    assert list(by_id) == ["thermostat", "temperature", "on_off", "mode"]
    assert by_id["on_off"].sent(Action.ON, None) == Sent(topic="m/set", data="heat")
    assert by_id["on_off"].told(Payload(b"cool")) is True
    by_id = wires(single("fan", stat_t="f", cmd_t="f/c", pct_stat_t="p", pct_cmd_t="p/c", spd_rng_max=4))
    assert by_id["fan_speed"].told(Payload(b"2")) == 50
    assert by_id["fan_speed"].sent(Action.SET, 75) == Sent(topic="p/c", data="3")
    assert single("sensor", stat_t="s", dev_cla="temperature", unit_of_meas="°F").traits
    assert single("binary_sensor", stat_t="s", dev_cla="moisture").traits[0].id == "leak"
    assert single("select", stat_t="s", cmd_t="c", ops=["低", "高"]).controls[0].choices[1].name.zh == "高"
    number = single("number", stat_t="s", cmd_t="c", min=0, max=9, cmd_tpl='{"n": {{ value }}}')
    assert number.wires[0].sent(Action.SET, 4.0) == Sent(topic="c", data='{"n": 4}')
    assert single("button", cmd_t="c").wires[0].sent(Action.RUN, None) == Sent(topic="c", data="PRESS")


def test_one_message_of_a_whole_device() -> None:
    body = {"dev": DEVICE, "o": {"name": "firmware"}, "stat_t": "d/state", "avty_t": "d/there",
            "cmps": {"relay": {"p": "switch", "cmd_t": "d/set", "val_tpl": "{{ value_json.on }}"},
                     "relay_2": {"p": "switch", "cmd_t": "d/set2", "val_tpl": "{{ value_json.on2 }}"},
                     "gone": {"p": "sensor"}}}  # fmt: skip
    made = announced(("device/d1", body))
    device = made.described("d1")
    assert device is not None and [each.function.id for each in device.wires] == ["on_off", "relay_2_on_off"]
    enters_a_home(device)
    made.heard("homeassistant/device/d1/config", Payload(b""))
    assert made.described("d1") is None and made.ids() == []


@pytest.mark.parametrize("name", ["Homebody", "Zigbee2MQTT"])
def test_what_is_spoken_to_in_a_better_way_is_left(name: str) -> None:
    body = {"dev": DEVICE, "o": {"name": name}, "stat_t": "s", "cmd_t": "c"}
    assert announced(("switch/d1/x", body)).ids() == []


@pytest.mark.parametrize(
    "keys",
    [
        {"cmd_t": "a/#", "stat_t": "s"}, {"cmd_t": 7, "stat_t": "s"}, {"stat_t": "s", "val_tpl": ["x"]},
        {"stat_t": "s", "cmd_t": "c", "val_tpl": "{% for x in range(9) %}{% endfor %}"},
        {"stat_t": "s", "cmd_t": "c", "val_tpl": "{{ value.__class__ }}"},
        {"stat_t": "s", "cmd_t": "c", "val_tpl": "{{ cycler() }}"},
        {"stat_t": "s", "cmd_t": "c", "avty": [{"pl_avail": "on"}]},
    ],
)  # fmt: skip
def test_components_that_are_refused_say_why(keys: dict[str, Any]) -> None:
    device = announced(("switch/d1/x", {"dev": DEVICE, **keys})).described("d1")
    assert device is not None and not device.wires and len(device.doubts) == 1


@pytest.mark.parametrize(
    ("template", "body", "meant"),
    [
        ("{{ value }}", "7", "7"),
        ("{{ value_json.a.b }}", '{"a": {"b": 3}}', 3),
        ("{{ value_json['a b'][1] }}", '{"a b": [1, 2]}', 2),
        ("{{ value_json.a.b }}", '{"a": 3}', MISSING),
        ("{{ value_json.t | float * 1.8 + 32 }}", '{"t": 100}', 212),
        ("{{ (value_json.t / 3) | round(1) }}", '{"t": 10}', 3.3),
        ("{{ 'ON' if value_json.x == 'yes' else 'OFF' }}", '{"x": "no"}', "OFF"),
        ("{{ 'ON' if value_json.w > 5 else 'OFF' }}", '{"w": 6}', "ON"),
        ("{{ value_json.x | default('none') }}", "{}", "none"),
        ("{{ value_json.x | upper }}", '{"x": "on"}', "ON"),
        ("{{ value | int / 0 }}", "7", MISSING),
        ("{{ value_json.x }} %", '{"x": 5}', "5 %"),
    ],
)
def test_templates(template: str, body: str, meant: object) -> None:
    said = parse_template(template).pick(Payload(body.encode()))
    assert said == pytest.approx(meant) if isinstance(meant, float) else said == meant


@pytest.mark.parametrize(
    "template",
    ["{{ value * value * 'x' }", "{{ 'a' * 9 }} {{", "{{ value ** 2 }}", "{{ value | replace('a', 'b') }}",
     "{{ value_json.x() }}", "{% if 1 %}", "{{" + "(" * 200, "x" * 600, "{{ }}", "{{ states('x') }}"],
)  # fmt: skip
def test_templates_that_go_too_far(template: str) -> None:
    with pytest.raises(TemplateError):
        parse_template(template)


@given(st.text(alphabet="{}%|()[]'\"+-*/=<>., \tvalue_jsonif else0123", max_size=60), st.binary(max_size=40))
def test_any_text_is_a_template_or_refused(text: str, body: bytes) -> None:
    try:
        template = parse_template(text)
        template.pick(Payload(body))
    except (TemplateError, PayloadError) as error:
        assert str(error)


_SHORT = ["stat_t", "cmd_t", "val_tpl", "bri_stat_t", "bri_cmd_t", "bri_scl", "min", "max", "step", "ops",
          "modes", "mode_stat_t", "mode_cmd_t", "temp_stat_t", "temp_cmd_t", "min_temp", "max_temp", "pos_t",
          "set_pos_t", "pos_open", "pos_clsd", "sup_clrm", "schema", "brightness", "name", "dev_cla",
          "unit_of_meas", "min_mirs", "max_mirs", "pl_on", "pl_off", "avty_t", "avty", "uniq_id", "~",
          "pct_stat_t", "pct_cmd_t", "spd_rng_min", "spd_rng_max", "temp_step", "clr_temp_k"]  # fmt: skip
_PLATFORMS = ["light", "switch", "sensor", "binary_sensor", "cover", "lock", "valve", "fan", "climate",
              "vacuum", "number", "select", "text", "button", "siren", "humidifier", "camera"]  # fmt: skip
_value = st.one_of(
    st.sampled_from(["a/b", "~/c", "{{ value }}", "{{ value_json.x }}", "json", "°C", "ON", "garage"]),
    st.text(max_size=8), st.integers(), st.floats(), st.booleans(), st.none(),
    st.lists(st.sampled_from(["off", "cool", "hs", "color_temp"]) | st.text(max_size=4), max_size=4),
)  # fmt: skip
_keys = st.dictionaries(st.sampled_from(_SHORT), _value, max_size=14)
_topics = st.dictionaries(st.sampled_from([key for key in _SHORT if key.endswith("_t")]), st.just("a/b"))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(_PLATFORMS), _keys, _topics), max_size=5), st.text(max_size=90))
def test_whatever_is_announced_enters_a_home_or_is_left_out(
    components: list[tuple[str, dict[str, Any], dict[str, str]]], name: str
) -> None:
    device = {**DEVICE, "name": name}
    single = [
        (f"{platform}/n{index}/o", {"dev": device, **keys, **topics})
        for index, (platform, keys, topics) in enumerate(components)
    ]
    whole = {"dev": {"ids": "d2", "name": name}, "o": {"name": "x"}, "cmps": {
        f"c{index}": {"p": platform, **keys, **topics}
        for index, (platform, keys, topics) in enumerate(components)}}  # fmt: skip
    made = announced(*single, ("device/d2", whole))
    for id_ in made.ids():
        described = made.described(id_)
        assert described is not None
        enters_a_home(described)
        for wire in described.wires:
            for action in wire.function.actions:
                if action is not Action.SET:
                    wire.sent(action, None)
            if wire.source is not None:
                wire.told(Payload(b'{"x": 1}'))


@pytest.mark.parametrize(
    ("platform", "component"),
    [
        ("sensor", {"stat_t": "a/b", "unit_of_meas": " "}),
        ("fan", {"cmd_t": "a/b", "pct_stat_t": "a/b", "pct_cmd_t": "a/b", "spd_rng_max": 200_000_000}),
    ],
)
def test_blank_units_and_countless_speeds_enter_a_home(platform: str, component: dict[str, Any]) -> None:
    made = announced((f"{platform}/n/o", {"dev": DEVICE, **component}))
    (described,) = [made.described(id_) for id_ in made.ids()]
    assert described is not None and described.wires
    enters_a_home(described)


@given(st.binary(max_size=100))
def test_bytes_that_announce_nothing(data: bytes) -> None:
    made = announced(("switch/a/b", data))
    assert made.ids() == [] or json.loads(data)
