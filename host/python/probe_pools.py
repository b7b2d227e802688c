"""What a multiprocessing.Pool costs under one start method, by time stamps.

    probe_pools.py methods                     the start methods there are
    probe_pools.py start METHOD WORKERS        one pool in a fresh process, from start to end
    probe_pools.py feed METHOD TASKS           what a worker spends between two tasks

One process builds one pool, as a program does: the first start of a worker also pays for helpers
(fork server, resource tracker), which `create` therefore holds. Time stamps are CLOCK_MONOTONIC,
the same clock in every process. Child processes that start afresh import this file: at its top it
imports next to nothing, like the driver's.
"""
import sys

CHUNK = 64
WARM_UP = 8  # first tasks, while the pipe fills


def start_methods():
    import multiprocessing
    if hasattr(multiprocessing, "get_all_start_methods"):
        return multiprocessing.get_all_start_methods()
    return ["fork"]


def record_starts():
    """The list that will hold (process, begin, end) of every start of a process."""
    import multiprocessing.process
    from gilsim_clock import now
    starts = []
    base = getattr(multiprocessing.process, "BaseProcess", None) or multiprocessing.process.Process
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
    import gilsim_batch
    import probe_pool_task
    from gilsim_clock import now
    context = gilsim_batch.process_context(method)
    starts = record_starts()
    begin = now()
    pool = context.Pool(workers, probe_pool_task.prepare)
    created = now() - begin
    outcomes = pool.map(probe_pool_task.timed_task, range(16 * workers), 1)
    begin = now()
    end_pool(pool)
    shutdown = now() - begin
    each = [ended - began for _, began, ended in starts[1:workers]]
    ready = dict((process, at) for process, at, _, _ in outcomes)
    return {
        "create": [created - workers * sum(each) // len(each)],
        "create_per_worker": each,
        "worker_ready": [ready[process] - ended for process, _, ended in starts
                         if process in ready],
        "shutdown": [shutdown],
    }


def gaps(outcomes):
    """(index of the later task, time from the end of one task to the start of the next)."""
    return [(i, outcomes[i][2] - outcomes[i - 1][3]) for i in range(WARM_UP, len(outcomes))]


def feed(method, tasks):
    import gilsim_batch
    import probe_pool_task
    pool = gilsim_batch.process_context(method).Pool(1)
    singly = gaps(pool.map(probe_pool_task.timed_task, range(tasks), 1))
    in_chunks = gaps(pool.map(probe_pool_task.timed_task, range(tasks), CHUNK))
    end_pool(pool)
    return {
        "chunk_and_item": [gap for _, gap in singly],
        "item": [gap for i, gap in in_chunks if i % CHUNK],
    }


def main():
    from probe_common import report
    if sys.argv[1] == "methods":
        results = start_methods()
    elif sys.argv[1] == "start":
        results = start(sys.argv[2], int(sys.argv[3]))
    else:
        results = feed(sys.argv[2], int(sys.argv[3]))
    report(results)


if __name__ == "__main__":
    main()
