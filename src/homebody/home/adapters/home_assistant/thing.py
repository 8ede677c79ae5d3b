"""One device of a home: the entities of Home Assistant that it is made of, its state, and its commands.

Home Assistant answers yes to a command for an entity that it does not have. So nothing is sent to an entity
whose state it does not tell, and what became of a command is read from the states that come back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from homebody.core.clock import Clock
from homebody.core.errors import RefusedError, UnreachableError
from homebody.home.adapter import Push
from homebody.home.adapters.home_assistant.connection import Connection
from homebody.home.adapters.home_assistant.mapping import Described, describe, is_main
from homebody.home.adapters.home_assistant.registries import HaEntity
from homebody.home.adapters.home_assistant.states import State
from homebody.home.adapters.home_assistant.wires import Subject, Wire
from homebody.home.device import Device
from homebody.home.function import Value
from homebody.home.label import Label
from homebody.home.network.contact import Contact
from homebody.home.outcome import Operation
from homebody.home.words import named

_CAPABILITIES = (
    "device_class", "supported_features", "assumed_state", "unit_of_measurement", "state_class",
    "supported_color_modes", "min_color_temp_kelvin", "max_color_temp_kelvin", "effect_list", "code_format",
    "hvac_modes", "min_temp", "max_temp", "target_temp_step", "min_humidity", "max_humidity", "fan_modes",
    "preset_modes", "swing_modes", "percentage_step", "available_modes", "operation_list", "source_list",
    "sound_mode_list", "fan_speed_list", "min", "max", "step", "options", "pattern",
)  # fmt: skip
"""Attributes that say what an entity can do."""
_TOLD_AT_TIMES = ("current_temperature", "current_humidity")
_UNKNOWN, _AWAY = "Home Assistant does not know it", "Home Assistant says that it is not available"


class Thing:
    """``bound`` is what the home file calls it; ``state`` gives what was told of an entity last."""

    def __init__(
        self,
        device: Device,
        bound: str,
        address: str,
        clock: Clock,
        push: Push,
        state: Callable[[str], State | None],
    ) -> None:
        self.device = device
        self.bound = bound
        self.contact = Contact(protocol="Home Assistant", address=address, clock=clock)
        self._clock = clock
        self._push = push
        self._state = state
        self._members: tuple[HaEntity, ...] = ()
        self._fahrenheit = False
        self._capabilities: dict[str, tuple[object, ...]] = {}
        self._wires: dict[str, Wire] = {}
        self._missing: list[str] = []
        self._there = False

    @property
    def live(self) -> bool:
        return self._there

    @property
    def missing(self) -> Sequence[str]:
        """Functions of the home file that its entities do not have."""
        return self._missing

    def introduce(self, members: tuple[HaEntity, ...], fahrenheit: bool) -> None:
        """It is made of these; none: it is not on record."""
        if (members, fahrenheit) != (self._members, self._fahrenheit):
            self._members, self._fahrenheit = members, fahrenheit
            self._capabilities.clear()

    def disconnected(self, reason: str) -> None:
        self._capabilities.clear()
        self._lose(reason)

    # What it tells

    def heard(self, entity: str | None = None) -> None:
        """The state of an entity came, changed or went; None: all were told that there are."""
        self._describe()
        if (reason := self._absence()) is not None:
            self._lose(reason)
            return
        everything = not self._there or entity is None
        self._there = True
        self.contact.answered()
        values = self._values(None if everything else entity)
        if values or everything:  # a button is there too, and has nothing to tell
            self._push(self.device.id, values)

    def _lose(self, reason: str) -> None:
        self._there = False
        self.contact.failed(reason)
        self._push(self.device.id, None)

    def _absence(self) -> str | None:
        """Why it cannot be reached, if so."""
        first = self._members[0] if self._members else None
        if first is None:
            return _UNKNOWN
        of = [first] if is_main(first.domain, first.category) else self._members
        states = [state for member in of if (state := self._state(member.entity)) is not None]
        if not states:
            return f"{_UNKNOWN}: {first.entity}"
        return None if any(state.there for state in states) else _AWAY

    def _values(self, entity: str | None = None) -> dict[str, Value]:
        """Of one entity, or of all."""
        values: dict[str, Value] = {}
        for wire in self._wires.values():
            if wire.told is None or entity not in (None, wire.entity):
                continue
            state = self._state(wire.entity)
            if state is None or not state.there or state.assumed:
                continue
            if (value := wire.told(state)) is not None:
                values[wire.function.id] = value
        return values

    def _describe(self) -> None:
        """What its entities can do, once more if that changed."""
        told = {
            member.entity: _capabilities(state)
            for member in self._members
            if (state := self._state(member.entity)) is not None
        }
        if told == self._capabilities:
            return
        self._capabilities = told
        own = {function.id: function for function in self.device.functions}
        described = described_as(self._members, self._state, self._fahrenheit)
        self._wires = {
            wire.function.id: wire
            for wire in described.wires
            if wire.function.id in own and wire.function.type is own[wire.function.id].type
        }
        self._missing = sorted(set(own) - set(self._wires))

    # What is asked of it

    async def read(self, connection: Connection) -> Mapping[str, Value]:
        """As Home Assistant knows it now: what it told before it answered. Raises ``UnreachableError``."""
        started = self._clock.monotonic()
        await connection.request("ping")
        self._must_be_there()
        self._answered(started)
        return self._values()

    async def execute(self, operation: Operation, connection: Connection) -> None:
        """Raises ``RefusedError``, ``UnreachableError``."""
        self._must_be_there()
        wire = self._wires.get(operation.function)
        state = self._state(wire.entity) if wire else None
        if wire is None or state is None:
            raise RefusedError(f"Home Assistant has no {operation.function} for it")
        if not state.there:
            raise UnreachableError(f"{_AWAY}: {wire.entity}")
        call = wire.call(operation.action, operation.value, state)
        if call is None:
            raise RefusedError(f"Home Assistant has no way to {operation.action.value} {operation.function}")
        domain, _, service = call.service.partition(".")
        started = self._clock.monotonic()
        await connection.request(
            "call_service", domain=domain, service=service, service_data=dict(call.data),
            target={"entity_id": wire.entity},
        )  # fmt: skip
        self._answered(started)

    def _must_be_there(self) -> None:
        if (reason := self._absence()) is not None:
            raise UnreachableError(reason)

    def _answered(self, started: float) -> None:
        self.contact.answered(round((self._clock.monotonic() - started) * 1000, 2))


def described_as(
    members: Iterable[HaEntity], state: Callable[[str], State | None], fahrenheit: bool
) -> Described:
    """What entities that belong together can do, those left out that nothing is told of."""
    return describe(
        Subject(
            state=known,
            name=_name(member, known),
            main=is_main(member.domain, member.category),
            fahrenheit=fahrenheit,
        )
        for member in members
        if (known := state(member.entity)) is not None and _matters(member, known)
    )


def _matters(member: HaEntity, state: State) -> bool:
    """What tells how the device itself is doing says little to people, but for its battery."""
    return member.category != "diagnostic" or state.text("device_class") == "battery"


def _name(member: HaEntity, state: State) -> Label:
    """What its function is called: its own name; without one, what it measures; else its device's name."""
    return named(member.name or state.text("device_class") or state.text("friendly_name") or member.entity)


def _capabilities(state: State) -> tuple[object, ...]:
    told = state.attributes
    return (*(told.get(key) for key in _CAPABILITIES), *(key in told for key in _TOLD_AT_TIMES))
