from __future__ import annotations

import asyncio
import contextlib
import gc
import ipaddress
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homebody.core.clock import ManualClock
from homebody.core.errors import NetworkRefusedError
from homebody.core.gate import (
    ANY_HOST,
    LAN,
    OTHERS,
    SERVE_LAN,
    ContextExecutor,
    Gate,
    LedgerEntry,
    Total,
    install_gate,
    installed,
)

OUTSIDE = ("192.0.2.1", 80)  # TEST-NET-1 (RFC 5737): nobody's, and the hook refuses before a packet is made
NOW = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)


@pytest.fixture
def gate() -> Gate:
    """A judge that is asked directly: ``audit`` only says what it would do, and no packet is ever made."""
    return Gate(ManualClock(NOW))


@pytest.fixture
def process(gate: Gate) -> Iterator[Gate]:
    """The judge of this process, for one test."""
    with installed(gate):
        yield gate


@pytest.fixture
def tcp() -> Iterator[socket.socket]:
    with socket.socket() as sock:
        yield sock


@pytest.fixture
def udp() -> Iterator[socket.socket]:
    with socket.socket(type=socket.SOCK_DGRAM) as sock:
        yield sock


# In this process, through Python's own hook


@pytest.mark.parametrize(
    "act",
    [
        lambda tcp, udp: tcp.connect(OUTSIDE),
        lambda tcp, udp: tcp.connect_ex(OUTSIDE),
        lambda tcp, udp: udp.sendto(b"x", OUTSIDE),
        lambda tcp, udp: udp.sendmsg([b"x"], [], 0, OUTSIDE),
        lambda tcp, udp: udp.connect(OUTSIDE),
        lambda tcp, udp: tcp.bind(("", 0)),
        lambda tcp, udp: tcp.bind(("0.0.0.0", 0)),
        lambda tcp, udp: udp.bind(("0.0.0.0", 0)),
        lambda tcp, udp: socket.create_connection(OUTSIDE),
        lambda tcp, udp: socket.create_connection(("home.invalid", 80)),
        lambda tcp, udp: socket.getaddrinfo("home.invalid", 80),
        lambda tcp, udp: socket.gethostbyname("home.invalid"),
        lambda tcp, udp: socket.gethostbyname_ex("home.invalid"),
        lambda tcp, udp: socket.gethostbyaddr("192.0.2.1"),
        lambda tcp, udp: socket.getnameinfo(("192.0.2.1", 80), 0),
        lambda tcp, udp: urllib.request.urlopen("http://192.0.2.1/"),
        lambda tcp, udp: asyncio.run(asyncio.wait_for(asyncio.open_connection(*OUTSIDE), 5)),
    ],
)
# A library that expects only OSError leaves its socket to the garbage collector
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_every_way_out_is_refused_and_noted(
    process: Gate, tcp: socket.socket, udp: socket.socket, act: Callable[[socket.socket, socket.socket], Any]
) -> None:
    try:
        act(tcp, udp)
    except NetworkRefusedError as error:
        assert "refused" in error.message
        assert error.hint
    else:
        pytest.fail("it was let through")
    gc.collect()
    [entry] = process.ledger()
    assert not entry.allowed
    assert entry.at == NOW
    assert process.totals() == Total(refused=1)


async def test_loopback_serves_and_is_not_noted(process: Gate) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi")
        await writer.drain()
        writer.close()

    def fetch(url: str) -> bytes:
        with urllib.request.urlopen(url) as response:
            return bytes(response.read())

    server = await asyncio.start_server(answer, "localhost", 0)
    async with server:
        for sock in server.sockets:
            host, port = sock.getsockname()[:2]
            url = f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
            assert await asyncio.to_thread(fetch, url) == b"hi"
    a, b = socket.socketpair()
    a.close()
    b.close()
    assert process.ledger() == []
    assert process.totals() == Total()


def test_an_allowed_purpose_passes_through_to_the_kernel(process: Gate, udp: socket.socket) -> None:
    process.allow("devices", hosts=["192.0.2.0/24"], by="person")
    # Connecting a datagram socket only remembers the address: no packet. There may be no route at all here.
    with process.using("devices"), contextlib.suppress(OSError):
        udp.connect(OUTSIDE)
    assert [(entry.purpose, entry.address, entry.allowed) for entry in process.ledger()] == [
        ("devices", "192.0.2.1:80", True)
    ]


def test_install_is_idempotent_and_switchable() -> None:
    first, second = Gate(), Gate()
    with installed(first):
        assert install_gate() is install_gate() is first
        with installed(second):
            assert install_gate() is second
        assert install_gate() is first


PROGRAM = """
import socket
from homebody.core.gate import install_gate
assert install_gate() is install_gate()
socket.create_connection(("192.0.2.1", 80))
"""


def test_a_fresh_process_is_closed_from_the_first_line() -> None:
    ran = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "NetworkRefusedError: A connection to 192.0.2.1:80 was refused: no purpose was given" in ran.stderr


async def test_the_purpose_follows_tasks_and_threads_that_keep_the_context(process: Gate) -> None:
    process.allow("devices", hosts=["192.0.2.0/24"], by="person")
    loop = asyncio.get_running_loop()

    def look() -> bool:
        with socket.socket(type=socket.SOCK_DGRAM) as sock:
            try:
                process.audit("socket.connect", (sock, OUTSIDE))
            except NetworkRefusedError:
                return False
        return True

    async def task() -> bool:
        return look()

    with process.using("devices"):
        assert look()
        assert await asyncio.create_task(task())
        assert await asyncio.to_thread(look)
        assert not await loop.run_in_executor(None, look)  # asyncio forgets: refused, not let through
        loop.set_default_executor(ContextExecutor())
        assert await loop.run_in_executor(None, look)
        seen: list[bool] = []
        thread = threading.Thread(target=lambda: seen.append(look()), daemon=True)
        thread.start()
        await asyncio.to_thread(thread.join)
        if sys.version_info < (3, 14):  # from then on a thread may inherit its starter's context
            assert seen == [False]
    assert not look()


def test_a_refused_lookup_in_asyncio_comes_out_as_itself(process: Gate) -> None:
    with pytest.raises(NetworkRefusedError, match=r"Looking up home\.invalid was refused"):
        asyncio.run(asyncio.wait_for(asyncio.open_connection("home.invalid", 80), 5))


# The judgement itself


def test_nothing_passes_without_a_person(gate: Gate, tcp: socket.socket) -> None:
    with (
        gate.using("models"),
        pytest.raises(NetworkRefusedError, match="nobody allowed the purpose 'models'") as no,
    ):
        gate.audit("socket.connect", (tcp, OUTSIDE))
    assert "'models'" in no.value.hint
    gate.allow("models", hosts=ANY_HOST, by="YES=1")
    with gate.using("models"):
        gate.audit("socket.connect", (tcp, OUTSIDE))
    with pytest.raises(NetworkRefusedError, match="no purpose was given") as nameless:
        gate.audit("socket.connect", (tcp, OUTSIDE))
    assert "'models'" in nameless.value.hint  # the one that would have been allowed
    gate.revoke("models")
    with gate.using("models"), pytest.raises(NetworkRefusedError):
        gate.audit("socket.connect", (tcp, OUTSIDE))
    with pytest.raises(ValueError, match="somebody who gave it"):
        gate.allow("models", by="")


def test_the_innermost_purpose_counts(gate: Gate, tcp: socket.socket) -> None:
    gate.allow("models", hosts=ANY_HOST, by="person")
    with gate.using("models"):
        with gate.using("weather"), pytest.raises(NetworkRefusedError, match="weather"):
            gate.audit("socket.connect", (tcp, OUTSIDE))
        gate.audit("socket.connect", (tcp, OUTSIDE))


def test_names_are_checked_at_lookup_and_lead_to_addresses(gate: Gate, tcp: socket.socket) -> None:
    gate.allow("models", hosts=["huggingface.co", "*.hf.co"], by="person")
    with gate.using("models"):
        with pytest.raises(NetworkRefusedError, match=r"may reach only huggingface\.co, \*\.hf\.co"):
            gate.audit("socket.connect", (tcp, OUTSIDE))  # an address that came from no lookup
        for name in ("evil.example", "huggingface.co.evil.example", "hf.co", "nothuggingface.co"):
            with pytest.raises(NetworkRefusedError, match="Looking up"):
                gate.audit("socket.getaddrinfo", (name, 443, 0, 0, 0))
        for allowed in ("huggingface.co", b"HuggingFace.co", "huggingface.co.", "cdn-lfs.hf.co"):
            gate.audit("socket.getaddrinfo", (allowed, 443, 0, 0, 0))
        gate.audit("socket.connect", (tcp, OUTSIDE))
    last = gate.ledger()[-1]
    assert (last.host, last.address, last.allowed) == ("cdn-lfs.hf.co", "192.0.2.1:80", True)
    gate.allow(
        "models", hosts=["huggingface.co"], by="person"
    )  # decided again: what was looked up is forgotten
    with gate.using("models"), pytest.raises(NetworkRefusedError):
        gate.audit("socket.connect", (tcp, OUTSIDE))


def test_one_host_may_be_given_as_text(gate: Gate) -> None:
    assert gate.allow("models", hosts="huggingface.co", by="person").hosts == ("huggingface.co",)


def test_finding_devices_covers_the_lan_and_no_more(gate: Gate, udp: socket.socket) -> None:
    gate.allow("devices", hosts=LAN, by="person")
    with gate.using("devices"):
        gate.audit("socket.bind", (udp, ("0.0.0.0", 54321)))  # to hear the answers
        for host in ("192.168.1.9", "10.1.2.3", "<broadcast>", "224.0.0.251", "169.254.1.1", "fe80::1%eth0"):
            gate.audit("socket.sendto", (udp, (host, 54321)))
        for host in ("8.8.8.8", "172.32.0.1", "2001:db8::1", "printer.local"):
            with pytest.raises(NetworkRefusedError, match="Sending to"):
                gate.audit("socket.sendto", (udp, (host, 54321)))


def test_listening_to_others_needs_serve_lan(gate: Gate, tcp: socket.socket) -> None:
    gate.allow("devices", hosts=LAN, by="person")
    for where in ("", "0.0.0.0", "::", "192.168.1.2"):
        with gate.using("devices"), pytest.raises(NetworkRefusedError, match="serve-lan") as caught:
            gate.audit("socket.bind", (tcp, (where, 8470)))
        assert "127.0.0.1" in caught.value.hint
    gate.allow(SERVE_LAN, by="person")
    gate.audit("socket.bind", (tcp, ("0.0.0.0", 8470)))
    assert (gate.ledger()[-1].action, gate.ledger()[-1].purpose) == ("listen", SERVE_LAN)
    with gate.using(SERVE_LAN), pytest.raises(NetworkRefusedError, match="no host"):  # serving is not calling
        gate.audit("socket.connect", (tcp, OUTSIDE))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "localhost", b"127.0.0.1"]
)
def test_loopback_in_every_spelling(gate: Gate, tcp: socket.socket, host: str | bytes) -> None:
    for event in ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"):
        gate.audit(event, (tcp, (host, 80)))
    for event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        gate.audit(event, (host,))
    assert gate.ledger() == []


@pytest.mark.parametrize(
    "host",
    [
        "",
        "0.0.0.0",
        "127.0.0.1.",  # a name to C, looked up at a name server
        "0177.0.0.1",
        "127.1",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "127.0.0.1%evil.example",
        "::ffff:192.0.2.1",
        "::",
    ],
)
def test_what_only_looks_like_loopback(gate: Gate, tcp: socket.socket, host: str) -> None:
    with pytest.raises(NetworkRefusedError):
        gate.audit("socket.connect", (tcp, (host, 80)))


@given(number=st.integers(0, 2**32 - 1))
def test_of_all_addresses_only_loopback_is_free(number: int) -> None:
    gate, host = Gate(ManualClock(NOW)), str(ipaddress.IPv4Address(number))
    with socket.socket() as sock:
        for spelling in (host, f"::ffff:{host}"):
            try:
                gate.audit("socket.connect", (sock, (spelling, 80)))
                free = True
            except NetworkRefusedError:
                free = False
            assert free == host.startswith("127.")


def test_what_is_not_the_internet(gate: Gate) -> None:
    with socket.socket(socket.AF_UNIX) as sock:
        gate.audit("socket.connect", (sock, "/run/thing.sock"))
    assert gate.ledger() == []
    if hasattr(socket, "AF_VSOCK"):
        try:
            other = socket.socket(socket.AF_VSOCK)
        except OSError:
            return
        with other, pytest.raises(NetworkRefusedError, match="AF_VSOCK"):
            gate.audit("socket.connect", (other, (2, 80)))


def test_children_and_native_code_ask_and_tell(gate: Gate) -> None:
    with pytest.raises(NetworkRefusedError, match=r"index\.example"):
        gate.require("packages", "index.example")
    gate.allow("packages", hosts=["index.example"], by="person")
    gate.require("packages", "index.example")
    gate.record("packages", "index.example", bytes_out=300, bytes_in=9_000_000)
    gate.record("unknown", "192.0.2.1", bytes_out=1)  # it happened: it counts
    assert gate.totals() == Total(allowed=1, refused=1, bytes_out=301, bytes_in=9_000_000)
    assert gate.totals_by_peer() == {
        ("packages", "index.example"): Total(allowed=1, refused=1, bytes_out=300, bytes_in=9_000_000),
        ("unknown", "192.0.2.1"): Total(bytes_out=1),
    }
    assert [entry.allowed for entry in gate.ledger() if entry.action == "record"] == [True, False]


def test_the_ledger_is_bounded_and_the_totals_are_exact(gate: Gate) -> None:
    for number in range(5000):
        gate.record("models", f"host{number}.example", bytes_out=1, bytes_in=2)
    assert len(gate.ledger()) == 1000
    assert gate.ledger()[-1].host == "host4999.example"
    assert gate.totals() == Total(bytes_out=5000, bytes_in=10000)
    by_peer = gate.totals_by_peer()
    assert sum(total.bytes_out for total in by_peer.values()) == 5000
    assert by_peer[OTHERS, OTHERS].bytes_out == 5000 - (len(by_peer) - 1)


def test_subscribers_hear_of_each_entry_until_they_leave(
    gate: Gate, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(entry: LedgerEntry) -> None:
        raise RuntimeError("no")

    heard: list[LedgerEntry] = []
    gate.subscribe(fail)
    unsubscribe = gate.subscribe(heard.append)
    gate.record("models", "a.example")
    unsubscribe()
    gate.record("models", "b.example")
    assert [entry.host for entry in heard] == ["a.example"]
    assert "subscriber" in caplog.text


def test_permissions_say_who_gave_them(gate: Gate) -> None:
    gate.allow("models", hosts=["HuggingFace.co."], by="person, on the privacy page")
    [permission] = gate.permissions()
    assert (permission.hosts, permission.by, permission.at) == (
        ("huggingface.co",),
        "person, on the privacy page",
        NOW,
    )
