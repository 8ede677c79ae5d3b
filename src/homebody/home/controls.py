"""Functions that no trait covers, made in the few forms that a home knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from homebody.home.function import Action, Choice, Function, Type
from homebody.home.label import Label
from homebody.home.naming import free, slug
from homebody.home.words import named

_SWITCHED = (Action.ON, Action.OFF, Action.TOGGLE)
_SWITCHES = ((Action.ON, True), (Action.OFF, False))


def switch(id_: str, name: Label, *, settable: bool, readable: bool) -> Function:
    return Function(
        id=id_, name=name, type=Type.BOOL, actions=_SWITCHED if settable else (), effects=_SWITCHES,
        readable=readable,
    )  # fmt: skip


def number(
    id_: str, name: Label, *, low: float | None, high: float | None, step: float, unit: str, settable: bool,
    readable: bool,
) -> Function:  # fmt: skip
    """What has no bounds can only be read."""
    if low is None or high is None:
        return Function(id=id_, name=name, type=Type.NUMBER, actions=(), unit=unit, readable=readable)
    actions = (Action.SET,) if settable else ()
    return Function(
        id=id_, name=name, type=Type.NUMBER, actions=actions, min=low, max=high, step=step, unit=unit,
        readable=readable,
    )  # fmt: skip


def choice(id_: str, name: Label, choices: tuple[Choice, ...], *, settable: bool, readable: bool) -> Function:
    actions = (Action.SET,) if settable else ()
    return Function(id=id_, name=name, type=Type.CHOICE, actions=actions, choices=choices, readable=readable)


def text(id_: str, name: Label, *, settable: bool, readable: bool, most: int = 200) -> Function:
    actions = (Action.SET,) if settable else ()
    return Function(id=id_, name=name, type=Type.TEXT, actions=actions, max_length=most, readable=readable)


def action(id_: str, name: Label) -> Function:
    return Function(id=id_, name=name, type=Type.ACTION, actions=(Action.RUN,), readable=False)


def choices_of(values: Iterable[str]) -> tuple[Mapping[str, str], tuple[Choice, ...]]:
    """Ids by raw word, no id twice; and the choices with their names."""
    taken: set[str] = set()
    ids: dict[str, str] = {}
    for raw in values:
        id_ = free(slug(raw) or "value", taken)
        taken.add(id_)
        ids[raw] = id_
    return ids, tuple(Choice(id=id_, name=named(raw)) for raw, id_ in ids.items())
