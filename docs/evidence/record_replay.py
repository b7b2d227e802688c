"""Recorded, replayed in the simulation at the same setting, and really run again without recording.

    python3 docs/evidence/record_replay.py GILSIM PROFILE RUNS PYTHON FOLDER [PROGRAM...]

That shows whether a recording becomes the scenario that it is of, not whether "what if" answers are
right (record_programs.py, record_threads.py). Compared is what each program prints: seconds, or
operations a second. Prints a Markdown table and a line of JSON.
"""
import json
import os
import statistics
import subprocess
import sys

from record_programs import PROGRAMS, points_of, scenario_of, serving_pages

COMPRESS = """
import sys, threading, time, zlib
data = bytes(range(256)) * 400
counts = [0, 0, 0]
def work(number, end):
    while time.perf_counter() < end:
        zlib.compress(data)
        counts[number] += 1
end = time.perf_counter() + 1.2
threads = [threading.Thread(target=work, args=(number, end)) for number in range(3)]
for one in threads: one.start()
for one in threads: one.join()
print(sum(counts) / 1.2)
"""
SLEEPER = """
import sys, threading, time
count, end = [0], time.perf_counter() + 2
def compute():
    while time.perf_counter() < end:
        for _ in range(20000): pass
def sleep():
    while time.perf_counter() < end:
        time.sleep(0.001)
        count[0] += 1
threads = [threading.Thread(target=compute) for _ in range(int(sys.argv[1]))]
threads.append(threading.Thread(target=sleep))
for one in threads: one.start()
for one in threads: one.join()
print(count[0] / 2)
"""

def cases(folder, port, python):
    """Name: command, options of record, of trace, overrides, the metric (a sum of threads' rates)."""
    def program(name, *words):
        return [python, os.path.join(PROGRAMS, name + ".py")] + list(words)

    photos = os.path.join(folder, "photos")
    serial = ("strategies=[sequential]", "workers=[1]")
    pool = ("strategies=[threads]", "workers=[6]")
    threads = ["--of", "threads", "--replay"]
    long = ("duration=300s",)  # whole operations are counted, which may be 300 recorded rounds
    return {
        "thumbnails": (program("thumbnails", photos), ["--task", "__main__:create_thumbnail"],
                       ["--replay"], serial, ["wall"]),
        "pages": (program("pages", port), ["--task", "__main__:fetch"], ["--replay"], serial,
                  ["wall"]),
        "countdown": (program("countdown", "60000000"), ["--task", "__main__:work"], ["--replay"],
                      serial, ["wall"]),
        "crawler": (program("crawler", port), [], ["--replay"], pool, ["wall"]),
        "queue_pair": (program("queue_pair", "1.2"), ["--no-tasks"], threads, long, ["thread-1"]),
        "echo_server": (program("echo_server", "1.2"), ["--no-tasks"], threads, long, ["main"]),
        "three that compress": ([python, "-c", COMPRESS], [], threads, long,
                                ["thread-1", "thread-2", "thread-3"]),
        "one computes, one sleeps": ([python, "-c", SLEEPER, "1"], [], threads, long, ["thread-2"]),
        "two compute, one sleeps": ([python, "-c", SLEEPER, "2"], [], threads, long, ["thread-3"]),
    }


def printed(command):
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return float(out.stdout.split()[0])


def noted(scenario, thread):
    """Of the comments: rounds a second that were recorded, and how many are one operation here."""
    for line in open(scenario):
        words = line.split()
        if not line.startswith("#   " + thread + ":"):
            continue
        rate = float(words[2][:-2]) if words[2].endswith("/s") else (
            float(words[2]) * {"k/s": 1e3, "M/s": 1e6}[words[3]])
        return rate, int(line.split("of which")[1].split()[0]) if "of which" in line else 1
    raise SystemExit("no rounds of " + thread)


def simulated(gilsim, scenario, settings, metrics, seen):
    found = {point["metric"]: point["predicted"]["median"]
             for point in points_of(gilsim, scenario, *settings)}
    if metrics == ["wall"]:
        return found["wall"] / 1e9
    notes = [noted(scenario, one) for one in metrics]
    rounds = sum(found[one + ".rate"] * many for one, (_, many) in zip(metrics, notes))
    in_one = max(1, round(sum(rate for rate, _ in notes) / seen))  # of the program's operations
    return rounds / in_one


def study(name, case, gilsim, profile, runs, folder):
    command, record, options, settings, metrics = case
    trace = os.path.join(folder, "replay-%s.trace" % name.replace(" ", "-").replace(",", ""))
    printed(command)
    seen = printed([gilsim, "record", "-o", trace] + record + ["--"] + command)
    scenario = scenario_of(gilsim, profile, trace, *options)
    again = simulated(gilsim, scenario, settings, metrics, seen)
    free = [printed(command) for _ in range(runs)]
    return {"program": name, "unit": "s" if metrics == ["wall"] else "1/s", "recorded": seen,
            "simulated": again, "error": again / seen - 1, "unrecorded": statistics.median(free),
            "low": min(free), "high": max(free), "runs": runs}


def main():
    gilsim, profile, runs, python, folder = sys.argv[1:6]
    os.makedirs(folder, exist_ok=True)
    rows = []
    with serving_pages(python) as port:
        every = cases(folder, port, python)
        if not os.path.exists(os.path.join(folder, "photos")):
            subprocess.run(every["thumbnails"][0] + ["make"], check=True)
        for name in sys.argv[6:] or list(every):
            rows.append(study(name, every[name], gilsim, profile, int(runs), folder))
    print("| program | recorded | replayed in the simulation | error | unrecorded, median of %s | "
          "from, to |" % runs)
    print("|---|---|---|---|---|---|")
    for row in rows:
        print("| %(program)s | %(recorded).4g %(unit)s | %(simulated).4g %(unit)s | " % row
              + "%+.1f %% | " % (100 * row["error"])
              + "%(unrecorded).4g %(unit)s | %(low).4g, %(high).4g |" % row)
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
