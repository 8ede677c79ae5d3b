"""From characters to words: every word that could be read, and the best row of them.

Three sources offer words at each position: the home's vocabulary, the lexicon, and the scanners of numbers
and moments. The best row covers most characters with the fewest words; a home's own name wins a tie.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from homebody.assistant.understanding.clauses import amounts_asked, chinese_entries
from homebody.assistant.understanding.clauses import entries as english_entries
from homebody.assistant.understanding.home_words.vocabulary import Vocabulary
from homebody.assistant.understanding.times import moments
from homebody.assistant.understanding.words import numbers
from homebody.assistant.understanding.words.lexicon import lexicon
from homebody.assistant.understanding.words.normalise import Normalised
from homebody.assistant.understanding.words.token import Entry, Token
from homebody.assistant.understanding.words.trie import Trie

_HOME_BONUS = 0.15
_PER_WORD = 0.45
_GAP = -0.4  # an unknown character costs this much
_UNKNOWN = re.compile(r"[a-z0-9']+|[^\sa-z0-9']")
_NUMBERED = re.compile(
    r"(?<![到至为成于高低大小\d.])(?:\d{2,4}|[零幺一二三四五六七八九]{3,4})(?:号?房间?|号(?!灯)|(?=的|和\d|跟|、\d))"
    r"|\broom \d{1,4}\b|(?<=\bin )\d{3,4}\b"
)
"""203房, room 203, where areas have numbers: a place, be it here or not."""
_NTH = re.compile(r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})号(?=[^\x00-\x7f早晚上下中凌,])")
"""四号灯: a name by number, of which the home may have others."""
_BESIDE = re.compile(r"[门窗床桌灯柜墙炉井缸](?:口|边|旁边?|跟前|底下|[前后上下里外内侧]面?)(?=的|那|这)")
"""门口的, 窗边那: a place beside a thing, and not the thing."""
_SUFFIXED = re.compile(r"(?<=[\u4e00-\u9fff])儿(?![童子女歌媳科])")
"""竹帘儿, 院儿里: the ending that northern speech puts behind any noun."""
_MAYBE_NUMBER = re.compile(r"[\d零〇一二两俩三四五六七八九十百千万半成]|one|two|three|four|five|six|seven|"
                           r"eight|nine|ten|eleven"
                           r"|twelve|teen|ty|hundred|quarter|third|zero|a couple"
                           r"|an? (?:degree|percent|per cent|foot|inch|met|minute|second|hour)")  # fmt: skip


def _offers(text: str, vocabulary: Vocabulary) -> dict[int, dict[int, list[Entry]]]:
    """start -> end -> entries."""
    found: dict[int, dict[int, list[Entry]]] = defaultdict(lambda: defaultdict(list))

    def collect(trie: Trie, *, ours: bool = False) -> None:
        for start, character in enumerate(text):
            if character != " ":
                for end, entries in trie.matches(text, start):
                    found[start][end].extend(entries)
                    if ours and _SUFFIXED.match(text, end):
                        found[start][end + 1].extend(entries)

    collect(vocabulary.trie, ours=True)
    collect(lexicon())
    for start, end, entry in chinese_entries.scan(text):
        found[start][end].append(entry)
    for start, end, entry in chinese_entries.rooms(text, vocabulary.room_numbers):
        found[start][end].append(entry)
    if _MAYBE_NUMBER.search(text):
        for start, end, number in numbers.scan(text):
            first, *_, last = text[start:end].split(" ") if " " in text[start:end] else ("", "")
            if number.unit and any(word.isalpha() and word in vocabulary.words for word in (first, last)):
                continue  # level three, two cups, of what has a "level" or "cups"
            found[start][end].append(Entry("number", number))
    for start, end, fragments in amounts_asked.scan(text):
        found[start][end] += [Entry("question", "value"), Entry("measure", fragments)]
    if vocabulary.numbered:
        for match in _NUMBERED.finditer(text):
            found[match.start()][match.end()].append(Entry("room", match[0], 0.9))
    if vocabulary.numbered_word:
        for match in vocabulary.numbered_word.finditer(text):
            found[match.start()][match.end()].append(Entry("room", match[0], 0.9))
    for match in _BESIDE.finditer(text):
        found[match.start()][match.end()].append(Entry("elsewhere", True, 0.8))
    for match in _NTH.finditer(text):
        found[match.start()][match.end()].append(Entry("elsewhere", True, 0.8))
    for start, end, entry in english_entries.scan(text):
        found[start][end].append(entry)
    for start, end, piece in moments.scan(text):
        found[start][end].append(Entry("moment", piece))
    return found


def _score(start: int, end: int, entries: list[Entry]) -> float:
    home = any(entry.category in ("area", "device", "floor", "choice", "function") for entry in entries)
    return (end - start) * max(entry.weight for entry in entries) - _PER_WORD + (_HOME_BONUS if home else 0.0)


def tokenise(text: Normalised, vocabulary: Vocabulary) -> tuple[Token, ...]:
    """The best row of words. Unknown stretches become tokens without entries."""
    string = text.text
    offers = _offers(string, vocabulary)
    size = len(string)
    best = [float("-inf")] * (size + 1)
    best[0] = 0.0
    back: list[tuple[int, list[Entry] | None]] = [(0, None)] * (size + 1)
    for start in range(size):
        here = best[start]
        step = here + (0.0 if string[start] == " " else _GAP)
        if step > best[start + 1]:
            best[start + 1], back[start + 1] = step, (start, None)
        for end, entries in offers.get(start, {}).items():
            score = here + _score(start, end, entries)
            if score > best[end]:
                best[end], back[end] = score, (start, entries)
    rows: list[tuple[int, int, list[Entry] | None]] = []
    end = size
    while end > 0:
        start, row = back[end]
        rows.append((start, end, row))
        end = start
    tokens: list[Token] = []
    gap: int | None = None
    for start, end, chosen in reversed(rows):
        if chosen is None:
            gap = start if gap is None else gap
            continue
        if gap is not None:
            tokens += _unknown(string, gap, start)
            gap = None
        tokens.append(Token(start, end, string[start:end], tuple(chosen)))
    if gap is not None:
        tokens += _unknown(string, gap, size)
    return tuple(_whole(tokens))


def _whole(tokens: list[Token]) -> Iterator[Token]:
    """小爱 and 大象 are words: a bare direction right before an unknown word is a part of it."""
    waiting: Token | None = None
    for token in tokens:
        if waiting is not None:
            if not token.known and token.start == waiting.end:
                yield Token(waiting.start, token.end, waiting.text + token.text)
                waiting = None
                continue
            yield waiting
            waiting = None
        if len(token.text) == 1 and not token.text.isascii() and token.is_("change"):
            waiting = token
        else:
            yield token
    if waiting is not None:
        yield waiting


def _unknown(text: str, start: int, end: int) -> list[Token]:
    """Unknown characters, as words: Latin ones one by one, others as one run."""
    tokens: list[Token] = []
    for match in _UNKNOWN.finditer(text, start, end):
        last = tokens[-1] if tokens else None
        joins = (
            last is not None
            and last.end == match.start()
            and not match[0].isascii()
            and not last.text.isascii()
        )
        if joins and last is not None:
            tokens[-1] = Token(last.start, match.end(), last.text + match[0])
        else:
            tokens.append(Token(match.start(), match.end(), match[0]))
    return tokens
