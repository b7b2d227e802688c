"""A named thread that runs an asyncio event loop: coroutines that each repeat the thread's program.

A round of any of them is one operation; its latency is the time since the same coroutine's previous
completion. Rounds come from one sequence, in the order in which they begin. Python 3.7 to 3.15.
"""
import asyncio
import itertools

import gilsim_asyncio
import gilsim_looping

now = gilsim_looping.now


class LoopLooper(gilsim_looping.Looper):
    def __init__(self, description, endpoints, go, stop):
        gilsim_looping.Looper.__init__(self, dict(description, steps=[]), endpoints, go, stop)
        self._awaited = gilsim_asyncio.build_steps(description["steps"], endpoints)
        self._amounts = itertools.cycle(self._amounts_of(description["steps"]))
        self._coroutines = description["coroutines"]
        self._endpoints = endpoints
        self._wanted = description["steps"]
        self._done = []  # (moment, latency)

    @staticmethod
    def _amounts_of(steps):
        lists = [step["amounts"] for step in steps if isinstance(step["amounts"], list)]
        length = max([len(one) for one in lists] or [1])
        return list(zip(*[step["amounts"] if isinstance(step["amounts"], list)
                          else [step["amounts"]] * length for step in steps]))

    def _main(self):
        try:
            gilsim_asyncio.warm_up(self._wanted, self._endpoints)
            self.ready.set()
            self._go.wait()
            asyncio.run(self._serve())
        except Exception:
            self.error = gilsim_looping.traceback.format_exc()
            self.ready.set()

    async def _serve(self):
        await asyncio.gather(*[self._repeat() for _ in range(self._coroutines)])

    async def _repeat(self):
        steps, amounts, record, stop = self._awaited, self._amounts, self._done.append, self._stop
        last = now()
        while not stop:
            for (step, awaited), amount in zip(steps, next(amounts)):
                if awaited:
                    await step(amount)
                else:
                    step(amount)
            moment = now()
            record((moment, moment - last))
            last = moment

    def result(self, begin, cpu):
        latencies = [latency for moment, latency in list(self._done)
                     if begin < moment <= self.deadline]
        return {"name": self.name, "operations": len(latencies), "latencies": latencies,
                "cpu": cpu}
