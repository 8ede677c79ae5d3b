"""``homebody devices broker`` and ``devices add mqtt``: the home's MQTT broker, and what is behind it.

Naming a broker is the leave to reach it, now and whenever the home runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from homebody.assistant.assembly import home_of, means_of
from homebody.commands.terminal import console
from homebody.core.clock import SystemClock
from homebody.core.errors import InputError, UnreachableError
from homebody.core.gate import install_gate
from homebody.core.secrets import Secret, Secrets
from homebody.core.settings import Settings
from homebody.home.binding import MqttEntry
from homebody.home.describing import device_entry
from homebody.home.inserting import add_adapter, add_devices, entry_text
from homebody.home.label import Label
from homebody.home.naming import slug

if TYPE_CHECKING:
    from homebody.home.adapters.mqtt.described import Described


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBroker:
    host: str
    port: int | None
    username: str
    password: str
    tls: bool
    ca: str


async def join(settings: Settings, new: NewBroker) -> None:
    """Try a broker; then keep its password and write its place into the home file. Raises ``InputError``."""
    from homebody.home.adapters.mqtt.broker import Broker, Where  # noqa: PLC0415 - of the devices extra

    out, gate = console(), install_gate()
    if settings.home_file is None:
        raise InputError("A broker belongs to a home file", hint="--home FILE")
    home = home_of(settings)
    place = {
        "host": new.host, "port": new.port, "username": new.username, "tls": new.tls or None, "ca": new.ca,
    }  # fmt: skip
    said: dict[str, Any] = {key: value for key, value in place.items() if value}
    try:
        where = Where.of(MqttEntry(**said).model_dump(exclude_none=True))
    except ValidationError as error:
        raise InputError(f"This is no broker: {error.errors()[0]['msg']}") from error
    means = means_of(settings, gate, SystemClock())("mqtt")
    means.may_reach([where.host], by="homebody devices broker")
    secrets = Secrets(settings.data_dir)
    before = secrets.get(where.secret)
    if new.username:
        secrets.put(where.secret, Secret(new.password))
    try:
        async with Broker(where, means).connected():
            out.print(f"The broker {where.address} takes us")
    except UnreachableError as error:
        if before is not None:
            secrets.put(where.secret, before)
        elif new.username:
            secrets.remove(where.secret)
        raise InputError(f"The broker cannot be used: {error}") from error
    if home.adapters.get("mqtt") is None:
        add_adapter(settings.home_file, "mqtt", said)
        out.print(f"It stands in {settings.home_file} now", soft_wrap=True)
    elif Where.of(home.adapters["mqtt"]) != where:
        raise InputError(f"{settings.home_file} names another broker already", hint="Change it by hand.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBehindBroker:
    """What a person says of a device to add. ``which`` is its id there, or its name."""

    which: str
    id: str
    name: str
    area: str


async def add(settings: Settings, new: NewBehindBroker) -> None:
    """Add a device that the home's broker tells of. Raises ``HomebodyError``."""
    from homebody.home.adapters.mqtt.discovering import everything  # noqa: PLC0415

    out, gate = console(), install_gate()
    home = home_of(settings)
    place = home.adapters.get("mqtt")
    if place is None:
        raise InputError(
            "The home file does not say where the broker is", hint="homebody devices broker HOST"
        )
    try:
        known = await everything(means_of(settings, gate, SystemClock())("mqtt"), place)
    except UnreachableError as error:
        raise InputError(f"The broker cannot be asked: {error}") from error
    device = _chosen(known, new.which)
    for doubt in device.doubts:
        out.print(f"Of {device.name.text('en')}: {doubt}", soft_wrap=True)
    binding: dict[str, Any] = {"via": device.via, "id": device.id}
    entry = device_entry(
        id=new.id or slug(device.name.text("en")) or device.id,
        kind=device.kind,
        name=Label.of(new.name) if new.name else device.name,
        traits=device.traits,
        controls=device.controls,
        adapter="mqtt",
        binding=binding,
        area=new.area or None,
    )
    if settings.home_file is not None:
        add_devices(settings.home_file, [entry])
        out.print(f"{entry['id']} stands in {settings.home_file} now", soft_wrap=True)
    else:
        out.print("Put this into your home file, under devices:", soft_wrap=True)
        out.print(entry_text(entry), soft_wrap=True)


def _chosen(known: list[Described], which: str) -> Described:
    """Raises ``InputError`` unless it is exactly one."""
    found = [each for each in known if which in (each.id, *each.name.all())]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(each.id for each in found)
        raise InputError(f"Several devices are called {which!r}", hint=f"Say which: {ids}.")
    names = ", ".join(f"{each.name.text('en')} ({each.id})" for each in known[:20])
    raise InputError(f"The broker tells of no {which!r}", hint=f"It tells of: {names or 'nothing'}.")
