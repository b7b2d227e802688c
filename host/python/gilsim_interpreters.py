"""Pools of sub-interpreters with a lock each. Python 3.12 to 3.15.

3.14 has InterpreterPoolExecutor. Before that a ThreadPoolExecutor whose threads each create an
interpreter does the same through the module that the standard library's own tests use: a task crosses
as text, and what it returns comes back over a pipe.
"""
import concurrent.futures
import concurrent.futures.thread
import os
import struct
import sys
import threading

import gilsim_batch
import gilsim_graph

PAIR = struct.Struct("=qq")
HERE = os.path.dirname(os.path.abspath(__file__))


def _module():
    """(create an interpreter with a lock of its own, run text in it, destroy it)"""
    try:
        import _interpreters  # 3.13
        return (lambda: _interpreters.create("isolated")), _interpreters
    except ImportError:
        import _xxsubinterpreters  # 3.12
        return (lambda: _xxsubinterpreters.create(isolated=True)), _xxsubinterpreters


class _Worker(object):
    """A thread's interpreter and the pipe that its results come back by."""

    def __init__(self, module, create, prepare):
        self._module = module
        self._results, write = os.pipe()
        self._write = write
        self._id = create()
        self._run("import sys; sys.path.insert(0, %r)\n"
                  "import os, struct, gilsim_batch\n"
                  "gilsim_batch.prepare(*%r)\n"
                  "def gilsim_run(task):\n"
                  "    os.write(%d, struct.pack('=qq', *gilsim_batch.run_task(task)))\n"
                  % (HERE, prepare, write))

    def _run(self, text):
        failed = self._module.run_string(self._id, text)  # 3.12 raises instead
        if failed is not None:
            raise RuntimeError("in a sub-interpreter: %s" % (failed,))

    def call(self, task):
        self._run("gilsim_run(%r)" % (task,))
        return PAIR.unpack(os.read(self._results, PAIR.size))

    def end(self):
        self._module.destroy(self._id)
        os.close(self._results)
        os.close(self._write)


class ScriptedPool(concurrent.futures.ThreadPoolExecutor):
    """As InterpreterPoolExecutor: an interpreter for each thread, ended with it."""

    def __init__(self, workers, prepare):
        self._create, self._module = _module()
        self._own = threading.local()
        self._workers = []
        super().__init__(workers, initializer=self._begin, initargs=(prepare,))

    def _begin(self, prepare):
        self._own.worker = _Worker(self._module, self._create, prepare)
        self._workers.append(self._own.worker)

    def call(self, task):
        return self._own.worker.call(task)

    def map_tasks(self, tasks):
        return list(self.map(self.call, tasks))

    def submit_task(self, task):
        return self.submit(self.call, task)

    def __exit__(self, *_):
        self.shutdown(wait=True)
        enders = [threading.Thread(target=worker.end) for worker in self._workers]
        for ender in enders:
            ender.start()
        for ender in enders:
            ender.join()


def executor(workers, prepare):
    """A pool with map_tasks(tasks) and submit_task(task), to be used in a with-statement."""
    if not hasattr(concurrent.futures, "InterpreterPoolExecutor"):
        return ScriptedPool(workers, prepare)

    class Pool(concurrent.futures.InterpreterPoolExecutor):
        def map_tasks(self, tasks):
            return list(self.map(gilsim_batch.run_task, tasks))

        def submit_task(self, task):
            return self.submit(gilsim_batch.run_task, task)

    return Pool(workers, initializer=gilsim_batch.prepare, initargs=prepare)


def warm_up(prepare):
    """One interpreter, created and ended before the clock: the modules that the pool itself needs."""
    with executor(1, prepare) as pool:
        pool.map_tasks([(0,) * len(prepare[0])])
    sys.stdout.flush()


def make_runner(job):
    warm_up(job["prepare"])

    def run(tasks):
        with executor(job["workers"], job["prepare"]) as pool:
            if "stages" in job:
                return gilsim_graph.run(job["stages"],
                                        gilsim_graph.by_futures(pool.submit_task, tasks))
            return pool.map_tasks(tasks)

    return run
