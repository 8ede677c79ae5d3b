"""What a language model adds where the grammar leaves it something: models, and what they are shown.

Only the cases that are left to a model are read, or a sample of them, the same for every variant. Each may
take its time, so that what else this machine does changes no verdict: what would have been late is counted.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from homebody.assistant.plan import Plan
from homebody.assistant.understanding.model.modelled import Showing
from homebody.assistant.understanding.understanding import MODEL_DEADLINE_S
from homebody.lab.expectation import Case
from homebody.lab.judge import judge
from homebody.lab.language_model import loaded
from homebody.lab.reading import HomeReader
from homebody.lab.safety import dangers
from homebody.lab.statistics import Latency
from homebody.lab.suite import Suite
from homebody.language.model import LanguageModel

SEED = 1
"""Of the sample."""
SHOWINGS = tuple(Showing(nearest=near, examples=shown) for near in (True, False) for shown in (True, False))

PATIENCE_S = 120.0

Work = Sequence[tuple[Suite, Case]]
Watch = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A model by its id, and what it is shown."""

    model: str
    showing: Showing


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One case that a model was asked about. Tokens are 0 where it failed."""

    right_alone: bool
    right: bool
    by_model: bool
    acts: bool
    added_dangers: int
    sure: float
    ms: float
    tokens_in: int
    tokens_cached: int
    tokens_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A variant's figures. The model ``abstained`` where the grammar's plan stood."""

    variant: Variant
    asked: tuple[Asked, ...]

    @property
    def right(self) -> int:
        return sum(one.by_model and one.right for one in self.asked)

    @property
    def wrong(self) -> int:
        return sum(one.by_model and not one.right for one in self.asked)

    @property
    def abstained(self) -> int:
        return sum(not one.by_model for one in self.asked)

    @property
    def late(self) -> int:
        """Those that took longer than a turn has for a model."""
        return sum(one.ms > MODEL_DEADLINE_S * 1000 for one in self.asked)

    @property
    def gained(self) -> int:
        """Cases that only the two together read rightly, less those that only the grammar did."""
        return sum(one.right - one.right_alone for one in self.asked)

    @property
    def changes(self) -> tuple[int, int]:
        """Plans of the model that act: how many, and how many of them are right."""
        acting = [one for one in self.asked if one.by_model and one.acts]
        return len(acting), sum(one.right for one in acting)

    @property
    def added_dangers(self) -> int:
        return sum(one.added_dangers for one in self.asked)

    @property
    def latency(self) -> Latency | None:
        return Latency.of([one.ms for one in self.asked])

    def tokens(self, kind: str) -> float:
        """Mean number of ``tokens_in``, ``tokens_cached`` or ``tokens_out`` where there was an answer."""
        counts = [getattr(one, kind) for one in self.asked if one.tokens_in]
        return sum(counts) / len(counts) if counts else 0.0


def left_over(suites: Sequence[Suite]) -> Work:
    """The cases that the grammar leaves to a model, in the order of the files."""
    return [
        (suite, case)
        for suite in suites
        for reader in [HomeReader(suite.home)]
        for case in suite.cases
        if reader.leaves(case)
    ]


def sample(work: Work, size: int) -> Work:
    """At most ``size`` of them, always the same."""
    return work if len(work) <= size else random.Random(SEED).sample(list(work), size)


async def compare(variants: Sequence[Variant], work: Work, watch: Watch) -> list[Row]:
    """Every variant on the same cases. Raises InputError where a model is not here."""
    rows: list[Row] = []
    for variant in variants:
        async with loaded(variant.model, variant.showing) as model:
            rows.append(Row(variant=variant, asked=await _asked(variant, model, work, watch)))
    return rows


async def _asked(
    variant: Variant, model: LanguageModel | None, work: Work, watch: Watch
) -> tuple[Asked, ...]:
    readers: dict[int, HomeReader] = {}
    asked: list[Asked] = []
    for suite, case in work:
        key = id(suite.home)
        if key not in readers:
            readers[key] = HomeReader(
                suite.home, lambda: model, showing=variant.showing, deadline_s=PATIENCE_S
            )
        read = await readers[key].read_with_model(case)
        if read.asked is not None:
            both = read.asked
            asked.append(
                Asked(
                    right_alone=judge(read.plan, case).exact,
                    right=judge(both.plan, case).exact,
                    by_model=both.plan.source == "model",
                    acts=bool(both.plan.steps),
                    added_dangers=_dangers(both.plan, case, suite) - _dangers(read.plan, case, suite),
                    sure=both.plan.confidence,
                    ms=both.ms["model"],
                    tokens_in=both.tokens_in,
                    tokens_cached=both.tokens_cached,
                    tokens_out=both.tokens_out,
                )
            )
        watch(variant.model, len(asked), len(work))
    return tuple(asked)


def _dangers(plan: Plan, case: Case, suite: Suite) -> int:
    return len(dangers(plan, case, suite.home))


def table(rows: Sequence[Row]) -> str:
    """Markdown, one line a variant."""
    lines = [
        "| model | shown | asked | right | wrong | abstained | late | changes, right | gained |"
        " dangers added | median ms | p99 ms | tokens read, new of them, written |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        showing, times, (acting, acted_right) = row.variant.showing, row.latency, row.changes
        shown = ["nearest things" if showing.nearest else "the home"]
        shown += ["examples"] if showing.examples else []
        read, cached, written = map(row.tokens, ("tokens_in", "tokens_cached", "tokens_out"))
        ms = f"{times.p50:.0f} | {times.p99:.0f}" if times else " | "
        lines.append(
            f"| {row.variant.model} | {', '.join(shown)} | {len(row.asked)} | {row.right} | {row.wrong} |"
            f" {row.abstained} | {row.late} | {acting}, {acted_right} | {row.gained:+d} |"
            f" {row.added_dangers} | {ms} | {read:.0f}, {read - cached:.0f}, {written:.0f} |"
        )
    return "\n".join(lines) + "\n"
