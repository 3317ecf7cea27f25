"""A formula as a field to type in: what cannot be read is said at once, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dlviz.formula import FormulaError
from dlviz.ui import fields, reasons


def formula(label: str, value: str, key: str, read: Callable[[str], str], *, most: int, help: str = "") -> str:
    """Show a field for a formula of at most `most` letters and return what is in force.

    That is what was typed, as `read` returns it. Where `read` raises FormulaError, a sentence says why, the text stays
    in the field to be mended, and `value` stays in force.
    """
    fields.follow(key, value)
    typed = st.text_input(label, value=st.session_state[key], key=key, max_chars=most, help=help)
    try:
        chosen = read(typed)
    except FormulaError as error:
        fields.refuse({key: value})
        st.warning(reasons.say_formula(error))
        return value
    fields.report(key, chosen)
    return chosen
