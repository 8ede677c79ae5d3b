"""How well spoken commands are understood: the same sentences, by several voices, quiet and noisy.

    selection   which sentences are spoken
    clips       the sentences as sound, made once and kept
    conditions  quiet, noise, a room
    listeners   who hears: Homebody with and without the home's words, plain Whisper, a peer
    run         every clip, by every listener; the plan that comes of it
    waking      false wakes and misses
    live        in real time: from the last word to the deed, to the answer, and how soon it falls silent
    report      all of it as Markdown

The speech is synthetic, and says so: it shows what parts and changes are worth, not how people are heard.
"""
