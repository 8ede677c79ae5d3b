"""The reply: what became of a turn, in the person's language, and not a word more than is known.

A receipt stands behind every claim: only ``Status.DONE`` is said as done, and everything else is said as what
it is. Steps that went alike are said together; then what could not be done, with the words that it was about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from homebody.assistant import answers, policy, skill_replies, wording
from homebody.assistant import phrases as p
from homebody.assistant.plan import (
    NOW,
    Command,
    Plan,
    Problem,
    Query,
    Reminder,
    Routine,
    Say,
    Skill,
    Step,
    Timer,
)
from homebody.assistant.turn import Appointment, StepResult
from homebody.home.device import Home
from homebody.home.function import Action, Function, Value
from homebody.home.label import Language
from homebody.home.outcome import Outcome, Status


def reply(plan: Plan, results: Sequence[StepResult], home: Home, now: datetime, language: Language) -> str:
    """One short paragraph. Never empty."""
    parts = [*said_of(results, home, now, language), *_problems(plan, home, language)]
    if plan.say:
        parts.append(plan.say)
    return sentence(parts, language) or sentence([p.fill(p.SAYINGS["nothing"], language)], language)


def sentence(parts: Iterable[str], language: Language) -> str:
    """Parts as sentences, each with its capital letter and its stop."""
    said = []
    for part in dict.fromkeys(parts):
        text = part.strip()
        if not text:
            continue
        ended = text[-1] in "。？！?!.…"
        stop = "" if ended else "。" if language == "zh" else "."
        said.append(text[:1].upper() + text[1:] + stop if language == "en" else text + stop)
    return ("" if language == "zh" else " ").join(said)


def said_of(results: Sequence[StepResult], home: Home, now: datetime, language: Language) -> list[str]:
    """What became of steps, one part for those that went alike, in their order; the open question last."""
    groups: dict[tuple[object, ...], list[StepResult]] = {}
    asked: list[Step] = []
    for result in results:
        if result.asked:
            asked.append(result.step)
        else:
            groups.setdefault(_likeness(result, home), []).append(result)
    parts = [_part(group, home, now, language) for group in groups.values()]
    if asked:
        parts.append(p.fill(p.SAYINGS["sure"], language, do=wording.do(asked, home, language)))
    return parts


def _likeness(result: StepResult, home: Home) -> tuple[object, ...]:
    """Results with the same key are said in one part."""
    step, outcome = result.step, result.outcome
    if not isinstance(step, Command):
        return (id(result),)
    if outcome is None:
        return (step.function, step.action, step.value, step.delta, step.when, result.note,
                result.decision.rule, result.findings)  # fmt: skip
    value = outcome.wanted if step.action is Action.SET or outcome.detail == "already" else None
    after = outcome.after if outcome.status is Status.UNVERIFIED else None
    evidence = outcome.evidence if outcome.status is Status.REFUSED else ""
    kind = ""
    if outcome.status is not Status.DONE:  # a refusal is each device's own affair
        device = home.device(step.device)
        kind = device.kind if device else ""
    return (step.function, step.action, value, after, outcome.status, outcome.detail, evidence, kind,
            result.note, step.when.lasting, step.when.until)  # fmt: skip


def _part(group: Sequence[StepResult], home: Home, now: datetime, language: Language) -> str:
    first = group[0]
    match first.step:
        case _ if first.decision.verdict == "refuse":
            why = policy.why(first.decision.rule)
            return p.fill(p.NOT_DONE["policy"], language, do=_do(group, home, language),
                          why=why.text(language) if why else first.decision.rule)  # fmt: skip
        case Query():
            return _note(group, home, language) or answers.answer(
                first.step, first.findings, first.appointments, home, now, language
            )
        case Timer():
            return _note(group, home, language) or _timer(first.step, first.appointments, language)
        case Routine():
            return _note(group, home, language) or _cancelled(first.appointments, language)
        case Command() if first.outcome is not None:
            return _outcome(group, first.outcome, home, now, language)
        case Skill() if first.skill is not None:
            return skill_replies.said(first.step, first.skill, home, language)
        case _ if first.note:
            return _note(group, home, language)
        case Say() if first.step.when == NOW:
            return p.fill(p.SAYINGS["announced"], language, text=first.step.text)
        case _:
            return _scheduled(group, home, now, language)


def _do(group: Sequence[StepResult], home: Home, language: Language) -> str:
    return wording.do([result.step for result in group], home, language)


def _note(group: Sequence[StepResult], home: Home, language: Language) -> str:
    """Why nothing was done; empty where the note is empty."""
    first = group[0]
    if not first.note:
        return ""
    finding = ""
    if first.note == "condition_not_met" and first.findings:
        finding = answers.told(first.findings[0], home, language)
    return p.fill(p.NOTES[first.note], language, do=_do(group, home, language), finding=finding)


def _scheduled(group: Sequence[StepResult], home: Home, now: datetime, language: Language) -> str:
    step = group[0].step
    moment = getattr(step, "when", NOW)
    when = wording.when(moment, home, now, language)
    if isinstance(step, Reminder):
        return p.fill(p.SAYINGS["reminder"], language, when=when, text=step.text)
    return p.fill(p.SAYINGS["scheduled"], language, when=when, do=_do(group, home, language))


# what became of commands


def _outcome(
    group: Sequence[StepResult], outcome: Outcome, home: Home, now: datetime, language: Language
) -> str:
    step = group[0].step
    assert isinstance(step, Command)
    ids = [result.step.device for result in group if isinstance(result.step, Command)]
    device = home.device(step.device)
    function = device.function(step.function) if device else None
    text = _became(ids, step, outcome, function, home, language)
    first = group[0]
    if first.note == "no_undo":
        text += ("，" if language == "zh" else ", ") + p.fill(p.NOTES["no_undo"], language)
    elif first.appointments and outcome.status is not Status.REFUSED:
        undo = first.appointments[0].step
        when = wording.when(getattr(undo, "when", NOW), home, now, language)
        text += ("，" if language == "zh" else "; ") + p.fill(p.SAYINGS["undo_after"], language, when=when)
    return text


def _became(
    ids: Sequence[str],
    step: Command,
    outcome: Outcome,
    function: Function | None,
    home: Home,
    language: Language,
) -> str:
    many = len(set(ids)) > 1
    what = wording.part(home, ids, step.function, language)
    wanted = outcome.wanted
    words = {
        "thing": what,
        "all": "都" if many else "",
        "was": "were" if many else "was",
        "say": "say" if many else "says",
        "read": "read" if many else "reads",
        "still": "还是" if _unchanged(outcome, function) else "是",
        "value": wording.value(function, wanted, language),
        "do": wording.act(
            step.action, what, wording.value(function, _aim(step, outcome), language), language
        ),
        "detail": "",
    }
    match outcome.status:
        case Status.DONE if outcome.detail == "already" and wanted is not None:
            return p.fill(p.ALREADY, language, **words | {"state": wording.state(function, wanted, language)})
        case Status.DONE:
            return p.fill(p.DONE[step.action], language, **words)
        case Status.ACCEPTED:
            return p.fill(
                p.NOT_DONE["moving" if outcome.detail == "moving" else "accepted"], language, **words
            )
        case Status.REFUSED:
            detail = outcome.detail or ""
            shown = f"（{detail}）" if detail and language == "zh" else f" ({detail})" if detail else ""
            return p.fill(p.NOT_DONE["refused"], language, **words | {"detail": shown})
        case Status.UNREACHABLE:
            return p.fill(p.NOT_DONE["unreachable"], language, **words)
        case Status.UNVERIFIED if outcome.after is not None:
            seen = wording.state(function, outcome.after, language).removeprefix("是")
            return p.fill(p.NOT_DONE["unverified"], language, **words | {"state": seen})
        case Status.UNVERIFIED:
            return p.fill(p.NOT_DONE["unread"], language, **words)


def _aim(step: Command, outcome: Outcome) -> Value | None:
    return outcome.operation.value if outcome.operation.value is not None else step.value


def _unchanged(outcome: Outcome, function: Function | None) -> bool:
    before, after = outcome.before, outcome.after
    if before is None or after is None or function is None:
        return False
    return function.matches(after, before)


# timers and what is set


def _timer(step: Timer, appointments: Sequence[Appointment], language: Language) -> str:
    key = {"set": "timer_set", "cancel": "timer_cancelled", "cancel_all": "timer_cancelled",
           "pause": "timer_paused"}.get(step.action, "timer_left")  # fmt: skip
    parts = []
    for appointment in appointments:
        entry = appointment.step
        length = entry.duration if isinstance(entry, Timer) else None
        name = wording.timer_name(appointment.name, length, language)
        left = wording.duration(appointment.left, language) if appointment.left else ""
        word = "timer_left_paused" if key == "timer_left" and appointment.paused else key
        parts.append(p.fill(p.SAYINGS[word], language, timer=name, left=left))
    if not parts:
        return p.fill(p.SAYINGS["no_timers"], language)
    return wording.join(parts, language, last=("，", "and"))


def _cancelled(appointments: Sequence[Appointment], language: Language) -> str:
    if not appointments:
        return p.fill(p.SAYINGS["nothing_scheduled"], language)
    what = wording.join([answers.appointment(one, language) for one in appointments], language)
    return p.fill(p.SAYINGS["cancelled_entry"], language, what=what)


# what could not be grounded


def _problems(plan: Plan, home: Home, language: Language) -> list[str]:
    only = not plan.steps and plan.say is None and len(plan.problems) == 1
    return [problem_text(problem, plan, home, language, alone=only) for problem in plan.problems]


def problem_text(problem: Problem, plan: Plan, home: Home, language: Language, *, alone: bool = False) -> str:
    """Why a part of a sentence leads to nothing, with the words that it came from."""
    device = home.device(problem.device) if problem.device else None
    function = device.function(problem.function) if device and problem.function else None
    words = problem.words.strip()
    parts: dict[str, str] = {"words": words, "where": "", "thing": words}
    key: str = problem.kind
    if device:
        parts["device"] = wording.thing(home, device.id, language)
        if function:
            parts["function"] = function.name.text(language)
            parts["thing"] = wording.part(home, (device.id,), function.id, language)
    match problem.kind:
        case "not_understood" if alone and words == plan.text.strip():
            key = "not_understood_all"
        case "no_such_device":
            place = wording.area_name(home, problem.area, language)
            if place and place.removeprefix("the ") not in words:
                parts["where"] = place if language == "zh" else f" in {place}"
        case "no_such_function" if not device:
            key = "no_such_device"
        case "no_such_function" if function:
            key = "no_such_function_value"
        case "out_of_range" if function:
            key = _range(problem, function, parts, language)
        case "out_of_range":
            key = "no_such_time" if problem.unit == "time" else "out_of_range_unknown"
        case "unsupported" if problem.max is not None and f"too_many_{problem.unit}" in p.PROBLEMS:
            key = f"too_many_{problem.unit}"
            parts["max"] = f"{problem.max:,.0f}"
        case "ambiguous" if function:
            key = "ambiguous_value"
            _range(problem, function, parts, language)
        case "ambiguous":
            key = _ambiguous(problem, home, parts, language)
        case _:
            pass
    return p.fill(p.PROBLEMS[key], language, **parts)


def _range(problem: Problem, function: Function, parts: dict[str, str], language: Language) -> str:
    low = problem.min if problem.min is not None else function.min
    high = problem.max if problem.max is not None else function.max
    parts["min"], parts["max"] = (wording.value(function, bound, language) for bound in (low, high))
    if low == float("-inf"):
        return "out_of_range_high" if high != float("inf") else "out_of_range_unknown"
    return "out_of_range_low" if high == float("inf") else "out_of_range"


def _ambiguous(problem: Problem, home: Home, parts: dict[str, str], language: Language) -> str:
    if not 2 <= len(problem.candidates) <= 4:
        return "ambiguous_unknown"
    names = [wording.thing(home, candidate, language) for candidate in problem.candidates]
    parts["candidates"] = wording.join(names, language, last=("还是", "or"))
    return "ambiguous"
