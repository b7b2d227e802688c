"""Where executors, pools and event loops deal tasks out. After marks.py, in its namespace."""


def patch_thread_executor(module):
    original = module._WorkItem.run

    def run(self, *context):
        function, arguments = work_of(self)
        task = begin(EXECUTOR, function)
        try:
            return original(self, *context)
        finally:
            end(task)
            measure(task, arguments, getattr(self_future(self), "_result", None))

    def work_of(item):
        task = getattr(item, "task", None)  # 3.14
        if task is not None:
            return task[0], task[1:]
        return getattr(item, "fn", None), (getattr(item, "args", ()), getattr(item, "kwargs", {}))

    def self_future(item):
        return getattr(item, "future", None)

    module._WorkItem.run = run


def patch_process_executor(module):
    running = []
    send_back = module._sendback_result
    process_chunk = module._process_chunk

    def get(self):
        """What a worker reads just before it calls it."""
        function = self.__dict__["fn"]
        if getattr(function, "func", None) is not chunk_of and in_worker():
            running.append(Call(EXECUTOR, function, (self.args, self.kwargs)))
        return function

    def in_worker():
        return sys._getframe(2).f_code is module._process_worker.__code__

    def send(queue, number, *arguments, **keywords):
        while running:
            running.pop().finish(keywords.get("result"))
        return send_back(queue, number, *arguments, **keywords)

    def chunk_of(function, chunk):
        running.append(Chunk(EXECUTOR, function, chunk))
        return process_chunk(function, running[-1])

    chunk_of.__module__ = module.__name__
    chunk_of.__qualname__ = chunk_of.__name__ = "_process_chunk"
    module._process_chunk = chunk_of
    module._CallItem.fn = property(get, lambda self, fn: self.__dict__.__setitem__("fn", fn))
    module._sendback_result = send


class Tapped:
    """A worker's queue. Marks are made where a worker takes a task and where it returns one."""

    def __init__(self, queue, running, is_input):
        self._queue = queue
        self._running = running
        if is_input:
            self.get = self._take
        else:
            self.put = self._return

    def __getattr__(self, key):
        return getattr(self._queue, key)

    def _take(self):
        work = self._queue.get()
        if not isinstance(work, tuple) or len(work) != 5:
            return work
        job, index, function, arguments, keywords = work
        if getattr(function, "__name__", "") in ("mapstar", "starmapstar") and len(arguments) == 1:
            inner, items = arguments[0]
            chunk = Chunk(POOL, inner, items)
            self._running.append(chunk)
            return job, index, function, ((inner, chunk),), keywords
        self._running.append(Call(POOL, function, (arguments, keywords)))
        return work

    def _return(self, done):
        while self._running:
            self._running.pop().finish(done[2][1])
        return self._queue.put(done)


def patch_pool(module):
    original = module.worker

    def worker(inqueue, outqueue, *rest, **keywords):
        running = []
        return original(Tapped(inqueue, running, True), Tapped(outqueue, running, False), *rest,
                        **keywords)

    worker.__module__, worker.__qualname__ = module.__name__, "worker"
    module.worker = worker


def patch_event_loop(module):
    original = module.Handle._run
    is_task = {}  # by type
    names = {}

    def _run(self):
        task = getattr(self._callback, "__self__", None)
        kind = type(task)
        known = is_task.get(kind)
        if known is None:
            known = is_task[kind] = hasattr(kind, "get_stack") and hasattr(kind, "done")
        if not known:
            return original(self)
        coroutine = task.get_coro() if hasattr(kind, "get_coro") else task._coro  # 3.7
        text = getattr(coroutine, "__qualname__", "coroutine")
        number = names.get(text)
        if number is None:
            number = names[text] = name(text)
        mark(TASK_BEGIN, COROUTINE, id(task), number)
        try:
            return original(self)
        finally:
            mark(TASK_END, COROUTINE, id(task), task.done())

    module.Handle._run = _run
