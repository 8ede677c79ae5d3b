"""The adapter of Home Assistant's sentence tests, on an invented home: fixtures, intents, plans."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from homebody.assistant.plan import Command, ListItem, Plan, Problem, Query, Say, Step, Timer, When
from homebody.core.errors import InputError
from homebody.home.function import Action
from homebody.lab.hass.homes import TestHome, build
from homebody.lab.hass.judging import reasons
from homebody.lab.hass.meaning import loosened, meaning
from homebody.lab.hass.run import read_test
from homebody.lab.hass.scope import out_of_scope
from homebody.lab.hass.scores import hass_scores
from homebody.lab.hass.sentences import Entity, HassTest, read_tests
from homebody.lab.hass.targets import targets
from homebody.lab.statistics import Share

FILE = """\
language: "en"
floors:
  - name: "Top"
areas:
  - name: "Den"
    floor: "Top"
  - name: "Bath"
entities:
  - {name: "Owl", domain: light, area: Den, state: "on"}
  - {name: "Fox", domain: light, area: Bath, state: "off"}
tests:
  - sentences: ["turn on owl", "owl on"]
    slots: {name: Owl}
    response: "Turned on the light"
  - sentences: ["dance"]
    slots: {name: Owl}
"""

ENTITIES = (
    Entity(name="Owl", domain="light", area="Den", state="on"),
    Entity(name="Elk", domain="light", area="Den", state="off"),
    Entity(name="Fox", domain="light", area="Bath", state="off"),
    Entity(name="Drape", domain="cover", area="Den", state="open", device_class="curtain"),
    Entity(name="Pane", domain="cover", area="Den", state="closed", device_class="window"),
    Entity(name="Latch", domain="lock", area="Bath", state="locked"),
    Entity(name="Tap", domain="valve", area="Bath"),
    Entity(name="Breeze", domain="fan", area="Den"),
    Entity(name="Hearth", domain="climate", area="Den"),
    Entity(name="Box", domain="media_player", area="Den"),
    Entity(name="Dusty", domain="vacuum"),
    Entity(name="Goat", domain="lawn_mower"),
    Entity(name="Party", domain="scene"),
    Entity(name="Nose", domain="sensor", area="Bath", device_class="humidity", unit="%"),
    Entity(name="Skylight", domain="binary_sensor", area="Den"),
    Entity(name="Desk Sensor", domain="binary_sensor", area="Den"),
)


def hass_test(intent: str, entities: tuple[Entity, ...] = ENTITIES, **more: Any) -> HassTest:
    known: dict[str, Any] = {
        "language": "en", "intent": intent, "source": f"{intent}/x", "sentences": ("x",),
        "areas": {"Den": "Top", "Bath": None}, "floors": ("Top",), "entities": entities,
    }  # fmt: skip
    return HassTest(**{**known, **more})


HOME = build(hass_test("HassTurnOn", slots={"name": "Owl"})).home
IDS = {device.name.en: device.id for device in HOME.devices}


def do(name: str, function: str, action: str, value: Any = None, **more: Any) -> Command:
    return Command(device=IDS[name], function=function, action=Action(action), value=value, **more)


def ask(what: str, *names: str, **more: Any) -> Query:
    return Query(**{"what": what, "devices": tuple(IDS[name] for name in names), **more})


def plan(*steps: Step, **more: Any) -> Plan:
    return Plan(text="", language="en", steps=steps, **more)


# reading files


def test_hass_files_give_tests(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "HassTurnOn"
    folder.mkdir(parents=True)
    (folder / "name_only.yaml").write_text(FILE, encoding="utf-8")
    first, second = read_tests(tmp_path, ("en",))
    assert (first.intent, first.source, first.sentences) == (
        "HassTurnOn", "HassTurnOn/name_only", ("turn on owl", "owl on"),
    )  # fmt: skip
    assert first.areas == {"Den": "Top", "Bath": None}
    assert first.entities[0] == Entity(name="Owl", domain="light", area="Den", state="on")
    results = [*read_test(first, None), *read_test(second, None)]
    assert [result.right for result in results] == [True, True, False]
    scored = hass_scores(results)["en"]
    assert scored.overall.homebody == Share(right=2, total=3)
    assert scored.overall.peer is None


def test_hass_files_that_are_no_tests_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "HassTurnOn"
    folder.mkdir(parents=True)
    (folder / "broken.yaml").write_text("language: en\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"broken\.yaml: not a sentence test"):
        list(read_tests(tmp_path, ("en",)))


# homes


def test_hass_entities_become_devices() -> None:
    kinds = {device.name.en: (device.kind, *(f.id for f in device.functions)) for device in HOME.devices}
    assert kinds["Owl"] == ("light", "on_off", "brightness", "color_temperature", "color")
    assert kinds["Drape"] == ("curtain", "position")
    assert kinds["Latch"] == ("lock", "lock")
    assert kinds["Nose"] == ("sensor", "humidity")
    assert kinds["Skylight"] == ("sensor", "contact")
    assert kinds["Desk Sensor"] == ("sensor", "occupancy")
    assert kinds["Dusty"] == ("vacuum", "cleaning", "area")
    assert HOME.state[IDS["Owl"]]["on_off"] is True
    assert HOME.state[IDS["Drape"]] == {"position": 100.0}
    assert HOME.state[IDS["Pane"]] == {"position": 0.0}
    assert HOME.state[IDS["Latch"]] == {"lock": True}


def test_hass_home_adds_what_a_sentence_takes_for_granted() -> None:
    bare = hass_test("HassLightSet", (), slots={"area": "Den", "brightness": 50})
    built = build(bare)
    (lamp,) = built.home.devices
    assert (lamp.kind, lamp.area, lamp.name.en) == ("light", "Den", "Den light")
    there = build(hass_test("HassLightSet", slots={"area": "Den", "brightness": 50})).home
    assert len(there.devices) == len(ENTITIES)


def test_hass_home_puts_the_speaker_and_the_floor_somewhere() -> None:
    here = build(hass_test("HassTurnOn", (), slots={"domain": "light"}, area="Bath"))
    assert (here.area, here.home.devices[0].area) == ("Bath", "Bath")
    upstairs = build(hass_test("HassTurnOn", (), slots={"domain": "light", "floor": "Attic"}))
    area = upstairs.home.area(upstairs.home.devices[0].area)
    assert area is not None
    assert area.floor == "Attic"
    loose = (Entity(name="Owl", domain="light"),)
    placed = build(hass_test("HassTurnOn", loose, slots={"name": "Owl", "area": "Bath"}))
    assert placed.home.devices[0].area == "Bath"


def test_hass_home_in_chinese() -> None:
    test = hass_test("HassTurnOn", (), language="zh", areas={"厨房": "一"}, floors=("一",),
                     slots={"domain": "light", "floor": "一"})  # fmt: skip
    built = build(test)
    assert built.home.floors[0].name.zh == "一楼"
    assert built.home.devices[0].name.zh == "厨房灯"


# which devices


@pytest.mark.parametrize(
    ("intent", "slots", "area", "names"),
    [
        ("HassTurnOn", {"name": "owl"}, None, {"Owl"}),
        ("HassTurnOn", {"name": "owl", "area": "Bath"}, None, set()),
        ("HassTurnOn", {"domain": "light"}, None, {"Owl", "Elk", "Fox"}),
        ("HassTurnOn", {"domain": "light"}, "Bath", {"Fox"}),
        ("HassTurnOn", {"domain": "light", "area": "Den"}, "Bath", {"Owl", "Elk"}),
        ("HassTurnOn", {"domain": "light", "floor": "Top"}, None, {"Owl", "Elk"}),
        ("HassTurnOn", {"domain": "cover", "device_class": "window"}, None, {"Pane"}),
        ("HassSetVolume", {"volume_level": 5}, "Bath", {"Box"}),
        ("HassVacuumCleanArea", {"area": "Den"}, None, {"Dusty"}),
    ],
)
def test_hass_targets(intent: str, slots: dict[str, Any], area: str | None, names: set[str]) -> None:
    assert {device.name.en for device in targets(HOME, intent, slots, area)} == names


# what is meant, with a plan that is right and one that is wrong

LIGHTS_OFF = {"conversation_command": "turn off the lights", "minutes": 5}
SOON = When(kind="after", duration="PT5M")


@pytest.mark.parametrize(
    ("intent", "slots", "right", "wrong"),
    [
        ("HassTurnOn", {"name": "Owl"}, do("Owl", "on_off", "on"), do("Owl", "on_off", "off")),
        ("HassTurnOn", {"name": "Owl"}, do("Owl", "on_off", "on"), do("Elk", "on_off", "on")),
        ("HassTurnOn", {"name": "Drape"}, do("Drape", "position", "open"), do("Drape", "position", "close")),
        ("HassTurnOff", {"name": "Latch"}, do("Latch", "lock", "unlock"), do("Latch", "lock", "lock")),
        ("HassTurnOn", {"name": "Tap"}, do("Tap", "valve", "open"), do("Tap", "valve", "close")),
        ("HassTurnOn", {"name": "Party"}, do("Party", "run", "run"), do("Owl", "on_off", "on")),
        ("HassLightSet", {"name": "Owl", "brightness": 40}, do("Owl", "brightness", "set", 40),
         do("Owl", "brightness", "set", 50)),
        ("HassLightSet", {"name": "Owl", "color": "red"}, do("Owl", "color", "set", "red"),
         do("Owl", "color", "set", "blue")),
        ("HassLightSet", {"name": "Owl", "temperature": 2700}, do("Owl", "color_temperature", "set", 2700),
         do("Owl", "color_temperature", "set", 2800)),
        ("HassSetPosition", {"name": "Drape", "position": 100}, do("Drape", "position", "open"),
         do("Drape", "position", "set", 90)),
        ("HassClimateSetTemperature", {"temperature": 20.5}, do("Hearth", "thermostat", "set", 20.5),
         do("Hearth", "thermostat", "set", 20)),
        ("HassFanSetSpeed", {"percentage": 50}, do("Breeze", "fan_speed", "set", 50),
         do("Breeze", "on_off", "on")),
        ("HassSetVolume", {"volume_level": 30}, do("Box", "volume", "set", 30),
         do("Box", "volume", "set", 31)),
        ("HassSetVolumeRelative", {"volume_step": "up"}, do("Box", "volume", "set", 60, delta=10),
         do("Box", "volume", "set", 40, delta=-10)),
        ("HassSetVolumeRelative", {"volume_step": -20}, do("Box", "volume", "set", 30, delta=-20),
         do("Box", "volume", "set", 40, delta=-10)),
        ("HassMediaNext", {}, do("Box", "playback", "next"), do("Box", "playback", "previous")),
        ("HassMediaPlayerUnmute", {}, do("Box", "mute", "off"), do("Box", "mute", "on")),
        ("HassVacuumStart", {"name": "Dusty"}, do("Dusty", "cleaning", "start"),
         do("Dusty", "cleaning", "dock")),
        ("HassVacuumStart", {"floor": "Top"}, do("Dusty", "area", "set", "Den"),
         do("Dusty", "area", "set", "Bath")),
        ("HassVacuumCleanArea", {"area": "Den"}, do("Dusty", "area", "set", "Den"),
         do("Dusty", "cleaning", "start")),
        ("HassLawnMowerDock", {}, do("Goat", "cleaning", "stop"), do("Goat", "cleaning", "pause")),
        ("HassStartTimer", {"minutes": 5, "name": "Tea"}, Timer(action="set", duration="PT5M", name="tea"),
         Timer(action="set", duration="PT5M")),
        ("HassIncreaseTimer", {"minutes": 5, "start_hours": 1},
         Timer(action="extend", duration="PT5M", length="PT1H"), Timer(action="extend", duration="PT5M")),
        ("HassCancelTimer", {"area": "Den"}, Timer(action="cancel", name="den"), Timer(action="cancel")),
        ("HassShoppingListAddItem", {"item": "Milk"}, ListItem(action="add", list="shopping", item="milk"),
         ListItem(action="add", list="chores", item="milk")),
        ("HassListCompleteItem", {"item": "wash", "name": "Chores"},
         ListItem(action="complete", list="chores list", item="wash"),
         ListItem(action="remove", list="chores", item="wash")),
        ("HassBroadcast", {"message": "Dinner"}, Say(text="dinner"), Say(text="supper")),
        ("HassGetCurrentTime", {}, Query(what="time"), Query(what="date")),
    ],
)  # fmt: skip
def test_hass_meaning(intent: str, slots: dict[str, Any], right: Step, wrong: Step) -> None:
    meant = meaning(intent, slots, HOME)
    assert meant is not None
    assert reasons(plan(right), meant, HOME) == []
    assert reasons(plan(wrong), meant, HOME) != []
    assert reasons(plan(), meant, HOME) != []
    missing = (Problem(kind="not_understood", words="x"),)
    assert reasons(plan(right, problems=missing), meant, HOME) != []


def test_hass_meaning_is_all_devices_and_no_more() -> None:
    meant = meaning("HassTurnOff", {"domain": "light", "area": "Den"}, HOME)
    assert meant is not None
    owl, elk, fox = (do(name, "on_off", "off") for name in ("Owl", "Elk", "Fox"))
    assert reasons(plan(elk, owl), meant, HOME) == []
    assert reasons(plan(owl), meant, HOME) != []
    assert reasons(plan(owl, elk, fox), meant, HOME) != []


def test_hass_meaning_of_a_delayed_command() -> None:
    meant = meaning("HassStartTimer", LIGHTS_OFF, HOME, "Bath")
    assert meant is not None
    assert reasons(plan(do("Fox", "on_off", "off", when=SOON)), meant, HOME) == []
    assert reasons(plan(do("Fox", "on_off", "off")), meant, HOME) != []
    assert meaning("HassStartTimer", LIGHTS_OFF | {"conversation_command": "sing"}, HOME) is None


def test_hass_meaning_is_none_where_nothing_can_be_meant() -> None:
    assert meaning("HassTurnOn", {"name": "Yak"}, HOME) is None
    assert meaning("HassLightSet", {"name": "Latch", "brightness": 5}, HOME) is None
    assert meaning("HassGetState", {"name": "Yak"}, HOME) is None
    assert meaning("HassUnheardOf", {}, HOME) is None


def test_hass_named_whites_have_no_exact_temperature() -> None:
    slots = {"name": "Owl", "temperature": 2700}
    assert loosened(slots, "owl to 2700 kelvin") == slots
    assert loosened({"temperature": 20.5}, "twenty point five degrees") == {"temperature": 20.5}
    meant = meaning("HassLightSet", loosened(slots, "owl to warm white"), HOME)
    assert meant is not None
    assert reasons(plan(do("Owl", "color_temperature", "set", 3000)), meant, HOME) == []
    assert reasons(plan(do("Owl", "color_temperature", "set", 4000)), meant, HOME) != []


# questions

ON: dict[str, Any] = {"function": "on_off", "value": True}
OPEN: dict[str, Any] = {"function": "position", "comparison": "above", "value": 0}


@pytest.mark.parametrize(
    ("slots", "response", "right", "wrong"),
    [
        ({"name": "Owl", "state": "on"}, "Yes", ask("state", "Owl", **ON), ask("state", "Elk", **ON)),
        ({"name": "Owl", "state": "on"}, "Yes", ask("state", "Owl", **ON),
         ask("state", "Owl", function="on_off", value=False)),
        ({"name": "Owl", "state": "on"}, "Yes", ask("state", "Owl", function="on_off", comparison="is_not",
         value=False), ask("value", "Owl")),
        ({"name": "Drape", "state": "open"}, "Yes", ask("state", "Drape", **OPEN),
         ask("state", "Drape", function="position", comparison="below", value=50)),
        ({"domain": "light", "state": "on"}, "Yes, Owl", ask("any", "Owl", "Elk", "Fox", **ON),
         ask("all", "Owl", "Elk", "Fox", **ON)),
        ({"domain": "light", "state": "on"}, "No, Elk is not", ask("all", "Owl", "Elk", "Fox", **ON),
         ask("any", "Owl", "Elk", "Fox", **ON)),
        ({"domain": "light", "state": "on"}, "Owl", ask("which", "Owl", "Elk", "Fox", **ON),
         ask("how_many", "Owl", "Elk", "Fox", **ON)),
        ({"domain": "light", "state": "on"}, "1", ask("how_many", "Owl", "Elk", "Fox", **ON),
         ask("which", "Owl", "Elk", "Fox", **ON)),
        ({"domain": "light", "area": "Den", "state": "on"}, "1", ask("how_many", "Owl", "Elk", **ON),
         ask("how_many", "Owl", **ON)),
        ({"name": "Nose"}, "52 %", ask("value", "Nose"), ask("which", "Nose")),
    ],
)  # fmt: skip
def test_hass_questions(slots: dict[str, Any], response: str, right: Query, wrong: Query) -> None:
    meant = meaning("HassGetState", slots, HOME)
    assert meant is not None
    assert reasons(plan(right), meant, HOME, response) == []
    assert reasons(plan(wrong), meant, HOME, response) != []


def test_hass_question_for_a_temperature() -> None:
    meant = meaning("HassClimateGetTemperature", {"area": "Den"}, HOME)
    assert meant is not None
    assert reasons(plan(ask("value", "Hearth", function="temperature")), meant, HOME) == []
    assert reasons(plan(ask("value", "Hearth", function="thermostat")), meant, HOME) != []
    assert reasons(
        plan(ask("value", "Hearth", function="temperature"), do("Owl", "on_off", "on")), meant, HOME
    )


# scope


def test_hass_scope() -> None:
    assert "forecast" in (out_of_scope("HassGetWeather", {}, frozenset()) or "")
    assert out_of_scope("HassGetState", {"domain": "person", "state": "home"}, frozenset()) is not None
    assert out_of_scope("HassGetState", {"name": "Ada"}, frozenset({"person"})) is not None
    assert out_of_scope("HassGetState", {"name": "Owl"}, frozenset({"light"})) is None
    assert out_of_scope("HassTurnOn", {"name": "Owl"}, frozenset()) is None


def test_hass_people_are_left_out_by_the_noun_too() -> None:
    people = (Entity(name="Ada", domain="person", state="home"),)
    test = hass_test("HassGetState", people, sentences=("is anyone home",), slots={"state": "home"})
    (result,) = read_test(test, None)
    assert result.left_out is not None
    assert isinstance(build(test), TestHome)
    assert hass_scores([result])["en"].left_out == {("HassGetState", result.left_out): 1}
