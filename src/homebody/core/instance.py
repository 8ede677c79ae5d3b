"""One Homebody a data folder: a second one is told who is there instead of writing into the same journal.

The lock is the kernel's (``flock`` on the file ``lock``), so it goes when its process goes, however it dies;
the number in the file is only for the message. A child made by ``fork`` without ``exec`` holds it too while
it lives. The file itself stays: removing it would let two processes lock two files of the same name.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from homebody.core.errors import RecordError


class InstanceLock:
    """The right to use a data folder, held until ``release`` or the end of the process.

    Makes the folder if it is missing. Raises ``RecordError`` if another process has it, or the folder cannot
    be written.
    """

    def __init__(self, data_dir: Path) -> None:
        path = data_dir / "lock"
        try:
            data_dir.mkdir(parents=True, exist_ok=True)
            self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise RecordError(
                f"The data folder {data_dir} cannot be used: {error.strerror}",
                hint="Make it writable, or set another one with HOMEBODY_DATA_DIR.",
            ) from error
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.ftruncate(self._fd, 0)
            os.pwrite(self._fd, f"{os.getpid()}\n".encode(), 0)
        except BlockingIOError as error:
            holder = os.pread(self._fd, 32, 0).decode("ascii", "replace").strip()
            os.close(self._fd)
            raise RecordError(
                f"Homebody is already running on {data_dir}" + (f" (process {holder})" if holder else ""),
                hint="Use the one that runs, stop it first, or set another folder with HOMEBODY_DATA_DIR.",
            ) from error
        except OSError as error:
            os.close(self._fd)
            raise RecordError(
                f"The data folder {data_dir} cannot be locked: {error.strerror}",
                hint="Put it on a local disk with room, with HOMEBODY_DATA_DIR.",
            ) from error

    def release(self) -> None:
        """Let another process have the folder; a second time does nothing."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
