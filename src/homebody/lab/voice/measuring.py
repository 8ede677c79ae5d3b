"""Putting a measurement together from what is on this machine."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

import psutil

from homebody.assistant.assembly import assemble, speech_of
from homebody.assistant.plan import Plan
from homebody.assistant.understanding.understanding import Understanding
from homebody.assistant.voice.loading import engines_of, wake_phrases
from homebody.assistant.voice.phrases import phrases_of_home
from homebody.assistant.voice.receipt import SpokenReceipt
from homebody.assistant.voice.shared import Loaded
from homebody.assistant.voice.workers import Workers
from homebody.core.clock import ManualClock
from homebody.core.gate import Gate
from homebody.core.settings import Settings
from homebody.home.file import default_home
from homebody.home.function import Value
from homebody.home.label import Language, language_of
from homebody.lab.reading import NOW, SHANGHAI
from homebody.lab.suite import Suite
from homebody.lab.voice.clips import VOICES, Clips
from homebody.lab.voice.conditions import CLEAN, CONDITIONS, NOISY, heard
from homebody.lab.voice.listeners import Homebody, Listener, Plain, Read
from homebody.lab.voice.live import Stage, turns
from homebody.lab.voice.peer import FasterWhisper, published_files
from homebody.lab.voice.report import VoiceReport
from homebody.lab.voice.run import run
from homebody.lab.voice.selection import Command, commands
from homebody.lab.voice.waking import SPEEDS, Waking, measure, phrases_said
from homebody.speech import catalogue
from homebody.speech.audio import Audio
from homebody.speech.room import SpeechRoom
from homebody.weights.store import Store

Watch = Callable[[str, int, int], None]
"""Told what is done, how much of it, and of how much."""

WAKING = (CLEAN, NOISY)
"""The conditions in which wake phrases, and what is none, are heard."""
LONG_ANSWER = "这是一句说得很长的回答，长到有人想打断它。" * 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """``sentences`` in each language; ``live`` of them in real time; wake phrases and minutes of speech."""

    suites: Sequence[Suite]
    languages: Sequence[Language]
    sentences: int
    live: int
    waking: bool
    peer: bool


class Bench:
    """The rooms of speech and understanding, as a spoken turn uses them, and the clips."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._store = store
        began = time.perf_counter()
        self.room: SpeechRoom = speech_of(settings, Gate())
        self.recogniser = self.room.recogniser()
        self.synthesiser = self.room.synthesiser()
        self.load_s = time.perf_counter() - began
        self.clips = Clips(settings.data_dir / "cache" / "lab-voice", self.synthesiser)
        self._home = replace(default_home(), location=SHANGHAI)

    def read(self) -> Read:
        """The grammar in the default home, at the time at which all cases are said."""
        state: dict[str, dict[str, Value]] = {id_: dict(values) for id_, values in self._home.state.items()}
        understanding = Understanding(
            self._home, ManualClock(NOW), states=lambda device: state.get(device, {})
        )

        def plan(text: str) -> Plan:
            return understanding.read(text, spoken=True).plan

        return plan

    async def listeners(self, *, peer: bool) -> list[Listener]:
        """Homebody, the same without the home's words, and the peer where it is wanted."""
        read = self.read()
        found: list[Listener] = [
            Homebody(recogniser=self.recogniser, read=read, phrases=phrases_of_home(self._home)),
            Plain(recogniser=self.recogniser, read=read),
        ]
        if peer:
            folder = self._settings.data_dir / "cache" / "lab-voice" / "whisper-base"
            found.append(FasterWhisper(await published_files(self._store, folder), read))
        return found

    def loaded(self) -> Loaded:
        return engines_of(self.room, ())

    def waking(self, chosen: Sequence[Command], watch: Callable[[], None]) -> Waking:
        """The wake phrases of the settings, and the commands as speech that is none."""
        phrases = wake_phrases(self._settings)
        said = phrases_said([(phrase, language_of(phrase)) for phrase in phrases], self.clips, WAKING)
        engine = self.room.wake_engine(phrases)
        return measure(engine, lambda: self.room.wake(phrases), said, self._other(chosen), watch)

    def _other(self, chosen: Sequence[Command]) -> Iterator[Audio]:
        """The commands by all voices, quiet and noisy."""
        for number, command in enumerate(chosen):
            for voice in VOICES[command.language]:
                clip = self.clips.get(command.case.say, voice)
                for condition in WAKING:
                    yield heard(clip, condition, number)


async def measure_voice(settings: Settings, store: Store, wanted: Wanted, watch: Watch) -> VoiceReport:
    """Everything that is wanted. ``watch`` is told of each step.

    Raises HomebodyError where a model is missing.
    """
    bench = Bench(settings, store)
    chosen = [
        command
        for language in wanted.languages
        for command in commands(wanted.suites, language, wanted.sentences)
    ]
    listeners = await bench.listeners(peer=wanted.peer)
    heard_by = len(VOICES["zh"]) * len(CONDITIONS) * len(listeners)
    step = _counting(watch, "commands", len(chosen) * heard_by)
    results = list(run(chosen, bench.clips, CONDITIONS, listeners, step))
    wakings = []
    if wanted.waking:
        spoken = len(wake_phrases(settings)) * len(VOICES["zh"]) * len(SPEEDS) * len(WAKING)
        step = _counting(watch, "wake phrase", spoken + len(chosen) * len(VOICES["zh"]) * len(WAKING))
        wakings = [bench.waking(chosen, step)]
    live = list(_spread(chosen, wanted.live))
    clips = [bench.clips.get(each.case.say, VOICES[each.language][0]) for each in live]
    receipts: list[SpokenReceipt] = []
    barge_ins: list[float] = []
    if clips:
        step = _counting(watch, "real time", len(clips) + len(clips) // 3)
        assistant = assemble(_without_model(settings), journal=False)
        await assistant.start()
        workers = Workers()
        try:
            stage = Stage(assistant=assistant, loaded=bench.loaded(), workers=workers)
            for clip in clips:
                receipts += await turns(stage, [clip])
                step()
            for clip in clips[: len(clips) // 3]:
                ms = await stage.barge_in(clip, LONG_ANSWER)
                barge_ins += [ms] if ms is not None else []
                step()
        finally:
            workers.close()
            await assistant.close()
    return VoiceReport(
        models=f"Heard by {bench.room.recogniser_model().title}, spoken by {catalogue.KOKORO.title}",
        results=results,
        wakings=wakings,
        receipts=receipts,
        barge_ins_ms=barge_ins,
        load_s=bench.load_s,
        memory_mb=psutil.Process().memory_info().rss / 1e6,
    )


def _counting(watch: Watch, what: str, total: int) -> Callable[[], None]:
    done = count(1)
    return lambda: watch(what, next(done), total)


def _without_model(settings: Settings) -> Settings:
    """The built-in home, which the sentences are of, without a language model."""
    return replace(settings, home_file=None, model="none")


def _spread(chosen: Sequence[Command], wanted: int) -> list[Command]:
    step = max(len(chosen) / wanted, 1.0) if wanted else 1.0
    return [chosen[int(index * step)] for index in range(min(wanted, len(chosen)))]
