"""``python -m benchmarks``: all of them, or those that are named."""

from __future__ import annotations

import importlib
import sys

from rich.console import Console

from benchmarks.machine import describe

NAMES = (
    "grammar",
    "start",
    "devices",
    "three_protocols",
    "device_faults",
    "model_turn",
    "lie",
    "speech",
    "robot",
)


def main() -> int:
    console = Console(width=110)
    wanted = sys.argv[1:] or list(NAMES)
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        console.print(f"There is no benchmark {', '.join(unknown)}; there are: {', '.join(NAMES)}")
        return 2
    console.print(describe())
    for name in wanted:
        importlib.import_module(f"benchmarks.{name}").run(console)
    return 0


if __name__ == "__main__":
    sys.exit(main())
