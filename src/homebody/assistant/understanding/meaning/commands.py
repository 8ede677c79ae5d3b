"""From a wish to commands: which devices, which change, when; or why not.

Every wish becomes steps or a problem, of devices that are there, within their bounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from homebody.assistant.plan import NOW, Command, Problem, ProblemKind, When
from homebody.assistant.understanding.clauses.contradictions import opposed
from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.meaning.places import by_wish, in_places
from homebody.assistant.understanding.meaning.sentence import Sentence
from homebody.assistant.understanding.meaning.targets import Around, Finder, Found, head_words
from homebody.assistant.understanding.reading.frame import Frame, Head
from homebody.assistant.understanding.times.timing import combine, following
from homebody.assistant.understanding.wishes.change import Cannot, Change
from homebody.assistant.understanding.wishes.needs import need_of, remedies
from homebody.assistant.understanding.wishes.wish import able, wish
from homebody.assistant.understanding.words.normalise import fold
from homebody.home.device import Device
from homebody.home.function import Action, Type, Value

Group = tuple[list[Device], str]
"""Devices that were meant together, and the words for them."""

_WEAK = frozenset({"set", "run", "start", "play", "stop", "clean", "resume", "next", "close_or_off", "open"})
_LOOSE = frozenset({"undo", "release", "undoing", "releasing", "unfasten", "let"})
_TIMES = ("s", "min", "h", "d")


def weak(frame: Frame) -> bool:
    """Verbs that need no device (make me a sandwich, play some jazz): their unknown objects are not
    missing things."""
    return all(verb in _WEAK for verb, _ in frame.verbs)


def _definite(frame: Frame, head: Head) -> bool:
    """The tractor, my safe: said of a thing that is taken to be there."""
    first = min(token.start for token in head.absent)
    return any(token.end + 1 == first and token.text in ("the", "my", "our") for token in frame.tokens)


def _moves(frame: Frame) -> bool:
    """Verbs that only things can be the object of."""
    return any(verb in ("start", "stop", "open", "close", "close_or_off") for verb, _ in frame.verbs)


def _undoes(frame: Frame) -> bool:
    """Undo that, release it: words that unlock a lock, and without one mean something else."""
    return any(verb == "unlock" and token.text.split()[0] in _LOOSE for verb, token in frame.verbs)


def _stands_before(head: Head) -> bool:
    """Whether a thing's place was said before it: the vacuum of that room, not the room to be cleaned."""
    placed = [token.start for token in head.words if token.is_("area", "floor")]
    called = [token.start for token in head.words if token.is_("device", "kind")]
    return bool(placed and called) and min(placed) < min(called)


def command_of(
    sentence: Sentence, frame: Frame, device: Device, change: Change, when: When, words: str
) -> Command:
    """A change as a step; a relative one against the last known state, as far as the bounds allow."""
    function = change.function
    value, delta = change.value, change.delta
    if delta is not None or change.factor is not None:
        present = sentence.states(device.id).get(function.id)
        if isinstance(present, int | float) and not isinstance(present, bool):
            wanted = present + delta if delta is not None else present * (change.factor or 1)
            value = tidy(function.fit(wanted))
            if delta is None:
                delta = round(float(value) - present, 6)
        elif delta is None:
            value = tidy(function.fit((function.min + function.max) / 2))
    unit = function.unit if function.type is Type.NUMBER and change.action is Action.SET else ""
    return Command(
        device=device.id, function=function.id, action=change.action, value=value, unit=unit, delta=delta,
        when=when, words=sentence.words(frame) or words,
    )  # fmt: skip


def tidy(value: float) -> Value:
    return int(value) if value == int(value) else value


class Commander:
    """Turns the wishes of one home's sentences into commands. All findings go to the `Sentence`."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._home = vocabulary.home

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
        groups = self._targets(sentence, frame)
        if groups is None:
            return
        moment = self.when(sentence, frame)
        if moment is None:
            sentence.problem(Problem(kind="out_of_range", words=sentence.words(frame), unit="time"))
            return
        used: list[Device] = []
        for devices, words in groups:
            used += self._steps(sentence, frame, devices, words, moment, note)
        if used:
            sentence.place(used)

    def around(self, sentence: Sentence) -> Around:
        return Around(sentence.context, sentence.area, sentence.prefer, sentence.later)

    def finder(self, sentence: Sentence) -> Finder:
        return Finder(self._vocabulary, sentence.text, self.around(sentence))

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

    # --- a need instead of a wish

    def _need(self, sentence: Sentence, frame: Frame) -> bool:
        """I'm cold; 屋里太暗了: what the area has against it. Only where no thing is named."""
        complaint = next((change for change in frame.changes if change.complaint), None)
        need = need_of(complaint.functions, complaint.direction) if complaint else None
        need = frame.needs[0] if frame.needs else need
        if frame.lack and any(t.is_("function") and "illuminance" in t.all("function") for t in frame.tokens):
            need = "dark"
        told = sentence.frame is not None and sentence.frame.mood in ("report", "negated")
        asked = bool(frame.functions) and not frame.lack and not frame.needs
        given = bool(frame.needs) and all(verb == "set" for verb, _ in frame.verbs)  # give us some light
        if need is None or told or (frame.verbs and not given) or frame.pronoun or asked:
            return False
        finder = self.finder(sentence)
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

    # --- which devices

    def _targets(self, sentence: Sentence, frame: Frame) -> list[Group] | None:
        """Groups of devices, each with its words; None where a problem was noted and nothing is left."""
        finder = self.finder(sentence)
        excluded = finder.excluded(frame)
        if frame.other:
            excluded |= sentence.kept or {device.id for device in self.spoken_of(sentence)}
        groups: list[Group] = []
        self._share_kind(frame)
        things = [head for head in frame.heads if head.thing or head.absent]
        places = [head for head in frame.heads if not head.thing and not head.absent]
        if things:
            for head in things:
                self._thing(sentence, frame, finder, head, groups)
            if frame.other and sentence.kept_areas and not any(head.place for head in things):
                excluded |= {d.id for d in self._home.devices if d.area not in sentence.kept_areas}
            groups = [([d for d in devices if d.id not in excluded], words) for devices, words in groups]
            groups = [group for group in groups if group[0]]
            if not groups and not sentence.problems:
                sentence.fail("no_such_device", sentence.words(frame))
            return groups or None
        if places:
            return self._places(sentence, frame, finder, places, excluded)
        if frame.other and (alike := self._others(excluded)):
            return [(alike, sentence.words(frame))]
        pool = self._implied(sentence, frame)
        if pool is None:
            return None
        pool = [device for device in pool if device.id not in excluded]
        if not pool:
            sentence.fail("no_such_device", sentence.words(frame))
        return [(pool, sentence.words(frame))] if pool else None

    def _share_kind(self, frame: Frame) -> None:
        """一楼除了客厅的灯都关掉: the kind that was said with the exception is that of the rest."""
        if not frame.exceptions or any(head.thing or head.absent for head in frame.heads) or frame.everything:
            return
        kinds = tuple(kind for head in frame.exceptions for kind in head.kinds)
        named = [d for head in frame.exceptions for i in head.devices if (d := self._home.device(i))]
        kinds = kinds or tuple(sorted({device.kind for device in named}))
        if not kinds:
            return
        if not frame.heads:
            frame.heads.append(Head(list(frame.exceptions[0].words)))
        for head in frame.heads:
            head.kinds, head.plural = kinds, True

    def _others(self, excluded: set[str]) -> list[Device]:
        """The others: of the kinds that were kept or spoken of."""
        kinds = {d.kind for i in excluded if (d := self._home.device(i))}
        return [device for device in self._home.devices if device.kind in kinds and device.id not in excluded]

    def _thing(
        self, sentence: Sentence, frame: Frame, finder: Finder, head: Head, groups: list[Group]
    ) -> None:
        if alike := self.such_as(self.spoken_of(sentence), head, frame):
            groups.append((alike, head_words(sentence.text, head)))
            return
        candidates = finder.candidates(head)
        fits = {device.id for device in candidates if able(device, frame)}
        found: Found = finder.find(head, frame, fits or None)
        unnamed = head.absent and not head.thing and not any(t.is_("room", "elsewhere") for t in head.absent)
        if unnamed and weak(frame) and not (_definite(frame, head) and _moves(frame)):
            sentence.fail("not_understood", sentence.words(frame), 0.35)
            return
        for problem in found.problems:
            sentence.problem(problem)
            if problem.kind in ("no_such_device", "no_such_area"):
                sentence.doubt(0.95)
        if found.ambiguous:
            candidate_ids = tuple(device.id for device in found.ambiguous)
            sentence.problem(Problem(kind="ambiguous", words=sentence.words(frame), candidates=candidate_ids))
            return
        if head.weight < 1.0:
            sentence.doubt(0.95)
        if found.devices:
            groups.append((found.devices, head_words(sentence.text, head)))

    def _places(
        self, sentence: Sentence, frame: Frame, finder: Finder, places: list[Head], excluded: set[str]
    ) -> list[Group] | None:
        areas = list(dict.fromkeys(area for head in places for area in finder.areas_of(head)))
        words = sentence.words(frame)
        pool = [d for d in in_places(self._vocabulary, areas) if d.id not in excluded]
        devices: list[Device] = []
        spoken = self.spoken_of(sentence)
        if (frame.pronoun or frame.also or frame.continues) and spoken:  # and the one in the study
            alike = self.counterparts(spoken, areas)
            devices = [d for d in alike if d.id not in excluded and able(d, frame)]
            if frame.pronoun and not devices:
                sentence.fail("no_such_device", words, area=areas[0] if areas else None)
                return None
        devices = devices or by_wish(frame, pool)
        if not devices and sentence.frame is not None and not frame.functions:
            kinds = {device.kind for device in sentence.devices}
            devices = [d for d in pool if d.kind in kinds and able(d, frame)]
        if not devices:
            valued = frame.functions or frame.choices or frame.changes
            kind: ProblemKind = "no_such_function" if valued else "no_such_device"
            sentence.fail(kind, words, area=areas[0] if areas else None)
            return None
        if not frame.all and not frame.everything:
            sentence.doubt(0.97)
        return [(devices, words)]

    def _clean(self, sentence: Sentence, frame: Frame) -> bool:
        """Cleaning one room needs a vacuum that knows rooms: a choice with that room's name."""
        if not any(verb == "clean" for verb, _ in frame.verbs):
            return False
        finder = self.finder(sentence)
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

    def counterparts(self, spoken: Sequence[Device], areas: Sequence[str]) -> list[Device]:
        """What in these areas corresponds to the devices that were spoken of: of the same name, else the one
        that is called just so, else all of the kind."""
        kinds = {device.kind for device in spoken}
        called = {name for device in spoken for name in self._vocabulary.own_names(device)}
        plain = all(self._vocabulary.is_plain(device) for device in spoken)
        result: list[Device] = []
        for area in areas:
            alike = [d for d in in_places(self._vocabulary, [area]) if d.kind in kinds]
            same = [d for d in alike if called & self._vocabulary.own_names(d)]
            plainly = [d for d in alike if self._vocabulary.is_plain(d)] if plain else []
            result += (plainly if len(plainly) == 1 else []) or same or alike
        return result

    def off_but(self, sentence: Sentence, frame: Frame, kept: set[str]) -> None:
        """Only leave the floor lamp on: its like, there or everywhere, are switched off."""
        finder = self.finder(sentence)
        areas = [area for head in frame.heads for area in finder.areas_of(head)]
        kinds = {device.kind for i in kept if (device := self._home.device(i))}
        for device in in_places(self._vocabulary, areas) if areas else self._home.devices:
            function = device.function("on_off")
            if device.kind in kinds and device.id not in kept and function and Action.OFF in function.actions:
                sentence.steps.append(
                    command_of(sentence, frame, device, Change(function, Action.OFF), NOW, "")
                )

    def such_as(self, spoken: Sequence[Device], head: Head, frame: Frame) -> list[Device]:
        """The left one, the one up front: of the kinds that were spoken of, what has these words in its name
        or its place's."""
        if not frame.pronoun or head.thing or not head.absent or not spoken:
            return []
        wanted = {token.text for token in head.absent if token.text not in ("up", "down", "over")}
        kinds = {device.kind for device in spoken}
        found: list[Device] = []
        for device in self._home.devices:
            area = self._vocabulary.area_of(device)
            names = [
                *device.name.all(),
                *device.aliases,
                *((*area.name.all(), *area.aliases) if area else ()),
            ]
            said = {word for name in names for word in fold(name).split()}
            if device.kind in kinds and wanted <= said:
                found.append(device)
        return found

    def spoken_of(self, sentence: Sentence) -> list[Device]:
        if sentence.devices:
            return sentence.devices
        return [d for i in sentence.context.last_devices if (d := self._home.device(i))]

    def _implied(self, sentence: Sentence, frame: Frame) -> list[Device] | None:
        """Nothing is named: what was spoken of, then what the wish fits here, then anywhere."""
        words = sentence.words(frame)
        if _undoes(frame) and not any(d.function("lock") for d in self.spoken_of(sentence)):
            sentence.fail("not_understood", words, 0.5)
            return None
        if frame.everything or (
            frame.all and not (frame.functions or frame.choices or frame.changes or frame.pronoun)
        ):
            return self._all(sentence, frame)
        if not frame.here and not frame.home:
            spoken = self.spoken_of(sentence)
            fitting = [d for d in spoken if able(d, frame)]
            if fitting:
                return fitting
            if frame.pronoun:
                if spoken:
                    return spoken
                sentence.fail("not_understood", words, 0.5)
                return None
        for area in (sentence.area, sentence.context.area, sentence.context.last_area):
            if area and (devices := by_wish(frame, in_places(self._vocabulary, [area]))):
                sentence.doubt(0.97)
                return devices
        if not (frame.verbs or frame.functions or frame.choices or frame.changes):
            sentence.fail("not_understood", words, 0.4)  # a number alone
            return None
        return self._anywhere(sentence, frame)

    def _all(self, sentence: Sentence, frame: Frame) -> list[Device]:
        spoken = [d for d in self.spoken_of(sentence) if able(d, frame)]
        if spoken and not frame.everything and not frame.home and not frame.here:
            return spoken
        area = sentence.context.area if frame.here else None
        return by_wish(frame, in_places(self._vocabulary, [area]) if area else self._home.devices)

    def _anywhere(self, sentence: Sentence, frame: Frame) -> list[Device] | None:
        words = sentence.words(frame)
        devices = by_wish(frame, self._home.devices)
        if sentence.prefer:
            devices = [d for d in devices if d.id in sentence.prefer] or devices
        if len(devices) == 1 or (devices and frame.home):
            return devices
        if devices:
            if weak(frame) and not frame.functions and not frame.choices and frame.unknown:
                sentence.fail("not_understood", words, 0.3)
                return None
            sentence.problem(
                Problem(kind="ambiguous", words=words, candidates=tuple(device.id for device in devices))
            )
            return None
        if frame.functions or frame.choices:
            sentence.fail("no_such_function", words)
            return None
        sentence.fail("not_understood", words, 0.4)
        return None

    # --- which changes

    def _steps(
        self, sentence: Sentence, frame: Frame, devices: list[Device], words: str, moment: When,
        note: dict[str, Any],
    ) -> list[Device]:  # fmt: skip
        """Commands for a group of devices. Of several, those that cannot are left out unless none can; a
        value that is out of one's range is always told."""
        results = [(device, wish(device, frame)) for device in devices]
        changing = [(d, [c for c in changes if isinstance(c, Change)]) for d, changes in results]
        failing = [(d, [c for c in changes if isinstance(c, Cannot)]) for d, changes in results]
        can = [(d, changes) for d, changes in changing if changes]
        cannot = [(d, reasons) for d, reasons in failing if reasons]
        note.setdefault("candidates", []).extend(
            {
                "device": device.id,
                "can": [f"{c.function.id}.{c.action}" for c in changes if isinstance(c, Change)],
                "cannot": [c.kind for c in changes if isinstance(c, Cannot)],
            }
            for device, changes in results
        )
        if not can or len(devices) == 1:
            self._cannot(sentence, frame, cannot, words)
        else:
            bounded = [(d, [c for c in reasons if c.kind == "out_of_range"]) for d, reasons in cannot]
            self._cannot(sentence, frame, [(d, reasons) for d, reasons in bounded if reasons], words)
        for device, changes in can:
            for change in changes:
                valued = frame.numbers and change.value is not None and change.function.type is Type.NUMBER
                consumed = moment.lasting and valued and frame.numbers[-1].unit in _TIMES
                step_when = replace(moment, lasting=None) if consumed else moment
                sentence.steps.append(command_of(sentence, frame, device, change, step_when, words))
            if any(change.complaint for change in frame.changes):
                self._wake(sentence, device, changes, moment, words)
        return [device for device, _ in can]

    @staticmethod
    def _wake(sentence: Sentence, device: Device, changes: list[Change], moment: When, words: str) -> None:
        """Too dark, and the lamp is off: it is switched on."""
        on_off = device.function("on_off")
        up = any((change.delta or 0) > 0 or change.function.id == "thermostat" for change in changes)
        if on_off and up and sentence.states(device.id).get("on_off") is False:
            sentence.steps.append(
                Command(device=device.id, function="on_off", action=Action.ON, when=moment, words=words)
            )

    @staticmethod
    def _cannot(
        sentence: Sentence, frame: Frame, cannots: Sequence[tuple[Device, list[Cannot]]], words: str
    ) -> None:
        full = sentence.words(frame)
        for device, reasons in cannots:
            reason = reasons[0]
            function = reason.function
            if reason.kind == "out_of_range" and function is not None:
                sentence.problem(
                    Problem(kind="out_of_range", words=full, device=device.id, function=function.id,
                            min=function.min, max=function.max, unit=function.unit)
                )  # fmt: skip
            elif reason.kind == "too_long" and function is not None:
                sentence.problem(
                    Problem(kind="out_of_range", words=full, device=device.id, function=function.id,
                            max=float(function.max_length))
                )  # fmt: skip
            elif reason.kind == "unclear" and not (frame.unknown and frame.verbs):
                sentence.fail("not_understood", full, 0.5)
            else:
                function_id = function.id if function else None
                sentence.problem(
                    Problem(kind="no_such_function", words=full or words, device=device.id,
                            function=function_id)
                )  # fmt: skip
                sentence.doubt(0.95)
