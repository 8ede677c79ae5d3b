"""Open-vocabulary wake words through sherpa-onnx, where its model was fetched: any phrase in both languages.

The model writes Chinese as initials and finals with their tones, and English in the letters of ARPAbet, for
which it brings a dictionary (``en.phone``).
"""

from __future__ import annotations

import re
import shutil
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from homebody.core.errors import EngineError, InputError, StoreError
from homebody.speech.audio import HEARING_HZ, Samples
from homebody.speech.requirements import EXTRA
from homebody.speech.wake import Woken

_CHUNK = "epoch-13-avg-2-chunk-16-left-64"
_ENCODER = f"encoder-{_CHUNK}.int8.onnx"
_DECODER = f"decoder-{_CHUNK}.onnx"
_JOINER = f"joiner-{_CHUNK}.int8.onnx"
_WANTED = (_ENCODER, _DECODER, _JOINER, "tokens.txt", "en.phone")
_HAN_OR_WORD = re.compile(r"[\u3400-\u9fff]+|[A-Za-z']+")


class Spotter:
    """Listens for any phrases that can be spelt in the model's letters."""

    def __init__(
        self, phrases: Sequence[str], files: Mapping[str, Path], cache: Path, *, threshold: float = 0.25
    ) -> None:
        """``threshold`` (0 to 1): higher wakes less often.

        Raises InputError for a phrase that cannot be spelt, EngineError or StoreError.
        """
        try:
            import sherpa_onnx  # noqa: PLC0415
        except ImportError as error:
            raise EngineError("sherpa-onnx is not installed", hint=f"pip install '{EXTRA}'") from error
        folder = unpacked(files, cache)
        tokens = {
            line.split()[0] for line in (folder / "tokens.txt").read_text().splitlines() if line.strip()
        }
        self._phrases = tuple(phrases)
        lines = [
            f"{spelt(phrase, tokens, folder / 'en.phone')} @{number}" for number, phrase in enumerate(phrases)
        ]
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as keywords:
            keywords.write("\n".join(lines) + "\n")
            keywords.flush()
            self._spotter = sherpa_onnx.KeywordSpotter(
                tokens=str(folder / "tokens.txt"),
                encoder=str(folder / _ENCODER),
                decoder=str(folder / _DECODER),
                joiner=str(folder / _JOINER),
                keywords_file=keywords.name,
                keywords_threshold=threshold,
                num_threads=1,
            )
        self.reset()

    @property
    def phrases(self) -> tuple[str, ...]:
        return self._phrases

    def reset(self) -> None:
        self._stream = self._spotter.create_stream()
        self._heard = 0

    def feed(self, samples: Samples) -> list[Woken]:
        self._stream.accept_waveform(HEARING_HZ, samples)
        self._heard += len(samples)
        found = []
        while self._spotter.is_ready(self._stream):
            self._spotter.decode_stream(self._stream)
            if word := self._spotter.get_result(self._stream):
                self._spotter.reset_stream(self._stream)
                found.append(
                    Woken(phrase=self._phrases[int(word.lstrip("@"))], end_s=self._heard / HEARING_HZ)
                )
        return found


def spelt(phrase: str, tokens: set[str], dictionary: Path) -> str:
    """A phrase in the model's letters. Raises InputError."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415

    letters: list[str] = []
    for part in _HAN_OR_WORD.findall(phrase):
        if part[0].isascii():
            letters += _arpabet(part, dictionary)
            continue
        initials = lazy_pinyin(part, style=Style.INITIALS, strict=False)
        finals = lazy_pinyin(part, style=Style.FINALS_TONE, strict=False)
        letters += [each for pair in zip(initials, finals, strict=True) for each in pair if each]
    if unknown := [letter for letter in letters if letter not in tokens]:
        raise InputError(f"The wake phrase {phrase!r} cannot be spelt: the model has no {unknown[0]!r}")
    if not letters:
        raise InputError(f"The wake phrase {phrase!r} has no words")
    return " ".join(letters)


def _arpabet(word: str, dictionary: Path) -> list[str]:
    with dictionary.open(encoding="utf-8") as lines:
        for line in lines:
            name, *letters = line.split()
            if name.lower() == word.lower():
                return letters
    raise InputError(f"The wake word {word!r} is in no dictionary of the model", hint="choose another word")


def unpacked(files: Mapping[str, Path], cache: Path) -> Path:
    """The files that are wanted of the archive, under ``cache``. Raises StoreError."""
    ((name, archive),) = files.items()
    folder = cache / name.partition(".tar")[0]
    if all((folder / wanted).is_file() for wanted in _WANTED):
        return folder
    try:
        cache.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix="keywords-", dir=cache))
        with tarfile.open(archive) as tar:
            for member in tar:
                base = member.name.rpartition("/")[2]
                if base in _WANTED and (content := tar.extractfile(member)) is not None:
                    (made / base).write_bytes(content.read())
        shutil.rmtree(folder, ignore_errors=True)
        made.replace(folder)
    except (OSError, tarfile.TarError) as error:
        raise StoreError(f"{archive} cannot be unpacked: {error}", hint="homebody models verify") from error
    return folder
