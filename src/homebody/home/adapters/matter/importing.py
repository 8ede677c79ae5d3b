"""Devices of a home file made of what a Matter server has: one for each endpoint that a home can use."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from homebody.home.adapter import Means
from homebody.home.adapters.matter.connection import connected
from homebody.home.adapters.matter.mapping import describe
from homebody.home.adapters.matter.nodes import Node, nodes_of
from homebody.home.describing import device_entry
from homebody.home.label import Label
from homebody.home.naming import free, slug


async def look(host: str, port: int, means: Means) -> list[Node]:
    """Raises ``RefusedError``, ``UnreachableError``."""
    async with connected(host, port, means, lambda _event, _data: None) as connection:
        return list(nodes_of(await connection.request("get_nodes")))


def device_entries(
    nodes: Iterable[Node], taken: Collection[str], bound: Collection[tuple[int, int]]
) -> Iterator[dict[str, Any]]:
    """What is not ``bound`` yet, under ids that are not ``taken``."""
    ids = set(taken)
    for node in nodes:
        for number in node.endpoints():
            described = describe(node.of(number))
            if not described.wires or (node.id, number) in bound:
                continue
            name = node.name(number) or f"{described.kind} {node.id}"
            id_ = free(slug(name) or f"matter_{node.id}_{number}", ids)
            ids.add(id_)
            yield device_entry(
                id=id_, kind=described.kind, name=Label.of(name),
                traits=[wire.function for wire in described.wires], controls=(), adapter="matter",
                binding={"node": node.id, "endpoint": number},
            )  # fmt: skip
