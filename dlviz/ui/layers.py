"""A network's layers as an editor: add one, take one away, change one, and see what each does to the size.

A combination that cannot be is explained in one sentence, and the network stays as it was; what was
typed stays in the fields, so that a second change can make it possible.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dlviz.spec import Choice, ConvBlock, ConvNet
from dlviz.ui import fields
from dlviz.ui.language import t

SIDE = 28  # cells a side of the picture that the first convolution sees
WIDTH = 120  # pixels of one field; two stand side by side on a phone


def most_of(kind: type[Choice], name: str) -> int:
    """Return how many entries the field `name` of `kind` may have."""
    return next(mark.max_length for mark in kind.model_fields[name].metadata if hasattr(mark, "max_length"))


# --------------------------------------------------------------------------------- convolutions


def blocks(value: Sequence[ConvBlock], key: str) -> tuple[ConvBlock, ...]:
    """Show an editor of the convolutions and return them; 1 to 4 blocks, each on what the one before left."""
    most = most_of(ConvNet, "blocks")
    before = _grown(tuple(value), key, most)
    after, side, keys = [], SIDE, {}
    for number, block in enumerate(before):
        after.append(_block(block, number, side, key, len(before) > 1, keys))
        side = after[-1].side(side)
    st.button(
        t("widgets.block.add"),
        key=f"{key}.add",
        help=t("widgets.block.add.help"),
        icon=":material/add:",
        disabled=len(before) >= most,
    )
    vanished = vanishes_in(after)
    if vanished is None:
        return tuple(after)
    fields.refuse(keys)
    st.warning(t("widgets.block.too_small", number=vanished))
    return before


def vanishes_in(rows: Sequence[ConvBlock]) -> int | None:
    """Return the number, from 1, of the first block whose maps have no cell left, or None where all have some."""
    side = SIDE
    for number, block in enumerate(rows, 1):
        side = block.side(side)
        if side < 1:
            return number
    return None


def next_block(rows: Sequence[ConvBlock]) -> ConvBlock:
    """Return a block that can follow `rows`: twice the kernels of the last, and pooled where cells are left for it."""
    side, channels = SIDE, 16
    for block in rows:
        side, channels = block.side(side), block.channels
    return ConvBlock(channels=min(2 * channels, 128), kernel=3, padding=1, pooling="max" if side >= 4 else "none")


def _grown(rows: tuple[ConvBlock, ...], key: str, most: int) -> tuple[ConvBlock, ...]:
    """Return the blocks after the button that was just pressed, if any."""
    if st.session_state.get(f"{key}.add") and len(rows) < most:
        return (*rows, next_block(rows))
    gone = [number for number in range(len(rows)) if st.session_state.get(f"{key}.{number}.remove")]
    kept = tuple(block for number, block in enumerate(rows) if number not in gone)
    return kept if kept and vanishes_in(kept) is None else rows


def _block(block: ConvBlock, number: int, side: int, key: str, removable: bool, keys: dict[str, object]) -> ConvBlock:
    """Show one block as a card and return what the visitor made of it; `keys` gains key → value in force."""
    key = f"{key}.{number}"
    keys |= {f"{key}.{name}": value for name, value in block}
    with st.container(border=True, key=key, gap="small"):
        head = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
        title = head.empty()
        if removable:
            _remove(head, key)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            changed = _fields(block, key)
        maps = t("widgets.block.maps", before=side, after=max(changed.side(side), 0))
        title.markdown(f"**{t('widgets.block', number=number + 1)}** :gray[{maps}]")
    return changed


def _fields(block: ConvBlock, key: str) -> ConvBlock:
    """Show the block's fields, as many in a row as there is room for."""
    values: dict[str, object] = {
        name: fields.typed(ConvBlock, name, getattr(block, name), f"{key}.{name}", width=WIDTH)
        for name in ("channels", "kernel", "stride", "padding")
    }
    options = fields.options_of(ConvBlock.model_fields["pooling"])
    words = {"label": t("fields.pooling"), "help": t("fields.pooling.help")}
    values["pooling"] = fields.choice(
        words["label"], options, block.pooling, f"{key}.pooling", help=words["help"], segments=0, width=WIDTH
    )
    unused = values["pooling"] == "none"
    values["pool_size"] = fields.typed(
        ConvBlock, "pool_size", block.pool_size, f"{key}.pool_size", width=WIDTH, disabled=unused
    )
    values["batch_norm"] = fields.field(ConvBlock, "batch_norm", block.batch_norm, f"{key}.batch_norm")
    return ConvBlock.model_validate(values)


def _remove(place: object, key: str) -> None:
    words, help = t("widgets.block.remove"), t("widgets.block.remove.help")
    place.button(words, key=f"{key}.remove", help=help, type="tertiary", icon=":material/close:")


# -------------------------------------------------------------------------------- dense layers


def units(kind: type[Choice], name: str, value: Sequence[int], key: str) -> tuple[int, ...]:
    """Show an editor of layer widths (the field `name` of `kind`, such as ConvNet's `dense`) and return them."""
    most = most_of(kind, name)
    rows = list(value)
    if st.session_state.get(f"{key}.add") and len(rows) < most:
        rows.append(rows[-1] if rows else 32)
    if st.session_state.get(f"{key}.remove"):
        rows = rows[:-1]
    about = t("widgets.layer.help")
    st.markdown(t(f"fields.{name}"), help=t(f"fields.{name}.help"))
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{key}.row"):
        if not rows:
            st.caption(t("widgets.layer.none"))
        for number, width in enumerate(rows):
            label = t("widgets.layer", number=number + 1)
            rows[number] = fields.typed(kind, name, width, f"{key}.{number}", label=label, help=about, width=WIDTH)
        _step("add", key, ":material/add:", disabled=len(rows) >= most)
        _step("remove", key, ":material/remove:", disabled=not rows)
    return tuple(rows)


def _step(action: str, key: str, icon: str, *, disabled: bool) -> None:
    words = t(f"widgets.layer.{action}")
    st.button(
        words,
        key=f"{key}.{action}",
        help=t(f"widgets.layer.{action}.help"),
        icon=icon,
        type="tertiary",
        disabled=disabled,
    )
