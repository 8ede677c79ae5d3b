"""The doors on a real port: the JSON door, door.json, starting and stopping."""

from __future__ import annotations

import asyncio
import json
import os
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from homebody.assistant.assembly import assemble
from homebody.core.errors import NetworkRefusedError
from homebody.core.gate import SERVE_LAN, Gate, installed
from homebody.core.settings import load_settings
from homebody.server import api as api_module
from homebody.server.api import Conversations
from homebody.server.app import Server
from homebody.server.door import FILE, Door, DoorError, ask_through, read_door
from homebody.server.guard import HEADERS
from homebody.server.listening import AddressError, listen

# NiceGUI lives in one event loop of a process at a time, and its sockets end a little after the loop's tests
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    with installed(Gate()) as gate:
        settings = load_settings(
            overrides={"data_dir": tmp_path / "data", "model": "none", "port": 0}, environ={}
        )
        assistant = assemble(settings, gate=gate)
        await assistant.start()
        try:
            async with Server(assistant) as running:
                yield running
        finally:
            await assistant.close()


def door_of(server: Server) -> Door:
    assert server.door is not None
    return server.door


async def post(server: Server, body: object, **headers: str) -> httpx.Response:
    door = door_of(server)
    headers = {"Authorization": f"Bearer {door.token}", **headers}
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.post(f"{door.url}/api/turn", content=content, headers=headers)


async def test_health_tells_no_secrets(server: Server) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{door_of(server).url}/api/health")
    told = answer.json()
    assert set(told) == {"schema", "status", "version", "model", "up_s"}
    assert (told["status"], told["model"]) == ("ok", "off")
    assert door_of(server).token not in answer.text


async def test_a_turn_is_done_and_told(server: Server) -> None:
    answer = await post(server, {"text": "打开落地灯"})
    turn = answer.json()
    assert (answer.status_code, turn["schema"], turn["status"]) == (200, "homebody.turn/1", "done")
    assert turn["utterance"]["channel"] == "api"
    assert server.assistant.registry.state("living_room.floor_lamp").values["on_off"] is True


async def test_a_conversation_is_remembered_by_its_name_only(server: Server) -> None:
    asked = await post(server, {"text": "打开大门锁", "conversation": "a"})
    assert asked.json()["status"] == "asked"
    await post(server, {"text": "确定", "conversation": "b"})
    await post(server, {"text": "确定"})
    assert server.assistant.registry.state("hallway.lock").values["lock"] is True
    await post(server, {"text": "确定", "conversation": "a"})
    assert server.assistant.registry.state("hallway.lock").values["lock"] is False


async def test_yes_beforehand_answers_the_question(server: Server) -> None:
    answer = await post(server, {"text": "unlock the front door lock", "yes": True})
    assert answer.json()["status"] == "done"
    assert server.assistant.registry.state("hallway.lock").values["lock"] is False


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer wrong", "Basic x", "Bearer \u00e9"])
async def test_without_the_token_nothing_is_done(server: Server, given: str) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(
            f"{door_of(server).url}/api/turn",
            content=b'{"text": "turn on the floor lamp"}',
            headers=[(b"authorization", given.encode())],
        )
    assert answer.status_code == 401
    assert set(answer.json()) == {"error", "hint"}
    assert server.assistant.registry.state("living_room.floor_lamp").values["on_off"] is False


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b"", 400, "JSON"),
        (b"{", 400, "JSON"),
        (b"[" * 50_000, 400, "JSON"),
        (b"\xff\xfe", 400, "JSON"),
        ([], 400, "body"),
        ({}, 400, "text"),
        ({"text": 1}, 400, "text"),
        ({"text": None}, 400, "text"),
        ({"text": "x", "txet": "y"}, 400, "txet"),
        ({"text": "x", "language": "fr"}, 400, "language"),
        ({"text": "x", "area": "moon"}, 400, "moon"),
        ({"text": "x", "conversation": ""}, 400, "conversation"),
        ({"text": "x", "conversation": "c" * 65}, 400, "conversation"),
        ({"text": "x", "yes": "no"}, 400, "yes"),
        (b'{"text": "' + b"x" * api_module.MAX_BODY + b'"}', 413, "bytes"),
    ],
    ids=str,
)
async def test_a_body_that_is_wrong_is_told_what_is_wrong(
    server: Server, body: object, status: int, words: str
) -> None:
    answer = await post(server, body)
    assert answer.status_code == status
    told = answer.json()
    assert set(told) == {"error", "hint"} and words in told["error"]


async def test_a_body_of_unknown_length_is_bounded_too(server: Server) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(1000):
            yield b"x" * 1000

    door = door_of(server)
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(
            f"{door.url}/api/turn", content=endless(), headers={"Authorization": f"Bearer {door.token}"}
        )
    assert answer.status_code == 413


async def test_a_body_that_does_not_come_is_not_waited_for(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api_module, "BODY_S", 0.1)
    door = door_of(server)
    reader, writer = await asyncio.open_connection("127.0.0.1", int(door.url.rpartition(":")[2]))
    writer.write(
        f"POST /api/turn HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {door.token}\r\n"
        "Content-Length: 10\r\n\r\n".encode()
    )
    async with asyncio.timeout(5):
        assert b" 408 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/api/turn", 405), ("GET", "/api/nothing", 404)]
)
async def test_other_paths_say_what_there_is(server: Server, method: str, path: str, status: int) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.request(method, door_of(server).url + path)
    assert answer.status_code == status
    assert "POST /api/turn" in answer.json()["hint"]


@pytest.mark.parametrize(
    "text", ["", " ", "x" * 20_000, "\x00\x1b[2J", "🙂" * 300, "<script>alert(1)</script>"]
)
async def test_any_text_is_answered(server: Server, text: str) -> None:
    answer = await post(server, {"text": text})
    assert (answer.status_code, answer.json()["status"]) == (200, "not_understood")
    assert answer.json()["reply"]


async def test_the_oldest_conversation_is_forgotten_first(server: Server) -> None:
    kept = Conversations(server.assistant, limit=2)
    first, second = kept.get("1"), kept.get("2")
    assert kept.get("1") is first
    kept.get("3")
    assert len(kept) == 2
    assert kept.get("1") is first
    assert kept.get("2") is not second


async def test_a_request_from_another_site_is_refused(server: Server) -> None:
    answer = await post(server, {"text": "打开落地灯"}, Origin="https://evil.example")
    assert answer.status_code == 403
    assert server.assistant.registry.state("living_room.floor_lamp").values["on_off"] is False


async def test_door_json_is_private_whole_and_gone_at_the_end(server: Server) -> None:
    data_dir = server.assistant.settings.data_dir
    file = data_dir / FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert read_door(data_dir) == server.door
    assert json.loads(file.read_text())["schema"] == "homebody.door/1"
    door = door_of(server)
    turn = await asyncio.to_thread(ask_through, door, "打开落地灯", area=None, yes=False, timeout_s=10)
    assert turn["status"] == "done"
    with pytest.raises(DoorError, match="no area"):
        await asyncio.to_thread(ask_through, door, "x", area="moon", yes=False, timeout_s=10)
    await server.stop()
    assert not file.exists()
    with pytest.raises(DoorError, match="does not answer"):
        await asyncio.to_thread(ask_through, door, "x", area=None, yes=False, timeout_s=10)
    await server.stop()  # a second time does nothing


async def test_a_port_in_use_is_told_with_what_to_do(server: Server) -> None:
    port = int(door_of(server).url.rpartition(":")[2])
    second = Server(server.assistant, port=port)
    with pytest.raises(AddressError, match=f"Port {port} on 127.0.0.1 is in use") as caught:
        await second.start()
    assert "--port" in caught.value.hint
    assert read_door(server.assistant.settings.data_dir) == server.door  # the first one's is left alone


async def test_an_address_that_this_machine_has_not_is_told() -> None:
    with installed(Gate()) as gate:
        with pytest.raises(NetworkRefusedError):  # nobody opened this machine to the network
            listen("192.0.2.77", 0)
        gate.allow(SERVE_LAN, by="a test")
        with pytest.raises(AddressError, match="cannot be listened on"):
            listen("192.0.2.77", 0)


async def test_starting_again_in_the_same_process(server: Server) -> None:
    before = server.door
    await server.stop()
    await server.start()
    assert server.door is not None and server.door != before
    assert (await post(server, {"text": "几点了"})).status_code == 200


async def test_the_page_names_no_other_host_and_writes_nothing_where_one_stands(server: Server) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(server.address)
    assert answer.status_code == 200
    assert ".nicegui" not in os.listdir()  # noqa: PTH208 - of wherever the test runs
    assert "https://" not in answer.text and "//cdn" not in answer.text
    assert {name.lower() for name in HEADERS} <= set(answer.headers)
