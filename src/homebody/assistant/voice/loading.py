"""Where the engines of speech come from: the settings, and the models that are here."""

from __future__ import annotations

from collections.abc import Sequence

from homebody.assistant.assembly import speech_of
from homebody.assistant.voice.answering import OPENING
from homebody.assistant.voice.shared import Loaded
from homebody.core.gate import Gate
from homebody.core.settings import Settings
from homebody.speech.room import SpeechRoom


def load_speech(settings: Settings, gate: Gate) -> Loaded:
    """Load recogniser and synthesiser; blocks for seconds.

    Raises HomebodyError where something is missing.
    """
    return engines_of(speech_of(settings, gate), wake_phrases(settings))


def engines_of(room: SpeechRoom, phrases: Sequence[str]) -> Loaded:
    """The engines of this room, called by these phrases, or by a tap alone where there are none; as above."""
    synthesiser = room.synthesiser()
    for opening in OPENING.values():
        for _ in synthesiser.say(opening):  # made now, kept, and heard at once later
            pass
    return Loaded(
        recogniser=room.recogniser(),
        synthesiser=synthesiser,
        new_activity=room.probability,
        new_wake=lambda: room.wake(phrases) if phrases else None,
    )


def wake_phrases(settings: Settings) -> tuple[str, ...]:
    """The phrases that a person chose, in the order in which they were given."""
    return tuple(phrase.strip() for phrase in settings.wake_phrases.split(",") if phrase.strip())
