"""Typed messages of miIO and MIoT, the middle of three layers: what is said, without how it travels.

A request is ``{"id", "method", "params"}``, its answer ``{"id", "result"}`` or ``{"id", "error"}``. MIoT
numbers what a device has: service (siid), property (piid), action (aiid), event (eiid). Answers to
``get_properties`` and ``set_properties`` have a code for each property.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from homebody.home.adapters.miio.lenient import loads

Raw = bool | int | float | str
"""A value as it stands in a message."""

OK, ACCEPTED = 0, 1
"""Codes of one property or action: done, and taken but not done yet. All others are negative."""
CODES: Mapping[int, str] = {
    -4001: "it cannot be read",
    -4002: "it cannot be written",
    -4003: "the device has no such property, action or event",
    -4004: "the device failed",
    -4005: "the value is not possible",
    -4006: "the action's values are not possible",
    -4007: "it is another device",
}
MAX_TEXT = 2000


class MessageError(ValueError):
    """A payload that says nothing in this protocol."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Point:
    """A property (or, with ``piid`` as aiid, an action) of a device."""

    siid: int
    piid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """``result`` of a request, or its error: ``code`` other than 0, with the device's own ``error``."""

    id: int
    result: Any = None
    code: int = OK
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a device says by itself: ``properties_changed``, ``event_occured`` and others."""

    id: int
    method: str
    params: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyResult:
    point: Point
    code: int
    value: Raw | None = None


def request(id_: int, method: str, params: Any) -> bytes:
    return _encoded({"id": id_, "method": method, "params": params})


def answer(id_: int, result: Any) -> bytes:
    return _encoded({"id": id_, "result": result})


def failure(id_: int, code: int, message: str) -> bytes:
    return _encoded({"id": id_, "error": {"code": code, "message": message}})


def acknowledgement(id_: int) -> bytes:
    """What a device is told after each thing that it said by itself; without it, it says that again."""
    return answer(id_, {"code": OK})


def parse(payload: bytes) -> Reply | Said:
    """What a payload says. Raises ``MessageError``."""
    try:
        data = loads(payload)
    except (ValueError, RecursionError) as error:
        raise MessageError("not JSON, even with patience") from error
    if not isinstance(data, dict) or (id_ := whole(data.get("id"))) is None:
        raise MessageError("no message with an id")
    if isinstance(method := data.get("method"), str):
        return Said(id=id_, method=method[:80], params=data.get("params"))
    if "error" in data:
        told = data["error"]
        code = whole(told.get("code")) if isinstance(told, dict) else None
        words = told.get("message") or told.get("error") if isinstance(told, dict) else told
        return Reply(id=id_, code=code or -1, error=str(words or "an error without words")[:200])
    if "result" not in data:
        raise MessageError("neither a request nor an answer")
    return Reply(id=id_, result=data["result"])


def get_params(did: str, points: Iterable[Point]) -> list[dict[str, Any]]:
    return [{"did": did, "siid": point.siid, "piid": point.piid} for point in points]


def set_params(did: str, values: Mapping[Point, Raw]) -> list[dict[str, Any]]:
    return [
        {"did": did, "siid": point.siid, "piid": point.piid, "value": value}
        for point, value in values.items()
    ]


def action_params(did: str, action: Point, inputs: Sequence[Raw]) -> dict[str, Any]:
    return {"did": did, "siid": action.siid, "aiid": action.piid, "in": list(inputs)}


def property_results(result: Any) -> tuple[PropertyResult, ...]:
    """The properties in an answer or in ``properties_changed``; entries that make no sense are left out."""
    if isinstance(result, dict):
        result = result.get("params", [result])
    return tuple(
        found
        for entry in (result if isinstance(result, list) else ())
        if isinstance(entry, dict) and (found := _property(entry))
    )


def event_results(params: Any) -> tuple[PropertyResult, ...]:
    """The properties that ``event_occured`` tells as its arguments."""
    events = params if isinstance(params, list) else [params]
    found: list[PropertyResult] = []
    for event in events:
        if isinstance(event, dict) and isinstance(arguments := event.get("arguments"), list):
            told = [{**entry, "siid": event.get("siid")} for entry in arguments if isinstance(entry, dict)]
            found += property_results(told)
    return tuple(found)


def code_of(result: Any) -> int:
    """The code in an answer to ``action``; 0 where there is none."""
    if isinstance(result, list) and len(result) == 1:
        result = result[0]
    code = whole(result.get("code")) if isinstance(result, dict) else None
    return OK if code is None else code


def meaning(code: int) -> str:
    return CODES.get(code, f"the device's code is {code}")


def raw_of(value: Any) -> Raw | None:
    """A value out of a message, or None for what no property can have."""
    if isinstance(value, str):
        return value[:MAX_TEXT]
    if isinstance(value, bool | int):
        return value if abs(value) < 2**63 else None
    return value if isinstance(value, float) and math.isfinite(value) else None


def whole(value: Any) -> int | None:
    """An id or a code, which some devices write as a text or as 1.0."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = int(value)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < 2**63 else None


def _property(entry: Mapping[str, Any]) -> PropertyResult | None:
    siid, piid = whole(entry.get("siid")), whole(entry.get("piid"))
    if siid is None or piid is None:
        return None
    code = whole(entry.get("code"))
    value = raw_of(entry.get("value"))
    return PropertyResult(point=Point(siid=siid, piid=piid), code=OK if code is None else code, value=value)


def _encoded(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
