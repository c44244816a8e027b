#!/usr/bin/env python3
"""Whole commands side by side: in turn, in one run, the order rotated, ratios round by round.

    side_by_side.py [--rounds N] [--fresh FILE]... NAME=COMMAND NAME=COMMAND ...

The first command is what the others are held against. `--fresh` files are removed before each command.
Prints for each: median wall seconds, user+system seconds, peak memory, and the median of the round-by-round
ratios of its wall time to that of the first.
"""
import argparse
import os
import shlex
import statistics
import subprocess
import time


def measure(command):
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1):
        raise SystemExit(f"exit status {code}: {shlex.join(command)}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--fresh", action="append", default=[])
    parser.add_argument("commands", nargs="+")
    asked = parser.parse_args()
    pairs = [text.split("=", 1) for text in asked.commands]
    commands = [(name, shlex.split(command)) for name, command in pairs]
    taken = {name: [] for name, _ in commands}
    for turn in range(asked.rounds):
        for name, command in commands[turn % len(commands):] + commands[:turn % len(commands)]:
            for path in asked.fresh:
                if os.path.exists(path):
                    os.remove(path)
            taken[name].append(measure(command))
    first = [wall for wall, _, _ in taken[commands[0][0]]]
    print(f"{'command':<28} {'wall s':>8} {'cpu s':>8} {'MiB':>7} {'ratio':>7}")
    for name, _ in commands:
        walls, cpus, memory = zip(*taken[name])
        ratio = statistics.median(wall / other for wall, other in zip(walls, first))
        print(f"{name:<28} {statistics.median(walls):>8.3f} {statistics.median(cpus):>8.3f} {max(memory):>7.0f} {ratio:>7.3f}")


if __name__ == "__main__":
    main()
