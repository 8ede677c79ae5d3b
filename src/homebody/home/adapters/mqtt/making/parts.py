"""What the makers of wires have in common: names of their own, traits whole or not at all, switches."""

from __future__ import annotations

from collections.abc import Iterator

from homebody.home import controls
from homebody.home.adapters.mqtt import codec
from homebody.home.adapters.mqtt.announced import Announced
from homebody.home.adapters.mqtt.codec import Codec
from homebody.home.adapters.mqtt.wires import Source, Wire, Write
from homebody.home.function import Function
from homebody.home.label import Label
from homebody.home.naming import slug
from homebody.home.traits import TRAITS
from homebody.home.words import named


def own_id(component: Announced, more: str = "") -> str:
    return slug(f"{component.id}_{more}" if more else component.id) or slug(component.platform)


def own_name(component: Announced) -> Label:
    return named(component.id, component.name)


def as_trait(function: Function, coded: Codec, source: Source | None, write: Write | None) -> Iterator[Wire]:
    """A trait, where the device lets do with it all that the trait promises; else nothing."""
    if source is not None and (write is not None or not function.writable):
        yield Wire(function=function, codec=coded, source=source, write=write if function.writable else None)


def switched(component: Announced, state_template: str = "value_template") -> Iterator[Wire]:
    on, off = component.word("payload_on", "ON"), component.word("payload_off", "OFF")
    told = codec.Told(
        on=component.word("state_on", on), off=component.word("state_off", off), sent_on=on, sent_off=off
    )
    source = component.source("state_topic", state_template)
    write = component.write("command_topic", "command_template")
    if source is None and write is not None:  # nobody tells whether it is on: it can only be said
        function = controls.switch(own_id(component), own_name(component), settable=True, readable=False)
        yield Wire(function=function, codec=told, write=write)
    yield from as_trait(TRAITS["on_off"], told, source, write)
