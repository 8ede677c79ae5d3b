"""Which devices are meant: names and kinds against the home, places, quantities, exceptions, context.

Every name becomes devices or a problem; never a neighbouring room's device instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from homebody.assistant.context import Context
from homebody.assistant.plan import Problem, ProblemKind
from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.reading.frame import Frame, Head
from homebody.assistant.understanding.words.normalise import Normalised
from homebody.home.device import Device

_GUARDING = frozenset({"lock", "door_lock", "smart_lock", "gate", "garage_door", "valve", "gas_valve"})
"""Of these, "the door" is not the one that is called just so: it is asked which."""


_WITHIN = re.compile(r"\b(?:in|inside|at|of|from|to|for|on|into|around|about)(?: (?:the|my|our|that))? $|^$")


@dataclass(slots=True)
class Found:
    """Devices that are meant, and what could not be found; ``by_place``: only a place was said."""

    devices: list[Device] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    by_place: bool = False
    ambiguous: list[Device] = field(default_factory=list)
    words: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What helps to decide: the speaker's area, areas and devices spoken of before, a chosen subset."""

    context: Context
    area: str | None = None  # of an earlier clause of this sentence
    prefer: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()  # areas of the clause that follows


def head_words(text: Normalised, head: Head) -> str:
    if not head.words:
        return ""
    return text.words(min(t.start for t in head.words), max(t.end for t in head.words))


class Finder:
    def __init__(self, vocabulary: Vocabulary, text: Normalised, around: Around) -> None:
        self._vocabulary = vocabulary
        self._text = text
        self._around = around

    def areas_of(self, head: Head) -> list[str]:
        floors = [area for floor in head.floors for area in self._vocabulary.areas_of_floor.get(floor, ())]
        if head.areas and floors:
            both = [area for area in head.areas if area in floors]
            return both or list(head.areas)
        return list(head.areas) or floors

    def candidates(self, head: Head) -> list[Device]:
        """The devices that a head may mean by its name or kind; by its kind, those in its place."""
        if head.devices:
            named = [d for i in head.devices if (d := self._vocabulary.home.device(i))]
            return self._refined(head, sorted(named, key=self._vocabulary.position))
        areas = self.areas_of(head)
        found: dict[str, Device] = {}
        for kind in head.kinds:
            found |= {device.id: device for device in self._vocabulary.of_kind(kind, areas)}
        if head.refined:
            return self._refined(head, list(found.values()))
        if not head.plural and not head.shared:
            words = {token.text for token in head.words if token.is_("kind")}
            exact = [d for d in found.values() if words & self._vocabulary.full_names(d)]
            if exact and not any(device.kind in _GUARDING for device in found.values()):
                return sorted(exact, key=self._vocabulary.position)
        return sorted(found.values(), key=self._vocabulary.position)

    def _refined(self, head: Head, named: list[Device]) -> list[Device]:
        """A name with a kind behind it (前门锁, the front door light) is a thing of that kind, or none."""
        if not head.refined:
            return named
        fitting = {d.id for kind in head.refined for d in self._vocabulary.of_kind(kind)}
        return [device for device in named if device.id in fitting]

    def named(self, head: Head) -> list[Device]:
        """The devices that a head means by its name or kind, wherever they are."""
        return self.candidates(replace(head, areas=[], floors=[]))

    def find(self, head: Head, frame: Frame, able: set[str] | None = None) -> Found:
        """The devices of one head. ``able`` narrows words for several to devices that can do what is "
        "wished."""
        found = self._one(head, frame, able)
        excluded = self.excluded(frame)
        found.devices = [device for device in found.devices if device.id not in excluded]
        return found

    def excluded(self, frame: Frame) -> set[str]:
        result: set[str] = set()
        for head in frame.exceptions:
            areas = self.areas_of(head)
            if head.thing:
                matched = self.candidates(head)
                if areas:
                    matched = [device for device in matched if device.area in areas]
            else:
                matched = [d for d in self._vocabulary.home.devices if d.area in areas]
            result |= {device.id for device in matched}
        return result

    def _one(self, head: Head, frame: Frame, able: set[str] | None) -> Found:
        words = head_words(self._text, head)
        result = Found(words=words)
        areas = self.areas_of(head)
        if head.absent:
            placed = head.nowhere or (self._only_place(head) and (head.thing or self._within(head)))
            kind: ProblemKind = "no_such_area" if placed else "no_such_device"
            result.problems.append(Problem(kind=kind, words=words))
            return result
        if not head.thing:
            result.areas, result.by_place = areas, True
            return result
        matched = self.candidates(head)
        result.areas = list(areas)
        if head.beside:
            words_beside = self._text.words(head.beside[0].start, head.beside[-1].end)
            result.problems.append(Problem(kind="no_such_area", words=words_beside))
        if areas:
            here = [device for device in matched if device.area in areas]
            if not here and head.devices:
                here = self._distributed(head, matched, areas)
            elif head.kinds and not head.plural and not frame.all and not _many(frame):
                here = self._plainly(here)
            missing = [area for area in head.areas if not any(d.area == area for d in here)]
            if missing and not (frame.all and head.floors):
                for area in missing:
                    result.problems.append(Problem(kind="no_such_device", words=words, area=area))
            result.devices = self._able(here, able)
            if head.devices and not head.plural and not frame.all and len(here) > 1 and len(head.areas) <= 1:
                result.devices, result.ambiguous = self._decide(here)
            return result
        if head.devices and _many(frame):
            matched = [other for device in matched for other in self._alike(device)]
        if not matched:
            result.problems.append(Problem(kind="no_such_device", words=words))
            return result
        self._unplaced(head, frame, matched, able, result)
        return result

    def _alike(self, device: Device) -> list[Device]:
        """Of a device that is called by its place and kind alone, all of that kind there: asked how many."""
        if not self._vocabulary.is_plain(device) or device.area is None:
            return [device]
        return self._vocabulary.of_kind(device.kind, (device.area,))

    def _plainly(self, here: list[Device]) -> list[Device]:
        """客厅的灯 is the one that is called 客厅灯, where one is; else all of them."""
        result: list[Device] = []
        for area in dict.fromkeys(device.area for device in here):
            inside = [device for device in here if device.area == area]
            plain = [d for d in inside if d.id in self._vocabulary.plain.get((area or "", d.kind), ())]
            result += plain if len(plain) == 1 else inside
        return result

    def _distributed(self, head: Head, matched: list[Device], areas: list[str]) -> list[Device]:
        """客厅和餐厅灯: the name of one is a place and a kind, which the places before it share."""
        kinds = {d.kind for d in matched if d.id in self._vocabulary.plain.get((d.area or "", d.kind), ())}
        called = next((token.text for token in head.words if token.is_("device")), "")
        placed = len(matched) == 1 and self._vocabulary.says_place(called, matched[0])
        if not kinds or not placed:
            return []
        head.areas = [*head.areas, *(d.area for d in matched if d.area)]
        others = [d for kind in kinds for d in self._vocabulary.of_kind(kind, areas)]
        return [*self._plainly(others), *matched]

    def _unplaced(
        self, head: Head, frame: Frame, matched: list[Device], able: set[str] | None, result: Found
    ) -> None:
        """A thing named without its place."""
        floor_area = [a for h in frame.heads if not h.thing for a in self.areas_of(h)]
        if floor_area:
            here = [device for device in matched if device.area in floor_area]
            if here:
                result.devices = self._able(here, able)
                return
        fitting = self._able(matched, able)
        if len(fitting) == 1 and (head.devices or len(matched) == 1):
            result.devices = fitting
            return
        if frame.here and self._around.context.area:
            here = [device for device in matched if device.area == self._around.context.area]
            if here:
                result.devices = self._able(here, able)
            else:
                result.problems.append(
                    Problem(kind="no_such_device", words=result.words, area=self._around.context.area)
                )
            return
        if frame.home or (frame.all and not frame.here):
            result.devices = fitting
            return
        if self._around.prefer and (chosen := [d for d in matched if d.id in self._around.prefer]):
            result.devices = chosen
            return
        for area in (self._around.area, self._around.context.area, self._around.context.last_area):
            here = [device for device in fitting if device.area == area] if area else []
            if here:
                result.devices = here
                return
        if len(fitting) == 1 or head.plural or frame.exceptions:
            result.devices = fitting
        else:
            result.devices, result.ambiguous = self._decide(fitting)
            if result.ambiguous and frame.count == len(result.ambiguous) > 1:
                result.devices, result.ambiguous = result.ambiguous, []
            if result.ambiguous and self._around.later:  # turn off the light and ... in the study
                there = [device for device in result.ambiguous if device.area in self._around.later]
                there = there if head.plural else self._plainly(there)
                if len(there) == 1 or (there and head.plural):
                    result.devices, result.ambiguous = there, []

    def _decide(self, devices: Sequence[Device]) -> tuple[list[Device], list[Device]]:
        """One, by the person's choice; else all of them are open."""
        chosen = [device for device in devices if device.id in self._around.prefer]
        if chosen:
            return chosen, []
        if len(devices) == 1:
            return list(devices), []
        return [], list(devices)

    @staticmethod
    def _able(devices: list[Device], able: set[str] | None) -> list[Device]:
        if able is None:
            return devices
        fitting = [device for device in devices if device.id in able]
        return fitting or devices

    def _within(self, head: Head) -> bool:
        """In the sauna, of the sauna; "turn on the sauna" is of a thing. Chinese places need no word."""
        start = min(token.start for token in head.words)
        before = self._text.text[:start]
        return not head.words[0].text.isascii() or _WITHIN.search(before) is not None

    @staticmethod
    def _only_place(head: Head) -> bool:
        return all(token.is_("room", "level_of_house") for token in head.absent) and bool(head.absent)


def _many(frame: Frame) -> bool:
    """Which, how many, any: a question about all that there are."""
    return bool({"which", "how_many", "any"} & set(frame.questions))
