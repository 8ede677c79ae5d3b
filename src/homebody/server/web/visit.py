"""A visit: what was said in one browser tab.

It outlives the page's connection, so that a phone that slept finds its conversation again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from homebody.assistant.assistant import Notice
from homebody.assistant.context import Conversation
from homebody.assistant.turn import Turn
from homebody.core.ids import new_id

MAX_ENTRIES = 60

Kind = Literal["said", "notice", "stage"]


@dataclass(slots=True, kw_only=True)
class Entry:
    """One line of a conversation. It changes as its answer comes: ``part`` while it is written, then
    ``turn``.

    ``said``: a person's sentence; ``notice``: what happened by itself; ``stage``: what the guided story
    tells.
    """

    kind: Kind
    text: str
    id: str = field(default_factory=lambda: new_id("entry"))
    part: str = ""
    turn: Turn | None = None
    failed: bool = False
    notice: Notice | None = None
    demo: bool = False


class Visit:
    """The conversation of one tab: what is remembered of it, and what is shown of it."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation
        self.entries: deque[Entry] = deque(maxlen=MAX_ENTRIES)
        self._subscribers: list[Callable[[Entry], None]] = []

    @property
    def watched(self) -> bool:
        """Whether a page shows it at the moment."""
        return bool(self._subscribers)

    @property
    def waiting(self) -> int:
        return sum(entry.kind == "said" and entry.turn is None and not entry.failed for entry in self.entries)

    def add(self, entry: Entry) -> None:
        self.entries.append(entry)
        self.changed(entry)

    def changed(self, entry: Entry) -> None:
        for callback in tuple(self._subscribers):
            callback(entry)

    def subscribe(self, callback: Callable[[Entry], None]) -> Callable[[], None]:
        """Hear of new and changed entries; returns what ends it."""
        self._subscribers.append(callback)

        def unsubscribe() -> None:
            if callback in self._subscribers:
                self._subscribers.remove(callback)

        return unsubscribe
