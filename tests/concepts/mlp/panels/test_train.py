"""Every group of controls has fields that its part's runs have; none is offered that the page refuses."""

import pytest

from dlviz import codec
from dlviz.concepts.mlp.panels import train
from dlviz.concepts.mlp.spec import PARTS, RUNS, View
from dlviz.words import catalogue


@pytest.mark.parametrize("part", PARTS)
def test_every_field_has_words(part: str) -> None:
    known = {leaf.path[-1] for leaf in codec.leaves(type(RUNS[part]))}
    fields = {name for names in train.GROUPS[part].values() for name in names}
    assert fields <= known
    assert all(catalogue.known(f"fields.{name}") for name in fields)
    assert all(catalogue.known(f"learning.{title}") for title in train.GROUPS[part])


@pytest.mark.parametrize("part", PARTS)
def test_every_choice_can_be_shown(part: str) -> None:
    for name, values in train.ONLY[part].items():
        for value in values:
            said = codec.write(RUNS[part], View().run) | {name: value}
            view, problems = codec.read(said, View())
            assert problems == []
            assert view.part == part
