"""What each kind of wait costs: the driver's own waits against the driver's own delay server.

    probe_waits.py OPERATIONS LONG_OPERATIONS

For each kind the CPU time of the waiting thread and the wall time beyond the nominal one, at 0 (the
far side answers at once), 1 ms and 10 ms. Kinds and times take turns.
"""
import sys

import gilsim_work
from delay_service import DelayService
from probe_common import median, now, report, thread_cpu

MILLISECOND = 1000000
WARM_UP = 3


def sample(wait, nominal):
    """(wall time beyond the nominal one, CPU time)"""
    cpu_before = thread_cpu()
    before = now()
    wait(nominal)
    wall = now() - before
    return wall - nominal, thread_cpu() - cpu_before


def cpu_of_sampling():
    return median([sample(lambda _: None, 0)[1] for _ in range(200)])


def main():
    operations, long_operations = int(sys.argv[1]), int(sys.argv[2])
    kinds = ["sleep", "socket", "pipe", "file", "udp"]
    plan = [(0, operations), (MILLISECOND, operations), (10 * MILLISECOND, long_operations)]
    own = cpu_of_sampling()
    results = {}
    with DelayService(1, True) as service:
        waits = gilsim_work.build_steps(kinds, service.endpoints)
        for wait in waits:
            for _ in range(WARM_UP):
                wait(MILLISECOND)
        for nominal, count in plan:
            for _ in range(count):
                for kind, wait in zip(kinds, waits):
                    beyond, cpu = sample(wait, nominal)
                    at = "%s.%dms." % (kind, nominal // MILLISECOND)
                    results.setdefault(at + "beyond", []).append(beyond)
                    results.setdefault(at + "cpu", []).append(max(0, cpu - own))
    report(results)


if __name__ == "__main__":
    main()
