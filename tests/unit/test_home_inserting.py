"""A device is put into a home file, and nothing else of the file changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from homebody.core.errors import HomeFileError, InputError
from homebody.home.file import parse_home
from homebody.home.inserting import add_devices, with_devices

ENTRY = {"id": "new", "kind": "light", "name": {"zh": "新灯", "en": "on"}, "traits": {"on_off": {}}}
START = "schema: homebody.home/1\nname: x\n"
OLD = "{id: old, kind: fan, name: old}"


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "devices: []\n",
        "devices: []  # none yet\nareas: []\n",
        f"devices:\n- {OLD}\n",
        f"devices:   # mine\n  # all\n\n  - {OLD}\nareas: []\n",
        f"devices:\n      - {OLD}\n",
    ],
)
def test_the_rest_stays_as_it_is(rest: str) -> None:
    made = with_devices(START + rest, [ENTRY], "home.yaml")
    devices = parse_home(made).devices
    assert next(iter(devices)).id == "new"
    assert devices[0].name.en == "on"
    kept = [line for line in (START + rest).splitlines() if "devices:" not in line]
    assert [line for line in made.splitlines() if line in kept] == kept


def test_what_cannot_be_changed_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="in one line"):
        with_devices(f"{START}devices: [{OLD}]\n", [ENTRY], "home.yaml")
    with pytest.raises(HomeFileError, match="is the id of"):
        with_devices(f"{START}devices:\n- {{id: new, kind: fan, name: x}}\n", [ENTRY], "home.yaml")
    home = tmp_path / "home.yaml"
    for text in (b"schema: x", b"\xff\xfe"):
        home.write_bytes(text)
        with pytest.raises(InputError):
            add_devices(home, [ENTRY])
        assert home.read_bytes() == text
    with pytest.raises(InputError, match="cannot be changed"):
        add_devices(tmp_path / "absent.yaml", [ENTRY])
