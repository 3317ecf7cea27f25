"""Losses as text: how a miss, or a wrong class, is counted while learning and judged afterwards."""

from __future__ import annotations

from dlviz.export.plan import Plan
from dlviz.spec import Knobs

NAMES = {"squared": "mse_loss", "absolute": "l1_loss", "huber": "huber_loss"}

EVALUATE = '''\
@torch.no_grad()
def evaluate(inputs, labels):
    """Return the mean loss and the share of right answers."""
    network.eval()
    scores = torch.cat([network(part) for part in inputs.split(100)])
    return cross_entropy(scores, labels).item(), (scores.argmax(1) == labels).double().mean().item()'''

EVALUATE_ONE_SUM = '''\
@torch.no_grad()
def evaluate(inputs, labels):
    """Return the mean loss and the share of right answers."""
    network.eval()
    sums = network(inputs)[:, 0]
    loss = binary_cross_entropy_with_logits(sums, labels.float())
    return loss.item(), ((sums > 0) == labels).double().mean().item()'''

EVALUATE_NUMBERS = '''\
@torch.no_grad()
def evaluate(inputs, labels):
    """Return the mean squared error and R², the share of the labels' spread that is explained."""
    network.eval()
    loss = mse_loss(network(inputs)[:, 0], labels).item()
    spread = labels.var(correction=0).item()
    return loss, 1 - loss / spread if spread else float(loss == 0)'''

EVALUATE_FAULTS = '''\
@torch.no_grad()
def evaluate(inputs, labels):
    """Return the mean loss and R², the share of the labels' spread that is explained."""
    network.eval()
    answers = network(inputs)[:, 0]
    square, spread = mse_loss(answers, labels).item(), labels.var(correction=0).item()
    return fault(answers, labels).item(), 1 - square / spread if spread else float(square == 0)'''


def loss_imports(plan: Plan) -> list[str]:
    """Return the functions of torch that count what is wrong, in no order."""
    if plan.one_sum:
        return ["binary_cross_entropy_with_logits"]
    if not plan.numbers:
        return ["cross_entropy"]
    return sorted({"mse_loss", *(NAMES[knobs.fault] for knobs in plan.every)})


def loss_line(plan: Plan) -> str:
    """Return the line that gives the loss of a batch from its scores."""
    return f"loss = {loss_text(plan, 'labels[batch]')}"


def loss_text(plan: Plan, labels: str, kind: str = "float") -> str:
    """Return the mean loss as an expression in `scores` and labels; `kind`: of scores, "float" or "double"."""
    if plan.one_sum:
        return f"binary_cross_entropy_with_logits(scores[:, 0], {labels}.{kind}())"
    if not plan.numbers:
        return f"cross_entropy(scores, {labels})"
    wanted = labels if kind == "float" else f"{labels}.{kind}()"  # labels that are numbers are floats
    return f"{'fault' if plan.faults else 'mse_loss'}(scores[:, 0], {wanted})"


def evaluate_text(plan: Plan) -> str:
    """Return the function that judges the network."""
    if plan.numbers:
        return EVALUATE_FAULTS if plan.faults else EVALUATE_NUMBERS
    return EVALUATE_ONE_SUM if plan.one_sum else EVALUATE


def fault_text(knobs: Knobs) -> str:
    """Return the line that says how a miss counts from now on."""
    huber = f"partial(huber_loss, delta={knobs.huber_delta!r})"
    return f"fault = {huber if knobs.fault == 'huber' else NAMES[knobs.fault]}"
