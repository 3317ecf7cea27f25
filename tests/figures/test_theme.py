"""One look for all figures: nothing hides the page's own theme, and the colours are those the browser paints with."""

import re

import plotly.graph_objects as go
import pytest

from dlviz.figures import theme
from dlviz.ui.components import FOLDER


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb, 0 to 1. Source: WCAG 2.2, relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21. Source: WCAG 2.2, contrast ratio."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_a_figure_gets_the_houses_look_and_keeps_its_numbers() -> None:
    figure = theme.quiet(go.Figure(go.Scatter(x=[1, 2], y=[3, 4])), height=260, x="epochs", y="loss")
    assert (figure.layout.xaxis.title.text, figure.layout.yaxis.title.text) == ("epochs", "loss")
    assert figure.layout.height == 260
    assert figure.layout.font.size >= 14
    assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == "rgba(0,0,0,0)"  # the page shines through
    assert list(figure.data[0].y) == [3, 4]


def test_classes_can_be_told_apart_without_colour() -> None:
    assert len(set(theme.SYMBOLS)) == len(set(theme.CLASSES)) == 4
    assert len(set(theme.DASHES.values())) == 3


@pytest.mark.parametrize("colour", [theme.ACCENT, theme.NEGATIVE, theme.MUTED, *theme.CLASSES])
@pytest.mark.parametrize("paper", ["#FFFFFF", "#0E1117"])
def test_colours_are_seen_on_light_and_on_dark(colour: str, paper: str) -> None:
    assert contrast(colour, paper) >= 2  # of large marks; text is never in these


@pytest.mark.parametrize("colour", [theme.NEGATIVE, theme.POSITIVE, *theme.CLASSES])
def test_the_browser_paints_with_the_same_colours(colour: str) -> None:
    script = (FOLDER / "player" / "colours.js").read_text(encoding="utf-8").lower()
    digits = colour.lower().removeprefix("#")
    numbers = ", ".join(str(int(digits[i : i + 2], 16)) for i in (0, 2, 4))
    assert digits in script or re.search(numbers.replace(", ", r",\s*"), script)
