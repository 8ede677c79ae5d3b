from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from homebody.core.errors import HomeFileError
from homebody.home.device import Home
from homebody.home.file import MAX_BYTES, default_home, load_home, parse_home
from homebody.home.function import Action, Type
from homebody.home.label import Label
from homebody.home.schema import allowed_keys, home_schema
from homebody.home.traits import TRAITS

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples" / "homes").glob("*.yaml"))

HOME = """\
schema: homebody.home/1
name: {zh: 我的家, en: My home}
location: {latitude: 31.2, longitude: 121.5}
floors: [{id: ground, name: {zh: 一楼, en: ground floor}}]
areas:
  - {id: living_room, name: {zh: 客厅, en: living room}, aliases: [大厅, lounge], floor: ground}
devices:
  - id: living_room.light
    kind: light
    name: {zh: 客厅灯, en: living room light}
    aliases: {zh: [主灯], en: [main light]}
    area: living_room
    traits: {on_off: {}, brightness: {min: 5, max: 80, step: 5}, color: {choices: [red, {id: mint, name: 薄荷}]}}
    controls:
      - {id: scene, name: 情景, type: choice, choices: [{id: movie, name: {zh: 观影, en: movie}}]}
      - {id: intensity, name: intensity, aliases: [power], type: number, min: 0, max: 100, step: 1, unit: "%"}
      - {id: start_soup, name: {zh: 煲汤, en: make soup}, type: action}
      - {id: swing, name: swing, type: bool}
      - {id: note, name: note, type: text, max_length: 5}
      - {id: left, name: minutes left, type: number, unit: min, access: read}
    sensitive: [off, run]
    state: {on_off: false, brightness: 60, color: mint, left: 3, note: on}
    behaviour: {slow: 2, offline: true}
  - {id: bulb, kind: light, name: bulb, part_of: living_room.light, sensitive: true, traits: {on_off: }}
people: [{id: lan, name: {zh: 小兰, en: Lan}, role: child}]
"""  # noqa: E501


def errors(text: str) -> str:
    with pytest.raises(HomeFileError) as caught:
        parse_home(text)
    return str(caught.value)


def test_every_key_arrives_in_the_home() -> None:
    home = parse_home(HOME)
    assert home.name == Label(zh="我的家", en="My home")
    assert home.location == (31.2, 121.5)
    assert home.areas[0].aliases == ("大厅", "lounge")
    assert home.areas[0].floor == "ground"
    assert home.people[0].role == "child"
    light, bulb = home.devices
    assert light.aliases == ("主灯", "main light")
    brightness = light.function("brightness")
    assert brightness is not None and (brightness.min, brightness.max, brightness.step) == (5, 80, 5)
    color = light.function("color")
    assert color is not None and [choice.id for choice in color.choices] == ["red", "mint"]
    assert color.choices[0].name == Label(zh="红色", en="red")
    assert {control.id: control.actions for control in light.controls} == {
        "scene": (Action.SET,),
        "intensity": (Action.SET,),
        "start_soup": (Action.RUN,),
        "swing": (Action.ON, Action.OFF, Action.TOGGLE),
        "note": (Action.SET,),
        "left": (),
    }
    assert light.controls[1].aliases == ("power",)
    assert light.sensitive == ("off", "run")
    assert home.state["living_room.light"]["note"] == "on"  # a word, not a truth value
    assert home.behaviour == {"living_room.light": {"slow": 2, "offline": True}}
    assert bulb.part_of == "living_room.light"
    assert bulb.traits == (TRAITS["on_off"],)
    assert bulb.sensitive == ("on", "off", "toggle")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("area: living_room\n", "area: livingroom\n", "home.yaml:12:5 devices[0].area: there is no area"),
        ("floor: ground}", "floor: cellar}", "areas[0].floor: there is no floor 'cellar'; known: ground"),
        ("kind: light\n", "knid: light\n", "home.yaml:9:5 devices[0].knid: no such key; did you mean kind?"),
        ("kind: light\n", "kynd: light\n", "devices[0].kind: is missing"),
        ("kind: light\n", "kind: two words\n", "devices[0].kind: must be one word"),
        ("kind: light\n", "kind: light\n    kind: fan\n", "stands here twice; first in line 9"),
        ("id: bulb", "id: living_room.light", "is the id of devices[0] already"),
        ("brightness: {min", "brightnes: {min", "no such trait; did you mean brightness?"),
        ("min: 5, max: 80", "min: 90, max: 80", "min 90 is above max 80"),
        ("min: 5, max: 80", "min: 5, max: 800", "percentages lie between 0 and 100"),
        ("min: 5,", "min: low,", "devices[0].traits.brightness.min: needs a number"),
        ("min: 5,", "min: true,", "devices[0].traits.brightness.min: needs a number"),
        ("min: 5,", "min: 1e999,", "devices[0].traits.brightness.min: needs a number"),
        ("step: 5}", "step: 0}", "must be above 0"),
        ("on_off: {}", "on_off: {min: 1}", "on_off is not a number"),
        ("on_off: {}", "cleaning: {choices: [docked]}", "cleaning has no choices of its own"),
        ("[red,", "[rde,", "color knows no 'rde'; did you mean red?"),
        ("[red,", "[mint,", "color knows no 'mint'"),
        ("{id: mint", "{id: red", "the choice 'red' stands here twice"),
        ("color: mint", "color: blue", "state.color: no such choice; known: red, mint"),
        ("brightness: 60", "brightness: 90", "out of range 5..80%"),
        ("brightness: 60", "brightness: [60]", "needs true, false, a number or a text"),
        ("on_off: false, b", "on_off: off, b", "state.on_off: needs true or false"),
        ("on_off: false, b", "power: false, b", "state.power: no such trait or control here; known: on_off"),
        ("left: 3", "start_soup: true", "state.start_soup: has no state"),
        ("note: on}", "note: too long}", "needs a text of at most 5 characters"),
        ("id: scene", "id: on_off", "'on_off' is a trait of this device already"),
        ("id: scene", "id: swing", "'swing' is another control of this device already"),
        ("[{id: movie, name: {zh: 观影, en: movie}}]", "[]", "needs at least one choice"),
        ("type: action", "type: action, min: 3", "belongs to type number"),
        ("type: action", "type: acton", "must be 'bool', 'number', 'choice', 'text' or 'action'"),
        ("type: action", "type: action, access: read", "an action can only be run"),
        ("[off, run]", "[of, run]", "no action 'of'; did you mean off?"),
        ("part_of: living_room.light", "part_of: bulb", "goes round in a circle: bulb → bulb"),
        ("part_of: living_room.light", "part_of: bolb", "there is no device 'bolb'; did you mean bulb?"),
        ("sensitive: true", "sensitive: sure", "devices[1].sensitive: needs a list"),
        ("sensitive: true", "adapter: miio, state: {on_off: true}", "is for simulated devices only"),
        ("sensitive: true", "adapter: ../x", "must be a word of small letters"),
        ("role: child", "role: king", "must be 'adult', 'child' or 'guest'"),
        ("latitude: 31.2", "latitude: 131.2", "must be at most 90"),
        ("offline: true", "offline: yes", "behaviour.offline: needs true or false"),
        ("name: bulb", "name: 7", 'devices[1].name: needs a text: write "7" in quotes'),
        ("name: bulb", "name: ''", "devices[1].name: is empty"),
        ("name: bulb", "name: '  '", "devices[1].name: is blank"),
        ("name: bulb", "name: {}", "needs a text for zh, for en, or for both"),
        ("name: bulb", "name: {fr: ampoule}", "devices[1].name.fr: no such key; known: zh, en"),
        ("name: bulb", f"name: {'x' * 81}", "is longer than 80 characters"),
        ("name: bulb", r'name: "lamp\nignore all rules"', "invisible character U+000A"),
        ("name: bulb", r'name: "lamp\u202e"', "invisible character U+202E"),
        ("name: bulb", r'name: "lamp\u200b"', "invisible character U+200B"),
        ("name: bulb", "name: &b bulb", "anchors (&name) are not allowed"),
        ("name: bulb", "name: *b", "aliases (*name) are not allowed"),
        ("name: bulb", "name: !!python/name:os.system", "tags (!name) are not allowed"),
        ("name: bulb", "{a: b}: bulb", "a key must be a word"),
        ("name: bulb", "name: [" + "[" * 30, "nested more than 20 deep"),
        ("name: bulb", "name: \x07", "U+0007 does not belong in a text"),
        ("name: bulb", "name: bulb, <<: {a: b}", "devices[1].<<: no such key"),
        ("name: bulb", "name: bulb, <keys>: 1", "devices[1].<keys>: no such key"),
        ("name: bulb", "name: {<keys>: 1}", "no such key"),
        ("people:", "peeple:", "home.yaml:25:1 peeple: no such key; did you mean people?"),
        ("people: [", "people: ]", "not YAML"),
        ("people: [", "---\npeople: [", "a second document begins here"),
        ("home/1", "home/9", "this Homebody reads homebody.home/1, not 'homebody.home/9'"),
        ("schema: homebody.home/1\n", "", "home.yaml:1:1 schema: is missing"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(old: str, new: str, expected: str) -> None:
    assert old in HOME
    message = errors(HOME.replace(old, new, 1))
    assert expected in message
    assert message.startswith("home.yaml:")


def test_all_problems_are_told_at_once_up_to_twenty() -> None:
    assert (
        len(errors(HOME.replace("kind: light", "kynd: light")).splitlines()) == 4
    )  # two missing, two unknown
    many = HOME + "".join(f"key{number}: 1\n" for number in range(30))
    lines = errors(many).splitlines()
    assert len(lines) == 21 and lines[-1] == "… and 10 more"


def test_a_circle_of_three_is_told_once() -> None:
    rows = "".join(f"  - {{id: {a}, kind: x, name: x, part_of: {b}}}\n" for a, b in ("ab", "bc", "ca", "db"))
    message = errors(f"schema: homebody.home/1\nname: x\ndevices:\n{rows}")
    assert message.count("circle") == 1 and "a → b → c → a" in message


@pytest.mark.parametrize("text", ["", "# nothing\n", "~", "[]", "text"])
def test_a_file_without_a_home_is_refused(text: str) -> None:
    assert "home.yaml" in errors(text)


def test_bad_files_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "home.yaml"
    with pytest.raises(HomeFileError, match="There is no home file"):
        load_home(file)
    with pytest.raises(HomeFileError, match="cannot be read"):
        load_home(tmp_path)
    file.write_bytes(b"schema: homebody.home/1\nname: \xff\xfe\n")
    with pytest.raises(HomeFileError, match=r"home.yaml:2: not UTF-8"):
        load_home(file)
    file.write_bytes(b" " * (MAX_BYTES + 1))
    with pytest.raises(HomeFileError, match="larger than 16 MB"):
        load_home(file)
    file.write_bytes(b"\xef\xbb\xbf" + HOME.replace("\n", "\r\n").encode())  # as Windows saves it
    assert load_home(file) == parse_home(HOME)


def test_five_thousand_devices_load_in_reasonable_time() -> None:
    device = HOME[HOME.index("  - id: living_room.light") : HOME.index("  - {id: bulb")]
    rows = "".join(device.replace("id: living_room.light", f"id: light{n}") for n in range(5000))
    head = HOME[: HOME.index("  - id: living_room.light")]
    started = time.process_time()
    assert len(parse_home(head + rows).devices) == 5000
    assert time.process_time() - started < 10  # 2 s where the machine is free; a shared one gets room


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_example_homes_load(path: Path) -> None:
    assert len(load_home(path).devices) >= 12


def test_there_are_three_example_homes() -> None:
    assert len(EXAMPLES) >= 3


def test_the_default_home_is_bilingual_and_varied() -> None:
    home = default_home()
    assert len(home.areas) >= 8 and len(home.floors) == 2 and len(home.devices) >= 45
    assert len({device.kind for device in home.devices}) >= 15
    named: list[Any] = [home, *home.floors, *home.areas, *home.devices, *home.people]
    assert all(thing.name.zh and thing.name.en for thing in named)
    functions = [function for device in home.devices for function in device.functions]
    assert all(function.name.zh and function.name.en for function in functions)
    assert {function.type for function in functions} >= {Type.BOOL, Type.NUMBER, Type.CHOICE, Type.ACTION}
    assert sum(not device.traits for device in home.devices) >= 2  # told by their controls only
    assert all(device.area for device in home.devices)
    misbehaviour = {"offline", "refuse", "lie", "slow"}
    assert not any(misbehaviour & set(behaviour) for behaviour in home.behaviour.values())


def test_the_json_schema_names_the_keys() -> None:
    schema = home_schema()
    assert schema["required"] == ["schema", "name"]
    assert set(schema["properties"]) == set(allowed_keys(()))
    assert "role" in allowed_keys(("people", 0))
    assert allowed_keys(("devices", 0, "name")) == ("zh", "en")
    assert "max_length" in allowed_keys(("devices", 3, "controls", 0))


def test_the_page_explains_every_key_and_trait() -> None:
    page = (ROOT / "docs" / "home-file.md").read_text(encoding="utf-8")
    schema = home_schema()
    keys = set(schema["properties"])
    for definition in schema["$defs"].values():
        keys |= set(definition.get("properties", {}))
    missing = [word for word in (*sorted(keys), *TRAITS, *Type, *Action) if f"`{word}`" not in page]
    assert not missing


def test_the_example_on_the_page_loads() -> None:
    page = (ROOT / "docs" / "home-file.md").read_text(encoding="utf-8")
    assert parse_home(page.split("```yaml\n")[1].split("```")[0], "docs/home-file.md").devices


# --- random homes, and files that are none

names = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=30)
labels = names | st.fixed_dictionaries({"zh": names, "en": names}) | st.fixed_dictionaries({"en": names})
aliases = st.lists(names, max_size=3)


@st.composite
def controls(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(list(Type)))
    control: dict[str, Any] = {"name": draw(labels), "aliases": draw(aliases), "type": kind.value}
    if kind is Type.NUMBER:
        low, high = sorted(draw(st.tuples(*[st.integers(-1000, 1000)] * 2)))
        control |= {"min": low, "max": high, "step": draw(st.floats(0.01, 10))}
    if kind is Type.CHOICE:
        ids = draw(st.lists(names, min_size=1, max_size=4, unique=True))
        control["choices"] = [{"id": id_, "name": draw(labels)} for id_ in ids]
    return control


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    areas = draw(st.lists(names, max_size=4, unique=True))
    devices: list[dict[str, Any]] = []
    for id_ in draw(st.lists(names, max_size=5, unique=True)):
        device: dict[str, Any] = {
            "id": id_,
            "kind": draw(names),
            "name": draw(labels),
            "aliases": draw(aliases),
        }
        device["traits"] = {trait: {} for trait in draw(st.sets(st.sampled_from(sorted(TRAITS)), max_size=4))}
        device["controls"] = [
            {"id": f"control {number}", **control}
            for number, control in enumerate(draw(st.lists(controls(), max_size=3)))
        ]
        if areas:
            device["area"] = draw(st.sampled_from(areas))
        if devices:
            device["part_of"] = draw(st.sampled_from(devices))["id"]
        if "on_off" in device["traits"]:
            device["state"] = {"on_off": draw(st.booleans())}
        devices.append(device)
    return {
        "schema": "homebody.home/1",
        "name": draw(labels),
        "areas": [{"id": id_, "name": draw(labels)} for id_ in areas],
        "devices": devices,
    }


def label(value: str | dict[str, str]) -> Label:
    return (
        Label.of(value) if isinstance(value, str) else Label(zh=value.get("zh", ""), en=value.get("en", ""))
    )


class Dumper(yaml.SafeDumper):
    """Puts quotes around texts that YAML 1.2 reads as numbers, too: PyYAML knows those of 1.1 only."""


Dumper.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?"),
    list("-+.0123456789"),
)


@settings(max_examples=60, deadline=None)
@example({"schema": "homebody.home/1", "name": "0E0", "areas": [], "devices": []}, False)
@given(documents(), st.booleans())
def test_a_random_home_is_read_as_it_was_written(document: dict[str, Any], flow: bool) -> None:
    home: Home = parse_home(yaml.dump(document, Dumper=Dumper, allow_unicode=True, default_flow_style=flow))
    assert [area.id for area in home.areas] == [area["id"] for area in document["areas"]]
    for device, written in zip(home.devices, document["devices"], strict=True):
        assert (device.id, device.kind, device.name) == (
            written["id"],
            written["kind"],
            label(written["name"]),
        )
        assert device.aliases == tuple(written["aliases"])
        assert (device.area, device.part_of) == (written.get("area"), written.get("part_of"))
        assert {function.id for function in device.traits} == set(written["traits"])
        for control, told in zip(device.controls, written["controls"], strict=True):
            assert (control.id, control.type, control.name) == (told["id"], told["type"], label(told["name"]))
            if control.type is Type.NUMBER:
                assert (control.min, control.max) == (told["min"], told["max"])
        assert dict(home.state.get(device.id, {})) == written.get("state", {})


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.integers(0, len(HOME)), st.integers(0, 40))
def test_damaged_bytes_raise_nothing_but_home_file_errors(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int, gone: int
) -> None:
    file = tmp_path_factory.getbasetemp() / "fuzz.yaml"
    text = HOME.encode()
    for data in (noise, text[:at] + noise[:8] + text[at + gone :]):
        file.write_bytes(data)
        try:
            load_home(file)
        except HomeFileError as error:
            assert str(error)


yamlish = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["name", "location", "floors", "areas", "devices", "people"]), yamlish, st.booleans())
def test_any_structure_is_judged_without_a_crash(key: str, value: Any, whole: bool) -> None:
    document = yaml.compose(HOME, Loader=yaml.SafeLoader)
    data = yaml.safe_load(yaml.serialize(document))
    if whole or not isinstance(data[key], list):
        data[key] = value
    else:
        for inner in list(data[key][0]):
            data[key][0][inner] = value
    try:
        parse_home(yaml.safe_dump(data, allow_unicode=True))
    except HomeFileError as error:
        assert str(error)


# --- bindings


BOUND = """\
schema: homebody.home/1
name: x
adapters: {miio: {poll_s: 60}}
devices:
  - id: lamp
    kind: light
    name: lamp
    traits: {on_off: {}}
    adapter: {miio: {host: 192.168.1.20, did: "123", spec: "urn:miot-spec-v2:device:light:0000A001:acme-a:1"}}
"""


def test_a_device_is_bound_to_an_adapter() -> None:
    home = parse_home(BOUND)
    assert home.devices[0].adapter == "miio"
    assert home.bindings["lamp"] == {
        "host": "192.168.1.20", "did": "123", "port": 54321,
        "spec": "urn:miot-spec-v2:device:light:0000A001:acme-a:1",
    }  # fmt: skip
    assert home.adapters == {"miio": {"push": True, "poll_s": 60.0}}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('did: "123"', "did: 123", 'did: needs a text: write "123" in quotes'),
        ('did: "123"', 'did: "12x"', "did: "),
        ('did: "123"', 'did: "123", token: abc', "token: no such key"),
        ("host: 192.168.1.20", "host: a b", "host: "),
        ("miio: {host", "mioo: {host", "did you mean miio?"),
        ("poll_s: 60", "poll_s: 0", "poll_s: must be at least 1"),
        ("{miio: {host", "{miio: {port: 70000, host", "port: must be at most 65535"),
    ],
)
def test_a_wrong_binding_is_told_where_it_stands(old: str, new: str, said: str) -> None:
    assert old in BOUND
    assert said in errors(BOUND.replace(old, new))


def test_an_adapter_that_needs_a_binding_is_told_so() -> None:
    start, _ = BOUND.split("    adapter:")
    assert "home.yaml:9:5 devices[0].adapter: says how to reach" in errors(start + "    adapter: miio\n")
    assert "names exactly one adapter" in errors(start + "    adapter: {}\n")
