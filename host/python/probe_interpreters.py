"""What a pool of sub-interpreters costs, each with a lock of its own. Python 3.12 to 3.15.

    probe_interpreters.py INTERPRETERS TASKS

The driver's own pool of one (gilsim_interpreters.executor), again and again. `create` is the CPU time
of the process until its first task is done, `destroy` that of its end; a thread pool alone costs some
tens of microseconds of both. `call` is the CPU time of a task that does nothing, less that of a
thread pool's task (probe_threads.py), which the simulation charges by itself.
"""
import concurrent.futures
import sys
import time

import gilsim_batch
import gilsim_interpreters
from probe_common import median, report

PREPARE = (["python"], None, None)
NOTHING = (0,)


def cpu():
    return time.process_time_ns()


def task_cost(run, tasks):
    run([NOTHING] * 8)
    before = cpu()
    run([NOTHING] * tasks)
    return (cpu() - before) / float(tasks)


def pool_costs(tasks):
    begun = cpu()
    with gilsim_interpreters.executor(1, PREPARE) as pool:
        pool.map_tasks([NOTHING])
        created = cpu()
        call = task_cost(pool.map_tasks, tasks)
        ending = cpu()
    return created - begun, call, cpu() - ending


def main():
    interpreters, tasks = int(sys.argv[1]), int(sys.argv[2])
    gilsim_batch.prepare(*PREPARE)
    gilsim_interpreters.warm_up(PREPARE)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        plain = median([task_cost(lambda some: list(pool.map(gilsim_batch.run_task, some)), tasks)
                        for _ in range(3)])
    costs = [pool_costs(tasks) for _ in range(interpreters)]
    report({
        "interpreters.create": [create for create, _, _ in costs],
        "interpreters.call": [max(0, call - plain) for _, call, _ in costs],
        "interpreters.destroy": [destroy for _, _, destroy in costs],
    })


if __name__ == "__main__":
    main()
