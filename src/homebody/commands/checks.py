"""What ``homebody doctor`` looks at, one function a check. None of them changes anything that matters.

A check says what it found and never raises for what it looks for: a home file that is wrong is a finding.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from homebody.assistant.assembly import home_of, means_of, store_of
from homebody.assistant.models import REQUIREMENT, RUNTIME, runtime_installed
from homebody.commands.models import here as model_here
from homebody.commands.terminal import megabytes
from homebody.core.clock import SystemClock
from homebody.core.errors import HomebodyError
from homebody.core.gate import Gate
from homebody.core.instance import InstanceLock
from homebody.core.settings import Settings
from homebody.home.adapter import load_adapter
from homebody.home.device import Home
from homebody.language.catalogue import ModelFile, find
from homebody.language.fit import fit, machine
from homebody.server.listening import listen
from homebody.server.phone.register import FILE, Phones
from homebody.speech.catalogue import STANDARD_NAME
from homebody.speech.requirements import EXTRA as SPEECH_EXTRA
from homebody.speech.requirements import missing as speech_missing
from homebody.speech.room import SpeechRoom

if TYPE_CHECKING:
    from homebody.server.door import Door

State = Literal["ok", "look", "mend"]
OLDEST_PYTHON = (3, 11)
_JOURNAL_ROOM = 200_000_000  # bytes that a year of turns, with room to spare, takes
_BUILT = 1_767_225_600  # 2026-01-01 in Unix time: a clock before it has lost its battery


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line. ``look`` is worth knowing, ``mend`` keeps something from working; ``todo``: what to do."""

    state: State
    what: str
    found: str
    todo: str = ""


def of_machine() -> Iterator[Finding]:
    """What can be said without any settings."""
    version = ".".join(map(str, sys.version_info[:3]))
    enough = sys.version_info >= OLDEST_PYTHON
    yield Finding(
        state="ok" if enough else "mend",
        what="Python",
        found=f"{version} on {platform.system()} {platform.machine()}",
        todo="" if enough else f"install Python {'.'.join(map(str, OLDEST_PYTHON))} or later",
    )
    yield _memory()
    yield _clock()
    installed = runtime_installed()
    yield Finding(
        state="ok" if installed else "look",
        what="language runtime",
        found=f"{RUNTIME} is installed" if installed else f"{RUNTIME} is not installed; the grammar works",
        todo="" if installed else f"say yes on the page, or: pip install '{REQUIREMENT}'",
    )
    lacking = speech_missing()
    yield Finding(
        state="look" if lacking else "ok",
        what="speech libraries",
        found=f"not installed: {', '.join(lacking)}; typing works" if lacking else "all are installed",
        todo=f"pip install '{SPEECH_EXTRA}'" if lacking else "",
    )


def _memory() -> Finding:
    try:
        here = machine()
    except OSError as error:
        return Finding(state="look", what="memory", found=f"cannot be read: {error.strerror}")
    choice = fit(here.total_mb, here.cores)
    suits = choice.model.title if choice.model else "no language model: the grammar alone"
    return Finding(
        state="ok" if choice.model else "look",
        what="memory",
        found=f"{here.total_mb:,} MB, {here.available_mb:,} MB free, cores: {here.cores}; suits: {suits}",
    )


def _clock() -> Finding:
    now = SystemClock().now()
    offset = now.utcoffset() or timedelta()
    found = f"{now:%Y-%m-%d %H:%M} {now.tzname()} (UTC{offset.total_seconds() / 3600:+g})"
    if time.time() < _BUILT:
        return Finding(
            state="mend", what="clock", found=found, todo="set the clock: timers and times follow it"
        )
    if not offset and now.tzname() == "UTC":
        todo = "if you do not live by UTC, set the time zone: timedatectl set-timezone Asia/Shanghai"
        return Finding(state="look", what="clock", found=found, todo=todo)
    return Finding(state="ok", what="clock", found=found)


def of_settings(settings: Settings) -> Iterator[Finding]:
    """What depends on the settings."""
    yield _disk(settings)
    running = _running(settings)
    yield from _folder(settings, running)
    yield from _home(settings)
    yield from _model(settings)
    yield _speech(settings)
    yield _port(settings, running)
    yield from _network(settings)


def _disk(settings: Settings) -> Finding:
    folder = _existing(settings.data_dir)
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Finding(
            state="mend", what="disk", found=f"{folder}: {error.strerror}", todo="use another folder"
        )
    found = f"{megabytes(free)} free in {folder}"
    if free < _JOURNAL_ROOM:
        todo = "free some space: on a full disk nothing can be kept"
        return Finding(state="mend", what="disk", found=found, todo=todo)
    return Finding(state="ok", what="disk", found=found)


def _existing(path: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next((each for each in (path, *path.absolute().parents) if each.is_dir()), Path("/"))


def _running(settings: Settings) -> Door | None:
    from homebody.server.door import read_door  # noqa: PLC0415 - the one thing that is asked of the server

    return read_door(settings.data_dir)


def _folder(settings: Settings, running: Door | None) -> Iterator[Finding]:
    folder = settings.data_dir
    if not folder.exists():
        above = _existing(folder)
        if not os.access(above, os.W_OK | os.X_OK):
            todo = "make it writable, or set another one with HOMEBODY_DATA_DIR"
            yield Finding(state="mend", what="data folder", found=f"{above} is not writable", todo=todo)
        else:
            yield Finding(state="ok", what="data folder", found=f"{folder} will be made at the first start")
        return
    if running:
        found = f"{folder}: Homebody runs on it (process {running.pid}, {running.url})"
        yield Finding(state="ok", what="data folder", found=found)
        return
    try:
        InstanceLock(folder).release()
    except HomebodyError as error:
        held = isinstance(
            error.__cause__, BlockingIOError
        )  # by one that starts, or that answers one sentence
        state: State = "look" if held else "mend"
        yield Finding(state=state, what="data folder", found=error.message, todo=error.hint)
    else:
        yield Finding(
            state="ok", what="data folder", found=f"{folder} is writable, and no Homebody runs on it"
        )


def _home(settings: Settings) -> Iterator[Finding]:
    name = str(settings.home_file or "the built-in simulated home")
    try:
        home = home_of(settings)
    except HomebodyError as error:
        yield Finding(state="mend", what="home", found=error.message, todo=error.hint)
        return
    adapters = Counter(device.adapter for device in home.devices)
    means = means_of(settings, Gate(), SystemClock())
    yield Finding(
        state="ok" if home.devices else "look",
        what="home",
        found=f"{name}: {len(home.devices)} devices in {len(home.areas)} areas",
        todo="" if home.devices else "describe your devices: docs/home-file.md",
    )
    for adapter, count in sorted(adapters.items()):
        try:
            load_adapter(means(adapter))
        except HomebodyError as error:
            yield Finding(state="mend", what=f"adapter {adapter}", found=error.message, todo=error.hint)
        else:
            yield Finding(state="ok", what=f"adapter {adapter}", found=f"devices: {count}")
    yield _location(home)


def _location(home: Home) -> Finding:
    if home.location is None:
        todo = "set location in the home file, or location_latitude and location_longitude"
        found = "unknown: sunrise and sunset cannot be told"
        return Finding(state="look", what="location", found=found, todo=todo)
    latitude, longitude = home.location
    return Finding(state="ok", what="location", found=f"{latitude:.2f}, {longitude:.2f}")


def _model(settings: Settings) -> Iterator[Finding]:
    if settings.model == "none":
        yield Finding(state="ok", what="model", found="none, as the settings say: the grammar alone")
        return
    try:
        model = _wanted(settings)
        if model is None:
            yield Finding(state="look", what="model", found="none suits this machine: the grammar alone")
            return
        yield _kept(settings, model)
    except HomebodyError as error:
        yield Finding(state="mend", what="model", found=error.message, todo=error.hint)
    except OSError as error:
        yield Finding(state="look", what="model", found=f"cannot be looked at: {error}")


def _wanted(settings: Settings) -> ModelFile | None:
    """The model that the settings name. Raises InputError where the catalogue does not have it."""
    if settings.model != "auto":
        return find(settings.model)
    here = machine()
    return fit(here.total_mb, here.cores).model


def _kept(settings: Settings, model: ModelFile) -> Finding:
    store = store_of(settings, Gate())  # not installed: it only looks
    found = model_here(store, model)
    if found == "whole":
        return Finding(state="ok", what="model", found=f"{model.title} is here, {megabytes(model.size)}")
    todo = f"homebody models pull {model.id}"
    if found.startswith("damaged"):
        return Finding(state="mend", what="model", found=f"{model.title}: {found}", todo=todo)
    free = shutil.disk_usage(_existing(store.root)).free
    if free < model.size:
        todo = f"free some space first: it takes {megabytes(model.size)}"
    found = f"{model.title} is not here{f' ({found})' if found else ''}; the grammar works"
    return Finding(state="look", what="model", found=found, todo=todo)


def _speech(settings: Settings) -> Finding:
    """The models of the speech room. The sound system itself is looked at by who opens it."""
    try:
        store = store_of(settings, Gate())  # not installed: it only looks
        lacking = SpeechRoom(store, settings.data_dir, recogniser=settings.recogniser).missing()
    except (HomebodyError, OSError) as error:
        return Finding(state="look", what="speech models", found=f"cannot be looked at: {error}")
    if not lacking:
        return Finding(state="ok", what="speech models", found="all that speech needs are here")
    size = megabytes(sum(model.size - store.arrived(model) for model in lacking))
    return Finding(
        state="look",
        what="speech models",
        found=f"missing for {', '.join(model.task for model in lacking)} ({size} to fetch); typing works",
        todo=f"homebody models pull {STANDARD_NAME}",
    )


def _port(settings: Settings, running: Door | None) -> Finding:
    where = f"127.0.0.1:{settings.port}"
    if running and running.url.endswith(f":{settings.port}"):
        return Finding(state="ok", what="port", found=f"{where} is that of the running Homebody")
    try:
        listen("127.0.0.1", settings.port).close()
    except HomebodyError as error:
        todo = "stop what uses it, or choose another: homebody run --port 8480"
        return Finding(state="mend", what="port", found=error.message, todo=todo)
    return Finding(state="ok", what="port", found=f"{where} is free")


def _network(settings: Settings) -> Iterator[Finding]:
    """What the settings allow. A running Homebody shows on its page what was allowed to it since."""
    try:
        paired = Phones(settings.data_dir / FILE, SystemClock()).all()
    except HomebodyError as error:
        yield Finding(state="mend", what="phones", found=error.message, todo=error.hint)
        return
    if not settings.consent_download and not paired:
        found = "nothing is allowed beforehand: nothing leaves this machine until a person says yes"
        yield Finding(state="ok", what="network", found=found)
    if settings.consent_download:
        yield Finding(
            state="look",
            what="network",
            found="yes was said beforehand to downloading a language model",
            todo="consent_download = false takes it back",
        )
    if paired:
        names = ", ".join(phone.name for phone in paired)
        yield Finding(
            state="look",
            what="network",
            found=f"{len(paired)} phones are paired ({names}): they reach this machine on port "
            f"{settings.phone_port}",
            todo="homebody pair --list shows them, --forget ID ends one",
        )
