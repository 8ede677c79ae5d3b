"""What Whisper hears: the logarithm of 80 bands of sound, 100 frames a second.

After the published recipe: a window of 25 ms (Hann) every 10 ms, mel bands after Slaney, clipped 8 decades
below the loudest, scaled to about -1 to 1.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from homebody.speech.audio import HEARING_HZ, Samples

FRAMES_A_SECOND = 100
WINDOW = 400
HOP = 160


def log_mel(samples: Samples, padded: int) -> NDArray[np.float32]:
    """(1, 80, padded/160) of sound at 16 kHz, followed by silence up to ``padded`` samples."""
    around = WINDOW // 2
    sound = np.zeros(padded + 2 * around, np.float32)
    sound[around : around + len(samples)] = samples
    sound[:around] = samples[1 : around + 1][::-1] if len(samples) > around else 0.0
    power = spectra(sound, padded // HOP, np.hanning(WINDOW + 1)[:-1].astype(np.float32), WINDOW)
    bands = np.log10(np.maximum(filters(80, WINDOW) @ power.T, 1e-10))
    bands = np.maximum(bands, bands.max() - 8.0)
    return np.asarray((bands + 4.0) / 4.0, np.float32)[np.newaxis]


def spectra(sound: Samples, frames: int, window: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    """(frames, size/2 + 1): the power of each frame of ``size`` samples, 10 ms apart."""
    pieces = np.lib.stride_tricks.sliding_window_view(sound, len(window))[::HOP][:frames]
    return np.asarray(np.abs(np.fft.rfft(pieces * window, size)) ** 2, np.float32)


@cache
def filters(bands: int, size: int) -> NDArray[np.float32]:
    """(bands, size/2 + 1): triangles of equal area, even in mel from 0 Hz to half the rate."""
    edges = _hertz(np.linspace(_mel(0.0), _mel(HEARING_HZ / 2), bands + 2))
    bins = np.fft.rfftfreq(size, 1 / HEARING_HZ)
    rising = (bins - edges[:-2, np.newaxis]) / np.diff(edges)[:-1, np.newaxis]
    falling = (edges[2:, np.newaxis] - bins) / np.diff(edges)[1:, np.newaxis]
    triangles = np.maximum(0.0, np.minimum(rising, falling))
    return np.asarray(triangles * (2.0 / (edges[2:] - edges[:-2]))[:, np.newaxis], np.float32)


# Slaney's mel scale: even up to 1,000 Hz, logarithmic above.
_STEP = 200.0 / 3
_BREAK_HZ = 1_000.0
_BREAK_MEL = _BREAK_HZ / _STEP
_LOG_STEP = float(np.log(6.4) / 27.0)


def _mel(hertz: float) -> float:
    if hertz < _BREAK_HZ:
        return hertz / _STEP
    return _BREAK_MEL + float(np.log(hertz / _BREAK_HZ)) / _LOG_STEP


def _hertz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    above = _BREAK_HZ * np.exp(_LOG_STEP * (mel - _BREAK_MEL))
    return np.where(mel < _BREAK_MEL, mel * _STEP, above)
