"""A model that tells how likely each token is to come next, and keeps what it has read.

Reading goes token by token through one sequence. A shared beginning is read once (``hold``); what follows it
is read, scored and forgotten (``score``). Each score depends on the held beginning and on what follows alone,
never on what was asked before: a run that was interrupted and goes on finds the same numbers to the last bit.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from homebody.core.errors import EngineError
from homebody.lab.llama.native import Runtime, check, runtime
from homebody.language.fit import usable_cores

BATCH = 512  # tokens read at once; more was not faster


class Scorer(AbstractContextManager["Scorer"]):
    """A loaded model. Made by ``load``; ``close`` frees the memory. Not for several threads at once."""

    def __init__(self, library: Runtime, model: int, context: int, size: int) -> None:
        """Use ``load``."""
        self.runtime = library
        self.context = size
        self._c = library.functions
        self._model, self._context = model, context
        self._vocabulary = self._c.llama_model_get_vocab(model)
        self._memory = self._c.llama_get_memory(context)
        self._batch = self._c.llama_batch_init(BATCH, 0, 1)
        self._tokens = self._c.llama_vocab_n_tokens(self._vocabulary)
        self._held: tuple[int, ...] = ()

    @classmethod
    def load(cls, path: Path, *, threads: int | None = None, context: int = 4096) -> Self:
        """Load a GGUF file. ``threads``: all cores of this process unless said; ``context`` in tokens.

        Raises EngineError: no such file, not a model, no memory for it.
        """
        library = runtime()
        c = library.functions
        if not path.is_file():
            raise EngineError(f"there is no model at {path}", hint="homebody models list")
        model = c.llama_model_load_from_file(str(path).encode(), c.llama_model_default_params())
        if not model:
            raise EngineError(
                f"{path} could not be loaded", hint="homebody models verify; is there memory for it?"
            )
        wanted = {
            "n_ctx": -(-context // 256) * 256,  # llama.cpp rounds up to this
            "n_batch": BATCH,
            "n_ubatch": BATCH,
            "n_threads": threads or usable_cores(),
            "n_threads_batch": threads or usable_cores(),
        }
        parameters = c.llama_context_default_params()
        for name, value in wanted.items():
            setattr(parameters, name, value)
        made = c.llama_init_from_model(model, parameters)
        if not made:
            c.llama_model_free(model)
            raise EngineError(
                f"there is no memory for a context of {context} tokens", hint="a smaller --context"
            )
        for name, value in wanted.items():
            check(name, value, getattr(c, f"llama_{name}")(made), version=library.version)
        return cls(library, model, made, wanted["n_ctx"])

    def close(self) -> None:
        """Free the memory. May be called twice."""
        if self._context:
            self._c.llama_batch_free(self._batch)
            self._c.llama_free(self._context)
            self._c.llama_model_free(self._model)
            self._context = self._model = 0

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # What the model is

    @property
    def description(self) -> str:
        """Its family, size and quantisation, in llama.cpp's words."""
        buffer = ctypes.create_string_buffer(128)
        self._c.llama_model_desc(self._model, buffer, len(buffer))
        return buffer.value.decode()

    @property
    def weights_bytes(self) -> int:
        """Bytes of all weights."""
        return int(self._c.llama_model_size(self._model))

    @property
    def parameters(self) -> int:
        """Number of weights."""
        return int(self._c.llama_model_n_params(self._model))

    def tokens(self, text: str, *, bos: bool = True) -> tuple[int, ...]:
        """The tokens of a text, read as text alone; ``bos`` puts the model's mark of a beginning first."""
        data = text.encode()
        room = len(data) + 2  # no token is less than a byte, and there may be two marks
        buffer = (ctypes.c_int32 * room)()
        count = self._c.llama_tokenize(self._vocabulary, data, len(data), buffer, room, bos, False)
        if count < 0:
            raise EngineError(f"a text of {len(data)} bytes could not be split into tokens")
        return tuple(buffer[:count])

    # Reading

    def hold(self, prefix: Sequence[int]) -> int:
        """Have ``prefix`` read, keeping what is held already of it; the number of tokens that were read.

        Raises EngineError where it does not fit.
        """
        wanted = tuple(prefix)
        if wanted == self._held:
            return 0
        same = _common(wanted, self._held)
        self._forget(same)
        self._read(wanted[same:], same)
        self._held = wanted
        return len(wanted) - same

    def score(self, tokens: Sequence[int], candidates: Sequence[int]) -> tuple[float, ...]:
        """The natural logarithm of each candidate's probability after the held prefix and ``tokens``.

        Of the whole vocabulary, at the last position; what was read is forgotten, the prefix is not. Raises
        EngineError where it does not fit, ValueError without tokens.
        """
        if not tokens:
            raise ValueError("there is nothing to read, and so no last position")
        try:
            logits = self._read(tokens, len(self._held)).astype(np.float64)
        finally:
            self._forget(len(self._held))
        top = float(logits.max())
        total = top + math.log(float(np.exp(logits - top).sum()))
        return tuple(float(logits[token]) - total for token in candidates)

    def likeliest(self, tokens: Sequence[int]) -> int:
        """Read ``tokens`` after what is held, hold them too, and name the likeliest next one."""
        logits = self._read(tokens, len(self._held))
        self._held += tuple(tokens)
        return int(logits.argmax())

    def save(self, path: Path) -> int:
        """Write what is held to a file; its bytes."""
        held = (ctypes.c_int32 * len(self._held))(*self._held)
        written = self._c.llama_state_seq_save_file(self._context, str(path).encode(), 0, held, len(held))
        if not written:
            raise EngineError(f"{path} could not be written")
        return int(written)

    def restore(self, path: Path) -> int:
        """Hold what a file holds; the number of its tokens."""
        buffer = (ctypes.c_int32 * self.context)()
        count = ctypes.c_size_t()
        self._forget(0)
        read = self._c.llama_state_seq_load_file(
            self._context, str(path).encode(), 0, buffer, len(buffer), ctypes.byref(count)
        )
        if not read:
            raise EngineError(f"{path} does not hold what this model has read")
        self._held = tuple(buffer[: count.value])
        return count.value

    def _forget(self, keep: int) -> None:
        if not keep:
            self._c.llama_memory_clear(self._memory, False)
        elif not self._c.llama_memory_seq_rm(self._memory, 0, keep, -1):
            raise EngineError("this kind of model cannot go back to an earlier token")
        self._held = self._held[:keep]

    def _read(self, tokens: Sequence[int], position: int) -> Any:
        """Read tokens from ``position`` on; the scores after the last one, of shape [vocabulary]."""
        if position + len(tokens) > self.context:
            raise EngineError(
                f"{position + len(tokens)} tokens do not fit into a context of {self.context}",
                hint="a larger --context",
            )
        count = 0
        for start in range(0, len(tokens), BATCH):
            part = tokens[start : start + BATCH]
            count = len(part)
            last = start + count == len(tokens)
            for place, token in enumerate(part):
                self._batch.token[place] = token
                self._batch.pos[place] = position + start + place
                self._batch.n_seq_id[place] = 1
                self._batch.seq_id[place][0] = 0
                self._batch.logits[place] = last and place == count - 1
            self._batch.n_tokens = count
            if code := self._c.llama_decode(self._context, self._batch):
                raise EngineError(f"llama.cpp could not read {count} tokens (code {code})")
        row = self._c.llama_get_logits_ith(self._context, count - 1)
        return np.ctypeslib.as_array(row, (self._tokens,))


def _common(one: Sequence[int], other: Sequence[int]) -> int:
    """How many tokens two sequences begin with in common."""
    same = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        same += 1
    return same
