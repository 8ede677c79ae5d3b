"""Descriptions: fetched from a server on loopback only with leave, kept, and not trusted when damaged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.loopback.miio import means_in

from homebody.core.errors import InputError, NetworkRefusedError, UnreachableError
from homebody.core.gate import Gate, installed
from homebody.home.adapters.miio.discovery import discover
from homebody.home.adapters.miio.specs import PURPOSE, Specs, fetch, sample

URN = sample("lamp")["type"]
INDEX = {"instances": [{"model": "acme.lamp.1", "version": 1, "type": URN}]}
NAMES = {"data": {"zh_cn": {"service:002": "台灯"}}}


class Handler(BaseHTTPRequestHandler):
    """Answers with what stands in ``pages`` by path, else 404."""

    def __init__(self, pages: dict[str, bytes], *arguments: Any) -> None:
        self.pages = pages
        super().__init__(*arguments)

    def do_GET(self) -> None:
        page = self.pages.get(urlsplit(self.path).path)
        self.send_response(404 if page is None else 200)
        self.end_headers()
        self.wfile.write(page or b"")

    def log_message(self, format: str, *args: Any) -> None:  # the base's own name
        """Nothing is written."""


@pytest.fixture
def pages() -> dict[str, bytes]:
    return {
        "/miot-spec-v2/instances": json.dumps(INDEX).encode(),
        "/miot-spec-v2/instance": json.dumps(sample("lamp")).encode(),
        "/instance/v2/multiLanguage": json.dumps(NAMES).encode(),
    }


@pytest.fixture
def server(pages: dict[str, bytes]) -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), partial(Handler, pages)) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


async def test_a_description_is_fetched_kept_and_found_again(server: str, tmp_path: Path) -> None:
    gate = Gate()
    document, names = await fetch("acme.lamp.1", gate, server)
    assert gate.totals_by_peer()[PURPOSE, "127.0.0.1"].bytes_in > 1000
    kept = Specs(tmp_path).put({**document, "type": "urn:miot-spec-v2:device:light:1:acme-x:1"}, names)
    assert Specs(tmp_path).get(kept.urn) == kept
    assert kept.services[1].name.zh == "台灯"
    assert Specs(tmp_path).get("urn:miot-spec-v2:device:light:1:acme-y:1") is None
    assert Specs(tmp_path).get(URN) is not None  # a sample is always there


async def test_what_the_server_lacks_or_gets_wrong(server: str, pages: dict[str, bytes]) -> None:
    gate = Gate()
    with pytest.raises(InputError, match="no public description"):
        await fetch("acme.lamp.2", gate, server)
    del pages["/instance/v2/multiLanguage"]
    assert (await fetch("acme.lamp.1", gate, server))[1] is None
    pages["/miot-spec-v2/instance"] = b"{" * 100_000
    with pytest.raises(InputError, match="JSON"):
        await fetch("acme.lamp.1", gate, server)
    pages["/miot-spec-v2/instance"] = bytes(3 * 1024 * 1024)
    with pytest.raises(InputError, match="larger than"):
        await fetch("acme.lamp.1", gate, server)
    pages.clear()
    with pytest.raises(UnreachableError, match="answers 404"):
        await fetch("acme.lamp.1", gate, server)


async def test_without_leave_nothing_is_fetched_or_asked(tmp_path: Path) -> None:
    with installed(Gate()) as gate:
        with pytest.raises(NetworkRefusedError, match=PURPOSE):
            await fetch("acme.lamp.1", gate, "http://192.0.2.1")
        with pytest.raises(NetworkRefusedError, match="refused"):
            await discover(means_in(tmp_path, gate)("miio"), ["192.0.2.1"], {})
        assert not any(entry.allowed for entry in gate.ledger())


@pytest.mark.parametrize("text", ["", "[]", "{", '{"spec": {}}'])
def test_a_damaged_description_is_told(tmp_path: Path, text: str) -> None:
    urn = "urn:miot-spec-v2:device:light:1:acme-x:1"
    path = Specs(tmp_path)._path(urn)
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        Specs(tmp_path).get(urn)
