"""The questions of this page, each a function that a worker process answers by name.

Everything is float64, so that the numbers on screen are those of the formulas; only where overflow itself
is shown it is float32, as in most networks.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from dlviz.concepts.forward_loss.recording import Anatomy, Fading, Judgement, Layer, Rarity, Softmaxes, Trained
from dlviz.concepts.forward_loss.spec import (
    BATCH,
    LOSSES,
    OF_NUMBERS,
    SHAPES,
    Head,
    Judging,
    Subject,
    place_of,
    read_changes,
)
from dlviz.data.digits import embedded_digits
from dlviz.data.examples import Splits
from dlviz.data.records import flowers, loans
from dlviz.models.build import build
from dlviz.models.layers import ACTIVATIONS, Own
from dlviz.models.points import COLUMNS
from dlviz.spec import Mlp, RunSpec

Networks = Callable[[RunSpec, int | None], tuple[nn.Module, Splits]]
KEPT_ASIDE = {"flower": 50, "digit": 500, "loan": 1000}  # examples that a preset network never learns from
UPDATES = {"flower": 60, "digit": 150, "loan": 200}
RATE = 0.05  # Adam's
LEARNT_DIGITS = 1500
POOL = 4  # pixels a side of a digit that become one
GRID, REACH = 241, 12.0  # of the curves of losses
STEP = 1e-5  # of central differences


class Known(NamedTuple):
    """Examples: inputs (N, F), labels (N,), means and deviations (F,) of the inputs, pictures (N, 28, 28) or None."""

    inputs: np.ndarray
    labels: np.ndarray
    means: np.ndarray
    deviations: np.ndarray
    pictures: np.ndarray | None = None


class Parts(NamedTuple):
    """A network as its dense layers, [(weights (H, F), biases (H,), activation)], and the examples to show in it."""

    layers: list[tuple[Tensor, Tensor, str]]
    shown: Known


# --------------------------------------------------------------------------------- networks and examples


@lru_cache(maxsize=3)
def known(source: str) -> tuple[Known, Known]:
    """Return the examples that a preset network learns from, and those kept aside, in an order without a rule."""
    if source == "digit":
        digits = embedded_digits()
        shades = digits.inputs / 255
        pooled = shades.reshape(-1, 28 // POOL, POOL, 28 // POOL, POOL).mean(axis=(2, 4)).reshape(len(digits), -1)
        plain = (np.zeros(pooled.shape[1]), np.ones(pooled.shape[1]))
        whole = Known(pooled, digits.labels, *plain, digits.inputs)
    else:
        table = flowers() if source == "flower" else loans()
        whole = Known(table.standardised, table.labels, table.means, table.deviations)
    order = np.random.default_rng(0).permutation(len(whole.labels))
    aside, rest = order[: KEPT_ASIDE[source]], order[KEPT_ASIDE[source] :]
    return _rows(whole, rest[:LEARNT_DIGITS] if source == "digit" else rest), _rows(whole, aside)


def _rows(whole: Known, rows: np.ndarray) -> Known:
    pictures = None if whole.pictures is None else whole.pictures[rows]
    return Known(whole.inputs[rows], whole.labels[rows], whole.means, whole.deviations, pictures)


def _fresh(source: str, bend: str) -> nn.Module:
    inputs, *hidden, outputs = SHAPES[source].sizes
    return build(Mlp(hidden=tuple(hidden), activation=bend), (inputs,), outputs, seed=0).double()


@lru_cache(maxsize=8)
def learnt(source: str, bend: str) -> nn.Module:
    """Return the preset network after it has learnt, the same bits every time: Adam on all examples at once."""
    examples, network = known(source)[0], _fresh(source, bend)
    (*_, outputs), head = SHAPES[source]
    targets = _targets(examples.labels, head, outputs)
    loss = lambda: rows_loss(usual_loss(head), network(inputs), targets, Judging(), head).mean()  # noqa: E731
    inputs = torch.tensor(examples.inputs)
    _descend(network, loss, UPDATES[source])
    return network


def _descend(network: nn.Module, loss: Callable[[], Tensor], updates: int) -> None:
    optimizer = torch.optim.Adam(network.parameters(), lr=RATE)
    for _ in range(updates):
        optimizer.zero_grad()
        loss().backward()
        optimizer.step()


def parts(networks: Networks, subject: Subject) -> Parts:
    """Return the network that the subject names as dense layers, and the examples that can be shown in it.

    Raises: ValueError where the run has diverged.
    """
    if subject.source != "yours":
        network = learnt(subject.source, subject.bend) if subject.trained else _fresh(subject.source, subject.bend)
        return Parts(dense_layers(network), known(subject.source)[1])
    network, splits = networks(subject.run, subject.step)
    layers = dense_layers(network.double())
    if not all(torch.isfinite(part).all() for layer in layers for part in layer[:2]):
        raise ValueError("run: it has diverged, so there are no numbers to show")
    aside = splits.validation if len(splits.validation) else splits.train
    points = torch.tensor(aside.inputs, dtype=torch.float64).unbind(1)
    columns = torch.stack([COLUMNS[name](*points) for name in subject.run.data.inputs], dim=1).numpy()
    return Parts(layers, Known(columns, aside.labels, np.zeros(columns.shape[1]), np.ones(columns.shape[1])))


def dense_layers(network: nn.Module) -> list[tuple[Tensor, Tensor, str]]:
    """Return the network's dense layers with their activations; a normalisation, linear as well, goes into them."""
    found: list[tuple[Tensor, Tensor, str]] = []
    names = {kind: name for name, kind in ACTIVATIONS.items()}
    for stage in network.children():
        if isinstance(stage, nn.Linear):
            found.append((stage.weight.detach().clone(), stage.bias.detach().clone(), "identity"))
        elif isinstance(stage, nn.BatchNorm1d):
            scale = (stage.weight / torch.sqrt(stage.running_var + stage.eps)).detach()
            weights, biases, name = found[-1]
            moved = (biases - stage.running_mean) * scale + stage.bias.detach()
            found[-1] = (weights * scale[:, None], moved, name)
        elif isinstance(stage, Own):
            found[-1] = (*found[-1][:2], stage.text)
        elif type(stage) in names:
            found[-1] = (*found[-1][:2], names[type(stage)])
    return found


# ------------------------------------------------------------------------------------------- the forward pass


def anatomy(networks: Networks, subject: Subject, changed: str = "") -> Anatomy:
    """Return everything that is computed on the way of the example through the network, as it was changed by hand.

    Raises: ValueError where the run has diverged, or a changed number does not exist.
    """
    layers, shown = parts(networks, subject)
    count = len(shown.labels)
    rows = (subject.example + np.arange(min(BATCH, count))) % count
    inputs = torch.tensor(shown.inputs[rows])
    whole, original_inputs, original = torch.tensor(shown.inputs), inputs.clone(), _flat(layers)
    layers = changed_by_hand(layers, inputs, changed)
    through = forward(layers, inputs)
    targets = _targets(shown.labels, subject.head, subject.sizes[-1])
    scores = through[-1].sums.clone().requires_grad_()
    losses = rows_loss(usual_loss(subject.head), scores, targets[rows], Judging(), subject.head)
    (slopes,) = torch.autograd.grad(losses.sum(), scores)
    score, mean_loss, wrong = _quality(layers, whole, targets, subject.head)
    return Anatomy(
        inputs.numpy(),
        tuple(Layer(*(part.numpy() for part in layer[:4]), layer.activation) for layer in through),
        answers(through[-1].outputs, subject.head).numpy(),
        targets[rows].numpy(),
        losses.detach().numpy(),
        slopes.numpy(),
        original_inputs.numpy(),
        original,
        shown.means,
        shown.deviations,
        None if shown.pictures is None else shown.pictures[rows[0]],
        int(rows[0]),
        count,
        score,
        mean_loss,
        wrong,
    )


def _flat(layers: list[tuple[Tensor, Tensor, str]]) -> np.ndarray:
    return np.concatenate([part.flatten().numpy() for layer in layers for part in layer[:2]])


def changed_by_hand(
    layers: list[tuple[Tensor, Tensor, str]], inputs: Tensor, changed: str
) -> list[tuple[Tensor, Tensor, str]]:
    """Return the layers with the changed numbers in them; those of the first example are set in `inputs` itself.

    Raises: ValueError where there is no such number.
    """
    layers = [(weights.clone(), biases.clone(), name) for weights, biases, name in layers]
    for name, value in read_changes(changed).items():
        place = place_of(name)
        try:
            if name[0] == "x":
                inputs[(0, *place)] = value
            else:
                layers[place[0]][name[0] == "b"][place[1:]] = value
        except IndexError as error:
            raise ValueError(f"changed: there is no {name} in this network") from error
    return layers


def forward(layers: list[tuple[Tensor, Tensor, str]], inputs: Tensor) -> list[Layer]:
    """Return every layer as it stands when the inputs (B, F) have gone through: h = f(W x + b), layer by layer."""
    found = []
    for weights, biases, name in layers:
        sums = inputs @ weights.T + biases
        inputs = (ACTIVATIONS[name]() if name in ACTIVATIONS else Own(name))(sums)
        found.append(Layer(weights, biases, sums, inputs, name))
    return found


def answers(scores: Tensor, head: Head) -> Tensor:
    """Return what the network says: probabilities of its scores (B, K), or the scores where they are the answer."""
    return scores.softmax(-1) if head == "softmax" else scores.sigmoid() if head == "sigmoid" else scores


def usual_loss(head: Head) -> str:
    """Return the loss that such an answer is usually judged by."""
    return {"softmax": "cross_entropy", "sigmoid": "bce", "identity": "mse"}[head]


def _targets(labels: np.ndarray, head: Head, outputs: int) -> Tensor:
    if head == "softmax":
        return F.one_hot(torch.tensor(labels), outputs).double()
    return torch.tensor(labels, dtype=torch.float64)[:, None]


def _quality(layers: list, inputs: Tensor, targets: Tensor, head: Head) -> tuple[float, float, np.ndarray]:
    """Return accuracy (or R²), mean loss and the places of what is wrong, over all examples that can be shown."""
    scores = forward(layers, inputs)[-1].outputs
    loss = float(rows_loss(usual_loss(head), scores, targets, Judging(), head).mean())
    if head == "identity":
        spread = ((targets - targets.mean()) ** 2).sum()
        return float(1 - ((scores - targets) ** 2).sum() / spread), loss, np.zeros(0, np.int64)
    wrong = scores.argmax(1) != targets.argmax(1) if head == "softmax" else ((scores > 0) != (targets > 0.5))[:, 0]
    return float(1 - wrong.double().mean()), loss, wrong.nonzero()[:, 0].numpy()


# ----------------------------------------------------------------------------------------------- losses


def rows_loss(name: str, scores: Tensor, targets: Tensor, judging: Judging, head: Head) -> Tensor:
    """Return the loss (B,) of every row of scores (B, K), the truth being `targets` (B, K); mean over the outputs.

    head: what becomes of the scores. Losses of numbers compare that with the target, or the scores themselves,
    as `judging` says.
    Sources: Huber 1964 (huber); Szegedy et al. 2016, section 7 (smoothing); Lin et al. 2017, equation 4 (focal);
    Crammer and Singer 2001, as in torch's multi_margin_loss (hinge).
    """
    if name in OF_NUMBERS:
        given = scores if judging.fed == "scores" else answers(scores, head)
        return _of_numbers(name, given, targets, judging.delta)
    if name == "bce":
        return F.binary_cross_entropy_with_logits(scores, targets, reduction="none").mean(-1)
    if name == "hinge" and head == "sigmoid":
        return torch.relu(1 - (2 * targets - 1) * scores)[:, 0]
    if head == "sigmoid":  # the same with two classes, the score of one being 0
        scores = torch.cat([torch.zeros_like(scores), scores], dim=1)
        targets = torch.cat([1 - targets, targets], dim=1)
    truth = targets.argmax(-1)
    if name == "hinge":
        return F.multi_margin_loss(scores, truth, reduction="none")
    plain = F.cross_entropy(
        scores, truth, reduction="none", label_smoothing=judging.smoothing if name == "smoothing" else 0
    )
    return plain * (1 - torch.exp(-plain)) ** judging.gamma if name == "focal" else plain


def _of_numbers(name: str, given: Tensor, targets: Tensor, delta: float) -> Tensor:
    if name == "mse":
        return F.mse_loss(given, targets, reduction="none").mean(-1)
    if name == "mae":
        return F.l1_loss(given, targets, reduction="none").mean(-1)
    return F.huber_loss(given, targets, reduction="none", delta=delta).mean(-1)


def judgement(networks: Networks, subject: Subject, changed: str, judging: Judging) -> Judgement:
    """Return what every loss says to the example on screen, and would say if its true output had another score.

    Raises: ValueError as `anatomy` does.
    """
    found = anatomy(networks, subject, changed)
    scores, targets = torch.tensor(found.layers[-1].outputs[:1]), torch.tensor(found.targets[:1])
    reach = REACH if subject.head != "identity" else 3.0
    grid = torch.linspace(-reach, reach, GRID, dtype=torch.float64)
    moved = scores.repeat(GRID, 1)
    moved[:, found.truth] = grid
    here = float(scores[0, found.truth])
    rows = [_judged(name, moved, scores, targets, judging, subject.head, found.truth) for name in LOSSES]
    return Judgement(grid.numpy(), *map(np.stack, list(zip(*rows, strict=True))[:2]), here, *_points(rows))


def _points(rows: list[tuple[np.ndarray, ...]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return np.array([row[2] for row in rows]), np.stack([row[3] for row in rows]), np.stack([row[4] for row in rows])


def _judged(
    name: str, moved: Tensor, scores: Tensor, targets: Tensor, judging: Judging, head: Head, truth: int
) -> tuple[np.ndarray, ...]:
    """Return one loss: its curve and slope (G,), its value, its gradient (K,) and the same by central differences."""
    if head == "identity" and name not in OF_NUMBERS:
        nothing = np.full(len(moved), np.nan), np.full(scores.shape[1], np.nan)
        return nothing[0], nothing[0], np.float64(np.nan), nothing[1], nothing[1]
    loss = lambda rows: rows_loss(name, rows, targets.expand(len(rows), -1), judging, head)  # noqa: E731
    curve, slopes = _with_slopes(loss, moved)
    value, gradient = _with_slopes(loss, scores)
    nudges = STEP * torch.eye(scores.shape[1], dtype=torch.float64)
    difference = (loss(scores + nudges) - loss(scores - nudges)) / (2 * STEP)
    return curve, slopes[:, truth], value[0], gradient[0], difference.numpy()


def _with_slopes(loss: Callable[[Tensor], Tensor], rows: Tensor) -> tuple[np.ndarray, np.ndarray]:
    """Return the loss (B,) of every row (B, K) and its slopes (B, K), by autograd."""
    rows = rows.clone().requires_grad_()
    values = loss(rows)
    (slopes,) = torch.autograd.grad(values.sum(), rows)
    return values.detach().numpy(), slopes.numpy()


def fading() -> Fading:
    """Return the losses of one sigmoid whose truth is 1, over its score: cross-entropy, and squares."""
    grid = torch.linspace(-10, 10, GRID, dtype=torch.float64)[:, None]
    truth = torch.ones_like(grid)
    losses = (lambda z, name=name: rows_loss(name, z, truth, Judging(), "sigmoid") for name in ("bce", "mse"))
    pairs = [_with_slopes(loss, grid) for loss in losses]
    return Fading(
        grid[:, 0].numpy(), np.stack([curve for curve, _ in pairs]), np.stack([slope[:, 0] for _, slope in pairs])
    )


def softmaxes(logits: tuple[float, ...], raised: float) -> Softmaxes:
    """Return softmax and its loss in float32 as the formula says, and as it is safe, of these scores raised by so much.

    Source: Blanchard, Higham, Higham 2021, Accurately computing the log-sum-exp and softmax functions.
    """
    exact = torch.tensor(logits, dtype=torch.float64) + raised
    scores = exact.float()
    plain, lowered = scores.exp(), scores - scores.max()
    safe = lowered.exp()
    log_sum, safe_log_sum = plain.sum().log(), scores.max() + safe.sum().log()
    shares = plain / plain.sum()
    truth = torch.tensor(0)
    return Softmaxes(
        *(part.numpy() for part in (scores, plain, shares, lowered, safe, safe / safe.sum())),
        *(float(part) for part in (plain.sum(), safe.sum(), log_sum, safe_log_sum)),
        float(-shares[0].log()),
        float(safe_log_sum - scores[0]),
        exact.softmax(0).numpy(),
        float(F.cross_entropy(exact, truth)),
        float(F.cross_entropy(scores, truth)),
    )


# ------------------------------------------------------------------------------------------ rare classes


def rarity(rare: float, rare_weight: float) -> Rarity:
    """Return what it costs to say the same of every loan, and what networks learn, where bad loans have this share."""
    grid = torch.linspace(-6, 6, GRID, dtype=torch.float64)  # scores, so that the ends are seen
    parts = (1 - rare) * F.softplus(grid), rare * rare_weight * F.softplus(-grid)
    answer = grid.sigmoid()
    pulls = (1 - rare) * answer, -rare * rare_weight * (1 - answer)
    best = rare * rare_weight / (rare * rare_weight + 1 - rare)
    return Rarity(
        answer.numpy(),
        np.stack([*(part.numpy() for part in parts), sum(parts).numpy()]),
        np.stack([*(pull.numpy() for pull in pulls), sum(pulls).numpy()]),
        best,
        _cost(best, rare, rare_weight),
        _cost(rare, rare, 1.0),
        _judge_of_loans(rare, 1.0),
        _judge_of_loans(rare, rare_weight),
    )


def _cost(answer: float, rare: float, weight: float) -> float:
    return float(-(1 - rare) * np.log(1 - answer) - rare * weight * np.log(answer))


@lru_cache(maxsize=64)
def _judge_of_loans(rare: float, weight: float) -> Trained:
    """Return what a fresh network learns of real loans of which this share is bad, each of those counting so much."""
    learn, aside = known("loan")
    rows = with_share(learn.labels, rare)
    inputs, labels = torch.tensor(learn.inputs[rows]), torch.tensor(learn.labels[rows], dtype=torch.float64)[:, None]
    network = _fresh("loan", "tanh")
    weights = 1 + (weight - 1) * labels
    loss = lambda: (weights * F.binary_cross_entropy_with_logits(network(inputs), labels, reduction="none")).mean()  # noqa: E731
    _descend(network, loss, UPDATES["loan"] // 2)
    with torch.no_grad():
        scores = network(inputs)
        lost = weights * F.binary_cross_entropy_with_logits(scores, labels, reduction="none")
        pulls = weights * (scores.sigmoid() - labels)
        accused = (network(torch.tensor(aside.inputs)) > 0)[:, 0].numpy()
    bad = labels > 0.5
    found, alarms = float(accused[aside.labels == 1].mean()), float(accused[aside.labels == 0].mean())
    return Trained(
        found,
        alarms,
        rare * found + (1 - rare) * (1 - alarms),
        np.array([float(lost[~bad].sum()), float(lost[bad].sum())]) / len(rows),
        np.array([float(pulls[~bad].sum()), float(pulls[bad].sum())]) / len(rows),
        len(rows),
    )


def with_share(labels: np.ndarray, rare: float) -> np.ndarray:
    """Return places of as many examples as there are with this share of class 1, the first of each class."""
    common, others = np.flatnonzero(labels == 0), np.flatnonzero(labels == 1)
    size = min(len(common) / (1 - rare), len(others) / rare)
    return np.sort(np.concatenate([common[: round(size * (1 - rare))], others[: max(1, round(size * rare))]]))
