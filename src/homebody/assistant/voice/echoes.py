"""The reply's own words, heard again by the microphone: they are nobody's command."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from homebody.assistant.understanding.hearing.sounds import syllable

ALIKE = 0.75
"""This share of what was heard, in the same order in the reply, is an echo."""
_UNITS = re.compile(r"[\u4e00-\u9fff]|[a-z0-9']+")


def is_echo(heard: str, said: str) -> bool:
    """Whether ``heard`` is a part of ``said``, by sound: recognition does not write it the same way."""
    ours, theirs = _units(said), _units(heard)
    if not ours or not theirs:
        return False
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) >= ALIKE * len(theirs)


def _units(text: str) -> list[str]:
    """Chinese by syllable, everything else by word."""
    found = _UNITS.findall(text.lower())
    return [syllable(unit) if "\u4e00" <= unit <= "\u9fff" else unit for unit in found]
