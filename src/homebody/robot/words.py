"""A text in both languages of the household."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    zh: str
    en: str

    def text(self, language: str) -> str:
        """In ``zh``, else in English."""
        return self.zh if language == "zh" else self.en
