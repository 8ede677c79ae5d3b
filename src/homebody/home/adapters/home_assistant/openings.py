"""Covers, valves and locks: a state on the way somewhere is not told as a state."""

from __future__ import annotations

from collections.abc import Iterator

from homebody.home.adapters.home_assistant.states import State
from homebody.home.adapters.home_assistant.wires import Call, Subject, Wire, within_percent
from homebody.home.function import Action, Value
from homebody.home.label import Label
from homebody.home.traits import TRAITS, trait

_OPEN, _CLOSE, _SET_POSITION, _STOP, _SET_TILT = 1, 2, 4, 8, 128


def cover(of: Subject) -> Iterator[Wire]:
    """One that cannot be set stops nowhere but at its ends, where it is told to."""
    ways: dict[Action, Call] = {}
    if of.state.can(_OPEN):
        ways[Action.OPEN] = Call(service="cover.open_cover")
    if of.state.can(_CLOSE):
        ways[Action.CLOSE] = Call(service="cover.close_cover")
    if of.state.can(_STOP):
        ways[Action.STOP] = Call(service="cover.stop_cover")
    if of.state.can(_SET_POSITION):
        yield of.trait(TRAITS["position"], _position, _to_position, ways)
    elif ways:
        yield of.trait(trait("position", step=100), _position, _to_end, ways)
    if of.state.can(_SET_TILT):
        yield of.number(
            "tilt", Label(zh="倾斜", en="tilt"), (0, 100, 1), "%",
            lambda state: within_percent(state.number("current_tilt_position")),
            lambda value, _: Call(
                service="cover.set_cover_tilt_position", data={"tilt_position": round(float(value))}
            ),
        )  # fmt: skip


def _position(state: State) -> Value | None:
    if (told := state.number("current_position")) is not None:
        return within_percent(told)
    return {"open": 100.0, "closed": 0.0}.get(state.state)


def _to_position(value: Value, _state: State) -> Call:
    return Call(service="cover.set_cover_position", data={"position": round(float(value))})


def _to_end(value: Value, _state: State) -> Call | None:
    services = {100.0: "cover.open_cover", 0.0: "cover.close_cover"}
    return Call(service=services[float(value)]) if float(value) in services else None


def valve(of: Subject) -> Iterator[Wire]:
    if of.state.can(_OPEN) and of.state.can(_CLOSE):
        calls = {
            Action.OPEN: Call(service="valve.open_valve"),
            Action.CLOSE: Call(service="valve.close_valve"),
        }
        yield of.trait(
            TRAITS["valve"], lambda state: {"open": True, "closed": False}.get(state.state), calls=calls
        )


def lock(of: Subject) -> Iterator[Wire]:
    """One that wants a code is read, and not commanded: the code is not ours to know."""
    calls = {Action.LOCK: Call(service="lock.lock"), Action.UNLOCK: Call(service="lock.unlock")}
    yield of.trait(
        TRAITS["lock"],
        lambda state: {"locked": True, "unlocked": False}.get(state.state),
        calls={} if of.state.text("code_format") else calls,
    )
