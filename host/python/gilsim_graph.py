"""Tasks that wait for other tasks: submits each as soon as those before it are done. Python 2.7 to 3.15.

The main thread hands in what waits for nobody, then takes what is done from a queue, one after the
other, and hands in what waited for that; as people write it with callbacks of futures.
"""


def make_queue():
    """Imported here, since sub-interpreters import this file, and some can't end after `threading`."""
    try:
        from queue import SimpleQueue as Queue
    except ImportError:
        try:
            from queue import Queue  # before 3.7
        except ImportError:
            from Queue import Queue
    return Queue()


class Graph(object):
    """Who waits for whom. Tasks are numbered stage by stage; then come the ends of the stages."""

    def __init__(self, stages):
        firsts, tasks = [], 0
        for stage in stages:
            firsts.append(tasks)
            tasks += stage["tasks"]
        self.tasks = tasks
        self._next = [[] for _ in range(tasks + len(stages))]
        self._waits = [0] * (tasks + len(stages))
        ended = set()
        for first, stage in zip(firsts, stages):
            own = range(first, first + stage["tasks"])
            for other in stage["each_after"]:
                for before, after in zip(range(firsts[other], tasks), own):
                    self._link(before, after)
            for other in stage["after"]:
                if other not in ended:
                    ended.add(other)
                    for before in range(firsts[other], firsts[other] + stages[other]["tasks"]):
                        self._link(before, tasks + other)
                for after in own:
                    self._link(tasks + other, after)

    def _link(self, before, after):
        self._next[before].append(after)
        self._waits[after] += 1

    def first(self):
        return [task for task in range(self.tasks) if self._waits[task] == 0]

    def done(self, task):
        """What waited for that task and now for nobody."""
        ready = []
        for after in self._next[task]:
            self._waits[after] -= 1
            if self._waits[after] == 0:
                ready += [after] if after < self.tasks else self.done(after)
        return ready


def run(stages, submit):
    """The results by task. submit(task, tell) starts it and has (task, get) told when it is done."""
    graph, told = Graph(stages), make_queue()
    results = [None] * graph.tasks
    for task in graph.first():
        submit(task, told.put)
    for _ in range(graph.tasks):
        task, get = told.get()
        results[task] = get()
        for after in graph.done(task):
            submit(after, told.put)
    return results


def by_futures(submit_one, tasks):
    """submit() for an executor: submit_one(task) returns a future."""

    def submit(index, tell):
        future = submit_one(tasks[index])
        future.add_done_callback(lambda done: tell((index, done.result)))

    return submit


def one_after_the_other(stages, run_one, tasks):
    """On this thread; the results by task."""
    graph, results = Graph(stages), [None] * len(tasks)
    ready = graph.first()
    for task in ready:  # grows meanwhile
        results[task] = run_one(tasks[task])
        ready += graph.done(task)
    return results
