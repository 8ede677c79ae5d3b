"""Which language model suits this computer, and why.

The rule is about the whole computer, because the model shares it with speech, the page and the robot: each
model names the smallest computer on which it is pleasant. With one core the larger models answer too slowly.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from homebody.language.catalogue import CATALOGUE, ModelFile, Role

SLOW_PARAMETERS = 1_000  # millions; above it one core reads less than 35 tokens a second


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Memory in MiB (total: what this process may use; available: without swapping now) and cores."""

    total_mb: int
    available_mb: int
    cores: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The model, or None for the grammar alone, and the reasons, largest model first."""

    model: ModelFile | None
    reasons: tuple[str, ...]


def machine(proc: Path = Path("/proc/meminfo"), cgroup: Path = Path("/sys/fs/cgroup/memory.max")) -> Machine:
    """This computer. A container's memory limit counts where there is one (cgroup v2)."""
    fields = {}
    for line in proc.read_text().splitlines():
        name, _, value = line.partition(":")
        fields[name] = int(value.split()[0]) // 1024
    total = fields["MemTotal"]
    with contextlib.suppress(OSError, ValueError):  # no such file, or "max"
        total = min(total, int(cgroup.read_text()) // 2**20)
    return Machine(
        total_mb=total, available_mb=min(total, fields.get("MemAvailable", total)), cores=usable_cores()
    )


def usable_cores() -> int:
    """Cores that this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def fit(memory_mb: int, cores: int, catalogue: Iterable[ModelFile] = CATALOGUE) -> Choice:
    """The largest assistant model that is pleasant with so much total memory (MiB) and so many cores."""
    reasons = []
    candidates = sorted(
        (model for model in catalogue if model.role is Role.ASSISTANT), key=lambda model: -model.parameters
    )
    for model in candidates:
        if memory_mb < model.machine_mb:
            reasons.append(
                f"{model.title}: wants a computer with {model.machine_mb:,} MB, this one has {memory_mb:,} MB"
            )
        elif cores < 2 and model.parameters > SLOW_PARAMETERS:
            reasons.append(f"{model.title}: too slow on one core")
        else:
            reasons.append(f"{model.title}: fits, it needs about {model.memory_mb:,} MB of {memory_mb:,} MB")
            return Choice(model=model, reasons=tuple(reasons))
    reasons.append("no language model: the grammar understands the usual commands without one")
    return Choice(model=None, reasons=tuple(reasons))
