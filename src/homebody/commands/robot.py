"""``homebody robot``: the skills of the dog, one of them done, and a dog without physics to try them on."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Sequence
from dataclasses import asdict

from rich.table import Table

from homebody.assistant.assembly import home_of, means_of
from homebody.assistant.dog import Dog
from homebody.assistant.understanding.skills.phrases import ADAPTER
from homebody.commands.terminal import console
from homebody.core.clock import SystemClock
from homebody.core.errors import InputError
from homebody.core.gate import install_gate
from homebody.core.settings import Settings
from homebody.home.adapters.cyberdog import Cyberdog
from homebody.home.device import Home
from homebody.robot.skills.outcome import SkillOutcome
from homebody.robot.skills.table import SKILLS, Argument, Parameter

SCHEMA = "homebody.skill/1"


def skills() -> None:
    """The table of skills."""
    table = Table("skill", "名称", "name", "arguments", "seen in")
    for skill in SKILLS.values():
        how = skill.seen if skill.why_not is None else f"refused: {skill.why_not.en}"
        arguments = ", ".join(map(_described, skill.parameters))
        table.add_row(skill.id, skill.name.zh, skill.name.en, arguments, how)
    console().print(table)


async def do(settings: Settings, name: str, given: Sequence[str], *, as_json: bool) -> bool:
    """Do one skill with the home's dog, and say what was seen. Whether it was done."""
    home = home_of(settings)
    _dog_of(home)
    arguments = _arguments(name, given)
    clock = SystemClock()
    adapter = Cyberdog(means_of(settings, install_gate(), clock)(ADAPTER))
    dog = Dog(home, adapter, clock)
    await dog.start()
    try:
        outcome = await dog.run(name, arguments, person=True)
    finally:
        await dog.stop()
    if as_json:
        console().print(json.dumps({"schema": SCHEMA, **asdict(outcome)}, ensure_ascii=False))
    else:
        console().print(_said(outcome))
    return outcome.status == "done"


async def simulate(settings: Settings) -> None:
    """Run a dog without physics in the rooms of the home, on this machine's wire, until it is interrupted."""
    from homebody.robot.kinematic import STEP_S, KinematicDog, solid  # noqa: PLC0415
    from homebody.robot.wire.channels import FIRST_PORT  # noqa: PLC0415
    from homebody.robot.wire.transport import Wire  # noqa: PLC0415

    home = home_of(settings)
    binding = home.bindings.get(_dog_of(home), {})
    wire = Wire(first_port=int(binding.get("first_port", FIRST_PORT)))
    start = str(binding.get("starts_at", "dog_bed"))
    places = [(layout, layout.place(start)) for layout in home.plan.floors] if home.plan else []
    layout, place = next(((one, at) for one, at in places if at), (None, None))
    dog = KinematicDog(
        wire,
        position=place.position if place else (0.0, 0.0),
        heading=place.heading if place else 0.0,
        blocked=solid(layout) if layout else lambda _: False,
        anchored=True,
    )
    wire.attach()
    loop, over = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, over.set)
    console().print("A dog without physics is on the wire. Ctrl+C ends it.")
    due = loop.time()
    try:
        while not over.is_set():
            dog.step()
            due += STEP_S
            await asyncio.sleep(max(0.0, due - loop.time()))
    finally:
        dog.close()
        wire.close()


def _dog_of(home: Home) -> str:
    """The id of the home's dog."""
    for device in home.devices:
        if device.adapter == ADAPTER:
            return device.id
    raise InputError(
        "This home has no dog", hint="Its entry has adapter: {cyberdog: {}}, see docs/home-file.md."
    )


def _arguments(name: str, given: Sequence[str]) -> dict[str, Argument]:
    """``area=kitchen`` as arguments of a skill."""
    skill = SKILLS.get(name)
    if skill is None:
        raise InputError(f"There is no skill {name!r}", hint="homebody robot skills shows them.")
    types = {parameter.name: parameter.type for parameter in skill.parameters}
    found: dict[str, Argument] = {}
    for text in given:
        key, equals, value = text.partition("=")
        if not equals or key not in types:
            known = ", ".join(types) or "none"
            raise InputError(f"{text!r} is no argument of {name}", hint=f"name=value, of: {known}.")
        try:
            found[key] = float(value) if types[key] == "number" else value
        except ValueError as error:
            raise InputError(f"{key} must be a number, not {value!r}") from error
    return found


def _described(parameter: Parameter) -> str:
    if parameter.type != "number":
        return parameter.name
    default = "" if parameter.default is None else f" ({parameter.default:g})"
    return f"{parameter.name}: {parameter.min:g} to {parameter.max:g} {parameter.unit}{default}"


def _said(outcome: SkillOutcome) -> str:
    seen = ", ".join(f"{key} {value}" for key, value in outcome.evidence.items())
    why = outcome.reason.en if outcome.reason else ""
    parts = [part for part in (outcome.status, why, seen, f"{outcome.took_s:.1f} s") if part]
    return f"{outcome.skill}: " + "; ".join(parts)
