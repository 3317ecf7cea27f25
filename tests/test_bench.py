"""The benchmark trains both loops to the end on the digits of the folder, and says what it measured."""

import json
from pathlib import Path
from statistics import median

import pytest
import torch

from dlviz import bench
from tests.data.small_mnist import small_mnist

__all__ = ["small_mnist"]


@pytest.fixture(autouse=True)
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DLVIZ_DATA", "")
    torch.set_num_threads(1)


def test_every_epoch_of_both_loops_is_measured(small_mnist: Path) -> None:
    result = bench.cnn(small_mnist, epochs=3, threads=1)
    assert (result["examples"], result["updates"], result["threads"]) == (200, 3 * 4, 1)
    for side in ("", "plain_"):
        seconds = result[f"{side}epoch_seconds"]
        assert len(seconds) == 3
        assert min(seconds) > 0
        assert result[f"{side}seconds_per_epoch"] == median(seconds)
        assert result[f"{side}test_accuracy"] * 50 == pytest.approx(round(result[f"{side}test_accuracy"] * 50))
    assert result["ratio_to_plain"] == result["seconds_per_epoch"] / result["plain_seconds_per_epoch"]
    assert json.loads(json.dumps(result)) == result


def test_both_loops_learn(small_mnist: Path) -> None:
    result = bench.cnn(str(small_mnist), epochs=12, threads=1)
    assert result["test_accuracy"] > 0.5  # ten classes: guessing reads a tenth
    assert result["plain_test_accuracy"] > 0.5


def test_the_plain_network_is_the_articles() -> None:
    before = torch.get_rng_state()
    network = bench._plain_network(seed=0)
    assert sum(values.numel() for values in network.parameters()) == 347_146
    assert torch.equal(torch.get_rng_state(), before)


def test_a_folder_without_digits_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="mnist-full is not in"):
        bench.cnn(tmp_path, epochs=1)


def test_three_networks_on_points_are_measured_with_their_moments() -> None:
    result = bench.playground(None, epochs=7)
    assert list(result) == list(bench.SETTINGS)
    for found in result.values():
        assert (found["updates"], found["moments"]) == (7 * 25, 8)
        assert found["ratio_to_plain"] == pytest.approx(found["epochs_per_second"] / found["plain_epochs_per_second"])
    assert result["spiral 2-8-8-1"]["moment_bytes"] <= 16_000
    assert json.loads(json.dumps(result)) == result


def test_a_worksheet_is_filled_with_every_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "SHEET_SHAPES", ((2,), (3, 2)))
    monkeypatch.setattr(bench, "SAMPLE", 1)
    result = bench.worksheet(None, epochs=1)
    assert result["networks"] == 2 * 3 * 2 * 5
    assert set(list(result["solved"])[:2]) == {"circle 2-2-2 relu", "spiral 2-2-2 relu"}
    assert len(result["solved"]) == 12
    assert all(0 <= solved <= 5 for solved in result["solved"].values())
    assert result["seconds"] > 0 and result["plain_seconds"] > 0
    assert json.loads(json.dumps(result)) == result
