"""Recorded at 5 ms on all cores, predicted at other intervals and on one core, then really run there.

    python3 docs/evidence/record_threads.py GILSIM PROFILE RUNS PYTHON FOLDER [PROGRAM...]

Programs of threads that run at the same time (configs/programs: crawler, echo_server, queue_pair),
each recorded three times, of which the middle one is taken. Predictions come before the runs. An
operation is a page, an answer, an item; a page's time is a task's, an answer's is that since its
request, an item's that since the one before: what the programs print themselves. Prints a Markdown table and a line of JSON.
"""
import json
import os
import re
import statistics
import subprocess
import sys

from record_programs import (PROGRAMS, RECORDINGS, overriding, points_of, scenario_of,
                             serving_pages)

SETTINGS = (("5 ms, 2 cores", "5ms", 2), ("1 ms, 2 cores", "1ms", 2), ("20 ms, 2 cores", "20ms", 2),
            ("5 ms, 1 core", "5ms", 1))


def really(command, interval, cores):
    pinned = ["taskset", "-c", "0"] if cores == 1 else []
    words = pinned + command + ["%g" % (float(interval[:-2]) / 1e3)]
    return [float(one) for one in
            subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout.split()]


def recorded(gilsim, command, trace, *options):
    out = subprocess.run([gilsim, "record", "-o", trace] + list(options) + ["--"] + command,
                         check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    return [float(one) for one in out.split()]


def settings_of(interval, cores, *more):
    return ("interpreter.switch_interval=" + interval, "machine.cores=%d" % cores) + more


def simulated(gilsim, scenario, settings, *metrics):
    found = {point["metric"]: point["predicted"]["median"]
             for point in points_of(gilsim, scenario, *settings)}
    return [found.get(metric) for metric in metrics]


def median_task(gilsim, scenario, settings):
    """In milliseconds: how long half of a batch's tasks take."""
    words = [gilsim, "timeline", scenario, "--terminal"] + overriding(*settings)
    text = subprocess.run(words, check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout.decode()
    number, unit = re.search(r"task: half of them in ([0-9.]+) (\S+),", text).groups()
    return float(number) * {"s": 1e3, "ms": 1, "\u00b5s": 1e-3}[unit]


BATCH = ("strategies=[threads]", "workers=[6]")
THREADS = {"echo_server": "main", "queue_pair": "thread-1"}


def predict(name, gilsim, scenario, interval, cores):
    """What the program would print: seconds or operations a second, and median milliseconds."""
    if name == "crawler":
        settings = settings_of(interval, cores, *BATCH)
        wall = simulated(gilsim, scenario, settings, "wall")[0]
        return wall / 1e9, median_task(gilsim, scenario, settings)
    thread = THREADS[name]
    rate, p50 = simulated(gilsim, scenario, settings_of(interval, cores), thread + ".rate",
                          thread + ".p50")
    return rate, p50 / 1e6


def study(name, command, gilsim, profile, runs, folder):
    traces = [os.path.join(folder, "%s-%d.trace" % (name, number)) for number in range(RECORDINGS)]
    marks = [] if name == "crawler" else ["--no-tasks"]
    trace = sorted(traces, key=lambda one: recorded(gilsim, command, one, *marks)[0])[RECORDINGS // 2]
    options = ("--replay",) if name == "crawler" else ("--of", "threads")
    scenario = scenario_of(gilsim, profile, trace, *options)
    predicted = {key: predict(name, gilsim, scenario, interval, cores)
                 for key, interval, cores in SETTINGS}
    measured = {key: [] for key, _, _ in SETTINGS}
    for _ in range(runs):
        for key, interval, cores in SETTINGS:
            measured[key].append(really(command, interval, cores))
    rows = []
    for key, _, _ in SETTINGS:
        for which, unit in enumerate(("s" if name == "crawler" else "1/s", "ms")):
            values = [one[which] for one in measured[key]]
            rows.append({"program": name, "setting": key, "predicted": predicted[key][which],
                         "measured": statistics.median(values), "low": min(values),
                         "high": max(values), "runs": runs, "unit": unit,
                         "error": predicted[key][which] / statistics.median(values) - 1})
    return rows


def main():
    gilsim, profile, runs, python, folder = sys.argv[1:6]
    os.makedirs(folder, exist_ok=True)
    rows = []
    with serving_pages(python) as port:
        every = {"crawler": port, "echo_server": "1.2", "queue_pair": "1.2"}
        for name in sys.argv[6:] or list(every):
            argument = every[name]
            command = [python, os.path.join(PROGRAMS, name + ".py"), argument]
            rows += study(name, command, gilsim, profile, int(runs), folder)
    print("| program | setting | predicted | measured (median of %s) | from, to | error |" % runs)
    print("|---|---|---|---|---|---|")
    for row in rows:
        print("| %(program)s | %(setting)s | %(predicted).4g %(unit)s | %(measured).4g %(unit)s | "
              "%(low).4g, %(high).4g | " % row + "%+.1f %% |" % (100 * row["error"]))
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
