"""JSON as real devices write it: mostly right.

Firmware is known to end its text with zeros, to leave values out (``"value":,``), to write ``nan``, commas
too many, numbers with leading zeros, raw control characters, and text after the end. What strict JSON takes
is taken as it is; only the rest is mended, token by token, and texts within quotes are never touched.
"""

from __future__ import annotations

import json
import re
from typing import Any

MAX_DEPTH = 12  # messages nest four or five deep
MAX_NUMBER = 40  # characters
_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.)*(?:"|$)'  # a text; one that does not end takes all, so that nothing is read twice
    r"|[\[\]{}:,]"
    r'|[^\s\[\]{}:,"]+',  # anything else that stands together: numbers, words
    re.DOTALL,
)
_NUMBER = re.compile(r"([-+]?)0*(\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)")
_WORDS = {"true": "true", "false": "false", "null": "null", "True": "true", "False": "false", "None": "null"}
_OPEN, _CLOSE = "[{", "]}"


def loads(data: bytes) -> Any:
    """The value that a device meant; ``nan`` and infinities are None. Raises ``ValueError``."""
    text = data.split(b"\0", 1)[0].decode("utf-8", "replace").strip()
    if _too_deep(text):
        raise ValueError("nested too deep")
    try:
        return json.loads(text, strict=False, parse_constant=lambda _word: None)
    except ValueError:
        return json.loads(_mended(text), strict=False)


def _too_deep(text: str) -> bool:
    depth = 0
    for character in text:
        if character in _OPEN:
            depth += 1
            if depth > MAX_DEPTH:
                return True
        elif character in _CLOSE:
            depth -= 1
    return False


def _mended(text: str) -> str:
    """The first value in ``text``, with what is missing put in as null and what is too much left out."""
    out: list[str] = []
    depth = 0
    for token in _TOKEN.findall(text):
        last = out[-1] if out else ""
        if token in _CLOSE:
            if last == ",":
                out.pop()
            elif last == ":":
                out.append("null")
            out.append(token)
            depth -= 1
            if depth <= 0:
                break
        elif token == ",":
            if last == ":":
                out.append("null")
            if out[-1:] not in ([","], ["["], ["{"], []):
                out.append(",")
        elif token in (*_OPEN, ":"):
            depth += token in _OPEN
            out.append(token)
        else:
            out.append(token if token.startswith('"') else _plain(token))
            if depth == 0:
                break
    return "".join(out)


def _plain(token: str) -> str:
    """A token outside quotes: a number as JSON writes it, a word that it knows, else null."""
    if len(token) <= MAX_NUMBER and (number := _NUMBER.fullmatch(token)):
        return ("-" if number[1] == "-" else "") + number[2]
    return _WORDS.get(token, "null")
