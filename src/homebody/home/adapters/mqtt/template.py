"""The part of Jinja that discovery messages use to say where a value stands, and nothing more.

A whole template language from whoever may publish would be a program from a stranger. Here are values and
their members, numbers, words, ``+ - * /``, comparisons, ``a if b else c`` and a few filters: nothing that
loops, calls or grows. What goes beyond is refused, and its function is left out.
"""

from __future__ import annotations

import json
import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from homebody.home.adapters.mqtt.payload import MISSING, Payload
from homebody.home.naming import number_of

MOST_TEXT = 500
MOST_TOKENS = 120
_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>"[^"\\]*"|'[^'\\]*')|(?P<name>[A-Za-z_]\w*)"""
    r"""|(?P<sign>==|!=|<=|>=|[<>|().,\[\]+\-*/]))"""
)
_HOLE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_COMPARED: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip


class TemplateError(ValueError):
    """A template that goes beyond what is understood here."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a template sees: ``value``, and ``json`` of it."""

    value: object
    json: Callable[[], object]


Expression = Callable[[Scope], object]


@dataclass(frozen=True, slots=True)
class Template:
    """Texts and expressions in turn; one expression alone keeps its type."""

    parts: tuple[str | Expression, ...]

    def pick(self, payload: Payload) -> object:
        """What it says of a message; ``MISSING`` where that is not there. Raises ``PayloadError``."""
        return self._filled(Scope(payload.text, lambda: payload.json))

    def render(self, value: object) -> str:
        """The text of a command with this value in it."""
        return text_of(self._filled(Scope(value, lambda: value)))

    def _filled(self, scope: Scope) -> object:
        if len(self.parts) == 1 and not isinstance(self.parts[0], str):
            return self.parts[0](scope)
        filled = [part if isinstance(part, str) else part(scope) for part in self.parts]
        return MISSING if MISSING in filled else "".join(text_of(each) for each in filled)


def parse_template(text: str) -> Template:
    """Raises ``TemplateError``."""
    if len(text) > MOST_TEXT or "{%" in text or "{#" in text:
        raise TemplateError("its template is a program")
    pieces = _HOLE.split(text.strip())
    parts: list[str | Expression] = []
    for index, piece in enumerate(pieces):
        if index % 2:
            parts.append(_Parser(piece).whole())
        elif piece:
            if "{{" in piece or "}}" in piece:
                raise TemplateError("its template does not end")
            parts.append(piece)
    return Template(tuple(parts))


def text_of(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return value if isinstance(value, str) else "" if value is MISSING else json.dumps(value)


class _Parser:
    """Recursive descent; as deep as there are tokens, which are few."""

    def __init__(self, text: str) -> None:
        self._tokens: list[tuple[str, str]] = []
        at = 0
        text = text.strip()
        while at < len(text):
            found = _TOKEN.match(text, at)
            if found is None or len(self._tokens) >= MOST_TOKENS:
                raise TemplateError("its template is not understood")
            self._tokens.append((found.lastgroup or "", found[found.lastgroup or 0]))
            at = found.end()

    def whole(self) -> Expression:
        expression = self._choice()
        if self._tokens:
            raise TemplateError(f"its template is not understood at {self._tokens[0][1]!r}")
        return expression

    def _next(self) -> tuple[str, str]:
        if not self._tokens:
            raise TemplateError("its template ends too early")
        return self._tokens.pop(0)

    def _take(self, *words: str) -> str | None:
        if self._tokens and self._tokens[0][1] in words and self._tokens[0][0] != "text":
            return self._tokens.pop(0)[1]
        return None

    def _need(self, word: str) -> None:
        if self._take(word) is None:
            raise TemplateError(f"its template lacks a {word!r}")

    def _choice(self) -> Expression:
        yes = self._comparison()
        if self._take("if") is None:
            return yes
        condition = self._comparison()
        self._need("else")
        no = self._choice()
        return lambda scope: yes(scope) if _true(condition(scope)) else no(scope)

    def _comparison(self) -> Expression:
        left = self._sum()
        sign = self._take("==", "!=", "<", ">", "<=", ">=")
        if sign is None:
            return left
        right = self._sum()
        if sign in ("==", "!="):
            return lambda scope: (_same(left(scope), right(scope))) is (sign == "==")
        compare = _COMPARED[sign]

        def compared(scope: Scope) -> object:
            one, other = number_of(left(scope)), number_of(right(scope))
            return one is not None and other is not None and compare(one, other)

        return compared

    def _sum(self) -> Expression:
        left = self._product()
        while sign := self._take("+", "-"):
            left = _arithmetic(operator.add if sign == "+" else operator.sub, left, self._product())
        return left

    def _product(self) -> Expression:
        left = self._filtered()
        while sign := self._take("*", "/"):
            left = _arithmetic(operator.mul if sign == "*" else operator.truediv, left, self._filtered())
        return left

    def _filtered(self) -> Expression:
        value = self._value()
        while self._take("|"):
            kind, name = self._next()
            arguments: list[object] = []
            if self._take("("):
                while self._take(")") is None:
                    arguments.append(self._literal())
                    self._take(",")
            if kind != "name" or name not in _FILTERS:
                raise TemplateError(f"its template uses the filter {name}")
            value = _applied(_FILTERS[name], value, arguments)
        return value

    def _literal(self) -> object:
        minus = self._take("-") is not None
        kind, word = self._next()
        if kind == "number":
            number = float(word) if "." in word else int(word[:15])
            return -number if minus else number
        if kind == "text" and not minus:
            return word[1:-1]
        if kind == "name" and word.lower() in ("true", "false") and not minus:
            return word.lower() == "true"
        raise TemplateError(f"its template has no value at {word!r}")

    def _value(self) -> Expression:
        if self._take("("):
            inner = self._choice()
            self._need(")")
            return inner
        if self._take("value"):
            return lambda scope: scope.value
        if self._take("value_json") is None:
            constant = self._literal()
            return lambda _scope: constant
        path: list[object] = []
        while sign := self._take(".", "["):
            if sign == ".":
                kind, word = self._next()
                if kind not in ("name", "number"):
                    raise TemplateError("its template is not understood")
                path.append(word)
            else:
                path.append(self._literal())
                self._need("]")
        return lambda scope: _member(scope.json(), path)


def _member(value: object, path: list[object]) -> object:
    for key in path:
        if isinstance(value, dict):
            value = value.get(key, MISSING)
        elif isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
            value = value[key]
        else:
            return MISSING
    return value


def _true(value: object) -> bool:
    return value is not MISSING and bool(value)


def _same(one: object, other: object) -> bool:
    return isinstance(one, bool) is isinstance(other, bool) and one == other


def _arithmetic(do: Callable[[float, float], float], left: Expression, right: Expression) -> Expression:
    """On numbers only, so that no text grows by it."""

    def done(scope: Scope) -> object:
        one, other = number_of(left(scope)), number_of(right(scope))
        if one is None or other is None:
            return MISSING
        try:
            result = do(one, other)
        except (ZeroDivisionError, OverflowError):
            return MISSING
        return result if math.isfinite(result) else MISSING

    return done


def _applied(
    filter_: Callable[[object, list[object]], object], value: Expression, given: list[object]
) -> Any:
    return lambda scope: filter_(value(scope), given)


def _number(value: object, given: list[object]) -> object:
    number = number_of(value)
    return number if number is not None else (given[0] if given else MISSING)


def _whole(value: object, given: list[object]) -> object:
    number = _number(value, given)
    return int(number) if isinstance(number, float) else number


def _round(value: object, given: list[object]) -> object:
    number = number_of(value)
    digits = given[0] if given and isinstance(given[0], int) else 0
    return MISSING if number is None else round(number, min(max(digits, 0), 9))


def _text(change: Callable[[str], str]) -> Callable[[object, list[object]], object]:
    return lambda value, _given: MISSING if value is MISSING else change(text_of(value))


_FILTERS: Mapping[str, Callable[[object, list[object]], object]] = {
    "float": _number,
    "int": _whole,
    "round": _round,
    "lower": _text(str.lower),
    "upper": _text(str.upper),
    "trim": _text(str.strip),
    "string": _text(str),
    "tojson": lambda value, _given: MISSING if value is MISSING else json.dumps(value),
    "to_json": lambda value, _given: MISSING if value is MISSING else json.dumps(value),
    "is_defined": lambda value, _given: value,
    "default": lambda value, given: (given[0] if given else "") if value is MISSING else value,
    "bool": lambda value, _given: _true(value),
}
