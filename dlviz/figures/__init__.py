"""Figures that change on a click: arrays go in, a Plotly figure comes out."""
