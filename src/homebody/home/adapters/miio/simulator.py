"""Simulated miIO devices on real UDP sockets: for tests, rehearsals, and programs of other people.

A device is made from a MIoT description and behaves as real ones do, or as badly as it is told (`Manner`): it
answers each property with a code of its own, ignores what bears another time or another token, remembers ids
and answers a repeated one as before, tells its subscribers of changes until they acknowledge, and forgets
them, and its clock, when it starts again. What a setting does in the room (a heater that heats) is not
simulated.
"""

from __future__ import annotations

import asyncio
import random
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from homebody.core.clock import Clock, SystemClock
from homebody.home.adapters.miio import packet
from homebody.home.adapters.miio.body import Body
from homebody.home.adapters.miio.message import (
    ACCEPTED,
    OK,
    MessageError,
    Point,
    Raw,
    Reply,
    Said,
    answer,
    failure,
    parse,
    request,
)
from homebody.home.adapters.miio.packet import PacketError, Seal
from homebody.home.adapters.miio.spec import Spec, SpecAction

STAMP_S = 30  # how far a datagram's time may be from the device's own
_REMEMBERED = 64  # ids
_TELL_AGAIN_S = (0.3, 0.6, 1.2)  # after these, a subscriber that does not acknowledge is given up
_MOST_SUBSCRIBERS = 8

Address = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a device behaves; times in seconds. ``loss`` is the part of datagrams that go missing, ``doubled``
    of those that arrive twice, each way.

    ``accepts``: answers code 1 to settings and carries them out ``later``. ``lies``: yes, and does nothing.
    ``silent``: changes are not pushed.
    """

    latency: float = 0.0
    loss: float = 0.0
    doubled: float = 0.0
    later: float = 0.0
    accepts: bool = False
    lies: bool = False
    silent: bool = False


@dataclass(slots=True, kw_only=True)
class Counts:
    """What arrived: ``ignored`` datagrams bore another token or time; ``repeated`` requests came before."""

    requests: int = 0
    ignored: int = 0
    repeated: int = 0
    lost: int = 0
    actions: list[tuple[Point, tuple[Any, ...]]] = field(default_factory=list)


class SimulatedDevice(asyncio.DatagramProtocol):
    """One device, switched on ``running_s`` ago. ``change`` is what a hand on the device does; ``told`` is
    called with each property that changes. ``subscribed`` is set while somebody wants to be told."""

    def __init__(
        self,
        spec: Spec,
        token: bytes,
        *,
        did: int,
        model: str = "homebody.sim.1",
        manner: Manner | None = None,
        running_s: float = 0.0,
        clock: Clock | None = None,
        chance: random.Random | None = None,
        told: Callable[[Point, Raw], None] = lambda _point, _value: None,
    ) -> None:
        self.spec, self.token, self.did, self.model = spec, token, did, model
        self.manner = manner or Manner()
        self.counts = Counts()
        self.address: Address = ("", 0)
        self.subscribed = asyncio.Event()
        self._clock = clock or SystemClock()
        self._chance = chance or random.Random()
        self._told = told
        self._seal = Seal(token)
        self._body = Body(spec, self._carry_out, self._run)
        self._started = self._clock.monotonic() - running_s
        self._subscribers: OrderedDict[Address, int] = OrderedDict()
        self._greeted: OrderedDict[Address, int] = OrderedDict()
        self._answered: OrderedDict[tuple[Address, int], bytes] = OrderedDict()
        self._unacknowledged: dict[int, asyncio.Event] = {}
        self._next_id = secrets.randbelow(2**20)
        self._transport: asyncio.DatagramTransport | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self, host: str = "127.0.0.1", port: int = 54321) -> Address:
        """Listen; the address, with the port that was free if 0 was asked. Raises ``OSError``."""
        transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: self, local_addr=(host, port)
        )
        self._transport = transport
        self.address = transport.get_extra_info("sockname")[:2]
        return self.address

    async def stop(self) -> None:
        if self._transport is not None:
            self._transport.close()
            self._transport = None
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @property
    def state(self) -> dict[Point, Raw]:
        """The raw value of each property that can be read."""
        return self._body.state

    def restart(self) -> None:
        """Power off and on: the clock begins at nothing, subscribers and ids are forgotten, state stays."""
        self._started = self._clock.monotonic()
        self._subscribers.clear()
        self.subscribed.clear()
        self._greeted.clear()
        self._answered.clear()

    def change(self, values: Mapping[Point, Raw]) -> None:
        """Set properties as a hand on the device does, and tell the subscribers."""
        changed = {point: value for point, value in values.items() if self.state.get(point) != value}
        self.state.update(changed)
        for point, value in changed.items():
            self._told(point, value)
        if changed and not self.manner.silent:
            params = [{"did": str(self.did), "siid": at.siid, "piid": at.piid, "value": value}
                      for at, value in changed.items()]  # fmt: skip
            for where in self._subscribers:
                self._spawn(self._say(where, "properties_changed", params))

    @property
    def subscribers(self) -> tuple[Address, ...]:
        """Who wants to be told of changes."""
        return tuple(self._subscribers)

    def tell(self, where: Address, params: Any, *, id_: int | None = None, age_s: int = 0) -> None:
        """Tell ``where`` of changed properties once, heard or not; ``age_s`` ago by the device's clock."""
        if id_ is None:
            self._next_id += 1
            id_ = self._next_id
        payload = request(id_, "properties_changed", params)
        self._send(where, self._seal.seal(self.did, self.stamp - age_s, payload))

    @property
    def stamp(self) -> int:
        return int(self._clock.monotonic() - self._started)

    # What arrives

    def datagram_received(self, data: bytes, addr: Any) -> None:
        if self._lost():
            return
        self._take(data, addr[:2])
        if self._chance.random() < self.manner.doubled:
            self._take(data, addr[:2])

    def _take(self, data: bytes, where: Address) -> None:
        try:
            head = packet.head_of(data)
            if head.greeting:
                if (subscriber := packet.subscriber_of(data)) is not None:
                    _remember(self._greeted, where, subscriber, _MOST_SUBSCRIBERS)
                self._later(where, packet.greeting_answer(self.did, self.stamp))
                return
            opened = self._seal.open(data)
            said = parse(opened.payload)
        except (PacketError, MessageError):
            self.counts.ignored += 1
            return
        if abs(head.stamp - self.stamp) > STAMP_S:
            self.counts.ignored += 1
            return
        if isinstance(said, Reply):
            if said.id in self._unacknowledged:
                self._unacknowledged[said.id].set()
            return
        self.counts.requests += 1
        if (before := self._answered.get((where, said.id))) is not None:
            self.counts.repeated += 1
            payload = before
        else:
            payload = self._answer(where, said)
            _remember(self._answered, (where, said.id), payload, _REMEMBERED)
        self._later(where, self._seal.seal(self.did, self.stamp, payload))

    def _answer(self, where: Address, said: Said) -> bytes:
        params = said.params
        match said.method:
            case "get_properties" if isinstance(params, list):
                return answer(said.id, [self._body.get(each) for each in params[:100]])
            case "set_properties" if isinstance(params, list):
                return answer(said.id, [self._body.set(each) for each in params[:100]])
            case "action" if isinstance(params, dict):
                return answer(said.id, self._body.act(params))
            case "miIO.info":
                return answer(said.id, {"model": self.model, "fw_ver": "1.0.0", "hw_ver": "simulated",
                                        "life": self.stamp, "mac": _mac(self.did)})  # fmt: skip
            case "miIO.sub" if where in self._greeted:
                _remember(self._subscribers, where, self._greeted[where], _MOST_SUBSCRIBERS)
                self.subscribed.set()
                return answer(said.id, {"code": OK})
            case "miIO.unsub":
                self._forget(where)
                return answer(said.id, {"code": OK})
            case _:
                return failure(said.id, -9999, "user ack timeout")

    def _carry_out(self, point: Point, value: Raw) -> int:
        if self.manner.lies:
            return OK
        if self.manner.later:
            self._spawn(self._change_later(point, value))
        else:
            self.change({point: value})
        return ACCEPTED if self.manner.accepts else OK

    def _run(self, action: SpecAction, inputs: tuple[Any, ...]) -> int:
        if self.manner.lies:
            return OK
        self.counts.actions.append((action.point, inputs))
        if action.kind == "toggle":
            for point, property_ in self._body.properties.items():
                if point.siid == action.point.siid and property_.kind == "on":
                    self.change({point: not self.state[point]})
        return OK

    async def _change_later(self, point: Point, value: Raw) -> None:
        await self._clock.sleep(self.manner.later)
        self.change({point: value})

    # What it sends

    async def _say(self, where: Address, method: str, params: Any) -> None:
        """Say something until it is acknowledged, or there is no point in it any more."""
        self._next_id += 1
        id_ = self._next_id
        heard = self._unacknowledged[id_] = asyncio.Event()
        try:
            for pause in _TELL_AGAIN_S:
                self._later(where, self._seal.seal(self.did, self.stamp, request(id_, method, params)))
                await self._clock.sleep(pause)
                if heard.is_set():
                    return
            self._forget(where)
        finally:
            del self._unacknowledged[id_]

    def _forget(self, where: Address) -> None:
        self._subscribers.pop(where, None)
        if not self._subscribers:
            self.subscribed.clear()

    def _later(self, where: Address, datagram: bytes) -> None:
        if self.manner.latency:
            self._spawn(self._send_later(where, datagram))
        else:
            self._send(where, datagram)

    async def _send_later(self, where: Address, datagram: bytes) -> None:
        await self._clock.sleep(self.manner.latency)
        self._send(where, datagram)

    def _send(self, where: Address, datagram: bytes) -> None:
        if self._transport is not None and not self._lost():
            self._transport.sendto(datagram, where)
            if self._chance.random() < self.manner.doubled:
                self._transport.sendto(datagram, where)

    def _lost(self) -> bool:
        if self.manner.loss and self._chance.random() < self.manner.loss:
            self.counts.lost += 1
            return True
        return False

    def _spawn(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _mac(did: int) -> str:
    return ":".join(f"{byte:02X}" for byte in (did & 0xFFFFFFFFFFFF).to_bytes(6, "big"))


def _remember(kept: OrderedDict[Any, Any], key: Any, value: Any, most: int) -> None:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > most:
        kept.popitem(last=False)
