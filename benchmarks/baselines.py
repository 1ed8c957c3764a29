"""The same numbers as two of the statements give, from plain pandas and plain polars code.

Each runs in a process of its own, so that its memory is its own: ``python -m benchmarks.baselines polars cells DIR``,
where DIR holds ``declarations.parquet`` and ``items.parquet``. It prints seconds, peak MiB and the totals.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.memory import peak_mib

Totals = dict[str, float]


def pandas_cells(folder: Path) -> Totals:
    import pandas as pd

    columns = ["officer_id", "declarant_id", "registered_on", "declared_value", "assessed_tax"]
    rows = pd.read_parquet(folder / "declarations.parquet", columns=columns, dtype_backend="pyarrow")
    rows["month"] = rows["registered_on"].astype("datetime64[ns]").dt.to_period("M").dt.to_timestamp()
    for money in ("declared_value", "assessed_tax"):
        rows[money] = (rows[money].astype("float64") * 1000).round().astype("Int64")
    for key in ("officer_id", "declarant_id"):
        rows[key] = rows[key].astype("category")
    cells = rows.groupby(["officer_id", "declarant_id", "month"], observed=True, dropna=False, sort=False).agg(
        n=("month", "size"), declared_value=("declared_value", "sum"), assessed_tax=("assessed_tax", "sum")
    )
    return {"rows": len(cells), "n": int(cells["n"].sum()), "declared_value": int(cells["declared_value"].sum())}


def pandas_unit_value(folder: Path) -> Totals:
    import numpy as np
    import pandas as pd

    columns = ["declaration_id", "hs_code", "origin", "declared_value", "net_mass_kg"]
    items = pd.read_parquet(folder / "items.parquet", columns=columns, dtype_backend="pyarrow")
    days = pd.read_parquet(
        folder / "declarations.parquet", columns=["declaration_id", "registered_on"], dtype_backend="pyarrow"
    )
    items = items[(items["declared_value"] > 0) & (items["net_mass_kg"] > 0)]
    joined = items.merge(days, on="declaration_id")
    joined["hs6"] = joined["hs_code"].str.slice(0, 6).astype("category")
    joined["origin"] = joined["origin"].astype("category")
    joined["quarter"] = joined["registered_on"].astype("datetime64[ns]").dt.to_period("Q").dt.to_timestamp()
    joined["unit_value"] = np.log(joined["declared_value"].astype("float64") / joined["net_mass_kg"].astype("float64"))
    like = joined.groupby(["hs6", "origin", "quarter"], observed=True, dropna=False, sort=False)["unit_value"]
    gap = joined["unit_value"] - like.transform("mean")
    return {"rows": 1, "n": len(gap), "squares": float((gap * gap).sum()), "far_below": int((gap < -0.5).sum())}


def polars_cells(folder: Path) -> Totals:
    import polars as pl

    cells = (
        pl.scan_parquet(folder / "declarations.parquet")
        .group_by("officer_id", "declarant_id", pl.col("registered_on").dt.truncate("1mo").alias("month"))
        .agg(
            pl.len().alias("n"),
            (pl.col("declared_value") * 1000).cast(pl.Int64).sum(),
            (pl.col("assessed_tax") * 1000).cast(pl.Int64).sum(),
        )
        .collect()
    )
    return {"rows": cells.height, "n": int(cells["n"].sum()), "declared_value": int(cells["declared_value"].sum())}


def polars_unit_value(folder: Path) -> Totals:
    import polars as pl

    days = pl.scan_parquet(folder / "declarations.parquet").select("declaration_id", "registered_on")
    gap = pl.col("unit_value") - pl.col("unit_value").mean().over("hs6", "origin", "quarter")
    found = (
        pl.scan_parquet(folder / "items.parquet")
        .filter((pl.col("declared_value") > 0) & (pl.col("net_mass_kg") > 0))
        .join(days, on="declaration_id")
        .select(
            pl.col("hs_code").str.slice(0, 6).alias("hs6"),
            "origin",
            pl.col("registered_on").dt.truncate("1q").alias("quarter"),
            (pl.col("declared_value").cast(pl.Float64) / pl.col("net_mass_kg")).log().alias("unit_value"),
        )
        .select(gap.alias("gap"))
        .select(
            pl.len().alias("n"),
            (pl.col("gap") * pl.col("gap")).sum().alias("squares"),
            (pl.col("gap") < -0.5).sum().alias("far_below"),
        )
        .collect()
        .row(0, named=True)
    )
    return {"rows": 1, **{k: float(v) if k == "squares" else int(v) for k, v in found.items()}}


BASELINES: dict[tuple[str, str], Callable[[Path], Totals]] = {
    ("pandas", "cells"): pandas_cells,
    ("pandas", "unit-value"): pandas_unit_value,
    ("polars", "cells"): polars_cells,
    ("polars", "unit-value"): polars_unit_value,
}


def main() -> None:
    library, statement, folder = sys.argv[1:]
    __import__(library)  # the import is not what is compared
    started = time.perf_counter()
    totals = BASELINES[library, statement](Path(folder))
    print(json.dumps({"seconds": time.perf_counter() - started, "peak_mib": peak_mib(), "totals": totals}))


if __name__ == "__main__":
    main()
