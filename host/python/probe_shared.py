"""How fast threads store into one dict: one of them, and two at the same time. Python 2.7 to 3.15.

    probe_shared.py SECONDS_PER_CHUNK ROUNDS

`contended` is the wall time of two threads with half the stores each over that of one thread with all
of them: 0.5 where they do not disturb each other, 1 where they take turns, more where taking turns
costs. `favoured` is the share of the stores that the luckier of the two gets: while both store it is
done with its half after that much less than the whole time. With the interpreter lock they take turns
whatever they do, and neither is measured: 1, and a half.
"""
import sys
import threading

import gilsim_work
from probe_common import median, now, report
from probe_rates import SECOND, amount_for, rate


def has_lock():
    return getattr(sys, "_is_gil_enabled", lambda: True)()


def ends_of(threads, stores, shared):
    """How long each of the threads takes, the quickest first."""
    go, ends = threading.Event(), []

    def work():
        go.wait()
        shared(stores)
        ends.append(now())

    started = [threading.Thread(target=work) for _ in range(threads)]
    for thread in started:
        thread.start()
    begin = now()
    go.set()
    for thread in started:
        thread.join()
    return sorted(end - begin for end in ends)


def main():
    chunk, rounds = float(sys.argv[1]) * SECOND, int(sys.argv[2])
    shared = gilsim_work.make_shared("probe")
    shared(2000)
    stores = amount_for(shared, chunk)
    rates, ratios, shares = [], [], []
    for _ in range(rounds):
        rates.append(rate(shared, stores))
        if not has_lock():
            first, last = ends_of(2, stores // 2, shared)
            ratios.append(last / float(ends_of(1, stores, shared)[0]))
            shares.append(min(last / (2.0 * first), 0.95))
    report({"shared.rate": [median(rates)], "shared.contended": [median(ratios or [1.0])],
            "shared.favoured": [median(shares or [0.5])]})


if __name__ == "__main__":
    main()
