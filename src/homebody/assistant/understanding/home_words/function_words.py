"""The words of one function: its names, its choices, and how these are said."""

from __future__ import annotations

from collections.abc import Iterator

from homebody.assistant.understanding.home_words import doings
from homebody.assistant.understanding.home_words.word_forms import beginning, forms, infixed, kind_words
from homebody.assistant.understanding.home_words.wordbook import Given
from homebody.assistant.understanding.words.lexicon import lexicon
from homebody.assistant.understanding.words.normalise import fold
from homebody.assistant.understanding.words.participles import gerund
from homebody.assistant.understanding.words.token import Entry
from homebody.home.function import Function, Type

_WHITHER = ("to ", "back", "home", "below", "into ")
_OF_VERBS = ("playback", "cleaning")
"""Their choices are states, which verbs bring about."""


def means(name: str, category: str, value: object, weight: float = 1.0) -> Iterator[Given]:
    """All forms of a name, with this meaning."""
    for form, many in forms(name):
        yield form, Entry(category, value, weight, many)


def words_of(function: Function) -> Iterator[Given]:
    for name in dict.fromkeys((*function.name.all(), *function.aliases)):
        yield from means(name, "function", function.id)
        if function.type is Type.NUMBER:
            yield from means(name, "scale", function.id)
        else:
            yield from _doing(fold(name), function)
        if function.type is Type.TEXT:
            yield from means(name, "text_function", function.id)
            if fold(name).startswith(("显示", "写")):
                yield from means("显示", "text_function", function.id)
                yield from means("显示", "function", function.id)
        if function.type is Type.ACTION:
            yield from means(name, "action", function.id)
            for form in infixed(fold(name)):
                yield from means(form, "function", function.id, 0.95)
    if function.id in _OF_VERBS:
        return
    for choice in function.choices:
        for name in (*choice.name.all(), *choice.aliases):
            yield from _choice(name, function, choice.id)


def _doing(name: str, function: Function) -> Iterator[Given]:
    """Keeping warm, making tea: what "keep warm", "make tea" is while it is done; "to your basket", for "go
    to your basket"."""
    if function.type not in (Type.BOOL, Type.ACTION) or not name.isascii() or not name:
        return
    first, _, rest = name.partition(" ")
    form = f"{gerund(first)} {rest}".strip()
    if first.isalpha() and len(first) > 2 and not lexicon().exact(form) and form not in kind_words():
        yield from means(form, "function", function.id, 0.9)
    if first == "go" and function.type is Type.ACTION and rest.startswith(_WHITHER):
        yield from means(rest, "function", function.id, 0.9)


def alike_of(function: Function) -> Iterator[Given]:
    """坐好, where a thing calls it 坐下."""
    for name in () if function.trait else (*function.name.all(), *function.aliases):
        for word in doings.alike(fold(name)):
            yield from means(word, "function", function.id, 0.95)
            if function.type is Type.ACTION:
                yield from means(word, "action", function.id)
    if function.id in _OF_VERBS:
        return
    for choice in function.choices:
        for name in (*choice.name.all(), *choice.aliases):
            for word in doings.alike(fold(name)):
                yield from means(word, "choice", (function.id, choice.id), 0.95)


def beginnings_of(function: Function) -> Iterator[Given]:
    for name in dict.fromkeys((*function.name.all(), *function.aliases)):
        if begins := beginning(fold(name)):
            yield from means(begins, "function", function.id, 0.7)


def _choice(name: str, function: Function, choice_id: str) -> Iterator[Given]:
    value = (function.id, choice_id)
    yield from means(name, "choice", value)
    word = fold(name)
    if word.isascii() and " " not in word and len(word) > 2:
        yield from means(gerund(word), "choice", value, 0.9)  # heat: heating
        yield from means(gerund(word) + " mode", "choice", value)
    if function.id == "color" and word.endswith("色"):
        yield from means(word.removesuffix("色") + "光", "choice", value, 0.9)
        yield from means(word.removesuffix("色") + "的", "choice", value, 0.9)  # 换成粉的
    if word.endswith(("模式", " mode")):
        yield from means(word.removesuffix("模式").removesuffix(" mode"), "choice", value, 0.9)
    elif function.id != "color":
        suffixes = (" mode",) if word.isascii() else ("模式", "档", "挡")
        for suffix in suffixes:
            yield from means(word + suffix, "choice", value)
