"""The shelf keeps what runs have already found: moments, states to go on from, and weights.

Everything is filed under the digest of `spec.prefix(step)`, the part of a spec that decides the
bits up to that step. So a fork finds its parent's past here, two people with one lesson share one
folder, and a run that went away goes on where its last state was written. Files are plain arrays
(never pickles); the folder can live on a disk that all machines of a cluster see.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import numpy as np

from dlviz.recording import Moment, pack, pack_moments, unpack, unpack_moments
from dlviz.spec import RunSpec

MOST = {"state": 60, "weights": 400}  # files of a kind in one folder; then every second one goes
Segment = tuple[str, int, float]  # folder name, first and last step for which it is this spec's past


def segments(spec: RunSpec) -> Iterator[Segment]:
    """Yield the folders that hold this spec's past: one up to its first edit, one for each edit after.

    Where an edit sets weights by hand, the step itself has a folder of its own: it shows them already.
    """
    first = 0
    for edit in spec.edits:
        yield spec.before(edit.step).digest, first, edit.step - bool(edit.weights)
        if edit.weights:
            yield spec.prefix(edit.step).digest, edit.step, edit.step
        first = edit.step + 1
    yield spec.prefix(first + 1).digest, first, float("inf")


class Shelf:
    """A folder of findings, bounded by `limit` bytes; the longest unused folders go first."""

    def __init__(self, folder: str | Path, limit: int = 4_000_000_000):
        self.folder = Path(folder)
        self.limit = limit
        self.folder.mkdir(parents=True, exist_ok=True)

    # ------------------------------------------------------------------------------- writing

    def keep_moments(self, spec: RunSpec, moments: Iterable[Moment]) -> None:
        """File moments (several go into one file, so that quick runs do not make thousands)."""
        for _, group in groupby(moments, key=lambda row: spec.prefix(row.step).digest):
            rows = list(group)
            self._write(spec, rows[-1].step, "moments", pack_moments(rows))

    def keep_state(self, spec: RunSpec, step: int, state: bytes) -> None:
        """File a state from which the run can go on bit for bit."""
        self._write(spec, step, "state", state)

    def keep_weights(self, spec: RunSpec, step: int, weights: dict[str, np.ndarray]) -> None:
        """File the network as it was after `step` updates."""
        self._write(spec, step, "weights", pack({}, weights))

    def _write(self, spec: RunSpec, step: int, kind: str, data: bytes) -> None:
        folder = self.folder / spec.prefix(step).digest
        folder.mkdir(exist_ok=True)
        path = folder / f"{kind}-{step:09d}"
        part = path.with_suffix(f".part{os.getpid()}")
        part.write_bytes(data)
        part.replace(path)  # readers see the whole file or none
        if kind in MOST:
            self._thin(folder, kind)

    def _thin(self, folder: Path, kind: str) -> None:
        """Drop every second of the older files of a kind where there are many; what they held can be computed again."""
        paths = sorted(folder.glob(f"{kind}-?????????"))
        if len(paths) > MOST[kind]:
            for path in paths[1 : -MOST[kind] // 4 : 2]:
                path.unlink(missing_ok=True)

    # ------------------------------------------------------------------------------- reading

    def moments(self, spec: RunSpec) -> list[Moment]:
        """Return all filed moments of this spec's past and present, by step.

        Of two filed after the same step the one that measured more counts: a run that ends there has a test in it, one
        that goes on has none.
        """
        found: dict[int, Moment] = {}
        for path, first, last in self._files(spec, "moments"):
            data = _read(path)
            rows = unpack_moments(data)[1] if data else ()
            for row in rows:
                if first <= row.step <= last and not _measured_less(row, found.get(row.step)):
                    found[row.step] = row
        return [found[step] for step in sorted(found)]

    def state(self, spec: RunSpec, at_most: float = float("inf")) -> tuple[int, bytes] | None:
        """Return the newest filed state after at most `at_most` updates, and its step; None where there is none.

        One from just before weights were set by hand serves as well: a run sets them when it goes on from there.
        """
        files = self._files(spec, "state")
        paths = {step: path for path, first, last in files if first <= (step := _step(path)) <= min(last, at_most)}
        for edit in spec.edits:
            path = self.folder / spec.before(edit.step).digest / f"state-{edit.step:09d}"
            if edit.step <= at_most and path.exists():
                paths.setdefault(edit.step, path)
        for step in sorted(paths, reverse=True):
            if data := _read(paths[step]):
                return step, data
        return None

    def weights(self, spec: RunSpec, step: int) -> dict[str, np.ndarray] | None:
        """Return the weights filed for exactly this step, or None."""
        data = _read(self.folder / spec.prefix(step).digest / f"weights-{step:09d}")
        return unpack(data)[1] if data else None

    def _files(self, spec: RunSpec, kind: str) -> Iterator[tuple[Path, int, float]]:
        for name, first, last in segments(spec):
            folder = self.folder / name
            yield from ((path, first, last) for path in sorted(folder.glob(f"{kind}-?????????")))

    # ----------------------------------------------------------------------------- endings

    def keep_ending(self, spec: RunSpec, diverged_at: int | None) -> None:
        """File that this very spec is through, and at which step it diverged, if it did."""
        path = self.folder / f"{spec.digest}.ending"
        path.write_text("" if diverged_at is None else str(diverged_at))

    def ending(self, spec: RunSpec) -> tuple[bool, int | None]:
        """Return whether this very spec is through, and the step at which it diverged, if it did."""
        path = self.folder / f"{spec.digest}.ending"
        text = path.read_text() if path.exists() else None
        return text is not None, int(text) if text else None

    # -------------------------------------------------------------------------------- bounds

    def tidy(self) -> int:
        """Drop the longest unused folders until the rest fits the limit; return the bytes that are left."""
        folders = [entry for entry in self.folder.iterdir() if entry.is_dir()]
        sizes = {folder: sum(f.stat().st_size for f in folder.iterdir() if f.is_file()) for folder in folders}
        total = sum(sizes.values())
        for folder in sorted(folders, key=lambda entry: entry.stat().st_mtime):
            if total <= self.limit:
                break
            shutil.rmtree(folder, ignore_errors=True)
            total -= sizes[folder]
        return total


def _measured_less(one: Moment, other: Moment | None) -> bool:
    return other is not None and len(one.arrays) < len(other.arrays)


def _step(path: Path) -> int:
    return int(path.name.rpartition("-")[2])


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
