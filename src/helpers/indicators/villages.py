"""Villages: how many there are in each district, and which are drug-free villages."""

from __future__ import annotations

import pandas as pd

from helpers.indicators.traced import traced


@traced
def compute_villages_by_district(villages: pd.DataFrame) -> pd.DataFrame:
    """Return the number of villages of each type by district.

    Parameters
    ----------
    villages : DataFrame
        ``clean_villages__village``: ``district_code``, ``district_name``, ``village_type``.

    Returns
    -------
    DataFrame
        One row a district in the order of its code: ``district_name``, ``desa_count``,
        ``kelurahan_count`` and ``village_count``.

    Examples
    --------
    >>> villages = pd.DataFrame({"district_code": ["63.06.02", "63.06.01", "63.06.01"],
    ...     "district_name": ["B", "A", "A"], "village_type": ["desa", "desa", "kelurahan"]})
    >>> compute_villages_by_district(villages).values.tolist()
    [['A', 1, 1, 2], ['B', 1, 0, 1]]
    """
    kinds = villages["village_type"].astype("str")
    flags = villages[["district_code", "district_name"]].assign(
        desa_count=kinds.eq("desa").astype("int64"),
        kelurahan_count=kinds.eq("kelurahan").astype("int64"),
        village_count=1,
    )
    grouped = flags.groupby(["district_code", "district_name"], observed=True, sort=True).sum()
    return grouped.reset_index().drop(columns="district_code")


@traced
def select_desa_bersinar(villages: pd.DataFrame) -> pd.DataFrame:
    """Return the drug-free villages (Desa Bersinar), oldest first.

    Examples
    --------
    >>> villages = pd.DataFrame({"village_name": ["A", "B", "C"], "village_code": ["1", "2", "3"],
    ...     "is_desa_bersinar": [True, False, True], "desa_bersinar_year": [2023, None, 2020]})
    >>> select_desa_bersinar(villages)["village_name"].tolist()
    ['C', 'A']
    """
    chosen = villages.loc[villages["is_desa_bersinar"]]
    return chosen.sort_values(["desa_bersinar_year", "village_code"], ignore_index=True)
