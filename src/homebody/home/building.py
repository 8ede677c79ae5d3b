"""From the entries of a home file to a ``Home``, judging what structure alone cannot say.

References lead somewhere, ids stand once, bounds are in order, states are possible. Everything wrong is
reported and the building goes on, so that a person sees all of it at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Protocol

from homebody.home.binding import NEEDS_BINDING, NEEDS_PLACE, BindingEntry, chosen
from homebody.home.device import Area, Device, Floor, Home, Person
from homebody.home.document import Path
from homebody.home.drawing import build_plan
from homebody.home.entry import TextByLanguage
from homebody.home.function import Action, Choice, Function, Type, Value
from homebody.home.label import Label
from homebody.home.schema import (
    ChoiceEntry,
    ControlEntry,
    DeviceEntry,
    HomeFile,
    TextsByLanguage,
    TraitEntry,
)
from homebody.home.traits import TRAITS, trait

Report = Callable[[Path, str], None]

_SWITCHED = (Action.ON, Action.OFF, Action.TOGGLE)
_ACTIONS = {
    Type.BOOL: _SWITCHED,
    Type.NUMBER: (Action.SET,),
    Type.CHOICE: (Action.SET,),
    Type.TEXT: (Action.SET,),
    Type.ACTION: (Action.RUN,),
}
_KEYS_OF_TYPE = {"min": Type.NUMBER, "max": Type.NUMBER, "step": Type.NUMBER, "unit": Type.NUMBER,
                 "choices": Type.CHOICE, "max_length": Type.TEXT}  # fmt: skip


def build_home(file: HomeFile, report: Report) -> Home:
    """The home that a file describes. What is wrong goes to ``report``; the result counts only without."""
    _stand_once(file.floors, ("floors",), report)
    _stand_once(file.areas, ("areas",), report)
    _stand_once(file.people, ("people",), report)
    _stand_once(file.devices, ("devices",), report)
    floors = {floor.id for floor in file.floors}
    for index, area in enumerate(file.areas):
        _leads_to(area.floor, floors, "floor", ("areas", index, "floor"), report)
    areas = {area.id for area in file.areas}
    ids = {device.id for device in file.devices}
    for index, entry in enumerate(file.devices):
        _leads_to(entry.area, areas, "area", ("devices", index, "area"), report)
        _leads_to(entry.part_of, ids, "device", ("devices", index, "part_of"), report)
    _no_circles(file.devices, report)
    devices = tuple(_device(entry, ("devices", index), report) for index, entry in enumerate(file.devices))
    adapters = file.adapters.model_dump(exclude_none=True) if file.adapters else {}
    for index, device in enumerate(devices):
        if device.adapter in NEEDS_PLACE - set(adapters):
            report(
                ("devices", index, "adapter"),
                f"needs adapters: {{{device.adapter}: {{…}}}} at the top of the file, see docs/home-file.md",
            )
    return Home(
        name=_name(file.name, ("name",), report),
        location=(file.location.latitude, file.location.longitude) if file.location else None,
        floors=tuple(
            Floor(
                id=floor.id,
                name=_name(floor.name, ("floors", index, "name"), report),
                aliases=_aliases(floor.aliases),
            )
            for index, floor in enumerate(file.floors)
        ),
        areas=tuple(
            Area(
                id=area.id,
                name=_name(area.name, ("areas", index, "name"), report),
                aliases=_aliases(area.aliases),
                floor=area.floor,
            )
            for index, area in enumerate(file.areas)
        ),
        devices=devices,
        people=tuple(
            Person(id=person.id, name=_name(person.name, ("people", index, "name"), report), role=person.role)
            for index, person in enumerate(file.people)
        ),
        state={entry.id: dict(entry.state) for entry in file.devices if entry.state},
        behaviour={
            entry.id: entry.behaviour.model_dump(exclude_unset=True)
            for entry in file.devices
            if entry.behaviour
        },
        bindings={
            entry.id: binding[1]
            for entry in file.devices
            if isinstance(entry.adapter, BindingEntry) and (binding := chosen(entry.adapter))
        },
        adapters=adapters,
        plan=build_plan(file.plan, floors, {area.id: area.floor for area in file.areas}, ids, report),
    )


def suggestion(word: str, known: Iterable[str]) -> str:
    """``did you mean X?``, else what is known, as far as it fits one line."""
    words = list(known)
    if close := get_close_matches(word, words, n=1):
        return f"did you mean {close[0]}?"
    if not words:
        return "there is none"
    shown = ", ".join(words[:40])
    return f"known: {shown}" + (", …" if len(words) > 40 else "")


def reject_state(function: Function, value: Value) -> str | None:
    """Why a function cannot be in this state, or None if it can."""
    if function.type is Type.ACTION or not function.readable:
        return "has no state"
    return replace(function, actions=(Action.SET,)).reject(Action.SET, value)


def _device(entry: DeviceEntry, path: Path, report: Report) -> Device:
    traits = tuple(
        function
        for trait_id, params in entry.traits.items()
        if (function := _trait(trait_id, params or TraitEntry(), (*path, "traits", trait_id), report))
    )
    controls = tuple(
        _control(control, (*path, "controls", index), report) for index, control in enumerate(entry.controls)
    )
    seen: set[str] = set(entry.traits)
    for index, control in enumerate(entry.controls):
        if control.id in seen:
            what = "a trait" if control.id in entry.traits else "another control"
            report((*path, "controls", index, "id"), f"{control.id!r} is {what} of this device already")
        seen.add(control.id)
    functions = traits + controls
    _check_state(entry, functions, path, report)
    return Device(
        id=entry.id,
        kind=entry.kind,
        kind_name=_name(entry.kind_name, (*path, "kind_name"), report) if entry.kind_name else None,
        name=_name(entry.name, (*path, "name"), report),
        aliases=_aliases(entry.aliases),
        area=entry.area,
        part_of=entry.part_of,
        traits=traits,
        controls=controls,
        sensitive=_sensitive(entry.sensitive, functions, (*path, "sensitive"), report),
        adapter=_adapter(entry, (*path, "adapter"), report),
    )


def _trait(trait_id: str, params: TraitEntry, path: Path, report: Report) -> Function | None:
    base = TRAITS.get(trait_id)
    if base is None:
        report(path, f"no such trait; {suggestion(trait_id, TRAITS)} What no trait covers is a control.")
        return None
    for key in ("min", "max", "step"):
        if getattr(params, key) is not None and base.type is not Type.NUMBER:
            report((*path, key), f"{trait_id} is not a number")
            return base
    # choices of playback and cleaning are where their actions lead: a device cannot have others
    if params.choices is not None and (base.type is not Type.CHOICE or Action.SET not in base.actions):
        report((*path, "choices"), f"{trait_id} has no choices of its own to give")
        return base
    if params == TraitEntry():
        return base
    function = trait(
        trait_id,
        min=params.min,
        max=params.max,
        step=params.step,
        choices=_trait_choices(base, params, (*path, "choices"), report),
    )
    _check_bounds(function, path, report)
    if base.writable and base.unit == "%" and not 0 <= function.min <= function.max <= 100:
        report(path, "percentages lie between 0 and 100")
    return function


def _trait_choices(base: Function, params: TraitEntry, path: Path, report: Report) -> tuple[Choice, ...]:
    found = []
    for index, entry in enumerate(params.choices or ()):
        if isinstance(entry, ChoiceEntry):
            found.append(_choice(entry, (*path, index), report))
        elif choice := base.choice(entry):
            found.append(choice)
        else:
            known = suggestion(entry, (choice.id for choice in base.choices))
            report((*path, index), f"{base.id} knows no {entry!r}; {known} A new one needs an id and a name.")
    _choices_stand_once(found, path, report)
    return tuple(found)


def _control(entry: ControlEntry, path: Path, report: Report) -> Function:
    type_ = Type(entry.type)
    for key, only in _KEYS_OF_TYPE.items():
        if getattr(entry, key) is not None and type_ is not only:
            report((*path, key), f"belongs to type {only.value}, and this control is of type {type_.value}")
    if type_ is Type.CHOICE and not entry.choices:
        report((*path, "choices"), "a control of type choice needs at least one choice")
    if type_ is Type.ACTION and entry.access == "read":
        report((*path, "access"), "an action can only be run")
    choices = tuple(
        _choice(choice, (*path, "choices", index), report) for index, choice in enumerate(entry.choices or ())
    )
    _choices_stand_once(choices, (*path, "choices"), report)
    function = Function(
        id=entry.id,
        name=_name(entry.name, (*path, "name"), report),
        aliases=_aliases(entry.aliases),
        type=type_,
        actions=() if entry.access == "read" else _ACTIONS[type_],
        effects=((Action.ON, True), (Action.OFF, False)) if type_ is Type.BOOL else (),
        min=-float("inf") if entry.min is None else entry.min,
        max=float("inf") if entry.max is None else entry.max,
        step=entry.step or 0.0,
        unit=entry.unit or "",
        choices=choices,
        max_length=entry.max_length or 200,
        readable=type_ is not Type.ACTION and entry.access != "write",
    )
    _check_bounds(function, path, report)
    return function


def _check_bounds(function: Function, path: Path, report: Report) -> None:
    if function.min > function.max:
        report(path, f"min {function.min:g} is above max {function.max:g}")


def _adapter(entry: DeviceEntry, path: Path, report: Report) -> str:
    """The name of the adapter of a device."""
    if isinstance(entry.adapter, str):
        if entry.adapter in NEEDS_BINDING:
            report(path, f"says how to reach this device: {{{entry.adapter}: {{…}}}}, see docs/devices.md")
        return entry.adapter
    if binding := chosen(entry.adapter):
        return binding[0]
    report(path, f"names exactly one adapter; {suggestion('', sorted(NEEDS_BINDING))}")
    return "simulated"


def _check_state(entry: DeviceEntry, functions: Sequence[Function], path: Path, report: Report) -> None:
    if entry.adapter != "simulated":
        for key in ("state", "behaviour"):
            if getattr(entry, key):
                report((*path, key), "is for simulated devices only; this one tells its state itself")
        return
    by_id = {function.id: function for function in functions}
    for function_id, value in entry.state.items():
        function = by_id.get(function_id)
        if function is None:
            # an unknown trait was reported where it stands; its state need not be, too
            if function_id not in entry.traits:
                known = suggestion(function_id, by_id)
                report((*path, "state", function_id), f"no such trait or control here; {known}")
        elif reason := reject_state(function, value):
            allowed = suggestion("", (choice.id for choice in function.choices)) if function.choices else ""
            report((*path, "state", function_id), reason + (f"; {allowed}" if allowed else ""))


def _sensitive(
    entry: list[str] | bool, functions: Sequence[Function], path: Path, report: Report
) -> tuple[str, ...]:
    able = list(dict.fromkeys(action.value for function in functions for action in function.actions))
    if isinstance(entry, bool):
        return tuple(able) if entry else ()
    for index, action in enumerate(entry):
        if action not in able:
            report((*path, index), f"this device has no action {action!r}; {suggestion(action, able)}")
    return tuple(entry)


def _choice(entry: ChoiceEntry, path: Path, report: Report) -> Choice:
    return Choice(
        id=entry.id, name=_name(entry.name, (*path, "name"), report), aliases=_aliases(entry.aliases)
    )


def _choices_stand_once(choices: Sequence[Choice], path: Path, report: Report) -> None:
    seen: set[str] = set()
    for index, choice in enumerate(choices):
        if choice.id in seen:
            report((*path, index), f"the choice {choice.id!r} stands here twice")
        seen.add(choice.id)


def _name(entry: str | TextByLanguage, path: Path, report: Report) -> Label:
    if isinstance(entry, str):
        return Label.of(entry)
    if not (entry.zh or entry.en):
        report(path, "needs a text for zh, for en, or for both")
        return Label(en="?")
    return Label(zh=entry.zh or "", en=entry.en or "")


def _aliases(entry: list[str] | TextsByLanguage) -> tuple[str, ...]:
    return tuple(entry) if isinstance(entry, list) else (*entry.zh, *entry.en)


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


def _stand_once(entries: Sequence[_Identified], path: Path, report: Report) -> None:
    first: dict[str, int] = {}
    for index, entry in enumerate(entries):
        if entry.id in first:
            report((*path, index, "id"), f"{entry.id!r} is the id of {path[0]}[{first[entry.id]}] already")
        first.setdefault(entry.id, index)


def _leads_to(target: str | None, known: set[str], what: str, path: Path, report: Report) -> None:
    if target is not None and target not in known:
        report(path, f"there is no {what} {target!r}; {suggestion(target, sorted(known))}")


def _no_circles(entries: Sequence[DeviceEntry], report: Report) -> None:
    whole = {entry.id: entry.part_of for entry in entries}
    place = {entry.id: index for index, entry in enumerate(entries)}
    settled: set[str] = set()
    for start in whole:
        trail: list[str] = []
        at: str | None = start
        while at in whole and at not in settled and at not in trail:
            trail.append(at)
            at = whole[at]
        if at in trail:
            circle = " → ".join((*trail[trail.index(at) :], at))
            report(("devices", place[at], "part_of"), f"goes round in a circle: {circle}")
        settled.update(trail)
