"""Media players and vacuums: what they are doing, in the words of the traits."""

from __future__ import annotations

from collections.abc import Iterator

from homebody.home import controls
from homebody.home.adapters.home_assistant.states import State
from homebody.home.adapters.home_assistant.wires import (
    Call,
    Subject,
    Wire,
    percent,
    shown,
    truth,
    within_percent,
)
from homebody.home.function import Action, Value
from homebody.home.label import Label
from homebody.home.traits import TRAITS

_PAUSE, _VOLUME, _MUTE, _PREVIOUS, _NEXT, _ON, _OFF = 1, 4, 8, 16, 32, 128, 256
_SOURCE, _STOP, _PLAY, _SHUFFLE, _SOUND = 2048, 4096, 16384, 32768, 65536
_PLAYING = {"playing": "playing", "paused": "paused", "idle": "stopped", "off": "stopped",
            "standby": "stopped"}  # fmt: skip
_VACUUM_PAUSE, _VACUUM_STOP, _HOME, _SUCTION, _BATTERY, _LOCATE, _SPOT, _START = (
    4, 8, 16, 32, 64, 512, 1024, 8192,
)  # fmt: skip
_CLEANING = {"cleaning": "cleaning", "docked": "docked", "paused": "paused", "idle": "stopped"}


def media_player(of: Subject) -> Iterator[Wire]:
    state = of.state
    if state.can(_ON) and state.can(_OFF):
        yield of.power(_is_on, Call(service="media_player.turn_on"), Call(service="media_player.turn_off"))
    ways = {
        action: Call(service=f"media_player.{service}")
        for feature, action, service in (
            (_PLAY, Action.PLAY, "media_play"), (_PAUSE, Action.PAUSE, "media_pause"),
            (_STOP, Action.STOP, "media_stop"), (_NEXT, Action.NEXT, "media_next_track"),
            (_PREVIOUS, Action.PREVIOUS, "media_previous_track"),
        )
        if state.can(feature)
    }  # fmt: skip
    if ways:
        yield of.trait(TRAITS["playback"], lambda state: _PLAYING.get(state.state), calls=ways)
    if state.can(_VOLUME):
        yield of.trait(
            TRAITS["volume"], lambda state: percent(state.number("volume_level")),
            lambda value, _: Call(
                service="media_player.volume_set", data={"volume_level": round(float(value) / 100, 4)}
            ),
        )  # fmt: skip
    if state.can(_MUTE):
        mute = "media_player.volume_mute"
        muted, heard = ({"is_volume_muted": value} for value in (True, False))
        calls = {Action.ON: Call(service=mute, data=muted), Action.OFF: Call(service=mute, data=heard)}
        yield of.trait(TRAITS["mute"], truth("is_volume_muted"), calls=calls)
    if state.can(_SOURCE) and (sources := state.words("source_list")):
        yield of.choice(
            "source", Label(zh="信号源", en="source"), sources, lambda state: state.text("source"),
            "media_player.select_source", "source",
        )  # fmt: skip
    if state.can(_SOUND) and (modes := state.words("sound_mode_list")):
        yield of.choice(
            "sound_mode", Label(zh="音效", en="sound mode"), modes, lambda state: state.text("sound_mode"),
            "media_player.select_sound_mode", "sound_mode",
        )  # fmt: skip
    if state.can(_SHUFFLE):
        service = "media_player.shuffle_set"
        yield of.switch(
            "shuffle", Label(zh="随机播放", en="shuffle"), truth("shuffle"),
            Call(service=service, data={"shuffle": True}), Call(service=service, data={"shuffle": False}),
        )  # fmt: skip
    title = controls.text(
        "media_title", Label(zh="正在播放", en="now playing"), settable=False, readable=True
    )
    yield Wire(function=title, entity=of.entity, told=lambda state: shown(state.text("media_title")) or None)


def vacuum(of: Subject) -> Iterator[Wire]:
    """One on its way home is not docked yet, and tells nothing until it is."""
    state = of.state
    ways = {
        action: Call(service=f"vacuum.{service}")
        for feature, action, service in (
            (_START, Action.START, "start"), (_VACUUM_PAUSE, Action.PAUSE, "pause"),
            (_VACUUM_STOP, Action.STOP, "stop"), (_HOME, Action.DOCK, "return_to_base"),
        )
        if state.can(feature)
    }  # fmt: skip
    if Action.START in ways:
        yield of.trait(TRAITS["cleaning"], lambda state: _CLEANING.get(state.state), calls=ways)
    if state.can(_BATTERY):
        yield of.trait(TRAITS["battery"], lambda state: within_percent(state.number("battery_level")))
    if state.can(_SUCTION) and (speeds := state.words("fan_speed_list")):
        yield of.choice(
            "suction", Label(zh="吸力", en="suction"), speeds, lambda state: state.text("fan_speed"),
            "vacuum.set_fan_speed", "fan_speed",
        )  # fmt: skip
    if state.can(_SPOT):
        yield of.action("clean_spot", Label(zh="局部清扫", en="spot cleaning"), "vacuum.clean_spot")
    if state.can(_LOCATE):
        yield of.action("locate", Label(zh="定位", en="locate"), "vacuum.locate")


def _is_on(state: State) -> Value | None:
    if state.state in ("unknown", "unavailable"):
        return None
    return state.state not in ("off", "standby")
