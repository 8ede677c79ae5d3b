"""The grammar: a sentence and a home in, a plan and its reasons out. Deterministic, no model, no network."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from homebody.assistant.context import Context
from homebody.assistant.plan import Command, Plan, Step
from homebody.assistant.turn import MAX_TEXT
from homebody.assistant.understanding.answering import answered, answered_nothing
from homebody.assistant.understanding.clauses.appointed import appointed
from homebody.assistant.understanding.clauses.clauses import clauses
from homebody.assistant.understanding.clauses.contradictions import with_opposites_joined
from homebody.assistant.understanding.clauses.english_meant import as_meant
from homebody.assistant.understanding.clauses.lattice import tokenise
from homebody.assistant.understanding.clauses.quoting import speech_from
from homebody.assistant.understanding.everyday.english_supplies import supply
from homebody.assistant.understanding.everyday.free_text import FreeText
from homebody.assistant.understanding.everyday.talk import small_talk
from homebody.assistant.understanding.everyday.timers import of_last_timer
from homebody.assistant.understanding.hearing.sounds import Sounds
from homebody.assistant.understanding.home_words.ones import with_ones
from homebody.assistant.understanding.home_words.own_words import OwnWords
from homebody.assistant.understanding.home_words.shared_names import spelled_out
from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.limits import beyond_clauses, beyond_text, beyond_words
from homebody.assistant.understanding.meaning.caution import no_contradictions, only_if_clear, opens
from homebody.assistant.understanding.meaning.followups import taken_back
from homebody.assistant.understanding.meaning.interpreter import Interpreter
from homebody.assistant.understanding.meaning.sentence import Sentence, language_of_sentence
from homebody.assistant.understanding.meaning.targets import Around, Finder
from homebody.assistant.understanding.meaning.undoing import undone
from homebody.assistant.understanding.meaning.writing import Writing
from homebody.assistant.understanding.moods.mood import mood_of
from homebody.assistant.understanding.reading.chinese_asides import complains, wishes_itself
from homebody.assistant.understanding.reading.english_asides import Spared, without_asides
from homebody.assistant.understanding.reading.items import (
    Item,
    areas_after,
    conditions_first,
    without_reasons,
)
from homebody.assistant.understanding.reading.reader import read_clause
from homebody.assistant.understanding.skills.phrases import SkillPhrases
from homebody.assistant.understanding.skills.sentences import read_skills
from homebody.assistant.understanding.wishes.states import States
from homebody.assistant.understanding.words.lexicon import sounding
from homebody.assistant.understanding.words.normalise import fold, normalise
from homebody.assistant.understanding.words.token import Token
from homebody.home.device import Home

_MISHEARD = ("打开客听的登", "turn on the lihgt in the livng rom")
"""Sentences that lead to the tables of sounds."""
_LOST = ("no_such_device", "no_such_area", "not_understood", "ambiguous")
_OF_HOME = ("device", "kind", "area", "room", "function", "choice", "timer_word")
"""Words that speak of something else than the last timer, or of a timer by its name."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan and how it came about (``homebody plan --explain``)."""

    plan: Plan
    explanation: tuple[dict[str, Any], ...] = ()


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
        self._interpreter = Interpreter(self.vocabulary)
        self._writing = Writing(self.vocabulary)
        places = {fold(name): area.id for area in home.areas for name in (*area.name.all(), *area.aliases)}
        self._free_text = FreeText(places)
        self._skills = SkillPhrases(home)

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
        elif not ((said := answered(sentence, self.vocabulary)) or self._talk(sentence)):
            sentence = (self._by_sound(sentence) if spoken else None) or self._as_written(sentence)
            sentence = self._mended(sentence, spoken=spoken)
            said = answered_nothing(sentence)
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

    def _as_written(self, sentence: Sentence) -> Sentence:
        self._read(sentence)
        return sentence

    def _by_sound(self, sentence: Sentence) -> Sentence | None:
        """With the names and numbers that it cannot but mean; never for opening a lock."""
        text = self._sounds.sure(sentence.text)
        if text.text == sentence.text.text:
            return None
        other = self._as_written(sentence.fresh(text))
        if any(map(opens, other.steps)):
            return None
        other.doubt(0.9)
        other.notes.append({"heard": text.text})
        return other

    def _mended(self, sentence: Sentence, *, spoken: bool) -> Sentence:
        """Where words lead nowhere, what they sound like may lead somewhere; never to opening a lock."""
        if sentence.contradictory:
            return sentence
        tokens = tokenise(sentence.text, self.vocabulary)
        strange = any(not token.known for token in tokens)
        lost = _lost(sentence, strange=strange)
        said = {i for token in tokens for i in token.all("action")} if sentence.language == "en" else set()
        if not lost:
            return self._spelt_anew(sentence) if spoken and strange else sentence
        for text in self._sounds.mended(sentence.text, tokens):
            other = sentence.fresh(text)
            self._read(other)
            better = _lost(other, strange=strange) < lost and len(other.steps) > len(sentence.steps)
            if said and not all(getattr(step, "function", None) in said for step in other.steps):
                continue  # shuffle the tiles: what is to be done is plain, and no television does it
            if better and not any(opens(step) for step in other.steps):
                other.doubt(0.85)
                other.notes.append({"heard": text.text})
                return other
        return self._spelt_anew(sentence) if spoken and strange else sentence

    def _spelt_anew(self, sentence: Sentence) -> Sentence:
        """By the sound of all of it: no word may be left over, since so much was rewritten."""
        left = self._left_over(sentence)
        for text in self._sounds.spelt(sentence.text):
            other = sentence.fresh(text)
            self._read(other)
            whole = other.steps and not other.problems and not other.beyond
            if whole and self._left_over(other) < left and not any(map(opens, other.steps)):
                other.doubt(0.75)
                other.notes.append({"heard": text.text})
                return other
        return sentence

    def _left_over(self, sentence: Sentence) -> int:
        """Characters of unknown words."""
        return sum(len(t.text) for t in tokenise(sentence.text, self.vocabulary) if not t.known)

    def _talk(self, sentence: Sentence) -> bool:
        if self._skills.read(sentence.text.text, sentence.context.area):
            return False  # "where are you" is no small talk where a robot can tell
        said = small_talk(sentence.text.text.strip(), sentence.language)
        sentence.say = said
        return said is not None

    def _read(self, sentence: Sentence) -> None:
        sentence.text = spelled_out(sentence.text, self.vocabulary.words)
        tokens = tokenise(sentence.text, self.vocabulary)
        sentence.notes.append({"mentions": [token.shown() for token in tokens]})
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
        if english and (taken_back(sentence) or undone(sentence, self.vocabulary)):
            return
        listed = supply(sentence.text.text, source.strip(), sentence.now) if english else None
        if listed is not None:
            sentence.steps = [listed]
            return
        spared = without_asides(as_meant(tokens, self.vocabulary)) if english else Spared(tokens=tokens)
        sentence.area = spared.area
        parts = with_opposites_joined(appointed(clauses(spared.tokens)), sentence.text.text)
        if beyond := beyond_clauses(source, parts):
            sentence.problem(beyond)
            return
        if self._skills.offered and read_skills(sentence, parts, self._skills, self._interpreter):
            return
        items: list[Item] = []
        speech = speech_from(sentence.text.text)
        for part, steps in self._free_text.read(sentence.text, sentence.now, parts):
            part.tokens = with_ones(part.tokens, self._interpreter.meant.spoken_of(sentence), self.vocabulary)
            words = self._own_words.read(part.tokens, self._interpreter.meant.spoken_of(sentence))
            quoted = speech is not None and part.end > speech
            frame = read_clause(words, "quoted" if quoted else mood_of(part.tokens))
            frame.continues = not items and part.joint in ("and", "next") and bool(part.tokens)
            items.append(Item(part, frame, steps))
        items = conditions_first(without_reasons(items))
        decided = any(wishes_itself(item.frame) for item in items)
        beside: list[list[Step]] = []  # the steps of clauses that were said side by side
        for position, item in enumerate(items):
            sentence.later = areas_after(items, position)
            if item.part.joint in ("strong", "next"):
                no_contradictions(sentence, beside)
                beside = []
            before = {id(step) for step in sentence.steps}
            if item.steps:
                self._interpreter.everyday_steps(sentence, item)
            elif decided and complains(item.frame):
                self._interpreter.reason(sentence, item.frame)
            else:
                self._interpreter.clause(sentence, item.part, item.frame, [other.frame for other in items])
            beside.append([step for step in sentence.steps if id(step) not in before])
        no_contradictions(sentence, beside)
        sentence.steps = list({_key(step): step for step in reversed(sentence.steps)}.values())[::-1]
        only_if_clear(sentence, items)
        if not (sentence.steps or sentence.problems or sentence.say):
            sentence.fail("not_understood", sentence.text.source.strip(), 0.2)

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


def _lost(sentence: Sentence, *, strange: bool) -> int:
    """How much of it leads nowhere; what a thing cannot do may be due to a ``strange`` word."""
    kinds = (*_LOST, "no_such_function") if strange else _LOST
    return sum(p.kind in kinds for p in sentence.problems) + sentence.beyond


def _key(step: Step) -> Step:
    """The same wish, said twice in other words, is one."""
    return replace(step, words="") if isinstance(step, Command) else step
