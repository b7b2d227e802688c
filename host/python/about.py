"""Asks an interpreter what it is. Python 2.7 to 3.15, standard library only."""
import json
import os
import sys
import sysconfig

info = sys.version_info
level = {"alpha": "a", "beta": "b", "candidate": "rc", "final": ""}[info[3]]
version = "%d.%d.%d%s" % (info[0], info[1], info[2], level + str(info[4]) if level else "")
try:
    implementation = sys.implementation.name
except AttributeError:
    implementation = "pypy" if hasattr(sys, "pypy_version_info") else "cpython"
print(json.dumps({
    "gilsim": 1,
    "version": version,
    "implementation": implementation,
    "free_threaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
    "executable": os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable),
    "prefix": os.path.realpath(getattr(sys, "base_prefix", sys.prefix)),
}))
