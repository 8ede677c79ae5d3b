"""Every error that Homebody raises on purpose, as one small tree.

HomebodyError                 what `cli` and `server` catch: shown to a person, never as a traceback
├── InputError                the person can mend it: text, settings, home file, arguments
│   ├── SettingsError         a setting has a bad value
│   ├── HomeFileError         the home file is wrong (file, line and key are in the message)
│   └── TextError             a sentence is empty or too long
├── ModelError                the language model cannot help now; the grammar still works
│   ├── StoreError            a model file could not be fetched, kept or trusted
│   │   ├── DiskFullError
│   │   ├── WrongHashError
│   │   ├── IncompleteError   what arrived so far is kept, and is resumed next time
│   │   └── SourceError       no source could be reached
│   ├── EngineError           the runtime could not load or run the model
│   ├── DeadlineError         the answer did not come in time
│   └── CancelledError        somebody stopped it
├── DeviceError               one device; the rest of a turn goes on
│   ├── RefusedError          the device answered no
│   └── UnreachableError      the device did not answer
├── NetworkRefusedError       the gate refused a connection that nobody allowed
├── FenceError                a way of cutting this process off from the internet is not to be had
└── RecordError               the journal or another record on disk cannot be written or read
"""

from __future__ import annotations


class HomebodyError(Exception):
    """Base of all. ``str(error)`` says what and where; ``hint`` says what to do."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class InputError(HomebodyError):
    """The person can mend it."""


class SettingsError(InputError):
    """A setting has a bad value."""


class HomeFileError(InputError):
    """The home file is wrong."""


class TextError(InputError):
    """A sentence cannot be taken in: empty, or too long."""


class ModelError(HomebodyError):
    """The language model cannot help now."""


class StoreError(ModelError):
    """A model file could not be fetched, kept or trusted."""


class DiskFullError(StoreError):
    """There is no room for the file; what arrived is kept."""


class WrongHashError(StoreError):
    """A whole file arrived, and it is not the one that was asked for."""


class IncompleteError(StoreError):
    """The file broke off; what arrived is kept and resumed."""


class SourceError(StoreError):
    """No source of the file could be reached."""


class EngineError(ModelError):
    """The runtime could not load or run the model."""


class DeadlineError(ModelError):
    """The answer did not come in time."""


class CancelledError(ModelError):
    """Somebody stopped the generation."""


class DeviceError(HomebodyError):
    """One device; the rest of a turn goes on."""


class RefusedError(DeviceError):
    """The device answered no."""


class UnreachableError(DeviceError):
    """The device did not answer."""


class NetworkRefusedError(HomebodyError):
    """The gate refused a connection that nobody allowed."""


class FenceError(HomebodyError):
    """A way of cutting this process off from the internet is not to be had."""


class RecordError(HomebodyError):
    """A record on disk cannot be written or read."""
