"""Sound files of any kind: WAV, FLAC, OGG, MP3 and more, any rate, any number of channels.

A file is read block by block, so that an hour of it takes no more memory than a minute.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from numpy.typing import NDArray

from homebody.core.errors import InputError
from homebody.speech.audio import HEARING_HZ, Audio, Resampler, Samples, joined

if TYPE_CHECKING:
    import soundfile

BLOCK_S = 10.0
KINDS = "WAV, FLAC, OGG, MP3, AIFF and what else libsndfile reads"
_TEXT_LOOK = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundFile:
    """What a file says of itself. ``seconds`` is 0 where its header does not tell."""

    name: str
    seconds: float
    rate: int
    channels: int


def look(path: Path) -> SoundFile:
    """Raises InputError for what is no sound file."""
    with path_opened(path) as file, _opened(file, path.name) as sound:
        return SoundFile(
            name=path.name,
            seconds=max(0, sound.frames) / sound.samplerate,
            rate=sound.samplerate,
            channels=sound.channels,
        )


def read(path: Path, rate: int = HEARING_HZ) -> Audio:
    """A whole file, mixed down to one channel. Raises InputError for what is no sound, or for none at all."""
    return joined(blocks(path, rate))


def decode(data: bytes, name: str = "sound", rate: int = HEARING_HZ) -> Audio:
    """The same for a file that is in memory."""
    return joined(_blocks(io.BytesIO(data), name, rate, BLOCK_S))


def blocks(path: Path, rate: int = HEARING_HZ, block_s: float = BLOCK_S) -> Iterator[Audio]:
    """A file in pieces of about ``block_s`` seconds. Raises InputError as ``read`` does, at any piece."""
    with path_opened(path) as file:
        yield from _blocks(file, path.name, rate, block_s)


def path_opened(path: Path) -> BinaryIO:
    """Raises InputError where the file cannot be opened."""
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error


def write(path: Path, audio: Audio) -> None:
    """16 bit, of the kind that the name ends in (.wav, .flac, .ogg, .mp3). Raises InputError."""
    import soundfile  # noqa: PLC0415

    kind = path.suffix.lstrip(".").upper() or "WAV"
    if kind not in soundfile.available_formats():
        raise InputError(
            f"{path.name}: {kind} is no kind of sound file", hint="end the name in .wav or .flac"
        )
    try:
        with path.open("wb") as file:
            soundfile.write(file, audio.samples, audio.rate, format=kind)
    except (OSError, soundfile.LibsndfileError) as error:
        raise InputError(f"{path} cannot be written: {error}") from error


def wav(audio: Audio) -> bytes:
    """A whole WAV file, 16 bit."""
    import soundfile  # noqa: PLC0415

    file = io.BytesIO()
    soundfile.write(file, audio.samples, audio.rate, format="WAV", subtype="PCM_16")
    return file.getvalue()


def _blocks(file: BinaryIO, name: str, rate: int, block_s: float) -> Iterator[Audio]:
    import soundfile  # noqa: PLC0415

    heard = 0
    with _opened(file, name) as sound:
        resampler = Resampler(sound.samplerate, rate)
        size = max(1, round(block_s * sound.samplerate))
        while True:
            try:
                block = sound.read(size, dtype="float32", always_2d=True)
            except soundfile.LibsndfileError as error:
                raise InputError(f"{name} breaks off after {heard / rate:.1f} s: {error}") from error
            last = len(block) < size
            samples = resampler.feed(_mono(block), last=last)
            heard += len(samples)
            if len(samples):
                yield Audio(samples=samples, rate=rate)
            if last:
                break
    if not heard:
        raise InputError(f"{name} holds no sound: it is a sound file of no length")


def _mono(block: NDArray[np.float32]) -> Samples:
    """The mean of the channels; what is no number counts as silence."""
    return np.asarray(np.nan_to_num(block.mean(axis=1), posinf=1.0, neginf=-1.0), np.float32)


def _opened(file: BinaryIO, name: str) -> soundfile.SoundFile:
    import soundfile  # noqa: PLC0415

    beginning = file.read(_TEXT_LOOK)
    file.seek(0)
    if not beginning:
        raise InputError(f"{name} is empty: 0 bytes")
    try:
        return soundfile.SoundFile(file)
    except soundfile.LibsndfileError as error:
        what = "is a text file, no sound" if _is_text(beginning) else "is no sound file that can be read"
        raise InputError(f"{name} {what}", hint=f"what can be read: {KINDS}") from error


def _is_text(beginning: bytes) -> bool:
    try:
        text = beginning.decode()
    except UnicodeDecodeError as error:
        text = beginning[: error.start].decode()
        if len(beginning) - error.start > 3:  # not just a character that the end cuts in two
            return False
    return all(letter.isprintable() or letter in "\r\n\t\f" for letter in text)
