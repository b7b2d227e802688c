"""What each kind of wait costs: the driver's own waits against the driver's own delay server.

    probe_waits.py OPERATIONS LONG_OPERATIONS

For each kind the CPU time of the waiting thread, to ask (`call`) and to receive (`cpu`), and the
wall time beyond the nominal one, at 0 (the far side answers at once), 1 ms and 10 ms. Kinds and
times take turns.
"""
import sys
import time

import delay_client
from delay_service import DelayService
from probe_common import median, now, report, thread_cpu

MILLISECOND = 1000000
WARM_UP = 3
PATIENCE = 10  # seconds


def sleep_halves():
    return (lambda nanoseconds: nanoseconds), (lambda nanoseconds: time.sleep(nanoseconds * 1e-9))


def sample(ask, receive, nominal):
    """(wall time beyond the nominal one, CPU time to ask, CPU time to receive)"""
    start = thread_cpu()
    before = now()
    asked = ask(nominal)
    middle = thread_cpu()
    receive(asked)
    wall = now() - before
    return wall - nominal, middle - start, thread_cpu() - middle


def cost_of_sampling():
    """What sample() adds by itself to each of its three figures."""
    nothing = [sample(lambda n: n, lambda n: None, 0) for _ in range(200)]
    return [median(column) for column in zip(*nothing)]


def main():
    operations, long_operations = int(sys.argv[1]), int(sys.argv[2])
    kinds = ["sleep", "socket", "pipe", "file", "udp"]
    plan = [(0, operations), (MILLISECOND, operations), (10 * MILLISECOND, long_operations)]
    own = cost_of_sampling()
    results = {}
    with DelayService(len(kinds), True, PATIENCE) as service:
        waits = [sleep_halves() if kind == "sleep"
                 else delay_client.make_halves(kind, service.endpoints) for kind in kinds]
        for ask, receive in waits:
            for _ in range(WARM_UP):
                receive(ask(MILLISECOND))
        for nominal, count in plan:
            for _ in range(count):
                for kind, (ask, receive) in zip(kinds, waits):
                    at = "%s.%dms." % (kind, nominal // MILLISECOND)
                    figures = sample(ask, receive, nominal)
                    for name, figure, extra in zip(("beyond", "call", "cpu"), figures, own):
                        results.setdefault(at + name, []).append(max(0, figure - extra))
    report(results)


if __name__ == "__main__":
    main()
