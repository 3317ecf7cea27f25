"""Figures of the digit lab that change on a click: costs by stage, filters that matter, digits that move."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dlviz.concepts.cnn.recording import Importance, LayerCost, Moved
from dlviz.figures.theme import ACCENT, CLASSES, MUTED, SYMBOLS, quiet


def cost_shares(costs: Sequence[LayerCost], parameters: str, flops: str, x: str) -> go.Figure:
    """Return each stage's share of all parameters and of all FLOPs as bars, 0 to 1; those without either left out."""
    rows = [one for one in costs if one.parameters or one.flops]
    totals = sum(one.parameters for one in rows) or 1, sum(one.flops for one in rows) or 1
    names = [one.name for one in rows]
    figure = go.Figure(
        [
            go.Bar(name=parameters, y=names, x=[one.parameters / totals[0] for one in rows], orientation="h"),
            go.Bar(name=flops, y=names, x=[one.flops / totals[1] for one in rows], orientation="h"),
        ]
    )
    figure.data[0].marker.color, figure.data[1].marker.color = ACCENT, CLASSES[1]
    figure.update_traces(hovertemplate="%{y}: %{x:.1%}<extra>%{fullData.name}</extra>")
    figure.update_yaxes(autorange="reversed")
    figure.update_xaxes(tickformat=".0%", range=[0, 1])
    return quiet(figure, height=90 + 44 * len(rows), x=x, y="")


def importance_bars(found: Importance, muted: Sequence[int], x: str, y: str) -> go.Figure:
    """Return the certainty lost by muting each filter alone, in points, the most important first; muted ones grey.

    Certainty is the mean probability of the right digit: accuracy moves in whole digits and hides most filters.
    """
    order = sorted(range(len(found.certainty)), key=lambda i: -found.certainty[i])
    colours = [MUTED if i in muted else ACCENT for i in order]
    bars = go.Bar(
        x=[str(i) for i in order], y=[100 * float(found.certainty[i]) for i in order], marker={"color": colours}
    )
    figure = go.Figure(bars)
    figure.update_traces(hovertemplate="%{x}: %{y:.2f}<extra></extra>")
    figure.update_xaxes(type="category")
    return quiet(figure, height=260, x=x, y=y)


def moved_lines(found: Moved, labels: Sequence[str], x: str, y: str) -> go.Figure:
    """Return each reader's mean probability of the right digit against how far the digits were moved."""
    figure = go.Figure()
    for place, label in enumerate(labels):
        look = {"color": CLASSES[place % 4], "symbol": SYMBOLS[place % 4], "size": 9}
        figure.add_scatter(
            x=found.distances,
            y=found.confidence[place],
            name=label,
            mode="lines+markers",
            marker=look,
            line={"color": look["color"], "width": 2.5},
        )
    figure.update_traces(hovertemplate="%{x} px: %{y:.0%}<extra>%{fullData.name}</extra>")
    figure.update_yaxes(range=[0, 1.02], tickformat=".0%")
    figure = quiet(figure, height=340, x=x, y=y)
    figure.update_layout(legend={"y": -0.35, "yanchor": "top"})
    return figure
