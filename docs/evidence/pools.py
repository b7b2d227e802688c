"""The evidence for docs/pools.md: predicts, then really runs, and prints the tables.

    python3 docs/evidence/pools.py GILSIM GROUP [HOST] > configs/measured/evidence-pools-GROUP.json
    python3 docs/evidence/pools.py table configs/measured/evidence-pools-*.json

GROUP: starts, chunks, trips, payloads, smallest. GILSIM is the program, HOST the profile to predict
from. Variants of configs/evidence/pools-*.yaml are made with --set and handed to one `validate`, so
that all of a group's predictions come before its first real run.
"""
import itertools
import json
import os
import subprocess
import sys
import tempfile

RUNS = "10"
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


def variant(gilsim, base, settings, folder, number):
    """A file of its own for these settings; None takes a key away."""
    with open(base) as file:
        text = file.read()
    for key, value in settings.items():
        if value is None:
            name = key.rpartition(".")[2]
            at = text.index(name + ": ")
            text = text[:at] + text[text.index(", ", at) + 2:]
    path = os.path.join(folder, "%02d.yaml" % number)
    with open(path, "w") as file:
        file.write(text)
    options = []
    for key, value in settings.items():
        if value is not None:
            options += ["--set", "%s=%s" % (key, value)]
    whole = subprocess.run([gilsim, "run", path, "--print-config"] + options,
                           stdout=subprocess.PIPE, check=True).stdout.decode()
    whole = whole.replace("question:", "question: '%s' #" % name_of(settings), 1)
    with open(path, "w") as file:
        file.write(whole)
    return path


def measure(gilsim, group, host):
    base, settings = GROUPS[group]
    with tempfile.TemporaryDirectory() as folder:
        files = [variant(gilsim, "configs/evidence/pools-%s.yaml" % base, one, folder, i)
                 for i, one in enumerate(settings)]
        command = [gilsim, "validate"] + files + ["--runs", RUNS, "--json", "-"]
        if host:
            command += ["--host", host]
        subprocess.run(command, check=True)


def cell(figure):
    return "%.4g [%.4g, %.4g]" % tuple(figure[key] / 1e6 for key in ("median", "low", "high"))


def table(path):
    with open(path) as file:
        points = [point for point in json.load(file)["points"] if point["metric"] == "wall"]
    print("\n### %s\n" % os.path.basename(path).replace("evidence-pools-", "")[:-5])
    print("| settings | pool | workers | predicted, ms | measured, ms | error |")
    print("|---|---|---|---|---|---|")
    errors = []
    for point in points:
        predicted, measured = point["predicted"], point["measured"]
        errors.append(predicted["median"] / measured["median"] - 1)
        print("| %s | %s | %d | %s | %s | %+.0f %% |" % (
            point["question"], point["strategy"], point["workers"], cell(predicted),
            cell(measured), 100 * errors[-1]))
    sizes = sorted(abs(error) for error in errors)
    print("\nMedian error %.0f %%; within 10 %%: %d of %d; within 20 %%: %d." % (
        100 * sizes[len(sizes) // 2], sum(size <= 0.1 for size in sizes), len(sizes),
        sum(size <= 0.2 for size in sizes)))


def main():
    if sys.argv[1] == "table":
        for path in sys.argv[2:]:
            table(path)
    else:
        measure(sys.argv[1], sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else "")


if __name__ == "__main__":
    main()
