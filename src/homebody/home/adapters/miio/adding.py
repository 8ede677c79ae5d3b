"""Getting to know a device that a person wants to add: its number and model, from the device itself."""

from __future__ import annotations

from dataclasses import dataclass

from homebody.core.errors import UnreachableError
from homebody.home.adapter import Means
from homebody.home.adapters.miio.connection import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    did: str
    model: str


async def identify(host: str, port: int, token: bytes, means: Means) -> Identity:
    """Ask a device who it is; shows that the token is right. Raises ``UnreachableError``, ``OSError``."""
    connection = Connection(host, port, token, means.clock, lambda _said: None, lambda: None)
    try:
        with means.acting():
            await connection.open()
        info = await connection.request("miIO.info", [])
        model = info.get("model") if isinstance(info, dict) else None
        if not isinstance(model, str) or not model:
            raise UnreachableError("it answers, but does not tell its model")
        return Identity(did=str(connection.did), model=model[:80])
    finally:
        connection.close()
