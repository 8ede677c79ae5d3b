"""Sound as a value: mono samples and their rate. Everything in this room takes and gives these."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from homebody.core.errors import InputError

if TYPE_CHECKING:
    import soxr

Samples = NDArray[np.float32]
"""One channel, -1 to 1."""

HEARING_HZ = 16_000
"""The rate at which everything is heard: detectors and recognisers get this and nothing else."""
_FULL = 32_767
_CLIPPED_AT = 0.997
_CLIPPED_SHARE = (
    0.002  # of all samples: a shout touches the limit now and then, an overdriven input sits there
)
_SILENT_PEAK = 0.002  # -54 dB: below it there is nothing to understand


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Audio:
    """``samples`` (float32, one channel, -1 to 1) at ``rate`` a second. Not to be written to."""

    samples: Samples
    rate: int

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.rate

    @property
    def peak(self) -> float:
        """The loudest sample, 0 to 1."""
        return float(np.abs(self.samples).max(initial=0.0))

    @property
    def silent(self) -> bool:
        """Nothing in it can be heard."""
        return self.peak < _SILENT_PEAK

    @property
    def clipped(self) -> bool:
        """So much of it touches the limit that words suffer."""
        if not len(self.samples):
            return False
        return float(np.mean(np.abs(self.samples) >= _CLIPPED_AT)) > _CLIPPED_SHARE

    def at(self, rate: int) -> Audio:
        """The same sound at another rate."""
        if rate == self.rate:
            return self
        import soxr  # noqa: PLC0415

        return Audio(
            samples=np.asarray(soxr.resample(self.samples, self.rate, rate), dtype=np.float32), rate=rate
        )

    def part(self, start_s: float, end_s: float) -> Audio:
        """From ``start_s`` up to ``end_s``, as far as there is sound."""
        first, last = (max(0, round(second * self.rate)) for second in (start_s, end_s))
        return Audio(samples=self.samples[first:last], rate=self.rate)

    def to_pcm16(self) -> bytes:
        """16 bit, little-endian. What is louder than full scale is cut."""
        return (np.clip(self.samples, -1.0, 1.0) * _FULL).astype("<i2").tobytes()


def from_pcm16(data: bytes, rate: int) -> Audio:
    """Mono 16 bit little-endian. Raises InputError for an odd number of bytes."""
    if len(data) % 2:
        raise InputError(f"16 bit sound comes in pairs of bytes, and here are {len(data):,}")
    samples: Samples = np.frombuffer(data, "<i2").astype(np.float32) / np.float32(_FULL + 1)
    return Audio(samples=samples, rate=rate)


def silence(seconds: float, rate: int = HEARING_HZ) -> Audio:
    """Nothing, for so long."""
    return Audio(samples=np.zeros(round(seconds * rate), np.float32), rate=rate)


def joined(pieces: Iterable[Audio]) -> Audio:
    """One after the other; all of one rate. No pieces give an empty sound at the hearing rate."""
    parts = list(pieces)
    if not parts:
        return silence(0)
    rates = {part.rate for part in parts}
    if len(rates) > 1:
        raise ValueError(f"pieces of different rates: {sorted(rates)}")
    return Audio(samples=np.concatenate([part.samples for part in parts]), rate=rates.pop())


class Resampler:
    """Turns a stream of one rate into another, piece by piece, without seams."""

    def __init__(self, rate_in: int, rate_out: int = HEARING_HZ) -> None:
        self._rate_in, self._rate_out = rate_in, rate_out

    @cached_property
    def _stream(self) -> soxr.ResampleStream:
        import soxr  # noqa: PLC0415

        return soxr.ResampleStream(self._rate_in, self._rate_out, 1, dtype="float32")

    def feed(self, samples: Samples, *, last: bool = False) -> Samples:
        """What is ready after these samples; with ``last``, all that remains."""
        if self._rate_in == self._rate_out:
            return samples
        return np.asarray(self._stream.resample_chunk(samples, last=last), np.float32)
