"""Recorded serially, predicted in pools, then really run there: the talk's programs.

    python3 docs/evidence/record_programs.py GILSIM PROFILE RUNS PYTHON FOLDER [PROGRAM...]

Records each program of configs/programs serially, three times, makes a scenario of the middle one
and predicts pools from it before any pool has run; then runs each pool RUNS times, in turns, and
prints predicted beside measured as a Markdown table and, last, everything as one line of JSON.
FOLDER is for photographs and traces.
"""
import contextlib
import json
import os
import socket
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
RECORDINGS = 3
PROGRAMS = os.path.join(HERE, "..", "..", "configs", "programs")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@contextlib.contextmanager
def serving_pages(python):
    """The port of a server of pages that runs meanwhile."""
    port = free_port()
    server = subprocess.Popen([python, os.path.join(PROGRAMS, "pages.py"), port, "serve"])
    try:
        time.sleep(1)
        yield port
    finally:
        server.kill()


def scenario_of(gilsim, profile, trace, *options):
    made = trace + ".yaml"
    subprocess.run([gilsim, "trace", trace, "--host", profile, "--scenario", made] + list(options),
                   check=True, stdout=subprocess.DEVNULL)
    return made


def overriding(*settings):
    return [word for one in settings for word in ("--set", one)]


def points_of(gilsim, scenario, *settings):
    """What a simulation of `scenario` gives, strategy by strategy and metric by metric."""
    report = subprocess.run([gilsim, "run", scenario, "--json", "-"] + overriding(*settings),
                            check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    return json.loads(report)["points"]


def seconds(command):
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def recorded(gilsim, program, task, path):
    """The trace of the middle one of three recordings, after a run that reads all files once."""
    seconds(program)
    times = {}
    for number in range(RECORDINGS):
        trace = "%s-%d.trace" % (path, number)
        times[trace] = float(subprocess.run(
            [gilsim, "record", "-o", trace, "--task", task, "--"] + program, check=True,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout)
    return sorted(times, key=times.get)[RECORDINGS // 2]


def predicted(gilsim, profile, trace, workers, strategies):
    made = scenario_of(gilsim, profile, trace, "--replay")
    found = {}
    for strategy in strategies:
        ways = "[%s]" % strategy
        numbers = "[%s]" % ",".join(str(one) for one in workers[strategy])
        for point in points_of(gilsim, made, "strategies=" + ways, "workers=" + numbers):
            if point["metric"] == "wall":
                found[point["strategy"], point["workers"]] = point["predicted"]
    return found


def study(name, arguments, task, workers, gilsim, profile, runs, python, folder):
    program = [python, os.path.join(PROGRAMS, name + ".py")] + arguments
    trace = recorded(gilsim, program, task, os.path.join(folder, name))
    predictions = predicted(gilsim, profile, trace, workers, list(workers))
    measured = {key: [] for key in predictions}
    for _ in range(runs):
        for strategy, number in measured:
            how = "serial" if strategy == "sequential" else strategy
            measured[strategy, number].append(seconds(program + [how, str(number)]))
    rows = []
    for (strategy, number), times in measured.items():
        median = statistics.median(times)
        wall = predictions[strategy, number]["median"] / 1e9
        rows.append({"program": name, "strategy": strategy, "workers": number, "predicted": wall,
                     "measured": median, "low": min(times), "high": max(times),
                     "error": wall / median - 1, "runs": len(times)})
    return rows


def main():
    gilsim, profile, runs, python, folder = sys.argv[1:6]
    chosen = sys.argv[6:] or ["thumbnails", "pages", "countdown"]
    common = dict(gilsim=gilsim, profile=profile, runs=int(runs), python=python, folder=folder)
    os.makedirs(folder, exist_ok=True)
    rows = []
    if "thumbnails" in chosen:
        photos = os.path.join(folder, "photos")
        if not os.path.exists(photos):
            subprocess.run([python, os.path.join(PROGRAMS, "thumbnails.py"), photos, "make"], check=True)
        rows += study("thumbnails", [photos], "__main__:create_thumbnail",
                      {"sequential": [1], "processes": [2], "threads": [2, 4]}, **common)
    if "pages" in chosen:
        with serving_pages(python) as port:
            rows += study("pages", [port], "__main__:fetch",
                          {"sequential": [1], "threads": [2, 4, 8, 13]}, **common)
    if "countdown" in chosen:
        rows += study("countdown", ["60000000"], "__main__:work",
                      {"sequential": [1], "threads": [2], "processes": [2]}, **common)
    print("| program | | predicted | measured (median of %s) | from, to | error |" % runs)
    print("|---|---|---|---|---|---|")
    for row in rows:
        print("| %(program)s | %(strategy)s@%(workers)d | %(predicted).3f s | %(measured).3f s | "
              "%(low).3f, %(high).3f | " % row + "%+.1f %% |" % (100 * row["error"]))
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
