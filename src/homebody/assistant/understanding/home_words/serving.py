"""What is ordered of a thing that makes it: 来杯浓缩咖啡, 沏壶普洱, in Chinese.

Only a choice that one thing alone has says which thing is meant. What is left of the order's words, if the
thing is itself called so, is no stranger.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from homebody.assistant.understanding.words.normalise import fold
from homebody.assistant.understanding.words.token import Entry, Token
from homebody.home.device import Device


def orders(tokens: Sequence[Token]) -> bool:
    """Whether something is to be served, and it is said what."""
    return any(token.is_("serve") for token in tokens) and any(token.is_("choice") for token in tokens)


def unserved(tokens: Sequence[Token]) -> list[Token]:
    """The tokens; an order of what nothing makes (咖啡机做杯抹茶) stays as strange as it is."""
    if orders(tokens):
        return list(tokens)
    return [Token(t.start, t.end, t.text) if t.is_("serve") else t for t in tokens]


def ordered(tokens: Sequence[Token], devices: Iterable[Device]) -> list[Token]:
    """The tokens, where the characters of the one device that has all choices of them mean nothing more."""
    wanted = [set(token.all("choice")) for token in tokens if token.is_("choice")]
    bearers = [
        device
        for device in devices
        if all(any((f.id, c.id) in pairs for f in device.functions for c in f.choices) for pairs in wanted)
    ]
    if len(bearers) != 1:
        return list(tokens)
    own = set("".join(map(fold, (*bearers[0].name.all(), *bearers[0].aliases))))
    return [
        Token(token.start, token.end, token.text, (Entry("particle_zh", True),))
        if not token.known and set(token.text) <= own
        else token
        for token in tokens
    ]
