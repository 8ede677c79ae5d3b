"""Questions: what is asked, of which devices. A question never becomes an action."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from homebody.assistant.context import Context
from homebody.assistant.plan import Comparison, Problem, Query, Step
from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.meaning.places import in_places
from homebody.assistant.understanding.meaning.targets import Around, Finder
from homebody.assistant.understanding.reading.frame import Frame
from homebody.assistant.understanding.wishes.named import named
from homebody.assistant.understanding.wishes.senses import SEEN, seen
from homebody.assistant.understanding.wishes.units import convert, unit_of
from homebody.assistant.understanding.words.normalise import Normalised, fold
from homebody.home.device import Device
from homebody.home.function import Function, Type, Value

_OPENNESS = frozenset({"open", "closed", "open_or_on", "close_or_off", "close"})
_OPENING = frozenset({"position", "contact", "valve", "lock"})
"""What is open or closed; a lamp is so only where nothing else can be."""
Many = Literal["which", "how_many", "any"]
_MANY: tuple[Many, ...] = ("which", "how_many", "any")
_KNOWLEDGE = frozenset({"why", "how", "should", "who"})
"""Questions that no state answers."""
_HOME_WORDS = ("area", "device", "kind", "function", "state", "room", "floor", "level_of_house", "pronoun")

_SETTINGS = ("thermostat", "brightness", "position", "volume", "fan_speed")
# What may be meant where a device has no function that is called just so.
_RATHER = {
    "illuminance": "brightness",
    "temperature": "thermostat",
    "thermostat": "temperature",
    "brightness": "illuminance",
}
_ADJECTIVES = {
    "thermostat": "temperature",
    "brightness": "illuminance",
    "volume": "volume",
    "fan_speed": "fan_speed",
    "humidity_target": "humidity",
}


_BY_UNIT = {"°": "temperature", "°C": "temperature", "°F": "temperature", "": "temperature", "%": "humidity",
            "lx": "illuminance", "ppm": "co2"}  # fmt: skip
"""What a number speaks of, where no word does: once it is over thirty in here."""


def knows_home(frame: Frame) -> bool:
    """Whether a clause has a word of this home, or one for things of homes."""
    return any(token.is_(*_HOME_WORDS) for token in frame.tokens)


def adjectives(frame: Frame) -> Comparison | None:
    """比26度热, hotter than 26: which side an adjective means."""
    for change in frame.changes:
        if change.functions:
            return "above" if change.direction > 0 else "below"
    return None


def scope_of(
    frame: Frame, vocabulary: Vocabulary, text: Normalised, context: Context, area: str | None
) -> tuple[list[Device], list[Problem]]:
    """The devices that a question or a condition speaks of by name or place; none if it names nothing."""
    finder = Finder(vocabulary, text, Around(context, area))
    excluded = finder.excluded(frame)
    devices: list[Device] = []
    problems: list[Problem] = []
    places = [head for head in frame.heads if not head.thing and not head.absent]
    for head in frame.heads:
        if head in places:
            continue
        found = finder.find(head, frame)
        if not found.devices and found.ambiguous:
            found.devices = found.ambiguous  # a question may be about all of them
        devices += [device for device in found.devices if device not in devices]
        if not found.devices:
            problems += found.problems
    if not devices and not problems and places:
        areas = [area for head in places for area in finder.areas_of(head)]
        devices = in_places(vocabulary, areas)
    if not frame.heads and frame.here and context.area:
        devices = in_places(vocabulary, [context.area])
    if not frame.heads and frame.pronoun and context.last_devices:
        devices = [d for i in context.last_devices if (d := vocabulary.home.device(i))]
    return [device for device in devices if device.id not in excluded], problems


def _named_ids(frame: Frame) -> list[str]:
    ids = [function_id for token in frame.functions for function_id in token.all("function")]
    return ids + [_RATHER[i] for i in ids if i in _RATHER]


def _rank(function: Function, frame: Frame) -> int:
    """Sensors measure; a thermostat's wish is not the room's temperature."""
    wish = any("设定" in t.text or "target" in t.text or "set" in t.text for t in frame.tokens)
    return (0 if function.writable else 1) if wish else (1 if function.writable else 0)


def readable_for(
    frame: Frame, vocabulary: Vocabulary, devices: Sequence[Device], context: Context
) -> list[tuple[Device, Function]]:
    """Devices and the function of each that the clause asks the value of, measuring ones first."""
    local = in_places(vocabulary, [context.area]) if context.area and not devices else []
    for pool in (list(devices), local, [] if devices else list(vocabulary.home.devices)):
        pairs = _readable(frame, pool, called=bool(devices))
        if pairs:
            return pairs
    return []


def _readable(frame: Frame, pool: Sequence[Device], *, called: bool) -> list[tuple[Device, Function]]:
    pairs: list[tuple[int, int, Device, Function]] = []
    for index, device in enumerate(pool):
        options = [f for f in named(device, frame) if f.readable and f.type is not Type.ACTION]
        if not options and frame.functions:
            options = [f for i in _named_ids(frame) if (f := device.function(i))]
        if not options and frame.changes:
            names = [name.lstrip("-*") for change in frame.changes for name in change.functions]
            options = [f for n in names for i in (_ADJECTIVES.get(n, n), n) if (f := device.function(i))]
        if not options and not frame.functions and frame.numbers:
            unit = frame.numbers[-1].unit
            wanted = _BY_UNIT.get(unit, "")
            options = [f for f in device.functions if f.id == wanted]
        if not options and not frame.functions and any(verb == "set" for verb, _ in frame.verbs):
            options = [f for name in _SETTINGS if (f := device.function(name))]  # what is it set to?
        if not options and "or" in frame.questions:  # 制冷还是制热: of what both are choices
            options = [
                f for token in frame.choices for i, _ in token.all("choice") if (f := device.function(i))
            ]
        if not options and frame.measures and (called or all(t.is_("measure") for t in frame.functions)):
            options = [f for f in device.functions if _measures(f, frame.measures)]
        if options:
            best = min(options, key=lambda f: _rank(f, frame))
            pairs.append((_rank(best, frame), index, device, best))
    pairs.sort(key=lambda pair: pair[:2])
    return [(device, function) for _, _, device, function in pairs]


def _measures(function: Function, fragments: Sequence[str]) -> bool:
    """多高 asks for the height: a number whose name or unit has one of these fragments."""
    if function.type is not Type.NUMBER or not function.readable:
        return False
    texts = [fold(name) for name in (*function.name.all(), *function.aliases)] + [
        unit_of(function),
        function.id,
    ]
    return any(
        unit_of(function) == fragment[1:] if fragment.startswith("=") else fragment in text
        for fragment in fragments
        for text in texts
    )


def state_in(
    frame: Frame, vocabulary: Vocabulary, devices: Sequence[Device], context: Context
) -> tuple[list[Device], str, Comparison, Value] | None:
    """The state that is asked about,"
    " and the devices that have it: the largest group that shares one function."""
    words = [*frame.states, *(verb for verb, _ in frame.verbs)]
    if set(words) & _OPENNESS:  # of a lock, the sensor on its door tells whether that is open
        watchers = [w for d in devices if d.function("lock") for w in vocabulary.watchers(d)]
        devices = [*devices, *(w for w in watchers if w not in devices)]
    local = in_places(vocabulary, [context.area]) if context.area else []
    pools = [list(devices)] if devices else [local, list(vocabulary.home.devices)]
    for pool in pools:
        for word in words:
            groups: dict[tuple[str, Comparison, Value], list[Device]] = defaultdict(list)
            for device in pool:
                found = seen(device, word)
                if found:
                    function, value = found
                    groups[function.id, *_compare(function, value)].append(device)
            if word in _OPENNESS and any(key[0] in _OPENING for key in groups):
                groups = {key: members for key, members in groups.items() if key[0] in _OPENING}
            if groups:
                order = [function_id for function_id, _ in SEEN.get(word, ())]
                usual = {name: -position for position, name in enumerate(order)}
                key, members = max(
                    groups.items(), key=lambda item: (len(item[1]), usual.get(item[0][0], -99))
                )
                return members, key[0], key[1], key[2]
        choice = _choice_state(frame, pool)
        if choice:
            return choice
    return None


def _compare(function: Function, value: Value) -> tuple[Comparison, Value]:
    if function.type is Type.NUMBER and isinstance(value, bool):
        low = function.min if function.min > float("-inf") else 0.0
        return ("above", low) if value else ("is", low)
    return "is", value


def _choice_state(frame: Frame, pool: Sequence[Device]) -> tuple[list[Device], str, Comparison, Value] | None:
    for token in frame.choices:
        for function_id, choice in token.all("choice"):
            members = [d for d in pool if (f := d.function(function_id)) and f.choice(choice)]
            if members:
                return members, function_id, "is", choice
    return None


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
