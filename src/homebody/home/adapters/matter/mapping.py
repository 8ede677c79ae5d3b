"""An endpoint of a Matter node as a device of a home: its kind, and its functions with their wires."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from homebody.home.adapters.matter.clusters import LEVEL, MAKERS, ON_OFF
from homebody.home.adapters.matter.nodes import Endpoint
from homebody.home.adapters.matter.wires import Wire

_KINDS: Mapping[int, str] = {
    0x000A: "lock", 0x0042: "water_valve", 0x0100: "light", 0x0101: "light", 0x010C: "light", 0x010D: "light",
    0x010A: "outlet", 0x010B: "outlet", 0x0202: "curtain", 0x0301: "thermostat", 0x0072: "air_conditioner",
    0x002B: "fan", 0x002D: "air_purifier", 0x0015: "contact_sensor", 0x0043: "leak_sensor",
    0x0076: "smoke_detector", 0x0107: "motion_sensor", 0x0302: "sensor", 0x0307: "sensor", 0x0106: "sensor",
    0x002C: "sensor",
}  # fmt: skip
"""By device type. A type that is not here is a device of no known kind, and works all the same."""
_LIT = frozenset({"light"})
_GUARDING = frozenset({"lock", "valve"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    kind: str
    wires: tuple[Wire, ...]


def describe(endpoint: Endpoint) -> Described:
    """No wires: there is nothing here that a home could use."""
    types = endpoint.node.types(endpoint.number)
    kind = next((word for number, word in _KINDS.items() if number in types), "device")
    wires: dict[str, Wire] = {}
    for cluster, make in MAKERS:
        if not any(path.startswith(f"{endpoint.number}/{cluster}/") for path in endpoint.node.attributes):
            continue
        if cluster == LEVEL and kind not in _LIT:
            continue  # a level is brightness for what shines, and anything else for others
        for wire in make(endpoint):
            wires.setdefault(wire.function.id, wire)
    if _GUARDING & wires.keys():  # beside a lock nothing is set
        wires = {id_: wire for id_, wire in wires.items() if id_ in _GUARDING or not wire.function.writable}
    if not wires.keys() - {"battery"}:
        return Described(kind=kind, wires=())
    return Described(kind="switch" if kind == "device" and _only_switched(wires) else kind,
                     wires=tuple(wires.values()))  # fmt: skip


def _only_switched(wires: Mapping[str, Wire]) -> bool:
    return any((ON_OFF, 0) in wire.read for wire in wires.values()) and len(wires) == 1
