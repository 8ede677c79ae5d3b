"""The grammar: a sentence and a home in, a plan and its reasons out. Deterministic, no model, no network."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from homebody.assistant.context import Context
from homebody.assistant.plan import NOW, Command, Plan, Problem, Step, When
from homebody.assistant.understanding import everyday
from homebody.assistant.understanding.clauses import Piece, clauses
from homebody.assistant.understanding.conditions import condition_of
from homebody.assistant.understanding.frame import Frame, Head, Reader
from homebody.assistant.understanding.lattice import tokenise
from homebody.assistant.understanding.moments import Said, combine
from homebody.assistant.understanding.normalise import Normalised, normalise
from homebody.assistant.understanding.places import by_wish, in_places
from homebody.assistant.understanding.questions import questions
from homebody.assistant.understanding.targets import Around, Finder, Found, head_words
from homebody.assistant.understanding.token import Token
from homebody.assistant.understanding.vocabulary import Vocabulary
from homebody.assistant.understanding.wish import Cannot, Change, able, wish
from homebody.home.device import Device, Home
from homebody.home.function import Action, Type, Value
from homebody.home.label import Language

States = Callable[[str], Mapping[str, Value]]
"""The last known state of a device, by its id: function id to value; empty where nothing is known."""

MAX_CLAUSES = 40
_OPPOSITES = (
    (frozenset({"on", "open_or_on", "open"}), frozenset({"off", "close_or_off", "close"})),
    (frozenset({"lock"}), frozenset({"unlock"})),
    (frozenset({"raise"}), frozenset({"lower"})),
)
_LATIN_WORD = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan and how it came about (``homebody plan --explain``)."""

    plan: Plan
    explanation: tuple[dict[str, Any], ...] = ()


def language_of_sentence(text: str) -> Language:
    """Chinese if it has at least as many Chinese characters as Latin words: names are often mixed in."""
    chinese = sum("\u3400" <= character <= "\u9fff" for character in text)
    return "zh" if chinese and chinese >= len(_LATIN_WORD.findall(text)) else "en"


@dataclass(slots=True)
class _Sentence:
    """What is known while the clauses of one sentence are read in order."""

    text: Normalised
    language: Language
    context: Context
    states: States
    now: datetime
    prefer: frozenset[str] = frozenset()
    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    say: str | None = None
    confidence: float = 1.0
    area: str | None = None  # of the clause before
    devices: list[Device] = field(default_factory=list)  # of the clause before
    frame: Frame | None = None
    when: When = NOW
    condition: When | None = None
    notes: list[dict[str, Any]] = field(default_factory=list)

    def words(self, frame: Frame) -> str:
        return self.text.words(frame.start, frame.end)

    def doubt(self, factor: float) -> None:
        self.confidence *= factor

    def problem(self, problem: Problem) -> None:
        if problem not in self.problems:
            self.problems.append(problem)


class Grammar:
    """Understands sentences about one home. Build it once for a home; ``parse`` is pure."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.vocabulary = Vocabulary(home)

    def parse(
        self,
        source: str,
        *,
        context: Context | None = None,
        states: States = lambda _: {},
        now: datetime | None = None,
        prefer: frozenset[str] = frozenset(),
    ) -> Reading:
        """``prefer`` are device ids that a person chose between when asked."""
        started = time.perf_counter()
        text = normalise(source)
        sentence = _Sentence(
            text=text,
            language=language_of_sentence(source),
            context=context or Context(),
            states=states,
            now=now or datetime.now().astimezone(),
            prefer=prefer,
        )
        said = self._answer(sentence)
        if not (said or self._talk(sentence)):
            self._read(sentence)
        plan = Plan(
            text=source,
            language=sentence.language,
            source="grammar",
            confidence=round(sentence.confidence, 3),
            ms=round((time.perf_counter() - started) * 1000, 3),
            steps=tuple(_once(sentence.steps)),
            problems=tuple(sentence.problems),
            say=sentence.say,
            answer=said,  # type: ignore[arg-type]
        )
        return Reading(plan, tuple(sentence.notes))

    # --- before the home is asked

    def _answer(self, sentence: _Sentence) -> str | None:
        said = everyday.answer(sentence.text.text)
        if said and sentence.context.pending:
            sentence.notes.append({"answer": said})
            return said
        return None

    def _talk(self, sentence: _Sentence) -> bool:
        string = sentence.text.text.strip()
        if said := everyday.small_talk(string, sentence.language):
            sentence.say = said
            return True
        if steps := everyday.everyday(sentence.text, sentence.now):
            sentence.steps += steps
            return True
        return False

    # --- the sentence

    def _read(self, sentence: _Sentence) -> None:
        tokens = tokenise(sentence.text, self.vocabulary)
        sentence.notes.append({"mentions": [_note(token) for token in tokens]})
        if (
            sentence.context.pending
            and sentence.context.pending.kind == "choose"
            and self._chosen(sentence, tokens)
        ):
            return
        parts = clauses(tokens)
        if len(parts) > MAX_CLAUSES:
            sentence.problem(Problem(kind="unsupported", words=sentence.text.source.strip()[:200]))
            return
        frames = [Reader(part.tokens).read() for part in parts]
        self._conditions_after(frames)
        for part, frame in zip(parts, frames, strict=True):
            self._clause(sentence, part, frame, frames)
        if not (sentence.steps or sentence.problems or sentence.say):
            sentence.problem(Problem(kind="not_understood", words=sentence.text.source.strip()))
            sentence.doubt(0.2)

    def _chosen(self, sentence: _Sentence, tokens: Sequence[Token]) -> bool:
        """The answer to "which one?": read the words from before again, with the choice made."""
        pending = sentence.context.pending
        assert pending is not None
        frame = Reader(tokens).read()
        if frame.wish or frame.mood != "command":
            return False
        chosen = set(pending.candidates)
        if not frame.all:
            finder = Finder(self.vocabulary, sentence.text, Around(replace(sentence.context, pending=None)))
            picked: set[str] = set()
            for head in frame.heads:
                areas = finder.areas_of(head)
                named = {d.id for d in finder.candidates(head)} if head.thing else chosen
                picked |= {
                    i for i in chosen & named if not areas or ((d := self.home.device(i)) and d.area in areas)
                }
            chosen = picked
        if not chosen:
            return False
        again = self.parse(
            pending.words, context=replace(sentence.context, pending=None), states=sentence.states, now=sentence.now,
            prefer=frozenset(chosen),
        ).plan  # fmt: skip
        sentence.steps, sentence.problems = list(again.steps), list(again.problems)
        sentence.notes.append({"chosen": sorted(chosen)})
        return True

    @staticmethod
    def _conditions_after(frames: list[Frame]) -> None:
        """Turn on the fan if it is hot: a condition behind its wish moves before it."""
        for index in range(len(frames) - 1, 0, -1):
            if frames[index].condition and not frames[index - 1].condition and index == len(frames) - 1:
                frames.insert(index - 1, frames.pop(index))

    def _clause(self, sentence: _Sentence, part: Piece, frame: Frame, frames: list[Frame]) -> None:
        if part.joint == "strong":
            sentence.when, sentence.condition = NOW, None
        note: dict[str, Any] = {"clause": sentence.words(frame), "mood": frame.mood,
                                "verbs": [verb for verb, _ in frame.verbs]}  # fmt: skip
        sentence.notes.append(note)
        if frame.condition:
            found = condition_of(frame, self.vocabulary, sentence.text, self._at(sentence, frames))
            if isinstance(found, Problem):
                sentence.problem(found)
            sentence.condition = found if isinstance(found, When) else When(kind="if")
            areas = {area for head in frame.heads for area in head.areas}
            sentence.area = areas.pop() if len(areas) == 1 else sentence.area
            return
        if frame.mood == "question":
            note["questions"] = frame.questions
            self._question(sentence, frame)
        elif frame.mood in ("negated", "report", "quoted"):
            self._not_a_wish(sentence, frame)
        else:
            self._command(sentence, frame, note)
        sentence.frame = frame

    @staticmethod
    def _at(sentence: _Sentence, frames: list[Frame]) -> Context:
        """A condition without a place is about the place that the sentence speaks of, else the speaker's."""
        areas = {area for frame in frames for head in frame.heads for area in head.areas}
        return replace(sentence.context, area=areas.pop()) if len(areas) == 1 else sentence.context

    def _question(self, sentence: _Sentence, frame: Frame) -> None:
        steps, problems, confidence = questions(
            frame, self.vocabulary, sentence.text, sentence.context, sentence.area
        )
        sentence.steps += steps
        for problem in problems:
            sentence.problem(problem)
        sentence.doubt(confidence)

    @staticmethod
    def _not_a_wish(sentence: _Sentence, frame: Frame) -> None:
        known = frame.heads or frame.verbs or frame.states or frame.pronoun
        if frame.mood == "quoted" or not known:
            sentence.problem(Problem(kind="not_understood", words=sentence.words(frame)))
            sentence.doubt(0.4)
        elif frame.mood == "negated":
            sentence.say = (
                "好，我不动它。" if sentence.language == "zh" else "All right, I leave it as it is."
            )
        else:
            sentence.say = "好，知道了。" if sentence.language == "zh" else "All right, noted."

    # --- a wish

    def _command(self, sentence: _Sentence, frame: Frame, note: dict[str, Any]) -> None:
        if frame.loose:
            sentence.doubt(0.85)
        if not frame.wish and self._follow_up(sentence, frame):
            return
        if not frame.wish and frame.functions:
            if any(
                f.type is Type.ACTION
                for t in frame.functions
                for i in t.all("function")
                for f in self.vocabulary.functions[i]
            ):
                frame.verbs.append(("run", frame.functions[0]))
            else:  # a function that is only named is asked about
                self._question(sentence, frame)
                sentence.doubt(0.85)
                return
        if not frame.wish:
            self._unclear(sentence, frame)
            return
        if sentence.condition and sentence.condition.condition is None:
            return  # its condition is a problem already: nothing happens without it
        if self._contradiction(frame):
            sentence.problem(Problem(kind="not_understood", words=sentence.words(frame)))
            sentence.doubt(0.5)
            return
        groups = self._targets(sentence, frame)
        if groups is None:
            return
        moment = self._when(sentence, frame)
        used: list[Device] = []
        for devices, words in groups:
            used += self._steps(sentence, frame, devices, words, moment, note)
        if used:
            sentence.devices = used
            areas = {device.area for device in used}
            sentence.area = areas.pop() if len(areas) == 1 else sentence.area

    @staticmethod
    def _contradiction(frame: Frame) -> bool:
        """On and off at once is no wish."""
        verbs = {verb for verb, _ in frame.verbs}
        return any(verbs & one and verbs & other for one, other in _OPPOSITES)

    def _unclear(self, sentence: _Sentence, frame: Frame) -> None:
        words = sentence.words(frame)
        if not any(token.is_("device", "area", "kind", "verb", "function") for token in frame.tokens):
            if frame.unknown or not sentence.steps:
                if (
                    all(
                        token.is_(
                            "filler",
                            "particle_zh",
                            "request",
                            "separator",
                            "also",
                            "again",
                            "no",
                            "too",
                            "more",
                            "amount",
                            "pronoun",
                        )
                        for token in frame.tokens
                    )
                    and sentence.steps
                ):
                    return
                sentence.problem(Problem(kind="not_understood", words=words))
                sentence.doubt(0.3)
            return
        sentence.problem(Problem(kind="not_understood", words=words))
        sentence.doubt(0.5)

    def _around(self, sentence: _Sentence) -> Around:
        return Around(sentence.context, sentence.area, sentence.prefer)

    def _targets(self, sentence: _Sentence, frame: Frame) -> list[tuple[list[Device], str]] | None:
        """Groups of devices, each with its words; None where a problem was noted and nothing is left."""
        finder = Finder(self.vocabulary, sentence.text, self._around(sentence))
        excluded = finder.excluded(frame)
        groups: list[tuple[list[Device], str]] = []
        things = [head for head in frame.heads if head.thing or head.absent]
        places = [head for head in frame.heads if not head.thing and not head.absent]
        if things:
            for head in things:
                self._thing(sentence, frame, finder, head, groups)
            return groups or None
        if frame.heads and places:
            return self._places(sentence, frame, finder, places, excluded)
        pool = self._implied(sentence, frame)
        if pool is None:
            return None
        pool = [device for device in pool if device.id not in excluded]
        return [(pool, sentence.words(frame))] if pool else None

    def _thing(
        self,
        sentence: _Sentence,
        frame: Frame,
        finder: Finder,
        head: Head,
        groups: list[tuple[list[Device], str]],
    ) -> None:
        candidates = finder.candidates(head)
        fits = {device.id for device in candidates if able(device, frame)}
        found: Found = finder.find(head, frame, fits or None)
        if head.absent and self._weak(frame) and not any(t.is_("room") for t in head.absent):
            sentence.problem(Problem(kind="not_understood", words=sentence.words(frame)))
            sentence.doubt(0.35)
            return
        for problem in found.problems:
            sentence.problem(problem)
            if problem.kind in ("no_such_device", "no_such_area"):
                sentence.doubt(0.95)
        if found.ambiguous:
            if len(found.ambiguous) > 1:
                sentence.problem(
                    Problem(
                        kind="ambiguous",
                        words=sentence.words(frame),
                        candidates=tuple(d.id for d in found.ambiguous),
                    )
                )
            return
        if head.weight < 1.0:
            sentence.doubt(0.95)
        if found.devices:
            groups.append((found.devices, head_words(sentence.text, head)))

    @staticmethod
    def _weak(frame: Frame) -> bool:
        """Verbs that need no device (make me a sandwich, play some jazz): their unknown objects are not missing things."""
        return all(
            verb in ("set", "run", "start", "play", "stop", "clean", "resume", "next")
            for verb, _ in frame.verbs
        )

    def _places(
        self, sentence: _Sentence, frame: Frame, finder: Finder, places: list[Head], excluded: set[str]
    ) -> list[tuple[list[Device], str]] | None:
        areas = list(dict.fromkeys(area for head in places for area in finder.areas_of(head)))
        words = sentence.words(frame)
        if any(verb == "clean" for verb, _ in frame.verbs):
            return self._clean(sentence, frame, areas)
        pool = [d for d in in_places(self.vocabulary, areas) if d.id not in excluded]
        devices = by_wish(frame, pool)
        if not devices and frame.pronoun:
            devices = [d for d in self._spoken_of(sentence) if d.area in areas]
        if not devices and sentence.frame is not None and not frame.functions:
            kinds = {device.kind for device in sentence.devices}
            devices = [d for d in pool if d.kind in kinds and able(d, frame)]
        if not devices:
            name = next((token.text for token in frame.functions), "")
            kind = (
                "no_such_function" if frame.functions or frame.choices or frame.changes else "no_such_device"
            )
            sentence.problem(
                Problem(kind=kind, words=words if not name else words, area=areas[0] if areas else None)
            )
            return None
        if not frame.all and not frame.everything:
            sentence.doubt(0.97)
        return [(devices, words)]

    def _clean(
        self, sentence: _Sentence, frame: Frame, areas: list[str]
    ) -> list[tuple[list[Device], str]] | None:
        """Cleaning one room needs a vacuum that knows rooms: a choice with that room's name."""
        words = sentence.words(frame)
        vacuums = [d for d in self.home.devices if d.function("cleaning")]
        wanted = {name for area in areas if (a := self.home.area(area)) for name in a.name.all()}
        for device in vacuums:
            for function in device.functions:
                for choice in function.choices:
                    if function.type is Type.CHOICE and function.writable and wanted & set(choice.name.all()):
                        sentence.steps.append(Command(device=device.id, function=function.id, action=Action.SET, value=choice.id,
                                                      when=self._when(sentence, frame), words=words))  # fmt: skip
                        sentence.devices = [device]
                        return None
        kind = "unsupported" if vacuums else "no_such_device"
        sentence.problem(Problem(kind=kind, words=words, device=vacuums[0].id if vacuums else None))
        return None

    def _spoken_of(self, sentence: _Sentence) -> list[Device]:
        if sentence.devices:
            return sentence.devices
        return [d for i in sentence.context.last_devices if (d := self.home.device(i))]

    def _implied(self, sentence: _Sentence, frame: Frame) -> list[Device] | None:
        """Nothing is named: what was spoken of, then what the wish fits here, then anywhere."""
        words = sentence.words(frame)
        if frame.everything or (
            frame.all and not (frame.functions or frame.choices or frame.changes or frame.pronoun)
        ):
            spoken = [d for d in self._spoken_of(sentence) if able(d, frame)]
            if spoken and not frame.everything and not frame.home and not frame.here:
                return spoken
            area = sentence.context.area if frame.here else None
            return by_wish(frame, in_places(self.vocabulary, [area]) if area else self.home.devices)
        if not frame.here and not frame.home:
            spoken = [d for d in self._spoken_of(sentence) if able(d, frame)]
            if spoken:
                return spoken
            if frame.pronoun:
                if self._spoken_of(sentence):
                    return list(self._spoken_of(sentence))
                sentence.problem(Problem(kind="not_understood", words=words))
                sentence.doubt(0.5)
                return None
        for area in (sentence.area, sentence.context.area, sentence.context.last_area):
            if area and (devices := by_wish(frame, in_places(self.vocabulary, [area]))):
                sentence.doubt(0.97)
                return devices
        if not (frame.verbs or frame.functions or frame.choices or frame.changes):
            sentence.problem(Problem(kind="not_understood", words=words))  # a number alone
            sentence.doubt(0.4)
            return None
        everywhere = by_wish(frame, self.home.devices)
        if sentence.prefer:
            everywhere = [d for d in everywhere if d.id in sentence.prefer] or everywhere
        if len(everywhere) == 1 or (everywhere and frame.home):
            return everywhere
        if everywhere:
            if self._weak(frame) and not frame.functions and not frame.choices and frame.unknown:
                sentence.problem(Problem(kind="not_understood", words=words))
                sentence.doubt(0.3)
                return None
            sentence.problem(
                Problem(kind="ambiguous", words=words, candidates=tuple(d.id for d in everywhere))
            )
            return None
        if frame.functions or frame.choices:
            sentence.problem(Problem(kind="no_such_function", words=words))
            return None
        sentence.problem(Problem(kind="not_understood", words=words))
        sentence.doubt(0.4)
        return None

    def _when(self, sentence: _Sentence, frame: Frame) -> When:
        said: list[Said] = list(frame.moments)
        when = combine(said, sentence.now)
        if when == NOW and sentence.when != NOW:
            when = replace(sentence.when, lasting=None)
        elif when != NOW:
            sentence.when = when
        if sentence.condition:
            return replace(sentence.condition, lasting=when.lasting, until=when.until)
        return when

    def _steps(
        self,
        sentence: _Sentence,
        frame: Frame,
        devices: list[Device],
        words: str,
        moment: When,
        note: dict[str, Any],
    ) -> list[Device]:
        """Commands for a group of devices. Of several, those that cannot are left out unless none can."""
        results = [(device, wish(device, frame)) for device in devices]
        good = [
            (d, [c for c in changes if isinstance(c, Change)], [c for c in changes if isinstance(c, Cannot)])
            for d, changes in results
        ]
        can = [(d, changes) for d, changes, cannot in good if changes]
        note.setdefault("candidates", []).extend(
            {
                "device": d.id,
                "can": [f"{c.function.id}.{c.action}" for c in changes],
                "cannot": [c.kind for c in cannot],
            }
            for d, changes, cannot in good
        )
        if not can:
            self._cannot(sentence, frame, [(d, cannot) for d, _, cannot in good], words)
            return []
        if len(devices) == 1 and good[0][2]:
            self._cannot(sentence, frame, [(devices[0], good[0][2])], words)
        spoken = words if len(devices) > 1 or not words else words
        for device, changes in can:
            lasting = moment
            for change in changes:
                if (
                    moment.lasting
                    and frame.numbers
                    and change.value is not None
                    and change.function.type is Type.NUMBER
                ):
                    if frame.numbers[-1].unit in ("s", "min", "h", "d"):
                        lasting = replace(moment, lasting=None)
                sentence.steps.append(self._command_of(sentence, frame, device, change, lasting, spoken))
            if any(change.complaint for change in frame.changes):
                self._wake(sentence, device, changes, moment, spoken)
        return [device for device, _ in can]

    @staticmethod
    def _wake(sentence: _Sentence, device: Device, changes: list[Change], moment: When, words: str) -> None:
        """Too dark, and the lamp is off: it is switched on."""
        on_off = device.function("on_off")
        up = any((change.delta or 0) > 0 or change.function.id == "thermostat" for change in changes)
        if on_off and up and sentence.states(device.id).get("on_off") is False:
            sentence.steps.append(
                Command(device=device.id, function="on_off", action=Action.ON, when=moment, words=words)
            )

    @staticmethod
    def _command_of(
        sentence: _Sentence, frame: Frame, device: Device, change: Change, when: When, words: str
    ) -> Command:
        function = change.function
        value, delta = change.value, change.delta
        if delta is not None or change.factor is not None:
            present = sentence.states(device.id).get(function.id)
            if isinstance(present, int | float) and not isinstance(present, bool):
                wanted = present + delta if delta is not None else present * (change.factor or 1)
                fitted = function.fit(wanted)
                value = int(fitted) if fitted == int(fitted) else fitted
                if delta is None:
                    delta = round(value - present, 6)
            elif delta is None:
                value = function.fit((function.min + function.max) / 2)
        unit = function.unit if function.type is Type.NUMBER and change.action is Action.SET else ""
        full = sentence.words(frame)
        return Command(device=device.id, function=function.id, action=change.action, value=value, unit=unit, delta=delta,
                       when=when, words=full or words)  # fmt: skip

    @staticmethod
    def _cannot(
        sentence: _Sentence, frame: Frame, cannots: list[tuple[Device, list[Cannot]]], words: str
    ) -> None:
        full = sentence.words(frame)
        for device, reasons in cannots:
            for reason in reasons[:1]:
                function = reason.function
                if reason.kind == "out_of_range" and function is not None:
                    sentence.problem(Problem(kind="out_of_range", words=full, device=device.id, function=function.id,
                                             min=function.min, max=function.max, unit=function.unit))  # fmt: skip
                elif reason.kind == "unclear":
                    sentence.problem(Problem(kind="not_understood", words=full))
                    sentence.doubt(0.5)
                else:
                    sentence.problem(Problem(kind="no_such_function", words=full or words, device=device.id,
                                             function=function.id if function else None))  # fmt: skip
                    sentence.doubt(0.95)

    # --- and the bedroom too

    def _follow_up(self, sentence: _Sentence, frame: Frame) -> bool:
        """A name without a wish repeats the wish before: of this sentence, else of the last turn."""
        if not frame.heads and not frame.here:
            return False
        if not (frame.also or (sentence.frame and sentence.steps) or self._elliptic(frame)):
            return False
        last = [step for step in sentence.steps if isinstance(step, Command)] or list(
            sentence.context.last_commands
        )
        if not last:
            return False
        kinds = {device.kind for command in last if (device := self.home.device(command.device))}
        finder = Finder(self.vocabulary, sentence.text, self._around(sentence))
        devices: list[Device] = []
        for head in frame.heads:
            if head.thing or head.absent:
                found = finder.find(head, frame)
                for problem in found.problems:
                    sentence.problem(problem)
                devices += found.devices
            else:
                areas = finder.areas_of(head)
                here = [d for d in in_places(self.vocabulary, areas) if d.kind in kinds]
                if not here:
                    sentence.problem(
                        Problem(
                            kind="no_such_device",
                            words=sentence.words(frame),
                            area=areas[0] if areas else None,
                        )
                    )
                devices += here
        if frame.here and sentence.context.area and not frame.heads:
            devices = [d for d in self.vocabulary.by_area.get(sentence.context.area, ()) if d.kind in kinds]
        pattern = {(c.function, c.action, c.value, c.delta, c.when) for c in last}
        for device in dict.fromkeys(d.id for d in devices):
            target = self.home.device(device)
            assert target is not None
            for function_id, action, value, delta, when in sorted(pattern, key=str):
                function = target.function(function_id)
                if function is None or action not in function.actions:
                    sentence.problem(
                        Problem(kind="no_such_function", words=sentence.words(frame), device=device)
                    )
                    continue
                change = Change(function, action, None if delta is not None else value, delta)
                sentence.steps.append(self._command_of(sentence, frame, target, change, when, ""))
        if devices:
            sentence.devices = [d for d in devices]
        return bool(devices or sentence.problems)

    @staticmethod
    def _elliptic(frame: Frame) -> bool:
        return frame.tokens[-1].text in ("呢", "too", "也", "?") or frame.tokens[0].text in (
            "and",
            "also",
            "那",
            "还有",
        )


def _once(steps: Sequence[Step]) -> list[Step]:
    """Steps that differ only in the words that they came from are done once."""
    seen: list[Step] = []
    kept: list[Step] = []
    for step in steps:
        bare = replace(step, words="")
        if bare not in seen:
            seen.append(bare)
            kept.append(step)
    return kept


def _note(token: Token) -> dict[str, Any]:
    shown = [
        f"{e.category}={'|'.join(sorted(e.value)) if isinstance(e.value, frozenset) else e.value}"
        for e in token.entries
    ]
    return {"text": token.text, "as": shown or ["unknown"]}
