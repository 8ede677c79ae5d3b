"""A name in the languages of the household."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


def language_of(text: str) -> Language:
    """``zh`` if any character is a Chinese one (CJK unified ideographs), else ``en``."""
    return "zh" if any("\u3400" <= character <= "\u9fff" for character in text) else "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One thing's name: in Chinese, in English, or in both. Never empty in both."""

    zh: str = ""
    en: str = ""

    @classmethod
    def of(cls, text: str) -> Label:
        """A name given once, filed under the language that it is written in."""
        return cls(zh=text) if language_of(text) == "zh" else cls(en=text)

    def __post_init__(self) -> None:
        if not (self.zh or self.en):
            raise ValueError("a label needs a text in at least one language")

    def text(self, language: Language) -> str:
        """The name in this language, else in the other."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)

    def all(self) -> tuple[str, ...]:
        return tuple(text for text in (self.zh, self.en) if text)
