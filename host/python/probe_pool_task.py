"""What the workers of the probed pools run. Imports what the driver's workers import, no more."""
import os

import gilsim_batch

now = gilsim_batch.now
TASK = 200000  # nanoseconds; long enough for the parent to keep the task pipe filled

_ready_at = None


def prepare():
    """The pool's initializer: it runs right before a worker asks for its first task."""
    global _ready_at
    gilsim_batch.prepare(["python"], None, None)
    _ready_at = now()


def timed_task(_):
    """(process, when it was ready, start, end) of a task that computes for a moment."""
    started = now()
    while now() - started < TASK:
        pass
    return os.getpid(), _ready_at, started, now()


def tell_the_time(connection):
    """The work of a process that is about to end."""
    connection.send(now())
