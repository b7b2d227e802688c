"""Functions that --task names. After marks.py, in its namespace."""


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


def is_main(module):
    main = sys.modules["__main__"]
    spec = getattr(main, "__spec__", None)
    file = getattr(main, "__file__", None) or ""
    stem = file.replace("\\", "/").rsplit("/", 1)[-1]
    script = stem[:-3] if stem.endswith(".py") else stem
    return module in ("__main__", getattr(spec, "name", None), script)


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
