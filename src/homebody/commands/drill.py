"""``homebody devices drill``: what of this home goes on without the internet."""

from __future__ import annotations

import asyncio
import json
import signal
import sys

from rich.table import Table

from homebody.assistant.assembly import home_of, means_of
from homebody.assistant.drill.record import FATES, Cut, Drill, Fate, Row, keep
from homebody.assistant.drill.running import Drilling
from homebody.assistant.drill.words import CUT, LINE, SIMULATED, SPARED
from homebody.commands.terminal import console, plain
from homebody.core.clock import SystemClock
from homebody.core.gate import install_gate
from homebody.core.settings import Settings
from homebody.home.adapter import load_adapters
from homebody.home.registry import Registry


async def drill(settings: Settings, *, unplugged: bool, as_json: bool) -> bool:
    """Run it, keep its record and print it; whether every device answered and obeyed.

    Cancelled by SIGTERM: what was changed is put back then too.
    """
    clock, gate, home = SystemClock(), install_gate(), home_of(settings)
    means, done = means_of(settings, gate, clock), 0

    def told(row: Row) -> None:
        nonlocal done
        done += 1
        print(f"{done} of {len(home.devices)}: {row.device} {row.fate}", file=sys.stderr)  # noqa: T201

    drilling = Drilling(
        home=home,
        registry=lambda: Registry(home, load_adapters(home, means), clock),
        gate=gate,
        clock=clock,
        unplugged=unplugged,
        told=told,
    )
    me = asyncio.current_task()
    assert me is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, me.cancel)
    found = await drilling.run()
    keep(found, settings.data_dir)
    if as_json:
        console().print(json.dumps(found.to_json(), ensure_ascii=False, indent=2), soft_wrap=True)
    else:
        _show(found)
    return not (found.count("dies") or found.count("doubtful"))


def _show(found: Drill) -> None:
    out = console()
    table = Table("device", "name", "protocol", "address", "fate", "read", "command", "what was done")
    for row in found.rows:
        command = f"{row.asked.ms:.0f} ms" if row.asked else ""
        read = "" if row.read_ms is None else f"{row.read_ms:.0f} ms"
        name = row.name.text("en")
        table.add_row(row.device, name, row.protocol, row.address, row.fate, read, command, _what(row))
    out.print(table)
    counts = ", ".join(f"{found.count(fate)} {_FATES[fate]}" for fate in FATES)
    out.print(f"{len(found.rows)} devices: {counts}", soft_wrap=True)
    out.print(f"{CUT[found.cut.kind].text('en')} {_counted(found.cut)}", soft_wrap=True)
    for reason in found.cut.not_stronger:
        out.print(f"  not {reason}", soft_wrap=True)
    out.print(LINE[found.cut.unplugged].text("en"), soft_wrap=True)
    if found.simulated:
        out.print(SIMULATED.text("en").format(n=found.simulated), soft_wrap=True)
    for row in found.not_put_back:
        assert row.asked is not None
        before = plain(row.asked.before) if row.asked.before is not None else "not known"
        out.print(f"NOT PUT BACK: {row.device} {row.asked.function}, before it was {before}", soft_wrap=True)


_FATES: dict[Fate, str] = {
    "lives": "live",
    "answers": "answer and were not commanded",
    "doubtful": "did not prove that they obey",
    "dies": "were not reached",
}


def _what(row: Row) -> str:
    if row.asked is None:
        away = "" if row.reached_before or row.fate != "dies" else "; it did not answer before, either"
        return SPARED[row.spared].text("en") if row.spared else row.detail + away
    asked = row.asked
    if asked.manner == "kept":
        done = f"{asked.function} asked to stay"
    else:
        done = f"{asked.function} changed" + (" and put back" if asked.put_back else "")
    return f"{done}; {row.detail}" if row.detail else done


def _counted(cut: Cut) -> str:
    counted = []
    if cut.lan_packets is not None:
        counted.append(f"{cut.lan_packets} packets to the LAN")
    if cut.refused_packets is not None:
        counted.append(f"{cut.refused_packets} refused, the trial's own included")
    counted.append(f"{cut.refused_attempts} attempts refused by the gate")
    return f"({'; '.join(counted)}.)"
