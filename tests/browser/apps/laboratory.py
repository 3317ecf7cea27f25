"""A small convolutional network in plain NumPy, for tests of the views that look inside one.

Its convolutions keep the kernels they were given, and its last layer is fitted to real digits, so
every map, answer and mistake on the page was computed from real pictures, without torch.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from dlviz.recording import Moment

TABLE = Path(__file__).parents[3] / "dlviz" / "data" / "tables" / "mnist_5k.npz"
TRAIN, TEST = 500, 400
EDGES = [
    [[1, 1, 1], [0, 0, 0], [-1, -1, -1]],
    [[1, 0, -1], [1, 0, -1], [1, 0, -1]],
    [[0, 1, 1], [-1, 0, 1], [-1, -1, 0]],
    [[1, 1, 0], [1, 0, -1], [0, -1, -1]],
]
SIGNED_CHANNEL = 6  # of the first convolution: it says no louder than it says yes
EXTENT = 6.0
EPOCHS = 30


def convolve(maps: np.ndarray, kernels: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Return (N, C, H-2, W-2) from maps (N, B, H, W) and kernels (C, B, 3, 3)."""
    windows = sliding_window_view(maps, (3, 3), axis=(2, 3))  # (N, B, H-2, W-2, 3, 3)
    return np.einsum("nbhwij,cbij->nchw", windows, kernels, optimize=True) + bias[:, None, None]


def pool(maps: np.ndarray) -> np.ndarray:
    """Return the largest of every 2 × 2 cells."""
    n, c, h, w = maps.shape
    return maps[:, :, : h // 2 * 2, : w // 2 * 2].reshape(n, c, h // 2, 2, w // 2, 2).max((3, 5))


class Laboratory:
    """The network, the digits, and what is computed from both."""

    def __init__(self):
        stored = np.load(TABLE)
        rows = np.random.default_rng(5).permutation(len(stored["labels"]))
        self.pictures, self.labels = stored["pictures"][rows], stored["labels"][rows]
        draw = np.random.default_rng(1)
        noise = draw.normal(0, 0.35, (4, 3, 3))
        self.first = (np.concatenate([np.array(EDGES) / 3, noise])[:, None]).astype(np.float32)  # (8, 1, 3, 3)
        self.first_bias = draw.normal(0, 0.05, 8).astype(np.float32)
        self.second = draw.normal(0, 0.2, (6, 8, 3, 3)).astype(np.float32)
        self.second_bias = draw.normal(0, 0.05, 6).astype(np.float32)
        self.dense = draw.normal(0, 0.06, (6 * 121, 48)).astype(np.float32)
        self._fit()

    @threadpool_limits.wrap(limits=1)  # several threads wait for each other where others work too
    def _fit(self) -> None:
        hidden = self.stages(self.pictures[: TRAIN + TEST])["activation3"]
        fitted = LogisticRegression(C=0.3, max_iter=400).fit(hidden[:TRAIN], self.labels[:TRAIN])
        self.last, self.last_bias = fitted.coef_.T.astype(np.float32), fitted.intercept_.astype(np.float32)
        flat = self.pictures.reshape(len(self.labels), -1) / 255
        self.plain = LogisticRegression(C=0.02, max_iter=100).fit(flat[:TRAIN], self.labels[:TRAIN])
        centred = hidden[TRAIN:] - hidden[TRAIN:].mean(0)
        _, _, axes = np.linalg.svd(centred, full_matrices=False)
        self.points = (centred @ axes[:2].T).astype(np.float32)
        self.answers = fitted.predict(hidden[TRAIN:])

    def stages(self, pictures: np.ndarray, muted: list = (), edited: list = ()) -> dict[str, np.ndarray]:
        """Return the output of every stage for pictures (N, 28, 28) uint8, with filters muted or given new kernels."""
        first = self.kernel("conv1", edited)
        silent = [channel for stage, channel in muted if stage == "conv1"]
        out = {"picture": pictures[:, None].astype(np.float32) / 255}
        out["conv1"] = convolve(out["picture"], first, self.first_bias)
        out["conv1"][:, silent] = 0
        out["activation1"] = np.maximum(0, out["conv1"])
        out["pool1"] = pool(out["activation1"])
        out["conv2"] = convolve(out["pool1"], self.kernel("conv2", edited), self.second_bias)
        out["activation2"] = np.maximum(0, out["conv2"])
        out["dense1"] = out["activation2"].reshape(len(pictures), -1) @ self.dense
        out["activation3"] = np.maximum(0, out["dense1"])
        if hasattr(self, "last"):
            out["scores"] = out["activation3"] @ self.last + self.last_bias
        return {name: values.astype(np.float32) for name, values in out.items()}

    def kernel(self, stage: str, edited: list = ()) -> np.ndarray:
        """Return the kernels of a stage, with the edited ones in their places."""
        kernels = (self.first if stage == "conv1" else self.second).copy()
        for name, channel, values in edited:
            if name == stage:
                kernels[channel] = np.reshape(values, kernels.shape[1:])
        return kernels

    def probabilities(self, picture: np.ndarray, muted: list = (), edited: list = ()) -> np.ndarray:
        """Return (3, 10): this network, a plain logistic regression, and that one on the digit moved aside."""
        scores = self.stages(picture[None], muted, edited)["scores"][0]
        flat, moved = picture.reshape(1, -1) / 255, np.roll(picture, 4, axis=1).reshape(1, -1) / 255
        own = np.exp(scores - scores.max())
        return np.stack([own / own.sum(), *self.plain.predict_proba(np.concatenate([flat, moved]))])


def cell_of(lab: Laboratory, maps: dict[str, np.ndarray], at: dict, edited: list) -> tuple[dict, dict[str, np.ndarray]]:
    """Return the header and the arrays of one cell's arithmetic (the fields of CellArithmetic)."""
    names = list(maps)
    stage, channel, row, column = at["stage"], at["channel"], at["row"], at["column"]
    source = names[names.index(stage) - 1]
    before, after = maps[source][0], maps[stage][0]
    value = float(after[(channel, row, column)[: after.ndim]])
    common = {
        **at,
        "source": source,
        "bias": 0.0,
        "rest": 0.0,
        "value": value,
        "total": value,
        "winner": None,
        "after": [],
    }
    common |= {"top": row, "left": column}
    if stage.startswith("conv"):
        window, kernel = before[:, row : row + 3, column : column + 3], lab.kernel(stage, edited)[channel]
        bias = float((lab.first_bias if stage == "conv1" else lab.second_bias)[channel])
        return _written(
            {**common, "kind": "convolution", "bias": bias, "after": [["activation1", max(0.0, value)]]}, window, kernel
        )
    if stage == "pool1":
        window = before[channel : channel + 1, 2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
        winner = [int(i) for i in np.unravel_index(window.argmax(), (2, 2))]
        picks = (np.arange(4).reshape(1, 2, 2) == window.argmax()).astype(np.float32)
        return _written(
            {**common, "kind": "max_pooling", "top": 2 * row, "left": 2 * column, "winner": winner}, window, picks
        )
    if stage in ("dense1", "scores"):
        return _dense(lab, before, {**common, "kind": "dense"}, stage, channel)
    window = before[(channel, row, column)[: before.ndim]].reshape(1, 1, 1)
    return _written({**common, "kind": "activation", "total": float(window[0, 0, 0])}, window, np.ones_like(window))


def _dense(lab: Laboratory, before: np.ndarray, header: dict, stage: str, channel: int) -> tuple[dict, dict]:
    weights = (lab.dense if stage == "dense1" else lab.last)[:, channel]
    bias = 0.0 if stage == "dense1" else float(lab.last_bias[channel])
    products = before.ravel() * weights
    top = np.argsort(-abs(products))[:12]
    shape = before.shape + (1,) * (3 - before.ndim)
    places = np.stack(np.unravel_index(top, shape), axis=1)
    header |= {"bias": bias, "rest": float(products.sum() - products[top].sum())}
    return _written(header, before.ravel()[top].reshape(-1, 1, 1), weights[top].reshape(-1, 1, 1), places)


def _written(
    header: dict, window: np.ndarray, kernel: np.ndarray, places: np.ndarray | None = None
) -> tuple[dict, dict]:
    arrays = {"cell/window": window, "cell/kernel": kernel, "cell/products": window * kernel}
    arrays["cell/inside"] = np.ones(window.shape[1:], np.uint8)
    if places is not None:
        arrays["cell/places"] = places.astype(np.int32)
    return header, {
        name: values if values.dtype.kind in "iu" else values.astype(np.float32) for name, values in arrays.items()
    }


# --------------------------------------------------------------------------------- the small network


def plane_points(count: int = 250) -> tuple[np.ndarray, np.ndarray]:
    """Return points (N, 2) and labels (N,): inside a disc, and on a ring around it."""
    draw = np.random.default_rng(2)
    labels = np.arange(count) % 2
    radius = np.where(labels == 1, draw.uniform(0, 2.4, count), draw.uniform(3.3, 5, count))
    angle = draw.uniform(0, 2 * np.pi, count)
    points = np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1) + draw.normal(0, 0.2, (count, 2))
    return points.astype(np.float32), labels.astype(np.int32)


@threadpool_limits.wrap(limits=1)
def plane_moments(epochs: int = EPOCHS) -> list[Moment]:
    """Return the moments of a 2-4-4-2 network that learns the points, with the arrays a real run records."""
    points, labels = plane_points()
    model = MLPClassifier((4, 4), activation="tanh", learning_rate_init=0.03, batch_size=10, random_state=3)
    moments = []
    for epoch in range(epochs):
        model.partial_fit(points / 3, labels, classes=[0, 1])
        moments.append(_plane_moment(model, points, labels, epoch + 1))
    return moments


def _plane_moment(model: MLPClassifier, points: np.ndarray, labels: np.ndarray, epoch: int) -> Moment:
    (w1, w2, w3), (b1, b2, b3) = model.coefs_, model.intercepts_
    first = np.tanh(_grid(10) / 3 @ w1 + b1)
    units = np.concatenate([first, np.tanh(first @ w2 + b2)], 1).T.reshape(-1, 10, 10)
    weights = [w1.T / 3, b1, w2.T, b2, np.stack([0 * w3[:, 0], w3[:, 0]]), np.array([0, b3[0]])]
    return Moment(
        epoch * 25,
        float(epoch),
        {
            "output_map": np.round(255 * model.predict_proba(_grid(50) / 3)[:, 1]).astype(np.uint8).reshape(50, 50),
            "unit_maps": np.round(units / abs(units).max((1, 2), keepdims=True) * 127 + 128).astype(np.uint8),
            "weights": np.concatenate([values.ravel() for values in weights]).astype(np.float32),
            "train_loss": np.array(model.loss_, np.float32),
            "train_accuracy": np.array(model.score(points / 3, labels), np.float32),
        },
    )


def _grid(side: int) -> np.ndarray:
    middles = ((np.arange(side) + 0.5) / side * 2 - 1) * EXTENT
    y, x = np.meshgrid(-middles, middles, indexing="ij")
    return np.stack([x.ravel(), y.ravel()], 1)
