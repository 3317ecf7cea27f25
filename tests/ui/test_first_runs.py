"""What is computed before anybody asks."""

from dlviz.concepts.cnn.spec import ARTICLE, AUGMENTED, DENSE
from dlviz.concepts.linear_regression.spec import CARS, LINE
from dlviz.ui.first_runs import first_runs, specs
from dlviz.ui.live_network import RUN
from dlviz.words.pages import PAGES


def test_the_home_pages_network_comes_first_then_those_that_concepts_name():
    assert first_runs()[0] == RUN
    assert {ARTICLE, AUGMENTED, DENSE} <= set(first_runs())
    assert len(set(first_runs())) == len(first_runs())


def test_pages_take_turns_in_the_order_of_the_menu():
    order = [page.slug for page in PAGES if page.slug in specs()]
    opened = [getattr(specs()[slug], "FIRST", ())[:1] for slug in order]
    expected = [run for one in opened for run in one if run != RUN]
    assert [run for run in first_runs() if run in expected] == list(dict.fromkeys(expected))
    place = first_runs().index
    assert place(LINE) < place(AUGMENTED) < place(CARS)  # what a page opens with comes before any page's second run


def test_every_concept_says_what_its_page_shows_at_first():
    assert {"cnn", "playground", "activations"} <= set(specs())
    assert all(hasattr(spec, "DEFAULT") for spec in specs().values())
