"""What every bench of an adapter does with its registry: command a device, wait for what becomes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from homebody.home.function import Action, Value
from homebody.home.outcome import Operation, Outcome
from homebody.home.registry import Registry

LONGEST_S = 20.0  # nothing here takes so long; a test that hangs says so


class RegistryBench:
    """``registry`` is set when the bench starts; ``usual_s`` is how long a command may take, unless said."""

    registry: Registry
    usual_s = 2.0

    async def perform(
        self,
        device: str,
        function: str,
        action: Action,
        value: Value | None = None,
        deadline_s: float | None = None,
    ) -> Outcome:
        operation = Operation(device=device, function=function, action=action, value=value)
        return await self.registry.perform(operation, self.usual_s if deadline_s is None else deadline_s)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until it holds after a change of state, or fail."""
        changed = asyncio.Event()
        forget = self.registry.subscribe(lambda _change: changed.set())
        try:
            async with asyncio.timeout(LONGEST_S):
                while not holds():
                    changed.clear()
                    await changed.wait()
        finally:
            forget()
