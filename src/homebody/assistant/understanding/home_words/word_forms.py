"""The forms in which names are written and said: plurals, numbers in words, the shorter forms of long names.

Pure functions of a name: what a form then means is settled in `wordbook`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache

from homebody.assistant.understanding.words.normalise import fold
from homebody.assistant.understanding.words.ordinary import ORDINARY
from homebody.home.device import Device
from homebody.home.kinds import KINDS

LATIN = re.compile(r"[a-z]")
DIGIT_RUN = re.compile(r"\d{1,4}")


def plural(word: str) -> str:
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


_DIGITS = "零一二三四五六七八九"
_SMALL = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def _spoken(word: str) -> Iterator[str]:
    """103房 as it is spoken and transcribed: 一零三房, 幺零三房; 1号灯 as 一号灯, and the other way."""
    if DIGIT_RUN.search(word):
        spelled = DIGIT_RUN.sub(lambda m: "".join(_DIGITS[int(d)] for d in m[0]), word)
        yield spelled
        if "一" in spelled:
            yield spelled.replace("一", "幺")
        yield from _spelled_out(word)
    elif any(character in word for character in _DIGITS[1:]):
        yield "".join(str(_DIGITS.index(c)) if c in _DIGITS else c for c in word)


def _spelled_out(word: str) -> Iterator[str]:
    """104 in English words: one oh four, one hundred and four, one hundred four."""
    match = re.search(r"\d{3}", word)
    if match is None or re.search(r"[\u4e00-\u9fff]", word):
        return
    hundreds, rest = divmod(int(match[0]), 100)
    small = (
        _SMALL[rest] if rest < 20 else _TENS[rest // 10 - 2] + (f" {_SMALL[rest % 10]}" if rest % 10 else "")
    )
    head = _SMALL[hundreds]
    ways = [f"{head} {small}"] if rest >= 10 else [f"{head} oh {small}", f"{head} zero {small}"]
    if rest:
        ways += [f"{head} hundred and {small}", f"{head} hundred {small}"]
    else:
        ways = [f"{head} hundred"]
    yield from (word[: match.start()] + way + word[match.end() :] for way in ways)


_SYNONYMS = (
    ("radio", "wireless"), ("kids'", "children's"), ("record player", "gramophone"), ("hi-fi", "stereo"),
    ("hallway", "corridor"), ("sofa", "couch"), ("settee", "sofa"), ("larder", "pantry"), ("loo", "toilet"),
    ("sitting room", "living room"), ("main bedroom", "master bedroom"), ("spare room", "guest room"),
)  # fmt: skip
"""What different people call the same thing or room, wherever it stands in a name."""
_OTHER_WORDS = tuple(
    (said, instead, re.compile(rf"\b{said}\b")) for pair in _SYNONYMS for said, instead in (pair, pair[::-1])
)


@lru_cache(maxsize=20_000)
def forms(name: str) -> tuple[tuple[str, bool], ...]:
    """The written forms of a name: (form, is plural)."""
    word = fold(name)
    if not word:
        return ()
    result = [(word, False), *((spoken, False) for spoken in _spoken(word))]
    if LATIN.search(word[-1:]):
        result.append((plural(word), True))
    for one, other in (("color", "colour"), ("center", "centre"), ("gray", "grey")):
        if one in word and other not in word:
            result += [(word.replace(one, other), False)]
        elif other in word:
            result += [(word.replace(other, one), False)]
    for said, instead, whole in _OTHER_WORDS:
        if said in word and whole.search(word):
            result.append((word.replace(said, instead), False))
    if "'" in word:
        result += [(word.replace("'", ""), False)]
    return tuple(result)


_BARE_KINDS = ("lock", "sensor", "contact_sensor")
"""What people call by the thing that it sits on."""
_INFIXES = (
    "一下",
    "一次",
    "下",
    "个",
    "一个",
    "一会儿",
    "点",
    "一点",
    "过",
    "了",
    "一杯",
    "一壶",
    "杯",
    "一遍",
    "一圈",
)


def infixed(name: str) -> Iterator[str]:
    """喂鱼 as 喂一下鱼, 转圈 as 转个圈: a verb and its object, said with something between."""
    if 2 <= len(name) <= 4 and not LATIN.search(name):
        yield from (name[0] + infix + name[1:] for infix in _INFIXES)


@cache
def kind_words() -> frozenset[str]:
    """Every word for a kind, in its normal form."""
    return frozenset(fold(word) for kind in KINDS.values() for word in kind.words)


@cache
def _kinds_by_word() -> dict[str, str]:
    """The kind of each English word for one."""
    return {fold(word): kind.id for kind in KINDS.values() for word in kind.words if LATIN.search(fold(word))}


def kinds_alike(device: Device) -> set[str]:
    """The known kinds of what a thing of no known kind is called: a dryer, of "grain dryer"."""
    if device.kind in KINDS:
        return set()
    names = (*(device.kind_name.all() if device.kind_name else ()), *device.name.all(), *device.aliases)
    words = [fold(name).split() for name in names]
    kinds = _kinds_by_word()
    ends = {" ".join(said[-count:]) for said in words for count in (1, 2) if len(said) > count}
    return {kinds[end] for end in ends if end in kinds}


@cache
def _bare_words() -> tuple[str, ...]:
    """The words for kinds whose names are known without them too, longest first."""
    words = {fold(word) for kind in _BARE_KINDS for word in KINDS[kind].words}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def without_kind(name: str, kind: str) -> list[str]:
    """前门锁 -> 前门; front door lock -> front door."""
    if kind not in _BARE_KINDS or name in kind_words():
        return []
    return [
        name.removesuffix(word).rstrip()
        for word in _bare_words()
        if word and name.endswith(word) and len(name) > len(word) + 1
    ]


def first_word(name: str, area_words: Collection[str]) -> str | None:
    """The chess, for the chess board: the first word of an English name, if it says something."""
    first, _, rest = name.partition(" ")
    plain = len(first) > 3 and first.isascii() and first.isalpha() and first not in ORDINARY
    return first if rest and plain and first not in area_words else None


def beginning(name: str) -> str | None:
    """靠背 of 靠背角度, backrest of "backrest angle": the beginning of a long name."""
    if LATIN.search(name):
        words = name.split()
        return words[0] if len(words) == 2 and len(words[0]) > 3 else None
    return name[:2] if len(name) == 4 else None


def shorter(name: str, areas: Iterable[str]) -> list[str]:
    """A name without its area's, and its last words: 客厅智能香薰机 -> 智能香薰机, 香薰机."""
    result: list[str] = []
    for area in areas:
        if name.startswith(area) and len(name) > len(area):
            name = name[len(area) :].lstrip(" 的'")
            name = name.removeprefix("s ")
            result.append(name)
            break
    if LATIN.search(name):
        words = name.split()
        result += [" ".join(words[index:]) for index in range(1, len(words))]
    else:
        result += [name[index:] for index in range(1, len(name) - 1)]
    return [short for short in result if len(short) > 1]
