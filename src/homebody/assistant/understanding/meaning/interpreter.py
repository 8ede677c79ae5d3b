"""What one clause means in the sentence so far: commands, queries, a condition, or words in answer."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from homebody.assistant.context import Context
from homebody.assistant.plan import NOW, Problem, Reminder, Say, When
from homebody.assistant.understanding.clauses.piece import Piece
from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.meaning.carrying import carried
from homebody.assistant.understanding.meaning.commands import Commander
from homebody.assistant.understanding.meaning.conditions import condition_of
from homebody.assistant.understanding.meaning.followups import (
    again,
    at_another_time,
    follow_up,
    for_how_long,
    further,
    too_far,
)
from homebody.assistant.understanding.meaning.places import in_places
from homebody.assistant.understanding.meaning.questions import questions
from homebody.assistant.understanding.meaning.sentence import Sentence
from homebody.assistant.understanding.meaning.told import interjected, only_told, told_on
from homebody.assistant.understanding.moods.aspect import granted
from homebody.assistant.understanding.moods.statements import wants_going
from homebody.assistant.understanding.reading.frame import Frame
from homebody.assistant.understanding.reading.items import Item
from homebody.home.device import Device
from homebody.home.function import Action, Function, Type

_NO_MORE = frozenset(
    ["不用", "别", "不要", "不必", "甭", "唔使", "唔好", "别再", "不需要", "无需", "先不用", "先别"]
)
_VAGUE = frozenset(["弄一下", "整一下", "整一下子", "搞一下", "安排一下", "安排上", "弄", "来"])
_LEAVE = {"zh": "好，我不动它。", "en": "All right, I leave it as it is."}
_NOTED = {"zh": "好，知道了。", "en": "All right, noted."}
_ONLY = ("only leave", "leave only", "only keep", "keep only", "只留", "只保留", "只剩")
_BEYOND = {"zh": "这个我不知道。", "en": "That I do not know."}
"""Where there is no model that may know. A question that is beyond the home is a sentence understood."""
_OF_STATE = {
    "open_or_on": "open_or_on", "close_or_off": "close_or_off", "on": "on", "off": "off", "open": "open",
    "closed": "close", "locked": "lock", "playing": "play", "cleaning": "clean",
}  # fmt: skip
"""States that may be wished for ("make sure it is off"). Unlocked is not: unlocking is said clearly."""
_CONDITIONAL = re.compile(
    r"^(?:如果|要是|假如|若是?|倘若|万一|只要|当|等到?|一旦|每当|每次|(?:if|when|whenever|once|as soon as"
    r"|the (?:very )?(?:moment|minute|second|instant)|every time|each time|should|provided|in case)\b) ?"
    r"|[,， ]*(?:就|的时候|的话|之?后|以后|时|便|那)+$"
)
"""The little words of a condition, which are not said again when it is told that it holds."""
_EMPTY = ("filler", "particle_zh", "request", "separator", "also", "again", "no", "too", "more", "amount",
          "pronoun", "next_clause", "joint", "ask")  # fmt: skip


class Interpreter:
    """Interprets the clauses of one home's sentences, in their order. All findings go to the `Sentence`."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._home = vocabulary.home
        self._commander = Commander(vocabulary)
        self.meant = self._commander.meant

    @staticmethod
    def everyday_steps(sentence: Sentence, item: Item) -> None:
        if sentence.failed_condition:
            return
        told = _CONDITIONAL.sub("", sentence.condition_words)
        for step in item.steps:
            said = replace(step, text=told) if isinstance(step, Reminder) and not step.text else step
            waits = sentence.condition is not None and isinstance(step, Reminder | Say)
            sentence.steps.append(replace(said, when=sentence.condition) if waits else said)  # type: ignore[arg-type]

    @staticmethod
    def reason(sentence: Sentence, frame: Frame) -> None:
        """客厅太暗了，把灯打开: where it was felt is where the wish is meant."""
        sentence.notes.append({"clause": sentence.words(frame), "reason": True})
        areas = {area for head in frame.heads for area in head.areas}
        sentence.area = areas.pop() if len(areas) == 1 else sentence.area

    def clause(self, sentence: Sentence, part: Piece, frame: Frame, frames: list[Frame]) -> None:
        if part.joint == "strong":
            sentence.when, sentence.condition, sentence.failed_condition = NOW, None, False
        note: dict[str, Any] = {"clause": sentence.words(frame), "mood": frame.mood,
                                "verbs": [verb for verb, _ in frame.verbs]}  # fmt: skip
        sentence.notes.append(note)
        if part.contradictory and frame.mood == "command":
            sentence.contradictory = True
            sentence.fail("not_understood", sentence.words(frame), 0.7)
            return
        if frame.condition:
            if not only_told(frame, frames):
                self._condition(sentence, frame, frames)
            return
        if interjected(frame, frames):
            return
        bare = not (frame.questions or frame.states or frame.verbs or frame.numbers or frame.changes)
        if any(token.is_("repeat") for token in frame.tokens) and frame.heads:
            frame.continues = True  # same again in the bedroom
        repeats = any(token.is_("repeat") for token in frame.tokens) and not (frame.heads or frame.verbs)
        if repeats and again(sentence, frame):
            note["again"] = True
        elif frame.mood == "question" and bare and self._goes_on(sentence, frame):
            note["follows"] = True
        elif frame.mood == "question":
            note["questions"] = frame.questions
            self._question(sentence, frame)
        elif frame.keep and self._spare(sentence, frame):
            note["kept"] = sorted(sentence.kept)
            if not sentence.commands and any(token.text in _ONLY for token in frame.tokens):
                self._commander.off_but(sentence, frame, sentence.kept)
            if not sentence.commands:
                sentence.say = _LEAVE[sentence.language]
        elif frame.mood in ("negated", "report", "quoted"):
            self._not_a_wish(sentence, frame)
        elif sentence.frame is not None and part.joint != "strong" and told_on(sentence.frame, frame):
            frame.mood = sentence.frame.mood
            self._not_a_wish(sentence, frame)
        elif sentence.failed_condition:
            return  # its condition is a problem already: nothing happens without it
        else:
            self._command(sentence, frame, note)
        sentence.frame = frame

    def _goes_on(self, sentence: Sentence, frame: Frame) -> bool:
        asking = frame.mood == "question"
        return follow_up(sentence, frame, self._vocabulary, self._commander, asking=asking)

    def condition(self, sentence: Sentence, frame: Frame) -> None:
        """A clause that says under which condition the rest of the sentence holds."""
        self._condition(sentence, frame, [frame])

    def _condition(self, sentence: Sentence, frame: Frame, frames: list[Frame]) -> None:
        meant = self._meant(sentence, frame, frames)
        found = condition_of(frame, self._vocabulary, sentence.text, self._at(sentence, frames), meant)
        if isinstance(found, Problem):
            sentence.problem(found)
            if found.kind == "not_understood":
                sentence.doubt(0.7)
        sentence.condition = found if isinstance(found, When) else None
        sentence.condition_words = sentence.words(frame)
        sentence.failed_condition = sentence.condition is None
        areas = {area for head in frame.heads for area in head.areas}
        sentence.area = areas.pop() if len(areas) == 1 else sentence.area
        if isinstance(found, When) and found.condition and not sentence.devices:
            device = self._home.device(found.condition.device)
            if device and any(function.writable for function in device.functions):
                sentence.devices = [device]  # if the heater is on, turn it off

    def _meant(self, sentence: Sentence, frame: Frame, frames: list[Frame]) -> list[Device]:
        """What "it" in a condition stands for: the thing of the wish beside it, else what was spoken of."""
        finder = self.meant.finder(sentence)
        heads = [head for other in frames if other is not frame for head in other.heads if head.thing]
        named = [device for head in heads for device in finder.find(head, frame).devices]
        return (named if frame.pronoun else []) or self.meant.spoken_of(sentence)

    @staticmethod
    def _at(sentence: Sentence, frames: list[Frame]) -> Context:
        """A condition without a place is about the place that the sentence speaks of, else the speaker's."""
        areas = {area for frame in frames for head in frame.heads for area in head.areas}
        return replace(sentence.context, area=areas.pop()) if len(areas) == 1 else sentence.context

    def _question(self, sentence: Sentence, frame: Frame) -> None:
        found = questions(frame, self._vocabulary, sentence.text, sentence.context, sentence.area)
        sentence.steps += found.steps
        for problem in found.problems:
            sentence.problem(problem)
        if found.beyond:
            sentence.beyond = True
            sentence.say = sentence.say or _BEYOND[sentence.language]
        sentence.doubt(found.confidence)

    def _spare(self, sentence: Sentence, frame: Frame) -> bool:
        """只留客厅的灯; leave the hall light on; ...,卧室的别关: not these, neither before nor after."""
        finder = self.meant.finder(sentence)
        kept: set[str] = set()
        kinds = {device.kind for device in sentence.devices}
        for head in (*frame.heads, *frame.exceptions):
            if head.thing:
                found = finder.find(head, frame)
                kept |= {device.id for device in [*found.devices, *found.ambiguous]}
                continue
            areas = finder.areas_of(head)
            kept |= {d.id for d in in_places(self._vocabulary, areas) if not kinds or d.kind in kinds}
        if not kept:
            return False
        heads = (*frame.heads, *frame.exceptions)
        sentence.kept_areas = [area for head in heads for area in finder.areas_of(head)]
        sentence.kept |= kept
        sentence.steps = [step for step in sentence.steps if getattr(step, "device", None) not in kept]
        return True

    def _not_a_wish(self, sentence: Sentence, frame: Frame) -> None:
        if frame.mood == "negated" and sentence.commands and self._spare(sentence, frame):
            return
        if frame.mood == "negated" and self._stops(sentence, frame):
            return
        if frame.mood == "negated":
            sentence.say = _LEAVE[sentence.language]
            finder = self.meant.finder(sentence)
            sentence.place(
                [d for head in frame.heads if head.thing for d in finder.find(head, frame).devices]
            )
            known = frame.heads or frame.verbs or frame.states or frame.pronoun or frame.changes
            sentence.doubt(1.0 if known else 0.5)
            return
        sentence.say = _NOTED[sentence.language]
        if told := [
            d
            for head in frame.heads
            if head.thing
            for d in self.meant.finder(sentence).find(head, frame).devices
        ]:
            sentence.place(told)  # the humidifier is empty: switch it off
        elif areas := {area for head in frame.heads for area in head.areas}:
            sentence.area = (
                areas.pop() if len(areas) == 1 else sentence.area
            )  # the guest in 201 is locked out
        if frame.mood == "quoted" or not (frame.heads or frame.verbs or frame.states):
            sentence.doubt(0.5)  # a model may have a better answer

    def _stops(self, sentence: Sentence, frame: Frame) -> bool:
        """不用保温了, 别转了: a function that is to be no more is switched off; nothing else is done."""
        said = [token for token in frame.tokens if not token.is_("separator")]
        switches = [
            f for t in frame.functions for i in t.all("function") for f in self._vocabulary.functions[i]
        ]
        if not said or said[-1].text not in ("了", "啦", "喇") or not any(t.text in _NO_MORE for t in said):
            return False
        if not any(_plain_switch(f) for f in switches) or any(verb != "set" for verb, _ in frame.verbs):
            return False
        frame.mood, frame.verbs = "command", [("off", frame.functions[0])]
        self._commander.carry_out(sentence, frame, sentence.notes[-1])
        return True

    def _command(self, sentence: Sentence, frame: Frame, note: dict[str, Any]) -> None:
        if not carried(frame):
            sentence.fail("not_understood", sentence.words(frame), 0.3)
            return
        if frame.loose:
            sentence.doubt(0.85)
        frame.spoken_of = frozenset(c.function for c in sentence.commands or sentence.context.last_commands)
        if frame.strange_verb and not frame.wish and not frame.moments:
            sentence.fail("not_understood", sentence.words(frame), 0.35)
            return
        if not frame.wish and (frame.ensure or granted(frame.tokens) or wants_going(frame.tokens)):
            frame.verbs += [(_OF_STATE[s], frame.tokens[-1]) for s in frame.states if s in _OF_STATE]
        if (
            frame.verbs
            and not frame.heads
            and sentence.steps
            and all(t.text in _VAGUE for _, t in frame.verbs)
        ):
            return  # ..., 弄一下: what was said before is meant
        if any(token.is_("same") for token in frame.tokens) and not (frame.numbers or frame.choices):
            frame.verbs, frame.also, frame.pronoun = [], True, False  # 主卧也调成这样
        meant = [f for t in frame.functions for i in t.all("function") for f in self._vocabulary.functions[i]]
        if frame.functions and _asks_to_tell(frame) and not any(f.type is Type.ACTION for f in meant):
            frame.verbs.clear()
            self._question(sentence, frame)
            return
        if not frame.wish and any(f.type is Type.ACTION for f in meant):
            frame.verbs.append(("run", frame.functions[0]))
        if at_another_time(sentence, frame) or for_how_long(sentence, frame):
            return
        if not frame.wish and self._goes_on(sentence, frame):
            return
        if not frame.wish and frame.moments and any(head.thing for head in frame.heads) and not frame.unknown:
            frame.verbs.append(("on", frame.tokens[-1]))  # 浇花十分钟
        if not frame.wish and frame.functions:
            if (frame.heads or sentence.condition) and any(_plain_switch(f) for f in meant):
                frame.verbs.append(("on", frame.functions[0]))  # 电视静音
            else:  # a function that is only named is asked about
                self._question(sentence, frame)
                sentence.doubt(0.85)
                return
        if not frame.wish and too_far(sentence, frame, self._commander):
            return
        if not frame.wish and further(sentence, frame, self._commander):
            return
        if not frame.wish:
            self._unclear(sentence, frame)
            return
        placed = bool(sentence.context.area) or any(head.place for head in frame.heads)
        if frame.needs == ["sleep"]:
            sentence.say = _NOTED[sentence.language]
            if not placed:
                return  # whose lamps are meant is not known
        self._commander.carry_out(sentence, frame, note)

    @staticmethod
    def _unclear(sentence: Sentence, frame: Frame) -> None:
        words = sentence.words(frame)
        if all(token.is_(*_EMPTY) for token in frame.tokens) and sentence.steps:
            return
        of_home = any(token.is_("device", "area", "kind", "verb", "function") for token in frame.tokens)
        sentence.fail("not_understood", words, 0.8 if sentence.steps else 0.5 if of_home else 0.3)


def _asks_to_tell(frame: Frame) -> bool:
    """Give me the temperature in the study: a value to be told, since none is said."""
    given = frame.numbers or frame.choices or frame.levels or frame.changes or frame.more or frame.text_from
    return not given and bool(frame.verbs) and all(token.text in _GIVE for _, token in frame.verbs)


_GIVE = frozenset({"give me", "give us", "fetch me", "get me"})


def _plain_switch(function: Function) -> bool:
    """Something that is switched on by its mere name: mute, swing. Never what opens or unlocks."""
    return (
        function.type is Type.BOOL and Action.ON in function.actions and function.id not in ("on_off", "lock")
    )
