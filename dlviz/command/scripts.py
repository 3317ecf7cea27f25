"""Scripts of the pages that show a computation rather than a training run: any state of them, as PyTorch.

What a page's script needs is computed here as a worker would compute it. Nothing is imported before it is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TypeVar
from urllib.parse import parse_qsl, urlsplit

from dlviz import codec
from dlviz.command.options import REASONS
from dlviz.spec import Choice, RunSpec

IN_EVERY_LINK = ("lang",)  # says how a page is shown, and nothing of what is on it
View = TypeVar("View", bound=Choice)


def page_script(name: str, link: str = "") -> str:
    """Return the script of a page, or of a part of one, as the link to the page shows it, or as the page opens.

    name: one of MAKERS. link: the whole address, or what stands in it behind the question mark.
    Raises: ValueError with one sentence where it is another page's link, or where something in it is wrong.
    """
    make, page = MAKERS[name], PARTS.get(name, name)
    return make(read_link(page, link, import_module(f"dlviz.concepts.{page}.spec").DEFAULT))


def read_link(page: str, link: str, usual: View) -> View:
    """Return what the link shows. Raises: ValueError with one sentence that names everything that is wrong."""
    address = urlsplit(link)
    slug = address.path.rstrip("/").rpartition("/")[2]
    if address.query and slug and slug != page:
        raise ValueError(f"--link is of the page {slug}, not of {page}")
    said = address.query or (link if "=" in link else "")
    if link and not said and slug != page:
        raise ValueError(f"--link must be an address of {page}, or what stands in it behind the ?, got {link[:60]!r}")
    texts = {name: text for name, text in parse_qsl(said, keep_blank_values=True) if name not in IN_EVERY_LINK}
    view, problems = codec.read(texts, usual)
    if problems:
        sentences = [
            REASONS[one.reason].format(name=one.name, given=one.given, allowed=one.allowed) for one in problems
        ]
        raise ValueError("--link: " + "; ".join(sentences))
    return view


def _activations(view: Choice) -> str:
    from dlviz.concepts.activations import script

    return script.page_script(view)


def _forward_loss(view: Choice) -> str:
    from dlviz.concepts.forward_loss import compute, script

    run = view.subject.run
    if run.device == "best":
        view = view.model_copy(update={"subject": view.subject.model_copy(update={"run": _on_cpu(run)})})
    return script.page_script(view, compute.anatomy(_trained, view.subject, view.changed))


def _on_cpu(run: RunSpec) -> RunSpec:
    return run.model_copy(update={"device": "cpu"})


def _trained(spec: RunSpec, step: int | None) -> tuple[object, object]:
    """Return a run's network after so many updates, and its examples."""
    from dlviz.training.run import Run

    run = Run(spec)
    for _ in run.work(until=step):
        pass
    return run.network.eval(), run.splits


def _backprop(view: Choice) -> str:
    from dlviz.concepts.backprop import compute, script

    return script.page_script(view.question, compute.lesson(view.question))


def _vanishing(view: Choice) -> str:
    from dlviz.export.vanishing_text import vanishing_script

    return vanishing_script(view.vanishing)


def _gradient_descent(view: Choice) -> str:
    from dlviz.concepts.gradient_descent import network_script, script

    return network_script.pytorch_script(view.real) if view.section == "network" else script.pytorch_script(view.race)


MAKERS: dict[str, Callable[[Choice], str]] = {
    "activations": _activations,
    "forward_loss": _forward_loss,
    "backprop": _backprop,
    "vanishing": _vanishing,
    "gradient_descent": _gradient_descent,
}

PARTS = {"vanishing": "backprop"}
"""Names of MAKERS that are no pages: the page of which each is a part."""
