"""What is wrong with the dog, by name, and whether standing up again clears it.

Bits of ``motor_error`` are those of the document, chapter 2.3.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from homebody.robot.safety.limits import BATTERY_EMPTY, BATTERY_LOW, HOT_C, TOO_HOT_C
from homebody.robot.senses import Senses
from homebody.robot.wire.messages import SwitchStatus
from homebody.robot.words import Words

JOINTS = tuple(
    f"{leg} {joint}"
    for leg in ("front right", "front left", "rear right", "rear left")
    for joint in ("abad", "hip", "knee")
)

_BITS = {
    0: Words("电机断开", "motor disconnected"),
    1: Words("电机线圈过热", "motor coil too hot"),
    2: Words("驱动芯片故障", "driver chip error"),
    3: Words("电压过低", "voltage too low"),
    4: Words("电压过高", "voltage too high"),
    5: Words("B相过流", "phase B overcurrent"),
    6: Words("C相过流", "phase C overcurrent"),
    8: Words("编码器未校准", "encoder not calibrated"),
    17: Words("A相过流", "phase A overcurrent"),
    24: Words("电机温度偏高", "motor coil warm"),
}
_OVERLOAD = Words("电机过载", "motor overload")
WARNING_BITS = range(24, 28)
_ERRORS = sum(1 << bit for bit in (*range(7), 8, *range(9, 18)))
_WARNINGS = sum(1 << bit for bit in WARNING_BITS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """``clearable``: it goes by standing up, by cooling or by charging; else a person must see to it.
    ``stops``: with it, the dog does nothing but lie down and stop."""

    id: str
    words: Words
    clearable: bool
    stops: bool
    where: str = ""


def faults(senses: Senses) -> tuple[Fault, ...]:
    """All that is wrong now."""
    return tuple(_found(senses))


def _found(senses: Senses) -> Iterator[Fault]:
    if senses.silent:
        yield Fault(
            id="no_answer", words=Words("机器狗没有回应", "the dog does not answer"),
            clearable=True, stops=True,
        )  # fmt: skip
    elif (response := senses.response) is not None:
        match response.status:
            case SwitchStatus.LIFTED:
                yield Fault(
                    id="lifted", words=Words("被抱起来了", "it is being lifted"), clearable=True, stops=True
                )
            case SwitchStatus.DAMPING:
                yield Fault(
                    id="damping", words=Words("进入了保护趴下", "it let itself down to protect itself"),
                    clearable=True, stops=False,
                )  # fmt: skip
        if response.ori_error:
            yield Fault(
                id="tilted", words=Words("倾斜过大", "it is tilted too far"), clearable=True, stops=False
            )
        if response.footpos_error:
            yield Fault(
                id="feet", words=Words("腿超出活动范围", "a leg is out of its range"),
                clearable=True, stops=False,
            )  # fmt: skip
        for joint, error in zip(JOINTS, response.motor_error, strict=True):
            yield from _motor(joint, error)
    if senses.battery is not None and not senses.battery > BATTERY_LOW:
        empty = not senses.battery > BATTERY_EMPTY
        yield Fault(
            id="battery_empty" if empty else "battery_low",
            words=Words("电量耗尽", "the battery is empty") if empty
            else Words("电量低", "the battery is low"),
            clearable=True, stops=empty,
        )  # fmt: skip
    if senses.celsius is not None and not senses.celsius < HOT_C:
        too_hot = not senses.celsius < TOO_HOT_C
        yield Fault(
            id="too_hot" if too_hot else "hot",
            words=Words("电机过热", "the motors are too hot") if too_hot
            else Words("电机偏热", "the motors are hot"),
            clearable=True, stops=too_hot,
        )  # fmt: skip


def _motor(joint: str, error: int) -> Iterator[Fault]:
    for bit in range(28):
        mask = 1 << bit
        if not error & mask & (_ERRORS | _WARNINGS):
            continue
        warning = bit in WARNING_BITS
        yield Fault(
            id=f"motor_{bit}",
            words=_BITS.get(bit, _OVERLOAD),
            clearable=bit in (1, 3, 4, *range(9, 17)) or warning,
            stops=not warning,
            where=joint,
        )
