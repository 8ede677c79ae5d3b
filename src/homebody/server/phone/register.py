"""The phones that a person has paired: ``phones.json`` in the data folder.

    {"schema": "homebody.phones/1", "phones": [{"id": "...", "name": "iPhone", "token_sha256": "...",
     "paired_at": "2026-03-04T20:00:00+08:00", "seen_on": "2026-03-05"}]}

A phone is known by its token, of which only the hash is kept: who reads the file cannot be a phone.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from homebody.core.clock import Clock
from homebody.core.errors import RecordError
from homebody.core.private_file import write_private

SCHEMA = "homebody.phones/1"
FILE = "phones.json"
MOST = 32
"""Phones that one home pairs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """``paired_at`` and ``seen_on`` are ISO 8601: a moment, and the latest day (empty: never)."""

    id: str
    name: str
    token_sha256: str
    paired_at: str
    seen_on: str = ""


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid")
    made_as: Literal["homebody.phones/1"] = Field(alias="schema")
    phones: tuple[Phone, ...]


class Phones:
    """Raises RecordError where the file is there and cannot be read: nobody is let in by mistake."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._by_token = {phone.token_sha256: phone for phone in _read(path)}
        self._subscribers: list[Callable[[], None]] = []

    def __len__(self) -> int:
        return len(self._by_token)

    def all(self) -> list[Phone]:
        """In the order in which they were paired."""
        return sorted(self._by_token.values(), key=lambda phone: datetime.fromisoformat(phone.paired_at))

    def add(self, name: str) -> str:
        """Pair a phone; returns the token that it shall bring, which is told this once.

        Raises RecordError.
        """
        if len(self) >= MOST:
            raise RecordError(
                f"{MOST} phones are paired already", hint="Forget one that is not used any more."
            )
        token = secrets.token_urlsafe(32)
        phone = Phone(
            id=secrets.token_hex(4),
            name=name,
            token_sha256=_hash(token),
            paired_at=self._clock.now().isoformat(timespec="seconds"),
        )
        self._keep({**self._by_token, phone.token_sha256: phone})
        return token

    def find(self, token: str) -> Phone | None:
        """The phone that brings this token."""
        return self._by_token.get(_hash(token)) if token else None

    def knows(self, phone: Phone) -> bool:
        return phone.token_sha256 in self._by_token

    def seen(self, phone: Phone) -> None:
        """It was here today: written down once a day."""
        today = self._clock.now().date().isoformat()
        kept = self._by_token.get(phone.token_sha256)
        if kept is not None and kept.seen_on != today:
            self._keep({**self._by_token, kept.token_sha256: replace(kept, seen_on=today)})

    def forget(self, id: str) -> Phone | None:
        """Let this phone in no more. The phone that it was; None where there is none of this id."""
        found = next((phone for phone in self._by_token.values() if phone.id == id), None)
        if found is not None:
            self._keep({key: phone for key, phone in self._by_token.items() if phone is not found})
        return found

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Hear that a phone came or went; returns what ends it."""
        self._subscribers.append(callback)
        return lambda: self._subscribers.remove(callback) if callback in self._subscribers else None

    def _keep(self, phones: dict[str, Phone]) -> None:
        body = {"schema": SCHEMA, "phones": [asdict(phone) for phone in phones.values()]}
        write_private(self._path, json.dumps(body, ensure_ascii=False, indent=1).encode())
        self._by_token = phones
        for callback in tuple(self._subscribers):
            callback()


def _hash(token: str) -> str:
    """Tokens are random and long: one round of a plain hash keeps them."""
    return sha256(token.encode()).hexdigest()


def _read(path: Path) -> tuple[Phone, ...]:
    try:
        kept = _Kept.model_validate_json(path.read_bytes())
        for phone in kept.phones:
            datetime.fromisoformat(phone.paired_at)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:  # a validation error is a ValueError
        raise RecordError(
            f"The register of phones {path} cannot be read: {str(error).splitlines()[0]}",
            hint="Mend it, or remove it: phones then have to be paired anew.",
        ) from error
    return kept.phones
