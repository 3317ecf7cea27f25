"""What to try in the digit lab, and which answer a run proves right."""

from __future__ import annotations

from dlviz.concepts.cnn.panels import runs
from dlviz.concepts.cnn.spec import ARTICLE, AUGMENTED, DEFAULT, View
from dlviz.recording import Moment
from dlviz.spec import ConvBlock, ConvNet, Mnist5k, RunSpec
from dlviz.ui import tries
from dlviz.ui.tries import Page, Try


def band(moment: Moment) -> int:
    """Return 0, 1 or 2 for a validation accuracy over 90 %, from 50 %, or under."""
    accuracy = float(moment["validation_accuracy"])
    return 0 if accuracy > 0.9 else 1 if accuracy >= 0.5 else 2


def gap(moment: Moment) -> int:
    """Return 0, 1 or 2 where training accuracy is above, near or below validation accuracy (one point)."""
    apart = float(moment["train_accuracy"]) - float(moment["validation_accuracy"])
    return 0 if apart > 0.01 else 1 if apart >= -0.01 else 2


def _with(**knobs: object) -> RunSpec:
    return ARTICLE.fork(0, **knobs)


TRIES = {
    "augment": Try(ARTICLE.model_copy(update={"knobs": AUGMENTED.knobs, "epochs": 10}), "augment", gap),
    "rate": Try(_with(learning_rate=0.05), "band", band),
    "filters": Try(ARTICLE.model_copy(update={"network": ConvNet(blocks=(ConvBlock(channels=1),))}), "band", band),
    "few": Try(ARTICLE.model_copy(update={"data": Mnist5k(train_share=0.01)}), "band", band),
    "batch": Try(_with(batch_size=1024), "band", band),
}
PAGE = Page("cnn", DEFAULT, TRIES, runs.BENCH, runs.keep)


def panel(view: View) -> None:
    """Show the row of things to try and, for the chosen one, its question and what came of it."""
    tries.panel(PAGE, view)
