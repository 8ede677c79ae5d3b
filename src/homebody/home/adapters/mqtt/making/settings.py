"""Numbers, choices, texts and buttons, which become controls; and what a vacuum is told."""

from __future__ import annotations

from collections.abc import Iterator

from homebody.home import controls
from homebody.home.adapters.mqtt import codec
from homebody.home.adapters.mqtt.announced import Announced, AnnouncementError
from homebody.home.adapters.mqtt.making.parts import own_id, own_name
from homebody.home.adapters.mqtt.wires import Sent, Source, Wire, key
from homebody.home.function import Action
from homebody.home.naming import visible
from homebody.home.traits import TRAITS

_CLEANING = {"cleaning": "cleaning", "docked": "docked", "paused": "paused", "idle": "stopped"}


def vacuum(component: Announced) -> Iterator[Wire]:
    state, command = component.topic("state_topic"), component.topic("command_topic")
    if state is None or command is None:
        raise AnnouncementError("it does not tell what it does, or cannot be told")
    ways = {Action.START: ("start", "start"), Action.PAUSE: ("pause", "pause"), Action.STOP: ("stop", "stop"),
            Action.DOCK: ("return_to_base", "return_to_base")}  # fmt: skip
    calls = {way: Sent(topic=command, data=component.word(f"payload_{name}", word))
             for way, (name, word) in ways.items()}  # fmt: skip
    source = Source(topic=state, pick=key("state"))
    yield Wire(function=TRAITS["cleaning"], codec=codec.Options(ids=_CLEANING), source=source, calls=calls)


def number(component: Announced) -> Iterator[Wire]:
    low, high = component.number("min", 1.0), component.number("max", 100.0)
    step = abs(component.number("step", 1.0) or 1.0)
    if low is None or high is None or low >= high:
        raise AnnouncementError("a number without a range")
    source = component.source("state_topic", "value_template")
    write = component.write("command_topic", "command_template")
    function = controls.number(
        own_id(component), own_name(component), low=low, high=high, step=step,
        unit=visible(component.word("unit_of_measurement", ""), 20), settable=write is not None,
        readable=source is not None,
    )  # fmt: skip
    yield Wire(function=function, codec=codec.Number(low=low, high=high), source=source, write=write)


def select(component: Announced) -> Iterator[Wire]:
    options = component.words("options")
    if not options:
        raise AnnouncementError("a choice of nothing")
    ids, choices = controls.choices_of(options)
    source = component.source("state_topic", "value_template")
    write = component.write("command_topic", "command_template")
    function = controls.choice(
        own_id(component),
        own_name(component),
        choices,
        settable=write is not None,
        readable=source is not None,
    )
    yield Wire(function=function, codec=codec.Options(ids=ids), source=source, write=write)


def text(component: Announced) -> Iterator[Wire]:
    most = int(min(max(component.number("max", 200.0) or 200.0, 1.0), 200.0))
    source = component.source("state_topic", "value_template")
    write = component.write("command_topic", "command_template")
    function = controls.text(
        own_id(component),
        own_name(component),
        settable=write is not None,
        readable=source is not None,
        most=most,
    )
    yield Wire(function=function, codec=codec.Words(most=most), source=source, write=write)


def button(component: Announced) -> Iterator[Wire]:
    write = component.write("command_topic", "command_template")
    if write is None:
        raise AnnouncementError("it has no command_topic")
    sent = write(component.word("payload_press", "PRESS"))
    function = controls.action(own_id(component), own_name(component))
    yield Wire(function=function, codec=codec.Words(), calls={Action.RUN: sent})
