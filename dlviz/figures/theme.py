"""The colours of all figures, and the quiet look they share; nothing else in the house names a colour.

The components in the browser hold the same colours in `components/player/colours.js`.
"""

from __future__ import annotations

import plotly.graph_objects as go

ACCENT = "#0877BD"
NEGATIVE, POSITIVE = "#F59322", "#0877BD"
CLASSES = ("#0072B2", "#E69F00", "#009E73", "#CC79A7")
SYMBOLS = ("circle", "square", "triangle-up", "diamond")
MUTED = "#8A8F98"
LIGHT = "#FFFFFF"  # of marks and lines that lie on the sequential ramp
SEQUENTIAL = "Cividis"
DASHES = {"training": "solid", "validation": "dash", "test": "dot"}


def quiet(figure: go.Figure, *, height: int, x: str, y: str) -> go.Figure:
    """Return the figure with the house's look: no frame, faint grid, axes that say what they measure."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        font={"size": 14},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        hoverlabel={"font": {"size": 14}},
        legend={"orientation": "h", "y": 1.08, "x": 0},
    )
    faint = {"gridcolor": "rgba(128,128,128,0.18)", "zerolinecolor": "rgba(128,128,128,0.4)", "automargin": True}
    figure.update_xaxes(title={"text": x}, **faint)
    figure.update_yaxes(title={"text": y}, **faint)
    return figure
