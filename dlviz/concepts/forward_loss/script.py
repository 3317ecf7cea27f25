"""The PyTorch that was just run: the network on the stage with its numbers, its forward pass, and all losses.

The numbers of the network are written down in the script as they were learnt, so that it needs nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from dlviz.concepts.forward_loss.spec import Loss, View
from dlviz.export.formula_code import torch_code
from dlviz.formula import read_formula

Row = Sequence[float]

BENDS = {
    "relu": "torch.relu",
    "leaky_relu": "functional.leaky_relu",
    "elu": "functional.elu",
    "gelu": "functional.gelu",
    "silu": "functional.silu",
    "tanh": "torch.tanh",
    "sigmoid": "torch.sigmoid",
}
ANSWERS = {"softmax": "scores.softmax(-1)", "sigmoid": "scores.sigmoid()", "identity": "scores"}


class Parts(NamedTuple):
    """A network as plain numbers: inputs (B, F), layers [(weights (H, F), biases (H,), activation)], targets (B, K)."""

    inputs: Sequence[Row]
    layers: Sequence[tuple[Sequence[Row], Row, str]]
    targets: Sequence[Row]


class Found(Protocol):
    """What a worker answers: inputs (B, F), layers with `weights`, `biases` and `activation`, targets (B, K)."""

    inputs: Numbers
    layers: Sequence[Any]
    targets: Numbers


class Numbers(Protocol):
    """An array: this room knows no libraries."""

    def tolist(self) -> list[list[float]]:
        """Return its numbers."""


def page_script(view: View, found: Found) -> str:
    """Return the script of a network that a worker has taken apart; see `pytorch_script`."""
    layers = tuple((one.weights.tolist(), one.biases.tolist(), one.activation) for one in found.layers)
    return pytorch_script(view, Parts(found.inputs.tolist(), layers, found.targets.tolist()))


def pytorch_script(view: View, parts: Parts) -> str:
    """Return a script that prints every layer's numbers, the answers, and every loss with its gradient."""
    lines = [
        f'"""The forward pass and the losses of a network taken apart in dlviz ({view.subject.source})."""',
        "",
        "import torch",
        "from torch.nn import functional",
        "",
        "torch.set_default_dtype(torch.float64)",
        "torch.set_printoptions(precision=8, linewidth=160)",
        "",
        f"x = torch.tensor({_rows(parts.inputs)})  # (B, F); the first is the example on screen",
        f"y = torch.tensor({_rows(parts.targets)})  # (B, K)",
        "layers = [  # weights (H, F), biases (H,)",
        *(
            f"    (torch.tensor({_rows(weights)}), torch.tensor({_row(biases)})),"
            for weights, biases, _ in parts.layers
        ),
        "]",
        "",
        "# The forward pass: h = f(W h + b), layer by layer.",
        "h = x",
        *_forward(parts),
        "scores = h.detach().requires_grad_()",
        f"p = {ANSWERS[view.subject.head]}",
        'print("answers", p[0].tolist())',
        "",
        *_losses(view),
        "",
        "for name, loss in losses.items():",
        "    (slope,) = torch.autograd.grad(loss[0], scores, retain_graph=True)",
        '    print("loss", name, loss[0].item(), slope[0].tolist())',
    ]
    if view.subject.head != "identity":
        lines.append('print("p - y", (p - y)[0].tolist())')
    return "\n".join(lines) + "\n"


def _row(values: Row) -> str:
    return "[" + ", ".join(repr(float(value)) for value in values) + "]"


def _rows(rows: Sequence[Row]) -> str:
    return "[" + ", ".join(map(_row, rows)) + "]"


def _forward(parts: Parts) -> list[str]:
    lines = []
    for place, (_, _, activation) in enumerate(parts.layers):
        lines.append(f"z = h @ layers[{place}][0].T + layers[{place}][1]  # (B, F) times (F, H) plus (H,)")
        lines += _bend(activation)
        lines.append(f'print("layer {place + 1}", z[0].tolist(), h[0].tolist())')
    return lines


def _bend(activation: str) -> list[str]:
    """Return the lines that make h of z; what is no name is a formula in x that somebody typed."""
    if activation == "identity":
        return ["h = z"]
    if activation in BENDS:
        return [f"h = {BENDS[activation]}(z)"]
    return ["x = z", f"h = {torch_code(read_formula(activation))}"]


def _losses(view: View) -> list[str]:
    """Return the losses as (B,) tensors by name; what cannot judge such an answer is left out."""
    given = "scores" if view.judging.fed == "scores" else "p"
    numbers = {
        "mse": f"functional.mse_loss({given}, y, reduction='none').mean(-1)",
        "mae": f"functional.l1_loss({given}, y, reduction='none').mean(-1)",
        "huber": f"functional.huber_loss({given}, y, reduction='none', delta={view.judging.delta!r}).mean(-1)",
    }
    classes = {} if view.subject.head == "identity" else _of_classes(view)
    before = [] if view.subject.head == "identity" else _classes(view)
    return [*before, "losses = {", *(f'    "{name}": {text},' for name, text in (numbers | classes).items()), "}"]


def _classes(view: View) -> list[str]:
    if view.subject.head == "softmax":
        return ["two, truth = scores, y.argmax(-1)", "plain = functional.cross_entropy(two, truth, reduction='none')"]
    return [
        "two = torch.cat([torch.zeros_like(scores), scores], 1)  # one score is two, one of them 0",
        "truth = y[:, 0].long()",
        "plain = functional.cross_entropy(two, truth, reduction='none')",
    ]


def _of_classes(view: View) -> dict[Loss, str]:
    smooth, gamma = view.judging.smoothing, view.judging.gamma
    hinge = {
        "softmax": "functional.multi_margin_loss(scores, truth, reduction='none')",
        "sigmoid": "torch.relu(1 - (2 * y - 1) * scores)[:, 0]",
    }
    return {
        "bce": "functional.binary_cross_entropy_with_logits(scores, y, reduction='none').mean(-1)",
        "cross_entropy": "plain",
        "smoothing": f"functional.cross_entropy(two, truth, reduction='none', label_smoothing={smooth!r})",
        "focal": f"plain * (1 - torch.exp(-plain)) ** {gamma!r}",
        "hinge": hinge[view.subject.head],
    }
