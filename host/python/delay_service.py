"""Starts and ends the delay server beside a run: a process of its own, before the clock starts."""
import os
import resource
import subprocess
import sys

import delay_client


def _raise_descriptor_limit():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _inheritable_pipe():
    ends = os.pipe()
    if hasattr(os, "set_inheritable"):
        for end in ends:
            os.set_inheritable(end, True)
    return ends


class DelayService(object):
    """With-statement around a run; `endpoints` is what its clients need (delay_client.py).

    `clients`: how many threads and processes may wait. `inherited`: whether they will have this
    process's descriptors (threads, forked children). `patience`: see delay_client. `devices`: as
    delay_server takes them.
    """

    def __init__(self, clients, inherited, patience=60, devices=()):
        _raise_descriptor_limit()
        folder = os.path.dirname(os.path.abspath(__file__))
        channels = range(2 * clients)  # a client claims one for its pipes and one for its FIFOs
        names = ["requests"] + list(channels)
        for name in names:
            os.mkfifo(delay_client.fifo(folder, name), 0o600)
        requests_read, requests = _inheritable_pipe()
        answers = [_inheritable_pipe() for _ in channels]
        tokens, tokens_write = os.pipe()
        os.write(tokens_write, b"".join(delay_client.TOKEN.pack(one) for one in channels))
        os.close(tokens_write)
        self._process = subprocess.Popen(
            [sys.executable, "-E", os.path.join(folder, "delay_server.py"), folder,
             str(requests_read), ",".join(str(one) for one in devices) or "-"]
            + [str(write) for _, write in answers],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, close_fds=False)
        ports = self._process.stdout.readline().split()
        if len(ports) != 2:
            raise RuntimeError("the delay server did not start")
        os.close(requests_read)
        for _, write in answers:
            os.close(write)
        self.endpoints = {
            "tcp": int(ports[0]), "udp": int(ports[1]), "folder": folder, "pid": os.getpid(),
            "tokens": tokens, "requests": requests, "answers": [read for read, _ in answers],
            "inherited": inherited, "patience": patience,
        }

    def cpu_clock(self):
        """The clock of the server's CPU time, for gilsim_clock.read_clock (clock_getcpuclockid)."""
        return (~self._process.pid << 3) | 2

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
