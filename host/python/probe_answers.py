"""What a wait costs that is answered at once, without the wake-up of another core. Python 2.7 to 3.15.

    probe_answers.py BATCHES        held to one core by whoever starts it

The driver's own waits, again and again, against the driver's own delay server on the same core: so
every blocking call switches to the other process, and back, and nothing sleeps. CPU time a request,
one figure a batch: of the asking thread, to ask (`ask`) and to receive (`receive`), and of the far
side (`serve`). The last two hold one context switch each.
"""
import sys

import delay_client
from delay_service import DelayService
from gilsim_clock import read_clock
from probe_common import median, report, thread_cpu

REQUESTS = 50  # a batch
WARM_UP = 20
PATIENCE = 10  # seconds


def batch(ask, receive, server_clock):
    """CPU times of a request: (ask, receive, serve), means over a batch."""
    asking = receiving = 0
    served = read_clock(server_clock)
    for _ in range(REQUESTS):
        start = thread_cpu()
        asked = ask(0)
        middle = thread_cpu()
        receive(asked)
        receiving += thread_cpu() - middle
        asking += middle - start
    served = read_clock(server_clock) - served
    return [figure / float(REQUESTS) for figure in (asking, receiving, served)]


def cost_of_sampling(server_clock):
    """What batch() adds by itself to each of its figures."""
    nothing = [batch(lambda n: n, lambda n: None, server_clock) for _ in range(10)]
    return [median(column) for column in zip(*nothing)]


def main():
    batches = int(sys.argv[1])
    kinds = ["socket", "pipe", "file", "udp"]
    results = {}
    with DelayService(len(kinds), True, PATIENCE) as service:
        clock = service.cpu_clock()
        own = cost_of_sampling(clock)
        waits = [delay_client.make_halves(kind, service.endpoints) for kind in kinds]
        for ask, receive in waits:
            for _ in range(WARM_UP):
                receive(ask(0))
        for _ in range(batches):
            for kind, (ask, receive) in zip(kinds, waits):
                figures = batch(ask, receive, clock)
                for name, figure, extra in zip(("ask", "receive", "serve"), figures, own):
                    results.setdefault("%s.%s" % (kind, name), []).append(max(0, figure - extra))
    report(results)


if __name__ == "__main__":
    main()
