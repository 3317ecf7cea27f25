"""178 wines from Piedmont: thirteen measurements in the laboratory, and the grape that each was made of.

The set comes with scikit-learn. Source: Forina, Armanino, Castino, Ubigli 1986, Multivariate data analysis as a
discriminating method of the origin of wines; licence and origin: tables/PROVENANCE.md.
"""

from __future__ import annotations

from functools import cache

from sklearn.datasets import load_wine

from dlviz.data.records import Records, records_of

GRAPES = ("barolo", "grignolino", "barbera")  # as the wines are called; Barolo is made of nebbiolo
COLUMNS = (
    *("alcohol", "malic_acid", "ash", "alcalinity_of_ash", "magnesium", "total_phenols", "flavanoids"),
    *("nonflavanoid_phenols", "proanthocyanins", "color_intensity", "hue", "od280_od315", "proline"),
)


@cache
def wines() -> Records:
    """Return 178 wines with 13 measurements, 59 Barolo, 71 Grignolino and 48 Barbera.

    Alcohol is in percent by volume; the source gives no units of the others.
    """
    table = load_wine()
    return records_of(table.data, table.target, COLUMNS, GRAPES)
