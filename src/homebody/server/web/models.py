"""The tab of the language model: is it here, may it be fetched, how far is it, how quick was it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from homebody.assistant.models import RUNTIME_BYTES, ModelState, runtime_installed
from homebody.language.catalogue import CATALOGUE, ModelFile, Role
from homebody.language.fit import fit, machine
from homebody.server.web.kit import Tag, badge, button

if TYPE_CHECKING:
    from homebody.server.web.page import Page

MIB = 1024 * 1024
BUSY = ("installing", "downloading", "loading")
SHOWN_TURNS = 5


class ModelsTab:
    def __init__(self, page: Page) -> None:
        self.page = page
        self._phase = ""
        self._unsubscribe: list[Callable[[], None]] = []

    @property
    def state(self) -> ModelState:
        return self.page.assistant.models.state

    def build(self) -> None:
        page = self.page
        with Tag("div", classes="sheet"):
            with Tag("div", classes="head"):
                Tag("h1", page.t("models_title"))
                Tag("p", page.t("models_more"), "lead")
            self._card = Tag("section", classes="card model-now", aria_live="polite")
            with Tag("section", classes="card"):
                Tag("h2", page.t("speed"))
                self._speed = Tag("ul", classes="items")
            with Tag("section", classes="card"):
                Tag("h2", page.t("fit"))
                self._reasons = Tag("ul", classes="items", lang="en")
            with Tag("section", classes="card"):
                Tag("h2", page.t("others"))
                self._others = Tag("div", classes="offers")
        self._tell()
        models = page.assistant.models
        self._unsubscribe.append(models.subscribe(lambda _: page.soon(self._tell)))
        self._unsubscribe.append(page.hub.subscribe(lambda: page.soon(self._tell_speed)))

    def close(self) -> None:
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._unsubscribe.clear()

    def _tell(self) -> None:
        state = self.state
        shown = f"{state.phase} {state.model.id if state.model else ''} {state.problem}"
        if shown == self._phase:
            self._tell_progress()
            return
        self._phase = shown
        self._card.clear()
        with self._card:
            self._now(state)
        self._reasons.clear()
        with self._reasons:
            for reason in state.reasons or fit(machine().total_mb, machine().cores).reasons:
                Tag("li", reason, "item")
        self._others.clear()
        with self._others:
            for model in CATALOGUE:
                self._offer(model)
        self._tell_speed()

    # the one that is meant

    def _now(self, state: ModelState) -> None:
        page, model = self.page, state.model
        with Tag("div", classes="state-line"):
            looks = {"ready": "good", "failed": "bad", "absent": "quiet", "off": "quiet"}
            badge(page.t(f"phase_{state.phase}"), looks.get(state.phase, "ask"))
            if model:
                Tag("strong", model.title)
        if state.phase in BUSY:
            self._progress = Tag("progress", classes="progress", aria_label=page.t(f"phase_{state.phase}"))
            self._progress_text = Tag("p", classes="quiet-text numbers")
            self._tell_progress()
            if state.phase != "loading":
                button(page.t("cancel"), page.assistant.models.cancel, classes="quiet", drawing="stop")
        elif state.phase == "ready" and model:
            self._facts(model, state)
        elif state.phase == "failed":
            Tag("p", state.problem, "trouble")
            if state.hint:
                Tag("p", state.hint, "quiet-text")
            button(page.t("try_again"), lambda: self._pull(None), classes="strong", drawing="download")
        elif model:
            self._consent(model, state)

    def _consent(self, model: ModelFile, state: ModelState) -> None:
        page = self.page
        here = page.assistant.models.store.path(model) is not None
        if here and runtime_installed():
            button(page.t("load"), lambda: self._pull(model.id), classes="strong", drawing="play")
            return
        weight = (0 if here else model.size) + (0 if runtime_installed() else RUNTIME_BYTES)
        Tag("h3", page.t("consent", title=model.title))
        Tag("p", page.t("consent_more", size=page.size(weight)))
        if state.problem:
            Tag("p", page.t("kept_partial"), "quiet-text")
        text = page.t("resume" if state.problem else "fetch")
        button(text, lambda: self._pull(model.id), classes="strong", drawing="download")

    def _tell_progress(self) -> None:
        state = self.state
        if state.phase not in BUSY:
            return
        page = self.page
        parts = []
        if state.phase == "downloading" and state.total_bytes:
            self._progress.put(max=state.total_bytes, value=state.done_bytes)
            parts.append(
                page.t("progress", done=page.size(state.done_bytes), total=page.size(state.total_bytes))
            )
            parts.append(f"{state.done_bytes / state.total_bytes:.0%}")
            if state.rate:
                parts.append(page.t("rate", rate=page.size(state.rate)))
            if state.source:
                parts.append(page.t("from", source=state.source))
        elif state.total_bytes:
            parts.append(page.size(state.total_bytes))
        self._progress_text.say(" · ".join(parts))

    def _facts(self, model: ModelFile, state: ModelState) -> None:
        page = self.page
        rows = [
            (page.t("weights"), page.size(model.size)),
            (page.t("needs_memory"), page.size(model.memory_mb * MIB)),
            (page.t("memory_now"), page.size(resident_bytes())),
            (page.t("speaks"), ", ".join(model.languages)),
            (page.t("licence"), model.licence),
        ]
        with Tag("dl", classes="facts"):
            for name, value in rows:
                with Tag("div"):
                    Tag("dt", name)
                    Tag("dd", value)
        if state.load_ms:
            Tag("p", page.t("loaded_in", s=f"{state.load_ms / 1000:.1f}"), "quiet-text")

    def _tell_speed(self) -> None:
        page = self.page
        turns = [turn for turn in page.hub.turns if turn.receipt.tokens_out][-SHOWN_TURNS:]
        self._speed.clear()
        with self._speed:
            for turn in reversed(turns):
                receipt = turn.receipt
                with Tag("li", classes="item"), Tag("div", classes="item-text"):
                    Tag("strong", turn.utterance.text[:60])
                    Tag("span", page.t("speed_row", ms=f"{receipt.ms.get('model', 0.0):.0f}",
                                       tokens_in=receipt.tokens_in, cached=receipt.tokens_cached,
                                       tokens_out=receipt.tokens_out))  # fmt: skip
            if not turns:
                Tag("li", page.t("speed_none"), "item")

    # another one

    def _offer(self, model: ModelFile) -> None:
        page, state = self.page, self.state
        here = page.assistant.models.store.path(model) is not None
        mine = state.model is not None and state.model.id == model.id
        total = machine().total_mb
        with Tag("article", classes="offer", data_model=model.id):
            with Tag("div", classes="offer-names"):
                Tag("h3", model.title)
                facts = [
                    page.size(model.size),
                    page.t("needs_memory") + " " + page.size(model.memory_mb * MIB),
                ]
                Tag("span", " · ".join([*facts, "/".join(model.languages), model.licence]), "quiet-text")
                with Tag("div", classes="badges"):
                    if mine and state.phase == "ready":
                        badge(page.t("in_use"), "good")
                    elif here:
                        badge(page.t("here"), "good")
                    if model.role is Role.TEST:
                        badge(page.t("for_tests"), "quiet")
                    elif total < model.machine_mb:
                        badge(page.t("too_big"), "doubt")
                    elif model == fit(total, machine().cores).model:
                        badge(page.t("recommended"), "good")
            if not (mine and state.phase in ("ready", *BUSY)) and state.phase not in BUSY:
                words = page.t("load" if here else "fetch")
                button(words, lambda: self._choose(model), classes="quiet",
                       aria_label=f"{words}: {model.title}",
                       drawing="play" if here else "download")  # fmt: skip

    async def _choose(self, model: ModelFile) -> None:
        """Another model: what is large is asked about again, with its size."""
        page = self.page
        if page.assistant.models.store.path(model) is None:
            question = page.t("consent_more", size=page.size(model.size))
            if not await page.sure(page.t("consent", title=model.title), question, page.t("fetch")):
                return
        self._pull(model.id)

    def _pull(self, model_id: str | None) -> None:
        self.page.assistant.models.pull(model_id, by="a person, on the page")


def resident_bytes() -> int:
    """The memory of this process that is in RAM, in bytes; 0 where the system does not tell (no /proc)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
