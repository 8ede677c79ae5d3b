"""One function of a device, and the way to it: which entity tells its state, and which service sets it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from homebody.home import controls
from homebody.home.adapters.home_assistant.states import State
from homebody.home.function import Action, Function, Value
from homebody.home.label import Label
from homebody.home.naming import visible
from homebody.home.traits import TRAITS

_MOST_TEXT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A service such as ``light.turn_on``, and what it is given besides the entity."""

    service: str
    data: Mapping[str, Any] = field(default_factory=dict)


Told = Callable[[State], Value | None]
Say = Callable[[Value, State], Call | None]
"""The call that leads to a value, as things stand; None where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """``told`` reads the state of ``entity``, ``say`` sets it; ``calls`` is for actions of the function that
    have a service of their own."""

    function: Function
    entity: str
    told: Told | None = None
    say: Say | None = None
    calls: Mapping[Action, Call] = field(default_factory=dict)

    def call(self, action: Action, value: Value | None, state: State) -> Call | None:
        """What to call for an action of this function; None where there is no way."""
        if action in self.calls:
            return self.calls[action]
        wanted = value if action is Action.SET else self.function.effect(action)
        return None if self.say is None or wanted is None else self.say(wanted, state)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An entity to describe. ``name`` is what its one function is called where it has no other; ``main``:
    it is what the device is there for, so that its functions are the device's. ``fahrenheit``: of this Home
    Assistant's thermostats."""

    state: State
    name: Label
    main: bool = True
    fahrenheit: bool = False

    @property
    def entity(self) -> str:
        return self.state.entity

    @property
    def domain(self) -> str:
        return self.entity.partition(".")[0]

    def trait(
        self,
        function: Function,
        told: Told,
        say: Say | None = None,
        calls: Mapping[Action, Call] | None = None,
    ) -> Wire:
        return Wire(function=function, entity=self.entity, told=told, say=say, calls=calls or {})

    def power(self, told: Told, on: Call, off: Call) -> Wire:
        """The trait that the whole device is switched on and off by."""
        return self.trait(TRAITS["on_off"], told, calls={Action.ON: on, Action.OFF: off})

    def choice(
        self, id_: str, name: Label, words: Sequence[str], told: Callable[[State], str], service: str,
        key: str,
    ) -> Wire:  # fmt: skip
        """A control that chooses one of some words, which ``service`` takes under ``key``."""
        ids, choices = controls.choices_of(words)
        raws = {id_: raw for raw, id_ in ids.items()}
        return Wire(
            function=controls.choice(id_, name, choices, settable=True, readable=True),
            entity=self.entity,
            told=lambda state: ids.get(told(state)),
            say=lambda value, _: (
                Call(service=service, data={key: raws[str(value)]}) if value in raws else None
            ),
        )

    def number(
        self, id_: str, name: Label, bounds: tuple[float | None, float | None, float], unit: str, told: Told,
        say: Say,
    ) -> Wire:  # fmt: skip
        """A control that is a number within bounds: least, greatest, step. Without, it can only be read."""
        low, high, step = bounds
        settable = low is not None and high is not None and low < high
        function = controls.number(
            id_, name, low=low if settable else None, high=high if settable else None, step=step, unit=unit,
            settable=settable, readable=True,
        )  # fmt: skip
        return Wire(function=function, entity=self.entity, told=told, say=say if settable else None)

    def switch(self, id_: str, name: Label, told: Told, on: Call, off: Call) -> Wire:
        function = controls.switch(id_, name, settable=True, readable=True)
        return Wire(function=function, entity=self.entity, told=told, calls={Action.ON: on, Action.OFF: off})

    def action(self, id_: str, name: Label, service: str) -> Wire:
        calls = {Action.RUN: Call(service=service)}
        return Wire(function=controls.action(id_, name), entity=self.entity, calls=calls)


def on_or_off(state: State) -> Value | None:
    return {"on": True, "off": False}.get(state.state)


def truth(key: str) -> Told:
    """An attribute that is true or false."""

    def told(state: State) -> Value | None:
        raw = state.attributes.get(key)
        return raw if isinstance(raw, bool) else None

    return told


def shown(raw: str) -> Value | None:
    """A text of a device as one visible line; None for what is not known."""
    return None if raw in ("unknown", "unavailable") else visible(raw, _MOST_TEXT)


def percent(fraction: float | None) -> float | None:
    """Of 0..1."""
    return None if fraction is None else float(round(min(max(fraction, 0.0), 1.0) * 100))


def within_percent(value: float | None) -> float | None:
    return None if value is None else min(max(value, 0.0), 100.0)
