"""From a wish to commands: which devices, which change, when; or why not.

Every wish becomes steps or a problem, of devices that are there, within their bounds.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from homebody.assistant.plan import NOW, Problem, ProblemKind, When
from homebody.assistant.understanding.clauses.contradictions import opposed
from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.meaning.meant import Meant
from homebody.assistant.understanding.meaning.places import in_places
from homebody.assistant.understanding.meaning.sentence import Sentence
from homebody.assistant.understanding.meaning.steps import command_of, steps
from homebody.assistant.understanding.reading.frame import Frame, Head
from homebody.assistant.understanding.times.timing import combine, following
from homebody.assistant.understanding.wishes.change import Change
from homebody.assistant.understanding.wishes.needs import need_of, remedies
from homebody.home.device import Device
from homebody.home.function import Action, Type


def _stands_before(head: Head) -> bool:
    """Whether a thing's place was said before it: the vacuum of that room, not the room to be cleaned."""
    placed = [token.start for token in head.words if token.is_("area", "floor")]
    called = [token.start for token in head.words if token.is_("device", "kind")]
    return bool(placed and called) and min(placed) < min(called)


class Commander:
    """Turns the wishes of one home's sentences into commands. All findings go to the `Sentence`."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._home = vocabulary.home
        self.meant = Meant(vocabulary)

    def carry_out(self, sentence: Sentence, frame: Frame, note: dict[str, Any]) -> None:
        """``frame`` wishes for something. Steps and problems are added, reasons to ``note``."""
        if frame.text_from:
            frame.text = sentence.text.words(frame.text_from, frame.end).strip("\"“”「」'‘’ ")
        opposite = opposed(verb for verb, _ in frame.verbs)
        if opposite and any(said.lasting for said in frame.moments):
            frame.verbs, opposite = frame.verbs[:1], False  # 开一小时就关
        if opposite:
            sentence.fail("not_understood", sentence.words(frame), 0.5)
            return
        if self._need(sentence, frame) or self._clean(sentence, frame):
            return
        groups = self.meant.groups(sentence, frame)
        if groups is None:
            return
        moment = self.when(sentence, frame)
        if moment is None:
            sentence.problem(Problem(kind="out_of_range", words=sentence.words(frame), unit="time"))
            return
        used: list[Device] = []
        for devices, words in groups:
            used += steps(sentence, frame, devices, words, moment, note)
        if used:
            sentence.place(used)

    @staticmethod
    def when(sentence: Sentence, frame: Frame) -> When | None:
        """When a clause's wish happens; None where the calendar or the clock has no such time."""
        when = following(frame.moments, sentence.when, sentence.now) or combine(frame.moments, sentence.now)
        if when is None:
            return None
        if when == NOW and sentence.when != NOW:
            when = replace(sentence.when, lasting=None)
        elif when != NOW:
            sentence.when = when
        if sentence.condition:
            return replace(sentence.condition, lasting=when.lasting, until=when.until)
        return when

    def _need(self, sentence: Sentence, frame: Frame) -> bool:
        """I'm cold; 屋里太暗了: what the area has against it. Only where no thing is named."""
        complaint = next((change for change in frame.changes if change.complaint), None)
        need = need_of(complaint.functions, complaint.direction) if complaint else None
        need = frame.needs[0] if frame.needs else need
        if frame.lack and any(t.is_("function") and "illuminance" in t.all("function") for t in frame.tokens):
            need = "dark"
        told = sentence.frame is not None and sentence.frame.mood in ("report", "negated")
        asked = bool(frame.functions) and not frame.lack and not frame.needs
        again = (
            complaint
            and not frame.heads
            and not frame.needs
            and any(command.function in complaint.functions for command in sentence.context.last_commands)
        )  # too bright, said of what was just set
        if again:
            return False
        given = bool(frame.needs) and all(verb == "set" for verb, _ in frame.verbs)  # give us some light
        if need is None or told or (frame.verbs and not given) or frame.pronoun or asked:
            return False
        finder = self.meant.finder(sentence)
        if any(head.thing or t.is_("room", "elsewhere") for head in frame.heads for t in head.absent):
            return False
        things = [device for head in frame.heads if head.thing for device in finder.find(head, frame).devices]
        exact = any(head.devices for head in frame.heads)
        if exact and not frame.needs and not frame.lack:
            return False  # the lamp is too bright: a wish for that lamp
        areas = [area for head in frame.heads for area in finder.areas_of(head)]
        areas = areas or [device.area for device in things if device.area]
        placed = bool(areas)
        areas = areas or [a for a in (sentence.context.area, sentence.area, sentence.context.last_area) if a]
        pool = in_places(self._vocabulary, areas if placed else areas[:1])
        if not areas:
            pool = list(self._home.devices)
        alone = frame.start == 0 and frame.end >= len(sentence.text.text.rstrip(" .!,"))
        if need == "sleep" and not (areas and alone):
            return False  # a reason, or it is not known whose lamps are meant
        pool = things if things and remedies(need, things, sentence.states) else pool
        found = remedies(need, pool, sentence.states)
        if not found:
            return need == "sleep"  # nothing is on: good night
        devices = list(dict.fromkeys(device.id for device, _ in found))
        if not areas and len({device.area for device, _ in found}) > 1:
            sentence.problem(
                Problem(kind="ambiguous", words=sentence.words(frame), candidates=tuple(devices))
            )
            return True
        moment = self.when(sentence, frame) or NOW
        for device, change in found:
            sentence.steps.append(command_of(sentence, frame, device, change, moment, ""))
        sentence.place([device for device, _ in found])
        sentence.doubt(0.9)
        return True

    def _clean(self, sentence: Sentence, frame: Frame) -> bool:
        """Cleaning one room needs a vacuum that knows rooms: a choice with that room's name."""
        if not any(verb == "clean" for verb, _ in frame.verbs):
            return False
        finder = self.meant.finder(sentence)
        things = [head for head in frame.heads if head.thing]
        if any(head.absent for head in frame.heads):
            return False
        places = [head for head in frame.heads if not head.thing or not _stands_before(head)]
        areas = list(dict.fromkeys(area for head in places for area in finder.areas_of(head)))
        if not areas and frame.here and sentence.context.area:
            areas = [sentence.context.area]
        if not areas:
            return False
        meant = [d for head in things for d in finder.named(head)] if things else list(self._home.devices)
        vacuums = [device for device in meant if device.function("cleaning")]
        words = sentence.words(frame)
        for area in areas:
            found = next((pair for device in vacuums if (pair := self._room_choice(device, area))), None)
            if found is None:
                device_id = vacuums[0].id if vacuums else None
                kind: ProblemKind = "unsupported" if vacuums else "no_such_device"
                sentence.problem(Problem(kind=kind, words=words, device=device_id, area=area))
                continue
            device, change = found
            moment = self.when(sentence, frame) or NOW
            sentence.steps.append(command_of(sentence, frame, device, change, moment, words))
            sentence.place([device])
        return True

    def _room_choice(self, device: Device, area_id: str) -> tuple[Device, Change] | None:
        area = self._home.area(area_id)
        wanted = set(area.name.all()) if area else set()
        for function in device.functions:
            for choice in function.choices:
                if function.type is Type.CHOICE and function.writable and wanted & set(choice.name.all()):
                    return device, Change(function, Action.SET, choice.id)
        return None

    def off_but(self, sentence: Sentence, frame: Frame, kept: set[str]) -> None:
        """Only leave the floor lamp on: its like, there or everywhere, are switched off."""
        finder = self.meant.finder(sentence)
        areas = [area for head in frame.heads for area in finder.areas_of(head)]
        kinds = {device.kind for i in kept if (device := self._home.device(i))}
        for device in in_places(self._vocabulary, areas) if areas else self._home.devices:
            function = device.function("on_off")
            if device.kind in kinds and device.id not in kept and function and Action.OFF in function.actions:
                sentence.steps.append(
                    command_of(sentence, frame, device, Change(function, Action.OFF), NOW, "")
                )
