"""The form of the tables: for each category its values, and for each value its words, between commas."""

from __future__ import annotations

import re

Rows = dict[str, dict[object, str]]


def words(text: str) -> list[str]:
    """The words of a row."""
    return [word for word in map(str.strip, re.split("[,\n]", text)) if word]
