"""Questions: what is asked, of which devices. A question never becomes an action."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from homebody.assistant.context import Context
from homebody.assistant.plan import Problem, Query, Step
from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.meaning.places import in_places
from homebody.assistant.understanding.meaning.readable import knows_home, readable_for, scope_of, state_in
from homebody.assistant.understanding.reading.frame import Frame
from homebody.assistant.understanding.wishes.named import named
from homebody.assistant.understanding.wishes.units import convert, unit_of
from homebody.assistant.understanding.words.normalise import Normalised
from homebody.home.device import Device
from homebody.home.function import Function, Type

Many = Literal["which", "how_many", "any"]
_MANY: tuple[Many, ...] = ("which", "how_many", "any")
_KNOWLEDGE = frozenset({"why", "how", "should", "who"})
"""Questions that no state answers."""


_N = (
    r"(?:\d[\d.,]*|(?:a |an )?(?:hundred|thousand|million)|(?:one|two|three|four|five|six|seven|eight"
    r"|nine|ten|eleven"
    r"|twelve|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)[\w -]*?)"
)
_SUM = re.compile(
    rf"\b{_N} (?:times|plus|minus|divided by|multiplied by|over|to the power of|x|\+|-|\*|/) {_N}\b"
    rf"|\b(?:half|a third|a quarter|double|twice|square root|\d+ ?(?:%|percent)) of {_N}$|\b{_N} squared\b"
)
"""Arithmetic, of which no home tells the result."""


@dataclass(slots=True)
class Answerable:
    """Queries, problems, and how sure it is (0..1). ``beyond``: nothing in this home tells the answer."""

    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    confidence: float = 1.0
    beyond: bool = False


def questions(
    frame: Frame, vocabulary: Vocabulary, text: Normalised, context: Context, area: str | None
) -> Answerable:
    """What a question asks of the home; with little confidence, that it is beyond the home."""
    words = text.words(frame.start, frame.end)
    asked = frame.questions
    beyond = Answerable(confidence=0.35, beyond=True)
    for clock in ("time", "date"):
        if clock in asked and not frame.heads:
            return Answerable([Query(what="time" if clock == "time" else "date", words=words)])
    if _KNOWLEDGE & set(asked):
        return beyond
    devices, problems = scope_of(frame, vocabulary, text, context, area)
    counted = [f for d in devices for f in named(d, frame) if f.type is Type.NUMBER and f.readable]
    if "how_many" in asked and counted:
        frame.questions = ["value"]  # how many days are left: a number that is told
        frame.states = []
    if problems and any(token.text in ("your", "you", "yourself") for token in frame.tokens):
        return beyond  # what's your favourite colour
    if _SUM.search(text.text[frame.start : frame.end]):
        return beyond  # what's nine times seven
    if problems:
        return Answerable([], problems, 0.95) if knows_home(frame) else beyond
    ids = tuple(device.id for device in devices)
    if "or" in asked and len([head for head in frame.heads if head.thing]) > 1:
        return beyond  # which of two things would be better
    if "where" in asked and devices and frame.heads and not frame.states:
        return Answerable([Query(what="where", devices=ids, words=words)])
    if "can" in asked and devices:
        return Answerable([Query(what="can", devices=ids, words=words)])
    if frame.loose and "howlong" not in asked and not (frame.functions or frame.measures or frame.numbers):
        return beyond  # 开空调费电吗: what is asked of it is not known here
    for ask in (_between, _compared, _left, _switched, _in_state, _valued):
        found = ask(frame, vocabulary, devices, context, words)
        if found is not None:
            return found
    if devices and any(head.thing for head in frame.heads):
        many = _many(frame)
        if many:
            return Answerable([Query(what=many, devices=ids, words=words)], [], 0.9)
        if asked or frame.tokens[-1].is_("ask") or any(t.is_("tell", "ask") for t in frame.tokens):
            return Answerable([Query(what="value", devices=ids, words=words)], [], 0.85)
    return beyond


def _many(frame: Frame) -> Many | None:
    return next((what for what in _MANY if what in frame.questions), None)


def _between(
    frame: Frame, vocabulary: Vocabulary, _devices: list[Device], context: Context, words: str
) -> Answerable | None:
    """客厅比主卧热吗: both are told, and who asked compares."""
    places = [area for head in frame.heads for area in head.areas]
    if len(places) < 2 or not frame.changes or not any(token.text == "比" for token in frame.tokens):
        return None
    pairs = readable_for(frame, vocabulary, in_places(vocabulary, places), context)
    members = tuple(device.id for device, function in pairs if function.id == pairs[0][1].id)
    if len(members) < 2:
        return None
    return Answerable([Query(what="value", devices=members, function=pairs[0][1].id, words=words)], [], 0.9)


def _compared(
    frame: Frame, vocabulary: Vocabulary, devices: list[Device], context: Context, words: str
) -> Answerable | None:
    """Is it above 26 degrees in the study? Which rooms are below 20?"""
    if not (frame.comparison and frame.numbers):
        return None
    pairs = readable_for(frame, vocabulary, devices, context)
    value = convert(frame.numbers[-1], pairs[0][1]) if pairs else None
    if value is None:
        return None
    function_id = pairs[0][1].id
    query = Query(
        what=_many(frame) or "state", devices=tuple(d.id for d, f in pairs if f.id == function_id),
        function=function_id, comparison=frame.comparison, value=value, words=words,
    )  # fmt: skip
    return Answerable([query], [], 0.97)


def _left(
    frame: Frame, _vocabulary: Vocabulary, devices: list[Device], _context: Context, words: str
) -> Answerable | None:
    """How long will the washing machine take? What it tells in a unit of time."""
    if "howlong" not in frame.questions or not devices:
        return None
    for device in devices:
        for function in device.functions:
            if function.readable and function.type is Type.NUMBER and unit_of(function) in ("s", "min", "h"):
                query = Query(what="value", devices=(device.id,), function=function.id, words=words)
                return Answerable([query], [], 0.95)
    return Answerable([], [Problem(kind="no_such_function", words=words, device=devices[0].id)], 0.9)


_HOW_MUCH = ("多少", "几成", "how far", "how much", "how far open", "几多")
_SIGNS = {"off": False, "close_or_off": False, "close": False, "closed": False, "unlock": False,
          "unlocked": False}  # fmt: skip


def _switched(
    frame: Frame, vocabulary: Vocabulary, devices: list[Device], context: Context, words: str
) -> Answerable | None:
    """Is the pump on? 在保温吗: whether a function that is named is on."""
    if not frame.functions or set(frame.questions) - {"any"} or frame.numbers:
        return None
    pairs = readable_for(frame, vocabulary, devices, context)
    if not pairs or pairs[0][1].type is not Type.BOOL or (frame.states and pairs[0][1].id == "on_off"):
        return None
    function = pairs[0][1]
    said = [*frame.states, *(verb for verb, _ in frame.verbs)]
    value = next((_SIGNS[word] for word in said if word in _SIGNS), True)
    if function.id == "lock" and any(word in ("open", "open_or_on", "on") for word in said):
        value = False
    members = tuple(d.id for d, f in pairs if f.id == function.id)
    if not devices:
        members = members[:1]
    query = Query(
        what="state", devices=members, function=function.id, value=value, area=_one_area(frame), words=words
    )
    return Answerable([query], [], 0.97)


def _in_state(
    frame: Frame, vocabulary: Vocabulary, devices: list[Device], context: Context, words: str
) -> Answerable | None:
    """Is it on? Which lights are on? Where is a window open?"""
    if frame.measures and "value" in frame.questions:
        return None  # how fast is it going?
    found = state_in(frame, vocabulary, devices, context)
    called = any(not token.is_("kind") for token in frame.functions)
    asks_value = "or" in frame.questions and bool(frame.choices) and not frame.states
    asks_value = asks_value or (called and bool({"value", "which"} & set(frame.questions)))
    if found is None or asks_value or (frame.functions and not frame.states):
        return None
    members, function_id, comparison, value = found
    if comparison != "is" and any(token.text in _HOW_MUCH for token in frame.tokens):
        members_ids = tuple(device.id for device in members)
        query = Query(
            what="value", devices=members_ids, function=function_id, area=_one_area(frame), words=words
        )
        return Answerable([query], [], 0.97)
    many = _many(frame) or ("which" if "where" in frame.questions else None)
    what: Literal["state", "which", "how_many", "any", "all"] = many or (
        "all" if frame.all else "any" if len(members) > 1 and not frame.heads else "state"
    )
    query = Query(
        what=what, devices=tuple(d.id for d in members), function=function_id, comparison=comparison,
        value=value, area=_one_area(frame), words=words,
    )  # fmt: skip
    return Answerable([query], [], 0.97)


def _valued(
    frame: Frame, vocabulary: Vocabulary, devices: list[Device], context: Context, words: str
) -> Answerable | None:
    """What is the temperature? How bright is it?"""
    settings = any(verb == "set" for verb, _ in frame.verbs) and any(head.thing for head in frame.heads)
    either = "or" in frame.questions and bool(frame.choices)
    if not (frame.functions or frame.changes or frame.numbers or frame.measures or settings or either):
        return None
    pairs = readable_for(frame, vocabulary, devices, context)
    if not pairs:
        if devices or frame.heads:
            return Answerable([], [Problem(kind="no_such_function", words=words)], 0.8)
        return None
    function_id = pairs[0][1].id
    members = tuple(d.id for d, f in pairs if f.id == function_id)
    things = any(head.thing for head in frame.heads)
    if not things and not frame.all and not devices and not _spread(pairs):
        members = members[:1]
    query = Query(what="value", devices=members, function=function_id, area=_one_area(frame), words=words)
    return Answerable([query], [], 0.97)


def _spread(pairs: Sequence[tuple[Device, Function]]) -> bool:
    return len({device.area for device, _ in pairs}) > 1


def _one_area(frame: Frame) -> str | None:
    areas = {area for head in frame.heads for area in head.areas}
    return areas.pop() if len(areas) == 1 else None
