"""Draw small line charts as SVG, one below the other."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT, LEFT, TOP = 560, 170, 64, 34
APART = 44  # of two points nearer to one another only the second has words


def plot(title: str, unit: str, charts: Sequence[tuple[str, Sequence[tuple[float, float]]]]) -> str:
    """Return charts of points (x, y), each from zero, on a ground that suits light and dark pages."""
    height = 40 + len(charts) * (HEIGHT + TOP + 22)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH + LEFT + 30} {height}" font-family="sans-serif"'
        ' font-size="12" role="img">',
        f'<title>{escape(title)}</title><rect width="{WIDTH + LEFT + 30}" height="{height}" fill="#fbfaf7"/>',
    ]
    for number, (name, points) in enumerate(charts):
        top = 20 + number * (HEIGHT + TOP + 22) + TOP
        right, most = max(x for x, _ in points), max(y for _, y in points) or 1
        places = [(LEFT + WIDTH * x / right, top + HEIGHT * (1 - y / most)) for x, y in points]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<text x="{LEFT}" y="{top - 12}" fill="#222" font-weight="600">{escape(name)}</text>')
        parts.append(
            f'<path d="M{LEFT},{top} V{top + HEIGHT} H{LEFT + WIDTH}" fill="none" stroke="#999"/>'
            f'<path d="M{LEFT},{top + HEIGHT} L{places[-1][0]:.1f},{places[-1][1]:.1f}" stroke="#bbb"'
            f' stroke-dasharray="4 4"/>'
            f'<polyline points="{line}" fill="none" stroke="#2f6f9f" stroke-width="2"/>'
        )
        crowded = [after[0] - px < APART for (px, _), after in zip(places, [*places[1:], (9e9, 0)], strict=True)]
        for (x, y), (px, py), close in zip(points, places, crowded, strict=True):
            parts.append(f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3.5" fill="#2f6f9f"/>')
            if close:  # its words would run into those of the next
                continue
            parts.append(f'<text x="{px:.1f}" y="{py - 8:.1f}" fill="#222" text-anchor="end">{_short(y)}</text>')
            parts.append(f'<text x="{px:.1f}" y="{top + HEIGHT + 16}" fill="#555" text-anchor="end">{x:,.0f}</text>')
        unit_at = LEFT + WIDTH * 0.7
        parts.append(
            f'<text x="{unit_at}" y="{top + HEIGHT + 16}" fill="#555" text-anchor="middle">{escape(unit)}</text>'
        )
    return "\n".join([*parts, "</svg>", ""])


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"
