"""Which devices a wish means: what is named, what its place holds, what was spoken of, what it fits."""

from __future__ import annotations

from collections.abc import Sequence

from homebody.assistant.plan import Problem, ProblemKind
from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.meaning.places import by_wish, in_places
from homebody.assistant.understanding.meaning.sentence import Sentence
from homebody.assistant.understanding.meaning.targets import Around, Finder, Found, head_words
from homebody.assistant.understanding.reading.frame import Frame, Head
from homebody.assistant.understanding.wishes.wish import able
from homebody.assistant.understanding.words.normalise import fold
from homebody.assistant.understanding.words.token import Entry, Token
from homebody.home.device import Device

Group = tuple[list[Device], str]
"""Devices that were meant together, and the words for them."""
_WEAK = frozenset({"set", "run", "start", "play", "stop", "clean", "resume", "next", "close_or_off", "open"})
_LOOSE = frozenset({"undo", "release", "undoing", "releasing", "unfasten", "let"})


def _weak(frame: Frame) -> bool:
    """Verbs that need no device (make me a sandwich, play some jazz): their unknown objects are not
    missing things."""
    return all(verb in _WEAK for verb, _ in frame.verbs) and not frame.changes


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


class Meant:
    """Finds the devices of one home that clauses mean. Problems go to the `Sentence`."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._home = vocabulary.home

    def around(self, sentence: Sentence) -> Around:
        return Around(sentence.context, sentence.area, sentence.prefer, sentence.later)

    def finder(self, sentence: Sentence) -> Finder:
        return Finder(self._vocabulary, sentence.text, self.around(sentence))

    def spoken_of(self, sentence: Sentence) -> list[Device]:
        if sentence.devices:
            return sentence.devices
        return [d for i in sentence.context.last_devices if (d := self._home.device(i))]

    def groups(self, sentence: Sentence, frame: Frame) -> list[Group] | None:
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
        if self._part(sentence, frame, head):
            groups.append((list(sentence.devices), head_words(sentence.text, head)))
            return
        if alike := self.such_as(self.spoken_of(sentence), head, frame):
            groups.append((alike, head_words(sentence.text, head)))
            return
        candidates = finder.candidates(head)
        fits = {device.id for device in candidates if able(device, frame)}
        found: Found = finder.find(head, frame, fits or None)
        unnamed = head.absent and not head.thing and not any(t.is_("room", "elsewhere") for t in head.absent)
        if unnamed and _weak(frame) and not (_definite(frame, head) and _moves(frame)):
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

    @staticmethod
    def _part(sentence: Sentence, frame: Frame, head: Head) -> bool:
        """The AC to twenty, fan at forty: the fan of the thing that was just spoken of, if it has one. The
        clause is then about its speed."""
        valued = frame.numbers or frame.levels
        plain = head.kinds == ("fan",) and not head.place and not head.absent and not frame.verbs
        device = sentence.devices[0] if len(sentence.devices) == 1 else None
        if not (valued and plain and device and sentence.steps) or device.kind in ("fan", "ceiling_fan"):
            return False
        if device.function("fan_speed") is None:
            return False
        word = head.words[-1]
        frame.functions.append(Token(word.start, word.end, word.text, (Entry("function", "fan_speed"),)))
        return True

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

    def _implied(self, sentence: Sentence, frame: Frame) -> list[Device] | None:
        """Nothing is named: what was spoken of, then what the wish fits here, then anywhere."""
        words = sentence.words(frame)
        locks = not frame.functions or any("lock" in token.all("function") for token in frame.functions)
        if _undoes(frame) and locks and not any(d.function("lock") for d in self.spoken_of(sentence)):
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
            if frame.pronoun and not (frame.functions and not spoken):
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
            if _weak(frame) and not frame.functions and not frame.choices and frame.unknown:
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
