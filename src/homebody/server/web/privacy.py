"""The tab of what left this computer: the count, who may go out, the ledger, and what the counter cannot
see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from homebody.core.gate import LedgerEntry, Permission
from homebody.server.web.kit import Tag, badge, icon
from homebody.server.web.phones import PhonesCard

if TYPE_CHECKING:
    from homebody.server.web.page import Page

SHOWN = 50
"""Lines of the ledger."""
HOSTS = 6
"""Hosts that are named of one permission."""


class Privacy:
    def __init__(self, page: Page) -> None:
        self.page = page
        self._waiting = False
        self._unsubscribe: list[Callable[[], None]] = []
        self._phones: PhonesCard | None = None

    def build(self) -> None:
        page = self.page
        with Tag("div", classes="sheet"):
            with Tag("section", classes="card count"):
                Tag("h1", page.t("privacy_title"), "count-title")
                self._count = Tag("p", classes="count-number", role="status", data_count="bytes-out")
                self._plain = Tag("p", classes="lead")
                self._sums = Tag("dl", classes="sums")
            with Tag("section", classes="card"):
                Tag("h2", page.t("who_may"))
                self._who = Tag("ul", classes="items")
            if page.hub.phones is not None and not page.of_phone:
                self._phones = PhonesCard(page, page.hub.phones)
                self._phones.build()
            with Tag("section", classes="card"):
                Tag("h2", page.t("ledger"))
                self._ledger = Tag("div", classes="ledger")
            with Tag("div", classes="two"):
                self._list("sees", "sees_1", "sees_2", drawing="done")
                self._list(
                    "sees_not", "sees_not_1", "sees_not_2", "sees_not_3", "sees_not_4", drawing="doubt"
                )
            with Tag("section", classes="card"):
                Tag("h2", page.t("kept"))
                journal = page.assistant.journal
                path = page.assistant.settings.data_dir
                Tag("p", page.t("kept_more", path=path) if journal else page.t("kept_nothing"))
        self._tell()
        self._unsubscribe.append(page.assistant.gate.subscribe(self._noted))

    def close(self) -> None:
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._unsubscribe.clear()
        if self._phones is not None:
            self._phones.close()

    def _list(self, title: str, *lines: str, drawing: str) -> None:
        with Tag("section", classes="card"):
            Tag("h2", self.page.t(title))
            with Tag("ul", classes="items"):
                for line in lines:
                    with Tag("li", classes="item"):
                        icon(drawing, "good" if drawing == "done" else "doubt")
                        Tag("span", self.page.t(line))

    def _noted(self, _: LedgerEntry) -> None:
        """In the thread that went out: many lines at once are shown together."""
        if not self._waiting:
            self._waiting = True
            self.page.soon(self._tell)

    def _tell(self) -> None:
        self._waiting = False
        page, gate = self.page, self.page.assistant.gate
        totals = gate.totals()
        self._count.say(page.size(totals.bytes_out))
        self._count.look("zero", totals.bytes_out == 0)
        self._plain.say(page.t("privacy_some" if totals.bytes_out else "privacy_zero"))
        self._sums.clear()
        with self._sums:
            for key, value in (
                ("allowed_attempts", f"{totals.allowed:,}"),
                ("refused_attempts", f"{totals.refused:,}"),
                ("bytes_in", page.size(totals.bytes_in)),
            ):
                with Tag("div"):
                    Tag("dt", page.t(key))
                    Tag("dd", value)
        self._who.clear()
        with self._who:
            permissions = gate.permissions()
            for permission in permissions:
                self._permission(permission)
            if not permissions:
                Tag("li", page.t("who_may_none"), "item")
        self._ledger.clear()
        with self._ledger:
            self._lines(gate.ledger()[-SHOWN:][::-1])

    def _permission(self, permission: Permission) -> None:
        page = self.page
        hosts = page.t("any_host") if permission.hosts == ("*",) else ", ".join(permission.hosts[:HOSTS])
        with Tag("li", classes="item"):
            icon("asked", "ask")
            with Tag("div", classes="item-text"):
                Tag("strong", permission.purpose)
                if permission.hosts:
                    Tag("span", page.t("may_reach", hosts=hosts))
                Tag("span", page.t("allowed_by", by=permission.by, time=_clock(permission.at)))

    def _lines(self, entries: list[LedgerEntry]) -> None:
        page = self.page
        if not entries:
            Tag("p", page.t("ledger_empty"), "empty")
            return
        Tag("p", page.t("ledger_more", n=len(entries)), "quiet-text")
        scroll = Tag("div", classes="table-scroll", tabindex="0", role="region", aria_label=page.t("ledger"))
        with scroll, Tag("table", classes="lines"):
            with Tag("thead"), Tag("tr"):
                for key in ("time", "purpose", "what", "where", "verdict", "bytes"):
                    Tag("th", page.t(f"col_{key}"), scope="col")
            with Tag("tbody"):
                for entry in entries:
                    self._line(entry)

    def _line(self, entry: LedgerEntry) -> None:
        page = self.page
        with Tag("tr"):
            Tag("td", _clock(entry.at))
            Tag("td", entry.purpose or page.t("no_purpose"))
            Tag("td", page.t(f"do_{entry.action}"))
            Tag("td", entry.address or entry.host, "where")
            with Tag("td"):
                badge(page.t("allowed" if entry.allowed else "denied"), "ask" if entry.allowed else "bad")
            bytes_ = f"{page.size(entry.bytes_out)} / {page.size(entry.bytes_in)}"
            Tag("td", bytes_ if entry.action == "record" else "—")


def _clock(moment: datetime) -> str:
    return moment.astimezone().strftime("%H:%M:%S")
