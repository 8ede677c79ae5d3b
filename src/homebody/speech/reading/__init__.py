"""How text is read aloud: figures, units, times and signs become words of the language around them.

Speech itself knows words only. What is not covered here is passed through and read as it stands.
"""
