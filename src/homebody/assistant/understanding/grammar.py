"""The grammar: a sentence and a home in, a plan and its reasons out. Deterministic, no model, no network."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from homebody.assistant.context import Context
from homebody.assistant.plan import NOW, Command, Plan, Problem, Reminder, Say, Step, When
from homebody.assistant.turn import MAX_TEXT
from homebody.assistant.understanding.clauses.appointed import appointed
from homebody.assistant.understanding.clauses.clauses import clauses
from homebody.assistant.understanding.clauses.contradictions import contradicting, with_opposites_joined
from homebody.assistant.understanding.clauses.english_contrasts import without_contrasts
from homebody.assistant.understanding.clauses.lattice import tokenise
from homebody.assistant.understanding.clauses.piece import Piece
from homebody.assistant.understanding.clauses.quoting import speech_from
from homebody.assistant.understanding.everyday.english_supplies import supply
from homebody.assistant.understanding.everyday.everyday import everyday, notice
from homebody.assistant.understanding.everyday.talk import answer, small_talk
from homebody.assistant.understanding.everyday.timers import of_last_timer
from homebody.assistant.understanding.hearing.sounds import Sounds
from homebody.assistant.understanding.home_words.ones import with_ones
from homebody.assistant.understanding.home_words.own_words import OwnWords
from homebody.assistant.understanding.home_words.shared_names import spelled_out
from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.limits import beyond_clauses, beyond_text, beyond_words
from homebody.assistant.understanding.meaning.commands import Commander
from homebody.assistant.understanding.meaning.conditions import condition_of
from homebody.assistant.understanding.meaning.followups import (
    again,
    at_another_time,
    follow_up,
    for_how_long,
    further,
    taken_back,
    too_far,
)
from homebody.assistant.understanding.meaning.places import in_places
from homebody.assistant.understanding.meaning.questions import questions
from homebody.assistant.understanding.meaning.sentence import Sentence, States, language_of_sentence
from homebody.assistant.understanding.meaning.targets import Around, Finder
from homebody.assistant.understanding.meaning.writing import Writing
from homebody.assistant.understanding.moods.aspect import granted
from homebody.assistant.understanding.moods.mood import mood_of
from homebody.assistant.understanding.moods.statements import wants_going
from homebody.assistant.understanding.reading.chinese_asides import aside, complains, wishes_itself
from homebody.assistant.understanding.reading.english_asides import Spared, without_asides
from homebody.assistant.understanding.reading.frame import Frame
from homebody.assistant.understanding.reading.reader import read_clause
from homebody.assistant.understanding.words.lexicon import sounding
from homebody.assistant.understanding.words.normalise import Normalised, fold, normalise
from homebody.assistant.understanding.words.token import Token
from homebody.home.device import Device, Home
from homebody.home.function import Action, Function, Type

__all__ = ["Grammar", "Reading", "States", "language_of_sentence"]

_MISHEARD = ("打开客听的登", "turn on the lihgt in the livng rom")
"""Sentences that lead to the tables of sounds."""
_LOST = ("no_such_device", "no_such_area", "not_understood", "ambiguous")
_NO_MORE = frozenset(
    ["不用", "别", "不要", "不必", "甭", "唔使", "唔好", "别再", "不需要", "无需", "先不用", "先别"]
)
_VAGUE = frozenset(["弄一下", "整一下", "整一下子", "搞一下", "安排一下", "安排上", "弄", "来"])
_LEAVE = {"zh": "好，我不动它。", "en": "All right, I leave it as it is."}
_NOTED = {"zh": "好，知道了。", "en": "All right, noted."}
_ONLY = ("only leave", "leave only", "only keep", "keep only", "只留", "只保留", "只剩")
_BEYOND = {"zh": "这个我不知道。", "en": "That I do not know."}
"""Where there is no model that may know. A question that is beyond the home is a sentence understood."""
_OF_HOME = ("device", "kind", "area", "room", "function", "choice", "timer_word")
"""Words that speak of something else than the last timer, or of a timer by its name."""
_OF_STATE = {
    "open_or_on": "open_or_on", "close_or_off": "close_or_off", "on": "on", "off": "off", "open": "open",
    "closed": "close", "locked": "lock", "playing": "play", "cleaning": "clean",
}  # fmt: skip
"""States that may be wished for ("make sure it is off"). Unlocked is not: unlocking is said clearly."""
_CONDITIONAL = re.compile(
    r"^(?:如果|要是|假如|若是?|倘若|万一|只要|当|等到?|一旦|每当|每次|if|when|once|as soon as) ?"
    r"|[,， ]*(?:就|的时候|的话|之?后|以后|时|便|那)+$"
)
"""The little words of a condition, which are not said again when it is told that it holds."""
_EMPTY = ("filler", "particle_zh", "request", "separator", "also", "again", "no", "too", "more", "amount",
          "pronoun", "next_clause", "joint", "ask")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan and how it came about (``homebody plan --explain``)."""

    plan: Plan
    explanation: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class _Item:
    """One clause: as it was cut, as it was read, and the steps that it is if it is no wish of the home."""

    part: Piece
    frame: Frame
    steps: list[Step]


class Grammar:
    """Understands sentences about one home. Build it once; ``parse`` is pure, `update` follows the home."""

    def __init__(self, home: Home) -> None:
        self.vocabulary = Vocabulary(home)
        self._own_words = OwnWords(self.vocabulary)
        self._sounds = Sounds(self.vocabulary.words, sounding())
        self._follow(home)

    def update(self, home: Home) -> None:
        """Understand this home from now on: the one from before, changed. Devices that came, went or changed
        cost milliseconds; where areas, floors or people did, everything is built anew."""
        self._own_words.forget(self.vocabulary.update(home))
        self._sounds.update(self.vocabulary.words)
        self._follow(home)

    def warm_up(self) -> None:
        """Load what the first misheard sentence of each language would wait for. Another thread may do it."""
        for misheard in _MISHEARD:
            self.parse(misheard)

    def _follow(self, home: Home) -> None:
        self.home = home
        self._commander = Commander(self.vocabulary)
        self._writing = Writing(self.vocabulary)
        self._places = {
            fold(name): area.id for area in home.areas for name in (*area.name.all(), *area.aliases)
        }

    def parse(
        self,
        source: str,
        *,
        context: Context | None = None,
        states: States = lambda _: {},
        now: datetime | None = None,
        prefer: frozenset[str] = frozenset(),
        spoken: bool = False,
    ) -> Reading:
        """``prefer`` are device ids that a person chose between when asked; ``spoken`` text may have been
        written down wrongly from beginning to end."""
        started = time.perf_counter()
        sentence = Sentence(
            text=normalise(source[:MAX_TEXT]),
            language=language_of_sentence(source[:MAX_TEXT]),
            context=context or Context(),
            states=states,
            now=now or datetime.now().astimezone(),
            prefer=prefer,
        )
        said = None
        if beyond := beyond_text(source, sentence.text):
            sentence.problem(beyond)
        elif not ((said := self._answer(sentence)) or self._talk(sentence)):
            self._read(sentence)
            sentence = self._mended(sentence, spoken=spoken)
            said = self._answer_to_nothing(sentence)
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

    def _mended(self, sentence: Sentence, *, spoken: bool) -> Sentence:
        """Where words lead nowhere, what they sound like may lead somewhere; never to opening a lock."""
        if sentence.contradictory or not (sentence.problems or sentence.beyond):
            return sentence
        tokens = tokenise(sentence.text, self.vocabulary)
        strange = any(not token.known for token in tokens)
        lost = _lost(sentence, strange=strange)
        if not lost:
            return sentence
        for text in self._sounds.mended(sentence.text, tokens):
            other = sentence.fresh(text)
            self._read(other)
            better = _lost(other, strange=strange) < lost and len(other.steps) > len(sentence.steps)
            if better and not any(_opens(step) for step in other.steps):
                other.doubt(0.85)
                other.notes.append({"heard": text.text})
                return other
        return self._spelt_anew(sentence) if spoken and strange else sentence

    def _spelt_anew(self, sentence: Sentence) -> Sentence:
        """By the sound of all of it; then nothing may be left over, since so much was rewritten."""
        if sentence.steps and not sentence.problems:
            return sentence
        for text in self._sounds.spelt(sentence.text):
            other = sentence.fresh(text)
            self._read(other)
            if other.steps and not other.problems and not other.beyond and not any(map(_opens, other.steps)):
                other.doubt(0.75)
                other.notes.append({"heard": text.text})
                return other
        return sentence

    # --- before the home is asked

    def _answer(self, sentence: Sentence) -> Literal["yes", "no"] | None:
        said = answer(sentence.text.text) or self._answer_and_more(sentence)
        if said and sentence.context.pending:
            sentence.notes.append({"answer": said})
            return said
        return None

    @staticmethod
    def _answer_to_nothing(sentence: Sentence) -> Literal["yes", "no"] | None:
        """A yes or a no that means nothing else, though nothing was asked: it is told so."""
        said = answer(sentence.text.text)
        meant = sentence.steps or sentence.say or any(p.kind != "not_understood" for p in sentence.problems)
        if said is None or meant or sentence.context.pending:
            return None
        sentence.problems, sentence.confidence, sentence.beyond = [], 1.0, False
        return said

    def _answer_and_more(self, sentence: Sentence) -> Literal["yes", "no"] | None:
        """好的，开吧: yes, and the wish once more, which names nothing new."""
        first, *rest = [part for part in re.split(r"[,.!?]", sentence.text.text) if part.strip()] or [""]
        said = answer(first)
        pending = sentence.context.pending
        if said is None or not rest or pending is None or pending.kind != "confirm":
            return None
        tokens = [token for part in rest for token in tokenise(normalise(part), self.vocabulary)]
        new = any(
            not t.known or t.is_("device", "area", "kind", "number", "room", "question") for t in tokens
        )
        refused = any(t.is_("negation", "no") for t in tokens)
        return said if not new and refused <= (said == "no") else None

    @staticmethod
    def _talk(sentence: Sentence) -> bool:
        said = small_talk(sentence.text.text.strip(), sentence.language)
        sentence.say = said
        return said is not None

    # --- the sentence

    def _read(self, sentence: Sentence) -> None:
        sentence.text = spelled_out(sentence.text, self.vocabulary.words)
        tokens = tokenise(sentence.text, self.vocabulary)
        sentence.notes.append({"mentions": [_note(token) for token in tokens]})
        pending = sentence.context.pending
        if pending and pending.kind == "choose" and self._chosen(sentence, tokens):
            return
        source = sentence.text.source
        if beyond := beyond_words(source, tokens):
            sentence.problem(beyond)
            return
        steps, problems = self._writing.read(sentence.text.text.strip(" ."), sentence.text.source.strip(" ."))
        if steps or problems:
            sentence.steps, sentence.problems = steps, problems
            return
        if sentence.context.about_timer and not any(token.is_(*_OF_HOME) for token in tokens):
            timer = of_last_timer(sentence.text.text, source.strip())
            if timer is not None:
                sentence.steps.append(timer)
                return
        english = sentence.language == "en"
        if english and taken_back(sentence):
            return
        listed = supply(sentence.text.text, source.strip(), sentence.now) if english else None
        if listed is not None:
            sentence.steps = [listed]
            return
        spared = without_asides(without_contrasts(tokens)) if english else Spared(tokens=tokens)
        sentence.area = spared.area
        parts = with_opposites_joined(appointed(clauses(spared.tokens)), sentence.text.text)
        if beyond := beyond_clauses(source, parts):
            sentence.problem(beyond)
            return
        items: list[_Item] = []
        speech = speech_from(sentence.text.text)
        for part, steps in self._free_text(sentence, parts):
            part.tokens = with_ones(part.tokens, self._commander.meant.spoken_of(sentence), self.vocabulary)
            words = self._own_words.read(part.tokens, self._commander.meant.spoken_of(sentence))
            quoted = speech is not None and part.end > speech
            frame = read_clause(words, "quoted" if quoted else mood_of(part.tokens))
            frame.continues = not items and part.joint in ("and", "next") and bool(part.tokens)
            items.append(_Item(part, frame, steps))
        items = _conditions_first(_without_asides(items))
        decided = any(wishes_itself(item.frame) for item in items)
        beside: list[list[Step]] = []  # the steps of clauses that were said side by side
        for position, item in enumerate(items):
            sentence.later = _areas_after(items, position)
            if item.part.joint in ("strong", "next"):
                self._no_contradictions(sentence, beside)
                beside = []
            before = {id(step) for step in sentence.steps}
            if item.steps:
                self._everyday(sentence, item)
            elif decided and complains(item.frame):
                self._reason(sentence, item.frame)
            else:
                self._clause(sentence, item.part, item.frame, [other.frame for other in items])
            beside.append([step for step in sentence.steps if id(step) not in before])
        self._no_contradictions(sentence, beside)
        sentence.steps = list({_key(step): step for step in reversed(sentence.steps)}.values())[::-1]
        self._only_if_clear(sentence, items)
        if not (sentence.steps or sentence.problems or sentence.say):
            sentence.fail("not_understood", sentence.text.source.strip(), 0.2)

    @staticmethod
    def _no_contradictions(sentence: Sentence, beside: list[list[Step]]) -> None:
        taken_back = contradicting(beside)
        if not taken_back:
            return
        sentence.contradictory = True
        sentence.steps = [step for step in sentence.steps if not any(step is other for other in taken_back)]
        sentence.fail("not_understood", sentence.text.source.strip(), 0.7)

    def _free_text(self, sentence: Sentence, parts: list[Piece]) -> Iterator[tuple[Piece, list[Step]]]:
        """Each clause, with the steps that it is if it is about timers, reminders, lists or announcements.
        What is to be said or reminded of takes in the clauses behind it."""
        text, now = sentence.text, sentence.now
        index = 0
        while index < len(parts):
            part, end = parts[index], index + 1
            start = part.start if index else 0
            steps = [] if part.condition else self._assistants(text, start, part.end, now)
            if not steps and _waits(parts, index):
                told = notice(text.text[part.start : part.end], text.words(part.start, part.end))
                steps = [told] if told else []
            if not steps and end < len(parts) and self._completes(text, part, parts[end], start, now):
                end += 1
                steps = self._assistants(text, start, parts[index + 1].end, now)
            if steps:
                speech = isinstance(steps[0], Reminder | Say) and bool(steps[0].text)
                while end < len(parts) and _goes_on(parts[end], speech=speech):
                    if not speech and self._assistants(text, parts[end].start, parts[end].end, now):
                        break
                    end += 1
                steps = self._assistants(text, start, parts[end - 1].end, now) or steps
            yield part, steps
            index = end if steps else index + 1

    def _completes(self, text: Normalised, part: Piece, following: Piece, start: int, now: datetime) -> bool:
        """Whether only both clauses together are about a timer or a list: 设个闹钟，明天六点半."""
        if part.has("device", "area", "kind") or part.condition or following.joint not in ("weak", "strong"):
            return False
        if self._assistants(text, following.start, following.end, now):
            return False
        return bool(self._assistants(text, start, following.end, now))

    def _assistants(self, text: Normalised, start: int, end: int, now: datetime) -> list[Step]:
        return everyday(text.text[start:end], text.words(start, end), now, self._places)

    @staticmethod
    def _everyday(sentence: Sentence, item: _Item) -> None:
        if sentence.failed_condition:
            return
        told = _CONDITIONAL.sub("", sentence.condition_words)
        for step in item.steps:
            said = replace(step, text=told) if isinstance(step, Reminder) and not step.text else step
            waits = sentence.condition is not None and isinstance(step, Reminder | Say)
            sentence.steps.append(replace(said, when=sentence.condition) if waits else said)  # type: ignore[arg-type]

    @staticmethod
    def _only_if_clear(sentence: Sentence, items: list[_Item]) -> None:
        """Locks and valves open only when that was clearly said: no strange words, no doubt beside it."""
        odd = any(item.frame.loose or item.frame.mood == "quoted" for item in items)
        odd = odd or any(p.kind == "not_understood" for p in sentence.problems)
        odd = odd or any(
            token.is_("negation", "reported") and item.frame.mood == "command"
            for item in items
            for token in item.frame.tokens
        )
        if odd and any(_opens(step) for step in sentence.steps):
            sentence.steps = [step for step in sentence.steps if not _opens(step)]
            sentence.fail("not_understood", sentence.text.source.strip(), 0.5)

    def _chosen(self, sentence: Sentence, tokens: Sequence[Token]) -> bool:
        """The answer to "which one?": read the words from before again, with the choice made."""
        pending = sentence.context.pending
        assert pending is not None
        asked = [device for i in pending.candidates if (device := self.home.device(i))]
        frame = read_clause(with_ones(tokens, asked, self.vocabulary))
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

    @staticmethod
    def _reason(sentence: Sentence, frame: Frame) -> None:
        """客厅太暗了，把灯打开: where it was felt is where the wish is meant."""
        sentence.notes.append({"clause": sentence.words(frame), "reason": True})
        areas = {area for head in frame.heads for area in head.areas}
        sentence.area = areas.pop() if len(areas) == 1 else sentence.area

    def _clause(self, sentence: Sentence, part: Piece, frame: Frame, frames: list[Frame]) -> None:
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
            if not _only_told(frame, frames):
                self._condition(sentence, frame, frames)
            return
        if _interjected(frame, frames):
            return
        bare = not (frame.questions or frame.states or frame.verbs or frame.numbers or frame.changes)
        if any(token.is_("repeat") for token in frame.tokens) and frame.heads:
            frame.continues = True  # same again in the bedroom
        repeats = any(token.is_("repeat") for token in frame.tokens) and not (frame.heads or frame.verbs)
        if repeats and again(sentence):
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
        elif sentence.frame is not None and part.joint != "strong" and _told_on(sentence.frame, frame):
            frame.mood = sentence.frame.mood
            self._not_a_wish(sentence, frame)
        elif sentence.failed_condition:
            return  # its condition is a problem already: nothing happens without it
        else:
            self._command(sentence, frame, note)
        sentence.frame = frame

    def _goes_on(self, sentence: Sentence, frame: Frame) -> bool:
        asking = frame.mood == "question"
        return follow_up(sentence, frame, self.vocabulary, self._commander, asking=asking)

    def _condition(self, sentence: Sentence, frame: Frame, frames: list[Frame]) -> None:
        meant = self._meant(sentence, frame, frames)
        found = condition_of(frame, self.vocabulary, sentence.text, self._at(sentence, frames), meant)
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
            device = self.home.device(found.condition.device)
            if device and any(function.writable for function in device.functions):
                sentence.devices = [device]  # if the heater is on, turn it off

    def _meant(self, sentence: Sentence, frame: Frame, frames: list[Frame]) -> list[Device]:
        """What "it" in a condition stands for: the thing of the wish beside it, else what was spoken of."""
        finder = self._commander.meant.finder(sentence)
        heads = [head for other in frames if other is not frame for head in other.heads if head.thing]
        named = [device for head in heads for device in finder.find(head, frame).devices]
        return (named if frame.pronoun else []) or self._commander.meant.spoken_of(sentence)

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
        if found.beyond:
            sentence.beyond = True
            sentence.say = sentence.say or _BEYOND[sentence.language]
        sentence.doubt(found.confidence)

    def _spare(self, sentence: Sentence, frame: Frame) -> bool:
        """只留客厅的灯; leave the hall light on; ...,卧室的别关: not these, neither before nor after."""
        finder = self._commander.meant.finder(sentence)
        kept: set[str] = set()
        kinds = {device.kind for device in sentence.devices}
        for head in (*frame.heads, *frame.exceptions):
            if head.thing:
                found = finder.find(head, frame)
                kept |= {device.id for device in [*found.devices, *found.ambiguous]}
                continue
            areas = finder.areas_of(head)
            kept |= {d.id for d in in_places(self.vocabulary, areas) if not kinds or d.kind in kinds}
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
            finder = self._commander.meant.finder(sentence)
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
            for d in self._commander.meant.finder(sentence).find(head, frame).devices
        ]:
            sentence.place(told)  # the humidifier is empty: switch it off
        if frame.mood == "quoted" or not (frame.heads or frame.verbs or frame.states):
            sentence.doubt(0.5)  # a model may have a better answer

    def _stops(self, sentence: Sentence, frame: Frame) -> bool:
        """不用保温了, 别转了: a function that is to be no more is switched off; nothing else is done."""
        said = [token for token in frame.tokens if not token.is_("separator")]
        switches = [
            f for t in frame.functions for i in t.all("function") for f in self.vocabulary.functions[i]
        ]
        if not said or said[-1].text not in ("了", "啦", "喇") or not any(t.text in _NO_MORE for t in said):
            return False
        if not any(_plain_switch(f) for f in switches) or any(verb != "set" for verb, _ in frame.verbs):
            return False
        frame.mood, frame.verbs = "command", [("off", frame.functions[0])]
        self._commander.carry_out(sentence, frame, sentence.notes[-1])
        return True

    def _command(self, sentence: Sentence, frame: Frame, note: dict[str, Any]) -> None:
        if frame.loose:
            sentence.doubt(0.85)
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
        meant = [f for t in frame.functions for i in t.all("function") for f in self.vocabulary.functions[i]]
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


def _lost(sentence: Sentence, *, strange: bool) -> int:
    """How much of it leads nowhere; what a thing cannot do may be due to a ``strange`` word."""
    kinds = (*_LOST, "no_such_function") if strange else _LOST
    return sum(p.kind in kinds for p in sentence.problems) + sentence.beyond


def _only_told(frame: Frame, frames: list[Frame]) -> bool:
    """It was open when I came home: a "when" beside what is told, or asked in general."""
    others = [other for other in frames if other is not frame and not other.condition]
    return bool(others) and all(other.mood in ("report", "quoted", "question") for other in others)


def _interjected(frame: Frame, frames: list[Frame]) -> bool:
    """Stop, don't turn it off: a lone verb before a prohibition is a call."""
    position = next(i for i, other in enumerate(frames) if other is frame)
    following = frames[position + 1] if position + 1 < len(frames) else None
    alone = len(frame.tokens) == 1 and frame.tokens[0].is_("verb")
    return alone and following is not None and following.mood == "negated"


def _told_on(before: Frame, frame: Frame) -> bool:
    """A clause that goes on with what is told or quoted: he shouted turn it up, turn it up; I put it on, and
    it is still cold. What somebody says of themselves is a reason: she says she is cold, so turn it up."""
    if before.mood == "quoted":
        speech = [
            token for token in before.tokens if not token.is_("reported", "subject", "person", "filler")
        ]
        ordered = any(token.is_("verb") or token.get("phrasal") for token in speech)
        return ordered or not any(token.is_("state", "change", "need") for token in speech)
    complains = any(change.complaint for change in frame.changes) and not (frame.verbs or frame.heads)
    return before.mood == "report" and complains


def _opens(step: Step) -> bool:
    """What must be said clearly: unlocking, and opening a valve."""
    if not isinstance(step, Command):
        return False
    return step.action is Action.UNLOCK or (step.function == "valve" and step.action is Action.OPEN)


def _plain_switch(function: Function) -> bool:
    """Something that is switched on by its mere name: mute, swing. Never what opens or unlocks."""
    return (
        function.type is Type.BOOL and Action.ON in function.actions and function.id not in ("on_off", "lock")
    )


def _without_asides(items: list[_Item]) -> list[_Item]:
    """The clauses without the reasons that were given for them; all of them where there is no wish."""
    rest = [item for item in items if item.steps or not aside(item.frame)]
    wishes = any(
        item.steps
        or item.frame.mood in ("negated", "question")
        or (item.frame.mood == "command" and (item.frame.wish or item.frame.states))
        for item in rest
    )
    return rest if wishes else items


def _conditions_first(items: list[_Item]) -> list[_Item]:
    """Turn on the fan if it is hot: a condition behind its wish moves before it."""
    if len(items) > 1 and items[-1].frame.condition and not items[-2].frame.condition:
        return [*items[:-2], items[-1], items[-2]]
    return items


def _key(step: Step) -> Step:
    """The same wish, said twice in other words, is one."""
    return replace(step, words="") if isinstance(step, Command) else step


def _areas_after(items: list[_Item], position: int) -> frozenset[str]:
    """The one area of the clause that follows by "and", if it has one."""
    following = items[position + 1] if position + 1 < len(items) else None
    if following is None or following.part.joint not in ("and", "next"):
        return frozenset()
    areas = frozenset(area for head in following.frame.heads for area in head.areas)
    return areas if len(areas) == 1 else frozenset()


def _goes_on(part: Piece, *, speech: bool) -> bool:
    """Whether a clause may belong to the free text before it."""
    if part.condition and part.has("device", "kind", "state"):
        return False  # remind me to ring her when the heater is on
    if part.joint in ("strong", "next"):
        return False
    return speech or not part.has("device", "area", "kind")


def _waits(parts: Sequence[Piece], index: int) -> bool:
    """Whether a condition stands beside this clause."""
    beside = [parts[i] for i in (index - 1, index + 1) if 0 <= i < len(parts)]
    return not parts[index].condition and any(part.condition for part in beside)


def _note(token: Token) -> dict[str, Any]:
    shown = [
        f"{e.category}={'|'.join(sorted(e.value)) if isinstance(e.value, frozenset) else e.value}"
        for e in token.entries
    ]
    return {"text": token.text, "as": shown or ["unknown"]}
