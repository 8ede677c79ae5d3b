"""The home of a test: entities become devices; what the sentence takes for granted is added.

Many files name no entity at all, since a template matches without one: "set the brightness in the bedroom to
50 %" in a home without lamps. A plan needs the lamp. So where nothing in a file could be meant, one device
of the domain that the intent acts on is added, in the area that slots or speaker name. An entity without an
area, which slots find in one, stands there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from homebody.home.device import Area, Device, Floor, Home
from homebody.home.function import Action, Choice, Function, Type, Value
from homebody.home.kinds import KINDS as NAMES
from homebody.home.label import Label, Language
from homebody.home.traits import trait
from homebody.lab.hass.domains import COVERS, holding, kind_of, measured, signalled
from homebody.lab.hass.sentences import Entity, HassTest
from homebody.lab.hass.targets import DOMAIN_OF_INTENT, targets

_HERE: Mapping[Language, str] = {"zh": "客厅", "en": "Living Room"}
_SOMEWHERE: Mapping[Language, str] = {"zh": "过道", "en": "Landing"}
"""The room that stands for a floor where a file names none on it."""

VOLUME, BRIGHTNESS = 50.0, 50.0
"""Where players and lamps stand at first."""


@dataclass(slots=True)
class _Draft:
    """A home that is being built."""

    test: HassTest
    floors: list[Floor] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    devices: list[Device] = field(default_factory=list)
    state: dict[str, dict[str, Value]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TestHome:
    """A test's home, and where its speaker is: an area's id."""

    __test__ = False

    home: Home
    area: str | None


def build(test: HassTest) -> TestHome:
    """The home in which a test's sentences are said."""
    draft = _Draft(test=test)
    for name in dict.fromkeys([*test.floors, *filter(None, test.areas.values()), *_slot(test, "floor")]):
        draft.floors.append(Floor(id=name, name=_floor_name(name, test.language)))
    spoken = {test.area: None} if test.area else {}
    for name, floor in ({**dict.fromkeys(_slot(test, "area")), **spoken} | dict(test.areas)).items():
        draft.areas.append(Area(id=name, name=_label(name, test.language), floor=floor))
    for entity in test.entities:
        if entity.domain not in ("person", "todo", "weather"):
            _add(draft, entity, _placed(draft, entity))
    domain = test.slots.get("domain") or _domain(test)
    if domain is None or targets(_home(draft), test.intent, test.slots, test.area):
        return TestHome(home=_home(draft), area=test.area)
    area = _take_for_granted(draft, domain)
    return TestHome(home=_home(draft), area=test.area or (None if _slot(test, "floor") else area))


def _take_for_granted(draft: _Draft, domain: str) -> str:
    """Add a device of a domain; returns the area where it stands."""
    language, device_class = draft.test.language, draft.test.slots.get("device_class", "")
    area = _area_for(draft)
    kind = kind_of(domain, device_class, language)
    thing = NAMES[kind].name.text(language) if kind in NAMES else kind
    name = f"{area}{thing}" if language == "zh" else f"{area} {thing}"
    _add(draft, Entity(name=name, domain=domain, device_class=device_class), area)
    return area


def _home(draft: _Draft) -> Home:
    return Home(
        name=Label.of("测试" if draft.test.language == "zh" else "Test"),
        floors=tuple(draft.floors),
        areas=tuple(draft.areas),
        devices=tuple(draft.devices),
        state=draft.state,
    )


def _slot(test: HassTest, name: str) -> list[str]:
    return [test.slots[name]] if name in test.slots else []


def _domain(test: HassTest) -> str | None:
    """The domain of what a test acts on, where its slots name none."""
    if "conversation_command" in test.slots:
        return "light"
    if "device_class" in test.slots and test.slots["device_class"] in COVERS:
        return "cover"
    return DOMAIN_OF_INTENT.get(test.intent)


def _label(name: str, language: Language) -> Label:
    return Label(zh=name) if language == "zh" else Label(en=name)


def _floor_name(name: str, language: Language) -> Label:
    """A Chinese file calls a floor 一; people call it 一楼."""
    bare = language == "zh" and len(name) == 1
    return _label(f"{name}楼" if bare else name, language)


def _placed(draft: _Draft, entity: Entity) -> str | None:
    """Where an entity stands: where the file says, else where the slots find it."""
    slots = draft.test.slots
    if entity.area is not None:
        return entity.area
    if slots.get("name") == entity.name and slots.get("area") and draft.test.intent != "HassVacuumCleanArea":
        return str(slots["area"])
    if slots.get("floor") and slots.get("name", entity.name) == entity.name:
        return _area_on(draft, slots["floor"])
    return None


def _area_on(draft: _Draft, floor: str) -> str:
    found = next((area.id for area in draft.areas if area.floor == floor), None)
    if found is None:
        found = _SOMEWHERE[draft.test.language]
        draft.areas.append(Area(id=found, name=_label(found, draft.test.language), floor=floor))
    return found


def _area_for(draft: _Draft) -> str:
    """Where a device that is taken for granted stands."""
    test = draft.test
    if "area" in test.slots:
        return str(test.slots["area"])
    if "floor" in test.slots:
        return _area_on(draft, test.slots["floor"])
    if test.area:
        return test.area
    if not draft.areas:
        here = _HERE[test.language]
        draft.areas.append(Area(id=here, name=_label(here, test.language)))
    return draft.areas[0].id


def _add(draft: _Draft, entity: Entity, area: str | None) -> None:
    language = draft.test.language
    device = Device(
        id=f"{entity.domain}.{len(draft.devices)}",
        kind=kind_of(entity.domain, entity.device_class, language),
        name=_label(entity.name, language),
        area=area,
        traits=_traits(entity, draft.test),
        controls=_controls(entity, draft),
    )
    draft.devices.append(device)
    draft.state[device.id] = _state(device, entity)


def _traits(entity: Entity, test: HassTest) -> tuple[Function, ...]:
    """What an entity of a domain can do. Bounds are wide: the files give none, and ask for 1 °C and 50 °C."""
    on_off = trait("on_off")
    match entity.domain:
        case "light":
            kelvin = trait("color_temperature", min=1500, max=9000)
            return on_off, trait("brightness"), kelvin, trait("color")
        case "switch":
            return (on_off,)
        case "fan":
            return on_off, trait("fan_speed")
        case "cover":
            return (trait("position"),)
        case "valve" if test.intent == "HassSetPosition":
            return (trait("position"),)
        case "valve":
            return (trait("valve"),)
        case "lock":
            return (trait("lock"),)
        case "climate":
            return on_off, trait("thermostat", min=0, max=100), trait("mode"), trait("temperature")
        case "media_player":
            return on_off, trait("volume"), trait("mute"), trait("playback")
        case "vacuum" | "lawn_mower":
            return (trait("cleaning"),)
        case "sensor" if name := measured(entity.device_class, entity.unit):
            return (trait(name),)
        case "binary_sensor" if sign := signalled(entity.device_class, entity.name):
            return (trait(sign),)
        case _:
            return ()


def _controls(entity: Entity, draft: _Draft) -> tuple[Function, ...]:
    language = draft.test.language
    match entity.domain:
        case "scene" | "script":
            name = Label(zh="启动", en="activate")
            called = ("运行", "执行", "run", "start")
            return (Function(id="run", name=name, aliases=called, type=Type.ACTION, actions=(Action.RUN,)),)
        case "vacuum" if draft.areas:
            rooms = tuple(Choice(id=area.id, name=area.name) for area in draft.areas)
            name = Label(zh="清扫区域", en="area to clean")
            return (Function(id="area", name=name, type=Type.CHOICE, actions=(Action.SET,), choices=rooms),)
        case "sensor" if measured(entity.device_class, entity.unit) is None:
            name = Label(zh="读数", en="reading")
            return (Function(id="value", name=name, type=Type.NUMBER, actions=(), unit=entity.unit),)
        case "binary_sensor" if signalled(entity.device_class, entity.name) is None:
            name = _label(entity.name, language)
            return (Function(id="state", name=name, type=Type.BOOL, actions=()),)
        case _:
            return ()


def _state(device: Device, entity: Entity) -> dict[str, Value]:
    state: dict[str, Value] = {}
    if (held := holding(device, entity.state)) is not None:
        state[held.function] = held.value
    for function, value in (("volume", VOLUME), ("brightness", BRIGHTNESS)):
        if device.function(function) is not None:
            state[function] = value
    return state
