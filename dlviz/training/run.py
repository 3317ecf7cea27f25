"""A run: one network learning, from its first weights to its last epoch.

The same question gives the same bits, however often it is looked at, stopped, saved or continued. Work
comes in small pieces, so that whoever drives the run can stop it at once, and what is worth seeing
comes out as moments.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from functools import partial
from time import perf_counter

import numpy as np
import torch
from torch import Tensor

from dlviz.data.load import load
from dlviz.models.build import build_for, learner, read_weights, set_dropout, set_weights
from dlviz.recording import Moment, pack, read_only, unpack
from dlviz.spec import Knobs, RunSpec
from dlviz.training import by_hand
from dlviz.training.augmentation import augment
from dlviz.training.learners import small_learner
from dlviz.training.machine import existing_device, machine, tensors
from dlviz.training.measure import Arrays, confusion, evaluate, first_filters, quality, worst_mistakes
from dlviz.training.optimizers import make_optimizer, turn
from dlviz.training.order import Order
from dlviz.training.pace import is_recorded, work_of
from dlviz.training.schedule import rate
from dlviz.training.state import below, generator_arrays, named, optimizer_arrays, restore_optimizer
from dlviz.training.step import all_finite, as_inputs, learn, total_norm
from dlviz.training.tally import Tally

MOMENTS_AN_EPOCH = 8  # for pictures and what is read step by step; else one at most: an epoch takes milliseconds
LOSSES_KEPT = 50  # of single updates of small networks, in a moment; there may be thousands


class Run:
    """One training run that can be advanced, measured, saved and continued.

    `step`: updates done. `diverged_at`: the step whose update first gave a loss that is not finite, or
    weights that are not (looked at whenever a moment is recorded); None while all is well. `seconds`:
    time spent in `work`; `update_seconds`: the part of it spent learning rather than measuring. `reach`: a
    piece of work goes no further than to this step, set by whoever drives the run.
    """

    def __init__(self, spec: RunSpec, state: bytes | None = None) -> None:
        """Begin the run that `spec` describes, or continue it from a state.

        Raises: ValueError where the device is not there or not decided, the data is not there, the
        network cannot take it, or the state belongs to another run.
        """
        self.spec, self.device = spec, existing_device(spec.device)
        self.step, self.seconds, self.update_seconds = 0, 0.0, 0.0
        self.diverged_at: int | None = None
        self.reach = math.inf
        self.splits = load(spec.data, spec.seed_of_data)
        self._noise = torch.Generator(self.device).manual_seed(spec.seed + 2)
        self.network = build_for(spec, self._noise).to(self.device)
        self._learner = learner(self.network, spec.pools_at_once)
        self._tensors = tensors(self.splits, self.device)
        self._small = small_learner(spec, self.network, self._tensors, self._noise)
        self._order = Order(len(self.splits.train), torch.Generator().manual_seed(spec.seed + 1))
        self._since_moment, self._this_epoch = Tally(), Tally()
        self._epoch_losses: list[float] = []
        self._moment_is_due = True
        self._gradient_norm: float | None = None
        self._start_optimizer(spec.knobs_at(0))
        self._rate = rate(self._knobs, 0)
        if state is not None:
            self._continue_from(state)
        else:
            self._set_weights_by_hand()

    # ------------------------------------------------------------------------------ where it is

    @property
    def epoch(self) -> float:
        """How many passes over the training examples were made."""
        return self._order.seen / self._order.count

    @property
    def finished(self) -> bool:
        """Whether all epochs are done."""
        return self.diverged_at is None and self._order.seen >= self.spec.epochs * self._order.count

    @property
    def ended(self) -> bool:
        """Whether no update will follow: finished or diverged."""
        return self.finished or self.diverged_at is not None

    @property
    def total_steps(self) -> int:
        """The step at which the run will finish if the batch size stays as it is now."""
        if self.ended:
            return self.step
        size, count = self.spec.knobs_at(self.step).batch_size, self._order.count
        whole_epochs = self.spec.epochs - 1 - self._order.seen // count
        return self.step + math.ceil((count - self._order.place) / size) + whole_epochs * math.ceil(count / size)

    def weights(self) -> dict[str, np.ndarray]:
        """Return copies of all parameters and buffers by name, such as conv1.weight."""
        return read_weights(self.network)

    def moment(self) -> Moment:
        """Return what is true of the run now; nothing in the run changes by it."""
        with machine(self.device, self.spec.threads):
            measuring = self._measured()
            while True:
                try:
                    next(measuring)
                except StopIteration as measured:
                    return measured.value

    # ------------------------------------------------------------------------------------- work

    def work(self, until: int | None = None) -> Iterator[Moment | None]:
        """Yield after every small piece of work: a moment when one was recorded, else None.

        A moment is recorded at the start, eight times an epoch and after the first update (for points: see
        `pace`), wherever weights were set by hand, at the end, and at step `until`, where the work stops. A new
        call goes on where the last one stopped.
        """
        pieces = self._pieces(until)
        while True:
            started = perf_counter()
            try:
                with machine(self.device, self.spec.threads):
                    piece = next(pieces)
            except StopIteration:
                return
            self.seconds += perf_counter() - started
            yield piece

    def _pieces(self, until: int | None) -> Iterator[Moment | None]:
        while True:
            if self._moment_is_due:
                moment = yield from self._measured()
                self._moment_is_due, self._since_moment, self._epoch_losses = False, Tally(), []
                yield moment
            if self.ended or (until is not None and self.step >= until):
                return
            self._update(min(self.reach, math.inf if until is None else until))
            yield None
            if self.step == until and not self._moment_is_due:
                yield (yield from self._measured())

    def _update(self, furthest: float) -> None:
        started = perf_counter()
        knobs = self.spec.knobs_at(self.step)
        if knobs is not self._knobs:
            self._turn(knobs)
        if self._order.place == 0:
            self._this_epoch = Tally()
        count = self._updates_at_once(furthest)
        rates = [
            rate(knobs, (self._order.seen + update * knobs.batch_size) / self._order.count) for update in range(count)
        ]
        positions = self._order.take(knobs.batch_size * count)
        if not self.network.training:
            self.network.train()
        losses, right = self._learn_stretch(positions, rates) if self._small else self._learn_batch(positions, rates)
        sizes = [len(part) for part in positions.split(knobs.batch_size)]
        self._order.seen -= sum(sizes[len(losses) :])  # where the last loss is not finite
        for update in zip(losses, right, sizes, strict=False):
            self._since_moment.add(*update)
            self._this_epoch.add(*update)
        self.step += len(losses)
        self._rate, self._gradient_norm = rates[len(losses) - 1], None
        if self._order.place == 0:
            self._epoch_losses.append(self._this_epoch.loss)
        self._look_for_divergence(losses[-1], sizes[len(losses) - 1])
        self._set_weights_by_hand()
        self.update_seconds += perf_counter() - started

    def _updates_at_once(self, furthest: float) -> int:
        """Return how many updates the next piece of work makes: never beyond an epoch, an edit, or `furthest`."""
        if self._small is None:
            return 1
        left = math.ceil((self._order.count - self._order.place) / self._knobs.batch_size)
        edits = (edit.step - self.step for edit in self.spec.edits if edit.step > self.step)
        return int(max(1, min(self._small.most_updates, left, furthest - self.step, *edits)))

    def _learn_stretch(self, positions: Tensor, rates: list[float]) -> tuple[list[float], list[int]]:
        return self._small.learn(positions, rates)

    def _learn_batch(self, positions: Tensor, rates: list[float]) -> tuple[list[float], list[int]]:
        inputs, labels = self._batch(positions)
        for group in self._optimizer.param_groups:
            group["lr"] = rates[0]
        loss, right = self._learn(self._learner, self._optimizer, inputs, labels)
        return [loss], [right]

    def _batch(self, positions: Tensor) -> tuple[Tensor, Tensor]:
        examples, labels = self._tensors["train"]
        positions = positions.to(self.device)
        inputs, wanted = as_inputs(examples.index_select(0, positions)), labels.index_select(0, positions)
        if self._knobs.augments:
            inputs = augment(inputs, wanted, self._knobs, self._noise)
        return inputs, wanted

    def _look_for_divergence(self, loss: float, size: int) -> None:
        """Decide whether a moment is due, and whether the run has come to grief."""
        self._moment_is_due = self._is_due(size)
        if not math.isfinite(loss) or (self._moment_is_due and not all_finite(self.network.parameters())):
            self.diverged_at, self._moment_is_due = self.step, True
        if self._moment_is_due:
            self._gradient_norm = self._norm_of_gradients()

    def _is_due(self, size: int) -> bool:
        """Whether the update of a batch of `size` that was just made is followed by a moment."""
        if self._small is None or self._small.slow:
            return self.step == 1 or self._order.due(size, MOMENTS_AN_EPOCH)
        return self.finished or (self._order.place == 0 and is_recorded(round(self.epoch), self._work))

    @property
    def _work(self) -> int:
        """Passes of a batch through a layer of weights in one epoch, as long as the batch size stays as it is."""
        return work_of(self._order.count, self._knobs.batch_size, len(getattr(self.spec.network, "hidden", ())))

    def _set_weights_by_hand(self) -> None:
        """Set the weights that an edit sets after this step, which shows at once."""
        weights = self.spec.weights_set_at(self.step)
        if weights and self.diverged_at is None:
            self._small.flat.put(weights)
            self._moment_is_due = True

    # ------------------------------------------------------------------------------------ knobs

    def _turn(self, knobs: Knobs) -> None:
        if knobs.optimizer == self._knobs.optimizer:
            turn(self._optimizer, knobs)
            self._take(knobs)
        else:
            self._start_optimizer(knobs)

    def _start_optimizer(self, knobs: Knobs) -> None:
        learnt = [self._small.flat.values] if self._small else self.network.parameters()
        self._optimizer = make_optimizer(learnt, knobs)
        self._take(knobs)

    def _take(self, knobs: Knobs) -> None:
        set_dropout(self.network, knobs.dropout)
        self._knobs = knobs
        if self._small:
            self._small.turn(self._optimizer, knobs)
        elif knobs.limits_gradients:
            self._learn = partial(learn, limits=knobs)
        else:
            self._learn = by_hand.learn if self.device == "cpu" and by_hand.knows(self._learner) else learn

    # ---------------------------------------------------------------------------------- moments

    def _measured(self) -> Generator[None, None, Moment]:
        """Yield between the chunks of the measurement, and return the moment."""
        arrays = self._progress()
        if self._small:
            arrays |= self._small.measured(self.finished)
        else:
            arrays |= yield from self._measured_on_pictures()
        return Moment(self.step, self.epoch, {name: read_only(values) for name, values in arrays.items()})

    def _measured_on_pictures(self) -> Generator[None, None, Arrays]:
        arrays: Arrays = {"filters": first_filters(self.network)}
        validation, test = self.splits.validation, self.splits.test
        if len(validation):
            scores = yield from evaluate(self.network, self._tensors["validation"][0])
            labels = torch.tensor(validation.labels)
            arrays |= quality("validation", scores, labels)
            arrays |= {"confusion": confusion(scores, labels), **worst_mistakes(scores, validation)}
        if self.finished and len(test):
            scores = yield from evaluate(self.network, self._tensors["test"][0])
            labels = torch.tensor(test.labels)
            arrays |= {**quality("test", scores, labels), "test_confusion": confusion(scores, labels)}
        return arrays

    def _progress(self) -> Arrays:
        since = self._since_moment
        losses = since.losses[-LOSSES_KEPT:] if self._small else since.losses
        arrays = {
            "losses": np.array(losses, dtype=np.float32),
            "learning_rate": np.array(self._rate),
            "seconds": np.array(self.seconds),
        }
        if self._small:
            arrays["epoch_losses"] = np.array(self._epoch_losses)
        elif since.seen:
            arrays |= {"train_loss": np.array(since.loss), "train_accuracy": np.array(since.accuracy)}
        if self.step and self._order.place == 0:
            arrays["epoch_loss"] = np.array(self._this_epoch.loss)
        norm = self._norm_of_gradients() if self._gradient_norm is None else self._gradient_norm
        if norm is not None:
            arrays["gradient_norm"] = np.array(norm)
        return arrays

    def _norm_of_gradients(self) -> float | None:
        """The length of the last update's gradient; None before the first update."""
        if self._small:
            return self._small.gradient_norm if self.step else None
        gradients = [values.grad for values in self.network.parameters() if values.grad is not None]
        return total_norm(gradients) if gradients else None

    # ------------------------------------------------------------------------------------ state

    def state(self) -> bytes:
        """Return everything that the run needs to go on from here bit for bit, as one buffer.

        It fits every spec with the same `prefix(step)`.
        """
        norm = math.nan if self._gradient_norm is None else self._gradient_norm
        header = {
            "prefix": self.spec.prefix(self.step).digest,
            "step": self.step,
            "seen": self._order.seen,
            "moment_is_due": self._moment_is_due,
            "diverged_at": self.diverged_at,
        }
        arrays = {
            **named("network", self.weights()),
            **named("optimizer", optimizer_arrays(self._optimizer)),
            **named("random", generator_arrays([("order", self._order.generator), ("noise", self._noise)])),
            **self._since_moment.arrays("since_moment"),
            **self._this_epoch.arrays("this_epoch"),
            **(self._small.arrays() if self._small else {}),
            "positions": self._order.positions.numpy(),
            "epoch_losses": np.array(self._epoch_losses),
            "clock": np.array([self.seconds, self.update_seconds, self._rate]),
            "gradient_norm": np.array(norm),
        }
        return pack(header, arrays)

    def _continue_from(self, state: bytes) -> None:
        header, arrays = unpack(state)
        step = header["step"]
        untouched = header.get("prefix") == self.spec.before(step).digest  # by a hand that sets weights there
        if not untouched and header.get("prefix") != self.spec.prefix(step).digest:
            raise ValueError("state: it belongs to a run with other data, network, seed or knobs")
        self.step, self.diverged_at = step, header["diverged_at"]
        self._moment_is_due = header["moment_is_due"]
        set_weights(self.network, below("network", arrays))
        if self.step:
            self._start_optimizer(self.spec.knobs_at(self.step - 1))  # the knobs of the last update
            restore_optimizer(self._optimizer, below("optimizer", arrays))
            self._take(self._knobs)
        if self._small:
            self._small.restore(arrays)
        self._order.seen, self._order.positions = header["seen"], torch.tensor(arrays["positions"]).long()
        self._order.generator.set_state(torch.tensor(arrays["random/order"]))
        self._noise.set_state(torch.tensor(arrays["random/noise"]))
        self._since_moment = Tally.read("since_moment", arrays)
        self._this_epoch = Tally.read("this_epoch", arrays)
        self._epoch_losses = arrays["epoch_losses"].tolist()
        self.seconds, self.update_seconds, self._rate = arrays["clock"].tolist()
        norm = arrays["gradient_norm"].item()
        self._gradient_norm = None if math.isnan(norm) else norm
        if untouched:
            self._set_weights_by_hand()
