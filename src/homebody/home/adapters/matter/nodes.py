"""What a Matter server tells of its nodes: attributes by ``endpoint/cluster/attribute``, and who is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from homebody.home.naming import number_of, visible

MOST_ATTRIBUTES = 5000
"""Of one node."""
_BASIC, _BRIDGED, _DESCRIPTOR = 40, 57, 29
_VENDOR_NAME, _PRODUCT_NAME, _NODE_LABEL, _REACHABLE = 1, 3, 5, 17
_MOST_NAME = 80


@dataclass(slots=True, kw_only=True)
class Node:
    id: int
    available: bool
    attributes: dict[str, Any] = field(default_factory=dict)

    def endpoints(self) -> list[int]:
        """Those that say what they are, the lowest first, without the root."""
        found = {int(end) for path in self.attributes if (end := path.split("/")[0]).isdigit()}
        return sorted(each for each in found if each and self.types(each))

    def types(self, endpoint: int) -> frozenset[int]:
        """The numbers of its device types."""
        listed = self.attributes.get(f"{endpoint}/{_DESCRIPTOR}/0")
        types = (
            each.get("0", each.get("deviceType")) for each in listed or () if isinstance(each, dict)
        ) if isinstance(listed, list) else ()  # fmt: skip
        return frozenset(each for each in types if isinstance(each, int))

    def there(self, endpoint: int) -> bool:
        """Whether the node answers, and behind a bridge this part of it."""
        return self.available and self.attributes.get(f"{endpoint}/{_BRIDGED}/{_REACHABLE}") is not False

    def name(self, endpoint: int) -> str:
        """What its owner called it, else its maker; empty where nobody did."""
        basic = (f"{endpoint}/{_BRIDGED}", f"0/{_BASIC}")
        paths = [f"{at}/{which}" for which in (_NODE_LABEL, _PRODUCT_NAME, _VENDOR_NAME) for at in basic]
        return next((name for path in paths if (name := visible(self.attributes.get(path), _MOST_NAME))), "")

    def of(self, endpoint: int) -> Endpoint:
        return Endpoint(node=self, number=endpoint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One endpoint's attributes, by cluster and attribute."""

    node: Node
    number: int

    def path(self, cluster: int, attribute: int) -> str:
        return f"{self.number}/{cluster}/{attribute}"

    def get(self, cluster: int, attribute: int) -> Any:
        return self.node.attributes.get(self.path(cluster, attribute))

    def has(self, cluster: int, attribute: int) -> bool:
        return self.path(cluster, attribute) in self.node.attributes

    def number_at(self, cluster: int, attribute: int) -> float | None:
        """A finite number; None for null and for anything else."""
        told = self.get(cluster, attribute)
        return None if isinstance(told, str) else number_of(told)


def node_of(told: object) -> Node | None:
    """A node as it was told; None for what is none."""
    if not isinstance(told, Mapping) or not isinstance(told.get("node_id"), int):
        return None
    attributes = told.get("attributes")
    if not isinstance(attributes, Mapping):
        return None
    known = {
        path: value for path, value in list(attributes.items())[:MOST_ATTRIBUTES] if isinstance(path, str)
    }
    return Node(id=told["node_id"], available=told.get("available") is True, attributes=known)


def nodes_of(told: object) -> Iterator[Node]:
    for each in told if isinstance(told, list) else ():
        if (node := node_of(each)) is not None:
            yield node
