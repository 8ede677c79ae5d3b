"""The devices of this home, announced over MQTT so that Home Assistant sees and commands them.

Off until a person sets ``mqtt_announce``. ``messages`` says what is published, ``commands`` reads what comes
back, ``door`` is the connection. Whoever may publish at the broker stands at this door, so policy judges what
comes in as it judges a hand on the page, with nobody there to say yes: what needs one is not done.
"""
