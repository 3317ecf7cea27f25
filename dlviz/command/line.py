"""The line itself: which commands there are, which options each takes, and how a mistake is told.

Nothing here imports torch, so that help and mistakes come at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Sequence
from typing import NoReturn

from dlviz.command import answers
from dlviz.command.options import EXPERIMENTS, add_spec_options, cores
from dlviz.command.scripts import MAKERS

MISTAKE, STOPPED = 2, 130
ADDRESS = "http://localhost:8501"


class Parser(argparse.ArgumentParser):
    """A parser that tells a mistake in one sentence; who wants all options asks for --help."""

    def error(self, message: str) -> NoReturn:
        """End the program with one sentence."""
        self.exit(MISTAKE, f"{self.prog}: {message}; see {self.prog} --help\n")


def main(words: Sequence[str]) -> int:
    """Do what the words of the command line say; return the program's exit status.

    0 done; 1 the run diverged; 2 a mistake in the words, told in one sentence; 130 stopped by the keyboard.
    """
    arguments = line().parse_args([_spelling(word) for word in words])
    try:
        return arguments.answer(arguments) or 0
    except (ValueError, OSError) as error:
        print(f"dlviz {arguments.command}: {_one_line(error)}", file=sys.stderr)
        return MISTAKE
    except KeyboardInterrupt:
        print(f"dlviz {arguments.command}: stopped", file=sys.stderr)
        return STOPPED


def line() -> Parser:
    """Return the parser of the whole command line."""
    parser = Parser("dlviz", description="See deep learning happen, in a shell.", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _pages(commands)
    _train(commands)
    _script(commands)
    _seeds(commands)
    _bench(commands)
    return parser


def _command(commands: argparse._SubParsersAction, name: str, what: str) -> Parser:
    parser = commands.add_parser(name, help=what, description=what, allow_abbrev=False)
    parser.add_argument("--json", action="store_true", help="print one JSON value and nothing else")
    return parser


def _pages(commands: argparse._SubParsersAction) -> None:
    parser = _command(commands, "pages", "List the pages: slug, section, title.")
    parser.add_argument("--lang", choices=("en", "zh"), default="en", help="language of the titles")
    parser.set_defaults(answer=answers.pages)


def _train(commands: argparse._SubParsersAction) -> None:
    parser = _command(commands, "train", "Train a network as its page does, and print what came out.")
    parser.add_argument("--download", action="store_true", help="fetch the full data first where it is not there")
    _experiment(parser)
    parser.set_defaults(answer=answers.train)


def _script(commands: argparse._SubParsersAction) -> None:
    parser = _command(commands, "script", "Print what a page shows as a self-contained PyTorch script.")
    what = f"the address of a page, whose state is then written ({', '.join(MAKERS)}); default: as the page opens"
    parser.add_argument("--link", metavar="ADDRESS", help=what)
    _experiment(parser, (*EXPERIMENTS, *MAKERS))
    parser.set_defaults(answer=answers.script)


def _seeds(commands: argparse._SubParsersAction) -> None:
    what = "Train a network on the plane from many seeds at once, and print how often it works."
    parser = _command(commands, "seeds", what)
    parser.add_argument("--seeds", type=int, default=20, metavar="1 … 100", help="how many, from 0 on (default 20)")
    what = "the score, accuracy or R², from which a seed has solved its task (default 0.95)"
    parser.add_argument("--solved-from", type=float, default=0.95, metavar="0 … 1", help=what)
    _experiment(parser, ("playground",))
    parser.set_defaults(answer=answers.seeds)


def _experiment(parser: Parser, choices: Collection[str] = EXPERIMENTS) -> None:
    parser.add_argument("experiment", choices=choices, help="which page's experiment")
    _data_dir(parser)
    add_spec_options(parser)


def _bench(commands: argparse._SubParsersAction) -> None:
    what = "Measure how fast this machine is."
    parser = commands.add_parser("bench", help=what, description=what, allow_abbrev=False)
    benches = parser.add_subparsers(dest="experiment", required=True, metavar="WHAT")
    cnn = "Train the article's network in our way and in the plain way, in turn."
    _bench_training(_command(benches, "cnn", cnn), 5, cores())
    playground = "Train three networks on the plane with all that is shown of them, and in the plain way, in turn."
    _bench_training(_command(benches, "playground", playground), 300, 1)
    worksheet = "Train 180 small networks: six shapes, three activations, two data sets, five seeds of each."
    _bench_training(_command(benches, "worksheet", worksheet), 100, 1)
    _bench_visitors(_command(benches, "visitors", "Send many visitors to a running app, as a class would come."))


def _bench_training(parser: Parser, epochs: int, threads: int) -> None:
    _data_dir(parser)
    parser.add_argument(
        "--epochs", type=int, default=epochs, metavar="1 … 1000", help=f"how many epochs (default {epochs})"
    )
    parser.add_argument(
        "--threads", type=int, default=threads, metavar="1 … 64", help=f"torch threads (default {threads})"
    )
    parser.set_defaults(answer=answers.bench_training)


def _bench_visitors(parser: Parser) -> None:
    parser.add_argument("--url", default=ADDRESS, help=f"where the app answers (default {ADDRESS})")
    parser.add_argument("--visitors", type=int, default=30, metavar="1 … 500", help="how many come (default 30)")
    parser.add_argument("--seconds", type=float, default=40, metavar="1 … 600", help="they stay so long (default 40)")
    parser.add_argument("--arrival", type=float, default=1, metavar="0 … 600", help="all within so many seconds")
    parser.add_argument("--page", choices=("cnn", "playground"), default="cnn", help="which page (default cnn)")
    parser.add_argument("--same", action="store_true", help="all watch one run; otherwise everybody trains their own")
    parser.add_argument("--still", action="store_true", help="nobody turns a knob")
    parser.set_defaults(answer=answers.bench_visitors)


def _data_dir(parser: Parser) -> None:
    parser.add_argument("--data-dir", metavar="DIR", help="folder that holds MNIST/raw, for the data set mnist-full")


def _spelling(word: str) -> str:
    """Return an option in the spelling of the command line: --learning_rate, as in a link, is --learning-rate."""
    name, equals, value = word.partition("=")
    return name.replace("_", "-") + equals + value if word.startswith("--") else word


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
