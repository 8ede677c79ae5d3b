"""And the bedroom too: a name without a wish repeats the wish before it, of this sentence or of the last
turn."""

from __future__ import annotations

from homebody.assistant.plan import Problem
from homebody.assistant.understanding.commands import Commander, command_of
from homebody.assistant.understanding.frame import Frame
from homebody.assistant.understanding.places import in_places
from homebody.assistant.understanding.sentence import Sentence
from homebody.assistant.understanding.vocabulary import Vocabulary
from homebody.assistant.understanding.wish import Change
from homebody.home.device import Device

_ENDS = ("呢", "too", "也", "?", "as well", "也是", "同样")
_BEGINS = ("and", "also", "那", "还有", "what about", "how about")


def follow_up(sentence: Sentence, frame: Frame, vocabulary: Vocabulary, commander: Commander) -> bool:
    """Whether this clause only names more targets for the wish before; then its steps are added."""
    if not frame.heads and not frame.here:
        return False
    if not (frame.also or (sentence.frame and sentence.steps) or _elliptic(frame)):
        return False
    last = sentence.commands or list(sentence.context.last_commands)
    if not last:
        return False
    home = vocabulary.home
    kinds = {device.kind for command in last if (device := home.device(command.device))}
    devices = _named(sentence, frame, vocabulary, commander, kinds)
    pattern = sorted({(c.function, c.action, c.value, c.delta, c.when) for c in last}, key=str)
    for device in {d.id: d for d in devices}.values():
        for function_id, action, value, delta, when in pattern:
            function = device.function(function_id)
            if function is None or action not in function.actions:
                words = sentence.words(frame)
                sentence.problem(Problem(kind="no_such_function", words=words, device=device.id))
                continue
            change = Change(function, action, None if delta is not None else value, delta)
            sentence.steps.append(command_of(sentence, frame, device, change, when, ""))
    if devices:
        sentence.devices = devices
    return bool(devices or sentence.problems)


def _named(
    sentence: Sentence, frame: Frame, vocabulary: Vocabulary, commander: Commander, kinds: set[str]
) -> list[Device]:
    finder = commander.finder(sentence)
    devices: list[Device] = []
    for head in frame.heads:
        if head.thing or head.absent:
            found = finder.find(head, frame)
            for problem in found.problems:
                sentence.problem(problem)
            devices += found.devices
            continue
        areas = finder.areas_of(head)
        here = [d for d in in_places(vocabulary, areas) if d.kind in kinds]
        if not here:
            sentence.fail("no_such_device", sentence.words(frame), area=areas[0] if areas else None)
        devices += here
    if frame.here and sentence.context.area and not frame.heads:
        devices = [d for d in vocabulary.by_area.get(sentence.context.area, ()) if d.kind in kinds]
    return devices


def _elliptic(frame: Frame) -> bool:
    return frame.tokens[-1].text in _ENDS or frame.tokens[0].text in _BEGINS
