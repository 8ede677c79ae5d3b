"""The left one, the back one: a thing of the kind that was spoken of, by a word of its name.

Such words stand for a thing like a name does, once it is clear what kind is meant.
"""

from __future__ import annotations

from collections.abc import Sequence

from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.words.token import Entry, Token
from homebody.home.device import Device

_ONE = frozenset({"one", "ones"})


def with_ones(tokens: Sequence[Token], spoken_of: Sequence[Device], vocabulary: Vocabulary) -> list[Token]:
    """The tokens, with "left one" as the name of what has ``left`` in its name, of the kinds spoken of."""
    if not any(token.text in _ONE for token in tokens):
        return list(tokens)
    kinds = {device.kind for device in spoken_of}
    result: list[Token] = []
    for token in tokens:
        word = result[-1] if result else None
        if token.text in _ONE and word is not None and not word.is_("area", "kind", "device", "room"):
            named = _called(word.text, kinds, vocabulary)
            if named:
                name = Entry("device", frozenset(named), 1.0, token.text == "ones")
                result[-1] = Token(word.start, token.end, f"{word.text} {token.text}", (name,))
                continue
        result.append(token)
    return result


def _called(word: str, kinds: set[str], vocabulary: Vocabulary) -> list[str]:
    return [
        device.id
        for device in vocabulary.home.devices
        if device.kind in kinds and any(word in name.split() for name in vocabulary.full_names(device))
    ]
