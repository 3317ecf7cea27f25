"""The pages' scripts from the shell: of a page as it opens, and as a link to it shows it; a wrong link is named."""

import ast
import json
import re
from urllib.parse import urlencode

import pytest

from dlviz import codec
from dlviz.command.line import main
from dlviz.command.scripts import MAKERS, PARTS, page_script, read_link
from dlviz.concepts.activations.spec import DEFAULT
from dlviz.concepts.backprop.spec import DEFAULT as BACKPROP
from dlviz.concepts.backprop.spec import MICROGRAD
from dlviz.words.pages import existing
from tests.export.test_depth_text import NUMBER, printed
from tests.training.test_deep import lesson

MORE = {
    "activations": ({"functions": "elu,own", "elu_alpha": "2.5", "formula": "x^3"}, "nn.ELU(alpha=2.5)"),
    "forward_loss": ({"source": "loan", "changed": "x2=0.125"}, "0.125"),
    "backprop": ({"program": MICROGRAD, "learning_rate": "0.001"}, "torch.relu(b + a)"),
    "vanishing": ({"deep_bend": "relu", "deep_clip": "0.5"}, "clip_grad_norm_(network.parameters(), 0.5)"),
    "gradient_descent": ({"racers": "adam(lr=0.0625)"}, "lr=0.0625"),
}


@pytest.mark.parametrize("page", MAKERS)
def test_every_such_page_is_written_as_it_opens_and_as_its_link_shows_it(
    page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    slug = PARTS.get(page, page)
    assert slug in {one.slug for one in existing()}
    assert main(["script", page]) == 0
    plain = capsys.readouterr().out
    link, line = MORE[page]
    assert (
        main(["script", page, "--link", f"http://here:8501/{slug}?{urlencode({**link, 'lang': 'zh'})}", "--json"]) == 0
    )
    other = json.loads(capsys.readouterr().out)["script"]
    ast.parse(plain)
    ast.parse(other)
    assert line in other
    assert line not in plain


def test_a_run_of_the_playground_is_taken_apart_as_it_is_after_the_step_in_the_link() -> None:
    early, late = (page_script("forward_loss", f"source=yours&epochs=4&at={step}") for step in (0, 50))
    assert early != late


def test_the_script_of_a_part_of_a_page_is_that_of_its_link_and_runs() -> None:
    """How gradients vanish is shown on the page about backpropagation: one link, two scripts."""
    link = "/backprop?deep_layers=3&deep_steps=50&deep_bend=tanh&walk=3"
    said = printed(page_script("vanishing", link))
    rows = re.findall(rf"update (\d+): loss {NUMBER}, right {NUMBER}, gradient by layer (.+)", said)
    found = lesson(deep_layers=3, deep_steps=50, deep_bend="tanh")
    assert [float(row[1]) for row in rows] == pytest.approx(found.losses, rel=1e-6, abs=1e-6)
    lengths = [[float(one) for one in row[3].split()] for row in rows]
    assert lengths == [pytest.approx(row, rel=1e-5, abs=1e-6) for row in found.norms]
    assert page_script("backprop", link) != page_script("vanishing", link)


@pytest.mark.parametrize("link", ["walk=3&node=2", "?walk=3&node=2", "/backprop?walk=3&node=2&lang=en"])
def test_a_link_is_read_as_an_address_and_as_what_stands_in_it(link: str) -> None:
    assert read_link("backprop", link, BACKPROP) == codec.read({"walk": "3", "node": "2"}, BACKPROP)[0]
    assert read_link("backprop", "", BACKPROP) == read_link("backprop", "http://x/backprop", BACKPROP) == BACKPROP


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("activations", "--link", "/backprop?walk=3"), "--link is of the page backprop, not of activations"),
        (("activations", "--link", "probe=far&colour=red"), "probe must be a number (-20.0 … 20.0), got 'far'"),
        (("activations", "--link", "probe=far&colour=red"), "colour is no field here"),
        (("backprop", "--link", "program=a+%2B"), "program"),
        (("backprop", "--link", "chaos"), "--link must be an address of backprop"),
        (("vanishing", "--link", "/cnn?seed=3"), "--link is of the page cnn, not of backprop"),
        (("backprop", "--epochs", "3"), "--epochs has no meaning with backprop, which takes a --link"),
        (("cnn", "--link", "seed=3"), "--link is for activations, forward_loss, backprop, vanishing, gradient_descent"),
    ],
)
def test_what_is_wrong_is_named_in_one_sentence(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["script", *words]) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert said in printed.err


def test_a_formula_that_cannot_be_read_is_left_out() -> None:
    assert "nn.Identity()" in page_script("activations", urlencode({"functions": "own", "formula": "x +"}))
    assert DEFAULT.functions == ("relu", "gelu", "tanh")
