from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homebody.core.errors import SettingsError
from homebody.core.settings import Settings, load_settings, settings_table


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"HOME": str(tmp_path)}


def write(tmp_path: Path, text: str) -> Path:
    file = tmp_path / ".config" / "homebody" / "settings.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_defaults_need_neither_file_nor_environment(tmp_path: Path, environ: dict[str, str]) -> None:
    settings = load_settings(environ=environ)
    assert settings.data_dir == tmp_path / ".local/share/homebody"
    assert (settings.phone_host, settings.port, settings.language, settings.model) == (
        "0.0.0.0",
        8470,
        "auto",
        "auto",
    )
    assert (settings.deadline_s, settings.device_deadline_s, settings.threads) == (8.0, 2.0, 0)
    assert settings.home_file is None
    assert settings.consent_download is False


def test_argument_beats_environment_beats_file_beats_default(tmp_path: Path, environ: dict[str, str]) -> None:
    write(tmp_path, 'port = 1001\nlanguage = "zh"\nmodel = "none"\n')
    environ |= {"HOMEBODY_PORT": "1002", "HOMEBODY_LANGUAGE": "en"}
    settings = load_settings(environ=environ, overrides={"port": 1003, "language": None})
    assert (settings.port, settings.language, settings.model, settings.threads) == (1003, "en", "none", 0)


def test_xdg_folders_are_followed(tmp_path: Path, environ: dict[str, str]) -> None:
    (tmp_path / "etc/homebody").mkdir(parents=True)
    (tmp_path / "etc/homebody/settings.toml").write_text("threads = 2")
    environ |= {"XDG_CONFIG_HOME": str(tmp_path / "etc"), "XDG_DATA_HOME": "~/var"}
    settings = load_settings(environ=environ)
    assert settings.threads == 2
    assert settings.data_dir == tmp_path / "var/homebody"


def test_paths_expand_and_start_at_the_settings_file(tmp_path: Path, environ: dict[str, str]) -> None:
    file = write(tmp_path, 'home_file = "my-home.yaml"\ndata_dir = "~/kept"')
    settings = load_settings(environ=environ)
    assert settings.home_file == file.parent / "my-home.yaml"
    assert settings.data_dir == tmp_path / "kept"
    environ["HOMEBODY_HOME_FILE"] = "~/other.yaml"
    assert load_settings(environ=environ).home_file == tmp_path / "other.yaml"
    assert load_settings(environ=environ, overrides={"home_file": Path("x.yaml")}).home_file == Path("x.yaml")


def test_an_empty_variable_counts_as_not_set(environ: dict[str, str]) -> None:
    assert load_settings(environ=environ | {"HOMEBODY_PORT": "", "YES": ""}) == load_settings(environ=environ)


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ({"YES": "1"}, True),
        ({"HOMEBODY_CONSENT_DOWNLOAD": "yes"}, True),
        ({"YES": "1", "HOMEBODY_CONSENT_DOWNLOAD": "0"}, False),  # the exact name wins
    ],
)
def test_consent_by_either_variable(environ: dict[str, str], extra: dict[str, str], expected: bool) -> None:
    assert load_settings(environ=environ | extra).consent_download is expected


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("port", "eighty"),
        ("port", "65536"),
        ("port", "-1"),
        ("language", "fr"),
        ("model", "two words"),
        ("threads", "1.5"),
        ("deadline_s", "0"),
        ("deadline_s", "nan"),
        ("device_deadline_s", "inf"),
        ("location_latitude", "91"),
        ("consent_download", "perhaps"),
        ("phone_host", "not a host"),
    ],
)
def test_a_bad_variable_names_itself_the_value_and_what_is_allowed(
    environ: dict[str, str], key: str, value: str
) -> None:
    variable = f"HOMEBODY_{key.upper()}"
    with pytest.raises(SettingsError) as caught:
        load_settings(environ=environ | {variable: value})
    assert variable in caught.value.message
    assert repr(value) in caught.value.message
    allowed = next(row.allowed for row in settings_table() if row.key == key)
    assert allowed in caught.value.hint


@pytest.mark.parametrize(
    "line", ["port = true", "port = 80.5", "language = 1", "area = []", "[port]", 'data_dir = " "']
)
def test_a_bad_key_names_the_file(tmp_path: Path, environ: dict[str, str], line: str) -> None:
    file = write(tmp_path, line)
    with pytest.raises(SettingsError) as caught:
        load_settings(environ=environ)
    assert str(file) in caught.value.message
    assert line.strip("[]").split(" = ")[0] in caught.value.message


def test_unknown_names_suggest_the_close_one(tmp_path: Path, environ: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="HOMEBODY_PROT") as variable:
        load_settings(environ=environ | {"HOMEBODY_PROT": "1"})
    assert variable.value.hint == "Did you mean HOMEBODY_PORT?"
    with pytest.raises(SettingsError, match="argument: langage") as argument:
        load_settings(environ=environ, overrides={"langage": "zh"})
    assert argument.value.hint == "Did you mean language?"
    file = write(tmp_path, "device-deadline-s = 1")
    with pytest.raises(SettingsError) as key:
        load_settings(environ=environ)
    assert str(file) in key.value.message
    assert key.value.hint == "Did you mean device_deadline_s?"


def test_half_a_location_is_an_error(environ: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="location_longitude is not set"):
        load_settings(environ=environ | {"HOMEBODY_LOCATION_LATITUDE": "39.9"})
    both = load_settings(environ=environ, overrides={"location_latitude": 39.9, "location_longitude": 116.4})
    assert (both.location_latitude, both.location_longitude) == (39.9, 116.4)


def test_a_named_file_must_exist_and_be_toml(tmp_path: Path, environ: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="no settings file"):
        load_settings(file=tmp_path / "none.toml", environ=environ)
    with pytest.raises(SettingsError, match="no settings file"):
        load_settings(environ=environ | {"HOMEBODY_CONFIG": "~/none.toml"})
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(file=tmp_path, environ=environ)
    bad = tmp_path / "bad.toml"
    bad.write_text("port 80")
    with pytest.raises(SettingsError, match=r"bad\.toml is not TOML.*line 1"):
        load_settings(file=bad, environ=environ)
    bad.write_bytes(b'area = "\xff"')
    with pytest.raises(SettingsError, match="not UTF-8"):
        load_settings(file=bad, environ=environ)


def test_settings_are_a_value() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]
    assert Settings(port=1) == Settings(port=1)


def test_the_table_documents_every_setting() -> None:
    rows = settings_table()
    assert [row.key for row in rows] == [each.name for each in fields(Settings)]
    assert all(row.help.endswith(".") and row.default and row.allowed for row in rows)
    port = next(row for row in rows if row.key == "port")
    assert (port.default, port.environment) == ("8470", "HOMEBODY_PORT")
    assert next(row for row in rows if row.key == "consent_download").environment.endswith(" or YES")


@given(
    key=st.sampled_from([each.name for each in fields(Settings)]),
    value=st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.lists(st.text(), max_size=2)),
)
def test_any_value_is_either_taken_or_refused_with_a_hint(key: str, value: Any) -> None:
    try:
        settings = load_settings(environ={"HOME": "/home/lan"}, overrides={key: value})
    except SettingsError as error:
        assert error.hint or "home folder" in error.message
    else:
        assert isinstance(settings, Settings)
