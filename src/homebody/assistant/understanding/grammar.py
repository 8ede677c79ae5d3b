"""The grammar: a sentence and a home in, a plan and its reasons out. Deterministic, no model, no network."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from homebody.assistant.context import Context
from homebody.assistant.plan import NOW, Plan, Problem, When
from homebody.assistant.understanding.clauses import Piece, clauses
from homebody.assistant.understanding.commands import Commander
from homebody.assistant.understanding.conditions import condition_of
from homebody.assistant.understanding.everyday import everyday
from homebody.assistant.understanding.followups import follow_up
from homebody.assistant.understanding.frame import Frame
from homebody.assistant.understanding.lattice import tokenise
from homebody.assistant.understanding.normalise import normalise
from homebody.assistant.understanding.places import in_places
from homebody.assistant.understanding.questions import questions
from homebody.assistant.understanding.reader import Reader
from homebody.assistant.understanding.sentence import Sentence, States, language_of_sentence
from homebody.assistant.understanding.talk import answer, small_talk
from homebody.assistant.understanding.targets import Around, Finder
from homebody.assistant.understanding.token import Token
from homebody.assistant.understanding.vocabulary import Vocabulary
from homebody.home.device import Device, Home
from homebody.home.function import Action, Function, Type

__all__ = ["Grammar", "Reading", "States", "language_of_sentence"]

MAX_CLAUSES = 40
_LEAVE = {"zh": "好，我不动它。", "en": "All right, I leave it as it is."}
_NOTED = {"zh": "好，知道了。", "en": "All right, noted."}
_OF_STATE = {"on": "on", "off": "off", "open": "open", "closed": "close", "locked": "lock"}
"""States that may be wished for ("make sure it is off"). Unlocked is not: unlocking is said clearly."""
_EMPTY = ("filler", "particle_zh", "request", "separator", "also", "again", "no", "too", "more", "amount",
          "pronoun", "next_clause", "joint")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan and how it came about (``homebody plan --explain``)."""

    plan: Plan
    explanation: tuple[dict[str, Any], ...] = ()


class Grammar:
    """Understands sentences about one home. Build it once for a home; ``parse`` is pure."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.vocabulary = Vocabulary(home)
        self._commander = Commander(self.vocabulary)

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
        sentence = Sentence(
            text=normalise(source),
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
            steps=tuple(sentence.steps),
            problems=tuple(sentence.problems),
            say=sentence.say,
            answer=said,
        )
        return Reading(plan, tuple(sentence.notes))

    # --- before the home is asked

    @staticmethod
    def _answer(sentence: Sentence) -> Literal["yes", "no"] | None:
        said = answer(sentence.text.text)
        if said and sentence.context.pending:
            sentence.notes.append({"answer": said})
            return said
        return None

    @staticmethod
    def _talk(sentence: Sentence) -> bool:
        said = small_talk(sentence.text.text.strip(), sentence.language)
        sentence.say = said
        return said is not None

    # --- the sentence

    def _read(self, sentence: Sentence) -> None:
        tokens = tokenise(sentence.text, self.vocabulary)
        sentence.notes.append({"mentions": [_note(token) for token in tokens]})
        pending = sentence.context.pending
        if pending and pending.kind == "choose" and self._chosen(sentence, tokens):
            return
        parts = clauses(tokens)
        if len(parts) > MAX_CLAUSES:
            sentence.fail("unsupported", sentence.text.source.strip()[:200])
            return
        if self._everyday(sentence, parts):
            return
        frames = [(part, Reader(part.tokens).read()) for part in parts]
        frames = _conditions_first(frames)
        for part, frame in frames:
            self._clause(sentence, part, frame, [frame for _, frame in frames])
        sentence.steps = list(dict.fromkeys([*sentence.steps, *sentence.later]))
        if not (sentence.steps or sentence.problems or sentence.say):
            sentence.fail("not_understood", sentence.text.source.strip(), 0.2)

    @staticmethod
    def _everyday(sentence: Sentence, parts: list[Piece]) -> bool:
        """Whether the sentence is about timers, reminders and lists from its first clause on. A later clause
        may be so too, and is then taken out of ``parts``."""
        text, now = sentence.text, sentence.now
        if not parts or everyday(text.text[: parts[0].end], "", now):
            sentence.steps += everyday(text.text, text.source.strip(), now)
            return bool(sentence.steps)
        if len(parts) > 1:
            for part in parts[1:]:
                steps = everyday(text.text[part.start : part.end], text.words(part.start, part.end), now)
                if steps:
                    sentence.later += steps
                    parts.remove(part)
        return False

    def _chosen(self, sentence: Sentence, tokens: Sequence[Token]) -> bool:
        """The answer to "which one?": read the words from before again, with the choice made."""
        pending = sentence.context.pending
        assert pending is not None
        frame = Reader(tokens).read()
        if frame.wish or frame.mood != "command":
            return False
        chosen = set(pending.candidates)
        context = replace(sentence.context, pending=None)
        if not frame.all:
            finder = Finder(self.vocabulary, sentence.text, Around(context))
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
            pending.words, context=context, states=sentence.states, now=sentence.now, prefer=frozenset(chosen)
        ).plan
        sentence.steps, sentence.problems = list(again.steps), list(again.problems)
        sentence.notes.append({"chosen": sorted(chosen)})
        return True

    def _clause(self, sentence: Sentence, part: Piece, frame: Frame, frames: list[Frame]) -> None:
        if part.joint == "strong":
            sentence.when, sentence.condition, sentence.failed_condition = NOW, None, False
        note: dict[str, Any] = {"clause": sentence.words(frame), "mood": frame.mood,
                                "verbs": [verb for verb, _ in frame.verbs]}  # fmt: skip
        sentence.notes.append(note)
        if frame.condition:
            self._condition(sentence, frame, frames)
            return
        if frame.mood == "question":
            note["questions"] = frame.questions
            self._question(sentence, frame)
        elif frame.keep and self._spare(sentence, frame):
            note["kept"] = sorted(sentence.kept)
            if not sentence.commands:
                sentence.say = _LEAVE[sentence.language]
        elif frame.mood in ("negated", "report", "quoted"):
            self._not_a_wish(sentence, frame)
        elif sentence.failed_condition:
            return  # its condition is a problem already: nothing happens without it
        else:
            self._command(sentence, frame, note)
        sentence.frame = frame

    def _condition(self, sentence: Sentence, frame: Frame, frames: list[Frame]) -> None:
        meant = self._meant(sentence, frame, frames)
        found = condition_of(frame, self.vocabulary, sentence.text, self._at(sentence, frames), meant)
        if isinstance(found, Problem):
            sentence.problem(found)
            if found.kind == "not_understood":
                sentence.doubt(0.7)
        sentence.condition = found if isinstance(found, When) else None
        sentence.failed_condition = sentence.condition is None
        areas = {area for head in frame.heads for area in head.areas}
        sentence.area = areas.pop() if len(areas) == 1 else sentence.area
        if isinstance(found, When) and found.condition and not sentence.devices:
            device = self.home.device(found.condition.device)
            if device and any(function.writable for function in device.functions):
                sentence.devices = [device]  # if the heater is on, turn it off

    def _meant(self, sentence: Sentence, frame: Frame, frames: list[Frame]) -> list[Device]:
        """What "it" in a condition stands for: the thing of the wish beside it, else what was spoken of."""
        finder = self._commander.finder(sentence)
        heads = [head for other in frames if other is not frame for head in other.heads if head.thing]
        named = [device for head in heads for device in finder.find(head, frame).devices]
        return (named if frame.pronoun else []) or self._commander.spoken_of(sentence)

    @staticmethod
    def _at(sentence: Sentence, frames: list[Frame]) -> Context:
        """A condition without a place is about the place that the sentence speaks of, else the speaker's."""
        areas = {area for frame in frames for head in frame.heads for area in head.areas}
        return replace(sentence.context, area=areas.pop()) if len(areas) == 1 else sentence.context

    def _question(self, sentence: Sentence, frame: Frame) -> None:
        found = questions(frame, self.vocabulary, sentence.text, sentence.context, sentence.area)
        sentence.steps += found.steps
        for problem in found.problems:
            sentence.problem(problem)
        sentence.doubt(found.confidence)

    def _spare(self, sentence: Sentence, frame: Frame) -> bool:
        """只留客厅的灯; leave the hall light on; ...,卧室的别关: not these, neither before nor after."""
        finder = self._commander.finder(sentence)
        kept: set[str] = set()
        kinds = {device.kind for device in sentence.devices}
        for head in frame.heads:
            if head.thing:
                found = finder.find(head, frame)
                kept |= {device.id for device in [*found.devices, *found.ambiguous]}
                continue
            areas = finder.areas_of(head)
            kept |= {d.id for d in in_places(self.vocabulary, areas) if not kinds or d.kind in kinds}
        if not kept:
            return False
        sentence.kept |= kept
        sentence.steps = [step for step in sentence.steps if getattr(step, "device", None) not in kept]
        return True

    def _not_a_wish(self, sentence: Sentence, frame: Frame) -> None:
        if frame.mood == "negated" and sentence.commands and frame.heads and self._spare(sentence, frame):
            return
        if frame.mood == "negated":
            sentence.say = _LEAVE[sentence.language]
            known = frame.heads or frame.verbs or frame.states or frame.pronoun or frame.changes
            sentence.doubt(1.0 if known else 0.5)
            return
        sentence.say = _NOTED[sentence.language]
        if frame.mood == "quoted" or not (frame.heads or frame.verbs or frame.states):
            sentence.doubt(0.5)  # a model may have a better answer

    def _command(self, sentence: Sentence, frame: Frame, note: dict[str, Any]) -> None:
        if frame.loose:
            sentence.doubt(0.85)
        if not frame.wish and frame.ensure:
            frame.verbs += [(_OF_STATE[s], frame.tokens[-1]) for s in frame.states if s in _OF_STATE]
        if not frame.wish and follow_up(sentence, frame, self.vocabulary, self._commander):
            return
        if not frame.wish and frame.functions:
            named = [i for token in frame.functions for i in token.all("function")]
            meant = [f for i in named for f in self.vocabulary.functions[i]]
            if any(f.type is Type.ACTION for f in meant):
                frame.verbs.append(("run", frame.functions[0]))
            elif frame.heads and any(_plain_switch(f) for f in meant):
                frame.verbs.append(("on", frame.functions[0]))  # 电视静音
            else:  # a function that is only named is asked about
                self._question(sentence, frame)
                sentence.doubt(0.85)
                return
        if not frame.wish:
            self._unclear(sentence, frame)
            return
        self._commander.carry_out(sentence, frame, note)

    @staticmethod
    def _unclear(sentence: Sentence, frame: Frame) -> None:
        words = sentence.words(frame)
        if all(token.is_(*_EMPTY) for token in frame.tokens) and sentence.steps:
            return
        of_home = any(token.is_("device", "area", "kind", "verb", "function") for token in frame.tokens)
        sentence.fail("not_understood", words, 0.8 if sentence.steps else 0.5 if of_home else 0.3)


def _plain_switch(function: Function) -> bool:
    """Something that is switched on by its mere name: mute, swing. Never what opens or unlocks."""
    return (
        function.type is Type.BOOL and Action.ON in function.actions and function.id not in ("on_off", "lock")
    )


def _conditions_first(frames: list[tuple[Piece, Frame]]) -> list[tuple[Piece, Frame]]:
    """Turn on the fan if it is hot: a condition behind its wish moves before it."""
    if len(frames) > 1 and frames[-1][1].condition and not frames[-2][1].condition:
        return [*frames[:-2], frames[-1], frames[-2]]
    return frames


def _note(token: Token) -> dict[str, Any]:
    shown = [
        f"{e.category}={'|'.join(sorted(e.value)) if isinstance(e.value, frozenset) else e.value}"
        for e in token.entries
    ]
    return {"text": token.text, "as": shown or ["unknown"]}
