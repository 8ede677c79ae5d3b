"""One run of ``homebody lab home``: suites, Home Assistant's sentences, the peer beside both."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from homebody.home.label import Language
from homebody.lab.expectation import Case
from homebody.lab.hass.run import HassResult, read_test
from homebody.lab.hass.sentences import HassTest, read_tests
from homebody.lab.home_report import HomeReport
from homebody.lab.home_run import Bench, Result
from homebody.lab.language_model import loaded
from homebody.lab.peer import Peer, versions
from homebody.lab.shuffle import shuffle
from homebody.lab.suite import Suite
from homebody.lab.suite_check import check_suites

Watch = Callable[[str, int, int], None]
"""Told what is being read, how many are done, and of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to measure. ``hass`` is the folder of Home Assistant's sentence tests, if they are wanted."""

    suites: Sequence[Suite] = ()
    classes: frozenset[str] = frozenset()
    hass: Path | None = None
    languages: tuple[Language, ...] = ("zh", "en")
    model: str | None = None
    peer: bool = False
    seed: int | None = None
    show_held_out: bool = False

    def cases(self, suites: Sequence[Suite]) -> list[tuple[Suite, Case]]:
        return [
            (suite, case)
            for suite in suites
            for case in suite.cases
            if not self.classes or case.class_ in self.classes
        ]


async def measure(wanted: Wanted, watch: Watch) -> HomeReport:
    """Everything that is wanted; what was measured so far where the task is cancelled meanwhile.

    Raises InputError: no such model here, a folder that holds no sentence tests.
    """
    suites, left_out = wanted.suites, 0
    doubts = len(check_suites(suites))
    if wanted.seed is not None:
        shuffled = shuffle(suites, wanted.seed)
        suites, left_out = shuffled.suites, shuffled.left_out
    tests = tuple(read_tests(wanted.hass, wanted.languages)) if wanted.hass is not None else ()
    results: list[Result] = []
    hass: list[HassResult] = []
    interrupted = False
    async with loaded(wanted.model) as model:
        try:
            await _suites(Bench(model, peer=wanted.peer), wanted.cases(suites), results, watch)
            await _hass(tests, wanted.peer, hass, watch)
        except asyncio.CancelledError:
            interrupted = True
    return HomeReport(
        results=tuple(results),
        hass=tuple(hass),
        model=wanted.model,
        peer=versions() if wanted.peer else None,
        shuffle=wanted.seed,
        left_out=left_out,
        doubts=doubts,
        interrupted=interrupted,
        show_held_out=wanted.show_held_out,
    )


async def _suites(
    bench: Bench, work: Sequence[tuple[Suite, Case]], results: list[Result], watch: Watch
) -> None:
    for suite, case in work:
        results.append(await bench.read(suite, case))
        watch("suites", len(results), len(work))
        await asyncio.sleep(0)  # where a cancellation can come in: the grammar never waits


async def _hass(tests: Sequence[HassTest], peer: bool, results: list[HassResult], watch: Watch) -> None:
    total = sum(len(test.sentences) for test in tests)
    peers: dict[Language, Peer] = {}
    for test in tests:
        if peer and test.language not in peers:
            peers[test.language] = Peer(test.language)
        results += read_test(test, peers.get(test.language))
        watch("Home Assistant's sentences", len(results), total)
        await asyncio.sleep(0)
