"""The language model of this assistant: is it here, is it coming, is it ready.

One small state machine, told to whoever subscribes (the page, the terminal): ``absent`` asks for consent,
``installing`` fetches the runtime, ``downloading`` the weights, ``loading`` starts it, ``ready`` answers.
Nothing large is fetched before a person said yes. The grammar works all the while.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from homebody.assistant.understanding.understanding import PREFIXES
from homebody.core.errors import CancelledError, EngineError, HomebodyError, SourceError
from homebody.core.gate import ANY_HOST, Gate
from homebody.language.catalogue import ModelFile, find
from homebody.language.engine import Engine
from homebody.language.fit import fit, machine
from homebody.language.model import LanguageModel
from homebody.weights.pip import pip_hosts
from homebody.weights.progress import Progress
from homebody.weights.sources import PURPOSE
from homebody.weights.store import Store

_log = logging.getLogger(__name__)

Phase = Literal["off", "absent", "installing", "downloading", "loading", "ready", "failed"]
RUNTIME = "xllamacpp"
REQUIREMENT = "xllamacpp>=2026.10,<2027"
RUNTIME_BYTES = 32_000_000
"""What the runtime's package weighs on the wire, roughly: for the question of consent."""
_INSTALL_S = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelState:
    """What is known of the model now. Bytes; ``rate`` in bytes a second; ``ms`` of the last load."""

    phase: Phase
    model: ModelFile | None = None
    reasons: tuple[str, ...] = ()
    done_bytes: int = 0
    total_bytes: int = 0
    rate: float = 0.0
    source: str = ""
    load_ms: float = 0.0
    problem: str = ""
    hint: str = ""


Subscriber = Callable[[ModelState], None]


def runtime_installed() -> bool:
    return importlib.util.find_spec(RUNTIME) is not None


class Models:
    """Chooses, fetches and loads the language model. ``choice`` is a catalogue id, ``auto`` or ``none``.

    Raises InputError for an id that the catalogue does not have.
    """

    def __init__(
        self,
        store: Store,
        gate: Gate,
        *,
        choice: str = "auto",
        threads: int = 0,
    ) -> None:
        self.store = store
        self._gate = gate
        self._threads = threads
        self._engine: Engine | None = None
        self._work: asyncio.Task[None] | None = None
        self._cancel = asyncio.Event()
        self._subscribers: dict[object, Subscriber] = {}
        if choice == "none":
            self._state = ModelState(phase="off")
        elif choice == "auto":
            here = machine()
            chosen = fit(here.total_mb, here.cores)
            self._state = ModelState(
                phase="absent" if chosen.model else "off", model=chosen.model, reasons=chosen.reasons
            )
        else:
            self._state = ModelState(phase="absent", model=find(choice))

    @property
    def state(self) -> ModelState:
        return self._state

    def current(self) -> LanguageModel | None:
        """The model, if it is ready now."""
        return self._engine

    def subscribe(self, callback: Subscriber) -> Callable[[], None]:
        """Call ``callback`` with each new state, in the loop; returns what ends it. Its errors are logged."""
        token = object()  # one callback may subscribe twice
        self._subscribers[token] = callback

        def unsubscribe() -> None:
            self._subscribers.pop(token, None)

        return unsubscribe

    def _set(self, state: ModelState) -> None:
        self._state = state
        for callback in tuple(self._subscribers.values()):
            try:
                callback(state)
            except Exception:
                _log.exception("a subscriber failed on a state of the model")

    def start(self, *, consent: bool = False) -> None:
        """Load what is here already; fetch what is not only with consent."""
        model = self._state.model
        if model is None or self._state.phase == "off":
            return
        if consent:
            self.pull(by="a setting, beforehand")
        elif self.store.path(model) is not None and runtime_installed():
            self._begin(model, "")

    def pull(self, model_id: str | None = None, *, by: str = "a person") -> None:
        """A person said yes: fetch (or resume) and load, in the background. One at a time.

        ``by`` says who said yes, for the ledger. For the length of the work, and for this purpose only, any
        host may be reached: hubs send on to hosts of their own, and the hash says whether it is the file.
        Raises InputError for an id that the catalogue does not have.
        """
        model = find(model_id) if model_id is not None else self._state.model
        if model is not None:
            self._begin(model, by)

    def _begin(self, model: ModelFile, by: str) -> None:
        if self._work is None or self._work.done():
            self._cancel = asyncio.Event()
            self._work = asyncio.get_running_loop().create_task(self._run(model, by))

    def cancel(self) -> None:
        """Stop fetching; what arrived is kept."""
        self._cancel.set()

    async def wait(self) -> ModelState:
        """Until the work at hand is over, whatever came of it."""
        if self._work is not None:
            await asyncio.wait([self._work])
        return self._state

    async def close(self) -> None:
        self.cancel()
        if self._work is not None:
            with contextlib.suppress(asyncio.CancelledError):
                await self._work
        if self._engine is not None:
            engine, self._engine = self._engine, None
            await engine.unload()

    async def _run(self, model: ModelFile, by: str) -> None:
        if by:
            self._gate.allow(PURPOSE, hosts=ANY_HOST, by=by)
        try:
            path = self.store.path(model)
            if not runtime_installed():
                await self._install(model)
            if path is None:
                path = await self._fetch(model)
            await self._load(model, path)
        except CancelledError:
            self._set(ModelState(phase="absent", model=model, problem="stopped; what arrived is kept"))
        except HomebodyError as error:
            self._set(ModelState(phase="failed", model=model, problem=error.message, hint=error.hint))
        except Exception as error:  # whoever waits for the model hears of a defect too
            _log.exception("the model %s could not be made ready", model.id)
            self._set(
                ModelState(phase="failed", model=model, problem=f"something failed in Homebody: {error!r}",
                           hint="The log has the details. The grammar works without a model.")
            )  # fmt: skip
        finally:
            self._gate.revoke(PURPOSE)

    async def _install(self, model: ModelFile) -> None:
        """The runtime, by the installer that this environment has; cancelled by ending it."""
        self._set(ModelState(phase="installing", model=model, total_bytes=RUNTIME_BYTES))
        for host in await pip_hosts():  # pip is a child process, which the gate cannot see
            self._gate.require(PURPOSE, host)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", REQUIREMENT,
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        ended = asyncio.ensure_future(process.communicate())
        stopped = asyncio.ensure_future(self._cancel.wait())
        try:
            await asyncio.wait({ended, stopped}, timeout=_INSTALL_S, return_when=asyncio.FIRST_COMPLETED)
            if not ended.done():
                process.terminate()
                await ended
                raise CancelledError("installing the runtime was stopped")
        finally:
            stopped.cancel()
        if process.returncode != 0:
            said = ended.result()[1].decode(errors="replace").strip().splitlines()
            raise SourceError(
                f"the runtime {RUNTIME} could not be installed: {said[-1] if said else 'no reason given'}",
                hint=f"{Path(sys.executable).name} -m pip install '{REQUIREMENT}'",
            )
        importlib.invalidate_caches()

    async def _fetch(self, model: ModelFile) -> Path:
        def progress(now: Progress) -> None:
            self._set(
                ModelState(phase="downloading", model=model, done_bytes=now.done_bytes,
                           total_bytes=now.total_bytes, rate=now.rate, source=now.source)
            )  # fmt: skip

        self._set(ModelState(phase="downloading", model=model, total_bytes=model.size))
        return await self.store.pull(model, on_progress=progress, cancel=self._cancel)

    async def _load(self, model: ModelFile, path: Path) -> None:
        self._set(ModelState(phase="loading", model=model))
        started = asyncio.get_running_loop().time()
        if self._engine is not None:
            engine, self._engine = self._engine, None
            await engine.unload()
        cache = self.store.root.parent / "cache" / "prefixes"
        try:
            self._engine = await Engine.load(
                path, threads=self._threads or None, prefixes=PREFIXES, cache_dir=cache
            )
        except ImportError as error:
            raise EngineError(f"the runtime {RUNTIME} is not usable here: {error}") from error
        took = (asyncio.get_running_loop().time() - started) * 1000
        self._set(ModelState(phase="ready", model=model, load_ms=round(took, 1)))
