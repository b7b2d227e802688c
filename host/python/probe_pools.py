"""What a multiprocessing.Pool costs under one start method, by time stamps.

    probe_pools.py methods                     the start methods there are
    probe_pools.py start METHOD WORKERS        one pool in a fresh process, from start to end
    probe_pools.py feed METHOD TASKS           what a worker spends between two tasks
    probe_pools.py executor METHOD WORKERS     a ProcessPoolExecutor, until it has been submitted to
    probe_pools.py life METHOD MIB             end of a process; what a heap of MIB adds to both ends

One process builds one pool, as a program does: the first start of a worker also pays for helpers
(fork server, resource tracker), which `create` therefore holds. Time stamps are CLOCK_MONOTONIC,
the same clock in every process. Child processes that start afresh import this file: at its top it
imports next to nothing, like the driver's.
"""
import sys

CHUNK = 64
LIVES = 7
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


def executor(method, workers):
    """What there is beside the starts of workers. But for fork, each submit starts one of them."""
    import gilsim_batch
    import probe_pool_task
    from gilsim_clock import now
    try:
        from concurrent.futures.process import ProcessPoolExecutor
        import concurrent.futures.process as module
    except ImportError:
        return {}
    if not hasattr(module, "_ExecutorManagerThread"):
        return {}
    context = gilsim_batch.process_context(method)
    starts = record_starts()
    begin = now()
    pool = ProcessPoolExecutor(workers, context, probe_pool_task.prepare)
    futures = [pool.submit(probe_pool_task.timed_task, 0)]
    created, started = now() - begin, len(starts)
    futures += [pool.submit(probe_pool_task.timed_task, 0) for _ in range(workers - 1)]
    for future in futures:
        future.result()
    pool.shutdown()
    each = [ended - began for _, began, ended in starts[1:]]
    if not each:
        return {}
    return {"executor_create": [max(0, created - started * sum(each) // len(each))]}


def one_life(context, writer, reader):
    """How long start() of a process takes, and from the end of its work until it is joined."""
    import probe_pool_task
    from gilsim_clock import now
    process = context.Process(target=probe_pool_task.tell_the_time, args=(writer,))
    begin = now()
    process.start()
    started = now() - begin
    ended = reader.recv()
    process.join()
    return started, now() - ended


def life(method, mib):
    import gilsim_batch
    import gilsim_payload
    from probe_common import median
    context = gilsim_batch.process_context(method)
    reader, writer = context.Pipe(False)
    one_life(context, writer, reader)
    without = [one_life(context, writer, reader) for _ in range(LIVES)]
    heap = gilsim_payload.heap_of(mib << 20)
    one_life(context, writer, reader)  # the first one marks each page as shared: a third more
    grown = [one_life(context, writer, reader) for _ in range(LIVES)]
    del heap
    results = {"worker_exit": [exit_ for _, exit_ in without]}
    for i, name in enumerate(("heap.start", "heap.exit")):
        usual = median([one[i] for one in without])
        results[name] = [max(0.0, (one[i] - usual) * 1024.0 / mib) for one in grown]
    return results


def main():
    from probe_common import report
    if sys.argv[1] == "methods":
        results = start_methods()
    elif sys.argv[1] == "start":
        results = start(sys.argv[2], int(sys.argv[3]))
    else:
        probes = {"feed": feed, "executor": executor, "life": life}
        results = probes[sys.argv[1]](sys.argv[2], int(sys.argv[3]))
    report(results)


if __name__ == "__main__":
    main()
