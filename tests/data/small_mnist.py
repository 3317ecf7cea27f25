"""All digits, in small: the four files that MNIST comes in, with 200 and 50 of the embedded digits."""

from pathlib import Path

import numpy as np
import pytest

from dlviz.data.digits import embedded_digits

FILES = (("train", 25), ("t10k", 100))  # every so many of the 5,000


def idx(array: np.ndarray) -> bytes:
    """Return bytes in the format of the MNIST files. Source: yann.lecun.com/exdb/mnist, "FILE FORMATS"."""
    header = bytes([0, 0, 8, array.ndim]) + b"".join(size.to_bytes(4, "big") for size in array.shape)
    return header + array.tobytes()


@pytest.fixture
def small_mnist(tmp_path: Path) -> Path:
    """Return a folder that holds MNIST/raw with 200 training and 50 test digits."""
    raw = tmp_path / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for name, stride in FILES:
        pictures, labels = embedded_digits().inputs[::stride], embedded_digits().labels[::stride].astype(np.uint8)
        (raw / f"{name}-images-idx3-ubyte").write_bytes(idx(pictures))
        (raw / f"{name}-labels-idx1-ubyte").write_bytes(idx(labels))
    return tmp_path
