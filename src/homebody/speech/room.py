"""The speech room of one process: engines made of the model files that are here, each when first used.

Whoever asks for an engine whose model is missing is told the command that fetches it. Detectors keep the
state of one stream, so each call makes a new one; recogniser, synthesiser and voice print are shared.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from homebody.core.errors import EngineError, InputError
from homebody.speech import catalogue
from homebody.speech.catalogue import SpeechModel, Task
from homebody.speech.recognition import Language, Recogniser
from homebody.speech.requirements import EXTRA, missing
from homebody.speech.synthesis import Synthesiser
from homebody.speech.vad import SpeechProbability, VoiceDetector
from homebody.speech.wake import SMALL, WakeDetector
from homebody.weights.store import Store

if TYPE_CHECKING:  # numpy is of an extra
    from homebody.speech.speaker import VoicePrint

T = TypeVar("T")
Files = Mapping[str, Path]
WakeEngine = Literal["keywords", "micro", "sound"]

# In the order in which they are preferred where more than one is here.
RECOGNISERS = (catalogue.SENSEVOICE, catalogue.ZIPFORMER, catalogue.WHISPER)
SPEAKERS = (catalogue.CAMPPLUS, catalogue.DVECTOR)


class SpeechRoom:
    """``recogniser`` is the id of a model, or ``auto`` for the best that is here; ``voices`` those that are
    used where none is named."""

    def __init__(
        self,
        store: Store,
        cache: Path,
        *,
        recogniser: str = "auto",
        voices: Mapping[Language, str] | None = None,
        threads: int = 2,
    ) -> None:
        """``cache`` keeps what is made of models. Raises InputError for a recogniser that there is not."""
        if recogniser != "auto" and catalogue.find(recogniser).task is not Task.RECOGNITION:
            known = ", ".join(model.id for model in RECOGNISERS)
            raise InputError(f"{recogniser} is no recogniser", hint=f"the recognisers are: {known}")
        self._store = store
        self._cache = cache
        self._recogniser_id = recogniser
        self._voices = dict(voices or {})
        self._threads = threads
        self._made: dict[str, object] = {}
        self._lock = threading.Lock()

    def missing(self) -> tuple[SpeechModel, ...]:
        """The models of the standard room that are not here and that nothing that is here replaces."""
        return tuple(
            model
            for model in catalogue.STANDARD
            if self._store.path(model) is None
            and not any(self._store.path(other) for other in catalogue.CATALOGUE if other.task is model.task)
        )

    def prepare(self) -> None:
        """Make now what would be made once at the first use. Raises EngineError, StoreError."""
        if (files := self._store.paths(catalogue.WHISPER)) is not None:
            from homebody.speech.whisper.prepared import prepare  # noqa: PLC0415 - with numpy

            prepare(files, self._cache)

    def forget_prepared(self) -> None:
        """Remove what was made of models that are not here any more."""
        if self._store.path(catalogue.WHISPER) is None:
            from homebody.speech.whisper.prepared import forget  # noqa: PLC0415 - with numpy

            forget(self._cache)

    def probability(self) -> SpeechProbability:
        """How likely speech is, for one stream. Raises EngineError."""
        from homebody.speech.silero import Silero  # noqa: PLC0415 - with numpy

        return Silero(self._files(catalogue.SILERO))

    def detector(self, *, silence_s: float = 0.5, longest_s: float = 25.0) -> VoiceDetector:
        """Segments of speech, for one stream. Raises EngineError."""
        from homebody.speech.silero import Segmenter  # noqa: PLC0415 - with numpy

        return Segmenter(self.probability(), silence_s=silence_s, longest_s=longest_s)

    def recogniser_model(self) -> SpeechModel:
        """The model that hears: the one that was chosen, or the best that is here."""
        return self._chosen(RECOGNISERS, self._recogniser_id)

    def recogniser(self) -> Recogniser:
        """Raises EngineError, StoreError."""
        model = self.recogniser_model()
        return self._once(model.id, lambda: self._make_recogniser(model))

    def synthesiser(self) -> Synthesiser:
        """Raises EngineError, and InputError for a voice that there is not."""

        def make() -> Synthesiser:
            from homebody.speech.kokoro import Kokoro  # noqa: PLC0415 - with numpy

            return Kokoro(self._files(catalogue.KOKORO), voices=self._voices, threads=self._threads)

        return self._once(catalogue.KOKORO.id, make)

    def voice_print(self) -> VoicePrint:
        """Raises EngineError."""
        model = self._chosen(SPEAKERS, "auto")

        def make() -> VoicePrint:
            from homebody.speech.voiceprint import CamPlus, DVector  # noqa: PLC0415 - with numpy

            files = self._files(model)
            return CamPlus(files) if model is catalogue.CAMPPLUS else DVector(files)

        return self._once(model.id, make)

    def wake(self, phrases: Sequence[str], *, engine: WakeEngine | None = None) -> WakeDetector:
        """A detector for one stream.

        Without ``engine`` the best that can: keyword spotting where its model is here, the small English
        models for their own phrases, and otherwise the sound of what was recognised. Raises InputError for no
        phrase, or one that the engine cannot listen for; EngineError, StoreError.
        """
        if not phrases:
            raise InputError("There is no wake phrase to listen for")
        chosen = engine or self.wake_engine(phrases)
        if chosen == "keywords":
            from homebody.speech.wake_spotter import Spotter  # noqa: PLC0415

            return Spotter(phrases, self._files(catalogue.KEYWORDS), self._cache)
        if chosen == "micro":
            from homebody.speech.wake_micro import MicroWake  # noqa: PLC0415

            return MicroWake(phrases)
        from homebody.speech.wake_by_sound import WakeBySound  # noqa: PLC0415

        return WakeBySound(tuple(phrases), self.probability(), self.recogniser())

    def wake_engine(self, phrases: Sequence[str]) -> WakeEngine:
        """Which one ``wake`` would take."""
        if self._store.path(catalogue.KEYWORDS) is not None:
            return "keywords"
        return "micro" if all(phrase.lower() in SMALL for phrase in phrases) else "sound"

    def _make_recogniser(self, model: SpeechModel) -> Recogniser:
        files = self._files(model)
        if model is catalogue.WHISPER:
            from homebody.speech.whisper.recogniser import Whisper  # noqa: PLC0415 - with numpy

            return Whisper(files, self._cache, threads=self._threads)
        from homebody.speech.sherpa import SenseVoice, Zipformer  # noqa: PLC0415

        engine = SenseVoice if model is catalogue.SENSEVOICE else Zipformer
        return engine(files, threads=self._threads)

    def _chosen(self, models: Sequence[SpeechModel], wanted: str) -> SpeechModel:
        """The one that is wanted, or the first that is here, or the standard one (which is then missing)."""
        if wanted != "auto":
            return catalogue.find(wanted)
        here = (model for model in models if self._store.path(model) is not None)
        return next(here, models[-1])

    def _files(self, model: SpeechModel) -> Files:
        """Raises EngineError where the model or a library is missing."""
        if libraries := missing():
            raise EngineError(
                f"Speech needs what is not installed: {', '.join(libraries)}", hint=f"pip install '{EXTRA}'"
            )
        files = self._store.paths(model)
        if files is None:
            what = catalogue.STANDARD_NAME if model.standard else model.id
            raise EngineError(
                f"{model.title} is not here, which {model.task} needs", hint=f"homebody models pull {what}"
            )
        return files

    def _once(self, key: str, make: Callable[[], T]) -> T:
        """Made by the first who asks; others wait for it."""
        with self._lock:
            if key not in self._made:
                self._made[key] = make()
            return self._made[key]  # type: ignore[return-value]  # each key has one type
