"""Who comes in by the door for phones: those whose token is in the register, and nobody else.

Forgetting a phone also ends what it has open: every message of its WebSockets is asked for again.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from homebody.server.phone.authority import Authority
from homebody.server.phone.invitation import Invitations
from homebody.server.phone.landing import CERTIFICATE, PAIR, invitation, stranger
from homebody.server.phone.register import Phone, Phones
from homebody.server.web.assets import is_asset
from homebody.server.web.language import language_of_request

COOKIE = "__Host-homebody_phone"
"""The prefix binds it to this very address and to TLS (RFC 6265bis, 4.1.3.2)."""
COOKIE_LIVES_S = 400 * 86_400  # the longest that browsers keep one
MAX_FORM = 1024
GONE = 1008  # a policy was violated: RFC 6455, 7.4.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """Stands before ``app`` at the door for phones, behind the guard."""

    app: ASGIApp
    phones: Phones
    invitations: Invitations
    authority: Authority

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, kind = scope["path"], scope["type"]
        if kind == "http" and is_asset(path):  # the same for everybody
            await self.app(scope, receive, send)
        elif kind == "http" and path == PAIR:
            await (await self._pair(Request(scope, receive)))(scope, receive, send)
        elif kind == "http" and path == CERTIFICATE:
            await self._certificate()(scope, receive, send)
        elif phone := self.phones.find(HTTPConnection(scope).cookies.get(COOKIE, "")):
            if path == "/":
                self.phones.seen(phone)
            known = {**scope, "homebody_phone": phone.id}
            await self.app(known, self._while_known(phone, scope, receive), send)
        elif kind == "http":
            await stranger(language=language_of_request(HTTPConnection(scope)))(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": GONE, "reason": "this phone is not paired"})

    def _while_known(self, phone: Phone, scope: Scope, receive: Receive) -> Receive:
        if scope["type"] != "websocket":
            return receive

        async def receive_while_known() -> Message:
            message = await receive()
            return message if self.phones.knows(phone) else {"type": "websocket.disconnect", "code": GONE}

        return receive_while_known

    async def _pair(self, request: Request) -> Response:
        language = language_of_request(request)
        if request.method != "POST":
            code = request.query_params.get("code", "")
            if not self.invitations.is_good(code):
                return stranger(language=language)
            return invitation(code, language=language, fingerprint=self.authority.fingerprint)
        if not self.invitations.take(await _code(request)):
            return stranger(language=language)
        token = self.phones.add(name_of(request.headers.get("user-agent", "")))
        response = RedirectResponse("/", status_code=303)
        response.set_cookie(
            COOKIE, token, max_age=COOKIE_LIVES_S, secure=True, httponly=True, samesite="strict", path="/"
        )
        return response

    def _certificate(self) -> Response:
        """The media type that phones answer with an offer to install it (RFC 2585, 4.1 is not enough)."""
        return Response(self.authority.certificate, media_type="application/x-x509-ca-cert")


async def _code(request: Request) -> str:
    """The code in a posted form; empty for anything else."""
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > MAX_FORM:
                return ""
    except ClientDisconnect:
        return ""
    return parse_qs(body.decode("ascii", "replace")).get("code", [""])[0]


SIGNS = {"iPhone": "iPhone", "iPad": "iPad", "HarmonyOS": "HarmonyOS", "Android": "Android",
         "Windows": "Windows", "Macintosh": "Mac", "Linux": "Linux"}  # fmt: skip
"""What browsers write of themselves, the more special first, and what a person calls such a thing."""


def name_of(user_agent: str) -> str:
    """What a person calls a browser of this description; a name, and no proof of anything."""
    return next((name for sign, name in SIGNS.items() if sign in user_agent), "phone")
