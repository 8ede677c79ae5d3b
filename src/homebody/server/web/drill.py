"""The tab of the last drill: what of this home went on without the internet, and how that is known."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from homebody.assistant.drill.record import FATES, FILE, Asked, Drill, Fate, Row, last
from homebody.assistant.drill.words import CUT, LINE, SIMULATED, SPARED
from homebody.core.errors import RecordError
from homebody.home.label import Label
from homebody.home.traits import TRAITS
from homebody.server.web.icons import icon_for
from homebody.server.web.kit import Tag, badge, icon

if TYPE_CHECKING:
    from homebody.server.web.page import Page

LOOK_S = 2.0
"""How often it is looked whether there was another drill: they run in a process of their own."""
LOOKS: dict[Fate, str] = {"lives": "good", "answers": "quiet", "doubtful": "doubt", "dies": "bad"}
WORST_FIRST: tuple[Fate, ...] = ("dies", "doubtful", "lives", "answers")


class DrillTab:
    def __init__(self, page: Page) -> None:
        self.page = page
        self._shown: float | None = -1.0
        self._look: asyncio.TimerHandle | None = None

    def build(self) -> None:
        with Tag("div", classes="sheet"):
            with Tag("div", classes="head"):
                Tag("h1", self.page.t("drill_title"))
                Tag("p", self.page.t("drill_more"), "lead")
            self._body = Tag("div", classes="sheet-body")
        self._tell()
        self._look_later()

    def close(self) -> None:
        if self._look is not None:
            self._look.cancel()

    def _look_later(self) -> None:
        def look() -> None:
            self.page.soon(self._tell)
            self._look_later()

        self._look = asyncio.get_running_loop().call_later(LOOK_S, look)

    def _tell(self) -> None:
        """Show the record, unless it is the one that is shown."""
        folder = self.page.assistant.settings.data_dir
        try:
            written = (folder / FILE).stat().st_mtime
        except OSError:
            written = None
        if written == self._shown:
            return
        self._shown = written
        self._body.clear()
        with self._body:
            try:
                drill = last(folder)
            except RecordError as error:
                Tag("p", self.page.t("drill_broken", why=error), "trouble")
                return
            if drill is None:
                self._none()
            else:
                self._drill(drill)

    def _none(self) -> None:
        with Tag("section", classes="card"):
            Tag("p", self.page.t("drill_none"))
            Tag("p", "homebody devices drill", "command")

    def _drill(self, drill: Drill) -> None:
        page = self.page
        alive = drill.count("lives") + drill.count("answers")
        with Tag("section", classes="card count"):
            time = drill.at.astimezone().strftime("%Y-%m-%d %H:%M")
            about = page.t(
                "drill_when", time=time, s=f"{drill.seconds:.1f}", home=drill.home.text(page.language)
            )
            Tag("h2", about, "count-title")
            count = page.t("drill_count", n=alive, of=len(drill.rows))
            Tag(
                "p", count, "count-number" + (" zero" if alive == len(drill.rows) else ""), data_count="alive"
            )
            with Tag("dl", classes="sums"):
                for fate in FATES:
                    self._sum(page.t(f"drill_{fate}"), drill.count(fate))
            if drill.simulated:
                Tag("p", _in(page, SIMULATED).format(n=drill.simulated), "quiet-text")
        with Tag("section", classes="card"):
            Tag("h2", page.t("drill_cut"))
            Tag("p", _in(page, CUT[drill.cut.kind]))
            for reason in drill.cut.not_stronger:
                Tag("p", page.t("drill_not", why=reason), "quiet-text")
            Tag("p", _in(page, LINE[drill.cut.unplugged]))
            with Tag("dl", classes="sums"):
                if drill.cut.lan_packets is not None:
                    self._sum(page.t("drill_lan"), drill.cut.lan_packets)
                if drill.cut.refused_packets is not None:
                    self._sum(page.t("drill_refused"), drill.cut.refused_packets)
                self._sum(page.t("drill_attempts"), drill.cut.refused_attempts)
        with Tag("section", classes="card"):
            Tag("h2", page.t("drill_devices"))
            with Tag("ul", classes="drilled-list"):
                for row in sorted(drill.rows, key=lambda row: WORST_FIRST.index(row.fate)):
                    self._row(row)

    def _sum(self, name: str, count: int) -> None:
        with Tag("div"):
            Tag("dt", name)
            Tag("dd", f"{count:,}")

    def _row(self, row: Row) -> None:
        page = self.page
        device = page.assistant.home.device(row.device)
        took = row.asked.ms if row.asked else row.read_ms
        with Tag("li", classes="drilled", data_device=row.device, data_fate=row.fate):
            icon(icon_for(device.kind if device else "thing"))
            with Tag("div", classes="item-text"):
                Tag("strong", row.name.text(page.language))
                Tag("span", " · ".join(part for part in (row.protocol, row.address) if part))
                Tag("span", self._what(row), "drilled-what")
            badge(page.t(f"drill_{row.fate}"), LOOKS[row.fate])
            Tag("span", "" if took is None else page.t("ms", n=f"{took:.0f}"), "drilled-ms")

    def _what(self, row: Row) -> str:
        page = self.page
        if row.spared is not None:
            return _in(page, SPARED[row.spared])
        parts = [self._done(row.device, row.asked)] if row.asked is not None else []
        if row.detail:
            parts.append(row.detail)
        if row.fate == "dies" and not row.reached_before:
            parts.append(page.t("drill_before"))
        return "; ".join(parts) if page.language == "en" else "；".join(parts)

    def _done(self, device_id: str, asked: Asked) -> str:
        page = self.page
        device = page.assistant.home.device(device_id)
        function = (device.function(asked.function) if device else None) or TRAITS.get(asked.function)
        name = function.name.text(page.language) if function else asked.function
        done = page.t(f"drill_{asked.manner}", function=name)
        if asked.manner == "kept":
            return done
        back = page.t("drill_put_back" if asked.put_back else "drill_not_put_back")
        return f"{done}，{back}" if page.language == "zh" else f"{done} {back}"


def _in(page: Page, label: Label) -> str:
    return label.text(page.language)
