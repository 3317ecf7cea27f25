"""How far a run is, told to somebody who waits in a shell."""

from __future__ import annotations

import time
from typing import TextIO

from dlviz.recording import Moment
from dlviz.training.run import Run

WIDTH = 24  # characters of the bar
LOOKS_A_SECOND = 10


class Progress:
    """A bar that is redrawn in place where somebody watches, one line an epoch where nobody does."""

    def __init__(self, stream: TextIO, quiet: bool = False):
        self.stream, self.watched, self.quiet = stream, stream.isatty(), quiet
        self.started, self.next_look, self.loss = None, 0.0, ""

    def show(self, run: Run, moment: Moment | None) -> None:
        """Tell how far the run is; cheap enough to be called after every piece of work."""
        self.started = time.monotonic() if self.started is None else self.started
        if moment is not None and "train_loss" in moment:
            self.loss = f"training loss {moment['train_loss'].item():.4f}"
        if self.watched and time.monotonic() >= self.next_look:
            self.next_look = time.monotonic() + 1 / LOOKS_A_SECOND
            self.stream.write(f"\r{self._bar(run)}\033[K")
            self.stream.flush()
        elif not (self.watched or self.quiet) and moment is not None and "epoch_loss" in moment:
            loss = f"training loss {moment['epoch_loss'].item():.4f}"
            print(f"epoch {moment.epoch:.0f} of {run.spec.epochs}, {loss}", file=self.stream, flush=True)

    def end(self) -> None:
        """Leave the line empty for what follows."""
        if self.watched:
            self.stream.write("\r\033[K")
            self.stream.flush()

    def _bar(self, run: Run) -> str:
        share = run.step / max(run.total_steps, 1)
        passed = time.monotonic() - self.started
        left = f"{passed / share - passed:.0f} s left" if share > 0.01 else ""
        epoch = min(int(run.epoch) + 1, run.spec.epochs)
        bar = ("█" * round(share * WIDTH)).ljust(WIDTH, "░")
        return f"epoch {epoch}/{run.spec.epochs}  {bar}  {share:4.0%}  {self.loss}  {left}"
