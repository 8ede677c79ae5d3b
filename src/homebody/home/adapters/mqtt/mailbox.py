"""What the broker delivered and nobody has looked at yet: of each topic the latest message.

A topic that is told of again before its turn takes no further place, so however much one device says, another
one's message waits for one message of it at most. What floods is noticed here.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, OrderedDict
from collections.abc import Callable

from aiomqtt import Message

MOST_TOPICS = 20_000
FLOOD = 200  # messages of one topic within a second


class Mailbox(asyncio.Queue[Message]):
    """``flooded`` is called with a topic that has more than ``FLOOD`` messages in a second, in the loop."""

    def __init__(self, flooded: Callable[[str], None]) -> None:
        super().__init__(MOST_TOPICS)
        self._flooded = flooded
        self._counts: Counter[str] = Counter()
        self._since = time.monotonic()

    # asyncio.Queue's hooks for queues of another order

    def _init(self, maxsize: int) -> None:  # noqa: ARG002 - the hook's own
        self._queue: OrderedDict[str, Message] = OrderedDict()

    def _put(self, item: Message) -> None:
        topic = item.topic.value
        self._queue[topic] = item  # one that waits keeps its place
        now = time.monotonic()
        if now - self._since >= 1:
            self._counts.clear()
            self._since = now
        self._counts[topic] += 1
        if self._counts[topic] == FLOOD + 1:
            self._flooded(topic)

    def _get(self) -> Message:
        return self._queue.popitem(last=False)[1]
