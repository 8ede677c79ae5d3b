"""Chinese characters as sounds: pypinyin reads them, misaki's table writes pinyin in phonetic letters.

Tones follow the rules of speech (two third tones, 不 and 一); words that pypinyin knows are read as words.
"""

from __future__ import annotations

import re
from functools import lru_cache

_HAN_OR_NOT = re.compile(r"([\u3400-\u4dbf\u4e00-\u9fff]+)")
# Kokoro has one letter for each tone, and one vowel for the two that only Chinese has.
_AS_TRAINED = (
    ("˧˩˧", "↓"), ("˧˥", "↗"), ("˥˩", "↘"), ("˥", "→"), ("\u027b\u0329", "ɨ"), ("\u0279\u0329", "ɨ"),
    ("\u032f", ""),
)  # fmt: skip
_PAUSES = str.maketrans({
    "，": ", ", "、": ", ", "。": ". ", "！": "! ", "？": "? ", "：": ": ", "；": "; ", "（": " (",
    "）": ") ", "《": " “", "》": "” ", "「": " “", "」": "” ", "—": ", ", "·": " ",
})  # fmt: skip


def sounds(text: str) -> str:
    """Phonetic letters of a text; what is no Chinese character stays, punctuation as pauses."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415

    parts = []
    for part in _HAN_OR_NOT.split(text):
        if _HAN_OR_NOT.fullmatch(part):
            syllables = lazy_pinyin(
                part, style=Style.TONE3, neutral_tone_with_five=True, tone_sandhi=True, errors="ignore"
            )
            parts.append("".join(map(_syllable, syllables)))
        else:
            parts.append(part.translate(_PAUSES))
    return "".join(parts)


@lru_cache(maxsize=2_000)
def _syllable(pinyin: str) -> str:
    """``hao3`` in phonetic letters; nothing for a sound that the table does not have (a bare ``hm``)."""
    from misaki.transcription import pinyin_to_ipa  # noqa: PLC0415

    try:
        letters = "".join(next(iter(pinyin_to_ipa(pinyin))))
    except ValueError:
        return ""
    for theirs, trained in _AS_TRAINED:
        letters = letters.replace(theirs, trained)
    return letters
