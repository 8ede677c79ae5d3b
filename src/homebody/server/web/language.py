"""In which language a browser is answered."""

from __future__ import annotations

from starlette.requests import HTTPConnection

from homebody.home.label import Language

COOKIE = "homebody_language"


def language_of_request(request: HTTPConnection) -> Language:
    """What the person chose, else the first language of the browser that the page speaks."""
    match request.cookies.get(COOKIE):
        case "zh":
            return "zh"
        case "en":
            return "en"
    ranked = []
    for index, part in enumerate(request.headers.get("accept-language", "").lower().split(",")[:20]):
        tag, _, weight = part.strip().partition(";q=")
        try:
            ranked.append((-float(weight or 1), index, tag))
        except ValueError:
            continue
    for _, _, tag in sorted(ranked):
        if tag.startswith("zh"):
            return "zh"
        if tag.startswith("en"):
            return "en"
    return "en"
