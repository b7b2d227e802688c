"""The evidence of docs/pools.md: writes predictions down, really runs, prints the tables.

    python3 docs/evidence/pools.py GILSIM predict FOLDER [PROFILE]   scenarios, and what they give
    python3 docs/evidence/pools.py GILSIM measure FOLDER [GROUP...]  ten runs of each, kept there
    python3 docs/evidence/pools.py GILSIM table FOLDER               scores what is kept in configs/

Groups: starts, chunks, trips, payloads, smallest: variants of configs/evidence/pools-*.yaml, made with
--set. PROFILE is the one to predict from, best one calibrated right before; `table` predicts anew, from
the model as it is, the scenarios that `predict` has written into FOLDER.
"""
import glob
import itertools
import json
import os
import re
import subprocess
import sys

METHODS = ("fork", "forkserver", "spawn")
HEAPS = (None, "200MiB", "1GiB")
SIZES = ("1KiB", "64KiB", "1MiB", "16MiB", "64MiB")


def payloads():
    for way, size in itertools.product(("argument", "result"), SIZES):
        yield {"workload.argument": None, "workload." + way: size}
    for size in SIZES[2:]:
        yield {"workload.argument": size, "workload.via": "shared_memory"}


GROUPS = {
    "starts": ("starts", [{"start_method": method, "workload.heap": heap}
                          for method in METHODS for heap in HEAPS]),
    "chunks": ("chunks", [{"pool.chunk_size": size} for size in ("1", "4", "16", "64", "1000")]),
    "trips": ("round-trips", [{}]),
    "payloads": ("payloads", list(payloads())),
    "smallest": ("smallest", [{"workload.task[0].python": time}
                              for time in ("1us", "2us", "3us", "5us", "8us", "12us", "20us")]),
}


def name_of(settings):
    return ", ".join("%s %s" % (key.rpartition(".")[2], value)
                     for key, value in settings.items() if value) or "as it stands"


def write_variant(gilsim, base, settings, path):
    """A file of its own for these settings; None takes a key away."""
    with open(base) as file:
        text = file.read()
    for key, value in settings.items():
        if value is None:
            text = re.sub(r"\b%s: [^,}]*, " % key.rpartition(".")[2], "", text)
    with open(path, "w") as file:
        file.write(text)
    options = []
    for key, value in settings.items():
        if value is not None:
            options += ["--set", "%s=%s" % (key, value)]
    whole = subprocess.run([gilsim, "run", path, "--print-config"] + options,
                           stdout=subprocess.PIPE, check=True).stdout.decode()
    whole = re.sub("question:.*", "question: '%s'" % name_of(settings), whole, count=1)
    with open(path, "w") as file:
        file.write(whole)


def scenarios(folder, group):
    return sorted(glob.glob(os.path.join(folder, group, "*.yaml")))


def predict(gilsim, folder, host):
    for group, (base, variants) in GROUPS.items():
        os.makedirs(os.path.join(folder, group), exist_ok=True)
        for number, settings in enumerate(variants):
            path = os.path.join(folder, group, "%02d.yaml" % number)
            write_variant(gilsim, "configs/evidence/pools-%s.yaml" % base, settings, path)
        subprocess.run([gilsim, "run", "--json", os.path.join(folder, "predicted-%s.json" % group)] +
                       host + scenarios(folder, group), check=True)


def measure(gilsim, folder, groups):
    for group in groups or GROUPS:
        kept = os.path.join(folder, group + ".json")
        subprocess.run([gilsim, "measure", "--keep", kept] + scenarios(folder, group), check=True)


def cell(figure):
    return "%.3g [%.3g, %.3g]" % tuple(figure[key] / 1e6 for key in ("median", "low", "high"))


def walls(gilsim, folder, group):
    path = os.path.join(folder, "scored-%s.json" % group)
    profile = "pools-starts" if group == "starts" else "pools"  # calibrated right before each
    subprocess.run([gilsim, "validate", "--measured", "configs/measured/pools-%s.json" % group,
                    "--host", profile, "--json", path] + scenarios(folder, group), check=True,
                   stdout=subprocess.DEVNULL)
    with open(path) as file:
        return [point for point in json.load(file)["points"] if point["metric"] == "wall"]


def crossing(points, which):
    """The task length, in us, from which on two processes are faster than none."""
    lengths = [float(re.search("([0-9]+)us", point["question"]).group(1)) for point in points[::2]]
    gains = [one[which]["median"] - two[which]["median"]
             for one, two in zip(points[::2], points[1::2])]
    for i in range(1, len(gains)):
        if gains[i - 1] < 0 <= gains[i]:
            share = -gains[i - 1] / (gains[i] - gains[i - 1])
            return lengths[i - 1] + share * (lengths[i] - lengths[i - 1])
    return float("nan")


def table(gilsim, folder):
    for group in GROUPS:
        points = walls(gilsim, folder, group)
        print("\n### %s\n" % group)
        print("| settings | strategy | predicted, ms | measured, ms | error |")
        print("|---|---|---|---|---|")
        errors = []
        for point in points:
            errors.append(point["predicted"]["median"] / point["measured"]["median"] - 1)
            print("| %s | %s@%d | %s | %s | %+.0f %% |" % (
                point["question"], point["strategy"], point["workers"], cell(point["predicted"]),
                cell(point["measured"]), 100 * errors[-1]))
        sizes = sorted(abs(error) for error in errors)
        print("\nMedian error %.0f %%; within 10 %%: %d of %d; within 20 %%: %d." % (
            100 * sizes[len(sizes) // 2], sum(size <= 0.1 for size in sizes), len(sizes),
            sum(size <= 0.2 for size in sizes)))
        if group == "smallest":
            print("Two processes pay from %.1f us on, measured %.1f us." % (
                crossing(points, "predicted"), crossing(points, "measured")))


def main():
    gilsim, what, folder = sys.argv[1:4]
    if what == "predict":
        predict(gilsim, folder, ["--host", sys.argv[4]] if len(sys.argv) > 4 else [])
    elif what == "measure":
        measure(gilsim, folder, sys.argv[4:])
    else:
        table(gilsim, folder)


if __name__ == "__main__":
    main()
