"""Runs the plan of gilsim_bench on gilsim and on its peers, checks that all of them got the same
results, and prints the comparison. Called by compare.sh, pinned to one processor."""

import argparse
import json
import os
import subprocess
import sys

from compare_tables import markdown, text
from compare_checks import disagreement

HERE = os.path.dirname(os.path.abspath(__file__))

# How much less than gilsim a peer is given to do where it takes much longer, never less than
# `least`. A queue is served to its last customer by everybody: its mean is compared.
PEERS = {
    "ns-3": {"share": 4, "least": 100_000, "repetitions": 99},
    "SystemC": {"share": 4, "least": 100_000, "repetitions": 99},
    "SimGrid": {"share": 40, "least": 50_000, "repetitions": 3},
    "SimPy": {"share": 200, "least": 20_000, "repetitions": 3},
}
COMPARED = {"hold", "queue", "lock", "lock-timer"}
TOO_LARGE = {("SimGrid", "hold", 1_000_000)}  # a million actors at 18 KB


def fail(message):
    sys.exit("error: " + message)


class Programs:
    def __init__(self, folder):
        self.commands = {
            "gilsim": [os.path.join(folder, "gilsim_bench")],
            "ns-3": [os.path.join(folder, "gilsim_bench_ns3")],
            "SystemC": [os.path.join(folder, "gilsim_bench_systemc")],
            "SimGrid": [os.path.join(folder, "gilsim_bench_simgrid")],
            "SimPy": [sys.executable, os.path.join(HERE, "peers", "simpy", "bench.py")],
        }
        self.checks = {}  # gilsim's, by workload, size and amount

    def _output(self, program, arguments):
        command = self.commands[program] + arguments
        run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if run.returncode != 0:
            fail("%s failed:\n%s" % (" ".join(command), run.stderr))
        return json.loads(run.stdout)

    def plan(self, quick):
        return self._output("gilsim", ["--list"] + (["--quick"] if quick else []))["plan"]

    def measure(self, program, point, amount, repetitions):
        arguments = ["--workload", point["workload"], "--size", str(point["size"])]
        arguments += ["--amount", str(amount), "--repetitions", str(repetitions), "--json"]
        finding = self._output(program, arguments)["results"][0]
        if program == "gilsim":
            self.checks[point["workload"], point["size"], amount] = finding["check"]
        return finding

    def check_of_gilsim(self, point, amount):
        key = point["workload"], point["size"], amount
        if key not in self.checks:
            self.measure("gilsim", point, amount, 1)
        return self.checks[key]


def amount_for(peer, point, quick):
    if quick or point["workload"] == "queue":
        return point["amount"]
    limits = PEERS[peer]
    return min(point["amount"], max(limits["least"], point["amount"] // limits["share"]))


def compare(programs, point, options, problems):
    repetitions = 1 if options.quick else options.repetitions
    row = dict(point, programs={})
    row["programs"]["gilsim"] = programs.measure("gilsim", point, point["amount"], repetitions)
    if point["workload"] not in COMPARED:
        return row
    for peer, limits in PEERS.items():
        if (peer, point["workload"], point["size"]) in TOO_LARGE:
            row["programs"][peer] = None
            continue
        amount = amount_for(peer, point, options.quick)
        found = programs.measure(peer, point, amount, min(repetitions, limits["repetitions"]))
        row["programs"][peer] = found
        problem = disagreement(peer, found, programs.check_of_gilsim(point, amount))
        if problem:
            problems.append(problem)
    return row


def host():
    def first(path, key):
        with open(path) as lines:
            return next((line.split(":")[1].strip() for line in lines if line.startswith(key)), "")

    packages = ["libns3-dev", "libsystemc-dev", "libsimgrid-dev", "python3-simpy", "g++"]
    query = ["dpkg-query", "-W", "-f", "${Package} ${Version}\n"] + packages
    listed = subprocess.run(query, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return {
        "processor": first("/proc/cpuinfo", "model name"),
        "kernel": ".".join(os.uname().release.split(".")[:2]),
        "packages": dict(line.split(" ", 1) for line in listed.stdout.splitlines()),
    }


def write(path, content):
    beside = path + ".tmp"
    try:
        os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
        with open(beside, "w") as file:
            file.write(content)
        os.replace(beside, path)
    except OSError as error:
        fail("%s could not be written: %s" % (path, error.strerror))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("folder", help="of the programs")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--json")
    parser.add_argument("--markdown")
    options = parser.parse_args()
    if options.repetitions < 1:
        parser.error("--repetitions needs at least 1")
    return options


def main():
    options = arguments()
    busy = os.getloadavg()[0]
    if busy > 0.5 and not options.quick:
        print("warning: the load of this machine is %.1f; wait until it is idle" % busy,
              file=sys.stderr)
    programs = Programs(options.folder)
    rows, problems = [], []
    for point in programs.plan(options.quick):
        print("%s %d" % (point["workload"], point["size"]), file=sys.stderr)
        rows.append(compare(programs, point, options, problems))
    report = {"schema": 1, "quick": options.quick, "host": host(), "results": rows,
              "disagreements": problems}
    if options.json:
        write(options.json, json.dumps(report, indent=1) + "\n")
    if options.markdown:
        write(options.markdown, markdown(report))
    print(text(report))
    for problem in problems:
        print("error: " + problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
