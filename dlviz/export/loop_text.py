"""The training loop as text: epochs, batches, knobs that are turned on the way, and what is printed."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import indent

from dlviz.export.fault_text import fault_text, loss_line
from dlviz.export.knobs_text import limits_text, pace_text, turning_lines
from dlviz.export.plan import Plan
from dlviz.spec import OnLine, OnPlane

SET_WEIGHTS = '''\
@torch.no_grad()
def set_weights(weights):
    """Set single weights of the network, each named by its place among all parameters."""
    values = nn.utils.parameters_to_vector(network.parameters())
    for place, value in weights.items():
        values[place] = value
    nn.utils.vector_to_parameters(values, network.parameters())'''

PENALTY = """\
weights = [values for values in network.parameters() if values.ndim > 1]  # no biases
penalty = sum(l1 * values.abs().sum() + l2 / 2 * values.square().sum() for values in weights)"""

TESTING = """\
loss, {score} = evaluate(*test)
if options.json:
    history[-1] |= {{"test_loss": loss, "test_{score}": {score}}}
    print(json.dumps(history))
else:
    print(f"test loss {{loss:.9g}}, {called} {{{score}:.9g}}")"""

SCORES = {True: ("r2", "R²"), False: ("accuracy", "accuracy")}  # by whether numbers are learnt
GUESS_WITH_OR_WITHOUT_AUGMENTATION = """\
pictures = inputs[batch]
if augmentation:
    pictures = augment(pictures, labels[batch], augmentation, noise)
scores = network(pictures)"""


def training_text(plan: Plan) -> str:
    """Return the loop over all epochs."""
    lines = ["# Learning: every example once an epoch, in a new random order each time."]
    lines += ["inputs, labels = train", "history = []"]
    lines += ["step = 0"] if plan.edits else []
    lines += [f"batch_size = {plan.first.batch_size}"] if plan.resizes else []
    lines += ["seen = 0  # examples", f"pace = {pace_text(plan.first)}"] if plan.schedules else []
    lines += [limits_text(plan.first)] if plan.penalizes or plan.clips else []
    lines += [fault_text(plan.first)] if plan.faults else []
    lines += ["for epoch in range(1, EPOCHS + 1):", "    network.train()", "    loss_sum = 0.0"]
    return "\n".join([*lines, *_batches(plan), indent(_report(plan), " " * 4)])


def ending_text(plan: Plan) -> str:
    """Return what is done after the last epoch."""
    if isinstance(plan.spec.data, OnPlane | OnLine):  # none of their points are kept for the end
        return "if options.json:\n    print(json.dumps(history))"
    score, called = SCORES[plan.numbers]
    return TESTING.format(score=score, called=called)


def _batches(plan: Plan) -> list[str]:
    shuffled = "torch.randperm(len(labels), generator=shuffling)"
    update = [_guess(plan), *_update(plan)]
    update += ["step += 1"] if plan.edits else []
    for edit in plan.edits:
        update += [f"if step == {edit.step}:", f"    {setting_text(edit.weights)}"] if edit.weights else []
    if not plan.resizes:
        inside = "\n".join([*_turns(plan), *update])
        return [f"    for batch in {shuffled}.split(BATCH_SIZE):", indent(inside, " " * 8)]
    taking = "batch, order = order[:batch_size], order[batch_size:]"
    inside = "\n".join([*_turns(plan), taking, *update])
    return [f"    order = {shuffled}", "    while len(order):", indent(inside, " " * 8)]


def setting_text(weights: Iterable[tuple[int, float]]) -> str:
    """Return the call that sets weights by hand."""
    return "set_weights({" + ", ".join(f"{place}: {value!r}" for place, value in weights) + "})"


def _update(plan: Plan) -> list[str]:
    lines = [loss_line(plan)]
    lines += [PENALTY] if plan.penalizes else []
    lines += ["optimizer.zero_grad()", "(loss + penalty).backward()" if plan.penalizes else "loss.backward()"]
    if plan.clips:
        lines += ["if longest:", "    nn.utils.clip_grad_norm_(network.parameters(), longest)"]
    if plan.schedules:
        lines += ['optimizer.param_groups[0]["lr"] = rate(pace, seen / len(labels))', "seen += len(batch)"]
    return [*lines, "optimizer.step()", "loss_sum += loss.item() * len(batch)"]


def _turns(plan: Plan) -> list[str]:
    lines: list[str] = []
    before = plan.first
    for edit in plan.edits:
        turned = list(turning_lines(before, edit.knobs, plan.drops, plan.pictures, plan.schedules))
        if plan.faults and fault_text(before) != fault_text(edit.knobs):
            turned.append(fault_text(edit.knobs))
        lines += [f"if step == {edit.step}:", *(f"    {line}" for line in turned)] if turned else []
        before = edit.knobs
    return lines


def _guess(plan: Plan) -> str:
    if plan.always_augments:
        return "scores = network(augment(inputs[batch], labels[batch], augmentation, noise))"
    return GUESS_WITH_OR_WITHOUT_AUGMENTATION if plan.augments else "scores = network(inputs[batch])"


def _report(plan: Plan) -> str:
    lines = ["epoch_loss = loss_sum / len(labels)"]
    printed = ['    print(f"epoch {epoch}: training loss {epoch_loss:.9g}")']
    record = '"epoch": epoch, "epoch_loss": epoch_loss'
    name, called = SCORES[plan.numbers]
    if plan.validates:
        lines.append(f"loss, {name} = evaluate(*validation)")
        printed = [
            '    print(f"epoch {epoch}: training loss {epoch_loss:.9g}", end=", ")',
            f'    print(f"validation loss {{loss:.9g}}, {called} {{{name}:.9g}}")',
        ]
    lines.append(f"history.append({{{record}}})")
    if plan.validates:
        lines.append(f'history[-1] |= {{"validation_loss": loss, "validation_{name}": {name}}}')
    return "\n".join([*lines, "if not options.json:", *printed])
