"""The robot dog of a home: from its entry in the home file to a driver that runs skills, and back.

The packages of the robot's room are imported when a home first has a dog. Where they are missing, or there is
no multicast, the dog is a device that does not answer.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from homebody.assistant.understanding.skills.phrases import ADAPTER
from homebody.core.clock import Clock
from homebody.core.errors import UnreachableError
from homebody.core.floor_plan import Door
from homebody.home.adapters.cyberdog import Cyberdog
from homebody.home.device import Device, Home
from homebody.home.function import Value
from homebody.robot.safety.lease import Owner
from homebody.robot.skills.outcome import SkillOutcome
from homebody.robot.words import Words

if TYPE_CHECKING:
    from homebody.robot.driver.driver import Driver
    from homebody.robot.navigation.map import Map
    from homebody.robot.skills.runner import SkillRunner
    from homebody.robot.wire.memory import AnyWire

_log = logging.getLogger(__name__)

TELL_S = 5.0
HEARD_S = 2.0
_ABSENT = Words("机器狗没有回应", "the dog does not answer")


class Dog:
    """One home's dog. ``wire`` is for tests; else LCM, as the home file says."""

    def __init__(
        self,
        home: Home,
        adapter: Cyberdog,
        clock: Clock,
        *,
        states: Callable[[str], Mapping[str, Value]] = lambda _: {},
        wire: AnyWire | None = None,
    ) -> None:
        """``states``: what is known of a device, by function; it tells which doors are shut."""
        self.device = next(device for device in home.devices if device.adapter == ADAPTER)
        self._home = home
        self._adapter = adapter
        self._clock = clock
        self._states = states
        self._wire = wire
        self._chart: Map | None = None
        self.driver: Driver | None = None
        self._runner: SkillRunner | None = None
        self._telling: asyncio.Task[None] | None = None

    async def start(self) -> None:
        from homebody.robot.driver.driver import Driver  # noqa: PLC0415
        from homebody.robot.skills.runner import SkillRunner  # noqa: PLC0415

        try:
            self.driver = Driver(self._wire or self._lcm(), self._clock)
            await self.driver.start()
        except (ModuleNotFoundError, UnreachableError) as error:
            _log.warning("The dog cannot be reached: %s", error)
            self.driver = None
            return
        self._runner = SkillRunner(self._body(self.driver), self._clock)
        self._telling = asyncio.create_task(self._tell_on())

    async def stop(self) -> None:
        if self._runner:
            self._runner.cancel()
        if self._telling:
            self._telling.cancel()
            await asyncio.wait([self._telling])
        if self.driver:
            await self.driver.stop()

    async def run(self, name: str, arguments: Mapping[str, Value], *, person: bool) -> SkillOutcome:
        """Do a skill; it always ends, and says how."""
        if self._runner is None or self.driver is None:
            return SkillOutcome(skill=name, status="unreachable", reason=_ABSENT)
        # who has just begun to listen waits until it has heard something
        if name != "emergency_stop":
            await self.driver.until(lambda senses: None if senses.silent else True, HEARD_S)
        if self._chart:
            self._chart.shut([door.id for door in self._chart.layout.doors if self._is_shut(door)])
        plain = {key: str(v) if isinstance(v, str) else float(v) for key, v in arguments.items()}
        return await self._runner.run(name, plain, person=person)

    def _is_shut(self, door: Door) -> bool:
        """Whether its device tells so; what is not known is open until the dog sees that it is not."""
        state = self._states(door.device) if door.device else {}
        return state.get("contact") is False or state.get("position") == 0

    def emergency_stop(self, by: str) -> None:
        """Cut its motors, whoever asks."""
        if self.driver:
            self.driver.emergency_stop(by)

    def release(self, by: Owner) -> bool:
        return self.driver is not None and self.driver.release(by)

    def _lcm(self) -> AnyWire:
        from homebody.robot.wire.channels import FIRST_PORT, GROUP  # noqa: PLC0415
        from homebody.robot.wire.transport import Wire  # noqa: PLC0415

        binding = self._home.bindings.get(self.device.id, {})
        ttl = int(binding.get("ttl", 0))
        if ttl:  # its C code is not seen by the gate: the person's leave is written down all the same
            self._adapter.means.may_reach([GROUP])
        return Wire(ttl=ttl, first_port=int(binding.get("first_port", FIRST_PORT)))

    def _body(self, driver: Driver) -> _Body:
        from homebody.robot.navigation.map import Anchor, Map  # noqa: PLC0415
        from homebody.robot.skills.moves import Body  # noqa: PLC0415

        plan = self._home.plan
        binding = self._home.bindings.get(self.device.id, {})
        owner = Owner(id="skills")
        name = str(binding.get("starts_at", "dog_bed"))
        for layout in plan.floors if plan else ():
            if place := layout.place(name):
                anchor = Anchor(position=place.position, heading=place.heading)
                self._chart = Map(layout)
                return Body(driver=driver, owner=owner, clock=self._clock, chart=self._chart, anchor=anchor)
        return Body(driver=driver, owner=owner, clock=self._clock)

    async def _tell_on(self) -> None:
        while self.driver is not None:
            senses = self.driver.senses
            known = None if senses.silent else {"battery": senses.battery}
            self._adapter.tell(self.device.id, _of(self.device, known))
            await self._clock.sleep(TELL_S)


if TYPE_CHECKING:
    from homebody.robot.skills.moves import Body as _Body


def _of(device: Device, known: Mapping[str, Value | None] | None) -> Mapping[str, Value] | None:
    """What the device has functions for."""
    if known is None:
        return None
    return {key: value for key, value in known.items() if value is not None and device.function(key)}
