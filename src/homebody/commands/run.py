"""``homebody run``: the assistant with its page, and in the terminal what becomes of its language model."""

from __future__ import annotations

from collections.abc import Callable

from homebody.assistant.assembly import assemble
from homebody.assistant.models import ModelState
from homebody.commands.terminal import megabytes
from homebody.core.settings import Settings
from homebody.server.app import serve

STEPS = 20
"""How often a download is told of on its way: a terminal that is kept in a file stays short."""


async def run(settings: Settings, announce: Callable[[str], None], *, open_page: bool = False) -> None:
    """Until SIGINT or SIGTERM. Raises HomebodyError: the port, the home file, the data folder."""
    assistant = assemble(settings)
    forget = assistant.models.subscribe(telling(announce))
    try:
        await serve(assistant, open_page=open_page, announce=announce)
    finally:
        forget()


def telling(announce: Callable[[str], None]) -> Callable[[ModelState], None]:
    """A line for each phase of the model, and one for each twentieth of a download."""
    told: tuple[str, int] = ("", 0)

    def tell(state: ModelState) -> None:
        nonlocal told
        part = state.done_bytes * STEPS // state.total_bytes if state.total_bytes else 0
        if (state.phase, part) != told:
            told = (state.phase, part)
            announce(_line(state))

    return tell


def _line(state: ModelState) -> str:
    title = state.model.title if state.model else "Language model"
    match state.phase:
        case "installing":
            return f"{title}: installing the language runtime, about {megabytes(state.total_bytes)}"
        case "downloading":
            speed = f", {megabytes(state.rate)}/s" if state.rate else ""
            return f"{title}: {megabytes(state.done_bytes)} of {megabytes(state.total_bytes)}{speed}"
        case "ready":
            return f"{title}: ready, loaded in {state.load_ms / 1000:.1f} s"
        case "failed":
            return f"{title}: {state.problem}. {state.hint}"
        case "absent":
            return f"{title}: not here. {state.problem}"
        case _:
            return f"{title}: {state.phase}"
