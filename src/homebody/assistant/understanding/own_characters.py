"""A thing's own words in Chinese: 浴缸冒泡泡 means its 气泡, 鸡舍有几个蛋 its 鸡蛋数.

Chinese has no stems, but a word and its paraphrase mostly share the character that carries the meaning.
Characters that carry none by themselves (机, 水, 度) do not count, and what two functions share decides
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from homebody.assistant.understanding.normalise import fold
from homebody.assistant.understanding.token import Entry, Token
from homebody.home.device import Device

_EMPTY = frozenset(
    "的了着过一二三四五六七八九十上下开关机水灯光电动度量温时间式模设自高低大小中个号位档级速率数值状态"
    "第几多少有没不是在用做要给把让去来好点些次种件人我你他这那里外前后左右出入门窗房室目标当前已未可能会请"
)
_WEIGHT = 0.6
_LONG = 3
"""Unknown words that are longer share two characters with a name, or mean nothing of the thing."""

Names = tuple[tuple[str, Entry], ...]


def names_of(device: Device) -> Names:
    """The Chinese names of a thing's functions and choices, with what they mean."""
    found: list[tuple[str, Entry]] = []
    for function in device.controls:
        for name in (*function.name.all(), *function.aliases):
            found.append((fold(name), Entry("function", function.id, _WEIGHT)))
        for choice in function.choices:
            for name in (*choice.name.all(), *choice.aliases):
                found.append((fold(name), Entry("choice", (function.id, choice.id), _WEIGHT)))
    return tuple(pair for pair in found if not pair[0].isascii())


def meant(token: Token, names: Iterable[Names]) -> Token:
    """A strange word that shares its characters with one function or choice alone means that."""
    characters = set(token.text) - _EMPTY
    needed = 1 if len(token.text) <= _LONG else 2
    best, entries = needed - 1, set[Entry]()
    for name, entry in (pair for table in names for pair in table):
        shared = len(characters & set(name))
        if shared > best:
            best, entries = shared, {entry}
        elif shared == best and shared >= needed:
            entries.add(entry)
    if len(entries) != 1:
        return token  # nothing, or what two of them share
    return Token(token.start, token.end, token.text, tuple(entries))
