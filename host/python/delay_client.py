"""The near side of the delay server: blocking waits that are answered after a given time.

Each thread or process has answer channels of its own. `endpoints` is plain data, so that it can be
sent to child processes:
  tcp, udp: port numbers          folder: where the FIFOs are
  pid: the process whose file descriptors the pipes are
  tokens, requests: descriptors   answers: a list of descriptors
  inherited: whether the descriptors are ours, too (else they are opened through /proc)
  patience: seconds after which a datagram must have been lost
A token is the number of an answer channel; reading one from the `tokens` pipe claims it.
"""
import os
import struct
import threading

REQUEST = struct.Struct("=QQ")  # answer channel, nanoseconds
TOKEN = struct.Struct("=Q")
DELAY = struct.Struct("=Q")
DEVICE = 56  # of a request: the bits from here on are the number of a device, 0: none
MOST = (1 << DEVICE) - 1


class NoAnswer(Exception):
    pass


def make_halves(kind, endpoints):
    """(ask, receive): receive(ask(nanoseconds)) is one wait. Asking doesn't block."""
    return {"socket": _make_socket, "udp": _make_udp, "pipe": _make_pipe,
            "file": _make_file}[kind](endpoints)


def make_wait(kind, endpoints):
    ask, receive = make_halves(kind, endpoints)
    return lambda nanoseconds: receive(ask(nanoseconds))


def _make_socket(endpoints):
    import socket
    address = ("127.0.0.1", endpoints["tcp"])

    def ask(nanoseconds):
        connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            connection.connect(address)
            connection.sendall(DELAY.pack(nanoseconds))
        except Exception:
            connection.close()
            raise
        return connection

    def receive(connection):
        try:
            if not connection.recv(1):
                raise NoAnswer("the delay server closed the connection")
        finally:
            connection.close()

    return ask, receive


def _make_udp(endpoints):
    import socket
    address = ("127.0.0.1", endpoints["udp"])
    own = threading.local()

    def open_socket():
        own.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        own.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO,
                              struct.pack("ll", endpoints["patience"], 0))
        return own.socket

    def ask(nanoseconds):
        channel = getattr(own, "socket", None) or open_socket()
        channel.sendto(DELAY.pack(nanoseconds), address)
        return channel

    def receive(channel):
        channel.recvfrom(16)

    return ask, receive


def _open_descriptor(endpoints, number, flags):
    if endpoints["inherited"]:
        return number
    return os.open("/proc/%d/fd/%d" % (endpoints["pid"], number), flags)


class _Channels(object):
    """A request channel, and one answer channel a thread, opened at its first wait."""

    def __init__(self, endpoints, open_request, open_answer):
        self._tokens = _open_descriptor(endpoints, endpoints["tokens"],
                                        os.O_RDONLY | os.O_NONBLOCK)
        self._request = open_request()
        self._open_answer = open_answer
        self._own = threading.local()

    def _claim(self):
        claimed = os.read(self._tokens, TOKEN.size)
        if not claimed:
            raise NoAnswer("more threads wait than there are answer channels")
        token = TOKEN.unpack(claimed)[0]
        self._own.channel = (token, self._open_answer(token))
        return self._own.channel

    def ask(self, nanoseconds):
        token, answer = getattr(self._own, "channel", None) or self._claim()
        os.write(self._request, REQUEST.pack(token, nanoseconds))
        return answer

    @staticmethod
    def receive(answer):
        if not os.read(answer, 1):
            raise NoAnswer("the delay server is gone")

    def halves(self):
        return self.ask, self.receive


def _make_pipe(endpoints):
    return _Channels(
        endpoints,
        lambda: _open_descriptor(endpoints, endpoints["requests"], os.O_WRONLY),
        lambda token: _open_descriptor(endpoints, endpoints["answers"][token], os.O_RDONLY)).halves()


def fifo(folder, name):
    return os.path.join(folder, "fifo-%s" % name)


def _make_file(endpoints):
    folder = endpoints["folder"]
    return _Channels(
        endpoints,
        lambda: os.open(fifo(folder, "requests"), os.O_WRONLY),
        lambda token: os.open(fifo(folder, token), os.O_RDONLY)).halves()
