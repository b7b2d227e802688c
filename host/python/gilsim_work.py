"""What the steps of a task really do. Python 2.7 to 3.15, standard library only.

A step is a kind and an amount: loops of the countdown, PBKDF2 iterations, elements of a sum, or
nanoseconds of a wait. Only the modules that the kinds at hand need are imported: child processes
that start afresh pay for them.
"""
import sys


class Unsupported(Exception):
    """This interpreter can't do what was asked for; the message says what and the way out."""


def require_asyncio():
    if sys.version_info < (3, 7):  # whose compiler does not know `async`
        raise Unsupported("Python %d.%d has no asyncio.run; use Python 3.7 or later, or no event loop"
                          % sys.version_info[:2])


def countdown(n):
    while n > 0:
        n -= 1


# From 3.11 on a function is specialised after some calls; in 3.11 the turns of a `while` loop do not
# count, so one long call runs 1.6 times slower than the ninth short one. Every process, parent or
# child, measured or probed, starts with a specialised countdown.
for _ in range(30):
    countdown(100)


def make_released():
    """One C call that gives up the lock for its whole duration, without memory traffic."""
    try:
        from _hashlib import pbkdf2_hmac  # hashlib's own fallback in Python would keep the lock
    except ImportError:
        raise Unsupported("this interpreter was built without OpenSSL's pbkdf2_hmac; use "
                          "`lock: held` or another interpreter")

    def released(iterations):
        if iterations > 0:
            pbkdf2_hmac("sha256", b"password", b"salt", iterations)

    return released


def make_held():
    """One C call that keeps the lock and can't be interrupted."""
    from itertools import repeat

    def held(elements):
        sum(repeat(1, elements))

    return held


def make_sleep():
    from time import sleep
    return lambda nanoseconds: sleep(nanoseconds * 1e-9)


WAITS = ("sleep", "socket", "pipe", "file", "udp")
_shared = {}  # of this process, by name


def make_shared(name):
    """Stores into one dict that all threads share, as many as it is told."""
    own = _shared.setdefault(name, {"n": 0})

    def shared(stores):
        target = own
        for number in range(stores):
            target["n"] = number

    return shared


MAKERS = {"released": make_released, "held": make_held, "sleep": make_sleep}


def build_steps(kinds, endpoints):
    """One callable a kind. `endpoints` (delay_client.py) is needed by the waits but for sleep."""
    steps = []
    for kind in kinds:
        if kind == "python":
            steps.append(countdown)
        elif kind in MAKERS:
            steps.append(MAKERS[kind]())
        elif kind.startswith("shared:"):
            steps.append(make_shared(kind[len("shared:"):]))
        else:
            import delay_client
            steps.append(delay_client.make_wait(kind, endpoints))
    return steps


def warm_up(kinds, steps):
    """Tiny work: imports, OpenSSL's tables and 3.11's specialisation happen before the clock."""
    for kind, step in zip(kinds, steps):
        for _ in range(3):
            step(2000 if kind in ("python", "held") or ":" in kind else 1)
