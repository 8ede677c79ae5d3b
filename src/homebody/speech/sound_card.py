"""This machine's microphone and loudspeaker, through PortAudio.

PortAudio calls from a thread of its own; what it brings goes into a queue of at most two seconds. A machine
that is too busy loses the oldest sound, and says so, instead of falling ever further behind.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable
from types import TracebackType
from typing import Any, Self

from homebody.core.errors import EngineError
from homebody.speech.audio import HEARING_HZ, Audio, Resampler, Samples
from homebody.speech.echo import EchoCanceller, NoCanceller
from homebody.speech.requirements import EXTRA

_log = logging.getLogger(__name__)

BLOCK = HEARING_HZ // 50
"""Samples that PortAudio brings at once: 20 ms."""
MOST_BLOCKS = 100
QUIET_S = 3.0
"""Seconds without any sound from the microphone after which it is taken to be gone."""


class SoundCard:
    """A microphone and a loudspeaker at the hearing rate, used as an async context.

    Raises EngineError: no library, no device, a device that will not open.
    """

    def __init__(self, *, canceller: EchoCanceller | None = None, library: Any = None) -> None:
        """``library`` is the module ``sounddevice``, or one that does as it does."""
        self._library = library if library is not None else _library()
        self._canceller = canceller or NoCanceller()
        self._blocks: asyncio.Queue[Samples] = asyncio.Queue(maxsize=MOST_BLOCKS)
        self._to_play: deque[Samples] = deque()
        self._resampler: Resampler | None = None
        self._resampler_rate = 0
        self._streams: list[Any] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self.lost = 0
        """Blocks that nobody took in time."""

    async def __aenter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        try:
            for make, callback, what in (
                (self._library.InputStream, self._brought, "microphone"),
                (self._library.OutputStream, self._wanted, "loudspeaker"),
            ):
                self._open(make, callback, what)
        except BaseException:
            self._close()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _open(self, make: Callable[..., Any], callback: Callable[..., None], what: str) -> None:
        try:
            stream = make(
                samplerate=HEARING_HZ, channels=1, dtype="float32", blocksize=BLOCK, callback=callback
            )
            self._streams.append(stream)
            stream.start()
        except (self._library.PortAudioError, ValueError) as error:
            raise EngineError(
                f"There is no {what} that can be used: {error}",
                hint="Plug one in and look with python -m sounddevice; or talk through the page, or a phone "
                "(homebody pair).",
            ) from error

    def _close(self) -> None:
        for stream in self._streams:
            stream.close()
        self._streams.clear()

    # PortAudio's thread

    def _brought(self, block: Samples, _frames: int, _time: Any, _status: Any) -> None:
        assert self._loop is not None
        samples = self._canceller.heard(block[:, 0].copy())
        if len(samples):
            self._loop.call_soon_threadsafe(self._take, samples)

    def _wanted(self, block: Samples, frames: int, _time: Any, _status: Any) -> None:
        filled = 0
        while filled < frames and self._to_play:
            piece = self._to_play.popleft()
            part = piece[: frames - filled]
            block[filled : filled + len(part), 0] = part
            filled += len(part)
            if len(part) < len(piece):
                self._to_play.appendleft(piece[len(part) :])
        block[filled:, 0] = 0
        self._canceller.played(block[:, 0].copy())

    # the loop's

    def _take(self, samples: Samples) -> None:
        if self._blocks.full():
            self._blocks.get_nowait()
            self.lost += 1
            if self.lost == 1:
                _log.warning("this machine is too busy to hear everything")
        self._blocks.put_nowait(samples)

    async def sound(self) -> AsyncIterator[Samples]:
        """What the microphone hears. Raises EngineError when it is gone."""
        while True:
            try:
                async with asyncio.timeout(QUIET_S):
                    samples = await self._blocks.get()
            except TimeoutError:
                raise EngineError(
                    "The microphone is gone: it brings nothing any more",
                    hint="Plug it in again, then start homebody listen again.",
                ) from None
            yield samples

    async def play(self, audio: Audio, text: str) -> None:  # noqa: ARG002 - a loudspeaker shows no words
        if self._resampler is None or self._resampler_rate != audio.rate:
            self._resampler, self._resampler_rate = Resampler(audio.rate), audio.rate
        self._to_play.append(self._resampler.feed(audio.samples))

    async def hush(self) -> None:
        self._to_play.clear()
        self._resampler = None


def _library() -> Any:
    try:
        import sounddevice  # noqa: PLC0415 - an extra of its own
    except (ImportError, OSError) as error:  # OSError: the wheel finds no PortAudio on this machine
        raise EngineError(
            f"Sound devices cannot be used: {error}",
            hint=f"pip install '{EXTRA}'; on Debian also apt-get install libportaudio2.",
        ) from error
    return sounddevice
