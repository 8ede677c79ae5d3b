"""The home's own words, which a recogniser hears more easily when it knows them."""

from __future__ import annotations

from homebody.home.device import Home

MOST = 400
"""More phrases make recognisers slower and no better."""


def phrases_of_home(home: Home) -> tuple[str, ...]:
    """Names and aliases of areas, devices and what they offer, in both languages, each once."""
    said = [text for area in home.areas for text in (*area.name.all(), *area.aliases)]
    said += [text for device in home.devices for text in (*device.name.all(), *device.aliases)]
    said += [text for device in home.devices for control in device.controls for text in control.name.all()]
    return tuple(dict.fromkeys(said))[:MOST]
