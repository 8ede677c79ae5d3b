"""The language model's way from absent to ready, or back: real store, real gate, a hub on loopback.

The runtime and the weights are stood in for where they would be loaded; everything before that is real.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from homebody.assistant import models as module
from homebody.assistant.models import Models, ModelState
from homebody.core.errors import EngineError, InputError, NetworkRefusedError, SourceError
from homebody.core.gate import Gate
from homebody.language.catalogue import CATALOGUE, find
from homebody.language.engine import Engine
from homebody.weights.files import HubFile, WeightFile
from homebody.weights.hub import HubSource
from homebody.weights.sources import PURPOSE, LocalSource, PartialFile, Source
from homebody.weights.store import Store

CONTENT = random.Random(7).randbytes(3 << 20)
TINY = replace(
    find("smollm2-135m"),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    size=len(CONTENT),
    parts=(),
    hub=HubFile(repo="owner/model", file="model.gguf"),
)


class Loaded:
    """Stands in for the engine: what was loaded, and whether it was let go."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.unloaded = False

    async def unload(self) -> None:
        self.unloaded = True


class Halting:
    """A source that gives half of the file and then waits until it is stopped, or goes wrong."""

    name = "a slow source"

    def __init__(self, error: Exception | None = None) -> None:
        self.half = asyncio.Event()
        self._error = error

    def offers(self, file: WeightFile) -> bool:
        return True

    async def fetch(self, file: WeightFile, part: PartialFile, report: Callable[[int], None], /) -> None:
        part.append(CONTENT[part.size : len(CONTENT) // 2])
        report(part.size)
        self.half.set()
        if self._error:
            raise self._error
        await asyncio.Event().wait()

    def release(self) -> None:
        """Nothing is kept."""


class Workbench:
    """Makes `Models` with stores of its own; remembers every state and every engine."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.gate = Gate()
        self.states: list[ModelState] = []
        self.engines: list[Loaded] = []
        self.load_error: Exception | None = None
        self._made: list[Models] = []

    def models(self, *sources: Source, choice: str = TINY.id) -> Models:
        made = Models(Store(self.root / "models", sources=sources), self.gate, choice=choice)
        made.subscribe(self.states.append)
        self._made.append(made)
        return made

    def phases(self) -> list[str]:
        return list(dict.fromkeys(state.phase for state in self.states))

    def allowed(self) -> list[str]:
        return [permission.purpose for permission in self.gate.permissions()]

    async def load(self, path: Path, **how: Any) -> Loaded:
        if self.load_error:
            raise self.load_error
        self.engines.append(Loaded(path))
        return self.engines[-1]

    async def close(self) -> None:
        for made in self._made:
            await made.close()


@pytest.fixture
async def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Workbench]:
    made = Workbench(tmp_path)
    monkeypatch.setattr(module, "runtime_installed", lambda: True)
    monkeypatch.setattr(Engine, "load", made.load)
    monkeypatch.setattr(module, "find", lambda id_: TINY if id_ == TINY.id else find(id_))
    yield made
    await made.close()
    assert not asyncio.all_tasks() - {asyncio.current_task()}


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "weights.gguf"
    path.write_bytes(CONTENT)
    return path


# --- what is chosen


def test_none_is_off(bench: Workbench) -> None:
    assert bench.models(choice="none").state == ModelState(phase="off")


def test_an_unknown_model_is_refused(bench: Workbench) -> None:
    with pytest.raises(InputError):
        bench.models(choice="gpt")
    with pytest.raises(InputError):
        bench.models().pull("gpt")


def test_auto_chooses_what_this_machine_can_carry(bench: Workbench) -> None:
    state = bench.models(choice="auto").state
    assert state.reasons
    assert (state.phase, state.model) == ("off", None) or state.model in CATALOGUE


# --- consent


async def test_nothing_is_fetched_before_a_person_said_yes(bench: Workbench) -> None:
    source = Halting()
    models = bench.models(source)
    models.start()
    assert (await models.wait()).phase == "absent"
    assert not source.half.is_set() and not bench.states and not bench.allowed()


async def test_off_stays_off_even_with_consent(bench: Workbench) -> None:
    models = bench.models(choice="none")
    models.start(consent=True)
    assert (await models.wait()).phase == "off" and not bench.states


async def test_a_yes_fetches_and_loads(bench: Workbench, weights: Path) -> None:
    models = bench.models(LocalSource(weights))
    models.pull()
    state = await models.wait()
    assert bench.phases() == ["downloading", "loading", "ready"]
    assert state.phase == "ready" and state.model == TINY and state.load_ms >= 0
    progress = [each for each in bench.states if each.phase == "downloading"]
    assert progress[-1].done_bytes == progress[-1].total_bytes == len(CONTENT)
    assert [each.done_bytes for each in progress] == sorted(each.done_bytes for each in progress)
    assert models.current() is bench.engines[0]  # type: ignore[comparison-overlap]
    assert bench.engines[0].path.read_bytes() == CONTENT


async def test_consent_beforehand_is_a_yes(bench: Workbench, weights: Path) -> None:
    models = bench.models(LocalSource(weights))
    models.start(consent=True)
    assert (await models.wait()).phase == "ready"


async def test_what_is_here_is_loaded_without_a_question_or_the_network(
    bench: Workbench, weights: Path
) -> None:
    await Store(bench.root / "models", sources=()).pull(TINY, local=weights)
    models = bench.models()
    models.start()
    assert (await models.wait()).phase == "ready"
    assert bench.phases() == ["loading", "ready"]
    assert not bench.gate.ledger()


# --- the gate


async def test_the_permission_lasts_as_long_as_the_work(bench: Workbench) -> None:
    source = Halting()
    models = bench.models(source)
    models.pull(by="somebody")
    await source.half.wait()
    (permission,) = bench.gate.permissions()
    assert (permission.purpose, permission.by) == (PURPOSE, "somebody")
    models.cancel()
    await models.wait()
    assert not bench.allowed()


@pytest.mark.parametrize("error", [SourceError("gone", hint="try later"), NetworkRefusedError("no")])
async def test_the_permission_ends_with_a_failure(bench: Workbench, error: Exception) -> None:
    models = bench.models(Halting(error))
    models.pull()
    assert (await models.wait()).phase == "failed"
    assert not bench.allowed()


async def test_a_defect_ends_the_permission_and_is_told(bench: Workbench) -> None:
    models = bench.models(Halting(RuntimeError("a defect")))
    models.pull()
    state = await models.wait()
    assert state.phase == "failed" and "a defect" in state.problem and state.hint
    assert not bench.allowed()


# --- stopping, failing, going on


async def test_cancel_keeps_what_arrived_and_the_next_yes_goes_on(bench: Workbench, weights: Path) -> None:
    source = Halting()
    models = bench.models(source)
    models.pull()
    await source.half.wait()
    models.cancel()
    state = await models.wait()
    assert state.phase == "absent" and "kept" in state.problem and models.current() is None
    part = bench.root / "models" / "partial" / f"{TINY.id}.part"
    assert part.read_bytes() == CONTENT[: len(CONTENT) // 2]
    bench.states.clear()
    again = bench.models(LocalSource(weights))
    again.pull()
    assert (await again.wait()).phase == "ready"
    told = [each.done_bytes for each in bench.states if each.phase == "downloading" and each.source]
    assert min(told) > len(CONTENT) // 2


async def test_a_failure_has_its_reason_and_what_to_do(bench: Workbench) -> None:
    models = bench.models(Halting(SourceError("the hub is away", hint="try another hub")))
    models.pull()
    state = await models.wait()
    assert state.phase == "failed" and models.current() is None
    assert "the hub is away" in state.problem and "try another hub" in state.hint


async def test_a_refused_connection_on_loopback_is_a_failure_with_a_hint(bench: Workbench) -> None:
    models = bench.models(HubSource("http://127.0.0.1:9", gate=bench.gate, attempts=1, pause_s=0.0))
    models.pull()
    state = await models.wait()
    assert state.phase == "failed" and "could not be fetched" in state.problem


async def test_a_wrong_file_is_never_loaded(bench: Workbench, tmp_path: Path) -> None:
    (tmp_path / "other.gguf").write_bytes(CONTENT[::-1])
    models = bench.models(LocalSource(tmp_path / "other.gguf"))
    models.pull()
    assert (await models.wait()).phase == "failed" and not bench.engines


@pytest.mark.parametrize(
    "error", [EngineError("not a model", hint="pull again"), ImportError("no xllamacpp")]
)
async def test_weights_that_do_not_load(bench: Workbench, weights: Path, error: Exception) -> None:
    bench.load_error = error
    models = bench.models(LocalSource(weights))
    models.pull()
    state = await models.wait()
    assert state.phase == "failed" and models.current() is None
    assert str(error) in state.problem
    bench.load_error = None
    models.pull()
    assert (await models.wait()).phase == "ready"


async def test_one_at_a_time(bench: Workbench, weights: Path) -> None:
    models = bench.models(LocalSource(weights))
    for _ in range(3):
        models.pull()
    await models.wait()
    assert len(bench.engines) == 1


async def test_another_pull_replaces_the_engine(bench: Workbench, weights: Path) -> None:
    models = bench.models(LocalSource(weights))
    models.pull()
    await models.wait()
    models.pull()
    await models.wait()
    assert [engine.unloaded for engine in bench.engines] == [True, False]


async def test_closing_stops_the_work_and_lets_the_engine_go(bench: Workbench, weights: Path) -> None:
    source = Halting()
    slow = bench.models(source)
    slow.pull()
    await source.half.wait()
    await slow.close()
    assert slow.state.phase == "absent" and not bench.allowed()
    ready = bench.models(LocalSource(weights))
    ready.pull()
    await ready.wait()
    await ready.close()
    assert ready.current() is None and bench.engines[-1].unloaded


# --- who listens


async def test_a_subscriber_that_fails_does_not_stop_the_work(
    bench: Workbench, weights: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_: ModelState) -> None:
        raise RuntimeError("no screen")

    models = bench.models(LocalSource(weights))
    forget = models.subscribe(fails)
    models.pull()
    assert (await models.wait()).phase == "ready" and "no screen" in caplog.text
    forget()
    forget()  # a second time does nothing


async def test_without_its_runtime_nothing_is_installed_that_the_gate_refuses(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hosts() -> tuple[str, ...]:
        bench.gate.revoke(PURPOSE)  # the yes is taken back meanwhile
        return ("packages.invalid",)

    monkeypatch.setattr(module, "runtime_installed", lambda: False)
    monkeypatch.setattr(module, "pip_hosts", hosts)
    models = bench.models()
    models.start()  # no yes: nothing begins
    assert (await models.wait()).phase == "absent"
    models.pull()
    state = await models.wait()
    assert bench.phases()[0] == "installing"
    assert state.phase == "failed" and "packages.invalid" in state.problem
