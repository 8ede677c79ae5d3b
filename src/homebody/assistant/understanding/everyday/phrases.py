"""What the patterns of this room share."""

from __future__ import annotations

END = r"[\s.!,?]*$"
"""The end of a sentence, whatever marks stand there."""
