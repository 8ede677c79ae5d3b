"""The machine that figures belong to, and small statistics."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from pathlib import Path

from homebody.language.fit import machine


def describe() -> str:
    """Processor, cores that may be used, memory, Python."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor() or "unknown processor",
    )
    here = machine()
    return (
        f"{model}, {here.cores} cores, {here.total_mb / 1024:.0f} GB, Python {platform.python_version()}, "
        f"load {os.getloadavg()[0]:.1f}"
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` (0..1) of them lie, by the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered)) - 1))]


def resident_mb(pid: int) -> float:
    """Resident memory of a process in MiB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise ValueError(f"no resident memory for process {pid}")
