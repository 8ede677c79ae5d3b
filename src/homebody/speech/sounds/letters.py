"""English words that no dictionary has: from their letters, with the small network of g2p_en (Apache-2.0).

An encoder and a decoder of one GRU each, 256 wide, written in numpy: a word takes a millisecond or two.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

_LETTERS = {letter: number for number, letter in enumerate("abcdefghijklmnopqrstuvwxyz", 3)}
_UNKNOWN, _LETTERS_END = 1, 2
_BEGIN, _END = 2, 3
_LONGEST = 24  # sounds of one word
_VOWELS = {"AA": "ɑ", "AE": "æ", "AH": "ʌ", "AO": "ɔ", "AW": "W", "AY": "I", "EH": "ɛ", "ER": "ɜɹ", "EY": "A",
           "IH": "ɪ", "IY": "i", "OW": "O", "OY": "Y", "UH": "ʊ", "UW": "u"}  # fmt: skip
_CONSONANTS = {"B": "b", "CH": "ʧ", "D": "d", "DH": "ð", "F": "f", "G": "ɡ", "HH": "h", "JH": "ʤ", "K": "k",
               "L": "l", "M": "m", "N": "n", "NG": "ŋ", "P": "p", "R": "ɹ", "S": "s", "SH": "ʃ", "T": "t",
               "TH": "θ", "V": "v", "W": "w", "Y": "j", "Z": "z", "ZH": "ʒ"}  # fmt: skip
_STRESS = ("", "ˈ", "ˌ")
_WEAK = {"AH": "ə", "ER": "əɹ"}


def _sounds() -> tuple[str, ...]:
    """The decoder's alphabet in order: the sounds of CMUdict, vowels with their three degrees of stress."""
    names = {name: [name] for name in _CONSONANTS} | {
        name: [f"{name}{stress}" for stress in range(3)] for name in _VOWELS
    }
    return ("", "", "", "", *(each for name in sorted(names) for each in names[name]))


_SOUNDS = _sounds()


class _Cell(NamedTuple):
    """A GRU: weights of input and state, (3 x 256, 256) each, and their biases."""

    input: Matrix
    state: Matrix
    input_bias: Matrix
    state_bias: Matrix

    def step(self, x: Matrix, h: Matrix) -> Matrix:
        from_x, from_h = self.input @ x + self.input_bias, self.state @ h + self.state_bias
        width = len(h)
        reset, update = np.split(1 / (1 + np.exp(-(from_x + from_h)[: 2 * width])), 2)
        new = np.tanh(from_x[2 * width :] + reset * from_h[2 * width :])
        return np.asarray((1 - update) * new + update * h, np.float32)


class LettersToSounds:
    """Reads ``checkpoint20.npz``."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as stored:
            self._letters, self._spoken = stored["enc_emb"], stored["dec_emb"]
            self._encoder, self._decoder = (
                _Cell(*(stored[f"{part}_{name}"] for name in ("w_ih", "w_hh", "b_ih", "b_hh")))
                for part in ("enc", "dec")
            )
            self._out, self._out_bias = stored["fc_w"], stored["fc_b"]
        self.read = lru_cache(maxsize=1_000)(self._read)

    def _read(self, word: str) -> str:
        """Phonetic letters of a word in small Latin letters."""
        state = np.zeros(self._letters.shape[1], np.float32)
        for number in [*(_LETTERS.get(letter, _UNKNOWN) for letter in word), _LETTERS_END]:
            state = self._encoder.step(self._letters[number], state)
        spoken, last = "", _BEGIN
        for _ in range(_LONGEST):
            state = self._decoder.step(self._spoken[last], state)
            last = int(np.argmax(self._out @ state + self._out_bias))
            if last == _END:
                break
            spoken += _phonetic(_SOUNDS[last])
        return spoken


def _phonetic(sound: str) -> str:
    """``AH1`` is ˈʌ, ``AH0`` ə, ``CH`` ʧ."""
    if not sound[-1:].isdigit():
        return _CONSONANTS.get(sound, "")
    vowel, stress = sound[:-1], int(sound[-1])
    return _STRESS[stress] + (_WEAK.get(vowel, _VOWELS[vowel]) if stress == 0 else _VOWELS[vowel])
