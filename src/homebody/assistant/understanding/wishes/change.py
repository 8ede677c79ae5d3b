"""What can be done to one function of a device, or why it cannot."""

from __future__ import annotations

from dataclasses import dataclass

from homebody.home.function import Action, Function, Value


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one function. ``delta`` is in the function's unit; ``factor`` multiplies the state."""

    function: Function
    action: Action
    value: Value | None = None
    delta: float | None = None
    factor: float | None = None


@dataclass(frozen=True, slots=True)
class Cannot:
    """Why not: ``no_such_function``, ``out_of_range`` or ``too_long`` (of ``function``), or ``unclear``."""

    kind: str
    function: Function | None = None
    name: str = ""
