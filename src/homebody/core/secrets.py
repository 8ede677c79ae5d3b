"""Tokens and passwords of devices: kept in one file of the data folder that only its owner may read.

They never stand in a home file, and a ``Secret`` shows its text to nobody who does not ask for it: printed,
logged or put into an error it is dots. The file is not encrypted: a key beside it would be no better. What
protects it is its mode, 0600, and a file that others may read is refused until a person has mended that.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from homebody.core.errors import RecordError

FILE = "secrets.json"
_HIDDEN = "•••"
_MOST_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that is shown only to whoever calls ``reveal``."""

    _text: str = field(repr=False)

    def reveal(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return _HIDDEN

    __str__ = __repr__


class Secrets:
    """The secrets of one data folder, by names such as ``miio/123456789``. Read from disk at each call."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

    def get(self, name: str) -> Secret | None:
        """The secret of this name, or None. Raises ``RecordError`` for a file that cannot be trusted."""
        text = self._read().get(name)
        return None if text is None else Secret(text)

    def put(self, name: str, secret: Secret) -> None:
        """Keep a secret, in place of the one before. Raises ``RecordError``."""
        self.put_all({name: secret})

    def put_all(self, secrets: Mapping[str, Secret]) -> None:
        """Keep several at once."""
        self._write({**self._read(), **{name: secret.reveal() for name, secret in secrets.items()}})

    def remove(self, name: str) -> bool:
        """Forget a secret; whether there was one."""
        kept = self._read()
        if kept.pop(name, None) is None:
            return False
        self._write(kept)
        return True

    def names(self) -> list[str]:
        return sorted(self._read())

    def _read(self) -> dict[str, str]:
        try:
            with self.path.open("rb") as file:
                mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
                if mode & 0o077:
                    raise RecordError(
                        f"Others may read the secrets in {self.path} (mode {mode:04o})",
                        hint=f"chmod 600 {self.path}; whoever could read them may know them now.",
                    )
                data = file.read(_MOST_BYTES + 1)
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise RecordError(f"The secrets in {self.path} cannot be read: {error.strerror}") from error
        try:
            kept = json.loads(data)
        except (ValueError, RecursionError):
            kept = None
        if not isinstance(kept, dict) or not all(isinstance(text, str) for text in kept.values()):
            # without "from": the text around a JSON error is what must not be told
            raise RecordError(
                f"The secrets in {self.path} are damaged", hint="Move the file away and add them again."
            )
        return kept

    def _write(self, kept: Mapping[str, str]) -> None:
        """Beside it and then in its place, so that a crash leaves the old file or the new one."""
        beside = self.path.with_suffix(".new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            beside.unlink(missing_ok=True)
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(kept, file, ensure_ascii=False, indent=1, sort_keys=True)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self.path)
        except OSError as error:
            raise RecordError(f"The secrets in {self.path} cannot be kept: {error.strerror}") from error
