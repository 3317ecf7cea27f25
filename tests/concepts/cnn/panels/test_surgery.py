"""Muted and edited filters are the same in the link, in the maps and for the engine."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dlviz.concepts.cnn.panels import surgery
from dlviz.concepts.cnn.recording import Surgery
from dlviz.concepts.cnn.spec import View
from dlviz.spec import ConvBlock, ConvNet, Mlp, RunSpec

NETWORK = ConvNet(blocks=(ConvBlock(channels=4), ConvBlock(channels=6, kernel=2)))
VIEW = View(run=RunSpec(network=NETWORK))
SIZES = {"conv1": (4, 9), "conv2": (6, 4 * 4)}  # filters, and numbers of one kernel: (C, k, k)


def read(text: str, view: View = VIEW) -> Surgery | None:
    """Return what the link says."""
    return surgery.read(view.model_copy(update={"operations": text}))


@some.composite
def reports(draw: some.DrawFn) -> dict[str, list]:
    """Return what the map component may report: each filter muted, or edited, or neither."""
    numbers = some.integers(-9999, 9999).map(lambda n: n / 1000)  # of four digits, as the component lets one type
    report: dict[str, list] = {"muted": [], "edited": []}
    for stage, (filters, size) in SIZES.items():
        for channel in draw(some.sets(some.integers(0, filters - 1), max_size=2)):
            if draw(some.booleans()):
                report["muted"].append([stage, channel])
            else:
                report["edited"].append([stage, channel, draw(some.lists(numbers, min_size=size, max_size=size))])
    return report


@given(reports())
def test_what_the_maps_report_comes_back_from_the_link(report: dict[str, list]) -> None:
    found = read(surgery.write(report))
    if not report["muted"] and not report["edited"]:
        assert found is None
        return
    assert found.muted == tuple(map(tuple, report["muted"]))
    assert found.edited == tuple((stage, channel, tuple(kernel)) for stage, channel, kernel in report["edited"])


def test_the_text_is_short() -> None:
    report = {"muted": [["conv1", 3]], "edited": [["conv1", 0, [0, 1, -0.5, 0.123456, 0, 0, 0, 0, 0]]]}
    assert surgery.write(report) == "conv1.3;conv1.0=0 1 -0.5 0.1235 0 0 0 0 0"
    assert surgery.write({}) == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        ";;;",
        "conv1",
        "conv1.",
        "conv1.4",
        "conv1.-1",
        "conv3.0",
        "dense1.0",
        "conv1.0=",
        "conv1.0=1 2 3",
        "conv1.0=a b c d e f g h i",
        "conv1.²",
        "☃.0=1",
        "=1 2",
    ],
)
def test_what_the_network_does_not_have_is_left_out(text: str) -> None:
    found = read(text)
    assert found is None or found == Surgery(muted=(("conv1", 0),))
    if found is None:
        assert read(f"{text};conv2.5") == Surgery(muted=(("conv2", 5),))


@given(some.text(max_size=40))
def test_any_text_is_read(text: str) -> None:
    found = read(text)
    assert found is None or bool(found)


def test_a_network_without_convolutions_has_no_filters() -> None:
    assert read("conv1.0", View(run=RunSpec(network=Mlp()))) is None


def test_what_is_too_long_for_a_link_goes_whole() -> None:
    kernel = [0.1234] * 9
    report = {"muted": [["conv1", 0]], "edited": [["conv1", channel % 4, kernel] for channel in range(200)]}
    text = surgery.write(report)
    assert len(text) <= surgery.LONGEST
    found = read(text)
    assert found.muted == (("conv1", 0),)
    assert all(row == tuple(kernel) for _, _, row in found.edited)
