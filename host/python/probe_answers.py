"""What a wait costs that is answered at once, without the wake-up of another core. Python 2.7 to 3.15.

    probe_answers.py BATCHES        held to one core by whoever starts it

The driver's own waits, again and again, against the driver's own delay server on the same core: so
every blocking call switches to the other process, and back, and nothing sleeps. CPU time a request,
one figure a batch: of the asking thread, the system calls that ask (`ask`) and receive (`receive`),
the bytecode of the driver's loop around them (`bytecode`), and the far side's (`serve`). `receive`
and `serve` hold one context switch each.

The bytecode is measured in the same loop over channels that do nothing, and taken off the calls.
"""
import operator
import signal
import sys

import delay_client
import gilsim_looping
from delay_service import DelayService
from gilsim_clock import read_clock
from probe_common import median, report, thread_cpu

REQUESTS = 50  # a batch
WARM_UP = 20
LOOP_SECONDS = 0.01
PATIENCE = 10  # seconds


class Idle(object):
    """In place of the modules os and socket, and of a socket: takes the same calls, does nothing."""
    AF_INET = SOCK_STREAM = SOCK_DGRAM = SOL_SOCKET = SO_RCVTIMEO = 0
    O_RDONLY = O_WRONLY = O_NONBLOCK = 0
    write = sendto = operator.is_not
    read = max
    connect = sendall = id
    recv = recvfrom = staticmethod(abs)
    close = dict
    path = delay_client.os.path

    @staticmethod
    def setsockopt(*_):
        pass

    @staticmethod
    def open(*_):
        return 1

    @staticmethod
    def socket(*_):
        return IDLE


IDLE = Idle()


class IdleChannels(object):
    """Makes the driver's waits on channels that do nothing."""

    def __enter__(self):
        import socket
        self._kept = delay_client.os, socket
        delay_client.os, sys.modules["socket"] = IDLE, IDLE
        delay_client._Channels._claim, self._claim = self._channel, delay_client._Channels._claim

    def __exit__(self, *_):
        delay_client.os, sys.modules["socket"] = self._kept
        delay_client._Channels._claim = self._claim

    @staticmethod
    def _channel(channels):
        channels._own.channel = (1, 1)
        return channels._own.channel


def batch(ask, receive, server_clock):
    """CPU times of a request: (ask, receive, serve), means over a batch."""
    asking = receiving = 0
    served = read_clock(server_clock)
    for _ in range(REQUESTS):
        start = thread_cpu()
        asked = ask(0)
        middle = thread_cpu()
        receive(asked)
        receiving += thread_cpu() - middle
        asking += middle - start
    served = read_clock(server_clock) - served
    return [figure / float(REQUESTS) for figure in (asking, receiving, served)]


def halves(kind, endpoints):
    ask, receive = delay_client.make_halves(kind, endpoints)
    for _ in range(WARM_UP):
        receive(ask(0))
    return ask, receive


def bytecode(kind, endpoints):
    """CPU time of the driver's loop for one request whose calls do nothing."""
    steps = [{"kind": kind, "amounts": 0}]
    stop, moments = [], []
    looper = gilsim_looping.Looper({"name": "", "steps": steps}, endpoints, None, stop)
    signal.signal(signal.SIGALRM, lambda *_: stop.append(True))
    signal.setitimer(signal.ITIMER_REAL, LOOP_SECONDS)
    before = thread_cpu()
    looper._loop(stop, moments.append)
    return (thread_cpu() - before) / float(len(moments))


def main():
    batches = int(sys.argv[1])
    kinds = ["socket", "pipe", "file", "udp"]
    results = {}
    with DelayService(len(kinds), True, PATIENCE) as service:
        clock = service.cpu_clock()
        waits = [halves(kind, service.endpoints) for kind in kinds]
        own = []
        with IdleChannels():
            for kind in kinds:
                idle = [batch(*(halves(kind, service.endpoints) + (clock,))) for _ in range(10)]
                own.append([median(column) for column in zip(*idle)])
        for _ in range(batches):
            with IdleChannels():
                for kind in kinds:
                    results.setdefault(kind + ".bytecode", []).append(
                        bytecode(kind, service.endpoints))
            for kind, (ask, receive), extras in zip(kinds, waits, own):
                figures = batch(ask, receive, clock)
                for name, figure, extra in zip(("ask", "receive", "serve"), figures, extras):
                    results.setdefault("%s.%s" % (kind, name), []).append(max(0, figure - extra))
    report(results)


if __name__ == "__main__":
    main()
