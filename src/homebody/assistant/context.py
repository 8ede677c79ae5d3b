"""What a conversation remembers: enough for "and the bedroom too", "turn it off again", "warmer", "yes".

``Context`` is the value that understanding reads; ``Conversation`` is the small, bounded, forgetful
memory of one speaker at one door that makes it. Only a pending question of kind ``confirm`` can be
answered with yes, only once, and only while it is fresh.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from homebody.assistant.plan import Command, Plan, Query, Timer
from homebody.assistant.turn import Turn
from homebody.core.clock import Clock
from homebody.home.device import Home
from homebody.home.label import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A question that was asked and not yet answered.

    ``confirm``: ``plan.steps`` are exactly the steps that wait for a yes. ``choose``: ``plan`` is the
    whole plan with its ambiguous problem, ``words`` that problem's words, ``candidates`` the ids to
    choose from.
    """

    kind: Literal["confirm", "choose"]
    plan: Plan
    candidates: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What was said shortly before, newest first in mind; everything is empty at the start and after a pause.

    ``area`` is where the speaker is. ``last_commands`` are all commands of the last turn that had any,
    with the values that were resolved then; ``last_devices`` what the last turn that named devices was
    about, by id; ``last_area`` the one area that these share, or the area that was asked about.
    ``language`` is of the last turn; ``about_timer``: that turn was about a timer alone.
    """

    area: str | None = None
    last_commands: tuple[Command, ...] = ()
    last_devices: tuple[str, ...] = ()
    last_function: str | None = None
    last_area: str | None = None
    last_query: Query | None = None
    pending: Pending | None = None
    language: Language | None = None
    about_timer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Memory:
    """What one turn leaves behind."""

    at: float
    language: Language
    commands: tuple[Command, ...]
    query: Query | None
    devices: tuple[str, ...]
    function: str | None
    area: str | None
    about_timer: bool


class Conversation:
    """The memory of one speaker at one door: the last ``turns`` turns, each for ``expires_s`` seconds.

    ``area`` is where the speaker is; an utterance that says where it came from outranks it.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        area: str | None = None,
        turns: int = 10,
        expires_s: float = 300.0,
        confirm_s: float = 60.0,
    ) -> None:
        self.area = area
        self.lock = asyncio.Lock()
        """Held by the turn that is being answered."""
        self.waiting = 0
        """Turns that hold the lock or wait for it."""
        self._clock = clock
        self._expires_s = expires_s
        self._confirm_s = confirm_s
        self._memories: deque[_Memory] = deque(maxlen=turns)
        self._pending: tuple[float, Pending] | None = None

    def context(self, area: str | None = None) -> Context:
        """A snapshot for one utterance, spoken in ``area`` if that is known."""
        fresh = tuple(self._fresh())
        about = next((memory for memory in fresh if memory.devices), None)
        return Context(
            area=area or self.area,
            last_commands=next((memory.commands for memory in fresh if memory.commands), ()),
            last_devices=about.devices if about else (),
            last_function=about.function if about else None,
            last_area=next((memory.area for memory in fresh if memory.area), None),
            last_query=next((memory.query for memory in fresh if memory.query), None),
            pending=self.pending,
            language=fresh[0].language if fresh else None,
            about_timer=fresh[0].about_timer if fresh else False,
        )

    @property
    def pending(self) -> Pending | None:
        """The question that still waits for its answer."""
        if self._pending and self._clock.monotonic() - self._pending[0] > self._confirm_s:
            self._pending = None
        return self._pending[1] if self._pending else None

    def ask(self, pending: Pending) -> None:
        """Wait for an answer to this question; an older one is withdrawn."""
        self._pending = (self._clock.monotonic(), pending)

    def take(self, pending: Pending | None) -> Pending | None:
        """The question back, if it is this very one that still waits; then it waits no more.

        An answer was understood against a snapshot: it must not answer a question that was asked since.
        """
        current = self.pending
        if current is None or current is not pending:
            return None
        self._pending = None
        return current

    def withdraw(self) -> None:
        """Forget the question; the answer is not wanted any more."""
        self._pending = None

    def remember(self, turn: Turn, home: Home) -> None:
        commands = tuple(result.step for result in turn.results if isinstance(result.step, Command))
        queries = [result.step for result in turn.results if isinstance(result.step, Query)]
        query = queries[-1] if queries else None
        devices = tuple(dict.fromkeys(command.device for command in commands)) or (
            query.devices if query else ()
        )
        function = commands[-1].function if commands else query.function if query else None
        areas = {device.area for id_ in devices if (device := home.device(id_))}
        shared = areas.pop() if len(areas) == 1 else None
        self._memories.appendleft(
            _Memory(
                at=self._clock.monotonic(),
                language=turn.plan.language,
                commands=commands,
                query=query,
                devices=devices,
                function=function,
                area=(query.area if query else None) or shared,
                about_timer=not commands and any(isinstance(result.step, Timer) for result in turn.results),
            )
        )

    def _fresh(self) -> Iterator[_Memory]:
        """Newest first."""
        now = self._clock.monotonic()
        return (memory for memory in self._memories if now - memory.at <= self._expires_s)
