"""What an asyncio event loop costs, in CPU time of its thread. Python 3.7 to 3.15.

    probe_asyncio.py TASKS REQUESTS

The driver's own batch (gilsim_asyncio.run_batch) of tasks that read the CPU clock as their steps:
what lies between two readings is the loop's. A task that only reads it costs `create`, `begin` and
`done`; one that yields once more a `resume`; one that sleeps a timer more; all behind one permit a
`handoff` more. A lone task that yields again and again costs a turn of the loop each time.
Sockets and datagrams: one task, one request after the other. `to_thread`: tasks whose steps go to
a lone thread that is blocked until all have been handed over. `cold`: tasks that wake together after
the loop has been blocked, against the same tasks that hardly sleep.
"""
import asyncio
import concurrent.futures
import select
import sys
import threading

import gilsim_asyncio
from delay_service import DelayService
from probe_common import median, report, thread_cpu

MILLISECOND = 1000000
SLEEP = 60 * MILLISECOND
YIELDS = 400
SEVERAL = 10
FEW, MANY = 3, 100
AT_ONCE = 1e-6  # seconds
WARM_UP = 3
PATIENCE = 10  # seconds


class Batch(object):
    """One run: CPU time before the loop, of each reading, and after it."""

    def __init__(self, tasks, limit, middle=None):
        self.marks = []
        mark = (self.reader(), False)
        steps = [mark] + ([middle, mark] if middle else [])
        amounts = (0, SLEEP, 0)
        self.begun = thread_cpu()
        asyncio.run(self._main(steps, [amounts[:len(steps)]] * tasks, limit))
        self.ended = thread_cpu()

    def reader(self):
        return lambda _: self.marks.append(thread_cpu())

    async def _main(self, steps, tasks, limit):
        self.main_begun = thread_cpu()
        await gilsim_asyncio.run_batch(steps, tasks, limit)
        self.main_ended = thread_cpu()


def cost_of_reading():
    """Of a step that reads the clock."""
    batch = Batch.__new__(Batch)
    batch.marks = []
    mark = batch.reader()
    for _ in range(1000):
        mark(0)
    return (batch.marks[-1] - batch.marks[0]) / 999.0


def poll_cost():
    selector = select.epoll()
    before = thread_cpu()
    for _ in range(1000):
        selector.poll(0, 1)
    return (thread_cpu() - before) / 1000.0


def cost_of_yields(tasks):
    """CPU time of one yield, of so many tasks that take turns."""
    yields = [(lambda _: asyncio.sleep(0), True)] * YIELDS

    async def batch():
        before = thread_cpu()
        await gilsim_asyncio.run_batch(yields, [[0] * YIELDS] * tasks, tasks)
        return (thread_cpu() - before) / float(YIELDS * tasks)

    return asyncio.run(batch())


def switch_and_turn():
    """CPU time of a yield, and of a turn of the loop, which several tasks share."""
    lone, several = cost_of_yields(1), cost_of_yields(SEVERAL)
    turn = (lone - several) * SEVERAL / (SEVERAL - 1.0)
    return lone - turn, turn


def cost_of_rounds(tasks, idle, rounds):
    """CPU time of the loop's thread each time that all tasks have slept so long."""
    async def sleeper():
        for _ in range(rounds):
            await asyncio.sleep(idle)

    async def batch():
        before = thread_cpu()
        await asyncio.gather(*[sleeper() for _ in range(tasks)])
        return (thread_cpu() - before) / float(rounds)

    return asyncio.run(batch())


def cold_costs():
    """What a turn costs more after the loop was blocked: once, by how long, and for each timer."""
    warm = min(cost_of_rounds(FEW, AT_ONCE, 40) for _ in range(3))
    costs = dict((idle, cost_of_rounds(FEW, idle * 1e-3, 12 if idle < 10 else 6) - warm)
                 for idle in (1, 3, 10, 30))
    many = cost_of_rounds(MANY, 0.01, 6) - min(cost_of_rounds(MANY, AT_ONCE, 10) for _ in range(3))
    result = dict(("asyncio.cold.%dms" % idle, cost) for idle, cost in costs.items())
    result["asyncio.cold_task"] = (many - costs[10]) / (MANY - FEW)
    return result


def task_costs(tasks, reading):
    plain = Batch(tasks, tasks)
    yielding = (lambda _: asyncio.sleep(0), True)
    yields = Batch(tasks, tasks, yielding)
    sleeps = Batch(tasks, tasks, gilsim_asyncio.build_steps([{"kind": "sleep"}], None)[0])
    one_by_one = Batch(tasks, 1, yielding)

    def first_part(batch):
        return (batch.marks[tasks - 1] - batch.marks[0]) / (tasks - 1.0) - reading

    def second_part(batch):
        return (batch.main_ended - batch.marks[tasks - 1]) / float(tasks) - reading

    create = (plain.marks[0] - plain.main_begun) / float(tasks)
    begin = first_part(plain)
    done = (plain.main_ended - plain.marks[-1]) / float(tasks)
    switch, turn = switch_and_turn()
    in_turns = (one_by_one.main_ended - one_by_one.main_begun) / float(tasks) - 2 * reading
    poll = poll_cost()
    return {
        "asyncio.open": plain.main_begun - plain.begun,
        "asyncio.close": plain.ended - plain.main_ended,
        "asyncio.create": create,
        "asyncio.begin": begin,
        "asyncio.done": done,
        "asyncio.resume": switch,
        "asyncio.turn": turn - poll,
        "asyncio.poll": poll,
        "asyncio.timer_set": first_part(sleeps) - first_part(yields),
        "asyncio.timer_fire": second_part(sleeps) - second_part(yields),
        "asyncio.handoff": in_turns - create - begin - done - switch - 2 * turn,
    }


def offload_costs(tasks, task_alone, reading):
    """CPU times of a step in a thread: to hand it over, of the thread, and when it is done."""
    gate, clocks = threading.Event(), []
    thread = concurrent.futures.ThreadPoolExecutor(1)
    thread.submit(gate.wait)
    in_thread = gilsim_asyncio.in_thread(lambda _: clocks.append(thread_cpu()))
    marks = []
    mark = (lambda _: marks.append(thread_cpu()), False)

    async def batch():
        loop = asyncio.get_running_loop()
        loop.set_default_executor(thread)
        loop.call_later(0.02, gate.set)
        steps = [mark, (in_thread, True), mark]
        await gilsim_asyncio.run_batch(steps, [(0, 0, 0)] * tasks, tasks)
        return thread_cpu()

    ended = asyncio.run(batch())
    submit = (marks[tasks - 1] - marks[0]) / (tasks - 1.0) - reading
    resume = (ended - marks[tasks - 1]) / float(tasks) - reading
    return {
        "asyncio.to_thread.submit": submit,
        "asyncio.to_thread.run": (clocks[-1] - clocks[0]) / (tasks - 1.0) - reading,
        "asyncio.to_thread.resume": resume - task_alone,
    }


def request_costs(kind, halves, requests, switch_and_turn, reading):
    async def lone():
        ask, receive = halves
        for _ in range(WARM_UP):
            await receive(await ask(MILLISECOND))
        figures = []
        for _ in range(requests):
            start = thread_cpu()
            asked = await ask(MILLISECOND)
            middle = thread_cpu()
            await receive(asked)
            figures.append((middle - start - reading,
                            thread_cpu() - middle - reading - switch_and_turn))
        return figures

    figures = asyncio.run(lone())
    return {"asyncio.%s.ask" % kind: [ask for ask, _ in figures],
            "asyncio.%s.receive" % kind: [receive for _, receive in figures]}


def main():
    tasks, requests = int(sys.argv[1]), int(sys.argv[2])
    reading = cost_of_reading()
    task_costs(tasks, reading)  # warms up
    figures = task_costs(tasks, reading)
    alone = figures["asyncio.begin"] + figures["asyncio.done"]
    offload_costs(tasks, alone, reading)
    figures.update(cold_costs())
    figures.update(offload_costs(tasks, alone, reading))
    results = dict((name, [max(0, figure)]) for name, figure in figures.items())
    switch_and_turn = sum(figures["asyncio." + name] for name in ("resume", "turn", "poll"))
    with DelayService(1, True, PATIENCE) as service:
        for kind, halves in (("socket", gilsim_asyncio.socket_halves(service.endpoints)),
                             ("udp", gilsim_asyncio.udp_halves(service.endpoints))):
            costs = request_costs(kind, halves, requests, switch_and_turn, reading)
            for name, values in costs.items():
                results[name] = [median(values)]
    report(results)


if __name__ == "__main__":
    main()
