"""The tab to talk: examples, the guided story, the conversation, and the line to type in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from homebody.assistant.turn import MAX_TEXT
from homebody.server.web.assets import address
from homebody.server.web.examples import examples
from homebody.server.web.kit import Tag, button, icon
from homebody.server.web.turns import show_turn
from homebody.server.web.visit import Entry, Visit

if TYPE_CHECKING:
    from homebody.server.web.page import Page

# the field is the browser's own: were its value ours, every change of the page would set back what is typed
_SUBMIT = """(e) => {
    const field = e.target.elements.said;
    const said = field.value.trim();
    if (said) { emit(said); field.value = ''; }
    field.focus();
}"""


class Talk:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.visit: Visit | None = None
        self._shown: dict[str, Tag] = {}
        self._question: Tag | None = None
        self._story_told = ""
        self._unsubscribe: list[Callable[[], None]] = []

    def build(self) -> None:
        page = self.page
        said = examples(page.assistant.home, page.language)
        with Tag("div", classes="talk"):
            with Tag("div", classes="scroll", id="scroll"):
                with Tag("div", classes="welcome"):
                    Tag("h1", page.t("hello"))
                    Tag("p", page.t("hello_more"), "lead")
                    self._story = Tag("div", classes="story")
                    with Tag("ul", classes="examples", aria_label=page.t("examples")):
                        for example in said:
                            with Tag("li"):
                                self._example(example)
                self._log = Tag("ol", classes="log", id="log", aria_label=page.t("conversation"))
            self._playing = Tag("div", classes="playing-bar", hidden=True)
            with self._playing:
                button(page.t("stop_story"), page.hub.stage.stop, classes="playing", drawing="stop")
            Tag("p", classes="heard", role="status", aria_live="polite", hidden=True)
            with Tag("form", classes="composer") as form:
                hint = page.t("say_hint", example=said[0]) if said else page.t("say")
                Tag(
                    "input", classes="line", name="said", type="text", aria_label=page.t("say"),
                    placeholder=hint, maxlength=MAX_TEXT, autocomplete="off", enterkeyhint="send",
                    autocapitalize="off",
                )  # fmt: skip
                self._microphone = self._listen_button()
                with Tag("button", classes="send", type="submit", aria_label=page.t("send")):
                    icon("send")
            form.on("submit.prevent", lambda event: self._say(str(event.args)), js_handler=_SUBMIT)
            self._live = Tag("p", classes="unseen", role="status", aria_live="polite")
        self._tell_story()
        self._unsubscribe.append(page.hub.stage.subscribe(lambda: page.soon(self._tell_story)))

    def attach(self, visit: Visit) -> None:
        """Show this conversation, and what comes to it from now on."""
        if self.visit is not None:
            return
        self.visit = visit
        self._microphone.put(data_visit=self.page.client.tab_id)
        for entry in visit.entries:
            self._show(entry)
        self._tell_story()
        self._unsubscribe.append(visit.subscribe(lambda entry: self.page.soon(lambda: self._changed(entry))))

    def close(self) -> None:
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._unsubscribe.clear()
        self.page.hub.stage.left(self.visit)

    def _listen_button(self) -> Tag:
        """What it does is the browser's: voice.js, which finds its words here."""
        page = self.page
        words = {
            f"data_{key}": page.t(f"mic_{key}")
            for key in ("insecure", "denied", "absent", "vanished", "gone")
        }
        labels = {
            f"data_label_{state}": page.t(f"mic_{state}")
            for state in ("asleep", "opening", "listening", "hearing", "thinking", "speaking")
        }
        made = Tag(
            "button", classes="mic", type="button", aria_label=page.t("mic_asleep"), aria_pressed="false",
            title=page.t("mic_asleep"), data_language=page.language,
            data_worklet=address("microphone.js"), **words, **labels,
        )  # fmt: skip
        with made:
            icon("mic")
        return made

    def _example(self, example: str) -> None:
        made = Tag("button", example, "example", type="button")
        made.click(lambda: self._say(example))

    def _say(self, said: str) -> None:
        if self.visit is not None:
            self.page.hub.say(self.visit, said[: MAX_TEXT + 1])

    # the story's button

    def _tell_story(self) -> None:
        page, stage = self.page, self.page.hub.stage
        if stage.playing:
            told = "story_plays" if stage.visit is self.visit else "story_elsewhere"
        else:
            told = "show_me_more" if stage.possible else "story_no"
        if told == self._story_told:  # a button that is made anew loses the click that is on its way
            return
        self._story_told = told
        self._playing.put(hidden=None if told == "story_plays" else True)
        self._story.clear()
        with self._story:
            if told == "show_me_more":
                button(page.t("show_me"), self._play, classes="show-me strong", drawing="play")
            Tag("p", page.t(told), "quiet-text")

    def _play(self) -> None:
        if self.visit is not None:
            self.page.hub.stage.play(self.visit, self.page.language)

    # the conversation

    def _changed(self, entry: Entry) -> None:
        if self.visit is None:
            return
        kept = {each.id for each in self.visit.entries}
        for old in [id_ for id_ in self._shown if id_ not in kept]:
            self._shown.pop(old).delete()
        if entry.id in self._shown:
            self._answer(entry)
        elif entry.id in kept:
            self._show(entry)
        if entry.turn is not None or entry.kind != "said":
            self._live.say(entry.turn.reply if entry.turn else entry.text)

    def _show(self, entry: Entry) -> None:
        with self._log:
            item = Tag("li", classes=f"entry entry-{entry.kind}", data_entry=entry.kind)
        self._shown[entry.id] = item
        with item:
            if entry.kind == "said":
                with Tag("div", classes="said"):
                    Tag("span", self.page.t("you") + ": ", "unseen")
                    Tag("p", entry.text)
                self._answer(entry)
            elif entry.kind == "notice":
                with Tag("div", classes="answer notice"):
                    with Tag("div", classes="state"):
                        icon("clock")
                        Tag("span", self.page.t("by_itself"))
                    Tag("p", entry.text, "reply")
            else:
                Tag("p", entry.text, "stage")

    def _answer(self, entry: Entry) -> None:
        """The answer of a sentence, as far as it has come. Made anew when it is whole, which happens once."""
        item = self._shown[entry.id]
        answers = [child for child in item.default_slot.children if "answer" in child.classes]
        if entry.turn is None and not entry.failed:
            if answers:
                writing = answers[0].default_slot.children[0]
                assert isinstance(writing, Tag)
                writing.say(entry.part or self.page.t("thinking"))
            else:
                with item, Tag("div", classes="answer waiting"):
                    Tag("p", entry.part or self.page.t("thinking"), "reply")
            return
        for answer in answers:
            answer.delete()
        if self._question is not None:  # whatever was said since: the buttons of an older question are gone
            self._question.delete()
            self._question = None
        with item:
            if entry.turn is None:
                with Tag("div", classes="answer", data_status="failed"):
                    Tag("p", self.page.t("broken"), "reply")
                return
            answer = show_turn(self.page, entry.turn)
            if entry.turn.status == "asked" and self._is_latest(entry) and not entry.demo:
                with answer:
                    self._question = self._ask(entry)

    def _is_latest(self, entry: Entry) -> bool:
        assert self.visit is not None
        said = [each for each in self.visit.entries if each.kind == "said"]
        return bool(said) and said[-1] is entry

    def _ask(self, entry: Entry) -> Tag:
        """Buttons that say what could be answered."""
        turn = entry.turn
        assert turn is not None
        language = turn.plan.language
        choices: list[tuple[str, str, str]] = []
        if any(result.asked for result in turn.results):
            yes, no = ("确定", "取消") if language == "zh" else ("Yes", "No")
            choices = [(no, no.lower(), "quiet"), (yes, yes.lower(), "strong")]
        else:
            home = self.page.assistant.home
            for id_ in next(p.candidates for p in turn.plan.problems if len(p.candidates) > 1)[:6]:
                found = home.device(id_) or home.area(id_)
                name = found.name.text(language) if found else id_
                choices.append((name, name, "quiet"))
        with Tag("div", classes="choices", role="group") as group:
            for label, said, look in choices:
                self._choice(label, said, look)
        return group

    def _choice(self, label: str, said: str, look: str) -> None:
        button(label, lambda: self._say(said), classes=look)
