"""Entities that are one thing each: switches, sensors, numbers, choices, buttons and texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from homebody.home import controls
from homebody.home.adapters.home_assistant.states import State
from homebody.home.adapters.home_assistant.wires import Call, Subject, Wire, on_or_off, shown
from homebody.home.function import Value
from homebody.home.naming import number_of, slug, visible
from homebody.home.traits import TRAITS

_MEASURES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "temperature": ("temperature", ("°C", "°F")), "humidity": ("humidity", ("%",)),
    "illuminance": ("illuminance", ("lx",)), "power": ("power_draw", ("W", "kW")),
    "battery": ("battery", ("%",)), "pm25": ("pm25", ("µg/m³", "μg/m³")), "carbon_dioxide": ("co2", ("ppm",)),
}  # fmt: skip
_SIGNS: Mapping[str, str] = {
    "door": "contact", "window": "contact", "opening": "contact", "garage_door": "contact",
    "motion": "motion", "moving": "motion", "occupancy": "occupancy", "presence": "occupancy",
    "smoke": "smoke", "gas": "gas", "moisture": "leak",
}  # fmt: skip
_MOST_LENGTH = 255
_MOST_UNIT = 20


def switch(of: Subject) -> Iterator[Wire]:
    """What the device is there for is its power; a switch beside that is a control of its own name."""
    on, off = Call(service=f"{of.domain}.turn_on"), Call(service=f"{of.domain}.turn_off")
    if of.main:
        yield of.power(on_or_off, on, off)
    else:
        yield of.switch(_id(of), of.name, on_or_off, on, off)


def sensor(of: Subject) -> Iterator[Wire]:
    unit = visible(of.state.text("unit_of_measurement"), _MOST_UNIT)
    trait_id, units = _MEASURES.get(of.state.text("device_class"), ("", ()))
    if unit in units:
        factor, offset = {"°F": (5 / 9, -160 / 9), "kW": (1000.0, 0.0)}.get(unit, (1.0, 0.0))

        def told(state: State) -> Value | None:
            number = number_of(state.state)
            return None if number is None else round(number * factor + offset, 6)

        yield of.trait(TRAITS[trait_id], told)
    elif unit or of.state.text("state_class"):
        function = controls.number(
            _id(of), of.name, low=None, high=None, step=0, unit=unit, settable=False, readable=True
        )
        yield Wire(function=function, entity=of.entity, told=lambda state: number_of(state.state))
    else:
        function = controls.text(_id(of), of.name, settable=False, readable=True)
        yield Wire(function=function, entity=of.entity, told=lambda state: shown(state.state))


def binary_sensor(of: Subject) -> Iterator[Wire]:
    if trait_id := _SIGNS.get(of.state.text("device_class")):
        yield of.trait(TRAITS[trait_id], on_or_off)
    else:
        function = controls.switch(_id(of), of.name, settable=False, readable=True)
        yield Wire(function=function, entity=of.entity, told=on_or_off)


def number(of: Subject) -> Iterator[Wire]:
    bounds = of.state.number("min"), of.state.number("max"), max(of.state.number("step") or 0.0, 0.0)
    service = f"{of.domain}.set_value"
    yield of.number(
        _id(of), of.name, bounds, visible(of.state.text("unit_of_measurement"), _MOST_UNIT),
        lambda state: number_of(state.state),
        lambda value, _: Call(service=service, data={"value": float(value)}),
    )  # fmt: skip


def select(of: Subject) -> Iterator[Wire]:
    if options := of.state.words("options"):
        service = f"{of.domain}.select_option"
        yield of.choice(_id(of), of.name, options, lambda state: state.state, service, "option")


def button(of: Subject) -> Iterator[Wire]:
    yield of.action(_id(of), of.name, f"{of.domain}.press")


def text(of: Subject) -> Iterator[Wire]:
    """Passwords are nobody's business here, and what a pattern allows is not known here: it is only read."""
    if of.state.text("mode") == "password":
        return
    most = int(min(max(of.state.number("max") or _MOST_LENGTH, 1), _MOST_LENGTH))
    service = f"{of.domain}.set_value"
    settable = not of.state.text("pattern")
    function = controls.text(_id(of), of.name, settable=settable, readable=True, most=most)
    yield Wire(
        function=function,
        entity=of.entity,
        told=lambda state: shown(state.state),
        say=(lambda value, _: Call(service=service, data={"value": str(value)})) if settable else None,
    )


def _id(of: Subject) -> str:
    return slug(of.name.en or of.name.zh) or slug(of.entity)
