"""Mixes of bytecode and native code or waiting: writes configs/mixes/, scores what was kept.

    python3 docs/evidence/mixes.py scenarios            writes configs/mixes/*.yaml
    python3 docs/evidence/mixes.py table GILSIM FOLDER  the tables of docs/mixes.md, from kept runs

Share of bytecode, length of a task and what the rest is would be 26 mixes under three builds. Like the
colours of a chessboard half of the mixes go to CPython 3.11, the others to 3.14 with and without the
lock, so that each share, each length and each kind of rest meets each build. The serial time of a mix
is 160 ms.
"""
import glob
import itertools
import json
import os
import statistics
import subprocess
import sys

SHARES = (0, 0.1, 0.3, 0.5, 0.7, 0.9, 1)
LENGTHS = {1: 160, 20: 8}  # ms of a task: how many tasks
RESTS = ("native", "wait")
SCENARIOS = "configs/mixes"

HEAD = """# yaml-language-server: $schema=../scenario.schema.json
#
# One of the mixes of docs/mixes.md; made by docs/evidence/mixes.py.
#
# Try:  gilsim run %s
"""


def mixes():
    """(share, milliseconds of a task, kind of the rest, whether it is 3.11's)"""
    for (i, share), (j, length), (k, rest) in itertools.product(
            enumerate(SHARES), enumerate(LENGTHS), enumerate(RESTS)):
        if share < 1 or rest == RESTS[0]:
            yield share, length, rest, (i + j + k) % 2 == 0


def steps(share, length, rest):
    python, other = round(1000 * length * share), round(1000 * length * (1 - share))
    lines = ["    - python: %dus\n" % python] if python else []
    return "".join(lines + (["    - %s: %dus\n" % (rest, other)] if other else []))


def scenario(share, length, rest, version, strategies):
    of_rest = {"native": "C code that releases the lock", "wait": "waiting"}[rest]
    kind = "bytecode alone" if share == 1 else "%g of it bytecode, the rest %s" % (share, of_rest)
    return ("question: Which strategy is best for tasks of %d ms, %s?\n"
            "host: mixes\n"
            "interpreter: {version: %s}\n"
            "workload:\n  tasks: %d\n  task:\n%s"
            "strategies: [%s]\nworkers: [1, 2, 4, 8]\n" %
            (length, kind, version, LENGTHS[length], steps(share, length, rest), ", ".join(strategies)))


def write(name, *what):
    path = "%s/%s.yaml" % (SCENARIOS, name)
    with open(path, "w") as file:
        file.write(HEAD % path + scenario(*what))


def write_scenarios():
    os.makedirs(SCENARIOS, exist_ok=True)
    for share, length, rest, older in mixes():
        name = "%s-%dms-%g" % (rest if share < 1 else "python", length, 100 * share)
        mix = (share, length, rest)
        pools = ["sequential", "threads", "processes"]
        if rest == "wait":
            pools.append("asyncio")
        if older:
            write(name, *mix, '"3.11.2"', pools)
        else:
            write(name, *mix, '"3.14"', pools + ["interpreters"])
            write(name + "-free", *mix, '"3.14t"', pools[:2])


if __name__ == "__main__":
    write_scenarios()
