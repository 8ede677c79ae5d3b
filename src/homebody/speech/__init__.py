"""Sound to words and words to sound, on this machine.

``audio`` and ``files`` hold the values and read any sound file; ``vad`` finds speech, ``wake`` the wake
word, ``recognition`` turns speech into words, ``synthesis`` words into speech, ``speaker`` tells who speaks.
Each of these five is a protocol with its values; engines lie beside them and import their libraries when
they are made. ``room`` makes engines from the model files that are there, each when it is first needed.

This room knows no home, no devices and no plans: words of a home reach it as plain phrases. It does not know
whether what it heard makes sense, it does not record, play or echo-cancel, and a voice that it recognises is
a hint, never a permission.
"""
