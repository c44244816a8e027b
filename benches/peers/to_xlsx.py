"""The generated payroll as a workbook: to_xlsx.py IN.csv OUT.xlsx. Identity numbers and months are text."""
import csv
import sys

import openpyxl

book = openpyxl.Workbook(write_only=True)
sheet = book.create_sheet("工资")
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = csv.reader(file)
    sheet.append(next(rows))
    for row in rows:
        sheet.append(row[:3] + [float(cell) for cell in row[3:]])
book.save(sys.argv[2])
