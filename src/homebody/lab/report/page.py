"""The report as one HTML page that needs nothing else: its plots are SVG inside it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from homebody.lab.report.rows import Figure, Row
from homebody.lab.report.text import CATEGORIES, CAVEAT, cell, of, settings, title

_LEFT, _WIDTH, _BAR = 190, 560, 16  # of a plot, in pixels
_STYLE = """
:root { color-scheme: light dark; --ours: #c2570c; --published: #7f8ea3; --line: #8884; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; font-size: .85rem; width: 100%; }
th, td { text-align: left; padding: .3rem .5rem; border-bottom: 1px solid var(--line); }
.wide { overflow-x: auto; }
.ours { fill: var(--ours); } .published { fill: var(--published); }
td.ours { color: var(--ours); font-weight: 600; }
svg { width: 100%; height: auto; } svg text { font: 12px system-ui, sans-serif; fill: currentColor; }
.grid { stroke: var(--line); } .range { stroke: currentColor; stroke-width: 1.5; }
.guess { stroke: currentColor; stroke-dasharray: 3 3; opacity: .6; }
"""


def to_html(found: Sequence[Row]) -> str:
    """The whole page."""
    parts = [
        '<!doctype html><html lang="en"><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Exams</title><style>{_STYLE}</style>",
        f"<h1>Exams</h1><p>{escape(CAVEAT)}</p>",
        '<p><svg viewBox="0 0 300 18" style="width:300px" role="img" aria-label="colours">'
        '<rect class="ours" y="3" width="12" height="12"/><text x="18" y="13">ours, measured here</text>'
        '<rect class="published" x="160" y="3" width="12" height="12"/><text x="178" y="13">published</text>'
        "</svg></p>",
    ]
    for exam, shots in settings(found):
        group = of(found, exam, shots)
        parts.append(f"<section><h2>{escape(title(exam, shots))}</h2>")
        bars = [(row.model, row.ours, row.overall) for row in group]
        parts.append(plot("Overall", bars))
        for name in CATEGORIES:
            bars = [(row.model, row.ours, row.categories[name]) for row in group if name in row.categories]
            if bars and any(ours for _model, ours, _figure in bars):
                parts.append(plot(name, bars))
        parts += [_table(group), "</section>"]
    return "\n".join(parts) + "</html>\n"


def plot(name: str, bars: Sequence[tuple[str, bool, Figure]]) -> str:
    """Bars from 0 to 100 %, ours with their intervals, and a dashed line where guessing is."""
    step = _BAR + 8
    height = 26 + step * len(bars) + 20
    lines = [
        f'<svg viewBox="0 0 {_LEFT + _WIDTH + 50} {height}" role="img" aria-label="{escape(name)}">',
        f'<text x="0" y="14" font-weight="600">{escape(name)}</text>',
    ]
    for percent in range(0, 101, 20):
        x = _x(percent / 100)
        lines.append(f'<line class="grid" x1="{x}" x2="{x}" y1="22" y2="{height - 18}"/>')
        lines.append(f'<text x="{x}" y="{height - 4}" text-anchor="middle">{percent} %</text>')
    for place, (model, ours, figure) in enumerate(bars):
        y = 26 + step * place
        kind = "ours" if ours else "published"
        middle = y + _BAR / 2
        lines.append(f'<text x="{_LEFT - 8}" y="{middle + 4}" text-anchor="end">{escape(model)}</text>')
        lines.append(
            f'<rect class="{kind}" x="{_LEFT}" y="{y}" width="{_WIDTH * figure.value:.1f}" height="{_BAR}">'
            f"<title>{escape(model)}: {cell(figure)}</title></rect>"
        )
        end = figure.value
        if figure.low is not None and figure.high is not None:
            end = figure.high
            low, high = _x(figure.low), _x(figure.high)
            lines.append(f'<line class="range" x1="{low}" x2="{high}" y1="{middle}" y2="{middle}"/>')
        lines.append(f'<text x="{_x(end) + 6:.1f}" y="{middle + 4}">{figure.value:.1%}</text>')
    guess = _x(0.25)
    lines.append(f'<line class="guess" x1="{guess}" x2="{guess}" y1="22" y2="{height - 18}"/></svg>')
    return "".join(lines)


def _x(share: float) -> float:
    return round(_LEFT + _WIDTH * share, 1)


def _table(group: Sequence[Row]) -> str:
    lines = ['<div class="wide"><table><tr><th></th><th>model</th><th>overall</th><th>file</th>']
    lines.append("<th>s a question</th><th>what it is of</th></tr>")
    for row in group:
        size = f"{row.bytes_ / 1e6:,.0f} MB" if row.bytes_ else ""
        pace = f"{row.seconds:.2f}" if row.seconds is not None else ""
        kind = "ours" if row.ours else "published"
        cells = (row.model, cell(row.overall), size, pace, row.note)
        lines.append(f'<tr><td class="{kind}">{kind}</td>')
        lines.append("".join(f"<td>{escape(text)}</td>" for text in cells) + "</tr>")
    return "".join(lines) + "</table></div>"
