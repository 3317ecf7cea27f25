"""A fingerprint of a question: equal questions have equal ones, in any process.

Pickled, equal values may differ: it matters to pickle which of their parts are the same object.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import numpy as np

from dlviz.spec import Choice


def fingerprint(*values: object) -> str:
    """Return 24 hexadecimal digits that stand for the values: specs, arrays, numbers, texts, and groups of these.

    Raises: TypeError where there is something else among them.
    """
    digest = hashlib.sha256()
    for part in _parts(values):
        digest.update(len(part).to_bytes(8, "little") + part)
    return digest.hexdigest()[:24]


def _parts(value: object) -> Iterator[bytes]:
    """Yield a value's type, then what it is made of."""
    yield type(value).__name__.encode()
    if isinstance(value, Choice):
        yield value.model_dump_json().encode()
    elif isinstance(value, np.ndarray):
        yield f"{value.dtype.str}{value.shape}".encode()
        yield np.ascontiguousarray(value).tobytes()
    elif is_dataclass(value):
        yield from _parts([getattr(value, field.name) for field in fields(value)])
    elif isinstance(value, Mapping):
        yield from _parts(sorted(value.items()))
    elif isinstance(value, tuple | list):
        yield str(len(value)).encode()
        for one in value:
            yield from _parts(one)
    elif value is None or isinstance(value, bool | int | float | str | bytes | np.generic):
        yield repr(value).encode()
    else:
        raise TypeError(f"fingerprint: a {type(value).__name__} has none")
