"""The engine: llama.cpp in this process, through xllamacpp.

One model, one slot, one request at a time; a few more may wait. Work runs in a thread of its own, so that
the event loop stays free. What a request has in common with a primed prefix is not read again: the prefix's
key-value cache is kept in memory and on disk, keyed by model, runtime and text.

xllamacpp always starts the HTTP server of llama.cpp. Here it gets no network address: it is bound to a Unix
socket in a folder that only this user may enter, with a random key, and serves nothing but saving and
restoring that cache (and tokens), for which xllamacpp has no function. Requests do not pass through it.
"""

from __future__ import annotations

import asyncio
import hashlib
import importlib.metadata
import math
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from homebody.core.errors import CancelledError, EngineError
from homebody.language.fit import usable_cores
from homebody.language.model import Completion, JsonSchema, LateError

# Tokens read between two looks at the deadline: about two seconds of the 1.5B model on two old cores.
# Measured on two cores: 128 reads as fast as 512, and takes 50 MB less.
BATCH = 128
KEPT_PREFIXES = 8  # newest files in the cache folder; one is about 28 KB a token with the 1.5B model
_SOCKET_S = 60.0  # saving a prefix is the slowest request there is

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Primed:
    """What priming a prefix took. ``restored``: it came from the disk and was not read again."""

    tokens: int
    restored: bool
    ms: float


class Engine:
    """A loaded model; satisfies ``LanguageModel``. Make it with ``load``, end it with ``unload``."""

    def __init__(self, server: Any, folder: Path, cache: Path, identity: str, key: str, queue: int) -> None:
        """Use ``load``."""
        self._server = server
        self._folder = folder
        self._cache = cache
        self._identity = identity
        self._key = key
        self._queue = queue
        # One thread, so that requests take turns; what waits for it is the queue.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="language-engine")
        self._jobs: set[Future[Any]] = set()  # running or waiting
        self._stops: set[threading.Event] = set()  # one for each request inside
        self._prefixes: dict[str, Path] = {}
        self._at: str | None = None  # the primed prefix that the slot's cache surely begins with

    # Life

    @classmethod
    async def load(
        cls,
        path: Path,
        *,
        threads: int | None = None,
        context: int = 4096,
        prefixes: Sequence[str] = (),
        cache_dir: Path | None = None,
        queue: int = 4,
    ) -> Self:
        """Load the weights at ``path`` (a GGUF file).

        ``threads``: default, the cores of this process. ``context`` in tokens, prompt and answer together;
        the 1.5B model takes 28 MB for 1,000. ``prefixes`` are primed at once. ``cache_dir`` keeps
        primed prefixes over restarts; without it they live as long as the engine. More than ``queue``
        requests, with the running one, are refused. Raises EngineError.

        The file is read ahead in a thread, but xllamacpp holds Python's global lock while it arranges the
        weights: everything in this process stands still for about a second with the 1.5B model.
        """
        folder = Path(tempfile.mkdtemp(prefix="homebody-"))  # made for this user only (mode 700)
        cache = cache_dir or folder / "prefixes"
        key = secrets.token_urlsafe(24)
        try:
            identity = await asyncio.to_thread(_identity, path, context)
            await asyncio.to_thread(_read_ahead, path)
            server = await asyncio.to_thread(
                _start, path, threads or usable_cores(), context, folder, cache, key
            )
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        engine = cls(server, folder, cache, identity, key, queue)
        try:
            for prefix in prefixes:
                await engine.prime(prefix)
        except BaseException:
            await engine.unload()
            raise
        return engine

    async def unload(self) -> None:
        """Stop what runs (its caller gets EngineError) and free the memory. May be called twice."""
        server, self._server = self._server, None
        if server is None:
            return
        for stop in self._stops:
            stop.set()
        # The last reference goes in the thread: the destructor waits for llama.cpp to end.
        holder = [server]
        del server
        await asyncio.wrap_future(self._thread.submit(holder.clear))
        self._thread.shutdown(wait=False)
        shutil.rmtree(self._folder, ignore_errors=True)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.unload()

    # Prefixes

    async def prime(self, prefix: str) -> Primed:
        """Have the cache of ``prefix`` ready: restored from disk where it is there, else read and saved.

        Several may be primed; each prompt is continued from the longest one that it begins with.
        """
        return await asyncio.wrap_future(self._submit(lambda: self._prime(prefix)))

    def _prime(self, prefix: str) -> Primed:
        name = hashlib.sha256(f"{self._identity}\0{prefix}".encode()).hexdigest()[:32] + ".kv"
        began = time.perf_counter()
        tokens = self._restore(prefix, name)
        restored = tokens is not None
        if tokens is None:
            tokens = self._evaluate(prefix, name)
        self._prefixes[prefix] = self._cache / name
        return Primed(tokens=tokens, restored=restored, ms=(time.perf_counter() - began) * 1000)

    def _restore(self, prefix: str, name: str) -> int | None:
        if not (self._cache / name).is_file():
            return None
        self._at = None
        answer = self._call("/slots/0?action=restore", {"filename": name})
        if answer is None:  # of another version, or cut off: read it again
            (self._cache / name).unlink(missing_ok=True)
            return None
        (self._cache / name).touch()
        self._at = prefix
        return int(answer["n_restored"])

    def _evaluate(self, prefix: str, name: str) -> int:
        self._at = None
        # Otherwise the file would also hold what the slot read before.
        self._call("/slots/0?action=erase", {})
        answer = self._live().handle_completions({"prompt": prefix, "max_tokens": 0, "cache_prompt": True})
        if "error" in answer:
            raise _engine_error(answer["error"])
        self._at = prefix
        # Written under another name first: a file that is there is whole.
        if self._call("/slots/0?action=save", {"filename": f"{name}.new"}) is not None:
            (self._cache / f"{name}.new").replace(self._cache / name)
            _prune(self._cache)
        return int(answer["usage"]["prompt_tokens"])

    # Requests

    async def complete(
        self,
        prompt: str,
        *,
        grammar: str | None = None,
        schema: JsonSchema | None = None,
        max_tokens: int = 256,
        stop: tuple[str, ...] = (),
        temperature: float = 0.0,
        deadline_s: float | None = None,
        cancel: asyncio.Event | None = None,
        on_text: Callable[[str], None] | None = None,
    ) -> Completion:
        """See ``LanguageModel.complete``.

        The caller gets its error at once; the engine itself stops at the next token, or within 128 tokens of
        the prompt, and only then takes the next request.
        """
        if grammar is not None and schema is not None:
            raise EngineError("a request has a grammar or a schema, not both")
        request: dict[str, Any] = {
            "prompt": prompt,
            "max_tokens": max_tokens,
            "temperature": temperature,
            "seed": 0,
            "stop": list(stop),
            "cache_prompt": True,
            "logprobs": 1,
            "stream": True,
            "return_progress": True,  # an event for each batch of the prompt: the chance to stop there
        }
        if temperature <= 0:
            request["top_k"] = 1
        if grammar is not None:
            request["grammar"] = grammar
        if schema is not None:
            request["json_schema"] = schema

        loop = asyncio.get_running_loop()
        answer = _Answer(tell=(lambda text: loop.call_soon_threadsafe(on_text, text)) if on_text else None)
        work = asyncio.wrap_future(self._submit(lambda: self._generate(request, answer)))
        self._stops.add(answer.stop)
        try:
            if await _first(work, deadline_s, cancel):
                return work.result()
        finally:
            # Also when the caller's task was cancelled: what waits leaves the queue, what runs stops.
            self._stops.discard(answer.stop)
            answer.stop.set()
            work.cancel()
        if cancel is not None and cancel.is_set():
            raise CancelledError("the answer was stopped")
        raise LateError(
            f"no answer within {deadline_s:g} s",
            partial=answer.text,
            hint="shorter prompts are answered sooner",
        )

    async def tokens(self, text: str, *, special: bool = False) -> tuple[int, ...]:
        """The tokens of ``text``; ``special`` reads <|im_end|> and its like as the marks they are."""
        body = {"content": text, "parse_special": special}
        answer = await asyncio.wrap_future(self._submit(lambda: self._call("/tokenize", body)))
        if answer is None:
            raise EngineError("the runtime did not tokenise")
        return tuple(answer["tokens"])

    def _submit(self, work: Callable[[], T]) -> Future[T]:
        """Put work in the queue. Raises EngineError when too much is there."""
        self._live()
        if len(self._jobs) >= self._queue:
            raise EngineError(
                f"the language model is busy: {len(self._jobs)} requests are before this one",
                hint="try again in a moment",
            )
        job = self._thread.submit(work)
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)
        return job

    def _generate(self, request: dict[str, Any], answer: _Answer) -> Completion:
        """In the thread: run one request, after making the slot begin with the right prefix."""
        waited_ms = (time.monotonic() - answer.asked) * 1000
        prompt = request["prompt"]
        prefix = max((known for known in self._prefixes if prompt.startswith(known)), key=len, default=None)
        if prefix is not None and prefix != self._at:
            self._restore(prefix, self._prefixes[prefix].name)
        self._at = prefix
        if not answer.stop.is_set():
            self._live().handle_completions(request, answer.receive)
        if answer.error:
            raise _engine_error(answer.error)
        return answer.completion(waited_ms)

    def _live(self) -> Any:
        if self._server is None:
            raise EngineError("the model is not loaded", hint="load it again")
        return self._server

    def _call(self, path: str, body: dict[str, Any]) -> dict[str, Any] | None:
        """One request over the socket; None if the runtime refused it."""
        self._live()
        transport = httpx.HTTPTransport(uds=str(_socket(self._folder)))
        headers = {"Authorization": f"Bearer {self._key}"}
        try:
            with httpx.Client(transport=transport, timeout=_SOCKET_S) as client:
                response = client.post(f"http://engine{path}", json=body, headers=headers)
            answer: dict[str, Any] = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise EngineError(f"the runtime does not answer: {error}") from error
        return answer if response.is_success else None


@dataclass(slots=True, kw_only=True)
class _Answer:
    """What comes back from the runtime, piece by piece, in the engine's thread."""

    tell: Callable[[str], Any] | None
    asked: float = field(default_factory=time.monotonic)
    stop: threading.Event = field(default_factory=threading.Event)
    pieces: list[str] = field(default_factory=list)
    probabilities: list[float] = field(default_factory=list)
    last: dict[str, Any] = field(default_factory=dict)
    error: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def receive(self, chunk: dict[str, Any]) -> bool:
        """Take one event of the stream; True ends the request (xllamacpp cancels its task)."""
        if "error" in chunk:
            self.error = chunk["error"]
            return True
        for choice in chunk.get("choices", ()):
            for token in (choice.get("logprobs") or {}).get("content", ()):
                self.probabilities.append(math.exp(min(0.0, token["logprob"])))
            if text := choice.get("text"):
                self.pieces.append(text)
                if self.tell and not self.stop.is_set():
                    self.tell(text)
            if choice.get("finish_reason"):
                self.last = {**chunk, "finish_reason": choice["finish_reason"]}
        return self.stop.is_set()

    def completion(self, waited_ms: float) -> Completion:
        if not self.last:
            raise EngineError("the model was unloaded before it had answered")
        timings = self.last["timings"]
        return Completion(
            text=self.text,
            stopped_by="length" if self.last["finish_reason"] == "length" else "end",
            prompt_tokens=timings["prompt_n"] + timings["cache_n"],
            cached_tokens=timings["cache_n"],
            output_tokens=timings["predicted_n"],
            prefill_ms=timings["prompt_ms"],
            decode_ms=timings["predicted_ms"],
            waited_ms=waited_ms,
            probabilities=tuple(self.probabilities),
        )


async def _first(work: asyncio.Future[Any], deadline_s: float | None, cancel: asyncio.Event | None) -> bool:
    """Wait for the work, for the deadline (seconds from now) or for the event. True: the work is done."""
    stop = [asyncio.ensure_future(cancel.wait())] if cancel else []
    try:
        await asyncio.wait([work, *stop], timeout=deadline_s, return_when=asyncio.FIRST_COMPLETED)
        return work.done()
    finally:
        for each in stop:
            each.cancel()


def _start(path: Path, threads: int, context: int, folder: Path, cache: Path, key: str) -> Any:
    """The runtime with its model loaded. Seconds; call it in a thread."""
    try:
        import xllamacpp  # noqa: PLC0415 - heavy, and an extra: only who loads a model needs it
    except ImportError as error:
        raise EngineError(
            "the language runtime is not installed", hint="pip install homebody[language]"
        ) from error
    cache.mkdir(parents=True, exist_ok=True, mode=0o700)
    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.n_ctx = context
    params.n_parallel = 1
    params.n_batch = params.n_ubatch = BATCH
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    # Mapped, the weights of the 1.5B model are there in 0.9 s and not in 1.4 to 4 s. The process shows 1.9 GB
    # instead of 1.3 GB then, but the difference is the file's own pages, which the system takes back freely:
    # llama.cpp writes a rearranged copy for the processor, with which it writes a fifth faster.
    params.load_mode = xllamacpp.llama_load_mode.LLAMA_LOAD_MODE_MMAP
    params.warmup = False  # a third of a second for nothing that the first request would feel
    params.fit_params = False
    params.cache_ram_mib = 0  # prefixes are kept here, in files; llama.cpp would take up to 8 GB
    params.slot_save_path = f"{cache}/"
    params.verbosity = -1  # silent
    params.hostnames = [str(_socket(folder))]
    params.api_keys = [key]
    params.n_threads_http = 1
    params.ui = False
    try:
        return xllamacpp.Server(params)
    except Exception as error:  # xllamacpp raises RuntimeError for whatever went wrong
        raise EngineError(
            f"{path} could not be loaded: {error}", hint="homebody models verify; is there memory for it?"
        ) from error


def _socket(folder: Path) -> Path:
    return folder / "engine.sock"  # the ending tells llama.cpp not to listen on the network


def _identity(path: Path, context: int) -> str:
    """What a saved prefix depends on, besides its text."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            magic = file.read(4)
    except OSError as error:
        raise EngineError(f"{path} cannot be read: {error.strerror}", hint="homebody models pull") from error
    if magic != b"GGUF":
        raise EngineError(f"{path} is not a GGUF file", hint="homebody models verify")
    runtime = importlib.metadata.version("xllamacpp")
    # In the store the name is the hash; elsewhere name, size and time stand for it.
    model = path.name if len(path.name) == 64 else f"{path.resolve()} {size} {path.stat().st_mtime_ns}"
    return f"{model} {runtime} {context}"


def _read_ahead(path: Path) -> None:
    """Bring the file into the page cache, so that a slow disk does not hold Python's lock while it loads."""
    buffer = bytearray(1 << 23)
    with path.open("rb", buffering=0) as file:
        while file.readinto(buffer):
            pass


def _prune(cache: Path) -> None:
    files = sorted(cache.glob("*.kv"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[KEPT_PREFIXES:]:
        file.unlink(missing_ok=True)


def _engine_error(error: dict[str, Any]) -> EngineError:
    message = str(error.get("message", error))
    if error.get("type") == "exceed_context_size_error":
        return EngineError(f"the prompt is too long: {message}", hint="shorten it, or load with more context")
    return EngineError(f"the language runtime refused: {message}")
