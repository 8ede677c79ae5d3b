"""The language model of a run: loaded from the store, never fetched."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from homebody.assistant.assembly import store_of
from homebody.assistant.understanding.model.modelled import SHOWING, Showing, prompt
from homebody.assistant.understanding.model.second_look import PREFIX
from homebody.core.errors import InputError
from homebody.core.gate import Gate
from homebody.core.settings import load_settings
from homebody.language.catalogue import find
from homebody.language.model import LanguageModel


@asynccontextmanager
async def loaded(model_id: str | None, showing: Showing = SHOWING) -> AsyncIterator[LanguageModel | None]:
    """The model of this id, or None without one. Raises InputError where it is unknown or not here."""
    if model_id is None:
        yield None
        return
    from homebody.language.engine import Engine  # noqa: PLC0415 - of the language extra

    settings = load_settings()
    store = store_of(settings, Gate())
    path = store.path(find(model_id))
    if path is None:
        raise InputError(
            f"The model {model_id} is not on this machine", hint=f"homebody models pull {model_id}"
        )
    cache = store.root.parent / "cache" / "prefixes"
    prefixes = (PREFIX, prompt("", showing).prefix)
    engine = await Engine.load(path, threads=settings.threads or None, prefixes=prefixes, cache_dir=cache)
    try:
        yield engine
    finally:
        await engine.unload()
