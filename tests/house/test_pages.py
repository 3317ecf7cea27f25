"""Every page file is a page of the table, which gives it its place in the menu and its name in the world."""

from dlviz.words.pages import PAGES, SECTIONS
from tests.house.source import ROOT

# Links in the world depend on these.
SLUGS = (
    "home",
    *("playground", "activations", "forward_loss", "backprop", "gradient_descent"),
    *("model_zoo", "linear_regression", "logistic_regression", "mlp", "cnn", "rnn"),
    *("vision", "language", "speech", "recommender", "credit_risk"),
    *("deep_vs_classical", "how_much_data", "scarce_data", "overfitting", "bias", "compute"),
    *("lessons", "worksheet", "class_board"),
)


def test_every_page_file_is_in_the_table() -> None:
    assert {path.stem for path in ROOT.glob("pages/*.py")} <= {page.slug for page in PAGES}


def test_slugs_are_fixed() -> None:
    assert tuple(page.slug for page in PAGES) == SLUGS


def test_every_page_has_its_section() -> None:
    assert {page.section for page in PAGES} <= set(SECTIONS)


def test_nothing_but_pages_lies_beside_them() -> None:
    others = [path.name for path in (ROOT / "pages").iterdir() if path.suffix != ".py" and path.name != "__pycache__"]
    assert others == []
