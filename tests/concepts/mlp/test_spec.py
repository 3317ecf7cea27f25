"""The page's state: three parts told apart by their data, and nothing on it that cannot be shown."""

import pytest
from pydantic import ValidationError

from dlviz import codec
from dlviz.concepts.mlp.spec import CLOSER, DEFAULT, DIGITS, PARTS, PRESETS, RUNS, Preset, View, part_of
from dlviz.spec import ConvNet, Mlp, Pairs, RunSpec, Table


@pytest.mark.parametrize("part", PARTS)
def test_each_part_opens_with_a_run_of_its_own(part: str) -> None:
    view = View(run=RUNS[part])
    assert view.part == part_of(view.run) == part
    assert view.opened == CLOSER[part][0]
    assert codec.read(codec.write(view, DEFAULT), DEFAULT) == (view, [])


def test_own_points_are_a_function() -> None:
    assert View(run=RunSpec(data=Pairs(), network=Mlp())).part == "function"


def test_what_another_part_has_open_is_not_open_here() -> None:
    assert View(run=DIGITS, closer="mistakes").opened == "mistakes"
    assert View(closer="mistakes").opened == "sizes"


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (RunSpec(network=ConvNet()), "network: this page shows dense layers"),
        (RunSpec(data=Table(data="wine"), network=Mlp()), "data: this page learns a curve"),
        (RunSpec(data=Pairs(), network=Mlp(activation="own")), "activation: this page knows relu, "),
    ],
)
def test_what_cannot_be_shown_is_refused_in_a_sentence(run: RunSpec, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        View(run=run)


def test_a_preset_belongs_to_its_part() -> None:
    assert {"none", *(name for part in PARTS for name in PRESETS[part])} == set(Preset.__args__)
    with pytest.raises(ValidationError, match="preset: with these data there are one, "):
        View(preset="sugar")
