"""Runs named threads, each repeating its program, for a duration. Python 2.7 to 3.15.

All threads start together and warm up first; then the main thread takes its snapshots, sleeps for
the duration and takes them again. Operations count when they are completed within exactly the
duration after the first snapshot; their latency is the time since the thread's previous completion
or, with a wait that counts from the beginning of its round, since that was due.
The last snapshot may come late (the main thread has to win the lock back): CPU time and context
switches are scaled from the time between the snapshots to the duration. Of each thread the first
RECORDED operations have latencies, later ones are only counted.
"""
import array
import itertools
import sys
import threading
import time
import traceback

import gilsim_clock
import gilsim_work

now = gilsim_clock.now
WARM_UP_SECONDS = 0.1
RECORDED = 2000000
JOIN_SECONDS = 0.5  # a thread may be in a long wait or a long call; it is left behind then


class Looper(object):
    """One thread: its program, and the moments at which its rounds were completed."""

    def __init__(self, description, endpoints, go, stop):
        self.name = description["name"]
        self._kinds = [step["kind"] for step in description["steps"]]
        self._steps = gilsim_work.build_steps(self._kinds, endpoints)
        self._began = 0  # the round
        self._since_round = [bool(step.get("since_round")) for step in description["steps"]]
        self._steps = [self._wait_since_round(step) if since else step
                       for step, since in zip(self._steps, self._since_round)]
        self._rounds = self._rounds_of(description["steps"]) if self._kinds else []
        self._go, self._stop = go, stop
        self._moments = array.array("l")
        self._unrecorded = 0
        self.deadline = float("inf")
        self.error = None
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self._main, name=self.name)
        self.thread.daemon = True

    def _wait_since_round(self, wait):
        return lambda nanoseconds: wait(max(nanoseconds - (now() - self._began), 0))

    def _record_round(self, moment):
        self._began = moment
        self._moments.append(moment)

    def _due(self):
        """By round: when what it waits for comes, from its beginning."""
        dues = [max([0] + [amount for step, amount in steps
                           if self._since_round[self._steps.index(step)]])
                for steps in self._rounds]
        return dues or [0]

    def _rounds_of(self, steps):
        lists = [step["amounts"] for step in steps if isinstance(step["amounts"], list)]
        length = max([len(one) for one in lists] or [1])
        columns = [step["amounts"] if isinstance(step["amounts"], list)
                   else [step["amounts"]] * length for step in steps]
        return [[(step, amount) for step, amount in zip(self._steps, amounts) if amount >= 0]
                for amounts in zip(*columns)]  # below 0: the step does not occur

    def _main(self):
        try:
            gilsim_work.warm_up(self._kinds, self._steps)
            self.ready.set()
            self._go.wait()
            record = self._record_round if any(self._since_round) else self._moments.append
            self._loop(self._stop, record)
        except Exception:
            self.error = traceback.format_exc()
            self.ready.set()

    def _loop(self, stop, record):
        rounds = itertools.cycle(self._rounds)
        record(now())
        for steps in itertools.islice(rounds, RECORDED):
            for step, amount in steps:
                step(amount)
            record(now())
            if stop:
                return
        for steps in rounds:
            for step, amount in steps:
                step(amount)
            self._began = now()
            if self._began <= self.deadline:
                self._unrecorded += 1
            if stop:
                return

    def result(self, begin, cpu):
        moments = list(self._moments)
        latencies = [end - start - due for start, end, due
                     in zip(moments, moments[1:], itertools.cycle(self._due()))
                     if begin < end <= self.deadline]
        return {"name": self.name, "operations": len(latencies) + self._unrecorded,
                "latencies": latencies, "cpu": cpu}


class Snapshot(object):
    def __init__(self, clocks):
        self.moment = now()
        self.usage = gilsim_clock.Usage()
        self.cpu = [gilsim_clock.read_clock(clock) for clock in clocks]


def raise_errors(loopers):
    for looper in loopers:
        if looper.error is not None:
            raise RuntimeError("thread %s: %s" % (looper.name, looper.error))


def looper_class(description):
    if not description.get("coroutines"):
        return Looper
    gilsim_work.require_asyncio()
    import gilsim_event_loop
    return gilsim_event_loop.LoopLooper


def run(job, endpoints):
    go, stop = threading.Event(), []
    loopers = [looper_class(one)(one, endpoints, go, stop) for one in job["threads"]]
    if hasattr(sys, "setswitchinterval"):
        sys.setswitchinterval(job["switch_interval"] / 1e9)
    for looper in loopers:
        looper.thread.start()
    for looper in loopers:
        looper.ready.wait()
    raise_errors(loopers)
    clocks = [gilsim_clock.thread_cpu_clock(looper.thread.ident) for looper in loopers]
    duration = job["duration"]

    go.set()
    time.sleep(WARM_UP_SECONDS)
    first = Snapshot(clocks)
    for looper in loopers:
        looper.deadline = first.moment + duration
    time.sleep(duration * 1e-9)
    last = Snapshot(clocks)
    stop.append(True)

    raise_errors(loopers)
    give_up = now() + int(JOIN_SECONDS * 1e9)
    for looper in loopers:
        looper.thread.join(max(0, give_up - now()) * 1e-9)
    share = min(1.0, float(duration) / max(1, last.moment - first.moment))
    result = last.usage.since(first.usage, share)
    result["begin"] = first.moment
    result["wall"] = duration
    result["threads"] = [
        looper.result(first.moment, int((after - before) * share))
        for looper, before, after in zip(loopers, first.cpu, last.cpu)]
    return result
