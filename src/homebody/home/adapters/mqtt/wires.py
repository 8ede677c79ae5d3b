"""One function of a device, and the way to it over MQTT: where its state is told, and what is sent."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from homebody.home.adapters.mqtt.codec import Codec
from homebody.home.adapters.mqtt.payload import MISSING, Payload
from homebody.home.function import Action, Function, Value

Pick = Callable[[Payload], object]
"""What a message says of one thing: a JSON value, or ``MISSING``. Raises ``PayloadError``."""

_MOST_TOPIC = 512  # bytes; the protocol allows 65,535


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    topic: str
    pick: Pick


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    topic: str
    data: str


class Write(Protocol):
    """What is sent to set a function to a raw value."""

    def __call__(self, raw: Any, /) -> Sent: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """How a device is asked for a property: ``{key: ""}`` to ``topic``."""

    topic: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """``source`` is where the state is told, ``write`` how it is set; ``calls`` is for actions of the
    function that have a message of their own; ``question`` asks the device for its state where it can be."""

    function: Function
    codec: Codec
    source: Source | None = None
    write: Write | None = None
    calls: Mapping[Action, Sent] = field(default_factory=dict)
    question: Question | None = None

    def told(self, payload: Payload) -> Value | None:
        """The state in a message on the topic of ``source``. Raises ``PayloadError``."""
        raw = self.source.pick(payload) if self.source else MISSING
        return None if raw is MISSING or raw is None else self.codec.decode(raw)

    def sent(self, action: Action, value: Value | None) -> Sent | None:
        """What to send for an action of this function; None where there is no way."""
        if action in self.calls:
            return self.calls[action]
        wanted = value if action is Action.SET else self.function.effect(action)
        if self.write is None or wanted is None:
            return None
        raw = self.codec.encode(wanted)
        return None if raw is None else self.write(raw)


def key(*path: str) -> Pick:
    """What stands under these keys of a JSON object."""

    def pick(payload: Payload) -> object:
        at = payload.json
        for each in path:
            if not isinstance(at, dict) or each not in at:
                return MISSING
            at = at[each]
        return at

    return pick


def to_key(topic: str, *path: str) -> Write:
    """A JSON object with the value under these keys."""

    def write(raw: Any, /) -> Sent:
        for each in reversed(path):
            raw = {each: raw}
        return Sent(topic=topic, data=json.dumps(raw, ensure_ascii=False))

    return write


def is_topic(value: object) -> bool:
    """Whether this can be published to and heard: a topic of a sensible length, without wildcards."""
    return (
        isinstance(value, str)
        and bool(value)
        and not re.search(r"[+#\x00-\x1f\x7f-\x9f\ud800-\udfff]", value)
        and len(value.encode()) <= _MOST_TOPIC
        and not value.startswith("$")
    )
