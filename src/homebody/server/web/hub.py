"""What the open pages of one server share: the assistant, what was said in each tab, and the one stage.

Only the latest visits are kept, and only in memory.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from homebody.assistant.assistant import Assistant, Notice
from homebody.assistant.context import Conversation
from homebody.assistant.turn import SPOKEN, Turn, Utterance
from homebody.home.label import Language
from homebody.server.web.chapters import CHAPTERS
from homebody.server.web.kit import spawn
from homebody.server.web.story import Stage
from homebody.server.web.visit import Entry, Visit

if TYPE_CHECKING:
    from homebody.server.phone.door import PhoneDoor

_log = logging.getLogger(__name__)

MAX_VISITS = 64
MAX_WAITING = 8
"""Sentences of one visit that may wait for their answers."""


class Closable(Protocol):
    def close(self) -> None: ...


class Hub:
    """One server's share of the page. ``close`` when the server has stopped."""

    def __init__(self, assistant: Assistant, *, story_speed: float = 1.0) -> None:
        self.assistant = assistant
        self.phones: PhoneDoor | None = None
        """The door for phones, where who serves has one."""
        self.turns: deque[Turn] = deque(maxlen=20)
        self.stage = Stage(assistant, self.ask, CHAPTERS, speed=story_speed)
        self._visits: OrderedDict[str, Visit] = OrderedDict()
        self._hears: Callable[[], None] | None = None
        self.pages: set[Closable] = set()
        """The pages that are open."""
        self._subscribers: list[Callable[[], None]] = []
        self._work: set[asyncio.Task[None]] = set()

    def visit(self, tab: str) -> Visit:
        """The visit of this tab, new or not."""
        if self._hears is None:  # from the first page on, there is somebody to speak to
            self._hears = self.assistant.subscribe(self._notice)
        if tab not in self._visits:
            self._visits[tab] = Visit(self.assistant.conversation())
        self._visits.move_to_end(tab)
        while len(self._visits) > MAX_VISITS:
            self._visits.popitem(last=False)
        return self._visits[tab]

    def say(self, visit: Visit, said: str) -> None:
        """Ask the assistant; the answer comes into the visit, whether or not the page is still there then."""
        if said.strip() and visit.waiting < MAX_WAITING:
            task = spawn(self.ask(visit, Entry(kind="said", text=said), visit.conversation))
            self._work.add(task)
            task.add_done_callback(self._work.discard)

    async def hear(self, visit: Visit, text: str, language: Language) -> Turn | None:
        """A sentence that was spoken; its turn, None where it failed."""
        entry = Entry(kind="said", text=text)
        await self.ask(visit, entry, visit.conversation, channel=SPOKEN, language=language)
        return entry.turn

    async def ask(
        self,
        visit: Visit,
        entry: Entry,
        conversation: Conversation,
        *,
        channel: str = "page",
        language: Language | None = None,
    ) -> None:
        """Put one sentence into a visit and wait for its turn."""
        visit.add(entry)

        def written(piece: str) -> None:
            entry.part += piece
            visit.changed(entry)

        try:
            said = Utterance(text=entry.text, channel=channel, language=language)
            entry.turn = await self.assistant.turn(said, conversation, written)
        except Exception:  # a turn never raises: if it does, the person is told and the page lives on
            _log.exception("a turn failed")
            entry.failed = True
        else:
            self.turns.append(entry.turn)
            for callback in tuple(self._subscribers):
                callback()
        visit.changed(entry)

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Hear that a turn was answered; returns what ends it."""
        self._subscribers.append(callback)

        def unsubscribe() -> None:
            if callback in self._subscribers:
                self._subscribers.remove(callback)

        return unsubscribe

    async def close(self) -> None:
        """Let go of the assistant; what the story changed is put back."""
        for page in tuple(self.pages):
            page.close()
        await self.stage.close()
        if self._hears is not None:
            self._hears()
            self._hears = None
        for task in tuple(self._work):
            task.cancel()

    def _notice(self, notice: Notice) -> None:
        for visit in self._visits.values():
            visit.add(Entry(kind="notice", text=notice.text, notice=notice))
