"""Questions: what is asked, of which devices. A question never becomes an action."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from homebody.assistant.context import Context
from homebody.assistant.plan import Comparison, Problem, Query, Step
from homebody.assistant.understanding.frame import Frame
from homebody.assistant.understanding.normalise import Normalised
from homebody.assistant.understanding.places import in_places
from homebody.assistant.understanding.senses import SEEN, seen
from homebody.assistant.understanding.targets import Around, Finder
from homebody.assistant.understanding.vocabulary import Vocabulary
from homebody.assistant.understanding.wish import convert, named
from homebody.home.device import Device
from homebody.home.function import Function, Type, Value

# What may be meant where a device has no function that is called just so.
_RATHER = {
    "illuminance": "brightness",
    "temperature": "thermostat",
    "thermostat": "temperature",
    "brightness": "illuminance",
}
_ADJECTIVES = {"thermostat": "temperature", "brightness": "illuminance", "volume": "volume", "fan_speed": "fan_speed",
               "humidity_target": "humidity"}  # fmt: skip


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


def _rank(device: Device, function: Function, frame: Frame) -> int:
    """Sensors measure; a thermostat's wish is not the room's temperature."""
    wish = any("设定" in t.text or "target" in t.text or "set" in t.text for t in frame.tokens)
    return (0 if function.writable else 1) if wish else (1 if function.writable else 0)


def readable_for(
    frame: Frame, vocabulary: Vocabulary, devices: Sequence[Device], context: Context
) -> list[tuple[Device, Function]]:
    """Devices and the function of each that the clause asks the value of, measuring ones first."""
    local = in_places(vocabulary, [context.area]) if context.area and not devices else []
    for pool in (list(devices), local, [] if devices else list(vocabulary.home.devices)):
        pairs = _readable(frame, pool)
        if pairs:
            return pairs
    return []


def _readable(frame: Frame, pool: Sequence[Device]) -> list[tuple[Device, Function]]:
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
            wanted = "temperature" if unit in ("°", "°C", "°F") else "humidity" if unit == "%" else ""
            options = [f for f in device.functions if f.id == wanted]
        if options:
            best = min(options, key=lambda f: _rank(device, f, frame))
            pairs.append((_rank(device, best, frame), index, device, best))
    pairs.sort(key=lambda pair: pair[:2])
    return [(device, function) for _, _, device, function in pairs]


def state_in(
    frame: Frame, vocabulary: Vocabulary, devices: Sequence[Device], context: Context
) -> tuple[list[Device], str, Comparison, Value] | None:
    """The state that is asked about, and the devices that have it: the largest group that shares one function."""
    words = [*frame.states, *(verb for verb, _ in frame.verbs)]
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


def questions(
    frame: Frame, vocabulary: Vocabulary, text: Normalised, context: Context, area: str | None
) -> tuple[list[Step], list[Problem], float]:
    """Queries, problems, and how sure it is (0..1)."""
    words = text.words(frame.start, frame.end)
    asked: list[str] = frame.questions
    for clock in ("time", "date"):
        if clock in asked and not frame.heads:
            return [Query(what=clock, words=words)], [], 1.0
    devices, problems = scope_of(frame, vocabulary, text, context, area)
    if problems:
        nothing = not (frame.states or frame.functions or frame.verbs) and all(
            not head.thing and not any(token.known for token in head.absent) for head in frame.heads
        )
        if nothing:  # words of which the home knows none: not about the home
            return [], [Problem(kind="not_understood", words=words)], 0.35
        return [], problems, 0.95
    ids = tuple(device.id for device in devices)
    if "where" in asked and devices:
        return [Query(what="where", devices=ids, words=words)], [], 1.0
    if "can" in asked and devices:
        return [Query(what="can", devices=ids, words=words)], [], 1.0
    if frame.comparison and frame.numbers:
        pairs = readable_for(frame, vocabulary, devices, context)
        if pairs:
            function = pairs[0][1]
            members = tuple(d.id for d, f in pairs if f.id == function.id)
            value = convert(frame.numbers[-1], function)
            if value is not None:
                what = next((w for w in ("which", "how_many", "any") if w in asked), "state")
                return (
                    [
                        Query(
                            what=what,
                            devices=members,
                            function=function.id,
                            comparison=frame.comparison,
                            value=value,
                            words=words,
                        )
                    ],
                    [],
                    0.97,
                )
    found = state_in(frame, vocabulary, devices, context)
    naming = frame.functions and not frame.states
    if found and not naming:
        members, function_id, comparison, value = found
        what = next((w for w in ("which", "how_many", "any") if w in asked), None)
        if what is None and "where" in asked:
            what = "which"
        if what is None and frame.all:
            what = "all"
        if what is None and len(members) > 1 and not frame.heads:
            what = "any"
        query = Query(what=what or "state", devices=tuple(d.id for d in members), function=function_id, comparison=comparison,
                      value=value, area=_one_area(frame), words=words)  # fmt: skip
        return [query], [], 0.97
    if frame.functions or frame.changes or frame.numbers:
        pairs = readable_for(frame, vocabulary, devices, context)
        if pairs:
            function = pairs[0][1]
            named_things = [head for head in frame.heads if head.thing]
            members = tuple(d.id for d, f in pairs if f.id == function.id)
            if not named_things and not frame.all and (devices or not _spread(pairs)):
                members = members[:1] if not devices else members
            return (
                [
                    Query(
                        what="value",
                        devices=members,
                        function=function.id,
                        area=_one_area(frame),
                        words=words,
                    )
                ],
                [],
                0.97,
            )
        if devices or frame.heads:
            return [], [Problem(kind="no_such_function", words=words)], 0.8
    if devices and any(head.thing for head in frame.heads):
        if "how_many" in asked:
            return [Query(what="how_many", devices=ids, words=words)], [], 0.9
        if "which" in asked or "any" in asked:
            return [Query(what="which" if "which" in asked else "any", devices=ids, words=words)], [], 0.9
        if asked or frame.tokens[-1].is_("ask") or any(t.is_("tell") for t in frame.tokens):
            return [Query(what="value", devices=ids, words=words)], [], 0.85
    return [], [Problem(kind="not_understood", words=words)], 0.35


def _spread(pairs: Sequence[tuple[Device, Function]]) -> bool:
    return len({device.area for device, _ in pairs}) > 1


def _one_area(frame: Frame) -> str | None:
    areas = {area for head in frame.heads for area in head.areas}
    return areas.pop() if len(areas) == 1 else None
