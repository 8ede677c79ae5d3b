"""From an entity to the functions of a device, and from entities that belong together to one device.

An entity such as a light is what its device is there for: `MAIN`. Entities beside it, a sensor or a setting,
become further functions of that device.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from homebody.home import controls
from homebody.home.adapters.home_assistant import air, lights, openings, plain, players
from homebody.home.adapters.home_assistant.states import State
from homebody.home.adapters.home_assistant.wires import Subject, Wire
from homebody.home.function import Action, Function, Type
from homebody.home.naming import free, slug
from homebody.home.traits import TRAITS

Maker = Callable[[Subject], Iterator[Wire]]

MAIN: Mapping[str, Maker] = {
    "lock": openings.lock, "valve": openings.valve, "cover": openings.cover, "light": lights.light,
    "climate": air.climate, "water_heater": air.water_heater, "fan": air.fan, "humidifier": air.humidifier,
    "vacuum": players.vacuum, "media_player": players.media_player, "switch": plain.switch,
    "input_boolean": plain.switch, "siren": plain.switch,
}  # fmt: skip
"""By domain. What keeps people or gas out stands first."""
BESIDE: Mapping[str, Maker] = {
    "sensor": plain.sensor, "binary_sensor": plain.binary_sensor, "number": plain.number,
    "input_number": plain.number, "select": plain.select, "input_select": plain.select,
    "button": plain.button, "input_button": plain.button, "text": plain.text, "input_text": plain.text,
    "switch": plain.switch,
}  # fmt: skip
SENSORS = frozenset({"sensor", "binary_sensor"})
_KINDS: Mapping[str, str] = {
    "lock": "lock", "valve": "valve", "cover": "curtain", "light": "light", "fan": "fan",
    "water_heater": "water_heater", "vacuum": "vacuum", "switch": "switch", "input_boolean": "switch",
    "siren": "alarm", "button": "button", "input_button": "button", "number": "setting",
    "input_number": "setting", "select": "setting", "input_select": "setting", "text": "setting",
    "input_text": "setting",
}  # fmt: skip
_COVERS: Mapping[str, str] = {
    "garage": "garage_door", "gate": "gate", "door": "door", "window": "window", "blind": "blind",
    "shade": "blind", "shutter": "shutter", "awning": "awning",
}  # fmt: skip
_PLAYERS = {"tv": "tv", "speaker": "speaker", "receiver": "speaker"}
_VALVES = {"water": "water_valve", "gas": "gas_valve"}
_SENSORS: Mapping[str, str] = {
    "smoke": "smoke_detector", "gas": "gas_detector", "moisture": "leak_sensor", "motion": "motion_sensor",
    "occupancy": "motion_sensor", "presence": "motion_sensor", "door": "contact_sensor",
    "window": "contact_sensor", "opening": "contact_sensor", "garage_door": "contact_sensor",
}  # fmt: skip
GUARDING = frozenset({"lock", "valve", "alarm_control_panel"})
"""Domains that keep people or gas out: nothing is set on a device that has one, but through itself."""
_GUARDED = frozenset({"garage_door", "gate", "door", "window"})
MOST_FUNCTIONS = 100
"""Of one device."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """``kind`` is what the first of its subjects is."""

    kind: str
    wires: tuple[Wire, ...]

    @property
    def traits(self) -> tuple[Function, ...]:
        return tuple(wire.function for wire in self.wires if wire.function.trait)

    @property
    def controls(self) -> tuple[Function, ...]:
        return tuple(wire.function for wire in self.wires if not wire.function.trait)


def is_main(domain: str, category: str = "") -> bool:
    """``category``: Home Assistant's word for an entity that is a setting, or tells how the device is."""
    return domain in MAIN and not category


def describe(subjects: Iterable[Subject]) -> Described:
    """Functions of several entities under ids that stand once, the first come keeping its own."""
    wires: list[Wire] = []
    kind, taken = "", set[str]()
    for subject in subjects:
        kind = kind or kind_of(subject.state)
        for wire in _wires(subject):
            function = wire.function
            if kind in _GUARDED and not subject.main and function.writable:
                continue  # a button beside a gate may open it, and nobody would be asked
            if function.id in taken:
                function = _as_control(function, subject)
            if not function.trait:
                function = replace(function, id=free(_control_id(function.id), taken))
            taken.add(function.id)
            wires.append(replace(wire, function=function))
    return Described(kind=kind or "sensor", wires=tuple(wires[:MOST_FUNCTIONS]))


def kind_of(state: State) -> str:
    domain, word = state.entity.partition(".")[0], state.text("device_class")
    match domain:
        case "cover" if word in _COVERS:
            return _COVERS[word]
        case "valve" if word in _VALVES:
            return _VALVES[word]
        case "switch" if word == "outlet":
            return "outlet"
        case "media_player":
            return _PLAYERS.get(word, "media_player")
        case "humidifier":
            return "dehumidifier" if word == "dehumidifier" else "humidifier"
        case "climate":
            return "air_conditioner" if "cool" in state.words("hvac_modes") else "thermostat"
        case "binary_sensor":
            return _SENSORS.get(word, "sensor")
    return _KINDS.get(domain, "sensor")


def _wires(subject: Subject) -> Iterator[Wire]:
    make = (MAIN if subject.main else BESIDE).get(subject.domain)
    for wire in make(subject) if make else ():
        yield _unsure(wire) if subject.state.assumed else wire


def _unsure(wire: Wire) -> Wire:
    """Nobody hears what became of it. A switch and a control can be set, and are never read back; what a
    trait does otherwise stays unverified."""
    function = wire.function
    if function.type is Type.BOOL and Action.ON in function.actions:
        function = controls.switch(function.id, function.name, settable=True, readable=False)
    elif not function.trait and function.writable:
        function = replace(function, readable=False)
    return replace(wire, function=function, told=None)


def _as_control(function: Function, subject: Subject) -> Function:
    """What its device measures already, measured a second time: under the name of its entity."""
    id_ = slug(subject.name.en or subject.name.zh) or slug(subject.entity)
    return replace(function, id=id_, name=subject.name, trait=False)


def _control_id(id_: str) -> str:
    """No control bears the id of a trait: it does not promise what the trait does."""
    return f"{id_}_control" if id_ in TRAITS else id_
