"""``homebody doctor`` where all is well, and where something is not: a line each, never a crash."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from homebody.commands.checks import Finding
from homebody.commands.doctor import examine, show, show_settings
from homebody.core.clock import SystemClock
from homebody.core.instance import InstanceLock
from homebody.core.settings import Settings, load_settings, settings_table
from homebody.language.catalogue import find
from homebody.server.door import Door, write_door
from homebody.server.phone.register import FILE, Phones

Environment = dict[str, str]


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """A free port, and no settings of whoever runs the tests."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {
        "HOMEBODY_DATA_DIR": str(tmp_path / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "HOMEBODY_PORT": str(port),
    }


def loader(environment: Environment) -> Callable[[], Settings]:
    return lambda: load_settings(environ=environment)


def found(environment: Environment, what: str) -> Finding:
    return next(each for each in examine(loader(environment)) if each.what == what)


def test_a_fresh_machine_is_well_and_stays_untouched(
    environment: Environment, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert show(loader(environment)) == 0
    told = capsys.readouterr().out
    assert "nothing has to be mended" in told
    for what in ("Python", "memory", "clock", "language runtime", "speech libraries", "disk", "data folder",
                 "home", "adapter simulated", "model", "speech models", "port", "network"):  # fmt: skip
        assert what in told
    assert not (tmp_path / "data").exists()


def test_a_broken_home_file_is_told_with_its_line(environment: Environment, tmp_path: Path) -> None:
    file = tmp_path / "home.yaml"
    file.write_text("schema: homebody.home/1\nname: Here\nareas:\n  - {id: a, nam: A}\n")
    environment["HOMEBODY_HOME_FILE"] = str(file)
    home = found(environment, "home")
    assert home.state == "mend" and f"{file}:4" in home.found and "docs/home-file.md" in home.todo
    assert show(loader(environment)) == 1


def test_an_adapter_that_does_not_exist(environment: Environment, tmp_path: Path) -> None:
    file = tmp_path / "home.yaml"
    file.write_text(
        "schema: homebody.home/1\nname: Here\ndevices:\n"
        "  - {id: lamp, kind: light, name: lamp, traits: {on_off: {}}, adapter: telepathy}\n"
    )
    environment["HOMEBODY_HOME_FILE"] = str(file)
    assert found(environment, "adapter telepathy").state == "mend"


@pytest.mark.parametrize(
    ("text", "words"), [("port = ", "not TOML"), ("prot = 1\n", "prot"), ("port = 99999\n", "99999")]
)
def test_a_broken_settings_file_is_a_finding(
    environment: Environment, tmp_path: Path, text: str, words: str
) -> None:
    file = tmp_path / "config/homebody/settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    del environment["HOMEBODY_PORT"]
    settings = found(environment, "settings")
    assert settings.state == "mend" and words in settings.found and str(file) in settings.found
    assert found(environment, "Python").state == "ok"
    assert show(loader(environment)) == 1


def test_a_port_that_another_program_uses(environment: Environment) -> None:
    with socket.create_server(("127.0.0.1", int(environment["HOMEBODY_PORT"]))):
        port = found(environment, "port")
        assert port.state == "mend" and "in use" in port.found and "--port" in port.todo
    assert found(environment, "port").state == "ok"


def test_the_homebody_that_runs_is_named(environment: Environment, tmp_path: Path) -> None:

    url = f"http://127.0.0.1:{environment['HOMEBODY_PORT']}"
    with (
        InstanceLock(tmp_path / "data"),
        socket.create_server(("127.0.0.1", int(environment["HOMEBODY_PORT"]))),
    ):
        write_door(tmp_path / "data", Door(url=url, token="t", pid=os.getpid()))
        folder, port = found(environment, "data folder"), found(environment, "port")
        assert folder.state == "ok" and str(os.getpid()) in folder.found and url in folder.found
        assert port.state == "ok" and "running" in port.found


def test_a_homebody_without_a_page_is_no_fault(environment: Environment, tmp_path: Path) -> None:
    with InstanceLock(tmp_path / "data"):
        folder = found(environment, "data folder")
    assert folder.state == "look" and str(os.getpid()) in folder.found
    assert found(environment, "data folder").state == "ok"


def test_a_data_folder_that_is_a_file(environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    folder = found(environment, "data folder")
    assert folder.state == "mend" and "HOMEBODY_DATA_DIR" in folder.todo


def test_a_model_that_is_not_here_and_one_that_nobody_knows(environment: Environment, tmp_path: Path) -> None:
    environment["HOMEBODY_MODEL"] = "smollm2-135m"
    absent = found(environment, "model")
    assert absent.state == "look" and absent.todo == "homebody models pull smollm2-135m"

    blobs = tmp_path / "data/models/blobs/sha256"
    blobs.mkdir(parents=True)
    model = find("smollm2-135m")
    with (blobs / str(model.sha256)).open("wb") as file:
        file.truncate(model.size)
    assert found(environment, "model").state == "ok"

    environment["HOMEBODY_MODEL"] = "gpt-9"
    assert found(environment, "model").state == "mend"


def test_paired_phones_and_consent_given_beforehand_are_told(
    environment: Environment, tmp_path: Path
) -> None:
    assert found(environment, "network").state == "ok"
    register = tmp_path / "data" / FILE
    Phones(register, SystemClock()).add("iPhone")
    environment |= {"YES": "1"}
    told = [each.found for each in examine(loader(environment)) if each.what == "network"]
    assert len(told) == 2 and "beforehand" in told[0] and "iPhone" in told[1]
    register.write_text("{")
    assert found(environment, "phones").state == "mend"


def test_the_location_comes_from_the_settings_too(environment: Environment, tmp_path: Path) -> None:
    file = tmp_path / "home.yaml"
    file.write_text("schema: homebody.home/1\nname: Here\n")
    environment["HOMEBODY_HOME_FILE"] = str(file)
    assert found(environment, "location").state == "look"
    environment |= {"HOMEBODY_LOCATION_LATITUDE": "31.23", "HOMEBODY_LOCATION_LONGITUDE": "121.47"}
    assert found(environment, "location").found == "31.23, 121.47"


def test_settings_shows_every_setting_and_where_it_comes_from(
    environment: Environment,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "config/homebody/settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text('language = "zh"\n')
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    show_settings(loader(environment)())
    told = capsys.readouterr().out
    assert all(row.key in told for row in settings_table())
    rows = {line.split()[1]: line for line in told.splitlines() if len(line.split()) > 5}
    assert "environment" in rows["port"] and "file" in rows["language"] and "default" in rows["threads"]


def test_what_speech_lacks_is_told_with_the_command(environment: Environment) -> None:
    models = found(environment, "speech models")
    assert models.state == "look" and models.todo == "homebody models pull speech"
    assert "synthesis" in models.found and "recognition" in models.found
