"""The page's frame: brand, the way from tab to tab, language and appearance, and the one question dialog.

The page is built anew in place when the language changes. A tab is built when it is first opened.
"""

from __future__ import annotations

import asyncio
import copy
import json
from collections.abc import Callable, Mapping
from typing import Protocol

from nicegui import Client, ui
from starlette.requests import Request

from homebody.assistant.assistant import Assistant
from homebody.home.label import Language
from homebody.server.web import words
from homebody.server.web.assets import address
from homebody.server.web.drill import DrillTab
from homebody.server.web.house import House
from homebody.server.web.hub import Hub
from homebody.server.web.kit import Tag, button, icon
from homebody.server.web.language import COOKIE as LANGUAGE_COOKIE
from homebody.server.web.language import language_of_request
from homebody.server.web.models import ModelsTab
from homebody.server.web.privacy import Privacy
from homebody.server.web.talk import Talk

_TAGS: Mapping[Language, str] = {"zh": "zh-CN", "en": "en-US"}


class Tab(Protocol):
    def build(self) -> None:
        """Make the content, within the panel."""

    def close(self) -> None:
        """Let go of subscriptions; the elements are the page's to remove."""


TABS: tuple[tuple[str, Callable[[Page], Tab]], ...] = (
    ("talk", Talk),
    ("home", House),
    ("drill", DrillTab),
    ("privacy", Privacy),
    ("models", ModelsTab),
)


def show(client: Client, request: Request) -> None:
    """Build the page for one browser tab; the request carries which hub it belongs to."""
    hub: Hub = request.scope["homebody"]
    page = Page(client, hub, language_of_request(request), of_phone="homebody_phone" in request.scope)
    ui.add_head_html(_head())
    hub.pages.add(page)
    page.build()
    client.on_connect(page.connected)
    client.on_connect(page.follow_address)
    client.on_delete(page.close)


def _head() -> str:
    return (
        '<meta name="color-scheme" content="light dark">'
        f'<link rel="stylesheet" href="{address("page.css")}">'
        f'<link rel="icon" href="{address("icon.svg")}" type="image/svg+xml">'
        f'<link rel="apple-touch-icon" href="{address("icon-192.png")}">'
        f'<link rel="manifest" href="{address("manifest.webmanifest")}">'
        f'<script src="{address("page.js")}"></script>'
        f'<script src="{address("voice.js")}"></script>'
    )


class Page:
    """One open page: what its tabs share."""

    def __init__(self, client: Client, hub: Hub, language: Language, *, of_phone: bool = False) -> None:
        self.client = client
        self.hub = hub
        self.language = language
        self.of_phone = of_phone
        self.closed = False
        self.tab = "talk"
        self._tabs: dict[str, Tab] = {}
        self._panels: dict[str, Tag] = {}
        self._buttons: dict[str, Tag] = {}
        self._unsubscribe: list[Callable[[], None]] = []
        self._questions: set[asyncio.Future[bool]] = set()
        self._loop = asyncio.get_running_loop()
        self._set_language(language)

    @property
    def assistant(self) -> Assistant:
        return self.hub.assistant

    def t(self, key: str, **parts: object) -> str:
        return words.text(key, self.language, **parts)

    def size(self, count: float) -> str:
        return words.size(count, self.language)

    # building

    def build(self) -> None:
        with self.client.content:
            self._root = Tag("div", classes="app")
        self._unsubscribe.append(self.assistant.gate.subscribe(lambda _: self.soon(self._tell_bytes)))
        self._fill()

    def _fill(self) -> None:
        with self._root:
            Tag("a", self.t("skip"), "skip", href="#content")
            with Tag("header", classes="bar"):
                with Tag("div", classes="brand"):
                    icon("brand", "brand-mark")
                    with Tag("span", classes="brand-name"):
                        Tag("span", "宅家", "brand-zh", lang="zh")
                        Tag("span", "Homebody", "brand-en", lang="en")
                with Tag("nav", classes="tabs", aria_label=self.t("pages")):
                    for name, _ in TABS:
                        self._buttons[name] = self._tab_button(name)
                with Tag("div", classes="tools"):
                    self._bytes = button("", lambda: self.open("privacy"), classes="bytes", drawing="privacy")
                    with self._bytes:
                        self._bytes_text = Tag("span")
                    self._tool_buttons()
            with Tag("main", classes="content", id="content", tabindex="-1"):
                for name, _ in TABS:
                    self._panels[name] = Tag(
                        "section", classes=f"panel panel-{name}", aria_label=self.t(name), hidden=True
                    )
            self.dialogs = Tag("div", classes="dialogs")
        self._tell_bytes()
        self.open(self.tab)

    def _tab_button(self, name: str) -> Tag:
        made = Tag("button", classes="tab", type="button", data_tab=name)
        made.on("click", lambda _: self.open(name), args=[])
        with made:
            icon(name)
            Tag("span", self.t(name))
        return made

    def _tool_buttons(self) -> None:
        other: Language = "en" if self.language == "zh" else "zh"
        made = Tag(
            "button", self.t("other_language"), "tool", type="button", lang=_TAGS[other],
            aria_label=self.t("switch_language"),
        )  # fmt: skip
        made.click(lambda: self.speak(other))
        # the browser alone knows and keeps this choice: page.js
        looks = {f"data_{look}": self.t(f"theme_{look}") for look in ("auto", "light", "dark")}
        with Tag("button", classes="tool theme", type="button", aria_label=self.t("theme_auto"), **looks):
            icon("auto", "theme-auto")
            icon("sun", "theme-light")
            icon("moon", "theme-dark")

    def _tell_bytes(self) -> None:
        self._bytes_text.say(self.t("left_home", bytes=self.size(self.assistant.gate.totals().bytes_out)))

    # what happens

    def open(self, name: str) -> None:
        """Show a tab, building it the first time."""
        self.tab = name
        for other, panel in self._panels.items():
            panel.put(hidden=None if other == name else True)
            self._buttons[other].put(aria_current="page" if other == name else None)
        if name not in self._tabs:
            make = dict(TABS)[name]
            self._tabs[name] = make(self)
            with self._panels[name]:
                self._tabs[name].build()

    def talk(self) -> Talk:
        tab = self._tabs["talk"]
        assert isinstance(tab, Talk)
        return tab

    def connected(self) -> None:
        """The browser is there: now it is known which of its tabs this is.

        No task, so that it is over before the first click arrives.
        """
        if self.client.tab_id is not None:
            self.talk().attach(self.hub.visit(self.client.tab_id))

    async def follow_address(self) -> None:
        """Open the tab that the address names, as after a reload."""
        wanted = await self.client.run_javascript("location.hash.slice(1)", timeout=5)
        if wanted in dict(TABS) and wanted != self.tab:
            self.open(wanted)

    def speak(self, language: Language) -> None:
        """Everything anew, in another language; the browser remembers it."""
        visit = self.talk().visit
        self.language = language
        self._close_tabs()
        self._root.clear()
        self._fill()
        if visit is not None:
            self.talk().attach(visit)
        self._set_language(language)
        kept = f"{LANGUAGE_COOKIE}={language}; path=/; max-age=31536000; samesite=strict"
        tag = _TAGS[language]
        self.client.run_javascript(
            f"document.cookie = {json.dumps(kept)}; document.documentElement.lang = {json.dumps(tag)}"
        )

    def _set_language(self, language: Language) -> None:
        own = copy.copy(self.client.page)  # the page object is shared by everybody who has it open
        own.language = "zh-CN" if language == "zh" else "en-US"
        self.client.page = own

    def soon(self, work: Callable[[], None]) -> None:
        """Run in the page's loop and context, from whatever thread; not at all once the page is gone."""

        def run() -> None:
            if not self.closed:
                with self.client:
                    work()

        self._loop.call_soon_threadsafe(run)

    async def sure(self, title: str, question: str, yes: str) -> bool:
        """Ask in a dialog; closing it is a no."""
        answer: asyncio.Future[bool] = self._loop.create_future()
        self._questions.add(answer)

        def decide(given: bool) -> None:
            if not answer.done():
                answer.set_result(given)

        with self.dialogs:
            dialog = Tag("dialog", classes="dialog", aria_label=title)
            dialog.on("close", lambda _: decide(False), args=[])
            with dialog:
                Tag("h2", title)
                Tag("p", question)
                with Tag("div", classes="choices"):
                    button(self.t("no"), lambda: decide(False), classes="quiet", autofocus=True)
                    button(yes, lambda: decide(True), classes="strong")
        self.client.run_javascript(f"getHtmlElement({dialog.id}).showModal()")
        try:
            return await answer
        finally:
            self._questions.discard(answer)
            if not self.closed:
                dialog.delete()

    def _close_tabs(self) -> None:
        for tab in self._tabs.values():
            tab.close()
        for answer in tuple(self._questions):
            answer.cancel()
        self._tabs.clear()

    def close(self) -> None:
        """The browser's tab is gone, or the server stops."""
        self.closed = True
        self.hub.pages.discard(self)
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._close_tabs()
