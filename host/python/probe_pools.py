"""What a multiprocessing.Pool costs under one start method, by time stamps.

    probe_pools.py methods                     the start methods there are
    probe_pools.py start METHOD WORKERS        one pool in a fresh process, from start to end
    probe_pools.py feed METHOD TASKS           what a worker spends between two tasks

One process builds one pool, as a program does: the first start of a worker also pays for helpers
(fork server, resource tracker), which `create` therefore holds. Time stamps are CLOCK_MONOTONIC,
the same clock in every process.
"""
import multiprocessing
import os
import sys

from probe_common import now, report

TASK = 200000  # nanoseconds; long enough for the parent to keep the task pipe filled
CHUNK = 64
WARM_UP = 8  # first tasks, while the pipe fills

ready_at = None


def note_ready():
    global ready_at
    ready_at = now()


def timed_task(_):
    """(process, when it was ready, start, end) of a task that computes for a moment."""
    started = now()
    while now() - started < TASK:
        pass
    return os.getpid(), ready_at, started, now()


def start_methods():
    if hasattr(multiprocessing, "get_all_start_methods"):
        return multiprocessing.get_all_start_methods()
    return ["fork"]


def context_of(method):
    if hasattr(multiprocessing, "get_context"):
        return multiprocessing.get_context(method)
    return multiprocessing


def base_process():
    process = getattr(multiprocessing, "process")
    return getattr(process, "BaseProcess", None) or process.Process


def record_starts():
    """The list that will hold (process, begin, end) of every start of a process."""
    starts = []
    base = base_process()
    original = base.start

    def start(self):
        begin = now()
        original(self)
        starts.append((self.pid, begin, now()))

    base.start = start
    return starts


def end_pool(pool):
    """What leaving `with Pool() as pool:` does, and waiting for it to be over."""
    pool.terminate()
    pool.join()


def start(method, workers):
    starts = record_starts()
    context = context_of(method)
    begin = now()
    pool = context.Pool(workers, note_ready)
    created = now() - begin
    outcomes = pool.map(timed_task, range(16 * workers), 1)
    begin = now()
    end_pool(pool)
    shutdown = now() - begin
    each = [ended - began for _, began, ended in starts[1:workers]]
    ready = dict((process, at) for process, at, _, _ in outcomes)
    report({
        "create": [created - workers * sum(each) // len(each)],
        "create_per_worker": each,
        "worker_ready": [ready[process] - ended for process, _, ended in starts if process in ready],
        "shutdown": [shutdown],
    })


def gaps(outcomes):
    """(index of the later task, time from the end of one task to the start of the next)."""
    return [(i, outcomes[i][2] - outcomes[i - 1][3]) for i in range(WARM_UP, len(outcomes))]


def feed(method, tasks):
    pool = context_of(method).Pool(1)
    singly = gaps(pool.map(timed_task, range(tasks), 1))
    in_chunks = gaps(pool.map(timed_task, range(tasks), CHUNK))
    end_pool(pool)
    report({
        "chunk_and_item": [gap for _, gap in singly],
        "item": [gap for i, gap in in_chunks if i % CHUNK],
    })


def main():
    if sys.argv[1] == "methods":
        report(start_methods())
    elif sys.argv[1] == "start":
        start(sys.argv[2], int(sys.argv[3]))
    else:
        feed(sys.argv[2], int(sys.argv[3]))


if __name__ == "__main__":
    main()
