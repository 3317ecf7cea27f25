"""The bar tells how far the run is, and only to somebody who watches."""

import io

from dlviz.command.progress import WIDTH, Progress
from dlviz.spec import Mnist5k, RunSpec
from dlviz.training.run import Run

SPEC = RunSpec(data=Mnist5k(train_share=0.02), device="cpu", epochs=2)


class Screen(io.StringIO):
    """A stream that somebody watches."""

    def isatty(self) -> bool:
        """Return that somebody does."""
        return True


def follow(stream: io.StringIO, quiet: bool = False) -> str:
    """Return what was told of a whole run."""
    run, progress = Run(SPEC), Progress(stream, quiet)
    for moment in run.work():
        progress.next_look = 0.0
        progress.show(run, moment)
    progress.end()
    return stream.getvalue()


def test_a_watched_bar_moves_from_empty_to_full_and_is_cleared() -> None:
    looks = follow(Screen()).split("\r")
    assert looks[1].startswith("epoch 1/2  " + "░" * WIDTH + "    0%")
    assert "epoch 2/2  " + "█" * WIDTH + "  100%" in looks[-2]
    assert looks[-1] == "\033[K"


def test_unwatched_there_is_a_line_an_epoch() -> None:
    lines = follow(io.StringIO()).splitlines()
    losses = [moment["epoch_loss"].item() for moment in Run(SPEC).work() if moment and "epoch_loss" in moment]
    assert lines == [f"epoch {n} of 2, training loss {loss:.4f}" for n, loss in enumerate(losses, 1)]


def test_quiet_means_nothing() -> None:
    assert follow(io.StringIO(), quiet=True) == ""
