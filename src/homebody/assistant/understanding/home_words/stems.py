"""The common beginning of English words of one family: rotation, rotate, rotating."""

from __future__ import annotations

from functools import lru_cache

_ALL_ENDINGS = (
    "ations ation ating ated ators ator ates ate ions ion ments ment ings ing ers er ied ies ed es e s"
)
_ENDINGS = (*_ALL_ENDINGS.split(), "y")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """rotation, rotate, rotating: rotat is their common beginning, as far as endings tell."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word
