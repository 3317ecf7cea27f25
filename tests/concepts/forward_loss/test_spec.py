"""The link of the page is its state, and what cannot be in a network is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from dlviz import codec
from dlviz.concepts.forward_loss.spec import (
    DEFAULT,
    USUAL_RUN,
    Judging,
    Subject,
    View,
    changes_text,
    place_of,
    read_changes,
)
from dlviz.concepts.playground.spec import CIRCLE
from dlviz.spec import Mlp, Plane


def test_a_run_of_the_playground_means_the_same_here() -> None:
    assert USUAL_RUN == CIRCLE


@pytest.mark.parametrize(
    ("source", "sizes", "head"),
    [
        ("flower", (4, 3, 3), "softmax"),
        ("digit", (49, 6, 10), "softmax"),
        ("loan", (4, 3, 1), "sigmoid"),
        ("yours", (2, 4, 2, 2), "softmax"),
    ],
)
def test_every_source_has_its_network(source: str, sizes: tuple[int, ...], head: str) -> None:
    subject = Subject(source=source)
    assert (subject.sizes, subject.head) == (sizes, head)


def test_a_run_that_learns_a_number_answers_with_it() -> None:
    run = USUAL_RUN.model_copy(update={"data": Plane(data="hills"), "network": Mlp(hidden=(3,))})
    assert (Subject(source="yours", run=run).head, Subject(source="yours", run=run).sizes) == ("identity", (2, 3, 1))


@given(
    st.dictionaries(
        st.from_regex(r"x[1-9]|w[1-2]\.[1-3]\.[1-3]|b[1-2]\.[1-3]", fullmatch=True),
        st.integers(-9_999_999, 9_999_999).map(lambda whole: whole / 10_000),
        max_size=6,
    )
)
def test_changes_read_back_as_they_were_written(changes: dict[str, float]) -> None:
    assert read_changes(changes_text(changes)) == changes


def test_places_count_from_zero() -> None:
    assert [place_of(name) for name in ("x3", "w1.2.4", "b2.1")] == [(2,), (0, 1, 3), (1, 0)]


@pytest.mark.parametrize("changed", ["x4=1", "w1.3.4=-2.5", "w2.3.3=0", "b2.3=1000", "x1=1,b1.1=-0.5"])
def test_what_the_flower_network_has_can_be_changed(changed: str) -> None:
    assert View(changed=changed).changed == changed


@pytest.mark.parametrize(
    "changed",
    ["x5=1", "x0=1", "w0.1.1=1", "w3.1.1=1", "w1.4.1=1", "w1.1.5=1", "b2.4=1", "x1=1001", "x1", "y1=2", "x1=nan"],
)
def test_what_it_has_not_is_refused_in_the_link_and_the_page_stays(changed: str) -> None:
    with pytest.raises(ValidationError, match="changed"):
        View(changed=changed)
    view, problems = codec.read({"changed": changed, "trained": "0"}, DEFAULT)
    assert view == View(subject=Subject(trained=False))
    assert [problem.name for problem in problems] == ["changed"]


def test_the_whole_state_goes_through_the_link() -> None:
    view = View(
        subject=Subject(source="yours", example=7, run=USUAL_RUN.model_copy(update={"seed": 3}), at=120),
        changed="x2=1.5,w3.2.1=-1",
        walk=17,
        drawn="matrices",
        preset="dead",
        guess=1,
        closer="rare",
        losses=("focal", "hinge"),
        judging=Judging(delta=0.5, smoothing=0.2, gamma=3, fed="scores"),
        logits=(1.0, -2.5, 3.0),
        raised=-110,
        rare=0.03,
        rare_weight=12,
        quiz=9,
        answer=2,
    )
    assert codec.read(codec.write(view, DEFAULT), DEFAULT) == (view, [])
    assert codec.write(DEFAULT, DEFAULT) == {}


@pytest.mark.parametrize(("name", "text"), [("losses", "mse,mse"), ("losses", "mse,nothing"), ("logits", "1,2")])
def test_nonsense_in_a_row_keeps_the_default(name: str, text: str) -> None:
    view, problems = codec.read({name: text}, DEFAULT)
    assert view == DEFAULT
    assert [problem.name for problem in problems] == [name]
