"""``door.json``: who may read it, what becomes of it, and that signals end a server cleanly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from homebody.core.errors import RecordError
from homebody.server.door import FILE, Door, read_door, remove_door, write_door


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_end_it_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    program = (
        "import asyncio, sys; from pathlib import Path\n"
        "from homebody.assistant.assembly import assemble\n"
        "from homebody.core.settings import load_settings\n"
        "from homebody.server.app import serve\n"
        "told = {'data_dir': Path(sys.argv[1]), 'model': 'none', 'port': 0}\n"
        "settings = load_settings(overrides=told, environ={})\n"
        "asyncio.run(serve(assemble(settings), announce=lambda line: print(line, flush=True)))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        assert "http://127.0.0.1:" in process.stdout.readline()
        assert (tmp_path / FILE).exists()
        process.send_signal(number)
        assert process.wait(timeout=20) == 0
        assert process.stderr.read() == ""
    assert not (tmp_path / FILE).exists()


def test_a_door_that_leads_nowhere(tmp_path: Path) -> None:
    assert read_door(tmp_path) is None
    for text in ("", "{", "[]", '{"schema": "homebody.door/2"}', '{"schema": "homebody.door/1", "url": 1}'):
        (tmp_path / FILE).write_text(text)
        assert read_door(tmp_path) is None
    ended = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], stdout=subprocess.PIPE, check=True
    )
    write_door(tmp_path, Door(url="http://127.0.0.1:1", token="t", pid=int(ended.stdout)))
    assert read_door(tmp_path) is None  # its process was killed
    mine = Door(url="http://127.0.0.1:1", token="t", pid=os.getpid())
    write_door(tmp_path, mine)
    remove_door(tmp_path, Door(url="http://127.0.0.1:2", token="other", pid=os.getpid()))
    assert read_door(tmp_path) == mine
    remove_door(tmp_path, mine)
    assert read_door(tmp_path) is None


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RecordError, match=r"door\.json"):
        write_door(tmp_path / "file", Door(url="u", token="t", pid=1))
