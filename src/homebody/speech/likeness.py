"""How alike two texts sound, whatever they are written with: what a wake phrase is found by."""

from __future__ import annotations

from functools import lru_cache

from homebody.speech.reading.mixed import stretches
from homebody.speech.sounds import chinese
from homebody.speech.sounds.english import English

# Tones, stress and breath are lost in a noisy room, and so is what dialects do not tell apart.
_LOST = str.maketrans("", "", "→↗↘↓ˈˌːʰ ,.!?;:“”()-…—'")
_NEAR = str.maketrans({
    "ŋ": "n", "l": "n", "ɹ": "n", "ɻ": "n", "ʂ": "s", "ʃ": "s", "ɕ": "s", "z": "s", "ʒ": "s", "ꭧ": "ʦ",
    "ʧ": "ʦ", "ʨ": "ʦ", "ʤ": "ʦ", "ð": "θ", "ᵻ": "ɪ", "ᵊ": "ə", "I": "ai", "A": "ei", "O": "ou", "W": "au",
    "Y": "oi",
})  # fmt: skip


class Likeness:
    """Compares by phonetic letters."""

    def __init__(self) -> None:
        self._english = English()
        self.sounds = lru_cache(maxsize=500)(self._sounds)

    def begins_with(self, text: str, phrase: str, *, before: int = 3) -> tuple[float, float]:
        """How far the beginning of ``text`` is from ``phrase`` (0 the same, 1 nothing alike), and what share
        of the text the phrase takes up. Up to ``before`` letters may come first (a breath, an "ah")."""
        heard, wanted = self.sounds(text), self.sounds(phrase)
        if not heard or not wanted:
            return 1.0, 0.0
        # Edits from the phrase to each beginning of the text; skipping the first letters costs nothing.
        row = [0.0 if place <= before else float(place) for place in range(len(heard) + 1)]
        for number, letter in enumerate(wanted, 1):
            above, row[0] = row[0], float(number)
            for place, other in enumerate(heard, 1):
                edit = above + (letter != other)
                above = row[place]
                row[place] = min(edit, row[place] + 1, row[place - 1] + 1)
        end = min(range(len(row)), key=row.__getitem__)
        return min(1.0, row[end] / len(wanted)), end / len(heard)

    def _sounds(self, text: str) -> str:
        written = "".join(
            chinese.sounds(each.text) if each.language == "zh" else self._english.sounds(each.text)
            for each in stretches(text)
        )
        return written.translate(_LOST).translate(_NEAR)
