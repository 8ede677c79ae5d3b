"""A control for every kind of function: what can be read, switched, slid, chosen, written or run.

Made from the function's description alone, so that a device that nobody has met gets its controls too. The
browser's own values are set through ``data-value`` (page.js): a value attribute would be set back at every
change of the page, also while somebody drags or types.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from homebody.assistant import wording
from homebody.home.function import Action, Function, Type, Value
from homebody.server.web.kit import Tag, button, spawn

if TYPE_CHECKING:
    from homebody.server.web.thing import Thing

MOST_STEPS = 10_000
"""A range with more steps than this is typed, not slid."""


class Control(ABC):
    """One function of one thing. ``refresh`` shows a state; None is one that is not known."""

    def __init__(self, thing: Thing, function: Function) -> None:
        self.thing = thing
        self.function = function
        self.name = function.name.text(thing.page.language)
        self._touched = False
        self._count = 0
        self.build()

    @property
    def label(self) -> str:
        """For a screen reader, which does not see on which card it is."""
        return f"{self.thing.device.name.text(self.thing.page.language)}: {self.name}"

    @abstractmethod
    def build(self) -> None:
        """Make the elements, in the slot that is open."""

    @abstractmethod
    def refresh(self, value: Value | None) -> None:
        """Show this state."""

    def words(self, value: Value | None) -> str:
        page = self.thing.page
        return (
            page.t("value_unknown") if value is None else wording.value(self.function, value, page.language)
        )

    def do(self, action: Action, value: Value | None = None) -> None:
        self._touched = True
        spawn(self.thing.operate(self.function.id, action, value))

    def again(self) -> str:
        """Another text whenever somebody has touched it since: makes the browser set the value that it had
        before, where what was wanted did not come true."""
        self._count += self._touched
        self._touched = False
        return str(self._count)

    def row(self, *, wide: bool = False) -> Tag:
        return Tag("div", classes="control wide" if wide else "control")


class Reading(Control):
    """A value that is only told."""

    def build(self) -> None:
        with self.row():
            Tag("span", self.name, "control-name")
            self._value = Tag("span", classes="control-value reading")

    def refresh(self, value: Value | None) -> None:
        self._value.say(self.words(value))


class Switch(Control):
    """On or off, as one switch."""

    def build(self) -> None:
        self._on = False
        bare = self.function.id == "on_off"
        with self.row():
            if not bare:
                Tag("span", self.name, "control-name")
            self._button = Tag("button", classes="switch", type="button", role="switch", aria_checked="false")
            self._button.put(aria_label=self.label)
            self._button.click(self._flip)
            with self._button:
                Tag("span", classes="switch-knob")

    def _flip(self) -> None:
        self.do(Action.OFF if self._on else Action.ON)

    def refresh(self, value: Value | None) -> None:
        self._on = value is True
        self._button.put(aria_checked="true" if self._on else "false", title=self.words(value))


class Verbs(Control):
    """A state, and a button for each thing that can be done: locks, valves, players, vacuums."""

    def build(self) -> None:
        with self.row(wide=True):
            Tag("span", self.name, "control-name")
            self._value = Tag("span", classes="control-value")
            with Tag("div", classes="verbs"):
                self._verbs = {
                    action: self._verb(action) for action in self.function.actions if action is not Action.SET
                }

    def _verb(self, action: Action) -> Tag:
        page = self.thing.page
        text = page.t(f"action_{action.value}")
        thing = self.thing.device.name.text(page.language)
        return button(
            text, lambda: self.do(action), classes="verb", aria_label=f"{text}: {thing}, {self.name}"
        )

    def refresh(self, value: Value | None) -> None:
        self._value.say(self.words(value))
        for action, verb in self._verbs.items():
            effect = self.function.effect(action)
            is_so = value is not None and effect is not None and self.function.matches(value, effect)
            verb.look("is-so", is_so)


class Slider(Control):
    """A number between two bounds; with the buttons of its other actions, such as open and close."""

    def build(self) -> None:
        function = self.function
        unit = self.words(function.min).replace(f"{function.min:g}", "{}", 1)
        with self.row(wide=True):
            Tag("span", self.name, "control-name")
            self._value = Tag("output", classes="control-value")
            self._slider = Tag(
                "input", type="range", min=_plain(function.min), max=_plain(function.max),
                step=_plain(function.step) if function.step else "any", aria_label=self.label, data_unit=unit,
            )  # fmt: skip
            self._slider.change(self._set)
            if others := [action for action in function.actions if action is not Action.SET]:
                with Tag("div", classes="verbs"):
                    for action in others:
                        self._verb(action)

    def _verb(self, action: Action) -> None:
        text = self.thing.page.t(f"action_{action.value}")
        thing = self.thing.device.name.text(self.thing.page.language)
        button(text, lambda: self.do(action), classes="verb", aria_label=f"{text}: {thing}")

    def _set(self, written: object) -> None:
        if (number := _number(written)) is not None:
            self.do(Action.SET, self.function.fit(number))

    def refresh(self, value: Value | None) -> None:
        shown = _plain(float(value)) if isinstance(value, int | float) else ""
        self._slider.put(data_value=shown, aria_valuetext=self.words(value), data_again=self.again())
        self._value.say(self.words(value))


class Number(Control):
    """A number that is typed: its range is open, or has too many steps to slide."""

    def build(self) -> None:
        function = self.function
        low = _plain(function.min) if math.isfinite(function.min) else None
        high = _plain(function.max) if math.isfinite(function.max) else None
        with self.row():
            Tag("span", self.name, "control-name")
            self._value = Tag("span", classes="control-value")
            field = Tag(
                "input", classes="small-line", type="number", min=low, max=high,
                step=_plain(function.step) if function.step else "any", aria_label=self.label,
            )  # fmt: skip
            field.change(self._set)

    def _set(self, written: object) -> None:
        if (number := _number(written)) is not None:
            self.do(Action.SET, number)

    def refresh(self, value: Value | None) -> None:
        self._value.say(self.words(value))


class Choices(Control):
    """One of several."""

    def build(self) -> None:
        page = self.thing.page
        with self.row():
            Tag("span", self.name, "control-name")
            self._select = Tag("select", classes="select", aria_label=self.label)
            self._select.change(self._set)
            with self._select:
                Tag("option", page.t("value_unknown"), value="", disabled=True, hidden=True)
                for choice in self.function.choices:
                    Tag("option", choice.name.text(page.language), value=choice.id)

    def _set(self, written: object) -> None:
        if self.function.choice(str(written)):
            self.do(Action.SET, str(written))

    def refresh(self, value: Value | None) -> None:
        self._select.put(data_value=value if isinstance(value, str) else "", data_again=self.again())


class Text(Control):
    """A text that is written."""

    def build(self) -> None:
        with self.row(wide=True):
            Tag("span", self.name, "control-name")
            self._value = Tag("span", classes="control-value")
            field = Tag(
                "input", classes="small-line", type="text", maxlength=self.function.max_length,
                aria_label=self.label,
            )  # fmt: skip
            field.change(lambda written: self.do(Action.SET, str(written)))

    def refresh(self, value: Value | None) -> None:
        self._value.say(self.words(value))


class Run(Control):
    """Something that is run, and has no state."""

    def build(self) -> None:
        thing = self.thing.device.name.text(self.thing.page.language)
        with self.row():
            button(self.name, lambda: self.do(Action.RUN), classes="verb", aria_label=f"{self.name}: {thing}")

    def refresh(self, value: Value | None) -> None:
        """There is no state to show."""


def control_for(thing: Thing, function: Function) -> Control:
    """The control that suits a function's description."""
    return _class_for(function)(thing, function)


def _class_for(function: Function) -> type[Control]:
    actions = function.actions
    if function.type is Type.ACTION:
        return Run
    if not function.writable:
        return Reading
    if function.type is Type.NUMBER and Action.SET in actions:
        return Slider if _slides(function) else Number
    if function.type is Type.CHOICE and Action.SET in actions:
        return Choices
    if function.type is Type.TEXT:
        return Text
    if function.type is Type.BOOL and Action.ON in actions and Action.OFF in actions:
        return Switch
    return Verbs


def _slides(function: Function) -> bool:
    if not (math.isfinite(function.min) and math.isfinite(function.max)):
        return False
    return not function.step or (function.max - function.min) / function.step <= MOST_STEPS


def _number(written: object) -> float | None:
    try:
        number = float(str(written))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _plain(number: float) -> str:
    """As HTML wants numbers: without exponents."""
    return f"{number:.6f}".rstrip("0").rstrip(".")
