"""The digit lab opens, learns, reads and is opened up; its link is its state, in both languages."""

import ast
import base64
import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from dlviz import codec
from dlviz.concepts.cnn.panels import tries
from dlviz.concepts.cnn.panels.tries import Try
from dlviz.concepts.cnn.spec import DEFAULT, View
from dlviz.export.script import pytorch_script
from dlviz.spec import ConvBlock, ConvNet, Knobs, Mlp, Mnist5k, RunSpec
from dlviz.ui import fields, links, strokes
from dlviz.words import catalogue
from tests.lab import SMALL, component, learnt, link_to, looked, opened, restores, said, shown, until, view_of

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")

SEVEN = [[(70, 60), (210, 60), (120, 230)]]
FIELDS = {leaf.path[-1]: leaf.field for leaf in codec.leaves(View)} | ConvBlock.model_fields | Mnist5k.model_fields
FIELDS["activation"] = ConvNet.model_fields["activation"]  # a dense network may have one more
TURNED = {"cnn": ("optimizer", "learning_rate", "batch_size", "dropout", "weight_decay", "momentum", "rotate", "shift")}
TURNED["cnn"] += ("scale", "shear", "thickness", "activation", "train_share", "validation_share", "test_share", "seed")
TURNED["cnn"] += ("epochs", "device", "section")
TURNED["cnn.blocks.0"] = ("channels", "kernel", "stride", "padding", "pooling", "pool_size", "batch_norm")
ENDS = {f"{prefix}.{name}": fields.options_of(FIELDS[name]) for prefix, names in TURNED.items() for name in names}
ENDS = {
    key: ends[:: len(ends) - 1] if ends else codec.limits(FIELDS[key.rpartition(".")[2]]) for key, ends in ENDS.items()
}
ENDS |= {"cnn.network": ("mlp", "cnn"), "cnn.data": ("mnist-full", "mnist-5k"), "cnn.dense.0": (1, 512)}
ENDS |= {"cnn.blocks.0.batch_norm": (True, False), "cnn.pen": (6, 36)}


def answer(app: AppTest) -> str:
    """Return what stands in the container with the key `answer`."""
    return app.get_by_key("answer").markdown[0].value


# ------------------------------------------------------------------------------------------- opens


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_opens_twice_in_each_language_before_anything_is_computed(open_page: Open, lang: str) -> None:
    for _ in range(2):
        app = open_page("cnn", lang=lang)
        assert not app.exception
        assert app.warning.len == 0
        assert app.title[0].value == catalogue.words("cnn")["title"][lang == "zh"]
        assert [header.value for header in app.header] == [
            catalogue.words("cnn")[name][lang == "zh"] for name in ("draw", "train", "inside")
        ]
        assert answer(app) == "–"
        assert {"curves", "bench", "answer"} <= set(shown(app))
        assert link_to(app) == {}


def test_it_learns_and_reads_a_digit_without_a_click(open_lab: Open) -> None:
    app = until(open_lab(), lambda app: learnt(app) and answer(app) != "–")
    header, arrays = component(app, "bench")
    track = header["tracks"][0]
    assert track["state"] == "finished"
    assert arrays[f"0/{len(track['moments']) - 1}/train_loss"] > 0
    readers, probabilities = component(app, "answer")
    assert len(readers["readers"]) == 3
    assert probabilities["probabilities"].sum(axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    # the digit shown large is what the network trained on changed digits reads, which stands first
    assert answer(app) == str(probabilities["probabilities"][0].argmax())


# ------------------------------------------------------------------------------------ the controls


def widget(app: AppTest, key: str) -> object:
    """Return the widget of that key."""
    kinds = ("slider", "select_slider", "number_input", "selectbox", "toggle", "segmented_control", "button")
    return next(one for kind in kinds for one in app.get(kind) if one.key == key)


@pytest.mark.parametrize("key", ENDS)
def test_every_control_goes_to_each_end_and_its_link_restores_it(open_page: Open, key: str) -> None:
    app, states = open_page("cnn", link={"optimizer": "momentum"} if key == "cnn.momentum" else {}), set()
    for end in ENDS[key]:
        widget(app, key).set_value(end).run()
        assert not app.exception
        states.add(view_of(app))
        assert widget(app, key).value == end
        assert codec.read(link_to(app), DEFAULT) == (view_of(app), [])
    again = open_page("cnn", link=link_to(app))
    assert not again.exception
    assert view_of(again) == view_of(app)
    assert len(states) == len(ENDS[key]) or key == "cnn.pen"  # the pen is no part of what was found out


@pytest.mark.parametrize("key", ["cnn.seed", "cnn.optimizer", "cnn.network", "cnn.section"])
def test_a_change_of_language_keeps_every_value(open_page: Open, key: str) -> None:
    app = open_page("cnn", link={"rotate": "12.5", "dense": "8,16", "stage": "dense1", "crop": "0"})
    widget(app, key).set_value(ENDS[key][0]).run()
    before, english = view_of(app), said(app)
    for spoken in ("zh", "en", "zh"):
        widget(app, "language").set_value(spoken).run()
        looked(app)
        assert view_of(app) == before
        assert link_to(app) == {**codec.write(before, DEFAULT), "lang": spoken}
        assert widget(app, key).value == ENDS[key][0]
    assert said(app) != english


def test_blocks_and_layers_are_added_and_taken_away(open_page: Open) -> None:
    app = open_page("cnn")
    widget(app, "cnn.blocks.add").click().run()
    widget(app, "cnn.dense.add").click().run()
    network = view_of(app).run.network
    assert (len(network.blocks), network.dense) == (2, (64, 64))
    widget(app, "cnn.dense.remove").click().run()
    widget(app, "cnn.blocks.1.remove").click().run()
    assert view_of(app) == DEFAULT
    assert link_to(app) == {}


# ----------------------------------------------------------------------------------------- the link

WHOLE = View(
    run=RunSpec(network=SMALL.network, seed=9, knobs=Knobs(optimizer="sgd", rotate=3)).fork(40, dropout=0.25),
    at=16,
    kept="seed=3|dropout=0.5~network=mlp",
    preset="batch",
    guess=2,
    number=17,
    drawing=strokes.to_text(SEVEN, 20),
    centre=False,
    section="why",
    stage="dense1",
    channel=5,
    row=0,
    column=3,
    operations="conv1.2;conv1.1=0 1 0 1 -4 1 0 1 0",
    target=3,
    right=2,
    down=-1,
    method="tsne",
    teach_steps=35,
    lessons="4:eNo;5:eNo",
)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_link_restores_exactly_this_state(open_page: Open, lang: str) -> None:
    restores(open_page, "cnn", WHOLE, DEFAULT, lang)


@pytest.mark.parametrize(
    "link",
    [
        {"learning_rate": "fast", "seed": "-1", "no_such_field": "1", "section": "basement", "blocks": "9x9"},
        {"seed": "5" * 400_000},
        {"seed": "1" * 5000, "edits": ";;:=,", "kept": "x" * 5000, "drawing": "\0" * 5000},
        {"at": "nan", "row": "1e9", "crop": "maybe", "data": "circle", "network": "transformer"},
        {"run": "{}", "knobs": "[]", "__class__": "x", "": "y"},
        {"drawing": "☃", "lessons": "4:<b>", "target": "ten", "right": "11", "method": "map", "teach_steps": "21"},
        {"drawing": "20:1,2,3"},
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_link_with_nonsense_opens_with_one_sentence_that_names_it(
    open_page: Open, lang: str, link: dict[str, str]
) -> None:
    app = open_page("cnn", lang=lang, link={**link, "number": "7"})
    assert not app.exception
    assert app.warning.len == 1
    _, problems = codec.read(link, DEFAULT)
    assert {problem.name for problem in problems} == set(link)
    assert app.warning[0].value == links.sentence(problems, lang)
    assert view_of(app) == View(number=7)
    assert link_to(app) == {"number": "7"}


@pytest.mark.parametrize(
    "text", ["lessons=4:AAAA;9:_-", "kept=~~|=|~seed=x", "operations=conv9.1;;x=;conv1.0=1 2", "stage=norm4"]
)
def test_a_link_that_reads_well_but_says_nothing_does_no_harm(open_lab: Open, text: str) -> None:
    name, _, value = text.partition("=")
    app = until(open_lab(**{name: value}), learnt)
    until(app, lambda app: answer(app).isdecimal())
    assert getattr(view_of(app), name) == value


# ----------------------------------------------------------------------------------------- drawing


def canvas(rows: list[strokes.Stroke], pen: int = 20) -> dict[str, object]:
    """Return what the browser sends when strokes were drawn on the canvas."""
    file = io.BytesIO()
    Image.fromarray(strokes.picture(rows, pen)).save(file, "PNG")
    picture = "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
    return {"drawing": {"raw": strokes.to_canvas(rows, pen, "#FFFFFF"), "data": picture}}


def final(arrays: dict[str, np.ndarray]) -> np.ndarray:
    """Return the last of the pictures, which the networks get."""
    return arrays[list(arrays)[-1]]


def test_a_drawn_digit_is_read_step_by_step_and_kept_in_the_link(open_lab: Open) -> None:
    app = until(open_lab(), learnt)
    app.session_state["drawing"] = canvas(SEVEN)
    until(app, lambda app: "stages" in shown(app))
    header, arrays = component(app, "stages")
    stages = {stage["name"]: stage["on"] for stage in header["stages"]}
    assert next(iter(stages)) == "ink"
    assert {name for name, on in stages.items() if on is not None} == {"crop", "scale", "centre", "smooth"}
    assert list(arrays) == list(stages)
    assert arrays["ink"].shape == (280, 280)
    assert final(arrays).shape == (28, 28)
    assert answer(app).isdecimal()
    assert strokes.from_text(view_of(app).drawing) == (SEVEN, 20)
    assert strokes.from_text(link_to(app)["drawing"]) == (SEVEN, 20)


def test_each_step_is_a_switch(open_lab: Open) -> None:
    app = until(open_lab(), learnt)
    app.session_state["drawing"] = canvas(SEVEN)
    until(app, lambda app: "stages" in shown(app))
    before = final(component(app, "stages")[1])
    app.session_state["cnn.stages"] = {"steps": {"on": {"crop": False, "scale": True, "centre": True}, "seq": 1}}
    looked(app)
    assert (view_of(app).crop, view_of(app).scaled) in ((False, True), (True, True))
    again = until(open_lab(drawing=view_of(app).drawing, crop="0"), lambda app: "stages" in shown(app) and learnt(app))
    assert not np.array_equal(final(component(again, "stages")[1]), before)


def test_a_cleared_canvas_shows_a_real_digit_again(open_lab: Open) -> None:
    app = until(open_lab(), learnt)
    app.session_state["drawing"] = canvas(SEVEN)
    until(app, lambda app: "stages" in shown(app))
    widget(app, "cnn.clear").click().run()
    until(app, lambda app: "heat" in shown(app) and answer(app).isdecimal())
    assert view_of(app).drawing == ""
    widget(app, "cnn.another").click().run()
    assert view_of(app).number == 1
    assert link_to(app)["number"] == "1"


# ----------------------------------------------------------------------------------- things to try


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_preset_asks_first_and_says_after_its_run_who_was_right(
    open_lab: Open, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    run = SMALL.model_copy(update={"network": Mlp(hidden=(4,)), "knobs": Knobs(learning_rate=0.05)})
    monkeypatch.setitem(tries.TRIES, "rate", Try(run, "band", tries.band))
    app = until(open_lab(lang, **({"preset": "rate"} if lang == "zh" else {})), learnt)
    spoken = {name: catalogue.text(f"tries.{name}", lang) for name in ("running", "right")}
    spoken["rate.question"] = catalogue.words("cnn")["preset.rate.question"][lang == "zh"]
    if lang == "en":  # the test's own thread speaks English, so it can press an English pill only
        app.pills(key="cnn.try").set_value("rate").run()
    assert spoken["rate.question"] in said(app)
    assert view_of(app).run != run  # nothing runs before the answer
    widget(app, "cnn.guess.2").click().run()
    view = view_of(app)
    assert (view.run, view.guess, view.preset) == (run, 2, "rate")
    assert len(component(app, "bench")[0]["tracks"]) == 2  # the run there was stays beside it
    until(app, lambda app: learnt(app) and spoken["running"] not in said(app))
    header, arrays = component(app, "bench")
    last = len(header["tracks"][0]["moments"]) - 1
    accuracy = float(arrays[f"0/{last}/validation_accuracy"])
    right = 0 if accuracy > 0.9 else 1 if accuracy >= 0.5 else 2
    assert f"{100 * accuracy:.1f}" in said(app)
    assert (spoken["right"] in said(app)) == (right == 2)
    answer = catalogue.words("cnn")[f"preset.band.{right}"][lang == "zh"]
    assert (f"**{answer}**。" if lang == "zh" else f"**{answer}.**") in said(app)


def test_a_preset_can_be_left_again(open_page: Open) -> None:
    app = open_page("cnn", link={"preset": "few"})
    assert widget(app, "cnn.guess.0").label == catalogue.words("cnn")["preset.band.0"][0]
    app.pills(key="cnn.try").set_value(None).run()
    assert view_of(app) == DEFAULT


# --------------------------------------------------------------------------------- compare, and code


def test_a_run_is_kept_and_dropped(open_page: Open) -> None:
    app = open_page("cnn", link={"seed": "4"})
    widget(app, "cnn.keep").click().run()
    widget(app, "cnn.seed").set_value(5).run()
    assert [track["current"] for track in component(app, "bench")[0]["tracks"]] == [True, False]
    assert view_of(app).kept == "seed=4"
    widget(app, "cnn.drop.0").click().run()
    assert view_of(app) == View(run=RunSpec(seed=5))


def test_a_knob_turned_after_the_end_begins_again_and_keeps_what_there_was(open_lab: Open) -> None:
    app = until(open_lab(), learnt)
    widget(app, "cnn.optimizer").set_value("sgd").run()
    view = view_of(app)
    assert (view.run.knobs.optimizer, view.run.edits) == ("sgd", ())
    assert "optimizer" not in view.kept and "blocks=3k3m2" in view.kept
    until(app, learnt)
    assert len(component(app, "bench")[0]["tracks"]) == 2


@pytest.mark.parametrize("link", [{}, {"network": "mlp", "optimizer": "sgd", "rotate": "5"}, {"data": "mnist-full"}])
def test_the_code_shown_is_the_script_of_this_very_run(open_page: Open, link: dict[str, str]) -> None:
    app = opened(open_page("cnn", link=link), "code")
    shown_code = app.code[0].value
    assert shown_code == pytorch_script(view_of(app).run).strip()
    ast.parse(shown_code)
    widget(app, "cnn.seed").set_value(3).run()
    assert app.code[0].value == pytorch_script(view_of(app).run).strip() != shown_code
    tables = [one.key for one in app.get("download_button")]
    assert ("cnn.table" in tables) == (link.get("data") != "mnist-full")
