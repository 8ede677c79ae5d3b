"""The speech room: how quick it hears and speaks, how well, and what it weighs; beside faster-whisper.

The sound is synthetic: sentences said by Kokoro, heard clean and at 10 dB of noise. Each row runs in a
process of its own, on two threads. faster-whisper is measured where it is installed, on the same sound and
weights; what it needs beside them is fetched for that.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.machine import percentile, resident_mb
from homebody.core.settings import load_settings
from homebody.lab.voice.peer import published_files
from homebody.speech import catalogue
from homebody.weights.store import Store

CHINESE = (
    "打开客厅的灯", "把卧室空调调到二十六度", "明天早上七点叫我起床", "关闭厨房的窗帘", "今天天气怎么样",
    "把音量调小一点", "十分钟后提醒我关火", "打开扫地机器人", "书房的台灯调到百分之三十",
    "阳台的窗户关了没有",
)  # fmt: skip
ENGLISH = (
    "turn on the living room light", "set the bedroom air conditioner to twenty six degrees",
    "wake me up at seven tomorrow morning", "close the kitchen curtains", "what is the weather like today",
    "turn the volume down a little", "remind me to turn off the stove in ten minutes",
    "start the robot vacuum cleaner", "dim the study lamp to thirty percent",
    "are the balcony windows closed",
)  # fmt: skip
EXPECTED = (
    "客厅", "卧室", "空调", "厨房", "窗帘", "扫地机器人", "书房", "台灯", "灯", "阳台", "窗户",
    "音量", "打开", "关闭",
    "living room", "light", "bedroom", "air conditioner", "kitchen", "curtains", "volume", "stove",
    "vacuum cleaner",
    "study", "lamp", "balcony", "windows",
)  # fmt: skip
VOICES = {"zh": ("zf_xiaoxiao", "zm_yunxi"), "en": ("af_heart", "am_michael")}
REPLIES = ("好的，客厅的灯已经打开了。", "现在室内温度是 26℃，湿度 45%。", "OK, the living room light is on.",
           "It is 26°C in the bedroom, and the window is open.")  # fmt: skip
NOISE_DB = 10.0


def _room(cache: str) -> Any:
    from homebody.speech.room import SpeechRoom  # noqa: PLC0415

    store = Store(load_settings().data_dir / "models", sources=())
    return SpeechRoom(store, Path(cache), recogniser="whisper-base")


def make(folder: str) -> dict[str, float]:
    """Says everything into files, and is measured at it."""
    from homebody.speech.audio import joined  # noqa: PLC0415
    from homebody.speech.files import write  # noqa: PLC0415

    began = time.perf_counter()
    synthesiser = _room(folder).synthesiser()
    loaded = time.perf_counter() - began
    next(synthesiser.say("好。"))
    took = seconds = 0.0
    first = []
    for text in REPLIES:
        clauses = list(synthesiser.say(text))
        first.append(clauses[0].ms / 1000)
        took += sum(clause.ms for clause in clauses) / 1000
        seconds += sum(clause.audio.seconds for clause in clauses)
    for language, texts in (("zh", CHINESE), ("en", ENGLISH)):
        for voice in VOICES[language]:
            for number, text in enumerate(texts):
                audio = joined(clause.audio for clause in synthesiser.say(text, voice=voice))
                write(Path(folder) / f"{language}-{voice}-{number:02}.wav", audio)
    return {
        "load": loaded,
        "first": percentile(first, 0.5),
        "rtf": took / seconds,
        "memory": resident_mb(os.getpid()),
    }


def hear(folder: str, engine: str) -> dict[str, float]:
    """Hears every file, clean and in noise: errors by language, and the times."""
    began = time.perf_counter()
    recognise = _faster_whisper(folder) if engine == "faster-whisper" else _own(folder, engine == "expected")
    loaded = time.perf_counter() - began
    result: dict[str, float] = {"load": loaded}
    took: list[float] = []
    seconds = 0.0
    for noise in (False, True):
        counted = {"zh": [0, 0], "en": [0, 0]}
        for path in sorted(Path(folder).glob("*.wav")):
            language, _, number = path.stem.split("-")
            audio = _sound(path, noise=noise)
            began = time.perf_counter()
            heard = recognise(audio, language)
            took.append(time.perf_counter() - began)
            seconds += audio.seconds
            text = (CHINESE if language == "zh" else ENGLISH)[int(number)]
            wanted, found = _letters(text, language), _letters(heard, language)
            counted[language][0] += _edits(wanted, found)
            counted[language][1] += len(wanted)
        for language, (wrong, length) in counted.items():
            result[f"{language}{'-noise' if noise else ''}"] = wrong / length
    return result | {
        "rtf": sum(took) / seconds,
        "p50": percentile(took, 0.5),
        "memory": resident_mb(os.getpid()),
    }


def whole(folder: str) -> dict[str, float]:
    """The whole room: recogniser, synthesiser, activity, wake word and voices, loaded and used once."""
    began = time.perf_counter()
    room = _room(folder)
    recogniser, synthesiser, wake = room.recogniser(), room.synthesiser(), room.wake(["小宅小宅"])
    print_ = room.voice_print()
    loaded = time.perf_counter() - began
    audio = next(synthesiser.say("现在室内温度是二十六度。")).audio
    recogniser.recognise(audio)
    wake.feed(audio.at(16_000).samples)
    print_.vector(audio)
    return {"load": loaded, "memory": resident_mb(os.getpid())}


def _own(folder: str, expected: bool) -> Any:
    from homebody.speech.recognition import Hints  # noqa: PLC0415

    recogniser = _room(folder).recogniser()
    hints = Hints(phrases=EXPECTED if expected else ())
    return lambda audio, _: recogniser.recognise(audio, hints).text


def _faster_whisper(folder: str) -> Any:
    from faster_whisper import WhisperModel  # noqa: PLC0415 - of the lab's extra
    from opencc import OpenCC  # noqa: PLC0415

    store = Store(load_settings().data_dir / "models")
    model_folder = asyncio.run(published_files(store, Path(folder) / "faster-whisper"))
    model = WhisperModel(
        str(model_folder), device="cpu", compute_type="int8", cpu_threads=2, local_files_only=True
    )
    simplify = OpenCC("t2s").convert

    def recognise(audio: Any, _: str) -> str:
        segments, about = model.transcribe(audio.samples, beam_size=1, temperature=0.0)
        text = "".join(segment.text for segment in segments)
        return str(simplify(text)) if about.language == "zh" else text

    return recognise


def _sound(path: Path, *, noise: bool) -> Any:
    import numpy as np  # noqa: PLC0415

    from homebody.speech.audio import Audio  # noqa: PLC0415
    from homebody.speech.files import read  # noqa: PLC0415

    audio = read(path)
    if not noise:
        return audio
    random = np.random.default_rng(len(audio.samples))
    spectrum = np.fft.rfft(random.normal(size=len(audio.samples)))
    hiss = np.fft.irfft(spectrum / np.sqrt(np.maximum(np.arange(len(spectrum)), 1)), len(audio.samples))
    level = np.sqrt(np.mean(audio.samples**2) / np.mean(hiss**2)) * 10 ** (-NOISE_DB / 20)
    return Audio(samples=(audio.samples + level * hiss).astype(np.float32), rate=audio.rate)


def _letters(text: str, language: str) -> list[str]:
    from homebody.speech.reading import chinese, english  # noqa: PLC0415

    if language == "zh":
        return re.findall(r"[\u4e00-\u9fff]", chinese.read(text.replace("°C", "度")))
    return re.findall(r"[a-z]+", english.read(text).lower())


def _edits(wanted: list[str], found: list[str]) -> int:
    row = list(range(len(found) + 1))
    for number, letter in enumerate(wanted, 1):
        above, row[0] = row[0], number
        for place, other in enumerate(found, 1):
            edit = above + (letter != other)
            above = row[place]
            row[place] = min(edit, above + 1, row[place - 1] + 1)
    return row[-1]


def _apart(job: str, *arguments: str) -> dict[str, float]:
    """Run one of the measurements in a process of its own."""
    script = f"import json; from benchmarks.speech import {job}; print(json.dumps({job}{arguments!r}))"
    output = subprocess.run(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    found: dict[str, float] = json.loads(output.splitlines()[-1])
    return found


def run(console: Console) -> None:
    store = Store(load_settings().data_dir / "models", sources=())
    if any(store.path(model) is None for model in catalogue.STANDARD):
        console.print("left out: the models of speech are not here (homebody models pull speech)")
        return
    with tempfile.TemporaryDirectory() as folder:
        made = _apart("make", folder)
        _apart("whole", folder)  # converts Whisper, once
        engines = {"Whisper base": "plain", "the same, names expected": "expected"}
        if importlib.util.find_spec("faster_whisper"):
            engines["faster-whisper base int8"] = "faster-whisper"
        else:
            console.print("faster-whisper is left out: pip install faster-whisper")
        table = Table(
            title=f"Hearing {2 * len(CHINESE)} Chinese and {2 * len(ENGLISH)} English sentences of Kokoro"
        )
        for column in (
            "engine",
            "CER zh",
            "WER en",
            "zh, 10 dB",
            "en, 10 dB",
            "RTF",
            "p50, s",
            "load, s",
            "MB",
        ):
            table.add_column(column, justify="right" if column != "engine" else "left")
        for name, engine in engines.items():
            each = _apart("hear", folder, engine)
            wrong = [f"{each[key]:.1%}" for key in ("zh", "en", "zh-noise", "en-noise")]
            cost = [
                f"{each['rtf']:.2f}",
                f"{each['p50']:.2f}",
                f"{each['load']:.1f}",
                f"{each['memory']:.0f}",
            ]
            table.add_row(name, *wrong, *cost)
        console.print(table)
        spoken = Table("speaking, Kokoro 82M int8", title="Speaking, and the whole room")
        room = _apart("whole", folder)
        spoken.add_row(
            f"RTF {made['rtf']:.2f}; first clause after {made['first']:.2f} s (p50); loaded in "
            f"{made['load']:.1f} s; {made['memory']:.0f} MB"
        )
        spoken.add_row(
            f"everything loaded in {room['load']:.1f} s and used once: {room['memory']:.0f} MB resident"
        )
        console.print(spoken)
