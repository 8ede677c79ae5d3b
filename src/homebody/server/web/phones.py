"""The card of paired phones: who they are, a code for one more, and forgetting one.

It is shown on this machine only: a phone neither pairs nor forgets others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import segno

from homebody.core.errors import HomebodyError
from homebody.server.phone.door import Invitation, PhoneDoor
from homebody.server.phone.register import Phone
from homebody.server.web.kit import Tag, button, icon

if TYPE_CHECKING:
    from homebody.server.web.page import Page


class PhonesCard:
    def __init__(self, page: Page, door: PhoneDoor) -> None:
        self.page = page
        self._door = door
        self._dialog: Tag | None = None
        self._unsubscribe: Callable[[], None] | None = None

    def build(self) -> None:
        page = self.page
        with Tag("section", classes="card", data_card="phones"):
            Tag("h2", page.t("phones"))
            Tag("p", page.t("phones_more"), "quiet-text")
            self._items = Tag("ul", classes="items")
            button(page.t("phone_add"), self._invite, drawing="phone", data_act="pair")
        self._tell()
        self._unsubscribe = self._door.phones.subscribe(lambda: page.soon(self._changed))

    def close(self) -> None:
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None

    def _changed(self) -> None:
        """A phone came or went; a code that is shown has been used."""
        self._tell()
        self._take_away()

    def _take_away(self) -> None:
        if self._dialog is not None:
            self._dialog.delete()
            self._dialog = None

    def _tell(self) -> None:
        page, phones = self.page, self._door.phones.all()
        self._items.clear()
        with self._items:
            for phone in phones:
                self._item(phone)
            if not phones:
                Tag("li", page.t("phones_none"), "item")

    def _item(self, phone: Phone) -> None:
        page = self.page
        with Tag("li", classes="item", data_phone=phone.id):
            icon("phone")
            with Tag("div", classes="item-text"):
                Tag("strong", phone.name)
                Tag("span", page.t("phone_facts", paired=phone.paired_at[:10], seen=phone.seen_on or "—"))
            button(page.t("phone_forget"), lambda: self._forget(phone), classes="quiet", data_act="forget")

    async def _forget(self, phone: Phone) -> None:
        page = self.page
        title, yes = page.t("phone_forget"), page.t("phone_forget")
        if await page.sure(title, page.t("phone_forget_sure", name=phone.name), yes):
            await asyncio.to_thread(self._door.phones.forget, phone.id)

    async def _invite(self) -> None:
        page = self.page
        try:
            invitation = await self._door.invite()
        except HomebodyError as problem:
            self._show(page.t("phone_add"), partial(_tell_problem, problem))
        else:
            self._show(page.t("phone_scan"), partial(self._code, invitation))

    def _show(self, title: str, fill: Callable[[], None]) -> None:
        self._take_away()
        with self.page.dialogs:
            self._dialog = Tag("dialog", classes="dialog", aria_label=title, data_dialog="phone")
            self._dialog.on("close", lambda _: self._take_away(), args=[])
            with self._dialog:
                Tag("h2", title)
                fill()
                with Tag("div", classes="choices"):
                    button(self.page.t("close"), self._take_away, classes="quiet", autofocus=True)
        self.page.client.run_javascript(f"getHtmlElement({self._dialog.id}).showModal()")

    def _code(self, invitation: Invitation) -> None:
        page, address = self.page, invitation.addresses[0]
        drawn = segno.make(address, error="m").svg_data_uri(scale=6, border=3, light="#fff", dark="#000")
        Tag("img", classes="code", src=drawn, alt=address, width="260", height="260")
        Tag("p", page.t("phone_scan_more", minutes=round(invitation.lives_s / 60)))
        Tag("p", address, "address")
        Tag("p", page.t("phone_print"), "quiet-text")
        Tag("p", invitation.fingerprint, "address")


def _tell_problem(error: HomebodyError) -> None:
    Tag("p", error.message)
    if error.hint:
        Tag("p", error.hint)
