"""From the pieces of a moment to a `When`: what was said, made into a time that a schedule can keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from homebody.assistant.plan import NOW, WEEKDAYS, Weekday, When
from homebody.assistant.understanding.times.piece import Piece

_DEEP_NIGHT = 4
"""夜里两点, 今晚三点: what is called evening goes on until this hour of the next day."""
_USUAL_HOUR = 8
"""A day without an hour: "tomorrow"."""


@dataclass(frozen=True, slots=True)
class Said:
    """One piece in its clause, with the little words around it: after, until, lasting (for), before."""

    piece: Piece
    after: bool = False
    until: bool = False
    lasting: bool = False
    before: bool = False


@dataclass(slots=True)
class _Gathered:
    """All pieces of one moment."""

    part: str = ""
    part_hour: int = 0
    offset: int | None = None
    date: tuple[int, int] | None = None  # month (0: the next such day), day
    days: tuple[Weekday, ...] = ()
    every: bool = False
    clock: Piece | None = None
    seconds: float | None = None
    sun: Said | None = None
    impossible: bool = False

    @property
    def nothing(self) -> bool:
        return not (self.clock or self.part or self.days or self.date) and self.offset is None


def iso_duration(seconds: float) -> str:
    """``PT1H30M``: hours, minutes and seconds only, so that it sorts and parses simply."""
    left = round(seconds)
    hours, left = divmod(left, 3600)
    minutes, left = divmod(left, 60)
    parts = [f"{amount}{unit}" for amount, unit in ((hours, "H"), (minutes, "M"), (left, "S")) if amount]
    return "PT" + ("".join(parts) or "0S")


def combine(said: Sequence[Said], now: datetime) -> When | None:
    """One `When` of a clause's pieces: `NOW` without any; None for a date or an hour that there is not."""
    begin, end = _Gathered(), _Gathered()
    lasting: str | None = None
    ending = False
    for item in said:
        if item.piece.role == "duration" and (item.until or item.lasting):
            lasting = iso_duration(item.piece.seconds)
            continue
        if item.piece.role == "range" and item.piece.end is not None:
            _gather(begin, replace(item, piece=replace(item.piece, role="clock")))
            _gather(end, replace(item, piece=item.piece.end))
            continue
        ending = ending or item.until
        _gather(end if ending else begin, item)
    if begin.impossible or end.impossible or end.sun:
        return None
    when = _begin(begin, now)
    if when is None:
        return None
    if not end.nothing:
        moment = _moment(end, now)
        if moment is None:
            return None
        if when.kind == "every" and when.time:
            hour, minute = map(int, when.time.split(":"))
            length = timedelta(hours=moment.hour - hour, minutes=moment.minute - minute) % timedelta(
                hours=12 if end.clock and not (end.clock.fixed or end.part) else 24
            )
            return replace(when, lasting=iso_duration(length.total_seconds()))
        begun = datetime.fromisoformat(when.time) if when.kind == "at" and when.time else None
        while begun is not None and moment.replace(tzinfo=None) <= begun:
            moment += timedelta(hours=12 if end.clock and not (end.clock.fixed or end.part) else 24)
        when = replace(when, until=_text(moment))
    return replace(when, lasting=lasting) if lasting else when


def following(said: Sequence[Said], before: When, now: datetime) -> When | None:
    """八点打开，十一点关上; 每天五点半开七点关: a bare hour behind another time is the next one
    after that, on the same days. None where it is anything else."""
    bare = len(said) == 1 and said[0].piece.role == "clock" and not (said[0].until or said[0].piece.fixed)
    if not bare or before.until or before.time is None or before.sun:
        return None
    hour, minute = before.time.split("T")[-1].split(":")[:2]
    day = datetime.fromisoformat(before.time) if "T" in before.time else now
    from_then = now.replace(
        year=day.year,
        month=day.month,
        day=day.day,
        hour=int(hour),
        minute=int(minute),
        second=0,
        microsecond=0,
    )
    when = combine(said, from_then)
    if when is None or when.time is None or before.kind not in ("at", "every"):
        return None
    return replace(before, time=when.time.split("T")[-1]) if before.kind == "every" else when


def _gather(into: _Gathered, item: Said) -> None:
    piece = item.piece
    match piece.role:
        case "duration" | "delay":
            into.seconds = piece.seconds
        case "clock":
            into.clock = piece
        case "daypart":
            into.part, into.part_hour = piece.name, piece.hour
        case "day":
            into.offset = piece.offset
            into.part, into.part_hour = piece.name or into.part, piece.hour or into.part_hour
        case "date":
            into.date = (piece.month, piece.day)
        case "weekdays" | "every":
            into.days, into.every = piece.days, into.every or piece.role == "every"
            into.part, into.part_hour = piece.name or into.part, piece.hour or into.part_hour
        case "interval":
            into.every, into.seconds = True, piece.seconds or into.seconds
        case "sun":
            into.sun = item
        case "impossible":
            into.impossible = True


def _begin(said: _Gathered, now: datetime) -> When | None:
    if said.every and said.seconds is not None and not said.days:
        return When(kind="every", duration=iso_duration(said.seconds))
    if said.sun:
        return _by_sun(said, said.sun, now)
    if said.seconds is not None:
        return When(kind="after", duration=iso_duration(said.seconds))
    if said.nothing:
        return NOW
    if said.every:
        days = said.days if len(said.days) < 7 else ()
        if not said.clock and not said.part:
            return When(kind="every", days=said.days)
        hour = _hour_of(said.clock, said.part, now, today=False) if said.clock else said.part_hour
        minute = said.clock.minute if said.clock else 0
        return When(kind="every", time=f"{hour:02d}:{minute:02d}", days=days)
    today = said.offset in (None, 0) and not said.days and said.date is None
    if said.clock is None and today and said.offset == 0 and said.part_hour <= now.hour:
        return NOW  # "this morning", said in the morning
    moment = _moment(said, now)
    return When(kind="at", time=_text(moment)) if moment else None


def _by_sun(said: _Gathered, sun: Said, now: datetime) -> When:
    offset = None
    if said.seconds is not None:
        offset = ("-" if sun.before else "") + iso_duration(said.seconds)
    day = None
    if said.offset:
        day = _text((now + timedelta(days=said.offset)).replace(hour=12, minute=0, second=0, microsecond=0))
    return When(
        kind="every" if said.every or said.days else "at",
        time=day,
        sun="sunrise" if sun.piece.name == "sunrise" else "sunset",
        offset=offset,
        days=said.days if len(said.days) < 7 else (),
    )


def _moment(said: _Gathered, now: datetime) -> datetime | None:
    """The next moment that is meant; None where the calendar has none."""
    today = said.offset in (None, 0) and not said.days and said.date is None
    if said.clock:
        hour, minute = _hour_of(said.clock, said.part, now, today=today), said.clock.minute
    else:
        hour, minute = (said.part_hour if said.part else _USUAL_HOUR), 0
    start = (now + timedelta(days=said.offset or 0)).replace(
        hour=hour, minute=minute, second=0, microsecond=0
    )
    if said.date:
        return _on_date(said.date, start, now)
    night = said.clock is not None and said.part == "evening"
    deep = said.offset is not None and said.clock is not None and said.clock.hour <= _DEEP_NIGHT
    if night and said.clock is not None and (said.clock.hour == 12 or deep):
        start += timedelta(days=1)
    if said.days:
        ahead = (start + timedelta(days=count) for count in range(8))
        return next((day for day in ahead if WEEKDAYS[day.weekday()] in said.days and day > now), start)
    if start <= now and said.offset is None:
        start += timedelta(days=1)
    return start


def _on_date(date: tuple[int, int], start: datetime, now: datetime) -> datetime | None:
    """The next such day of such a month (or of any month); None for the 30th of February."""
    month, day = date
    for ahead in range(48 if month else 12):
        total = now.year * 12 + now.month - 1 + ahead
        year, index = divmod(total, 12)
        if month and index + 1 != month:
            continue
        try:
            moment = start.replace(year=year, month=index + 1, day=day)
        except ValueError:
            if month and month != 2:
                return None
            if month == 2 and day > 29:
                return None
            continue
        if moment > now:
            return moment
    return None


def _hour_of(clock: Piece, part: str, now: datetime, *, today: bool) -> int:
    """The hour in 24, from the part of the day that was said, else the next one that comes."""
    hour = clock.hour
    if clock.fixed:
        return hour
    if part == "evening" and hour <= _DEEP_NIGHT:
        return hour
    if part in ("afternoon", "evening") and hour < 12:
        return hour + 12
    if part == "evening" and hour == 12:
        return 0
    if part == "noon" and hour < 3:
        return hour + 12
    if part in ("dawn", "morning", "midnight"):
        return 0 if hour == 12 and part != "morning" else hour
    if not part and today and hour <= 12:
        later = [h for h in (hour % 24, (hour + 12) % 24) if (h, clock.minute) > (now.hour, now.minute)]
        return min(later) if later else hour
    return hour


def _text(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")
