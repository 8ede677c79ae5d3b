"""A vocabulary that followed its home means what a new one means, whatever came, went and changed."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.made_homes import Spoken, spoken

from homebody.assistant.understanding.grammar import Grammar
from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.words.token import Entry
from homebody.assistant.understanding.words.trie import Trie
from homebody.home.device import Device, Home
from homebody.home.file import default_home
from homebody.home.function import Type
from homebody.home.label import Label

SENTENCES = (
    "打开客厅的灯", "把灯关了", "关掉所有的灯", "前门锁了吗", "开烤箱", "打开小夜灯", "把亮度调到30%",
    "打开客听的登", "turn on the living room light", "turn on the night owl", "is the oven on",
    "turn off the livng rom lite",
)  # fmt: skip
NAMES = (
    Label(zh="灯", en="light"), Label(zh="客厅灯", en="living room light"), Label(zh="1号灯", en="lamp 1"),
    Label(zh="小夜灯", en="night owl"), Label(zh="烤箱", en="oven"), Label(zh="亮度", en="brightness"),
)  # fmt: skip


def everything(vocabulary: Vocabulary) -> dict[str, object]:
    """All that a vocabulary knows, its lists in the home's order."""
    known = {name: value for name, value in vars(vocabulary).items() if name not in ("_book", "_kind_words")}
    return {
        **known,
        "words": vocabulary.words,
        "meanings": {word: vocabulary.trie.exact(word) for word in vocabulary.words},
        "kind words": vocabulary._kind_words,
        "counters": (+vocabulary._called, +vocabulary._function_uses, +vocabulary._kind_uses),
        "_called": None, "_function_uses": None, "_kind_uses": None, "numbered_word": None,
    }  # fmt: skip


def same(followed: Grammar, home: Home) -> None:
    anew = Grammar(home)
    assert everything(followed.vocabulary) == everything(anew.vocabulary)
    for text in SENTENCES:
        ours, theirs = followed.parse(text).plan, anew.parse(text).plan
        assert replace(ours, ms=0) == replace(theirs, ms=0)


@st.composite
def changes(draw: st.DrawFn, home: Home, strangers: tuple[Device, ...]) -> Home:
    """The home after one to four changes: a device goes, comes, is renamed, moved or becomes another kind."""
    devices = list(home.devices)
    for _ in range(draw(st.integers(1, 4))):
        index = draw(st.integers(0, len(devices) - 1))
        match draw(st.sampled_from(("go", "come", "rename", "move", "kind", "alias", "controls"))):
            case "go" if len(devices) > 1:
                del devices[index]
            case "come":
                stranger = draw(st.sampled_from(strangers))
                if all(device.id != stranger.id for device in devices):
                    devices.insert(index, stranger)
            case "rename":
                devices[index] = replace(devices[index], name=draw(st.sampled_from(NAMES)))
            case "move":
                area = draw(st.sampled_from([None, *(area.id for area in home.areas)]))
                devices[index] = replace(devices[index], area=area)
            case "kind":
                devices[index] = replace(
                    devices[index], kind=draw(st.sampled_from(("light", "oven", "zorbli")))
                )
            case "alias":
                devices[index] = replace(devices[index], aliases=("night owl", "床头灯"))
            case "controls":
                devices[index] = replace(devices[index], controls=draw(st.sampled_from(strangers)).controls)
    return replace(home, devices=tuple(devices))


@settings(
    max_examples=15, derandomize=True, deadline=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
@given(st.data(), spoken(Type.CHOICE), spoken(Type.TEXT))
def test_a_vocabulary_that_followed_is_as_good_as_new(
    data: st.DataObject, one: Spoken, other: Spoken
) -> None:
    home = default_home()
    strangers = tuple(
        replace(device, id=f"{prefix}.{device.id}", area="study")
        for prefix, at in (("one", one), ("other", other))
        for device in at.home.devices
    )
    followed = Grammar(home)
    for _ in range(2):
        home = data.draw(changes(home, strangers))
        followed.update(home)
        same(followed, home)


def test_a_change_of_areas_is_followed_too() -> None:
    home = default_home()
    followed = Grammar(home)
    renamed = replace(home.areas[0], name=Label(zh="大厅", en="great hall"))
    changed = replace(home, areas=(renamed, *home.areas[1:]))
    followed.update(changed)
    same(followed, changed)


def test_nothing_is_left_of_a_home_whose_devices_went() -> None:
    home = default_home()
    followed = Grammar(home)
    followed.update(replace(home, devices=()))
    same(followed, replace(home, devices=()))


def test_a_trie_keeps_no_branch_that_leads_nowhere() -> None:
    trie = Trie()
    entry = Entry("kind", "light")
    trie.add("灯", entry)
    trie.add("灯光", entry)
    trie.put("灯光", [])
    trie.put("光", [])
    assert trie._root == {"灯": {"": [entry]}}
    assert trie.exact("灯") == [entry]
    assert trie.exact("灯光") == []
