"""Homes that nobody has seen: made-up kinds, names and controls in both languages, for property tests.

Chinese names are made of characters, English ones of syllables, that mean nothing to the grammar, so that
what is understood is understood from the description alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from homebody.home.device import Area, Device, Home
from homebody.home.function import Action, Choice, Function, Type
from homebody.home.label import Label

_CHARACTERS = "岚琪曜枢鹭霖璟珀芷笙蔓翎琮玥鸢棠"
_SYLLABLES = ("zor", "bli", "quen", "mav", "tux", "dri", "fol", "gim", "lar", "nep", "vok", "wuz")
_AREAS = (("客厅", "living room"), ("书房", "study"), ("厨房", "kitchen"), ("阳台", "balcony"))
UNITS = ("%", "°C", "min", "W", "")
SWITCH = (Action.ON, Action.OFF, Action.TOGGLE)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A home, and one device and control of it that sentences are about."""

    home: Home
    device: Device
    control: Function


def _names(count: int) -> st.SearchStrategy[list[Label]]:
    """Different names, none of which begins with another."""
    chinese = st.lists(
        st.text(_CHARACTERS, min_size=3, max_size=3),
        min_size=count,
        max_size=count,
        unique_by=lambda n: n[:2],
    )
    english = st.lists(
        st.lists(st.sampled_from(_SYLLABLES), min_size=2, max_size=2, unique=True).map("".join),
        min_size=count,
        max_size=count,
        unique=True,
    )
    return st.tuples(chinese, english).map(
        lambda both: [Label(zh=zh, en=en) for zh, en in zip(*both, strict=True)]
    )


def _number(id_: str, name: Label) -> st.SearchStrategy[Function]:
    def of(low: int, steps: int, step: float, unit: str) -> Function:
        return Function(
            id=id_, name=name, type=Type.NUMBER, actions=(Action.SET,), min=low, max=low + steps * step,
            step=step, unit=unit,
        )  # fmt: skip

    return st.builds(
        of, st.integers(0, 40), st.integers(4, 60), st.sampled_from((0.5, 1.0, 5.0)), st.sampled_from(UNITS)
    )


def _control(id_: str, name: Label, choices: list[Label], type_: Type) -> st.SearchStrategy[Function]:
    match type_:
        case Type.NUMBER:
            return _number(id_, name)
        case Type.CHOICE:
            offered = tuple(Choice(id=f"{id_}.{index}", name=one) for index, one in enumerate(choices))
            return st.just(Function(id=id_, name=name, type=type_, actions=(Action.SET,), choices=offered))
        case Type.BOOL:
            effects = ((Action.ON, True), (Action.OFF, False))
            return st.just(Function(id=id_, name=name, type=type_, actions=SWITCH, effects=effects))
        case Type.TEXT:
            return st.just(Function(id=id_, name=name, type=type_, actions=(Action.SET,)))
        case Type.ACTION:
            return st.just(Function(id=id_, name=name, type=type_, actions=(Action.RUN,), readable=False))


@st.composite
def spoken(draw: st.DrawFn, type_: Type) -> Spoken:
    """A home of up to four unknown devices; the control that is spoken of has this type."""
    count = draw(st.integers(1, 4))
    controls = draw(st.lists(st.integers(0, 2), min_size=count, max_size=count))
    total = count + count + sum(controls) + 1 + 2 * (sum(controls) + 1)
    names = iter(draw(_names(total)))
    areas = tuple(Area(id=f"area{index}", name=Label(zh=zh, en=en)) for index, (zh, en) in enumerate(_AREAS))
    devices = []
    for index in range(count):
        types = [draw(st.sampled_from(list(Type))) for _ in range(controls[index])]
        types += [type_] if index == 0 else []
        name, kind = next(names), next(names)
        functions = tuple(
            draw(_control(f"c{position}.{index}", next(names), [next(names), next(names)], each))
            for position, each in enumerate(types)
        )
        devices.append(
            Device(
                id=f"thing{index}",
                kind=kind.en,
                kind_name=kind,
                name=name,
                controls=functions,
                area=draw(st.sampled_from([area.id for area in areas])),
            )
        )
    home = Home(name=Label(zh="家", en="home"), areas=areas, devices=tuple(devices))
    return Spoken(home, devices[0], devices[0].controls[-1])


def said_number(value: float, unit: str, language: str) -> str:
    """A number with its unit, as a person writes it."""
    words = {
        "%": ("{n}%", "{n} percent"),
        "°C": ("{n}度", "{n} degrees"),
        "min": ("{n}分钟", "{n} minutes"),
        "W": ("{n}瓦", "{n} watts"),
        "": ("{n}", "{n}"),
    }[unit]
    return words[0 if language == "zh" else 1].format(n=f"{value:g}")
