"""The playground opens and learns without a click; every control goes to each end, and its link is its state."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz import codec
from dlviz.concepts.playground.spec import CIRCLE, DEFAULT, View
from dlviz.rows import rows_text
from dlviz.spec import Mlp, Plane, Points, RunSpec
from dlviz.ui import fields, links
from dlviz.words import playground as words
from tests.lab import component, learnt, link_to, looked, restores, said, shown, state_of, until

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")

DECLARED = {leaf.path[-1]: leaf.field for leaf in codec.leaves(View)} | Plane.model_fields | Mlp.model_fields
TURNED = ("optimizer", "learning_rate", "batch_size", "momentum", "l1", "l2", "dropout", "weight_decay")
TURNED += ("gradient_clip", "schedule", "schedule_epochs", "schedule_factor", "warm_up_epochs", "points", "noise")
TURNED += ("validation_share", "activation", "initializer", "epochs", "seed", "device")
ENDS = {f"playground.{name}": fields.options_of(DECLARED[name]) for name in TURNED}
ENDS = {
    key: ends[:: len(ends) - 1] if ends else codec.limits(DECLARED[key.partition(".")[2]]) for key, ends in ENDS.items()
}
ENDS |= {"playground.batch_norm": (True, False), "playground.hidden.0": (1, 512)}
STAIRS = {"schedule": "cosine"}
NEEDED = {"momentum": {"optimizer": "momentum"}, "schedule_epochs": STAIRS, "schedule_factor": STAIRS}
SHORT = {"epochs": "3"}


def view_of(app: AppTest) -> View:
    """Return the state of the page."""
    return state_of(app, "playground")


def widget(app: AppTest, key: str) -> object:
    """Return the widget of that key."""
    kinds = ("slider", "select_slider", "number_input", "selectbox", "toggle", "segmented_control", "button")
    return next(one for kind in (*kinds, "text_area") for one in app.get(kind) if one.key == key)


# ------------------------------------------------------------------------------------------- opens


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_opens_twice_in_each_language_before_anything_is_computed(open_page: Open, lang: str) -> None:
    for _ in range(2):
        app = open_page("playground", lang=lang)
        assert not app.exception
        assert app.warning.len == 0
        assert app.title[0].value == words.WORDS["title"][lang == "zh"]
        assert {"network", "bench", "curves", "matrix"} <= set(shown(app))
        assert link_to(app) == {}


def test_it_learns_without_a_click(open_lab: Open) -> None:
    app = until(open_lab(slug="playground", **SHORT), learnt)
    header, arrays = component(app, "bench")
    track = header["tracks"][0]
    assert (track["state"], track["moments"][-1][1]) == ("finished", 3)
    last = len(track["moments"]) - 1
    assert arrays[f"0/{last}/train_loss"] < arrays["0/0/train_loss"]
    assert arrays[f"0/{last}/output_map"].shape == (100, 100)
    app = until(app, lambda app: len(component(app, "network")[1]["points"]) > 0)
    picture, points = component(app, "network")
    assert len(points["points"]) == len(points["labels"]) == CIRCLE.data.points
    assert points["splits"].mean() == CIRCLE.data.validation_share
    assert set(points["labels"]) == {0, 1}
    assert picture["network"]["hidden"] == list(CIRCLE.network.hidden)


@pytest.mark.parametrize(
    ("data", "kind", "score"),
    [
        ("arms", "classes", "validation_accuracy"),
        ("hills", "number", "validation_r2"),
        ("points", "two", "validation_accuracy"),
    ],
)
def test_every_kind_of_data_is_learnt_and_judged_as_suits_it(open_lab: Open, data: str, kind: str, score: str) -> None:
    app = until(open_lab(slug="playground", data=data, **SHORT), learnt)
    assert component(app, "bench")[0]["tracks"][0]["state"] == "finished"
    app = until(app, lambda app: len(component(app, "network")[1]["points"]) > 0)
    header, _ = component(app, "network")
    assert (header["kind"], header["numbers"][-1]["name"]) == (kind, score)
    assert header["painting"] == (data == "points")
    assert ("matrix" in shown(app)) == (kind != "number")


# ------------------------------------------------------------------------------------ the controls


@pytest.mark.parametrize("key", ENDS)
def test_every_control_goes_to_each_end_and_its_link_restores_it(open_page: Open, key: str) -> None:
    app, states = open_page("playground", link=NEEDED.get(key.partition(".")[2], {})), set()
    for end in ENDS[key]:
        widget(app, key).set_value(end).run()
        assert not app.exception
        states.add(view_of(app))
        assert widget(app, key).value == end
        assert codec.read(link_to(app), DEFAULT) == (view_of(app), [])
    again = open_page("playground", link=link_to(app))
    assert view_of(again) == view_of(app)
    assert len(states) == len(ENDS[key])


def test_new_points_come_with_the_next_seed_and_the_knobs_in_force(open_page: Open) -> None:
    app = open_page("playground", link={"edits": "40:dropout=0.5", "dropout": "0.1"})
    widget(app, "playground.regenerate").click().run()
    assert view_of(app).run == CIRCLE.model_copy(
        update={"seed": 1, "knobs": CIRCLE.knobs.model_copy(update={"dropout": 0.1})}
    )


def test_a_run_is_kept_beside_the_next_and_dropped(open_page: Open) -> None:
    app = open_page("playground")
    widget(app, "playground.keep").click().run()
    widget(app, "playground.learning_rate").set_value(0.1).run()
    assert [track["current"] for track in component(app, "bench")[0]["tracks"]] == [True, False]
    widget(app, "playground.show.0").click().run()
    assert (view_of(app).run, view_of(app).kept) == (CIRCLE, "learning_rate=0.1")
    widget(app, "playground.drop.0").click().run()
    assert len(component(app, "bench")[0]["tracks"]) == 1


@pytest.mark.parametrize("part", ["tries", "knobs", "more", "points", "network"])
def test_what_a_teacher_hides_is_not_there(open_page: Open, part: str) -> None:
    keys = {"knobs": "optimizer", "more": "l1", "points": "noise", "network": "initializer", "tries": "try"}
    key = f"playground.{keys[part]}"
    kinds = ("slider", "select_slider", "selectbox", "button_group")
    there = lambda app: key in [one.key for kind in kinds for one in app.get(kind)]  # noqa: E731
    assert there(open_page("playground"))
    app = open_page("playground", link={"hide": part})
    assert not app.exception
    assert not there(app)
    assert view_of(app) == View(hide=(part,))


def test_a_change_of_language_keeps_every_value(open_page: Open) -> None:
    app = open_page("playground", link={"l1": "0.01", "hidden": "8,3", "data": "spiral", "inputs": "x1,sin_x2"})
    before, english = view_of(app), said(app)
    for spoken in ("zh", "en", "zh"):
        widget(app, "language").set_value(spoken).run()
        looked(app)
        assert view_of(app) == before
        assert link_to(app) == {**codec.write(before, DEFAULT), "lang": spoken}
    assert said(app) != english


# ----------------------------------------------------------------------------------------- own data


def test_a_pasted_table_becomes_the_points(open_page: Open) -> None:
    app = open_page("playground", link={"inputs": "x1,x2,x1_x2"})
    widget(app, "playground.csv").set_value("a;b;kind\n1;2;cat\n3;4;dog\n5;1;cat\n2;2;dog").run()
    assert "4 points, label: cat, dog" in said(app)
    widget(app, "playground.own.use").click().run()
    data = view_of(app).run.data
    assert isinstance(data, Points)
    assert (data.outputs, data.inputs, len(data.rows)) == (2, ("x1", "x2", "x1_x2"), 20)


def test_a_table_that_does_not_fit_is_refused_by_its_line(open_page: Open) -> None:
    app = open_page("playground")
    widget(app, "playground.csv").set_value("a,b,kind\n1,2,cat\n3,four,dog\n5,1,cat\n2,2,dog").run()
    assert not app.exception
    assert app.warning.len == 1
    assert "3" in app.warning[0].value
    assert view_of(app) == DEFAULT


# ----------------------------------------------------------------------------------------- the link

WHOLE = View(
    run=RunSpec(
        data=Points(rows=rows_text([(1, 2, 0), (-3, 0.5, 2), (2, 2, 1)], "class"), inputs=("x2", "x1_squared")),
        network=Mlp(hidden=(3, 2), activation="relu", activations=("tanh",), batch_norm=True),
        seed=9,
    ).fork(40, {5: 0.25, 2: -1.0}.items(), l2=0.01),
    at=16,
    kept="seed=3|data=spiral~hidden=8,8",
    preset="rate",
    guess=2,
    shown=False,
    discrete=True,
    hide=("data", "tries"),
)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_link_restores_exactly_this_state(open_page: Open, lang: str) -> None:
    restores(open_page, "playground", WHOLE, DEFAULT, lang)


@pytest.mark.parametrize(
    "link",
    [
        {"learning_rate": "fast", "seed": "-1", "no_such_field": "1", "hide": "everything", "hidden": "9x9"},
        {"rows": "\0" * 50, "edits": ";;:=,", "kept": "x" * 13_000, "inputs": "x3"},
        {"at": "nan", "noise": "1e9", "shown": "maybe", "network": "transformer"},
        {"run": "{}", "knobs": "[]", "__class__": "x", "": "y"},
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_link_with_nonsense_opens_with_one_sentence_that_names_it(
    open_page: Open, lang: str, link: dict[str, str]
) -> None:
    app = open_page("playground", lang=lang, link={**link, "l1": "0.5"})
    assert not app.exception
    assert app.warning.len == 1
    _, problems = codec.read({**link, "l1": "0.5"}, DEFAULT)
    assert app.warning[0].value == links.sentence(problems, lang)
    assert view_of(app) == View(run=CIRCLE.fork(0, l1=0.5))


@pytest.mark.parametrize("link", [{"data": "mnist-5k"}, {"network": "cnn"}])
def test_what_the_page_cannot_show_is_refused(open_page: Open, link: dict[str, str]) -> None:
    app = open_page("playground", link=link)
    assert not app.exception
    assert app.warning.len == 1
    assert view_of(app) == DEFAULT
