"""Speaking with somebody: when to listen, when a turn is over, what was meant, and when to be silent.

    endpoint   by sound: somebody began, paused, went on, stopped
    ear        the sound of the last half minute, and what the endpoint says of it
    whole      by meaning: whether words are a whole command
    readings   which of several readings was meant, and when to ask
    echoes     the reply's own words, heard again
    mouth      a reply as sound, clause by clause, stopped at once
    receipt    when each thing happened
    waker      the wake phrase, listened for beside everything else
    hearing    one utterance, from sound to words
    answering  from words to a deed and an answer aloud
    session    all of it, for one microphone and one loudspeaker

It knows `speech` by its protocols only: no engine is imported here.

What it does not know: where a voice comes from, and who of several people speaks.
"""
