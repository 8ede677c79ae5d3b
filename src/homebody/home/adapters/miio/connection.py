"""One device over UDP, the highest of three layers: requests that are answered, or fail in time.

- A device takes only what bears about the time of its own clock, which is learnt from its greeting and from
  every answer. At a restart it begins again from nothing: what we send is then ignored until we greet it
  anew, which goes with every repetition.
- What is not answered is sent again, with a new id and the pauses of a measured round trip (RFC 6298). What
  must not happen twice (an action) is sent once.
- A device has its own socket, connected to it, so that the kernel keeps others out and one device's flood
  fills nobody else's buffer. Reading pauses when a device sends more than BURST and RATE allow.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
from collections.abc import Callable, Iterator
from typing import Any

from homebody.core.clock import Clock
from homebody.core.errors import RefusedError, UnreachableError
from homebody.home.adapters.miio import packet
from homebody.home.adapters.miio.message import (
    MessageError,
    Reply,
    Said,
    acknowledgement,
    meaning,
    parse,
    request,
)
from homebody.home.adapters.miio.packet import PacketError, Seal
from homebody.home.deadline import settled

GIVE_UP_S = 5.0
FIRST_RTO_S, LEAST_RTO_S, MOST_RTO_S = 0.3, 0.08, 1.0
BURST, RATE = 50, 200.0  # datagrams at once, and a second: a lively device sends one or two a second
PAUSE_S = 0.05
STALE_S = 30  # what a device said by itself is believed for so long by its own clock
_JUMP_S = 3  # its clock differs by more than this: it has started again

Heard = Callable[[Said], None]


class Connection:
    """``heard`` is called with each thing that the device says by itself, before it is acknowledged.

    ``restarted`` is called when the device's clock jumped back. ``latency`` holds the seconds of the last
    answered round trip. Open it for its purpose, before the network gate, within the context of the caller.
    """

    def __init__(
        self, host: str, port: int, token: bytes, clock: Clock, heard: Heard, restarted: Callable[[], None]
    ) -> None:
        self.address = (host, port)
        self.latency: float | None = None
        self._seal = Seal(token)
        self._clock = clock
        self._heard = heard
        self._restarted = restarted
        self._socket: socket.socket | None = None
        self._did = 0
        self._offset: float | None = None  # of the device's clock to ours; None until it has greeted
        self._next_id = secrets.randbelow(2**30)
        self._waiting: dict[int, asyncio.Future[Reply | None]] = {}
        self._greeted: asyncio.Future[Reply | None] | None = None
        self._greetings = 0
        self._asking = 0
        self._pace = _Pace()
        self._allowance, self._allowed_at = float(BURST), clock.monotonic()
        self._resume: asyncio.TimerHandle | None = None

    @property
    def did(self) -> int:
        """The device's own number; 0 until it has greeted."""
        return self._did

    @property
    def is_open(self) -> bool:
        return self._socket is not None

    @property
    def busy(self) -> bool:
        """Whether somebody waits for the answer to a request."""
        return self._asking > 0

    async def open(self) -> None:
        """Make the socket. Raises ``OSError``, ``NetworkRefusedError``. An open one stays."""
        if self._socket is not None:
            return
        loop = asyncio.get_running_loop()
        host, port = self.address
        [(family, *_, where), *_] = await loop.getaddrinfo(host, port, type=socket.SOCK_DGRAM)
        made = socket.socket(family, socket.SOCK_DGRAM)
        try:
            made.setblocking(False)
            made.connect(where)
        except BaseException:
            made.close()
            raise
        if self._socket is not None:  # another opened it meanwhile
            made.close()
            return
        self._socket = made
        loop.add_reader(made, self._readable)

    def close(self) -> None:
        """Let go of the socket; what waits fails."""
        made, self._socket = self._socket, None
        if self._resume is not None:
            self._resume.cancel()
            self._resume = None
        if made is not None:
            asyncio.get_running_loop().remove_reader(made)
            made.close()
        for waiting in (*self._waiting.values(), self._greeted):
            if waiting is not None and not waiting.done():
                waiting.set_result(None)
        self._offset = None

    async def greet(self, subscriber: int | None = None) -> None:
        """Learn the device's number and clock. Raises ``UnreachableError``."""
        until = self._clock.monotonic() + GIVE_UP_S
        pace = self._pace.again()
        while (left := until - self._clock.monotonic()) > 0:
            answered = self._send_greeting(subscriber)
            with contextlib.suppress(TimeoutError):
                await settled(self._clock, min(next(pace), left), answered)
                return
        raise UnreachableError("it does not answer")

    async def request(self, method: str, params: Any, *, again: bool = True) -> Any:
        """The result of one request; ``again``: it may be sent more than once.

        Raises ``RefusedError`` with the device's own words, ``UnreachableError``. May be cancelled.
        """
        self._asking += 1
        try:
            return await self._ask(method, params, again)
        finally:
            self._asking -= 1

    async def _ask(self, method: str, params: Any, again: bool) -> Any:
        if self._offset is None or not again:
            await self.greet()
        greetings = self._greetings
        answered: asyncio.Future[Reply | None] = asyncio.get_running_loop().create_future()
        ids: list[int] = []
        until = self._clock.monotonic() + GIVE_UP_S
        pace = self._pace.again()
        try:
            while (left := until - self._clock.monotonic()) > 0:
                if ids:
                    self._send_greeting()  # it may have started again, and then it hears us only after this
                ids.append(self._transmit(method, params, answered))
                sent = self._clock.monotonic()
                with contextlib.suppress(TimeoutError):
                    wait = min(next(pace), left) if again else left
                    reply = await settled(self._clock, wait, answered)
                    if len(ids) == 1:  # or it is not known which one was answered (Karn)
                        self.latency = self._clock.monotonic() - sent
                        self._pace.measured(self.latency)
                    return _result(reply)
        finally:
            for id_ in ids:
                self._waiting.pop(id_, None)
        if self._greetings - greetings >= 2:
            raise UnreachableError("it greets, but does not take what our token seals: is the token right?")
        raise UnreachableError("it does not answer")

    def _send_greeting(self, subscriber: int | None = None) -> asyncio.Future[Reply | None]:
        """What is done when the device has answered a greeting, this one or one before it."""
        if self._greeted is None or self._greeted.done():
            self._greeted = asyncio.get_running_loop().create_future()
        self._send(packet.greeting(subscriber))
        return self._greeted

    def _transmit(self, method: str, params: Any, answered: asyncio.Future[Reply | None]) -> int:
        self._next_id = self._next_id % (2**31 - 2) + 1
        self._waiting[self._next_id] = answered
        self._send(self._sealed(request(self._next_id, method, params)))
        return self._next_id

    def _sealed(self, payload: bytes) -> bytes:
        stamp = max(0, int(self._clock.monotonic() + (self._offset or 0.0)))
        return self._seal.seal(self._did, stamp, payload)

    def _send(self, datagram: bytes) -> None:
        """Hand it to the kernel. That it cannot be sent now, or that an earlier one met a closed port, is
        the same as a lost one: it will be sent again."""
        if self._socket is None:
            raise UnreachableError("not connected yet")
        with contextlib.suppress(OSError):
            self._socket.send(datagram)

    # What arrives

    def _readable(self) -> None:
        for _ in range(8):
            if self._socket is None or not self._may_read(self._socket):
                return
            try:
                datagram = self._socket.recv(packet.MAX_DATAGRAM + 1)
            except OSError:  # nothing more to read, or an earlier datagram met a closed port
                return
            self._allowance -= 1
            try:
                self._take(datagram)
            except (PacketError, MessageError):
                continue  # not from our device, or nothing that it could mean

    def _may_read(self, made: socket.socket) -> bool:
        """Whether this device has not sent too much; else it is not read for a moment, and loses what it
        sends beyond the kernel's buffer."""
        now = self._clock.monotonic()
        self._allowance = min(BURST, self._allowance + (now - self._allowed_at) * RATE)
        self._allowed_at = now
        if self._allowance >= 1:
            return True
        loop = asyncio.get_running_loop()
        loop.remove_reader(made)
        self._resume = loop.call_later(PAUSE_S, self._read_on)
        return False

    def _read_on(self) -> None:
        self._resume = None
        if self._socket is not None:
            asyncio.get_running_loop().add_reader(self._socket, self._readable)

    def _take(self, datagram: bytes) -> None:
        head = packet.head_of(datagram)
        if head.greeting:
            if self._greeted is not None and not self._greeted.done():  # else nobody asked
                self._did = head.did
                self._set_clock(head.stamp)
                self._greetings += 1
                self._allowance += 1
                self._greeted.set_result(None)
            return
        opened = self._seal.open(datagram)
        said = parse(opened.payload)
        if isinstance(said, Reply):
            waiting = self._waiting.get(said.id)
            if waiting is not None and not waiting.done():
                self._set_clock(head.stamp)
                self._allowance += 1  # what was asked for is no flood
                waiting.set_result(said)
            return
        if self._offset is None or abs(self._clock.monotonic() + self._offset - head.stamp) > STALE_S:
            return  # said long ago, and sent again by somebody; or we do not know its clock
        self._heard(said)
        self._send(self._sealed(acknowledgement(said.id)))

    def _set_clock(self, stamp: int) -> None:
        before, self._offset = self._offset, stamp - self._clock.monotonic()
        if before is not None and self._offset < before - _JUMP_S:
            self._restarted()


class _Pace:
    """How long to wait for an answer before asking again, from the round trips that were measured."""

    def __init__(self) -> None:
        self._smooth: float | None = None
        self._variation = 0.0

    def measured(self, seconds: float) -> None:
        if self._smooth is None:
            self._smooth, self._variation = seconds, seconds / 2
        else:
            self._variation += (abs(seconds - self._smooth) - self._variation) / 4
            self._smooth += (seconds - self._smooth) / 8

    def again(self) -> Iterator[float]:
        """Seconds to wait after each sending: growing by half."""
        wait = FIRST_RTO_S if self._smooth is None else self._smooth + 4 * self._variation
        while True:
            wait = min(max(wait, LEAST_RTO_S), MOST_RTO_S)
            yield wait
            wait *= 1.5


def _result(reply: Reply | None) -> Any:
    if reply is None:
        raise UnreachableError("the connection was closed")
    if reply.code:
        raise RefusedError(f"the device answered: {reply.error or meaning(reply.code)} ({reply.code})")
    return reply.result
