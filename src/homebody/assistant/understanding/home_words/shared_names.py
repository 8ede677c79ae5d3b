"""Names that share a word: "studios 2, 3 and 7", "the front and back doors". Each gets its own copy of it."""

from __future__ import annotations

import re
from collections.abc import Collection

from homebody.assistant.understanding.words.normalise import Normalised

_NUMBER = r"(?:\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten)"
_NUMBERED = re.compile(rf"\b(?P<base>[a-z]+)s (?P<all>{_NUMBER}(?:(?:, and |, | and | & ){_NUMBER})+)\b")
_JOINED = re.compile(r"\b(?P<first>[a-z]+) and (?:the )?(?P<second>[a-z]+) (?P<noun>[a-z]+s)\b")
_JOINT = re.compile(r", and |, | and | & ")


def spelled_out(text: Normalised, names: Collection[str]) -> Normalised:
    """The text with every name whole. ``names``: the home's words, in their normal form."""
    for match in reversed(list(_NUMBERED.finditer(text.text))):
        numbers = _JOINT.split(match["all"])
        if any(f"{match['base']} {number}" in names for number in numbers):
            whole = [f"{match['base']} {number}" for number in numbers]
            text = text.replaced(match.start(), match.end(), ", ".join(whole[:-1]) + " and " + whole[-1])
    for match in reversed(list(_JOINED.finditer(text.text))):
        noun = _singular(match["noun"])
        alone = match["first"] in names
        if not alone and f"{match['first']} {noun}" in names and f"{match['second']} {noun}" in names:
            whole_name = f"{match['first']} {noun} and {match['second']} {noun}"
            text = text.replaced(match.start(), match.end(), whole_name)
    return text


def _singular(noun: str) -> str:
    for ending, instead in (("ies", "y"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss")):
        if noun.endswith(ending):
            return noun.removesuffix(ending) + instead
    return noun.removesuffix("s")
