"""From what a Home Assistant tells to traits and controls, and back to services."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from homebody.home.adapters.home_assistant.importing import Known, home_document
from homebody.home.adapters.home_assistant.mapping import BESIDE, MAIN, Described, describe, is_main
from homebody.home.adapters.home_assistant.place import Place
from homebody.home.adapters.home_assistant.registries import registries_of
from homebody.home.adapters.home_assistant.states import State, States, state_of
from homebody.home.adapters.home_assistant.wires import Subject
from homebody.home.binding import HomeAssistantEntry
from homebody.home.device import Home
from homebody.home.file import parse_home
from homebody.home.function import Action, Value
from homebody.home.inserting import yaml_text
from homebody.home.label import Label

NAME = Label(en="thing")


def state(entity: str, value: str = "on", **attributes: Any) -> State:
    made = state_of(entity, value, attributes)
    assert made is not None
    return made


def described(of: State, *, fahrenheit: bool = False) -> Described:
    main = is_main(of.entity.partition(".")[0])
    return describe([Subject(state=of, name=NAME, main=main, fahrenheit=fahrenheit)])


def called(
    of: State, function: str, action: Action, value: Value | None = None, *, fahrenheit: bool = False
) -> tuple[str, dict[str, Any]] | None:
    """The service and its data for an action; None where there is no way."""
    wire = next(each for each in described(of, fahrenheit=fahrenheit).wires if each.function.id == function)
    call = wire.call(action, value, of)
    return (call.service, dict(call.data)) if call else None


def told(of: State, *, fahrenheit: bool = False) -> dict[str, Value | None]:
    wires = described(of, fahrenheit=fahrenheit).wires
    return {wire.function.id: wire.told(of) for wire in wires if wire.told is not None}


# --- each kind


def test_a_lamp_that_only_switches_has_no_brightness() -> None:
    lamp = state("light.a", supported_color_modes=["onoff"], supported_features=0)
    assert [function.id for function in described(lamp).traits] == ["on_off"]


@pytest.mark.parametrize(("raw", "percent"), [(1, 1), (2, 1), (128, 50), (255, 100), (999, 100), (-4, 1)])
def test_brightness_is_percent(raw: int, percent: int) -> None:
    lamp = state("light.a", supported_color_modes=["brightness"], brightness=raw)
    assert told(lamp)["brightness"] == percent


@pytest.mark.parametrize("kelvin", range(2000, 6600, 100))
def test_every_warmth_is_recognised_when_it_comes_back_in_mireds(kelvin: int) -> None:
    lamp = state("light.a", supported_color_modes=["color_temp"], min_color_temp_kelvin=2000,
                 max_color_temp_kelvin=6535)  # fmt: skip
    back = 1_000_000 // (1_000_000 // kelvin)
    warmth = next(each for each in described(lamp).traits if each.id == "color_temperature")
    assert warmth.matches(back, kelvin)
    assert called(lamp, "color_temperature", Action.SET, kelvin) == (
        "light.turn_on", {"color_temp_kelvin": kelvin}
    )  # fmt: skip


def test_a_warm_lamp_is_white_and_not_orange() -> None:
    lamp = state("light.a", supported_color_modes=["hs", "color_temp"], color_mode="color_temp",
                 hs_color=[28.5, 68.0])  # fmt: skip
    assert told(lamp)["color"] == "white"


@pytest.mark.parametrize(
    ("features", "value", "service"),
    [(11, 100, "cover.open_cover"), (11, 0, "cover.close_cover"), (11, 50, None),
     (15, 50, "cover.set_cover_position")],
)  # fmt: skip
def test_a_cover_without_positions_knows_its_ends(features: int, value: int, service: str | None) -> None:
    call = called(state("cover.a", "open", supported_features=features), "position", Action.SET, value)
    assert (call[0] if call else None) == service


@pytest.mark.parametrize(
    ("word", "position"), [("open", 100), ("closed", 0), ("opening", None), ("closing", None), ("?", None)]
)
def test_a_cover_on_its_way_is_nowhere(word: str, position: int | None) -> None:
    assert told(state("cover.a", word, supported_features=3)) == {"position": position}


@pytest.mark.parametrize(
    ("word", "value"),
    [("locked", True), ("unlocked", False), ("locking", None), ("jammed", None), ("open", None)],
)
def test_a_lock_is_locked_when_it_says_so(word: str, value: bool | None) -> None:
    assert told(state("lock.a", word)) == {"lock": value}


def test_a_lock_with_a_code_is_not_commanded() -> None:
    assert called(state("lock.a", code_format="^\\d{4}$"), "lock", Action.UNLOCK) is None
    assert called(state("lock.a"), "lock", Action.UNLOCK) == ("lock.unlock", {})


@pytest.mark.parametrize(
    ("word", "kind"),
    [("garage", "garage_door"), ("gate", "gate"), ("door", "door"), ("blind", "blind"), ("", "curtain")],
)
def test_what_lets_people_in_is_of_its_kind(word: str, kind: str) -> None:
    assert described(state("cover.a", device_class=word, supported_features=3)).kind == kind


def test_a_thermostat_in_fahrenheit_is_in_celsius_here() -> None:
    ac = state("climate.a", "cool", hvac_modes=["off", "cool"], supported_features=1, min_temp=60,
               max_temp=86, temperature=70, current_temperature=77)  # fmt: skip
    assert told(ac, fahrenheit=True) == {
        "on_off": True,
        "mode": "cool",
        "thermostat": 21.1,
        "temperature": 25.0,
    }
    target = next(each for each in described(ac, fahrenheit=True).traits if each.id == "thermostat")
    assert (target.min, target.max) == (16, 30)
    assert called(ac, "thermostat", Action.SET, 20, fahrenheit=True) == (
        "climate.set_temperature", {"temperature": 68.0}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("word", "features", "call"),
    [
        ("heat", 0, ("climate.set_hvac_mode", {"hvac_mode": "heat"})),  # it goes on as it does
        ("off", 0, ("climate.set_hvac_mode", {"hvac_mode": "auto"})),
        ("off", 256, ("climate.turn_on", {})),
    ],
)
def test_what_heats_goes_on_heating_when_it_is_switched_on(word: str, features: int, call: Any) -> None:
    ac = state("climate.a", word, hvac_modes=["off", "heat", "auto"], supported_features=features)
    assert called(ac, "on_off", Action.ON) == call


def test_beside_what_keeps_people_out_nothing_is_set() -> None:
    things = {"a": "lock.a", "b": "cover.b", "c": "light.c"}
    entries: list[dict[str, Any]] = []
    for device, main in things.items():
        beside = (f"button.{device}", f"sensor.{device}", f"switch.{device}")
        entries += [{"entity_id": each, "device_id": device, "original_name": each.partition(".")[0],
                     "entity_category": "config" if each.startswith("switch") else None}
                    for each in (main, *beside)]  # fmt: skip
    states = [state(entry["entity_id"]) for entry in entries]
    states.append(state("cover.b", device_class="garage", supported_features=3))
    known = Known(
        registries=registries_of([], [], [{"id": each, "name": each} for each in things], entries, {}),
        states={each.entity: each for each in states},
        aliases={},
        config={},
    )
    home = parse_home(yaml_text(home_document(known, "http://127.0.0.1:8123")))
    functions = {device.id: [function.id for function in device.functions] for device in home.devices}
    assert functions == {
        "cover.b": ["position", "sensor"], "light.c": ["on_off", "button", "sensor", "switch"],
        "lock.a": ["lock", "sensor"],
    }  # fmt: skip


def test_both_ends_of_a_range_are_set_at_once() -> None:
    ac = state("climate.a", "heat_cool", hvac_modes=["off", "heat_cool"], supported_features=2, min_temp=7,
               max_temp=35, target_temp_low=20, target_temp_high=24)  # fmt: skip
    assert called(ac, "target_temp_high", Action.SET, 26) == (
        "climate.set_temperature", {"target_temp_high": 26, "target_temp_low": 20}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("word", "doing"),
    [("cleaning", "cleaning"), ("docked", "docked"), ("returning", None), ("error", None)],
)
def test_a_vacuum_on_its_way_home_is_not_docked(word: str, doing: str | None) -> None:
    assert told(state("vacuum.a", word, supported_features=8192 | 16))["cleaning"] == doing


def test_what_is_measured_is_in_human_units() -> None:
    warm = state("sensor.a", "77", device_class="temperature", unit_of_measurement="°F")
    assert told(warm) == {"temperature": 25.0}
    power = state("sensor.a", "1.2", device_class="power", unit_of_measurement="kW")
    assert told(power) == {"power_draw": 1200.0}
    unknown = state("sensor.a", "unknown", device_class="temperature", unit_of_measurement="°C")
    assert told(unknown) == {"temperature": None}


def test_no_control_bears_the_id_of_a_trait() -> None:
    number = state("number.a", "5", min=0, max=10, step=1)
    wire = describe([Subject(state=number, name=Label(en="Volume"), main=False)]).wires[0]
    assert (wire.function.id, wire.function.trait) == ("volume_control", False)


@pytest.mark.parametrize("bounds", [{}, {"min": 5}, {"min": 9, "max": 1}, {"min": "x", "max": []}])
def test_a_number_without_bounds_can_only_be_read(bounds: dict[str, Any]) -> None:
    [wire] = described(state("number.a", "5", **bounds)).wires
    assert wire.function.actions == () and wire.told is not None


def test_passwords_and_patterns_are_not_written() -> None:
    assert described(state("text.a", mode="password")).wires == ()
    [wire] = described(state("text.a", pattern="[a-z]+")).wires
    assert wire.function.actions == ()


def test_what_is_only_assumed_is_never_told() -> None:
    for domain, features in (("light", 0), ("cover", 15), ("lock", 0), ("media_player", 21437)):
        of = state(f"{domain}.a", assumed_state=True, supported_features=features,
                   supported_color_modes=["brightness"])  # fmt: skip
        assert described(of).wires and told(of) == {}


# --- where it is


@pytest.mark.parametrize(
    ("url", "websocket", "at"),
    [
        ("http://ha.local:8123", "ws://ha.local:8123/api/websocket", "ha.local:8123"),
        ("https://ha.example.org/", "wss://ha.example.org:443/api/websocket", "ha.example.org:443"),
        ("http://[fd00::1]:8123", "ws://[fd00::1]:8123/api/websocket", "[fd00::1]:8123"),
        ("http://192.168.1.2", "ws://192.168.1.2:8123/api/websocket", "192.168.1.2:8123"),
    ],
)  # fmt: skip
def test_an_address_is_like_a_browsers(url: str, websocket: str, at: str) -> None:
    place = Place.of(HomeAssistantEntry(url=url).model_dump(exclude_none=True))
    assert (place.websocket, place.secret) == (websocket, f"home_assistant/{at}")


@pytest.mark.parametrize(
    "url",
    ["ha.local", "ftp://ha.local", "http://user:word@ha.local", "http://ha.local:99999", "http://ha.local:0",
     "http://ha.local/path", "http://ha.local?x", "http:// ha", "http://", ""],
)  # fmt: skip
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        HomeAssistantEntry(url=url)


# --- whatever is told

_DOMAINS = sorted({*MAIN, *BESIDE, "scene", "camera"})
_ATTRIBUTES = [
    "supported_features", "supported_color_modes", "brightness", "color_mode", "hs_color", "effect",
    "effect_list", "color_temp_kelvin", "min_color_temp_kelvin", "max_color_temp_kelvin", "current_position",
    "hvac_modes", "min_temp", "max_temp", "target_temp_step", "temperature", "target_temp_low",
    "current_temperature", "fan_modes", "fan_mode", "preset_modes", "percentage", "percentage_step",
    "volume_level", "source_list", "source", "min", "max", "step", "options", "unit_of_measurement",
    "device_class", "assumed_state", "friendly_name", "pattern", "mode", "code_format", "min_humidity",
    "operation_list", "fan_speed_list", "state_class", "media_title",
]  # fmt: skip
_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
    | st.sampled_from(["off", "cool", "hs", "color_temp", "°F", "temperature", "garage", "0E0", "65535"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
_features = st.just(0xFFFFF) | st.integers(0, 0xFFFFF)
_words = st.lists(st.text(max_size=12) | st.sampled_from(["off", "cool", "hs", "brightness"]), max_size=4)
_told = st.fixed_dictionaries(
    {
        "supported_features": _features,
        "supported_color_modes": _words,
        "hvac_modes": _words,
        "options": _words,
    }
)
_attributes = st.builds(
    lambda told, wild: {**told, **wild},
    _told,
    st.dictionaries(st.sampled_from(_ATTRIBUTES), _anything, max_size=10),
)
_ids = st.sampled_from(["a", "b", "c"])
_entity = st.builds(lambda domain, name: f"{domain}.{name}", st.sampled_from(_DOMAINS), _ids)
_word = st.text(max_size=12) | st.sampled_from(["on", "off", "unavailable", "1e400", "cool"])
_state = st.builds(state_of, _entity, _word, _attributes)
_entry = st.fixed_dictionaries(
    {"entity_id": _entity | _anything, "device_id": _ids | st.none() | _anything},
    optional={
        "id": st.sampled_from(["1" * 32, "2" * 32]) | _anything, "name": _anything,
        "area_id": _ids | _anything, "original_name": _anything, "hidden_by": _anything,
        "entity_category": st.sampled_from(["config", "diagnostic", None]) | _anything,
        "options": _anything, "aliases": _anything,
    },
)  # fmt: skip
_spot = st.fixed_dictionaries(
    {"area_id": _ids | _anything, "id": _ids | _anything, "floor_id": _ids | _anything, "name": _anything},
    optional={"aliases": _anything, "name_by_user": _anything},
)  # fmt: skip
_list = st.lists(_spot, max_size=3) | _anything


@settings(max_examples=300, deadline=None)
@given(_list, _list, _list, st.lists(_entry, max_size=6) | _anything, st.lists(_state, max_size=6), _anything)
def test_whatever_is_told_becomes_a_home_or_is_left_out(
    floors: Any, areas: Any, devices: Any, entities: Any, states: list[State | None], config: Any
) -> None:
    known = Known(
        registries=registries_of(floors, areas, devices, entities, config),
        states={each.entity: each for each in states if each is not None},
        aliases={},
        config=config if isinstance(config, dict) else {},
    )
    home = parse_home(yaml_text(home_document(known, "http://127.0.0.1:8123")))
    for device in home.devices:
        bound = known.registries.members(home.bindings[device.id]["id"])
        assert bound, f"{device.id} is not found again"


@settings(max_examples=300, deadline=None)
@given(_state, st.booleans(), _state)
def test_whatever_an_entity_tells_has_a_meaning_or_none(
    of: State | None, fahrenheit: bool, later: State | None
) -> None:
    assert of is not None and later is not None
    for wire in described(of, fahrenheit=fahrenheit).wires:
        function = wire.function
        for seen in (of, later):
            value = wire.told(seen) if wire.told else None
            assert value is None or isinstance(value, bool | float | int | str)
        for action in function.actions:
            value = _a_value(wire.function.type.value, wire)
            call = wire.call(action, value, later)
            if call is not None:
                json.dumps(call.data, allow_nan=False)
                assert call.service.count(".") == 1


def _a_value(type_: str, wire: Any) -> Value | None:
    match type_:
        case "number":
            return float(wire.function.min)
        case "choice":
            return str(wire.function.choices[0].id)
        case "text":
            return "x"
        case _:
            return None


def _some(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Some of these keys, or something else altogether."""
    return st.fixed_dictionaries({}, optional=keys) | _anything


_change = _some(**{
    "s": _anything, "a": _anything, "+": _some(s=_anything, a=_anything), "-": _some(a=_anything),
})  # fmt: skip
_changes = st.dictionaries(_entity, _change, max_size=3) | _anything
_event = st.fixed_dictionaries(
    {}, optional={"a": _changes, "c": _changes, "r": st.lists(_entity | _anything, max_size=3) | _anything}
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_event, max_size=5))
def test_events_keep_to_what_was_asked_for(events: list[dict[str, Any]]) -> None:
    states, wanted = States(), {"light.a", "sensor.b"}
    states.expect(wanted)
    for event in events:
        assert set(states.apply(event)) <= wanted
    for entity in wanted:
        known = states.get(entity)
        assert known is None or (known.entity == entity and len(known.state) <= 255)


def test_a_change_is_laid_over_what_was_told() -> None:
    states = States()
    states.expect({"light.a"})
    list(states.apply({"a": {"light.a": {"s": "on", "a": {"brightness": 5, "effect": "x", "secret": "y"}}}}))
    list(states.apply({"c": {"light.a": {"+": {"a": {"brightness": 9}}, "-": {"a": ["effect"]}}}}))
    assert states.get("light.a") == State(entity="light.a", state="on", attributes={"brightness": 9})
    list(states.apply({"c": {"light.a": {"+": {"s": "off"}}}}))
    assert states.get("light.a") == State(entity="light.a", state="off", attributes={"brightness": 9})
    list(states.apply({"r": ["light.a"]}))
    assert states.get("light.a") is None


def test_a_name_like_a_number_is_a_name() -> None:
    known = Known(
        registries=registries_of([], [{"area_id": "x", "name": "101"}], [], [], {}),
        states={"light.a": state("light.a", friendly_name="0E0")},
        aliases={},
        config={"location_name": "1"},
    )
    home: Home = parse_home(yaml_text(home_document(known, "http://127.0.0.1:8123")))
    assert home.devices[0].name.en == "0E0" and home.areas[0].name.en == "101"
    assert yaml.safe_load(yaml_text(home_document(known, "http://h:1")))["name"] == "1"
