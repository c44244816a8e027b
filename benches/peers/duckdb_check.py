#!/usr/bin/env python3
"""The job in DuckDB, exact: duckdb_check.py IN OUT [--all-columns]

DECIMAL all the way: products keep all places, round(DECIMAL, 2) rounds half away from zero."""
import sys

import duckdb

source, out = sys.argv[1:3]
quoted = lambda text: "'" + text.replace("'", "''") + "'"
AMOUNTS = ["pension_employer", "pension_employee", "unemployment_employer", "unemployment_employee"]
columns = {name: "VARCHAR" for name in ("employee_id", "name", "month")} | {name: "DECIMAL(9,2)" for name in ["wage", *AMOUNTS]}
agrees = " AND ".join(f"due_{name} = {name}" for name in AMOUNTS)
shown = ", ".join(columns) if "--all-columns" in sys.argv else "employee_id, month"
due = ", ".join(f"due_{name}" for name in AMOUNTS)
database = duckdb.connect()
database.execute(f"""
  CREATE TEMP TABLE checked AS
  SELECT *, CASE WHEN {agrees} THEN 'ok' ELSE 'mismatch' END AS status FROM (
    SELECT *, round(base * CASE WHEN month < '2019-05' THEN 0.18 ELSE 0.16 END, 2) AS due_pension_employer,
      round(base * 0.08, 2) AS due_pension_employee, round(base * 0.007, 2) AS due_unemployment_employer,
      round(base * 0.003, 2) AS due_unemployment_employee
    FROM (SELECT *, greatest(3269.00::DECIMAL(9,2), least(16346.00::DECIMAL(9,2), wage)) AS base
      FROM read_csv({quoted(source)}, header = true, auto_detect = false, delim = ',', quote = '"', columns = {columns})))""")
database.execute(f"COPY (SELECT {shown}, base, {due}, status FROM checked) TO {quoted(out)} (FORMAT csv, HEADER true)")
sums = ", ".join(f"sum(due_{name})" for name in AMOUNTS)
print(database.execute(f"SELECT count(*), sum(base), {sums}, count(*) FILTER (status = 'mismatch') FROM checked").fetchone())
