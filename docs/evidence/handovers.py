"""How often the lock changes hands among threads that only compute: predicted and recorded.

    python3 docs/evidence/handovers.py build/gilsim PROFILE RUNS VERSION=PYTHON...

Predicts configs/evidence/handovers.yaml first; then records real runs of cpu_threads.py with
`gilsim record` in turns, held to one core and to two, and prints both as a Markdown table: handovers a
second while the threads compute, and the mean time from one to the next; of the recorded runs also how
long the lock is kept (mean) and the gap from a drop to the next take (median). The recorder's own cost
is in what it records; at 1 ms and above it does not show.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SCENARIO_SECONDS = 2.0
INTERVALS = (0.001, 0.005, 0.02)
SECONDS = {0.001: 0.5, 0.005: 0.8, 0.02: 1.5}


def predict(gilsim, profile):
    scenario = os.path.join(HERE, "../../configs/evidence/handovers.yaml")
    report = subprocess.check_output(
        [gilsim, "run", scenario, "--host", profile, "--json", "-"], stderr=subprocess.DEVNULL)
    predicted = {}
    for point in json.loads(report)["points"]:
        key = (point["interpreter"].rsplit(".", 1)[0], point["cores"],
               point["strategy"].count("cpu"), point["switch_interval_ns"] / 1e9)
        predicted[key] = point["lock_handovers"] / SCENARIO_SECONDS
    return predicted


def record(gilsim, python, cores, count, interval, folder):
    trace = os.path.join(folder, "trace")
    subprocess.run(["taskset", "-c", "0" if cores == 1 else "0,1", gilsim, "record", "-o", trace,
                    "--", python, os.path.join(HERE, "cpu_threads.py"), str(count),
                    str(SECONDS[interval]), str(interval)],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found = json.loads(subprocess.check_output([gilsim, "trace", trace, "--json", "-"]))
    lock = found["locks"][0]
    forced = lock["forced_tenure"]
    return {"kept": forced["sum_ns"] / 1e6 / max(1, forced["count"]),
            "gap": lock["gap"]["p50_ns"] / 1e3, "handovers": forced["count"] / SECONDS[interval]}


def row(key, predicted, runs):
    version, cores, count, interval = key
    figures = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    low, high = (pick(run["handovers"] for run in runs) for pick in (min, max))
    guess = predicted[key]
    period = figures["kept"] + figures["gap"] / 1e3
    return ("| %s | %d | %d | %g ms | %.1f | %.1f [%.1f, %.1f] | %+.0f %% | %.2f | %.2f | %+.0f %% "
            "| %.2f | %.0f |" % (
                version, cores, count, interval * 1e3, guess, figures["handovers"], low, high,
                (guess / figures["handovers"] - 1) * 100, 1e3 / guess, period,
                (1e3 / guess / period - 1) * 100, figures["kept"], figures["gap"]))


def main():
    gilsim, profile, count_of_runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    pythons = dict(argument.split("=", 1) for argument in sys.argv[4:])
    predicted = predict(gilsim, profile)
    keys = [(version, cores, count, interval) for version in pythons for cores in (1, 2)
            for count in (2, 4) for interval in INTERVALS]
    runs = {key: [] for key in keys}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(count_of_runs):
            print("turn %d of %d" % (turn + 1, count_of_runs), file=sys.stderr)
            for key in keys:
                runs[key].append(record(gilsim, pythons[key[0]], *key[1:], folder))
    print("| interpreter | cores | threads | interval | handovers/s, predicted | recorded | error "
          "| handover to handover, ms, predicted | recorded | error | kept, ms | gap, us |")
    print("|" + "---|" * 12)
    for key in keys:
        print(row(key, predicted, runs[key]))


if __name__ == "__main__":
    main()
