"""Mixes of bytecode and native code or waiting: writes configs/mixes/, scores what was kept.

    python3 docs/evidence/mixes.py scenarios            writes configs/mixes/*.yaml
    python3 docs/evidence/mixes.py table GILSIM FOLDER  the tables of docs/mixes.md, from kept runs

Share of bytecode, length of a task and what the rest is would be 26 mixes under three builds. Like the
colours of a chessboard half of the mixes go to CPython 3.11, the others to 3.14 with and without the
lock, so that each share, each length and each kind of rest meets each build. The serial time of a mix
is 160 ms.
"""
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
PREDICTED = "docs/evidence/mixes-predicted.csv"

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


def read_predictions():
    with open(PREDICTED) as file:
        rows = [line.strip().split(",") for line in file][1:]
    return dict(((row[0], row[2], int(row[3])), int(row[4]) * 1000) for row in rows)


def scored(gilsim, folder):
    path = os.path.join(folder, "scored-mixes.json")
    subprocess.run([gilsim, "validate", "--measured", "configs/measured/mixes.json", "--host", "mixes",
                    "--json", path, SCENARIOS], check=True, stdout=subprocess.DEVNULL)
    with open(path) as file:
        return [point for point in json.load(file)["points"] if point["metric"] == "wall"]


def key_of(point):
    return point["scenario"], point["strategy"], point["workers"]


def errors(points, prediction):
    return sorted(abs(prediction(point) / point["measured"]["median"] - 1) for point in points)


def score(points, prediction):
    found = errors(points, prediction)
    return "%.1f %% | %.1f %%" % (100 * statistics.median(found), 100 * found[int(0.9 * len(found))])


def print_scores(points, rules):
    print("| interpreter | strategy | points | %s |" % " | ".join(
        "%s: median | nine of ten" % name for name, _ in rules))
    print("|---|---|---:|" + "---:|" * (2 * len(rules)))

    def row(interpreter, strategy, chosen):
        print("| %s | %s | %d | %s |" % (interpreter, strategy, len(chosen), " | ".join(
            score(chosen, rule) for _, rule in rules)))

    for interpreter in sorted({point["interpreter"] for point in points}):
        own = [point for point in points if point["interpreter"] == interpreter]
        for strategy in sorted({point["strategy"] for point in own}):
            row(interpreter, strategy, [point for point in own if point["strategy"] == strategy])
        row(interpreter, "all", own)
    row("all", "all", points)


def print_decisions(points, prediction):
    """Of each mix, the best strategy and worker count."""
    print("| mix | predicted best | measured best | costs |")
    print("|---|---|---|---:|")
    costs = []
    for scenario in sorted({point["scenario"] for point in points}):
        own = [point for point in points if point["scenario"] == scenario]
        chosen = min(own, key=prediction)
        best = min(own, key=lambda point: point["measured"]["median"])
        costs.append(chosen["measured"]["median"] / best["measured"]["median"] - 1)
        if chosen is not best:
            print("| %s | %s@%d | %s@%d | %.1f %% |" % (
                scenario, chosen["strategy"], chosen["workers"], best["strategy"], best["workers"],
                100 * costs[-1]))
    print("\nRight in %d of %d mixes; at most 3 %% more in %d; mean %.1f %%, worst %.1f %%." % (
        sum(cost == 0 for cost in costs), len(costs), sum(cost <= 0.03 for cost in costs),
        100 * statistics.mean(costs), 100 * max(costs)))


def print_table(gilsim, folder):
    points, before = scored(gilsim, folder), read_predictions()
    rules = [("before any run", lambda point: before[key_of(point)]),
             ("with the speed check", lambda point: point["predicted"]["median"]),
             ("the larger of the bounds", lambda point: point["baseline"]["bound"])]
    print_scores(points, rules)
    for name, rule in rules[:2]:
        print("\n### Best of each mix, predicted %s\n" % name)
        print_decisions(points, rule)


def main():
    if sys.argv[1] == "scenarios":
        write_scenarios()
    else:
        print_table(sys.argv[2], sys.argv[3])


if __name__ == "__main__":
    main()
