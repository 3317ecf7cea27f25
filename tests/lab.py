"""The digit lab with networks so small that they have learnt before one has looked twice."""

import sys
import time
from collections.abc import Callable, Mapping
from types import ModuleType

import numpy as np
from streamlit.testing.v1 import AppTest

from dlviz import codec
from dlviz.concepts.cnn.spec import View
from dlviz.recording import unpack
from dlviz.spec import Choice, ConvBlock, ConvNet, Knobs, Mlp, Mnist5k, RunSpec
from dlviz.words import catalogue

DATA = Mnist5k(train_share=0.05, validation_share=0.02, test_share=0.02)
SMALL = RunSpec(data=DATA, network=ConvNet(blocks=(ConvBlock(channels=3),), dense=(8,)), epochs=1)
LINK = {
    "train_share": "0.05",
    "validation_share": "0.02",
    "test_share": "0.02",
    "blocks": "3k3m2",
    "dense": "8",
    "epochs": "1",
}
"""The link to the page with SMALL on its stage."""

READERS = {
    "AUGMENTED": SMALL.model_copy(update={"knobs": Knobs(rotate=10, shift=1)}),
    "DENSE": SMALL.model_copy(update={"network": Mlp(hidden=(8,))}),
}
TEST_DIGITS = 100  # a fiftieth of 5,000
Open = Callable[..., AppTest]
OVER = ("finished", "diverged", "failed", "lost")


def panel(name: str) -> ModuleType:
    """Return a panel's module; the drawing canvas that it holds can be imported within an app only."""
    script = f"import dlviz.concepts.cnn.panels.{name}"
    assert not AppTest.from_string(script, default_timeout=60).run().exception
    return sys.modules[f"dlviz.concepts.cnn.panels.{name}"]


def state_of(app: AppTest, slug: str) -> Choice:
    """Return the state of the page."""
    return app.session_state["links.kept"][slug].state


def view_of(app: AppTest) -> View:
    """Return the state of the digit lab."""
    return state_of(app, "cnn")


def restores(open_page: Callable[..., AppTest], slug: str, whole: Choice, default: Choice, lang: str) -> None:
    """Open the link to a state, and see that the page has it, complains of nothing, and says it again."""
    link = {**codec.write(whole, default), "lang": lang}
    app = open_page(slug, link=link)
    assert state_of(app, slug) == whole
    assert app.warning.len == 0
    looked(looked(app))
    assert state_of(app, slug) == whole
    assert link_to(app) == link


def component(app: AppTest, name: str, place: int = 0) -> tuple[dict, dict[str, np.ndarray]]:
    """Return what one of our components was sent as a packed buffer."""
    found = [one.proto for one in app.get("bidi_component") if one.proto.component_name == f"dlviz.{name}"]
    return unpack(found[place].bytes)


def shown(app: AppTest) -> list[str]:
    """Return the names of our components on the page."""
    return [one.proto.component_name.removeprefix("dlviz.") for one in app.get("bidi_component")]


def looked(app: AppTest) -> AppTest:
    """Return the page after one more look, which went well."""
    app.run()
    assert not app.exception
    return app


def until(app: AppTest, wanted: Callable[[AppTest], bool], seconds: float = 60) -> AppTest:
    """Look at the page until it is as wanted, and return it; fail after so many seconds."""
    end = time.monotonic() + seconds
    while not wanted(looked(app)):
        assert time.monotonic() < end, [caption.value for caption in app.caption]
        time.sleep(0.03)
    return app


def opened(app: AppTest, tab: str, page: str = "cnn") -> AppTest:
    """Return the page with the tab of this name open (meaning, formula, cost, code or sources)."""
    app.session_state[f"{page}.tabs"] = catalogue.text(f"{page}.tab.{tab}", app.session_state["language"])
    return looked(app)


def learnt(app: AppTest) -> bool:
    """Return whether the run on the stage is over."""
    return component(app, "bench")[0]["tracks"][0]["state"] in OVER


def said(app: AppTest) -> str:
    """Return all text on the page, line by line."""
    return "\n".join(one.value for one in [*app.markdown, *app.caption, *app.warning])


def link_to(app: AppTest) -> Mapping[str, str]:
    """Return the parameters in the page's address."""
    return {name: value if isinstance(value, str) else value[-1] for name, value in app.query_params.items()}


def looked_inside(open_lab: Open, section: str, wanted: str, **link: str) -> AppTest:
    """Return the page with this section open, its network learnt, and the component it is about there."""
    app = until(open_lab(section=section, **link), learnt)
    return until(app, lambda app: wanted in shown(app) and not app.session_state["cnn.pending"])
