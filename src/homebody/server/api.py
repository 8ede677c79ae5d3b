"""The JSON door: ``POST /api/turn`` for one sentence, ``GET /api/health`` for whether somebody is there, and
``/api/phones`` for who is paired.

All but health need ``Authorization: Bearer <token>`` (`door` has it). Everything is bounded: the body, the
time that it takes to arrive, the conversations that are remembered, the turns at a time. What goes wrong is
told as ``{"error": what, "hint": what to do}``.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import OrderedDict
from dataclasses import asdict

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from homebody import __version__
from homebody.assistant.assistant import Assistant
from homebody.assistant.context import Conversation
from homebody.assistant.turn import SPOKEN, Utterance
from homebody.core.errors import HomebodyError
from homebody.home.label import Language
from homebody.server.phone.door import PhoneDoor

MAX_BODY = 64 * 1024
MAX_CONVERSATIONS = 64
MAX_TURNS = 16
BODY_S = 10.0
"""Seconds within which a body has to arrive."""
_EXAMPLE = 'Send {"text": "turn on the light"}.'


class TurnRequest(BaseModel):
    """``conversation`` is any name: sentences with the same one know of each other, one without stands alone.
    ``yes`` says yes, beforehand, to what would be asked. ``spoken`` text comes from a recogniser, which may
    have written it down wrongly."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: str
    area: str | None = None
    language: Language | None = None
    conversation: str | None = Field(default=None, min_length=1, max_length=64)
    yes: bool = False
    spoken: bool = False


class _RefusedError(Exception):
    """Becomes an answer of this status."""

    def __init__(self, status: int, error: str, hint: str = "") -> None:
        super().__init__(error)
        self.status = status
        self.body = {"error": error, "hint": hint}


class Conversations:
    """The latest conversations by name; the one that was silent for longest is forgotten first."""

    def __init__(self, assistant: Assistant, limit: int = MAX_CONVERSATIONS) -> None:
        self._assistant = assistant
        self._limit = limit
        self._by_name: OrderedDict[str, Conversation] = OrderedDict()

    def __len__(self) -> int:
        return len(self._by_name)

    def get(self, name: str | None) -> Conversation:
        """The conversation of this name, new or not; without a name, one that nobody remembers."""
        if name is None:
            return self._assistant.conversation()
        if name not in self._by_name:
            self._by_name[name] = self._assistant.conversation()
        self._by_name.move_to_end(name)
        while len(self._by_name) > self._limit:
            self._by_name.popitem(last=False)
        return self._by_name[name]


def api(assistant: Assistant, token: str, phones: PhoneDoor) -> Starlette:
    """The JSON door of one assistant, as an ASGI application with paths under ``/api``."""
    started = time.monotonic()
    conversations = Conversations(assistant)
    places = asyncio.Semaphore(MAX_TURNS)

    async def health(_: Request) -> Response:
        return JSONResponse(
            {
                "schema": "homebody.health/1",
                "status": "ok",
                "version": __version__,
                "model": assistant.models.state.phase,
                "up_s": round(time.monotonic() - started, 1),
            }
        )

    async def turn(request: Request) -> Response:
        _authorise(request, token)
        if places.locked():
            raise _RefusedError(
                503, f"{MAX_TURNS} turns are being answered already", "Ask again in a moment."
            )
        async with places:
            asked = read_request(await _body(request), assistant)
            conversation = conversations.get(asked.conversation)
            channel = SPOKEN if asked.spoken else "api"
            said = Utterance(text=asked.text, area=asked.area, language=asked.language, channel=channel)
            answered = await assistant.turn(said, conversation)
            if asked.yes and answered.status == "asked":
                yes = "确定" if answered.plan.language == "zh" else "yes"
                said = Utterance(text=yes, area=asked.area, language=asked.language, channel=channel)
                answered = await assistant.turn(said, conversation)
        return JSONResponse(answered.to_json())

    async def paired(request: Request) -> Response:
        _authorise(request, token)
        return JSONResponse(_paired(phones))

    async def invite(request: Request) -> Response:
        _authorise(request, token)
        try:
            invitation = await phones.invite()
        except HomebodyError as error:
            raise _RefusedError(409, error.message, error.hint) from error
        return JSONResponse({"schema": "homebody.invitation/1", **asdict(invitation)})

    async def forget(request: Request) -> Response:
        _authorise(request, token)
        id = request.path_params["id"]
        if phones.phones.forget(id) is None:
            raise _RefusedError(404, f"No phone is paired as {id[:50]!r}", "homebody pair --list shows them.")
        return JSONResponse(_paired(phones))

    return Starlette(
        routes=[
            Route("/api/health", health, methods=["GET"]),
            Route("/api/turn", turn, methods=["POST"]),
            Route("/api/phones", paired, methods=["GET"]),
            Route("/api/phones", invite, methods=["POST"]),
            Route("/api/phones/{id}", forget, methods=["DELETE"]),
        ],
        exception_handlers={_RefusedError: _refused, HTTPException: _http},
    )


def _paired(phones: PhoneDoor) -> dict[str, object]:
    shown = [
        {"id": phone.id, "name": phone.name, "paired_at": phone.paired_at, "seen_on": phone.seen_on}
        for phone in phones.phones.all()
    ]
    return {"schema": "homebody.paired/1", "open": phones.is_open, "phones": shown}


def read_request(body: bytes, assistant: Assistant) -> TurnRequest:
    """What a body asks; what is wrong with it becomes a 400 that names it."""
    try:
        asked = TurnRequest.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise _RefusedError(400, f"{where or 'body'}: {first['msg']}", _EXAMPLE) from None
    if asked.area is not None and assistant.home.area(asked.area) is None:
        known = ", ".join(each.id for each in assistant.home.areas[:20])
        raise _RefusedError(400, f"This home has no area {asked.area[:50]!r}", f"Its areas: {known}.")
    return asked


def _authorise(request: Request, token: str) -> None:
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secrets.compare_digest(given.strip().encode(), token.encode()):
        hint = "Send Authorization: Bearer, with the token of door.json in the data folder."
        raise _RefusedError(401, "The token is missing or wrong", hint)


async def _body(request: Request) -> bytes:
    """The whole body; as soon as it is too much, or takes too long, it is refused."""
    too_large = _RefusedError(
        413, f"The body has more than {MAX_BODY:,} bytes", "Say it in shorter sentences."
    )
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > MAX_BODY:
        raise too_large
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_S):
            async for piece in request.stream():
                body += piece
                if len(body) > MAX_BODY:
                    raise too_large
    except TimeoutError:
        raise _RefusedError(408, f"The body did not arrive within {BODY_S:g} seconds") from None
    except ClientDisconnect:
        raise _RefusedError(400, "The body broke off") from None
    return bytes(body)


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, _RefusedError)
    challenge = {"WWW-Authenticate": "Bearer"} if error.status == 401 else None
    return JSONResponse(error.body, status_code=error.status, headers=challenge)


async def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    hint = "There are GET /api/health, POST /api/turn and /api/phones; see docs/page.md."
    return JSONResponse(
        {"error": error.detail, "hint": hint}, status_code=error.status_code, headers=error.headers
    )
