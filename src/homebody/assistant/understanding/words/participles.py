"""Participles of English verbs: "the blinds lowered, please", "have the lamp turned on"."""

from __future__ import annotations

_IRREGULAR = {
    "draw": "drawn", "bring": "brought", "wind": "wound", "go": "gone", "send": "sent", "stick": "stuck",
    "light": "lit", "give": "given", "sweep": "swept", "do": "done", "begin": "begun", "hold": "held",
    "lay": "laid", "take": "taken", "leave": "left", "keep": "kept", "make": "made", "get": "got",
    "choose": "chosen", "put": "put", "set": "set", "shut": "shut", "cut": "cut", "run": "run",
}  # fmt: skip


def doubles(word: str) -> bool:
    """Whether the last consonant is written twice before an ending: dim, dimmed; open, opened."""
    if len(word) < 3 or word[-1] not in "bdgmnpt" or word[-2] not in "aeiou" or word[-3] in "aeiou":
        return False
    return sum(letter in "aeiouy" for letter in word) == 1


def participle(word: str) -> str:
    """dim: dimmed; close: closed; draw: drawn."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ied"
    return word + (word[-1] if doubles(word) else "") + "ed"


def gerund(word: str) -> str:
    """heat: heating; close: closing; shut: shutting."""
    if word.endswith("e") and not word.endswith(("ee", "ye", "oe")):
        return word[:-1] + "ing"
    return word + (word[-1] if doubles(word) else "") + "ing"
