"""Lists, reminders, several timers at once, and what is scheduled, as English says them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Literal, cast

from homebody.assistant.plan import NOW, ListAction, ListItem, Query, Reminder, Routine, Say, Step, Timer
from homebody.assistant.understanding.everyday.english_calls import call
from homebody.assistant.understanding.everyday.phrases import END
from homebody.assistant.understanding.everyday.timers import timer_of
from homebody.assistant.understanding.times.in_text import without_moments

_LIST = r"(?:the |my |our |that )?(?P<list>[\w' -]*?)\s?list"
_LISTS: tuple[tuple[ListAction, re.Pattern[str]], ...] = tuple(
    (cast("ListAction", action), re.compile(pattern + END))
    for action, pattern in (
        ("read", r"^(?:is there |do i have |have we got |have i got |is )?anything (?:left |else )?on "
                 rf"{_LIST}"),
        (
            "complete",
            r"^(?:check off|tick off|mark off|mark|complete|check|tick|cross off|strike off) (?P<item>.+?) "
            rf"(?:as (?:done|bought|completed?|got) )?(?:off from|off of|off|from|on|in) {_LIST}",
        ),
        ("remove", r"^(?:remove|delete|take|cross|strike|scratch|drop|get rid of|wipe|clear|lose) "
                   rf"(?P<item>.+?) (?:off from|off of|from|off|on|in) {_LIST}"),
        (
            "add",
            r"^(?:add|put|stick|pop|chuck|bung|(?:write|jot|note|scribble)(?: down)?|place|include|get"
            r"|whack|throw|slap|shove|"
            r"i need|we need|i want|we want|we're out of|we are out of) "
            r"(?P<item>.+?) (?:down )?"
            rf"(?:to|on|onto|in) {_LIST}",
        ),
        ("add", rf"^(?:on|to) {_LIST}[:,]? (?:(?:please )?(?:add|put|goes?|write|we need|i need) )?"
                r"(?P<item>.+?)"),
        ("add", rf"^{_LIST}[:,]? (?:please )?(?:add|put|get|needs?|we need|i need|wants) (?P<item>.+?)"),
        ("add", rf"^{_LIST}: (?P<item>.+?)"),
        ("add", r"^(?P<item>(?!is |are |what|anything|read|show|clear|empty|the )[\w' -]+?) "
                r"(?:to|onto|on|for) (?:the|my|our) (?P<list>[\w' -]*?)\s?list"),
        ("add", r"^(?:jot|note|write|scribble|put|get)(?: down)? (?P<item>.+?) (?:down )?for (?:the )?"
                r"(?P<list>shopping|groceries|grocery)"),
        ("read", rf"^(?:is|are) (?:there )?(?:any )?[\w' -]+? on {_LIST}"),
        ("read", r"^(?:what's|what is|what have (?:i|we) got|what do (?:i|we) have|read|read out|show me|"
                 rf"show|tell me what's|what all is|give me) (?:me |out )?(?:still |left )?(?:on )?{_LIST}"),
    )
)  # fmt: skip
_REMIND = re.compile(
    r"^(?P<before>.*?)\b(?:remind (?:me|us|(?:my )?\w+(?= (?:to|that|about)\b))|give (?:me|us) a"
    r" (?:reminder|nudge|shout)|nudge me|prompt me"
    r"|(?:don't|do not|never) let (?:me|us) forget|make sure (?:i|we) (?:remember|don't forget)"
    r"|set (?:me )?a reminder|jog my memory|put (?:in )?a reminder)\b(?P<text>.+?)" + END
)
_WAKE = re.compile(
    rf"^(?P<before>.*?)\b(?:wake|get) (?:me|us) up\b(?P<text>.*?){END}|^wake (?:me|us)\b(?P<at>.*?){END}"
)
_DAYPART = re.compile(r"morning|noon|evening|night|[ap]\.?m\b|^ *in \w+ (?:minutes|hours?)")
_EVERY = re.compile(r"\b(?:every|each|weekly|(?:mon|tues|wednes|thurs|fri|satur|sun)days)\b")
_HOUR = re.compile(r"\bat (?:one|two|three|four|five|six|[1-6])\b(?! ?[:.\d])")
_LEADING = re.compile(r"^(?:please|can you|could you|would you|then|and|so|to|that|about|for|not to)\s(?=\S)")
_SCHEDULED = re.compile(
    r"(?:what|which|list|show|anything|tell me).{0,20}"
    r"(?:scheduled|schedules?|routines|automations|reminders|planned|lined up|coming up|timetabled)"
    r"|what (?:are you|will you be) (?:going to do|doing) (?:later|tonight|tomorrow)"
)
_FORGET = re.compile(
    r"^(?:cancel|delete|clear|forget|scrap|drop|call off|scratch|wipe|bin|undo)(?: about)?"
    r"(?P<all>(?: all(?: of)?| everything| every)?)(?: the| my| our| that| those| what)*"
    r"(?: (?:schedules?|scheduled|planned|plans?|reminders?|routines?|automations?|things?|lined up"
    r"|you|i|we|had|have|is|was|that|been|for|later|tonight|today|tomorrow|got|were|are|going|to|do|tasks?))+"
    + END
)
_NAMED_PLAN = re.compile(
    r"^(?:please )?(?:cancel|delete|clear|forget(?: about)?|scrap|drop|call off|scratch|bin|undo|kill"
    r"|ditch|axe|abort"
    r"|get rid of|remove|stop)(?: the| my| our| that| tonight's| today's| tomorrow's)+"
    r" (?P<name>[\w' ]{2,30}?) "
    r"(?:schedule|plan|automation|routine|reminder|appointment|booking)s?(?: (?:for )?(?:tonight|today"
    r"|tomorrow))?" + END
)
"""Cancel the curtain schedule: one plan, by what it is about."""
_FORGOTTEN = re.compile(r"schedule|plan|reminder|routine|automation|lined up")
_EVERYBODY = r"(?:everyone|everybody|the (?:family|kids|children|others|house|whole house))"
_TELL = re.compile(
    rf"^(?:let|tell|inform|notify|remind) {_EVERYBODY}(?: know)?(?: that)?[:,]? (?P<text>.+?){END}"
)
_BIN = re.compile(
    r"^(?:bin|scrap|ditch|kill|drop|lose|forget(?: about)?|call off|silence|never mind) (?=.*\btimers?\b)"
)
_LONGER = re.compile(r"\b(?P<way>longer|more|shorter|less)\b")
_OFF = re.compile(
    r"^(?:(?P<less>knock|shave|lop|cut|trim|drop)|give the timer|another|an extra|put another"
    r"|stick another)\b"
    r".*\b(?:off|from|on|onto|to|another|more)\b"
)
_AND_ONE = re.compile(r"\band (?:(?:another|a second|one|a)(?: one)?(?: timer)? (?:for|of) )?")
_NOTICE = re.compile(
    r"^(?:then |please |just |also )*"
    r"(?:tell|notify|alert|warn|ping|text|message|inform|remind|call|let|give) (?:me|us)"
    r"(?: know| a shout| a nudge| a ping| a call| a message| an alert)?(?: about (?:it|that))?(?: that| to)?"
    r"(?P<text>.*?)" + END
)


def english_notice(text: str, words: str) -> Reminder | None:
    """Tell me, let me know, behind a condition. Its text is empty where that is told which holds."""
    match = _NOTICE.search(text.strip(" ,"))
    return Reminder(text=match["text"].strip(" ,:"), when=NOW, words=words) if match else None


def english_everyday(text: str, words: str, now: datetime) -> list[Step]:
    """The steps of a clause about these, or none. ``text`` is normalised and without its polite words."""
    for action, pattern in _LISTS:
        if match := pattern.search(text):
            item = match["item"].strip().removeprefix("the ") if "item" in match.groupdict() else ""
            return [ListItem(action=action, list=match["list"].strip() or "shopping", item=item, words=words)]
    if _FORGOTTEN.search(text) and (match := _FORGET.search(text)):
        return [Routine(action="cancel_all" if match["all"] else "cancel", words=words)]
    if match := _NAMED_PLAN.search(text):
        return [Routine(action="cancel", name=match["name"].strip(), words=words)]
    if _SCHEDULED.search(text):
        return [Query(what="scheduled", words=words)]
    if called := call(text, words, now):
        return [called]
    if reminder := _reminder(text, words, now):
        return [reminder]
    if match := _TELL.search(text):
        return [Say(text=match["text"].strip(), words=words)]
    return list(_timers(text, words))


def _reminder(text: str, words: str, now: datetime) -> Reminder | None:
    """Remind me, don't let me forget, wake me: something to be told later."""
    if match := _REMIND.search(text):
        free = f"{match['before']} {match['text']}"
        said = match["text"].strip()
    elif match := _WAKE.search(text):
        free = f"{match['before'] or ''} {match['text'] or match['at'] or ''}"
        free += "" if _DAYPART.search(free) else " in the morning"
        said = "wake up"
    else:
        return None
    if _EVERY.search(free) and _HOUR.search(free) and not _DAYPART.search(free):
        free += " in the afternoon"  # every Friday at four
    when, rest = without_moments(free, now)
    if when.kind == "now" and said == "wake up":
        return None
    rest = rest.strip(" ,")
    while (shorter := _LEADING.sub("", rest)) != rest:
        rest = shorter.strip(" ,")
    return Reminder(text="wake up" if said == "wake up" else rest or said, when=when, words=words)


def _timers(text: str, words: str) -> list[Timer]:
    """More than `timer_of` reads: two at once, one made longer, one thrown away."""
    if not re.search(r"\btimers?\b", text):
        return []
    if _BIN.search(text):
        timer = timer_of(_BIN.sub("cancel ", text), words)
        return [timer] if timer else []
    first = timer_of(text, words)
    if (off := _OFF.search(text)) and first and first.duration:
        return [replace(first, action="shorten" if off["less"] else "extend", name="")]
    way = _LONGER.search(text)
    if way and first and first.action == "set" and re.search(r"^make\b|\bthe timer\b", text):
        action: Literal["extend", "shorten"] = "extend" if way["way"] in ("longer", "more") else "shorten"
        return [replace(first, action=action, name="")]
    if first and first.action == "set" and len(parts := _AND_ONE.split(text)) > 1:
        unit = next(iter(re.findall(r"\b(?:second|minute|hour)s?\b", text)), "minutes")
        each = [p if re.search(r"second|minute|hour", p) else f"{p} {unit}" for p in parts]
        made = [timer_of(part if "timer" in part else f"timer {part}", words) for part in each]
        several = [timer for timer in made if timer is not None and timer.duration]
        if len(several) > 1:
            return [replace(timer, name=_short(timer.name)) for timer in several]
    return []


def _short(name: str) -> str:
    """The name of one of several, without what counts them."""
    return re.sub(r"\b(?:two|three|one|for|several|a|couple|of)\b", "", name).strip(" ,")
