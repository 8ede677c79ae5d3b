"""What was said before is kept, up to a bound."""

from __future__ import annotations

import numpy as np

from homebody.speech.clips import LONGEST_S, Clip, Clips

RATE = 100


def clip(clause: str, *, speed: float = 1.0) -> Clip:
    return Clip(clause=clause, voice="v", language="zh", speed=speed)


def sound(seconds: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.zeros(round(seconds * RATE), np.float32)


def test_a_clause_sounds_as_it_did_in_the_same_voice_and_at_the_same_speed() -> None:
    clips, kept = Clips(RATE), sound(1)
    clips.keep(clip("好的。"), kept)
    assert clips.find(clip("好的。")) is kept
    assert clips.find(clip("好的。", speed=1.5)) is None
    assert clips.find(clip("不行。")) is None


def test_what_was_said_longest_ago_goes_first_and_the_rest_stays_within_its_bound() -> None:
    clips = Clips(RATE, most_s=3)
    for name in "abc":
        clips.keep(clip(name), sound(1))
    assert clips.find(clip("a")) is not None  # said again: b is now the oldest
    clips.keep(clip("d"), sound(1))
    assert [name for name in "abcd" if clips.find(clip(name)) is not None] == ["a", "c", "d"]
    clips.keep(clip("e"), sound(2.5))
    assert clips.seconds <= 3 and clips.find(clip("e")) is not None


def test_a_clause_kept_twice_takes_its_room_once() -> None:
    clips = Clips(RATE, most_s=2)
    for _ in range(5):
        clips.keep(clip("a"), sound(1))
    clips.keep(clip("b"), sound(1))
    assert clips.find(clip("a")) is not None and clips.seconds == 2


def test_a_long_one_is_not_kept() -> None:
    clips = Clips(RATE)
    clips.keep(clip("a"), sound(LONGEST_S + 1))
    assert clips.find(clip("a")) is None and clips.seconds == 0
