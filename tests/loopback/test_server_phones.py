"""The door for phones on a real port, with TLS that is really checked against the home's authority."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import pytest_asyncio
from typer.testing import CliRunner

from homebody.assistant.assembly import assemble
from homebody.cli import app as command_line
from homebody.core.gate import SERVE_LAN, Gate, installed
from homebody.core.settings import load_settings
from homebody.server.app import Server
from homebody.server.door import DoorError, call
from homebody.server.phone.admission import COOKIE
from homebody.server.phone.door import Invitation, PhoneDoor, local_name

pytestmark = pytest.mark.asyncio(loop_scope="module")
HOST = "127.0.0.2"


@pytest_asyncio.fixture(loop_scope="module")
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    with installed(Gate()) as gate:
        overrides = {"data_dir": tmp_path / "data", "model": "none", "port": 0, "phone_port": 0}
        assistant = assemble(load_settings(overrides=overrides, environ={}), gate=gate)
        await assistant.start()
        try:
            async with Server(assistant, phone_host=HOST) as running:
                yield running
        finally:
            await assistant.close()


def door_of(server: Server) -> PhoneDoor:
    assert server.phones is not None
    return server.phones


def trusting(server: Server) -> ssl.SSLContext:
    """As a phone that installed the home's authority, and trusts nothing else."""
    context = ssl.create_default_context(
        cafile=str(server.assistant.settings.data_dir / "authority" / "ca.crt")
    )
    assert context.verify_mode is ssl.CERT_REQUIRED and context.check_hostname
    return context


async def browser(server: Server) -> httpx.AsyncClient:
    await door_of(server).open(by="a test")
    return httpx.AsyncClient(verify=trusting(server), trust_env=False, headers={"accept-language": "en"})


def split(invitation: Invitation) -> tuple[str, str]:
    """The door's address, and the code."""
    parts = urlsplit(invitation.addresses[0])
    return f"https://{parts.netloc}", parse_qs(parts.query)["code"][0]


async def paired(server: Server, client: httpx.AsyncClient) -> str:
    """The door's address, once this client is a paired phone."""
    url, code = split(await door_of(server).invite())
    answer = await client.post(f"{url}/pair", data={"code": code})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    return url


async def test_it_is_closed_until_somebody_is_invited(server: Server) -> None:
    assert not door_of(server).is_open
    assert server.assistant.gate.permissions() == []
    await door_of(server).invite()
    assert door_of(server).is_open
    assert [(each.purpose, each.by) for each in server.assistant.gate.permissions()] == [
        (SERVE_LAN, "a person who paired a phone")
    ]


async def test_a_phone_is_paired_by_one_button_and_comes_in(server: Server) -> None:
    url, code = split(await door_of(server).invite())
    async with await browser(server) as phone:
        shown = await phone.get(f"{url}/pair", params={"code": code}, headers={"user-agent": "iPhone"})
        assert shown.status_code == 200 and "Pair this phone" in shown.text
        shown = await phone.get(f"{url}/pair", params={"code": code})
        assert shown.status_code == 200  # looking does not use it up
        answer = await phone.post(f"{url}/pair", data={"code": code}, headers={"user-agent": "iPhone"})
        cookie = answer.headers["set-cookie"]
        assert answer.status_code == 303 and cookie.startswith(f"{COOKIE}=")
        assert {"secure", "httponly", "samesite=strict", "path=/"} <= {
            part.strip().lower() for part in cookie.split(";")
        }
        page = await phone.get(f"{url}/")
        assert page.status_code == 200 and "Homebody" in page.text and "manifest" in page.text
    (kept,) = door_of(server).phones.all()
    assert kept.name == "iPhone" and kept.seen_on


async def test_a_code_is_good_once(server: Server) -> None:
    url, code = split(await door_of(server).invite())
    async with await browser(server) as first, await browser(server) as second:
        assert (await first.post(f"{url}/pair", data={"code": code})).status_code == 303
        assert (await second.post(f"{url}/pair", data={"code": code})).status_code == 403
        assert (await second.get(f"{url}/pair", params={"code": code})).status_code == 403
    assert len(door_of(server).phones) == 1


@pytest.mark.parametrize("path", ["/", "/_nicegui/anything", "/api/health", "/api/phones", "/anything"])
async def test_strangers_see_how_to_be_paired_and_nothing_else(server: Server, path: str) -> None:
    url, _ = split(await door_of(server).invite())
    async with await browser(server) as stranger:
        answer = await stranger.get(f"{url}{path}", headers={"cookie": f"{COOKIE}=guess"})
    assert answer.status_code == 403
    assert "not paired" in answer.text and "_nicegui" not in answer.text


async def test_the_json_door_is_not_served_to_phones(server: Server) -> None:
    async with await browser(server) as phone:
        url = await paired(server, phone)
        assert server.door is not None
        bearer = {"authorization": f"Bearer {server.door.token}"}
        answer = await phone.post(f"{url}/api/turn", json={"text": "打开落地灯"}, headers=bearer)
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "body", [b"", b"code=", b"code=" + b"a" * 5000, b"\xff\xfe", b"{}", b"code=%00&code=x"]
)
async def test_a_form_that_is_none_pairs_nobody(server: Server, body: bytes) -> None:
    url, _ = split(await door_of(server).invite())
    async with await browser(server) as stranger:
        assert (await stranger.post(f"{url}/pair", content=body)).status_code == 403
    assert len(door_of(server).phones) == 0


async def test_other_names_and_other_pages_are_refused_here_too(server: Server) -> None:
    async with await browser(server) as phone:
        url = await paired(server, phone)
        evil = {"origin": "https://evil.example"}
        assert (await phone.get(f"{url}/", headers={"host": "evil.example"})).status_code == 403
        assert (await phone.get(f"{url}/", headers=evil)).status_code == 403
        assert (await phone.get(f"{url}/", headers={"host": f"{local_name()}:8471"})).status_code == 200


async def test_the_certificate_is_told_and_what_makes_it_an_app(server: Server) -> None:
    invitation = await door_of(server).invite()
    url, code = split(invitation)
    async with await browser(server) as phone:
        shown = await phone.get(f"{url}/pair", params={"code": code})
        assert invitation.fingerprint in shown.text and len(invitation.fingerprint) == 95
        certificate = await phone.get(f"{url}/homebody-authority.crt")
        assert certificate.headers["content-type"] == "application/x-x509-ca-cert"
        pem = (server.assistant.settings.data_dir / "authority" / "ca.crt").read_text()
        assert certificate.content == ssl.PEM_cert_to_DER_cert(pem)
        manifest = (await phone.get(f"{url}/assets/manifest.webmanifest")).json()
        for icon in manifest["icons"]:
            assert (await phone.get(f"{url}{icon['src']}")).headers["content-type"] == icon["type"]
        worker = await phone.get(f"{url}/worker.js")
        assert worker.headers["content-type"].startswith("text/javascript")


async def test_plain_http_and_who_trusts_nothing_of_ours_stay_outside(server: Server) -> None:
    url, _ = split(await door_of(server).invite())
    async with httpx.AsyncClient(trust_env=False) as client:
        with pytest.raises(httpx.ConnectError, match="certificate"):
            await client.get(f"{url}/")
        with pytest.raises(httpx.HTTPError):
            await client.get(url.replace("https", "http"))


async def test_a_phone_that_is_forgotten_is_outside_again(server: Server) -> None:
    async with await browser(server) as phone:
        url = await paired(server, phone)
        assert (await phone.get(f"{url}/")).status_code == 200
        (kept,) = door_of(server).phones.all()
        assert server.door is not None
        told = await asyncio.to_thread(call, server.door, "DELETE", f"/api/phones/{kept.id}")
        assert told["phones"] == []
        assert (await phone.get(f"{url}/")).status_code == 403
        with pytest.raises(DoorError, match="No phone is paired"):
            await asyncio.to_thread(call, server.door, "DELETE", f"/api/phones/{kept.id}")


async def test_after_a_new_start_paired_phones_come_in_and_others_do_not(server: Server) -> None:
    async with await browser(server) as phone:
        await paired(server, phone)
        cookie = phone.cookies[COOKIE]
        await server.stop()
        await server.start()
        assert door_of(server).is_open
        url, _ = split(await door_of(server).invite())
        assert (await phone.get(f"{url}/", headers={"cookie": f"{COOKIE}={cookie}"})).status_code == 200


async def test_a_machine_without_a_private_address_says_so(server: Server) -> None:
    assert server.door is not None
    door_of(server)._host = "192.0.2.1"
    with pytest.raises(DoorError, match="no private network address") as caught:
        await asyncio.to_thread(call, server.door, "POST", "/api/phones")
    assert "Connect it" in caught.value.hint


# homebody pair


async def test_the_command_shows_a_code_and_waits_for_the_phone(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    environ = {"HOMEBODY_DATA_DIR": str(server.assistant.settings.data_dir)}
    door, invited = door_of(server), asyncio.Queue[Invitation]()
    invite = door.invite

    async def overheard() -> Invitation:
        invitation = await invite()
        invited.put_nowait(invitation)
        return invitation

    monkeypatch.setattr(door, "invite", overheard)
    command = asyncio.create_task(asyncio.to_thread(CliRunner().invoke, command_line, ["pair"], env=environ))
    invitation = await asyncio.wait_for(invited.get(), timeout=60)
    async with await browser(server) as phone:
        url, code = split(invitation)
        assert (await phone.post(f"{url}/pair", data={"code": code})).status_code == 303
    result = await command
    assert result.exit_code == 0, result.output
    (kept,) = door.phones.all()
    assert f"Paired: phone ({kept.id})" in result.output and "https://127.0.0.2:" in result.output
    assert "█" in result.output or "▀" in result.output
    listed = await asyncio.to_thread(CliRunner().invoke, command_line, ["pair", "--list"], env=environ)
    assert kept.id in listed.output
    gone = await asyncio.to_thread(
        CliRunner().invoke, command_line, ["pair", "--forget", kept.id], env=environ
    )
    assert gone.exit_code == 0 and len(door.phones) == 0


async def test_the_command_needs_a_homebody_that_runs(tmp_path: Path) -> None:
    result = await asyncio.to_thread(
        CliRunner().invoke, command_line, ["pair"], env={"HOMEBODY_DATA_DIR": str(tmp_path)}
    )
    assert result.exit_code != 0 and "No Homebody runs" in str(result.exception)
