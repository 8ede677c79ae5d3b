"""Covers, locks and valves: what opens."""

from __future__ import annotations

from collections.abc import Iterator

from homebody.home.adapters.mqtt import codec
from homebody.home.adapters.mqtt.announced import Announced, AnnouncementError
from homebody.home.adapters.mqtt.codec import Codec
from homebody.home.adapters.mqtt.making.parts import as_trait
from homebody.home.adapters.mqtt.wires import Sent, Wire
from homebody.home.function import Action
from homebody.home.traits import TRAITS, trait


def cover(component: Announced) -> Iterator[Wire]:
    command = component.topic("command_topic")
    ways = {Action.OPEN: "OPEN", Action.CLOSE: "CLOSE", Action.STOP: "STOP"}
    calls = {
        way: Sent(topic=command, data=component.word(f"payload_{way.value}", word))
        for way, word in ways.items()
        if command is not None
    }
    place = component.source("position_topic", "position_template")
    opened, closed = component.number("position_open", 100.0), component.number("position_closed", 0.0)
    assert opened is not None and closed is not None
    if place is not None and opened != closed:
        factor = 100 / (opened - closed)
        coded: Codec = codec.Number(
            factor=factor, offset=-closed * factor, whole=True, low=min(opened, closed),
            high=max(opened, closed),
        )  # fmt: skip
        write = component.write("set_position_topic", "set_position_template")
        if write is None and command is None:
            raise AnnouncementError("it cannot be moved")
        # with a way to say any place, open and closed are places too: what comes back can be compared
        stop = {way: sent for way, sent in calls.items() if write is None or way is Action.STOP}
        yield Wire(function=TRAITS["position"], codec=coded, source=place, write=write, calls=stop)
        return
    source = component.source("state_topic", "value_template")
    if source is None or command is None:
        raise AnnouncementError("it does not tell whether it is open")
    ends = codec.Ends(
        opened=(component.word("state_open", "open"),), closed=(component.word("state_closed", "closed"),)
    )
    yield Wire(function=trait("position", step=100.0), codec=ends, source=source, calls=calls)


def lock(component: Announced) -> Iterator[Wire]:
    locked = codec.Told(
        on=component.word("state_locked", "LOCKED"), off=component.word("state_unlocked", "UNLOCKED"),
        sent_on=component.word("payload_lock", "LOCK"), sent_off=component.word("payload_unlock", "UNLOCK"),
    )  # fmt: skip
    if component.keys.get("code_format") is not None:
        raise AnnouncementError("a lock that wants a code")
    yield from as_trait(
        TRAITS["lock"], locked, component.source("state_topic", "value_template"),
        component.write("command_topic", "command_template"),
    )  # fmt: skip


def valve(component: Announced) -> Iterator[Wire]:
    if component.keys.get("reports_position") is True:
        raise AnnouncementError("a valve that tells its position")
    opened = codec.Told(
        on=component.word("state_open", "open"), off=component.word("state_closed", "closed"),
        sent_on=component.word("payload_open", "OPEN"), sent_off=component.word("payload_close", "CLOSE"),
    )  # fmt: skip
    yield from as_trait(
        TRAITS["valve"], opened, component.source("state_topic", "value_template"),
        component.write("command_topic", "command_template"),
    )  # fmt: skip
