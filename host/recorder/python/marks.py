"""Marks where tasks begin and end. Run inside recorded programs, CPython 3.7 and later.

The recorder provides mark(), name() and the constants in capitals, and runs these files one after
another in one namespace: marks, pools, functions, install. Modules are changed when the
program imports them, so that one which never does pays nothing. What is changed is chosen so that
tracebacks stay as they are: of the program's own calls none gets another frame above it, but for
FUNCTIONS, those that --task names.
"""
import sys

SIZED_FIRST = 8  # sizes of the first tasks of a name, then of every SIZED_EVERYth
SIZED_EVERY = 32
GENERATORS = 0x20 | 0x80 | 0x200  # coroutines, both: calling one runs nothing of it

counts = {}  # of tasks by name
last_number = 0


def describe(function):
    for _ in range(8):  # functools.partial
        function = getattr(function, "func", function)
    module = getattr(function, "__module__", None) or type(function).__module__
    return "%s:%s" % (module, getattr(function, "__qualname__", type(function).__qualname__))


def begin(kind, function):
    """Returns what end() is to be given."""
    global last_number
    last_number = number = last_number + 1
    text = describe(function)
    known = counts.get(text)
    if known is None:
        known = counts[text] = [name(text), 0]
    known[1] += 1
    mark(TASK_BEGIN, kind, number, known[0])
    is_sized = known[1] <= SIZED_FIRST or known[1] % SIZED_EVERY == 0
    return kind, number, is_sized


def end(task):
    mark(TASK_END, task[0], task[1], 1)


def pickled_size(value):
    try:
        import pickle
        return len(pickle.dumps(value, -1))
    except BaseException:
        return UNKNOWN_SIZE


def measure(task, arguments, result):
    if not task[2]:
        return
    mark(PAUSE, 0)
    try:
        mark(TASK_SIZE, 0, task[1], pickled_size(arguments), pickled_size(result))
    finally:
        mark(RESUME, 0)


class Chunk:
    """The items of a chunk; each is a task from when it is asked for to the next one."""

    def __init__(self, kind, function, items):
        self.kind, self.function, self.items = kind, function, items
        self.task = self.last = None

    def __iter__(self):
        for item in self.items:
            self.task = self.last = begin(self.kind, self.function)
            yield item
            self.end()

    def end(self):
        if self.task is not None:
            end(self.task)
            self.task = None

    def finish(self, results):
        """The sizes are those of the last item and the last result."""
        self.end()
        if self.last is not None:
            measure(self.last, list(self.items)[-1:],
                    results[-1] if isinstance(results, list) and results else results)


class Call:
    """One call that is a task."""

    def __init__(self, kind, function, arguments):
        self.task, self.arguments = begin(kind, function), arguments

    def finish(self, result):
        end(self.task)
        measure(self.task, self.arguments, result)
