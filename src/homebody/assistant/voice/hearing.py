"""One utterance on its way from sound to words."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field

from homebody.assistant.voice.endpoint import Event
from homebody.assistant.voice.receipt import SpokenReceipt, ms_between
from homebody.core.clock import Clock
from homebody.core.errors import HomebodyError
from homebody.speech.recognition import Recognition

_log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Hearing:
    """``ended_at`` is the monotonic time of the acoustic end, so far; ``over_our_words`` what was being said
    by the loudspeaker meanwhile; ``committed`` that the turn was taken to be over."""

    event: Event
    ended_at: float
    recognition: asyncio.Task[Recognition]
    over_our_words: str = ""
    committed: bool = False
    receipt: SpokenReceipt = field(default_factory=SpokenReceipt)

    async def words(self, clock: Clock) -> Recognition | None:
        """What was recognised; None where recognising failed. Who asks again is told the same."""
        try:
            recognition = await asyncio.shield(self.recognition)
        except HomebodyError:
            _log.exception("speech could not be recognised")
            return None
        if self.receipt.recognised is None:
            self.receipt.recognised = ms_between(self.ended_at, clock.monotonic())
            self.receipt.recognition_ms = recognition.ms
        return recognition

    def commit(self, clock: Clock, by: str) -> None:
        self.committed = True
        self.receipt.by = by
        self.receipt.committed = ms_between(self.ended_at, clock.monotonic())
