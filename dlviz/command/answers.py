"""What each command does: it gets the parsed arguments, prints its answer, and returns the exit status.

What needs torch is imported by the command that needs it.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from dlviz.command import scripts
from dlviz.command.options import cores, fields_given, spec_from
from dlviz.spec import RunSpec
from dlviz.words.catalogue import LANGUAGES
from dlviz.words.pages import SECTIONS, existing

DIVERGED = 1


def pages(arguments: argparse.Namespace) -> int:
    """Print the pages that exist: slug, section and title in the chosen language."""
    side = LANGUAGES.index(arguments.lang)
    rows = [
        {"slug": page.slug, "section": SECTIONS[page.section][side], "title": page.title[side]} for page in existing()
    ]
    if arguments.json:
        print_json(rows)
    else:
        print_table([tuple(row.values()) for row in rows])
    return 0


def train(arguments: argparse.Namespace) -> int:
    """Train the run to its end and print its losses and accuracies."""
    spec = _spec(arguments)
    if arguments.download and spec.data.data == "mnist-full":
        from dlviz.data.digits import digits_folder, download

        download(digits_folder())
    from dlviz.command import training
    from dlviz.command.progress import Progress

    result = training.train(spec, Progress(sys.stderr, quiet=arguments.json), arguments.experiment)
    if arguments.json:
        print_json(result)
    else:
        epochs, final = training.tables(result)
        print_table(epochs)
        print()
        print_table(final)
    if result["diverged_at"] is not None:
        print(f"The run diverged at update {result['diverged_at']}: try a smaller learning rate.", file=sys.stderr)
        return DIVERGED
    return 0


def script(arguments: argparse.Namespace) -> int:
    """Print what a page shows as a PyTorch script that prints the same numbers."""
    if arguments.experiment in scripts.MAKERS:
        return _page_script(arguments)
    if arguments.link is not None:
        raise ValueError(f"--link is for {', '.join(scripts.MAKERS)}; the fields of {arguments.experiment} are options")
    spec = _spec(arguments)
    from dlviz.export.script import pytorch_script

    text = pytorch_script(spec)
    if arguments.json:
        print_json({"script": text, "spec": spec.model_dump(mode="json"), "digest": spec.digest})
    else:
        print(text, end="" if text.endswith("\n") else "\n")
    return 0


def _page_script(arguments: argparse.Namespace) -> int:
    if strange := fields_given(arguments):
        raise ValueError(f"{strange[0]} has no meaning with {arguments.experiment}, which takes a --link")
    text = scripts.page_script(arguments.experiment, arguments.link or "")
    if arguments.json:
        print_json({"script": text})
    else:
        print(text, end="")
    return 0


def seeds(arguments: argparse.Namespace) -> int:
    """Train the run from many seeds at once and print how often it works and how far the runs spread."""
    _within("seeds", arguments.seeds, 1, 100)
    _within("solved-from", arguments.solved_from, 0, 1)
    spec = _spec(arguments)
    from dlviz.command import seeds as many

    quiet = io.StringIO() if arguments.json else sys.stderr
    result = many.seeds(spec, arguments.seeds, quiet, arguments.solved_from)
    if arguments.json:
        print_json(result)
    else:
        print_table(many.table(result))
    return 0


def bench_training(arguments: argparse.Namespace) -> int:
    """Measure how fast the experiment trains, and print the figures."""
    _within("epochs", arguments.epochs, 1, 1000)
    _within("threads", arguments.threads, 1, 64)
    folder = _data_dir(arguments)
    from dlviz import bench

    return _print_figures(getattr(bench, arguments.experiment)(folder, arguments.epochs, arguments.threads), arguments)


def bench_visitors(arguments: argparse.Namespace) -> int:
    """Send visitors to a running app, and print what they met."""
    _within("visitors", arguments.visitors, 1, 500)
    _within("seconds", arguments.seconds, 1, 600)
    _within("arrival", arguments.arrival, 0, 600)
    from dlviz import visitors

    found = visitors.visit(
        arguments.url,
        arguments.visitors,
        arguments.seconds,
        arguments.same,
        turns=not arguments.still,
        page=arguments.page,
        arrival=arguments.arrival,
    )
    return _print_figures(found, arguments)


def _within(option: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:
        raise ValueError(f"--{option} must be in {least} … {most}, got {value}")


def _print_figures(figures: Mapping[str, object], arguments: argparse.Namespace) -> int:
    if arguments.json:
        print_json(figures)
    else:
        print_table([(name.replace("_", " "), _text(value)) for name, value in figures.items()])
    return 0


def _spec(arguments: argparse.Namespace) -> RunSpec:
    """Return the run that the arguments ask for, on a device that is there."""
    spec = spec_from(arguments, cores())
    _data_dir(arguments)
    return spec


def _data_dir(arguments: argparse.Namespace) -> str | None:
    """Return the folder named for the full data, and make it the one where this program looks."""
    if arguments.data_dir is None:
        return os.environ.get("DLVIZ_DATA")
    if not Path(arguments.data_dir).is_dir():
        raise ValueError(f"--data-dir must be a folder, got {arguments.data_dir!r}")
    os.environ["DLVIZ_DATA"] = arguments.data_dir
    return arguments.data_dir


def print_json(value: object) -> None:
    """Print one JSON value."""
    print(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2))


def print_table(rows: Iterable[tuple[str, ...]]) -> None:
    """Print rows of words in columns as wide as their widest word; the last column is not padded."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        *padded, last = (word.ljust(width) for word, width in zip(row, widths, strict=True))
        print("  ".join((*padded, last.rstrip())))


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, Mapping):
        return ", ".join(f"{name.replace('_', ' ')} {_text(inside)}" for name, inside in value.items())
    return ", ".join(map(_text, value)) if isinstance(value, list | tuple) else str(value)
