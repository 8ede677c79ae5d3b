"""Sentences as sound: spoken by the voices once, and kept as FLAC in the data folder's cache."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from homebody.home.label import Language
from homebody.speech.audio import Audio, joined
from homebody.speech.files import read, write
from homebody.speech.synthesis import Synthesiser

VOICES: dict[Language, tuple[str, ...]] = {
    "zh": ("zf_xiaobei", "zf_xiaoxiao", "zm_yunjian", "zm_yunxi"),
    "en": ("af_heart", "am_michael", "bf_emma", "bm_george"),
}
"""Two women and two men of each language; of English, two are American and two British."""


class Clips:
    """``folder`` may be deleted at any time."""

    def __init__(self, folder: Path, synthesiser: Synthesiser) -> None:
        self._folder = folder
        self._synthesiser = synthesiser

    def get(self, text: str, voice: str, speed: float = 1.0) -> Audio:
        """The sentence by this voice."""
        name = sha256(f"{voice}/{speed:g}/{text}".encode()).hexdigest()[:24]
        path = self._folder / f"{name}.flac"
        if path.exists():
            return read(path)
        audio = joined(clause.audio for clause in self._synthesiser.say(text, voice=voice, speed=speed))
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, audio)
        return audio
