"""The engines of speech, loaded when somebody first speaks, and shared by all who speak."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from homebody.assistant.voice.workers import Workers
from homebody.core.errors import EngineError, HomebodyError
from homebody.speech.recognition import Recogniser
from homebody.speech.synthesis import Synthesiser
from homebody.speech.vad import SpeechProbability
from homebody.speech.wake import WakeDetector

_log = logging.getLogger(__name__)

Phase = Literal["asleep", "loading", "ready", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What every stream shares, and what makes the detectors of one stream."""

    recogniser: Recogniser
    synthesiser: Synthesiser
    new_activity: Callable[[], SpeechProbability]
    new_wake: Callable[[], WakeDetector | None]


class SharedSpeech:
    """``load`` blocks for seconds, and raises HomebodyError where something is missing, with what to do."""

    def __init__(self, load: Callable[[], Loaded]) -> None:
        self._load = load
        self._loading: asyncio.Task[Loaded] | None = None
        self._loaded: Loaded | None = None
        self._failed = False
        self.workers = Workers()

    @property
    def phase(self) -> Phase:
        if self._loaded is not None:
            return "ready"
        if self._loading is not None:
            return "loading"
        return "failed" if self._failed else "asleep"

    async def loaded(self) -> Loaded:
        """The engines, once they are loaded. Who fails may try again: what was missing may be here now.

        Raises HomebodyError.
        """
        if self._loaded is not None:
            return self._loaded
        if self._loading is None:
            self._loading = asyncio.ensure_future(self.workers.hear(self._load))
        loading = self._loading
        try:
            self._loaded = await asyncio.shield(loading)
        except HomebodyError:
            self._failed = True
            raise
        except Exception as error:
            self._failed = True
            _log.exception("speech could not be loaded")
            raise EngineError(
                f"Speech could not be loaded: {error}", hint="homebody doctor says what is missing."
            ) from error
        finally:
            if self._loading is loading and loading.done():
                self._loading = None
        return self._loaded

    def close(self) -> None:
        self.workers.close()
