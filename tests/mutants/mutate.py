"""usage: mutate.py [--check] FILE 'ORIGINAL ||| MUTATED': replaces text that occurs once in the file.

--check only says whether it does."""

import sys

arguments = sys.argv[1:]
check = arguments[0] == "--check"
path, change = arguments[1:] if check else arguments
original, _, mutated = change.partition(" |||")
with open(path) as file:
    text = file.read()
if text.count(original) != 1:
    print("%s: found %d times: %s" % (path, text.count(original), original), file=sys.stderr)
    sys.exit(1)
if not check:
    with open(path, "w") as file:
        file.write(text.replace(original, mutated.lstrip(" ")))
