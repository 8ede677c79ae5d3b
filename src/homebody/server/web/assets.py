"""What the page loads beside NiceGUI's own files: styles, a script, pictures, and what makes it an app."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib import resources
from urllib.parse import quote

from starlette.responses import PlainTextResponse, Response

from homebody.server.web.icons import ICONS

_TYPES = {
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "png": "image/png",
    "webmanifest": "application/manifest+json",
}
WORKER = "/worker.js"
"""A service worker is in charge of the folder that it comes from: of everything, so it comes from here."""


@cache
def _content(name: str) -> bytes:
    content = resources.files("homebody.server.web").joinpath("assets", name).read_bytes()
    return content + (_icons().encode() if name == "page.css" else b"")


@cache
def _names() -> frozenset[str]:
    return frozenset(
        file.name for file in resources.files("homebody.server.web").joinpath("assets").iterdir()
    )


@cache
def address(name: str) -> str:
    """Where the browser finds it; another address whenever it is another file."""
    return f"/assets/{name}?{sha256(_content(name)).hexdigest()[:12]}"


def is_asset(path: str) -> bool:
    return path == WORKER or path.startswith("/assets/")


def asset(path: str) -> Response:
    if path == WORKER:  # asked for by this name for ever, so never kept
        return Response(_content("worker.js"), media_type=_TYPES["js"], headers={"Cache-Control": "no-cache"})
    name = path.removeprefix("/assets/")
    if name not in _names():
        return PlainTextResponse("There is no such file", status_code=404)
    return Response(
        _content(name),
        media_type=_TYPES[name.rpartition(".")[2]],
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )


def _icons() -> str:
    """Each drawing as a mask, so that it takes the colour of the text and costs one element."""
    rules = []
    for name, drawing in ICONS.items():
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#000" '
            f'stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round">{drawing}</svg>'
        )
        picture = quote(svg.replace("currentColor", "#000"), safe="/=:,.-'() ")
        rules.append(f'.i-{name}{{--drawing:url("data:image/svg+xml,{picture}")}}')
    return "\n".join(rules)
