"""How fast this interpreter process computes: bytecode on the main thread, on a worker thread and in
a child process, a C call that releases the lock and one that keeps it.

    probe_rates.py SECONDS_PER_CHUNK ROUNDS

One process gives one figure a layout, the median of its rounds: where the loader and the heap put
things is drawn once a process and moves the rate by several per cent. Layouts take turns, so that a
drift of the machine hits all alike.
"""
import multiprocessing
import sys
import threading

import gilsim_work
from probe_common import median, now, report, undisturbed

SECOND = 1e9


def amount_for(kernel, time):
    """An amount of work that takes about `time` nanoseconds."""
    n = 1000
    while True:
        before = now()
        kernel(n)
        took = now() - before
        if took > time / 4:
            return max(1, int(n * time / took))
        n *= 4


def rate(kernel, n):
    return n * SECOND / undisturbed(lambda: kernel(n))


def rate_on_worker(n):
    result = []
    thread = threading.Thread(target=lambda: result.append(rate(gilsim_work.countdown, n)))
    thread.start()
    thread.join()
    return result[0]


def serve_rates(pipe):
    """The child: one chunk for each amount received, until told 0."""
    while True:
        n = pipe.recv()
        if not n:
            return
        pipe.send(rate(gilsim_work.countdown, n))


class Child(object):
    def __init__(self):
        context = multiprocessing
        if hasattr(multiprocessing, "get_context"):
            methods = multiprocessing.get_all_start_methods()
            context = multiprocessing.get_context(
                "fork" if "fork" in methods else "spawn")
        self.pipe, far_end = context.Pipe()
        self.process = context.Process(target=serve_rates, args=(far_end,))
        self.process.start()

    def rate(self, n):
        self.pipe.send(n)
        return self.pipe.recv()

    def end(self):
        self.pipe.send(0)
        self.process.join()


def main():
    chunk, rounds = float(sys.argv[1]) * SECOND, int(sys.argv[2])
    held = gilsim_work.make_held()
    loops = amount_for(gilsim_work.countdown, chunk)
    elements = amount_for(held, chunk)
    child = Child()
    layouts = {
        "rates.main": lambda: rate(gilsim_work.countdown, loops),
        "rates.worker": lambda: rate_on_worker(loops),
        "rates.child": lambda: child.rate(loops),
        "native_held": lambda: rate(held, elements),
    }
    try:
        released = gilsim_work.make_released()
        iterations = amount_for(released, chunk)
        layouts["native_released"] = lambda: rate(released, iterations)
    except gilsim_work.Unsupported:
        pass
    results = dict((name, []) for name in layouts)
    for _ in range(rounds):
        for name in sorted(layouts):
            results[name].append(layouts[name]())
    child.end()
    report(dict((name, [median(values)]) for name, values in results.items()))


if __name__ == "__main__":
    main()
