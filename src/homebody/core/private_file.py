"""Files that only their owner may read: tokens, keys, pairings."""

from __future__ import annotations

import os
from pathlib import Path

from homebody.core.errors import RecordError


def write_private(path: Path, content: bytes) -> None:
    """Write ``path`` whole or not at all, with mode 0600, and its folder with 0700 if it is new.

    Raises RecordError.
    """
    fresh = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh.unlink(missing_ok=True)  # of a process that was killed at this very point
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        raise RecordError(
            f"{path} could not be written: {error.strerror}",
            hint="Make the data folder writable, or set another one with HOMEBODY_DATA_DIR.",
        ) from error
