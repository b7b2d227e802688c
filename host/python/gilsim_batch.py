"""Runs a batch of equal tasks under a strategy, once. Python 2.7 to 3.15.

The clock runs from just before the executor is made until it has been shut down, as people write
it: `with Executor(n) as executor: executor.map(...)`. For multiprocessing.Pool that is map, then
terminate (what its with-statement does), then join. Shared memory is made, filled, read and given
back within that time.
"""
import os
import sys

import gilsim_clock
import gilsim_graph
import gilsim_payload
import gilsim_work

now = gilsim_clock.now
DEFAULT_INTERVAL = 0.005
_steps = []  # of this process
_result = b""
_blocks = None


def prepare(kinds, endpoints, switch_interval, result=0, blocks=None):
    """Makes this process ready to run tasks; in child processes, the pool's initializer."""
    global _steps, _result, _blocks
    if switch_interval is not None:
        sys.setswitchinterval(switch_interval)
    _steps = gilsim_work.build_steps(kinds, endpoints)
    _result = gilsim_payload.bytes_of(result)
    _blocks = blocks


def run_task(amounts):
    begin = now()
    for step, amount in zip(_steps, amounts):
        if amount >= 0:  # else the step does not occur
            step(amount)
    return begin, now()


def run_loaded_task(task):
    """A task whose argument and result cross with it."""
    amounts, _ = task
    return run_task(amounts), _result


def run_sharing_task(task):
    """A task whose argument and result lie in shared memory, each task's in a place of its own."""
    amounts, index = task
    _blocks.take(index)
    times = run_task(amounts)
    _blocks.give(index, _result)
    return times, None


def collected(job, results):
    """All of them in a list; those that come one by one are handled as they come."""
    steps, amounts = job["handling"]
    if not steps:
        return list(results)
    kept = []
    for index, result in enumerate(results):
        for step, amount in zip(steps, amounts[index]):
            step(amount)
        kept.append(result)
    return kept


def run_sequential(job, tasks, context):
    if "stages" in job:
        return gilsim_graph.one_after_the_other(job["stages"], job["run"], tasks)
    return collected(job, (job["run"](task) for task in tasks))


def dummy_pool(job, tasks, chunk_size):
    from multiprocessing.dummy import Pool
    pool = Pool(job["workers"])
    try:
        return collected(job, pool.map(job["run"], tasks, chunk_size))
    finally:
        pool.close()
        pool.join()


def run_threads(job, tasks, context):
    if sys.version_info < (3, 2):
        return dummy_pool(job, tasks, 1)
    from concurrent.futures import ThreadPoolExecutor
    with ThreadPoolExecutor(job["workers"]) as executor:
        if "stages" in job:
            return gilsim_graph.run(job["stages"], gilsim_graph.by_futures(
                lambda task: executor.submit(job["run"], task), tasks))
        return collected(job, executor.map(job["run"], tasks))


def run_dummy_pool(job, tasks, context):
    return dummy_pool(job, tasks, job["chunk_size"])


def run_graph_of_threads(job, tasks):
    import threading
    threads = []

    def submit(index, tell):
        def run_one():
            result = job["run"](tasks[index])
            tell((index, lambda: result))

        threads.append(threading.Thread(target=run_one))
        threads[-1].start()

    results = gilsim_graph.run(job["stages"], submit)
    for thread in threads:
        thread.join()
    return results


def run_thread_each(job, tasks, context):
    import threading
    if "stages" in job:
        return run_graph_of_threads(job, tasks)
    results = [None] * len(tasks)

    def run_one(index, task):
        results[index] = job["run"](task)

    threads = [threading.Thread(target=run_one, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()

    def joined():
        for index, thread in enumerate(threads):
            thread.join()
            yield results[index]

    return collected(job, joined())


def one_by_one(submit, tasks):
    for task in tasks:
        yield submit(task)()


def all_submitted(submit, tasks):
    for get in [submit(task) for task in tasks]:
        yield get()


SUBMITTING = {"submit": all_submitted, "one_by_one": one_by_one}


def by_pool(pool, function, tasks):
    def submit(index, tell):
        def raise_it(error):
            raise error

        options = {"callback": lambda result: tell((index, lambda: result))}
        if sys.version_info >= (3, 2):
            options["error_callback"] = lambda error: tell((index, lambda: raise_it(error)))
        pool.apply_async(function, (tasks[index],), **options)

    return submit


def run_processes(job, tasks, context):
    function, pattern = job["run"], job.get("pattern", "map")
    pool = context.Pool(job["workers"], prepare, job["prepare"], job.get("max_tasks_per_child"))
    try:
        if "stages" in job:
            return gilsim_graph.run(job["stages"], by_pool(pool, function, tasks))
        if pattern in SUBMITTING:
            results = SUBMITTING[pattern](
                lambda task: pool.apply_async(function, (task,)).get, tasks)
        else:
            results = getattr(pool, pattern)(function, tasks, job["chunk_size"])
        return collected(job, results)
    finally:
        pool.terminate()
        pool.join()


def run_share(share):
    """In a child process: its share of the tasks, on threads of its own."""
    from concurrent.futures import ThreadPoolExecutor
    run, threads, tasks = share
    with ThreadPoolExecutor(threads) as executor:
        return list(executor.map(run, tasks))


def run_hybrid(job, tasks, context):
    size = job["chunk_size"]
    shares = [(job["run"], job["threads_each"], tasks[at:at + size])
              for at in range(0, len(tasks), size)]
    pool = context.Pool(job["workers"], prepare, job["prepare"], job.get("max_tasks_per_child"))
    try:
        return collected(job, [each for share in pool.map(run_share, shares, 1) for each in share])
    finally:
        pool.terminate()
        pool.join()


def run_process_executor(job, tasks, context):
    from concurrent.futures import ProcessPoolExecutor
    function, pattern = job["run"], job.get("pattern", "map")
    options = {}
    if "max_tasks_per_child" in job:
        options["max_tasks_per_child"] = job["max_tasks_per_child"]
    with ProcessPoolExecutor(job["workers"], context, prepare, job["prepare"],
                             **options) as executor:
        if "stages" in job:
            return gilsim_graph.run(job["stages"], gilsim_graph.by_futures(
                lambda task: executor.submit(function, task), tasks))
        if pattern in SUBMITTING:
            results = SUBMITTING[pattern](
                lambda task: executor.submit(function, task).result, tasks)
        else:
            results = executor.map(function, tasks, chunksize=job["chunk_size"])
        return collected(job, results)


def run_asyncio(job, tasks, context):
    return context(tasks)


def asyncio_runner(job, endpoints):
    gilsim_work.require_asyncio()
    import gilsim_asyncio
    return gilsim_asyncio.make_runner(job, endpoints)


def run_interpreters(job, tasks, context):
    return context(tasks)


def interpreter_runner(job):
    if sys.version_info < (3, 12):
        raise gilsim_work.Unsupported(
            "Python %d.%d has no interpreters with a lock of their own; use Python 3.12 or later, "
            "or processes" % sys.version_info[:2])
    import gilsim_interpreters
    return gilsim_interpreters.make_runner(job)


STRATEGIES = {
    "sequential": run_sequential,
    "threads": run_threads,
    "thread_per_task": run_thread_each,
    "dummy_pool": run_dummy_pool,
    "processes": run_processes,
    "process_executor": run_process_executor,
    "asyncio": run_asyncio,
    "interpreters": run_interpreters,
    "hybrid": run_hybrid,
}
OF_PROCESSES = ("processes", "process_executor", "hybrid")


def process_context(start_method):
    """multiprocessing, or its context of that start method."""
    import multiprocessing
    import multiprocessing.pool
    if hasattr(multiprocessing, "get_context"):
        if start_method in multiprocessing.get_all_start_methods():
            return multiprocessing.get_context(start_method)
    elif start_method == "fork":
        return multiprocessing
    raise gilsim_work.Unsupported(
        "Python %d.%d has no start method `%s`; use `fork`"
        % (sys.version_info[0], sys.version_info[1], start_method))


def end_fork_server():
    """Only the fork server waits for its children: once it has ended, their usage is ours."""
    module = sys.modules.get("multiprocessing.forkserver")
    server = getattr(module, "_forkserver", None)
    alive = getattr(server, "_forkserver_alive_fd", None)
    pid = getattr(server, "_forkserver_pid", None)
    if alive is None or pid is None:
        return
    os.close(alive)
    os.waitpid(pid, 0)
    server._forkserver_alive_fd = server._forkserver_pid = None


def tasks_of(steps, count):
    """A tuple of amounts a task. An amount that is the same for all tasks comes as one number."""
    columns = []
    for step in steps:
        amounts = step["amounts"]
        columns.append(amounts if isinstance(amounts, list) else [amounts] * count)
    return list(zip(*columns))


def check_limits(job):
    """What would fail in the middle of the run otherwise."""
    if job["strategy"] == "process_executor" and sys.version_info < (3, 7):
        raise gilsim_work.Unsupported("a ProcessPoolExecutor of Python %d.%d has no initializer; "
                                      "use `processes`" % sys.version_info[:2])
    if job["strategy"] == "hybrid" and sys.version_info < (3, 2):
        raise gilsim_work.Unsupported("Python %d.%d has no concurrent.futures; use Python 3.2 or later"
                                      % sys.version_info[:2])
    gilsim_payload.check_memory(job)
    if job["strategy"] in OF_PROCESSES:
        gilsim_payload.check_files(job["workers"])


def import_ahead(job):
    """What the strategy imports is no part of what is measured."""
    if job["strategy"] in ("threads", "hybrid") and sys.version_info >= (3, 2):
        import concurrent.futures.thread  # noqa: F401
    elif job["strategy"] == "process_executor":
        import concurrent.futures.process  # noqa: F401
    elif job["strategy"] in ("dummy_pool", "thread_per_task"):
        import multiprocessing.dummy  # noqa: F401
        import multiprocessing.pool  # noqa: F401


def load(job, tasks):
    """What each task carries, and which function takes it; shared memory is made and filled here.

    Returns (run, tasks, blocks)."""
    sizes = job.get("argument", 0), job.get("result", 0)
    if sizes == (0, 0):
        return run_task, tasks, None
    argument = job["payload"]
    if job.get("via") == "shared_memory" and job["strategy"] in OF_PROCESSES:
        blocks = gilsim_payload.Blocks(len(tasks), *sizes)
        blocks.fill(argument)
        return run_sharing_task, [(task, i) for i, task in enumerate(tasks)], blocks
    return run_loaded_task, [(task, argument) for task in tasks], None


def run_loaded(job, tasks, context):
    """The results of all tasks."""
    job["run"], tasks, blocks = load(job, tasks)
    job["prepare"] += (job.get("result", 0), blocks)
    results = STRATEGIES[job["strategy"]](job, tasks, context)
    if blocks is not None:
        blocks.read_results()
        blocks.end()
    return results


def run(job, endpoints):
    check_limits(job)
    kinds = [step["kind"] for step in job["steps"]]
    handled = job.get("handle", [])
    handle_kinds = [step["kind"] for step in handled]
    tasks = tasks_of(job["steps"], job["tasks"])
    context = None
    if job["strategy"] in OF_PROCESSES:
        context = process_context(job["start_method"])
    elif job["strategy"] == "asyncio":
        context = asyncio_runner(job, endpoints)
    import_ahead(job)
    interval = job["switch_interval"] / 1e9
    if interval == DEFAULT_INTERVAL or not hasattr(sys, "setswitchinterval"):
        interval = None
    job["prepare"] = (kinds, endpoints, interval)
    prepare(*job["prepare"] + (job.get("result", 0),))
    gilsim_work.warm_up(kinds, _steps)
    handling = gilsim_work.build_steps(handle_kinds, endpoints)
    gilsim_work.warm_up(handle_kinds, handling)
    job["handling"] = handling, tasks_of(handled, job["tasks"])
    job["payload"] = gilsim_payload.bytes_of(job.get("argument", 0))
    heap = gilsim_payload.heap_of(job.get("heap", 0))

    if job["strategy"] == "interpreters":
        context = interpreter_runner(job)
    before = gilsim_clock.Usage()
    begin = now()
    times = run_loaded(job, tasks, context)
    end = now()
    end_fork_server()
    result = gilsim_clock.Usage().since(before)
    del heap

    if job["run"] is not run_task:
        times = [each for each, _ in times]
    times.sort(key=lambda pair: pair[1])
    result["begin"] = begin
    result["wall"] = end - begin
    result["threads"] = [{"name": "task", "operations": len(times), "cpu": result["cpu"],
                          "latencies": [after - start for start, after in times]}]
    return result
