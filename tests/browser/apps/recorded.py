"""A small network in plain numpy that learns real digits, for tests of what draws runs.

It records the same arrays as a real run, in milliseconds and without torch: what the components
show in their tests was measured, too.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from dlviz.recording import Moment

TABLE = Path(__file__).parents[3] / "dlviz" / "data" / "tables" / "mnist_5k.npz"
TRAIN, VALIDATION, BATCH, EPOCHS, UNITS = 1600, 500, 32, 5, 24
STEPS_PER_EPOCH = TRAIN // BATCH
TOTAL = STEPS_PER_EPOCH * EPOCHS
CADENCE = 6  # updates between two moments


class Digits:
    """A network of one hidden layer; `moments` grows with `go_to`."""

    def __init__(self, learning_rate: float = 0.2, seed: int = 0):
        stored = np.load(TABLE)
        order = np.random.default_rng(0).permutation(len(stored["labels"]))
        self.numbers = order[TRAIN : TRAIN + VALIDATION]
        self.x = stored["pictures"][order[: TRAIN + VALIDATION]].reshape(-1, 784).astype(np.float32) / 255
        self.y = stored["labels"][order[: TRAIN + VALIDATION]]
        draw = np.random.default_rng(seed)
        self.first = draw.normal(0, 0.05, (784, UNITS)).astype(np.float32)
        self.second = draw.normal(0, 0.2, (UNITS, 10)).astype(np.float32)
        self.rate, self.step, self.diverged_at, self.losses = learning_rate, 0, None, []
        self.moments: list[Moment] = [self._moment()]

    def go_to(self, step: int) -> None:
        """Learn until `step`, recording moments on the way and at the end."""
        while self.step < min(step, TOTAL) and self.diverged_at is None:
            self._update()
            if self.step % CADENCE == 0 or self.step in (step, TOTAL) or self.diverged_at:
                self.moments.append(self._moment())

    def _forward(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        hidden = np.maximum(0, x @ self.first)
        scores = hidden @ self.second
        scores = np.exp(scores - scores.max(1, keepdims=True))
        return hidden, scores / scores.sum(1, keepdims=True)

    def _update(self) -> None:
        rows = np.arange(self.step * BATCH, (self.step + 1) * BATCH) % TRAIN
        x, y = self.x[rows], self.y[rows]
        hidden, share = self._forward(x)
        with np.errstate(all="ignore"):
            self.losses.append(float(-np.log(np.maximum(share[np.arange(BATCH), y], 1e-30)).mean()))
            share[np.arange(BATCH), y] -= 1
            back = (share @ self.second.T) * (hidden > 0)
            self.second -= self.rate * hidden.T @ share / BATCH
            self.first -= self.rate * x.T @ back / BATCH
        self.step += 1
        if self.losses[-1] > 30:
            self.diverged_at = self.step

    def _moment(self) -> Moment:
        x, y = self.x[TRAIN:], self.y[TRAIN:]
        _, share = self._forward(x)
        answer = share.argmax(1)
        confusion = np.zeros((10, 10), np.int32)
        np.add.at(confusion, (y, answer), 1)
        wrong = np.flatnonzero(answer != y)
        worst = wrong[np.argsort(-share[wrong, answer[wrong]])][:12]
        fill = 12 - len(worst)
        arrays = {
            "validation_loss": -np.log(np.maximum(share[np.arange(len(y)), y], 1e-30)).mean(),
            "validation_accuracy": (answer == y).mean(),
            "confusion": confusion,
            "mistakes": np.pad(self.numbers[worst], (0, fill), constant_values=-1).astype(np.int32),
            "mistake_pictures": np.pad(
                (x[worst] * 255).astype(np.uint8).reshape(-1, 28, 28), ((0, fill), (0, 0), (0, 0))
            ),
            "mistake_truth": np.pad(y[worst], (0, fill)).astype(np.int32),
            "mistake_answer": np.pad(answer[worst], (0, fill)).astype(np.int32),
            "mistake_certainty": np.pad(share[worst, answer[worst]], (0, fill)).astype(np.float32),
            "filters": self.first.T.reshape(UNITS, 28, 28).astype(np.float16),
            "seconds": self.step * 0.01,
        }
        if self.losses:
            arrays["train_loss"] = np.float32(np.mean(self.losses))
            self.losses = []
        return Moment(self.step, self.step / STEPS_PER_EPOCH, {name: np.asarray(one) for name, one in arrays.items()})
