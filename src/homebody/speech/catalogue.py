"""The speech models that Homebody offers, each known by the sha256 of its files.

A file without a known hash is held to that of its first complete download.
"""

from __future__ import annotations

from homebody.core.errors import InputError
from homebody.speech.model import SpeechModel, Task
from homebody.speech.offered import CAMPPLUS, KEYWORDS, SENSEVOICE, ZIPFORMER
from homebody.speech.standard import DVECTOR, KOKORO, SILERO, WHISPER

__all__ = [
    "CAMPPLUS", "CATALOGUE", "DVECTOR", "KEYWORDS", "KOKORO", "SENSEVOICE", "SILERO", "STANDARD",
    "STANDARD_NAME", "WHISPER", "ZIPFORMER", "SpeechModel", "Task", "find",
]  # fmt: skip

CATALOGUE = (SILERO, WHISPER, KOKORO, DVECTOR, SENSEVOICE, ZIPFORMER, KEYWORDS, CAMPPLUS)
STANDARD = tuple(model for model in CATALOGUE if model.standard)
STANDARD_NAME = "speech"
"""All of them together, for whoever fetches."""


def find(model_id: str, catalogue: tuple[SpeechModel, ...] = CATALOGUE) -> SpeechModel:
    """The model of that id. Raises InputError, naming the ids that there are."""
    for model in catalogue:
        if model.id == model_id:
            return model
    known = ", ".join(model.id for model in catalogue)
    raise InputError(f"there is no speech model {model_id!r}", hint=f"the models are: {known}")
