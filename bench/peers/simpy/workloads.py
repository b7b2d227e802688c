"""The workloads on SimPy 2: processes are generators, resources have lines. Each returns what its
check is and how long its operations took in CPU time, without the draws, which are made before."""

from itertools import cycle
from time import process_time_ns

from SimPy.Simulation import Process, Resource, Simulation, hold, release, request

import draws

HOLD_TIME = 5_000_000
PATIENCE = 10_000_000_000
FOREVER = 1 << 62


class Stopwatch:
    def __init__(self, simulation, warm_up, operations):
        self.simulation = simulation
        self.left = warm_up or operations
        self.operations = operations
        self.warm = not warm_up
        self.began = process_time_ns() if self.warm else None

    def count(self):
        self.left -= 1
        if self.left == 0:
            self._lap()

    def _lap(self):
        now = process_time_ns()
        if self.warm:
            self.took = now - self.began
            self.ended = self.simulation.now()
            self.simulation.stopSimulation()
        else:
            self.warm = True
            self.left = self.operations
            self.began = now


def warm_up_for(size):
    return size + 10_000


class Holder(Process):
    def live(self, first, increments, stopwatch):
        yield hold, self, first
        while True:
            stopwatch.count()
            yield hold, self, next(increments)


def hold_model(size, operations):
    simulation = Simulation()
    increments = cycle(draws.hold_increments())
    firsts = draws.hold_first(size)
    stopwatch = Stopwatch(simulation, warm_up_for(size), operations)
    for first in firsts:
        holder = Holder(sim=simulation)
        simulation.activate(holder, holder.live(first, increments, stopwatch))
    simulation.simulate(until=FOREVER)
    return stopwatch.ended, stopwatch.took


class Customer(Process):
    def live(self, queue):
        arrived = self.sim.now()
        yield request, self, queue.servers
        waited = self.sim.now() - arrived
        yield hold, self, next(queue.services)
        yield release, self, queue.servers
        if queue.stopwatch.left:
            queue.waited += waited
        queue.stopwatch.count()


class Source(Process):
    def live(self, queue):
        for interarrival in queue.interarrivals:
            yield hold, self, interarrival
            customer = Customer(sim=self.sim)
            self.sim.activate(customer, customer.live(queue))


class Queue:
    _SPARE = 10_000  # customers that arrive before the last one counted has left

    def __init__(self, servers, customers):
        self.interarrivals = draws.interarrivals(servers, customers + self._SPARE)
        self.services = iter(draws.services(customers + self._SPARE))
        self.simulation = Simulation()
        self.servers = Resource(capacity=servers, sim=self.simulation)
        self.waited = 0
        self.stopwatch = Stopwatch(self.simulation, 0, customers)
        source = Source(sim=self.simulation)
        self.simulation.activate(source, source.live(self))


def queue(servers, customers):
    model = Queue(servers, customers)
    model.simulation.simulate(until=FOREVER)
    return model.waited / customers, model.stopwatch.took


class LockThread(Process):
    def live(self, lock, stopwatch):
        while True:
            yield request, self, lock
            yield hold, self, HOLD_TIME
            yield release, self, lock
            stopwatch.count()

    def live_with_deadline(self, lock, stopwatch):
        while True:
            yield (request, self, lock), (hold, self, PATIENCE)
            if not self.acquired(lock):
                raise RuntimeError("a wait took longer than its deadline")
            yield hold, self, HOLD_TIME
            yield release, self, lock
            stopwatch.count()


def _lock(threads, operations, life):
    simulation = Simulation()
    mutex = Resource(capacity=1, sim=simulation)
    stopwatch = Stopwatch(simulation, warm_up_for(threads), operations)
    for _ in range(threads):
        thread = LockThread(sim=simulation)
        simulation.activate(thread, life(thread, mutex, stopwatch))
    simulation.simulate(until=FOREVER)
    return stopwatch.ended, stopwatch.took


def lock(threads, operations):
    """The cores are left out: with one mutex they are never short."""
    return _lock(threads, operations, LockThread.live)


def lock_timer(threads, operations):
    return _lock(threads, operations, LockThread.live_with_deadline)


WORKLOADS = {"hold": hold_model, "queue": queue, "lock": lock, "lock-timer": lock_timer}
