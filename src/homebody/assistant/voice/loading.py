"""Where the engines of speech come from: the settings, and the models that are here."""

from __future__ import annotations

from homebody.assistant.assembly import speech_of
from homebody.assistant.voice.shared import Loaded
from homebody.core.gate import Gate
from homebody.core.settings import Settings


def load_speech(settings: Settings, gate: Gate) -> Loaded:
    """Load recogniser and synthesiser; blocks for seconds.

    Raises HomebodyError where something is missing.
    """
    room = speech_of(settings, gate)
    return Loaded(
        recogniser=room.recogniser(),
        synthesiser=room.synthesiser(),
        new_activity=room.probability,
        new_wake=lambda: room.wake(wake_phrases(settings)),
    )


def wake_phrases(settings: Settings) -> tuple[str, ...]:
    """The phrases that a person chose, in the order in which they were given."""
    return tuple(phrase.strip() for phrase in settings.wake_phrases.split(",") if phrase.strip())
