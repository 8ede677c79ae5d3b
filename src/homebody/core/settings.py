"""What a person may set, each setting with its own documentation and its own check.

A value is looked for in this order, and the first place that has one wins:

    1. an argument of the command      homebody run --port 9000
    2. an environment variable         HOMEBODY_PORT=9000 (an empty one counts as not set)
    3. the settings file (flat TOML)   port = 9000 in $HOMEBODY_CONFIG, else in
                                       $XDG_CONFIG_HOME/homebody/settings.toml (~/.config/...)
    4. the default

Nothing is passed over in silence: an unknown key or a bad value raises ``SettingsError`` with the place that
it came from, the value, and what is allowed. Settings are read once, at the start, and handed on as a value.
"""

from __future__ import annotations

import ipaddress
import math
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import Field, dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from homebody.core.errors import SettingsError

CONFIG_VARIABLE = "HOMEBODY_CONFIG"
_PREFIX = "HOMEBODY_"
_NOT_SETTINGS = (CONFIG_VARIABLE, "HOMEBODY_TEST_")  # a name, and a prefix that is left to tests

Parse = Callable[
    [object], Any
]  # takes what a file, a variable or a caller gave; ValueError if it will not do


def _path(value: object) -> Path:
    if not isinstance(value, str | Path) or not str(value).strip() or "\0" in str(value):
        raise ValueError
    return Path(value)


def _choice(*words: str) -> Parse:
    def parse(value: object) -> str:
        if value not in words:
            raise ValueError
        return str(value)

    return parse


def _text(pattern: str) -> Parse:
    def parse(value: object) -> str:
        if not isinstance(value, str) or not re.fullmatch(pattern, value.strip()):
            raise ValueError
        return value.strip()

    return parse


def _address(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError
    return str(ipaddress.ip_address(value.strip()))


def _whole(low: int, high: int) -> Parse:
    def parse(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise ValueError
        number = int(value)
        if not low <= number <= high:
            raise ValueError
        return number

    return parse


def _real(low: float, high: float) -> Parse:
    def parse(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise ValueError
        number = float(value)
        if not math.isfinite(number) or not low <= number <= high:
            raise ValueError
        return number

    return parse


def _yes_or_no(value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in ("1", "true", "yes", "y", "on"):
        return True
    if word in ("0", "false", "no", "n", "off"):
        return False
    raise ValueError


def _about(
    help_: str, allowed: str, parse: Parse, *, shown: str = "", also: tuple[str, ...] = ()
) -> dict[str, Any]:
    """A field's documentation: help, what is allowed, parser, default in words, further variables."""
    return {"help": help_, "allowed": allowed, "parse": parse, "shown": shown, "also": also}


def _default_data_dir(environ: Mapping[str, str] = os.environ) -> Path:
    return _expand(Path(environ.get("XDG_DATA_HOME") or "~/.local/share"), environ) / "homebody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one Homebody. Times are seconds, places are degrees."""

    data_dir: Path = field(
        default_factory=_default_data_dir,
        metadata=_about(
            "Folder of everything that Homebody keeps: journal, models, pairings.",
            "a folder",
            _path,
            shown="$XDG_DATA_HOME/homebody, else ~/.local/share/homebody",
        ),
    )
    home_file: Path | None = field(
        default=None,
        metadata=_about(
            "The home file (YAML) that describes areas and devices.",
            "a file",
            _path,
            shown="the built-in home",
        ),
    )
    port: int = field(
        default=8470,
        metadata=_about(
            "Port of the page and of the JSON door, on this machine alone.",
            "a whole number from 1 to 65535, or 0 for any free port",
            _whole(0, 65535),
        ),
    )
    phone_host: str = field(
        default="0.0.0.0",
        metadata=_about(
            "Address that paired phones reach this machine on; it is closed until a phone is paired.",
            "an IP address; 0.0.0.0 is every private IPv4 address of this machine",
            _address,
        ),
    )
    phone_port: int = field(
        default=8471,
        metadata=_about(
            "Port for paired phones (HTTPS).",
            "a whole number from 1 to 65535, or 0 for any free port",
            _whole(0, 65535),
        ),
    )
    language: str = field(
        default="auto",
        metadata=_about(
            "Language of answers; auto answers in the language that was spoken.",
            "auto, zh or en",
            _choice("auto", "zh", "en"),
        ),
    )
    model: str = field(
        default="auto",
        metadata=_about(
            "Language model: an id of the catalogue, auto (what this machine can carry) or none.",
            "an id of `homebody models list`, auto or none",
            _text(r"[A-Za-z0-9][A-Za-z0-9._:/+-]*"),
        ),
    )
    threads: int = field(
        default=0,
        metadata=_about(
            "Threads that the language model may use; 0 chooses.",
            "a whole number from 0 to 1024",
            _whole(0, 1024),
        ),
    )
    area: str = field(
        default="",
        metadata=_about(
            "Area that a speaker is taken to be in when nothing says where: an area's id, or nothing.",
            "the id of an area, or nothing",
            _text(r".*"),
            shown="none",
        ),
    )
    deadline_s: float = field(
        default=8.0,
        metadata=_about(
            "Seconds after which a turn is answered, whatever is still missing.",
            "seconds from 0.1 to 600",
            _real(0.1, 600),
        ),
    )
    device_deadline_s: float = field(
        default=2.0,
        metadata=_about(
            "Seconds that one device has to answer.", "seconds from 0.05 to 600", _real(0.05, 600)
        ),
    )
    mqtt_announce: bool = field(
        default=False,
        metadata=_about(
            "Announce this home's devices at its MQTT broker, so that Home Assistant sees and commands them.",
            "yes or no (1, true, yes, on or 0, false, no, off)",
            _yes_or_no,
        ),
    )
    recogniser: str = field(
        default="auto",
        metadata=_about(
            "Model that turns speech into words: an id of the catalogue, or auto (the best that is here).",
            "auto, whisper-base, sensevoice-small or zipformer-zh-en",
            _choice("auto", "whisper-base", "sensevoice-small", "zipformer-zh-en"),
        ),
    )
    voice_zh: str = field(
        default="zf_xiaoxiao",
        metadata=_about(
            "Voice that says Chinese answers.", "a voice of `homebody say --voices`", _text(r"[a-z0-9_]+")
        ),
    )
    voice_en: str = field(
        default="af_heart",
        metadata=_about(
            "Voice that says English answers.", "a voice of `homebody say --voices`", _text(r"[a-z0-9_]+")
        ),
    )
    wake_phrases: str = field(
        default="小宅小宅, hey homebody",
        metadata=_about(
            "Phrases that call it, with commas between them; four syllables are heard best.",
            "words in Chinese or English",
            _text(r".*\w.*"),
        ),
    )
    location_latitude: float | None = field(
        default=None,
        metadata=_about(
            "Latitude of the home, degrees north, for sunrise and sunset.",
            "degrees from -90 to 90",
            _real(-90, 90),
            shown="unknown",
        ),
    )
    location_longitude: float | None = field(
        default=None,
        metadata=_about(
            "Longitude of the home, degrees east, for sunrise and sunset.",
            "degrees from -180 to 180",
            _real(-180, 180),
            shown="unknown",
        ),
    )
    huggingface: str = field(
        default="https://huggingface.co",
        metadata=_about(
            "Address of Hugging Face or of a mirror of it, for model files.",
            "an http or https address, or none",
            _text(r"https?://\S+|none"),
        ),
    )
    modelscope: str = field(
        default="https://modelscope.cn",
        metadata=_about(
            "Address of ModelScope, asked after Hugging Face.",
            "an http or https address, or none",
            _text(r"https?://\S+|none"),
        ),
    )
    consent_download: bool = field(
        default=False,
        metadata=_about(
            "Yes in advance to downloading a language model (YES=1 says the same).",
            "yes or no (1, true, yes, on or 0, false, no, off)",
            _yes_or_no,
            also=("YES",),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingRow:
    """One line of the reference table."""

    key: str
    default: str
    environment: str
    allowed: str
    help: str


def settings_table() -> list[SettingRow]:
    """Every setting as the documentation shows it, in the order of ``Settings``."""
    return [
        SettingRow(
            key=each.name,
            default=each.metadata["shown"] or _shown(each.default),
            environment=" or ".join(_variables(each)),
            allowed=each.metadata["allowed"],
            help=each.metadata["help"],
        )
        for each in fields(Settings)
    ]


def load_settings(
    *,
    file: Path | None = None,
    environ: Mapping[str, str] | None = None,
    overrides: Mapping[str, object] | None = None,
) -> Settings:
    """Read the settings from arguments, environment, file and defaults, in this order of precedence.

    ``file`` must exist if it is given, and so must the one that ``$HOMEBODY_CONFIG`` names; the usual one
    need not. ``environ`` is ``os.environ`` unless given. An override of ``None`` means "not said". A ``~`` is
    expanded, and a relative path in the file starts at the file's own folder. Raises ``SettingsError``.
    """
    environ = os.environ if environ is None else environ
    overrides = {key: value for key, value in (overrides or {}).items() if value is not None}
    file = _settings_file(file, environ)
    in_file = _read(file) if file else {}
    known = {each.name: each for each in fields(Settings)}
    for key in in_file:
        if key not in known:
            raise _unknown(key, f"key in {file}", known)
    for key in overrides:
        if key not in known:
            raise _unknown(key, "argument", known)
    variables = {name: key for key, each in known.items() for name in _variables(each)}
    for name in environ:
        if name.startswith(_PREFIX) and name not in variables and not name.startswith(_NOT_SETTINGS):
            raise _unknown(name, "environment variable", variables)

    values: dict[str, Any] = {"data_dir": _default_data_dir(environ)}

    def take(key: str, value: object, source: str, folder: Path = Path()) -> None:
        parsed = _parse(known[key], value, source)
        # joining leaves an absolute path as it is
        values[key] = folder / _expand(parsed, environ) if isinstance(parsed, Path) else parsed

    for key, value in in_file.items():
        take(key, value, f"key {key} in {file}", file.parent if file else Path())
    for name, key in reversed(variables.items()):  # HOMEBODY_CONSENT_DOWNLOAD, being exact, outranks YES
        if environ.get(name):
            take(key, environ[name], f"environment variable {name}")
    for key, value in overrides.items():
        take(key, value, f"argument {key}")

    settings = Settings(**values)
    if (settings.location_latitude is None) != (settings.location_longitude is None):
        missing = "location_latitude" if settings.location_latitude is None else "location_longitude"
        raise SettingsError(
            f"{missing} is not set, while the other half of the location is",
            hint="Set both location_latitude and location_longitude, or neither.",
        )
    return settings


def _settings_file(file: Path | None, environ: Mapping[str, str]) -> Path | None:
    """The file to read, or None where there is none and none was asked for."""
    if file is not None:
        return _expand(file, environ)
    if named := environ.get(CONFIG_VARIABLE):
        return _expand(Path(named), environ)
    folder = _expand(Path(environ.get("XDG_CONFIG_HOME") or "~/.config"), environ)
    usual = folder / "homebody" / "settings.toml"
    return usual if usual.exists() else None


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SettingsError(f"There is no settings file {file}") from error
    except OSError as error:
        raise SettingsError(f"The settings file {file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"The settings file {file} is not UTF-8 text", hint="Save it as UTF-8."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"The settings file {file} is not TOML: {error}",
            hint='One setting a line: port = 8470, or language = "zh" with quotes around text.',
        ) from error


def _parse(setting: Field[Any], value: object, source: str) -> Any:
    try:
        return setting.metadata["parse"](value)
    except (ValueError, OverflowError) as error:
        allowed = setting.metadata["allowed"]
        raise SettingsError(f"{source}: {value!r} is not allowed", hint=f"Allowed: {allowed}.") from error


def _unknown(name: str, what: str, known: Iterable[str]) -> SettingsError:
    close = get_close_matches(name.replace("-", "_"), known, n=1)
    hint = f"Did you mean {close[0]}?" if close else f"Known: {', '.join(known)}."
    return SettingsError(f"unknown {what}: {name}", hint=hint)


def _variables(setting: Field[Any]) -> tuple[str, ...]:
    return (_PREFIX + setting.name.upper(), *setting.metadata["also"])


def _expand(path: Path, environ: Mapping[str, str]) -> Path:
    """The path with its ``~`` replaced, by the ``HOME`` of the given environment."""
    first, *rest = path.parts or ("",)
    if first == "~" and environ.get("HOME"):
        return Path(environ["HOME"], *rest)
    try:
        return path.expanduser()
    except RuntimeError as error:  # ~nobody-of-that-name
        raise SettingsError(f"{path}: there is no such home folder") from error


def _shown(default: object) -> str:
    if isinstance(default, bool):
        return "yes" if default else "no"
    return f"{default:g}" if isinstance(default, float) else str(default)
