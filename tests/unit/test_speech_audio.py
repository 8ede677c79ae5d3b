"""Sound as a value and as a file: any rate, channels and kind; and what is no sound."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

pytest.importorskip("numpy", reason="the speech extra is not installed")
soundfile = pytest.importorskip("soundfile", reason="the speech extra is not installed")

import numpy as np

from homebody.core.errors import InputError
from homebody.speech import files
from homebody.speech.audio import HEARING_HZ, Audio, Resampler, from_pcm16, joined, silence


def tone(seconds: float = 1.0, rate: int = HEARING_HZ, hertz: float = 440.0, loud: float = 0.5) -> Audio:
    time = np.arange(round(seconds * rate)) / rate
    return Audio(samples=(loud * np.sin(2 * np.pi * hertz * time)).astype(np.float32), rate=rate)


def pitch(audio: Audio) -> float:
    """The loudest frequency, in hertz."""
    return float(np.argmax(np.abs(np.fft.rfft(audio.samples))) * audio.rate / len(audio.samples))


def test_the_value() -> None:
    audio = tone(2.0)
    assert audio.seconds == 2.0 and audio.peak == pytest.approx(0.5, abs=0.01)
    assert audio.part(0.5, 1.0).seconds == 0.5 and audio.part(1.9, 9).seconds == pytest.approx(0.1)
    assert not audio.silent and silence(1).silent and silence(0).silent
    assert not audio.clipped and not silence(0).clipped
    assert Audio(samples=np.clip(audio.samples * 4, -1, 1), rate=HEARING_HZ).clipped
    back = from_pcm16(audio.to_pcm16(), HEARING_HZ)
    assert np.allclose(back.samples, audio.samples, atol=1e-4)
    assert joined([audio, silence(1)]).seconds == 3.0 and joined([]).seconds == 0
    with pytest.raises(InputError, match="pairs"):
        from_pcm16(b"abc", 16_000)
    with pytest.raises(ValueError, match="rates"):
        joined([audio, silence(1, 8_000)])


@pytest.mark.parametrize("rate", [8_000, 11_025, 22_050, 44_100, 48_000, 96_000])
def test_another_rate_is_the_same_sound(rate: int) -> None:
    audio = tone(1.0, rate).at(HEARING_HZ)
    assert audio.rate == HEARING_HZ and audio.seconds == pytest.approx(1.0, abs=0.01)
    assert pitch(audio) == pytest.approx(440, abs=2)


def test_a_stream_is_resampled_without_seams() -> None:
    whole = tone(1.0, 44_100)
    resampler = Resampler(44_100)
    pieces = [resampler.feed(piece) for piece in np.array_split(whole.samples, 37)]
    pieces.append(resampler.feed(whole.samples[:0], last=True))
    together = Audio(samples=np.concatenate(pieces), rate=HEARING_HZ)
    straight = whole.at(HEARING_HZ)
    assert len(together.samples) == len(straight.samples)
    assert np.abs(together.samples - straight.samples)[500:-500].max() < 1e-3


@pytest.mark.parametrize("kind", ["wav", "flac", "ogg", "mp3"])
@pytest.mark.parametrize(("rate", "channels"), [(8_000, 1), (44_100, 2), (48_000, 6)])
def test_any_file(tmp_path: Path, kind: str, rate: int, channels: int) -> None:
    if (kind, channels) == ("mp3", 6):
        channels = 2  # there is no such MP3
    path = tmp_path / f"sound.{kind}"
    soundfile.write(path, np.repeat(tone(1.0, rate).samples[:, np.newaxis], channels, axis=1), rate)
    about = files.look(path)
    assert (about.rate, about.channels) == (rate, channels) and about.seconds == pytest.approx(1, abs=0.1)
    audio = files.read(path)
    assert audio.rate == HEARING_HZ and audio.seconds == pytest.approx(1.0, abs=0.1)
    assert pitch(audio) == pytest.approx(440, abs=3) and audio.peak == pytest.approx(0.5, abs=0.1)
    assert files.decode(path.read_bytes()).seconds == audio.seconds


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"Dear diary, today I said nothing.\n" * 40, "is a text file"),
        ("今天什么也没说。".encode() * 100, "is a text file"),
        (bytes(range(256)) * 8, "is no sound file"),
    ],
)
def test_what_is_no_sound_is_said_so(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "sound.wav"
    path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        files.read(path)
    with pytest.raises(InputError, match=said):
        files.look(path)


def test_a_file_of_no_length_and_one_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "none.wav"
    soundfile.write(path, np.zeros(0, np.float32), 16_000)
    with pytest.raises(InputError, match="no sound"):
        files.read(path)
    with pytest.raises(InputError, match="No such file"):
        files.read(tmp_path / "nothing.wav")
    with pytest.raises(InputError, match="directory"):
        files.read(tmp_path)


def test_a_file_that_breaks_off_is_read_as_far_as_it_goes_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "cut.flac"
    soundfile.write(path, tone(10.0).samples, 16_000)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    try:
        seconds = files.read(path).seconds
    except InputError as error:
        assert "breaks off" in error.message
    else:
        assert 1 < seconds < 10


def test_numbers_that_are_none_become_silence(tmp_path: Path) -> None:
    path = tmp_path / "nan.wav"
    soundfile.write(path, np.array([np.nan, 0.5, np.inf] * 4_000, np.float32), 16_000, subtype="FLOAT")
    assert np.isfinite(files.read(path).samples).all()


def test_a_long_file_takes_no_more_memory_than_a_block(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    with soundfile.SoundFile(path, "w", 16_000, 1, subtype="PCM_16") as file:
        for _ in range(20):
            file.write(tone(60.0, loud=0.1).samples)
    tracemalloc.start()
    try:
        seconds = sum(block.seconds for block in files.blocks(path, block_s=10.0))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert seconds == pytest.approx(1_200, abs=0.1)
    assert peak < 10 * 16_000 * 4 * 8  # some copies of one block; the file is 120 blocks long


def test_writing(tmp_path: Path) -> None:
    for kind in ("wav", "flac", "ogg", "mp3"):
        files.write(tmp_path / f"out.{kind}", tone(1.0, 24_000))
        assert pitch(files.read(tmp_path / f"out.{kind}")) == pytest.approx(440, abs=3)
    assert files.decode(files.wav(tone())).seconds == 1.0
    with pytest.raises(InputError, match="no kind of sound file"):
        files.write(tmp_path / "out.txt", tone())
    with pytest.raises(InputError, match="cannot be written"):
        files.write(tmp_path / "no" / "out.wav", tone())
