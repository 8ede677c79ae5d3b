"""Does what a suite expects exist, and can it be? What cannot is a doubt about the suite, not about plans."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, get_args, get_type_hints

from homebody.assistant import plan as plans
from homebody.assistant.when import WhenError, parse_duration
from homebody.home.device import Home
from homebody.home.function import Action, Function, Type, Value
from homebody.lab.expectation import Case, Expectation
from homebody.lab.suite import Suite

_STEPS = {step.__dataclass_fields__["do"].default: step for step in get_args(plans.Step)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """``where`` is file and line; ``say`` the sentence."""

    where: str
    say: str
    text: str
    held_out: bool = False


def check_suites(suites: Iterable[Suite]) -> list[Doubt]:
    """Everything doubtful about these suites, in their order."""
    doubts: list[Doubt] = []
    seen: dict[tuple[object, ...], str] = {}
    for suite in suites:
        for case in suite.cases:
            texts = list(_case(case, suite.home))
            key = (suite.home_name, case.say.strip().lower(), case.after, case.area, repr(case.state))
            if key in seen:
                texts.append(f"the same sentence stands in {seen[key]}")
            seen.setdefault(key, case.where)
            doubts += [
                Doubt(where=case.where, say=case.say, text=text, held_out=suite.held_out) for text in texts
            ]
    return doubts


def _case(case: Case, home: Home) -> Iterator[str]:
    if case.area is not None and home.area(case.area) is None:
        yield f"there is no area {case.area!r}"
    for device, state in case.state.items():
        for function_id, value in state.items():
            yield from _state(home, device, function_id, value, "state")
    for expectation in case.expected:
        yield from _expectation(expectation, home)


def _expectation(expectation: Expectation, home: Home) -> Iterator[str]:
    for step in expectation.steps:
        yield from _keys(step, _STEPS[step["do"]])
        match step["do"]:
            case "command":
                yield from _command(step, home)
            case "query":
                yield from _query(step, home)
            case _:
                pass
        yield from _when(step.get("when", {}), home)
    for problem in expectation.problems:
        yield from _keys(problem, plans.Problem)
        devices = [problem["device"]] if "device" in problem else []
        for device in [*devices, *problem.get("candidates", ())]:
            yield from _device(home, device)
        if "function" in problem and devices and home.device(devices[0]):
            yield from _missing_function(home, devices[0], problem["function"])
        yield from _area(home, problem.get("area"))


def _keys(given: Mapping[str, Any], of: type) -> Iterator[str]:
    """Keys that such a part of a plan does not have, and words that its keys do not know."""
    known = get_type_hints(of)
    for key, value in given.items():
        if key not in known:
            yield f"{of.__name__} has no {key!r}"
        elif isinstance(value, str) and (words := _words(known[key])) and value not in words:
            yield f"{of.__name__} has no {key} {value!r}"


def _words(hint: Any) -> set[str]:
    """The words of a Literal, also where it may be None."""
    inner = [get_args(part) or (part,) for part in get_args(hint)]
    return {word for part in inner for word in part if isinstance(word, str)}


def _command(step: Mapping[str, Any], home: Home) -> Iterator[str]:
    device, function_id = step["device"], step["function"]
    function = _function(home, device, function_id)
    if function is None:
        yield from _missing_function(home, device, function_id)
        return
    action, value = Action(step["action"]), _plain(step.get("value"), function)
    if action is Action.SET and value is None:
        if "delta" not in step:
            yield "set needs a value; for a vague change write value: {above: N} or {below: N}"
        return
    if isinstance(value, dict):
        if set(value) not in ({"above"}, {"below"}, {"from", "to"}) or function.type is not Type.NUMBER:
            yield f"{device}: {value!r} is not {{above: N}}, {{below: N}} or {{from: N, to: N}} of a number"
        return
    if (reason := function.reject(action, value)) is not None:
        yield f"{device}: {reason}"


def _query(step: Mapping[str, Any], home: Home) -> Iterator[str]:
    function_id, value = step.get("function"), step.get("value")
    for device in step.get("devices", ()):
        yield from _device(home, device)
        if function_id is not None and home.device(device):
            yield from _missing_function(home, device, function_id)
            if value is not None:
                yield from _state(home, device, function_id, value, "value")
    yield from _area(home, step.get("area"))


def _when(when: Mapping[str, Any], home: Home) -> Iterator[str]:
    yield from _keys(when, plans.When)
    for key in ("duration", "offset", "lasting"):
        if key in when:
            yield from _reads(key, when[key], _is_duration)
    for key in ("time", "until"):
        if key in when:
            yield from _reads(key, when[key], _is_moment)
    if unknown := set(when.get("days", ())) - set(plans.WEEKDAYS):
        yield f"there are no days {', '.join(map(str, sorted(unknown)))}"
    if "condition" in when:
        condition = when["condition"]
        yield from _keys(condition, plans.Condition)
        yield from _missing_function(home, condition.get("device", ""), condition.get("function", ""))
        if "value" in condition:
            yield from _state(
                home,
                condition.get("device", ""),
                condition.get("function", ""),
                condition["value"],
                "condition",
            )


def _reads(key: str, value: object, reader: Any) -> Iterator[str]:
    if not reader(str(value)):
        yield f"{key}: {value!r} is not in ISO 8601"


def _is_duration(text: str) -> bool:
    try:
        parse_duration(text)
    except WhenError:
        return False
    return True


def _is_moment(text: str) -> bool:
    for reading in (datetime.fromisoformat, time.fromisoformat):
        try:
            reading(text)
        except ValueError:
            continue
        return True
    return False


def _function(home: Home, device_id: str, function_id: str) -> Function | None:
    device = home.device(device_id)
    return device.function(function_id) if device else None


def _device(home: Home, device_id: str) -> Iterator[str]:
    if home.device(device_id) is None:
        yield f"there is no device {device_id!r}"


def _area(home: Home, area_id: str | None) -> Iterator[str]:
    if area_id is not None and home.area(area_id) is None:
        yield f"there is no area {area_id!r}"


def _missing_function(home: Home, device_id: str, function_id: str) -> Iterator[str]:
    device = home.device(device_id)
    if device is None:
        yield f"there is no device {device_id!r}"
    elif device.function(function_id) is None:
        known = ", ".join(function.id for function in device.functions)
        yield f"{device_id} has no {function_id!r}; it has {known}"


def _state(home: Home, device_id: str, function_id: str, value: Value, noun: str) -> Iterator[str]:
    """A value that a function's state cannot be."""
    yield from _missing_function(home, device_id, function_id)
    function = _function(home, device_id, function_id)
    if function is None:
        return
    value = _plain(value, function)
    fits = {
        Type.BOOL: isinstance(value, bool),
        Type.NUMBER: isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value),
        Type.CHOICE: isinstance(value, str) and function.choice(value) is not None,
        Type.TEXT: isinstance(value, str),
        Type.ACTION: False,
    }[function.type]
    if not fits:
        yield f"{noun}: {device_id} {function_id} cannot be {value!r}"


def _plain(value: Any, function: Function) -> Any:
    """A choice that is called 2 is written as a number in the shorthand."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{value:g}" if is_number and function.type in (Type.CHOICE, Type.TEXT) else value
