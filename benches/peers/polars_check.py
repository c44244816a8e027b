#!/usr/bin/env python3
"""The job in Polars, exact and streaming: polars_check.py IN OUT [--all-columns]

Decimal(18,5), in which every product fits; rounded half away from zero."""
import sys

import polars as pl

source, out = sys.argv[1:3]
AMOUNTS = ["pension_employer", "pension_employee", "unemployment_employer", "unemployment_employee"]
NUMBERS = ["wage", *AMOUNTS]
COLUMNS = ["employee_id", "name", "month", *NUMBERS]
fen, fine = pl.Decimal(18, 2), pl.Decimal(18, 5)
number = lambda text, kind: pl.lit(text).cast(kind)
rates = [
    pl.when(pl.col("month") < "2019-05").then(number("0.18", fine)).otherwise(number("0.16", fine)),
    number("0.08", fine), number("0.007", fine), number("0.003", fine),
]
rows = pl.scan_csv(source, schema={name: fen if name in NUMBERS else pl.String for name in COLUMNS})
rows = rows.with_columns(pl.col("wage").clip(number("3269.00", fen), number("16346.00", fen)).alias("base"))
rows = rows.with_columns(
    [(pl.col("base").cast(fine) * rate).round(2, mode="half_away_from_zero").cast(fen).alias("due_" + name)
     for rate, name in zip(rates, AMOUNTS)])
agrees = pl.all_horizontal([pl.col("due_" + name) == pl.col(name) for name in AMOUNTS])
rows = rows.with_columns(pl.when(agrees).then(pl.lit("ok")).otherwise(pl.lit("mismatch")).alias("status"))
shown = COLUMNS if "--all-columns" in sys.argv else ["employee_id", "month"]
result = rows.select(*shown, "base", *["due_" + name for name in AMOUNTS], "status")
totals = rows.select(pl.len(), pl.col("base").sum(), *[pl.col("due_" + name).sum() for name in AMOUNTS],
                     (pl.col("status") == "mismatch").sum().alias("mismatch"))
_, totals = pl.collect_all([result.sink_csv(out, lazy=True), totals], engine="streaming")
print(totals.row(0))
