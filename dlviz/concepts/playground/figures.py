"""Figures of the playground that change on a click: the loss around the network's weights."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from dlviz.concepts.playground.recording import Valley
from dlviz.figures.theme import LIGHT, NEGATIVE, SEQUENTIAL, quiet

LOWEST = 1e-6  # a loss below this is drawn as this


def valley_map(found: Valley, words: Mapping[str, str]) -> go.Figure:
    """Return the loss as a map with lines of equal height, the way the run came, and where it is.

    Heights are drawn by their logarithm: the floor of a valley is a small part of its walls. `words` has x, y,
    loss, way, start and here.
    """
    heights = np.where(np.isfinite(found.heights), np.maximum(found.heights, LOWEST), np.nan)
    low, high = np.nanmin(np.log10(heights)), np.nanmax(np.log10(heights))
    ticks = [power for power in range(-6, 7) if low - 0.1 <= power <= high + 0.1] or [round(float(low), 1)]
    figure = go.Figure(
        go.Contour(
            z=np.log10(heights),
            x=found.across,
            y=found.along,
            customdata=found.heights,
            colorscale=SEQUENTIAL,
            ncontours=18,
            line={"width": 0.4, "color": LIGHT},
            colorbar={
                "title": {"text": words["loss"]},
                "tickvals": ticks,
                "ticktext": [f"{10.0**one:g}" for one in ticks],
            },
            hovertemplate=f"{words['loss']}: %{{customdata:.4g}}<extra></extra>",
        )
    )
    if len(found.points):
        across, along = found.points.T
        figure.add_scatter(
            x=across, y=along, mode="lines", name=words["way"], line={"color": NEGATIVE, "width": 3}, hoverinfo="skip"
        )
        figure.add_scatter(
            x=across[:1], y=along[:1], mode="markers", name=words["start"], marker={"color": LIGHT, "size": 10}
        )
    mark = {"color": NEGATIVE, "size": 14, "symbol": "star", "line": {"color": LIGHT, "width": 1.5}}
    here = f"{words['here']}: {found.here:.4g}<extra></extra>"
    figure.add_scatter(x=[0], y=[0], mode="markers", name=words["here"], marker=mark, hovertemplate=here)
    return quiet(figure, height=440, x=words["x"], y=words["y"])
