"""LCM's encoding of one message type, derived from a dataclass whose fields say how they look on the wire.

An LCM message is an 8-byte fingerprint of its type followed by the fields in order, big-endian, without
padding. The fingerprint is a hash over the names and types of the fields in the published definition, so that
a peer that was built from another one is noticed (lcm-proj.github.io, "LCM type specification language").
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any, Generic, TypeVar, cast

MAX_BYTES = 4 * 1024 * 1024
"""Longer messages are refused in both directions."""

_LETTERS = {
    "boolean": "b", "byte": "B", "int8_t": "b", "int16_t": "h", "int32_t": "i", "int64_t": "q",
    "float": "f", "double": "d",
}  # fmt: skip
_MASK = (1 << 64) - 1

Message = TypeVar("Message")


class WireError(ValueError):
    """Bytes that are no message of this type, or a message that has no bytes."""


def wire(type_: str, length: int | str | None = None, *, name: str = "", default: Any = 0) -> Any:
    """A field of a message. ``type_`` is LCM's; ``length`` that of an array, or the name of the field (on the
    wire) that tells it; ``name`` is the field's in the published definition, where ours is another.

    Arrays are tuples, of ``byte`` they are ``bytes``. Left out, they are all ``default``.
    """
    if isinstance(length, str):
        start: Any = b"" if type_ == "byte" else ()
    elif length is None:
        start = default
    else:
        start = bytes([default] * length) if type_ == "byte" else (default,) * length
    return field(default=start, metadata={"wire": (name, type_, length)})


@dataclass(frozen=True, slots=True)
class _Field:
    attribute: str
    name: str
    type: str
    length: int | str | None


class Codec(Generic[Message]):
    """Between messages of one class and bytes."""

    def __init__(self, message: Callable[..., Message]) -> None:
        self.message = message
        self._fields = tuple(_read(each) for each in fields(cast(Any, message)))
        self.fingerprint = _fingerprint(self._fields)
        self._attribute = {each.name: each.attribute for each in self._fields}
        fixed = all(not isinstance(each.length, str) for each in self._fields)
        self._struct = struct.Struct(">Q" + "".join(map(_letters, self._fields))) if fixed else None

    @property
    def size(self) -> int | None:
        """Bytes of every message, the fingerprint included; None where that differs."""
        return self._struct.size if self._struct else None

    def encode(self, message: Message) -> bytes:
        """Raises ``WireError`` for numbers that the wire's types cannot hold and arrays of a wrong length."""
        try:
            if self._struct:
                values: list[Any] = []
                for each in self._fields:
                    values += _flat(each, getattr(message, each.attribute), each.length)
                return self._struct.pack(self.fingerprint, *values)
            data = bytearray(struct.pack(">Q", self.fingerprint))
            for each in self._fields:
                value = getattr(message, each.attribute)
                length = each.length
                if isinstance(length, str):
                    length = getattr(message, self._attribute[length])
                if each.type == "byte" and length is not None:
                    if len(value) != length:
                        raise WireError(f"{each.name} has {len(value)} bytes instead of {length}")
                    data += value
                else:
                    flat = _flat(each, value, length)
                    data += struct.pack(f">{len(flat)}{_LETTERS[each.type]}", *flat)
        except (struct.error, OverflowError, TypeError) as error:
            raise WireError(f"no number of the wire: {error}") from error
        if len(data) > MAX_BYTES:
            raise WireError(f"{len(data)} bytes are too many")
        return bytes(data)

    def decode(self, data: bytes) -> Message:
        """Raises ``WireError`` for a wrong fingerprint or length. Floats may be anything, NaN included."""
        if len(data) > MAX_BYTES:
            raise WireError(f"{len(data)} bytes are too many")
        if len(data) < 8 or int.from_bytes(data[:8], "big") != self.fingerprint:
            raise WireError(f"the fingerprint is {data[:8].hex()}, not {self.fingerprint:016x}")
        at = 8
        found: dict[str, Any] = {}
        try:
            for each in self._fields:
                length = each.length
                if isinstance(length, str):
                    length = found[self._attribute[length]]
                if length is None:
                    (found[each.attribute],) = struct.unpack_from(f">{_LETTERS[each.type]}", data, at)
                    at += struct.calcsize(f">{_LETTERS[each.type]}")
                    continue
                form = f">{length}{_LETTERS[each.type]}"
                size = struct.calcsize(form)
                if each.type == "byte":
                    found[each.attribute] = data[at : at + size]
                    if len(data) < at + size:
                        raise WireError(f"{len(data)} bytes are too few")
                else:
                    found[each.attribute] = struct.unpack_from(form, data, at)
                at += size
        except struct.error as error:
            raise WireError(f"{len(data)} bytes are no such message: {error}") from error
        if at != len(data):
            raise WireError(f"{len(data)} bytes are {len(data) - at} too many")
        return self.message(**found)


def _read(each: Any) -> _Field:
    name, type_, length = each.metadata["wire"]
    return _Field(each.name, name or each.name, type_, length)


def _letters(each: _Field) -> str:
    return f"{each.length if each.length is not None else ''}{_LETTERS[each.type]}"


def _flat(each: _Field, value: Any, length: int | str | None) -> list[Any]:
    if length is None:
        return [value]
    items = list(value)
    if len(items) != length:
        raise WireError(f"{each.name} has {len(items)} items instead of {length}")
    return items


def _fingerprint(items: tuple[_Field, ...]) -> int:
    """LCM's hash of a struct whose fields are all of primitive types."""
    value = 0x12345678
    for each in items:
        value = _text(_text(value, each.name), each.type)
        value = _mix(value, 0 if each.length is None else 1)  # number of dimensions
        if each.length is not None:
            value = _mix(value, 1 if isinstance(each.length, str) else 0)  # 1: told by another field
            value = _text(value, str(each.length))
    return ((value << 1) + (value >> 63)) & _MASK


def _mix(value: int, character: int) -> int:
    signed = value - (1 << 64) if value >> 63 else value  # the shift to the right keeps the sign
    return (((value << 8) & _MASK) ^ ((signed >> 55) & _MASK)) + character & _MASK


def _text(value: int, text: str) -> int:
    value = _mix(value, len(text))
    for character in text:
        value = _mix(value, ord(character))
    return value
