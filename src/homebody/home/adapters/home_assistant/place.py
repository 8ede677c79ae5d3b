"""Where a Home Assistant is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

PORT = 8123


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """``ca`` is a file with the authority that signed its certificate, if the system's do not know it."""

    host: str
    port: int
    tls: bool = False
    ca: str = ""

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Place:
        """From the keys of ``adapters: home_assistant`` in a home file."""
        url = urlsplit(settings["url"])
        tls = url.scheme == "https"
        usual = 443 if tls else PORT
        return cls(host=url.hostname or "", port=url.port or usual, tls=tls, ca=settings.get("ca", ""))

    @property
    def address(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def websocket(self) -> str:
        return f"{'wss' if self.tls else 'ws'}://{self.address}/api/websocket"

    @property
    def secret(self) -> str:
        """The name under which the token is kept."""
        return f"home_assistant/{self.address}"
