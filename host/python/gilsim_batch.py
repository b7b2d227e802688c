"""Runs a batch of equal tasks under a strategy, once. Python 2.7 to 3.15.

The clock runs from just before the executor is made until it has been shut down, as people write
it: `with Executor(n) as executor: executor.map(...)`. For multiprocessing.Pool that is map, then
terminate (what its with-statement does), then join.
"""
import os
import sys

import gilsim_clock
import gilsim_work

now = gilsim_clock.now
DEFAULT_INTERVAL = 0.005
_steps = []  # of this process


def prepare(kinds, endpoints, switch_interval):
    """Makes this process ready to run tasks; in child processes, the pool's initializer."""
    global _steps
    if switch_interval is not None:
        sys.setswitchinterval(switch_interval)
    _steps = gilsim_work.build_steps(kinds, endpoints)


def run_task(amounts):
    begin = now()
    for step, amount in zip(_steps, amounts):
        if amount >= 0:  # else the step does not occur
            step(amount)
    return begin, now()


def run_sequential(job, tasks, context):
    return [run_task(task) for task in tasks]


def run_threads(job, tasks, context):
    if sys.version_info < (3, 2):
        from multiprocessing.dummy import Pool
        pool = Pool(job["workers"])
        try:
            return pool.map(run_task, tasks, 1)
        finally:
            pool.close()
            pool.join()
    from concurrent.futures import ThreadPoolExecutor
    with ThreadPoolExecutor(job["workers"]) as executor:
        return list(executor.map(run_task, tasks))


def run_processes(job, tasks, context):
    pool = context.Pool(job["workers"], prepare, job["prepare"])
    try:
        return pool.map(run_task, tasks, job["chunk_size"])
    finally:
        pool.terminate()
        pool.join()


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


def tasks_of(job):
    """A tuple of amounts a task. An amount that is the same for all tasks comes as one number."""
    columns = []
    for step in job["steps"]:
        amounts = step["amounts"]
        columns.append(amounts if isinstance(amounts, list) else [amounts] * job["tasks"])
    return list(zip(*columns))


def run(job, endpoints):
    kinds = [step["kind"] for step in job["steps"]]
    tasks = tasks_of(job)
    context = None
    if job["strategy"] == "processes":
        context = process_context(job["start_method"])
    elif job["strategy"] == "threads" and sys.version_info >= (3, 2):
        import concurrent.futures.thread  # noqa: F401: before the clock
    elif job["strategy"] == "asyncio":
        context = asyncio_runner(job, endpoints)
    interval = job["switch_interval"] / 1e9
    if interval == DEFAULT_INTERVAL or not hasattr(sys, "setswitchinterval"):
        interval = None
    job["prepare"] = (kinds, endpoints, interval)
    prepare(*job["prepare"])
    gilsim_work.warm_up(kinds, _steps)
    run_strategy = {"sequential": run_sequential, "threads": run_threads,
                    "processes": run_processes, "asyncio": run_asyncio,
                    "interpreters": run_interpreters}[job["strategy"]]

    if job["strategy"] == "interpreters":
        context = interpreter_runner(job)
    before = gilsim_clock.Usage()
    begin = now()
    times = run_strategy(job, tasks, context)
    end = now()
    end_fork_server()
    result = gilsim_clock.Usage().since(before)

    times.sort(key=lambda pair: pair[1])
    result["begin"] = begin
    result["wall"] = end - begin
    result["threads"] = [{"name": "task", "operations": len(times), "cpu": result["cpu"],
                          "latencies": [after - start for start, after in times]}]
    return result
