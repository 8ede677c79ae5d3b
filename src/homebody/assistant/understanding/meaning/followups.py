"""And the bedroom too: a name without a wish repeats what was said before, in this sentence or the last
turn."""

from __future__ import annotations

import re
from dataclasses import replace

from homebody.assistant.plan import NOW, Problem, Query, Routine
from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.meaning.commands import Commander
from homebody.assistant.understanding.meaning.places import in_places
from homebody.assistant.understanding.meaning.sentence import Sentence
from homebody.assistant.understanding.meaning.steps import command_of
from homebody.assistant.understanding.reading.frame import Frame
from homebody.assistant.understanding.times.timing import combine
from homebody.assistant.understanding.wishes.amounts import step_of
from homebody.assistant.understanding.wishes.change import Change
from homebody.home.device import Device
from homebody.home.function import Action, Type

_ENDS = ("呢", "都系", "都要", "也要", "也得", "too", "也", "?", "as well", "也是", "同样", "也一样")
_BEGINS = ("也", "还有", "那", "那么", "what about", "how about", "what's about", "also", "now")
_FAR = frozenset(
    {"much", "far", "high", "low", "too much", "way too much", "far too much", "overdone", "enough"}
)
_LASTING = ("moment", "lasting", "until", "at", "filler", "only", "request", "separator")


def again(sentence: Sentence, frame: Frame) -> bool:
    """再来一次, do it again, do that every night at ten: the commands of the last turn once more."""
    last = sentence.context.last_commands
    when = (combine(frame.moments, sentence.now) if frame.moments else None) or NOW
    sentence.steps += [replace(command, when=when, words=sentence.words(frame)) for command in last]
    return bool(last)


def further(sentence: Sentence, frame: Frame, commander: Commander) -> bool:
    """A bit more than that, less: the last change once more, a step on or back."""
    words = {token.text for token in frame.tokens}
    back = bool(words & {"less", "lower", "smaller"})
    if not (frame.more or back) or frame.heads or frame.functions:
        return False
    if any(token.is_("no", "negation") for token in frame.tokens):
        return False  # no further
    for command in sentence.context.last_commands:
        device = next((d for d in commander.meant.spoken_of(sentence) if d.id == command.device), None)
        function = device.function(command.function) if device else None
        step = step_of(function, None) if function and function.type is Type.NUMBER else None
        if device is None or function is None or step is None:
            continue
        change = Change(function, Action.SET, delta=(-step if back else step) * frame.amount)
        sentence.steps.append(command_of(sentence, frame, device, change, NOW, ""))
    return bool(sentence.steps)


_TAKEN_BACK = re.compile(
    r"^(?:no,? |please |actually,? |then )*(?:cancel|call off|scrap|drop|bin|revoke|abort) "
    r"(?:that|it|this|those|them|the (?:last|[\w' ]{1,24}) one)(?: please| again| then| instead)?[.! ]*$"
)


def taken_back(sentence: Sentence) -> bool:
    """Cancel that: what was planned in the last turn."""
    planned = any(command.when != NOW for command in sentence.context.last_commands)
    if not planned or not _TAKEN_BACK.search(sentence.text.text.strip()):
        return False
    sentence.steps.append(Routine(action="cancel", words=sentence.text.source.strip()))
    return True


def too_far(sentence: Sentence, frame: Frame, commander: Commander) -> bool:
    """Too much, that's too far: the last step, taken back by half."""
    texts = {token.text for token in frame.tokens}
    if frame.heads or not any(token.is_("too") for token in frame.tokens) or not texts & _FAR:
        return False
    for command in sentence.context.last_commands:
        device = next((d for d in commander.meant.spoken_of(sentence) if d.id == command.device), None)
        function = device.function(command.function) if device else None
        if device is not None and function is not None and command.delta:
            change = Change(function, Action.SET, delta=-command.delta / 2)
            sentence.steps.append(command_of(sentence, frame, device, change, NOW, ""))
    return bool(sentence.steps)


def for_how_long(sentence: Sentence, frame: Frame) -> bool:
    """For an hour; until nine: what was just done, and nothing else, lasts so long."""
    done = [command for command in sentence.context.last_commands if command.when == NOW]
    if not done or sentence.steps or not all(token.is_(*_LASTING) for token in frame.tokens):
        return False
    when = combine(frame.moments, sentence.now)
    if when is None or not (when.lasting or when.until) or when.kind != "now":
        return False
    sentence.steps += [replace(command, when=when, words=sentence.words(frame)) for command in done]
    return True


def at_another_time(sentence: Sentence, frame: Frame) -> bool:
    """改成二十分钟以后: what was planned in the last turn is planned anew, for another time."""
    named = frame.heads or frame.functions or frame.choices or frame.levels or frame.changes or frame.tints
    said = all(verb == "set" for verb, _ in frame.verbs)
    kinds = ("after", "at", "every")
    planned = [command for command in sentence.context.last_commands if command.when.kind in kinds]
    if named or frame.numbers or not said or not frame.moments or not planned or sentence.steps:
        return False
    when = combine([replace(said, until=False, lasting=False) for said in frame.moments], sentence.now)
    if when is None or when.kind not in kinds:
        return False
    words = sentence.words(frame)
    sentence.steps.append(Routine(action="cancel", words=words))
    sentence.steps += [replace(command, when=when, words=words) for command in planned]
    return True


def follow_up(
    sentence: Sentence, frame: Frame, vocabulary: Vocabulary, commander: Commander, *, asking: bool = False
) -> bool:
    """Whether this clause only names more targets for what was said before; then its steps are added. One
    that asks repeats questions only."""
    if not (frame.heads or frame.here or frame.functions):
        return False
    if not (frame.also or frame.continues or (sentence.frame and sentence.steps) or elliptic(frame)):
        return False
    if not sentence.steps and (query := _last_query(sentence)):
        return _ask_again(sentence, frame, vocabulary, commander, query)
    if asking:
        return False
    last = sentence.commands or list(sentence.context.last_commands)
    if not last or not (frame.heads or frame.here):
        return False
    own = combine(frame.moments, sentence.now) if frame.moments else None
    devices = _named(sentence, frame, vocabulary, commander)
    pattern = sorted({(c.function, c.action, c.value, c.delta, c.when) for c in last}, key=str)
    for device in {d.id: d for d in devices}.values():
        for function_id, action, value, delta, when in pattern:
            function = device.function(function_id)
            if function is None or action not in function.actions:
                words = sentence.words(frame)
                sentence.problem(Problem(kind="no_such_function", words=words, device=device.id))
                continue
            change = Change(function, action, None if delta is not None else value, delta)
            sentence.steps.append(command_of(sentence, frame, device, change, own or when, ""))
    if devices:
        sentence.devices = devices
    return bool(devices or sentence.problems)


def elliptic(frame: Frame) -> bool:
    """那次卧呢, what about ..., ... too: said to go on with what was before."""
    texts = [token.text for token in frame.tokens]
    if texts[-1].endswith((" one", " ones")) or texts[-1] == "ones":
        return True  # the left one
    return texts[-1] in _ENDS or texts[0] in _BEGINS


def _last_query(sentence: Sentence) -> Query | None:
    """The last turn's question, if that turn asked one."""
    query = sentence.context.last_query
    asked = query is not None and query.devices == sentence.context.last_devices
    return query if asked else None


def _ask_again(
    sentence: Sentence, frame: Frame, vocabulary: Vocabulary, commander: Commander, query: Query
) -> bool:
    """The last question of another thing or place, or another function of the same."""
    named = [i for token in frame.functions for i in token.all("function")]
    function_id = named[0] if named else query.function
    if frame.heads:
        devices = _named(sentence, frame, vocabulary, commander, function_id)
    else:
        area = sentence.context.last_area or sentence.context.area
        devices = in_places(vocabulary, [area]) if area else list(vocabulary.home.devices)
    able = [d for d in devices if function_id is None or d.function(function_id)]
    for other in named[1:]:
        if not able:
            function_id, able = other, [d for d in devices if d.function(other)]
    if not able:
        if not sentence.problems:
            sentence.fail("no_such_function" if devices else "no_such_device", sentence.words(frame))
        return True
    measuring = [d for d in able if function_id and (f := d.function(function_id)) and not f.writable]
    members = measuring or able
    again = replace(
        query,
        devices=tuple(dict.fromkeys(device.id for device in members)),
        function=function_id,
        area=None,
        words=sentence.words(frame),
    )
    if named:
        again = replace(again, what="value", value=None, comparison="is")
    sentence.steps.append(again)
    return True


def _named(
    sentence: Sentence,
    frame: Frame,
    vocabulary: Vocabulary,
    commander: Commander,
    function_id: str | None = None,
) -> list[Device]:
    """The devices of the clause; in a place, the counterparts of those that were spoken of."""
    finder = commander.meant.finder(sentence)
    spoken = commander.meant.spoken_of(sentence)
    devices: list[Device] = []
    for head in frame.heads:
        if alike := commander.meant.such_as(spoken, head, frame):
            devices += alike
            continue
        if head.thing or head.absent:
            found = finder.find(head, frame)
            for problem in found.problems:
                sentence.problem(problem)
            devices += found.devices
            if len(found.ambiguous) > 1:
                ids = tuple(device.id for device in found.ambiguous)
                words = sentence.words(frame)
                sentence.problem(Problem(kind="ambiguous", words=words, candidates=ids))
            continue
        areas = finder.areas_of(head)
        here = commander.meant.counterparts(spoken, areas)
        if not here and function_id:
            here = [d for d in in_places(vocabulary, areas) if d.function(function_id)]
        if not here:
            sentence.fail("no_such_device", sentence.words(frame), area=areas[0] if areas else None)
        devices += here
    if frame.here and sentence.context.area and not frame.heads:
        devices = commander.meant.counterparts(spoken, [sentence.context.area])
    return devices
