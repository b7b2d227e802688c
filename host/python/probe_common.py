"""What the probes share: CPU clock, samples without disturbance, output. Python 2.7 to 3.15."""
import json
import resource
import sys

from gilsim_clock import now, read_clock

CLOCK_THREAD_CPUTIME_ID = 3
RUSAGE_THREAD = 1  # named in the resource module since 3.2 only
ATTEMPTS = 4


def thread_cpu():
    """CPU time of the calling thread in nanoseconds."""
    return read_clock(CLOCK_THREAD_CPUTIME_ID)


def involuntary_switches():
    return resource.getrusage(RUSAGE_THREAD).ru_nivcsw


def undisturbed(work):
    """Wall time of work(), taken again while something else was on its core.

    A sample that stays disturbed counts with its CPU time, which leaves the others' turns out.
    """
    for _ in range(ATTEMPTS):
        switches = involuntary_switches()
        cpu_before = thread_cpu()
        before = now()
        work()
        wall = now() - before
        cpu = thread_cpu() - cpu_before
        if involuntary_switches() == switches and wall < 1.02 * cpu:
            return wall
    return cpu


def median(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2.0


def report(results):
    """One JSON object: a list of samples a name, nanoseconds but for rates."""
    json.dump(results, sys.stdout)
    sys.stdout.write("\n")
    sys.stdout.flush()
