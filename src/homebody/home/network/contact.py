"""What is known of the connection to one device: when it last answered, how fast, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from homebody.core.clock import Clock
from homebody.home.adapter import Link


@dataclass(slots=True, kw_only=True)
class Contact:
    """Noted by an adapter as it goes; ``link`` is what people are shown."""

    protocol: str
    address: str
    clock: Clock
    latency_ms: float | None = None
    seen: datetime | None = None
    problem: str = field(default="not yet reached")

    def answered(self, latency_ms: float | None = None) -> None:
        """It told something; ``latency_ms`` from the question to the answer, if there was a question."""
        self.seen = self.clock.now()
        self.problem = ""
        if latency_ms is not None:
            self.latency_ms = latency_ms

    def failed(self, problem: str) -> None:
        self.problem = problem

    def link(self) -> Link:
        return Link(
            protocol=self.protocol,
            address=self.address,
            latency_ms=self.latency_ms,
            seen=self.seen,
            problem=self.problem,
        )
