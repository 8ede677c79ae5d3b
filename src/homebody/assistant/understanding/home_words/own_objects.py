"""What is acted on, in other words than its name: drain the bath, of a bathtub that drains; charge the car.

Where a clause names a function and no thing, a strange word means the one thing that has that function, if
that thing is described by it: by its names, its kinds, or the names of its functions.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from homebody.assistant.understanding.home_words.stems import stem
from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.words.normalise import fold
from homebody.assistant.understanding.words.token import Entry, Token
from homebody.home.device import Device
from homebody.home.kinds import KINDS

_WEIGHT = 0.7
_COMMON = 4
"""So many letters tell the word: bath of bathtub, fish of fishies."""


def with_objects(tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Token]:
    """The tokens of a clause that names functions and no thing, with its strange objects as things."""
    if not any(token.is_("function", "choice") for token in tokens) or any(
        token.is_("device", "kind", "area", "room") and not token.is_("function", "choice")
        for token in tokens
    ):
        return list(tokens)
    bearers = [
        device
        for device in vocabulary.home.devices
        if device.controls and any(_bears(device, token) for token in tokens)
    ]
    return [token if token.known else _object(token, bearers) for token in tokens] if bearers else [*tokens]


def _bears(device: Device, token: Token) -> bool:
    ids = {*token.all("function"), *(function_id for function_id, _ in token.all("choice"))}
    return any(control.id in ids for control in device.controls)


def _object(token: Token, bearers: Collection[Device]) -> Token:
    if len(token.text) < 3 or not token.text.isascii():
        return token
    described = [device for device in bearers if _describes(token.text, description(device))]
    if len(described) != 1:
        return token
    name = Entry("device", frozenset({described[0].id}), _WEIGHT)
    return Token(token.start, token.end, token.text, (name,))


def _describes(word: str, said: Collection[str]) -> bool:
    return any(
        stem(word) == stem(other)
        or (len(word) >= _COMMON <= len(other) and (other.startswith(word) or other.endswith(word)))
        or (len(word) > _COMMON < len(other) and word[:_COMMON] == other[:_COMMON])
        for other in said
    )


@lru_cache(maxsize=4_000)
def description(device: Device) -> frozenset[str]:
    """The English words by which a home describes a thing."""
    kind = KINDS.get(device.kind)
    names = [*device.name.all(), *device.aliases, *(kind.words if kind else ())]
    names += device.kind_name.all() if device.kind_name else ()
    names += [name for control in device.controls for name in (*control.name.all(), *control.aliases)]
    return frozenset(
        word for name in names for word in fold(name).split() if word.isascii() and len(word) > 2
    )
