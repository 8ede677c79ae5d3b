"""What a question or a condition is about: its devices, the function that it asks for, the state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from homebody.assistant.context import Context
from homebody.assistant.plan import Comparison, Problem
from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.meaning.places import in_places
from homebody.assistant.understanding.meaning.targets import Around, Finder
from homebody.assistant.understanding.reading.frame import Frame
from homebody.assistant.understanding.wishes.named import named
from homebody.assistant.understanding.wishes.senses import SEEN, seen
from homebody.assistant.understanding.wishes.units import convert, unit_of
from homebody.assistant.understanding.words.normalise import Normalised, fold
from homebody.assistant.understanding.words.numbers import Number
from homebody.home.device import Device
from homebody.home.function import Function, Type, Value

_OPENNESS = frozenset({"open", "closed", "open_or_on", "close_or_off", "close"})
_OPENING = frozenset({"position", "contact", "valve", "lock"})
"""What is open or closed; a lamp is so only where nothing else can be."""
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
    here = context.last_area if frame.continues and context.last_query else context.area
    local = in_places(vocabulary, [here]) if here and not devices else []
    for pool in (list(devices), local, [] if devices else list(vocabulary.home.devices)):
        pairs = _readable(frame, pool, called=bool(devices))
        if pairs:
            return pairs
    return []


def _readable(frame: Frame, pool: Sequence[Device], *, called: bool) -> list[tuple[Device, Function]]:
    pairs: list[tuple[int, int, Device, Function]] = []
    told = [token for token in frame.functions if not token.is_("compare", "change")]
    if told and len(told) < len(frame.functions):
        frame = replace(frame, functions=told)  # the milk is warmer than five: its temperature, no other
    for index, device in enumerate(pool):
        options = [f for f in named(device, frame) if f.readable and f.type is not Type.ACTION]
        if options and frame.numbers and not any(f.type is Type.NUMBER for f in options):
            options = _in_unit(device, frame.numbers[-1])  # the grain is drier than fourteen percent
        if not options and frame.functions:
            options = [f for i in _named_ids(frame) if (f := device.function(i))]
        if not options and frame.changes:
            names = [name.lstrip("-*") for change in frame.changes for name in change.functions]
            options = [f for n in names for i in (_ADJECTIVES.get(n, n), n) if (f := device.function(i))]
        if not options and not frame.functions and frame.numbers:
            unit = frame.numbers[-1].unit
            wanted = _BY_UNIT.get(unit, "")
            options = [f for f in device.functions if f.id == wanted]
            if not options and any(head.thing for head in frame.heads):
                options = _in_unit(device, frame.numbers[-1])
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


def _in_unit(device: Device, number: Number) -> list[Function]:
    """The cistern is under twenty percent: what a named thing tells in that unit."""
    numbers = [f for f in device.functions if f.type is Type.NUMBER and f.readable]
    fitting = [f for f in numbers if number.unit and convert(number, f) is not None and f.unit]
    measuring = [f for f in fitting if not f.writable] or fitting
    return measuring or (numbers if len(numbers) == 1 and not number.unit else [])


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
    """The state that is asked about, and the devices that have it: the largest group that shares one
    function."""
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
