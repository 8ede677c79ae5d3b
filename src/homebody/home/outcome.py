"""What became of an operation: five words, each with its evidence.

Homebody says "done" for one of them only.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from homebody.home.function import Action, Value


class Status(StrEnum):
    DONE = "done"  # the wanted state was read back
    ACCEPTED = "accepted"  # the device took it and has no state to read back
    REFUSED = "refused"  # the device answered no
    UNREACHABLE = "unreachable"  # the device did not answer
    UNVERIFIED = "unverified"  # the device said yes, and its state says otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One change asked of one function of one device, with an absolute value."""

    device: str
    function: str
    action: Action
    value: Value | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """``before`` and ``after`` are what was read; ``wanted`` is what it was compared with.

    ``evidence`` says how it is known: ``read_back``, ``pushed``, ``none`` or the device's own error text.
    ``ms`` is from the request to the verdict.
    """

    operation: Operation
    status: Status
    before: Value | None = None
    after: Value | None = None
    wanted: Value | None = None
    evidence: str = "none"
    detail: str = ""
    ms: float = 0.0
