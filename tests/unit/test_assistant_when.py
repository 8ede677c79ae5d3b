"""When: durations, the next moment of each kind, the sun against published times, and comparisons."""

from __future__ import annotations

import math
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homebody.assistant.plan import Comparison, When
from homebody.assistant.when import (
    FURTHEST,
    WhenError,
    compare,
    format_duration,
    local,
    next_moment,
    parse_duration,
)
from homebody.home.function import Value
from homebody.home.traits import TRAITS

SHANGHAI = (31.23, 121.47)
TROMSO = (69.65, 18.96)
CHINA = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
OSLO = ZoneInfo("Europe/Oslo")
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=CHINA)  # a Tuesday


def note_of(when: When, now: datetime = NOW, location: tuple[float, float] | None = SHANGHAI) -> str:
    """Why a `When` leads to no moment."""
    with pytest.raises(WhenError) as caught:
        next_moment(when, now, location)
    return caught.value.note


# --- durations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PT10M", timedelta(minutes=10)),
        ("PT1H30M", timedelta(hours=1, minutes=30)),
        ("PT1.5H", timedelta(minutes=90)),
        ("P1D", timedelta(days=1)),
        ("P2W", timedelta(days=14)),
        ("P1DT6H", timedelta(days=1, hours=6)),
        ("PT0S", timedelta(0)),
        ("-PT20M", timedelta(minutes=-20)),
        ("+PT20M", timedelta(minutes=20)),
    ],
)
def test_a_duration_is_read(text: str, expected: timedelta) -> None:
    assert parse_duration(text) == expected


@pytest.mark.parametrize("text", ["", "P", "PT", "10 minutes", "PT10", "P1Y", "PT-5M", "pt5m", "PT5M\n"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(WhenError) as caught:
        parse_duration(text)
    assert caught.value.note == "bad_time"


@pytest.mark.parametrize("text", ["P367D", "PT" + "9" * 40 + "H", "P" + "9" * 400 + "W"])
def test_a_duration_over_a_year_is_too_far(text: str) -> None:
    with pytest.raises(WhenError) as caught:
        parse_duration(text)
    assert caught.value.note == "too_far"


@given(st.integers(min_value=-366 * 86_400, max_value=366 * 86_400))
def test_a_duration_comes_back_as_it_went(seconds: int) -> None:
    assert parse_duration(format_duration(timedelta(seconds=seconds))) == timedelta(seconds=seconds)


@given(st.text() | st.from_regex(r"[-+]?P[0-9.WDTHMS]{0,12}", fullmatch=True))
def test_no_text_breaks_the_reading_of_durations(text: str) -> None:
    try:
        assert abs(parse_duration(text)) <= FURTHEST
    except WhenError as error:
        assert error.note in ("bad_time", "too_far")


# --- the next moment


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (When(kind="after", duration="PT10M"), "2026-11-24T15:10"),
        (When(kind="at", time="2026-11-24T15:01"), "2026-11-24T15:01"),
        (When(kind="at", time="2026-11-24"), None),  # midnight of today is over
        (When(kind="every", duration="PT30M"), "2026-11-24T15:30"),
        (When(kind="every", time="07:00"), "2026-11-25T07:00"),
        (When(kind="every", time="15:00"), "2026-11-25T15:00"),  # this very moment is not after now
        (When(kind="every", time="15:00:01"), "2026-11-24T15:00:01"),
        (When(kind="every", time="07:00", days=("sat", "sun")), "2026-11-28T07:00"),
        (When(kind="every", time="07:00", days=("tue",)), "2026-12-01T07:00"),
        (When(kind="every", time="16:00", days=("tue",)), "2026-11-24T16:00"),
    ],
)
def test_the_next_moment(when: When, expected: str | None) -> None:
    if expected is None:
        assert note_of(when) == "past"
    else:
        assert next_moment(when, NOW) == datetime.fromisoformat(expected).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("when", "note"),
    [
        (When(kind="after"), "no_time"),
        (When(kind="after", duration="PT0S"), "past"),
        (When(kind="after", duration="-PT5M"), "past"),
        (When(kind="after", duration="soon"), "bad_time"),
        (When(kind="after", duration="P400D"), "too_far"),
        (When(kind="at"), "no_time"),
        (When(kind="at", time="2026-11-24T14:59"), "past"),
        (When(kind="at", time="2026-11-24T15:00"), "past"),
        (When(kind="at", time="2028-01-01T00:00"), "too_far"),
        (When(kind="at", time="noonish"), "bad_time"),
        (When(kind="every"), "no_time"),
        (When(kind="every", time="25:00"), "bad_time"),
        (When(kind="every", duration="PT1S"), "too_often"),
        (When(kind="at", sun="sunset", offset="much"), "bad_time"),
        (When(kind="now"), "no_time"),
        (When(kind="if"), "no_time"),
    ],
)
def test_what_leads_nowhere_says_why(when: When, note: str) -> None:
    assert note_of(when) == note


@given(st.text(max_size=30) | st.datetimes().map(datetime.isoformat))
def test_no_text_breaks_the_reading_of_moments(text: str) -> None:
    try:
        assert local(text, NOW).tzinfo is not None
    except WhenError as error:
        assert error.note == "bad_time"


@pytest.mark.parametrize("text", ["0001-01-01T00:00", "9999-12-31T23:59:59", "0001-01-01T00:00+14:00"])
def test_the_ends_of_the_calendar_are_no_traceback(text: str) -> None:
    for now in (NOW, datetime.now().astimezone()):
        with pytest.raises(WhenError) as caught:
            next_moment(When(kind="at", time=text), now)
        assert caught.value.note in ("past", "too_far", "bad_time")


# --- summer time


@pytest.mark.parametrize(
    ("now", "expected_utc"),
    [
        (datetime(2026, 3, 28, 12, 0), datetime(2026, 3, 29, 5, 0)),  # the night that summer time began
        (datetime(2026, 3, 27, 12, 0), datetime(2026, 3, 28, 6, 0)),
        (datetime(2026, 10, 24, 12, 0), datetime(2026, 10, 25, 6, 0)),  # the night that it ended
        (datetime(2026, 10, 23, 12, 0), datetime(2026, 10, 24, 5, 0)),
    ],
)
def test_seven_in_the_morning_stays_so_over_a_change_of_summer_time(
    now: datetime, expected_utc: datetime
) -> None:
    moment = next_moment(When(kind="every", time="07:00"), now.replace(tzinfo=BERLIN))
    assert moment.astimezone(UTC) == expected_utc.replace(tzinfo=UTC)
    assert (moment.hour, moment.minute) == (7, 0)


def test_a_time_that_summer_time_skips_is_still_a_moment() -> None:
    now = datetime(2026, 3, 29, 0, 30, tzinfo=BERLIN)
    moment = next_moment(When(kind="at", time="2026-03-29T02:30"), now)
    assert moment.astimezone(UTC) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)  # 3:30 by the new time


# --- the sun: published times for Shanghai, and none at times in Tromsø


@pytest.mark.parametrize(
    ("month", "rises", "sets"),
    [
        (1, "06:53", "17:03"),
        (2, "06:48", "17:29"),
        (3, "06:23", "17:53"),
        (4, "05:44", "18:13"),
        (5, "05:11", "18:33"),
        (6, "04:52", "18:54"),
        (7, "04:54", "19:03"),
        (8, "05:11", "18:51"),
        (9, "05:31", "18:20"),
        (10, "05:48", "17:41"),
        (11, "06:10", "17:07"),
        (12, "06:36", "16:52"),
    ],
)
def test_the_sun_of_shanghai_on_the_first_of_each_month(month: int, rises: str, sets: str) -> None:
    now = datetime(2026, month, 1, tzinfo=CHINA)
    for moment, expected in (
        (next_moment(When(kind="at", sun="sunrise"), now, SHANGHAI), rises),
        (next_moment(When(kind="at", sun="sunset"), now, SHANGHAI), sets),
    ):
        wanted = datetime.combine(now.date(), time.fromisoformat(expected), CHINA)
        assert abs(moment - wanted) <= timedelta(minutes=2, seconds=30)  # they are given to the minute


def test_an_offset_moves_the_sun() -> None:
    plain = next_moment(When(kind="every", sun="sunset"), NOW, SHANGHAI)
    early = next_moment(When(kind="every", sun="sunset", offset="-PT30M"), NOW, SHANGHAI)
    assert plain - early == timedelta(minutes=30)


def test_an_offset_may_reach_into_the_next_day() -> None:
    now = datetime(2026, 11, 24, 0, 30, tzinfo=CHINA)
    moment = next_moment(When(kind="every", sun="sunset", offset="PT8H"), now, SHANGHAI)
    assert moment.date() == now.date()  # yesterday's sunset at about 16:53, and eight hours


def test_a_date_with_the_sun_takes_the_hour_from_the_sun() -> None:
    moment = next_moment(When(kind="at", sun="sunrise", time="2026-12-22T00:00"), NOW, SHANGHAI)
    assert moment.date().isoformat() == "2026-12-22" and moment.hour == 6


def test_without_a_place_there_is_no_sun() -> None:
    assert note_of(When(kind="at", sun="sunset"), location=None) == "no_location"


@pytest.mark.parametrize("day", ["2026-12-15", "2026-06-15"])
@pytest.mark.parametrize("event", ["sunrise", "sunset"])
def test_in_polar_night_and_midnight_sun_that_day_has_none(day: str, event: str) -> None:
    now = datetime.fromisoformat(f"{day}T01:00").replace(tzinfo=OSLO)
    when = When(kind="at", sun="sunrise" if event == "sunrise" else "sunset", time=f"{day}T00:00")
    assert note_of(when, now, TROMSO) == "no_sun"


def test_after_the_polar_night_the_sun_comes_back() -> None:
    now = datetime(2026, 12, 15, 1, 0, tzinfo=OSLO)
    moment = next_moment(When(kind="every", sun="sunrise"), now, TROMSO)
    assert datetime(2027, 1, 10, tzinfo=OSLO) < moment < datetime(2027, 1, 20, tzinfo=OSLO)


# --- comparisons

LIGHT, WARMTH = TRAITS["on_off"], TRAITS["temperature"]


@pytest.mark.parametrize(
    ("seen", "comparison", "wanted", "expected"),
    [
        (28.5, "above", 28, True),
        (28, "above", 28, False),
        (27, "below", 28, True),
        (28, "is", 28, True),
        (28, "is_not", 28, False),
        (None, "above", 28, None),
        (28, "above", None, None),
        (None, "is", True, None),
        (True, "above", 0, None),
        ("hot", "above", 28, None),
        (28, "above", "hot", None),
        (math.nan, "above", 28, None),
    ],
)
def test_comparing(
    seen: Value | None, comparison: Comparison, wanted: Value | None, expected: bool | None
) -> None:
    assert compare(WARMTH, seen, comparison, wanted) is expected


def test_a_switch_is_compared_as_what_it_is() -> None:
    assert compare(LIGHT, True, "is", True) is True
    assert compare(LIGHT, 1, "is", True) is False  # a number is no switch
    assert compare(None, "red", "is_not", "blue") is True
