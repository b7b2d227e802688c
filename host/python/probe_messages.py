"""What handing a task to another process costs each thread that has a part in it.

    probe_messages.py CHUNKS      CPU time of every thread, in nanoseconds

Each thread of a pool is measured while all the others are at rest: the worker is held up by its
first task while chunks are sent; it does them while the main thread keeps the parent's interpreter
lock in one C call; then the main thread waits while the results are taken in. Times are the
threads' own CPU clocks. So wake-ups, waits and the lock's changing hands are in none of them. Chunks
of one task and of CHUNK tasks tell the cost of a chunk from that of a task in it.
"""
import itertools
import os
import sys
import threading

from gilsim_batch import run_task  # the driver's own, here without a step
from gilsim_clock import now, read_clock, thread_cpu_clock
from probe_common import median, report, thread_cpu

CHUNK = 64
ROUNDS = 7


def tasks_of(count):
    return [(20000 + i,) for i in range(count)]


class Hold(object):
    """Keeps this process's interpreter lock for as long as a worker needs for its tasks."""

    def __init__(self):
        begin = now()
        sum(itertools.repeat(1, 2000000))
        self.rate = 2000000 / float(now() - begin)

    def __call__(self, nanoseconds):
        sum(itertools.repeat(1, int(nanoseconds * self.rate)))


def cpu_of(thread):
    return read_clock(thread_cpu_clock(thread.ident))


def settled(read):
    """What read() gives once it no longer grows: the thread is at rest."""
    from time import sleep
    same, last = 0, None
    while same < 3:
        sleep(0.002)
        value = read()
        same = same + 1 if value == last else 0
        last = value
    return last


_gates = None  # of a worker: (blocked, go)
_clock = []


def take_gates(gates):
    global _gates
    _gates = gates


def gate(_):
    """A task that waits until it is let through; tells the CPU time of its worker so far."""
    _gates[0].send_bytes(b"1")
    _gates[1].recv_bytes()
    return thread_cpu(), os.getpid()


def worker_cpu(_):
    return thread_cpu(), os.getpid()


class Gates(object):
    def __init__(self, context):
        self.told, tell = context.Pipe(False)
        wait, self.open_ = context.Pipe(False)
        self.ends = tell, wait

    def wait(self):
        self.told.recv_bytes()

    def open(self):
        self.open_.send_bytes(b"1")


def per_chunk(singly, in_chunks):
    """(cost of a chunk, cost of a task in it) from samples with chunks of 1 and of CHUNK."""
    items = [(many - median(singly)) / (CHUNK - 1.0) for many in in_chunks]
    item = max(0.0, median(items))
    return [max(0.0, one - item) for one in singly], [max(0.0, each) for each in items]


class PoolRound(object):
    """One multiprocessing.Pool of one worker."""

    def __init__(self, context, hold):
        self.hold = hold
        self.gates = Gates(context)
        self.pool = context.Pool(1, take_gates, (self.gates.ends,))

    def rest_of(self, thread):
        return settled(lambda: cpu_of(thread))

    def run(self, chunks, size):
        """CPU time of task handler, worker and result handler for each chunk."""
        tasks = tasks_of(chunks * size)
        feeding, filing = self.pool._task_handler, self.pool._result_handler
        first = self.pool.apply_async(gate, (0,))
        self.gates.wait()
        before_feed = self.rest_of(feeding)
        begin = now()
        results = self.pool.map_async(run_task, tasks, size)
        last = self.pool.apply_async(worker_cpu, (0,))
        fed = (self.rest_of(feeding) - before_feed) / float(chunks + 1)
        before_filing = self.rest_of(filing)
        guess = chunks * (40000 + 400 * size)
        self.gates.open()
        self.hold(guess)
        results.get()
        worked = last.get()[0] - first.get()[0]
        filed = (self.rest_of(filing) - before_filing) / float(chunks + 2)
        return fed, worked / float(chunks + 1), filed

    def end(self):
        self.pool.terminate()
        self.pool.join()


def probe_pool(context, chunks, hold, results):
    round_ = PoolRound(context, hold)
    samples = {}
    for size, count in ((1, chunks), (CHUNK, chunks // 4)):
        round_.run(count, size)  # memory and caches
        samples[size] = [round_.run(count, size) for _ in range(ROUNDS)]
    for i, name in enumerate(("feed", "work", "collect")):
        chunk, item = per_chunk([s[i] for s in samples[1]], [s[i] for s in samples[CHUNK]])
        results["pool.%s.chunk" % name], results["pool.%s.item" % name] = chunk, item
    results["pool.submit"] = pool_submit(round_.pool, chunks)
    results["pool.result"] = pool_result(round_.pool, chunks)
    maintain = pool_maintain(round_.pool, chunks)
    if maintain:
        results["pool.maintain.chunk"], results["pool.maintain.item"] = maintain
    round_.end()


def pool_submit(pool, count):
    """apply_async() with nobody there to take what it submits."""
    kept, pool._taskqueue = pool._taskqueue, type(pool._taskqueue)()
    samples = []
    for _ in range(ROUNDS):
        before = thread_cpu()
        made = [pool.apply_async(run_task, ((0,),)) for _ in range(count)]
        samples.append((thread_cpu() - before) / float(count))
        for each in made:
            pool._cache.pop(each._job, None)
    pool._taskqueue = kept
    return samples


def pool_result(pool, count):
    """next() of an imap whose results are all there."""
    from time import sleep
    samples = []
    for _ in range(ROUNDS):
        results = pool.imap(run_task, tasks_of(count))
        while len(results._items) < count:
            sleep(0.001)
        before = thread_cpu()
        for _ in range(count):
            next(results)
        samples.append((thread_cpu() - before) / float(count))
    return samples


class Another(object):
    """Looks like one more worker to who looks after them."""

    def __init__(self, worker, sentinel):
        self.worker, self.sentinel = worker, sentinel

    @property
    def exitcode(self):
        return self.worker.exitcode


def pool_maintain(pool, count):
    """One turn of the worker handler when a result is there; without, and with, more workers."""
    if not hasattr(pool, "_get_worker_sentinels"):
        return None
    import multiprocessing
    ready, writer = multiprocessing.Pipe(False)
    writer.send_bytes(b"1")
    quiet = multiprocessing.get_context().SimpleQueue()

    def turn(workers):
        pool._maintain_pool(pool._ctx, pool.Process, len(workers), workers, pool._inqueue,
                            pool._outqueue, None, (), None, True)
        sentinels = pool._get_worker_sentinels(workers) + [ready, quiet._reader]
        pool._wait_for_updates(sentinels, quiet)

    def cost(workers):
        before = thread_cpu()
        for _ in range(count):
            turn(workers)
        return (thread_cpu() - before) / float(count)

    one = list(pool._pool)
    ends = [multiprocessing.Pipe(False) for _ in range(4)]
    many = one + [Another(one[0], reader.fileno()) for reader, _ in ends]
    cost(one)
    each = [max(0.0, (cost(many) - cost(one)) / 4) for _ in range(ROUNDS)]
    return [max(0.0, cost(one) - median(each)) for _ in range(ROUNDS)], each


def probe_dummy(chunks, results):
    """The same of a pool of threads: main thread, handlers and worker are told apart by their clocks;
    the worker is held up by a lock."""
    from multiprocessing.dummy import Pool
    pool = Pool(1)
    feeding, filing = pool._task_handler, pool._result_handler
    worker = pool._pool[0]

    def run(count, size):
        blocked, go = threading.Event(), threading.Event()

        def hold_up(_):
            blocked.set()
            go.wait()

        pool.apply_async(hold_up, (0,))
        blocked.wait()
        before = settled(lambda: cpu_of(feeding))
        result = pool.map_async(run_task, tasks_of(count * size), size)
        fed = (settled(lambda: cpu_of(feeding)) - before) / float(count)
        before_work, before_filing = cpu_of(worker), cpu_of(filing)
        interval = sys.getswitchinterval()
        sys.setswitchinterval(1.0)
        go.set()
        result.get()
        sys.setswitchinterval(interval)
        worked = (settled(lambda: cpu_of(worker)) - before_work) / float(count)
        filed = (settled(lambda: cpu_of(filing)) - before_filing) / float(count)
        return fed, worked, filed

    run(chunks, 1)
    samples = dict((size, [run(count, size) for _ in range(ROUNDS)])
                   for size, count in ((1, chunks), (CHUNK, chunks // 4)))
    for i, name in enumerate(("feed", "work", "collect")):
        chunk, item = per_chunk([s[i] for s in samples[1]], [s[i] for s in samples[CHUNK]])
        results["dummy.%s.chunk" % name], results["dummy.%s.item" % name] = chunk, item
    results["dummy.submit"] = pool_submit(pool, chunks)
    results["dummy.result"] = pool_result(pool, chunks)
    pool.terminate()
    pool.join()


# ---- ProcessPoolExecutor

def executor_round(context, count, size, hold):
    """A dict of CPU times for each chunk, by thread and phase."""
    import concurrent.futures.process as process
    process.EXTRA_QUEUED_CALLS = count + 8  # all calls fit into the call queue
    gates = Gates(context)
    executor = process.ProcessPoolExecutor(1, context, take_gates, (gates.ends,))
    first = executor.submit(gate, 0)
    gates.wait()
    manager = executor._executor_manager_thread
    start_manager = executor._start_executor_manager_thread
    executor._start_executor_manager_thread = lambda: None
    settled(lambda: cpu_of(manager))

    # Without a manager to wake: a pipe of its own takes the wake-ups.
    kept = executor._executor_manager_thread_wakeup
    executor._executor_manager_thread_wakeup = own = process._ThreadWakeup()
    before = thread_cpu()
    results = executor.map(run_task, tasks_of(count * size), chunksize=size)
    last = executor.submit(worker_cpu, 0)
    times = {"submit": (thread_cpu() - before) / float(count + 1)}
    before = thread_cpu()
    own.clear()
    all_cleared = thread_cpu() - before
    before = thread_cpu()
    for _ in range(20):
        own.clear()
    nothing = (thread_cpu() - before) / 20.0
    times["wakeup"] = (all_cleared - nothing) / float(count + 1)
    executor._executor_manager_thread_wakeup = kept

    # The manager fills the call queue, then the feeder empties it into the pipe.
    feeder = executor._call_queue._thread
    before_manager = settled(lambda: cpu_of(manager))
    before_feeder = settled(lambda: cpu_of(feeder))
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1.0)
    kept.wakeup()
    times["enqueue_all"] = settled(lambda: cpu_of(manager)) - before_manager
    times["feed"] = (settled(lambda: cpu_of(feeder)) - before_feeder) / float(count + 1)
    sys.setswitchinterval(interval)

    before_manager = cpu_of(manager)
    gates.open()
    hold(count * (40000 + 400 * size))
    worked = last.result()[0] - first.result()[0]
    times["work"] = worked / float(count + 1)
    settled(lambda: cpu_of(manager))
    times["collect"] = (cpu_of(manager) - before_manager) / float(count + 2)
    before = thread_cpu()
    for _ in results:
        pass
    times["result"] = (thread_cpu() - before) / float(count)
    times["wait_wakeup"] = wait_cost(executor, 0)
    executor._start_executor_manager_thread = start_manager
    executor.shutdown()
    times["enqueue"] = max(0.0, (times["enqueue_all"] - times["wait_wakeup"]) / float(count + 1))
    return times


def wait_cost(executor, more):
    """connection.wait() as the manager calls it, with a wake-up there; `more`: workers on top."""
    import multiprocessing.connection as connection
    from multiprocessing import Pipe
    pipes = [Pipe(False) for _ in range(2 + more)]
    pipes[1][1].send_bytes(b"")
    sentinels = [p.sentinel for p in list(executor._processes.values())]
    sentinels += [reader.fileno() for reader, _ in pipes[2:]]
    count = 100
    before = thread_cpu()
    for _ in range(count):
        connection.wait([pipes[0][0], pipes[1][0]] + sentinels)
    return (thread_cpu() - before) / float(count)


def probe_executor(context, chunks, hold, results):
    import concurrent.futures.process as process
    if not hasattr(process, "_ExecutorManagerThread"):
        return  # before 3.9
    executor_round(context, chunks, 1, hold)
    singly = [executor_round(context, chunks, 1, hold) for _ in range(ROUNDS)]
    executor_round(context, chunks // 4, CHUNK, hold)
    in_chunks = [executor_round(context, chunks // 4, CHUNK, hold) for _ in range(ROUNDS)]
    for name in ("submit", "feed", "work", "collect"):
        chunk, item = per_chunk([s[name] for s in singly], [s[name] for s in in_chunks])
        results["executor.%s.chunk" % name], results["executor.%s.item" % name] = chunk, item
    for name in ("wakeup", "enqueue", "result"):
        results["executor." + name] = [s[name] for s in singly]
    executor = process.ProcessPoolExecutor(1, context)
    executor.submit(run_task, (0,)).result()
    results["executor.wait"] = [wait_cost(executor, 1) for _ in range(ROUNDS)]
    results["executor.wait_per_worker"] = [
        max(0.0, (wait_cost(executor, 9) - wait_cost(executor, 1)) / 8) for _ in range(ROUNDS)]
    executor.shutdown()
    results["executor.rest"] = condition_wait(chunks)


def condition_wait(count):
    """threading.Condition.wait() as the feeder makes it, of a lock that is let go at once."""
    condition = threading.Condition(threading.Lock())
    samples = []
    for _ in range(ROUNDS):
        before = thread_cpu()
        for _ in range(count):
            with condition:
                condition.wait(0)
        samples.append((thread_cpu() - before) / float(count))
    return samples


# ---- The pipe itself

def probe_pipe(results):
    """System calls on a pipe that has room and something in it; sizes of messages."""
    from multiprocessing.pool import mapstar
    try:
        from multiprocessing.reduction import ForkingPickler
        dumps = ForkingPickler.dumps
    except (ImportError, AttributeError):
        from pickle import dumps
    reader, writer = os.pipe()
    message = b"x" * 150
    count = 200
    writes, reads = [], []
    for _ in range(ROUNDS):
        before = thread_cpu()
        for _ in range(count):
            os.write(writer, message)
        middle = thread_cpu()
        for _ in range(count):
            os.read(reader, len(message))
        writes.append((middle - before) / float(count))
        reads.append((thread_cpu() - middle) / float(count))
    results["write"], results["read"] = writes, reads

    def task(size):
        return len(dumps((7, 1, mapstar, ((run_task, tuple(tasks_of(size))),), {})))

    def result(size):
        return len(dumps((7, 1, (True, [(now(), now()) for _ in range(size)]))))

    for name, measure in (("task", task), ("result", result)):
        item = (measure(CHUNK) - measure(1)) / float(CHUNK - 1)
        results[name + ".item"] = [item]
        results[name + ".chunk"] = [measure(1) - item]


def context_of(method):
    import gilsim_batch
    return gilsim_batch.process_context(method)


def main():
    chunks = int(sys.argv[1])
    results = {}
    if not hasattr(sys, "setswitchinterval"):
        return report(results)  # Python 2: its pools are modelled as a whole
    hold = Hold()
    context = context_of("fork")
    probe_pipe(results)
    probe_pool(context, chunks, hold, results)
    probe_dummy(chunks, results)
    probe_executor(context, chunks, hold, results)
    report(results)


if __name__ == "__main__":
    main()
