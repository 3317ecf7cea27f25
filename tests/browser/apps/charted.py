"""Numbers that the page of charts shows, and that its tests know."""

import numpy as np

from dlviz.concepts.cnn.recording import Importance, LayerCost, Moved

DISTANCES = np.arange(9, dtype=np.int32)
CONFIDENCE = np.stack([np.linspace(0.97, 0.18, 9), np.linspace(0.9, 0.05, 9) ** 2]).astype(np.float32)
MOVED = [Moved(DISTANCES, rows, rows, 100) for rows in (CONFIDENCE, CONFIDENCE[::-1])]
READERS = ["augmented", "dense"]

CERTAINTY = np.random.default_rng(3).normal(0.01, 0.02, 32).astype(np.float32)
IMPORTANCE = [Importance("conv1", rows, 400, rows) for rows in (CERTAINTY, CERTAINTY[::-1])]

COSTS = (
    LayerCost("conv1", (32, 26, 26), 320, 194_688, 389_376),
    LayerCost("flatten", (5408,), 0, 0, 0),
    LayerCost("dense1", (64,), 346_176, 346_112, 692_224),
    LayerCost("scores", (10,), 65, 64, 64),
)
NAMES = ["Convolution 1", "Flatten", "Dense 1", "Scores"]
