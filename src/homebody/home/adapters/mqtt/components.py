"""From the components of discovery messages to traits and controls: which is what, and who makes it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping

from homebody.home import controls
from homebody.home.adapters.mqtt.announced import Announced, AnnouncementError
from homebody.home.adapters.mqtt.making import air, lights, openings, sensing, settings
from homebody.home.adapters.mqtt.making.parts import own_id, switched
from homebody.home.adapters.mqtt.wires import Wire
from homebody.home.words import named

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
    id_, name = own_id(component, base.id), named(component.id, component.name)
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


_MAKERS: Mapping[str, Callable[[Announced], Iterator[Wire]]] = {
    "light": lights.light, "switch": switched, "sensor": sensing.sensor,
    "binary_sensor": sensing.binary_sensor, "cover": openings.cover, "lock": openings.lock,
    "valve": openings.valve, "fan": air.fan, "climate": air.climate, "vacuum": settings.vacuum,
    "number": settings.number, "select": settings.select, "text": settings.text, "button": settings.button,
    "siren": switched, "humidifier": switched,
}  # fmt: skip
