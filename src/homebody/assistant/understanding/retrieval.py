"""The few things near the words of a sentence: all that a model gets to see of a home.

A device is near if it, its kind, its area or one of its functions is named, or shares words with the
sentence; of its functions those that are near are shown, else what it is mostly used for. What opens locks,
doors and valves is never shown: that has to be said clearly, and then the grammar understands it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from homebody.assistant.context import Context
from homebody.assistant.understanding.lattice import tokenise
from homebody.assistant.understanding.normalise import Normalised, fold
from homebody.assistant.understanding.token import Token
from homebody.assistant.understanding.vocabulary import Vocabulary
from homebody.home.device import Device
from homebody.home.function import Function, Type

LIMIT = 3
"""Devices."""
FUNCTIONS = 2
"""Functions of each, unless more are near the words."""

_GUARDED_KINDS = frozenset(
    {"lock", "door_lock", "smart_lock", "garage_door", "garage", "gate", "door", "valve", "gas_valve",
     "water_valve", "alarm", "alarm_panel", "security", "security_system"}
)  # fmt: skip
_GUARDED_FUNCTIONS = frozenset({"lock", "valve"})
_MAIN = ("on_off", "position", "cleaning", "playback", "thermostat", "brightness", "volume", "fan_speed")


@dataclass(frozen=True, slots=True)
class Near:
    """A device, its functions to show, and how near it is (1 or more: something of it was named)."""

    device: Device
    functions: tuple[Function, ...]
    score: float


@lru_cache(maxsize=20_000)
def _shingles(text: str) -> frozenset[str]:
    """Latin words and pairs of Chinese characters."""
    folded = fold(text)
    words = {word for word in folded.split() if word.isascii() and len(word) > 2}
    dense = "".join(c for c in folded if not c.isascii())
    return frozenset(words | {dense[i : i + 2] for i in range(len(dense) - 1)})


def _shared(said: frozenset[str], texts: Iterable[str]) -> int:
    return len(said & frozenset[str]().union(*map(_shingles, texts)))


def nearest(text: Normalised, vocabulary: Vocabulary, context: Context, limit: int = LIMIT) -> list[Near]:
    """At most ``limit`` devices, nearest first; none where nothing of the home is named or alluded to."""
    tokens = tokenise(text, vocabulary)
    said = _shingles(text.text)
    named = _ids(tokens, "device")
    kinds = {d.id for token in tokens for kind in token.all("kind") for d in vocabulary.of_kind(kind)}
    areas = {area for token in tokens for area in token.all("area")} or {context.area}
    functions = {i for t in tokens if not t.is_("area", "kind") for i in t.all("function")}
    choices = {pair for token in tokens for pair in token.all("choice")}
    found: list[Near] = []
    for device in vocabulary.home.devices:
        able = [f for f in device.functions if _may_be_shown(device, f)]
        if not able:
            continue
        near = [f for f in able if _is_near(f, functions, choices, said)]
        score = 3.0 * (device.id in named) + 2.0 * (device.id in kinds) + 1.0 * bool(near)
        score += 0.5 * _shared(said, (*device.name.all(), *device.aliases))
        score += 1.0 * (device.area is not None and device.area in areas)
        if score:
            found.append(Near(device, _to_show(able, near), score))
    found.sort(key=lambda item: -item.score)  # stable: the home's order among equals
    return found[:limit]


def _ids(tokens: Iterable[Token], category: str) -> set[str]:
    return {device_id for token in tokens for ids in token.all(category) for device_id in ids}


def _may_be_shown(device: Device, function: Function) -> bool:
    if device.kind in _GUARDED_KINDS or function.id in _GUARDED_FUNCTIONS:
        return False
    return function.writable and function.type is not Type.TEXT


def _is_near(
    function: Function, functions: set[str], choices: set[tuple[str, str]], said: frozenset[str]
) -> bool:
    if function.id in functions or any((function.id, choice.id) in choices for choice in function.choices):
        return True
    return bool(_shared(said, (*function.name.all(), *function.aliases)))


def _to_show(able: list[Function], near: list[Function]) -> tuple[Function, ...]:
    main = sorted(able, key=lambda f: _MAIN.index(f.id) if f.id in _MAIN else len(_MAIN))
    chosen = [*near, *(function for function in main if function not in near)]
    return tuple(chosen[: max(FUNCTIONS, len(near))][:4])
