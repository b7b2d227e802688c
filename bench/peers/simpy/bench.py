"""Runs one workload on SimPy and prints what gilsim_bench --json prints."""

import argparse
import json
import os
import resource
import statistics
import sys

from workloads import WORKLOADS


def in_own_process(work):
    """Each repetition has a fresh heap, as those of the other programs have."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            check, took = work()
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
            os.write(writer, json.dumps([check, took, peak]).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(writer)
    with os.fdopen(reader) as channel:
        answer = channel.read()
    if os.waitpid(child, 0)[1] != 0:
        sys.exit("error: a repetition failed")
    return json.loads(answer)


def main():
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--workload", required=True, choices=sorted(WORKLOADS))
    parser.add_argument("--size", required=True, type=int)
    parser.add_argument("--amount", required=True, type=int)
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="the only format there is")
    options = parser.parse_args()
    runs = [
        in_own_process(lambda: WORKLOADS[options.workload](options.size, options.amount))
        for _ in range(options.repetitions)
    ]
    if len({check for check, _, _ in runs}) != 1:
        sys.exit("error: two repetitions of %s did different things" % options.workload)
    costs = [took / options.amount for _, took, _ in runs]
    result = {
        "workload": options.workload,
        "size": options.size,
        "amount": options.amount,
        "operations": options.amount,
        "best_ns": min(costs),
        "median_ns": statistics.median(costs),
        "check": runs[0][0],
        "peak_resident_bytes": max(peak for _, _, peak in runs),
        "repetitions": options.repetitions,
    }
    print(json.dumps({"schema": 1, "program": "simpy", "results": [result]}))


if __name__ == "__main__":
    main()
