"""Runs tasks as coroutines of an asyncio event loop. Python 3.7 to 3.15.

A batch is `asyncio.run` of a gather whose tasks pass a semaphore of as many permits as the job has
workers. Waits are awaited; other steps run on the loop's thread and hold it up, unless they are
handed to a thread (`to_thread`).
"""
import asyncio

import delay_client
import gilsim_clock
import gilsim_graph
import gilsim_work

now = gilsim_clock.now
BLOCKING_WAITS = ("pipe", "file")


def _make_sleep():
    sleep = asyncio.sleep
    return lambda nanoseconds: sleep(nanoseconds * 1e-9)


def socket_halves(endpoints):
    """(ask, receive): `await receive(await ask(nanoseconds))` is one wait."""
    port = endpoints["tcp"]

    async def ask(nanoseconds):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(delay_client.DELAY.pack(nanoseconds))
        return reader, writer

    async def receive(connection):
        reader, writer = connection
        try:
            if not await reader.read(1):
                raise delay_client.NoAnswer("the delay server closed the connection")
        finally:
            writer.close()

    return ask, receive


class _Answers(asyncio.DatagramProtocol):
    """One request under way at a time."""

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, sender):
        if not self.answer.done():
            self.answer.set_result(data)


def udp_halves(endpoints):
    address = ("127.0.0.1", endpoints["udp"])
    idle = []

    async def ask(nanoseconds):
        loop = asyncio.get_running_loop()
        if idle:
            channel = idle.pop()
        else:
            channel = (await loop.create_datagram_endpoint(_Answers, remote_addr=address))[1]
        channel.answer = loop.create_future()
        channel.transport.sendto(delay_client.DELAY.pack(nanoseconds))
        return channel

    async def receive(channel):
        await channel.answer
        idle.append(channel)

    return ask, receive


def _make_wait(kind, endpoints):
    if kind == "sleep":
        return _make_sleep()
    if kind in BLOCKING_WAITS:
        raise gilsim_work.Unsupported(
            "asyncio has no %s that is awaited; use `via: socket`, or `to_thread: true`" % kind)
    ask, receive = {"socket": socket_halves, "udp": udp_halves}[kind](endpoints)

    async def wait(nanoseconds):
        await receive(await ask(nanoseconds))

    return wait


def in_thread(step):
    if hasattr(asyncio, "to_thread"):  # 3.9
        to_thread = asyncio.to_thread
        return lambda amount: to_thread(step, amount)
    return lambda amount: asyncio.get_running_loop().run_in_executor(None, step, amount)


def build_steps(descriptions, endpoints):
    """A (callable, whether what it returns is awaited) a step."""
    steps = []
    for one in descriptions:
        kind = one["kind"]
        if one.get("to_thread"):
            steps.append((in_thread(gilsim_work.build_steps([kind], endpoints)[0]), True))
        elif kind in gilsim_work.WAITS:
            steps.append((_make_wait(kind, endpoints), True))
        else:
            steps.append((gilsim_work.build_steps([kind], endpoints)[0], False))
    return steps


async def run_task(steps, amounts):
    begin = now()
    for (step, awaited), amount in zip(steps, amounts):
        if amount < 0:
            continue  # the step does not occur
        if awaited:
            await step(amount)
        else:
            step(amount)
    return begin, now()


async def _within(semaphore, steps, amounts):
    async with semaphore:
        return await run_task(steps, amounts)


async def run_batch(steps, tasks, limit):
    semaphore = asyncio.Semaphore(limit)
    return await asyncio.gather(*[_within(semaphore, steps, amounts) for amounts in tasks])


async def run_graph(steps, tasks, limit, stages):
    """Each task waits until those before it are done, then for the semaphore."""
    semaphore, graph = asyncio.Semaphore(limit), gilsim_graph.Graph(stages)
    loop = asyncio.get_running_loop()
    ready = [loop.create_future() for _ in tasks]
    for task in graph.first():
        ready[task].set_result(None)

    async def run_one(task):
        if not ready[task].done():
            await ready[task]
        times = await _within(semaphore, steps, tasks[task])
        for after in graph.done(task):
            ready[after].set_result(None)
        return times

    return await asyncio.gather(*[run_one(task) for task in range(len(tasks))])


def warm_up(descriptions, endpoints):
    """The event loop's own imports and specialisation happen before the clock, as other steps'."""
    steps = build_steps(descriptions, endpoints)
    tiny = [2000 if one["kind"] in ("python", "held") else 1 for one in descriptions]
    asyncio.run(run_batch(steps, [tiny] * 8, 4))


def make_runner(job, endpoints):
    """run(tasks): the batch, from asyncio.run to its end."""
    warm_up(job["steps"], endpoints)
    steps = build_steps(job["steps"], endpoints)
    if "stages" in job:
        return lambda tasks: asyncio.run(
            run_graph(steps, tasks, job["workers"], job["stages"]))
    return lambda tasks: asyncio.run(run_batch(steps, tasks, job["workers"]))
