"""The few building blocks of the page: native elements, so that keyboards and screen readers know them.

Everything that a person or a device named reaches the browser as a text node or an attribute, never as
markup: `Tag` has no way to do otherwise.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Self

from nicegui.elements.mixins.text_element import TextElement

_log = logging.getLogger(__name__)

Handler = Callable[[], Awaitable[None] | None]
ValueHandler = Callable[[Any], Awaitable[None] | None]

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

    def __init__(self, name: str, /, text: str = "", classes: str = "", **attributes: object) -> None:
        super().__init__(tag=name, text=text)
        if classes:
            self.classes(classes)
        for key, value in attributes.items():
            if value is not None:
                self.props[_attribute(key)] = value

    def put(self, **attributes: object) -> Self:
        """Set attributes, or remove those that are None; says nothing to the browser if nothing changed."""
        for key, value in attributes.items():
            name = _attribute(key)
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

    def look(self, name: str, on: bool) -> Self:
        """Add or remove a class."""
        self.classes(add=name) if on else self.classes(remove=name)
        return self

    def click(self, handler: Handler) -> Self:
        # no event arguments: a MouseEvent holds nothing that the server needs
        self.on("click", lambda _: handler(), args=[])
        return self

    def change(self, handler: ValueHandler) -> Self:
        """Call with the element's value, as a text, when a person has changed it."""
        self.on("change", lambda event: handler(event.args), js_handler="(e) => emit(e.target.value)")
        return self

    def toggle(self, handler: ValueHandler) -> Self:
        """For ``details``: call with whether it is open now."""
        self.on("toggle", lambda event: handler(event.args), js_handler="(e) => emit(e.target.open)")
        return self


def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def icon(name: str, classes: str = "") -> Tag:
    """One of our own line drawings (`icons`); decoration only, so hidden from screen readers."""
    return Tag("span", "", f"icon i-{name} {classes}".strip(), aria_hidden="true")


def button(
    text: str, on_click: Handler, *, classes: str = "", drawing: str = "", **attributes: object
) -> Tag:
    made = Tag("button", "", f"btn {classes}".strip(), type="button", **attributes)
    made.click(on_click)
    with made:
        if drawing:
            icon(drawing)
        if text:
            Tag("span", text)
    return made


def badge(text: str, look: str = "") -> Tag:
    return Tag("span", text, f"badge {look}".strip())
