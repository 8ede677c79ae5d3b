"""From an utterance to a plan: the grammar first, the model where the grammar is not sure.

The grammar is deterministic and pure Python. A sentence goes this way:

    normalise -> lattice (lexicon + the home's vocabulary + numbers + moments) -> clauses
      -> targets (which devices) and predicates (which function, which value) -> plan

It does not know how a device is reached, whether an action is allowed, or how an answer is worded.
"""
