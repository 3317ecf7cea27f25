"""A link restores its page exactly; nonsense in it costs only the fields it stands in, and one sentence names them."""

import random
import typing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from dlviz import codec
from dlviz.codec import Problem
from dlviz.spec import ConvBlock, RunSpec
from dlviz.ui import addresses, links

NAMES = codec.names(RunSpec)
KNOB_RANGES = {
    "learning_rate": (1e-6, 10.0),
    "dropout": (0.0, 0.9),
    "momentum": (0.0, 0.999),
    "weight_decay": (0.0, 1.0),
}


def page() -> None:
    """A page with a few widgets, as short as a page can be."""
    import streamlit as st

    from dlviz.spec import RunSpec
    from dlviz.ui import links, widgets

    links.enter(st.session_state.get("slug", "here"))
    spec, problems = links.read(RunSpec())
    links.show(problems)
    st.button("preset", key="preset", on_click=links.put, args=(RunSpec(seed=77),))
    if not st.session_state.get("elsewhere"):
        spec = widgets.edit(spec, ["seed", "optimizer", "learning_rate", "epochs"], "x")
    if st.session_state.get("cut short"):
        st.stop()
    links.write(spec, RunSpec())
    st.session_state["now"] = spec


def opened(**texts: str | list[str]) -> AppTest:
    """Return the page as it opens with these texts in its link."""
    app = AppTest.from_function(page, default_timeout=20)
    for name, text in texts.items():
        app.query_params[name] = text
    app.run()
    assert not app.exception
    return app


# -------------------------------------------------------------------------------------- codec


@some.composite
def specs(draw: some.DrawFn) -> RunSpec:
    """Return any spec of a run that changes some fields of all kinds."""
    knobs = {name: draw(some.floats(*limits)) for name, limits in KNOB_RANGES.items() if draw(some.booleans())}
    blocks = draw(
        some.lists(
            some.builds(ConvBlock, channels=some.integers(1, 128), batch_norm=some.booleans()), min_size=1, max_size=2
        )
    )
    spec = RunSpec.model_validate(
        {
            "data": draw(
                some.sampled_from([{"data": "mnist-5k"}, {"data": "spiral", "noise": 0.25}, {"data": "mnist-full"}])
            ),
            "network": draw(
                some.sampled_from(
                    [{"network": "mlp", "hidden": (3, 5)}, {"network": "cnn", "blocks": blocks, "dense": ()}]
                )
            ),
            "seed": draw(some.integers(0, 2**31 - 1)),
            "knobs": knobs,
        }
    )
    return spec.fork(draw(some.integers(1, 9_999)), batch_size=draw(some.integers(1, 1024)))


@given(specs())
def test_every_spec_reads_back_from_its_own_text(spec: RunSpec) -> None:
    assert codec.read(codec.write(spec, RunSpec()), RunSpec()) == (spec, [])


@given(
    some.dictionaries(some.one_of(some.sampled_from(NAMES), some.text(max_size=12)), some.text(max_size=60), max_size=8)
)
def test_any_text_gives_a_spec_and_a_sentence_that_names_what_is_wrong(texts: dict[str, str]) -> None:
    spec, problems = codec.read(texts, RunSpec())
    assert RunSpec.model_validate(spec.model_dump()) == spec
    for spoken in ("en", "zh"):
        said = links.sentence(problems, spoken) if problems else ""
        assert all(plain_name(problem) in said for problem in problems[: links.NAMED])


def plain_name(problem: Problem) -> str:
    """Return how a sentence writes the problem's name."""
    return f"`{problem.name}`" if problem.name in NAMES else links.plain(problem.name)


@given(specs(), some.sampled_from(NAMES), some.text(alphabet="☃#\0'\"<>&%", min_size=1, max_size=20))
def test_nonsense_in_one_field_spares_the_others(spec: RunSpec, name: str, nonsense: str) -> None:
    texts = codec.write(spec, RunSpec())
    _, problems = codec.read({**texts, name: nonsense}, RunSpec())
    kept, _ = codec.read({key: text for key, text in texts.items() if key != name}, RunSpec())
    if name in ("data", "network", "knobs", "edits"):  # others are read within them
        return
    read, _ = codec.read({**texts, name: nonsense}, RunSpec())
    assert read == kept
    assert {problem.name for problem in problems} <= {name, "edits"}


# --------------------------------------------------------------------------------------- pages


def test_a_link_opens_its_state() -> None:
    app = opened(seed="5", learning_rate="0.02", optimizer="sgd")
    assert app.session_state["now"] == RunSpec(seed=5, knobs={"learning_rate": 0.02, "optimizer": "sgd"})
    assert app.number_input(key="x.seed").value == 5
    assert app.selectbox(key="x.optimizer").value == "sgd"
    assert app.warning.len == 0


def test_a_widget_turned_is_in_the_link_and_a_usual_value_is_not() -> None:
    app = opened(seed="5")
    app.number_input(key="x.seed").set_value(0)
    app.select_slider(key="x.learning_rate").set_value(0.5).run()
    assert app.query_params == {"learning_rate": "0.5"}
    app.select_slider(key="x.learning_rate").set_value(0.001).run()
    assert app.query_params == {}


def test_a_new_link_is_followed_by_the_widgets() -> None:
    app = opened(seed="5")
    app.query_params["seed"] = "6"
    app.run()
    assert app.number_input(key="x.seed").value == 6
    assert app.session_state["now"].seed == 6


def test_an_era_begins_with_every_state_that_comes_from_an_address() -> None:
    app = opened(seed="5")
    assert app.session_state["links.era"] == 1
    app.number_input(key="x.seed").set_value(8).run()
    assert app.session_state["links.era"] == 1
    app.query_params["seed"] = "9"
    app.run()
    assert app.session_state["links.era"] == 2


def test_an_address_from_before_our_last_writes_is_no_news() -> None:
    app = opened(seed="5")
    app.number_input(key="x.seed").set_value(8).run()
    app.query_params["seed"] = "5"  # a busy browser sends what it showed before
    app.number_input(key="x.seed").set_value(9).run()
    assert app.session_state["now"].seed == 9
    assert app.query_params == {"seed": "9"}


def test_an_address_on_its_way_to_the_browser_is_not_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(seed="5")
    app.number_input(key="x.seed").set_value(8).run()
    for on_its_way, seed in ((60.0, "5"), (0.0, "8")):
        monkeypatch.setattr(links, "ON_ITS_WAY", on_its_way)
        app.query_params["seed"] = "5"  # a busy browser has not heard of it yet
        app.run()
        assert app.session_state["now"].seed == 8
        assert app.query_params == {"seed": seed}


def test_back_is_followed_although_we_wrote_that_address(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(seed="5")
    app.number_input(key="x.seed").set_value(8).run()
    app.query_params["seed"] = "5"
    monkeypatch.setattr(addresses, "by_history", lambda: True)
    app.run()
    assert app.session_state["now"].seed == 5
    assert app.number_input(key="x.seed").value == 5


def test_a_run_cut_short_loses_no_turn_of_a_widget() -> None:
    app = opened()
    app.session_state["cut short"] = True
    app.number_input(key="x.seed").set_value(3).run()
    app.session_state["cut short"] = False
    app.select_slider(key="x.learning_rate").set_value(0.5).run()
    assert app.query_params == {"learning_rate": "0.5", "seed": "3"}


def test_a_fragment_that_writes_and_cuts_the_page_short_takes_no_turn_back() -> None:
    def with_a_fragment() -> None:
        import streamlit as st

        from dlviz.spec import RunSpec
        from dlviz.ui import links, widgets

        def look() -> None:
            if st.session_state.pop("comes to rest", False):
                links.write(links.current(RunSpec()).model_copy(update={"epochs": 7}), RunSpec())
                st.rerun()

        links.enter("here")
        spec, _ = links.read(RunSpec())
        spec = widgets.edit(spec, ["seed"], "x")
        st.fragment(look)()
        links.write(spec, RunSpec())

    app = AppTest.from_function(with_a_fragment, default_timeout=20).run()
    app.session_state["comes to rest"] = True
    app.number_input(key="x.seed").set_value(3).run()
    assert app.query_params == {"seed": "3", "epochs": "7"}
    assert app.number_input(key="x.seed").value == 3


def test_a_preset_sets_widgets_and_link_again_and_again() -> None:
    app = opened()
    for _ in range(2):
        app.button(key="preset").click().run()
        assert app.number_input(key="x.seed").value == 77
        assert app.query_params == {"seed": "77"}
        app.number_input(key="x.seed").set_value(1).run()
        assert app.query_params == {"seed": "1"}


def test_a_page_keeps_its_state_while_another_is_visited() -> None:
    app = opened(seed="5")
    app.session_state["slug"], app.session_state["elsewhere"] = "there", True
    app.query_params.clear()
    app.run()
    assert app.query_params == {}
    app.session_state["slug"], app.session_state["elsewhere"] = "here", False
    app.run()
    assert app.query_params == {"seed": "5"}
    assert app.number_input(key="x.seed").value == 5


def test_the_sentence_goes_after_something_is_turned() -> None:
    app = opened(seed="nonsense", learning_rate="0.02")
    assert "seed" in app.warning[0].value
    assert app.query_params == {"learning_rate": "0.02"}
    app.run()
    assert app.warning.len == 1
    app.number_input(key="x.seed").set_value(1).run()
    app.run()
    assert app.warning.len == 0


@pytest.mark.parametrize(
    ("texts", "named"),
    [
        ({"seed": "9" * 100_000}, "seed"),
        ({f"field{i}": "1" for i in range(999)}, "field0"),
        ({"seed": ["1", "x"]}, "seed"),
        ({"seed": "\0"}, "seed"),
        ({"seed": ""}, "seed"),
        ({"seed": "nan"}, "seed"),
        ({"learning_rate": "inf"}, "learning_rate"),
        ({"学习率": "0.1"}, "学习率"),
        ({"blocks": "32k9,32k9,32k9,32k9"}, "blocks"),
        ({"edits": "x"}, "edits"),
        ({"lang": "fr"}, "lang"),
        ({"dropped": "seed,1"}, "seed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_nonsense_opens_the_page_with_the_usual_values(texts: dict[str, str | list[str]], named: str) -> None:
    app = opened(**texts)
    assert app.session_state["now"] == RunSpec()
    assert app.query_params == {}
    assert [named in warning.value for warning in app.warning] == [True]


def test_an_address_that_streamlit_drops_unread_opens_the_page() -> None:
    app = opened(seed="9" * 1_000_000)  # the server shortens it before: see tests/ui/test_addresses.py
    assert app.session_state["now"] == RunSpec()


def test_of_a_repeated_name_the_last_value_counts() -> None:
    assert opened(seed=["1", "2"]).session_state["now"].seed == 2


@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(some.randoms(use_true_random=False))
def test_any_garbage_opens_the_page(chance: random.Random) -> None:
    letters = "0123456789.-eknmps,;:=☃数\0\n`[]()<>!"
    texts = {name: "".join(chance.choices(letters, k=chance.randrange(30))) for name in chance.sample(NAMES, 5)}
    app = opened(**texts, extra="1")
    assert app.warning.len == 1
    read, problems = codec.read(typing.cast(dict, {**texts, "extra": "1"}), RunSpec())
    assert app.session_state["now"] == read
    assert len(problems) >= 1


# ------------------------------------------------------------------------------------ sentences


def test_the_sentence_tells_of_three_names_a_dozen_and_counts_the_rest() -> None:
    many = [Problem(f"x{i}", "1", "unknown") for i in range(15)]
    assert links.sentence(many[:5], "en").startswith("5 settings in this link")
    assert links.sentence(many[:5], "en").endswith("x2 (no such setting); also x3, x4.")
    assert links.sentence(many[:5], "zh").endswith("x2（没有这个设置）；还有 x3、x4。")
    assert links.sentence(many, "en").endswith("also x3, x4, x5, x6, x7, x8, x9, x10, x11; and 3 more.")
    assert links.sentence(many, "zh").endswith("x11；以及另外 3 个。")
    assert links.sentence(many[:1], "en").startswith("One setting")


@pytest.mark.parametrize("reason", typing.get_args(codec.Reason))
def test_every_reason_has_its_words(reason: codec.Reason) -> None:
    for spoken in ("en", "zh"):
        said = links.sentence([Problem("seed", "abc", reason, "0 … 9")], spoken)
        assert "seed" in said
        assert reason == "impossible" or said != links.sentence([Problem("seed", "abc", "impossible")], spoken)


def test_what_was_given_cannot_act_as_markdown() -> None:
    assert links.plain("![a](http://b.c)") == r"\!\[a\]\(http\:\/\/b\.c\)"
    assert links.plain("a\n\n# b\0") == r"a \# b"


def test_a_run_that_was_left_on_another_page_goes_along() -> None:
    def script() -> None:
        import streamlit as st

        from dlviz.concepts.forward_loss.spec import Subject
        from dlviz.concepts.playground.spec import DEFAULT
        from dlviz.spec import Digits, Mlp
        from dlviz.ui import language, links

        language.settle()
        links.enter("playground")
        subject = Subject(source="yours")
        before = links.with_run_of("playground", subject)
        found = []
        for news in ({"seed": 7}, {"data": Digits(), "network": Mlp()}):
            run = DEFAULT.run.model_copy(update=news)
            links.write(DEFAULT.model_copy(update={"run": run, "at": 250}), DEFAULT)
            found.append(links.with_run_of("playground", subject))
        st.session_state["found"] = before == subject, found[0], found[1] == subject

    app = AppTest.from_function(script)
    app.run()
    untouched, subject, refused = app.session_state["found"]
    assert untouched
    assert (subject.source, subject.run.seed, subject.at) == ("yours", 7, 250)
    assert refused


def test_a_link_to_a_page_carries_its_state_and_a_chosen_language() -> None:
    def script() -> None:
        import streamlit as st

        from dlviz.spec import RunSpec
        from dlviz.ui import language, links

        language.settle()
        links.enter("here")
        links.write(RunSpec(seed=4), RunSpec())
        st.session_state["link"] = links.of_page("here"), links.of_page("there")

    app = AppTest.from_function(script)
    app.query_params["lang"] = "zh"
    app.run()
    assert app.session_state["link"] == ({"seed": "4", "lang": "zh"}, {"lang": "zh"})
    assert app.query_params == {"seed": "4", "lang": "zh"}
