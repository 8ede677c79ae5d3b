"""What lies between a mouth and a microphone: nothing, noise, or a furnished room with noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from homebody.speech.audio import HEARING_HZ, Audio

ECHO_DB = -12.0
"""The sum of a room's echoes, against the direct sound."""
REVERBERATION_S = 0.35
"""Seconds in which the echoes fall by 60 dB: a living room with curtains and a sofa."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """``noise_db`` is the ratio of speech to noise; None is no noise."""

    id: str
    title: str
    noise_db: float | None = None
    room: bool = False


CLEAN = Condition(id="clean", title="clean")
NOISY = Condition(id="noisy", title="10 dB noise", noise_db=10.0)
ROOM = Condition(id="room", title="room, 15 dB noise", noise_db=15.0, room=True)
CONDITIONS = (CLEAN, NOISY, ROOM)


def heard(audio: Audio, condition: Condition, seed: int) -> Audio:
    """The sound at the microphone, at the hearing rate; the same for the same seed."""
    random = np.random.default_rng(seed)
    samples = audio.at(HEARING_HZ).samples.astype(np.float64)
    if condition.room:
        samples = np.convolve(samples, _impulse(random))[: len(samples)]
    if condition.noise_db is not None:
        noise = _pink(len(samples), random)
        samples = samples + noise * _rms(samples) / max(_rms(noise), 1e-12) * 10 ** (-condition.noise_db / 20)
    peak = float(np.abs(samples).max(initial=1e-9))
    return Audio(samples=(samples / max(peak, 1.0)).astype(np.float32), rate=HEARING_HZ)


def _impulse(random: np.random.Generator) -> NDArray[np.float64]:
    """Direct sound, then noise that dies away."""
    length = round(REVERBERATION_S * HEARING_HZ)
    tail = random.standard_normal(length) * 10 ** (-3 * np.arange(length) / length)
    tail *= 10 ** (ECHO_DB / 20) / np.sqrt(np.sum(tail**2))
    tail[0] = 1.0
    return np.asarray(tail)


def _pink(length: int, random: np.random.Generator) -> NDArray[np.float64]:
    """Noise with as much power in each octave, as fans and traffic have it."""
    spectrum = np.fft.rfft(random.standard_normal(length))
    spectrum[1:] /= np.sqrt(np.arange(1, len(spectrum)))
    return np.asarray(np.fft.irfft(spectrum, length))


def _rms(samples: NDArray[np.float64]) -> float:
    return float(np.sqrt(np.mean(samples**2))) if len(samples) else 0.0
