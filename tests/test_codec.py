"""A spec and its plain words say the same; whatever else is in a link is named, and spares the rest."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from dlviz import codec
from dlviz.codec import Problem
from dlviz.concepts.cnn.spec import STAGES, View
from dlviz.concepts.playground.spec import View as Playground
from dlviz.rows import rows_text
from dlviz.spec import Choice, ConvBlock, ConvNet, Edit, Knobs, Mlp, MnistFull, Plane, Points, RunSpec
from tests.specs import choices, run_specs

FEW = settings(max_examples=40)  # a spec has some fifty fields to draw
DEFAULTS = (RunSpec(), View(), View(run=RunSpec(network=Mlp(), knobs=Knobs(dropout=0.5)), at=3, number=7))
FRAME = ("data", "network", "hidden", "label", "rows", "inputs")  # what others can be read depends on these
NONSENSE = ["nan", "-inf", "1e999", "١٢", "²", "5k5k5", "32k3,", "{}", "[1,2]", "None", "\0", "", " ", "0x10", "1_0"]
NONSENSE += ["5:learning_rate=nan", "5:5:5", ";;;", "7:learning_rate=0.1;3:dropout=0.1", "x:dropout=0.1", ":=,=;:"]


@some.composite
def views(draw: some.DrawFn) -> View:
    """Return any state of the digit lab."""
    text = some.text(max_size=40)
    return draw(
        choices(
            View,
            run=some.just(draw(run_specs(digits=True))),
            at=some.none() | some.integers(0, 10_000_000),
            guess=some.none() | some.integers(0, 2),
            kept=text,
            drawing=some.from_regex(r"(20:-?[0-9]{1,3},[0-9]{1,3}(;[0-9]{1,3},[0-9]{1,3}){0,3})?", fullmatch=True),
            operations=text,
            target=some.none() | some.integers(0, 9),
            teach_steps=some.integers(1, 12).map(lambda fives: 5 * fives),
            lessons=some.from_regex(r"([0-9]:[A-Za-z0-9_-]{1,20}(;[0-9]:[A-Za-z0-9_-]{1,20}){0,2})?", fullmatch=True),
        )
    )


def anything(kind: type[Choice]) -> some.SearchStrategy[dict[str, str]]:
    """Return any link: names that `kind` knows and others, values that may be numbers, shorthand or noise."""
    names = some.sampled_from(codec.names(kind)) | some.text(max_size=12)
    numbers = some.integers().map(str) | some.floats().map(str)
    return some.dictionaries(names, some.one_of(some.sampled_from(NONSENSE), numbers, some.text(max_size=30)))


# ------------------------------------------------------------------------------------ there and back


@FEW
@given(run_specs(), some.sampled_from([RunSpec(), RunSpec(network=Mlp(hidden=()), data=Plane(), seed=3)]))
def test_any_run_reads_back_from_its_words(spec: RunSpec, default: RunSpec) -> None:
    texts = codec.write(spec, default)
    assert all(isinstance(text, str) for text in texts.values())
    assert codec.read(texts, default) == (spec, [])


@FEW
@given(views(), some.sampled_from(DEFAULTS[1:]))
def test_any_state_of_the_page_reads_back_from_its_words(view: View, default: View) -> None:
    assert codec.read(codec.write(view, default), default) == (view, [])


@pytest.mark.parametrize("default", DEFAULTS, ids=range(len(DEFAULTS)))
def test_a_link_to_what_is_usual_says_nothing(default: Choice) -> None:
    assert codec.write(default, default) == {}
    assert codec.read({}, default) == (default, [])


def test_words_are_short_and_readable() -> None:
    spec = RunSpec(
        data=MnistFull(),
        network=ConvNet(blocks=(ConvBlock(), ConvBlock(channels=64, kernel=5, padding=2, batch_norm=True)), dense=()),
        knobs=Knobs(learning_rate=3e-4),
    ).fork(100, dropout=0.5)
    assert codec.write(spec, RunSpec()) == {
        "data": "mnist-full",
        "blocks": "32k3m2,64k5p2m2b",
        "dense": "",
        "learning_rate": "0.0003",
        "edits": "100:dropout=0.5",
    }


def test_edits_name_only_what_each_turned() -> None:
    spec = RunSpec().fork(5, dropout=0.5, rotate=10).fork(9, dropout=0.0)
    text = codec.edits_text(spec.edits, spec.knobs)
    assert text == "5:dropout=0.5,rotate=10.0;9:dropout=0.0"
    assert codec.read_edits(text, spec.knobs) == spec.edits


def test_weights_set_by_hand_stand_beside_the_knobs() -> None:
    spec = RunSpec(data=Plane(), network=Mlp(hidden=(2,))).fork(5, weights={3: 0.5, 0: -1}.items(), l2=0.1)
    text = codec.edits_text(spec.edits, spec.knobs)
    assert text == "5:l2=0.1,w0=-1.0,w3=0.5"
    assert codec.read_edits(text, spec.knobs) == spec.edits


def test_two_thousand_points_fit_in_a_link() -> None:
    data = Points(rows=rows_text([(i % 13 - 6, i % 11 - 5, 0.1) for i in range(2000)], "number"), label="number")
    texts = codec.write(RunSpec(data=data), RunSpec())
    assert codec.read(texts, RunSpec()) == (RunSpec(data=data), [])
    longer = codec.read({**texts, "rows": texts["rows"] + "A"}, RunSpec())[1]
    assert longer == [Problem("rows", texts["rows"][:40], "too long", "12000")]


@given(choices(ConvBlock))
def test_a_block_reads_back_from_its_shorthand(block: ConvBlock) -> None:
    assert codec.read_block(codec.block_text(block)) == block


# ------------------------------------------------------------------------------------------ nonsense


@given(some.data(), some.sampled_from(DEFAULTS))
def test_any_link_opens_and_every_bad_field_is_named(data: some.DataObject, default: Choice) -> None:
    texts = data.draw(anything(type(default)))
    spec, problems = codec.read(texts, default)
    assert type(default).model_validate(spec.model_dump()) == spec
    named = {problem.name for problem in problems}
    assert named <= {name[:40] for name in texts}
    assert set(texts) - {name for name in texts if name[:40] in named} <= {
        path[-1] for _, path, _ in codec.values(spec)
    }
    used = {name: text for name, text in texts.items() if name[:40] not in named}
    assert codec.read(used, default)[0] == spec


@FEW
@given(run_specs(), some.sampled_from(codec.names(RunSpec)), some.sampled_from([*NONSENSE, "☃", "9" * 5000]))
def test_nonsense_in_one_field_spares_the_others(spec: RunSpec, name: str, nonsense: str) -> None:
    texts = codec.write(spec, RunSpec())
    rest = {key: text for key, text in texts.items() if key != name}
    read, problems = codec.read({**rest, name: nonsense}, RunSpec())
    if problems and name not in FRAME:
        assert read == codec.read(rest, RunSpec())[0]
        assert {problem.name for problem in problems} == {name}


@pytest.mark.parametrize(
    ("name", "text", "reason", "allowed"),
    [
        ("no_such_field", "1", "unknown", ""),
        ("run", "{}", "unknown", ""),
        ("", "1", "unknown", ""),
        ("seed", "5" * 1_000_000, "too long", "4000"),
        ("learning_rate", "nan", "out of range", "1e-06 … 10"),
        ("learning_rate", "inf", "out of range", "1e-06 … 10"),
        ("learning_rate", "fast", "not a number", "1e-06 … 10"),
        ("learning_rate", "11", "out of range", "1e-06 … 10"),
        ("seed", "1.5", "not a number", "0 … 2147483647"),
        ("seed", "-1", "out of range", "0 … 2147483647"),
        ("batch_size", "{'a': [1]}", "not a number", "1 … 1024"),
        ("at", "soon", "not a number", "0 … 10000000"),
        ("crop", "perhaps", "not a number", ""),
        ("optimizer", "lion", "not a choice", "sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw"),
        ("section", "basement", "not a choice", "maps, why, mistakes, shift, atlas, teach"),
        ("blocks", "32x3", "unreadable", "'32x3' is no block; write for example 32k3m2 or 64k3s1p1m2b"),
        ("edits", "x:dropout=0.1", "unreadable", None),
        ("edits", "5:no_such_knob=1", "out of range", ""),
        ("edits", "5:dropout=nan", "not a number", ""),
        ("edits", "9:dropout=0.1;5:dropout=0.2", "impossible", "steps must rise, got [9, 5]"),
        ("dense", "64,,0", "out of range", "1 … 512"),
        ("data", "imagenet", "not a choice", "mnist-5k, mnist-full"),  # the points of a plane are no digits
        ("network", "transformer", "not a choice", "cnn, mlp"),
        ("data", "spiral", "impossible", "this page reads digits; choose mnist-5k or mnist-full"),
    ],
)
def test_what_is_wrong_is_said_with_what_is_allowed(name: str, text: str, reason: str, allowed: str | None) -> None:
    view, problems = codec.read({name: text, "number": "7"}, View())
    assert view == View(number=7)
    assert [(problem.name, problem.reason) for problem in problems] == [(name[:40], reason)]
    assert len(problems[0].given) <= 40
    assert allowed is None or problems[0].allowed == allowed


@example("٣")
@example("３")
@example("3")
@given(some.text(alphabet="0123456789٠١٢٣٤٥٦٧٨٩０１２３４５６７８９", min_size=1, max_size=6))
def test_digits_of_any_script_are_the_number_they_say_or_are_named(text: str) -> None:
    spec, problems = codec.read({"seed": text}, RunSpec())
    assert (spec.seed, problems) == (int(text), []) or problems == [
        Problem("seed", text, "not a number", "0 … 2147483647")
    ]


@pytest.mark.parametrize(
    ("texts", "name", "reason", "allowed"),
    [
        ({"activations": "relu,lion"}, "activations", "not a choice", "relu, leaky_relu"),
        ({"hidden": "4", "activations": "relu,tanh"}, "activations", "impossible", "2 of them for 1 hidden layers"),
        ({"inputs": "x1,x3"}, "inputs", "not a choice", "x1, x2, x1_squared"),
        ({"inputs": "x2,x1"}, "inputs", "impossible", "name each once and in this order"),
        ({"inputs": ""}, "inputs", "out of range", ""),
        ({"data": "points", "rows": "AAAA7"}, "rows", "impossible", "is not written as rows with a class are"),
        ({"data": "points", "rows": "gAgA1"}, "rows", "impossible", "at least 2 points are needed"),
        ({"edits": "5:w100000=1"}, "edits", "impossible", "weight 100000 was set; the network has 0 to 28"),
        ({"activation": "own", "own": "x^^2"}, "own", "not a formula", "3"),
        ({"activation": "own", "own": "2"}, "own", "not a formula", "1"),
        ({"activations": "own", "own": "x" * 81}, "own", "too long", "80"),
        ({"edits": "5:w1=1e9"}, "edits", "out of range", ""),
    ],
)
def test_what_is_wrong_about_points_is_said(texts: dict[str, str], name: str, reason: str, allowed: str) -> None:
    default = RunSpec(data=Plane(), network=Mlp(hidden=(3, 3)))
    spec, problems = codec.read(texts, default)
    assert [(problem.name, problem.reason) for problem in problems] == [(name, reason)]
    assert problems[0].allowed.startswith(allowed) or allowed in problems[0].allowed
    assert spec == codec.read({key: text for key, text in texts.items() if key != name}, default)[0]


@pytest.mark.parametrize(
    ("texts", "named"),
    [
        ({"blocks": "32k3m2"}, {"blocks": "network=mlp"}),
        ({"rows": "AAAA7", "dense": "64"}, {"rows": "data=circle", "dense": "network=mlp"}),
        ({"data": "points", "noise": "0.2"}, {"noise": "data=points"}),
        ({"network": "cnn", "blocks": "32k3m2"}, {"blocks": "network=mlp"}),  # this page takes no such network
        ({"network": "cnn", "blocks": "nonsense"}, {}),  # and this cannot be read anyway
    ],
)
def test_what_belongs_to_other_data_or_another_network_is_named(texts: dict[str, str], named: dict[str, str]) -> None:
    view, problems = codec.read(texts, Playground())
    assert view.run.network == Playground().run.network
    assert {problem.name: problem.allowed for problem in problems if problem.reason == "no meaning"} == named
    assert {problem.name for problem in problems} >= set(texts) - {"data"}
    assert codec.read({"network": "mlp", "hidden": "5"}, RunSpec())[1] == []


def test_a_thousand_unknown_fields_are_all_named() -> None:
    texts = {f"nonsense{i}": "1" for i in range(1000)}
    view, problems = codec.read({**texts, "seed": "4"}, View())
    assert view == View(run=RunSpec(seed=4))
    assert [problem.name for problem in problems] == list(texts)


def test_blocks_that_leave_nothing_of_the_picture_are_named() -> None:
    spec, problems = codec.read({"blocks": "4k9m4,4k9m4,4k9m4", "dense": "5"}, RunSpec())
    assert spec == RunSpec(network=ConvNet(dense=(5,)))
    assert [(problem.name, problem.reason) for problem in problems] == [("blocks", "impossible")]
    assert "block 2" in problems[0].allowed


# --------------------------------------------------------------------------------- shape of a spec


def test_every_field_has_one_name_and_its_place() -> None:
    names = codec.names(View)
    assert len(names) == len(set(names))
    assert {"seed", "learning_rate", "blocks", "hidden", "points", "drawing", "stage"} <= set(names)
    assert not {"run", "knobs"} & set(names)
    assert ("run", "knobs", "dropout") in {leaf.path for leaf in codec.leaves(View)}


def test_limits_are_those_of_the_declaration() -> None:
    assert codec.limits(Knobs.model_fields["learning_rate"]) == (1e-6, 10)
    assert codec.limits(ConvNet.model_fields["dense"]) == (1, 512)
    assert codec.limits(Knobs.model_fields["optimizer"]) == (None, None)
    assert codec.limits_text(Edit.model_fields["step"]) == "0 … 10000000"


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_can_be_linked_to(stage: str) -> None:
    assert codec.read({"stage": stage}, View()) == (View(stage=stage), [])


@given(spec=run_specs())
@settings(max_examples=20)
def test_a_spec_is_one_line_too(spec: RunSpec) -> None:
    if codec.read(codec.write(spec, RunSpec()), RunSpec())[1]:
        return  # what no link can say is no line either
    assert codec.read_line(codec.line(spec, RunSpec()), RunSpec()) == spec


@pytest.mark.parametrize("text", ["seed", "seed=x", "seed=1|nonsense=2", "hidden=0"])
def test_a_line_that_cannot_be_read_is_refused_whole(text: str) -> None:
    with pytest.raises(ValueError, match="is "):
        codec.read_line(text, RunSpec(data=Plane(), network=Mlp()))
