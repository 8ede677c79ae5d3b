"""Is this plan the one that was expected? Exactly, in the keys that are written down.

Multisets are compared: the order of steps says nothing, their number does. Of a step, the keys that an
expectation gives must agree, and ``when`` always must: a step that names none is expected at once. Numbers
agree within 1e-6, or lie where ``{above: 25}``, ``{below: 40}`` or ``{from: 25, to: 30}`` is expected;
durations, dates and times agree when they mean the same, however they are written; lists of devices and
days in any order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, asdict, dataclass, fields
from datetime import datetime, time
from typing import Any

from homebody.assistant.plan import Condition, Plan, Problem, Step, When
from homebody.assistant.when import WhenError, parse_duration
from homebody.lab.expectation import Case, Expectation

TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """``exact``: one of the expected plans, all of it. Else ``reasons``: what the first of them misses."""

    exact: bool
    reasons: tuple[str, ...] = ()


def judge(plan: Plan, case: Case) -> Judgement:
    """The verdict on a plan for a case: any of its expected plans will do."""
    found = [differences(plan, expectation) for expectation in case.expected]
    if not all(found):
        return Judgement(exact=True)
    return Judgement(exact=False, reasons=tuple(found[0]))


def differences(plan: Plan, expected: Expectation) -> list[str]:
    """In what a plan is not the expected one; empty if it is."""
    steps: list[Mapping[str, Any]] = [asdict(step) for step in plan.steps]
    problems: list[Mapping[str, Any]] = [asdict(problem) for problem in plan.problems]
    return [
        *_compare("step", expected.steps, steps, _same_step),
        *_compare("problem", expected.problems, problems, _same_problem),
        *_words(plan, expected),
    ]


def _words(plan: Plan, expected: Expectation) -> list[str]:
    reasons: list[str] = []
    if plan.answer != expected.answer:
        reasons.append(f"answer to the question before: {plan.answer}, expected {expected.answer}")
    if expected.nothing:
        return [*reasons, *(["words, where none are expected"] if plan.say else [])]
    silent = not (expected.steps or expected.problems or expected.answer)
    if (expected.say or (silent and expected.say is None)) and not plan.say:
        reasons.append("no answer in words")
    if expected.say is False and plan.say:
        reasons.append("an answer in words, where none is expected")
    return reasons


def _compare(
    noun: str, expected: Sequence[Mapping[str, Any]], got: Sequence[Mapping[str, Any]], same: Any
) -> list[str]:
    """What is missing and what is too much, by the best pairing (augmenting paths: a loose expectation must
    not take what a stricter one needs)."""
    pairs: dict[int, int] = {}  # index of got: index of expected

    def place(wanted: int, tried: set[int]) -> bool:
        for index, candidate in enumerate(got):
            if index in tried or not same(expected[wanted], candidate):
                continue
            tried.add(index)
            if index not in pairs or place(pairs[index], tried):
                pairs[index] = wanted
                return True
        return False

    missing = [wanted for wanted in range(len(expected)) if not place(wanted, set())]
    return [
        *(f"{noun} missing: {shown(expected[index])}" for index in missing),
        *(f"{noun} too much: {shown(got[index])}" for index in range(len(got)) if index not in pairs),
    ]


def _same_step(expected: Mapping[str, Any], got: Mapping[str, Any]) -> bool:
    """``when`` is always compared where the step of the plan has one."""
    if "when" in got and not _same_when(expected.get("when", {}), got["when"]):
        return False
    return all(key in got and same_value(value, got[key]) for key, value in expected.items() if key != "when")


def _same_problem(expected: Mapping[str, Any], got: Mapping[str, Any]) -> bool:
    return all(key in got and same_value(value, got[key]) for key, value in expected.items())


def _same_when(expected: Mapping[str, Any], got: Mapping[str, Any]) -> bool:
    wanted = _defaults(When) | {"kind": "now"} | dict(expected)
    return set(wanted) <= set(got) and all(
        _same_condition(wanted[key], got[key])
        if key == "condition"
        else _same_moment(wanted[key], got[key])
        if key in ("duration", "time", "offset", "until", "lasting")
        else same_value(wanted[key], got[key])
        for key in wanted
    )


def _same_condition(expected: Mapping[str, Any] | None, got: Mapping[str, Any] | None) -> bool:
    if expected is None or got is None:
        return expected is got
    wanted = _defaults(Condition) | dict(expected)
    return all(key in got and same_value(value, got[key]) for key, value in wanted.items())


def _defaults(of: type) -> dict[str, Any]:
    return {field.name: field.default for field in fields(of) if field.default is not MISSING}


def _same_moment(expected: object, got: object) -> bool:
    """Durations, dates with times, and times of day, by what they mean."""
    if expected is None or got is None or expected == got:
        return expected == got
    for reading in (parse_duration, datetime.fromisoformat, time.fromisoformat):
        try:
            return reading(str(expected)) == reading(str(got))
        except (ValueError, WhenError):
            continue
    return False


def same_value(expected: object, got: object) -> bool:
    """Whether a value of an expectation is the value of a plan: see the top of this file."""
    match expected, got:
        case ({"from": low, "to": high}, int() | float()) if not isinstance(got, bool):
            return bool(low <= got <= high)
        case ({"above": low}, int() | float()) if not isinstance(got, bool):
            return bool(got > low)
        case ({"below": high}, int() | float()) if not isinstance(got, bool):
            return bool(got < high)
        case (bool(), _) | (_, bool()):
            return expected is got
        case (int() | float(), int() | float()):
            return abs(float(expected) - float(got)) <= TOLERANCE * max(1.0, abs(float(expected)))
        case (list() | tuple(), list() | tuple()):
            return sorted(map(str, expected)) == sorted(map(str, got))
        case (dict(), dict()):
            return expected.keys() == got.keys() and all(same_value(expected[k], got[k]) for k in expected)
        case (str(), str()):
            return expected == got or _same_moment(expected, got)
        case (int() | float(), str()):  # a choice may be called 2, and the shorthand cannot tell
            return f"{expected:g}" == got
        case _:
            return expected == got


def shown(part: Mapping[str, Any] | Step | Problem) -> str:
    """A step or a problem in one short line."""
    entries = dict(part) if isinstance(part, Mapping) else asdict(part)
    words = [_bare(key, value) for key, value in entries.items() if not _dull(key, value)]
    return " ".join(filter(None, words))


def _dull(key: str, value: object) -> bool:
    return (
        value is None
        or value in ("", (), [], {})
        or key in ("words", "unit", "delta")
        or (key == "do" and value == "command")
    )


def _bare(key: str, value: Any) -> str:
    if key == "when":
        inside = {name: part for name, part in value.items() if part not in (None, "", (), [], False)}
        return "" if inside == {"kind": "now"} else f"when={inside}"
    if isinstance(value, list | tuple):
        return f"{key}=[{', '.join(map(str, value))}]"
    return str(value) if key in ("do", "device", "function", "action", "kind") else f"{key}={value}"
