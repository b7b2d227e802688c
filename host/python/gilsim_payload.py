"""What crosses between processes with a task, and what a program has in memory. Python 2.7 to 3.15.

Child processes that start afresh import this file: at its top it imports next to nothing.
"""
import sys

PAGE = 4096
OBJECT = 448  # bytes of each object of a heap, its header included: as small objects are, in arenas
SPARE_FILES = 64


def bytes_of(count):
    """So many bytes, each page of them touched."""
    return b"x" * count


def heap_of(size):
    """Small objects of `size` bytes all in all, as old as those of a program that has run for a while:
    else the first collection of young objects, whenever it comes, goes through all of them."""
    import gc
    payload = OBJECT - sys.getsizeof(b"")
    heap = [b"%012d" % i + b"x" * (payload - 12) for i in range(size // OBJECT)]
    gc.collect()
    return heap


class Blocks(object):
    """One block of shared memory with the arguments of all tasks, one for their results."""

    def __init__(self, tasks, argument, result):
        from multiprocessing import shared_memory
        self.argument, self.result = argument, result
        self.arguments = self.results = None
        if argument:
            self.arguments = shared_memory.SharedMemory(create=True, size=tasks * argument)
        if result:
            self.results = shared_memory.SharedMemory(create=True, size=tasks * result)
        self.tasks = tasks

    def __getstate__(self):
        names = [block and block.name for block in (self.arguments, self.results)]
        return self.tasks, self.argument, self.result, names

    def __setstate__(self, state):
        self.tasks, self.argument, self.result, names = state
        self.arguments, self.results = [name and attached(name) for name in names]

    def fill(self, argument):
        for i in range(self.tasks if argument else 0):
            self.arguments.buf[i * self.argument:(i + 1) * self.argument] = argument

    def take(self, index):
        """Looks at each page of a task's argument."""
        if self.arguments is not None:
            begin = index * self.argument
            touch(self.arguments.buf[begin:begin + self.argument])

    def give(self, index, result):
        if self.results is not None:
            self.results.buf[index * self.result:(index + 1) * self.result] = result

    def read_results(self):
        if self.results is not None:
            touch(self.results.buf[:self.tasks * self.result])

    def end(self):
        for block in (self.arguments, self.results):
            if block is not None:
                block.close()
                block.unlink()


def touch(view):
    return bytes(view[::PAGE])


def attached(name):
    """An existing block. Only who made it is to give it back (3.13 on can say so)."""
    from multiprocessing import shared_memory
    if sys.version_info >= (3, 13):
        return shared_memory.SharedMemory(name, track=False)
    from multiprocessing import resource_tracker
    register = resource_tracker.register
    resource_tracker.register = lambda *_: None
    try:
        return shared_memory.SharedMemory(name)
    finally:
        resource_tracker.register = register


def check_memory(job):
    """Refuses what can't fit, before anything starts."""
    import os
    import gilsim_work
    shared = job.get("via") == "shared_memory"
    if shared and sys.version_info < (3, 8):
        raise gilsim_work.Unsupported("Python %d.%d has no multiprocessing.shared_memory; use "
                                      "`via: pickle` or 3.8 and later" % sys.version_info[:2])
    argument, result = job.get("argument", 0), job.get("result", 0)
    needed = job.get("heap", 0) + argument * (job["tasks"] if shared else 1) + result * job["tasks"]
    there = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    if needed > there:
        raise gilsim_work.Unsupported(
            "the tasks need %.1f GiB of memory, the machine has %.1f; fewer or smaller ones"
            % (needed / 2.0 ** 30, there / 2.0 ** 30))


def check_files(workers):
    """Each worker takes two file descriptors of the parent."""
    import resource
    import gilsim_work
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if most != resource.RLIM_INFINITY and 2 * workers + SPARE_FILES > most:
        raise gilsim_work.Unsupported(
            "%d workers need more than the %d open files that are allowed; raise that (ulimit -n) "
            "or take at most %d workers" % (workers, most, max(0, (most - SPARE_FILES) // 2)))
