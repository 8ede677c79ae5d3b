"""The model's turn: what the grammar is not sure of, warm, with the 1.5B model in process."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.machine import percentile, resident_mb
from benchmarks.weights import MODEL, weights
from homebody.assistant.context import Context
from homebody.assistant.turn import Utterance
from homebody.assistant.understanding.model.modelled import PREFIX
from homebody.assistant.understanding.model.second_look import PREFIX as LOOK
from homebody.assistant.understanding.understanding import Understanding
from homebody.core.clock import SystemClock
from homebody.home.file import default_home
from homebody.language.engine import Engine

# Sentences that name no command plainly; only those that the grammar leaves to the model are counted.
SENTENCES = (
    "看书有点费眼睛", "给鱼弄点吃的", "天空为什么是蓝的", "我想喝杯热茶", "屋里的空气不太新鲜", "讲个笑话吧",
    "今天心情不好", "怎么做番茄炒蛋", "the fish look hungry", "why do cats purr", "I could use some coffee",
    "tell me a joke", "the plants look thirsty", "what is the capital of France", "it smells in here",
    "my feet are freezing",
)  # fmt: skip


async def measure(path: Path) -> tuple[list[float], list[int], list[int], float, float, float]:
    """Milliseconds a turn, new prompt tokens, output tokens; ms to load cold and restored; MiB resident."""
    clock = SystemClock()
    with tempfile.TemporaryDirectory() as folder:
        loads = []
        for _ in range(2):
            began = time.perf_counter()
            engine = await Engine.load(path, prefixes=(PREFIX, LOOK), cache_dir=Path(folder))
            loads.append((time.perf_counter() - began) * 1000)
            if len(loads) < 2:
                await engine.unload()
        understanding = Understanding(default_home(), clock, model=lambda: engine)
        times, fresh, out = [], [], []
        try:
            for round_ in range(3):
                for text in SENTENCES:
                    if understanding.offer(understanding.read(text), Context()) is None:
                        continue
                    began = time.perf_counter()
                    understood = await understanding.understand(
                        Utterance(text=text), replace(Context(), area="living_room")
                    )
                    if round_:  # the first round warms up
                        times.append((time.perf_counter() - began) * 1000)
                        fresh.append(understood.tokens_in - understood.tokens_cached)
                        out.append(understood.tokens_out)
            return times, fresh, out, loads[0], loads[1], resident_mb(os.getpid())
        finally:
            await engine.unload()


def run(console: Console) -> None:
    path = weights(console)
    if path is None:
        return
    times, fresh, out, cold, restored, memory = asyncio.run(measure(path))
    table = Table(title=f"A turn of the model {MODEL}, warm, {len(times)} turns")
    for column in ("p50, s", "p99, s", "new prompt tokens, p50", "tokens out, p50", "load + prefix read, s",
                   "load + prefix restored, s", "resident, MB"):  # fmt: skip
        table.add_column(column, justify="right")
    table.add_row(
        f"{percentile(times, 0.5) / 1000:.2f}", f"{percentile(times, 0.99) / 1000:.2f}",
        f"{percentile(fresh, 0.5):.0f}", f"{percentile(out, 0.5):.0f}", f"{cold / 1000:.1f}",
        f"{restored / 1000:.1f}", f"{memory:.0f}",
    )  # fmt: skip
    console.print(table)
