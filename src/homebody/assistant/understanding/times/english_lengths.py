"""How long, and how often: a couple of hours, an hour and a quarter, ten minutes from now, twice a day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from homebody.assistant.plan import WEEKDAYS
from homebody.assistant.understanding.times.english_numerals import (
    HOURS,
    MINUTE,
    MORE_TENS,
    value_of,
)
from homebody.assistant.understanding.times.piece import Piece

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800, "f": 1_209_600}
_UNIT = r"(?P<u>seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|fortnights?)"
_COUNT = (
    rf"(?P<n>an?(?: whole| full| single)?|one|a couple(?: of)?|couple(?: of)?|a pair of|half an?|a half|half"
    rf"|(?:a )?quarter of an|a quarter|three quarters of an|a dozen|\d{{1,4}}|{MINUTE}"
    rf"|{'|'.join(MORE_TENS)}|{'|'.join(HOURS)})"
)
_ROUGHLY = (
    r"(?:about |around |roughly |approximately |another |a further |some |a good |maybe |say |exactly )"
)
_TIME = re.compile(
    rf"(?P<lead>\b(?:in|within|after|wait|wait for|give it|give that|give them|hang on|hold on"
    rf"|hold off for|leave it"
    rf"|let it run for|allow)(?: for)? )?{_ROUGHLY}?(?<![\w.])(?:"
    rf"(?:the |this )?(?:next|coming|following)"
    rf"(?: {_COUNT.replace('P<n>', 'P<nn>')})? {_UNIT.replace('P<u>', 'P<nu>')}"
    rf"|(?P<mixed>(?:an|one|two|three|four|\d{{1,2}}) hours?(?: and)? (?:a quarter|three quarters"
    rf"|{MINUTE}))(?: minutes?)?"
    rf"|(?P<halves>(?:an?|one|two|\d{{1,2}}) (?:hour|minute|day)s? and a half)"
    rf"|(?P<whole>{'|'.join(HOURS)}|\d{{1,3}}) and a (?P<part>quarter|half) (?P<wu>hours?|minutes?)"
    rf"|{_COUNT}[ -]{_UNIT})(?!\w)(?:'s?(?= time))?(?: or (?:so|thereabouts))?"
    r"(?P<tail> from now(?: on)?| later(?: on)?| hence| time)?"
)

_OFTEN = re.compile(
    r"\b(?:(?P<hours>hourly|every hour|each hour|once an hour|every single hour)(?: on the hour)?"
    r"|every half[ -]?(?:an )?hour|(?P<other>every (?:other|second) (?P<ou>day|hour|night))"
    r"|(?P<times>twice|(?:two|three|four|six) times) (?:a|per|every) day"
    r"|(?P<daily>once (?:a|per|every) day|every single day|day in day out|all week|seven days a week))\b"
)


def lengths(text: str) -> Iterator[tuple[int, int, Piece]]:
    for match in _TIME.finditer(text):
        seconds = _seconds(match)
        if not seconds:
            continue
        tail = match["tail"] or ""
        if tail == " time" and not (match["lead"] or "").startswith("in"):
            continue
        delay = bool(match["lead"]) or bool(tail)
        yield match.start(), match.end(), Piece("delay" if delay else "duration", seconds=seconds)
        if match["lead"]:
            yield match.end("lead"), match.end(), Piece("duration", seconds=seconds)
    for match in _OFTEN.finditer(text):
        yield match.start(), match.end(), _often(match)


def _seconds(match: re.Match[str]) -> float:
    if match["mixed"]:
        hours, _, rest = match["mixed"].partition(" hour")
        rest = rest.removeprefix("s").removeprefix(" and").strip()
        minutes = {"a quarter": 15, "three quarters": 45}.get(rest) or value_of(rest)
        return 3600.0 * (1 if hours == "an" else value_of(hours)) + 60 * minutes
    if match["halves"]:
        count, unit, *_ = match["halves"].split()
        return (_amount(count) + 0.5) * _SECONDS[unit[0]]
    if match["whole"]:
        more = 0.25 if match["part"] == "quarter" else 0.5
        return (value_of(match["whole"]) + more) * _SECONDS[match["wu"][0]]
    if match["nu"]:
        return (_amount(match["nn"]) if match["nn"] else 1) * _SECONDS[match["nu"][0]]
    return _amount(match["n"]) * _SECONDS[match["u"][0]]


def _amount(said: str) -> float:
    if said in ("half", "half a", "half an", "a half"):
        return 0.5
    if "three quarters" in said:
        return 0.75
    if "quarter" in said:
        return 0.25
    if "couple" in said or "pair" in said:
        return 2.0
    if said == "a dozen":
        return 12.0
    return 1.0 if said.split(maxsplit=1)[0] in ("a", "an", "one") else float(value_of(said))


def _often(match: re.Match[str]) -> Piece:
    """Every hour, twice a day, every other day: an interval with its length; once a day: every day."""
    if match["daily"]:
        return Piece("every", days=WEEKDAYS)
    if match["hours"]:
        return Piece("interval", seconds=3600)
    if match["other"]:
        return Piece("interval", seconds=7200 if match["ou"] == "hour" else 172_800)
    if match["times"]:
        count = {"twice": 2, "two": 2, "three": 3, "four": 4, "six": 6}[match["times"].split()[0]]
        return Piece("interval", seconds=86_400 / count)
    return Piece("interval", seconds=1800)
