"""Points along a line as text: the lines that draw them, or read the learner's own, and split them as a run did."""

from __future__ import annotations

from dlviz.export.source import cut
from dlviz.spec import Curve, OnLine, Pairs


def line_functions(data: OnLine) -> list[str]:
    """Return the functions that loading needs, as text."""
    if isinstance(data, Curve):
        return [cut("data/curve.py", data.data, "along")]
    return [cut("rows.py", "ALPHABET", "read_pairs")]


def line_reading(data: OnLine, seed: str = "SEED") -> str:
    """Return the lines that give `inputs` (N, 1), `labels` (N,) and the `order` in which they are split.

    seed: the name of the seed in the script.
    """
    order = f"order = np.random.default_rng({seed}).permutation(len(labels))"
    if isinstance(data, Curve):
        drawn = f"along({data.data}, {data.points}, {data.noise!r}, {data.outliers!r}, {seed})"
        return f"inputs, labels = map(torch.tensor, {drawn})\n{order}"
    return "\n".join([_pairs(data), order])


def _pairs(data: Pairs) -> str:
    parts = [data.pairs[start : start + 100] for start in range(0, len(data.pairs), 100)]
    lines = ["PAIRS = (", *(f'    "{part}"' for part in parts), ")", "pairs = torch.tensor(read_pairs(PAIRS)).float()"]
    return "\n".join([*lines, "inputs, labels = pairs[:, :1], pairs[:, 1]"])
