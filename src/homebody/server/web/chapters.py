"""What the guided story tells, chapter by chapter. A new room adds its own to the list."""

from __future__ import annotations

from homebody.home.adapters.simulated import Behaviour
from homebody.home.device import Device
from homebody.home.function import Action
from homebody.home.label import Label
from homebody.server.web.story import AwaitNotice, Beat, Behave, Chapter, Count, Scene, Speak, Tell


def _(zh: str, en: str) -> Label:
    return Label(zh=zh, en=en)


def _named(zh: str, en: str, **devices: Device) -> Label:
    """Sentences with the names of things in them."""
    return Label(
        zh=zh.format(**{key: device.name.text("zh") for key, device in devices.items()}),
        en=en.format(**{key: device.name.text("en") for key, device in devices.items()}),
    )


def _several(scene: Scene) -> tuple[Beat, ...] | None:
    lights = [d for d in scene.devices("on_off", "light") if scene.state(d.id).get("on_off") is False]
    dimmable = [d for d in lights if d.function("brightness")]
    if not dimmable or len(lights) < 2:
        return None
    b = dimmable[-1]
    a = next(light for light in lights if light is not b)
    return (
        Tell(text=_("一句话，几件事。每一件做完都要读回状态，才算数。",
                    "Several things in one sentence. Each counts only when its state was read back.")),
        Speak(text=_named("打开{a}，把{b}调到30%", "turn on the {a} and set the {b} to 30%", a=a, b=b)),
    )  # fmt: skip


def _question(scene: Scene) -> tuple[Beat, ...] | None:
    if not any(scene.devices("on_off", "light")):
        return None
    return (
        Tell(text=_("问一句，只看不动。", "A question looks, and touches nothing.")),
        Speak(text=_("哪些灯开着？", "which lights are on?")),
    )


def _lie(scene: Scene) -> tuple[Beat, ...] | None:
    lamp = _dark_lamp(scene)
    if lamp is None:
        return None
    on = _named("打开{lamp}", "turn on the {lamp}", lamp=lamp)
    return (
        Tell(text=_named("现在让{lamp}说谎：嘴上答应，什么也不做。",
                         "Now the {lamp} lies: it says yes and does nothing.", lamp=lamp)),
        Behave(device=lamp.id, behaviour=Behaviour(lie=True)),
        Speak(text=on),
        Tell(text=_("抓到了：没有读回，就不说“好了”。让它改过，再来一次。",
                    "Caught: what was not read back is not claimed. Now it behaves again; once more.")),
        Behave(device=lamp.id, behaviour=None),
        Speak(text=on),
    )  # fmt: skip


def _timed(scene: Scene) -> tuple[Beat, ...] | None:
    lamp = _lit_lamp(scene)
    if lamp is None:
        return None
    return (
        Tell(text=_("也可以等一会儿再做。", "It can also wait a little.")),
        Speak(text=_named("3秒后关掉{lamp}", "turn off the {lamp} in 3 seconds", lamp=lamp)),
        AwaitNotice(at_most_s=6.0),
    )


def _impossible(scene: Scene) -> tuple[Beat, ...] | None:
    lamp = _lit_lamp(scene) or _dark_lamp(scene)
    with_tv = {device.area for device in scene.home.devices if device.kind == "tv"}
    area = next((area for area in reversed(scene.home.areas) if area.id not in with_tv), None)
    if lamp is None or area is None:
        return None
    zh = f"关掉{lamp.name.text('zh')}，再打开{area.name.text('zh')}的电视"
    en = f"turn off the {lamp.name.text('en')} and turn on the TV in the {area.name.text('en')}"
    return (
        Tell(text=_("做得到的照做，做不到的直说，不拿别的东西凑数。",
                    "What can be done is done; what cannot is said. Nothing else is taken instead.")),
        Speak(text=Label(zh=zh, en=en)),
    )  # fmt: skip


def _unlock(scene: Scene) -> tuple[Beat, ...] | None:
    for device in scene.devices("lock"):
        function = device.function("lock")
        if function and Action.UNLOCK in function.actions and scene.state(device.id).get("lock") is True:
            return (
                Tell(text=_("开锁要先问人，规矩写在模型外面，谁也说服不了它。",
                            "Unlocking asks a person first. The rule stands outside of any model, "
                            "and no words can argue with it.")),
                Speak(text=_named("打开{lock}", "unlock the {lock}", lock=device)),
                Speak(text=_("取消", "no")),
            )  # fmt: skip
    return None


def _count(_scene: Scene) -> tuple[Beat, ...] | None:
    return (
        Count(
            none=_("这一切，离开家的字节数：0。", "Bytes that left home for all of this: 0."),
            some=_("演示期间有 {bytes} 离开了家（不是演示用的，账本里有）。",
                   "{bytes} left home meanwhile; not for this, and the ledger says for what."),
        ),
    )  # fmt: skip


def _dark_lamp(scene: Scene) -> Device | None:
    lights = scene.devices("on_off", "light")
    return next((d for d in lights if scene.state(d.id).get("on_off") is False), None)


def _lit_lamp(scene: Scene) -> Device | None:
    lights = scene.devices("on_off", "light")
    return next((d for d in lights if scene.state(d.id).get("on_off") is True), None)


_NO_LAMPS = _("没有两盏能用的灯", "no two lamps for it")
CHAPTERS: tuple[Chapter, ...] = (
    Chapter(id="several", title=_("一句话，几件事", "Several things at once"), lacks=_NO_LAMPS,
            cast=_several),
    Chapter(id="question", title=_("问一句", "A question"), lacks=_("没有灯", "no lamp"), cast=_question),
    Chapter(id="lie", title=_("会说谎的灯", "The lamp that lies"),
            lacks=_("没有关着的灯", "no lamp that is off"), cast=_lie),
    Chapter(id="timed", title=_("等一会儿", "A little later"),
            lacks=_("没有开着的灯", "no lamp that is on"), cast=_timed),
    Chapter(id="impossible", title=_("做不到的事", "The impossible"),
            lacks=_("没有什么做不到的", "nothing that would be impossible"), cast=_impossible),
    Chapter(id="unlock", title=_("开锁", "Unlocking"), lacks=_("没有锁着的锁", "no lock that is locked"),
            cast=_unlock),
    Chapter(id="count", title=_("数一数", "The count"), lacks=_("没有账本", "no ledger"), cast=_count),
)  # fmt: skip
