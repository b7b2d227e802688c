"""Who gets the lock that one of two computing threads lets go, while a third thread waits for it.

    probe_signals.py SECONDS

Two threads compute and note when they had the lock, a third one sleeps and notes since when it
wants it. Each time a computing thread had to let go while the third one had been waiting for a
while, the next holder is either that sleeper, as its turn would be, or the other computing thread:
the one whose time-out made the holder let go, and which was still awake when the signal came. The
share of the latter, one figure a process, is `stolen`: it differs more between processes than within
one. No rate and no latency is measured.

Gives no figure on one core, and where there is no switch interval: before 3.2, free-threaded.
"""
import os
import sys
import threading
import time

from probe_common import now, report

GAP = 20000  # ns without a reading of the clock: the lock was away
WAITED = 300000  # ns: long enough to be asleep on the lock
SLEEP = 0.002
INTERVAL = 0.005
SETTLE = 0.05


class Computing(object):
    """Notes its tenures: pairs of first and last reading of the clock without a gap."""

    def __init__(self, stop):
        self.tenures = []
        self._stop = stop

    def run(self):
        stop, note = self._stop, self.tenures.append
        begin = last = now()
        while not stop:
            reading = now()
            if reading - last > GAP:
                note((begin, last))
                begin = reading
            last = reading


class Sleeping(object):
    """Notes its waits for the lock: pairs of when it was due to wake and when it ran."""

    def __init__(self, stop):
        self.waits = []
        self._stop = stop

    def run(self):
        while not self._stop:
            due = now() + int(SLEEP * 1e9)
            time.sleep(SLEEP)
            self.waits.append((due, now()))


def holders(computing, sleeping):
    """(begin, end, who) in order of time; a thread that only lost its core a while comes twice."""
    tenures = [(begin, end, who) for who, one in enumerate(computing)
               for begin, end in one.tenures]
    tenures += [(ran, ran, None) for _, ran in sleeping.waits]
    return sorted(tenures, key=lambda tenure: tenure[0])


def stolen(computing, sleeping):
    """Of the handovers with the sleeper in wait: (those to the other computing thread, all)."""
    taken = total = 0
    waits = iter(sleeping.waits)
    due, ran = next(waits, (None, None))
    tenures = holders(computing, sleeping)
    for (_, end, who), (_, _, following) in zip(tenures, tenures[1:]):
        while ran is not None and ran <= end:
            due, ran = next(waits, (None, None))
        if ran is None:
            break
        if who is None or following == who or end - due < WAITED:
            continue
        total += 1
        taken += following is not None
    return taken, total


def window(seconds):
    stop = []
    computing = [Computing(stop), Computing(stop)]
    sleeping = Sleeping(stop)
    threads = [threading.Thread(target=one.run) for one in computing + [sleeping]]
    for thread in threads:
        thread.daemon = True
        thread.start()
    time.sleep(SETTLE + seconds)
    stop.append(True)
    for thread in threads:
        thread.join()
    return stolen(computing, sleeping)


def applies():
    if not hasattr(sys, "setswitchinterval") or len(os.sched_getaffinity(0)) < 2:
        return False
    return getattr(sys, "_is_gil_enabled", lambda: True)()


def main():
    if not applies():
        return report({})
    sys.setswitchinterval(INTERVAL)
    taken, total = window(float(sys.argv[1]))
    report({"stolen": [float(taken) / total]} if total else {})


if __name__ == "__main__":
    main()
