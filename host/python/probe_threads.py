"""What a thread and a task of a thread pool cost, with nothing else running.

    probe_threads.py THREADS BATCHES

`submit` is measured with the pool's only thread blocked, so that the main thread neither waits for
the lock nor wakes anybody; `task` by the pool thread's own CPU clock, read in the first and in the
last task of a batch. Without concurrent.futures (2.7) the pool is multiprocessing.dummy's, whose
handler threads count with the task.
"""
import sys
import threading

from probe_common import now, report, thread_cpu

TASKS_PER_BATCH = 400


def noop():
    pass


class Executor(object):
    def __init__(self):
        from concurrent.futures import ThreadPoolExecutor
        self.pool = ThreadPoolExecutor(1)
        self.submit = self.pool.submit

    def end(self):
        self.pool.shutdown()


class DummyPool(object):
    def __init__(self):
        from multiprocessing.dummy import Pool
        self.pool = Pool(1)
        self.submit = self.pool.apply_async

    def end(self):
        self.pool.close()
        self.pool.join()


def thread_start():
    thread = threading.Thread(target=noop)
    before = now()
    thread.start()
    took = now() - before
    thread.join()
    return took


def batch(pool):
    """CPU time to submit one task and CPU time of the pool's thread to run one."""
    blocked, gate, done = threading.Event(), threading.Event(), threading.Event()
    clock = []

    def block():
        blocked.set()
        gate.wait()
        clock.append(thread_cpu())

    def finish():
        clock.append(thread_cpu())
        done.set()

    pool.submit(block)
    blocked.wait()
    before = thread_cpu()
    for _ in range(TASKS_PER_BATCH):
        pool.submit(noop)
    submitting = thread_cpu() - before
    pool.submit(finish)
    gate.set()
    done.wait()
    return submitting // TASKS_PER_BATCH, (clock[1] - clock[0]) // (TASKS_PER_BATCH + 1)


def main():
    threads, batches = int(sys.argv[1]), int(sys.argv[2])
    thread_start()
    starts = [thread_start() for _ in range(threads)]
    try:
        pool = Executor()
    except ImportError:
        pool = DummyPool()
    batch(pool)
    costs = [batch(pool) for _ in range(batches)]
    pool.end()
    report({
        "thread_start": starts,
        "submit": [submit for submit, _ in costs],
        "task": [task for _, task in costs],
    })


if __name__ == "__main__":
    main()
