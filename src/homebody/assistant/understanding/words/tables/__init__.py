"""The general words of both languages, by idea: what is done, how things are, things, talk, joints.

``ROWS`` are the words that anybody uses, ``MORE`` what else people say at home, British and American. Only
what sounds like a word of ``ROWS`` is taken for one that was misheard.
"""
