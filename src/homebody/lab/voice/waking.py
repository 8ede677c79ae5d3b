"""The wake phrase: how often it is heard where it was not said, and how often it is missed where it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from homebody.home.label import Language
from homebody.lab.voice.clips import VOICES, Clips
from homebody.lab.voice.conditions import Condition, heard
from homebody.speech.audio import HEARING_HZ, Audio, Samples, joined, silence
from homebody.speech.wake import WakeDetector

SPEEDS = tuple(round(0.8 + 0.035 * step, 3) for step in range(13))
"""From slow to hasty: with two phrases, four voices and two conditions more than two hundred phrases."""
_PIECE = HEARING_HZ // 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Waking:
    """``false`` wakes in ``minutes`` of other speech; ``missed`` of ``phrases`` that were said."""

    engine: str
    minutes: float
    false: int
    phrases: int
    missed: int


def phrases_said(
    phrases: Sequence[tuple[str, Language]], clips: Clips, conditions: Sequence[Condition]
) -> Iterator[Audio]:
    """Each phrase by each voice of its language, at several speeds, in each condition."""
    seed = 0
    for phrase, language in phrases:
        for voice in VOICES[language]:
            for speed in SPEEDS:
                clip = clips.get(phrase, voice, speed).at(HEARING_HZ)
                for condition in conditions:
                    seed += 1
                    yield heard(joined([silence(0.4), clip, silence(0.8)]), condition, seed)


def measure(
    engine: str,
    new_detector: Callable[[], WakeDetector],
    said: Iterable[Audio],
    other: Iterable[Audio],
    watch: Callable[[], None] = lambda: None,
) -> Waking:
    """``said`` are single phrases, ``other`` is speech without any, as one long stream."""
    phrases = missed = 0
    for sound in said:
        phrases += 1
        missed += not any(True for _ in _woken(new_detector(), sound))
        watch()
    detector, seconds, false = new_detector(), 0.0, 0
    for sound in other:
        seconds += sound.seconds
        false += sum(1 for _ in _woken(detector, sound))
        watch()
    return Waking(engine=engine, minutes=seconds / 60, false=false, phrases=phrases, missed=missed)


def _woken(detector: WakeDetector, sound: Audio) -> Iterator[object]:
    samples: Samples = sound.samples
    for start in range(0, len(samples), _PIECE):
        yield from detector.feed(samples[start : start + _PIECE])
