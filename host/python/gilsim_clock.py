"""Clocks in integer nanoseconds and resource usage. Python 2.7 to 3.15, Linux.

Python 2.7 has no monotonic clock: it comes through ctypes.PyDLL, which keeps the interpreter lock
(CDLL would release it at every reading and change what is measured).
"""
import resource
import time

CLOCK_MONOTONIC = 1


def _library_clock():
    import ctypes

    class TimeSpec(ctypes.Structure):
        _fields_ = [("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long)]

    pointer = ctypes.byref
    gettime = ctypes.PyDLL(None).clock_gettime

    def read(clock):
        value = TimeSpec()
        gettime(clock, pointer(value))
        return value.seconds * 1000000000 + value.nanoseconds

    return read


try:
    now = time.perf_counter_ns  # CLOCK_MONOTONIC on Linux
    read_clock = time.clock_gettime_ns
except AttributeError:
    if hasattr(time, "clock_gettime"):  # 3.6
        def read_clock(clock):
            return int(time.clock_gettime(clock) * 1e9)
    else:
        read_clock = _library_clock()

    def now():
        return read_clock(CLOCK_MONOTONIC)


def thread_cpu_clock(ident):
    """The clock of a thread's CPU time; `ident` is threading.get_ident() of a running thread."""
    if hasattr(time, "pthread_getcpuclockid"):
        return time.pthread_getcpuclockid(ident)
    import ctypes
    clock = ctypes.c_int()
    if ctypes.PyDLL(None).pthread_getcpuclockid(ctypes.c_ulong(ident), ctypes.byref(clock)) != 0:
        raise OSError("a thread's CPU clock can't be read")
    return clock.value


class Usage(object):
    """CPU time and context switches of this process and of its children that were waited for."""

    def __init__(self):
        parts = [resource.getrusage(who) for who in
                 (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        self.cpu = int(sum(part.ru_utime + part.ru_stime for part in parts) * 1e9)
        self.voluntary = sum(part.ru_nvcsw for part in parts)
        self.involuntary = sum(part.ru_nivcsw for part in parts)

    def since(self, earlier, share=1.0):
        """What came on top since `earlier`, as entries of the result."""
        return {
            "cpu": int((self.cpu - earlier.cpu) * share),
            "voluntary": int(round((self.voluntary - earlier.voluntary) * share)),
            "involuntary": int(round((self.involuntary - earlier.involuntary) * share)),
        }
