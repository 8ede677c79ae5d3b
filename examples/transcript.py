"""Thirty sentences to a home that has a liar and a dead lamp, with what became of each: docs/transcript.md.

    python examples/transcript.py                  print it
    python examples/transcript.py --keep FILE      write it as Markdown

It uses the real pipeline: the built-in home, the grammar, and the language model of this machine where it is
here (``homebody models pull``). Nothing is fetched.
"""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import replace
from pathlib import Path

from homebody.assistant.assembly import assemble
from homebody.assistant.assistant import Assistant
from homebody.assistant.turn import Turn, Utterance
from homebody.core.packet_counters import PacketCounters, difference, read_packet_counters
from homebody.core.settings import load_settings
from homebody.home.adapters.simulated import Behaviour

LIAR, DEAD = "kitchen.light", "study.desk_lamp"

SENTENCES = (
    "打开客厅灯",
    "turn off the floor lamp and open the living room curtain halfway",
    "把客厅灯调暗20%",
    "make the living room light a bit brighter",
    "把主卧空调调到26度，顺便关掉儿童房灯",
    "哪些灯开着？",
    "how warm is it in the master bedroom?",
    "关掉厨房灯",
    "turn on the desk lamp in the study",
    "打开大门锁",
    "取消",
    "unlock the front door",
    "yes",
    "锁上大门",
    "十秒后打开落地灯",
    "set a timer for ten minutes",
    "how much time is left on the timer?",
    "每天早上七点拉开主卧窗帘",
    "把客厅空调调到50度",
    "打开火星上的灯",
    "turn on the sauna",
    "把客厅灯打开，再打开游泳池的灯",
    "关掉楼上所有的灯",
    "别关客厅灯",
    "is the gas valve closed?",
    "打开燃气阀",
    "不要",
    "给我讲个笑话",
    "why is the sky blue?",
    "谢谢",
)


async def converse(assistant: Assistant) -> list[Turn]:
    assert assistant.simulated is not None
    assistant.simulated.set_behaviour(LIAR, Behaviour(lie=True))
    assistant.simulated.set_behaviour(DEAD, Behaviour(offline=True))
    conversation = assistant.conversation()
    return [await assistant.turn(Utterance(text=text), conversation) for text in SENTENCES]


def _outcomes(turn: Turn) -> str:
    parts = []
    for result in turn.results:
        if result.outcome:
            parts.append(
                f"{result.outcome.operation.device} {result.outcome.status} ({result.outcome.evidence})"
            )
        elif result.findings:
            parts.append(f"read {len(result.findings)}")
        elif result.asked:
            parts.append(f"asked: {result.decision.rule}")
        elif result.scheduled:
            parts.append("set for later")
    parts += [f"{problem.kind}: {problem.words}" for problem in turn.plan.problems]
    shown = "; ".join(parts[:3]) + (f"; and {len(parts) - 3} more" if len(parts) > 3 else "")
    return shown.replace("|", "/") or "-"


def markdown(turns: list[Turn], model: str, packets: dict[str, PacketCounters] | None) -> str:
    lines = [
        "# A conversation, with its receipts",
        "",
        "Made by `python examples/transcript.py`: the built-in home, in which "
        f"`{LIAR}` says yes and does nothing and `{DEAD}` does not answer. Language model: {model}.",
        "",
        "| said | answered | by | evidence | ms | tokens out | bytes out |",
        "|---|---|---|---|---|---|---|",
    ]
    for turn in turns:
        receipt = turn.receipt
        lines.append(
            f"| {turn.utterance.text} | {turn.reply} | {turn.plan.source} | {_outcomes(turn)} "
            f"| {receipt.ms.get('total', 0):,.0f} | {receipt.tokens_out or '-'} | {receipt.bytes_out} |"
        )
    lines += ["", f"Bytes out, all turns together: {sum(turn.receipt.bytes_out for turn in turns)}."]
    if packets is not None:
        sent = sum(counters.tx_packets for counters in packets.values())
        lines.append(f"Packets sent by this machine's network interfaces meanwhile, loopback aside: {sent}.")
    return "\n".join(lines) + "\n"


async def transcript() -> str:
    """The whole conversation, as Markdown."""
    settings = replace(load_settings(), home_file=None, consent_download=False)
    before = read_packet_counters()
    assistant = assemble(settings, journal=False)
    await assistant.start()
    try:
        state = await assistant.models.wait()
        model = (
            state.model.title if state.model and state.phase == "ready" else "none, so by the grammar alone"
        )
        turns = await converse(assistant)
    finally:
        await assistant.close()
    after = read_packet_counters()
    packets = difference(before, after) if before is not None and after is not None else None
    return markdown(turns, model, packets)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--keep", type=Path)
    keep: Path | None = parser.parse_args().keep
    text = asyncio.run(transcript())
    if keep is None:
        print(text)
    else:
        keep.write_text(text, encoding="utf-8")
