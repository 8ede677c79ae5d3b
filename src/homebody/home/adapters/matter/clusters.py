"""Clusters of Matter as traits, by their numbers in the Matter Application Cluster Specification."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from homebody.home import colors
from homebody.home.adapters.matter.nodes import Endpoint
from homebody.home.adapters.matter.wires import Invoke, Wire, Write
from homebody.home.function import Action, Choice, Function, Value
from homebody.home.traits import TRAITS, trait

Maker = Callable[[Endpoint], Iterator[Wire]]
ON_OFF, LEVEL, COLOR, COVERING, LOCK, THERMOSTAT, FAN, VALVE = 6, 8, 768, 258, 257, 513, 514, 129
FEATURES = 0xFFFC
_EVEN_IF_OFF: Mapping[str, Any] = {"transitionTime": 0, "optionsMask": 1, "optionsOverride": 1}
_TIMED_MS = 1000  # the specification wants timed commands of locks


def on_off(_: Endpoint) -> Iterator[Wire]:
    def asked(action: Action, _value: Value | None, _endpoint: Endpoint) -> Invoke:
        return Invoke(cluster=ON_OFF, command="On" if action is Action.ON else "Off", payload={})

    yield Wire(function=TRAITS["on_off"], read=((ON_OFF, 0),), told=_bool(ON_OFF, 0), asked=asked)


def level(endpoint: Endpoint) -> Iterator[Wire]:
    """Levels from the device's least (1 unless told) to 254 are 1 to 100 %."""
    low, high = (endpoint.number_at(LEVEL, 2) or 1.0), (endpoint.number_at(LEVEL, 3) or 254.0)
    if not 0 <= low < high <= 254:
        low, high = 1.0, 254.0

    def told(at: Endpoint) -> Value | None:
        now = at.number_at(LEVEL, 0)
        return None if now is None else float(min(max(round(now / high * 100), 1), 100))

    def asked(_action: Action, value: Value | None, _endpoint: Endpoint) -> Invoke | None:
        if isinstance(value, bool | str) or value is None:
            return None
        wanted = min(max(round(value / 100 * high), int(max(low, 1))), int(high))
        payload = {"level": wanted, **_EVEN_IF_OFF}
        return Invoke(cluster=LEVEL, command="MoveToLevelWithOnOff", payload=payload)

    least = min(max(round(low / high * 100), 1), 100)
    yield Wire(function=trait("brightness", min=float(least)), read=((LEVEL, 0),), told=told, asked=asked)


def color(endpoint: Endpoint) -> Iterator[Wire]:
    features = int(endpoint.number_at(COLOR, FEATURES) or 0)
    cool, warm = endpoint.number_at(COLOR, 0x400B) or 0, endpoint.number_at(COLOR, 0x400C) or 0
    if features & 0x10 and 0 < cool < warm:
        yield _warmth(1_000_000 / warm, 1_000_000 / cool)
    if features & 0x01:
        yield _hue()


def _warmth(low: float, high: float) -> Wire:
    def told(at: Endpoint) -> Value | None:
        mireds, mode = at.number_at(COLOR, 7), at.number_at(COLOR, 8)
        return round(1_000_000 / mireds / 50) * 50.0 if mireds and mode == 2 else None

    def asked(_action: Action, value: Value | None, _endpoint: Endpoint) -> Invoke | None:
        if isinstance(value, bool | str) or not value:
            return None
        payload = {"colorTemperatureMireds": round(1_000_000 / value), **_EVEN_IF_OFF}
        return Invoke(cluster=COLOR, command="MoveToColorTemperature", payload=payload)

    # whole steps of the trait, within what the device can do; a mired is up to 40 K wide up there
    function = trait("color_temperature", min=float(-(-low // 50) * 50), max=float(high // 50 * 50))
    return Wire(function=function, read=((COLOR, 7), (COLOR, 8)), told=told, asked=asked)


def _hue() -> Wire:
    def told(at: Endpoint) -> Value | None:
        hue, saturation = at.number_at(COLOR, 0), at.number_at(COLOR, 1)
        if hue is None or saturation is None or at.number_at(COLOR, 8) != 0:
            return None
        return colors.nearest(hue / 254, saturation / 254)

    def asked(_action: Action, value: Value | None, _endpoint: Endpoint) -> Invoke | None:
        if value not in colors.COLORS:
            return None
        hue, saturation = colors.hue_and_saturation(colors.COLORS[str(value)])
        payload = {"hue": round(hue * 254), "saturation": round(saturation * 254), **_EVEN_IF_OFF}
        return Invoke(cluster=COLOR, command="MoveToHueAndSaturation", payload=payload)

    return Wire(function=TRAITS["color"], read=((COLOR, 0), (COLOR, 1), (COLOR, 8)), told=told, asked=asked)


def covering(endpoint: Endpoint) -> Iterator[Wire]:
    """Matter counts how far it is closed, in hundredths of a percent; a home how far it is open."""
    if not endpoint.has(COVERING, 14):
        return
    commands = {Action.OPEN: "UpOrOpen", Action.CLOSE: "DownOrClose", Action.STOP: "StopMotion"}

    def told(at: Endpoint) -> Value | None:
        closed = at.number_at(COVERING, 14)
        return None if closed is None or not 0 <= closed <= 10_000 else float(round(100 - closed / 100))

    def asked(action: Action, value: Value | None, _endpoint: Endpoint) -> Invoke | None:
        if action in commands:
            return Invoke(cluster=COVERING, command=commands[action], payload={})
        if isinstance(value, bool | str) or value is None:
            return None
        payload = {"liftPercent100thsValue": round((100 - value) * 100)}
        return Invoke(cluster=COVERING, command="GoToLiftPercentage", payload=payload)

    yield Wire(function=TRAITS["position"], read=((COVERING, 14),), told=told, asked=asked)


def lock(endpoint: Endpoint) -> Iterator[Wire]:
    """One that wants a code from afar can only be read."""
    function = TRAITS["lock"]
    if endpoint.get(LOCK, 51) is True:
        function = replace(function, actions=())

    def told(at: Endpoint) -> Value | None:
        return {1: True, 2: False}.get(int(at.number_at(LOCK, 0) or 0))

    def asked(action: Action, _value: Value | None, _endpoint: Endpoint) -> Invoke:
        command = "LockDoor" if action is Action.LOCK else "UnlockDoor"
        return Invoke(cluster=LOCK, command=command, payload={}, timed_ms=_TIMED_MS)

    yield Wire(function=function, read=((LOCK, 0),), told=told, asked=asked)


def valve(_: Endpoint) -> Iterator[Wire]:
    def told(at: Endpoint) -> Value | None:
        state = at.number_at(VALVE, 4)
        return {0.0: False, 1.0: True}.get(state) if state is not None else None

    def asked(action: Action, _value: Value | None, _endpoint: Endpoint) -> Invoke:
        return Invoke(cluster=VALVE, command="Open" if action is Action.OPEN else "Close", payload={})

    yield Wire(function=TRAITS["valve"], read=((VALVE, 4),), told=told, asked=asked)


_MODES: Mapping[int, str] = {1: "auto", 3: "cool", 4: "heat", 7: "fan_only", 8: "dry"}


def thermostat(endpoint: Endpoint) -> Iterator[Wire]:
    """The target is that of the mode: for cooling while it cools, else for heating where it heats."""
    features = int(endpoint.number_at(THERMOSTAT, FEATURES) or 0)
    heats, cools = bool(features & 1), bool(features & 2)
    if not (heats or cools):
        return

    def attribute(at: Endpoint) -> int:
        return 17 if cools and (not heats or at.number_at(THERMOSTAT, 28) == 3) else 18

    def target(at: Endpoint) -> Value | None:
        now = at.number_at(THERMOSTAT, attribute(at))
        return None if now is None else now / 100

    def set_target(_action: Action, value: Value | None, at: Endpoint) -> Write | None:
        if isinstance(value, bool | str) or value is None:
            return None
        return Write(cluster=THERMOSTAT, attribute=attribute(at), value=round(value * 100))

    low, high = (_hundredths(endpoint, 0x15, 7), _hundredths(endpoint, 0x16, 30))
    if cools:
        cool_low, cool_high = _hundredths(endpoint, 0x17, 16), _hundredths(endpoint, 0x18, 32)
        low, high = (max(low, cool_low), min(high, cool_high)) if heats else (cool_low, cool_high)
    if low < high:
        read = ((THERMOSTAT, 17), (THERMOSTAT, 18), (THERMOSTAT, 28))
        yield Wire(function=trait("thermostat", min=low, max=high), read=read, told=target, asked=set_target)
    able = {1: heats and cools, 3: cools, 4: heats}
    offered = {number: id_ for number, id_ in _MODES.items() if able.get(number)}
    base = TRAITS["mode"]
    choices = tuple(choice for choice in base.choices if choice.id in offered.values())
    yield from _mode(trait("mode", choices=choices), choices, offered)


def _mode(function: Function, choices: tuple[Choice, ...], offered: Mapping[int, str]) -> Iterator[Wire]:
    numbers = {id_: number for number, id_ in offered.items()}

    def mode(at: Endpoint) -> Value | None:
        return offered.get(int(at.number_at(THERMOSTAT, 28) or 0))

    def set_mode(_action: Action, value: Value | None, _endpoint: Endpoint) -> Write | None:
        number = numbers.get(str(value))
        return None if number is None else Write(cluster=THERMOSTAT, attribute=28, value=number)

    def power(at: Endpoint) -> Value | None:
        now = at.number_at(THERMOSTAT, 28)
        return None if now is None else now != 0

    def set_power(action: Action, _value: Value | None, _endpoint: Endpoint) -> Write:
        first = numbers[choices[0].id]
        return Write(cluster=THERMOSTAT, attribute=28, value=first if action is Action.ON else 0)

    yield Wire(function=function, read=((THERMOSTAT, 28),), told=mode, asked=set_mode)
    yield Wire(function=TRAITS["on_off"], read=((THERMOSTAT, 28),), told=power, asked=set_power)


def fan(_: Endpoint) -> Iterator[Wire]:
    def asked(_action: Action, value: Value | None, _endpoint: Endpoint) -> Write | None:
        if isinstance(value, bool | str) or value is None:
            return None
        return Write(cluster=FAN, attribute=2, value=round(value))

    yield Wire(function=TRAITS["fan_speed"], read=((FAN, 3),), told=_number(FAN, 3), asked=asked)


def _hundredths(endpoint: Endpoint, attribute: int, usual: float) -> float:
    told = endpoint.number_at(THERMOSTAT, attribute)
    return usual if told is None or not -100 <= told / 100 <= 100 else told / 100


# what is only told


def _bool(cluster: int, attribute: int) -> Callable[[Endpoint], Value | None]:
    def told(at: Endpoint) -> Value | None:
        value = at.get(cluster, attribute)
        return value if isinstance(value, bool) else None

    return told


def _number(cluster: int, attribute: int, scale: float = 1.0) -> Callable[[Endpoint], Value | None]:
    def told(at: Endpoint) -> Value | None:
        value = at.number_at(cluster, attribute)
        return None if value is None else round(value * scale, 3)

    return told


def measure(id_: str, cluster: int, attribute: int = 0, scale: float = 1.0) -> Maker:
    def make(endpoint: Endpoint) -> Iterator[Wire]:
        if endpoint.has(cluster, attribute):
            told = _number(cluster, attribute, scale)
            yield Wire(function=TRAITS[id_], read=((cluster, attribute),), told=told)

    return make


def illuminance(_: Endpoint) -> Iterator[Wire]:
    """Told as a logarithm: 10000 log10(lux) + 1, and 0 where it is too dark to say."""

    def told(at: Endpoint) -> Value | None:
        value = at.number_at(1024, 0)
        if value is None or not 0 <= value <= 0xFFFE:
            return None
        return float(round(10 ** ((value - 1) / 10_000), 1)) if value else 0.0

    yield Wire(function=TRAITS["illuminance"], read=((1024, 0),), told=told)


def occupancy(_: Endpoint) -> Iterator[Wire]:
    def told(at: Endpoint) -> Value | None:
        value = at.number_at(1030, 0)
        return None if value is None else bool(int(value) & 1)

    yield Wire(function=TRAITS["occupancy"], read=((1030, 0),), told=told)


def boolean_state(endpoint: Endpoint) -> Iterator[Wire]:
    """True is closed for a contact, and water for a leak detector."""
    leak = bool(endpoint.node.types(endpoint.number) & {0x43, 0x44})

    def told(at: Endpoint) -> Value | None:
        value = at.get(69, 0)
        return (value if leak else not value) if isinstance(value, bool) else None

    yield Wire(function=TRAITS["leak" if leak else "contact"], read=((69, 0),), told=told)


def smoke(endpoint: Endpoint) -> Iterator[Wire]:
    def told(at: Endpoint) -> Value | None:
        value = at.number_at(92, 1)
        return None if value is None else value > 0

    if endpoint.has(92, 1):
        yield Wire(function=TRAITS["smoke"], read=((92, 1),), told=told)


MAKERS: tuple[tuple[int, Maker], ...] = (
    (LOCK, lock), (VALVE, valve), (ON_OFF, on_off), (LEVEL, level), (COLOR, color), (COVERING, covering),
    (THERMOSTAT, thermostat), (FAN, fan), (69, boolean_state), (92, smoke), (1030, occupancy),
    (1024, illuminance), (1026, measure("temperature", 1026, scale=0.01)),
    (1029, measure("humidity", 1029, scale=0.01)), (1037, measure("co2", 1037)),
    (1066, measure("pm25", 1066)),
    (144, measure("power_draw", 144, 8, 0.001)), (47, measure("battery", 47, 12, 0.5)),
    (THERMOSTAT, measure("temperature", THERMOSTAT, 0, 0.01)),
)  # fmt: skip
"""By cluster. What keeps people or water out stands first."""
