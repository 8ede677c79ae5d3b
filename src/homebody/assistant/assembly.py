"""Putting an assistant together from its settings: the one place that knows all the parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from homebody.assistant.assistant import Assistant
from homebody.assistant.dog import Dog
from homebody.assistant.models import Models
from homebody.assistant.understanding.understanding import Understanding
from homebody.core.clock import Clock, SystemClock
from homebody.core.errors import InputError
from homebody.core.gate import Gate, install_gate
from homebody.core.journal import Journal
from homebody.core.secrets import Secrets
from homebody.core.settings import Settings
from homebody.home.adapter import Means, load_adapters
from homebody.home.adapters.cyberdog import Cyberdog
from homebody.home.adapters.simulated import Simulated
from homebody.home.device import Home
from homebody.home.file import default_home, load_home
from homebody.home.registry import Registry
from homebody.speech.room import SpeechRoom
from homebody.weights.store import Store, default_sources


def home_of(settings: Settings) -> Home:
    """The home of the settings: its file or the built-in one, and where it stands. Raises HomeFileError."""
    home = default_home() if settings.home_file is None else load_home(settings.home_file)
    if settings.location_latitude is not None and settings.location_longitude is not None:
        home = replace(home, location=(settings.location_latitude, settings.location_longitude))
    if settings.area and home.area(settings.area) is None:
        known = ", ".join(area.id for area in home.areas[:20])
        raise InputError(f"There is no area {settings.area!r} in this home", hint=f"Its areas: {known}.")
    return home


def store_of(settings: Settings, gate: Gate) -> Store:
    """The model store under the data folder, with the hubs that the settings name."""
    hubs = {name: "" if address == "none" else address for name, address in
            (("huggingface", settings.huggingface), ("modelscope", settings.modelscope))}  # fmt: skip
    return Store(settings.data_dir / "models", sources=default_sources(gate, **hubs))


def models_of(settings: Settings, gate: Gate) -> Models:
    """The language model that the settings name. Raises InputError for an id that is not in the catalogue."""
    return Models(store_of(settings, gate), gate, choice=settings.model, threads=settings.threads)


def means_of(settings: Settings, gate: Gate, clock: Clock) -> Callable[[str], Means]:
    """What each adapter may use: the secrets of the data folder, and a folder of its own in it."""
    secrets = Secrets(settings.data_dir)
    return lambda name: Means(
        name=name, clock=clock, gate=gate, secrets=secrets, folder=settings.data_dir / "devices" / name
    )


def speech_of(settings: Settings, gate: Gate) -> SpeechRoom:
    """The speech room that the settings name; nothing is loaded yet."""
    return SpeechRoom(
        store_of(settings, gate),
        settings.data_dir / "cache" / "speech",
        recogniser=settings.recogniser,
        voices={"zh": settings.voice_zh, "en": settings.voice_en},
    )


def assemble(
    settings: Settings, *, journal: bool = True, clock: Clock | None = None, gate: Gate | None = None
) -> Assistant:
    """An assistant that is not started yet. The gate judges this process from now on.

    ``journal`` False keeps no record. Raises HomebodyError: a home file that is wrong, a model that is not in
    the catalogue, a data folder that cannot be written.
    """
    clock = clock or SystemClock()
    gate = install_gate(gate)
    home = home_of(settings)
    adapters = load_adapters(home, means_of(settings, gate, clock))
    registry = Registry(home, adapters, clock)
    models = models_of(settings, gate)
    simulated = adapters.get("simulated")
    return Assistant(
        settings=settings,
        registry=registry,
        understanding=Understanding(
            home, clock, states=lambda device: registry.state(device).values, model=models.current
        ),
        models=models,
        gate=gate,
        clock=clock,
        journal=Journal(settings.data_dir / "journal.sqlite3", clock) if journal else None,
        simulated=simulated if isinstance(simulated, Simulated) else None,
        dog=Dog(home, cyberdog, clock, states=lambda device: registry.state(device).values)
        if isinstance(cyberdog := adapters.get("cyberdog"), Cyberdog)
        else None,
    )
