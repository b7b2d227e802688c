"""Performs one real run: a JSON job on standard input, one line of JSON on standard output.

Python 2.7 to 3.15, standard library only. Child processes that start afresh import this file: at
its top it imports next to nothing.
"""
import sys

PROTOCOL = 1
EXECUTOR_THREADS = 32  # of asyncio's default executor, at most
MOST_NANOSECONDS = (1 << 56) - 1  # of a wait; above that the number of its device, from 1
WAITS_WITH_SERVER = ("socket", "udp", "pipe", "file")


def programs_of(job):
    """The lists of steps of a job: one of a batch, one a thread."""
    return [one["steps"] for one in job.get("threads") or [job]]


def longest_wait(programs):
    longest = 0
    for steps in programs:
        for step in steps:
            if step["kind"] in WAITS_WITH_SERVER:
                amounts = step["amounts"]
                for amount in amounts if isinstance(amounts, list) else [amounts]:
                    longest = max(longest, amount & MOST_NANOSECONDS if amount > 0 else 0)
    return longest


def run_job(job):
    if "threads" in job:
        import gilsim_looping as runner
    else:
        import gilsim_batch as runner
    programs = programs_of(job)
    if not any(step["kind"] in WAITS_WITH_SERVER for steps in programs for step in steps):
        return runner.run(job, None)
    import delay_service
    at_once = job.get("workers", 1) * job.get("threads_each", 1)
    if job.get("strategy") == "thread_per_task":
        at_once = job["tasks"]
    clients = max(len(programs), at_once) + 1  # the main thread warms up, too
    if any(step.get("to_thread") for steps in programs for step in steps):
        clients += EXECUTOR_THREADS
    of_processes = job.get("strategy") in ("processes", "process_executor", "hybrid")
    inherited = not of_processes or job["start_method"] == "fork"
    patience = 60 + longest_wait(programs) // 1000000000
    with delay_service.DelayService(clients, inherited, patience,
                                    job.get("devices", [])) as service:
        return runner.run(job, service.endpoints)


def main():
    import json
    import os
    import gilsim_work
    job = json.load(sys.stdin)
    if job["protocol"] != PROTOCOL:
        raise RuntimeError("protocol %r, this driver speaks %r" % (job["protocol"], PROTOCOL))
    try:
        result = run_job(job)
    except gilsim_work.Unsupported as error:
        result = {"unsupported": str(error)}
    result["protocol"] = PROTOCOL
    sys.stdout.write(json.dumps(result) + "\n")
    sys.stdout.flush()
    if "threads" in job:
        os._exit(0)  # a thread left behind in a long wait must not hold up the exit


if __name__ == "__main__":
    main()
