"""Handwritten digits: the pictures on which networks first learned to read.

5,000 come with the program. All 60,000 training digits and 10,000 test digits are read from a
folder, or fetched once when somebody asks for that; reading them never fetches anything by itself.
"""

from __future__ import annotations

import gzip
import hashlib
import os
from functools import lru_cache
from pathlib import Path
from urllib.request import urlopen

import numpy as np

from dlviz.data.examples import Examples
from dlviz.recording import read_only

TABLE = Path(__file__).parent / "tables" / "mnist_5k.npz"
CLASSES = tuple("0123456789")
SECONDS_TO_WAIT = 10  # for the server of a download to say anything


@lru_cache(maxsize=1)
def embedded_digits() -> Examples:
    """Return the 5,000 digits that come with the program, sorted by class."""
    with np.load(TABLE, allow_pickle=False) as table:
        return _examples(table["pictures"], table["labels"])


@lru_cache(maxsize=2)
def all_digits(folder: Path) -> tuple[Examples, Examples]:
    """Return the training digits and the test digits in `folder`, which holds MNIST/raw.

    Raises: ValueError where the four files are not there.
    """
    from torchvision.datasets import MNIST  # here, because it takes a second to import

    try:
        train, test = MNIST(folder, train=True), MNIST(folder, train=False)
    except (RuntimeError, OSError, AssertionError, ValueError) as error:  # all that torchvision says to broken files
        raise ValueError(
            f"data: mnist-full is not in {folder}, which should hold MNIST/raw with its four files"
        ) from error
    return _examples(train.data.numpy(), train.targets.numpy()), _examples(test.data.numpy(), test.targets.numpy())


def digits_folder() -> Path:
    """Return the folder in which all digits are looked for: DLVIZ_DATA, or the user's own cache."""
    named = os.environ.get("DLVIZ_DATA")
    return Path(named).expanduser() if named else cache_folder()


def cache_folder() -> Path:
    """Return the user's cache folder for downloads; it may not exist yet."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dlviz"


def download(folder: Path | None = None) -> Path:
    """Fetch all digits into `folder` (the user's cache where none is given) and return that folder.

    Files that are already there are kept.
    Raises: ValueError where no mirror can be reached or none sends the right files.
    """
    from torchvision.datasets import MNIST

    folder = folder or cache_folder()
    raw = folder / "MNIST" / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    for name, checksum in MNIST.resources:
        target = raw / name.removesuffix(".gz")
        if not target.exists():
            unfinished = target.with_suffix(".part")
            unfinished.write_bytes(gzip.decompress(_fetch(name, checksum, MNIST.mirrors)))
            unfinished.replace(target)
    return folder


def _fetch(name: str, checksum: str, mirrors: list[str]) -> bytes:
    for mirror in mirrors:
        try:
            with urlopen(mirror + name, timeout=SECONDS_TO_WAIT) as answer:
                content = answer.read()
        except OSError:
            continue
        if hashlib.md5(content, usedforsecurity=False).hexdigest() == checksum:
            return content
    raise ValueError(
        f"data: {name} could not be fetched from {', '.join(mirrors)}; connect to the internet and try again, "
        "or name a folder that holds MNIST/raw in DLVIZ_DATA, or choose mnist-5k, which comes with the program"
    )


def _examples(pictures: np.ndarray, labels: np.ndarray) -> Examples:
    return Examples(read_only(pictures), read_only(labels.astype(np.int64)), read_only(np.arange(len(labels))))
