"""A thing's own words in Chinese: 浴缸冒泡泡 means its 气泡, 鸡舍有几个蛋 its 鸡蛋数.

Chinese has no stems, but a word and its paraphrase mostly share the character that carries the meaning.
Characters that carry none by themselves (机, 水, 度) do not count, and what two functions share decides
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from homebody.assistant.understanding.words.normalise import fold
from homebody.assistant.understanding.words.token import Entry, Token
from homebody.home.device import Device
from homebody.home.function import Type

_EMPTY = frozenset(
    "的了着过一二三四五六七八九十上下开关机水灯光电动度量温时间式模设自高低大小中个号位档级速率数值状态"
    "第几多少有没不是在用做要给把让去来好点些次种件人我你他这那里外前后左右出入门窗房室目标当前已未可能会请"
)
_TOLD = frozenset({"了", "过", "没", "没有", "没人", "吗", "的", "咗"})
_WEIGHT = 0.6
_LONG = 3
"""Unknown words that are longer share two characters with a name, or mean nothing of the thing."""


@dataclass(frozen=True, slots=True)
class Name:
    """A function's or a choice's name. ``loose``: it is enough to share a character with it, since what it
    names is only done or switched; a value is not set on such a hint. ``around``: the thing's own names."""

    text: str
    entry: Entry
    loose: bool
    around: frozenset[str]


Names = tuple[Name, ...]


def names_of(device: Device) -> Names:
    """The Chinese names of a thing's functions and choices."""
    found: list[Name] = []
    around = frozenset("".join(map(fold, (*device.name.all(), *device.aliases))))
    for function in device.controls:
        loose = function.type in (Type.BOOL, Type.ACTION) or not function.writable
        entry = Entry("function", function.id, _WEIGHT)
        names = (*function.name.all(), *function.aliases)
        found += [Name(fold(name), entry, loose, around) for name in names]
        for choice in function.choices:
            entry = Entry("choice", (function.id, choice.id), _WEIGHT)
            names = (*choice.name.all(), *choice.aliases)
            found += [Name(fold(name), entry, False, around) for name in names]
    return tuple(name for name in found if not name.text.isascii())


def meant(token: Token, names: Iterable[Names]) -> Token:
    """A strange word that shares its characters with one function or choice alone means that."""
    characters = set(token.text) - _EMPTY
    needed = 1 if len(token.text) <= _LONG else 2
    best, entries = needed - 1, set[Entry]()
    for name in (name for table in names for name in table):
        shared = len(characters & set(name.text))
        if not name.loose and not characters <= set(name.text):
            continue
        if shared > best:
            best, entries = shared, {name.entry}
        elif shared == best and shared >= needed:
            entries.add(name.entry)
    if len(entries) != 1:
        return token  # nothing, or what two of them share
    return Token(token.start, token.end, token.text, tuple(entries))


def described(tokens: Sequence[Token], names: Iterable[Name]) -> list[Token]:
    """Where no thing is named: 把锚抛下去 has all that 抛锚 is made of, so that function is meant.

    All characters of the name must be there, in words that are strange, and nothing strange beside it but
    what the thing itself is called. What is told (煮好了没人喝) describes nothing.
    """
    served = {token.text[0] for token in tokens if token.is_("serve")}  # 煮锅粥: 煮粥
    strange = served | {character for token in tokens if not token.known for character in token.text}
    if not strange or any(token.text in _TOLD for token in tokens):
        return list(tokens)
    best: list[Name] = []
    for name in names:
        letters = set(name.text)
        if len(name.text) < 2 or not letters <= strange or letters <= _EMPTY:
            continue
        if not strange - _EMPTY <= letters | name.around:
            continue
        if best and len(name.text) > len(best[0].text):
            best = []
        if not best or len(name.text) == len(best[0].text):
            best.append(name)
    if len({name.entry for name in best}) != 1:
        return list(tokens)
    result: list[Token] = []
    placed = False
    for token in tokens:
        if (token.known and not token.is_("serve")) or not set(token.text) & set(best[0].text):
            result.append(token)
            continue
        entry = Entry("particle_zh", True) if placed else best[0].entry
        result.append(Token(token.start, token.end, token.text, (entry,)))
        placed = True
    return result
