"""The digit lab's state: what it opens with, and what it refuses."""

import pytest
from pydantic import ValidationError

from dlviz import codec
from dlviz.concepts.cnn.spec import ARTICLE, AUGMENTED, DEFAULT, DENSE, STAGES, View
from dlviz.models.build import build
from dlviz.probes.observation import stages
from dlviz.spec import ConvBlock, ConvNet, Mlp, Plane, RunSpec


def test_it_opens_with_the_articles_network() -> None:
    assert DEFAULT.run == ARTICLE
    assert (ARTICLE.network, ARTICLE.epochs) == (ConvNet(blocks=(ConvBlock(channels=32, kernel=3),), dense=(64,)), 5)
    assert not ARTICLE.knobs.augments
    assert codec.write(DEFAULT, DEFAULT) == {}


def test_the_readers_differ_from_it_in_what_they_are_named_for() -> None:
    assert len(AUGMENTED.network.blocks) == 2 and AUGMENTED.knobs.augments
    assert isinstance(DENSE.network, Mlp) and not DENSE.knobs.augments
    assert AUGMENTED.data == DENSE.data == ARTICLE.data


@pytest.mark.parametrize(
    "values",
    [
        {"at": -1},
        {"guess": 3},
        {"channel": 512},
        {"row": 64},
        {"drawing": "x" * 4001},
        {"drawing": "61:1,2"},
        {"drawing": "0:1,2"},
        {"drawing": "20:1,2,3"},
        {"drawing": "20:1,2;<b>"},
        {"kept": "x" * 4001},
        {"target": 10},
        {"right": 11},
        {"down": -11},
        {"method": "map"},
        {"teach_steps": 12},
        {"lessons": "4:AAAA;5"},
        {"section": "roof"},
        {"stage": "conv9"},
        {"run": RunSpec(data=Plane())},
    ],
)
def test_what_the_page_cannot_show_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        View(**values)


@pytest.mark.parametrize("drawing", ["", "20:1,2", "6:-3,4,280,281", "60:1,2,3,4;5,6;7,8,9,10", "1:1,2;"])
def test_a_drawing_is_rows_of_points(drawing: str) -> None:
    assert View(drawing=drawing).drawing == drawing


@pytest.mark.parametrize(
    "network",
    [
        ConvNet(blocks=(ConvBlock(channels=2, batch_norm=True),) * 2, dense=(4, 4, 4)),
        ConvNet(blocks=(ConvBlock(channels=2, kernel=1, pooling="none", batch_norm=True),) * 4, dense=(4, 4, 4)),
        Mlp(hidden=(4,) * 4),
    ],
)
def test_every_stage_that_computes_has_a_name_in_the_link(network: ConvNet | Mlp) -> None:
    names = stages(build(network, (1, 28, 28), 10, seed=0))
    assert {name for name in names if not name.startswith(("flatten", "dropout"))} <= set(STAGES)
