"""A recording is an answer: what was measured at each recorded moment of a run.

A moment is one row: the step it was taken after, and named arrays that nobody may write to. A
recording is the row of moments, oldest first. Makers fill it, presenters read it, and neither
needs to know the other. `pack` turns a header and arrays into the one buffer in which they
travel, from worker to app and from app to browser.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import prod
from typing import NamedTuple

import numpy as np

from dlviz.spec import RunSpec

ALIGNMENT = 8  # a typed array in the browser must start at a multiple of its item size
SOLVED = 0.95  # accuracy, or R², on the validation points
SHARES = (0.1, 0.5, 0.9)  # of the networks, of which a band tells


def read_only(values: object) -> np.ndarray:
    """Return `values` as an array that cannot be written to."""
    array = np.asarray(values)
    if array.flags.writeable:
        array = array.copy() if array.base is not None else array
        array.flags.writeable = False
    return array


@dataclass(frozen=True, eq=False)
class Moment:
    """What was measured after `step` updates; `epoch` counts passes over the training data.

    `arrays` holds single numbers as arrays of no dimension.
    """

    step: int
    epoch: float
    arrays: Mapping[str, np.ndarray]

    def __getitem__(self, name: str) -> np.ndarray:
        return self.arrays[name]

    def __contains__(self, name: str) -> bool:
        return name in self.arrays


@dataclass(frozen=True, eq=False)
class Recording:
    """The moments of one run, in order, and whether and when it diverged.

    `diverged_at` is the step whose update first gave a loss or a weight that is not finite.
    """

    spec: RunSpec
    moments: tuple[Moment, ...] = ()
    diverged_at: int | None = None
    finished: bool = False

    def __len__(self) -> int:
        return len(self.moments)

    @property
    def steps(self) -> np.ndarray:
        """(R,) the step of every moment."""
        return np.array([moment.step for moment in self.moments], dtype=np.int64)

    def series(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Return (R,) epochs and (R, …) values of `name`, over the moments that hold it."""
        rows = [moment for moment in self.moments if name in moment]
        epochs = np.array([moment.epoch for moment in rows])
        return epochs, np.array([moment[name] for moment in rows])

    def at(self, step: int) -> Moment | None:
        """Return the newest moment taken after at most `step` updates, or None where there is none."""
        rows = [moment for moment in self.moments if moment.step <= step]
        return rows[-1] if rows else None


# ------------------------------------------------------------------------------ many at once


class Curves(NamedTuple):
    """How S networks did at the ends of E epochs, each (S, E) float32, on all points, in evaluation mode.

    `epochs` (E,); scores are accuracies, or R² where the label is a number. Where no points are kept for
    validation, those arrays hold no numbers. A network that diverged has no numbers from there on.
    """

    epochs: np.ndarray
    train_loss: np.ndarray
    validation_loss: np.ndarray
    train_score: np.ndarray
    validation_score: np.ndarray

    @property
    def validated(self) -> bool:
        """Whether any points were kept for validation."""
        return bool(np.isfinite(self.validation_score).any())

    @property
    def final(self) -> np.ndarray:
        """The last scores (S,): on validation points if there are any, else on training points."""
        return (self.validation_score if self.validated else self.train_score)[:, -1]

    def solved(self, score: float = SOLVED) -> np.ndarray:
        """Return (S,) whether each network ends with at least this score; one that diverged does not."""
        return self.final >= score

    def band(self, name: str) -> np.ndarray:
        """Return (3, E): what a tenth, half and nine tenths of the networks that still have numbers stay below."""
        values = np.asarray(getattr(self, name), np.float64)
        found = np.full((len(SHARES), values.shape[1]), np.nan)
        some = np.isfinite(values).any(axis=0)
        finite = np.where(np.isfinite(values), values, np.nan)
        found[:, some] = np.nanquantile(finite[:, some], SHARES, axis=0)
        return found

    @classmethod
    def joined(cls, parts: Sequence[Curves]) -> Curves:
        """Return curves that were computed one part after the other as one."""
        return cls(*(np.concatenate(columns, axis=-1) for columns in zip(*parts, strict=True)))


# ------------------------------------------------------------------------------------- buffers


def pack(header: Mapping[str, object], arrays: Mapping[str, np.ndarray]) -> bytes:
    """Return one buffer: the length of the JSON header (uint32), the header, then the arrays.

    The header gains "arrays": {name: [dtype, shape, offset]}, the offset in bytes from the end of
    the header, which is padded so that every array starts at a multiple of 8. Little endian.
    float64 stays float64; int64 becomes int32, which the browser can read.
    """
    places: dict[str, list[object]] = {}
    parts: list[bytes] = []
    offset = 0
    for name, values in arrays.items():
        array = np.asarray(values)
        name_of_type = _sent_as(array.dtype)
        data = array.astype(name_of_type, "C", copy=False).tobytes()
        places[name] = [name_of_type, array.shape, offset]
        parts += [data, b"\0" * (-len(data) % ALIGNMENT)]
        offset += len(data) + (-len(data) % ALIGNMENT)
    text = json.dumps({**header, "arrays": places}, allow_nan=False).encode()
    text += b" " * (-(len(text) + 4) % ALIGNMENT)
    return len(text).to_bytes(4, "little") + text + b"".join(parts)


@cache
def _sent_as(dtype: np.dtype) -> str:
    """Return the name of the type that values of this one are sent as; numpy takes long to find such a name."""
    return {"int64": "int32", "bool": "uint8"}.get(dtype.name, dtype.name)


@cache
def _type_named(name: str) -> np.dtype:
    return np.dtype(name)


def unpack(buffer: bytes) -> tuple[dict[str, object], dict[str, np.ndarray]]:
    """Return the header and the (read-only) arrays that `pack` put into the buffer.

    Raises: ValueError where the buffer is not one.
    """
    size = int.from_bytes(buffer[:4], "little")
    header = json.loads(buffer[4 : 4 + size])
    if not isinstance(header, dict) or "arrays" not in header:
        raise ValueError("buffer: its header does not say which arrays it holds")
    start = 4 + size
    arrays = {}
    for name, (dtype, shape, offset) in header.pop("arrays").items():
        arrays[name] = np.frombuffer(buffer, _type_named(dtype), prod(shape), start + offset).reshape(shape)
    return header, arrays


def pack_moments(moments: Iterable[Moment], **header: object) -> bytes:
    """Return any number of moments as one buffer; array m of moment i is named "i/m"."""
    rows = list(moments)
    places = [[moment.step, moment.epoch] for moment in rows]
    arrays = {f"{i}/{name}": values for i, row in enumerate(rows) for name, values in row.arrays.items()}
    return pack({**header, "moments": places}, arrays)


def unpack_moments(buffer: bytes) -> tuple[dict[str, object], list[Moment]]:
    """Return the header and the moments that `pack_moments` put into the buffer."""
    header, arrays = unpack(buffer)
    inside: list[dict[str, np.ndarray]] = [{} for _ in header["moments"]]
    for name, values in arrays.items():
        number, _, rest = name.partition("/")
        inside[int(number)][rest] = values
    places: Iterator = iter(header.pop("moments"))
    return header, [Moment(int(s), float(e), row) for (s, e), row in zip(places, inside, strict=True)]
