"""Which function of a Zigbee device is which trait."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from homebody.home.adapters.mqtt import codec
from homebody.home.adapters.mqtt.codec import Codec
from homebody.home.adapters.mqtt.exposes import Expose
from homebody.home.adapters.mqtt.wires import Question, Sent, Source, Wire, key, to_key
from homebody.home.function import Action, Choice, Function
from homebody.home.traits import TRAITS, trait
from homebody.home.words import named

MOST_KELVIN = 7000.0
"""Above, one mired is more kelvins than a step of the trait: what is set would not be what is read back."""
_KELVIN_STEP = 50.0
_FAN_LEVELS = ("low", "medium", "high")
_ON_MODES = ("auto", "heat_cool", "heat", "cool", "fan_only", "dry")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a device is spoken to."""

    topic: str

    def wire(self, function: Function, codec_: Codec, expose: Expose, *, write: bool) -> Wire:
        return Wire(
            function=function,
            codec=codec_,
            source=Source(topic=self.topic, pick=key(*expose.path)) if expose.told else None,
            write=to_key(f"{self.topic}/set", *expose.path) if write else None,
            question=Question(topic=f"{self.topic}/get", key=expose.path[0]) if expose.asked else None,
        )

    def sent(self, expose: Expose, raw: Any) -> Sent:
        return to_key(f"{self.topic}/set", *expose.path)(raw)


Make = Callable[[str, Place, Expose, Sequence[Expose]], Wire | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """``within`` empty: a function that stands by itself."""

    trait: str
    names: tuple[str, ...]
    make: Make
    within: frozenset[str]


def trait_wires(exposes: Sequence[Expose], topic: str) -> tuple[list[Wire], set[int]]:
    """The traits of a device, each once, and the places of the exposes that are used up by them."""
    place = Place(topic=topic)
    wires: list[Wire] = []
    used: set[int] = set()
    for rule in _RULES:
        if any(wire.function.id == rule.trait for wire in wires):
            continue
        for name in rule.names:
            candidates = (
                (index, expose)
                for index, expose in enumerate(exposes)
                if expose.name == name and expose.within in rule.within and index not in used
            )
            made = ((index, rule.make(rule.trait, place, expose, exposes)) for index, expose in candidates)
            found = next(((index, wire) for index, wire in made if wire is not None), None)
            if found is not None:
                index, wire = found
                wires.append(wire)
                if rule.trait != "on_off" or exposes[index].name != "system_mode":
                    used.add(index)  # the mode that an on_off is made of is a trait of its own besides
                break
    if any(wire.function.id == "color" for wire in wires):  # the other way to say the same colour
        used |= {index for index, expose in enumerate(exposes) if expose.type == "composite"}
    if any(wire.function.id == "position" for wire in wires):
        used |= {
            index for index, each in enumerate(exposes) if (each.within, each.name) == ("cover", "state")
        }
    return wires, used


def _whole(place: Place, expose: Expose, codec_: Codec, function: Function) -> Wire | None:
    """A trait on one expose; None where the device does not let do with it all that a trait promises."""
    if not expose.told or (function.writable and not expose.settable):
        return None
    return place.wire(function, codec_, expose, write=function.writable)


def _pair(trait_id: str, place: Place, expose: Expose, _all: Sequence[Expose]) -> Wire | None:
    if expose.type != "binary":
        return None
    return _whole(place, expose, codec.Pair(on=expose.on, off=expose.off), TRAITS[trait_id])


def _contact(trait_id: str, place: Place, expose: Expose, _all: Sequence[Expose]) -> Wire | None:
    """Zigbee2MQTT tells true while the halves touch; here true is open."""
    if expose.type != "binary":
        return None
    return _whole(place, expose, codec.Pair(on=False, off=True), TRAITS[trait_id])


def _lock(trait_id: str, place: Place, expose: Expose, _all: Sequence[Expose]) -> Wire | None:
    """A child lock stands under another property, and is none that keeps a door."""
    if expose.type != "binary" or not expose.path[0].startswith("state"):
        return None
    return _whole(place, expose, codec.Pair(on=expose.on, off=expose.off), TRAITS[trait_id])


def _percent(trait_id: str, place: Place, expose: Expose, _all: Sequence[Expose]) -> Wire | None:
    """A number whose greatest value is 100 %, whatever the device counts in."""
    if expose.type != "numeric" or expose.low is None or not expose.high or not 0 <= expose.low < expose.high:
        return None
    factor = 100 / expose.high
    base = TRAITS[trait_id]
    low = max(base.min, round(expose.low * factor, 6))
    step = max(1.0, round((expose.step or 1.0) * factor, 6))
    function = trait(trait_id, min=low, max=100.0, step=step)
    codec_ = codec.Number(factor=factor, whole=True, low=max(expose.low, low / factor), high=expose.high)
    return _whole(place, expose, codec_, function)


def _kelvin(trait_id: str, place: Place, expose: Expose, _all: Sequence[Expose]) -> Wire | None:
    low, high = expose.low, expose.high
    if expose.type != "numeric" or low is None or high is None or low <= 0:
        return None
    least = math.ceil(1e6 / high / _KELVIN_STEP) * _KELVIN_STEP
    most = math.floor(min(1e6 / low, MOST_KELVIN) / _KELVIN_STEP) * _KELVIN_STEP
    if least >= most:
        return None
    function = trait(trait_id, min=least, max=most, step=_KELVIN_STEP)
    return _whole(place, expose, codec.Mired(low=low, high=high), function)


def _color(trait_id: str, place: Place, expose: Expose, _all: Sequence[Expose]) -> Wire | None:
    if expose.type != "composite":
        return None
    return _whole(
        place, expose, codec.Color(form="xy" if expose.name == "color_xy" else "hue"), TRAITS[trait_id]
    )


def _position(trait_id: str, place: Place, expose: Expose, exposes: Sequence[Expose]) -> Wire | None:
    if expose.type != "numeric":
        return None
    wire = _percent(trait_id, place, expose, exposes)
    motor = next((each for each in exposes if (each.within, each.name) == ("cover", "state")), None)
    if wire is None or motor is None or not motor.settable or "STOP" not in motor.values:
        return wire
    return replace(wire, calls={Action.STOP: place.sent(motor, "STOP")})


def _ends(trait_id: str, place: Place, expose: Expose, _all: Sequence[Expose]) -> Wire | None:
    """A curtain that knows only open and closed."""
    words = {Action.OPEN: "OPEN", Action.CLOSE: "CLOSE", Action.STOP: "STOP"}
    if expose.type != "enum" or not {"OPEN", "CLOSE"} <= set(expose.values):
        return None
    if not (expose.told and expose.settable):
        return None
    wire = place.wire(trait(trait_id, step=100.0), codec.Ends(), expose, write=False)
    calls = {way: place.sent(expose, word) for way, word in words.items() if word in expose.values}
    return replace(wire, calls=calls)


def _levels(trait_id: str, place: Place, expose: Expose, exposes: Sequence[Expose]) -> Wire | None:
    raws = tuple(level for level in _FAN_LEVELS if level in expose.values)
    if expose.type != "enum" or len(raws) < 2:
        return _percent(trait_id, place, expose, exposes)
    step = round(100 / len(raws), 6)
    return _whole(place, expose, codec.Levels(raws=raws), trait(trait_id, min=step, max=100.0, step=step))


def _celsius(trait_id: str, place: Place, expose: Expose, _all: Sequence[Expose]) -> Wire | None:
    if expose.type != "numeric" or expose.low is None or expose.high is None:
        return None
    codec_ = _temperature(expose)
    low, high = (round(each * codec_.factor + codec_.offset, 1) for each in (expose.low, expose.high))
    step = (expose.step or 0.5) * codec_.factor
    function = trait(trait_id, min=low, max=high, step=round(step, 2))
    return _whole(place, expose, replace(codec_, low=expose.low, high=expose.high), function)


def _temperature(expose: Expose) -> codec.Number:
    if "F" in expose.unit:
        return codec.Number(factor=5 / 9, offset=-160 / 9)
    return codec.Number()


def _mode(trait_id: str, place: Place, expose: Expose, _all: Sequence[Expose]) -> Wire | None:
    """ "Off" is no mode: it is the switch's."""
    words = tuple(word for word in expose.values if word != "off")
    if expose.type != "enum" or len(words) < 2:
        return None
    base = TRAITS[trait_id]
    choices = tuple(base.choice(word) or Choice(id=word, name=named(word)) for word in words)
    codec_ = codec.Options(ids={word: word for word in words})
    return _whole(place, expose, codec_, trait(trait_id, choices=choices))


def _switched_by_mode(trait_id: str, place: Place, expose: Expose, _all: Sequence[Expose]) -> Wire | None:
    """Something whose mode may be "off" is switched on into its first usual mode."""
    start = next((mode for mode in _ON_MODES if mode in expose.values), None)
    if expose.type != "enum" or "off" not in expose.values or start is None:
        return None
    if not (expose.told and expose.settable):
        return None
    return place.wire(TRAITS[trait_id], codec.Unless(on=start, off="off"), expose, write=True)


def _measure(*units: str) -> Make:
    """A number in one of these units; without any, in whichever."""

    def make(trait_id: str, place: Place, expose: Expose, _all: Sequence[Expose]) -> Wire | None:
        if expose.type != "numeric" or (units and expose.unit not in units):
            return None
        codec_ = _temperature(expose) if trait_id == "temperature" else codec.Number()
        return _whole(place, expose, codec_, TRAITS[trait_id])

    return make


def _rule(trait_id: str, names: str, make: Make, within: str = "") -> _Rule:
    return _Rule(
        trait=trait_id, names=tuple(names.split()), make=make, within=frozenset(within.split() or ("",))
    )


_RULES = (
    _rule("on_off", "state", _pair, "light switch fan"),
    _rule("on_off", "system_mode", _switched_by_mode, "climate"),
    _rule("brightness", "brightness", _percent, "light"),
    _rule("color_temperature", "color_temp", _kelvin, "light"),
    _rule("color", "color_hs color_xy", _color, "light"),
    _rule("lock", "state", _lock, "lock"),
    _rule("position", "position", _position, "cover"),
    _rule("position", "state", _ends, "cover"),
    _rule("fan_speed", "speed mode", _levels, "fan"),
    _rule("thermostat", "occupied_heating_setpoint current_heating_setpoint occupied_cooling_setpoint",
          _celsius, "climate"),
    _rule("mode", "system_mode", _mode, "climate"),
    _rule("temperature", "local_temperature", _measure(), "climate"),
    _rule("temperature", "temperature", _measure()),
    _rule("humidity", "humidity", _measure()),
    _rule("illuminance", "illuminance_lux illuminance", _measure("lx", "lux")),
    _rule("power_draw", "power", _measure("W")),
    _rule("battery", "battery", _measure("%")),
    _rule("pm25", "pm25", _measure()),
    _rule("co2", "co2", _measure()),
    _rule("contact", "contact", _contact),
    _rule("occupancy", "presence occupancy", _pair),
    _rule("motion", "motion", _pair),
    _rule("smoke", "smoke", _pair),
    _rule("gas", "gas", _pair),
    _rule("leak", "water_leak", _pair),
)  # fmt: skip
