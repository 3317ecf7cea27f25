"""What is taken for what, and the mistakes that were made with most certainty."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.mlp.panels import parts
from dlviz.concepts.mlp.spec import View
from dlviz.ui.components import mount
from dlviz.ui.language import t

CLASSES = [str(digit) for digit in range(10)]


def panel(view: View) -> None:
    """Show the confusion matrix and the surest mistakes of the moment under the cursor."""
    left, right = st.columns(2, gap="large")
    player = {"player": parts.lab(view).key, "classes": CLASSES}
    with left:
        st.markdown(f"**{t('mlp.confusion')}**")
        keys = {"label": "matrix", "truth": "truth", "answer": "answer", "cell": "cell", "right": "right"}
        words = {name: t(f"views.{key}") for name, key in {**keys, "none": "row_empty", "scale": "scale"}.items()}
        mount("matrix", key="mlp.confusion", data={**player, "array": "confusion", "chosen": None, **words})
    with right:
        st.markdown(f"**{t('mlp.worst')}**")
        words = {"label": t("views.pictures"), "describe": t("views.describe"), "none": t("views.none")}
        mount("pictures", key="mlp.worst", data={**player, **words})
