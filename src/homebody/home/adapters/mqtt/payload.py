"""What came in a message, within bounds: its bytes, its text, its JSON.

Everything here is hostile until it was looked at. JSON is parsed once, when somebody first wants it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from homebody.core.errors import DeviceError

MOST_BYTES = 64 * 1024
"""Of a state; what is longer is none."""
MOST_DESCRIPTION_BYTES = 16 * 1024 * 1024
"""Of the list of everything that a Zigbee bridge knows."""
MOST_DIGITS = 400  # of a number: more than a float has


class _Missing:
    """What a payload does not hold. JSON's null is a value of its own."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING = _Missing()


class PayloadError(DeviceError):
    """A message that cannot be understood, with words that say why."""


@dataclass(slots=True)
class Payload:
    """``retained``: told some time ago, and kept by the broker for whoever comes later."""

    data: bytes
    retained: bool = False
    _json: Any = field(default=MISSING, repr=False)

    @property
    def text(self) -> str:
        """Raises ``PayloadError``."""
        if len(self.data) > MOST_BYTES:
            raise PayloadError(f"a message of {len(self.data):,} bytes is not read")
        return _decoded(self.data)

    @property
    def json(self) -> Any:
        """Raises ``PayloadError``."""
        if self._json is MISSING:
            self._json = parse(self.data, MOST_BYTES)
        return self._json


def parse(data: bytes, most: int) -> Any:
    """JSON of at most so many bytes, without the numbers that JSON does not have. Raises ``PayloadError``."""
    if len(data) > most:
        raise PayloadError(f"a message of {len(data):,} bytes is not read")
    try:
        return json.loads(_decoded(data), parse_constant=_no_constant, parse_int=_whole)
    except PayloadError:
        raise
    except RecursionError:
        raise PayloadError("its JSON is nested too deeply") from None
    except ValueError:
        raise PayloadError("it is not JSON") from None


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise PayloadError("it is not UTF-8") from None


def _no_constant(word: str) -> None:
    raise PayloadError(f"{word} is no JSON")


def _whole(digits: str) -> int | float:
    if len(digits) > MOST_DIGITS:
        raise PayloadError("it holds a number of too many digits")
    number = int(digits)
    return number if abs(number) < 2**63 else float(number)
