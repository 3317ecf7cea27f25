"""What is computed before anybody asks."""

from dlviz.concepts.cnn.spec import ARTICLE, AUGMENTED, DENSE
from dlviz.ui.first_runs import first_runs, specs
from dlviz.ui.live_network import RUN


def test_the_home_pages_network_comes_first_then_those_that_concepts_name():
    assert first_runs()[0] == RUN
    assert {ARTICLE, AUGMENTED, DENSE} <= set(first_runs())
    assert len(set(first_runs())) == len(first_runs())


def test_every_concept_says_what_its_page_shows_at_first():
    assert {"cnn", "playground", "activations"} <= set(specs())
    assert all(hasattr(spec, "DEFAULT") for spec in specs().values())
