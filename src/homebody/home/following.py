"""What a change of a home's description means for those who speak to its devices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from homebody.home.device import Device, Home
from homebody.home.label import Label

_NAMELESS = Label(en="-")


def disturbed(before: Home, after: Home) -> set[str]:
    """The adapters of which a device came, went, or is spoken to otherwise. New names disturb nobody."""
    old, new = _spoken_to(before), _spoken_to(after)
    changed = {i for i in old.keys() | new.keys() if old.get(i) != new.get(i)}
    return {spoken[i][0].adapter for spoken in (old, new) for i in changed if i in spoken}


def _spoken_to(home: Home) -> Mapping[str, tuple[Device, Mapping[str, Any]]]:
    """Each device without what it is called and where it stands, and how it is bound."""
    return {
        device.id: (
            replace(device, name=_NAMELESS, aliases=(), kind_name=None, area=None),
            home.bindings.get(device.id, {}),
        )
        for device in home.devices
    }
