"""Is a plan what an intent and its slots mean?

Commands, timers and lists are compared as suites are (`lab.judge`), texts without regard to capitals. A
question is right if it is about exactly the devices, and if its predicate agrees with the state that was
asked about: it must hold where that state holds, and must not where it does not; whichever function, value
and comparison say so. Whether it is "any", "all", "which" or "how many" is judged by the answer that the
test gives.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from homebody.assistant.plan import ListItem, Plan, Query, Say, Timer
from homebody.assistant.when import compare
from homebody.home.device import Device, Home
from homebody.home.function import Value
from homebody.lab.expectation import Expectation
from homebody.lab.hass.domains import Holding, holding
from homebody.lab.hass.meaning import Asks, Meaning
from homebody.lab.judge import differences

_LIST_WORD = re.compile(r"\s*(?:list|清单|列表)$")
_LIST_NAMES = {"购物": "shopping"}
_OPPOSITE = {
    "on": "off",
    "off": "on",
    "open": "closed",
    "closed": "open",
    "locked": "unlocked",
    "unlocked": "locked",
}
_YES = re.compile(r"^(?:yes\b|是)", re.IGNORECASE)
_NO = re.compile(r"^(?:no\b|不是)", re.IGNORECASE)


def reasons(plan: Plan, wanted: Meaning, home: Home, response: str = "") -> list[str]:
    """Why a plan is not what is wanted; empty if it is. ``response`` is the answer that the test gives."""
    if wanted.asks is not None:
        return asked(plan, wanted.asks, home, response)
    plain = replace(plan, steps=tuple(_plain_step(step) for step in plan.steps))
    found = [differences(plain, _plain(expected)) for expected in wanted.expected]
    return [] if not all(found) else found[0]


# texts without capitals and articles; a list without the word list


def _plain_step(step: Any) -> Any:
    match step:
        case ListItem():
            return replace(step, item=step.item.casefold(), list=_list_name(step.list))
        case Timer():
            return replace(step, name=step.name.casefold())
        case Say():
            return replace(step, text=step.text.casefold())
        case _:
            return step


def _plain(expected: Expectation) -> Expectation:
    return replace(
        expected, steps=tuple({k: _plain_value(k, v) for k, v in s.items()} for s in expected.steps)
    )


def _plain_value(key: str, value: Any) -> Any:
    if key == "list":
        return _list_name(value)
    return value.casefold() if key in ("item", "name", "text") else value


def _list_name(name: str) -> str:
    bare = _LIST_WORD.sub("", name.casefold()).strip()
    return _LIST_NAMES.get(bare, bare)


# questions


def asked(plan: Plan, asks: Asks, home: Home, response: str = "") -> list[str]:
    """Why a plan does not ask just this; empty if it does."""
    queries = [step for step in plan.steps if isinstance(step, Query)]
    if len(queries) != 1 or len(plan.steps) != 1 or plan.problems:
        return ["not one question and nothing else"]
    query = queries[0]
    wanted = {device.id for device in asks.devices}
    if set(query.devices) != wanted:
        return [f"asks about {_list(query.devices)}, not {_list(wanted)}"]
    if asks.state is None:
        return _valued(query, asks)
    return _judged(query, asks, home, response)


def _list(ids: Any) -> str:
    return ", ".join(sorted(ids)) or "nothing"


def _valued(query: Query, asks: Asks) -> list[str]:
    if query.what not in ("value", "state") or query.value is not None:
        return [f"asks {query.what}, not for a value"]
    if asks.function is not None and query.function != asks.function:
        return [f"asks for {query.function}, not {asks.function}"]
    return []


def _judged(query: Query, asks: Asks, home: Home, response: str) -> list[str]:
    state = asks.state or ""
    held = {device.id: holding(device, state) for device in asks.devices}
    free = {device.id: holding(device, _OPPOSITE.get(state, "")) for device in asks.devices}
    for device in asks.devices:
        if not (_holds(query, device, held[device.id]) and _holds(query, device, free[device.id]) is False):
            return [f"its predicate is not that {device.id} is {state}"]
    truths = [bool(_truth(query, device, home.state.get(device.id, {}))) for device in asks.devices]
    return _form(query, truths, response)


def _holds(query: Query, device: Device, state: Holding | None) -> bool | None:
    if state is None or state.function != query.function:
        return None
    return _truth(query, device, {state.function: state.value})


def _truth(query: Query, device: Device, state: Mapping[str, Value]) -> bool | None:
    function = device.function(query.function or "")
    return compare(function, state.get(query.function or ""), query.comparison, query.value)


def _form(query: Query, truths: list[bool], response: str) -> list[str]:
    """Yes and no answer any, all and state; a number answers how many; names answer which."""
    if not response:
        return []
    if _YES.match(response) or _NO.match(response):
        said = any(truths) if query.what == "any" else all(truths)
        if query.what not in ("any", "all", "state"):
            return [f"asks {query.what}, where yes or no is the answer"]
        expected = bool(_YES.match(response))
        return [] if said == expected else [f"{query.what} gives {said}, not {expected}"]
    wanted = "how_many" if response.strip().isdigit() else "which"
    return [] if query.what == wanted else [f"asks {query.what}, not {wanted}"]
