from __future__ import annotations

from homebody.home.device import Device
from homebody.home.file import default_home
from homebody.home.kinds import KINDS, kind_name
from homebody.home.label import Label, language_of


def test_every_kind_has_a_name_in_both_languages_and_aliases_of_its_own() -> None:
    for kind in KINDS.values():
        assert language_of(kind.name.zh) == "zh" and language_of(kind.name.en) == "en"
        words = (*kind.name.all(), *kind.aliases)
        assert len(set(words)) == len(words)


def test_no_word_means_two_kinds() -> None:
    words = [word.lower() for kind in KINDS.values() for word in (*kind.name.all(), *kind.aliases)]
    assert sorted(words) == sorted(set(words))


def test_a_kind_is_called_by_the_home_file_then_the_table_then_itself() -> None:
    name = Label(en="x")
    assert kind_name(Device(id="a", kind="light", name=name)).zh == "灯"
    assert kind_name(Device(id="a", kind="foot_bath", name=name)) == Label(en="foot bath")
    called = Label(zh="泡脚桶")
    assert kind_name(Device(id="a", kind="foot_bath", kind_name=called, name=name)) == called


def test_uncommon_kinds_of_the_default_home_have_a_name() -> None:
    for device in default_home().devices:
        assert device.kind in KINDS or device.kind_name
