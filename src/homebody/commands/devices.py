"""``homebody devices``: what is there, what answers on the network, adding one, and simulating some.

Calling ``discover`` is the leave to ask the local network, calling ``add`` to ask that one device. Fetching a
description is asked about: it tells a public server which model somebody has.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import secrets
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rich.table import Table

from homebody.assistant.assembly import home_of, means_of
from homebody.commands.terminal import console, duration, plain
from homebody.core.clock import SystemClock
from homebody.core.errors import InputError, UnreachableError
from homebody.core.gate import LAN, SERVE_LAN, Gate, install_gate
from homebody.core.secrets import Secret, Secrets
from homebody.core.settings import Settings
from homebody.home.adapter import Found, discoveries, load_adapters
from homebody.home.describing import device_entry
from homebody.home.device import Device, Home
from homebody.home.inserting import add_devices, entry_text
from homebody.home.label import Label
from homebody.home.registry import DeviceState, Registry

LOOK_S = 3.0
_MOST_STATES = 6


async def show(settings: Settings) -> None:
    """Ask every device for its state and print how it is. Reads only."""
    out, clock, gate = console(), SystemClock(), install_gate()
    home = home_of(settings)
    registry = Registry(home, load_adapters(home, means_of(settings, gate, clock)), clock)
    await registry.start()
    try:
        await registry.refresh([device.id for device in home.devices], LOOK_S)
        table = Table("device", "name", "protocol", "address", "state", "last seen", "latency", "problem")
        for device in home.devices:
            link, state = registry.link(device.id), registry.state(device.id)
            latency = "" if link.latency_ms is None else f"{link.latency_ms:.1f} ms"
            problem = "" if state.reachable else link.problem or "it does not answer"
            name = device.name.text("en")
            # a broker tells what it kept: that is a state, and not the device's word
            seen = _ago(link.seen if link.address else state.seen, clock.now())
            table.add_row(
                device.id, name, link.protocol, link.address, _states(device, state), seen, latency, problem
            )
        out.print(table)
        there = sum(registry.state(device.id).reachable for device in home.devices)
        out.print(f"{there} of {len(home.devices)} devices answer")
    finally:
        await registry.stop()


async def discover(settings: Settings, where: Sequence[str]) -> None:
    """Print what answers on the local network, or at the given addresses and networks."""
    out, clock, gate = console(), SystemClock(), install_gate()
    home, means = home_of(settings), means_of(settings, gate, clock)
    found: list[Found] = []
    for name, module in discoveries():
        of_adapter = means(name)
        of_adapter.may_reach(where or LAN, by="homebody devices discover")
        try:
            found += await module.discover(of_adapter, where, home.adapters.get(name, {}))
        except OSError as error:
            out.print(f"{name}: the network cannot be asked: {error.strerror or error}", soft_wrap=True)
        finally:
            gate.revoke(of_adapter.purpose)
    table = Table("adapter", "id", "address", "model", "name", "known", "in this home as")
    for each in found:
        known = ", ".join(f"{key} {value}" for key, value in each.known.items())
        table.add_row(each.adapter, each.id, each.address, each.model, each.name, known, _bound(home, each))
    out.print(table)
    out.print(f"{len(found)} devices answered" + ("" if found else "; only IPv4 networks are asked"))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDevice:
    """What a person says of a device to add. ``spec`` is a file with its description."""

    host: str
    port: int
    token: str
    id: str
    name: str
    area: str
    spec: Path | None


async def add(settings: Settings, new: NewDevice, agree: Callable[[str], bool]) -> None:
    """Add a miIO device: ask it who it is, get its description, keep its token, write its entry.

    ``agree`` puts a question to the person. The entry goes into the home file of the settings, and is printed
    where there is none. Raises ``HomebodyError``.
    """
    from homebody.home.adapters.miio.adapter import secret_name  # noqa: PLC0415 - of the devices extra
    from homebody.home.adapters.miio.adding import identify  # noqa: PLC0415
    from homebody.home.adapters.miio.mapping import map_spec  # noqa: PLC0415
    from homebody.home.adapters.miio.packet import token_of  # noqa: PLC0415
    from homebody.home.adapters.miio.specs import Specs  # noqa: PLC0415

    out, gate = console(), install_gate()
    means = means_of(settings, gate, SystemClock())("miio")
    try:
        token = token_of(new.token)
    except ValueError as error:
        raise InputError(f"This is no token: {error}") from None
    means.may_reach([new.host], by="homebody devices add")
    try:
        identity = await identify(new.host, new.port, token, means)
    except (UnreachableError, OSError) as error:
        raise InputError(f"The device at {new.host} cannot be added: {error}") from error
    out.print(f"{new.host} is a {identity.model}, number {identity.did}")
    document, names = await _description(new.spec, identity.model, gate, agree)
    spec = Specs(means.folder).put(document, names)
    mapped = map_spec(spec)
    for doubt in spec.doubts:
        out.print(f"Its description: {doubt}", soft_wrap=True)
    binding: dict[str, Any] = {"host": new.host, "did": identity.did, "spec": spec.urn}
    binding["model"] = identity.model
    if new.port != _usual_port():
        binding["port"] = new.port
    entry = device_entry(
        id=new.id or f"{mapped.kind}_{identity.did}",
        kind=mapped.kind,
        name=Label.of(new.name) if new.name else spec.name,
        traits=mapped.traits,
        controls=mapped.controls,
        adapter="miio",
        binding=binding,
        area=new.area or None,
    )
    if settings.home_file is not None:
        add_devices(settings.home_file, [entry])
    Secrets(settings.data_dir).put(secret_name(identity.did), Secret(token.hex()))
    out.print(f"Its token is kept in {Secrets(settings.data_dir).path}", soft_wrap=True)
    if settings.home_file is not None:
        out.print(f"{entry['id']} stands in {settings.home_file} now", soft_wrap=True)
    else:
        out.print("Put this into your home file, under devices:", soft_wrap=True)
        out.print(entry_text(entry), soft_wrap=True)


async def simulate(
    kind: str,
    spec: Path | None,
    *,
    host: str,
    port: int,
    token: str,
    did: int,
    loss: float,
    latency: float,
) -> None:
    """A simulated miIO device until SIGINT or SIGTERM, with a line for each change of its state."""
    from homebody.home.adapters.miio.packet import token_of  # noqa: PLC0415 - of the devices extra
    from homebody.home.adapters.miio.simulator import Manner, SimulatedDevice  # noqa: PLC0415
    from homebody.home.adapters.miio.spec import parse_spec  # noqa: PLC0415
    from homebody.home.adapters.miio.specs import SAMPLES, model_of_sample, sample  # noqa: PLC0415

    out, gate = console(), install_gate()
    if spec is None and kind not in SAMPLES:
        raise InputError(f"There is no {kind!r} to simulate", hint="lamp, fan, aquarium, or --spec FILE")
    described = parse_spec(_read_json(spec) if spec else sample(kind))
    try:
        secret = token_of(token or secrets.token_hex(16))
    except ValueError as error:
        raise InputError(f"This is no token: {error}") from None
    manner = Manner(loss=loss, latency=latency / 1000)
    device = SimulatedDevice(
        described,
        secret,
        did=did,
        model=model_of_sample(kind) if spec is None else "homebody.sim.1",
        manner=manner,
        told=lambda point, value: out.print(f"{point.siid}.{point.piid} is {value!r} now"),
    )
    if not _is_loopback(host):
        gate.allow(SERVE_LAN, by="homebody devices simulate --host")
        gate.allow("devices-simulate", hosts=LAN, by="homebody devices simulate --host")
    with gate.using("devices-simulate"):
        try:
            where = await device.start(host, port)
        except OSError as error:
            raise InputError(f"{host}:{port} cannot be used: {error.strerror}") from error
        out.print(f"A simulated {described.kind} listens on {where[0]}:{where[1]}, number {did}")
        out.print(f"Its token is {secret.hex()}; its description {described.urn}", soft_wrap=True)
        out.print("ctrl-c ends it")
        try:
            await _until_stopped()
        finally:
            await device.stop()


async def _description(
    file: Path | None, model: str, gate: Gate, agree: Callable[[str], bool]
) -> tuple[Any, Any]:
    """The description of a model: from a file, of our own if it is simulated, or fetched if so agreed."""
    from homebody.home.adapters.miio import specs  # noqa: PLC0415

    if file is not None:
        return _read_json(file), None
    if own := next((name for name in specs.SAMPLES if specs.model_of_sample(name) == model), None):
        return specs.sample(own), None
    server = urlsplit(specs.SERVER).hostname or specs.SERVER
    if not agree(f"Fetch the description of {model} from {server}? It learns which model you have."):
        raise InputError(
            "Without its description nothing is known of what the device can do",
            hint="Give one with --spec FILE.",
        )
    gate.allow(specs.PURPOSE, hosts=[server], by="homebody devices add")
    try:
        return await specs.fetch(model, gate)
    finally:
        gate.revoke(specs.PURPOSE)


def _read_json(file: Path) -> Any:
    try:
        return json.loads(file.read_bytes())
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{file} is not JSON") from error


def _usual_port() -> int:
    from homebody.home.binding import MiioBinding  # noqa: PLC0415

    return int(MiioBinding.model_fields["port"].default)


def _bound(home: Home, found: Found) -> str:
    """Ids of the devices of this home that are what was found."""
    ids = (
        device.id
        for device in home.devices
        if device.adapter == found.adapter and found.id in home.bindings[device.id].values()
    )
    return ", ".join(ids)


def _states(device: Device, state: DeviceState) -> str:
    shown = [
        f"{function.id} {plain(state.values[function.id])}{function.unit}"
        for function in device.functions
        if function.id in state.values
    ]
    return ", ".join(shown[:_MOST_STATES]) + (", …" if len(shown) > _MOST_STATES else "")


def _ago(seen: datetime | None, now: datetime) -> str:
    return "never" if seen is None else f"{duration((now - seen).total_seconds())} ago"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


async def _until_stopped() -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, stopped.set)
    await stopped.wait()
