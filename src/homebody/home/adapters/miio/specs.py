"""Descriptions of models: kept on disk, and fetched from the public server when a person agreed to that.

Fetching tells that server which model somebody has, and nothing else: no token, no number of a device. The
caller has the network purpose allowed for as long as it lasts.
"""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import httpx

from homebody.core.errors import HomebodyError, InputError, RecordError, UnreachableError
from homebody.core.gate import Gate
from homebody.home.adapters.miio.spec import MAX_BYTES, Spec, parse_spec

SERVER = "https://miot-spec.org"
PURPOSE = "device-descriptions"
TIMEOUT_S = 30.0
_INDEX_BYTES = 64 * 1024 * 1024  # every model of every maker
SAMPLES = ("lamp", "fan", "aquarium")


class Specs:
    """Descriptions in one folder, by their urn."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, urn: str) -> Spec | None:
        """The description of this urn, or None if it is not here. Raises ``InputError`` for a damaged one."""
        try:
            kept = json.loads(self._path(urn).read_bytes())
        except FileNotFoundError:
            return sample_of(urn)
        except (OSError, ValueError, RecursionError) as error:
            raise InputError(
                f"The description {urn} in {self._folder} cannot be read", hint="Add the device again."
            ) from error
        if not isinstance(kept, dict):
            raise InputError(f"The description {urn} in {self._folder} is damaged")
        return parse_spec(kept.get("spec"), kept.get("names"))

    def put(self, document: Any, names: Any = None) -> Spec:
        """Keep a description. Raises ``InputError`` for what is none, ``RecordError``."""
        spec = parse_spec(document, names)
        path = self._path(spec.urn)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.with_suffix(".new")
            beside.write_text(
                json.dumps({"spec": document, "names": names}, ensure_ascii=False), encoding="utf-8"
            )
            beside.replace(path)
        except OSError as error:
            raise RecordError(f"The description cannot be kept in {path}: {error.strerror}") from error
        return spec

    def _path(self, urn: str) -> Path:
        return (
            self._folder / "specs" / ("".join(c if c.isalnum() or c in "-." else "_" for c in urn) + ".json")
        )


async def fetch(model: str, gate: Gate, server: str = SERVER) -> tuple[Any, Any]:
    """The description of a model and its names, as JSON values. The gate allows ``PURPOSE``, or refuses.

    Raises ``InputError`` for a model that the server does not know, ``UnreachableError``.
    """
    with gate.using(PURPOSE):
        async with httpx.AsyncClient(
            base_url=server, timeout=TIMEOUT_S, trust_env=False, follow_redirects=True
        ) as client:
            index = await _json(client, gate, "/miot-spec-v2/instances?status=released", _INDEX_BYTES)
            urn = urn_of(model, index)
            document = await _json(client, gate, f"/miot-spec-v2/instance?type={urn}", MAX_BYTES)
            try:
                names = await _json(client, gate, f"/instance/v2/multiLanguage?urn={urn}", MAX_BYTES)
            except (UnreachableError, InputError):
                names = None  # a description without translations is still one
    return document, names


def urn_of(model: str, index: Any) -> str:
    """The latest description of a model in the server's list. Raises ``InputError`` where there is none."""
    entries = index.get("instances") if isinstance(index, dict) else None
    found = [
        (entry.get("version") if isinstance(entry.get("version"), int) else 0, entry["type"])
        for entry in (entries if isinstance(entries, list) else ())
        if isinstance(entry, dict) and entry.get("model") == model and isinstance(entry.get("type"), str)
    ]
    if not found:
        raise InputError(f"There is no public description of the model {model!r}")
    return str(max(found)[1])


def sample(name: str) -> Any:
    """One of Homebody's own descriptions: a lamp, a fan, an aquarium. ``KeyError`` for another."""
    if name not in SAMPLES:
        raise KeyError(name)
    file = resources.files(__package__).joinpath("samples", f"{name}.json")
    return json.loads(file.read_text(encoding="utf-8"))


def model_of_sample(name: str) -> str:
    """What a simulated device of this sample says that it is."""
    return f"homebody.{name}.sim1"


def sample_of(urn: str) -> Spec | None:
    """The sample of this urn: simulated devices need no description on disk."""
    return next((parse_spec(each) for name in SAMPLES if (each := sample(name))["type"] == urn), None)


async def _json(client: httpx.AsyncClient, gate: Gate, path: str, most: int) -> Any:
    """A JSON document of at most so many bytes."""
    data = bytearray()
    try:
        async with client.stream("GET", path) as answer:
            async for chunk in answer.aiter_bytes():
                data += chunk
                if len(data) > most:
                    raise InputError(f"The server's answer is larger than {most // 1024} kB")
            if answer.status_code != httpx.codes.OK:
                raise UnreachableError(f"{client.base_url.host} answers {answer.status_code}")
    except HomebodyError:
        raise
    except ExceptionGroup as group:  # what the library's task group makes of a refusal by the gate
        raise _first(group) from None
    except httpx.HTTPError as error:
        raise UnreachableError(f"{client.base_url.host} cannot be reached: {error!r}") from error
    finally:
        gate.record(PURPOSE, client.base_url.host, bytes_in=len(data))
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{client.base_url.host} did not answer with JSON") from error


def _first(group: ExceptionGroup[Exception]) -> Exception:
    error = group.exceptions[0]
    return _first(error) if isinstance(error, ExceptionGroup) else error
