"""The driver: hears the dog, and sends what the pilot decides, 20 times a second and at once when it matters.

It lives in one event loop and never waits for the dog in it: packets are handed over by the wire as they
come, and whoever wants to know when something has come about waits with `until`, which always ends.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from homebody.core.clock import Clock
from homebody.core.errors import UnreachableError
from homebody.robot.driver.pilot import Pilot
from homebody.robot.driver.wishes import Wish
from homebody.robot.motions import Mode
from homebody.robot.safety.checks import Refusal
from homebody.robot.safety.lease import Owner
from homebody.robot.senses import Range, Senses
from homebody.robot.wire.channels import COMMANDS, ODOMETRIES, RESPONSES, TEMPERATURES
from homebody.robot.wire.memory import AnyWire
from homebody.robot.wire.messages import COMMAND, MotorTemperature, Odometry, RobotCommand, RobotResponse
from homebody.robot.wire.side_channels import BATTERY, RANGES, Battery, Ranges

_log = logging.getLogger(__name__)

PERIOD_S = 0.05

T = TypeVar("T")


class Driver:
    """One dog's. ``start`` before use, ``stop`` after it."""

    def __init__(self, wire: AnyWire, clock: Clock, *, pilot: Pilot | None = None) -> None:
        self.pilot = pilot or Pilot()
        self._wire = wire
        self._clock = clock
        self._senses = Senses(now=0.0)
        self._heard_at: dict[str, float] = {}
        self._changed = asyncio.Event()
        self._silence: list[Callable[[], None]] = []
        self._ticking: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Raises ``UnreachableError`` where there is no multicast."""
        hear = self._wire.hear
        self._silence = [
            hear(RESPONSES, self._on_response),
            hear(ODOMETRIES, self._on_odometry),
            hear(TEMPERATURES, self._on_temperature),
            hear(BATTERY, self._on_battery),
            hear(RANGES, self._on_ranges),
            hear(COMMANDS, self._on_command),
        ]
        self._wire.attach()
        self._ticking = asyncio.create_task(self._tick_on())

    async def stop(self) -> None:
        """Falls silent: the board's own watchdog then lets the dog lie down."""
        if self._ticking:
            self._ticking.cancel()
            await asyncio.wait([self._ticking])
        for silence in self._silence:
            silence()
        self._silence.clear()
        self._wire.close()

    @property
    def senses(self) -> Senses:
        """What is known now."""
        now = self._clock.monotonic()
        senses = self._senses
        return replace(
            senses,
            now=now,
            response_age_s=self._age("response", now),
            odometry_age_s=self._age("odometry", now),
            ranges_age_s=self._age("ranges", now),
        )

    def take(self, owner: Owner) -> bool:
        """Become the one who commands. Whether that worked."""
        had = self.pilot.lease.owner
        taken = self.pilot.lease.take(owner)
        if taken and had is not None and had.id != owner.id:
            _log.warning("%s took the dog over from %s", owner.id, had.id)
        if taken:
            self.pilot.beat(owner, self._clock.monotonic())
        return taken

    def leave(self, owner: Owner) -> None:
        self.pilot.leave(owner, self._clock.monotonic())
        self.tick()

    def beat(self, owner: Owner) -> bool:
        """The owner is still there; to be told at least twice a second."""
        return self.pilot.beat(owner, self._clock.monotonic())

    def wish(self, owner: Owner, wish: Wish) -> Refusal | None:
        """Ask for something; it is sent at once. Returns why not, if it is refused."""
        refused = self.pilot.wish(owner, wish, self.senses)
        if refused is None:
            self.tick()
        return refused

    def emergency_stop(self, by: str) -> None:
        """Cut the motors now, and until a person releases it. Needs no lease."""
        _log.warning("Emergency stop, pressed by %s", by)
        self._send(self.pilot.press(by))
        self._wake()

    def release(self, by: Owner) -> bool:
        """Let the dog be commanded again. Whether that worked: only a person does it."""
        released = self.pilot.emergency.release(by)
        if released:
            _log.warning("Emergency stop released by %s", by.id)
        return released

    @property
    def stopped(self) -> bool:
        """Whether the emergency stop is pressed."""
        return self.pilot.emergency.pressed

    @property
    def foreign(self) -> bool:
        """Whether somebody else has been commanding the dog."""
        return self.pilot.foreign.alarm(self._clock.monotonic())

    def tick(self) -> None:
        """Send what is to be sent now."""
        packet = self.pilot.tick(self.senses)
        if packet is not None:
            self._send(packet)

    async def until(self, seen: Callable[[Senses], T | None], within_s: float) -> T | None:
        """What ``seen`` makes of the senses as soon as it makes something of them; None after ``within_s``.

        It is asked whenever something was heard, and at every tick.
        """
        end = self._clock.monotonic() + within_s
        while (found := seen(self.senses)) is None:
            if self._clock.monotonic() >= end:
                return None
            await self._changed.wait()
        return found

    async def _tick_on(self) -> None:
        while True:
            self.tick()
            self._wake()
            await self._clock.sleep(PERIOD_S)

    def _send(self, packet: RobotCommand) -> None:
        self.pilot.foreign.sent(COMMAND.encode(packet))
        try:
            self._wire.publish(COMMANDS, packet)
        except UnreachableError as error:  # the board falls silent, and that is told; sending goes on
            _log.warning("%s", error)

    def _wake(self) -> None:
        """Wake whoever waits, once."""
        self._changed.set()
        self._changed = asyncio.Event()

    def _note(self, what: str, senses: Senses) -> None:
        self._heard_at[what] = self._clock.monotonic()
        self._senses = senses
        self._wake()

    def _age(self, what: str, now: float) -> float:
        return now - self._heard_at[what] if what in self._heard_at else float("inf")

    # what is heard

    def _on_response(self, message: RobotResponse) -> None:
        was_stopped = self.pilot.emergency.confirmed
        self.pilot.emergency.hear(message.mode)
        if was_stopped and self.pilot.emergency.pressed and message.mode != Mode.OFF:
            _log.warning("The board left the emergency stop; it is sent again")
        self._note("response", replace(self._senses, response=message))

    def _on_odometry(self, message: Odometry) -> None:
        self._note("odometry", replace(self._senses, odometry=message))

    def _on_temperature(self, message: MotorTemperature) -> None:
        self._note("temperature", replace(self._senses, celsius=max(message.celsius)))

    def _on_battery(self, message: Battery) -> None:
        charging = bool(message.charging)
        self._note("battery", replace(self._senses, battery=message.percent, charging=charging))

    def _on_ranges(self, message: Ranges) -> None:
        rays = tuple(
            Range(message.first_bearing + number * message.step, distance)
            for number, distance in enumerate(message.distances)
        )
        self._note("ranges", replace(self._senses, ranges=rays))

    def _on_command(self, message: RobotCommand) -> None:
        packet = COMMAND.encode(message)
        if self.pilot.foreign.heard(packet, self._clock.monotonic()) and self.pilot.foreign.count == 1:
            _log.warning("Somebody else commands the dog: mode %d, gait %d", message.mode, message.gait_id)
