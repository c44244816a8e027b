"""Holds what two builds of the program print against each other, over payroll files of every kind.

    SHEBAO_FILES=/tmp/files cargo test --test shebao -- every_shape:: practice::   keeps the files that these tests make
    python3 tests/same_results.py OLD NEW FOLDER...                                runs both builds over every file in the folders

A change that only moves code leaves nothing to report. The exit status is 1 where anything differs.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

CASES = [
    ["check", "FILE", "-o", "OUT.csv", "--findings", "FIND.csv", "--summary", "SUM.json"],
    ["check", "FILE", "--result-only", "-o", "OUT.jsonl", "--findings", "FIND.jsonl", "--mask-ids"],
    ["check", "FILE", "--only-mismatches", "--injury-class", "1", "--base-from", "shares"],
    ["check", "FILE", "--month", "2025-05", "-o", "OUT.xlsx", "--jobs", "1"],
    *(["check", "FILE", "--explain-row", str(row)] for row in (2, 3, 4, 5, 6, 7)),
    ["check", "FILE", "--explain-row", "4", "--format", "json"],
    ["inspect", "FILE"],
    ["inspect", "FILE", "--format", "json"],
    ["contrib", "--file", "FILE", "--injury-class", "1"],
    ["contrib", "--file", "FILE", "--format", "json"],
]


def results(build, file, case, locale):
    """Everything that one run prints and writes, as one text."""
    with tempfile.TemporaryDirectory() as folder:
        arguments = [os.path.join(folder, word) if word.split(".")[0] in ("OUT", "FIND", "SUM") else word for word in case]
        arguments = [file if word == "FILE" else word for word in arguments]
        environment = {"LANG": locale, "HOME": "/nonexistent", "PATH": os.environ["PATH"]}
        ran = subprocess.run([build, *arguments], capture_output=True, env=environment, cwd=os.path.dirname(file))
        parts = [str(ran.returncode).encode(), ran.stdout, ran.stderr.replace(folder.encode(), b"")]
        for name in sorted(os.listdir(folder)):
            with open(os.path.join(folder, name), "rb") as written:
                content = written.read()
            parts.append(hashlib.sha256(content).hexdigest().encode() if name.endswith("xlsx") else content)
        return b"\n--\n".join(parts)


def main():
    old, new, *folders = map(os.path.abspath, sys.argv[1:])
    found = [os.path.join(at, name) for folder in folders for at, _, names in os.walk(folder) for name in names]
    files = sorted(file for file in found if not file.endswith((".md", ".toml")))
    runs = [(file, case, locale) for file in files for case in CASES for locale in ("C", "zh_CN.UTF-8")]

    def differs(run):
        before, after = results(old, *run), results(new, *run)
        if before == after:
            return None
        lines = [(one, other) for one, other in zip(before.split(b"\n"), after.split(b"\n")) if one != other]
        first = lines[0] if lines else (b"(fewer lines)", b"(more lines)")
        return run, [side.decode(errors="replace")[:300] for side in first]

    with ThreadPoolExecutor(os.cpu_count()) as workers:
        different = [found for found in workers.map(differs, runs) if found]
    for (file, case, locale), (before, after) in different:
        print(f"{file}: {' '.join(case)} ({locale})\n  old  {before}\n  new  {after}")
    print(f"{len(files)} files, {len(runs)} runs, {len(different)} differ")
    sys.exit(1 if different else 0)


main()
