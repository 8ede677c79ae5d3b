"""From the components of discovery messages to traits and controls."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from homebody.home import controls
from homebody.home.adapters.mqtt import codec
from homebody.home.adapters.mqtt.announced import Announced, AnnouncementError
from homebody.home.adapters.mqtt.codec import Codec
from homebody.home.adapters.mqtt.wires import Sent, Source, Wire, Write, key, to_key
from homebody.home.function import Action, Choice, Function
from homebody.home.naming import slug, visible
from homebody.home.traits import TRAITS, trait
from homebody.home.words import named

MIREDS = (153.0, 500.0)
_KELVIN_STEP = 50.0
_MOST_KELVIN = 7000.0
_MEASURES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "temperature": ("temperature", ("°C", "°F")), "humidity": ("humidity", ("%",)),
    "illuminance": ("illuminance", ("lx",)), "power": ("power_draw", ("W",)), "battery": ("battery", ("%",)),
    "pm25": ("pm25", ("µg/m³", "μg/m³")), "carbon_dioxide": ("co2", ("ppm",)),
}  # fmt: skip
_SIGNS: Mapping[str, str] = {
    "door": "contact", "window": "contact", "opening": "contact", "garage_door": "contact",
    "motion": "motion", "occupancy": "occupancy", "presence": "occupancy", "smoke": "smoke", "gas": "gas",
    "moisture": "leak",
}  # fmt: skip
_CLEANING = {"cleaning": "cleaning", "docked": "docked", "paused": "paused", "idle": "stopped"}
_FORMS: Mapping[str, codec.Form] = {"hs": "h", "xy": "xy", "rgb": "rgb"}
_ON_MODES = ("auto", "heat_cool", "heat", "cool", "fan_only", "dry")

KINDS: Mapping[str, str] = {
    "lock": "lock", "valve": "valve", "cover": "curtain", "light": "light", "climate": "air_conditioner",
    "fan": "fan", "vacuum": "vacuum", "humidifier": "humidifier", "switch": "switch", "siren": "alarm",
    "button": "button", "binary_sensor": "sensor", "sensor": "sensor",
}  # fmt: skip
"""What a device is that has such a component, the first that fits: what keeps people or gas out decides how
carefully the whole device is treated."""
_COVERS: Mapping[str, str] = {
    "garage": "garage_door", "gate": "gate", "door": "door", "window": "window", "blind": "blind",
    "shade": "blind", "shutter": "shutter", "awning": "awning",
}  # fmt: skip


def kind_of(component: Announced) -> str:
    """What a device is for the sake of this component."""
    word = component.word("device_class", "")
    if component.platform == "cover" and word in _COVERS:
        return _COVERS[word]
    if component.platform == "switch" and word == "outlet":
        return "outlet"
    return KINDS.get(component.platform, "sensor")


def wires_of(component: Announced) -> Iterator[Wire]:
    """Wires under the ids of traits, or of controls. Raises ``AnnouncementError`` for what cannot be used."""
    make = _MAKERS.get(component.platform)
    if make is None:
        raise AnnouncementError(f"{component.platform} is not known here")
    yield from make(component)


def as_control(wire: Wire, component: Announced) -> Wire:
    """A wire whose trait is taken already, in a device with several of them.

    Raises ``AnnouncementError`` for what keeps people or gas out: as a switch among others, nobody would be
    asked before it is opened.
    """
    base = wire.function
    if base.id in ("lock", "valve"):
        raise AnnouncementError("a second one in the same device")
    settable, readable = wire.write is not None, base.readable
    id_, name = _id(component, base.id), named(component.id, component.name)
    match base.type.value:
        case "bool":
            function = controls.switch(id_, name, settable=settable, readable=readable)
        case "number":
            low, high = (each if math.isfinite(each) else None for each in (base.min, base.max))
            function = controls.number(
                id_, name, low=low, high=high, step=base.step, unit=base.unit, settable=settable,
                readable=readable,
            )  # fmt: skip
        case _:
            function = controls.choice(id_, name, base.choices, settable=settable, readable=readable)
    return Wire(function=function, codec=wire.codec, source=wire.source, write=wire.write)


def _id(component: Announced, more: str = "") -> str:
    return slug(f"{component.id}_{more}" if more else component.id) or slug(component.platform)


def _named(component: Announced) -> Any:
    return named(component.id, component.name)


def _trait(function: Function, coded: Codec, source: Source | None, write: Write | None) -> Iterator[Wire]:
    """A trait, where the device lets do with it all that the trait promises; else nothing."""
    if source is not None and (write is not None or not function.writable):
        yield Wire(function=function, codec=coded, source=source, write=write if function.writable else None)


def _switched(component: Announced, state_template: str = "value_template") -> Iterator[Wire]:
    on, off = component.word("payload_on", "ON"), component.word("payload_off", "OFF")
    told = codec.Told(
        on=component.word("state_on", on), off=component.word("state_off", off), sent_on=on, sent_off=off
    )
    source = component.source("state_topic", state_template)
    write = component.write("command_topic", "command_template")
    if source is None and write is not None:  # nobody tells whether it is on: it can only be said
        function = controls.switch(_id(component), _named(component), settable=True, readable=False)
        yield Wire(function=function, codec=told, write=write)
    yield from _trait(TRAITS["on_off"], told, source, write)


def _light(component: Announced) -> Iterator[Wire]:
    schema = component.word("schema", "basic")
    if schema == "json":
        yield from _json_light(component)
        return
    if schema not in {"basic", "default"}:
        raise AnnouncementError(f"a light of the schema {schema}")
    yield from _switched(component, "state_value_template")
    scale = component.number("brightness_scale", 255.0) or 255.0
    yield from _trait(
        TRAITS["brightness"], _brightness(scale),
        component.source("brightness_state_topic", "brightness_value_template"),
        component.write("brightness_command_topic", "brightness_command_template"),
    )  # fmt: skip
    warmth, coded = _warmth(component)
    yield from _trait(
        warmth, coded, component.source("color_temp_state_topic", "color_temp_value_template"),
        component.write("color_temp_command_topic", "color_temp_command_template"),
    )  # fmt: skip
    if component.keys.get("rgb_command_template") is None:
        yield from _trait(
            TRAITS["color"], codec.RgbText(), component.source("rgb_state_topic", "rgb_value_template"),
            component.write("rgb_command_topic"),
        )  # fmt: skip


def _json_light(component: Announced) -> Iterator[Wire]:
    state, command = component.topic("state_topic"), component.topic("command_topic")
    if command is None:
        raise AnnouncementError("it has no command_topic")

    def of(name: str) -> Source | None:
        return Source(topic=state, pick=key(name)) if state is not None else None

    def lit(name: str) -> Write:
        """With the word that it is on: a light that is off takes no brightness alone."""

        def write(raw: Any, /) -> Sent:
            return to_key(command)({"state": "ON", name: raw})

        return write

    yield from _trait(TRAITS["on_off"], codec.Pair(on="ON", off="OFF"), of("state"), to_key(command, "state"))
    modes = set(component.words("supported_color_modes"))
    if component.keys.get("brightness") is True or modes - {"onoff"}:
        scale = component.number("brightness_scale", 255.0) or 255.0
        yield from _trait(TRAITS["brightness"], _brightness(scale), of("brightness"), lit("brightness"))
    if "color_temp" in modes:
        warmth, coded = _warmth(component)
        yield from _trait(warmth, coded, of("color_temp"), lit("color_temp"))
    form = next((form for mode, form in _FORMS.items() if mode in modes), None)
    if form is not None:
        yield from _trait(TRAITS["color"], codec.Color(form=form), of("color"), lit("color"))


def _brightness(scale: float) -> Codec:
    if scale <= 0:
        raise AnnouncementError("its brightness has no scale")
    return codec.Number(factor=100 / scale, whole=True, low=0.0, high=scale)


def _warmth(component: Announced) -> tuple[Function, Codec]:
    if component.keys.get("color_temp_kelvin") is True:
        low = component.number("min_kelvin", 2000.0) or 2000.0
        high = component.number("max_kelvin", 6500.0) or 6500.0
        coded: Codec = codec.Number(whole=True, low=low, high=high)
    else:
        mireds = component.number("min_mireds", MIREDS[0]), component.number("max_mireds", MIREDS[1])
        least, most = (
            each if each and each > 0 else usual for each, usual in zip(mireds, MIREDS, strict=True)
        )
        low, high, coded = 1e6 / most, 1e6 / least, codec.Mired(low=least, high=most)
    bottom = math.ceil(low / _KELVIN_STEP) * _KELVIN_STEP
    top = math.floor(min(high, _MOST_KELVIN) / _KELVIN_STEP) * _KELVIN_STEP
    if bottom >= top:
        raise AnnouncementError("its color temperature has no range")
    return trait("color_temperature", min=bottom, max=top, step=_KELVIN_STEP), coded


def _sensor(component: Announced) -> Iterator[Wire]:
    source = component.source("state_topic", "value_template")
    if source is None:
        raise AnnouncementError("it has no state_topic")
    unit = visible(component.word("unit_of_measurement", ""), 20)
    trait_id, units = _MEASURES.get(component.word("device_class", ""), ("", ()))
    if unit in units:
        coded = codec.Number(factor=5 / 9, offset=-160 / 9) if unit == "°F" else codec.Number()
        yield Wire(function=TRAITS[trait_id], codec=coded, source=source)
        return
    id_, name = _id(component), _named(component)
    if unit:
        function = controls.number(
            id_, name, low=None, high=None, step=0, unit=unit, settable=False, readable=True
        )
        yield Wire(function=function, codec=codec.Number(), source=source)
    else:
        function = controls.text(id_, name, settable=False, readable=True)
        yield Wire(function=function, codec=codec.Words(), source=source)


def _binary_sensor(component: Announced) -> Iterator[Wire]:
    source = component.source("state_topic", "value_template")
    if source is None:
        raise AnnouncementError("it has no state_topic")
    on, off = component.word("payload_on", "ON"), component.word("payload_off", "OFF")
    sign = _SIGNS.get(component.word("device_class", ""))
    function = (
        TRAITS[sign]
        if sign
        else controls.switch(_id(component), _named(component), settable=False, readable=True)
    )
    yield Wire(function=function, codec=codec.Told(on=on, off=off, sent_on=on, sent_off=off), source=source)


def _cover(component: Announced) -> Iterator[Wire]:
    command = component.topic("command_topic")
    ways = {Action.OPEN: "OPEN", Action.CLOSE: "CLOSE", Action.STOP: "STOP"}
    calls = {
        way: Sent(topic=command, data=component.word(f"payload_{way.value}", word))
        for way, word in ways.items()
        if command is not None
    }
    place = component.source("position_topic", "position_template")
    opened, closed = component.number("position_open", 100.0), component.number("position_closed", 0.0)
    assert opened is not None and closed is not None
    if place is not None and opened != closed:
        factor = 100 / (opened - closed)
        coded: Codec = codec.Number(
            factor=factor, offset=-closed * factor, whole=True, low=min(opened, closed),
            high=max(opened, closed),
        )  # fmt: skip
        write = component.write("set_position_topic", "set_position_template")
        if write is None and command is None:
            raise AnnouncementError("it cannot be moved")
        # with a way to say any place, open and closed are places too: what comes back can be compared
        stop = {way: sent for way, sent in calls.items() if write is None or way is Action.STOP}
        yield Wire(function=TRAITS["position"], codec=coded, source=place, write=write, calls=stop)
        return
    source = component.source("state_topic", "value_template")
    if source is None or command is None:
        raise AnnouncementError("it does not tell whether it is open")
    ends = codec.Ends(
        opened=(component.word("state_open", "open"),), closed=(component.word("state_closed", "closed"),)
    )
    yield Wire(function=trait("position", step=100.0), codec=ends, source=source, calls=calls)


def _lock(component: Announced) -> Iterator[Wire]:
    locked = codec.Told(
        on=component.word("state_locked", "LOCKED"), off=component.word("state_unlocked", "UNLOCKED"),
        sent_on=component.word("payload_lock", "LOCK"), sent_off=component.word("payload_unlock", "UNLOCK"),
    )  # fmt: skip
    if component.keys.get("code_format") is not None:
        raise AnnouncementError("a lock that wants a code")
    yield from _trait(
        TRAITS["lock"], locked, component.source("state_topic", "value_template"),
        component.write("command_topic", "command_template"),
    )  # fmt: skip


def _valve(component: Announced) -> Iterator[Wire]:
    if component.keys.get("reports_position") is True:
        raise AnnouncementError("a valve that tells its position")
    opened = codec.Told(
        on=component.word("state_open", "open"), off=component.word("state_closed", "closed"),
        sent_on=component.word("payload_open", "OPEN"), sent_off=component.word("payload_close", "CLOSE"),
    )  # fmt: skip
    yield from _trait(
        TRAITS["valve"], opened, component.source("state_topic", "value_template"),
        component.write("command_topic", "command_template"),
    )  # fmt: skip


_FINEST = 0.001
"""Percent: a fan that claims more speeds is set in steps of this."""


def _fan(component: Announced) -> Iterator[Wire]:
    yield from _switched(component, "state_value_template")
    low, high = component.number("speed_range_min", 1.0), component.number("speed_range_max", 100.0)
    if low is None or high is None or not 0 < low < high:
        return
    step = 100 / (high - low + 1)
    # the lowest speed is one step, and nought is off (Home Assistant's own reckoning)
    coded = codec.Number(factor=step, offset=-(low - 1) * step, whole=True, low=low, high=high)
    shown = max(round(step, 6), _FINEST)
    function = trait("fan_speed", min=shown, max=100.0, step=shown)
    yield from _trait(
        function, coded, component.source("percentage_state_topic", "percentage_value_template"),
        component.write("percentage_command_topic", "percentage_command_template"),
    )  # fmt: skip


def _climate(component: Announced) -> Iterator[Wire]:
    low, high = component.number("min_temp", 7.0), component.number("max_temp", 35.0)
    if component.word("temperature_unit", "C") == "C" and low is not None and high is not None and low < high:
        function = trait("thermostat", min=low, max=high, step=abs(component.number("temp_step", 1.0) or 1.0))
        yield from _trait(
            function, codec.Number(low=low, high=high),
            component.source("temperature_state_topic", "temperature_state_template"),
            component.write("temperature_command_topic", "temperature_command_template"),
        )  # fmt: skip
        measured = component.source("current_temperature_topic", "current_temperature_template")
        yield from _trait(TRAITS["temperature"], codec.Number(), measured, None)
    modes = component.words("modes") or ("auto", "off", "cool", "heat", "dry", "fan_only")
    source = component.source("mode_state_topic", "mode_state_template")
    write = component.write("mode_command_topic", "mode_command_template")
    start = next((mode for mode in _ON_MODES if mode in modes), None)
    if "off" in modes and start is not None:
        yield from _trait(TRAITS["on_off"], codec.Unless(on=start, off="off"), source, write)
    words = tuple(mode for mode in modes if mode != "off")
    if len(words) > 1:
        choices = tuple(
            TRAITS["mode"].choice(word) or Choice(id=slug(word) or f"mode_{index}", name=named(word))
            for index, word in enumerate(words)
        )
        ids = {word: choice.id for word, choice in zip(words, choices, strict=True)}
        if len(set(ids.values())) == len(ids):
            yield from _trait(trait("mode", choices=choices), codec.Options(ids=ids), source, write)


def _vacuum(component: Announced) -> Iterator[Wire]:
    state, command = component.topic("state_topic"), component.topic("command_topic")
    if state is None or command is None:
        raise AnnouncementError("it does not tell what it does, or cannot be told")
    ways = {Action.START: ("start", "start"), Action.PAUSE: ("pause", "pause"), Action.STOP: ("stop", "stop"),
            Action.DOCK: ("return_to_base", "return_to_base")}  # fmt: skip
    calls = {way: Sent(topic=command, data=component.word(f"payload_{name}", word))
             for way, (name, word) in ways.items()}  # fmt: skip
    source = Source(topic=state, pick=key("state"))
    yield Wire(function=TRAITS["cleaning"], codec=codec.Options(ids=_CLEANING), source=source, calls=calls)


def _number(component: Announced) -> Iterator[Wire]:
    low, high = component.number("min", 1.0), component.number("max", 100.0)
    step = abs(component.number("step", 1.0) or 1.0)
    if low is None or high is None or low >= high:
        raise AnnouncementError("a number without a range")
    source = component.source("state_topic", "value_template")
    write = component.write("command_topic", "command_template")
    function = controls.number(
        _id(component), _named(component), low=low, high=high, step=step,
        unit=visible(component.word("unit_of_measurement", ""), 20), settable=write is not None,
        readable=source is not None,
    )  # fmt: skip
    yield Wire(function=function, codec=codec.Number(low=low, high=high), source=source, write=write)


def _select(component: Announced) -> Iterator[Wire]:
    options = component.words("options")
    if not options:
        raise AnnouncementError("a choice of nothing")
    ids, choices = controls.choices_of(options)
    source = component.source("state_topic", "value_template")
    write = component.write("command_topic", "command_template")
    function = controls.choice(
        _id(component), _named(component), choices, settable=write is not None, readable=source is not None
    )
    yield Wire(function=function, codec=codec.Options(ids=ids), source=source, write=write)


def _text(component: Announced) -> Iterator[Wire]:
    most = int(min(max(component.number("max", 200.0) or 200.0, 1.0), 200.0))
    source = component.source("state_topic", "value_template")
    write = component.write("command_topic", "command_template")
    function = controls.text(
        _id(component), _named(component), settable=write is not None, readable=source is not None, most=most
    )
    yield Wire(function=function, codec=codec.Words(most=most), source=source, write=write)


def _button(component: Announced) -> Iterator[Wire]:
    write = component.write("command_topic", "command_template")
    if write is None:
        raise AnnouncementError("it has no command_topic")
    sent = write(component.word("payload_press", "PRESS"))
    function = controls.action(_id(component), _named(component))
    yield Wire(function=function, codec=codec.Words(), calls={Action.RUN: sent})


_MAKERS: Mapping[str, Callable[[Announced], Iterator[Wire]]] = {
    "light": _light, "switch": _switched, "sensor": _sensor, "binary_sensor": _binary_sensor,
    "cover": _cover, "lock": _lock, "valve": _valve, "fan": _fan, "climate": _climate, "vacuum": _vacuum,
    "number": _number, "select": _select, "text": _text, "button": _button, "siren": _switched,
    "humidifier": _switched,
}  # fmt: skip
