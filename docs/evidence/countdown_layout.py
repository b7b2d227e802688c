"""Why the countdown, recorded by calls of its function, is predicted too slow serially and too fast in
two processes.

    python3 docs/evidence/countdown_layout.py GILSIM RUNS PYTHON FOLDER

The same loop, all ways in turns: as it is; called through one more function; recorded without tasks;
recorded with --task; half of it in one process beside nothing, and in two processes at once (each
measures its own loop). Prints a Markdown table of medians.
"""
import os
import statistics
import subprocess
import sys

from record_programs import PROGRAMS

COUNT = 60000000
THROUGH = """
import sys
sys.path.insert(0, %r)
import countdown
inner = countdown.countdown
def through(n): return inner(n)
countdown.countdown = through
countdown.main()
"""
HALF = """
import time
def countdown(n):
    while n > 0:
        n -= 1
for _ in range(30): countdown(100)
begin = time.perf_counter()
countdown(%d)
print(time.perf_counter() - begin)
""" % (COUNT // 2)


def printed(*commands):
    running = [subprocess.Popen(one, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
               for one in commands]
    return statistics.mean(float(one.communicate()[0]) for one in running)


def main():
    gilsim, runs, python, folder = sys.argv[1:5]
    os.makedirs(folder, exist_ok=True)
    plain = [python, os.path.join(PROGRAMS, "countdown.py"), str(COUNT)]
    record = [gilsim, "record", "-o", os.path.join(folder, "layout.trace")]
    half = [python, "-c", HALF]
    ways = {
        "as it is": [plain],
        "through one more function": [[python, "-c", THROUGH % PROGRAMS, str(COUNT)]],
        "recorded, no tasks": [record + ["--no-tasks", "--"] + plain],
        "recorded, --task __main__:work": [record + ["--task", "__main__:work", "--"] + plain],
        "half of it, one process": [half],
        "half of it, two processes at once": [half, half],
    }
    times = {way: [] for way in ways}
    for _ in range(int(runs)):
        for way, commands in ways.items():
            times[way].append(printed(*commands))
    print("| the loop | median of %s | from, to |" % runs)
    print("|---|---|---|")
    for way, seen in times.items():
        print("| %s | %.3f s | %.3f, %.3f |" % (way, statistics.median(seen), min(seen), max(seen)))


if __name__ == "__main__":
    main()
