"""Answers each request after the time it asks for: TCP, UDP, pipes and FIFOs, one event loop.

Run as a process of its own: delay_server.py FOLDER REQUESTS DEVICES ANSWER... with the descriptors of
the pipes (and their like as FIFOs in FOLDER). A request may name a device, above its nanoseconds.
DEVICES, with commas between them or `-`: how many requests each serves at a time, in order of arrival;
after `shared:` how many at full speed, more share it. Prints the two port numbers when it is ready and
ends when its standard input does. Timer slack is off, so that an answer is late by the wake-up alone.
Python 2.7 to 3.15.
"""
import errno
import gc
import heapq
import os
import select
import socket
import sys

import delay_client
from delay_link import Link
from gilsim_clock import now

PR_SET_PDEATHSIG, PR_SET_TIMERSLACK = 1, 29
SIGKILL = 9
AT_ONCE = 1000  # nanoseconds: not worth a timer


def device_of(text):
    """A link, or a heap: when each server is free."""
    kind, _, servers = text.rpartition(":")
    return Link(int(servers)) if kind == "shared" else [0] * int(servers)


def would_block(error):
    return error.errno in (errno.EAGAIN, errno.EWOULDBLOCK)


class DelayServer(object):
    def __init__(self, folder, requests, answers, devices):
        self._poll = select.epoll()
        self._handlers = {}
        self._due = []  # heap of (time, sequence, answer, argument)
        self._sequence = 0
        self._devices = devices
        self._links = [device for device in devices if isinstance(device, Link)]
        self._listener = self._listen(socket.SOCK_STREAM)
        self._listener.listen(4096)
        self._datagrams = self._listen(socket.SOCK_DGRAM)
        self._connections = {}
        self.ports = [one.getsockname()[1] for one in (self._listener, self._datagrams)]
        self._register(self._listener.fileno(), self._accept)
        self._register(self._datagrams.fileno(), self._receive)
        self._register(sys.stdin.fileno(), self._end)
        self._serve_channel(requests, answers)
        flags = os.O_RDWR | os.O_NONBLOCK
        self._serve_channel(
            os.open(delay_client.fifo(folder, "requests"), flags),
            [os.open(delay_client.fifo(folder, token), flags) for token in range(len(answers))])

    @staticmethod
    def _listen(kind):
        made = socket.socket(socket.AF_INET, kind)
        made.bind(("127.0.0.1", 0))
        made.setblocking(False)
        return made

    def _register(self, descriptor, handler):
        self._handlers[descriptor] = handler
        self._poll.register(descriptor, select.EPOLLIN)

    def run(self):
        self._ended = False
        while not self._ended:
            timeout = self._timeout()
            # select on the epoll descriptor: its time-out has microseconds, epoll's milliseconds.
            if select.select([self._poll], [], [], timeout)[0]:
                for descriptor, _ in self._poll.poll(0):
                    self._handlers[descriptor](descriptor)
            while self._due and self._due[0][0] <= now():
                _, _, answer, argument = heapq.heappop(self._due)
                answer(argument)
            for link in self._links:
                for answer, argument in link.ended(now()):
                    answer(argument)

    def _timeout(self):
        ends = [self._due[0][0]] if self._due else []
        ends += [end for end in [link.next_end() for link in self._links] if end is not None]
        return max(0, min(ends) - now()) * 1e-9 if ends else None

    def _answer_after(self, request, answer, argument):
        device, nanoseconds = request >> delay_client.DEVICE, request & delay_client.MOST
        if device:
            servers, at = self._devices[device - 1], now()
            if isinstance(servers, Link):
                servers.begin(at, nanoseconds, (answer, argument))
                return
            end = max(at, servers[0]) + nanoseconds
            heapq.heapreplace(servers, end)
            nanoseconds = end - at
        if nanoseconds <= AT_ONCE:
            answer(argument)
            return
        self._sequence += 1
        heapq.heappush(self._due, (now() + nanoseconds, self._sequence, answer, argument))

    def _end(self, _):
        self._ended = True

    def _accept(self, _):
        while True:
            try:
                connection = self._listener.accept()[0]
            except (socket.error, OSError) as error:
                if would_block(error):
                    return
                raise
            connection.setblocking(False)
            self._connections[connection.fileno()] = connection
            self._register(connection.fileno(), self._read_connection)
            self._read_connection(connection.fileno())

    def _read_connection(self, descriptor):
        connection = self._connections[descriptor]
        try:
            request = connection.recv(delay_client.DELAY.size)
        except (socket.error, OSError) as error:
            if would_block(error):
                return
            request = b""
        self._poll.unregister(descriptor)
        if len(request) == delay_client.DELAY.size:
            self._answer_after(delay_client.DELAY.unpack(request)[0], self._answer_connection,
                               connection)
        else:
            self._forget(connection)

    def _answer_connection(self, connection):
        try:
            connection.send(b".")
        except (socket.error, OSError):
            pass  # the client has gone
        self._forget(connection)

    def _forget(self, connection):
        del self._connections[connection.fileno()]
        connection.close()

    def _receive(self, _):
        while True:
            try:
                request, sender = self._datagrams.recvfrom(64)
            except (socket.error, OSError) as error:
                if would_block(error):
                    return
                raise
            self._answer_after(delay_client.DELAY.unpack(request)[0], self._echo,
                               (request, sender))

    def _echo(self, argument):
        self._datagrams.sendto(*argument)

    def _serve_channel(self, requests, answers):
        size = delay_client.REQUEST.size

        def answer(token):
            os.write(answers[token], b".")

        def read(_):
            batch = os.read(requests, 256 * size)
            for start in range(0, len(batch), size):
                token, nanoseconds = delay_client.REQUEST.unpack(batch[start:start + size])
                self._answer_after(nanoseconds, answer, token)

        self._register(requests, read)


def set_up_process():
    gc.disable()
    try:
        import ctypes
        library = ctypes.CDLL(None)
        library.prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)
        library.prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0)
    except (ImportError, OSError, AttributeError):
        pass  # an interpreter without ctypes: answers come up to 50 us later


def main():
    set_up_process()
    devices = [device_of(one) for one in sys.argv[3].split(",") if one != "-"]
    server = DelayServer(sys.argv[1], int(sys.argv[2]), [int(one) for one in sys.argv[4:]], devices)
    sys.stdout.write("%d %d\n" % tuple(server.ports))
    sys.stdout.flush()
    server.run()


if __name__ == "__main__":
    main()
