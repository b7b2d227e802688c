"""Marks where tasks begin and end. Run inside recorded programs, CPython 3.7 and later.

The recorder provides mark(), name() and the constants in capitals. Modules are changed when the
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


def called(original, function, arguments, keywords):
    task = begin(FUNCTION, function)
    try:
        result = original(*arguments, **keywords)
    finally:
        end(task)
    measure(task, (arguments, keywords), result)
    return result


def template(*arguments, **keywords):
    call = "gilsim"
    return call(arguments, keywords)


def mark_function(function):
    """Changes the function itself, wherever it is kept. False: it has a closure."""
    code = function.__code__
    if code.co_freevars:
        return False
    original = type(function)(code, function.__globals__, function.__name__,
                              function.__defaults__, None)
    original.__kwdefaults__ = function.__kwdefaults__
    constants = tuple((lambda a, k: called(original, function, a, k)) if one == "gilsim" else one
                      for one in template.__code__.co_consts)
    function.__code__ = code_like(template.__code__, constants, code)
    return True


def code_like(code, constants, place):
    """The code with other constants, in the name and at the place of another one."""
    if hasattr(code, "replace"):
        return code.replace(co_consts=constants, co_name=place.co_name,
                            co_filename=place.co_filename, co_firstlineno=place.co_firstlineno)
    return type(code)(code.co_argcount, code.co_kwonlyargcount, code.co_nlocals, code.co_stacksize,
                      code.co_flags, code.co_code, constants, code.co_names, code.co_varnames,
                      place.co_filename, place.co_name, place.co_firstlineno, code.co_lnotab)


def mark_attribute(module, path):
    """True when that was found."""
    owner, keys = module, path.split(".")
    for key in keys[:-1]:
        owner = getattr(owner, key, None)
    function = getattr(owner, keys[-1], None)
    if function is None:
        return False
    inner = getattr(function, "__func__", function)
    code = getattr(inner, "__code__", None)
    if not callable(function) or (code is not None and code.co_flags & GENERATORS):
        return False
    if code is not None and mark_function(inner):
        return True

    def wrapper(*arguments, **keywords):
        return called(function, function, arguments, keywords)

    try:
        setattr(owner, keys[-1], wrapper)
    except Exception:
        return False
    return True


def patch_user_module(module):
    for path in wanted.get(module.__name__, ()):
        mark_attribute(module, path)


class Loader:
    """Stands in for a module's loader, just until that runs."""

    def __init__(self, spec, patch):
        self._spec, self._loader, self._patch = spec, spec.loader, patch

    def create_module(self, spec):
        spec.loader = self._loader
        module = self._loader.create_module(spec)
        spec.loader = self
        return module

    def exec_module(self, module):
        self._spec.loader = self._loader
        try:
            module.__loader__ = self._loader
        except AttributeError:
            pass
        self._loader.exec_module(module)
        apply(self._patch, module)

    def __getattr__(self, key):
        return getattr(self._loader, key)


class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        patch = patches.get(name)
        if patch is None:
            return None
        for finder in sys.meta_path:
            find = getattr(finder, "find_spec", None)
            if finder is Finder or find is None:
                continue
            spec = find(name, path, target)
            if spec is not None:
                if hasattr(spec.loader, "exec_module"):
                    spec.loader = Loader(spec, patch)
                return spec
        return None


def apply(patch, module):
    try:
        patch(module)
    except Exception:
        pass  # another version than those that are known: its tasks are not marked


def is_main(module):
    main = sys.modules["__main__"]
    spec = getattr(main, "__spec__", None)
    file = getattr(main, "__file__", None) or ""
    stem = file.replace("\\", "/").rsplit("/", 1)[-1]
    return module in ("__main__", getattr(spec, "name", None), stem[:-3] if stem[-3:] == ".py" else stem)


class MainWatch:
    """Waits, as a profile function, until the program's own module has made what is to be marked:
    that shows at the first call of any function of it. It is then taken away again."""

    def __init__(self):
        self.frame = self.task = None
        self.globals = sys.modules["__main__"].__dict__
        sys.setprofile(self.see)

    def see(self, frame, event, argument):
        if event == "call" and frame.f_globals is self.globals and self.frame is None:
            try:
                self.look(frame)
            except Exception:
                sys.setprofile(None)
        elif frame is self.frame and event == "return":
            end(self.task)
            sys.setprofile(None)

    def look(self, frame):
        main = sys.modules["__main__"]
        paths = [path for module in wanted if is_main(module) for path in wanted[module]]
        if not paths:
            return sys.setprofile(None)
        functions = {path: main.__dict__.get(path.split(".")[0]) for path in paths}
        if None in functions.values():
            return None
        code = frame.f_code
        if code.co_name == "<module>":
            return None
        codes = {path: getattr(function, "__code__", None) for path, function in functions.items()}
        marked = [path for path in paths if mark_attribute(main, path)]
        of_this = [functions[path] for path in marked if codes[path] is code]
        if of_this:
            self.frame, self.task = frame, begin(FUNCTION, of_this[0])
        else:
            sys.setprofile(None)
        return None


wanted = {}
for line in FUNCTIONS.split():
    module_name, _, path_in_it = line.partition(":")
    wanted.setdefault(module_name, []).append(path_in_it)
patches = {
    "concurrent.futures.thread": patch_thread_executor,
    "concurrent.futures.process": patch_process_executor,
    "multiprocessing.pool": patch_pool,
    "asyncio.events": patch_event_loop,
}
patches.update((module_name, patch_user_module) for module_name in wanted)
sys.meta_path.insert(0, Finder)
for module_name, patch in patches.items():
    if module_name in sys.modules:
        apply(patch, sys.modules[module_name])
if wanted:
    MainWatch()
