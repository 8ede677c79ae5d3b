"""``homebody say`` and ``homebody transcribe``: the speech room from the command line."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from homebody.assistant.assembly import speech_of
from homebody.commands.terminal import console
from homebody.core.errors import EngineError, HomebodyError, InputError, TextError
from homebody.core.gate import Gate
from homebody.core.settings import Settings

if TYPE_CHECKING:
    from homebody.speech.audio import Audio
    from homebody.speech.recognition import Hints, Language, Recognition
    from homebody.speech.room import SpeechRoom
    from homebody.speech.synthesis import Synthesiser

TRANSCRIPT = "homebody.transcript/1"
LONG_S = 30.0
"""From here on a transcript is written as it comes, with times."""


def say(settings: Settings, text: str, *, out: Path | None, voice: str | None, speed: float) -> None:
    """Say ``text`` into a file, or on the loudspeaker as it is made. Raises HomebodyError."""
    if not text.strip():
        raise TextError("There is nothing to say: the text is empty")
    player: Any = _player() if out is None else None  # first: loading takes a second
    began = time.perf_counter()
    clauses = speech_of(settings, Gate()).synthesiser().say(text, voice=voice, speed=speed)
    if out is None:
        for clause in clauses:
            player.play(clause.audio.samples, clause.audio.rate, blocking=True)
        return
    from homebody.speech.audio import joined  # noqa: PLC0415
    from homebody.speech.files import write  # noqa: PLC0415

    audio = joined(clause.audio for clause in clauses)
    if not len(audio.samples):
        raise TextError("There is nothing in this text that can be said")
    write(out, audio)
    took = time.perf_counter() - began
    console().print(f"{out}: {audio.seconds:.1f} s of speech, made in {took:.1f} s", soft_wrap=True)


def voices(settings: Settings) -> None:
    """Print the voices that there are."""
    synthesiser: Synthesiser = speech_of(settings, Gate()).synthesiser()
    table = Table("voice", "language", "who", title="Voices")
    for voice in synthesiser.voices:
        marks = [language for language in ("zh", "en") if getattr(settings, f"voice_{language}") == voice.id]
        table.add_row(voice.id, voice.language, voice.title + (" (in use)" if marks else ""))
    console().print(table)


def _player() -> Any:
    """The library that plays sound. Raises EngineError, saying what else there is."""
    instead = "write a file instead: homebody say TEXT --out FILE"
    try:
        import sounddevice  # noqa: PLC0415 - loads the sound system
    except (ImportError, OSError) as error:  # OSError: the library is there, PortAudio is not
        raise EngineError("There is nothing here that plays sound", hint=instead) from error
    try:
        sounddevice.check_output_settings()
    except (sounddevice.PortAudioError, ValueError) as error:
        raise EngineError("This machine has no loudspeaker", hint=instead) from error
    return sounddevice


def transcribe(
    settings: Settings,
    paths: Sequence[Path],
    *,
    language: Language | None,
    phrases: Sequence[str],
    as_json: bool,
) -> bool:
    """Print what is said in each file; whether something was said in any.

    A file that cannot be heard is said on standard error, and the others are gone on with; then the first
    such error is raised.
    """
    from homebody.speech.recognition import Hints  # noqa: PLC0415

    room = speech_of(settings, Gate())
    hints = Hints(language=language, phrases=tuple(phrases))
    room.recogniser(), room.detector()  # what is missing is missing for every file
    failed: list[HomebodyError] = []
    said = False
    for path in paths:
        try:
            said = _transcribe(room, path, hints, as_json=as_json, named=len(paths) > 1) or said
        except InputError as error:
            failed.append(error)
            if len(paths) > 1:
                print(f"homebody: {error.message}", file=sys.stderr)  # noqa: T201
    if failed:
        raise failed[0]
    return said


def _transcribe(room: SpeechRoom, path: Path, hints: Hints, *, as_json: bool, named: bool) -> bool:
    from homebody.speech.files import look  # noqa: PLC0415

    about = look(path)
    out = console()
    began = time.perf_counter()
    notes = _Notes()
    segments = []
    timed = about.seconds > LONG_S
    for start_s, heard in _segments(room, path, hints, notes):
        segments.append((start_s, heard))
        if timed and not as_json:
            out.print(f"{_clock(start_s)}  {heard.text}", soft_wrap=True)
    took = time.perf_counter() - began
    if as_json:
        out.print(
            json.dumps(_document(about.name, segments, notes, took), ensure_ascii=False), soft_wrap=True
        )
    elif not timed and segments:
        space = " " if segments[0][1].language == "en" else ""
        text = space.join(heard.text for _, heard in segments)
        out.print(f"{path.name}: {text}" if named else text, soft_wrap=True)
    for note in notes.all(spoken=bool(segments)):
        print(f"homebody: {path.name}: {note}", file=sys.stderr)  # noqa: T201
    return bool(segments)


def _segments(
    room: SpeechRoom, path: Path, hints: Hints, notes: _Notes
) -> Iterator[tuple[float, Recognition]]:
    """Each stretch of speech with its time, as the file is read; never more of it in memory than one."""
    from homebody.speech.files import blocks  # noqa: PLC0415

    detector, recogniser = room.detector(), room.recogniser()

    def spoken() -> Iterator[Any]:
        for block in blocks(path):
            notes.hear(block)
            yield from detector.feed(block.samples)
        yield from detector.flush()

    for segment in spoken():
        heard = recogniser.recognise(segment.audio, hints)
        if heard.text:
            yield segment.start_s, heard


class _Notes:
    """What is worth saying of the sound itself."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.silent = True
        self.clipped = 0.0

    def hear(self, block: Audio) -> None:
        self.seconds += block.seconds
        self.silent = self.silent and block.silent
        self.clipped += block.seconds if block.clipped else 0.0

    def all(self, *, spoken: bool) -> list[str]:
        found = []
        if self.silent:
            found.append("it is silent: was the microphone on?")
        elif not spoken:
            found.append("nobody speaks in it, as far as can be heard")
        if self.clipped > self.seconds / 10:
            found.append("it is clipped: too loud for the microphone, so words may be wrong")
        return found


def _document(
    name: str, segments: Sequence[tuple[float, Recognition]], notes: _Notes, took: float
) -> dict[str, Any]:
    """The schema is in docs/speech.md."""
    return {
        "schema": TRANSCRIPT,
        "file": name,
        "seconds": round(notes.seconds, 3),
        "took_s": round(took, 3),
        "segments": [
            {
                "start_s": round(start_s, 3),
                "end_s": round(start_s + heard.seconds, 3),
                "language": heard.language,
                "text": heard.text,
                "score": round(heard.hypotheses[0].score, 3),
            }
            for start_s, heard in segments
        ],
        "notes": notes.all(spoken=bool(segments)),
    }


def _clock(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
