"""``homebody devices add home-assistant``: what a Home Assistant has, as a home file or into one.

Naming its address is the leave to reach it, now and whenever the home runs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from homebody.assistant.assembly import home_of, means_of
from homebody.commands.terminal import console
from homebody.core.clock import SystemClock
from homebody.core.errors import DeviceError, InputError
from homebody.core.gate import install_gate
from homebody.core.secrets import Secret, Secrets
from homebody.core.settings import Settings
from homebody.home.binding import HomeAssistantEntry
from homebody.home.device import Area, Home
from homebody.home.file import parse_home
from homebody.home.inserting import add_adapter, add_devices, yaml_text

if TYPE_CHECKING:
    from homebody.home.adapters.home_assistant.importing import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHomeAssistant:
    """``token`` is a long-lived access token, made there under a person's profile."""

    url: str
    token: str
    ca: str


async def add(settings: Settings, new: NewHomeAssistant, agree: Callable[[str], bool]) -> None:
    """Ask a Home Assistant what it has; then, if the person agrees, keep its token and write it down.

    The home file of the settings is written whole where there is none yet; where there is one, what it does
    not bind is added. Without such a setting the file is printed. Raises ``InputError``.
    """
    from homebody.home.adapters.home_assistant.importing import home_document, look  # noqa: PLC0415
    from homebody.home.adapters.home_assistant.place import Place  # noqa: PLC0415

    out, gate, file = console(), install_gate(), settings.home_file
    try:
        said = HomeAssistantEntry(url=new.url, ca=new.ca or None).model_dump(exclude_none=True)
    except ValidationError as error:
        raise InputError(f"This is no address of a Home Assistant: {error.errors()[0]['msg']}",
                         hint="http://homeassistant.local:8123") from error  # fmt: skip
    place = Place.of(said)
    means = means_of(settings, gate, SystemClock())("home_assistant")
    means.may_reach([place.host], by="homebody devices add home-assistant")
    try:
        known = await look(place, Secret(new.token), means)
    except DeviceError as error:
        raise InputError(f"Home Assistant cannot be asked: {error}") from error
    if file is not None and file.exists():
        await _into(settings, file, known, said, agree)
    else:
        document = home_document(known, said["url"], new.ca)
        text = yaml_text(document)
        home = parse_home(text, str(file or "what Home Assistant tells"))
        out.print(_count(home.devices, home.areas))
        if file is None:
            out.print(text, soft_wrap=True)
        else:
            _must_agree(agree, f"Write them to {file}?")
            _write(file, text)
            out.print(f"They stand in {file} now", soft_wrap=True)
    Secrets(settings.data_dir).put(place.secret, Secret(new.token))
    out.print(f"Its token is kept in {Secrets(settings.data_dir).path}", soft_wrap=True)


async def _into(
    settings: Settings, file: Path, known: Known, said: Mapping[str, Any], agree: Callable[[str], bool]
) -> None:
    from homebody.home.adapters.home_assistant.importing import device_entries  # noqa: PLC0415
    from homebody.home.adapters.home_assistant.place import Place  # noqa: PLC0415

    out, home = console(), home_of(settings)
    before = home.adapters.get("home_assistant")
    if before is not None and Place.of(before) != Place.of(said):
        raise InputError(f"{file} names another Home Assistant already", hint="Change it by hand.")
    bound = [home.bindings[device.id]["id"] for device in home.devices if device.adapter == "home_assistant"]
    areas, unknown = _areas(home, known)
    entries = list(device_entries(known, areas, {device.id for device in home.devices}, bound))
    out.print(_count(entries, known.registries.areas))
    for name in unknown:
        out.print(f"{file} has no area {name}: its devices are put into none", soft_wrap=True)
    if not entries:
        out.print(f"All of them stand in {file} already", soft_wrap=True)
    else:
        _must_agree(agree, f"Put {len(entries)} devices into {file}?")
    if before is None:
        add_adapter(file, "home_assistant", said)
    if entries:
        add_devices(file, entries)
        out.print(f"They stand in {file} now", soft_wrap=True)


def _must_agree(agree: Callable[[str], bool], question: str) -> None:
    if not agree(question):
        raise InputError("Nothing was written, and no token kept")


def _areas(home: Home, known: Known) -> tuple[dict[str, str], list[str]]:
    """Areas of the home by those of Home Assistant that are called the same; and names of others."""
    by_name = {word.casefold(): area.id for area in home.areas for word in _words(area)}
    areas, unknown = {}, []
    for spot in known.registries.areas:
        words = (spot.id, spot.name, *spot.aliases)
        if found := next((by_name[word.casefold()] for word in words if word.casefold() in by_name), None):
            areas[spot.id] = found
        else:
            unknown.append(spot.name)
    return areas, unknown


def _words(area: Area) -> Iterable[str]:
    return (area.id, *area.name.all(), *area.aliases)


def _count(devices: Iterable[object], areas: Iterable[object]) -> str:
    return f"Home Assistant tells of {len(list(devices))} devices to add, in {len(list(areas))} areas"


def _write(file: Path, text: str) -> None:
    """Only where there is none: what a person wrote is not written over."""
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise InputError(f"{file} cannot be written: {error.strerror or error}") from error
