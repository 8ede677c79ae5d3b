"""One device as long as Homebody runs: its state asked, pushed and kept, its commands sent.

The keeper holds the connection: it reads all that can be read, asks the device to push, and asks again from
time to time, since a push may be lost. What was asked before a command was sent is older than the command and
is not told.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import TypeVar

from homebody.core.errors import RefusedError, UnreachableError
from homebody.home.adapter import Means, Push
from homebody.home.adapters.miio.connection import Connection
from homebody.home.adapters.miio.mapping import Mapped
from homebody.home.adapters.miio.message import (
    ACCEPTED,
    OK,
    Point,
    PropertyResult,
    Said,
    action_params,
    code_of,
    event_results,
    get_params,
    meaning,
    property_results,
    set_params,
)
from homebody.home.adapters.miio.wires import Wire
from homebody.home.deadline import within
from homebody.home.device import Device
from homebody.home.function import Value
from homebody.home.network.contact import Contact
from homebody.home.network.keeper import Keeper
from homebody.home.outcome import Operation

BATCH = 12  # properties in one request: some devices answer no more than about fifteen
REMEMBER_S = 5.0  # so long a device may say the same thing again, because our acknowledgement was lost
_MOST_REMEMBERED = 256

T = TypeVar("T")


class Session:
    """``push`` None of a device is told when it is lost; ``poll_s``: how often it is asked anyway.

    ``slots`` are shared by the sessions of a home: so many read everything at once, and commands wait for
    none of them.
    """

    def __init__(
        self,
        device: Device,
        did: str,
        mapped: Mapped,
        connect: Callable[[Session], Connection],
        means: Means,
        push: Push,
        *,
        poll_s: float,
        pushes: bool,
        slots: asyncio.Semaphore,
    ) -> None:
        self.device = device
        self._did = did
        self._wires = {wire.function.id: wire for wire in mapped.wires if device.function(wire.function.id)}
        self._by_point: dict[Point, list[Wire]] = {}
        for wire in self._wires.values():
            if wire.read is not None:
                self._by_point.setdefault(wire.read, []).append(wire)
        self._means = means
        self._push = push
        self._poll_s = poll_s
        self._pushes = pushes
        self._slots = slots
        self._subscriber = secrets.randbits(63)
        self._commands = 0  # sent so far
        self.live = False  # whether it tells every change by itself
        self._wake = asyncio.Event()  # there is reason to look at it before its time
        self._forgotten = False  # it started again, and does not know that we want to be told
        self._remembered: OrderedDict[int, float] = OrderedDict()
        self.connection = connect(self)
        host, port = self.connection.address
        self.contact = Contact(protocol="miIO", address=f"{host}:{port}", clock=means.clock)
        self._keeper = Keeper(self._hold, means.clock, name=device.id, lost=self._lost)

    def start(self) -> None:
        self._keeper.start()

    async def stop(self) -> None:
        await self._keeper.stop()
        self.connection.close()

    # What the registry asks

    async def read(self, only: str | None = None) -> Mapping[str, Value]:
        """Raises ``UnreachableError``."""
        if only is None:
            points: Iterable[Point] = self._by_point
        else:
            wire = self._wires.get(only)
            points = [wire.read] if wire is not None and wire.read is not None else []
        return await self._answering(self._read(points))

    async def execute(self, operation: Operation) -> None:
        """Raises ``RefusedError``, ``UnreachableError``."""
        wire = self._wires.get(operation.function)
        call = wire.call(operation.action, operation.value) if wire else None
        if call is None:
            raise RefusedError(f"its description has no way to {operation.action.value} {operation.function}")
        self._commands += 1
        if call.action:
            params = action_params(self._did, call.point, call.values)
            code = code_of(await self._answering(self._request("action", params, again=False)))
        else:
            values = {call.point: call.values[0]}
            result = await self._answering(self._request("set_properties", set_params(self._did, values)))
            # an answer without our property in it says nothing: what became of it will be read
            codes = {each.point: each.code for each in property_results(result)}
            code = codes.get(call.point, ACCEPTED)
        if code not in (OK, ACCEPTED):
            raise RefusedError(f"the device answered: {meaning(code)} ({code})")

    # What the device says by itself

    def heard(self, said: Said) -> None:
        """Called by the connection, which acknowledges it afterwards."""
        now = self._means.clock.monotonic()
        while self._remembered and next(iter(self._remembered.values())) < now - REMEMBER_S:
            self._remembered.popitem(last=False)
        if said.id in self._remembered:
            return
        self._remembered[said.id] = now
        if len(self._remembered) > _MOST_REMEMBERED:
            self._remembered.popitem(last=False)
        match said.method:
            case "properties_changed":
                told = property_results(said.params)
            case "event_occured":
                told = event_results(said.params)
            case _:
                return
        self.contact.answered()
        if values := self._values(told):
            self._push(self.device.id, values)

    def restarted(self) -> None:
        """The device's clock began again: it has forgotten that we want to be told."""
        self.live = False
        self._forgotten = True
        self._wake.set()

    # Keeping it

    async def _hold(self, up: Callable[[], None]) -> None:
        if not self.connection.busy:
            self.connection.close()  # a name may lead elsewhere by now, and our own address be another
        await self.connection.open()
        while True:
            self._forgotten = False
            await self.connection.greet()
            await self._tell()
            up()
            if self._pushes and await self._subscribe():
                await self._tell()  # what changed before it knew that we want to be told
                self.live = True
            while not self._forgotten:
                # a little before its time, so that a thousand devices are not asked in one instant
                pause = self._poll_s * (1 - secrets.randbelow(1000) / 4000)
                with contextlib.suppress(TimeoutError):
                    await within(self._means.clock, pause, self._woken())
                if not self._forgotten:
                    await self.connection.greet(self._subscriber if self.live else None)
                    await self._tell()

    async def _woken(self) -> None:
        await self._wake.wait()
        self._wake.clear()

    async def _subscribe(self) -> bool:
        """Ask to be told of changes. A device that cannot do that is asked now and then all the same."""
        params = {
            "version": "2.0",
            "did": str(self._subscriber),
            "update_ts": int(self._means.clock.now().timestamp()),
            "sub_method": ".",
        }
        try:
            await self.connection.greet(self._subscriber)
            await self.connection.request("miIO.sub", params)
        except (RefusedError, UnreachableError):
            return False
        return True

    async def _tell(self) -> None:
        """Read everything and push it, unless a command was sent meanwhile."""
        async with self._slots:
            commands = self._commands
            values = await self._read(self._by_point)
        if commands == self._commands:
            self._push(self.device.id, values)

    def _lost(self, reason: str) -> None:
        self.live = False
        self.contact.failed(reason)
        self._push(self.device.id, None)

    # Asking

    async def _read(self, points: Iterable[Point]) -> Mapping[str, Value]:
        wanted = sorted(points)
        told: list[PropertyResult] = []
        for start in range(0, len(wanted), BATCH):
            params = get_params(self._did, wanted[start : start + BATCH])
            told += property_results(await self._request("get_properties", params))
        if wanted and not told:
            raise UnreachableError("it answered without telling any state")
        return self._values(told)

    async def _request(self, method: str, params: object, *, again: bool = True) -> object:
        if not self.connection.is_open:
            with self._means.acting():
                await self.connection.open()
        try:
            result: object = await self.connection.request(method, params, again=again)
        except RefusedError:
            if method == "get_properties":  # a device that does not tell its state has not been reached
                raise UnreachableError("it did not tell its state") from None
            raise
        latency = self.connection.latency
        self.contact.answered(None if latency is None else round(latency * 1000, 2))
        return result

    async def _answering(self, work: Awaitable[T]) -> T:
        """The work. If it succeeds, a device that was taken to be gone is back; else it is looked at."""
        try:
            result = await work
        except asyncio.CancelledError:  # its time was up
            self._wake.set()
            raise
        except UnreachableError as error:
            self._wake.set()
            self.contact.failed(str(error))
            raise
        except OSError as error:
            raise UnreachableError(str(error)) from error
        self._keeper.nudge()
        return result

    def _values(self, told: Iterable[PropertyResult]) -> Mapping[str, Value]:
        values: dict[str, Value] = {}
        for each in told:
            if each.code not in (OK, ACCEPTED) or each.value is None:
                continue
            for wire in self._by_point.get(each.point, ()):
                if (value := wire.codec.decode(each.value)) is not None:
                    values[wire.function.id] = value
        return values
