"""Changes modules when they are imported. The last of these files."""


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
