"""Times as English speakers say them, each as the `When` that a plan has."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from homebody.assistant.plan import NOW as AT_ONCE
from homebody.assistant.plan import When
from homebody.assistant.understanding.times.in_text import without_moments

WEDNESDAY_TEN = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)


def when(text: str) -> When:
    return without_moments(text, WEDNESDAY_TEN)[0]


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("at half ten", "2026-03-04T10:30"),
        ("at half past seven tonight", "2026-03-04T19:30"),
        ("at six thirty", "2026-03-04T18:30"),
        ("at twenty to nine", "2026-03-04T20:40"),
        ("six tomorrow morning", "2026-03-05T06:00"),
        ("tomorrow evening round eight", "2026-03-05T20:00"),
        ("at nineteen hundred hours", "2026-03-04T19:00"),
        ("at 0630", "2026-03-05T06:30"),
        ("once it's ten", "2026-03-04T22:00"),
        ("first thing tomorrow", "2026-03-05T07:00"),
        ("on the tenth of march at nine", "2026-03-10T09:00"),
        ("this coming friday at 11 am", "2026-03-06T11:00"),
    ],
)
def test_a_time_of_a_day(said: str, time: str) -> None:
    assert when(said) == When(kind="at", time=time)


@pytest.mark.parametrize(
    ("said", "duration"),
    [
        ("ten minutes from now", "PT10M"),
        ("in a couple of hours", "PT2H"),
        ("in an hour and a quarter", "PT1H15M"),
        ("wait ninety seconds", "PT1M30S"),
        ("in another half hour or so", "PT30M"),
        ("in a fortnight", "PT336H"),
    ],
)
def test_a_while_that_must_pass(said: str, duration: str) -> None:
    assert when(said) == When(kind="after", duration=duration)


@pytest.mark.parametrize(
    ("said", "repeated"),
    [
        ("weekday mornings at half six", {"time": "06:30", "days": ("mon", "tue", "wed", "thu", "fri")}),
        ("monday to wednesday at 7", {"time": "07:00", "days": ("mon", "tue", "wed")}),
        (
            "every day except sunday at nine",
            {"time": "09:00", "days": ("mon", "tue", "wed", "thu", "fri", "sat")},
        ),
        ("twice a day", {"duration": "PT12H"}),
        ("every hour", {"duration": "PT1H"}),
        ("every day from six to eight", {"time": "06:00", "lasting": "PT2H"}),
    ],
)
def test_what_is_repeated(said: str, repeated: dict[str, object]) -> None:
    assert when(said) == When(kind="every", **repeated)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "said", ["when the sun goes down", "at dusk", "when it gets dark", "starting at nightfall"]
)
def test_the_sun_sets(said: str) -> None:
    assert when(said) == When(kind="at", sun="sunset")


def test_a_range_ends_after_it_begins() -> None:
    assert when("from 7pm to 6am") == When(kind="at", time="2026-03-04T19:00", until="2026-03-05T06:00")


@pytest.mark.parametrize("said", ["from 20 to 40", "by 5 degrees", "to half of what it is", "at 21 degrees"])
def test_values_are_no_times(said: str) -> None:
    assert when(said) == AT_ONCE
