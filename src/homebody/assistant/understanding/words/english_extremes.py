"""As far as a thing goes, in English: "as strong as it goes", "as low as you can"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

_MOST = "high bright loud fast strong hot warm far wide hard big full quick hard thick heavy deep long steep"
_LEAST = "low dim dark quiet slow gentle soft cool cold weak small faint light thin narrow shallow short mild"
_ENDS = (
    "it goes", "it'll go", "it will go", "it can go", "it gets", "it'll get", "it can", "they go",
    "they'll go", "possible", "you can", "can be", "you can get it", "you can make it", "it can be",
)  # fmt: skip


def rows() -> Iterator[tuple[str, str]]:
    """(level, phrase)."""
    for level, adjectives in (("max", _MOST), ("min", _LEAST)):
        for adjective, end in product(adjectives.split(), _ENDS):
            yield level, f"as {adjective} as {end}"
