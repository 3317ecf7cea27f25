"""The training loop as text: epochs, batches, knobs that are turned on the way, and what is printed."""

from __future__ import annotations

from textwrap import indent

from dlviz.export.knobs_text import turning_lines
from dlviz.export.plan import Plan
from dlviz.spec import Plane

EVALUATE = '''\
@torch.no_grad()
def evaluate(inputs, labels):
    """Return the mean loss and the share of right answers."""
    network.eval()
    scores = torch.cat([network(part) for part in inputs.split(100)])
    return cross_entropy(scores, labels).item(), (scores.argmax(1) == labels).double().mean().item()'''

UPDATE = """\
loss = cross_entropy(scores, labels[batch])
optimizer.zero_grad()
loss.backward()
optimizer.step()
loss_sum += loss.item() * len(batch)"""

TESTING = """\
loss, accuracy = evaluate(*test)
if options.json:
    history[-1] |= {"test_loss": loss, "test_accuracy": accuracy}
    print(json.dumps(history))
else:
    print(f"test loss {loss:.9g}, accuracy {accuracy:.9g}")"""

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
    lines += ["for epoch in range(1, EPOCHS + 1):", "    network.train()", "    loss_sum = 0.0"]
    return "\n".join([*lines, *_batches(plan), indent(_report(plan), " " * 4)])


def ending_text(plan: Plan) -> str:
    """Return what is done after the last epoch."""
    if isinstance(plan.spec.data, Plane):
        return "if options.json:\n    print(json.dumps(history))"
    return TESTING


def _batches(plan: Plan) -> list[str]:
    shuffled = "torch.randperm(len(labels), generator=shuffling)"
    update = [_guess(plan), UPDATE]
    update += ["step += 1"] if plan.edits else []
    if not plan.resizes:
        inside = "\n".join([*_turns(plan), *update])
        return [f"    for batch in {shuffled}.split(BATCH_SIZE):", indent(inside, " " * 8)]
    taking = "batch, order = order[:batch_size], order[batch_size:]"
    inside = "\n".join([*_turns(plan), taking, *update])
    return [f"    order = {shuffled}", "    while len(order):", indent(inside, " " * 8)]


def _turns(plan: Plan) -> list[str]:
    lines: list[str] = []
    before = plan.first
    for edit in plan.edits:
        turned = list(turning_lines(before, edit.knobs, plan.drops, plan.pictures))
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
    if plan.spec.data.validation_share:
        lines.append("loss, accuracy = evaluate(*validation)")
        printed = [
            '    print(f"epoch {epoch}: training loss {epoch_loss:.9g}", end=", ")',
            '    print(f"validation loss {loss:.9g}, accuracy {accuracy:.9g}")',
        ]
    lines.append(f"history.append({{{record}}})")
    if plan.spec.data.validation_share:
        lines.append('history[-1] |= {"validation_loss": loss, "validation_accuracy": accuracy}')
    return "\n".join([*lines, "if not options.json:", *printed])
