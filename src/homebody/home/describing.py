"""The other way round of `building`: a device as the entry of a home file, in plain data for YAML or JSON."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from homebody.home.function import Choice, Function, Type
from homebody.home.label import Label
from homebody.home.traits import TRAITS


def device_entry(
    *,
    id: str,  # the field's own word
    kind: str,
    name: Label,
    traits: Sequence[Function],
    controls: Sequence[Function],
    adapter: str,
    binding: Mapping[str, Any],
    area: str | None = None,
    aliases: Sequence[str] = (),
) -> dict[str, Any]:
    """Of traits, only what differs from the table is said."""
    entry: dict[str, Any] = {"id": id, "kind": kind, "name": name_entry(name)}
    if aliases:
        entry["aliases"] = list(aliases)
    if area is not None:
        entry["area"] = area
    if traits:
        entry["traits"] = {function.id: trait_entry(function) for function in traits}
    if controls:
        entry["controls"] = [control_entry(function) for function in controls]
    entry["adapter"] = {adapter: dict(binding)}
    return entry


def name_entry(name: Label) -> str | dict[str, str]:
    if name.zh and name.en:
        return {"zh": name.zh, "en": name.en}
    return name.zh or name.en


def trait_entry(function: Function) -> dict[str, Any]:
    base = TRAITS[function.id]
    entry: dict[str, Any] = {
        key: number(value)
        for key in ("min", "max", "step")
        if (value := getattr(function, key)) != getattr(base, key)
    }
    if function.choices != base.choices:
        entry["choices"] = [
            choice.id if choice == base.choice(choice.id) else choice_entry(choice)
            for choice in function.choices
        ]
    return entry


def control_entry(function: Function) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": function.id,
        "name": name_entry(function.name),
        "type": function.type.value,
    }
    if function.type is Type.NUMBER:
        bounds = {"min": function.min, "max": function.max, "step": function.step or math.inf}
        entry |= {key: number(value) for key, value in bounds.items() if math.isfinite(value)}
        if function.unit:
            entry["unit"] = function.unit
    if function.type is Type.CHOICE:
        entry["choices"] = [choice_entry(choice) for choice in function.choices]
    if function.type is not Type.ACTION and not (function.readable and function.writable):
        entry["access"] = "read" if function.readable else "write"
    return entry


def choice_entry(choice: Choice) -> dict[str, Any]:
    return {"id": choice.id, "name": name_entry(choice.name)}


def number(value: float) -> float:
    """A whole number is written without a point."""
    return int(value) if value == int(value) else value
