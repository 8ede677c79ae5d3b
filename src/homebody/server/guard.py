"""Who may knock: against other web sites that reach for this machine through its own browser.

A page that is bound to loopback is still within reach of every site that the browser has open. Three checks
stand before everything else, for HTTP and for WebSockets:

- ``Host`` must be a name of this machine, or the one that a person configured. A name of somebody else's that
  was pointed at 127.0.0.1 (DNS rebinding) is refused.
- ``Origin``, where there is one, must be the very address that was asked: another site, or another program's
  page on another port, may not send commands.
- Browsers that say so (``Sec-Fetch-Site``) may come from another site only by following a link to the page.

Phones knock at a door of their own, behind the same three checks: `homebody.server.phone`.

https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})

_POLICY = "; ".join(
    (
        "default-src 'none'",
        # NiceGUI builds its page from inline scripts and makes its event handlers with eval
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "media-src 'self' blob:",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with less, a form of our own page has no origin to tell
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
}


class Guard:
    """Stands before ``app``. ``hosts`` are further names by which this machine may be called.

    With ``any_address`` it may be called by any address in digits: rebinding needs a name.
    """

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str] = (), any_address: bool = False) -> None:
        self.app = app
        self._hosts = LOCAL_NAMES | {host.lower() for host in hosts}
        self._any_address = any_address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        if reason := self._refuses(scope):
            await _refuse(reason, scope, receive, with_headers)
        else:
            await self.app(scope, receive, with_headers)

    def _refuses(self, scope: Scope) -> str:
        """Why a request is not let in; empty if it is."""
        headers = Headers(scope=scope)
        if len(headers.getlist("host")) != 1 or len(headers.getlist("origin")) > 1:
            return "A request has one Host and at most one Origin"
        host, origin = headers["host"].lower(), headers.get("origin")
        if not self._is_ours(host_name(host)):
            return f"{host_name(host)[:100]!r} is not the name that Homebody is served by"
        if origin is not None and origin.lower() not in (f"http://{host}", f"https://{host}"):
            return f"Pages of {origin[:100]!r} may not speak to Homebody"
        if headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            follows = headers.get("sec-fetch-mode") == "navigate"
            on_top = headers.get("sec-fetch-dest") == "document"
            if not (follows and on_top and scope.get("method") == "GET" and scope["path"] == "/"):
                return "Another site may link to this page, and no more"
        return ""

    def _is_ours(self, name: str) -> bool:
        if name in self._hosts:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return self._any_address or address.is_loopback


def host_name(host: str) -> str:
    """``[::1]:8470`` without its port and brackets; empty for what is no host at all."""
    found = re.fullmatch(r"(?:\[([^\[\]]+)\]|([^\[\]:]+))(?::\d*)?", host)
    return (found[1] or found[2].rstrip(".")) if found else ""


async def _refuse(reason: str, scope: Scope, receive: Receive, send: Send) -> None:
    """403 with a plain sentence; a WebSocket is closed before it opens, which servers also tell as 403."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": reason[:120]})
        return
    body = {"error": reason, "hint": "Open the address that `homebody run` prints."}
    await JSONResponse(body, status_code=403)(scope, receive, send)
