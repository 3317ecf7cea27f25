"""A network's layers as an editor: add one, take one away, change one, and see what each does to the size.

A combination that cannot be is explained in one sentence, and the network stays as it was; what was
typed stays in the fields, so that a second change can make it possible.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dlviz import codec
from dlviz.spec import Choice, ConvBlock, ConvNet
from dlviz.ui import fields
from dlviz.ui.language import t

SIDE = 28  # cells a side of the picture that the first convolution sees
BLOCK_FIELDS = (("channels", "kernel", "stride", "padding"), ("pooling", "pool_size", "batch_norm"))


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
    with st.container(border=True, key=f"{key}.{number}"):
        head, out = st.columns([3, 1], vertical_alignment="center")
        title = head.empty()
        values: dict[str, object] = {}
        for row in BLOCK_FIELDS:
            for name, column in zip(row, st.columns(len(row), vertical_alignment="bottom"), strict=True):
                values[name] = _block_field(block, name, f"{key}.{number}.{name}", column, keys)
        if removable:
            out.button(
                t("widgets.block.remove"),
                key=f"{key}.{number}.remove",
                help=t("widgets.block.remove.help"),
                type="tertiary",
                icon=":material/close:",
            )
        changed = ConvBlock.model_validate(values)
        maps = t("widgets.block.maps", before=side, after=max(changed.side(side), 0))
        title.markdown(f"**{t('widgets.block', number=number + 1)}** :gray[{maps}]")
    return changed


def _block_field(block: Choice, name: str, key: str, column: object, keys: dict[str, object]) -> object:
    keys[key] = getattr(block, name)
    unused = name == "pool_size" and st.session_state.get(key.replace("pool_size", "pooling")) == "none"
    with column:
        if name in ("channels", "kernel", "stride", "padding", "pool_size"):
            return _number(ConvBlock, name, getattr(block, name), key, disabled=unused)
        return fields.field(ConvBlock, name, getattr(block, name), key)


def _number(kind: type[Choice], name: str, value: int, key: str, *, label: str = "", disabled: bool = False) -> int:
    """Show a field of whole numbers to type in, which takes less room than a slider."""
    low, high = codec.limits(kind.model_fields[name])
    fields.follow(key, value)
    chosen = st.number_input(
        label or t(f"fields.{name}"),
        min_value=int(low),
        max_value=int(high),
        step=1,
        key=key,
        help=t("widgets.layer.help") if label else t(f"fields.{name}.help"),
        disabled=disabled,
    )
    fields.report(key, chosen)
    return chosen


# -------------------------------------------------------------------------------- dense layers


def units(kind: type[Choice], name: str, value: Sequence[int], key: str) -> tuple[int, ...]:
    """Show an editor of layer widths (the field `name` of `kind`, such as ConvNet's `dense`) and return them."""
    most = most_of(kind, name)
    rows = list(value)
    if st.session_state.get(f"{key}.add") and len(rows) < most:
        rows.append(rows[-1] if rows else 32)
    if st.session_state.get(f"{key}.remove"):
        rows = rows[:-1]
    st.markdown(t(f"fields.{name}"), help=t(f"fields.{name}.help"))
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{key}.row"):
        if not rows:
            st.caption(t("widgets.layer.none"))
        for number, width in enumerate(rows):
            label = t("widgets.layer", number=number + 1)
            rows[number] = _number(kind, name, width, f"{key}.{number}", label=label)
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
