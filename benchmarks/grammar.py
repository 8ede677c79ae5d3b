"""Sentence to plan by the grammar alone: the built-in home, and one of 2,000 devices; and what it costs that
one device comes, goes or gets another name."""

from __future__ import annotations

import gc
import time
from dataclasses import replace

from rich.console import Console
from rich.table import Table

from benchmarks.machine import percentile
from homebody.assistant.understanding.grammar import Grammar
from homebody.home.device import Area, Device, Home
from homebody.home.file import default_home
from homebody.home.label import Label

SENTENCES = (
    "打开客厅的灯", "把卧室空调调到26度", "关掉所有的灯", "哪些灯开着", "十分钟后关掉厨房的灯",
    "把客厅的灯调暗20%，再打开书房的窗帘", "如果客厅温度高于28度就打开空调", "前门锁了吗", "有点冷",
    "turn on the living room light", "set the bedroom air conditioner to 24 degrees",
    "turn off everything upstairs except the bathroom", "which lights are on",
    "dim the kitchen light by half and close the curtains", "every weekday at 7 open the bedroom curtain",
    "is the front door locked", "make it a bit warmer in here", "don't turn off the light",
)  # fmt: skip
ROUNDS = 60
CHANGES = 20


def large_home(devices: int) -> Home:
    """The built-in home's things again and again, in numbered flats of a house."""
    pattern = default_home()
    areas: list[Area] = []
    things: list[Device] = []
    flat = 0
    while len(things) < devices:
        flat += 1
        suffix = Label(zh=f"{flat}号", en=f" {flat}")
        for area in pattern.areas:
            areas.append(
                replace(area, id=f"{area.id}.{flat}", name=_named(area.name, suffix), aliases=(), floor=None)
            )
        for device in pattern.devices:
            area_id = f"{device.area}.{flat}" if device.area else None
            things.append(
                replace(
                    device,
                    id=f"{device.id}.{flat}",
                    area=area_id,
                    name=_named(device.name, suffix),
                    aliases=(),
                )
            )
    return Home(name=pattern.name, areas=tuple(areas), devices=tuple(things[:devices]))


def _named(name: Label, suffix: Label) -> Label:
    return Label(zh=name.zh + suffix.zh, en=name.en + suffix.en)


def run(console: Console) -> None:
    table = Table(title=f"Sentence to plan by grammar, {len(SENTENCES)} sentences x {ROUNDS} (milliseconds)")
    for column in ("home", "devices", "vocabulary built", "p50", "p99", "longest"):
        table.add_column(column, justify="left" if column == "home" else "right")
    for name, home in (("built-in", default_home()), ("large", large_home(2_000))):
        began = time.perf_counter()
        grammar = Grammar(home)
        built = (time.perf_counter() - began) * 1000
        for sentence in SENTENCES:
            grammar.parse(sentence)
        gc.collect()
        times = []
        for _ in range(ROUNDS):
            for sentence in SENTENCES:
                began = time.perf_counter()
                grammar.parse(sentence)
                times.append((time.perf_counter() - began) * 1000)
        table.add_row(
            name, f"{len(home.devices):,}", f"{built:.0f}", f"{percentile(times, 0.5):.2f}",
            f"{percentile(times, 0.99):.2f}", f"{max(times):.2f}",
        )  # fmt: skip
    console.print(table)
    console.print(_changes())


def _changes() -> Table:
    table = Table(title=f"One device comes, goes, gets another name, x {CHANGES} (milliseconds)")
    for column in ("home", "devices", "built anew", "p50", "longest"):
        table.add_column(column, justify="left" if column == "home" else "right")
    for name, home in (("built-in", default_home()), ("large", large_home(2_000))):
        began = time.perf_counter()
        grammar = Grammar(home)
        built = (time.perf_counter() - began) * 1000
        devices = home.devices
        times = []
        for index in range(CHANGES):
            one = devices[index * 7 % len(devices)]
            others = tuple(device for device in devices if device is not one)
            called = replace(one, name=Label(zh=f"小夜灯{index}号", en=f"night owl {index}"))
            for changed in (others, (*others, called), devices):
                began = time.perf_counter()
                grammar.update(replace(home, devices=changed))
                times.append((time.perf_counter() - began) * 1000)
        table.add_row(
            name, f"{len(devices):,}", f"{built:.0f}", f"{percentile(times, 0.5):.1f}", f"{max(times):.1f}"
        )
    return table
