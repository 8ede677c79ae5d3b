"""One function of a device, and the way to it over MIoT."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from homebody.home.adapters.miio import codec
from homebody.home.adapters.miio.codec import Codec
from homebody.home.adapters.miio.message import Point, Raw
from homebody.home.adapters.miio.spec import Option, Property
from homebody.home.function import Action, Function, Value
from homebody.home.naming import free, slug


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What is sent: a property to set to ``values[0]``, or with ``action`` an action with these inputs."""

    point: Point
    values: tuple[Raw, ...] = ()
    action: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """``read`` is where the state is, ``write`` where it is set (or with ``invokes``, the action that takes
    it as its input); ``calls`` is for actions of the function that have a way of their own."""

    function: Function
    codec: Codec
    read: Point | None = None
    write: Point | None = None
    invokes: bool = False
    calls: Mapping[Action, Call] = field(default_factory=dict)

    def call(self, action: Action, value: Value | None) -> Call | None:
        """What to send for an action of this function; None where there is no way."""
        if action in self.calls:
            return self.calls[action]
        wanted = value if action is Action.SET else self.function.effect(action)
        if self.write is None or wanted is None:
            return None
        return Call(point=self.write, values=(self.codec.encode(wanted),), action=self.invokes)


def number_codec(property_: Property, factor: float = 1.0) -> codec.Number:
    return codec.Number(
        factor=factor,
        whole=property_.whole,
        low=0.0 if property_.low is None else property_.low,
        high=math.inf if property_.high is None else property_.high,
        step=property_.step,
    )


def option_ids(options: tuple[Option, ...]) -> Mapping[int, str]:
    """A word for each option, by its raw value; no word twice."""
    taken: set[str] = set()
    ids = {}
    for option in options:
        id_ = free(slug(option.name.en or option.name.zh) or f"value_{option.raw}", taken)
        taken.add(id_)
        ids[option.raw] = id_
    return ids
