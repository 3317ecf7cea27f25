"""What to try: every question is answered by what is computed, as its sentence says."""

import pytest

from dlviz.concepts.forward_loss.panels import tries
from dlviz.concepts.forward_loss.spec import DEFAULT, Preset
from dlviz.words import catalogue
from tests.concepts.forward_loss.panels.test_stage import view_of
from tests.lab import looked, said, until

WORDS = catalogue.words("forward_loss")

pytestmark = pytest.mark.xdist_group("quick engine")
RIGHT = {"untrained": 1, "dead": 0, "punished": 0, "raised": 0, "base_rate": 0}


def test_every_preset_of_the_link_can_be_tried_and_leads_elsewhere() -> None:
    assert {"none", *tries.TRIES} == set(Preset.__args__)
    for name, one in tries.TRIES.items():
        assert one.leads_to(DEFAULT.model_copy(update={"preset": name})) != DEFAULT.model_copy(update={"preset": name})


@pytest.mark.parametrize(("loss", "place"), [(0.1, 0), (2.3, 1), (12, 2)])
def test_the_band_of_a_loss(loss: float, place: int) -> None:
    assert tries.band(loss) == place


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", list(RIGHT))
def test_a_guess_leads_there_and_the_numbers_judge_it(open_lab, name: str, lang: str) -> None:
    app = open_lab(lang, slug="forward_loss", preset=name)
    question = WORDS[f"preset.{name}.question"][lang == "zh"]
    assert question in said(app)
    next(one for one in app.button if one.key == f"forward_loss.guess.{RIGHT[name]}").click()
    looked(app)
    verdict = {"en": "You were right.", "zh": "你猜对了。"}[lang]
    app = until(app, lambda app: verdict in said(app))
    assert view_of(app).guess == RIGHT[name]
