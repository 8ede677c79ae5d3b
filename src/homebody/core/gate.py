"""The network gate: what Python opens outward is noted, and refused unless a person allowed its purpose.

    gate = install_gate()                                          once, early, in the process
    gate.allow("models", hosts=["huggingface.co"], by="person")    a person's decision
    with gate.using("models"):                                     code that acts for that purpose
        download()

Loopback (127.0.0.0/8, ::1), Unix sockets and the kernel's own families need no purpose and are not noted.
Listening on another address needs the purpose ``serve-lan`` to be allowed; only a datagram socket may also be
bound for another allowed purpose, to hear its answers.

How it sees
    ``sys.addaudithook``: Python reports ``socket.connect``, ``sendto``, ``sendmsg``, ``bind``,
    ``getaddrinfo``, ``gethostbyname``, ``gethostbyaddr`` and ``getnameinfo`` before it acts, and an exception
    from the hook prevents it. asyncio, http.client, urllib, ssl and httpx all pass there.
    https://docs.python.org/3/library/audit_events.html

What it does not see, so that nobody claims more. For these there is the operating system (a sealed run, a
unit with ``IPAddressDeny=``) with ``packet_counters`` as its witness:
    - native code with sockets of its own (LCM, llama.cpp, uvloop: serve with ``loop="asyncio"``);
    - child processes, and sub-interpreters, which have hooks of their own. Code that starts one for the
      network asks ``require`` first and tells ``record`` afterwards;
    - bytes: a hook is told of a connection, not of what goes over it. They count where code calls ``record``;
    - connections that were open before a ``revoke``, answers on accepted ones, ``listen`` without ``bind``;
    - a service on loopback that forwards (a proxy, a VPN);
    - the lookup that CPython makes on its own when a *name* is handed to ``socket.connect``, ``bind`` or
      ``sendto``: it comes before the report. The connection is refused, the question to the name server is
      not. Libraries call ``getaddrinfo`` first, which is reported in time;
    - the result of a lookup. After an allowed name was looked up for a purpose, that purpose may connect to
      any address; the ledger shows it under the name that was looked up last.
A refusal is no ``OSError``: what retries or hides a failed connection neither retries nor hides it.
It stops mistakes, and libraries with habits. Code that means harm could leave Python altogether.

A thread made by ``threading`` or ``run_in_executor`` starts without a purpose and is refused.
``asyncio.to_thread`` keeps it, and so does ``run_in_executor`` (and with it asyncio's own name lookup) on a
loop whose default executor is a ``ContextExecutor``.
"""

from __future__ import annotations

import contextvars
import ipaddress
import logging
import socket
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any, ParamSpec, TypeVar

from homebody.core.clock import Clock, SystemClock
from homebody.core.errors import NetworkRefusedError

P = ParamSpec("P")
T = TypeVar("T")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_log = logging.getLogger(__name__)

SERVE_LAN = "serve-lan"  # other machines may reach our own port
ANY_HOST = ("*",)
LAN = (  # private and link-local addresses, and the multicast and broadcast that find devices
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "169.254.0.0/16",
    "fc00::/7",
    "fe80::/10",
    "224.0.0.0/24",
    "239.0.0.0/8",
    "ff02::/16",
    "255.255.255.255",
)

_LEDGER_SIZE = 1000
_MOST_PEERS = 4096  # of totals; what comes after is added up under OTHERS
OTHERS = "(others)"

# Families that do not leave this machine. The rest (Bluetooth, packet, vsock ...) is outward like internet.
_LOCAL_FAMILIES = frozenset(
    getattr(socket, name) for name in ("AF_UNIX", "AF_NETLINK", "AF_ALG") if hasattr(socket, name)
)
_INTERNET = (socket.AF_INET, socket.AF_INET6)

_purpose: contextvars.ContextVar[str] = contextvars.ContextVar("homebody_network_purpose", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """A person's decision: this purpose may reach these hosts."""

    purpose: str
    hosts: tuple[str, ...]
    by: str
    at: datetime

    def covers(self, host: str) -> bool:
        """Whether ``host``, a name or an address, fits one of the patterns."""
        host = host.rstrip(".")
        address = _address(host)
        for pattern in self.hosts:
            if pattern == "*":
                return True
            if address is None:
                if fnmatchcase(host, pattern):
                    return True
            elif (network := _network(pattern)) and address in network:
                return True
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One thing that went out, or wanted to.

    ``action`` is connect, send, listen or lookup; record for what code reported itself, the only one with
    bytes. ``host`` is the name where one is known, else the address; ``address`` is ``host:port`` as it was
    asked for.
    """

    at: datetime
    purpose: str
    action: str
    host: str
    address: str
    allowed: bool
    bytes_out: int = 0
    bytes_in: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """Sums outside loopback: attempts allowed, attempts refused, and the bytes that code reported."""

    allowed: int = 0
    refused: int = 0
    bytes_out: int = 0
    bytes_in: int = 0

    def plus(self, entry: LedgerEntry) -> Total:
        attempt = entry.action != "record"
        return Total(
            allowed=self.allowed + (attempt and entry.allowed),
            refused=self.refused + (attempt and not entry.allowed),
            bytes_out=self.bytes_out + entry.bytes_out,
            bytes_in=self.bytes_in + entry.bytes_in,
        )


Subscriber = Callable[[LedgerEntry], None]


class Gate:
    """Permissions and the ledger. ``install_gate`` makes one the judge of this process."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._lock = threading.RLock()  # a finaliser may close or open sockets while we hold it
        self._permissions: dict[str, Permission] = {}
        self._looked_up: dict[str, str] = {}
        self._confines: Permission | None = None
        self._ledger: deque[LedgerEntry] = deque(maxlen=_LEDGER_SIZE)
        self._total = Total()
        self._by_peer: dict[tuple[str, str], Total] = {}
        self._subscribers: list[Subscriber] = []

    # What a person decides

    def allow(self, purpose: str, *, hosts: Iterable[str] = (), by: str) -> Permission:
        """Allow ``purpose`` to reach ``hosts``, and no others, until ``revoke`` or the process ends.

        A host is a name (``huggingface.co``), names (``*.huggingface.co``), an address, a network
        (``192.168.1.0/24``) or ``*``. ``LAN`` and ``ANY_HOST`` are ready-made. ``by`` says who decided, and
        how. ``ValueError`` if ``purpose`` or ``by`` is empty.
        """
        if not purpose or not by:
            raise ValueError("a permission needs a purpose and somebody who gave it")
        if isinstance(hosts, str):  # or its letters would be the hosts
            hosts = (hosts,)
        patterns = tuple(host.lower().rstrip(".") for host in hosts)
        permission = Permission(purpose=purpose, hosts=patterns, by=by, at=self._clock.now())
        with self._lock:
            self._permissions[purpose] = permission
            self._looked_up.pop(purpose, None)
        return permission

    def revoke(self, purpose: str) -> None:
        """Take the permission back. Open connections stay open: whoever holds them has to close them."""
        with self._lock:
            self._permissions.pop(purpose, None)
            self._looked_up.pop(purpose, None)

    def permissions(self) -> list[Permission]:
        with self._lock:
            return list(self._permissions.values())

    @contextmanager
    def confined(self, hosts: Iterable[str], *, by: str) -> Iterator[None]:
        """Within this block nothing but ``hosts`` is reached, in the whole process, whatever was allowed.

        Names without a dot are still looked up, since only a local network has such; where they lead to is
        judged like everything else.
        """
        confines = Permission(purpose="confined", hosts=tuple(hosts), by=by, at=self._clock.now())
        with self._lock:
            before, self._confines = self._confines, confines
        try:
            yield
        finally:
            with self._lock:
                self._confines = before

    # What code says

    @contextmanager
    def using(self, purpose: str) -> Iterator[None]:
        """Act for ``purpose`` within this block, in this task and what it starts; the innermost counts."""
        token = _purpose.set(purpose)
        try:
            yield
        finally:
            _purpose.reset(token)

    def require(self, purpose: str, host: str) -> None:
        """Ask before starting what the gate cannot see (a child process, native code); notes the answer.

        Raises ``NetworkRefusedError`` unless a person allowed ``purpose`` to reach ``host``.
        """
        self._judge(purpose, "connect", _plain(host), _plain(host))

    def record(self, purpose: str, peer: str, *, bytes_out: int = 0, bytes_in: int = 0) -> None:
        """Note bytes to and from ``peer``, a name or an address. They went, so they count, allowed or not."""
        with self._lock:
            permission = self._permissions.get(purpose)
        host = _plain(peer)
        allowed = permission is not None and permission.covers(host)
        self._note(purpose, "record", host, peer, allowed, bytes_out, bytes_in)

    # What is known

    def ledger(self) -> list[LedgerEntry]:
        """The latest entries, at most 1000, oldest first."""
        with self._lock:
            return list(self._ledger)

    def totals(self) -> Total:
        """Everything since the start, also what the ledger has dropped."""
        with self._lock:
            return self._total

    def totals_by_peer(self) -> dict[tuple[str, str], Total]:
        """The same for each purpose and host."""
        with self._lock:
            return dict(self._by_peer)

    def subscribe(self, callback: Subscriber) -> Callable[[], None]:
        """Call back with each new entry, in the thread that caused it; returns the undo."""
        with self._lock:
            self._subscribers.append(callback)

        def unsubscribe() -> None:
            with self._lock:
                if callback in self._subscribers:
                    self._subscribers.remove(callback)

        return unsubscribe

    # What Python reports

    def audit(self, event: str, args: tuple[Any, ...]) -> None:
        """Judge one audit event; ``NetworkRefusedError`` refuses it."""
        if event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"):
            self._audit_socket(event.removeprefix("socket."), args[0], args[1])
        elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
            host = _plain(args[0])
            # None, "" and an address are no question to a name server; localhost is in /etc/hosts.
            if host and host != "localhost" and _address(host) is None:
                self._judge(_purpose.get(), "lookup", host, host)
        elif event in ("socket.gethostbyaddr", "socket.getnameinfo"):
            host = _plain(args[0] if event == "socket.gethostbyaddr" else args[0][0])
            if host != "localhost" and not _is_loopback(host):
                self._judge(_purpose.get(), "lookup", host, host)

    def _audit_socket(self, call: str, sock: socket.socket, where: Any) -> None:
        family = sock.family
        if where is None or family in _LOCAL_FAMILIES:  # None: on a socket that was judged when it connected
            return
        if family in _INTERNET and isinstance(where, tuple) and len(where) >= 2:
            host = _plain(where[0])
            if host == "localhost" or _is_loopback(host):
                return
            text = f"[{host}]:{where[1]}" if ":" in host else f"{host or 'any address'}:{where[1]}"
        else:
            host = text = f"{getattr(family, 'name', family)} {where!r}"
        if call == "bind":
            self._judge_bind(sock, host, text)
        else:
            self._judge(_purpose.get(), "connect" if call == "connect" else "send", host, text)

    def _judge_bind(self, sock: socket.socket, host: str, text: str) -> None:
        purpose = _purpose.get()
        with self._lock:
            served = SERVE_LAN in self._permissions
            hears = purpose in self._permissions and sock.type == socket.SOCK_DGRAM
        if served or hears:
            self._note(SERVE_LAN if served else purpose, "listen", host, text, True)
            return
        self._note(purpose or SERVE_LAN, "listen", host, text, False)
        raise NetworkRefusedError(
            f"Listening on {text} was refused: it would open this machine to the network, "
            f"and nobody allowed the purpose {SERVE_LAN!r}",
            hint=f"Listen on 127.0.0.1, or let a person allow {SERVE_LAN!r}.",
        )

    def _judge(self, purpose: str, action: str, host: str, text: str) -> None:
        with self._lock:
            permission = self._permissions.get(purpose)
            name = self._looked_up.get(purpose, "")
            beyond = self._confines is not None and not self._confines.covers(host)
            beyond = beyond and not (action == "lookup" and "." not in host)
            allowed = permission is not None and permission.covers(host) and not beyond
            if allowed and action == "lookup":
                self._looked_up[purpose] = host
            others = [each.purpose for each in self._permissions.values() if each.covers(host)]
        known = permission is not None and name and _address(host) is not None
        if not allowed and not beyond and known:
            allowed, host = True, name  # most likely what the lookup gave; see the module's docstring
        self._note(purpose, action, host, text, allowed)
        if allowed:
            return
        what = {
            "connect": f"A connection to {text}",
            "send": f"Sending to {text}",
            "lookup": f"Looking up {text}",
        }
        if beyond:
            why = "it is beyond what this process is confined to now"
            hint = "It is let through again when that has ended."
        elif permission is not None:
            why = f"the purpose {purpose!r} may reach only {', '.join(permission.hosts) or 'no host'}"
            hint = f"A person can allow {purpose!r} to reach {host} too."
        elif purpose:
            why = f"nobody allowed the purpose {purpose!r}"
            hint = f"A person can allow {purpose!r} to reach {host}."
        else:
            why = "no purpose was given"
            hint = (
                f"Act inside gate.using({others[0]!r}), which may reach {host}."
                if others
                else "Code that needs the network names its purpose, and a person allows it."
            )
        raise NetworkRefusedError(f"{what[action]} was refused: {why}", hint=hint)

    def _note(
        self,
        purpose: str,
        action: str,
        host: str,
        text: str,
        allowed: bool,
        bytes_out: int = 0,
        bytes_in: int = 0,
    ) -> None:
        entry = LedgerEntry(
            at=self._clock.now(),
            purpose=purpose,
            action=action,
            host=host,
            address=text,
            allowed=allowed,
            bytes_out=bytes_out,
            bytes_in=bytes_in,
        )
        with self._lock:
            self._ledger.append(entry)
            self._total = self._total.plus(entry)
            peer = (purpose, host)
            if peer not in self._by_peer and len(self._by_peer) >= _MOST_PEERS:
                peer = (OTHERS, OTHERS)
            self._by_peer[peer] = self._by_peer.get(peer, Total()).plus(entry)
            subscribers = tuple(self._subscribers)
        for callback in subscribers:
            try:
                callback(entry)
            except Exception:
                _log.exception("a subscriber of the network gate failed")


class ContextExecutor(ThreadPoolExecutor):
    """A thread pool whose work keeps the context, and so the purpose, of whoever handed it in.

    asyncio's ``run_in_executor`` drops the context, and its own name lookups go that way:
    ``loop.set_default_executor(ContextExecutor())`` lets them act for their purpose.
    """

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        context = contextvars.copy_context()
        return super().submit(lambda: context.run(fn, *args, **kwargs))


class _Process:
    """What is global because audit hooks are: which gate judges, and whether the hook is in."""

    gate: Gate | None = None
    hooked = False
    lock = threading.Lock()


def install_gate(gate: Gate | None = None) -> Gate:
    """Make ``gate`` the judge of this process, and return it; without one, the present judge or a new one.

    The hook stays as long as the process: Python cannot take one back. Connections that are open stay open.
    """
    with _Process.lock:
        if gate is not None or _Process.gate is None:
            _Process.gate = gate or Gate()
        if not _Process.hooked:
            sys.addaudithook(_hook)
            _Process.hooked = True
        return _Process.gate


@contextmanager
def installed(gate: Gate) -> Iterator[Gate]:
    """For tests: ``gate`` judges for the length of the block, and then whoever did before, or nobody."""
    before = _Process.gate
    install_gate(gate)
    try:
        yield gate
    finally:
        _Process.gate = before


def _hook(event: str, args: tuple[Any, ...], process: type[_Process] = _Process) -> None:
    # Runs for every audit event, thousands a second on import: the first test must be cheap. `process` is
    # bound here because module globals are emptied while the interpreter shuts down.
    if event.startswith("socket.") and process.gate is not None:
        process.gate.audit(event, args)


def _plain(host: Any) -> str:
    """A host as lower-case text, no more: what C would read differently must not look like loopback."""
    if isinstance(host, bytes | bytearray):
        host = host.decode("ascii", "replace")
    text = str(host or "").lower()
    return "255.255.255.255" if text == "<broadcast>" else text


def _address(host: str) -> Address | None:
    """The address that ``host`` is, or None for a name. An IPv4 address within IPv6 counts as what it is."""
    try:
        address = ipaddress.ip_address(
            host.partition("%")[0] if ":" in host else host
        )  # without fe80::1%zone
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_loopback(host: str) -> bool:
    address = _address(host)
    return address is not None and address.is_loopback


def _network(pattern: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(pattern, strict=False)
    except ValueError:
        return None
