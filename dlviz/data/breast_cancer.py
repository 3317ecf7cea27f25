"""569 lumps in the breast: what the nuclei of their cells look like under the microscope, and whether it was cancer.

The set comes with scikit-learn. Source: Street, Wolberg, Mangasarian 1993, Nuclear feature extraction for breast
tumor diagnosis; licence and origin: tables/PROVENANCE.md.
"""

from __future__ import annotations

from functools import cache

from sklearn.datasets import load_breast_cancer

from dlviz.data.records import Records, records_of

FEATURES = (
    *("radius", "texture", "perimeter", "area", "smoothness"),
    *("compactness", "concavity", "concave_points", "symmetry", "fractal_dimension"),
)
FORMS = ("mean", "error", "worst")  # over all nuclei of a picture: mean, its standard error, mean of the three largest
COLUMNS = tuple(f"{form}_{feature}" for form in FORMS for feature in FEATURES)


@cache
def lumps() -> Records:
    """Return 569 lumps with 30 measurements; class 1 is malignant (212), 0 benign (357).

    scikit-learn numbers them the other way round; here 1 is what is looked for, so that recall is the share of
    cancers that are found. Lengths and areas are in the scale of the pictures, which the source does not give; the
    other columns have no unit. Texture is the standard deviation of grey values.
    """
    table = load_breast_cancer()
    return records_of(table.data, 1 - table.target, COLUMNS, ("benign", "malignant"))
