"""What a simulated device is, without its network: properties with their values, and actions.

Each property and action of a request is answered with a code of its own, as real devices do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from homebody.home.adapters.miio.message import OK, Point, Raw, raw_of, whole
from homebody.home.adapters.miio.spec import Property, Spec, SpecAction

_UNREADABLE, _UNWRITABLE, _UNKNOWN, _IMPOSSIBLE, _BAD_INPUT = -4001, -4002, -4003, -4005, -4006


class Body:
    """``carry_out`` sets a property and ``run`` runs an action; both give the code that is answered."""

    def __init__(
        self,
        spec: Spec,
        carry_out: Callable[[Point, Raw], int],
        run: Callable[[SpecAction, tuple[Any, ...]], int],
    ) -> None:
        self.properties = {each.point: each for service in spec.services for each in service.properties}
        self._actions = {each.point: each for service in spec.services for each in service.actions}
        self.state: dict[Point, Raw] = {
            point: _resting(each) for point, each in self.properties.items() if each.readable
        }
        self._carry_out = carry_out
        self._run = run

    def get(self, entry: Any) -> dict[str, Any]:
        point, told = self._told(entry)
        property_ = self.properties.get(point)
        if told["code"] == OK:
            if property_ is None:
                told["code"] = _UNKNOWN
            elif not property_.readable:
                told["code"] = _UNREADABLE
            else:
                told["value"] = self.state[point]
        return told

    def set(self, entry: Any) -> dict[str, Any]:
        point, told = self._told(entry)
        property_ = self.properties.get(point)
        if told["code"] != OK:
            return told
        if property_ is None:
            told["code"] = _UNKNOWN
        elif not property_.writable:
            told["code"] = _UNWRITABLE
        elif (value := raw_of(entry.get("value"))) is None or not possible(property_, value):
            told["code"] = _IMPOSSIBLE
        else:
            told["code"] = self._carry_out(point, value)
        return told

    def act(self, params: Mapping[str, Any]) -> dict[str, Any]:
        point = Point(siid=whole(params.get("siid")) or 0, piid=whole(params.get("aiid")) or 0)
        told = {"did": params.get("did"), "siid": point.siid, "aiid": point.piid, "code": OK}
        inputs = params.get("in")
        action = self._actions.get(point)
        if action is None:
            told["code"] = _UNKNOWN
        elif not isinstance(inputs, list) or not self._takes(point.siid, action.inputs, inputs):
            told["code"] = _BAD_INPUT
        else:
            told["code"] = self._run(action, tuple(inputs))
        return told

    def _takes(self, siid: int, wanted: tuple[int, ...], inputs: list[Any]) -> bool:
        """Whether an action's inputs are possible; they come as values, or as ``{"piid", "value"}``."""
        values = [each.get("value") if isinstance(each, dict) else each for each in inputs]
        if len(values) != len(wanted):
            return False
        for piid, value in zip(wanted, values, strict=True):
            property_ = self.properties.get(Point(siid=siid, piid=piid))
            raw = raw_of(value)
            if property_ is None or raw is None or not possible(property_, raw):
                return False
        return True

    def _told(self, entry: Any) -> tuple[Point, dict[str, Any]]:
        """The point that an entry asks for, and the beginning of what is answered to it."""
        entry = entry if isinstance(entry, dict) else {}
        point = Point(siid=whole(entry.get("siid")) or 0, piid=whole(entry.get("piid")) or 0)
        return point, {"did": entry.get("did"), "siid": point.siid, "piid": point.piid, "code": OK}


def possible(property_: Property, value: Raw) -> bool:
    """Whether a device takes this value: its format, its bounds, its list."""
    if property_.options:
        return not isinstance(value, bool) and any(option.raw == value for option in property_.options)
    match property_.format:
        case "bool":
            return isinstance(value, bool)
        case "string" | "hex":
            return isinstance(value, str)
    if isinstance(value, bool | str) or (property_.whole and not isinstance(value, int)):
        return False
    low, high = property_.low, property_.high
    return (low is None or value >= low) and (high is None or value <= high)


def _resting(property_: Property) -> Raw:
    if property_.options:
        return property_.options[0].raw
    match property_.format:
        case "bool":
            return False
        case "string" | "hex":
            return ""
    low = property_.low or 0.0
    return int(low) if property_.whole else low
