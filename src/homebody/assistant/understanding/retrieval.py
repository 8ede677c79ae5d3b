"""The few devices near the words of a sentence: all that a model gets to see of a home.

Named things come first, then what shares characters or words with the sentence, then what is in the room
where it was spoken. Nothing near: no devices, and the model can only talk.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from homebody.assistant.context import Context
from homebody.assistant.understanding.lattice import tokenise
from homebody.assistant.understanding.normalise import Normalised, fold
from homebody.assistant.understanding.vocabulary import Vocabulary
from homebody.home.device import Device

LIMIT = 4


@lru_cache(maxsize=20_000)
def _shingles(text: str) -> frozenset[str]:
    """Latin words and pairs of Chinese characters."""
    folded = fold(text)
    words = {word for word in folded.split() if word.isascii() and len(word) > 2}
    dense = "".join(c for c in folded if not c.isascii())
    return frozenset(words | {dense[i : i + 2] for i in range(len(dense) - 1)})


def _texts(device: Device) -> Iterable[str]:
    yield from device.name.all()
    yield from device.aliases
    for function in device.functions:
        yield from function.name.all()


def nearest(text: Normalised, vocabulary: Vocabulary, context: Context, limit: int = LIMIT) -> list[Device]:
    """At most ``limit`` devices, most likely first."""
    tokens = tokenise(text, vocabulary)
    areas = {area for token in tokens for area in token.all("area")}
    named = {device_id for token in tokens for ids in token.all("device") for device_id in ids}
    kinds = {d.id for token in tokens for kind in token.all("kind") for d in vocabulary.of_kind(kind)}
    functions = {i for t in tokens if not t.is_("area", "kind") for i in t.all("function")}
    said = _shingles(text.text)
    scored: list[tuple[float, int, Device]] = []
    for index, device in enumerate(vocabulary.home.devices):
        score = 4.0 * (device.id in named) + 2.0 * (device.id in kinds)
        score += 1.0 * any(function.id in functions for function in device.functions)
        score += 0.5 * len(said & frozenset().union(*map(_shingles, _texts(device))))
        if score or areas or functions:
            score += 1.0 * (device.area in areas)
        if score and device.area == context.area:
            score += 0.5
        if score and any(f.writable for f in device.functions):
            scored.append((-score, index, device))
    scored.sort(key=lambda item: item[:2])
    return [device for _, _, device in scored[:limit]]
