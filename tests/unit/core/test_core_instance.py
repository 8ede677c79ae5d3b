from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from homebody.core.errors import RecordError
from homebody.core.instance import InstanceLock

HOLDER = """
import sys
from pathlib import Path
from homebody.core.instance import InstanceLock
lock = InstanceLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_one_learns_who_the_first_is_and_may_follow_it(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    with InstanceLock(data_dir) as first:
        with pytest.raises(RecordError, match=f"already running on .*process {os.getpid()}") as caught:
            InstanceLock(data_dir)
        assert "HOMEBODY_DATA_DIR" in caught.value.hint
        first.release()
        with InstanceLock(data_dir):
            pass


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(RecordError, match=f"process {process.pid}"):
            InstanceLock(tmp_path)
        process.kill()
    with InstanceLock(tmp_path):
        assert (tmp_path / "lock").read_text() == f"{os.getpid()}\n"


def test_two_data_folders_are_two_homes(tmp_path: Path) -> None:
    with InstanceLock(tmp_path / "a"), InstanceLock(tmp_path / "b"):
        pass


def test_a_folder_that_cannot_be_used_is_an_error_with_a_hint(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RecordError, match="cannot be used") as caught:
        InstanceLock(tmp_path / "file")
    assert caught.value.hint
