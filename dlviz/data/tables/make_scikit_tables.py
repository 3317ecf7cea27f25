"""Makes diabetes.csv, breast_cancer.csv and wine.csv from scikit-learn's copies, number for number."""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_breast_cancer, load_diabetes, load_wine

from dlviz.spec import COLUMNS

HERE = Path(__file__).parent
SETS = {
    "diabetes": load_diabetes(scaled=False),
    "breast-cancer": load_breast_cancer(),
    "wine": load_wine(),
}

for name, found in SETS.items():
    # scikit-learn counts malignant as 0; whoever is looked for is class 1 here
    target = 1 - found.target if name == "breast-cancer" else found.target
    rows = np.column_stack([found.data, target])
    lines = [",".join([*COLUMNS[name], "target"]), *(",".join(f"{value:.12g}" for value in row) for row in rows)]
    (HERE / f"{name.replace('-', '_')}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
