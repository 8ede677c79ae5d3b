"""The general words of both languages, by category. Nothing here knows any home.

The tables hold, for each category, its values and the words for each. The categories:

verb        what to do; its senses by device are in `senses`
particle    on, off, up, down: half of an English phrasal verb, or all of a terse command
phrasal     the other half: turn, switch ...
change      a direction: (function ids it speaks of, +1 or -1); ``too`` before it turns it round, ``lack``
            (not ... enough) does not
level       max, min, half, low, medium, high
gerund      a verb's form in -ing: a wish only behind "would you mind" and the like
done        a verb's participle: its value is the verb; a wish only in "have it lowered", "lowered, please"
state       how something is: on, off, open, closed, locked ...; a command only behind ``ensure``
function    a trait, by its ordinary words
all, except, except_end, only, keep, other      quantities
pronoun, here, there, home                      pointing
question    what kind of question        ask, ask_en, tell  the marks of one
past, already, subject, reported         marks of something told
negation, condition, compare, time marks, joints between clauses, politeness, filler
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from homebody.assistant.understanding.words import (
    english_comings,
    english_duties,
    english_extremes,
    resultatives,
)
from homebody.assistant.understanding.words.activities import ACTIVITIES
from homebody.assistant.understanding.words.participles import gerund, participle
from homebody.assistant.understanding.words.tables import (
    chinese_deeds,
    chinese_joints,
    chinese_states,
    chinese_talk,
    chinese_things,
    english_deeds,
    english_joints,
    english_states,
    english_talk,
    english_things,
)
from homebody.assistant.understanding.words.tables.places import FLOORS, ROOMS
from homebody.assistant.understanding.words.tables.rows import Rows, words
from homebody.assistant.understanding.words.token import Entry
from homebody.assistant.understanding.words.trie import Trie

_CHINESE = (chinese_deeds, chinese_states, chinese_things, chinese_talk, chinese_joints)
_ENGLISH = (english_deeds, english_states, english_things, english_talk, english_joints)
_PLAIN: tuple[Rows, ...] = tuple(table.ROWS for table in (*_CHINESE, *_ENGLISH))
_MORE: tuple[Rows, ...] = tuple(table.MORE for table in _ENGLISH)
_SEPARATORS = {"strong": ".;!?", "weak": ",:"}
_LIGHT = 0.8
"""The weight of particles and filler: a word that means something wins."""
_DERIVED = 0.95
_SOUNDING = ("verb", "phrasal", "all", "function")


def _plain(*categories: str) -> Iterator[str]:
    """The plain words of these categories."""
    for table in _PLAIN:
        for category in categories:
            for row in table.get(category, {}).values():
                yield from words(row)


@cache
def sounding() -> frozenset[str]:
    """General words that may be misheard: what carries meaning by itself."""
    return frozenset([*_plain(*_SOUNDING), *words(ROOMS), *words(FLOORS), "please"])


@cache
def lexicon() -> Trie:
    """All general words in one trie, built once."""
    trie = Trie()
    states = frozenset(_plain("state"))
    for table in (*_PLAIN, *_MORE):
        for category, rows in table.items():
            for value, row in rows.items():
                for word in words(row):
                    _add(trie, category, value, word, states)
    _add_made(trie)
    for strength, marks in _SEPARATORS.items():
        for mark in marks:
            trie.add(mark, Entry("separator", strength))
    for room in words(ROOMS):
        trie.add(room, Entry("room", room, 0.9))
    for floor in words(FLOORS):
        trie.add(floor, Entry("level_of_house", floor, 0.9))
    return trie


def _add(trie: Trie, category: str, value: object, word: str, states: frozenset[str]) -> None:
    """A word of the tables, with the forms of English verbs that are no ``states`` of their own."""
    weight = _LIGHT if category in ("particle_zh", "filler") else 1.0
    trie.add(word, Entry(category, value, weight))
    if category == "measure" and word.isascii():
        trie.add(word, Entry("question", "value", weight))
    if category not in ("verb", "phrasal") or not word[0].isascii():
        return
    first, _, rest = word.partition(" ")
    form = f"{gerund(first)} {rest}".strip()
    if form not in states:
        trie.add(form, Entry(category, value, _DERIVED))  # would you mind turning ...
        trie.add(form, Entry("gerund", value, _DERIVED))
    if category == "verb" and (done := f"{participle(first)} {rest}".strip()) != word:
        trie.add(done, Entry("done", value, _DERIVED))  # have the blinds lowered


def _add_made(trie: Trie) -> None:
    """Words that are made of parts: verbs with their complements, duties, people who come and go."""
    listed = {
        word for table in _PLAIN for rows in table.values() for row in rows.values() for word in words(row)
    }
    for word, verb in resultatives.entries():
        if word not in listed:
            trie.add(word, Entry("verb", verb))
    for category, made in (*english_duties.rows().items(), *english_comings.rows().items()):
        for value, phrases in made.items():
            for phrase in phrases:
                trie.add(phrase, Entry(category, value))
    for value, phrase in english_extremes.rows():
        trie.add(phrase, Entry("level", value))
    for activity in ACTIVITIES:
        trie.add(activity, Entry("activity", True, 0.9))
