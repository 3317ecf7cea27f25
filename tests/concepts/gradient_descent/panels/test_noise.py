"""A few people at a time: the pictures have what torch computed, and every control goes to each end."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.gradient_descent import compute
from dlviz.concepts.gradient_descent.spec import Sampling
from dlviz.ui.stacks import readable
from tests.lab import component, said, shown, until

Open = Callable[..., AppTest]
LINK = {"slug": "gradient_descent", "section": "noise"}


def sampling_of(app: AppTest) -> Sampling:
    """Return the question in the page's state."""
    return app.session_state["links.kept"]["gradient_descent"].state.sampling


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_pictures_have_the_numbers_of_the_regression(open_lab: Open, lang: str) -> None:
    app = open_lab(**LINK, lang=lang, batch="32", batch_rate="0.2", batch_momentum="0.5", batch_seed="3")
    app = until(app, lambda app: "cloud" in shown(app))
    header, arrays = component(app, "cloud")
    found = compute.sampling(Sampling(batch=32, batch_rate=0.2, batch_momentum=0.5, batch_seed=3))
    assert np.array_equal(arrays["path"], found.path.astype(np.float32))
    assert np.array_equal(arrays["measured"], found.measured)
    assert header["batch"] == 32
    assert readable(found.floors[1]) in said(app)


@pytest.mark.parametrize(
    ("name", "ends"), [("batch", (1, 442)), ("batch_rate", (0.01, 2.0)), ("batch_momentum", (0.0, 0.95))]
)
def test_every_control_goes_to_each_end(open_page: Open, name: str, ends: tuple[float, float]) -> None:
    app = open_page("gradient_descent", link={"section": "noise"})
    for end in ends:
        next(one for one in app.select_slider if one.key == f"gradient_descent.{name}").set_value(end).run()
        assert not app.exception
        assert getattr(sampling_of(app), name) == end


def test_other_people_are_drawn(open_page: Open) -> None:
    app = open_page("gradient_descent", link={"section": "noise"})
    app.button(key="gradient_descent.batch_seed").click().run()
    assert sampling_of(app) == Sampling(batch_seed=1)
