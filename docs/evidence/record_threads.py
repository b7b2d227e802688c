"""Recorded at 5 ms on all cores, predicted at other intervals and on one core, then really run there.

    python3 docs/evidence/record_threads.py GILSIM PROFILE RUNS PYTHON FOLDER

Programs of threads that run at the same time (configs/programs: crawler, echo_server, queue_pair), each
recorded once. Predictions come before the runs. What one round of a recorded thread is in terms of the
program's own operations is taken from the recording itself. Prints a Markdown table and a line of JSON.
"""
import json
import os
import statistics
import subprocess
import sys
import time

from record_programs import PROGRAMS, free_port

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


def scenario_of(gilsim, profile, trace, *options):
    subprocess.run([gilsim, "trace", trace, "--host", profile, "--scenario", trace + ".yaml"]
                   + list(options), check=True, stdout=subprocess.DEVNULL)
    return trace + ".yaml"


def simulated(gilsim, scenario, metric, interval, cores, *more):
    words = [gilsim, "run", scenario, "--json", "-", "--set", "interpreter.switch_interval=" + interval,
             "--set", "machine.cores=%d" % cores]
    for one in more:
        words += ["--set", one]
    report = json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout)
    return [point["predicted"]["median"] for point in report["points"]
            if point["metric"] == metric][0]


def rounds_a_second(scenario, thread):
    """What the comments at the top of the scenario say was recorded."""
    for line in open(scenario):
        words = line.split()
        if line.startswith("#   " + thread + ":"):
            number, unit = words[2], words[3]
            if number.endswith("/s"):
                return float(number[:-2])
            return float(number) * {"k/s": 1e3, "M/s": 1e6}[unit]
    raise SystemExit("no rounds of " + thread)


def study(name, command, gilsim, profile, runs, folder):
    trace = os.path.join(folder, name + ".trace")
    if name == "crawler":
        recorded(gilsim, command, trace)
        scenario = scenario_of(gilsim, profile, trace, "--replay")
        more = ("strategies=[threads]", "workers=[6]")
        predicted = {key: simulated(gilsim, scenario, "wall", interval, cores, *more) / 1e9
                     for key, interval, cores in SETTINGS}
    else:
        thread = {"echo_server": "main", "queue_pair": "thread-2"}[name]
        rate = recorded(gilsim, command, trace)[0]
        scenario = scenario_of(gilsim, profile, trace, "--of", "threads")
        share = rate / rounds_a_second(scenario, thread)
        if "operation here" in open(scenario).read():
            share *= 300
        predicted = {key: share * simulated(gilsim, scenario, thread + ".rate", interval, cores)
                     for key, interval, cores in SETTINGS}
    measured = {key: [] for key, _, _ in SETTINGS}
    for _ in range(runs):
        for key, interval, cores in SETTINGS:
            measured[key].append(really(command, interval, cores)[0])
    return [{"program": name, "setting": key, "predicted": predicted[key],
             "measured": statistics.median(measured[key]), "low": min(measured[key]),
             "high": max(measured[key]), "runs": runs,
             "unit": "s" if name == "crawler" else "1/s",
             "error": predicted[key] / statistics.median(measured[key]) - 1}
            for key, _, _ in SETTINGS]


def main():
    gilsim, profile, runs, python, folder = sys.argv[1:6]
    os.makedirs(folder, exist_ok=True)
    port = free_port()
    server = subprocess.Popen([python, os.path.join(PROGRAMS, "pages.py"), port, "serve"])
    time.sleep(1)
    rows = []
    try:
        for name, argument in (("crawler", port), ("echo_server", "1.2"), ("queue_pair", "1.2")):
            command = [python, os.path.join(PROGRAMS, name + ".py"), argument]
            rows += study(name, command, gilsim, profile, int(runs), folder)
    finally:
        server.kill()
    print("| program | setting | predicted | measured (median of %s) | from, to | error |" % runs)
    print("|---|---|---|---|---|---|")
    for row in rows:
        print("| %(program)s | %(setting)s | %(predicted).4g %(unit)s | %(measured).4g %(unit)s | "
              "%(low).4g, %(high).4g | " % row + "%+.1f %% |" % (100 * row["error"]))
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
