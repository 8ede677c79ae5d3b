"""From a MIoT description to what a device can do: traits where everybody knows them, controls for the rest.

Which property is which trait stands in `traits`; here is what becomes of all others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from homebody.home.adapters.miio import codec
from homebody.home.adapters.miio.codec import Codec
from homebody.home.adapters.miio.spec import Property, Service, Spec, SpecAction
from homebody.home.adapters.miio.traits import Use, trait_wires
from homebody.home.adapters.miio.wires import Call, Wire, number_codec, option_ids
from homebody.home.adapters.miio.words import kind_of, named, option_name, unit_of
from homebody.home.function import Action, Choice, Function, Type
from homebody.home.label import Label
from homebody.home.naming import free, slug

_SWITCHED = (Action.ON, Action.OFF, Action.TOGGLE)
_SWITCHES = ((Action.ON, True), (Action.OFF, False))
_MOST_TEXT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """A description in our terms. ``kind`` is the device's; ids of the wires' functions stand once."""

    kind: str
    wires: tuple[Wire, ...]

    @property
    def traits(self) -> tuple[Function, ...]:
        return tuple(wire.function for wire in self.wires if wire.function.trait)

    @property
    def controls(self) -> tuple[Function, ...]:
        return tuple(wire.function for wire in self.wires if not wire.function.trait)


def map_spec(spec: Spec) -> Mapped:
    """Traits and controls of a description, in its order; what cannot be bounded can only be read."""
    traits, used = trait_wires(spec)
    taken = {wire.function.id for wire in traits}
    controls = []
    for service, wire in _controls(spec, used):
        id_ = free(wire.function.id, taken)
        taken.add(id_)
        controls.append((service, replace(wire, function=replace(wire.function, id=id_))))
    return Mapped(kind=kind_of(spec.kind), wires=(*traits, *_told_apart(controls)))


def _controls(spec: Spec, used: set[Use]) -> Iterator[tuple[Service, Wire]]:
    for service in spec.services:
        if service.kind == "device-information":
            continue
        for property_ in service.properties:
            if (False, property_.point) not in used and (wire := _control(service, property_)):
                yield service, wire
        for action in service.actions:
            if (True, action.point) not in used and (wire := _action(service, action)):
                yield service, wire


def _control(service: Service, property_: Property) -> Wire | None:
    """The control for a property; None for one that says nothing to people."""
    shape = _shape(property_)
    if shape is None or not (property_.readable or property_.writable):
        return None
    function, codec_, bounded = shape
    actions = function.actions if property_.writable and bounded else ()
    if not actions and not property_.readable:
        return None
    name = service.name if property_.kind == "on" else property_.name
    return Wire(
        function=replace(
            function,
            id=slug(f"{service.kind}_{property_.kind}"),
            name=named(service.kind if property_.kind == "on" else property_.kind, name),
            actions=actions,
            readable=property_.readable,
        ),
        codec=codec_,
        read=property_.point if property_.readable else None,
        write=property_.point if actions else None,
    )


def _action(service: Service, action: SpecAction) -> Wire | None:
    """A control to run, or to set to the one value that the action takes; None for one that takes more."""
    id_, name = slug(f"{service.kind}_{action.kind}"), named(action.kind, action.name)
    if not action.inputs:
        function = Function(id=id_, name=name, type=Type.ACTION, actions=(Action.RUN,), readable=False)
        call = Call(point=action.point, action=True)
        return Wire(function=function, codec=codec.Words(), calls={Action.RUN: call})
    input_ = service.property(action.inputs[0]) if len(action.inputs) == 1 else None
    shape = _shape(input_) if input_ else None
    if shape is None or not shape[2]:
        return None
    function, codec_, _ = shape
    function = replace(function, id=id_, name=name, readable=False)
    return Wire(function=function, codec=codec_, write=action.point, invokes=True)


def _shape(property_: Property) -> tuple[Function, Codec, bool] | None:
    """Type, codec and whether it is bounded, so that it may be set; None for what is not for people."""
    name = property_.name
    if property_.options:
        ids = option_ids(property_.options)
        choices = tuple(Choice(id=ids[option.raw], name=option_name(option)) for option in property_.options)
        shape = Function(id="", name=name, type=Type.CHOICE, actions=(Action.SET,), choices=choices)
        return shape, codec.Options(ids=ids), True
    if property_.format == "bool":
        shape = Function(id="", name=name, type=Type.BOOL, actions=_SWITCHED, effects=_SWITCHES)
        return shape, codec.Truth(), True
    if property_.format == "string":
        shape = Function(id="", name=name, type=Type.TEXT, actions=(Action.SET,), max_length=_MOST_TEXT)
        return shape, codec.Words(), True
    if property_.format == "hex":
        return None
    shape = Function(id="", name=name, type=Type.NUMBER, actions=(Action.SET,), unit=unit_of(property_.unit))
    if property_.low is None or property_.high is None:
        return shape, codec.Number(whole=property_.whole), False
    shape = replace(shape, min=property_.low, max=property_.high, step=property_.step)
    return shape, number_codec(property_), True


def _told_apart(controls: list[tuple[Service, Wire]]) -> Iterator[Wire]:
    """Controls of one name get the name of their service before it."""
    in_chinese = Counter(wire.function.name.text("zh") for _, wire in controls)
    in_english = Counter(wire.function.name.text("en") for _, wire in controls)
    for service, wire in controls:
        name, whose = wire.function.name, named(service.kind, service.name)
        zh = f"{whose.zh}{name.zh}" if name.zh and in_chinese[name.zh] > 1 else name.zh
        en = f"{whose.en} {name.en}" if name.en and in_english[name.en] > 1 else name.en
        yield replace(wire, function=replace(wire.function, name=Label(zh=zh, en=en)))
