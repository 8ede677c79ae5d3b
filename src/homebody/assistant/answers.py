"""Answers to questions: from what was read, and from nothing else.

What could not be read is said as unknown; "all are closed" is never said of devices that did not answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from homebody.assistant import phrases as p
from homebody.assistant import wording
from homebody.assistant.plan import Query, Timer
from homebody.assistant.turn import Appointment, Finding
from homebody.assistant.when import compare
from homebody.home.device import Home
from homebody.home.function import Function
from homebody.home.label import Language

MOST = 8
"""More states than this are not told at once."""


def answer(
    query: Query,
    findings: Sequence[Finding],
    appointments: Sequence[Appointment],
    home: Home,
    now: datetime,
    language: Language,
) -> str:
    """One question's answer."""
    match query.what:
        case "time":
            return p.fill(p.ANSWERS["time"], language, time=f"{now.hour}:{now.minute:02}")
        case "date":
            return p.fill(p.ANSWERS["date"], language, date=wording.full_date(now, language))
        case "scheduled":
            if not appointments:
                return p.fill(p.SAYINGS["nothing_scheduled"], language)
            shown = ("；" if language == "zh" else "; ").join(
                appointment(one, language) for one in appointments[:MOST]
            )
            return p.fill(p.SAYINGS["is_scheduled"], language, n=len(appointments), list=shown)
        case "where":
            return _join([_where(finding, home, language) for finding in findings], language)
        case "can":
            return _can(query, findings, home, language)
        case "value":
            return _values(findings, home, language)
        case _ if query.value is None:
            return _counted(query, home, language)
        case _:
            return _judged(query, findings, home, language)


def appointment(one: Appointment, language: Language) -> str:
    """Something that is set, by a person's own words or its name."""
    step = one.step
    if isinstance(step, Timer):
        return wording.timer_name(one.name, step.duration, language)
    return step.words


def told(finding: Finding, home: Home, language: Language) -> str:
    """The state that was read: the living room light is on."""
    if not finding.reachable:
        names = wording.thing(home, finding.device, language)
        return p.fill(p.ANSWERS["unreachable"], language, names=names)
    what = wording.part(home, (finding.device,), finding.function or "", language)
    if finding.value is None:
        return p.fill(p.ANSWERS["unknown"], language, thing=what)
    seen = wording.state(_function(finding, home), finding.value, language)
    return p.fill(p.ANSWERS["is"], language, thing=what, state=seen)


def _function(finding: Finding, home: Home) -> Function | None:
    device = home.device(finding.device)
    return device.function(finding.function) if device and finding.function else None


def _join(parts: Sequence[str], language: Language) -> str:
    return ("，" if language == "zh" else "; ").join(dict.fromkeys(parts))


def _where(finding: Finding, home: Home, language: Language) -> str:
    what = wording.thing(home, finding.device, language)
    area = wording.area_name(home, finding.value if isinstance(finding.value, str) else None, language)
    if not area:
        return p.fill(p.ANSWERS["nowhere"], language, thing=what)
    return p.fill(p.ANSWERS["where"], language, thing=what, area=area)


def _can(query: Query, findings: Sequence[Finding], home: Home, language: Language) -> str:
    names = [f.name.text(language) for finding in findings if (f := _function(finding, home))]
    what = wording.things(home, query.devices, language)
    return p.fill(p.ANSWERS["can"], language, thing=what, list=wording.join(names, language))


def _values(findings: Sequence[Finding], home: Home, language: Language) -> str:
    known = [f for f in findings if f.value is not None or not f.reachable]
    return _join([told(finding, home, language) for finding in (known or findings)[:MOST]], language)


def _counted(query: Query, home: Home, language: Language) -> str:
    """How many lights are there? No state is asked about."""
    names = wording.join([wording.thing(home, i, language) for i in query.devices[:MOST]], language)
    if language == "zh":
        return f"{len(query.devices)}个：{names}"
    return f"{len(query.devices)}: {names}"


def _judged(query: Query, findings: Sequence[Finding], home: Home, language: Language) -> str:
    """Whether, which, how many: by the states that were read."""
    unread = [f.device for f in findings if not f.reachable or f.value is None]
    read = [f for f in findings if f.reachable and f.value is not None]
    true = [f for f in read if compare(_function(f, home), f.value, query.comparison, query.value) is True]
    parts = []
    if read:
        parts.append(_verdict(query, read, true, bool(unread), home, language))
    if unread:
        names = wording.things(home, unread, language)
        parts.append(p.fill(p.ANSWERS["unreachable"], language, names=names))
    return _join(parts, language)


def _verdict(
    query: Query,
    read: Sequence[Finding],
    true: Sequence[Finding],
    partial: bool,
    home: Home,
    language: Language,
) -> str:
    function = _function(read[0], home)
    assert function is not None and query.value is not None
    wanted = wording.wanted_state(function, query.value, query.comparison, language)
    shown = wanted.removeprefix("是")
    ids = [finding.device for finding in true]
    many = len(ids) > 1
    words = {
        "state": shown,
        "function": function.name.text(language),
        "all": "都" if many else "",
        "are": "are" if many else "is",
        "n": str(len(ids)),
        "names": wording.join([wording.thing(home, device, language) for device in ids[:MOST]], language),
    }
    numeric = query.comparison != "is" and function.id not in p.DIRECT
    if len(read) == 1 and query.what in ("state", "all", "any"):
        text = told(read[0], home, language)
        return p.fill(p.ANSWERS["yes" if true else "no"], language, text=text)
    if not true:
        key = "none_read" if partial else "none_number" if numeric else "none"
        return p.fill(p.ANSWERS[key], language, **words)
    if len(true) == len(read) and query.what in ("state", "all"):
        if partial:
            return p.fill(p.ANSWERS["all_read"], language, **words)
        everything = "都" if language == "zh" else "all are"
        return p.fill(p.ANSWERS["yes_all"], language, **words | {"all": everything})
    if query.what in ("state", "all"):
        text = p.fill(p.ANSWERS["which"], language, **words)
        others = [finding.device for finding in read if finding not in true]
        rest = wording.things(home, others, language)
        no = "没有" if language == "zh" else "not"
        return _join([p.fill(p.ANSWERS["no"], language, text=text), f"{rest}{no}"
                      if language == "zh" else f"{no} {rest}"], language)  # fmt: skip
    if query.what == "how_many":
        return p.fill(p.ANSWERS["how_many"], language, **words)
    return p.fill(p.ANSWERS["which_number" if numeric else "which"], language, **words)
