"""When things happen: ISO 8601 durations, the next moment of a `When`, sun events, and conditions.

Pure functions of their arguments; nothing here reads a clock. Dates and times in a plan are local; the
zone is that of ``now``.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta, timezone

from homebody.assistant.plan import WEEKDAYS, Comparison, When
from homebody.home.function import Function, Value

SHORTEST_INTERVAL = timedelta(seconds=10)
"""Repeating faster than this is refused: devices wear out, and nobody means it."""
FURTHEST = timedelta(days=366)

Location = tuple[float, float]
_DURATION = re.compile(
    r"(?P<sign>[-+]?)P(?:(?P<weeks>\d+(?:\.\d+)?)W)?(?:(?P<days>\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(?P<hours>\d+(?:\.\d+)?)H)?(?:(?P<minutes>\d+(?:\.\d+)?)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)


class WhenError(ValueError):
    """A `When` that leads to no moment. ``note`` says why, a word of `assistant.phrases.NOTES`."""

    def __init__(self, note: str, detail: str = "") -> None:
        super().__init__(detail or note)
        self.note = note


def parse_duration(text: str) -> timedelta:
    """``PT1H30M``, ``P1D``, ``-PT20M``. Raises WhenError (``bad_time``) for anything else, or over a year."""
    match = _DURATION.fullmatch(text)
    parts = (
        {unit: float(amount) for unit, amount in match.groupdict("").items() if amount and unit != "sign"}
        if match
        else {}
    )
    if not match or not parts:
        raise WhenError("bad_time", f"not a duration: {text!r}")
    try:
        length = timedelta(**parts)
    except OverflowError as error:
        raise WhenError("too_far", text) from error
    if length > FURTHEST:
        raise WhenError("too_far", text)
    return -length if match["sign"] == "-" else length


def format_duration(length: timedelta) -> str:
    """Hours, minutes and whole seconds: ``PT1H30M``; nothing is ``PT0S``. Parts of a second are rounded."""
    total = round(length.total_seconds())
    hours, rest = divmod(abs(total), 3600)
    minutes, seconds = divmod(rest, 60)
    parts = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n)
    return ("-" if total < 0 else "") + "PT" + (parts or "0S")


def local(text: str, now: datetime) -> datetime:
    """A local date and time, in the zone of ``now``. Raises WhenError (``bad_time``)."""
    try:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else _in_zone(moment, now)
    except (ValueError, OverflowError) as error:  # overflow: the year 1 has no earlier zone to come from
        raise WhenError("bad_time", f"not a date and time: {text!r}") from error


def next_moment(when: When, now: datetime, location: Location | None = None) -> datetime:
    """The first moment after ``now``, for ``after``, ``at`` and ``every``.

    Raises WhenError: ``past`` for a time that is over, ``no_location`` where the sun is asked of a home
    that says not where it stands, ``no_sun`` where the sun does not rise or set, ``no_time``,
    ``bad_time``, ``too_far``, ``too_often``.
    """
    match when.kind:
        case "after":
            moment = now + _positive(when.duration)
        case "every" if when.duration:
            interval = _positive(when.duration)
            if interval < SHORTEST_INTERVAL:
                raise WhenError("too_often", when.duration)
            moment = now + interval
        case "every":
            moment = _next_day(when, now, location)
        case "at" if when.sun and not when.time:
            moment = _next_day(when, now, location)
        case "at" if when.time:
            moment = local(when.time, now)
            if when.sun:  # the date comes from the time, the hour from the sun
                moment = _sun(when, moment.date(), now, location)
        case _:
            raise WhenError("no_time")
    if moment <= now:
        raise WhenError("past", moment.isoformat())
    if moment - now > FURTHEST:
        raise WhenError("too_far", moment.isoformat())
    return moment


def _positive(duration: str | None) -> timedelta:
    if not duration:
        raise WhenError("no_time")
    length = parse_duration(duration)
    if length <= timedelta(0):
        raise WhenError("past", duration)
    return length


def _next_day(when: When, now: datetime, location: Location | None) -> datetime:
    """The next of the days of ``when`` at its time of day, or at its sun event."""
    if not when.time and not when.sun:
        raise WhenError("no_time")
    missing: WhenError | None = None
    for ahead in range(-1, 367 if when.sun else 9):  # from yesterday: an offset may reach into today
        day = now.date() + timedelta(days=ahead)
        if when.days and WEEKDAYS[day.weekday()] not in when.days:
            continue
        try:
            moment = _sun(when, day, now, location) if when.sun else _at(when.time or "", day, now)
        except WhenError as error:
            if error.note != "no_sun":
                raise
            missing = error
            continue
        if moment > now:
            return moment
    raise missing or WhenError("no_time")


def _at(clock: str, day: date, now: datetime) -> datetime:
    try:
        return _in_zone(datetime.combine(day, time.fromisoformat(clock).replace(tzinfo=None)), now)
    except ValueError as error:
        raise WhenError("bad_time", f"not a time of day: {clock!r}") from error


def _sun(when: When, day: date, now: datetime, location: Location | None) -> datetime:
    from astral import Observer, sun  # noqa: PLC0415  (kept out of the start)

    if location is None:
        raise WhenError("no_location")
    observer = Observer(latitude=location[0], longitude=location[1])
    event = sun.sunrise if when.sun == "sunrise" else sun.sunset
    noon = _in_zone(datetime.combine(day, time(12)), now)
    try:
        moment = event(observer, date=day, tzinfo=noon.tzinfo or now.tzinfo or timezone.utc)  # noqa: UP017
    except ValueError as error:
        raise WhenError("no_sun", str(error)) from error
    return moment + parse_duration(when.offset) if when.offset else moment


def _in_zone(moment: datetime, now: datetime) -> datetime:
    """A naive local moment, aware. `datetime.astimezone` gives ``now`` a fixed offset, which forgets
    summer time; where that is this machine's own zone, the machine is asked again for the other day."""
    if isinstance(now.tzinfo, timezone) and now.astimezone().utcoffset() == now.utcoffset():
        return moment.astimezone()
    return moment.replace(tzinfo=now.tzinfo)


def compare(
    function: Function | None, seen: Value | None, comparison: Comparison, wanted: Value | None
) -> bool | None:
    """Whether a state that was read is (is_not, above, below) the wanted one. None where that cannot be
    said."""
    if seen is None or wanted is None:
        return None
    if comparison in ("is", "is_not"):
        same = function.matches(seen, wanted) if function else seen == wanted
        return same == (comparison == "is")
    if isinstance(seen, bool | str) or isinstance(wanted, bool | str) or math.isnan(seen):
        return None
    return seen > wanted if comparison == "above" else seen < wanted
