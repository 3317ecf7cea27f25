"""Optimizers: how a gradient becomes a step.

Turning a knob changes a running optimizer in place, so that what it remembers (momentum, the size
of past gradients) is kept. Another kind of optimizer remembers nothing and starts afresh.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import torch
from torch import Tensor

from dlviz.spec import Knobs

KINDS: dict[str, type[torch.optim.Optimizer]] = {
    "sgd": torch.optim.SGD,
    "momentum": torch.optim.SGD,
    "nesterov": torch.optim.SGD,
    "adagrad": torch.optim.Adagrad,
    "rmsprop": torch.optim.RMSprop,
    "adam": torch.optim.Adam,
    "adamw": torch.optim.AdamW,
}
FUSED = frozenset(KINDS) - {"rmsprop"}  # torch has one kernel for the whole step of all the others


def make_optimizer(parameters: Iterable[Tensor], knobs: Knobs) -> torch.optim.Optimizer:
    """Return the optimizer that the knobs name, with everything but the knobs as torch has it by default."""
    fused = {"fused": True} if knobs.optimizer in FUSED else {}
    return KINDS[knobs.optimizer](parameters, **settings(knobs), **fused)


def turn(optimizer: torch.optim.Optimizer, knobs: Knobs) -> None:
    """Give a running optimizer of the same kind the learning rate, weight decay and momentum of the knobs."""
    for group in optimizer.param_groups:
        group.update(settings(knobs))


def settings(knobs: Knobs) -> dict[str, float | bool]:
    """Return the knobs that the optimizer they name has, under torch's own names."""
    values: dict[str, float | bool] = {"lr": knobs.learning_rate, "weight_decay": knobs.weight_decay}
    if knobs.optimizer in ("momentum", "nesterov"):
        values["momentum"] = knobs.momentum
    if knobs.optimizer == "nesterov":
        values["nesterov"] = knobs.momentum > 0  # without momentum there is nothing to look ahead with
    return values


MEMORIES = {torch.optim.RMSprop: ("square_avg",), torch.optim.Adam: ("exp_avg", "exp_avg_sq")}


def remember_nothing(optimizer: torch.optim.Optimizer) -> dict[str, Tensor]:
    """Return what an optimizer remembers of its one parameter; nothing yet is zeros, which mean the same.

    Torch makes them in the first step. A momentum that begins with a step's gradient began with 0.
    """
    parameter = optimizer.param_groups[0]["params"][0]
    memory = optimizer.state[parameter]
    names = MEMORIES.get(torch.optim.Adam if isinstance(optimizer, torch.optim.Adam) else type(optimizer), ())
    if names and not memory:
        memory["step"] = torch.zeros((), device=parameter.device)
        memory.update({name: torch.zeros_like(parameter.data) for name in names})
    if optimizer.param_groups[0].get("momentum") and memory.get("momentum_buffer") is None:
        memory["momentum_buffer"] = torch.zeros_like(parameter.data)
    return memory


class Update:
    """The optimizer's step for one parameter, as a single call of the kernel that `optimizer.step()` ends in.

    It has the same bits and the same memory, in the optimizer, without the bookkeeping, which takes
    longer than the arithmetic where a network is small. Make a new one whenever the optimizer was turned or restored.
    """

    def __init__(self, optimizer: torch.optim.Optimizer) -> None:
        self.optimizer, self.group = optimizer, optimizer.param_groups[0]
        self.parameter: Tensor = self.group["params"][0]
        memory = remember_nothing(optimizer)
        self.memory = [values for values in memory.values() if isinstance(values, Tensor)]
        kinds = {torch.optim.SGD: self._descent, torch.optim.RMSprop: self._rmsprop, torch.optim.Adagrad: self._adagrad}
        self._kernel = kinds.get(type(optimizer), self._adam)(memory)

    def __call__(self, rate: float) -> None:
        """Move the parameter against its gradient, at this learning rate."""
        self._kernel(rate)

    def _descent(self, memory: dict[str, Tensor]) -> Callable[[float], object]:
        buffers = [memory["momentum_buffer"]] if self.group["momentum"] else []
        names = ("weight_decay", "momentum", "dampening", "nesterov", "maximize")
        return self._fused(torch._fused_sgd_, names, buffers, is_first_step=False)

    def _adagrad(self, memory: dict[str, Tensor]) -> Callable[[float], object]:
        names = ("lr_decay", "weight_decay", "eps", "maximize")
        update = self._fused(torch._fused_adagrad_, names, [memory["sum"]], [memory["step"]])
        return self._counted(memory["step"], update)

    def _adam(self, memory: dict[str, Tensor]) -> Callable[[float], object]:
        kernel = torch._fused_adamw_ if isinstance(self.optimizer, torch.optim.AdamW) else torch._fused_adam_
        first, second = self.group["betas"]
        names = ("weight_decay", "eps", "amsgrad", "maximize")
        moments = [memory["exp_avg"]], [memory["exp_avg_sq"]], []
        update = self._fused(kernel, names, *moments, [memory["step"]], beta1=first, beta2=second)
        return self._counted(memory["step"], update)

    def _fused(
        self, kernel: Callable[..., object], names: Iterable[str], *memory: list[Tensor], **more: object
    ) -> Callable[[float], object]:
        values, gradients = [self.parameter.data], [self.parameter.grad]
        settings = {**{name: self.group[name] for name in names}, **more}
        return lambda rate: kernel(values, gradients, *memory, lr=rate, **settings)

    @staticmethod
    def _counted(steps: Tensor, update: Callable[[float], object]) -> Callable[[float], object]:
        one = torch.ones_like(steps)

        def counted(rate: float) -> None:
            steps.add_(one)
            update(rate)

        return counted

    def _rmsprop(self, memory: dict[str, Tensor]) -> Callable[[float], object]:
        """Torch has no fused kernel for this one; Source: Hinton 2012, lecture 6e, with torch's constants."""
        values, gradient, group = self.parameter.data, self.parameter.grad, self.group
        squares = memory["square_avg"]

        def update(rate: float) -> None:
            blame = gradient.add(values, alpha=group["weight_decay"]) if group["weight_decay"] else gradient
            squares.mul_(group["alpha"]).addcmul_(blame, blame, value=1 - group["alpha"])
            values.addcdiv_(blame, squares.sqrt().add_(group["eps"]), value=-rate)

        return update
