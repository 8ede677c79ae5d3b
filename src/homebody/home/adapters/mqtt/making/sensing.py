"""What is measured and noticed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from homebody.home import controls
from homebody.home.adapters.mqtt import codec
from homebody.home.adapters.mqtt.announced import Announced, AnnouncementError
from homebody.home.adapters.mqtt.making.parts import own_id, own_name
from homebody.home.adapters.mqtt.wires import Wire
from homebody.home.naming import visible
from homebody.home.traits import TRAITS

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


def sensor(component: Announced) -> Iterator[Wire]:
    source = component.source("state_topic", "value_template")
    if source is None:
        raise AnnouncementError("it has no state_topic")
    unit = visible(component.word("unit_of_measurement", ""), 20)
    trait_id, units = _MEASURES.get(component.word("device_class", ""), ("", ()))
    if unit in units:
        coded = codec.Number(factor=5 / 9, offset=-160 / 9) if unit == "°F" else codec.Number()
        yield Wire(function=TRAITS[trait_id], codec=coded, source=source)
        return
    id_, name = own_id(component), own_name(component)
    if unit:
        function = controls.number(
            id_, name, low=None, high=None, step=0, unit=unit, settable=False, readable=True
        )
        yield Wire(function=function, codec=codec.Number(), source=source)
    else:
        function = controls.text(id_, name, settable=False, readable=True)
        yield Wire(function=function, codec=codec.Words(), source=source)


def binary_sensor(component: Announced) -> Iterator[Wire]:
    source = component.source("state_topic", "value_template")
    if source is None:
        raise AnnouncementError("it has no state_topic")
    on, off = component.word("payload_on", "ON"), component.word("payload_off", "OFF")
    sign = _SIGNS.get(component.word("device_class", ""))
    function = (
        TRAITS[sign]
        if sign
        else controls.switch(own_id(component), own_name(component), settable=False, readable=True)
    )
    yield Wire(function=function, codec=codec.Told(on=on, off=off, sent_on=on, sent_off=off), source=source)
