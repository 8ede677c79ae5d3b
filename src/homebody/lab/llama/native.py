"""The C functions of llama.cpp that xllamacpp's own library exports, through ctypes.

The functions are public (``llama.h``); that a wheel exports them is not promised, and its structures grow
from version to version. So only the first members of the context's parameters are touched; parameters are
passed with room to spare behind them, and what llama.cpp then says of the context that it made is compared
with what was asked. Anything else is an ``EngineError``, never a guess.
"""

from __future__ import annotations

import ctypes
import importlib.metadata
from ctypes import POINTER, Structure, c_bool, c_byte, c_char_p, c_float, c_int8, c_int32, c_uint32, c_void_p
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from homebody.core.errors import EngineError

_SPARE = 1024  # bytes; the parameters of a model or a context take about 150


class Opaque(Structure):
    """Parameters that are only handed from one function to another."""

    _fields_: ClassVar = [("bytes", c_byte * _SPARE)]
    _align_ = 8


class ContextParameters(Structure):
    """The beginning of ``llama_context_params``."""

    _fields_: ClassVar = [
        ("n_ctx", c_uint32),
        ("n_batch", c_uint32),
        ("n_ubatch", c_uint32),
        ("n_seq_max", c_uint32),
        ("n_rs_seq", c_uint32),
        ("n_outputs_max", c_uint32),
        ("n_outputs_max_per_seq", c_uint32),
        ("n_threads", c_int32),
        ("n_threads_batch", c_int32),
        ("rest", c_byte * (_SPARE - 36)),
    ]
    _align_ = 8


class Batch(Structure):
    """``llama_batch``: tokens with their positions, and which of them are to have scores."""

    _fields_: ClassVar = [
        ("n_tokens", c_int32),
        ("token", POINTER(c_int32)),
        ("embd", c_void_p),
        ("pos", POINTER(c_int32)),
        ("n_seq_id", POINTER(c_int32)),
        ("seq_id", POINTER(POINTER(c_int32))),
        ("logits", POINTER(c_int8)),
    ]


Log = ctypes.CFUNCTYPE(None, ctypes.c_int, c_char_p, c_void_p)

_MODEL = _CONTEXT = _VOCABULARY = _MEMORY = c_void_p
_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "llama_backend_init": (None, ()),
    "llama_log_set": (None, (Log, c_void_p)),
    "llama_print_system_info": (c_char_p, ()),
    "llama_model_default_params": (Opaque, ()),
    "llama_context_default_params": (ContextParameters, ()),
    "llama_model_load_from_file": (_MODEL, (c_char_p, Opaque)),
    "llama_model_free": (None, (_MODEL,)),
    "llama_model_desc": (c_int32, (_MODEL, c_char_p, ctypes.c_size_t)),
    "llama_model_size": (ctypes.c_uint64, (_MODEL,)),
    "llama_model_n_params": (ctypes.c_uint64, (_MODEL,)),
    "llama_model_n_ctx_train": (c_int32, (_MODEL,)),
    "llama_model_get_vocab": (_VOCABULARY, (_MODEL,)),
    "llama_vocab_n_tokens": (c_int32, (_VOCABULARY,)),
    "llama_tokenize": (
        c_int32,
        (_VOCABULARY, c_char_p, c_int32, POINTER(c_int32), c_int32, c_bool, c_bool),
    ),
    "llama_init_from_model": (_CONTEXT, (_MODEL, ContextParameters)),
    "llama_free": (None, (_CONTEXT,)),
    "llama_n_ctx": (c_uint32, (_CONTEXT,)),
    "llama_n_batch": (c_uint32, (_CONTEXT,)),
    "llama_n_ubatch": (c_uint32, (_CONTEXT,)),
    "llama_n_threads": (c_int32, (_CONTEXT,)),
    "llama_n_threads_batch": (c_int32, (_CONTEXT,)),
    "llama_batch_init": (Batch, (c_int32, c_int32, c_int32)),
    "llama_batch_free": (None, (Batch,)),
    "llama_decode": (c_int32, (_CONTEXT, Batch)),
    "llama_get_logits_ith": (POINTER(c_float), (_CONTEXT, c_int32)),
    "llama_get_memory": (_MEMORY, (_CONTEXT,)),
    "llama_memory_seq_rm": (c_bool, (_MEMORY, c_int32, c_int32, c_int32)),
    "llama_memory_clear": (None, (_MEMORY, c_bool)),
    "llama_state_seq_save_file": (
        ctypes.c_size_t,
        (_CONTEXT, c_char_p, c_int32, POINTER(c_int32), ctypes.c_size_t),
    ),
    "llama_state_seq_load_file": (
        ctypes.c_size_t,
        (_CONTEXT, c_char_p, c_int32, POINTER(c_int32), ctypes.c_size_t, POINTER(ctypes.c_size_t)),
    ),
}
_DEFAULTS = {"n_ctx": 512, "n_batch": 2048, "n_ubatch": 512, "n_seq_max": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """``version`` is that of the package, ``features`` what it uses of the processor."""

    functions: Any
    version: str
    features: str

    @property
    def name(self) -> str:
        return f"xllamacpp {self.version}"


@cache
def runtime() -> Runtime:
    """The library, loaded once. Raises EngineError."""
    try:
        import xllamacpp.xllamacpp as package  # noqa: PLC0415 - heavy, and an extra
    except ImportError as error:
        raise EngineError(
            "the language runtime is not installed", hint="pip install homebody[lab]"
        ) from error
    functions = ctypes.CDLL(package.__file__)
    version = importlib.metadata.version("xllamacpp")
    for name, (result, arguments) in _FUNCTIONS.items():
        try:
            function = getattr(functions, name)
        except AttributeError as error:
            raise _other(version, f"it does not export {name}") from error
        function.restype, function.argtypes = result, arguments
    functions.llama_log_set(_SILENCE, None)
    functions.llama_backend_init()
    defaults = functions.llama_context_default_params()
    for name, expected in _DEFAULTS.items():
        if getattr(defaults, name) != expected:
            raise _other(version, f"{name} is {getattr(defaults, name)} where {expected} was expected")
    features = functions.llama_print_system_info().decode()
    return Runtime(functions=functions, version=version, features=features.strip(" |"))


def _other(version: str, why: str) -> EngineError:
    return EngineError(
        f"xllamacpp {version} is laid out otherwise than the lab knows: {why}",
        hint="install a version that pyproject.toml allows",
    )


def check(name: str, asked: int, got: int, *, version: str) -> None:
    """Compare what a context says of itself with what was asked. Raises EngineError."""
    if asked != got:
        raise _other(version, f"{name} is {got} after {asked} was asked")


_SILENCE = Log(lambda _level, _text, _data: None)  # llama.cpp writes hundreds of lines to the terminal
