"""The connection to one broker, over aiomqtt: made, used and ended. Who keeps it is `home.network.keeper`.

MQTT 5, since there the broker itself holds back what is longer than we read, and what we published ourselves.
Every connection starts clean: a command that the broker did not take is not sent later, when nobody expects
it any more.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

import aiomqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.subscribeoptions import SubscribeOptions

from homebody.core.errors import InputError, UnreachableError
from homebody.core.ids import new_id
from homebody.home.adapter import Means
from homebody.home.adapters.mqtt.mailbox import Mailbox
from homebody.home.adapters.mqtt.payload import MOST_DESCRIPTION_BYTES, Payload
from homebody.home.adapters.mqtt.wires import Sent

_library = logging.getLogger(f"{__name__}.aiomqtt")
_library.setLevel(logging.CRITICAL)  # that a connection ended is told by whoever keeps it

PORT, TLS_PORT = 1883, 8883
KEEPALIVE_S = 15  # a broker that vanished is noticed within one and a half of it
ANSWER_S = 5.0
MUTED_S = 5.0
_AT_ONCE = 100  # topics in one subscription
_REFUSALS = ("not authorized", "bad user name or password", "bad authentication method")


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A broker. ``ca`` is a file with the authority that signed its certificate, if the system's do not know
    it."""

    host: str
    port: int
    username: str = ""
    tls: bool = False
    ca: str = ""

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Where:
        """From the keys of ``adapters: mqtt`` in a home file."""
        tls = bool(settings.get("tls", False))
        return cls(
            host=settings["host"],
            port=settings.get("port", TLS_PORT if tls else PORT),
            username=settings.get("username", ""),
            tls=tls,
            ca=settings.get("ca", ""),
        )

    @property
    def address(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def secret(self) -> str:
        """The name under which the password is kept."""
        return f"mqtt/{self.address}"


class Broker:
    """One connection at a time. ``will`` is what the broker tells in our place when we vanish; ``flooded`` is
    told of a topic that is not listened to for a while, because it says too much."""

    def __init__(
        self,
        where: Where,
        means: Means,
        *,
        will: Sent | None = None,
        flooded: Callable[[str], None] = lambda _topic: None,
    ) -> None:
        self.where = where
        self._means = means
        self._will = will
        self._flooded = flooded
        self._client: aiomqtt.Client | None = None
        self._muting: set[asyncio.Task[None]] = set()
        self._wanted: set[str] = set()

    @property
    def is_connected(self) -> bool:
        return self._client is not None

    @contextlib.asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        """A connection for the length of the block. Raises ``UnreachableError``, ``InputError``."""
        client = await self._client_of()
        await self._enter(client)
        self._client = client
        try:
            yield
        except aiomqtt.MqttError as error:
            raise UnreachableError(f"the connection to the broker ended: {_words(error)}") from error
        finally:
            self._client = None
            self._wanted.clear()
            for task in tuple(self._muting):
                task.cancel()
            with contextlib.suppress(aiomqtt.MqttError):  # the broker is gone already
                await client.__aexit__(None, None, None)

    async def hear(self, topics: Iterable[str]) -> None:
        """Subscribe to topics; what the broker keeps of them comes at once. Raises ``UnreachableError``."""
        wanted = sorted(set(topics) - self._wanted)
        self._wanted.update(wanted)
        for start in range(0, len(wanted), _AT_ONCE):
            await self._subscribe(wanted[start : start + _AT_ONCE])

    async def forget(self, topics: Iterable[str]) -> None:
        """Raises ``UnreachableError``."""
        unwanted = sorted(set(topics) & self._wanted)
        self._wanted.difference_update(unwanted)
        if unwanted:
            with _reaching():
                await self._there().unsubscribe(unwanted)

    async def publish(self, sent: Sent, *, retain: bool = False) -> None:
        """Returns when the broker has taken it. Raises ``UnreachableError``."""
        with _reaching():
            await self._there().publish(sent.topic, sent.data, qos=1, retain=retain)

    async def messages(self) -> AsyncIterator[tuple[str, Payload]]:
        """What is heard, until the connection ends: then ``UnreachableError``."""
        with _reaching():
            async for message in self._there().messages:
                data = message.payload if isinstance(message.payload, bytes) else b""
                yield message.topic.value, Payload(data=data, retained=message.retain)

    def _there(self) -> aiomqtt.Client:
        if self._client is None:
            raise UnreachableError(f"there is no connection to the broker {self.where.address}")
        return self._client

    async def _client_of(self) -> aiomqtt.Client:
        secret = self._means.secrets.get(self.where.secret) if self.where.username else None
        properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
        properties.MaximumPacketSize = MOST_DESCRIPTION_BYTES + 4096
        will = self._will
        mailbox = Mailbox(self._mute)
        tls = await asyncio.to_thread(self._tls) if self.where.tls else None
        client = aiomqtt.Client(
            self.where.host,
            self.where.port,
            username=self.where.username or None,
            password=secret.reveal() if secret else None,
            identifier=new_id("homebody"),
            logger=_library,
            protocol=aiomqtt.ProtocolVersion.V5,
            will=aiomqtt.Will(will.topic, will.data, qos=1, retain=True) if will else None,
            timeout=ANSWER_S,
            keepalive=KEEPALIVE_S,
            properties=properties,
            clean_start=True,
            # it is called for a queue of a given size; ours has its own
            queue_type=cast("type[asyncio.Queue[aiomqtt.Message]]", lambda maxsize: mailbox),  # noqa: ARG005
            tls_context=tls,
        )
        # paho binds its socket before it connects, to every address of this machine: the network gate takes
        # that for listening, and no setting of paho's leaves it out
        client._client._create_socket_connection = self._socket  # type: ignore[method-assign]
        if tls is not None:  # paho leaves a socket open whose broker is not the one
            client._client._ssl_wrap_socket = partial(self._sealed, tls)  # type: ignore[method-assign]
        return client

    def _sealed(self, tls: ssl.SSLContext, plain: socket.socket) -> ssl.SSLSocket:
        made = tls.wrap_socket(plain, server_hostname=self.where.host, do_handshake_on_connect=False)
        try:
            made.settimeout(ANSWER_S)
            made.do_handshake()
        except BaseException:
            made.close()
            raise
        return made

    def _socket(self) -> socket.socket:
        made = socket.create_connection((self.where.host, self.where.port), ANSWER_S)
        # or a command waits for the acknowledgement of what was sent before it, 40 ms on Linux
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def _tls(self) -> ssl.SSLContext:
        try:
            return ssl.create_default_context(cafile=self.where.ca and Path(self.where.ca).expanduser())
        except OSError as error:  # and ssl.SSLError, which is one
            raise InputError(f"The certificate authority {self.where.ca} cannot be used: {error}") from error

    async def _enter(self, client: aiomqtt.Client) -> None:
        """Connect; if that is cancelled it is finished and then ended, since half of it cannot be undone."""
        with self._means.acting():
            entering = asyncio.ensure_future(client.__aenter__())
        try:
            await asyncio.shield(entering)
        except asyncio.CancelledError:
            await asyncio.wait((entering,))
            if not entering.cancelled() and entering.exception() is None:
                with contextlib.suppress(aiomqtt.MqttError):
                    await client.__aexit__(None, None, None)
            raise
        except aiomqtt.MqttError as error:
            reason = _words(error)
            if any(word in reason.lower() for word in _REFUSALS):
                reason = f"it refuses the name or the password ({reason})"
            raise UnreachableError(f"the broker {self.where.address}: {reason}") from error

    async def _subscribe(self, topics: Iterable[str]) -> None:
        options = SubscribeOptions(qos=1, noLocal=True)
        with _reaching():
            codes = await self._there().subscribe([(topic, options) for topic in topics])
        if any(code.is_failure for code in codes if not isinstance(code, int)):
            raise UnreachableError("the broker does not let us listen (its access list)")

    def _mute(self, topic: str) -> None:
        """Called by the mailbox, which cannot wait."""
        self._flooded(topic)
        task = asyncio.ensure_future(self._muted(topic))
        self._muting.add(task)
        task.add_done_callback(self._muting.discard)

    async def _muted(self, topic: str) -> None:
        """Not to listen for a while costs the broker nothing to send, and us nothing to read."""
        with contextlib.suppress(UnreachableError):
            with _reaching():
                await self._there().unsubscribe(topic)
            await self._means.clock.sleep(MUTED_S)
            if topic in self._wanted:
                await self._subscribe([topic])


@contextlib.contextmanager
def _reaching() -> Any:
    try:
        yield
    except aiomqtt.MqttError as error:
        raise UnreachableError(f"the broker does not answer: {_words(error)}") from error


def _words(error: Exception) -> str:
    return str(error).removeprefix("[code:").strip() or type(error).__name__
