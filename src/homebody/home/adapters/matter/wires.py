"""A function of a device, and the attributes and commands of Matter that it is tied to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from homebody.home.adapters.matter.nodes import Endpoint
from homebody.home.function import Action, Function, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoke:
    """``timed_ms``: the device takes it only within this time after it was announced."""

    cluster: int
    command: str
    payload: Mapping[str, Any]
    timed_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    cluster: int
    attribute: int
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """``told`` reads the state out of an endpoint, None where it is not known; ``read`` are the attributes
    (cluster, attribute) that it looks at. ``asked`` is what to send, None where there is no way."""

    function: Function
    read: tuple[tuple[int, int], ...]
    told: Callable[[Endpoint], Value | None]
    asked: Callable[[Action, Value | None, Endpoint], Invoke | Write | None] = lambda _a, _v, _e: None
