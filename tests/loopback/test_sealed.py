"""Nothing needs a network: the assistant in a namespace with no way out, and the kernel's own counters."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import asyncio, json, sys
from pathlib import Path
from homebody.assistant.assembly import assemble
from homebody.assistant.turn import Utterance
from homebody.core.packet_counters import difference, read_packet_counters
from homebody.core.settings import Settings

async def main():
    before = read_packet_counters()
    assistant = assemble(Settings(data_dir=Path(sys.argv[1]), model="none"))
    await assistant.start()
    talk = assistant.conversation()
    statuses = []
    for text in ("打开客厅灯", "which lights are on", "set a timer for five minutes", "打开大门锁", "yes"):
        statuses.append((await assistant.turn(Utterance(text=text), talk)).status)
    attempts = [entry.address for entry in assistant.gate.ledger()]
    await assistant.close()
    sent = {name: each.tx_packets for name, each in difference(before, read_packet_counters()).items()}
    seen = {"statuses": statuses, "attempts": attempts, "sent": sent, "interfaces": sorted(before)}
    print(json.dumps(seen))

asyncio.run(main())
"""


def can_unshare() -> bool:
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        return False
    return subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not can_unshare(), reason="needs root and unshare, to make a network namespace")
def test_it_works_without_any_network(tmp_path: Path) -> None:
    done = subprocess.run(
        ["unshare", "-n", sys.executable, "-c", SCRIPT, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["statuses"] == ["done", "done", "done", "asked", "done"]
    assert seen["attempts"] == []
    assert seen["interfaces"] == ["lo"]  # the namespace is really a sealed one
    assert not any(seen["sent"].values())
