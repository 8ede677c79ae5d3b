"""The guard, as ASGI: who is let in, over HTTP and as a WebSocket."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Message, Scope

from homebody.server.guard import HEADERS, Guard, host_name


def inside() -> Starlette:
    async def anything(_: Any) -> PlainTextResponse:
        return PlainTextResponse("inside")

    return Starlette(routes=[Route("/{path:path}", anything, methods=["GET", "POST"])])


async def get(guard: Guard, path: str = "/", **headers: str) -> httpx.Response:
    headers = {name.replace("_", "-"): value for name, value in {"host": "127.0.0.1:8470", **headers}.items()}
    transport = httpx.ASGITransport(app=guard)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8470") as client:
        return await client.get(path, headers=headers)


@pytest.mark.parametrize("host", ["127.0.0.1:8470", "localhost:9", "LOCALHOST", "[::1]:8470", "127.8.8.8:1"])
async def test_names_of_this_machine_are_let_in(host: str) -> None:
    answer = await get(Guard(inside()), host=host)
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example:8470", "127.0.0.1.evil.example", "localhost.evil.example", "192.168.1.7:8470", "",
     "0.0.0.0", "evil.example@127.0.0.1", "[::1].evil.example:8470"],
)  # fmt: skip
async def test_other_names_are_refused_with_a_sentence(host: str) -> None:
    answer = await get(Guard(inside()), host=host)
    assert answer.status_code == 403
    assert "Homebody" in answer.json()["error"]
    assert answer.json()["hint"]


async def test_a_configured_name_is_let_in() -> None:
    assert (await get(Guard(inside(), hosts=["home.lan"]), host="home.lan:8470")).status_code == 200


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://127.0.0.1:8470", 200),
        ("https://127.0.0.1:8470", 200),
        ("http://127.0.0.1:3000", 403),
        ("http://localhost:8470", 403),
        ("https://evil.example", 403),
        ("http://127.0.0.1:8470.evil.example", 403),
        ("null", 403),
        ("", 403),
    ],
)
async def test_an_origin_must_be_the_address_that_was_asked(origin: str, status: int) -> None:
    assert (await get(Guard(inside()), origin=origin)).status_code == status


@pytest.mark.parametrize(
    ("path", "site", "mode", "destination", "status"),
    [
        ("/", "same-origin", "cors", "empty", 200),
        ("/", "none", "navigate", "document", 200),
        ("/", "cross-site", "navigate", "document", 200),
        ("/", "cross-site", "navigate", "iframe", 403),
        ("/", "cross-site", "no-cors", "image", 403),
        ("/api/health", "same-site", "cors", "empty", 403),
        ("/api/health", "cross-site", "navigate", "document", 403),
    ],
)
async def test_another_site_may_link_to_the_page_and_no_more(
    path: str, site: str, mode: str, destination: str, status: int
) -> None:
    answer = await get(
        Guard(inside()), path, sec_fetch_site=site, sec_fetch_mode=mode, sec_fetch_dest=destination
    )
    assert answer.status_code == status


async def test_answers_and_refusals_carry_the_security_headers() -> None:
    for answer in (await get(Guard(inside())), await get(Guard(inside()), host="evil.example")):
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "http" not in policy


@pytest.mark.parametrize(
    ("origin", "opens"), [("http://127.0.0.1:8470", True), ("http://evil.example", False)]
)
async def test_a_websocket_of_another_site_is_closed_before_it_opens(origin: str, opens: bool) -> None:
    reached = False

    async def app(scope: Scope, receive: Any, send: Any) -> None:
        nonlocal reached
        reached = True

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    scope: Scope = {
        "type": "websocket", "path": "/_nicegui_ws/socket.io/", "query_string": b"",
        "headers": [(b"host", b"127.0.0.1:8470"), (b"origin", origin.encode())],
    }  # fmt: skip
    await Guard(app)(scope, receive, send)
    assert reached is opens
    assert [message["type"] for message in sent] == ([] if opens else ["websocket.close"])


async def test_two_hosts_are_one_too_many() -> None:
    transport = httpx.ASGITransport(app=Guard(inside()))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        answer = await client.get("/", headers=[("host", "127.0.0.1"), ("host", "evil.example")])
    assert answer.status_code == 403


async def test_any_address_in_digits_where_that_is_wanted() -> None:
    guard = Guard(inside(), any_address=True)
    assert (await get(guard, host="192.168.1.7:8471")).status_code == 200
    assert (await get(guard, host="[fd00::2]:8471")).status_code == 200
    assert (await get(guard, host="evil.example:8471")).status_code == 403


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("localhost:1", "localhost"),
        ("[::1]:1", "::1"),
        ("[::1", ""),
        ("[::1].evil:1", ""),
        ("a.b.:80", "a.b"),
        ("", ""),
    ],
)
def test_host_name(host: str, name: str) -> None:
    assert host_name(host) == name
