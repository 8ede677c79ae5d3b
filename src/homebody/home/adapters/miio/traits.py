"""Which property of which service is which trait."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from homebody.home.adapters.miio import codec
from homebody.home.adapters.miio.message import Point
from homebody.home.adapters.miio.spec import Option, Property, Service, Spec, SpecAction
from homebody.home.adapters.miio.wires import Call, Wire, number_codec, option_ids
from homebody.home.adapters.miio.words import option_name
from homebody.home.colors import COLORS
from homebody.home.function import Action, Choice
from homebody.home.traits import TRAITS, trait

Make = Callable[[str, "_Place", Property], Wire | None]

_MODES: Mapping[str, str] = {
    "auto": "auto", "cool": "cool", "cooling": "cool", "heat": "heat", "heating": "heat", "dry": "dry",
    "dehumidify": "dry", "dehumidification": "dry", "fan": "fan_only", "wind": "fan_only",
    "fan only": "fan_only", "fan_only": "fan_only",
}  # fmt: skip
_CLEANING: Mapping[str, str] = {
    "sweeping": "cleaning", "cleaning": "cleaning", "sweeping and mopping": "cleaning", "mopping": "cleaning",
    "paused": "paused", "idle": "stopped", "sleep": "stopped", "charging": "docked", "docked": "docked",
    "charging completed": "docked", "fully charged": "docked",
}  # fmt: skip
_PLAYING: Mapping[str, str] = {
    "playing": "playing", "play": "playing", "pause": "paused", "paused": "paused", "idle": "stopped",
    "stop": "stopped", "stopped": "stopped",
}  # fmt: skip


Use = tuple[bool, Point]
"""A point that is used: True for an action, whose numbers are not those of properties."""


def trait_wires(spec: Spec) -> tuple[list[Wire], set[Use]]:
    """The traits of a description, and the points that they use. Each trait is given once: to the service
    that the device is named for, else to the first that has it."""
    services = sorted(spec.services, key=lambda service: service.kind != spec.kind)
    wires: list[Wire] = []
    for rule in _RULES:
        found = (rule.make(rule.trait, *each) for each in rule.candidates(services, spec.kind))
        if wire := next(filter(None, found), None):
            wires.append(wire)
    used = {use for wire in wires for use in _uses(wire)}
    if any(wire.function.id == "on_off" for wire in wires):  # and so can be toggled already
        used |= {(True, each.point) for service in services for each in service.actions
                 if each.kind == "toggle" and service.kind == spec.kind}  # fmt: skip
    return wires, used


def _uses(wire: Wire) -> Iterator[Use]:
    yield from ((False, point) for point in (wire.read, wire.write) if point is not None)
    yield from ((call.action, call.point) for call in wire.calls.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a property stands: in a service, among the device's others."""

    service: Service
    services: tuple[Service, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """``services`` limits where the property is looked for; empty: in the device's main service."""

    trait: str
    kinds: tuple[str, ...]
    make: Make
    services: frozenset[str] = field(default_factory=frozenset)

    def candidates(self, services: list[Service], main: str) -> Iterator[tuple[_Place, Property]]:
        for service in services:
            if service.kind in self.services if self.services else service.kind == main:
                place = _Place(service=service, services=tuple(services))
                for kind in self.kinds:
                    yield from ((place, each) for each in service.properties if each.kind == kind)


def _wire(trait_id: str, property_: Property, codec_: codec.Codec, **narrowed: object) -> Wire | None:
    """A trait on one property; None where the device does not let do with it all that a trait promises: then
    it is a control, which says so."""
    function = trait(trait_id, **narrowed) if narrowed else TRAITS[trait_id]  # type: ignore[arg-type]
    if not property_.readable or (function.writable and not property_.writable):
        return None
    write = property_.point if function.writable else None
    return Wire(function=function, codec=codec_, read=property_.point, write=write)


def _switch(trait_id: str, _at: _Place, property_: Property) -> Wire | None:
    return _wire(trait_id, property_, codec.Truth()) if property_.format == "bool" else None


def _percent(trait_id: str, _at: _Place, property_: Property) -> Wire | None:
    """A number whose greatest value is 100 %, whatever the device counts in."""
    if property_.low is None or not property_.high or property_.low < 0 or property_.options:
        return None
    factor = 100 / property_.high
    step = max(property_.step * factor, 1.0)
    least = round(property_.low * factor, 6)
    return _wire(trait_id, property_, number_codec(property_, factor), min=least, max=100.0, step=step)


def _levels(trait_id: str, at: _Place, property_: Property) -> Wire | None:
    """Levels, or a percentage. A level of no wind is the switch's to set, and an automatic one the mode's."""
    if not property_.options:
        if property_.whole and property_.high is not None and 0 < property_.high <= 10:
            raws = tuple(range(max(int(property_.low or 0), 1), int(property_.high) + 1))
            return _stepped(trait_id, property_, raws)
        return _percent(trait_id, at, property_)
    levels = [
        each for each in property_.options if (each.name.en or each.name.zh).lower() not in ("auto", "off")
    ]
    return _stepped(trait_id, property_, tuple(sorted(option.raw for option in levels)))


def _stepped(trait_id: str, property_: Property, raws: tuple[int, ...]) -> Wire | None:
    if not raws:
        return None
    step = round(100 / len(raws), 6)
    return _wire(trait_id, property_, codec.Levels(raws=raws), min=step, max=100.0, step=step)


def _number_in(unit: str) -> Make:
    """A number in a unit that is the trait's own."""

    def make(trait_id: str, _at: _Place, property_: Property) -> Wire | None:
        if property_.unit != unit or property_.low is None or property_.options:
            return None
        return _wire(
            trait_id,
            property_,
            number_codec(property_),
            min=property_.low,
            max=property_.high,
            step=property_.step or TRAITS[trait_id].step,
        )

    return make


def _measure(trait_id: str, _at: _Place, property_: Property) -> Wire | None:
    if property_.options or property_.format in ("bool", "string", "hex"):
        return None
    return _wire(trait_id, property_, codec.Number(whole=property_.whole))


def _sign(inverted: bool = False) -> Make:
    def make(trait_id: str, _at: _Place, property_: Property) -> Wire | None:
        if property_.format != "bool":
            return None
        return _wire(trait_id, property_, codec.Truth(inverted=inverted))

    return make


def _color(trait_id: str, _at: _Place, property_: Property) -> Wire | None:
    """A colour as one number, where all that have a name are within its bounds."""
    low, high = property_.low, property_.high
    if not property_.whole or property_.options or low is None or high is None:
        return None
    if low > min(COLORS.values()) or high < max(COLORS.values()) or property_.step > 1:
        return None
    return _wire(trait_id, property_, codec.Rgb())


def _mode(trait_id: str, _at: _Place, property_: Property) -> Wire | None:
    if len(property_.options) < 2:
        return None
    words = option_ids(property_.options)
    ids = {raw: _MODES.get(word.replace("_", " "), word) for raw, word in words.items()}
    if len(set(ids.values())) < len(ids):
        ids = dict(words)
    known = {choice.id: choice for choice in TRAITS["mode"].choices}
    choices = tuple(
        known.get(ids[option.raw]) or Choice(id=ids[option.raw], name=option_name(option))
        for option in property_.options
    )
    return _wire(trait_id, property_, codec.Options(ids=ids), choices=choices)


def _position(trait_id: str, at: _Place, property_: Property) -> Wire | None:
    """Where it is, where it shall be, and the motor that is told to stop."""
    if property_.high is None or property_.low is None or property_.options or not property_.writable:
        return None
    if not 0 <= property_.low < property_.high <= 100:
        return None
    current = next((each for each in at.service.properties if each.kind == "current-position"), property_)
    function = trait(trait_id, min=property_.low, max=property_.high, step=property_.step)
    stop = _stop(at.service)
    actions = tuple(each for each in function.actions if each is not Action.STOP or stop is not None)
    return Wire(
        function=replace(function, actions=actions),
        codec=number_codec(property_),
        read=current.point,
        write=property_.point,
        calls={} if stop is None else {Action.STOP: stop},
    )


def _stop(service: Service) -> Call | None:
    motor = next((each for each in service.properties if each.kind == "motor-control"), None)
    for option in motor.options if motor is not None and motor.writable else ():
        if (option.name.en or option.name.zh).lower() in (
            "stop",
            "pause",
            "停止",
            "暂停",
        ) and motor is not None:
            return Call(point=motor.point, values=(option.raw,))
    return None


def _word(option: Option) -> str:
    return (option.name.en or option.name.zh).lower()


def _meanings(options: tuple[Option, ...], table: Mapping[str, str]) -> Mapping[int, str]:
    words = ((option.raw, _word(option)) for option in options)
    return {raw: table[word] for raw, word in words if word in table}


def _run(table: Mapping[str, str], ways: Mapping[Action, tuple[str, ...]]) -> Make:
    """A state that is read, and actions that lead to it."""

    def make(trait_id: str, at: _Place, property_: Property) -> Wire | None:
        meanings = _meanings(property_.options, table)
        calls = {
            action: Call(point=way.point, action=True)
            for action, kinds in ways.items()
            if (way := _way(at, kinds))
        }
        if not meanings or not calls or not property_.readable:
            return None
        function = TRAITS[trait_id]
        return Wire(
            function=replace(function, actions=tuple(each for each in function.actions if each in calls)),
            codec=codec.Options(ids=meanings),
            read=property_.point,
            calls=calls,
        )

    return make


def _way(at: _Place, kinds: tuple[str, ...]) -> SpecAction | None:
    """The first of these actions without inputs, of this service or another: docking is the battery's."""
    for service in (at.service, *at.services):
        for action in service.actions:
            if action.kind in kinds and not action.inputs:
                return action
    return None


_cleaning = _run(_CLEANING, {
    Action.START: ("start-sweep", "start-sweep-mop", "start"), Action.PAUSE: ("pause-sweeping", "pause"),
    Action.STOP: ("stop-sweeping", "stop"), Action.DOCK: ("start-charge", "stop-and-gocharge"),
})  # fmt: skip
_playback = _run(_PLAYING, {
    Action.PLAY: ("play",), Action.PAUSE: ("pause",), Action.STOP: ("stop",), Action.NEXT: ("next",),
    Action.PREVIOUS: ("previous",),
})  # fmt: skip


def _rule(trait_id: str, kinds: str, make: Make, services: str = "") -> _Rule:
    return _Rule(trait=trait_id, kinds=tuple(kinds.split()), make=make, services=frozenset(services.split()))


_AIR = "environment temperature-humidity-sensor indoor-temperature air-conditioner thermostat heater"
_RULES = (
    _rule("on_off", "on", _switch),
    _rule("brightness", "brightness", _percent, "light"),
    _rule("color_temperature", "color-temperature", _number_in("kelvin"), "light"),
    _rule("color", "color", _color, "light"),
    _rule("thermostat", "target-temperature", _number_in("celsius")),
    _rule("mode", "mode", _mode),
    _rule("fan_speed", "stepless-fan-level speed-level fan-level", _levels,
          "fan fan-control air-purifier air-conditioner hood air-fresh"),
    _rule("position", "target-position", _position, "curtain window-opener airer"),
    _rule("volume", "volume", _percent, "speaker"),
    _rule("mute", "mute", _switch, "speaker"),
    _rule("playback", "playing-state", _playback, "play-control"),
    _rule("cleaning", "status", _cleaning, "vacuum"),
    _rule("temperature", "temperature indoor-temperature", _measure, _AIR),
    _rule("humidity", "relative-humidity", _measure, f"{_AIR} humidifier dehumidifier"),
    _rule("illuminance", "illumination", _measure, "illumination-sensor environment motion-sensor"),
    _rule("power_draw", "electric-power", _measure, "power-consumption outlet switch"),
    _rule("battery", "battery-level", _measure, "battery"),
    _rule("pm25", "pm2.5-density", _measure, "environment"),
    _rule("co2", "co2-density", _measure, "environment"),
    _rule("contact", "contact-state", _sign(inverted=True), "magnet-sensor"),  # true: the halves touch
    _rule("motion", "motion-state", _sign(), "motion-sensor"),
    _rule("occupancy", "occupancy-status", _sign(), "occupancy-sensor"),
    _rule("leak", "submersion-state", _sign(), "submersion-sensor"),
)  # fmt: skip
