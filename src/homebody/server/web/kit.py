"""The few building blocks of the page: native elements, so that keyboards and screen readers know them.

Everything that a person or a device named reaches the browser as a text node or an attribute, never as
markup: `tag` has no way to do otherwise, and `icon` takes names of our own drawings only.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Self

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement
from nicegui.events import GenericEventArguments

from homebody.server.web.icons import ICONS

_log = logging.getLogger(__name__)

_tasks: set[asyncio.Task[Any]] = set()  # asyncio keeps only weak references to running tasks


def spawn(work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    """Run in the background; a failure is logged instead of lost."""
    task = asyncio.get_running_loop().create_task(work)
    _tasks.add(task)

    def done(finished: asyncio.Task[None]) -> None:
        _tasks.discard(finished)
        if not finished.cancelled() and (error := finished.exception()):
            _log.error("a task of the page failed", exc_info=error)

    task.add_done_callback(done)
    return task


class Tag(TextElement):
    """A native element with a text. Attributes are given by name: ``aria_label`` is ``aria-label``."""

    def __init__(self, name: str, text: str = "", classes: str = "", **attributes: object) -> None:
        super().__init__(tag=name, text=text)
        if classes:
            self.classes(classes)
        for key, value in attributes.items():
            if value is not None:
                self.props[key.rstrip("_").replace("_", "-")] = value

    def put(self, **attributes: object) -> Self:
        """Set attributes, or remove those that are None; says nothing to the browser if nothing changed."""
        for key, value in attributes.items():
            name = key.rstrip("_").replace("_", "-")
            if value is None:
                if name in self.props:
                    del self.props[name]
            elif self.props.get(name) != value:
                self.props[name] = value
        return self

    def say(self, text: str) -> Self:
        if self.text != text:
            self.set_text(text)
        return self

    def mark_as(self, name: str, on: bool) -> Self:
        """Add or remove a class."""
        self.classes(add=name) if on else self.classes(remove=name)
        return self

    def click(self, handler: Callable[[], Awaitable[None] | None]) -> Self:
        # no event arguments: a MouseEvent holds nothing that the server needs
        self.on("click", lambda _: handler(), args=[])
        return self

    def change(self, handler: Callable[[Any], Awaitable[None] | None], event: str = "change") -> Self:
        """Call with the element's value."""
        self.on(event, lambda e: handler(_args(e)), js_handler="(e) => emit(e.target.value)")
        return self


def _args(event: GenericEventArguments) -> Any:
    return event.args


tag = Tag


def icon(name: str, classes: str = "") -> ui.html:
    """One of our own line drawings; decoration only, so hidden from screen readers."""
    drawing = ICONS.get(name, ICONS["thing"])
    svg = (
        '<svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.7" '
        f'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{drawing}</svg>'
    )
    return ui.html(svg, sanitize=False, tag="span").classes(f"icon {classes}")


def button(
    text: str,
    on_click: Callable[[], Awaitable[None] | None],
    *,
    classes: str = "",
    drawing: str = "",
    **attributes: object,
) -> Tag:
    made = Tag("button", "", f"btn {classes}", type="button", **attributes)
    made.click(on_click)
    with made:
        if drawing:
            icon(drawing)
        if text:
            Tag("span", text)
    return made
