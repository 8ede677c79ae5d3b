from __future__ import annotations

import json
import logging
import stat
from pathlib import Path

import pytest

from homebody.core.errors import RecordError
from homebody.core.secrets import Secret, Secrets

TOKEN = "0123456789abcdef0123456789abcdef"


def test_a_secret_is_kept_and_forgotten(tmp_path: Path) -> None:
    Secrets(tmp_path).put("miio/1", Secret(TOKEN))
    Secrets(tmp_path).put("mqtt/broker", Secret("密码"))
    kept = Secrets(tmp_path)
    assert kept.names() == ["miio/1", "mqtt/broker"]
    found = kept.get("miio/1")
    assert found is not None and found.reveal() == TOKEN
    assert kept.get("miio/2") is None
    assert kept.remove("miio/1") and not kept.remove("miio/1")
    assert kept.names() == ["mqtt/broker"]


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    secrets = Secrets(tmp_path / "new")
    secrets.put("a", Secret(TOKEN))
    assert stat.S_IMODE(secrets.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(secrets.path.parent.stat().st_mode) == 0o700
    secrets.path.chmod(0o640)
    with pytest.raises(RecordError, match="Others may read"):
        secrets.get("a")


def test_it_is_shown_to_nobody(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    secret = Secret(TOKEN)
    logging.getLogger("x").warning("%s %r %s", secret, secret, {"token": secret})
    assert TOKEN not in f"{secret} {secret!r} {[secret]} {caplog.text}"
    with pytest.raises(TypeError):
        json.dumps(secret)


@pytest.mark.parametrize("text", ["", "[]", '{"a": 1}', "{" * 100_000, f'{{"a": "{TOKEN}', "\xff"])
def test_a_damaged_file_is_told_without_its_text(tmp_path: Path, text: str) -> None:
    secrets = Secrets(tmp_path)
    secrets.path.write_text(text, encoding="latin-1")
    secrets.path.chmod(0o600)
    with pytest.raises(RecordError, match="damaged") as caught:
        secrets.get("a")
    assert TOKEN not in repr(caught.value) and caught.value.__suppress_context__ is False
    assert caught.value.__context__ is None


def test_what_a_crash_left_is_no_obstacle(tmp_path: Path) -> None:
    secrets = Secrets(tmp_path)
    secrets.path.with_suffix(".new").write_text("half", encoding="utf-8")
    secrets.put("a", Secret("b"))
    assert secrets.names() == ["a"]
    assert [path.name for path in tmp_path.iterdir()] == ["secrets.json"]
