"""``homebody run --no-model``: from nothing to the first answered command, and the memory it stands at."""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
from rich.console import Console
from rich.table import Table

from benchmarks.machine import resident_mb

RUNS = 5
_LONGEST_S = 60.0


def once() -> tuple[float, float, float, float]:
    """Seconds to the page, seconds to the first answered command, ms of a later command, MiB resident."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "HOMEBODY_DATA_DIR": folder, "HOMEBODY_PORT": "0"}
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "homebody", "run", "--no-model"],
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        try:
            door = _door(Path(folder) / "door.json", began)
            with httpx.Client(trust_env=False, base_url=door["url"]) as client:
                client.get("/").raise_for_status()
                page = time.perf_counter() - began
                _ask(client, door["token"], "打开客厅的灯")
                first = time.perf_counter() - began
                times = []
                for text in ("关掉客厅的灯", "打开客厅的灯") * 10:
                    asked = time.perf_counter()
                    _ask(client, door["token"], text)
                    times.append((time.perf_counter() - asked) * 1000)
            return page, first, statistics.median(times), resident_mb(process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(10)


def _door(path: Path, began: float) -> dict[str, str]:
    while time.perf_counter() - began < _LONGEST_S:
        if path.exists():
            return dict(json.loads(path.read_text()))
        time.sleep(0.01)
    raise TimeoutError("homebody run did not open its door")


def _ask(client: httpx.Client, token: str, text: str) -> None:
    answer = client.post("/api/turn", json={"text": text}, headers={"Authorization": f"Bearer {token}"})
    if answer.raise_for_status().json()["status"] != "done":
        raise ValueError(answer.json())


def run(console: Console) -> None:
    table = Table(title=f"homebody run --no-model, built-in home, median of {RUNS} starts")
    for column in (
        "page up, s",
        "first answered command, s",
        "a later command over HTTP, ms",
        "resident, MB",
    ):
        table.add_column(column, justify="right")
    rows = [once() for _ in range(RUNS)]
    medians = [statistics.median(column) for column in zip(*rows, strict=True)]
    table.add_row(f"{medians[0]:.2f}", f"{medians[1]:.2f}", f"{medians[2]:.0f}", f"{medians[3]:.0f}")
    console.print(table)
